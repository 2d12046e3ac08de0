import { Inject, Injectable } from '@nestjs/common';
import type { BallotView, Caller, SupervisionForProposer, SupervisionRow, SupervisionView } from '@lvzhi/contracts';
import { actionsFor, appraise, ballotFlow, ballotStateWords, committeePosts, demandFlow, demandStateWords, holds, leaderPosts, postWords, supervisionActionWords, supervisionFlow, supervisionStateWords } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import type { Move } from '../platform/journal.ts';
import { redateNote } from '../platform/redating.ts';
import { Settings } from '../platform/settings.ts';
import type { Assignment } from '../platform/spine.entities.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import type { Revision, Submission } from '../submissions/submission.entity.ts';
import { ballotDoc, dayEnd, demandDoc, supervisionDoc } from './docket.ts';
import type { Beside } from './docket.ts';
import type { Ballot, Demand, Questions, Supervision, SupervisionEvent, SupervisionNote } from './supervision.entity.ts';

interface Parts { readonly events: readonly SupervisionEvent[]; readonly demands: readonly Demand[]; readonly ballots: readonly Ballot[]; readonly moves: readonly Move[]; readonly notes: readonly SupervisionNote[]; readonly beside: Beside; readonly open: readonly Assignment[]; readonly inside: boolean; /** None where 涉密处置 has closed it. */ readonly text: Pick<Revision, 'situation' | 'analysis' | 'suggestion'> | undefined; readonly mayOpen: boolean }

/** Of a ballot: what it is about. `replies`: released ones only. */
interface About { readonly units: readonly string[]; readonly task: Assignment | undefined; readonly text: Pick<Revision, 'situation' | 'analysis' | 'suggestion'> | undefined; readonly replies: readonly { readonly unitId: string; readonly round: number; readonly body: string }[] }

