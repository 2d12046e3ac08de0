import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditKinds, auditWords } from '@lvzhi/domain';
import { AuditEntry } from '../src/platform/audit.ts';
import { demoPassword } from '../src/seeding/seeding.service.ts';
import { holder } from './people.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

let house: Serving;
beforeAll(async () => { house = await serving(); });
afterAll(() => house.close());
const entries = () => house.database.read((manager) => manager.find(AuditEntry, { order: { id: 'ASC' } }));

test('登录、登录不成、退出都记下来：谁、什么时候、从哪里；不记口令', async () => {
  const editor = holder('information_editor');
  const login = editor.login ?? '';
  await expect(house.with().deskSignIn({ login, password: 'not-the-password' })).rejects.toMatchObject({ status: 409 });
  await expect(house.with().deskSignIn({ login: 'nobody-of-that-name', password: 'not-the-password' })).rejects.toMatchObject({ status: 409 });
  const { headers } = await house.ask('POST', '/api/session/desk', { login, password: demoPassword });
  const cookie = String(headers.get('set-cookie')).split(';')[0] ?? '';
  for (const _ of [1, 2]) await house.ask('POST', '/api/session/end', {}, { headers: { cookie, 'x-lvzhi': 'desk' } });
  const found = await entries();
  expect(found.map(({ kind, personId, surface }) => [kind, personId, surface])).toEqual([
    ['session.refused', editor.id, 'desk'], ['session.refused', null, 'desk'], ['session.opened', editor.id, 'desk'], ['session.ended', editor.id, 'desk'],
  ]);
  for (const secret of ['not-the-password', demoPassword, cookie.split('=')[1] ?? cookie]) expect(JSON.stringify(found)).not.toContain(secret);
});

test('没做成的事不留做过的记录：审计和它所记的事在同一次提交里', async () => {
  const before = (await entries()).length;
  await expect(house.database.write(async (manager) => {
    await house.tokenOf(holder('auditor').id);
    await manager.query('SELECT * FROM no_such_table');
  })).rejects.toThrow(/no_such_table/);
  expect(await entries()).toHaveLength(before);
});

test('每一种审计记录都有中文名', () => {
  for (const kind of auditKinds) expect(auditWords[kind]).toMatch(/[一-鿿]/);
});
