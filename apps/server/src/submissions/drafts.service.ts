import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, DraftRow, DraftView, Given, routes } from '@lvzhi/contracts';
import { isBlocked, lengthOf, secrecyFindings, secrecyRefusal, selvesOf } from '@lvzhi/domain';
import { In, IsNull, QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { FileRow } from '../platform/file.entity.ts';
import { Incidents } from '../platform/incidents.ts';
import { Move } from '../platform/journal.ts';
import { badField, notFound, refuse, stale } from '../platform/refusals.ts';
import { addRows, changeRows, countWhere, rowsWhere, rowWhere } from '../platform/rows.ts';
import { openDrafts, refuseDisposed } from '../disposal/disposed.queries.ts';
import { DraftText } from './draft.entity.ts';
import { Signatures } from './signatures.ts';
import { Submission } from './submission.entity.ts';

type Kept = Given<typeof routes.keepDraft>;
/** More than anybody writes at once; a phone keeps what is beyond. */
const most = 50;
const parts = ['title', 'situation', 'analysis', 'suggestion'] as const;

const contentOf = ({ situation, analysis, suggestion, category, nature, townId, urgency, unitIds, wish, together, source = null, publicity = null, conversion = null, collective = null }: DraftText['content']): Required<DraftText['content']> =>
  ({ situation, analysis, suggestion, category, nature, townId, urgency, unitIds: [...unitIds], wish, together: together.map(({ id, name, note }) => ({ id, name, note })), source: source && { kind: source.kind, id: source.id, words: source.words }, publicity, conversion, collective: collective && { bodyId: collective.bodyId, kind: collective.kind, signer: collective.signer, sealIds: [...collective.sealIds] } });
/** All that makes two copies the same. */
const textOf = (row: Pick<DraftText, 'title' | 'content' | 'fileIds' | 'ofVersion'>): string => JSON.stringify([row.title, contentOf(row.content), row.fileIds, row.ofVersion]);
const rowOf = ({ id, kind, ofId, ofVersion, title, content, savedAt, version }: DraftText): DraftRow =>
  ({ id, kind, of: ofId === null ? null : { id: ofId, version: ofVersion ?? 0 }, title, length: lengthOf(content.situation) + lengthOf(content.analysis) + lengthOf(content.suggestion), savedAt: savedAt.toISOString(), version, bodyId: content.collective?.bodyId ?? null });

/** Drafts beside those on the phone: everybody's own, no journal, nobody told. Whoever wrote on two phones loses neither text. */
@Injectable()
export class DraftsService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Incidents) private readonly incidents: Incidents, @Inject(Signatures) private readonly signatures: Signatures) {}

  list(caller: Caller): Promise<Answer<typeof routes.listDrafts>> {
    const { personId } = caller;
    return this.database.read(async (manager) => ({ rows: (await openDrafts(manager, selvesOf(caller), await rowsWhere(manager, DraftText, { personId }, { by: 'savedAt', direction: 'DESC', limit: most }))).map(rowOf) }));
  }

  show(caller: Caller, id: string): Promise<DraftView> {
    const { personId } = caller;
    return this.database.read(async (manager) => this.view(manager, caller, (await openDrafts(manager, selvesOf(caller), await rowsWhere(manager, DraftText, { personId, id })))[0] ?? notFound()));
  }

  /** The same text again is the same version: the answer was lost on the way. @throws 409 with both texts when another copy is there, 409 when it was handed in */
  async keep(caller: Caller, input: Kept): Promise<Answer<typeof routes.keepDraft>> {
    await this.keepSecretsOut(caller, input);
    const write = () => this.database.write(async (manager) => {
      await refuseDisposed(manager, selvesOf(caller), input.key, input.of?.id);
      const before = await rowWhere(manager, DraftText, { personId: caller.personId, id: input.id });
      return { draft: rowOf(before ? await this.change(manager, caller, before, input) : await this.add(manager, caller, input)) };
    });
    // Two first tries at once: the second one finds what the first one wrote.
    try { return await write(); } catch (error) { if (error instanceof QueryFailedError) return write(); throw error; }
  }

  async remove(caller: Caller, id: string): Promise<Record<never, never>> {
    const { personId } = caller;
    await this.database.write(async (manager) => {
      const draft = await rowWhere(manager, DraftText, { personId, id });
      // While it is looked into (涉密核查) it is closed to its author too: it goes with the decision.
      if (!draft || (await openDrafts(manager, selvesOf(caller), [draft])).length === 0) return;
      await manager.delete(DraftText, { personId, id });
      await this.signatures.endDraft(manager, personId, draft.draftKey);
    });
    return {};
  }

  private async keepSecretsOut(caller: Caller, input: Kept): Promise<void> {
    const found = parts.flatMap((part) => { const findings = secrecyFindings(input[part]); return isBlocked(findings) ? [{ part, findings }] : []; });
    if (found.length === 0) return;
    await this.incidents.record(caller, found.flatMap(({ findings }) => findings.filter(({ level }) => level === 'block').map(({ rule }) => rule)));
    badField(Object.fromEntries(found.map(({ part }) => [part, `${secrecyRefusal}草稿没有存到服务器。`])));
  }

  private async add(manager: EntityManager, caller: Caller, input: Kept): Promise<DraftText> {
    const { personId } = caller;
    // A save that comes late, after it was handed in, brings nothing back.
    if (await manager.existsBy(Move, { personId, requestKey: input.key })) refuse('draft_over', '这份草稿已经提交过，在“履职”里看进展');
    // Not brought back in silence: the phone that has changed it since gives it anew.
    if (input.version > 0) refuse('draft_gone', '这份草稿在别处删去了');
    if (await countWhere(manager, DraftText, { personId }, most) >= most) refuse('keep_draft', `服务器上的草稿最多 ${most} 份，请先提交或删去一些；这一份还在手机上`);
    const row = { personId, id: input.id, draftKey: input.key, kind: input.kind, ...(await this.columns(manager, caller, input)), version: 1 };
    await addRows(manager, DraftText, [row]);
    return row;
  }

  private async change(manager: EntityManager, caller: Caller, before: DraftText, input: Kept): Promise<DraftText> {
    const columns = await this.columns(manager, caller, input);
    const row = { ...before, ...columns };
    if (textOf(row) === textOf(before)) return before;
    const { personId, id } = before;
    const lost = async () => stale(await this.view(manager, caller, before), { title: row.title, ...row.content }, '这份草稿在别处改过，两份都在，请看过后选一份');
    // Its own earlier try, whose answer was lost, is no other text; and a try that comes late is not newer than what is there.
    const own = input.pen !== '' && input.pen === before.pen;
    if (own && input.turn <= before.turn) return before;
    if (before.version !== input.version && !own) await lost();
    const version = before.version + 1;
    if (await changeRows(manager, DraftText, { personId, id, version: before.version }, { ...columns, version }) !== 1) await lost();
    return { ...row, version };
  }

  private async columns(manager: EntityManager, caller: Caller, { of, title, fileIds, pen, turn, ...content }: Kept): Promise<Pick<DraftText, 'ofId' | 'ofVersion' | 'title' | 'content' | 'fileIds' | 'pen' | 'turn' | 'savedAt'>> {
    const sealIds = content.collective?.sealIds ?? [];
    const own = new Set((await this.files(manager, caller, of?.id ?? null, [...fileIds, ...sealIds])).map(({ id }) => id));
    const kept = (ids: readonly string[]) => [...new Set(ids)].filter((id) => own.has(id));
    const collective = content.collective && { ...content.collective, sealIds: kept(sealIds) };
    return { ofId: of?.id ?? null, ofVersion: of?.version ?? null, title, content: contentOf({ ...content, collective }), fileIds: kept([...fileIds, ...sealIds]), pen, turn, savedAt: this.clock.now() };
  }
  /** Of these the author's own, not yet part of another document; and those of the one that it mends, whoever of its body handed them in. */
  private async files(manager: EntityManager, caller: Caller, docId: string | null, ids: readonly string[]): Promise<FileRow[]> {
    if (ids.length === 0) return [];
    const ours = docId !== null && await manager.existsBy(Submission, { id: docId, authorId: In(selvesOf(caller)) });
    return manager.find(FileRow, { where: [{ id: In([...ids]), ownerId: caller.personId, docId: IsNull() }, ...(ours ? [{ id: In([...ids]), docId }] : [])] });
  }
  private async view(manager: EntityManager, caller: Caller, row: DraftText): Promise<DraftView> {
    const files = new Map((await this.files(manager, caller, row.ofId, row.fileIds)).map((file) => [file.id, file]));
    const shown = (ids: readonly string[]) => ids.flatMap((id) => { const file = files.get(id); return file ? [{ id, name: file.name, size: file.size, picture: file.type.startsWith('image/') }] : []; });
    const { collective, ...content } = contentOf(row.content);
    const sealIds = collective?.sealIds ?? [];
    return { ...rowOf(row), key: row.draftKey, pen: row.pen, ...content, files: shown(row.fileIds.filter((id) => !sealIds.includes(id))), collective: collective && { bodyId: collective.bodyId, kind: collective.kind, signer: collective.signer, seals: shown(sealIds) } };
  }
}
