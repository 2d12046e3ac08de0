import { Inject, Injectable } from '@nestjs/common';
import { normalised, readersOf } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import type { DirectoryPage } from '../platform/directory.ts';
import { Jobs } from '../platform/jobs.ts';
import { enterIndex, indexVersion, isEmbedded, rewriteIndex, SearchEntry } from '../platform/search-index.ts';
import { changeRows, rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { findableOf } from '../submissions/findable.queries.ts';
import { reporterNames } from '../submissions/reporters.queries.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';

const piece = 100;
/** One run works as long, then says how far it is; the next goes on where this one ended. */
const runMs = 120_000;
const hourMs = 3_600_000;

/**
 * Keeps the search index whole beside the writes that keep it day by day: what was there before it, what was restored without it, what another
 * version of it made, and authors who are called otherwise now. Piece by piece, the newest first; a run that was killed is gone on with.
 */
@Injectable()
export class IndexingService {
  private checkedAt = 0;
  private namesOf: DirectoryPage | undefined;
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Jobs) jobs: Jobs) {
    jobs.plan({ name: 'search.index', words: '补建搜索索引', everySeconds: 60, run: () => this.run() });
  }

  async run(): Promise<string> {
    const began = this.clock.now().getTime();
    // The whole is looked through once an hour and at the first run of a process; in between only what is marked.
    if (began - this.checkedAt >= hourMs) { await this.markMissing(); this.checkedAt = began; }
    await this.markRenamed();
    let done = 0;
    for (let made = -1; made !== 0 && this.clock.now().getTime() - began < runMs;) { made = await this.makeSome(); done += made; }
    const left = await this.countLeft();
    return left > 0 ? `已建 ${done} 件，还有 ${left} 件` : done > 0 ? `已建 ${done} 件，索引已齐` : '索引已齐';
  }

  /** Documents without an entry get one at the end; when the words were lost, all are made anew. */
  private async markMissing(): Promise<void> {
    for (let missing: { id: string }[] = []; ;) {
      missing = await this.database.read((manager) => manager.query(`SELECT s.id AS id FROM submissions s WHERE NOT EXISTS (SELECT 1 FROM search_entries e WHERE e.doc_id = s.id) ORDER BY s.submitted_at, s.id LIMIT ${piece}`));
      if (missing.length === 0) break;
      await this.database.write(async (manager) => {
        const known = new Set((await rowsWhere(manager, SearchEntry, { docId: missing.map(({ id }) => id) })).map(({ docId }) => docId));
        for (const it of await this.read(manager, missing.map(({ id }) => id).filter((id) => !known.has(id)))) await enterIndex(manager, it.found, readersOf(it.row.kind, it.row));
      });
    }
    await this.database.write(async (manager) => {
      const [entries, words] = [await countOf(manager, `search_entries WHERE made_with = ${indexVersion}`), await countOf(manager, 'search_tokens')];
      if (words < entries) await manager.query('UPDATE search_entries SET made_with = 0');
    });
  }

  /** Somebody was registered under another name: what they wrote is found under the new one. */
  private async markRenamed(): Promise<void> {
    const { page } = this.directory;
    if (this.namesOf === page) return;
    const names = await this.database.read((manager) => manager.query<{ authorId: string; authorName: string }[]>('SELECT DISTINCT s.author_id AS authorId, e.author_name AS authorName FROM search_entries e JOIN submissions s ON s.id = e.doc_id WHERE e.made_with = ?', [indexVersion]));
    for (const { authorId, authorName } of names) {
      if ((page.person(authorId)?.name ?? '') === authorName) continue;
      await this.database.write((manager) => manager.query('UPDATE search_entries SET made_with = 0 WHERE author_name = ? AND doc_id IN (SELECT id FROM submissions WHERE author_id = ?)', [authorName, authorId]));
    }
    await this.database.write((manager) => this.markTogether(manager, page));
    this.namesOf = page;
  }

  /** Of those who report together only the first one's name stands by itself; the others' stand in the text, or it is made anew. */
  private async markTogether(manager: EntityManager, page: DirectoryPage): Promise<void> {
    const people: { personId: string }[] = await manager.query('SELECT DISTINCT person_id AS personId FROM submission_co_authors');
    for (const { personId } of people) await manager.query('UPDATE search_entries SET made_with = 0 WHERE INSTR(search_text, ?) = 0 AND doc_id IN (SELECT submission_id FROM submission_co_authors WHERE person_id = ?)', [normalised(page.person(personId)?.name ?? ''), personId]);
  }

  /** One piece, in one transaction; how many it made. */
  private makeSome(): Promise<number> {
    return this.database.write(async (manager) => {
      const due: { docId: string }[] = await manager.query(`SELECT doc_id AS docId FROM search_entries WHERE made_with < ? ORDER BY made_with, seq DESC LIMIT ${piece}${isEmbedded(manager) ? '' : ' FOR UPDATE'}`, [indexVersion]);
      const made = new Set<string>();
      for (const { found } of await this.read(manager, due.map(({ docId }) => docId))) { await rewriteIndex(manager, found); made.add(found.docId); }
      // A document whose text is gone has nothing to be found by; it must not be tried for ever.
      for (const { docId } of due) if (!made.has(docId)) await changeRows(manager, SearchEntry, { docId }, { madeWith: indexVersion });
      return due.length;
    });
  }

  private async read(manager: EntityManager, ids: readonly string[]) {
    const rows = await rowsWhere(manager, Submission, { id: ids });
    const texts = new Map((await rowsWhere(manager, Revision, { submissionId: ids })).map((it) => [`${it.submissionId} ${it.revisionNo}`, it]));
    return rows.flatMap((row) => {
      const text = texts.get(`${row.id} ${row.revision}`);
      return text ? [{ row, found: findableOf(row, text, reporterNames(this.directory.page, row), this.settings.get('proposal.sessions')) }] : [];
    });
  }

  private countLeft(): Promise<number> { return this.database.read((manager) => countOf(manager, `search_entries WHERE made_with < ${indexVersion}`)); }
}

async function countOf(manager: EntityManager, what: string): Promise<number> {
  const [row]: { found: number | string }[] = await manager.query(`SELECT COUNT(*) AS found FROM ${what}`);
  return Number(row?.found ?? 0);
}
