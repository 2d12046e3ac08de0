import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFake } from '../src/index.ts';
import { drawLatency } from '../src/faults.ts';
import { Dice } from '../src/dice.ts';
import { APPID, OPENID, SECRET, member, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

let stand: Stand;
beforeEach(async () => { stand = await openStand(); });
afterEach(() => stand.close());

test('The list of users shows their phones masked', async () => {
  const heard = await stand.control('users', undefined, 'GET');
  expect(heard.json['users']).toEqual([{ ...member, phone: '138****1234' }]);
});

test('A newcomer is a WeChat user with an openid and a phone no one else has', async () => {
  const { openid } = (await stand.control('users', { newcomer: true })).json;
  expect(openid).not.toBe(OPENID);
  const heard = await stand.phone(await stand.token(), { code: await stand.phoneCode(String(openid)), openid });
  expect(heard.json).toMatchObject({ errcode: 0, phone_info: { phoneNumber: expect.stringMatching(/^199\d{8}$/) } });
});

test.each([
  ['login', {}, '请填写 openid'],
  ['login', { openid: 'nobody' }, '没有这个微信用户'],
  ['users', { phone: '12 34' }, 'phone'],
  ['users', { name: 3 }, 'name'],
  ['limits', { userPerMinute: -1 }, 'userPerMinute'],
  ['limits', { ipWhitelist: '127.0.0.1' }, 'ipWhitelist'],
  ['latency', { p50: 80, p99: 10 }, 'p99'],
])('A developer who posts nonsense to %s (%j) reads a Chinese sentence under 400', async (name, body, words) => {
  expect(await stand.control(name, body)).toMatchObject({ status: 400, json: { message: expect.stringContaining(words) } });
});

test('A body that is no JSON object, or larger than 1 MB, is refused with 400', async () => {
  expect((await stand.post('/__fake/login', 'openid=1')).status).toBe(400);
  expect((await stand.post('/__fake/login', JSON.stringify({ openid: 'x'.repeat(1_048_576) }))).status).toBe(400);
});

test('An endpoint that is not there answers 404 in JSON, under WeChat\'s paths and the stand-in\'s own', async () => {
  for (const missing of ['/cgi-bin/message/custom/send', '/wxa/img_sec_check', '/sns/other', '/__fake/mails', '/elsewhere']) {
    expect(await stand.post(missing, {})).toMatchObject({ status: 404, json: { message: expect.any(String) } });
  }
});

test('The state tells the shared clock, the limits and what is alive', async () => {
  await stand.loginCode();
  await stand.token();
  const heard = await stand.control('state', undefined, 'GET');
  expect(heard.json).toMatchObject({
    nowIso: '2022-07-21T01:40:00.000Z', tokenEndsIso: '2022-07-21T03:40:00.000Z', appid: APPID, users: 1, liveCodes: { login: 1, phone: 0 },
    limits: { userPerMinute: 100, forceRefreshPerDay: 20, ipWhitelist: null }, clockMoves: false,
  });
  expect(heard.text).not.toContain(SECRET);
});

test('The clock moves over the control API only where the server allows it', async () => {
  expect((await stand.control('clock', { advanceMs: 1 })).status).toBe(404);
  let now = 0;
  const moving = await openStand({ now: () => now, advance: (ms) => { now += ms; } });
  const heard = [await moving.control('clock', { advanceMs: 60_000 }), await moving.control('clock', { advanceMs: -1 })];
  await moving.close();
  expect(heard).toMatchObject([{ status: 200, json: { nowIso: '1970-01-01T00:01:00.000Z' } }, { status: 400 }]);
});

test('A reset forgets codes, tokens, faults, limits, log and passing users, and keeps the users of the program', async () => {
  await stand.control('users', { name: '过客' });
  await stand.control('faults', { match: { path: '/sns/jscode2session' }, action: { kind: 'errcode', errcode: -1 } });
  await stand.control('limits', { userPerMinute: 0 });
  const [code, token] = [await stand.loginCode(), await stand.token()];
  await stand.control('reset');
  expect(stand.calls()).toHaveLength(0);
  expect((await stand.session(code)).json['errcode']).toBe(40029);
  expect((await stand.phone(token, { code: 'x' })).json['errcode']).toBe(40001);
  expect((await stand.session(await stand.loginCode())).json['openid']).toBe(OPENID);
  expect((await stand.control('users', undefined, 'GET')).json['users']).toHaveLength(1);
});

test('The log is read over the control API as well', async () => {
  await stand.session('x');
  expect((await stand.control('log', undefined, 'GET')).json['calls']).toEqual(stand.calls());
});

test('F29 Drawn latencies keep to their profile: half within p50, 99 of 100 within p99', () => {
  const dice = new Dice(1);
  const drawn = Array.from({ length: 20_000 }, () => drawLatency({ p50: 80, p99: 900 }, dice)).sort((a, b) => a - b);
  expect(drawn[10_000]).toBeGreaterThan(75);
  expect(drawn[10_000]).toBeLessThan(85);
  expect(drawn[19_800]).toBeGreaterThan(800);
  expect(drawn[19_800]).toBeLessThan(1000);
  expect(drawLatency({ p50: 0, p99: 0 }, dice)).toBe(0);
});

test('A caller\'s own server serves the stand-in under a path of its own and keeps every other path', async () => {
  const fake = createFake({ now: () => 0, appid: APPID, secret: SECRET, mountedAt: '/wechat' });
  fake.addUser(member);
  const server = createServer((request, response) => {
    void fake.handle(request, response).then((handled) => { if (!handled) response.end('own page'); });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const read = async (path: string) => (await fetch(url + path)).text();
  const heard = [await read('/wechat/sns/jscode2session'), await read('/wechat/__fake/state'), await read('/sns/jscode2session'), await read('/wechat/other'), await read('/')];
  await new Promise((closed) => { server.close(closed); server.closeAllConnections(); });
  expect(heard[0]).toContain('41002');
  expect(heard[1]).toContain('nowIso');
  expect(heard.slice(2)).toEqual(['own page', 'own page', 'own page']);
});

test('A user with a phone that is no number cannot be added', () => {
  expect(() => stand.fake.addUser({ openid: 'o1', phone: '138-0000' })).toThrow('digits');
});
