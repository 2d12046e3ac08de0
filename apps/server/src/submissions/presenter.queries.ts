import { Inject, Injectable } from '@nestjs/common';
import type { Caller, SubmissionRow, SubmissionView } from '@lvzhi/contracts';
import { isOneOfTheirs, actionsFor, maySee, scopeOf, dispatchPosts, disposalActionWords, disposedTitle, unitPosts, channels, reportedToWords, dueLook, explainDue, holderWords, lengthOf, opinionActionWords, opinionFlow, opinionStateWords, preparedOutcomeWords, preparedOutcomes, proposalActionWords, proposalFlow, proposalStateWords, proposerKindWords, redateAction, redateWord, selvesOf, taskWords, unitRoleWords } from '@lvzhi/domain';
import type { PostCode } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import type { Move } from '../platform/journal.ts';
import { redateNote } from '../platform/redating.ts';
import { Settings } from '../platform/settings.ts';
import type { Coded } from '../platform/settings.ts';
import type { Assignment } from '../platform/spine.entities.ts';
import { caseNoOf } from './case-numbers.ts';
import { opinionDoc, proposalDoc } from './docket.ts';
import type { Note, Revision, Submission } from './submission.entity.ts';

type Due = NonNullable<NonNullable<SubmissionRow['holder']>['due']>;

/** What the author awaits, by what must be done. */
const awaited: Partial<Record<Assignment['action'], string>> = {
  triage: '分办后送专委会初审', review: '初审后告诉您：通过、请补充或不采用（附理由）', revise: '补充修改后再提交', edit: '编辑后审核、签发', decide: '审定后告诉您结果', agree: '请您看编辑稿，同意或不同意', check: '审核后送签发', sign: '签发后有期号', send: '报送有关方面', consent: '您同意后转为社情民意，不再作提案',
  plan_units: '拟定承办单位后交办', hand_over: '交承办单位办理', sign_for: '签收以后办理', handle: '办理以后书面答复您', decide_reassign: '承办单位申请改办，答复后继续办理', decide_extension: '承办单位申请延期，答复后继续办理', review_reply: '审核以后送达您', release: '马上送达您', rate: '评价以后办结', cosign: '都答复以后接着审查', hold_meeting: '由提案委组织面商',
};
/** Steps inside the house: the author sees their outcome, not them. */
const internal = new Set(['prepare', 'comment', 'take', 'amend', 'check', 'rework', 'plan', 'return_plan', 'absorb', 'mark_secret', 'lift_secret']);
/** What was written and the author may read: why it came back, why it was not taken. */
const forAuthor = new Set<Note['kind']>(['return', 'not_adopt', 'object', 'archive', 'recall_issue', 'combine', 'separate', 'merge', 'reject', 'suggest', 'ask_consent', 'decline', 'decide_anew', 'refile', 'unfile', 'split', 'ask_drop', 'refuse_drop', 'hold_meeting']);

/** What the committee weighed among themselves; and what units and the offices that hand over may read. */
const weighed = new Set(['prepare', 'comment']);
const forUnits = new Set<Note['kind']>([...forAuthor, 'review', 'plan', 'return_plan']);

/** The only place where a submission's row becomes what a person is shown. */
@Injectable()
export class SubmissionPresenter {
  private readonly reckoned = new WeakMap<Assignment, Due>();
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  members(query: string): SubmissionRow['author'][] { return this.directory.page.members().filter(({ name, note }) => name.includes(query) || note.includes(query)).map(({ id, name, note }) => ({ id, name, note })); }
  private person(id: string): SubmissionRow['author'] { const it = this.directory.page.person(id); return { id, name: it?.name ?? '', note: it?.note ?? '' }; }

