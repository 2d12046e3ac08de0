import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { APPID, MINUTE, OPENID, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

let stand: Stand;
let token: string;
beforeEach(async () => {
  stand = await openStand();
  token = await stand.token();
});
afterEach(() => stand.close());

test('F12 A member who taps the phone button gives the number, with the watermark of this mini-program', async () => {
  const heard = await stand.phone(token, { code: await stand.phoneCode() });
  expect(heard).toMatchObject({ status: 200, json: {
    errcode: 0,
    errmsg: 'ok',
    phone_info: { phoneNumber: '13800001234', purePhoneNumber: '13800001234', countryCode: '86', watermark: { timestamp: stand.now() / 1000, appid: APPID } },
  } });
});

test('F12 A phone code used twice is refused with 40029, not with the login code\'s 40163', async () => {
  const code = await stand.phoneCode();
  await stand.phone(token, { code });
  expect((await stand.phone(token, { code })).json['errcode']).toBe(40029);
});

test('F12 A phone code dies five minutes after the tap', async () => {
  const [inTime, late] = [await stand.phoneCode(), await stand.phoneCode()];
  stand.pass(5 * MINUTE);
  expect((await stand.phone(token, { code: inTime })).json['errcode']).toBe(0);
  stand.pass(1);
  expect((await stand.phone(token, { code: late })).json['errcode']).toBe(40029);
});

test('F12 A phone code sent with another user\'s openid is refused, and works with its own', async () => {
  const { openid: other } = (await stand.control('users', { phone: '13900005678' })).json;
  const code = await stand.phoneCode();
  expect((await stand.phone(token, { code, openid: other })).json['errcode']).toBe(40029);
  expect((await stand.phone(token, { code, openid: OPENID })).json['errcode']).toBe(0);
});

test('F12 A wx.login code in place of the phone code is refused with 40029', async () => {
  expect((await stand.phone(token, { code: await stand.loginCode() })).json['errcode']).toBe(40029);
});

test('F12 A missing or foreign phone code is refused with 40029', async () => {
  expect((await stand.phone(token, {})).json['errcode']).toBe(40029);
  expect((await stand.phone(token, { code: await stand.phoneCode(OPENID, 'wxanothermini001') })).json['errcode']).toBe(40029);
});

test('A user without a phone cannot use the button, and is told so in Chinese', async () => {
  const { openid } = (await stand.control('users', { name: '无号' })).json;
  expect(await stand.control('phone-code', { openid: String(openid) })).toMatchObject({ status: 400, json: { message: expect.stringContaining('没有绑定手机号') } });
});

test('A server that asks by GET, without a token, or with a body WeChat cannot read is refused with the matching errcode', async () => {
  const code = await stand.phoneCode();
  expect((await stand.get(WECHAT_PATHS.phoneNumber, { access_token: token })).json['errcode']).toBe(43002);
  expect((await stand.post(WECHAT_PATHS.phoneNumber, { code })).json['errcode']).toBe(41001);
  for (const body of ['', 'code=1', '[]', '"text"', `{"code":"${code}"`]) {
    expect((await stand.post(WECHAT_PATHS.phoneNumber, body, { access_token: token })).json['errcode']).toBe(47001);
  }
  expect((await stand.phone(token, { code: 7 })).json['errcode']).toBe(47001);
  expect((await stand.phone(token, { code: 'x'.repeat(1_048_576) })).json['errcode']).toBe(45002);
});

test.each([
  ['\\u0026 for &', '\\u0026', 47001],
  ['\\u5F20 for 张', '\\u5F20', 47001],
  ['an escaped pair for an emoji', '\\ud83d\\ude00', 47001],
  ['an escaped pair after a control character', '\\u0001\\ud83d\\ude00', 47001],
  ['plain Chinese, & and an emoji', '张&😀', 0],
  ['the escapes JSON needs', '\\u0001\\n\\"\\\\u0026\\u005c\\u0022', 0],
  ['a lone surrogate, which only an escape can carry', '\\ud83d', 0],
])('A JSON body with %s is judged as WeChat judges it', async (_what, note, errcode) => {
  const body = `{"code":"${await stand.phoneCode()}","note":"${note}"}`;
  expect((await stand.post(WECHAT_PATHS.phoneNumber, body, { access_token: token })).json['errcode']).toBe(errcode);
});
