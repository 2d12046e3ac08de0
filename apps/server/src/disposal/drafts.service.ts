import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { holds, ownDraftReason, triagePosts, whyNotMark } from '@lvzhi/domain';
import { IsNull, In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { DraftText } from '../submissions/draft.entity.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { removingJob } from './bytes.service.ts';
import { holdTasks } from './closing.ts';
import { Disposal } from './disposal.entity.ts';
import { DisposalQueries } from './disposal.queries.ts';
import { openDrafts } from './disposed.queries.ts';
import { removeTexts } from './removal.ts';
import { tellDisposers } from './telling.ts';

const most = 50;
/** What it is called by where a submission has its 收件号; typed before it is disposed of, so figures alone. */
const numberOf = (id: string): string => `CG-${Array.from(id.slice(-6), (sign) => Number.parseInt(sign, 36) % 10).join('')}`;

/** 涉密处置 of what was never handed in: nobody but its author has read it, so that its author clears it alone; the office marks what it was told of, by whose it is and when it was saved. */
@Injectable()
export class DraftDisposals {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(Audit) private readonly audit: Audit, @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DisposalQueries) private readonly queries: DisposalQueries,
  ) {}

  /** Whose they are and when they were saved, and no word of them. Corrections of what was handed in go with that, by its number. */
  find(caller: Caller, { kind, name }: Given<typeof routes.findDrafts>): Promise<Answer<typeof routes.findDrafts>> {
    this.mustMark(caller, kind);
    return this.database.write(async (manager) => {
      const people = this.directory.page.called(name);
      const rows: Answer<typeof routes.findDrafts>['rows'] = [];
      for (const { id, name: called, note } of people) {
        const drafts = await openDrafts(manager, id, await rowsWhere(manager, DraftText, { personId: id, kind, ofId: null }, { by: 'savedAt', direction: 'DESC', limit: most }));
        rows.push(...drafts.map((it) => ({ personId: id, name: called, note, draft: it.id, savedAt: it.savedAt.toISOString() })));
        await this.audit.record(caller, 'secret.sought', { kind: 'person', id }, { drafts: drafts.length });
      }
      return { rows };
    });
  }

  mark(caller: Caller, { kind, personId, draft, reason }: Given<typeof routes.markDraft>): Promise<Answer<typeof routes.markDraft>> {
    this.mustMark(caller, kind);
    if (!this.settings.get('secret.reasons').some(({ code }) => code === reason)) badField({ reason: '请从列表里选择理由' });
    return this.database.write(async (manager) => {
      const row = await rowWhere(manager, DraftText, { personId, id: draft, kind, ofId: null });
      if (!row) notFound();
      const why = whyNotMark({ kind, authorId: personId, coAuthorIds: [], closure: 'open' }, caller);
      if (why !== undefined) refuse('mark_secret', why);
      if (await this.known(manager, personId, row.draftKey)) refuse('mark_secret', '这份草稿已经送核查');
      const made: Disposal = { ...this.row(caller, row, row.savedAt), reason, state: 'marked', decidedBy: null, decidedAt: null };
      await addRows(manager, Disposal, [made]);
      await holdTasks(manager, made.docId, made.moveId, made);
      await this.audit.record(caller, 'secret.marked', { kind: 'disposal', id: made.id }, { reason });
      await tellDisposers(manager, this.directory.page, made, { moveId: made.moveId, at: made.markedAt, but: [caller.personId, personId] });
      return { disposal: await this.queries.view(manager, caller, made) };
    });
  }

  /** By its own author, from the phone; done twice, nothing changes. What the office has marked waits for its decision. */
  purge(caller: Caller, { kind, draft, key, fileIds }: Given<typeof routes.purgeDraft>): Promise<Record<never, never>> {
    const { personId } = caller;
    return this.database.write(async (manager) => {
      if (await manager.existsBy(Submission, { authorId: personId, draftKey: key })) refuse('purge_draft', '这份草稿已经提交过，不能自行清除。请马上打电话告诉市政协办公室，由办公室按收件号送核查处置。');
      if (await this.known(manager, personId, key)) return {};
      const row = await rowWhere(manager, DraftText, { personId, draftKey: key });
      const made: Disposal = { ...this.row(caller, { personId, id: draft, draftKey: key, kind }, row?.savedAt ?? this.clock.now()), reason: ownDraftReason.code, state: 'carried_out', decidedBy: personId, decidedAt: this.clock.now() };
      await addRows(manager, Disposal, [made]);
      await holdTasks(manager, made.docId, made.moveId, made);
      const own = fileIds.length === 0 ? [] : await manager.find(FileRow, { select: { id: true }, where: { id: In([...fileIds]), ownerId: personId, docId: IsNull() } });
      await removeTexts(manager, made, made.markedAt, own.map(({ id }) => id));
      await this.audit.record(caller, 'secret.purged', { kind: 'disposal', id: made.id });
      await tellDisposers(manager, this.directory.page, made, { moveId: made.moveId, at: made.markedAt, but: [personId] });
      await this.jobs.hasten(manager, removingJob);
      return {};
    });
  }

  private known(manager: EntityManager, authorId: string, draftKey: string): Promise<boolean> { return manager.existsBy(Disposal, { authorId, draftKey, state: In(['marked', 'carried_out']) }); }
  private mustMark(caller: Caller, kind: Disposal['docKind']): void { if (!holds(caller, ...triagePosts[kind])) notFound(); }

  /** `docId` is an id that nothing has: what hangs on a submission is looked for by it, and not found. */
  private row({ personId: markedBy }: Caller, { personId, id: draftId, draftKey, kind }: Pick<DraftText, 'personId' | 'id' | 'draftKey' | 'kind'>, savedAt: Date): Omit<Disposal, 'reason' | 'state' | 'decidedBy' | 'decidedAt'> {
    const [id, now] = [newId(), this.clock.now()];
    return { id, groupId: newId(), docKind: kind, docId: newId(), receiptNo: numberOf(id), authorId: personId, draftKey, draftId, title: null, moveId: newId(), markedBy, markedAt: now, firstAt: new Date(Math.min(savedAt.getTime(), now.getTime()) - this.settings.get('secret.draftDays') * 86_400_000) };
  }
}
