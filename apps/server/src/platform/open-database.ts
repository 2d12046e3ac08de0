import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { dataSourceOptions } from './data-source.ts';
import { Database } from './database.ts';

async function opened<T>(source: DataSource, work: (source: DataSource) => Promise<T>): Promise<T> {
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** The same door for a command as for the server: migrated first, closed at the end whatever happens. */
export const withDatabase = <T>(url: string, work: (database: Database) => Promise<T>): Promise<T> => opened(new DataSource(dataSourceOptions(url)), (source) => work(new Database(source)));

const untouched = (url: string): DataSource => new DataSource({ ...dataSourceOptions(url), migrationsRun: false });
/** The migrations that made it. @throws Error in words, when the database is not of this version */
async function ofThisVersion(source: DataSource): Promise<string[]> {
  const [done, known] = [await migrationsIn(source), source.migrations.map(({ constructor }) => constructor.name)];
  if (done.some((name) => !known.includes(name))) throw new Error('数据库来自更新的版本，请用那个版本的程序');
  if (done.length < known.length) throw new Error('数据库还不是这个版本的，请先启动一次新版本的服务器');
  return done;
}

/** As it stands, and only if it is of this version: nothing is migrated. */
export const withDatabaseAsItIs = <T>(url: string, work: (database: Database) => Promise<T>): Promise<T> => opened(untouched(url), async (source) => {
  await ofThisVersion(source);
  return work(new Database(source));
});

/** One moment's view of the whole database, while others go on writing. */
export const withSnapshot = <T>(url: string, work: (manager: EntityManager, migrations: readonly string[]) => Promise<T>): Promise<T> => opened(untouched(url), async (source) => {
  const done = await ofThisVersion(source);
  return isFile(source) ? source.transaction((manager) => work(manager, done)) : source.transaction('REPEATABLE READ', (manager) => work(manager, done));
});

/** The tables as they were after these migrations and no others, emptied for rows from elsewhere; all of `work` is one transaction. */
export async function withTablesOf<T>(url: string, migrations: readonly string[], work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const options = dataSourceOptions(url);
  const known = options.migrations as NonNullable<unknown> as (new () => object)[];
  const unknown = migrations.filter((name) => !known.some((it) => it.name === name));
  if (unknown.length > 0) throw new Error(`备份来自更新的版本（${unknown.join('、')}），请用那个版本的程序恢复`);
  return opened(new DataSource({ ...options, migrations: known.filter(({ name }) => migrations.includes(name)) as never }), (source) => source.transaction(work));
}

async function migrationsIn(source: DataSource): Promise<string[]> {
  if (!(await tablesIn(source)).includes('migrations')) return [];
  return (await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);
}
const isFile = (source: DataSource): boolean => source.options.type === 'better-sqlite3';
async function tablesIn(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>(isFile(source) ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()');
  return rows.map(({ name }) => name);
}

/** Whether there is nothing at all: no table. */
export const isEmptyDatabase = (url: string): Promise<boolean> => opened(untouched(url), async (source) => (await tablesIn(source)).length === 0);

/** Takes every table of a server's database away. */
export const emptyDatabase = (url: string): Promise<void> => opened(untouched(url), (source) => source.dropDatabase());

/**
 * Whether somebody else is at this database now: of a server's, as far as this login may see; of a file, whoever has it open at all, this process
 * included. It can be taken out of its write-ahead mode only when nobody has (the server puts it back into it at its start).
 */
export const isInUse = (url: string): Promise<boolean> => opened(untouched(url), async (source) => {
  if (isFile(source)) {
    await source.query('PRAGMA busy_timeout = 0');
    return source.query('PRAGMA journal_mode = DELETE').then(() => false, (error: { driverError?: { code?: string } }) => { if (error.driverError?.code !== 'SQLITE_BUSY') throw error; return true; });
  }
  const [row] = await source.query<{ others: number | string }[]>('SELECT COUNT(*) AS others FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()');
  return Number(row?.others ?? 0) > 0;
});

/** Brings everything that was written into the one file, so that it can be copied. The driver lets a file go only when it is collected, so its name is not enough. */
export const settleFile = (url: string): Promise<void> => opened(untouched(url), async (source) => { await source.query('PRAGMA wal_checkpoint(TRUNCATE)'); });
