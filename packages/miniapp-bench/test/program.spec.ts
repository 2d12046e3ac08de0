/** The bench against a mini-program of a few lines, written as WeChat's own tools would have it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { grown, htmlOf, MiniProgram, packageBytes, Phone, sizeOf } from '@lvzhi/miniapp-bench';

const folder = mkdtempSync(join(tmpdir(), 'lvzhi-bench-'));
const server = createServer((request, answer) => {
  const said: Buffer[] = [];
  request.on('data', (bytes: Buffer) => said.push(bytes)).on('end', () => {
    if (request.url === '/__fake/login' || request.url === '/__fake/phone-code') { answer.end(JSON.stringify({ code: `of ${String((JSON.parse(Buffer.concat(said).toString()) as { openid: string }).openid)}` })); return; }
    if (request.url === '/__fake/subscribe') { answer.end(JSON.stringify({ t1: 'accept' })); return; }
    heard.push(`${request.method} ${request.url} ${Buffer.concat(said).length > 200 ? 'long' : Buffer.concat(said).toString()}`);
    setTimeout(() => { answer.statusCode = request.url === '/gone' ? 404 : 200; answer.end(JSON.stringify({ ok: [request.url] })); }, 20);
  });
});
let heard: string[] = [];

const page = (name: string) => ({
  [`${name}.json`]: '{"enablePullDownRefresh":true}', [`${name}.wxml`]: '<view class="box" bindtap="outer"><view bindtap="inner">里面</view><view catchtap="inner">拦住</view></view><textarea aria-label="字" value="{{text}}" maxlength="{{5}}" bindinput="typed"/><button bindtap="ask" open-type="getPhoneNumber" bindgetphonenumber="phone">手机号</button><picker mode="selector" range="{{[1,2]}}" bindchange="typed"><view>轮子</view></picker><view wx:for="{{said}}">{{item}}</view>',
  [`${name}.js`]: `Page({ data: { said: [], text: '' }, say(words) { this.setData({ ['said[' + this.data.said.length + ']']: words }) },
    onLoad(q) { trail('${name} load ' + JSON.stringify(q)); getApp().last = this }, onShow() { trail('${name} show') }, onHide() { trail('${name} hide') }, onUnload() { trail('${name} unload') },
    onPullDownRefresh() { this.say('pulled') }, onReachBottom() { this.say('bottom') },
    outer() { this.say('outer') }, inner() { this.say('inner') }, typed(e) { this.say(e.type + ' ' + e.detail.value) }, phone(e) { this.say(e.detail.errMsg) },
    ask() { const it = this; wx.requestSubscribeMessage({ tmplIds: ['t1'], success: (r) => it.say('asked ' + r.t1), fail: (e) => it.say(e.errMsg) }) } })\nfunction trail(words) { getApp().trail.push(words) }`,
});
const files: Record<string, string> = {
  'app.json': JSON.stringify({ pages: ['a/a', 'b/b'], subPackages: [{ root: 'sub', pages: ['c/c'] }], tabBar: { list: [{ pagePath: 'a/a', text: '甲' }, { pagePath: 'b/b', text: '乙' }] } }),
  'app.js': 'App({ trail: [], onLaunch(o) { this.trail.push("launch " + o.path) }, onPageNotFound(o) { this.trail.push("not found " + o.path) } })', 'app.wxss': '.box{width:375rpx}',
  ...page('a/a'), ...page('b/b'), ...page('sub/c/c'), 'sub/sub-vendors.js': 'getApp().trail.push("sub-vendors")',
};

let phone: Phone, program: MiniProgram;
beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) { mkdirSync(dirname(join(folder, path)), { recursive: true }); writeFileSync(join(folder, path), text); }
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterAll(async () => { await new Promise((resolve) => { server.close(resolve); }); rmSync(folder, { recursive: true }); });
beforeEach(() => {
  heard = [];
  phone = new Phone({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, openid: 'o-me' });
  program = new MiniProgram(folder, phone).launch();
});
const trail = () => (program.run('getApp().trail.splice(0)') as string[]).slice();
/** Calls one of WeChat's functions from inside and waits for what it answers. */
async function call(name: string, given = '{}'): Promise<unknown> {
  program.run(`getApp().answer = undefined; wx.${name}({ ...${given}, success: (it) => { getApp().answer = it }, fail: (it) => { getApp().answer = it } })`);
  return JSON.parse(await program.until('an answer', () => program.run('getApp().answer && JSON.stringify(getApp().answer)') as string | undefined)) as unknown;
}

