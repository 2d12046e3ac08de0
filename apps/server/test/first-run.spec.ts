/** A real city from an empty database: the first administrator, 开始使用, the first roster. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { AuditEntry } from '../src/platform/audit.ts';
import { Settings } from '../src/platform/settings.ts';
import { Mark, Marks } from '../src/platform/marks.ts';
import { DemoService } from '../src/seeding/demo.service.ts';
import { firstAdmin } from '../src/people/first-admin.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

let server: Serving;
beforeAll(async () => { server = await serving({ mode: 'production' }); });
afterAll(() => server.close());
const make = (more: object = {}) => firstAdmin(server.database, server.clock, { termId: 't7', login: 'admin', name: '安管', reset: false, ...more });
const asks = async (cookie: string): Promise<Api> => {
  const { clientOf, routes } = await import('@lvzhi/contracts');
  return clientOf(routes, async ({ method, url, body }) => {
    const answer = await server.ask(method, `/api${url}`, body, { headers: { cookie, 'x-lvzhi': 'desk' } });
    if (answer.status >= 300) throw Object.assign(new Error(answer.text), { status: answer.status, refusal: answer.said });
    return answer.said;
  });
};
const own = 'zhiqiu-2047-bangwan';
const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: server.clock.now().getTime() });
/** As the house asks of its administrators before anything else. */
const secondFactor = async (api: Api): Promise<string> => {
  await expect(api.showCatalogue({})).rejects.toMatchObject({ status: 403, refusal: { action: 'owing', reason: expect.stringMatching(/动态验证码/) } });
  const { secret, ticket } = await api.beginSecondFactor({});
  await api.setSecondFactor({ ticket, code: codeOf(secret) });
  return secret;
};
/** In with the password that was given, and it changed for one's own. */
const settled = async (login: string, password: string): Promise<Api> => {
  const api = await signedIn(login, password);
  await api.changePassword({ fresh: own });
  return api;
};
const signedIn = async (login: string, password: string): Promise<Api> => {
  await server.app.get(Marks).look(false);
  const answer = await server.ask('POST', '/api/session/desk', { login, password });
  expect([login, answer.status]).toEqual([login, 200]);
  return asks(String(answer.headers.get('set-cookie')).split(';')[0] ?? '');
};

test('空的数据库没有一个人，也没有别的市的名字；第一位系统管理员从命令行来，只来一位', async () => {
  expect((await server.with().guest({})).title).toBe('这里是本市政协的履职平台');
  const first = await make();
  expect(first).toEqual({ password: expect.stringMatching(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/) });
  expect(await make({ login: 'another' })).toEqual({ refused: expect.stringMatching(/已经有系统管理员了，账号 admin/) });
  expect(await make({ login: 'nobody', reset: true })).toEqual({ refused: '没有账号是 nobody 的系统管理员' });
  const again = await make({ reset: true });
  if (!('password' in first) || !('password' in again)) throw new Error('refused');
  await server.app.get(Marks).look(false);
  expect((await server.ask('POST', '/api/session/desk', { login: 'admin', password: first.password })).status).toBe(409);
  const api = await signedIn('admin', again.password);
  expect(await api.showMe({})).toMatchObject({ mustChangePassword: true, settingUp: true, can: ['manage_accounts', 'view_powers', 'manage_rules', 'read_rules', 'view_health'], city: '本市' });
  await expect(api.showCatalogue({})).rejects.toMatchObject({ status: 403, refusal: { action: 'owing' } });
  await api.changePassword({ fresh: own });
  await secondFactor(api);
  const kinds = (await server.database.read((manager) => manager.find(AuditEntry, { order: { id: 'ASC' } }))).map(({ kind, surface }) => `${kind} ${surface}`);
  expect(kinds.slice(0, 2)).toEqual(['account.opened house', 'password.reset house']);
  expect(JSON.stringify([await server.source.query('SELECT name, short FROM bodies'), await api.showCatalogue({})])).not.toMatch(/安澜/);
  // Nothing of the invented city: no person but this one, no plan, no topics or towns of it; what is the same everywhere is there.
  expect(await server.source.query('SELECT id FROM plan_entries')).toEqual([]);
  expect(await server.source.query('SELECT name FROM persons')).toEqual([{ name: '安管' }]);
  const table = server.app.get(Settings).get('routing.table');
  expect([table.planTopics, table.towns, Object.keys(table.topics).length > 10, server.app.get(Settings).get('visit.campaign').title]).toEqual([[], {}, true, '走访委员']);
  expect((await server.source.query<{ name: string }[]>("SELECT name FROM bodies WHERE kind = 'sector'")).length).toBeGreaterThan(20);
});

