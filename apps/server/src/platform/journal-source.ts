import type { DocumentKind } from '@lvzhi/domain';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { dataSourceOptions } from './data-source.ts';
import { Move } from './journal.ts';
import type { JournalSource, Standing } from './journal-verify.ts';

/** Where the documents of each kind lie; every one of these has id, version, hash, state. */
const tables = ['submissions', 'visits', 'entries', 'handlings', 'ratings', 'supervisions', 'demands', 'ballots', 'publications', 'awards', 'cosigns'] as const;
export const tableOf: Record<DocumentKind, (typeof tables)[number]> = { opinion: 'submissions', proposal: 'submissions', visit: 'visits', entry: 'entries', handling: 'handlings', rating: 'ratings', supervision: 'supervisions', demand: 'demands', ballot: 'ballots', publication: 'publications', award: 'awards', cosign: 'cosigns' };
type Silent = { kind: DocumentKind; id: string };

/** Reads through one manager, whose transaction holds one view of the tables. `size`: rows of a piece. */
export const journalSource = (manager: EntityManager, size = 1_000): JournalSource => ({
  async * moves() {
    for (let [docId, seq] = ['', 0]; ;) {
      const rows = await manager.createQueryBuilder(Move, 'm').where('m.docId > :docId OR (m.docId = :docId AND m.seq > :seq)', { docId, seq })
        .orderBy('m.docId', 'ASC').addOrderBy('m.seq', 'ASC').limit(size).getMany();
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      [docId, seq] = [last.docId, last.seq];
    }
  },
  async documents(kind, ids) {
    const rows: ({ id: string } & Standing)[] = await manager.query(`SELECT id, version, hash, state FROM ${tableOf[kind]} WHERE id IN (${ids.map(() => '?').join()})`, [...ids]);
    return new Map(rows.map(({ id, version, hash, state }) => [id, { version, hash, state }]));
  },
  async * silent() {
    for (const table of tables) {
      const kind = { submissions: 'd.kind', visits: "'visit'", entries: "'entry'", handlings: "'handling'", ratings: "'rating'", supervisions: "'supervision'", demands: "'demand'", ballots: "'ballot'", publications: "'publication'", awards: "'award'", cosigns: "'cosign'" }[table];
      const rows: Silent[] = await manager.query(`SELECT d.id AS id, ${kind} AS kind FROM ${table} d WHERE NOT EXISTS (SELECT 1 FROM moves m WHERE m.doc_id = d.id) ORDER BY d.id LIMIT ${size}`);
      yield* rows;
    }
  },
});

/** Opens the database as it stands (nothing is migrated, nothing written) and gives one moment's view of its journal to `work`. */
export async function withJournal<T>(url: string, work: (source: JournalSource, manager: EntityManager) => Promise<T>): Promise<T> {
  const database = await new DataSource({ ...dataSourceOptions(url), migrationsRun: false }).initialize();
  try {
    return await database.transaction((manager) => work(journalSource(manager), manager));
  } finally {
    await database.destroy();
  }
}
