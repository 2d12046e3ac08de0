import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answers, events } from '../../../packages/wechat-fake/test/shapes.ts';
import { Seals } from '../src/platform/seals.ts';
import { WechatToken, WechatTokens } from '../src/platform/wechat-token.ts';
import { entriesOf, eventOf, pushSignature } from '../src/platform/wechat-push.ts';
import { WechatRefused, WechatUnavailable } from '../src/platform/wechat-wire.ts';
import { Wechat } from '../src/platform/wechat.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

const [minute, hour] = [60_000, 3_600_000];
const template = { id: 'tmpl-client', title: '走访通知', keys: ['thing1'] };
const openid = 'oClientSpec0000000000000001';
let house: Serving;
beforeAll(async () => { house = await serving(); });
afterAll(() => house.close());

const control = async (name: string, input?: object, method = 'POST') => {
  const answer = await fetch(`${house.standUrl}/__fake/${name}`, { method, ...(input && { body: JSON.stringify(input) }) });
  return await answer.json() as Record<string, unknown>;
};
/** Another instance of the server, as far as WeChat is concerned: the same database, nothing in memory. Its pauses are noted and not made. */
function instance(): { wechat: Wechat; pauses: number[] } {
  const wechat = new Wechat(house.config, new WechatTokens(house.config, house.database, house.clock, new Seals(house.config.secret)));
  const pauses: number[] = [];
  wechat.wait = (ms) => { pauses.push(Math.floor(ms / 1000)); return Promise.resolve(); };
  return { wechat, pauses };
}
const strike = (path: string, action: object, match: object = {}) => control('faults', { match: { path, ...match }, action });
const sendPath = '/cgi-bin/message/subscribe/send';
const said = () => house.wechat.log().map(({ path, errcode, fault }) => `${path.split('/').at(-1)} ${errcode ?? fault}`);
const message = (more: object = {}) => ({ touser: openid, template_id: template.id, data: { thing1: { value: '走访通知' } }, ...more });
const failing = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no failure', (error: unknown) => error);

beforeEach(async () => {
  house.wechat.reset();
  await house.database.write((manager) => manager.clear(WechatToken));
  await control('users', { openid, phone: '13800007777' });
  await control('templates', template);
  await control('login', { openid });
  for (let turn = 0; turn < 4; turn += 1) await control('subscribe', { openid, tmplIds: [template.id] });
});

