import { Inject, Injectable } from '@nestjs/common';
import type { Caller, HandlingPart, HandlingView, SubmissionView, TalkView } from '@lvzhi/contracts';
import { actionsFor, answers, capExplained, dueAfter, dueLook, explainDue, handlingActionWords, handlingFlow, handlingStateWords, redateAction, redateWord, selvesOf, unitRoleWords } from '@lvzhi/domain';
import type { Due } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import type { Move } from '../platform/journal.ts';
import { redateNote } from '../platform/redating.ts';
import { Settings } from '../platform/settings.ts';
import type { Assignment } from '../platform/spine.entities.ts';
import { reportersOf } from '../submissions/submission.entity.ts';
import type { Submission } from '../submissions/submission.entity.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import type { Around } from './around.queries.ts';
import { handlingDoc, objectBy } from './docket.ts';
import type { Handling, HandlingNote, Talk, TalkAnswer } from './handling.entity.ts';

type Progress = NonNullable<SubmissionView['handling']>['progress'][number];
type DueView = NonNullable<HandlingPart['reply']>;
const answerWords = { asked: '还没有确认', confirmed: '确认属实', denied: '否认' } as const;

/** What one part is shown with. `talks`: how many were recorded that nobody denied; `opinion`: where this reader is inside. */
export interface PartFacts { readonly around: Around; readonly assignment: Assignment | undefined; readonly talks: number; readonly opinion: HandlingPart['opinion'] }

/** The only place where a unit's part becomes what a person is shown. */
@Injectable()
export class HandlingPresenter {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter) {}

  part(caller: Caller, it: Handling, { around, assignment, talks, opinion }: PartFacts): HandlingPart {
    const when = { now: () => this.clock.now(), reckoning: () => this.settings.reckoning };
    const [doc, open] = [handlingDoc(it, around, when), it.state === 'assigned' || it.state === 'handling'];
    return {
      id: it.id, unit: this.unit(it.unitId), role: it.role, roleWords: unitRoleWords[it.role], state: it.state, stateWords: this.stateWords(it), version: it.version, assignedAt: it.assignedAt.toISOString(), signedAt: it.signedAt?.toISOString() ?? null,
      holder: assignment ? this.submissions.holder(caller, assignment) : null, reply: answers(it.role) && (open || it.state === 'reply_review' || it.state === 'ready') ? this.due(caller, { at: it.dueAt, explanation: it.reckoned }, it.assignedAt) : null,
      talkBy: open && talks === 0 && answers(it.role) ? this.due(caller, dueAfter(it.allowed.talk, it.assignedAt, this.settings.reckoning), it.assignedAt) : null,
      objectBy: open && doc.objectable && !doc.reassignRefused && !doc.reassignAsked ? this.due(caller, objectBy(it, this.settings.reckoning), it.assignedAt) : null,
      talks, extended: it.extended === 1, round: it.round, repliedAt: it.repliedAt?.toISOString() ?? null, opinion, can: actionsFor(handlingFlow, doc, caller),
    };
  }

  /** Until when a case is answered at the very latest, as long as a unit still works on it. */
  cap(caller: Caller, handedAt: Date, capAt: Date, rows: readonly Handling[]): DueView | null {
    return rows.some(({ repliedAt, state, role }) => repliedAt === null && state !== 'stopped' && answers(role)) ? this.due(caller, capExplained(handedAt, capAt, this.settings.reckoning), handedAt) : null;
  }

  talk(caller: Caller, it: Talk, version: number, said: readonly TalkAnswer[]): TalkView {
    const { page } = this.directory;
    return {
      id: it.id, handlingId: it.handlingId, version, unit: this.unit(it.unitId), on: it.talkedOn, form: this.settings.coded('talk.forms', it.form) ?? { code: it.form, name: it.form }, people: it.people, gist: it.gist, by: page.person(it.byId)?.name ?? '', at: it.recordedAt.toISOString(),
      answers: said.map(({ personId, answer, note }) => ({ name: page.person(personId)?.name ?? '', answer, words: answerWords[answer], note })), mine: said.find(({ personId }) => selvesOf(caller).includes(personId))?.answer ?? null,
    };
  }

  timeline(moves: readonly Move[], notes: readonly HandlingNote[]): HandlingView['timeline'] {
    const noted = new Map(notes.map((it) => [it.moveId, it]));
    const words: Record<string, string> = { [redateAction]: redateWord, ...handlingActionWords };
    return moves.map((move) => {
      const note = noted.get(move.id);
      const unit = note?.unitId ? `${move.action === 'ask_reassign' ? '建议' : '改由'}${this.unit(note.unitId).short}` : '';
      return { id: move.id, action: move.action, words: words[move.action] ?? move.action, who: this.who(move), at: move.madeAt.toISOString(), note: redateNote(move) ?? ([unit, note?.note].filter(Boolean).join('：') || null) };
    });
  }

  progress({ id, unitId }: Handling, { kind, note }: HandlingNote, move: Move): Progress | undefined {
    return kind === 'report_progress' || kind === 'resolve' ? { handlingId: id, unit: this.unit(unitId), action: kind, words: handlingActionWords[kind], note, by: this.who(move), at: move.madeAt.toISOString() } : undefined;
  }

  who({ personId, bodyId, post }: Move): string {
    if (post === 'system') return '系统';
    const { page } = this.directory;
    return [page.kindOf(bodyId) === 'sector' ? undefined : page.body(bodyId)?.short, page.person(personId)?.name].filter(Boolean).join(' ');
  }
  /** 陈静怡, or 陈静怡等 4 人. */
  proposers(it: Submission): string {
    const [first, count] = [this.directory.page.person(it.authorId)?.name ?? '', reportersOf(it).length];
    return count > 1 ? `${first}等 ${count} 人` : first;
  }
  caseNo(it: Submission): string { return this.submissions.caseNo(it) ?? ''; }
  unit(id: string): HandlingPart['unit'] { return this.directory.page.body(id) ?? { id, name: id, short: id }; }

  private stateWords({ state, reassignAsked, extensionAsked }: Handling): string {
    return reassignAsked === 1 && (state === 'assigned' || state === 'handling') ? '申请改办' : extensionAsked === 1 && state === 'handling' ? '申请延期' : handlingStateWords[state];
  }
  private due({ surface }: Caller, { at, explanation }: Due, since: Date): DueView {
    return { at: at.toISOString(), ...dueLook(at, since, this.clock.now(), surface === 'desk' ? 'desk' : 'member', this.settings.reckoning), explanation: explainDue(at, explanation) };
  }
}
