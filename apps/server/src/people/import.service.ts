import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, routes, RosterImportRowView, RosterImportView } from '@lvzhi/contracts';
import { abilitiesOf, checkRoster, maskedPhone, phoneOf, readRosterFile } from '@lvzhi/domain';
import type { CheckedRow, FileRow, RosterFile, RowDecision, RowVerdict } from '@lvzhi/domain';
import { In, LessThan } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Settings } from '../platform/settings.ts';
import { readTable } from '../platform/tables.ts';
import { Unreadable } from '../platform/workbook-reader.ts';
import { ImportWriter } from './import-writer.ts';
import { PeopleQueries } from './people.queries.ts';
import { PostsService } from './posts.service.ts';
import { RosterImport, RosterImportRow } from './roster-import.entity.ts';

const mostRows = 10_000;
const piece = 400;
const keptDays = 30;
const none: Record<RowVerdict, number> = { new: 0, changed: 0, unchanged: 0, left_out: 0 };
const countsOf = (rows: readonly { readonly verdict: RowVerdict }[]): Record<RowVerdict, number> => rows.reduce((sum, { verdict }) => ({ ...sum, [verdict]: sum[verdict] + 1 }), none);
const same = (row: RosterImportRow, it: CheckedRow): boolean => row.verdict === it.verdict && row.personId === it.personId && row.words === it.words.slice(0, 600) && row.may.join() === it.may.join();