describe('令牌', () => {
  test('F13 一百个调用同时要令牌，只去取一次；另一台服务器一次也不用取', async () => {
    const [{ wechat }, other] = [instance(), instance()];
    await Promise.all(Array.from({ length: 100 }, () => failing(wechat.codeImage({ scene: 'a' }))));
    await other.wechat.codeImage({ scene: 'b' });
    expect(said().filter((it) => it.startsWith('stable_token'))).toEqual(['stable_token 0']);
    expect(JSON.stringify(await house.database.read((manager) => manager.find(WechatToken)))).not.toMatch(/"\d{2}_[\w-]{100}/);
  });

  test('F14 一小时五十四分还是同一个，快到期就换新的', async () => {
    const { wechat } = instance();
    await wechat.codeImage({ scene: 'a' });
    house.clock.shift(114 * minute);
    await wechat.codeImage({ scene: 'a' });
    expect(said().filter((it) => it.startsWith('stable_token'))).toHaveLength(1);
    house.clock.shift(2 * minute);
    await wechat.codeImage({ scene: 'a' });
    expect(said().filter((it) => it.startsWith('stable_token'))).toHaveLength(2);
  });

  test('F15、F16 令牌在后台被重置，两台服务器各自一次就好，一百次调用里不来回换', async () => {
    const [a, b] = [instance(), instance()];
    await a.wechat.codeImage({ scene: 'a' });
    await b.wechat.codeImage({ scene: 'b' });
    await control('kill-token');
    const before = said().length;
    await Promise.all([a, b].map(async ({ wechat }) => { for (let turn = 0; turn < 50; turn += 1) await wechat.codeImage({ scene: 'c' }); }));
    const after = said().slice(before);
    expect(after.filter((it) => it.startsWith('stable_token')).length).toBeLessThanOrEqual(2);
    expect(after.filter((it) => it === 'getwxacodeunlimit 40001').length).toBeLessThanOrEqual(2);
    expect(after.filter((it) => it === 'getwxacodeunlimit 0')).toHaveLength(100);
  });

  test.each([40_001, 40_014, 42_001])('F17 微信说 %d：换一次令牌再试一次；还是不行就说出来，不一直试', async (errcode) => {
    const { wechat } = instance();
    await strike(sendPath, { kind: 'errcode', errcode }, { nth: 1 });
    expect(await wechat.sendMessage(message())).toMatch(/^\d{18}$/);
    await strike(sendPath, { kind: 'errcode', errcode });
    const before = said().length;
    expect(await failing(wechat.sendMessage(message()))).toMatchObject({ errcode });
    expect(said().slice(before).filter((it) => it.startsWith('send'))).toHaveLength(2);
  });

  test('F20 服务器地址不在名单里，答的是哪个地址，留给管理员', async () => {
    await control('limits', { ipWhitelist: ['10.0.0.1'] });
    expect(await failing(instance().wechat.codeImage({ scene: 'a' }))).toMatchObject({ errcode: 40_164 });
  });
});

describe('发消息', () => {
  test('F18 微信忙：等 1 秒、2 秒再试，成了就成了；一直忙就放下，什么也没发', async () => {
    const { wechat, pauses } = instance();
    await strike(sendPath, { kind: 'errcode', errcode: -1 }, { times: 2 });
    await wechat.sendMessage(message());
    expect(pauses).toEqual([1, 2]);
    await control('faults', undefined, 'DELETE');
    await strike(sendPath, { kind: 'errcode', errcode: -1 });
    expect(await failing(wechat.sendMessage(message()))).toMatchObject({ phase: 'before' });
    expect(pauses).toEqual([1, 2, 1, 2, 4]);
    expect(house.wechat.mail()).toHaveLength(1);
  });

  test.each([
    ['网关 502', { kind: 'http', status: 502 }, 'before'], ['网关 504', { kind: 'http', status: 504 }, 'ambiguous'], ['一个网页', { kind: 'html' }, 'before'],
    ['答了一半', { kind: 'truncate' }, 'ambiguous'], ['断线', { kind: 'reset', when: 'after' }, 'ambiguous'],
  ])('F21、F23 %s：说得清有没有可能已经发出，自己不重发', async (_, action, phase) => {
    await strike(sendPath, action);
    const error = await failing(instance().wechat.sendMessage(message()));
    expect(error).toBeInstanceOf(WechatUnavailable);
    expect(error).toMatchObject({ phase });
    expect(said().filter((it) => it.startsWith('send'))).toHaveLength(1);
  });

  test('F22 微信不答：到时就放下，平常是五秒', async () => {
    await strike(sendPath, { kind: 'hang' });
    const { wechat } = instance();
    expect(wechat.timeoutMs).toBe(5_000);
    wechat.timeoutMs = 200;
    expect(await failing(wechat.sendMessage(message()))).toMatchObject({ phase: 'ambiguous' });
  });

  test('连不上：肯定没有发出', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => { server.close(resolve); });
    const wechat = new Wechat({ ...house.config, wechat: { ...house.config.wechat, base: `http://127.0.0.1:${port}` } }, house.app.get(WechatTokens));
    expect(await failing(wechat.sendMessage(message()))).toMatchObject({ phase: 'before' });
  });

  test('F7、F9 不行的说出是哪一项', async () => {
    const { wechat } = instance();
    const error = await failing(wechat.sendMessage(message({ data: { thing1: { value: '一'.repeat(21) } } })));
    expect(error).toBeInstanceOf(WechatRefused);
    expect(error).toMatchObject({ errcode: 47_003, field: 'thing1', rid: expect.stringMatching(/^[0-9a-f-]{26}$/) });
    expect(await failing(wechat.sendMessage(message({ template_id: 'none' })))).toMatchObject({ errcode: 40_037 });
  });
});

