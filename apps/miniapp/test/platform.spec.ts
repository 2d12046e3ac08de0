/** WeChat's rules, on the bundle that it gets: the oldest engine, what may be asked and when, who may look around, what may be passed on, an address that no page has. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { noticePlaces } from '@lvzhi/domain';
import { filesOf, Files, leastLibrary, LogicLayer } from '@lvzhi/miniapp-bench';
import { parse } from 'acorn';
import { built } from '../../../tools/testing/house.js';
import { freeNames } from './free-names.ts';
import { deskOf, settled } from './phone.ts';
import { dist, setStage } from './stage.ts';

const stage = setStage();
const { phoneOf, open } = stage;
const scripts = () => filesOf(dist).filter((path) => path.endsWith('.js')).map((path) => ({ path, text: readFileSync(join(dist, path), 'utf8') }));

test('no script of it holds what an older iPhone cannot parse', () => {
  const all = scripts();
  expect(all.length).toBeGreaterThan(20);
  const refused = all.flatMap(({ path, text }) => {
    try { parse(text, { ecmaVersion: 2018, sourceType: 'script' }); } catch (error) { return [`${path}: ${(error as Error).message}`]; }
    return /\(\?<[=!]/.test(text) ? [`${path}: lookbehind`] : [];
  });
  expect(refused).toEqual([]);
});

test('no script of it takes from its surroundings what WeChat does not give', () => {
  const language = ['Object', 'Array', 'Math', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'Boolean', 'Promise', 'String', 'Number', 'JSON', 'RegExp', 'Symbol', 'Error', 'TypeError', 'RangeError', 'ReferenceError', 'Function', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'NaN', 'Infinity', 'undefined',
    'encodeURIComponent', 'decodeURIComponent', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'console'];
  const wechat = ['wx', 'App', 'Page', 'Component', 'getApp', 'getCurrentPages', 'require', 'module', 'exports', 'requirePlugin'];
  // Taro tells its platforms apart; which one it is was settled when it was built.
  const elsewhere = ['tt'];
  const known = new Set([...language, ...wechat, ...elsewhere]);
  expect(scripts().flatMap(({ path, text }) => [...freeNames(text)].filter((name) => !known.has(name)).map((name) => `${path}: ${name}`))).toEqual([]);
  expect([...freeNames('var a = 1; function f(b) { return a + b.c + fetch(d) } typeof Intl && Intl.x')].sort()).toEqual(['d', 'fetch']);
});

test('the oldest base library is declared where WeChat\'s tools read it, and everything of WeChat that is called is older', () => {
  const { libVersion } = JSON.parse(readFileSync(built('apps/miniapp/project.config.json'), 'utf8')) as { libVersion: string };
  expect(libVersion).toBe(leastLibrary);
  expect(readFileSync(built('docs/operations.md'), 'utf8')).toContain(`基础库最低版本 ${leastLibrary}`);
  /** Since which base library (WeChat's reference); the rest is older than 1.1. */
  const since: Record<string, string> = { onNetworkStatusChange: '1.1.0', openSetting: '1.1.0', pageScrollTo: '1.4.0', stopPullDownRefresh: '1.5.0', setTabBarBadge: '1.9.0', removeTabBarBadge: '1.9.0', getFileSystemManager: '1.9.9', getUpdateManager: '1.9.90', requestSubscribeMessage: '2.4.4', chooseMessageFile: '2.5.0', chooseMedia: '2.10.0', getAppBaseInfo: '2.20.1' };
  const old = ['request', 'uploadFile', 'downloadFile', 'openDocument', 'login', 'scanCode', 'makePhoneCall', 'previewImage', 'showToast', 'showModal', 'setNavigationBarTitle', 'switchTab', 'navigateTo', 'redirectTo', 'navigateBack', 'getStorageSync', 'setStorageSync', 'removeStorageSync', 'getStorageInfoSync', 'getCurrentPages'];
  const folder = built('apps/miniapp/src/platform');
  const called = new Set(readdirSync(folder).filter((name) => name.endsWith('.ts')).flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\bTaro\.(\w+)/g)].map(([, it]) => it ?? '')));
  expect(called.size).toBeGreaterThan(20);
  expect([...called].filter((name) => !old.includes(name) && since[name] === undefined)).toEqual([]);
  const number = (version: string) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  expect(Object.entries(since).filter(([, version]) => number(version) > number(leastLibrary))).toEqual([]);
});

