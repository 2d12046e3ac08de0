import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { dateOf, isBlocked, leaderPosts, maySee, scopeOf, secrecyFindings, whyClosed } from '@lvzhi/domain';
import type { SupervisionAction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import type { Step } from '../platform/docket.ts';
import { newId } from '../platform/ids.ts';
import { Move } from '../platform/journal.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { alone, ballotDoc, ballotDocket, besideOf, dayEnd, demandDoc, demandDocket, supervisionAfter, supervisionDoc, supervisionDocket } from './docket.ts';
import type { DemandDoc, SupervisionDoc } from './docket.ts';
import { Ballot, Demand, Supervision, SupervisionEvent, SupervisionNote } from './supervision.entity.ts';
import { SupervisionQueries } from './supervision.queries.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Supervised = Answer<typeof routes.makeKey>;
type SupervisionStep = Step<SupervisionAction, SupervisionDoc>;
/** From its filing on a proposal may be nominated; merged ones go with their main case. */
const nominable: readonly Submission['state'][] = ['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting'];
const none = { items: [], most: 0 };

/** 督办: what is decided, planned, done, demanded and reported of key proposals (rules: duty-rules §1.10). */
@Injectable()
export class SupervisionService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(Directory) private readonly directory: Directory, @Inject(SupervisionQueries) private readonly queries: SupervisionQueries,
  ) {}

  async nominate(caller: Caller, { proposalId, reason, key }: Given<typeof routes.nominate>): Promise<Supervised> {
    this.mustNotBeSecret({ reason });
    const id = await this.database.write(async (manager) => {
      const before = await rowWhere(manager, Move, { personId: caller.personId, requestKey: key });
      if (before) return before.docId;
      const proposal = await rowWhere(manager, Submission, { id: proposalId, kind: 'proposal' });
      if (!proposal || !maySee(scopeOf('proposal', caller), proposal)) notFound();
      if (proposal.closure !== 'open') refuse('nominate', whyClosed(proposal.closure) ?? '');
      if (!nominable.includes(proposal.state)) refuse('nominate', proposal.state === 'merged' ? '已经并案，请提名主案' : '立案以后、办结以前的提案才能提名');
      if (await rowWhere(manager, Supervision, { openProposalId: proposalId })) refuse('nominate', '这件提案已经提名或者列为重点提案');
      const body = caller.posts.find(({ post }) => ['proposal_office', 'committee_head', 'committee_vice_head'].includes(post))?.bodyId ?? '';
      const row: Supervision = {
        id: newId(), proposalId, openProposalId: proposalId, authorId: proposal.authorId, committeeId: null, nominatedBy: caller.personId, nominatedBody: body, reason, decider: this.settings.get('supervision.decider'), state: 'proposed', version: 0, hash: '',
        form: null, leaderId: null, meeting: '', plan: '', dueOn: null, report: '', appraisal: 'none', appraisalDue: null, questions: none, nominatedAt: this.clock.now(), changedAt: this.clock.now(),
      };
      const beside = (await besideOf(manager, [row])).get(row.id) ?? alone;
      await this.moves.open(manager, caller, this.docket, supervisionDoc(row, beside), [{ action: 'nominate' }], key);
      return row.id;
    });
    return { doc: await this.queries.show(caller, id) };
  }

  makeKey(caller: Caller, { meeting, form, leaderId, committeeId, ...on }: Given<typeof routes.makeKey>): Promise<Supervised> {
    if (!this.settings.get('supervision.forms').some(({ code }) => code === form)) badField({ form: '请从列表里选择督办方式' });
    if (!this.directory.page.holdersOf(leaderPosts).includes(leaderId)) badField({ leaderId: '请从列表里选择牵头督办领导' });
    const fault = this.directory.page.isOf('committee', [committeeId]) ? this.directory.page.whyUnassignable(committeeId) : '请从列表里选择专委会';
    if (fault !== undefined) badField({ committeeId: fault });
    return this.make(caller, on, (doc) => ({ action: 'make_key', patch: { form, leaderId, committeeId }, carry: { row: { ...doc.row, meeting }, appraising: form === 'appraisal' } }));
  }
  declineKey(caller: Caller, { note, ...on }: Given<typeof routes.declineKey>): Promise<Supervised> { return this.make(caller, on, (doc) => ({ action: 'decline_key', ...this.saying(doc, note) })); }
  returnReport(caller: Caller, { note, ...on }: Given<typeof routes.returnReport>): Promise<Supervised> { return this.make(caller, on, (doc) => ({ action: 'return_report', ...this.saying(doc, note) })); }
  close(caller: Caller, on: On): Promise<Supervised> { return this.make(caller, on, () => ({ action: 'close_supervision' })); }

  /** What still ran of it ends with it: open demands and ballots. */
  cancelKey(caller: Caller, { note, ...on }: Given<typeof routes.cancelKey>): Promise<Supervised> {
    return this.make(caller, on, (doc) => ({ action: 'cancel_key', ...(doc.appraisal === 'open' && { patch: { appraisal: 'over' as const } }), beside: async (manager, moveId) => {
      await addRows(manager, SupervisionNote, [{ moveId, supervisionId: doc.id, note }]);
      for (const it of await rowsWhere(manager, Demand, { supervisionId: doc.id, state: ['asked', 'answered'] })) await this.moves.byHouse(manager, this.demands, it.id, () => ({ action: 'drop_demand' }));
      await this.lapse(manager, doc.id);
    } }));
  }

  begin(caller: Caller, { plan, dueOn, ...on }: Given<typeof routes.beginSupervision>): Promise<Supervised> {
    this.mustNotBeSecret({ plan });
    this.mustBeAhead({ dueOn });
    return this.make(caller, on, (doc) => ({ action: 'begin_supervision', patch: { dueOn }, carry: { row: { ...doc.row, plan } } }));
  }

  recordEvent(caller: Caller, { on: heldOn, place, people, what, findings, ...on }: Given<typeof routes.recordEvent>): Promise<Supervised> {
    if (heldOn > dateOf(this.clock.now())) badField({ on: '活动日期不能晚于今天' });
    this.mustNotBeSecret({ people, what, findings });
    return this.make(caller, on, (doc) => {
      const event: SupervisionEvent = { id: newId(), supervisionId: doc.id, heldOn, place, people, what, findings, byId: caller.personId, recordedAt: this.clock.now() };
      return { action: 'record_event', detail: { event: event.id }, beside: (manager) => addRows(manager, SupervisionEvent, [event]) };
    });
  }

  makeDemand(caller: Caller, { unitId, demand, dueOn, ...on }: Given<typeof routes.makeDemand>): Promise<Supervised> {
    this.mustNotBeSecret({ demand });
    this.mustBeAhead({ dueOn });
    return this.make(caller, on, (doc) => {
      if (!doc.units.includes(unitId)) badField({ unitId: '请从承办这件提案的单位里选' });
      const row: Demand = { id: newId(), supervisionId: doc.id, proposalId: doc.row.proposalId, unitId, committeeId: doc.committeeId ?? '', authorId: doc.authorId, state: 'asked', version: 0, hash: '', demand, answer: '', note: '', dueOn, madeAt: this.clock.now(), answeredAt: null };
      return { action: 'ask_demand', detail: { demand: row.id }, beside: async (manager) => { await this.moves.open(manager, caller, this.demands, demandDoc(row, { coAuthorIds: doc.coAuthorIds ?? [], closure: 'open' }), [{ action: 'make_demand' }], null); } };
    });
  }
  answerDemand(caller: Caller, { answer, ...on }: Given<typeof routes.answerDemand>): Promise<Supervised> {
    this.mustNotBeSecret({ answer });
    return this.moveDemand(caller, on, (doc) => ({ action: 'answer_demand', patch: { answeredAt: this.clock.now().toISOString() }, carry: { row: { ...doc.row, answer } } }));
  }
  settleDemand(caller: Caller, on: On): Promise<Supervised> { return this.moveDemand(caller, on, () => ({ action: 'settle_demand' })); }
  insistDemand(caller: Caller, { note, dueOn, ...on }: Given<typeof routes.insistDemand>): Promise<Supervised> {
    this.mustBeAhead({ dueOn });
    return this.moveDemand(caller, on, (doc) => ({ action: 'insist_demand', patch: { dueOn }, carry: { row: { ...doc.row, note } } }));
  }

  /** The items and the scale are kept as they are now: a later rule changes no questionnaire that is out. */
  callAppraisal(caller: Caller, { memberIds, dueOn, ...on }: Given<typeof routes.callAppraisal>): Promise<Supervised> {
    this.mustBeAhead({ dueOn });
    const questions = { items: this.settings.get('appraisal.items').map(({ code, name }) => ({ code, name })), most: this.settings.get('appraisal.most') };
    return this.make(caller, on, (doc) => {
      const [members, invited] = [new Set(this.directory.page.holdersOf(['member'])), [...new Set(memberIds)]];
      if (invited.some((it) => !members.has(it))) badField({ memberIds: '请从列表里选择委员' });
      if (invited.some((it) => it === doc.authorId || doc.coAuthorIds?.includes(it))) badField({ memberIds: '提案人自己不参加评议' });
      return { action: 'call_appraisal', patch: { appraisal: 'open' }, carry: { row: { ...doc.row, appraisalDue: dueOn, questions } }, detail: { invited: invited.length }, beside: async (manager) => {
        for (const authorId of invited) {
          const row: Ballot = { id: newId(), supervisionId: doc.id, proposalId: doc.row.proposalId, authorId, state: 'asked', version: 0, hash: '', scores: {}, note: '', dueOn, invitedAt: this.clock.now(), givenAt: null };
          await this.moves.open(manager, caller, this.ballots, ballotDoc(row, this.clock.now(), this.end, 'open'), [{ action: 'invite_ballot', bySystem: true }], null);
        }
      } };
    });
  }
  closeAppraisal(caller: Caller, on: On): Promise<Supervised> {
    return this.make(caller, on, (doc) => ({ action: 'close_appraisal', patch: { appraisal: 'over' }, beside: (manager) => this.lapse(manager, doc.id) }));
  }

  /** Only from the member's own session, once. */
  async score(caller: Caller, { scores, note, ...on }: Given<typeof routes.scoreBallot>): Promise<Answer<typeof routes.scoreBallot>> {
    this.mustNotBeSecret({ note });
    const { questions } = await this.queries.questionsOf(caller, on.id);
    const given = new Map(scores.map(({ code, score }) => [code, score]));
    const lacking = questions.items.filter(({ code }) => !given.has(code));
    if (lacking.length > 0) badField({ scores: `还有没打分的：${lacking.map(({ name }) => name).join('、')}` });
    if (scores.some(({ code, score }) => score > questions.most || !questions.items.some((it) => it.code === code))) badField({ scores: `每项从 1 分打到 ${questions.most} 分` });
    await this.moves.make(caller, this.ballots, on.id, { version: on.version, key: on.key }, (doc) => [{ action: 'score', patch: { givenAt: this.clock.now().toISOString() }, carry: { row: { ...doc.row, scores: Object.fromEntries(given), note } } }]);
    return { ballot: await this.queries.ballot(caller, on.id) };
  }

  report(caller: Caller, { report, ...on }: Given<typeof routes.reportSupervision>): Promise<Supervised> {
    this.mustNotBeSecret({ report });
    return this.make(caller, on, (doc) => ({ action: 'report_supervision', carry: { row: { ...doc.row, report } } }));
  }

  private async lapse(manager: EntityManager, supervisionId: string): Promise<void> {
    for (const { id } of await rowsWhere(manager, Ballot, { supervisionId, state: 'asked' })) await this.moves.byHouse(manager, this.ballots, id, () => ({ action: 'lapse_ballot' }));
  }
  private saying(doc: SupervisionDoc, note: string): Pick<SupervisionStep, 'beside'> { return { beside: (manager, moveId) => addRows(manager, SupervisionNote, [{ moveId, supervisionId: doc.id, note }]) }; }
  private mustNotBeSecret(texts: Readonly<Record<string, string>>): void {
    for (const [field, words] of Object.entries(texts)) if (isBlocked(secrecyFindings(words))) badField({ [field]: '内容疑似涉密，没有保存。确属涉密的，请线下处理。' });
  }
  private mustBeAhead({ dueOn }: { readonly dueOn: string }): void { if (dueOn <= dateOf(this.clock.now())) badField({ dueOn: '日期要晚于今天' }); }

  private get end() { return dayEnd(this.settings.reckoning.hours); }
  private get docket() { return supervisionDocket(() => this.clock.now(), this.end); }
  private get demands() { return demandDocket(this.end); }
  private get ballots() { return ballotDocket(() => this.clock.now(), this.end); }

  private async make(caller: Caller, { id, version, key }: On, step: (doc: SupervisionDoc) => SupervisionStep): Promise<Supervised> {
    const { doc } = await this.moves.make(caller, this.docket, id, { version, key, current: (manager, it) => this.queries.view(manager, caller, it.row) }, (it) => [step(it)]);
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, supervisionAfter(doc))) };
  }
  private async moveDemand(caller: Caller, { id, version, key }: On, step: (doc: DemandDoc) => Step<'answer_demand' | 'settle_demand' | 'insist_demand', DemandDoc>): Promise<Supervised> {
    const { doc } = await this.moves.make(caller, this.demands, id, { version, key }, (it) => [step(it)]);
    return { doc: await this.queries.show(caller, doc.row.supervisionId) };
  }
}
