import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { OPENID, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

const path = WECHAT_PATHS.code2Session;
let stand: Stand;
beforeEach(async () => { stand = await openStand(); });
afterEach(() => stand.close());

const strike = (action: Record<string, unknown>, match: Record<string, unknown> = { nth: 1 }) => stand.control('faults', { match: { path, ...match }, action });
const failureOf = (call: Promise<unknown>) => call.then(() => 'no failure', (error: Error) => `${error.name}: ${error.message}`);

test.each([502, 504])('F23 A gateway failure %d comes as a web page without effect: the code is good afterwards', async (status) => {
  await strike({ kind: 'http', status });
  const code = await stand.loginCode();
  expect(await stand.session(code)).toMatchObject({ status, type: 'text/html; charset=utf-8', text: expect.stringContaining('<html>') });
  expect((await stand.session(code)).json['openid']).toBe(OPENID);
  expect(stand.calls()[0]).toMatchObject({ errcode: null, fault: `http ${status}` });
});

test('F23 A web page under HTTP 200 does not parse as JSON and has no effect', async () => {
  await strike({ kind: 'html' });
  const code = await stand.loginCode();
  const heard = await stand.session(code);
  expect(heard.status).toBe(200);
  expect(() => JSON.parse(heard.text)).toThrow('is not valid JSON');
  expect((await stand.session(code)).json['openid']).toBe(OPENID);
});

test('F23 A truncated answer breaks the connection after HTTP 200, and the code is used up', async () => {
  await strike({ kind: 'truncate' });
  const code = await stand.loginCode();
  expect(await failureOf(stand.session(code))).toBe('TypeError: terminated');
  expect((await stand.session(code)).json['errcode']).toBe(40163);
  expect(stand.calls()[0]).toMatchObject({ errcode: 0, fault: 'truncate' });
});

test('F23 A reset before the answer leaves the code good; a reset after the effect uses it up, and the caller cannot tell', async () => {
  await strike({ kind: 'reset', when: 'before' });
  const first = await stand.loginCode();
  expect(await failureOf(stand.session(first))).toBe('TypeError: fetch failed');
  expect((await stand.session(first)).json['openid']).toBe(OPENID);
  await stand.control('faults', undefined, 'DELETE');
  await strike({ kind: 'reset', when: 'after' });
  const second = await stand.loginCode();
  expect(await failureOf(stand.session(second))).toBe('TypeError: fetch failed');
  expect((await stand.session(second)).json['errcode']).toBe(40163);
});

test('F22 A hanging call ends only when the caller gives up, and has no effect', async () => {
  await strike({ kind: 'hang' });
  const code = await stand.loginCode();
  const query = { appid: 'any', js_code: code };
  expect(await failureOf(stand.get(path, query, AbortSignal.timeout(150)))).toMatch(/^TimeoutError/);
  expect((await stand.session(code)).json['openid']).toBe(OPENID);
});

test('A delayed call is overtaken by one made later', async () => {
  await strike({ kind: 'delay', ms: 300 });
  const order: string[] = [];
  const [slowCode, quickCode] = [await stand.loginCode(), await stand.loginCode()];
  const slow = stand.session(slowCode).then((heard) => { order.push('slow'); return heard; });
  while (!(await stand.control('faults', undefined, 'GET')).text.includes('"seen":1')) await new Promise(setImmediate);
  await stand.session(quickCode);
  order.push('quick');
  expect((await slow).json['openid']).toBe(OPENID);
  expect(order).toEqual(['quick', 'slow']);
});

test('F18 WeChat is busy twice (-1) and then answers, and the refusals carry a rid', async () => {
  await strike({ kind: 'errcode', errcode: -1 }, { times: 2 });
  const code = await stand.loginCode();
  for (let turn = 0; turn < 2; turn += 1) {
    expect((await stand.session(code)).json).toEqual({ errcode: -1, errmsg: expect.stringMatching(/^system error rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/) });
  }
  expect((await stand.session(code)).json['openid']).toBe(OPENID);
  expect(stand.calls().map(({ errcode }) => errcode)).toEqual([-1, -1, 0]);
});

test('A fault set for one user and the second call strikes no one else and no other call', async () => {
  const { openid } = (await stand.control('users', {})).json;
  await strike({ kind: 'errcode', errcode: 40226 }, { openid: OPENID, nth: 2 });
  const verdict = async (user: string) => (await stand.session(await stand.loginCode(user))).json['errcode'] ?? 0;
  expect([await verdict(OPENID), await verdict(String(openid)), await verdict(OPENID), await verdict(OPENID)]).toEqual([0, 0, 40226, 0]);
});

test.each([
  ['without a path', { match: {}, action: { kind: 'hang' } }, '请填写 path'],
  ['without an action', { match: { path } }, '请填写 action'],
  ['of an unknown kind', { match: { path }, action: { kind: 'explode' } }, '没有这种故障'],
  ['with errcode 0', { match: { path }, action: { kind: 'errcode', errcode: 0 } }, 'errcode'],
  ['with a success status', { match: { path }, action: { kind: 'http', status: 200 } }, 'status'],
  ['with both nth and times', { match: { path, nth: 1, times: 2 }, action: { kind: 'hang' } }, '只能填一个'],
])('A fault %s is refused with a Chinese sentence and does not strike', async (_what, fault, words) => {
  expect(await stand.control('faults', fault)).toMatchObject({ status: 400, json: { message: expect.stringContaining(words) } });
  expect((await stand.session(await stand.loginCode())).json['openid']).toBe(OPENID);
});
