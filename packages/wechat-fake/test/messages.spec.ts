import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { OPENID, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

const template = { id: 'tmpl-visit', title: '走访通知', kind: 'once' as const, keys: ['thing1', 'date2', 'name3'] };
const long = { id: 'tmpl-long', title: '办理进度', kind: 'long' as const, keys: ['phrase1'] };
const data = { thing1: { value: '走访通知' }, date2: { value: '2022年7月26日 09:30' }, name3: { value: '梁承志' } };
let stand: Stand;
beforeEach(async () => { stand = await openStand({ templates: [template, long], pages: ['visits/notice/index'] }); });
afterEach(() => stand.close());

const allow = (more: object = {}) => stand.control('subscribe', { openid: OPENID, tmplIds: [template.id], ...more });
const send = async (more: object = {}, token?: string) => (await stand.post(WECHAT_PATHS.subscribeSend, { touser: OPENID, template_id: template.id, page: 'visits/notice/index?id=1', data, ...more }, { access_token: token ?? await stand.token() })).json;
const mail = () => stand.fake.mail();

test('F1 Without consent nothing is sent', async () => {
  expect(await send()).toEqual({ errcode: 43101, errmsg: expect.stringMatching(/^user refuse to accept the msg rid: /) });
  expect(mail()).toEqual([]);
});

test('F2 Three consents are three messages, and the fourth is refused', async () => {
  for (let turn = 0; turn < 3; turn += 1) expect((await allow()).json).toMatchObject({ [template.id]: 'accept', shown: true });
  const codes = [];
  for (let turn = 0; turn < 4; turn += 1) codes.push((await send())['errcode']);
  expect(codes).toEqual([0, 0, 0, 43101]);
  expect(mail().map(({ title, page, lines }) => [title, page, lines[1]?.[1]])).toEqual(Array.from({ length: 3 }, () => ['走访通知', 'visits/notice/index?id=1', '2022年7月26日 09:30']));
});

test('F3 The main switch takes all consents away', async () => {
  await allow();
  await stand.control('settings', { openid: OPENID, mainSwitch: false });
  expect((await send())['errcode']).toBe(43101);
  await stand.control('settings', { openid: OPENID, mainSwitch: true });
  expect((await send())['errcode']).toBe(43101);
});

test('F4 “Always” with accept shows nothing any more, and every request is one message more', async () => {
  await allow({ always: true });
  expect((await allow({ choice: 'reject' })).json).toMatchObject({ [template.id]: 'accept', shown: false });
  expect([(await send())['errcode'], (await send())['errcode'], (await send())['errcode']]).toEqual([0, 0, 43101]);
});

test('F5 “Always” with reject answers reject at once', async () => {
  await allow({ choice: 'reject', always: true });
  expect((await allow()).json).toMatchObject({ [template.id]: 'reject', shown: false });
});

test('F6 Ten messages at once on one consent: one arrives', async () => {
  await allow();
  const token = await stand.token();
  const codes = await Promise.all(Array.from({ length: 10 }, async () => (await send({}, token))['errcode']));
  expect(codes.filter((code) => code === 0)).toHaveLength(1);
  expect(mail()).toHaveLength(1);
});

test.each([
  ['thing1', '一'.repeat(21)], ['thing1', ''], ['thing1', '走访\n通知'], ['date2', '2022-13-01'], ['date2', '明天'], ['name3', '一二三四五六七八九十一'],
])('F7 A message whose %s is %j is refused by the field’s name, and the consent stays', async (key, value) => {
  await allow();
  const said = await send({ data: { ...data, [key]: { value } } });
  expect(said).toMatchObject({ errcode: 47003, errmsg: expect.stringContaining(`data.${key}.value i`) });
  expect(String(said['errmsg']).split(' rid')[0]?.length).toBeLessThanOrEqual(48);
  expect((await send())['errcode']).toBe(0);
});

test.each([[{ value: 3 }], ['走访通知'], [undefined]])('F7 A value that is not a text in an object (%j) is refused', async (value) => {
  await allow();
  expect((await send({ data: { ...data, thing1: value } }))['errcode']).toBe(47003);
});

test('F7 A key too many and a phrase with digits are refused', async () => {
  await allow();
  await stand.control('subscribe', { openid: OPENID, tmplIds: [long.id] });
  expect((await send({ data: { ...data, thing9: { value: '多' } } }))['errcode']).toBe(47003);
  expect((await send({ template_id: long.id, data: { phrase1: { value: '已立案1' } } }))['errcode']).toBe(47003);
  expect([(await send({ template_id: long.id, data: { phrase1: { value: '已立案' } } }))['errcode'], (await send({ template_id: long.id, data: { phrase1: { value: '已立案' } } }))['errcode']]).toEqual([0, 0]);
});

test('F8 Data as a JSON text reads as empty', async () => {
  await allow();
  expect(await send({ data: JSON.stringify(data) })).toMatchObject({ errcode: 47003, errmsg: expect.stringContaining('is empty') });
});

test('F9 An unknown template, a stranger and an unpublished page are refused; a message for developers is marked', async () => {
  await allow();
  expect([(await send({ template_id: 'no' }))['errcode'], (await send({ touser: 'no' }))['errcode'], (await send({ page: 'pages/none' }))['errcode']]).toEqual([40037, 40003, 41030]);
  await send({ miniprogram_state: 'developer' });
  expect(mail()[0]?.state).toBe('developer');
});

test('F19 The day’s messages are used up until midnight in Shanghai', async () => {
  await allow(); await allow();
  await stand.control('limits', { sendPerDay: 1 });
  expect([(await send())['errcode'], (await send())['errcode']]).toEqual([0, 45009]);
  stand.pass(15 * 3_600_000);
  expect((await send())['errcode']).toBe(0);
});

test.each([['the last second of a year', '2022-12-31T15:59:59Z'], ['a leap day', '2024-02-28T15:59:59Z'], ['the end of a leap day', '2024-02-29T15:59:59Z']])('F32 The day of limits ends at midnight in Shanghai, also after %s', async (_, at) => {
  stand.standAt(Date.parse(at));
  await allow(); await allow();
  await stand.control('limits', { sendPerDay: 1 });
  const before = [(await send())['errcode'], (await send())['errcode']];
  stand.pass(1_000);
  expect([...before, (await send())['errcode']]).toEqual([0, 45009, 0]);
});

test('A request of nothing, of too many, of two kinds, or with the main switch off fails as in WeChat', async () => {
  expect((await allow({ tmplIds: [] })).json).toMatchObject({ errCode: 10001 });
  expect((await allow({ tmplIds: Array.from({ length: 6 }, () => template.id) })).json).toMatchObject({ errCode: 20003 });
  expect((await allow({ tmplIds: ['none'] })).json).toMatchObject({ errCode: 20001 });
  expect((await allow({ tmplIds: [template.id, long.id] })).json).toMatchObject({ errCode: 20002 });
  await stand.control('settings', { openid: OPENID, mainSwitch: false });
  expect((await allow()).json).toMatchObject({ errCode: 20004 });
});

test('Two templates of one title in one request: the second is filtered', async () => {
  await stand.control('templates', { id: 'twin', title: template.title, keys: ['thing1'] });
  expect((await allow({ tmplIds: [template.id, 'twin'] })).json).toMatchObject({ [template.id]: 'accept', twin: 'filter' });
});
