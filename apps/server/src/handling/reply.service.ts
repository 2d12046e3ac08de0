import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { dateOf, isBlocked, judge, secrecyFindings } from '@lvzhi/domain';
import type { HandlingAction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound, reasonIn, refuse, stale } from '../platform/refusals.ts';
import { addRows, changeRows, holdRow, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { handlingAfter, handlingDocket } from './docket.ts';
import type { HandlingDoc } from './docket.ts';
import { Handling, HandlingNote } from './handling.entity.ts';
import type { HandlingNoteKind } from './handling.entity.ts';
import { HandlingQueries } from './handling.queries.ts';
import { RatingService } from './rating.service.ts';
import { Reply } from './reply.entity.ts';
import { ReplyQueries } from './reply.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Handled = Answer<typeof routes.submitReply>;
type HandlingStep = Step<HandlingAction, HandlingDoc>;
type Draft = Omit<Given<typeof routes.saveReply>, 'id' | 'version'>;

/** 答复: drafted by the unit that answers, countersigned by those that assist, signed by its head, reviewed by the office, released (rules: duty-rules §1.7). */
@Injectable()
export class ReplyService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(HandlingQueries) private readonly queries: HandlingQueries, @Inject(ReplyQueries) private readonly replies: ReplyQueries, @Inject(RatingService) private readonly ratings: RatingService,
  ) {}

  /** As it is typed: no move, but only by whom the flow lets write it, and on the draft that they saw. */
  async save(caller: Caller, { id, version, ...draft }: Given<typeof routes.saveReply>): Promise<Answer<typeof routes.saveReply>> {
    this.check(draft);
    await this.database.write(async (manager) => {
      const doc = await this.docket.load(manager, id);
      if (!doc) notFound();
      const verdict = judge(this.docket.flow, 'draft_reply', doc, caller);
      if ('reason' in verdict) { if (doc.committeeId === null || !caller.posts.some(({ bodyId }) => bodyId === doc.committeeId)) notFound(); refuse('draft_reply', verdict.reason); }
      const [row, saved] = [doc.reply, { ...draft, savedBy: caller.personId, savedAt: this.clock.now() }];
      if ((row?.version ?? 0) !== version) stale(row && this.replies.view(caller, doc.row, row), draft);
      // Counted on through the rounds: what was countersigned of the first answer says nothing of the second.
      const last = row ?? await rowWhere(manager, Reply, { handlingId: id, round: doc.round - 1 });
      const textNo = row && row.body === draft.body && row.classCode === draft.classCode ? row.textNo : (last?.textNo ?? 0) + 1;
      if (!row) await addRows(manager, Reply, [{ handlingId: id, round: doc.round, textNo, version: 1, ...saved, releasedAt: null, dueAt: null }]);
      else if (await changeRows(manager, Reply, { handlingId: id, round: doc.round, version }, { ...saved, textNo, version: version + 1 }) !== 1) stale(this.replies.view(caller, doc.row, row), draft);
    });
    return { reply: (await this.replies.show(caller, id)).reply ?? notFound() };
  }

  /** Everybody who assists is asked for the text as it stands; who has countersigned this very text is not asked again. */
  askCountersign(caller: Caller, on: On): Promise<Handled> {
    return this.make(caller, on, (doc) => ({ action: 'ask_countersign', detail: { text: doc.reply?.textNo ?? 0 }, beside: async (manager) => {
      for (const it of await this.assisting(manager, doc)) {
        if (it.state === 'countersigning' || it.state === 'countersigned' && it.countersignedNo === doc.reply?.textNo) continue;
        await this.moves.byHouse(manager, this.docket, it.id, () => ({ action: 'call_countersign' }));
      }
    } }));
  }
  countersign(caller: Caller, { note, ...on }: Given<typeof routes.agreeReply>): Promise<Handled> {
    return this.make(caller, on, async (doc, manager) => {
      const lead = (await rowsWhere(manager, Handling, { proposalId: doc.row.proposalId })).find(({ role, state }) => role === 'lead' && state === 'handling');
      const reply = lead && await rowWhere(manager, Reply, { handlingId: lead.id, round: lead.round });
      if (!reply) refuse('countersign', '主办单位正在改答复稿，请等再送会签');
      return { action: 'countersign', patch: { countersignedNo: reply.textNo }, ...this.saying(doc, 'countersign', note) };
    });
  }
  objectReply(caller: Caller, { note, ...on }: Given<typeof routes.objectReply>): Promise<Handled> {
    return this.make(caller, on, (doc) => ({ action: 'object_reply', patch: { countersignedNo: null }, ...this.saying(doc, 'object_reply', note) }));
  }

  submit(caller: Caller, on: On): Promise<Handled> { return this.make(caller, on, (doc) => ({ action: 'submit_reply', detail: { class: doc.reply?.classCode ?? null, text: doc.reply?.textNo ?? 0 } })); }
  returnReply(caller: Caller, { note, ...on }: Given<typeof routes.returnReply>): Promise<Handled> { return this.make(caller, on, (doc) => ({ action: 'return_reply', ...this.saying(doc, 'return_reply', note) })); }

  /** The office may find another class right; the text stays the unit's. */
  approve(caller: Caller, { classCode, note, ...on }: Given<typeof routes.approveReply>): Promise<Handled> {
    if (classCode !== null && !this.settings.get('replyClasses').some(({ code }) => code === classCode)) badField({ classCode: '请从列表里选择办理结果' });
    return this.make(caller, on, (doc) => {
      const [was, will] = [doc.reply?.classCode ?? null, classCode ?? doc.reply?.classCode ?? null];
      if (will === 'B' && doc.reply?.promisedOn === null) badField({ classCode: '改为 B 类的要有预计解决的日期，请退回承办单位补上' });
      return { action: 'approve_reply', detail: { class: { from: was, to: will } }, beside: async (manager, moveId) => {
        await this.saying(doc, 'approve_reply', note).beside?.(manager, moveId);
        if (will !== was) await changeRows(manager, Reply, { handlingId: doc.id, round: doc.round }, { classCode: will });
      } };
    });
  }

  /** Several together, each by itself: what fails for one keeps nobody else's back (traps, 14). */
  async release(caller: Caller, { items }: Given<typeof routes.releaseReplies>): Promise<Answer<typeof routes.releaseReplies>> {
    const results: { id: string; done: boolean; reason: string | null }[] = [];
    for (const { id, version } of items) {
      try {
        await this.releaseOne(caller, { id, version });
        results.push({ id, done: true, reason: null });
      } catch (error) { results.push({ id, done: false, reason: reasonIn(error) }); }
    }
    return { results };
  }

  reportProgress(caller: Caller, { note, ...on }: Given<typeof routes.reportProgress>): Promise<Handled> {
    this.mustNotBeSecret({ note });
    return this.make(caller, on, (doc) => ({ action: 'report_progress', ...this.saying(doc, 'report_progress', note) }));
  }
  resolve(caller: Caller, { note, ...on }: Given<typeof routes.resolveHandling>): Promise<Handled> {
    this.mustNotBeSecret({ note });
    return this.make(caller, on, (doc) => ({ action: 'resolve', ...this.saying(doc, 'resolve', note) }));
  }

  private async releaseOne(caller: Caller, on: On): Promise<unknown> {
    // Two units' answers to one case at the same moment: the last of them asks the proposers.
    const released = await this.database.read((manager) => rowWhere(manager, Handling, { id: on.id }));
    return this.database.write(async (manager) => {
      if (released) await holdRow(manager, Submission, released.proposalId);
      return this.releasing(caller, on);
    });
  }
  private releasing(caller: Caller, on: On): Promise<unknown> {
    return this.make(caller, on, (doc) => {
      const now = this.clock.now();
      return { action: 'release', patch: { repliedAt: now.toISOString() }, detail: { class: doc.reply?.classCode ?? null }, beside: async (manager) => {
        await changeRows(manager, Reply, { handlingId: doc.id, round: doc.round }, { releasedAt: now, dueAt: new Date(doc.dueAt) });
        await this.ratings.askWhenAllReplied(manager, caller, doc.row.proposalId);
      } };
    });
  }

  private async assisting(manager: EntityManager, doc: HandlingDoc): Promise<Handling[]> {
    return rowsWhere(manager, Handling, { proposalId: doc.row.proposalId, role: 'assist', state: ['assigned', 'handling', 'opined', 'countersigning', 'countersigned'] });
  }

  private check(draft: Draft): void {
    const faults: Record<string, string> = {};
    if (draft.classCode !== null && !this.settings.get('replyClasses').some(({ code }) => code === draft.classCode)) faults['classCode'] = '请从列表里选择办理结果';
    if (draft.publicity !== null && !this.settings.get('reply.publicity').some(({ code }) => code === draft.publicity)) faults['publicity'] = '请从列表里选择公开方式';
    if (draft.promisedOn !== null && draft.promisedOn <= dateOf(this.clock.now())) faults['promisedOn'] = '预计解决的日期要在今天以后';
    if (Object.keys(faults).length > 0) badField(faults);
    this.mustNotBeSecret({ body: draft.body });
  }
  private mustNotBeSecret(texts: Readonly<Record<string, string>>): void {
    for (const [field, words] of Object.entries(texts)) if (isBlocked(secrecyFindings(words))) badField({ [field]: '内容疑似涉密，没有保存。确属涉密的，请线下处理。' });
  }
  private saying(doc: HandlingDoc, kind: HandlingNoteKind, note: string): Pick<HandlingStep, 'beside'> {
    return { beside: async (manager, moveId) => { if (note !== '') await addRows(manager, HandlingNote, [{ moveId, handlingId: doc.id, kind, note, unitId: null, isVoid: 0 }]); } };
  }

  private get docket() { return handlingDocket({ now: () => this.clock.now(), reckoning: () => this.settings.reckoning }); }
  private async make(caller: Caller, { id, version, key }: On, step: (doc: HandlingDoc, manager: EntityManager) => Promise<HandlingStep> | HandlingStep): Promise<Handled> {
    const ask = { version, key, current: (manager: EntityManager, doc: HandlingDoc) => this.queries.view(manager, caller, doc.row) };
    const { doc } = await this.moves.make(caller, this.docket, id, ask, async (it, manager) => [await step(it, manager)]);
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, handlingAfter(doc))) };
  }
}
