/** `wx`, with the rules of the phone that a page can trip over. What leaves it goes to a running house over HTTP. */
import type { House } from '../../../../tools/testing/house.js';

interface Callbacks { success?: (answer: object) => void; fail?: (error: object) => void; complete?: (answer: object) => void }
type Call = Callbacks & Record<string, unknown>;
export interface Chosen { readonly path: string; readonly name: string; readonly bytes: Buffer }
/** What pages do to the stack; the mini-program itself moves it. */
export interface Navigation { navigateTo(url: string): void; redirectTo(url: string): void; switchTab(url: string): void; reLaunch(url: string): void; navigateBack(delta: number): void }

const keyBytes = 1_048_576;
const allBytes = 10 * keyBytes;
const atOnce = 10;
const system = {
  SDKVersion: '3.8.0', version: '8.0.49', platform: 'ios', system: 'iOS 15.8', brand: 'iPhone', model: 'iPhone 8', pixelRatio: 2, screenWidth: 375, screenHeight: 812, windowWidth: 375, windowHeight: 724,
  statusBarHeight: 44, language: 'zh_CN', theme: 'light', fontSizeSetting: 17,
};

/** One person's phone. `storage` outlives the mini-program; give it to the next one to open it again. */
export class Phone {
  readonly house: House;
  readonly personId: string;
  readonly storage: Map<string, string>;
  /** What the person picks when they are asked for a photo. */
  photos: Chosen[] = [];
  readonly toasts: string[] = [];
  /** A tap is being heard at this very moment: the only one in which consent may be asked for. */
  tapping = false;
  running = 0;
  most = 0;
  constructor(house: House, personId: string, storage = new Map<string, string>()) { this.house = house; this.personId = personId; this.storage = storage; }

  /** A code of WeChat's, from its stand-in in the house. */
  async code(kind: 'login' | 'phone-code'): Promise<string> {
    const answer = await fetch(`${this.house.url}/__fake/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid: `o-demo-${this.personId}` }) });
    return ((await answer.json()) as { code: string }).code;
  }

  keep(key: string, value: unknown): void {
    const text = JSON.stringify(value ?? '');
    const others = [...this.storage].reduce((sum, [name, kept]) => sum + (name === key ? 0 : Buffer.byteLength(kept)), 0);
    if (Buffer.byteLength(text) > keyBytes || others + Buffer.byteLength(text) > allBytes) throw new Error('setStorageSync:fail entry size limit reached');
    this.storage.set(key, text);
  }
  recall(key: string): unknown { const kept = this.storage.get(key); return kept === undefined ? '' : JSON.parse(kept); }
}

type Work = (call: Call) => object | Promise<object>;
/** An API as WeChat has them: with callbacks it calls those, without any it answers with a promise. */
const api = (name: string, work: Work, task?: object) => (call: Call = {}): unknown => {
  const done = new Promise<void>((resolve) => { setTimeout(resolve, 0); }).then(() => work(call)).then((answer) => ({ errMsg: `${name}:ok`, ...answer }),
    (error: unknown) => { throw Object.assign(new Error(), { errMsg: `${name}:fail ${error instanceof Error ? error.message : ''}` }); });
  if (!call.success && !call.fail && !call.complete) return task ?? done;
  done.then((answer) => { call.success?.(answer); call.complete?.(answer); }, (error: object) => { call.fail?.(error); call.complete?.(error); });
  return task;
};
const quietly = (name: string) => api(name, () => ({}));

/** The same path at the house, whatever address was built in. */
function atHouse(phone: Phone, url: unknown): string {
  const { pathname, search } = new URL(String(url));
  return `${phone.house.url}${pathname}${search}`;
}
/** Ten at once; the eleventh is refused. */
async function gated(phone: Phone, work: () => Promise<object>): Promise<object> {
  if (phone.running >= atOnce) throw new Error('exceed max task connection count');
  phone.running += 1;
  phone.most = Math.max(phone.most, phone.running);
  try { return await work(); } finally { phone.running -= 1; }
}

async function request(phone: Phone, { url, method = 'GET', header, data }: Call): Promise<object> {
  const body = data === undefined || method === 'GET' ? undefined : typeof data === 'string' ? data : JSON.stringify(data);
  const answer = await fetch(atHouse(phone, url), { method: String(method), headers: header as Record<string, string>, ...(body !== undefined && { body }) });
  const text = await answer.text();
  let said: unknown = text;
  try { said = JSON.parse(text); } catch { said = text; }
  return { statusCode: answer.status, data: said, header: Object.fromEntries(answer.headers), cookies: [], errMsg: 'request:ok' };
}

async function uploadFile(phone: Phone, { url, header, formData, filePath, name }: Call): Promise<object> {
  const file = phone.photos.find(({ path }) => filePath === path || filePath === `${path}#saved`);
  if (!file) throw new Error('file not found');
  const form = new FormData();
  for (const [key, value] of Object.entries((formData ?? {}) as Record<string, string>)) form.append(key, value);
  form.append(String(name), new Blob([new Uint8Array(file.bytes)]), file.name);
  const answer = await fetch(atHouse(phone, url), { method: 'POST', headers: header as Record<string, string>, body: form });
  return { statusCode: answer.status, data: await answer.text(), errMsg: 'uploadFile:ok' };
}
const task = { abort: () => undefined, onProgressUpdate: () => undefined, offProgressUpdate: () => undefined, onHeadersReceived: () => undefined, offHeadersReceived: () => undefined };

const network = (phone: Phone) => ({
  request: api('request', (call) => gated(phone, () => request(phone, call)), task), uploadFile: api('uploadFile', (call) => gated(phone, () => uploadFile(phone, call)), task),
  login: api('login', async () => ({ code: await phone.code('login') })), onNetworkStatusChange: () => undefined, getNetworkType: api('getNetworkType', () => ({ networkType: 'wifi' })),
});

/** 允许, but only to a question that is the first act of a tap (facts §2.1). */
const consents = (phone: Phone) => (call: Call = {}): unknown => {
  const { tapping } = phone;
  return api('requestSubscribeMessage', async ({ tmplIds }) => {
    if (!tapping) throw new Error('can only be invoked by user TAP gesture.');
    return (await fetch(`${phone.house.url}/__fake/subscribe`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid: `o-demo-${phone.personId}`, tmplIds }) })).json() as Promise<object>;
  })(call);
};

