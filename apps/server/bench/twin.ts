import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** One database for each side: the second is a copy of the first once it is filled. */
export interface Twin { readonly words: 'SQLite' | 'MariaDB'; readonly ours: string | undefined; readonly bare: string; copy(): Promise<void>; drop(): Promise<void> }

/** Two SQLite files in the bench's own folder. `ours` undefined: the server puts its file into its data folder by itself. */
function files(folder: string): Twin {
  const [from, to] = [join(folder, 'ours', 'lvzhi.sqlite'), join(folder, 'bare.sqlite')];
  const copy = (): void => {
    const database = new (createRequire(import.meta.url)('libsql') as new (file: string) => { exec(sql: string): void; close(): void })(from);
    database.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`);
    database.close();
    // Both sides start from the same bytes: what lay in the log is in the file now.
    for (const tail of ['-wal', '-shm']) rmSync(from + tail, { force: true });
    copyFileSync(to, from);
  };
  return { words: 'SQLite', ours: undefined, bare: to, copy: () => Promise.resolve(copy()), drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })) };
}

/** Two databases of our own beside the one that DATABASE_URL names; that one is not touched. */
async function schemas(given: string, folder: string): Promise<Twin> {
  const names = ['ours', 'bare'].map((side) => `lvzhi_bench_${process.pid}_${side}`);
  const [first = '', second = ''] = names;
  const at = (name: string): string => { const url = new URL(given); url.pathname = `/${name}`; return url.toString(); };
  const run = async (...statements: readonly string[]): Promise<Record<string, unknown>[]> => {
    const connection = await createConnection(at(''));
    let rows: unknown = [];
    for (const sql of statements) [rows] = await connection.query(sql);
    await connection.end();
    return rows as Record<string, unknown>[];
  };
  await run(...names.map((name) => `CREATE DATABASE ${name} CHARACTER SET utf8mb4`));
  return {
    words: 'MariaDB', ours: at(first), bare: at(second),
    copy: async () => {
      const tables = (await run(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${first}'`)).map((it) => String(it['name']));
      await run(...tables.flatMap((table) => [`CREATE TABLE ${second}.${table} LIKE ${first}.${table}`, `INSERT INTO ${second}.${table} SELECT * FROM ${first}.${table}`]), ...tables.map((table) => `ANALYZE TABLE ${first}.${table}, ${second}.${table}`));
    },
    drop: async () => { await run(...names.map((name) => `DROP DATABASE ${name}`)); rmSync(folder, { recursive: true, force: true }); },
  };
}

export const twin = (databaseUrl: string | undefined, folder: string): Promise<Twin> => (databaseUrl?.startsWith('mysql:') ? schemas(databaseUrl, folder) : Promise.resolve(files(folder)));
