/** `wx`, with the rules of the phone that a page can trip over. A plain object: Taro counts its keys. */
import type { LogicLayer } from '../logic-layer.ts';
import type { Phone } from '../phone.ts';
import { apisOf } from './api.ts';
import type { Api, Call } from './api.ts';
import { asking } from './asking.ts';
import { files } from './files.ts';
import { network } from './network.ts';

/** What pages do to the stack; the mini-program itself moves it. */
export interface Navigation { navigateTo(url: string): void; redirectTo(url: string): void; switchTab(url: string): void; reLaunch(url: string): void; navigateBack(delta: number): void }

/** The stack moves at once, the answer comes later. */
function moves(to: Navigation, api: Api) {
  const move = (name: string, go: (call: Call) => void) => (call: Call = {}): unknown => {
    let refused: unknown;
    try { go(call); } catch (error) { refused = error; }
    return api(name, () => { if (refused) throw refused; return {}; })(call);
  };
  return {
    navigateTo: move('navigateTo', ({ url }) => { to.navigateTo(String(url)); }), redirectTo: move('redirectTo', ({ url }) => { to.redirectTo(String(url)); }),
    switchTab: move('switchTab', ({ url }) => { to.switchTab(String(url)); }), reLaunch: move('reLaunch', ({ url }) => { to.reLaunch(String(url)); }),
    navigateBack: move('navigateBack', ({ delta }) => { to.navigateBack(Number(delta ?? 1)); }),
  };
}

/** Nothing is laid out here, so nothing has a place. */
function query(): object {
  const it: Record<string, unknown> = {};
  for (const name of ['in', 'select', 'selectAll', 'selectViewport', 'boundingClientRect', 'scrollOffset', 'fields', 'node', 'context']) it[name] = () => it;
  it['exec'] = (done?: (found: []) => void) => { setTimeout(() => { done?.([]); }, 0); };
  return it;
}

/** Seen and forgotten. */
const passing = ['hideToast', 'showLoading', 'hideLoading', 'stopPullDownRefresh', 'pageScrollTo'];

function updates(phone: Phone, applied: () => void) {
  return () => ({
    onCheckForUpdate: (told: (said: object) => void) => { told({ hasUpdate: phone.update }); }, onUpdateReady: (told: () => void) => { phone.listen('update', told); if (phone.update) setTimeout(told, 0); },
    onUpdateFailed: () => undefined, applyUpdate: () => { phone.update = false; applied(); },
  });
}

/** Everything the bundle calls; what is not here is not there, and fails as on a phone that lacks it. */
export function wechat(phone: Phone, layer: LogicLayer, { to, launch, restart }: { to: Navigation; launch: () => object; restart: () => void }): Record<string, unknown> {
  const api = apisOf(layer);
  const system = () => phone.system;
  const it: Record<string, unknown> = {
    ...network(phone, api), ...asking(phone, api), ...files(phone, api), ...moves(to, api), ...Object.fromEntries(passing.map((name) => [name, api(name, () => ({}))])),
    getSystemInfoSync: system, getWindowInfo: system, getDeviceInfo: system, getAppBaseInfo: system, getLaunchOptionsSync: launch, getEnterOptionsSync: launch,
    getAccountInfoSync: () => ({ miniProgram: { envVersion: 'develop' } }), nextTick: (work: () => void) => { setTimeout(() => { if (layer.alive) work(); }, 0); },
    getUpdateManager: updates(phone, restart), createSelectorQuery: query,
    onThemeChange: (listener: (said: object) => void) => { phone.listen('theme', listener); }, offThemeChange: () => { phone.unlisten('theme'); }, onKeyboardHeightChange: () => undefined,
    createIntersectionObserver: () => ({ relativeToViewport() { return this; }, observe: () => undefined, disconnect: () => undefined }),
  };
  it['canIUse'] = (what: string) => (what.split('.')[0] ?? '') in it;
  return it;
}