  row(caller: Caller, it: Submission, assignment: Assignment | undefined): SubmissionRow {
    const { page } = this.directory;
    return {
      id: it.id, kind: it.kind, receiptNo: it.receiptNo, caseNo: this.caseNo(it), title: it.title, state: it.state, stateWords: this.stateWords(it), urgency: it.urgency,
      author: this.person(it.authorId), coAuthors: (it.coAuthorIds ?? []).map((id) => this.person(id)), proposer: it.proposerKind && { code: it.proposerKind, name: proposerKindWords[it.proposerKind] }, committee: page.body(it.committeeId),
      submittedAt: it.submittedAt.toISOString(), changedAt: it.changedAt.toISOString(), holder: assignment ? this.holder(caller, assignment) : null,
      version: it.version, can: this.can(caller, it),
    };
  }


  caseNo(it: Submission): string | null { return caseNoOf(it, this.settings.get('proposal.sessions')); }

  can(caller: Caller, it: Submission): SubmissionRow['can'] {
    return it.kind === 'opinion' ? actionsFor(opinionFlow, opinionDoc(it), caller) : actionsFor(proposalFlow, proposalDoc(it), caller);
  }

  holder(caller: Caller, assignment: Assignment): NonNullable<SubmissionRow['holder']> {
    const { page } = this.directory;
    const mine = assignment.holderKind === 'person' && selvesOf(caller).includes(assignment.holderId);
    const words = assignment.docKind === 'cosign' ? '联名的委员' : mine ? assignment.holderId === caller.personId ? '您本人' : '您单位' : assignment.holderKind === 'person' ? [assignment.action === 'edit' && '办公室', page.person(assignment.holderId)?.name].filter(Boolean).join(' ')
      : assignment.holderKind === 'body' ? page.body(assignment.holderId)?.short : holderWords[assignment.holderId as PostCode];
    return { words: words ?? '', action: taskWords[assignment.action], note: awaited[assignment.action] ?? '', due: this.due(caller, assignment) };
  }

  /** A line of a task list shows its deadline twice; an assignment is read anew for each request, so it is reckoned once. */
  due(caller: Caller, assignment: Assignment): Due {
    const known = this.reckoned.get(assignment);
    if (known) return known;
    const { dueAt, openedAt, explanation } = assignment;
    const due = { at: dueAt.toISOString(), ...dueLook(dueAt, openedAt, this.clock.now(), caller.surface === 'desk' ? 'desk' : 'member', this.settings.reckoning), explanation: explainDue(dueAt, explanation) };
    this.reckoned.set(assignment, due);
    return due;
  }

  text(it: Revision): Pick<SubmissionView, 'text' | 'length' | 'revision'> {
    const { situation, analysis, suggestion } = it;
    return { text: { situation, analysis, suggestion }, length: lengthOf(situation) + lengthOf(analysis) + lengthOf(suggestion), revision: it.revisionNo };
  }

  labels(it: Submission): Pick<SubmissionView, 'category' | 'nature' | 'town' | 'units' | 'coCommittees' | 'picturesAgreed'> {
    const { page } = this.directory;
    return {
      picturesAgreed: it.picturesAgreed === 1, category: this.coded(it.kind === 'opinion' ? 'opinion.categories' : 'categories', it.category), nature: this.coded('opinion.natures', it.nature), town: page.body(it.townId),
      units: it.unitIds.flatMap((id) => page.body(id) ?? []), coCommittees: it.coCommitteeIds.flatMap((id) => page.body(id) ?? []),
    };
  }

  /** Everything that happened, without what was undone; the author does not see the steps inside the house. */
  timeline(caller: Caller, it: Submission, moves: readonly Move[], notes: readonly Note[]): SubmissionView['timeline'] {
    const undone = new Set(moves.flatMap(({ detail }) => detail.undoes ?? []));
    const [own, outside] = [isOneOfTheirs(it, caller), this.isOutside(caller, it)];
    const noted = new Map(notes.map((note) => [note.moveId, note]));
    return moves.filter(({ id, action }) => action !== 'undo' && !undone.has(id) && !(own && internal.has(action)) && !(outside && weighed.has(action))).map((move) => {
      const note = noted.get(move.id);
      return { id: move.id, action: move.action, words: this.stepWords(it, move), who: this.who(move), at: move.madeAt.toISOString(), note: redateNote(move) ?? (note && (outside ? forUnits.has(note.kind) : !own || forAuthor.has(note.kind)) ? this.noteWords(note) : null) };
    });
  }