test('it starts, keeps its tabs as they were left, closes what lay on them, and loads a sub-package when it is first needed', () => {
  program.run('wx.navigateTo({ url: "/sub/c/c?id=%E4%B8%80" }); wx.switchTab({ url: "/b/b" }); wx.switchTab({ url: "/a/a" })');
  expect(trail()).toEqual(['launch a/a', 'a/a load {}', 'a/a show', 'a/a hide', 'sub-vendors', 'sub/c/c load {"id":"一"}', 'sub/c/c show', 'sub/c/c unload', 'b/b load {}', 'b/b show', 'b/b hide', 'a/a show']);
});

test('ten pages lie on each other, the eleventh is refused; back leads one back', async () => {
  for (let count = 1; count < 10; count += 1) program.run('wx.navigateTo({ url: "/sub/c/c" })');
  expect(await call('navigateTo', '{ url: "/sub/c/c" }')).toEqual({ errMsg: 'navigateTo:fail webview count limit exceed' });
  expect(program.pages).toHaveLength(10);
  await program.back();
  expect(program.pages).toHaveLength(9);
  expect(await call('navigateTo', '{ url: "/b/b" }')).toEqual({ errMsg: 'navigateTo:fail can not navigateTo a tabbar page' });
  expect(await call('switchTab', '{ url: "/sub/c/c" }')).toEqual({ errMsg: 'switchTab:fail can not switch to no-tabBar page' });
  expect(await call('navigateTo', '{ url: "/nowhere" }')).toEqual({ errMsg: 'navigateTo:fail page "nowhere" is not found' });
});

test('an address that no page has is told to the app', () => {
  program = new MiniProgram(folder, phone).launch('x/y?z=1');
  expect(trail()).toEqual(['launch x/y', 'a/a load {}', 'a/a show', 'not found x/y']);
});

test('a tap is heard from the inside outwards until it is caught', async () => {
  await program.tap('里面');
  await program.tap('拦住');
  expect(program.text()).toMatch(/inner\nouter\ninner$/);
  await program.pull();
  await program.reachBottom();
  expect(program.text()).toMatch(/pulled\nbottom$/);
  expect(program.taps).toBe(2);
});

test('a box takes as many characters as it may hold and keeps them; a wheel has only its own rows', async () => {
  await program.type('字', '一二三四五六');
  await program.choose('轮子', 1);
  expect([await program.value('字'), program.text()]).toEqual(['一二三四五', expect.stringMatching(/input 一二三四五\nchange 1$/)]);
  await expect(program.choose('轮子', 2)).rejects.toThrow('the wheel has no row 2');
});

