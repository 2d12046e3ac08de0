/** The pages that are open: at most ten on top of each other, and tabs that stay as they were left. */
import type { Bundle } from './bundle.ts';
import { Instance } from './instance.ts';
import type { Options } from './instance.ts';
import type { Navigation } from './wx/wechat.ts';

const deepest = 10;
export const optionsIn = (query = ''): Options => Object.fromEntries(query.split('&').filter(Boolean).map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]));
const partsOf = (url: string): { route: string; query: string | undefined } => { const [route = '', query] = url.replace(/^\//, '').split('?'); return { route, query }; };

export class Stack implements Navigation {
  private readonly bundle: Bundle;
  private readonly changed: () => void;
  private open: Instance[] = [];
  private readonly tabs = new Map<string, Instance>();

  constructor(bundle: Bundle, changed: () => void) { [this.bundle, this.changed] = [bundle, changed]; }

  get pages(): readonly Instance[] { return this.open; }
  get front(): Instance {
    const page = this.open.at(-1);
    if (!page) throw new Error('no page is open');
    return page;
  }
  private isTab(route: string): boolean { return this.bundle.files.config.tabBar.list.some(({ pagePath }) => pagePath === route); }

  /** Opens a page on top of what is open. */
  show(url: string): void {
    const { route, query } = partsOf(url);
    this.bundle.load(route);
    const page = new Instance(this.bundle.definitionOf(route) ?? {}, route, this.changed);
    page.options = optionsIn(query);
    this.open.push(page);
    if (this.isTab(route)) this.tabs.set(route, page);
    this.changed();
    page.call('onLoad', page.options);
    page.call('onShow');
    page.call('onReady');
  }
  private close(page: Instance | undefined): void {
    if (!page) return;
    this.tabs.delete(page.route);
    page.call('onUnload');
  }
  private known(name: string, url: string, tab: boolean): void {
    const { route } = partsOf(url);
    if (!this.bundle.files.pages.includes(route)) throw new Error(`page "${route}" is not found`);
    if (this.isTab(route) !== tab) throw new Error(tab ? 'can not switch to no-tabBar page' : `can not ${name} a tabbar page`);
  }

  navigateTo(url: string): void {
    this.known('navigateTo', url, false);
    if (this.open.length >= deepest) throw new Error('webview count limit exceed');
    this.front.call('onHide');
    this.show(url);
  }
  redirectTo(url: string): void {
    this.known('redirectTo', url, false);
    this.close(this.open.pop());
    this.show(url);
  }
  /** What lies on a tab is closed; the tab itself is kept and comes back as it was. */
  switchTab(url: string): void {
    this.known('switchTab', url, true);
    const { route } = partsOf(url);
    const [before, covered] = [this.open[0], this.open.length > 1];
    for (const page of this.open.splice(1).reverse()) this.close(page);
    this.open = [];
    if (before && !this.isTab(before.route)) this.close(before);
    else if (before && before.route !== route && !covered) before.call('onHide');
    const kept = this.tabs.get(route);
    if (!kept) { this.show(url); return; }
    this.open.push(kept);
    this.changed();
    kept.call('onShow');
  }
  reLaunch(url: string): void {
    const { route } = partsOf(url);
    this.known('reLaunch', url, this.isTab(route));
    const all = [...new Set([...this.open, ...this.tabs.values()])];
    this.open = [];
    for (const page of all.reverse()) this.close(page);
    this.show(url);
  }
  navigateBack(delta: number): void {
    for (const page of this.open.splice(Math.max(1, this.open.length - delta)).reverse()) this.close(page);
    this.changed();
    this.front.call('onShow');
  }
}