test('一步一步办完开始使用：每一步都存着，缺什么说什么，没办完不能完成；先导入名册，再交给委工委', async () => {
  const made = await make({ reset: true });
  if (!('password' in made)) throw new Error('refused');
  const api = await settled('admin', made.password);
  const secret = await secondFactor(api);
  const missing = async () => (await api.showSetup({})).steps.filter(({ done }) => !done).map(({ step }) => step);
  expect(await missing()).toEqual(['city', 'term', 'committees', 'sectors', 'towns', 'people', 'roster']);
  await expect(api.finishSetup({})).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/市名和机关：请填.*三员和委员工作人员：还没有能登录的安全管理员、审计员、委员工作/) } });
  await api.saveCity({ city: '清源市', organ: '中国人民政治协商会议清源市委员会', shortOrgan: '政协清源市委员会', contactName: '市政协办公室', contactPhone: '0000-1234567', address: '清源路 1 号', hours: '工作日 9:00–17:00' });
  const guest = await server.with().guest({});
  expect([guest.title, guest.paragraphs[2], guest.privacy.paragraphs[0]]).toEqual(['这里是清源市政协的履职平台', expect.stringMatching(/请在工作日 9:00–17:00 拨打 0000-1234567/), expect.stringMatching(/^谁在处理：政协清源市委员会办公室.*地址：清源路 1 号；电话：0000-1234567/)]);
  await expect(api.saveTerm({ number: 9, fromOn: '2022-01-01', untilOn: '2021-12-31' })).rejects.toMatchObject({ status: 400 });
  expect((await api.saveTerm({ number: 9, fromOn: '2022-01-01', untilOn: '2026-12-31' })).term).toEqual({ number: 9, name: '第九届', fromOn: '2022-01-01', untilOn: '2026-12-31' });
  await api.confirmStep({ step: 'committees' });
  await api.confirmStep({ step: 'sectors' });
  await expect(api.confirmStep({ step: 'towns' })).rejects.toMatchObject({ status: 409 });
  await api.addBody({ key: 'first-run-town', kind: 'town', name: '城关街道' });
  await api.confirmStep({ step: 'towns' });
  expect(await missing()).toEqual(['people', 'roster']);
  const people = await Promise.all((['security_admin', 'auditor', 'member_affairs'] as const).map((post, at) => api.createAccount({ key: `first-run-${post}`, name: `同事${'甲乙丙'[at] ?? ''}`, login: `first${at}`, posts: [{ post, bodyId: post === 'member_affairs' ? 'c-weigong' : 'cppcc' }] })));
  expect((await api.showSetup({})).people.map(({ names }) => names)).toEqual([['安管'], ['同事甲'], ['同事乙'], ['同事丙']]);
  const form = new FormData();
  form.set('key', 'first-run-roster');
  form.set('file', new Blob(['姓名,手机号,界别,镇街\n首批委员,13700000001,教育界,城关']), '名册.csv');
  await expect(api.listRoster({})).rejects.toMatchObject({ status: 403 });
  const clerk = people[2];
  const sent = await settled(clerk?.login ?? '', clerk?.password ?? '');
  expect(await sent.showMe({})).toMatchObject({ settingUp: true });
  expect((await sent.showSetup({})).can).toEqual(['import']);
  server.clock.shift(60_000);
  const { said } = await server.ask('POST', '/api/session/desk', { login: 'admin', password: own });
  const signed = await server.ask('POST', '/api/session/desk/second', { ticket: String(said['ticket']), code: codeOf(secret) });
  const answer = await fetch(`${server.url}/api/roster/imports`, { method: 'POST', headers: { cookie: String(signed.headers.get('set-cookie')).split(';')[0] ?? '', 'x-lvzhi': 'desk' }, body: form });
  const { id } = await answer.json() as { id: string };
  const { version } = await api.showImport({ id });
  await api.applyImport({ id, version });
  expect(await api.showSetup({})).toMatchObject({ members: 1, mayFinish: true, done: false });
  expect(await api.finishSetup({})).toMatchObject({ done: true, mayFinish: false, can: ['set_up'] });
  expect(await api.showMe({})).toMatchObject({ settingUp: false, city: '清源市' });
  await expect(api.showImport({ id })).rejects.toMatchObject({ status: 404 });
  expect((await sent.listRoster({})).rows.map(({ name, town }) => [name, town?.name])).toEqual([['首批委员', '城关街道']]);
});

test('演示的第一次启动做到一半停了的，再启动时说清楚要删去哪个文件夹，不接着演也不报一堆代码', async () => {
  await server.database.write((manager) => manager.insert(Mark, { name: 'demo.begun', value: '2022-07-21T01:40:00.000Z' }));
  await expect(server.app.get(DemoService).loadPast()).rejects.toThrow(/演示数据只写了一半，还没有人用过。请删去/);
});