  /** A unit, or an office that hands over: it has the case, and no part in what was weighed before. */
  isOutside(caller: Caller, it: Submission): boolean {
    const { handlerIds: _handlers, ...scope } = scopeOf(it.kind, caller);
    return it.kind === 'proposal' && it.handlerIds !== null && maySee(scopeOf(it.kind, caller), it) && !maySee(scope, it);
  }

  next(it: Submission): SubmissionView['next'] {
    if (it.closure !== 'open') return [];
    const days = (name: string) => { const allowed = this.settings.allowance(name); return 'workdays' in allowed ? `一般 ${allowed.workdays} 个工作日` : ''; };
    const review = { words: '专委会初审', usual: days(it.kind === 'opinion' ? 'deadline.opinion.review' : 'deadline.proposal.review') };
    const then = it.kind === 'opinion' ? { words: '办公室编辑', usual: days('deadline.opinion.edit') } : { words: '提案委审定是否立案', usual: days('deadline.proposal.decide') };
    if (it.state === 'submitted' && it.reviewed === 0) return it.committeeId === null ? [review, then] : [then];
    return (it.state === 'first_review' || it.state === 'under_review') && it.reviewed === 0 ? [then] : [];
  }

  prepared(notes: readonly Note[], moves: readonly Move[]): SubmissionView['prepared'] {
    const note = notes.findLast(({ kind }) => kind === 'prepare');
    const outcome = preparedOutcomes.find((code) => code === note?.outcome);
    return note && outcome ? { outcome, note: note.note, by: this.nameOfMove(moves, note.moveId) } : null;
  }

  review(notes: readonly Note[], moves: readonly Move[]): SubmissionView['review'] {
    const note = notes.findLast(({ kind }) => kind === 'review');
    const outcome = note && this.coded('proposal.outcomes', note.outcome);
    const move = moves.find(({ id }) => id === note?.moveId);
    return note && outcome && move ? { outcome, note: note.note, units: note.unitIds.flatMap((id) => this.directory.page.body(id) ?? []), by: this.who(move), at: move.madeAt.toISOString() } : null;
  }

  planned({ state, plan }: Submission): SubmissionView['planned'] {
    if (plan === null || (state !== 'filed' && state !== 'planned')) return null;
    return plan.map(({ unitId, role }) => ({ unit: this.directory.page.body(unitId) ?? { id: unitId, name: unitId, short: unitId }, role, roleWords: unitRoleWords[role] }));
  }

