/** Where a test's server keeps its data: memory, a file, or a database beside the one that DATABASE_URL names. */
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';

export interface OwnDatabase { readonly url: string; readonly drop: () => Promise<void> }

/** Statements on the server of DATABASE_URL, one after another; the rows of the last. */
async function run(url: URL, ...statements: readonly string[]): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri: url.toString(), charset: 'utf8mb4' });
  try {
    let rows: RowDataPacket[] = [];
    for (const sql of statements) [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally { await connection.end(); }
}
const at = (given: string, path: string): URL => { const url = new URL(given); url.pathname = path; return url; };

/** A database with no table in it. @param file where it lies when it is no server's; memory without it */
export async function emptyDatabase(file: string | undefined): Promise<OwnDatabase> {
  const given = process.env['DATABASE_URL'];
  if (given === undefined) return { url: file ?? ':memory:', drop: () => Promise.resolve() };
  const name = `lvzhi_test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;
  await run(at(given, '/'), `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  return { url: at(given, `/${name}`).toString(), drop: async () => { await run(at(given, '/'), `DROP DATABASE ${name}`); } };
}

/** The databases that a spec has in use. Its worker runs no other meanwhile. */
const inUse = new Set<string>();

/**
 * A database with no row in it, for a server to start on. On a server of databases making its tables takes longer than most tests, so that those of an
 * ended test are swept and used again by the next of the same worker; the run that named them drops them (databases.js).
 */
export async function sweptDatabase(file: string | undefined): Promise<OwnDatabase> {
  const [given, prefix] = [process.env['DATABASE_URL'], process.env['TEST_DATABASES']];
  if (given === undefined || prefix === undefined) return emptyDatabase(file);
  for (let index = 0; ; index += 1) {
    const name = `${prefix}${process.env['JEST_WORKER_ID'] ?? '0'}_${index}`;
    if (inUse.has(name)) continue;
    inUse.add(name);
    // A spec that left its server running keeps what it had.
    const [state] = await run(at(given, '/'), `SELECT EXISTS(SELECT 1 FROM information_schema.schemata WHERE schema_name = '${name}') AS made, EXISTS(SELECT 1 FROM information_schema.processlist WHERE db = '${name}') AS busy`);
    if (state?.['busy'] === 1) continue;
    if (state?.['made'] === 1) await sweep(at(given, `/${name}`)); else await run(at(given, '/'), `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    return { url: at(given, `/${name}`).toString(), drop: () => { inUse.delete(name); return Promise.resolve(); } };
  }
}

async function sweep(url: URL): Promise<void> {
  const tables = (await run(url, "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> 'migrations'")).map(({ name }) => String(name));
  const filled = await run(url, tables.map((name) => `SELECT '${name}' AS name FROM DUAL WHERE EXISTS(SELECT 1 FROM \`${name}\`)`).join(' UNION ALL '));
  await run(url, 'SET foreign_key_checks = 0', 'START TRANSACTION', ...filled.map(({ name }) => `DELETE FROM \`${String(name)}\``), 'COMMIT');
}