const storage = (phone: Phone) => ({
  getStorageSync: (key: string) => phone.recall(key), setStorageSync: (key: string, value: unknown) => { phone.keep(key, value); }, removeStorageSync: (key: string) => { phone.storage.delete(key); },
  getStorageInfoSync: () => ({ keys: [...phone.storage.keys()], currentSize: 1, limitSize: allBytes / 1024 }),
});

const files = (phone: Phone) => ({
  chooseMedia: api('chooseMedia', () => ({ type: 'image', tempFiles: phone.photos.map(({ path, bytes }) => ({ tempFilePath: path, size: bytes.length, fileType: 'image' })) })),
  chooseMessageFile: api('chooseMessageFile', () => { throw new Error('cancel'); }),
  getFileSystemManager: () => ({ saveFile: api('saveFile', (call) => ({ savedFilePath: `${String(call['tempFilePath'])}#saved` })) }),
});

/** The stack moves at once, the answer comes later. */
const move = (name: string, go: (call: Call) => void) => (call: Call = {}): unknown => { go(call); return quietly(name)(call); };
const moves = (to: Navigation) => ({
  navigateTo: move('navigateTo', ({ url }) => { to.navigateTo(String(url)); }), redirectTo: move('redirectTo', ({ url }) => { to.redirectTo(String(url)); }),
  switchTab: move('switchTab', ({ url }) => { to.switchTab(String(url)); }), reLaunch: move('reLaunch', ({ url }) => { to.reLaunch(String(url)); }),
  navigateBack: move('navigateBack', ({ delta }) => { to.navigateBack(Number(delta ?? 1)); }),
});

const query = () => {
  const it: Record<string, unknown> = {};
  for (const name of ['in', 'select', 'selectAll', 'selectViewport', 'boundingClientRect', 'scrollOffset', 'fields', 'node', 'context']) it[name] = () => it;
  it['exec'] = (done?: (found: []) => void) => { setTimeout(() => { done?.([]); }, 0); };
  return it;
};

/** Shown and forgotten. */
const shown = ['hideToast', 'showLoading', 'hideLoading', 'setNavigationBarTitle', 'stopPullDownRefresh', 'pageScrollTo', 'setTabBarBadge', 'removeTabBarBadge', 'previewImage', 'makePhoneCall'];

/** Everything the bundle calls; what is not here is not there, and fails as on a phone that lacks it. */
export function wechat(phone: Phone, to: Navigation, launch: () => object): Record<string, unknown> {
  return {
    ...network(phone), requestSubscribeMessage: consents(phone), ...storage(phone), ...files(phone), ...moves(to), ...Object.fromEntries(shown.map((name) => [name, quietly(name)])),
    getSystemInfoSync: () => system, getWindowInfo: () => system, getDeviceInfo: () => system, getAppBaseInfo: () => system, getLaunchOptionsSync: launch, getEnterOptionsSync: launch,
    getAccountInfoSync: () => ({ miniProgram: { envVersion: 'develop' } }), canIUse: () => true, nextTick: (work: () => void) => { setTimeout(work, 0); },
    showToast: api('showToast', ({ title }) => { phone.toasts.push(String(title)); return {}; }), showModal: api('showModal', () => ({ confirm: true, cancel: false })),
    getUpdateManager: () => ({ onCheckForUpdate: () => undefined, onUpdateReady: () => undefined, onUpdateFailed: () => undefined, applyUpdate: () => undefined }),
    onThemeChange: () => undefined, offThemeChange: () => undefined, onKeyboardHeightChange: () => undefined, createSelectorQuery: query,
    createIntersectionObserver: () => ({ relativeToViewport() { return this; }, observe: () => undefined, disconnect: () => undefined }),
  };
}
