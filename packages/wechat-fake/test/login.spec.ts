import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { APPID, MINUTE, OPENID, SECRET, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

const RID = /rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;
let stand: Stand;
beforeEach(async () => { stand = await openStand(); });
afterEach(() => stand.close());

test('A member signs in: WeChat gives the openid and a session key, and no errcode at all', async () => {
  const heard = await stand.session(await stand.loginCode());
  expect(heard.status).toBe(200);
  expect(Object.keys(heard.json).sort()).toEqual(['openid', 'session_key']);
  expect(heard.json['openid']).toBe(OPENID);
  expect(Buffer.from(String(heard.json['session_key']), 'base64')).toHaveLength(16);
});

test('F10 A code nobody was given is refused with 40029, in the old hints form', async () => {
  const heard = await stand.session('0nobodyWasGivenThisCode');
  expect(heard).toMatchObject({ status: 200, json: { errcode: 40029, errmsg: expect.stringMatching(/^invalid code, hints: \[ req_id: \S+ \]/) } });
});

test('F10 A code is good for five minutes to the millisecond, and 40029 after', async () => {
  const [inTime, late] = [await stand.loginCode(), await stand.loginCode()];
  stand.pass(5 * MINUTE);
  expect((await stand.session(inTime)).json['openid']).toBe(OPENID);
  stand.pass(1);
  expect((await stand.session(late)).json['errcode']).toBe(40029);
});

test('F10 A code that was redeemed is refused with 40163 the second time', async () => {
  const code = await stand.loginCode();
  await stand.session(code);
  expect((await stand.session(code)).json['errcode']).toBe(40163);
});

test('F10 A code of another mini-program is refused with 40029', async () => {
  const foreign = await stand.loginCode(OPENID, 'wxanothermini001');
  expect((await stand.session(foreign)).json['errcode']).toBe(40029);
});

test('F10 A phone code given as a login code is refused with 40029 and stays good for the phone number', async () => {
  const code = await stand.phoneCode();
  expect((await stand.session(code)).json['errcode']).toBe(40029);
  expect((await stand.phone(await stand.token(), { code })).json['errcode']).toBe(0);
});

test.each([
  ['a wrong secret', { secret: 'wrong' }, 40125],
  ['a wrong appid', { appid: 'wxwrong' }, 40013],
  ['no appid', { appid: '' }, 41002],
  ['no secret', { secret: '' }, 41004],
  ['no code', { js_code: '' }, 41008],
  ['a wrong grant type', { grant_type: 'client_credential' }, 40002],
])('F10 A server calling with %s is refused, and the code stays good', async (_what, changes, errcode) => {
  const code = await stand.loginCode();
  const heard = await stand.session(code, changes);
  expect(heard).toMatchObject({ status: 200, json: { errcode, errmsg: expect.stringMatching(RID) } });
  expect((await stand.session(code)).json['openid']).toBe(OPENID);
});

test('A server that posts to code2Session is told to use GET', async () => {
  expect((await stand.post(WECHAT_PATHS.code2Session, {}, { appid: APPID, secret: SECRET })).json['errcode']).toBe(43001);
});

test('F11 Of two servers redeeming one code at the same moment, exactly one gets the openid and the other 40163', async () => {
  const code = await stand.loginCode();
  const heard = await Promise.all([stand.session(code), stand.session(code)]);
  expect(new Set(heard.map(({ json }) => json['openid'] ?? json['errcode']))).toEqual(new Set([OPENID, 40163]));
});

test('A user is signed in 100 times a minute; the 101st is refused with 45011, keeps its code, and works next minute', async () => {
  for (let turn = 0; turn < 100; turn += 1) expect((await stand.session(await stand.loginCode())).json['openid']).toBe(OPENID);
  const code = await stand.loginCode();
  expect((await stand.session(code)).json).toMatchObject({ errcode: 45011, errmsg: expect.stringContaining('retry next minute') });
  const { openid } = (await stand.control('users', {})).json;
  expect((await stand.session(await stand.loginCode(String(openid)))).json['openid']).toBe(openid);
  stand.pass(MINUTE);
  expect((await stand.session(code)).json['openid']).toBe(OPENID);
});

test('The log shows every call with its verdict and its user, and no secret, code or session key', async () => {
  const code = await stand.loginCode();
  const key = String((await stand.session(code)).json['session_key']);
  await stand.session(code);
  expect(stand.calls()).toMatchObject([
    { at: '2022-07-21T01:40:00.000Z', method: 'GET', path: WECHAT_PATHS.code2Session, openid: OPENID, errcode: 0, fault: null },
    { openid: OPENID, errcode: 40163, errmsg: expect.stringContaining('code been used') },
  ]);
  const written = JSON.stringify(stand.calls());
  for (const hidden of [code, key, SECRET]) expect(written).not.toContain(hidden);
});

test('The same seed deals the same codes, and another seed deals others', async () => {
  const [again, other] = [await openStand(), await openStand({ seed: 8 })];
  const [mine, same, different] = [await stand.loginCode(), await again.loginCode(), await other.loginCode()];
  await Promise.all([again.close(), other.close()]);
  expect(same).toBe(mine);
  expect(different).not.toBe(mine);
});