/** A roster file: read and compared first, shown line by line, then written as a whole or not at all. It takes nobody and nothing away. */
@Injectable()
export class ImportService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(ImportWriter) private readonly writer: ImportWriter, @Inject(PeopleQueries) private readonly people: PeopleQueries, @Inject(PostsService) private readonly posts: PostsService,
    @Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(Seals) private readonly seals: Seals, @Inject(Settings) private readonly settings: Settings, @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.plan({ name: 'roster.imports', words: '清除 30 天以前的名册导入明细', everySeconds: 86_400, run: () => this.sweep() });
  }

  /** The city's own administrator may import while the city is being set up; afterwards the roster is 委工委's (rules: posts). */
  mustMay(caller: Caller): void { if (!abilitiesOf(caller).includes('manage_roster') && this.settings.isSetUp) notFound(); }

  async preview(caller: Caller, fileName: string, bytes: Buffer): Promise<{ id: string }> {
    this.mustMay(caller);
    const { rows, used, unused } = this.read(bytes);
    const id = newId();
    await this.database.write(async (manager) => {
      const checked = await this.check(manager, caller, rows, new Map());
      await addRows(manager, RosterImport, [{ id, byId: caller.personId, fileName: fileName.slice(0, 200), state: 'previewed', version: 1, columns: { used, unused }, total: rows.length, counts: countsOf(checked), madeAt: this.clock.now(), appliedAt: null }]);
      for (let from = 0; from < rows.length; from += piece) {
        await addRows(manager, RosterImportRow, rows.slice(from, from + piece).map((row, index) => ({ importId: id, lineNo: row.line, sealed: this.seals.seal(JSON.stringify(row)), decision: null, ...stored(checked[from + index]) })));
      }
    });
    return { id };
  }

  private read(bytes: Buffer): RosterFile {
    try {
      const files = readTable(bytes).map(readRosterFile);
      const file = files.find(({ fault, rows }) => fault === null && rows.length > 0) ?? files[0];
      if (!file || file.fault !== null) return badField({ file: file?.fault ?? '文件里没有表' });
      if (file.rows.length === 0) badField({ file: '表头下面没有内容' });
      if (file.rows.length > mostRows) badField({ file: `一次最多导入 ${mostRows} 行，这个文件有 ${file.rows.length} 行` });
      return file;
    } catch (error) {
      if (error instanceof Unreadable) return badField({ file: error.message });
      throw error;
    }
  }

  private async check(manager: EntityManager, caller: Caller, rows: readonly FileRow[], decisions: ReadonlyMap<number, RowDecision>): Promise<CheckedRow[]> {
    const { page } = this.directory;
    return checkRoster(rows, {
      known: await this.writer.known(manager), bodies: { sectors: page.bodiesOf('sector'), towns: page.bodiesOf('town'), committees: page.bodiesOf('committee') }, hashOf: (phone) => this.seals.hashOf(phone), actorId: caller.personId, decisions,
    });
  }

  listImports(caller: Caller, limit: number): Promise<{ rows: RosterImportView[] }> {
    this.mustMay(caller);
    return this.database.read(async (manager) => ({ rows: (await manager.find(RosterImport, { order: { madeAt: 'DESC', id: 'DESC' }, take: limit })).map((it) => this.view(it)) }));
  }
  show(caller: Caller, id: string): Promise<RosterImportView> { return this.database.read(async (manager) => this.view(await this.find(manager, caller, id))); }

  private async find(manager: EntityManager, caller: Caller, id: string): Promise<RosterImport> {
    this.mustMay(caller);
    return await rowWhere(manager, RosterImport, { id }) ?? notFound();
  }
  private view({ id, fileName, state, version, total, byId, madeAt, appliedAt, counts, columns }: RosterImport): RosterImportView {
    return { id, fileName, state, version, total, by: this.people.person(byId), madeAt: madeAt.toISOString(), appliedAt: appliedAt?.toISOString() ?? null, counts: { ...none, ...counts }, used: columns.used.map(({ field, head, column }) => ({ field, head, column })), unused: [...columns.unused] };
  }

  rows(caller: Caller, { id, verdict, after, limit }: Given<typeof routes.listImportRows>): Promise<{ rows: RosterImportRowView[]; next: string | null }> {
    return this.database.read(async (manager) => {
      await this.find(manager, caller, id);
      const query = manager.createQueryBuilder(RosterImportRow, 'r').where('r.importId = :id AND r.lineNo > :after', { id, after: Number(after ?? 0) || 0 });
      if (verdict !== undefined) query.andWhere('r.verdict = :verdict', { verdict });
      const found = await query.orderBy('r.lineNo', 'ASC').limit(limit + 1).getMany();
      const rows = found.slice(0, limit);
      return { rows: rows.map((it) => this.rowView(it)), next: found.length > limit ? String(rows.at(-1)?.lineNo) : null };
    });
  }
  fileRow({ sealed }: RosterImportRow): FileRow { return JSON.parse(this.seals.unseal(sealed)) as FileRow; }
  private rowView(row: RosterImportRow): RosterImportRowView {
    const { name, phone, sector } = this.fileRow(row);
    const read = phoneOf(phone);
    return { line: row.lineNo, name, phone: 'phone' in read && read.phone !== '' ? maskedPhone(read.phone) : phone === '' ? '' : '手机号不对', sector, verdict: row.verdict, reason: row.reason, words: row.words, decision: row.decision, may: [...row.may] };
  }

  /** A person's word about a row whose name is known; what follows from it for other rows is seen at once. */
  async decide(caller: Caller, { id, line, as }: Given<typeof routes.decideImportRow>): Promise<{ doc: RosterImportView; row: RosterImportRowView }> {
    return this.database.write(async (manager) => {
      const it = await this.find(manager, caller, id);
      if (it.state !== 'previewed') refuse('decide', '这个文件已经导入或者放弃了');
      const row = await rowWhere(manager, RosterImportRow, { importId: id, lineNo: line }) ?? notFound();
      if (as !== null && !row.may.includes(as)) badField({ as: '这一行不能这样办' });
      await changeRows(manager, RosterImportRow, { importId: id, lineNo: line }, { decision: as });
      await this.recheck(manager, caller, it);
      return { doc: this.view(await this.find(manager, caller, id)), row: this.rowView(await rowWhere(manager, RosterImportRow, { importId: id, lineNo: line }) ?? notFound()) };
    });
  }

  /** Every row against the roster as it is now. Answers how many rows read otherwise than before. */
  private async recheck(manager: EntityManager, caller: Caller, it: RosterImport): Promise<{ differing: number; checked: readonly CheckedRow[] }> {
    const rows = await rowsWhere(manager, RosterImportRow, { importId: it.id }, { by: 'lineNo' });
    const checked = await this.check(manager, caller, rows.map((row) => this.fileRow(row)), new Map(rows.flatMap(({ lineNo, decision }) => (decision === null ? [] : [[lineNo, decision] as const]))));
    const differing = rows.flatMap((row, index) => { const now = checked[index]; return now && !same(row, now) ? [now] : []; });
    for (const now of differing) await changeRows(manager, RosterImportRow, { importId: it.id, lineNo: now.line }, stored(now));
    if (differing.length > 0) await changeRows(manager, RosterImport, { id: it.id, version: it.version }, { version: it.version + 1, counts: countsOf(checked) });
    return { differing: differing.length, checked };
  }

  /** All good rows in one transaction. What was previewed is what is done: where the roster has changed meanwhile, the preview is shown anew instead. */
  async apply(caller: Caller, { id, version }: Given<typeof routes.applyImport>): Promise<{ doc: RosterImportView }> {
    const done = await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const it = await this.find(manager, caller, id);
      if (it.state === 'applied') return true;
      if (it.state === 'dropped') refuse('apply', '这个文件已经放弃了，请重新上传');
      const { differing, checked } = await this.recheck(manager, caller, it);
      if (differing > 0 || it.version !== version) return false;
      const counts = countsOf(checked);
      if (counts.new + counts.changed === 0) refuse('apply', '没有要导入的行：都没有变化，或者都不能导入');
      await this.writer.write(manager, checked);
      await changeRows(manager, RosterImport, { id, version }, { state: 'applied', version: version + 1, appliedAt: this.clock.now() });
      await this.audit.record(caller, 'roster.imported', { kind: 'import', id }, { added: counts.new, changed: counts.changed, unchanged: counts.unchanged, leftOut: counts.left_out });
      return true;
    });
    // The new comparison is kept, so that what is shown next is what would be done.
    if (!done) refuse('apply', '预览以后名册有变动，已经重新核对，一行也没有写入。请刷新后再看一遍');
    return { doc: await this.show(caller, id) };
  }

  drop(caller: Caller, id: string): Promise<{ doc: RosterImportView }> {
    return this.database.write(async (manager) => {
      await this.find(manager, caller, id);
      await changeRows(manager, RosterImport, { id, state: 'previewed' }, { state: 'dropped' });
      await manager.delete(RosterImportRow, { importId: id });
      return { doc: this.view(await this.find(manager, caller, id)) };
    });
  }

  private sweep(): Promise<string> {
    return this.database.write(async (manager) => {
      const old = await manager.find(RosterImport, { where: { madeAt: LessThan(new Date(this.clock.now().getTime() - keptDays * 86_400_000)) }, select: { id: true } });
      const ids = old.map(({ id }) => id);
      if (ids.length === 0) return '没有要清除的';
      await manager.update(RosterImport, { id: In(ids), state: 'previewed' }, { state: 'dropped' });
      const { affected } = await manager.delete(RosterImportRow, { importId: In(ids) });
      return `清除 ${affected ?? 0} 行`;
    });
  }
}

function stored(it: CheckedRow | undefined): Pick<RosterImportRow, 'verdict' | 'reason' | 'words' | 'personId' | 'may'> {
  if (!it) throw new Error('a row was not checked');
  return { verdict: it.verdict, reason: it.reason, words: it.words.slice(0, 600), personId: it.personId, may: it.may };
}
