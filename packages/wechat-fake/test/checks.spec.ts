import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { OPENID, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

const hour = 3_600_000;
let stand: Stand;
beforeEach(async () => { stand = await openStand({ pages: ['pages/home/index'] }); });
afterEach(() => stand.close());
const post = async (path: string, body: object) => stand.post(path, body, { access_token: await stand.token() });
const check = async (content: string, more: object = {}) => (await post(WECHAT_PATHS.textCheck, { version: 2, openid: OPENID, scene: 3, content, ...more })).json;

test('F24 A text is checked for somebody who was here within two hours; politics are for review, the sample is risky', async () => {
  expect((await check('路灯坏了'))['errcode']).toBe(61010);
  await stand.loginCode();
  expect(await check('路灯坏了')).toMatchObject({ errcode: 0, result: { suggest: 'pass', label: 100 }, detail: [{ errcode: 0 }] });
  expect((await check('建议市政府协调'))['result']).toEqual({ suggest: 'review', label: 20001 });
  expect((await check('特3456书yuuo莞6543李zxcz蒜7782法fgnv级'))['result']).toMatchObject({ suggest: 'risky' });
  stand.pass(2 * hour + 1);
  expect((await check('路灯坏了'))['errcode']).toBe(61010);
});

test('F24 2500 characters fit, 2501 do not; a scene that is none and an empty text are refused', async () => {
  await stand.loginCode();
  expect([(await check('字'.repeat(2500)))['errcode'], (await check('字'.repeat(2501)))['errcode'], (await check('字', { scene: 9 }))['errcode'], (await check(''))['errcode'], (await check('字', { openid: 'no' }))['errcode']]).toEqual([0, 45002, 40129, 44002, 40003]);
});

test('F27 A code of a scene is a picture that carries it; too long, odd and unpublished ones are refused', async () => {
  const ask = (body: object) => post(WECHAT_PATHS.codeImage, body);
  const good = await ask({ scene: 'v=8k2j', page: 'pages/home/index' });
  expect([good.type, good.text.includes('v=8k2j'), good.text.slice(1, 4)]).toEqual(['image/png', true, 'PNG']);
  expect([(await ask({ scene: 'x'.repeat(33) })).json['errcode'], (await ask({ scene: '走访' })).json['errcode'], (await ask({ scene: 'a', page: 'pages/none' })).json['errcode']]).toEqual([40169, 40129, 41030]);
});

test('F28 A link lives 30 days at most and opens for its first user only', async () => {
  const ask = async (days: number, path = 'pages/home/index') => (await post(WECHAT_PATHS.scheme, { jump_wxa: { path, query: '' }, expire_type: 1, expire_interval: days })).json;
  expect([(await ask(31))['errcode'], (await ask(1, 'pages/none'))['errcode']]).toEqual([85401, 40165]);
  const { openlink } = await ask(30);
  const other = (await stand.control('users', {})).json['openid'];
  const opens = async (openid: unknown) => (await stand.control('open-link', { link: openlink, openid })).json['opened'];
  expect([await opens(OPENID), await opens(other), await opens(OPENID)]).toEqual([true, false, true]);
  stand.pass(30 * 24 * hour + 1000);
  expect(await opens(OPENID)).toBe(false);
});
