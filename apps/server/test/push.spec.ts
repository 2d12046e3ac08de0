import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { WechatEvent, WechatQuota } from '../src/notices/notices.entity.ts';
import { pushSignature, readXml } from '../src/platform/wechat-push.ts';
import { tc3 } from '../src/platform/sms.ts';
import { plainMember } from './people.ts';
import { mailing, templateOf } from './mailing.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

let house: Serving;
let post: ReturnType<typeof mailing>;
const me = plainMember(5).id;
beforeAll(async () => { house = await serving(); post = mailing(house); });
afterAll(() => house.close());
beforeEach(async () => { await post.fresh(); await post.bind(me); });

const aesKey = () => house.config.wechat.push?.aesKeys[0] ?? '';
const now = () => Math.floor(house.clock.now().getTime() / 1000);
/** As WeChat seals it, written here a second time so that both sides cannot be wrong together. */
function sealed(message: string, { appid = 'wxtest', key = aesKey(), at = now(), flip = false } = {}) {
  const bytes = Buffer.from(`${key}=`, 'base64');
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(appid)]);
  const pad = 32 - plain.length % 32;
  const cipher = createCipheriv('aes-256-cbc', bytes, bytes.subarray(0, 16)).setAutoPadding(false);
  const out = Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]);
  // The lowest bit of the length: whatever it was, the sender's appid no longer follows.
  if (flip) out[3] = (out[3] ?? 0) ^ 1;
  const Encrypt = out.toString('base64');
  const [timestamp, nonce] = [String(at), '1234567890'];
  return { body: { ToUserName: 'gh', Encrypt }, query: `timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes&msg_signature=${pushSignature('demo-push', timestamp, nonce, Encrypt)}&signature=${pushSignature('demo-push', timestamp, nonce)}` };
}
const popup = (list: unknown, more: object = {}) => ({ ToUserName: 'gh', FromUserName: post.openidOf(me), CreateTime: now(), MsgType: 'event', Event: 'subscribe_msg_popup_event', List: list, ...more });
const entry = (sort: keyof typeof templateOf = 'task') => ({ TemplateId: templateOf[sort], SubscribeStatusString: 'accept', PopupScene: '0' });
const push = ({ body, query }: { body: object | string; query: string }, type = 'application/json') => house.ask('POST', `/wechat/push?${query}`, body, { headers: { 'content-type': type } });
const left = async (sort: WechatQuota['sort'] = 'task') => (await house.database.read((manager) => manager.findOneBy(WechatQuota, { personId: me, sort })))?.leftCount ?? 0;
const tick = () => house.clock.shift(1_000);

