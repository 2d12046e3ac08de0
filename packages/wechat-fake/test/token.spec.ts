import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { MINUTE, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

const SECOND = 1000;
const HOUR = 60 * MINUTE;
let stand: Stand;
beforeEach(async () => { stand = await openStand(); });
afterEach(() => stand.close());

/** What WeChat says to a token: 0, or the errcode of its refusal. */
async function verdictOn(token: string): Promise<unknown> {
  return (await stand.phone(token, { code: await stand.phoneCode() })).json['errcode'];
}

test('F13 A hundred callers at once are given one and the same token, good for two hours', async () => {
  const heard = await Promise.all(Array.from({ length: 100 }, () => stand.tokenAnswer()));
  expect(new Set(heard.map(({ json }) => json['access_token'])).size).toBe(1);
  expect(heard[0]?.json).toEqual({ access_token: expect.stringMatching(/^\d{2}_\w{100,509}$/), expires_in: 7200 });
});

test('F14 A token aged 1:54:59 is given again; one aged 1:55:01 is replaced, and the old one serves five minutes more', async () => {
  const old = await stand.token();
  stand.pass(HOUR + 54 * MINUTE + 59 * SECOND);
  expect((await stand.tokenAnswer()).json).toEqual({ access_token: old, expires_in: 301 });
  stand.pass(2 * SECOND);
  const renewed = await stand.tokenAnswer();
  expect(renewed.json['access_token']).not.toBe(old);
  expect(renewed.json['expires_in']).toBe(7200);
  const fresh = String(renewed.json['access_token']);
  stand.pass(5 * MINUTE - 1);
  expect([await verdictOn(old), await verdictOn(fresh)]).toEqual([0, 0]);
  stand.pass(1);
  expect([await verdictOn(old), await verdictOn(fresh)]).toEqual([42001, 0]);
});

test('F15 A forced refresh kills the old token at once', async () => {
  const old = await stand.token();
  const forced = await stand.token({ force_refresh: true });
  expect(await stand.phone(old, { code: 'x' })).toMatchObject({ status: 200, json: {
    errcode: 40001, errmsg: expect.stringMatching(/^invalid credential, access_token is invalid or not latest rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
  } });
  expect(await verdictOn(forced)).toBe(0);
  expect(await stand.token()).toBe(forced);
});

test('F15 A second forced refresh within 30 seconds changes nothing', async () => {
  const forced = await stand.token({ force_refresh: true });
  stand.pass(30 * SECOND - 1);
  expect(await stand.token({ force_refresh: true })).toBe(forced);
  stand.pass(1);
  expect(await stand.token({ force_refresh: true })).not.toBe(forced);
});

test('F15 The 21st forced refresh of a day is refused with 45009 until midnight in Shanghai', async () => {
  let last = '';
  for (let turn = 0; turn < 20; turn += 1) {
    stand.pass(30 * SECOND);
    last = await stand.token({ force_refresh: true });
  }
  stand.pass(30 * SECOND);
  expect((await stand.tokenAnswer({ force_refresh: true })).json['errcode']).toBe(45009);
  expect(await verdictOn(last)).toBe(0);
  stand.standAt(Date.UTC(2022, 6, 21, 15, 59, 59));
  expect((await stand.tokenAnswer({ force_refresh: true })).json['errcode']).toBe(45009);
  stand.standAt(Date.UTC(2022, 6, 21, 16, 0, 0));
  expect((await stand.tokenAnswer({ force_refresh: true })).json['expires_in']).toBe(7200);
});

test('F16 After the console kills the token, two servers that fetch again in normal mode share one new token and stay on it', async () => {
  const server = { a: await stand.token(), b: await stand.token() };
  await stand.control('kill-token');
  expect([await verdictOn(server.a), await verdictOn(server.b)]).toEqual([40001, 40001]);
  server.a = await stand.token();
  server.b = await stand.token();
  expect(server.a).toBe(server.b);
  for (let turn = 0; turn < 50; turn += 1) expect([await verdictOn(server.a), await verdictOn(server.b)]).toEqual([0, 0]);
  expect(stand.calls().filter(({ path }) => path === WECHAT_PATHS.stableToken)).toHaveLength(4);
});

test('F17 A token past its two hours is refused with 42001, a malformed one with 40014, a well-formed stranger with 40001', async () => {
  const token = await stand.token();
  stand.pass(2 * HOUR - 1);
  expect(await verdictOn(token)).toBe(0);
  stand.pass(1);
  expect(await verdictOn(token)).toBe(42001);
  expect(await verdictOn('not-a-token')).toBe(40014);
  expect(await verdictOn(`61_${'a'.repeat(132)}`)).toBe(40001);
});

test('F17 A token that died unrenewed is not brought back to life by its successor', async () => {
  const dead = await stand.token();
  stand.pass(2 * HOUR);
  const fresh = await stand.token();
  expect([await verdictOn(dead), await verdictOn(fresh)]).toEqual([42001, 0]);
});

test('F20 A server whose address is not listed is refused with 40164, which names the address, until it is listed', async () => {
  await stand.control('limits', { ipWhitelist: ['203.0.113.9'] });
  expect((await stand.tokenAnswer()).json).toMatchObject({ errcode: 40164, errmsg: expect.stringContaining('invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ') });
  await stand.control('limits', { ipWhitelist: ['203.0.113.9', '127.0.0.1'] });
  expect((await stand.tokenAnswer()).json['expires_in']).toBe(7200);
  await stand.control('limits', { ipWhitelist: [] });
  expect((await stand.tokenAnswer()).json['errcode']).toBe(40164);
  await stand.control('limits', { ipWhitelist: null });
  expect((await stand.tokenAnswer()).json['expires_in']).toBe(7200);
});

test('Token quotas: past the minute\'s 45011, past the day\'s 45009', async () => {
  await stand.control('limits', { tokenPerMinute: 1, tokenPerDay: 2 });
  await stand.token();
  expect((await stand.tokenAnswer()).json['errcode']).toBe(45011);
  stand.pass(MINUTE);
  await stand.token();
  stand.pass(MINUTE);
  expect((await stand.tokenAnswer()).json['errcode']).toBe(45009);
});

test.each([
  ['a wrong grant type', { grant_type: 'authorization_code' }, 40002],
  ['no appid', { appid: undefined }, 41002],
  ['no secret', { secret: undefined }, 41004],
  ['a wrong appid', { appid: 'wxwrong' }, 40013],
  ['a wrong secret', { secret: 'wrong' }, 40125],
  ['a force_refresh that is not a truth value', { force_refresh: 'true' }, 47001],
])('A server asking for a token with %s is refused', async (_what, changes, errcode) => {
  expect(await stand.tokenAnswer(changes)).toMatchObject({ status: 200, json: { errcode } });
});

test('A server asking for the stable token by GET is told to post', async () => {
  expect((await stand.get(WECHAT_PATHS.stableToken)).json['errcode']).toBe(43002);
});
