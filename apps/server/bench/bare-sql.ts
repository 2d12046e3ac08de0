import { createRequire } from 'node:module';
import { createPool } from 'mysql2/promise';
import type { PoolConnection, ResultSetHeader } from 'mysql2/promise';

export type Row = Record<string, unknown>;
export interface Sql {
  all(sql: string, parameters?: readonly unknown[]): Promise<Row[]> | Row[];
  /** How many rows it changed. */
  run(sql: string, parameters?: readonly unknown[]): Promise<number> | number;
}
export interface BareDatabase extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** How it inserts what may be there already. */
  readonly ignore: string;
  /** How it puts the words of the search index. */
  readonly words: string;
  /** An instant as this database's column takes it. */
  instant(at: Date): unknown;
  /** An instant as this database gives it. */
  dateOf(value: unknown): Date;
}

interface Statement { all(...parameters: unknown[]): Row[]; run(...parameters: unknown[]): { changes: number } }
interface Embedded { prepare(sql: string): Statement; exec(sql: string): void }

/** The better-sqlite3 API: each statement prepared once, everything at once in this thread. */
function embedded(file: string): BareDatabase {
  const Database = createRequire(import.meta.url)('libsql') as new (file: string) => Embedded;
  const database = new Database(file);
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA journal_mode = WAL');
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const sql = { all: (text: string, parameters: readonly unknown[] = []) => prepared(text).all(...parameters), run: (text: string, parameters: readonly unknown[] = []) => prepared(text).run(...parameters).changes };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    sql.run('BEGIN');
    try {
      const result = await work();
      sql.run('COMMIT');
      return result;
    } catch (error) {
      sql.run('ROLLBACK');
      throw error;
    }
  };
  return {
    ...sql, ignore: 'INSERT OR IGNORE', words: 'INSERT OR REPLACE INTO search_tokens(rowid, tokens)', instant: (at) => at.toISOString().replace('T', ' ').slice(0, 23), dateOf: (value) => new Date(`${String(value).replace(' ', 'T')}Z`),
    transaction: (work) => { const mine = turn.then(() => inTurn(() => work(sql))); turn = mine.catch(() => undefined); return mine; },
  };
}

const brokenOff = new Set(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);

/** mysql2 with a pool as large as the server's, its statements as text like the server's. */
function pooled(uri: string): BareDatabase {
  const pool = createPool({ uri, connectionLimit: 10, charset: 'utf8mb4', timezone: 'Z', waitForConnections: true });
  const over = (connection: Pick<PoolConnection, 'query'>): Sql => ({
    all: async (text, parameters = []) => (await connection.query(text, [...parameters]))[0] as Row[],
    run: async (text, parameters = []) => ((await connection.query(text, [...parameters]))[0] as ResultSetHeader).affectedRows,
  });
  const once = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const connection = await pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      const result = await work(over(connection));
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      await connection.query('ROLLBACK');
      throw error;
    } finally {
      connection.release();
    }
  };
  return {
    ...over(pool), ignore: 'INSERT IGNORE', words: 'REPLACE INTO search_tokens(seq, tokens)', instant: (at) => at, dateOf: (value) => value as Date,
    transaction: async (work) => {
      // What the database broke off is done again, as the server does.
      for (let left = 5; ; left -= 1) {
        try {
          return await once(work);
        } catch (error) {
          if (left === 0 || !brokenOff.has(String((error as { code?: unknown }).code))) throw error;
        }
      }
    },
  };
}

export const bareDatabase = (url: string): BareDatabase => (url.startsWith('mysql:') ? pooled(url) : embedded(url));