describe('内容、小程序码、链接', () => {
  test('F24 长文分段，取最重的一句；来得太久、微信不答，都算没有检查；模板以外的拒绝说出来', async () => {
    const { wechat } = instance();
    expect(await wechat.checkText(openid, '路灯坏了。'.repeat(900))).toBe('pass');
    expect(await wechat.checkText(openid, `${'路灯坏了。'.repeat(499)}建议市政府${'协调。'.repeat(300)}`)).toBe('review');
    expect(await wechat.checkText(openid, '')).toBe('pass');
    expect(said().filter((it) => it === 'msg_sec_check 45002')).toEqual([]);
    await strike('/wxa/msg_sec_check', { kind: 'http', status: 502 }, { nth: 1 });
    expect(await wechat.checkText(openid, '路灯坏了')).toBe('not_checked');
    house.clock.shift(3 * hour);
    expect(await wechat.checkText(openid, '路灯坏了')).toBe('not_checked');
    expect(await failing(wechat.checkText('nobody', '路灯坏了'))).toMatchObject({ errcode: 40_003 });
  });

  test('F25 图片的结果以后推送，先拿到编号', async () => {
    expect(await instance().wechat.checkPicture(openid, 'https://example.org/a.jpg')).toMatch(/^[0-9a-f]{32}$/);
  });

  test('F27 小程序码是图片，不行的时候是一句话而不是图片', async () => {
    const { wechat } = instance();
    expect((await wechat.codeImage({ scene: 'v=8k2j' })).subarray(1, 4).toString()).toBe('PNG');
    expect(await failing(wechat.codeImage({ scene: 'x'.repeat(33) }))).toMatchObject({ errcode: 40_169 });
    expect(await failing(wechat.codeImage({ scene: '走访' }))).toMatchObject({ errcode: 40_129 });
  });

  test('F28 链接最多三十天', async () => {
    const { wechat } = instance();
    expect(await wechat.linkFor('pages/home/index', '', 30)).toMatch(/^weixin:\/\/dl\/business\//);
    expect(await failing(wechat.linkFor('pages/home/index', '', 31))).toMatchObject({ errcode: 85_401 });
  });
});

test('F33 微信文档上的每一种回答和推送，客户端都读得懂', async () => {
  const paths: Record<string, unknown> = {
    '/sns/jscode2session': answers.session, '/cgi-bin/stable_token': answers.token, '/wxa/business/getuserphonenumber': answers.phone, '/cgi-bin/message/subscribe/send': answers.sent,
    '/wxa/msg_sec_check': answers.text, '/wxa/media_check_async': answers.media, '/wxa/generatescheme': answers.scheme,
  };
  let refuse = false;
  const server = createHttp((request, response) => { response.setHeader('content-type', 'application/json').end(JSON.stringify(refuse ? answers.refusal : paths[request.url?.split('?')[0] ?? ''])); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    const config = { ...house.config, wechat: { ...house.config.wechat, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } };
    const wechat = new Wechat(config, new WechatTokens(config, house.database, house.clock, new Seals(house.config.secret)));
    expect([await wechat.openidOf('code'), await wechat.phoneOf('code', openid), await wechat.sendMessage(message()), await wechat.checkText(openid, '建议'), await wechat.checkPicture(openid, 'https://example.org/a.jpg'), await wechat.linkFor('pages/home/index', '', 30)])
      .toEqual([answers.session.openid, answers.phone.phone_info.purePhoneNumber, answers.sent.msgid, 'review', answers.media.trace_id, answers.scheme.openlink]);
    refuse = true;
    expect(await failing(wechat.sendMessage(message()))).toMatchObject({ errcode: 43_101, rid: '66f0a1b2-1a2b3c4d-5e6f7a8b' });
  } finally { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); }
  const [timestamp, nonce] = [String(house.clock.now().getTime() / 1000), '7'];
  for (const event of Object.values(events)) {
    const settings = { token: 't', mode: 'plain', aesKeys: [] } as const;
    expect(eventOf(settings, 'wxtest', { query: { timestamp, nonce, signature: pushSignature('t', timestamp, nonce) }, body: JSON.parse(JSON.stringify(event)) as unknown }, house.clock.now())).toEqual(event);
    expect('List' in event ? entriesOf(event.List).map(({ TemplateId }) => TemplateId.length > 0) : []).not.toContain(false);
  }
});
