import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WECHAT_PATHS } from '../src/index.ts';
import { decrypt, encrypt, signatureOf } from '../src/push-crypto.ts';
import { answers, events, shapeOf } from './shapes.ts';
import { APPID, OPENID, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const template = { id: 'tmpl', title: '走访通知', kind: 'once' as const, keys: ['thing1'] };
let stand: Stand;
let heard: { query: URLSearchParams; body: string }[] = [];
let answer = 'success';
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += String(chunk); });
  request.on('end', () => { heard.push({ query: new URLSearchParams(request.url?.split('?')[1]), body }); response.end(answer); });
});
beforeEach(async () => {
  [heard, answer] = [[], 'success'];
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  stand = await openStand({ templates: [template] });
});
afterEach(async () => { await stand.close(); server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); });
const listen = (more: object = {}) => stand.control('push', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`, token: 'AAAAA', ...more });
const allow = async (more: object = {}) => { await stand.control('subscribe', { openid: OPENID, tmplIds: [template.id], ...more }); await stand.fake.settled(); };

test('The signatures and the cipher are those of the vectors WeChat publishes', () => {
  expect(signatureOf('AAAAA', '1714036504', '1514711492')).toBe('f464b24fc39322e44b38aa78f5edd27bd1441696');
  expect(signatureOf('AAAAA', '1714037059', '486452656')).toBe('899cf89e464efb63f54ddac96b0a0a235f53aa78');
  const sealed = encrypt(aesKey, 'wxb11529c136998cb6', '我是中文abcd123', Buffer.from('aaaabbbbccccdddd'));
  expect(sealed).toBe('jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==');
  expect(signatureOf('pamtest', '1409304348', 'xxxxxx', sealed)).toBe('82c962d39941aa48552f90ef55aa323dc620cc10');
  expect(decrypt(aesKey, sealed)).toEqual({ message: '我是中文abcd123', appid: 'wxb11529c136998cb6' });
});

test('F26 A consent is pushed, signed; one template is an object, several are a list', async () => {
  await listen();
  await stand.control('templates', { id: 'second', title: '进度', keys: ['thing1'] });
  await allow();
  await allow({ tmplIds: [template.id, 'second'], choice: 'reject' });
  const [one, many] = heard.map(({ body }) => JSON.parse(body) as { Event: string; List: unknown });
  expect(one).toMatchObject({ Event: 'subscribe_msg_popup_event', FromUserName: OPENID, List: { TemplateId: template.id, SubscribeStatusString: 'accept', PopupScene: '0' } });
  expect(many?.List).toHaveLength(2);
  const query = heard[0]?.query;
  expect(query?.get('signature')).toBe(signatureOf('AAAAA', query?.get('timestamp') ?? '', query?.get('nonce') ?? ''));
});

test.each(['compatible', 'safe'])('F26 In %s mode the event is sealed and signed with what is sealed', async (mode) => {
  await listen({ mode, aesKey });
  await allow();
  const [{ query, body } = { query: new URLSearchParams(), body: '{}' }] = heard;
  const said = JSON.parse(body) as Record<string, string>;
  expect(Object.keys(said).includes('Event')).toBe(mode === 'compatible');
  expect(query.get('msg_signature')).toBe(signatureOf('AAAAA', query.get('timestamp') ?? '', query.get('nonce') ?? '', said['Encrypt'] ?? ''));
  expect(decrypt(aesKey, said['Encrypt'] ?? '')).toMatchObject({ appid: APPID, message: expect.stringContaining('subscribe_msg_popup_event') });
});

test('Until the server says success an event is tried three times; what the user takes back and what was sent are pushed too', async () => {
  await listen({ format: 'xml' });
  answer = 'later';
  await allow();
  expect(heard).toHaveLength(3);
  [heard, answer] = [[], 'success'];
  await stand.post(WECHAT_PATHS.subscribeSend, { touser: OPENID, template_id: template.id, data: { thing1: { value: '走访' } } }, { access_token: await stand.token() });
  await allow();
  await stand.control('settings', { openid: OPENID, items: { [template.id]: 'reject' } });
  await stand.fake.settled();
  expect(heard.map(({ body }) => /<Event><!\[CDATA\[(\w+)\]\]>/.exec(body)?.[1])).toEqual(['subscribe_msg_sent_event', 'subscribe_msg_popup_event', 'subscribe_msg_change_event']);
});

test.each([['before', 1, 1], ['later', 0, 1], ['twice', 0, 2], ['never', 0, 0]])('F25 The verdict about a picture that comes %s', async (kind, atOnce, after) => {
  await listen();
  await stand.loginCode();
  await stand.control('media', { kind });
  const { json } = await stand.post(WECHAT_PATHS.mediaCheck, { media_url: 'https://example.org/a.jpg', media_type: 2, version: 2, openid: OPENID, scene: 1 }, { access_token: await stand.token() });
  await stand.fake.settled();
  expect(heard).toHaveLength(atOnce);
  stand.pass(30_000);
  await stand.fake.settled();
  expect(heard).toHaveLength(after);
  expect(heard.every(({ body }) => (JSON.parse(body) as { trace_id: string }).trace_id === json['trace_id'])).toBe(true);
});

test('F33 What the stand-in answers and pushes has the shapes that WeChat documents', async () => {
  await listen();
  const [token, code, phoneCode] = [await stand.token(), await stand.loginCode(), await stand.phoneCode()];
  const ask = async (path: string, body: object) => (await stand.post(path, body, { access_token: token })).json;
  const send = () => ask(WECHAT_PATHS.subscribeSend, { touser: OPENID, template_id: template.id, data: { thing1: { value: '走访' } } });
  const refusal = await send();
  await stand.control('templates', { id: 'second', title: '进度', keys: ['thing1'] });
  await allow();
  await allow({ tmplIds: [template.id, 'second'] });
  const media = { media_url: 'https://example.org/a.jpg', media_type: 2, version: 2, openid: OPENID, scene: 1 };
  const given = {
    session: (await stand.session(code)).json, token: (await stand.tokenAnswer()).json, phone: (await stand.phone(token, { code: phoneCode, openid: OPENID })).json, sent: await send(),
    text: await ask(WECHAT_PATHS.textCheck, { version: 2, openid: OPENID, scene: 3, content: '建议市政府协调' }), media: await ask(WECHAT_PATHS.mediaCheck, media), scheme: await ask(WECHAT_PATHS.scheme, { jump_wxa: { path: 'pages/home/index', query: '' }, expire_type: 1, expire_interval: 30 }), refusal,
  };
  for (const [name, answered] of Object.entries(given)) expect([name, shapeOf(answered)]).toEqual([name, shapeOf(answers[name as keyof typeof answers])]);
  await stand.control('settings', { openid: OPENID, items: { [template.id]: 'reject' } });
  stand.pass(30_000);
  await stand.fake.settled();
  const said = heard.map(({ body }) => JSON.parse(body) as { Event: string; List?: unknown; CreateTime: unknown });
  for (const [name, event] of Object.entries(events)) {
    const many = 'List' in event && Array.isArray(event.List);
    const found = said.find(({ Event, List }) => Event === event.Event && Array.isArray(List) === many);
    // WeChat gives the time now as a number, now as a text.
    expect([name, shapeOf({ ...found, CreateTime: Number(found?.CreateTime) })]).toEqual([name, shapeOf(event)]);
  }
});
