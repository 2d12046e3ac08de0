import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { plainMember, report } from './people.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

let server: Serving;
let source: DataSource;
beforeAll(async () => {
  server = await serving();
  ({ source } = server);
});
afterAll(() => server.close());
const embedded = () => source.options.type === 'better-sqlite3';
/** The words of the search index lie in a table without an entity; on SQLite it is a virtual one with tables of its own beneath. */
const isWords = (name: string) => name.startsWith('search_tokens');
const tables = async () => (await source.query<{ name: string }[]>(embedded() ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()')).map(({ name }) => name).sort();

test('启动时每一次迁移都跑过了', async () => {
  expect(await source.showMigrations()).toBe(false);
  expect((await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name)).toEqual(source.migrations.map(({ constructor }) => constructor.name).sort((a, b) => a.slice(-13).localeCompare(b.slice(-13))));
});

test('迁移建出来的表和实体说的每一列都一样', async () => {
  for (const { tableName, columns } of source.entityMetadatas) {
    const found = (await source.query<{ name: string }[]>(embedded() ? `SELECT name FROM pragma_table_info('${tableName}')` : `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '${tableName}'`)).map(({ name }) => name).sort();
    expect([tableName, found]).toEqual([tableName, columns.map(({ databaseName }) => databaseName).sort()]);
  }
  expect((await tables()).filter((name) => !isWords(name))).toEqual([...source.entityMetadatas.map(({ tableName }) => tableName), 'migrations'].sort());
  expect(await tables()).toContain('search_tokens');
});

test('MariaDB 上实体和表没有一处不同', async () => {
  // What SQLite tells of its columns (no lengths, no precision) cannot be compared; there the test before this one stands.
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  expect(embedded() ? [] : upQueries.map(({ query }) => query)).toEqual([]);
});

test('MariaDB 上编号按字节比较，和 SQLite 一样', async () => {
  const [row] = await source.query<{ same: number }[]>("SELECT COUNT(*) AS same FROM persons WHERE id = UPPER(id) AND id = 'P001'");
  expect(Number(row?.same)).toBe(0);
});

test('在空的数据库上退回去再做一遍，还能用', async () => {
  for (const _ of source.migrations) await source.undoLastMigration();
  expect(await tables()).toEqual(['migrations']);
  await source.runMigrations();
  const again = await serving();
  try {
    const { doc } = await (await again.as(plainMember().id)).submit(report());
    expect(doc.receiptNo).toBe('2022-0001');
  } finally {
    await again.close();
  }
  expect((await tables()).filter((name) => !isWords(name)).length).toBe(source.entityMetadatas.length + 1);
});
