import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { isOneOfTheirs, closedTitle, disposedTitle, holds, triagePosts, whyClosed, whyNotDecide } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { learningJob } from '../routing/lessons.queries.ts';
import { DraftText } from '../submissions/draft.entity.ts';
import { Entry } from '../submissions/entry.entity.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';
import { removingJob } from './bytes.service.ts';
import { hideIssues, holdTasks, releaseTasks, showIssues, step } from './closing.ts';
import type { By } from './closing.ts';
import { Disposal, DisposalBackup } from './disposal.entity.ts';
import { DisposalQueries } from './disposal.queries.ts';
import { removeTexts } from './removal.ts';
import { tellAuthors, tellDisposers, withdrawWaiting } from './telling.ts';

type Done = Answer<typeof routes.markSecret>;

/** A draft that was never handed in is no document: what is written down of it names its disposal. */
const subjectOf = ({ id, docKind, docId, draftId }: Disposal) => (draftId === null ? { kind: docKind, id: docId } : { kind: 'disposal', id });

/** 涉密处置: marked by the office and closed at once; decided by the security administrator; carried out in one transaction, after which there is no way back. */
@Injectable()
export class DisposalsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit, @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DisposalQueries) private readonly queries: DisposalQueries, @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** Whoever reads what was marked is written down. */
  async show(caller: Caller, id: string): Promise<Answer<typeof routes.showDisposal>> {
    const view = await this.queries.show(caller, id);
    if (view.text !== null) await this.audit.record(caller, 'secret.read', { kind: 'disposal', id });
    return view;
  }

  mark(caller: Caller, { kind, receiptNo, reason, related }: Given<typeof routes.markSecret>): Promise<Done> {
    if (!this.settings.get('secret.reasons').some(({ code }) => code === reason)) badField({ reason: '请从列表里选择理由' });
    return this.database.write(async (manager) => {
      const row = await this.queries.marking(manager, caller, kind, receiptNo);
      const known = await this.queries.related(manager, row);
      if (related.some((id) => !known.some((it) => it.id === id))) badField({ related: '关联的件有变化，请重新打开再选' });
      const others = await rowsWhere(manager, Submission, { id: [...new Set(related)] });
      const groupId = newId();
      let first: Disposal | undefined;
      for (const it of [row, ...others]) {
        if (it.id !== row.id) await this.mustBeOthers(manager, caller, it);
        const made = await this.markOne(manager, caller, it, kind, { groupId, reason });
        first ??= made;
      }
      if (!first) throw new Error('Nothing was marked.');
      return { disposal: await this.queries.view(manager, caller, first) };
    });
  }

  lift(caller: Caller, { id }: Given<typeof routes.liftDisposal>): Promise<Done> {
    return this.database.write(async (manager) => {
      const by = this.by(caller);
      const group = await this.deciding(manager, caller, id);
      for (const it of group) {
        await this.decide(manager, it, 'lifted', by);
        if (it.draftId === null) await this.liftOne(manager, it, by);
        await releaseTasks(manager, it.moveId);
        await this.audit.record(caller, 'secret.lifted', subjectOf(it), { reason: it.reason });
      }
      return this.answer(manager, caller, id);
    });
  }

  async carryOut(caller: Caller, { id, receiptNo }: Given<typeof routes.carryOutDisposal>): Promise<Done> {
    await this.database.write(async (manager) => {
      const by = this.by(caller);
      const group = await this.deciding(manager, caller, id);
      if (group.find((it) => it.id === id)?.receiptNo !== receiptNo) badField({ receiptNo: '和这一件的收件号不一样，请照着输' });
      for (const it of group) await this.carryOutOne(manager, caller, it, by);
      await this.jobs.hasten(manager, removingJob);
    });
    // Done in any case: what breaks here is logged by the job, which goes on with it at its next turn.
    await this.jobs.runNow(removingJob).catch(() => undefined);
    return this.database.read((manager) => this.answer(manager, caller, id));
  }

  treat(caller: Caller, { id, keepingId }: Given<typeof routes.treatBackup>): Promise<Done> {
    return this.database.write(async (manager) => {
      const before = await this.answer(manager, caller, id);
      const backup = before.disposal.backups.find((it) => it.id === keepingId);
      if (!backup) notFound();
      if (backup.treated) return before;
      await addRows(manager, DisposalBackup, [{ disposalId: id, keepingId, treatedBy: caller.personId, treatedAt: this.clock.now() }]);
      await this.audit.record(caller, 'secret.backup', { kind: 'disposal', id }, { file: backup.fileName });
      return this.answer(manager, caller, id);
    });
  }

  private async liftOne(manager: EntityManager, it: Disposal, by: By): Promise<void> {
    await step(manager, await this.docOf(manager, it), 'lift_secret', by, { closure: 'open', title: it.title ?? '' }, { disposal: it.id, reason: it.reason });
    await showIssues(manager, it.docId);
    // Its number and author are entered into the index again as they are.
    await manager.query('UPDATE search_entries SET made_with = 0 WHERE doc_id = ?', [it.docId]);
  }

  private async markOne(manager: EntityManager, caller: Caller, row: Submission, kind: Submission['kind'], { groupId, reason }: Pick<Disposal, 'groupId' | 'reason'>): Promise<Disposal> {
    const by = this.by(caller, ...triagePosts[kind]);
    const id = newId();
    const moveId = await step(manager, row, 'mark_secret', by, { closure: 'marked', title: closedTitle }, { disposal: id, reason });
    await holdTasks(manager, row.id, moveId);
    await hideIssues(manager, row.id);
    const made: Disposal = { id, groupId, docKind: row.kind, docId: row.id, receiptNo: row.receiptNo, authorId: row.authorId, draftKey: row.draftKey, draftId: null, reason, state: 'marked', title: row.title, moveId, markedBy: caller.personId, markedAt: by.at, decidedBy: null, decidedAt: null, firstAt: await this.firstOf(manager, row) };
    await addRows(manager, Disposal, [made]);
    await this.audit.record(caller, 'secret.marked', { kind: row.kind, id: row.id }, { reason });
    await tellDisposers(manager, this.directory.page, made, { moveId, at: by.at, but: [caller.personId, ...reportersOf(row)] });
    return made;
  }

  private async carryOutOne(manager: EntityManager, caller: Caller, it: Disposal, by: By): Promise<void> {
    await this.decide(manager, it, 'carried_out', by);
    const row = it.draftId === null ? await this.docOf(manager, it) : undefined;
    const moveId = row ? await step(manager, row, 'dispose', by, { closure: 'disposed', title: disposedTitle }, { disposal: it.id, reason: it.reason }) : it.moveId;
    const { unlearn } = await removeTexts(manager, it, by.at);
    if (unlearn) await this.jobs.hasten(manager, learningJob);
    await tellAuthors(manager, it, moveId, by.at, [...new Set((row ? reportersOf(row) : [it.authorId]).flatMap((id) => this.directory.page.voicesOf(id)))]);
    await this.audit.record(caller, 'secret.disposed', subjectOf(it), { reason: it.reason });
  }

  /** All that was marked together, if this person may decide on each. @throws 404, 409 */
  private async deciding(manager: EntityManager, caller: Caller, id: string): Promise<Disposal[]> {
    const it = await rowWhere(manager, Disposal, { id });
    if (!it) notFound();
    const group = await rowsWhere(manager, Disposal, { groupId: it.groupId }, { by: 'markedAt' });
    for (const one of group) {
      const why = whyNotDecide(await this.queries.factsOf(manager, one), caller);
      if (why !== undefined) refuse('dispose', why);
    }
    return group;
  }
  private async decide(manager: EntityManager, it: Disposal, state: 'lifted' | 'carried_out', { personId, at }: By): Promise<void> {
    const { id } = it;
    if (await changeRows(manager, Disposal, { id, state: 'marked' }, { state, title: null, decidedBy: personId, decidedAt: at }) !== 1) refuse('dispose', '这件刚被别人处理过，请刷新后再看');
    await withdrawWaiting(manager, it, at);
  }
  private async docOf(manager: EntityManager, { docId }: Disposal): Promise<Submission> {
    const row = await rowWhere(manager, Submission, { id: docId });
    if (!row) throw new Error(`The submission ${docId} is missing.`);
    return row;
  }
  private async mustBeOthers(manager: EntityManager, caller: Caller, row: Submission): Promise<void> {
    const { clerkId } = await this.queries.clerkOf(manager, row.id);
    if (isOneOfTheirs(row, caller) || clerkId === caller.personId) refuse('mark_secret', `关联的 ${row.receiptNo} 是您自己提交或者代录的，请由同事送核查`);
    const why = whyClosed(row.closure);
    if (why !== undefined) refuse('mark_secret', why);
  }

  /** Since when the house has had something of it: its first submit, the entry for its author, its attachments, its draft. */
  private async firstOf(manager: EntityManager, row: Submission): Promise<Date> {
    const times = [
      row.submittedAt, ...(await rowsWhere(manager, Entry, { submissionId: row.id })).map(({ enteredAt }) => enteredAt), ...(await rowsWhere(manager, FileRow, { docId: row.id })).map(({ uploadedAt }) => uploadedAt),
      ...(await rowsWhere(manager, DraftText, { personId: row.authorId, draftKey: row.draftKey })).map(({ savedAt }) => savedAt),
    ];
    const days = this.settings.get('secret.draftDays');
    return new Date(Math.min(...times.map((it) => it.getTime())) - days * 86_400_000);
  }

  private by({ personId, posts }: Caller, ...wanted: readonly string[]): By {
    const held = posts.find(({ post }) => (wanted.length === 0 ? post === 'security_admin' : wanted.includes(post)));
    if (!held || !holds({ personId, posts }, held.post)) notFound();
    return { personId, post: held, at: this.clock.now() };
  }
  private async answer(manager: EntityManager, caller: Caller, id: string): Promise<Done> {
    const it = await rowWhere(manager, Disposal, { id });
    if (!it) notFound();
    return { disposal: await this.queries.view(manager, caller, it) };
  }
}
