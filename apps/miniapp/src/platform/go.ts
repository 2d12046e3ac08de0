import Taro from '@tarojs/taro';
import type { DocumentKind } from '@lvzhi/domain';

const places = {
  home: '/pages/home/index', duties: '/pages/duties/index', notices: '/pages/notices/index', me: '/pages/me/index',
  about: '/guest/about/index', bind: '/guest/bind/index', privacy: '/guest/privacy/index', public: '/guest/public/index', publicText: '/guest/text/index',
  form: '/submit/form/index', done: '/submit/done/index',
  detail: '/cases/detail/index', queue: '/cases/queue/index', entry: '/cases/entry/index', cosign: '/cases/cosign/index', review: '/cases/review/index', ballot: '/cases/ballot/index', visit: '/visits/notice/index', devices: '/account/devices/index', desk: '/account/desk/index', reminders: '/mine/reminders/index',
} as const;
export type Place = keyof typeof places;
type Facts = Record<string, string | undefined>;

const address = (place: Place, facts: Facts): string => {
  const query = Object.entries(facts).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&');
  return query ? `${places[place]}?${query}` : places[place];
};
const tabs: readonly Place[] = ['home', 'duties', 'notices', 'me'];

/** Opens a page on top of this one; a tab takes its place. */
export function go(place: Place, facts: Facts = {}): void {
  if (tabs.includes(place)) void Taro.switchTab({ url: places[place] });
  else void Taro.navigateTo({ url: address(place, facts) });
}
/** In the place of this page, so that 返回 does not lead back to what is done. */
export function replaceBy(place: Place, facts: Facts = {}): void { void Taro.redirectTo({ url: address(place, facts) }); }
/** Back to the page before, or to 待办 where there is none (opened from a message). */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack(); else go('home');
}
/** A case under review: in the place of the one that is shown, else on top. */
export function goToReview(id: string): void {
  const pages = Taro.getCurrentPages();
  const shown = pages[pages.length - 1]?.route ?? '';
  if (shown.includes('cases/review')) replaceBy('review', { id }); else go('review', { id });
}
/** The document that a notice or task is about. */
export function goToDocument(kind: DocumentKind, id: string): void { go(kind === 'visit' || kind === 'entry' || kind === 'ballot' || kind === 'cosign' ? kind : 'detail', { id }); }
/** The demonstration page where a browser chooses its WeChat account. */
export function goToFakePhone(): void { if (process.env.TARO_ENV === 'h5') window.location.assign('/__fake/phone'); }
/** An address that no page has reads like a case that one may not see: the same words, and the way home. */
export function goNowhere(): void { replaceBy('detail', { id: 'none' }); }