describe('F26 微信推送', () => {
  test('微信来试地址：签名对就原样答回，不对就不答', async () => {
    const [timestamp, nonce] = [String(now()), '99'];
    const good = await house.ask('GET', `/wechat/push?signature=${pushSignature('demo-push', timestamp, nonce)}&timestamp=${timestamp}&nonce=${nonce}&echostr=hello`);
    expect([good.status, good.text]).toEqual([200, 'hello']);
    expect((await house.ask('GET', `/wechat/push?signature=${'0'.repeat(40)}&timestamp=${timestamp}&nonce=${nonce}&echostr=hello`)).status).toBe(403);
  });

  test('同意一次记一次；同一个事件再推一遍、推三遍，还是一次；一项是对象，几项是列表', async () => {
    const before = await left();
    const one = sealed(JSON.stringify(popup(entry())));
    for (let turn = 0; turn < 3; turn += 1) expect([(await push(one)).status, (await push(one)).text]).toEqual([200, 'success']);
    expect(await left()).toBe(before + 1);
    tick();
    const twice = sealed(JSON.stringify(popup(entry())));
    expect((await Promise.all([push(twice), push(twice), push(twice)])).map(({ text }) => text)).toEqual(['success', 'success', 'success']);
    expect(await left()).toBe(before + 2);
    tick();
    await push(sealed(JSON.stringify(popup([entry('task'), entry('progress')], { CreateTime: String(now()) }))));
    expect([await left(), await left('progress')]).toEqual([before + 3, 1]);
  });

  test('XML 也行；带实体的、不是微信样子的、太深的，一个字也不读', async () => {
    const before = await left('visit');
    tick();
    const xml = `<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[${post.openidOf(me)}]]></FromUserName><CreateTime>${now()}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe_msg_popup_event]]></Event><List><TemplateId><![CDATA[${templateOf.visit}]]></TemplateId><SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString><PopupScene>0</PopupScene></List></xml>`;
    const { body, query } = sealed(xml);
    expect((await push({ query, body: `<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[${body.Encrypt}]]></Encrypt></xml>` }, 'text/xml')).text).toBe('success');
    expect(await left('visit')).toBe(before + 1);
    expect(readXml('<xml><a>1</a><a>2</a><b><c><![CDATA[<x>]]></c></b></xml>')).toEqual({ a: ['1', '2'], b: { c: '<x>' } });
    for (const bad of ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><a>&e;</a></xml>', '<html></html>', `<xml>${'<a>'.repeat(9)}x${'</a>'.repeat(9)}</xml>`]) expect([bad, (await push({ query, body: bad }, 'text/xml')).status]).toEqual([bad, 403]);
  });

  test.each([
    ['签名不对', () => ({ ...sealed(JSON.stringify(popup(entry()))), query: `signature=1&msg_signature=${'0'.repeat(40)}&timestamp=${now()}&nonce=1` })],
    ['五分钟以前录下的', () => sealed(JSON.stringify(popup(entry())), { at: now() - 301 })],
    ['别的小程序的', () => sealed(JSON.stringify(popup(entry())), { appid: 'wxother' })],
    ['别的钥匙加密的', () => sealed(JSON.stringify(popup(entry())), { key: 'A'.repeat(43) })],
    ['改过一位的', () => sealed(JSON.stringify(popup(entry())), { flip: true })],
    ['没有加密的', () => ({ ...sealed('{}'), body: popup(entry()) })],
    ['不是 JSON 的内容', () => sealed('hello')],
  ])('%s：不收，什么也不变', async (_, make) => {
    tick();
    const [before, events] = [await left(), await house.database.read((manager) => manager.count(WechatEvent))];
    const answer = await push(make());
    expect([answer.status, answer.text.includes('success')]).toEqual([403, false]);
    expect([await left(), await house.database.read((manager) => manager.count(WechatEvent))]).toEqual([before, events]);
  });

  test('不认识的事件、不认识的人：收下，不做什么；撤销授权的清零', async () => {
    tick();
    expect((await push(sealed(JSON.stringify(popup(entry(), { Event: 'weapp_audit_success' }))))).text).toBe('success');
    expect((await push(sealed(JSON.stringify(popup(entry(), { FromUserName: 'o-stranger' }))))).text).toBe('success');
    expect((await push(sealed(JSON.stringify({ ...popup(undefined), Event: 'wxa_media_check', appid: 'wxtest', trace_id: 't1', version: 2, result: { suggest: 'pass', label: 100 }, detail: [] })))).text).toBe('success');
    await post.control('subscribe', { openid: post.openidOf(me), tmplIds: [templateOf.task] });
    await house.wechat.settled();
    expect(await left()).toBeGreaterThan(0);
    await post.control('settings', { openid: post.openidOf(me), items: { [templateOf.task]: 'reject' } });
    await house.wechat.settled();
    expect(await left()).toBe(0);
  });
});

test('F30 没有接云托管时，伪造的 X-WX-OPENID 不管用', async () => {
  const answer = await house.ask('GET', '/api/me', undefined, { headers: { 'x-wx-openid': post.openidOf(me), 'x-wx-source': 'wx_client', 'x-wx-appid': 'wxtest' } });
  expect(answer.status).toBe(401);
  const signIn = await house.ask('POST', '/api/session/wechat', { code: 'cloud' }, { headers: { 'x-wx-openid': post.openidOf(me), 'x-wx-source': 'wx_client', 'x-wx-appid': 'wxtest' } });
  expect(signIn.status).toBe(400);
  Object.assign(house.config.wechat, { cloud: true });
  try {
    const behind = await house.ask('POST', '/api/session/wechat', { code: 'cloud' }, { headers: { 'x-wx-openid': post.openidOf(me), 'x-wx-source': 'wx_client', 'x-wx-appid': 'wxtest' } });
    expect(behind).toMatchObject({ status: 200, said: { state: 'signed_in', me: { person: { id: me } } } });
    expect((await house.ask('POST', '/api/session/wechat', { code: 'cloud' }, { headers: { 'x-wx-openid': post.openidOf(me), 'x-wx-source': 'wx_client', 'x-wx-appid': 'wxother' } })).status).toBe(400);
  } finally { delete (house.config.wechat as { cloud?: true }).cloud; }
});

test('短信的签名按腾讯云 TC3 的算法，一字不差', () => {
  const at = new Date(1_551_113_065_000);
  const body = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}';
  const [scope, hash] = ['2019-02-25/cvm/tc3_request', (text: string) => createHash('sha256').update(text).digest('hex')];
  expect(hash(body)).toBe('35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064');
  expect(tc3({ secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' }, 'cvm', 'cvm.tencentcloudapi.com', '/', body, at)).toMatch(new RegExp(`^TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/${scope}, SignedHeaders=content-type;host, Signature=[0-9a-f]{64}$`));
});
