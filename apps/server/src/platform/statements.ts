import { QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';

type Values = readonly unknown[];
/** What is used of libsql, which speaks as better-sqlite3 does. */
interface Statement { all(...values: Values): unknown[]; run(...values: Values): { readonly changes: number }; raw(): Statement }
interface Embedded { prepare(sql: string): Statement }
/** What is used of mysql2: of a connection, and of the pool. */
interface Pooled { query(asked: { readonly sql: string; readonly values: Values; readonly rowsAsArray: boolean }, done: (error: Error | null, result: unknown) => void): void }

/**
 * Statements by the driver itself, for what is read and written in every request. The ORM's way to the same driver is some twelve promises
 * a statement, each of which the unit of work's context is carried through: 0.1 ms where the database needs 0.02. Its transactions, its log
 * and its errors stay: these statements run on the connection that it opened and fail as its own do.
 */
const mostPrepared = 500;
const prepared = new WeakMap<Embedded, Map<string, Statement>>();

function statementOf(database: Embedded, sql: string, made: (statement: Statement) => Statement = (it) => it): Statement {
  const known = prepared.get(database) ?? new Map<string, Statement>();
  prepared.set(database, known);
  const found = known.get(sql);
  if (found) return found;
  const statement = made(database.prepare(sql));
  known.set(sql, statement);
  // Lists of other lengths are other statements; the oldest goes.
  for (const oldest of known.keys()) if (known.size > mostPrepared) known.delete(oldest); else break;
  return statement;
}

const embeddedOf = ({ connection: { driver, options } }: EntityManager): Embedded | undefined => (options.type === 'better-sqlite3' ? (driver as unknown as { databaseConnection: Embedded }).databaseConnection : undefined);
/** Inside a transaction its connection, outside any of the pool. */
const pooledOf = async ({ connection: { driver }, queryRunner }: EntityManager): Promise<Pooled> => (queryRunner ? await queryRunner.connect() as Pooled : (driver as unknown as { pool: Pooled }).pool);

async function pooled(manager: EntityManager, sql: string, values: Values, rowsAsArray: boolean): Promise<unknown> {
  const by = await pooledOf(manager);
  return new Promise((resolve, reject) => { by.query({ sql, values, rowsAsArray }, (error, result) => { if (error) reject(error); else resolve(result); }); });
}

/** Logged and failing as the ORM's own statements. */
async function said<T>(manager: EntityManager, sql: string, values: Values, embedded: (database: Embedded) => T, other: () => Promise<unknown>): Promise<T> {
  const { connection: { logger }, queryRunner } = manager;
  const given = values as unknown[];
  logger.logQuery(sql, given, queryRunner);
  try {
    const database = embeddedOf(manager);
    return database ? embedded(database) : await other() as T;
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    logger.logQueryError(cause, sql, given, queryRunner);
    throw new QueryFailedError(sql, given, cause);
  }
}

/** Rows as the database names their cells. @throws QueryFailedError */
export const ask = <R>(manager: EntityManager, sql: string, values: Values): Promise<R[]> =>
  said(manager, sql, values, (database) => statementOf(database, sql).all(...values) as R[], () => pooled(manager, sql, values, false));

/** How many rows it changed. @throws QueryFailedError */
export const tell = (manager: EntityManager, sql: string, values: Values): Promise<number> =>
  said(manager, sql, values, (database) => statementOf(database, sql).run(...values).changes, async () => (await pooled(manager, sql, values, false) as { readonly affectedRows: number }).affectedRows);

/**
 * Rows as lists of cells, in the order of the columns named. Of the embedded database a row of many comes as one text: a cell that crosses into
 * this engine by itself costs more than reading it did, a row of forty some 12 µs against 5 in one piece. No columns of bytes or of fractions.
 */
export function askCells(manager: EntityManager, columns: readonly string[], rest: string, values: Values): Promise<unknown[][]> {
  const inOne = columns.length > 8 && embeddedOf(manager) !== undefined;
  const sql = `SELECT ${inOne ? `json_array(${columns.join()})` : columns.join()} ${rest}`;
  return said(manager, sql, values, (database) => {
    const rows = statementOf(database, sql, (it) => it.raw()).all(...values) as unknown[][];
    return inOne ? rows.map(([row]) => JSON.parse(row as string) as unknown[]) : rows;
  }, () => pooled(manager, sql, values, true));
}