test('WeChat asks about reminders only within a tap, and gives the phone number only to its own button', async () => {
  await program.tap('手机号');
  await program.sees('asked accept');
  await program.sees('getPhoneNumber:ok');
  phone.number = 'deny';
  phone.consent = 'off';
  await program.tap('手机号');
  await program.sees('getPhoneNumber:fail user deny');
  await program.sees('requestSubscribeMessage:fail The main switch is switched off');
  expect(await call('requestSubscribeMessage', '{ tmplIds: ["t1"] }')).toEqual({ errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.' });
});

test('a megabyte under one key, ten in all; what does not fit leaves what was there', () => {
  const store = (key: string, characters: number) => program.run(`(() => { try { wx.setStorageSync(${JSON.stringify(key)}, "x".repeat(${characters})); return "ok" } catch (e) { return e.errMsg } })()`);
  expect(store('k', 1_048_574)).toBe('ok');
  expect(store('k', 1_048_575)).toBe('setStorageSync:fail entry size limit reached');
  for (let index = 0; index < 9; index += 1) expect(store(`k${index}`, 1_048_574)).toBe('ok');
  expect(store('more', 10)).toBe('setStorageSync:fail exceed storage max size 10Mb');
  expect(program.run('[wx.getStorageSync("k").length, wx.getStorageSync("none"), wx.getStorageInfoSync().keys.length].join()')).toBe('1048574,,10');
});

test('ten requests at once, the eleventh is refused; any status is an answer; a cut network loses the question or the answer', async () => {
  program.run('getApp().said = []; for (let i = 0; i < 11; i++) wx.request({ url: "http://any/r" + i, success: (r) => getApp().said.push(r.statusCode), fail: (e) => getApp().said.push(e.errMsg) })');
  await program.until('eleven answers', () => ((program.run('getApp().said.length') as number) === 11 ? true : undefined));
  expect([program.run('getApp().said.filter((it) => it === 200).length'), program.run('getApp().said.find((it) => it !== 200)')]).toEqual([10, 'request:fail exceed max task connection count']);
  expect(await call('request', '{ url: "http://any/gone" }')).toMatchObject({ statusCode: 404, data: { ok: ['/gone'] } });
  heard = [];
  phone.cut = ({ path }) => (path === '/lost' ? 'after' : path === '/cut' ? 'before' : undefined);
  for (const path of ['lost', 'cut']) expect(await call('request', `{ url: "http://any/${path}", method: "POST", data: { a: 1 } }`)).toEqual({ errMsg: 'request:fail ' });
  expect(heard).toEqual(['POST /lost {"a":1}']);
  program.run('wx.onNetworkStatusChange((it) => { getApp().connected = it.isConnected })');
  phone.connect(false);
  expect([program.run('getApp().connected'), await call('login')]).toEqual([false, { errMsg: 'login:fail ' }]);
  phone.connect(true);
  expect(await call('login')).toMatchObject({ code: 'of o-me' });
});

test('what was picked is gone with the mini-program, what was saved stays; the camera can be closed', async () => {
  phone.photos = ['a', 'b'].map((name) => ({ path: `wxfile://${name}`, name, bytes: Buffer.from(name.repeat(300)) }));
  expect(await call('chooseMedia', '{ count: 9 }')).toMatchObject({ tempFiles: [{ tempFilePath: 'wxfile://a', size: 300 }, { tempFilePath: 'wxfile://b' }] });
  program.run('wx.getFileSystemManager().saveFile({ tempFilePath: "wxfile://a", success: (it) => { getApp().kept = it.savedFilePath } })');
  await program.until('it is saved', () => program.run('getApp().kept') as string | undefined);
  program.end();
  program = new MiniProgram(folder, phone).launch();
  expect(await call('uploadFile', '{ url: "http://any/up", filePath: "wxfile://b", name: "file" }')).toEqual({ errMsg: 'uploadFile:fail file not found' });
  expect(await call('uploadFile', '{ url: "http://any/up", filePath: "wxfile://a#saved", name: "file", formData: { key: "k" } }')).toMatchObject({ statusCode: 200 });
  expect(heard).toEqual(['POST /up long']);
  expect(await call('scanCode')).toEqual({ errMsg: 'scanCode:fail cancel' });
  phone.code = 'https://x/?code=1';
  expect(await call('scanCode')).toMatchObject({ result: 'https://x/?code=1' });
});

test('of a mini-program that WeChat ended nothing runs on: no timer, no answer', async () => {
  const said: string[] = [];
  program.run('setTimeout(() => getApp().last.say("late"), 10); wx.request({ url: "http://any/slow", success: () => getApp().last.say("answered") })');
  program.end();
  await new Promise((resolve) => { setTimeout(resolve, 80); });
  expect([program.alive, program.text().includes('late'), program.text().includes('answered'), said]).toEqual([false, false, false, []]);
});

test('a new version is told of, and taking it ends the running one', async () => {
  phone.update = true;
  program = new MiniProgram(folder, phone).launch();
  program.run('const it = wx.getUpdateManager(); it.onUpdateReady(() => it.applyUpdate())');
  await program.until('the end', () => (program.alive ? undefined : true));
  expect(phone.update).toBe(false);
});

test('it is measured: bytes of packages and of setData, elements and their depth; and drawn as HTML', async () => {
  expect(packageBytes(folder)).toMatchObject({ sub: expect.any(Number), main: expect.any(Number) });
  await program.type('字', '<b>');
  expect(sizeOf(program)).toEqual({ bytes: Buffer.byteLength('{"said[0]":"input <b>"}'), nodes: 8, depth: 2 });
  const html = htmlOf(program);
  expect(html).toContain('<textarea class="" style="" id="" placeholder="">&lt;b&gt;</textarea>');
  expect(html).toContain('.box{width:calc(375 * 100vw / 750)}');
  expect(grown({ a: 106, b: 100, c: 9 }, { a: 100, b: 100 }, 4)).toEqual(['a: 100 → 106']);
});