test('the engine that it runs in has nothing that a phone lacks', () => {
  const layer = new LogicLayer({});
  const lacking = ['URL', 'URLSearchParams', 'fetch', 'Intl', 'AbortController', 'structuredClone', 'queueMicrotask', 'TextDecoder', 'FormData', 'Blob', 'atob', 'crypto', 'window', 'document', 'process', 'require', 'Buffer', 'WeakRef'];
  expect(lacking.filter((name) => layer.evaluate(`typeof ${name}`) !== 'undefined')).toEqual([]);
  expect(() => layer.evaluate('eval("1")')).toThrow('Code generation from strings disallowed');
  expect(() => layer.evaluate('new Function("return 1")')).toThrow('Code generation from strings disallowed');
  expect(layer.evaluate('[typeof [].toSorted, isNaN(new Date("2022-07-26 09:30")), isNaN(new Date("2022-07-26T09:30:00Z"))].join()')).toBe('undefined,true,false');
});

test('every page that a message leads to is there, and every page has all its files', () => {
  const files = new Files(dist);
  expect(files.pages).toEqual(expect.arrayContaining(Object.values(noticePlaces)));
  expect(files.pages.flatMap((page) => ['.js', '.json', '.wxml'].filter((ending) => !files.has(`${page}${ending}`)).map((ending) => page + ending))).toEqual([]);
});

test('only the page about what this is may be passed on, and it says nothing of whoever passes it on', async () => {
  const files = new Files(dist);
  await settled(stage.house, 'p028');
  const program = open(phoneOf('p028'));
  await program.sees('我要反映');
  const passed = (): unknown => program.front.call('onShareAppMessage', { from: 'menu' });
  const shared: string[] = [];
  for (const route of files.pages) {
    program.goTo(route);
    await program.quiet();
    if (typeof Reflect.get(program.front, 'onShareAppMessage') === 'function' || typeof Reflect.get(program.front, 'onShareTimeline') === 'function') shared.push(route);
  }
  expect(shared).toEqual(['guest/about/index']);
  program.goTo('guest/about/index?from=p028');
  await program.sees('不是委员也想反映问题');
  expect(passed()).toEqual({ title: '履职在线：这是什么，谁可以用', path: '/guest/about/index' });
});

test('an address that no page has leads to words and the way home, not to a white page', async () => {
  await settled(stage.house, 'p028');
  const program = open(phoneOf('p028'), 'pages/gone/index?id=1');
  await program.sees('这里您看不了');
  await program.tap('回到待办');
  await program.sees('我要反映');
  expect([program.route, program.complaints]).toEqual(['pages/home/index', []]);
});

test('WeChat\'s reviewer, whose number is on no roster, looks around without binding, and enters with the name and the code of the account that was made for them', async () => {
  const phone = phoneOf('reviewer');
  phone.openid = (await phone.standIn('users', { newcomer: true }))['openid'] as string;
  const program = open(phone);
  await program.sees('委员履职，从这里开始');
  for (const [words, there] of [['履职', '委员履职，从这里开始'], ['通知', '委员履职，从这里开始'], ['我的', '我是委员，去绑定'], ['待办', '先看看，不绑定']] as const) { await program.tab(words); await program.sees(there); }
  await program.tap('先看看，不绑定');
  await program.sees('不是委员也想反映问题');
  await program.tap('我是委员，去绑定');
  expect(phone.asked).toEqual([]);
  await program.tap('手机号换了？用邀请码绑定');
  await program.sees('请先勾选同意');
  const { privacy } = await (await fetch(`${stage.house.url}/api/guest`)).json() as { privacy: { title: string; version: string } };
  await program.tap(`我已看过并同意《${privacy.title}》（${privacy.version} 版）`);
  await program.type('姓名', '彭秀英');
  await program.type('邀请码', 'anlan722');
  await program.tap('用邀请码绑定');
  await program.sees('我要反映');
  expect(phone.asked).toEqual([]);
});

test('a new version of the privacy notice is asked about once, before anything else is shown, and what was being written stays', async () => {
  await settled(stage.house, 'p030');
  const phone = phoneOf('p030');
  const writing = open(phone, 'submit/form/index?kind=opinion');
  await writing.type('标题', '隐私说明换版时写了一半');
  const rules = await deskOf(stage.house, 'hongweimin');
  const rule = await rules.showRule({ name: 'privacy' });
  const { title, paragraphs } = (await rules.guest({})).privacy;
  await rules.changeRule({ name: 'privacy', key: 'another-privacy', seen: rule.seen, value: { title, paragraphs: [...paragraphs, '附件保存到任期结束后一年。'] }, from: '2022-07-21', why: '写明附件的保存期限' });
  await writing.type('情况', '换版以后接着写的');
  writing.hide();
  writing.end();

  const program = open(phone);
  await program.sees('隐私说明有更新');
  expect(program.text()).not.toContain('我要反映');
  await program.tap('去看一看');
  await program.sees('附件保存到任期结束后一年。');
  await program.tap('我已看过并同意这份隐私说明');
  await program.tap('同意，接着使用');
  await program.tap('接着写：隐私说明换版时写了一半');
  expect(await program.value('情况')).toBe('换版以后接着写的');
  program.end();
  await open(phone).sees('我要反映');
});