/** The only place where a supervision becomes what a person is shown. */
@Injectable()
export class SupervisionPresenter {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter) {}

  /** Those who supervise, decide or look after it; units and proposers are outside. */
  isInside(caller: Caller, { committeeId, nominatedBody }: Supervision): boolean { return holds(caller, 'proposal_office', ...leaderPosts) || caller.posts.some(({ post, bodyId }) => (bodyId === committeeId || bodyId === nominatedBody) && committeePosts.some((it) => it === post)); }

  row(caller: Caller, it: Supervision, proposal: Submission, beside: Beside, task: Assignment | undefined): SupervisionRow {
    const { page } = this.directory;
    return {
      id: it.id, proposal: { id: it.proposalId, title: proposal.title, caseNo: this.submissions.caseNo(proposal) ?? '', authors: [it.authorId, ...beside.coAuthorIds].map((id) => page.person(id)?.name ?? '').join('、') }, state: it.state, stateWords: supervisionStateWords[it.state],
      form: this.settings.coded('supervision.forms', it.form), leader: this.name(it.leaderId), committee: page.body(it.committeeId), dueOn: it.dueOn, openDemands: beside.openDemands, holder: task ? this.submissions.holder(caller, task) : null, version: it.version, can: actionsFor(supervisionFlow, supervisionDoc(it, beside), caller),
    };
  }

  whole(caller: Caller, it: Supervision, line: SupervisionRow, { events, demands, ballots, moves, notes, beside, open, inside, text, mayOpen }: Parts): SupervisionView {
    const { page } = this.directory;
    return {
      ...line, text: { situation: text?.situation ?? '', analysis: text?.analysis ?? '', suggestion: text?.suggestion ?? '' }, mayOpen,
      decider: postWords[it.decider], reason: inside ? it.reason : '', nominatedBy: [page.body(it.nominatedBody)?.short, page.person(it.nominatedBy)?.name].filter(Boolean).join(' '), meeting: it.meeting, plan: it.plan, report: inside || it.state === 'closed' ? it.report : '',
      events: events.map((event) => ({ id: event.id, on: event.heldOn, place: event.place, people: event.people, what: event.what, findings: event.findings, by: page.person(event.byId)?.name ?? '' })),
      demands: demands.map((demand) => this.demand(caller, demand, beside, open.find(({ docId }) => docId === demand.id))),
      appraisal: it.appraisal === 'none' ? null : { open: it.appraisal === 'open', dueOn: it.appraisalDue ?? '', most: it.questions.most, invited: ballots.length, given: ballots.filter(({ state }) => state === 'given').length, results: it.appraisal === 'over' ? this.results(it.questions, ballots) : null },
      timeline: inside ? moves.map((move) => ({ id: move.id, action: move.action, words: Object.entries(supervisionActionWords).find(([action]) => action === move.action)?.[1] ?? '期限重算', who: this.name(move.personId) ?? '系统', at: move.madeAt.toISOString(), note: redateNote(move) ?? notes.find(({ moveId }) => moveId === move.id)?.note ?? null })) : [],
      leaders: line.can.includes('make_key') ? page.holdersOf(leaderPosts).toSorted().map((id) => ({ id, name: page.person(id)?.name ?? '', note: page.postsOf(id)?.flatMap(({ post }) => (leaderPosts.some((leader) => leader === post) ? [postWords[post]] : [])).join('、') ?? '' })) : [],
      units: beside.units.map((id) => this.body(id)),
    };
  }

  forProposer(it: Supervision, events: readonly SupervisionEvent[], demands: readonly Demand[], ballots: readonly Ballot[]): SupervisionForProposer {
    return {
      stateWords: supervisionStateWords[it.state], form: this.settings.coded('supervision.forms', it.form), leader: this.name(it.leaderId), committee: this.directory.page.body(it.committeeId), dueOn: it.dueOn,
      events: events.map(({ id, heldOn, place, what }) => ({ id, on: heldOn, place, what })),
      demands: demands.filter(({ state }) => state !== 'dropped').map(({ id, unitId, demand, state, answer }) => ({ id, unit: this.body(unitId), demand, stateWords: demandStateWords[state], answer: state === 'settled' ? answer : '' })),
      report: it.state === 'closed' ? it.report : '', results: it.appraisal === 'over' ? this.results(it.questions, ballots).map(({ name, mean, n }) => ({ name, mean, n, most: it.questions.most })) : null,
    };
  }

  ballot(caller: Caller, row: Ballot, { items, most }: Questions, proposal: Submission, { units, task, text, replies }: About): BallotView {
    const can = actionsFor(ballotFlow, ballotDoc(row, this.clock.now(), dayEnd(this.settings.reckoning.hours), proposal.closure), caller).includes('score');
    return {
      id: row.id, proposal: { title: proposal.title, caseNo: this.submissions.caseNo(proposal) ?? '' }, units: units.map((id) => this.body(id)),
      judged: can && text ? { text: { situation: text.situation, analysis: text.analysis, suggestion: text.suggestion }, replies: replies.map(({ unitId, round, body }) => ({ unit: this.body(unitId), round, body })) } : null,
      state: row.state, stateWords: ballotStateWords[row.state], due: task ? this.submissions.due(caller, task) : null, most,
      items: items.map(({ code, name }) => ({ code, name, score: row.scores[code] ?? null })), note: row.note, version: row.version, can,
    };
  }

  private demand(caller: Caller, it: Demand, beside: Beside, task: Assignment | undefined): SupervisionView['demands'][number] {
    return { id: it.id, unit: this.body(it.unitId), demand: it.demand, dueOn: it.dueOn, due: task && it.state === 'asked' ? this.submissions.due(caller, task) : null, state: it.state, stateWords: demandStateWords[it.state], answer: it.answer, answeredAt: it.answeredAt?.toISOString() ?? null, note: it.state === 'asked' ? it.note : '', version: it.version, can: actionsFor(demandFlow, demandDoc(it, beside), caller) };
  }
  private results({ items }: Questions, ballots: readonly Ballot[]) {
    const means = appraise(items.map(({ code }) => code), ballots.filter(({ state }) => state === 'given').map(({ scores }) => scores));
    return means.map((it) => ({ ...it, name: items.find(({ code }) => code === it.code)?.name ?? it.code }));
  }
  private body(id: string) { return this.directory.page.body(id) ?? { id, name: id, short: id }; }
  private name(id: string | null): string | null { return id === null ? null : this.directory.page.person(id)?.name ?? null; }
}
