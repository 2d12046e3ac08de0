import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, SubmissionView } from '@lvzhi/contracts';
import { isOneOfTheirs, dateOf, extendedDue, isBlocked, secrecyFindings, selvesOf } from '@lvzhi/domain';
import type { HandlingAction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { proposalDoc, proposalDocket } from '../submissions/docket.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { handlingAfter, handlingDocket } from './docket.ts';
import type { HandlingDoc } from './docket.ts';
import { HandingService } from './handing.service.ts';
import { HandlingNote, Talk, TalkAnswer } from './handling.entity.ts';
import type { HandlingNoteKind } from './handling.entity.ts';
import { HandlingQueries } from './handling.queries.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Handled = Answer<typeof routes.signFor>;
type HandlingStep = Step<HandlingAction, HandlingDoc>;

/** 办理: what a unit does with its part, and what the office of its side and the proposer answer (rules: duty-rules §1.5). */
@Injectable()
export class HandlingService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(HandingService) private readonly handing: HandingService, @Inject(HandlingQueries) private readonly queries: HandlingQueries, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries,
  ) {}

  signFor(caller: Caller, on: On): Promise<Handled> {
    return this.make(caller, on, () => ({ action: 'sign_for', patch: { signed: true, signedAt: this.clock.now().toISOString() } }));
  }

  askReassign(caller: Caller, { note, unitId, ...on }: Given<typeof routes.askReassign>): Promise<Handled> {
    const fault = this.handing.whyNot(unitId);
    if (fault !== undefined) badField({ unitId: fault });
    return this.make(caller, on, (doc) => {
      if (unitId === doc.committeeId) badField({ unitId: '建议的单位不能是本单位' });
      return { action: 'ask_reassign', patch: { reassignAsked: true }, ...this.saying(doc, 'ask_reassign', note, unitId) };
    });
  }
  refuseReassign(caller: Caller, { note, ...on }: Given<typeof routes.refuseReassign>): Promise<Handled> {
    return this.make(caller, on, (doc) => ({ action: 'refuse_reassign', patch: { reassignAsked: false, reassignRefused: true }, ...this.saying(doc, 'refuse_reassign', note) }));
  }

  /** Another unit takes this one's place: its own clock begins, the case's limit stays (rules: duty-rules §9.6). */
  reassign(caller: Caller, { unitId, note, ...on }: Given<typeof routes.reassign>): Promise<Handled> {
    const fault = this.handing.whyNot(unitId);
    if (fault !== undefined) badField({ unitId: fault });
    return this.make(caller, on, (doc) => ({
      action: 'reassign', patch: { reassignAsked: false },
      beside: async (manager, moveId) => {
        await this.saying(doc, 'reassign', note, unitId).beside?.(manager, moveId);
        const row = await rowWhere(manager, Submission, { id: doc.row.proposalId });
        if (!row) throw new Error(`The proposal of ${doc.id} is missing.`);
        const proposal = proposalDoc(row);
        if (proposal.plan?.some((it) => it.unitId === unitId)) badField({ unitId: '这个单位已经在承办这一件，请另选' });
        const plan = (proposal.plan ?? []).map((it) => (it.unitId === doc.committeeId ? { ...it, unitId } : it));
        await this.moves.byHouse(manager, proposalDocket(() => this.clock.now()), proposal.id, () => ({ action: 'change_units', patch: { plan, handlerIds: this.handing.handlersOf(plan) }, detail: { from: doc.committeeId, to: unitId } }));
        await this.handing.open(manager, caller, proposal, { unitId, role: doc.role }, doc.coAuthorIds ?? []);
      },
    }));
  }

  giveOpinion(caller: Caller, { note, ...on }: Given<typeof routes.giveOpinion>): Promise<Handled> {
    this.mustNotBeSecret({ note });
    return this.make(caller, on, (doc) => ({ action: 'give_opinion', ...this.saying(doc, 'give_opinion', note) }));
  }

  recordTalk(caller: Caller, { on: talkedOn, form, people, gist, ...on }: Given<typeof routes.recordTalk>): Promise<Handled> {
    if (!this.settings.get('talk.forms').some(({ code }) => code === form)) badField({ form: '请从列表里选择面商方式' });
    if (talkedOn > dateOf(this.clock.now())) badField({ on: '面商日期不能晚于今天' });
    this.mustNotBeSecret({ gist, people });
    return this.make(caller, on, (doc) => {
      if (talkedOn < dateOf(doc.row.assignedAt)) badField({ on: `面商日期不能早于交办那天（${dateOf(doc.row.assignedAt)}）` });
      const talk: Talk = { id: newId(), handlingId: doc.id, proposalId: doc.row.proposalId, unitId: doc.row.unitId, talkedOn, form, people, gist, byId: caller.personId, recordedAt: this.clock.now() };
      return { action: 'record_talk', detail: { talk: talk.id }, beside: async (manager) => {
        await addRows(manager, Talk, [talk]);
        await addRows(manager, TalkAnswer, [doc.authorId, ...doc.coAuthorIds ?? []].map((personId) => ({ talkId: talk.id, personId, handlingId: doc.id, answer: 'asked' as const, note: '', answeredAt: null })));
      } };
    });
  }
  confirmTalk(caller: Caller, on: On) { return this.answerTalk(caller, on, 'confirm_talk', ''); }
  denyTalk(caller: Caller, { note, ...on }: Given<typeof routes.denyTalk>) { return this.answerTalk(caller, on, 'deny_talk', note); }

  askExtension(caller: Caller, { note, ...on }: Given<typeof routes.askExtension>): Promise<Handled> {
    return this.make(caller, on, (doc) => ({ action: 'ask_extension', patch: { extensionAsked: true }, ...this.saying(doc, 'ask_extension', note) }));
  }
  allowExtension(caller: Caller, { note, ...on }: Given<typeof routes.allowExtension>): Promise<Handled> {
    return this.make(caller, on, (doc) => {
      const due = extendedDue({ at: new Date(doc.dueAt), explanation: doc.row.reckoned }, this.settings.get('handling.extensionMonths'), doc.row.capAt, this.clock.now());
      return { action: 'allow_extension', patch: { extensionAsked: false, extended: true, dueAt: due.at.toISOString() }, carry: { row: { ...doc.row, reckoned: due.explanation } }, ...this.saying(doc, 'allow_extension', note) };
    });
  }
  refuseExtension(caller: Caller, { note, ...on }: Given<typeof routes.refuseExtension>): Promise<Handled> {
    return this.make(caller, on, (doc) => ({ action: 'refuse_extension', patch: { extensionAsked: false }, ...this.saying(doc, 'refuse_extension', note) }));
  }

  /** Only the proposers themselves say whether they were talked to; each once, for themselves. The answer is their own proposal. */
  private async answerTalk(caller: Caller, { id: talkId, ...on }: On, action: 'confirm_talk' | 'deny_talk', note: string): Promise<{ doc: SubmissionView }> {
    const talk = await this.database.read((manager) => rowWhere(manager, Talk, { id: talkId }));
    if (!talk) notFound();
    const { doc } = await this.moves.make(caller, this.docket, talk.handlingId, this.ask(caller, { ...on, id: talk.handlingId }), (it) => [{ action, detail: { talk: talkId }, beside: async (manager, moveId) => {
      if (await changeRows(manager, TalkAnswer, { talkId, handlingId: it.id, personId: selvesOf(caller), answer: 'asked' }, { answer: action === 'confirm_talk' ? 'confirmed' : 'denied', note, answeredAt: this.clock.now() }) < 1) refuse(action, '这次面商已经答复过，请刷新后再看');
      if (action === 'deny_talk') await this.saying(it, 'deny_talk', note).beside?.(manager, moveId);
    } }]);
    return { doc: await this.database.read(async (manager) => {
      const main = await rowWhere(manager, Submission, { id: doc.row.proposalId });
      const own = [...(main ? [main] : []), ...await rowsWhere(manager, Submission, { mainId: doc.row.proposalId, state: 'merged' })].find((it) => isOneOfTheirs(it, caller));
      return own ? this.submissions.view(manager, caller, own) : notFound();
    }) };
  }

  private saying(doc: HandlingDoc, kind: HandlingNoteKind, note: string, unitId: string | null = null): Pick<HandlingStep, 'beside'> {
    return { beside: async (manager, moveId) => { if (note !== '' || unitId !== null) await addRows(manager, HandlingNote, [{ moveId, handlingId: doc.id, kind, note, unitId, isVoid: 0 }]); } };
  }
  private mustNotBeSecret(texts: Readonly<Record<string, string>>): void {
    for (const [field, words] of Object.entries(texts)) if (isBlocked(secrecyFindings(words))) badField({ [field]: '内容疑似涉密，没有保存。确属涉密的，请线下处理。' });
  }

  private get docket() { return handlingDocket({ now: () => this.clock.now(), reckoning: () => this.settings.reckoning }); }
  private ask(caller: Caller, { version, key }: On) {
    return { version, key, current: (manager: EntityManager, doc: HandlingDoc) => this.queries.view(manager, caller, doc.row) };
  }
  private async make(caller: Caller, on: On, step: (doc: HandlingDoc) => HandlingStep): Promise<Handled> {
    const { doc } = await this.moves.make(caller, this.docket, on.id, this.ask(caller, on), (it) => [step(it)]);
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, handlingAfter(doc))) };
  }
}
