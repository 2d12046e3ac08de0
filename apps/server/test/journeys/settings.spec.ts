import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { createConnection } from 'mysql2/promise';
import { Directory } from '../../src/platform/directory.ts';
import { Person } from '../../src/platform/directory.entity.ts';
import { moveMark } from '../../src/platform/marks.ts';
import { Setting } from '../../src/platform/settings.ts';
import { plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let server: Serving;
let me: Api;
beforeAll(async () => {
  server = await serving();
  me = await server.as(plainMember().id);
});
afterAll(() => server.close());

/** Real time is the subject: another instance looks at the marks every two seconds. */
async function within(seconds: number, isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    if (await isSo()) return true;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  return false;
}
/** Another instance's change: it moves the mark and tells nobody here. On MariaDB through a connection of its own. */
async function elsewhere(work: (manager: EntityManager) => Promise<void>, sql: readonly [string, unknown[]][]): Promise<void> {
  const { databaseUrl } = server.config;
  if (!databaseUrl.startsWith('mysql:')) { await server.database.write(work); return; }
  const connection = await createConnection(databaseUrl);
  try { for (const [statement, values] of sql) await connection.query(statement, values); } finally { await connection.end(); }
}
const set = (name: string, value: unknown) => elsewhere(async (manager) => {
  await manager.update(Setting, { termId: 't7', name }, { value: value as object });
  await moveMark(manager, 'settings');
}, [['UPDATE settings SET value = ? WHERE name = ?', [JSON.stringify(value), name]], ["UPDATE marks SET value = value + 1 WHERE name = 'settings'", []]]);

test('陷阱 18：别处改了设置，不用重启，几秒之内照新的办', async () => {
  expect((await me.submit(report())).doc.holder?.due?.words).toBe('还剩 3 个工作日');
  const limits = (await me.showCatalogue({})).opinion.limits;
  await set('deadline.opinion.review', { workdays: 1 });
  await set('opinion.limits', { ...limits, title: { min: 4, max: 8 }, total: 1500, files: 9 });
  await set('route.confirm', 'always');
  expect(await within(6, async () => (await me.showCatalogue({})).opinion.limits.title.max === 8)).toBe(true);
  await expect(me.submit(report())).rejects.toMatchObject({ status: 400, refusal: { fields: { title: expect.stringContaining('标题最多 8 个字') } } });
  const { doc } = await me.submit(report({ title: '骑手没有保险' }));
  expect(doc).toMatchObject({ committee: null, holder: { words: '办公室信息编辑', action: '分办' } });
});

test('陷阱 18：别处把人从名册里去掉，几秒之内他的会话就没有用', async () => {
  const leaver = plainMember(5).id;
  const api = await server.as(leaver);
  expect((await api.showMe({})).person.id).toBe(leaver);
  await elsewhere(async (manager) => {
    await manager.update(Person, { id: leaver }, { isActive: 0 });
    await moveMark(manager, 'directory');
  }, [['UPDATE persons SET is_active = 0 WHERE id = ?', [leaver]], ["UPDATE marks SET value = value + 1 WHERE name = 'directory'", []]]);
  expect(await within(6, () => server.app.get(Directory).page.postsOf(leaver) === undefined)).toBe(true);
  // What they did still bears their name.
  expect(server.app.get(Directory).page.person(leaver)?.name).toBe(plainMember(5).name);
  await expect(api.showMe({})).rejects.toMatchObject({ status: 401 });
});