  private nameOfMove(moves: readonly Move[], moveId: string): string {
    const move = moves.find(({ id }) => id === moveId);
    return move ? this.who(move) : '';
  }
  private who({ personId, bodyId, post, detail: { standsInFor } }: Move): string {
    if (post === 'system') return '系统';
    const { page } = this.directory;
    const office = ['committee_head', 'committee_vice_head', 'committee_staff', 'information_editor', 'office_director', 'proposal_office', 'review_board', 'member_affairs', ...dispatchPosts, ...unitPosts, 'security_admin'].includes(post) ? page.body(bodyId)?.short : undefined;
    return [office, page.person(personId)?.name].filter(Boolean).join(' ') + (standsInFor === undefined ? '' : `（代${page.person(standsInFor)?.name ?? ''}）`);
  }
  private stepWords(it: Submission, move: Move): string {
    const words: Record<string, string> = { [redateAction]: redateWord, ...disposalActionWords, ...(it.kind === 'opinion' ? opinionActionWords : proposalActionWords) };
    const to = this.directory.page.body(typeof move.detail.after?.['committeeId'] === 'string' ? move.detail.after['committeeId'] : null)?.short;
    const name = move.action === 'enter' ? '代录提交（纸质件）' : move.detail['entered'] === 'confirm' ? `确认提交（${this.directory.page.person(String(move.detail['clerk']))?.name ?? ''}代录）` : words[move.action] ?? move.action;
    if (move.action === 'change_units') return `${name}：${this.directory.page.body(String(move.detail['from']))?.short ?? ''}改为${this.directory.page.body(String(move.detail['to']))?.short ?? ''}`;
    const outcome = this.outcomeWords(move);
    if (outcome !== undefined) return outcome;
    return ['route', 'assign', 'reroute'].includes(move.action) ? `${name}${to ?? (move.action === 'reroute' ? '到分办台' : '')}` : name;
  }
  /** 报送全国政协、省政协; 全国政协采用; 市领导批示: from the codes in the journal. */
  private outcomeWords({ action, detail }: Move): string | undefined {
    const to = (code: unknown): string => {
      const channel = channels.find((it) => it === code);
      return channel ? reportedToWords[channel] : this.directory.page.body(typeof code === 'string' ? code : null)?.short ?? '';
    };
    const deed = action === 'follow' ? detail['of'] : action;
    switch (deed === 'record' ? detail['outcome'] : deed) {
      case 'absorb': return Array.isArray(detail['others']) ? `并入同类件 ${detail['others'].length} 件` : undefined;
      case 'sign': return action === 'follow' ? '合并编发的一期已签发' : undefined;
      case 'recall_issue': return action === 'follow' ? '合并编发的一期收回了' : undefined;
      case 'archive': return action === 'follow' ? '合并的件留存备查' : undefined;
      case 'not_adopt': return action === 'follow' ? '合并的件不予采用' : undefined;
      case 'reopen': return action === 'follow' ? '合并的件重新编辑' : undefined;
      case 'send': return Array.isArray(detail['channels']) ? `报送${detail['channels'].map(to).join('、')}` : undefined;
      case 'adopt': return `${to(detail['channel'])}采用`;
      case 'decline': return `${to(detail['channel'])}未采用`;
      case 'instruct': return `${this.settings.get('opinion.instructionLevels').find(({ code }) => code === detail['level'])?.name ?? '领导'}批示`;
      case 'transfer': return `转${this.directory.page.body(typeof detail['unit'] === 'string' ? detail['unit'] : null)?.short ?? '有关单位'}办理`;
      case 'answer': return '承办单位反馈办理情况';
      case 'follow_up': return '跟踪落实';
      default: return undefined;
    }
  }
  private noteWords({ kind, outcome, note }: Note): string {
    const head = kind === 'reject' ? this.coded('proposal.rejectReasons', outcome)?.name : kind === 'not_adopt' ? this.coded('opinion.notAdoptedReasons', outcome)?.name
      : kind === 'prepare' ? preparedOutcomeWords[preparedOutcomes.find((code) => code === outcome) ?? 'pass']
        : kind === 'review' ? `建议${this.coded('proposal.outcomes', outcome)?.name ?? ''}` : undefined;
    return [head, note].filter(Boolean).join('：');
  }
  stateWords({ kind, state, reviewed, dropAsked, closure }: Submission): string {
    const all: Record<string, string> = kind === 'opinion' ? opinionStateWords : proposalStateWords;
    if (closure === 'disposed') return `${all[state] ?? state}，${disposedTitle}`;
    if (kind === 'proposal' && reviewed === 1 && (state === 'under_review' || state === 'submitted')) return '待审定';
    if (kind === 'proposal' && state === 'filed' && dropAsked === 1) return '已立案，申请撤案';
    if (kind === 'proposal' && (state === 'planned' || state === 'handling') && dropAsked === 1) return `${proposalStateWords[state]}，申请撤案`;
    if (kind === 'opinion' && reviewed === 0 && state === 'pending_signoff') return '待审核';
    return all[state] ?? state;
  }
  private coded(setting: 'categories' | 'opinion.categories' | 'opinion.natures' | 'opinion.notAdoptedReasons' | 'proposal.outcomes' | 'proposal.rejectReasons', code: string | null): Coded | null {
    return this.settings.coded(setting, code);
  }
}
