/** Opens a built mini-program in Node as WeChat would: a bare logic layer, a stack of pages, setData over a wire, WXML drawn from it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { compileFunction, createContext, runInContext } from 'node:vm';
import type { Context } from 'node:vm';
import { wechat } from './wechat.ts';
import type { Navigation, Phone } from './wechat.ts';
import { textOf, wordsOf, Wxml } from './wxml.ts';
import type { Element, Owner } from './wxml.ts';

type Options = Record<string, string>;
type Method = (this: Instance, ...given: unknown[]) => unknown;
interface Definition { readonly data?: object; readonly lifetimes?: Record<string, Method>; readonly methods?: Record<string, Method>; readonly [name: string]: unknown }
interface Config { readonly pages: string[]; readonly subPackages?: { root: string; pages: string[] }[]; readonly tabBar: { list: { pagePath: string }[] } }

const setDataBytes = 1_048_576;
const stackDepth = 10;
const patience = 15_000;
const moment = () => new Promise((resolve) => { setTimeout(resolve, 20); });
const bubbling = ['tap', 'longpress', 'touchstart', 'touchend'];
/** An iPhone reads '2022-07-26 09:30' as no date at all, and has neither of these. */
const asOnIos = `(() => {
  const Known = Date, odd = (given) => typeof given === 'string' && /^\\d+-\\d+-\\d+ /.test(given);
  const parse = (text) => (odd(text) ? NaN : Known.parse(text));
  Date = new Proxy(Known, { construct: (it, given) => (odd(given[0]) ? new it(NaN) : new it(...given)), get: (it, name) => (name === 'parse' ? parse : it[name]) });
  delete globalThis.Intl; delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer;
})()`;

/** A page or component that is open: its data, and the methods of its definition. */
class Instance implements Owner {
  readonly route: string;
  readonly data: Record<string, unknown>;
  options: Options = {};
  readonly children = new Map<string, Instance>();
  readonly sent: number[] = [];
  constructor(definition: Definition, route: string) {
    this.route = route;
    this.data = JSON.parse(JSON.stringify(definition.data ?? {})) as Record<string, unknown>;
    Object.assign(this, Object.fromEntries(Object.entries({ ...definition, ...definition.methods, ...definition.lifetimes }).filter(([name]) => name !== 'data')), { is: route });
  }
  call(name: string, ...given: unknown[]): void {
    const method: unknown = Reflect.get(this, name);
    if (typeof method === 'function') (method as Method).apply(this, given);
  }
  hear(handler: string, event: object): void { this.call(handler, event); }
  setData(patch: Record<string, unknown>, done?: () => void): void {
    const text = JSON.stringify(patch);
    const bytes = Buffer.byteLength(text);
    if (bytes > setDataBytes) throw new Error(`setData of ${bytes} bytes`);
    this.sent.push(bytes);
    for (const [path, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) put(this.data, path, value);
    done?.call(this);
  }
  createSelectorQuery(): undefined { return undefined; }
  selectComponent(): null { return null; }
}

/** root.cn.[0].v */
function put(data: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.match(/[^.[\]]+/g) ?? [];
  const last = steps.pop() ?? '';
  let at = data;
  for (const [index, step] of steps.entries()) {
    at[step] ??= /^\d+$/.test(steps[index + 1] ?? last) ? [] : {};
    at = at[step] as Record<string, unknown>;
  }
  at[last] = value;
}

const optionsIn = (query = ''): Options => Object.fromEntries(query.split('&').filter(Boolean).map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]));

export class MiniProgram implements Navigation {
  readonly phone: Phone;
  readonly config: Config;
  /** What the bundle printed as an error or a warning. */
  readonly complaints: string[] = [];
  private readonly dist: string;
  private readonly context: Context;
  private readonly modules = new Map<string, { exports: object }>();
  private readonly definitions = new Map<string, Definition>();
  private readonly wxml: Wxml;
  private readonly stack: Instance[] = [];
  private app: Definition = {};
  private loading = '';
  private started: object = {};

  constructor(dist: string, phone: Phone) {
    [this.dist, this.phone] = [dist, phone];
    this.config = JSON.parse(this.read('app.json')) as Config;
    const print = (...words: unknown[]) => { this.complaints.push(words.map(String).join(' ')); };
    const define = (definition: Definition) => { this.definitions.set(this.loading, definition); };
    this.context = createContext({
      wx: wechat(phone, this, () => this.started), console: { log: () => undefined, info: () => undefined, debug: () => undefined, warn: print, error: print },
      global: {}, setTimeout, clearTimeout, setInterval, clearInterval, App: (app: Definition) => { this.app = app; }, getApp: () => this.app, Page: define, Component: define, Behavior: (it: unknown) => it,
      getCurrentPages: () => [...this.stack],
    }, { codeGeneration: { strings: false, wasm: false } });
    runInContext(asOnIos, this.context);
    this.wxml = new Wxml((path) => this.read(path), (owner, tag, attributes) => this.component(owner, tag, attributes));
  }

  private read(path: string): string { return readFileSync(join(this.dist, path), 'utf8'); }
  private require(path: string): object {
    const file = path.endsWith('.js') ? path : `${path}.js`;
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    const run = compileFunction(this.read(file), ['module', 'exports', 'require'], { parsingContext: this.context, filename: join(this.dist, file) }) as (...given: unknown[]) => void;
    run(module, module.exports, (other: string) => this.require(posix.join(posix.dirname(file), other)));
    return module.exports;
  }
  private uses(route: string): Record<string, string> {
    const path = `${route}.json`;
    const { usingComponents = {} } = existsSync(join(this.dist, path)) ? JSON.parse(this.read(path)) as { usingComponents?: Record<string, string> } : {};
    return Object.fromEntries(Object.entries(usingComponents).map(([tag, at]) => [tag, posix.join(posix.dirname(route), at)]));
  }
  private load(route: string): void {
    if (this.definitions.has(route)) return;
    for (const used of Object.values(this.uses(route))) if (used !== route) this.load(used);
    this.loading = route;
    this.require(route);
  }
  private component(owner: Owner, tag: string, attributes: Record<string, unknown>): { file: string; owner: Instance } | undefined {
    const route = this.uses(owner.route)[tag];
    const definition = route === undefined ? undefined : this.definitions.get(route);
    if (route === undefined || !definition || !(owner instanceof Instance)) return undefined;
    const key = `${route} ${(attributes['i'] as { sid?: string } | undefined)?.sid ?? owner.children.size}`;
    const known = owner.children.get(key);
    const instance = known ?? new Instance(definition, route);
    Object.assign(instance.data, attributes);
    if (!known) { owner.children.set(key, instance); instance.call('attached'); }
    return { file: `${route}.wxml`, owner: instance };
  }

  /** Opens it at its first page, or where a message leads. */
  launch(url = this.config.pages[0] ?? ''): this {
    const [path = '', query] = url.split('?');
    this.started = { path, query: optionsIn(query), scene: 1001 };
    this.require('app');
    for (const name of ['onLaunch', 'onShow']) (this.app[name] as Method | undefined)?.call(this.app as never, this.started);
    this.open(url);
    return this;
  }
  /** WeChat goes to the background: the last chance to save. */
  hide(): void { this.page.call('onHide'); (this.app['onHide'] as Method | undefined)?.call(this.app as never, {}); }

  private open(url: string): void {
    const [route = '', query] = url.replace(/^\//, '').split('?');
    const pages = [...this.config.pages, ...(this.config.subPackages ?? []).flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`))];
    if (!pages.includes(route)) throw new Error(`${route} is not a page of this mini-program`);
    if (this.stack.length >= stackDepth) throw new Error('navigateTo:fail webview count limit exceed');
    const root = this.config.subPackages?.find((it) => route.startsWith(`${it.root}/`))?.root;
    if (root !== undefined && existsSync(join(this.dist, root, 'sub-vendors.js'))) this.require(`${root}/sub-vendors`);
    this.load(route);
    const page = new Instance(this.definitions.get(route) ?? {}, route);
    page.options = optionsIn(query);
    this.stack.push(page);
    page.call('onLoad', page.options);
    page.call('onShow');
    page.call('onReady');
  }
  private close(count: number): void { for (let left = count; left > 0; left -= 1) this.stack.pop()?.call('onUnload'); }
  private isTab(url: string): boolean { return this.config.tabBar.list.some(({ pagePath }) => pagePath === url.replace(/^\//, '').split('?')[0]); }

  navigateTo(url: string): void {
    if (this.isTab(url)) throw new Error('navigateTo:fail can not navigateTo a tabbar page');
    this.page.call('onHide');
    this.open(url);
  }
  redirectTo(url: string): void {
    if (this.isTab(url)) throw new Error('redirectTo:fail can not redirectTo a tabbar page');
    this.close(1);
    this.open(url);
  }
  switchTab(url: string): void {
    if (!this.isTab(url)) throw new Error('switchTab:fail can not switch to no-tabBar page');
    this.reLaunch(url);
  }
  reLaunch(url: string): void { this.close(this.stack.length); this.open(url); }
  navigateBack(delta: number): void { this.close(Math.min(delta, this.stack.length - 1)); this.page.call('onShow'); }

  get page(): Instance {
    const page = this.stack.at(-1);
    if (!page) throw new Error('no page is open');
    return page;
  }
  get route(): string { return this.page.route; }
  /** Every element of the page in front, outer ones first. */
  private elements(): Element[] {
    const found: Element[] = [];
    const walk = (it: Element | string) => { if (typeof it !== 'string') { found.push(it); it.inside.forEach(walk); } };
    this.wxml.draw(`${this.page.route}.wxml`, this.page).forEach(walk);
    return found;
  }
  text(): string { return this.wxml.draw(`${this.page.route}.wxml`, this.page).map(textOf).join('\n'); }

  /** Waits for something that has to come by itself. */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    for (const end = Date.now() + patience; ;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${what} did not come. On ${this.route}:\n${this.text()}\n${this.phone.toasts.join('\n')}\n${this.complaints.join('\n')}`);
      await moment();
    }
  }
  sees(words: string): Promise<true> { return this.until(`“${words}”`, () => (this.text().includes(words) ? true : undefined)); }

  /** The innermost element that says exactly this, or carries it as its label. */
  private find(words: string, fits: (it: Element) => boolean = () => true): Promise<Element> {
    return this.until(`an element “${words}”`, () => this.elements().findLast((it) => (textOf(it) === words || it.attributes['aria-label'] === words) && fits(it)));
  }
  async fire(words: string, type: string, detail: object): Promise<void> {
    // WeChat asks for the phone number at a button of that kind only.
    const target = await this.find(words, (it) => type !== 'getphonenumber' || it.attributes['open-type'] === 'getPhoneNumber');
    const refer = (it: Element) => ({ id: wordsOf(it.attributes['id']), dataset: Object.fromEntries(Object.entries(it.attributes).filter(([name]) => name.startsWith('data-')).map(([name, value]) => [name.slice(5), value])) });
    let heard = false;
    for (let at: Element | undefined = target; at; at = bubbling.includes(type) ? at.parent : undefined) {
      const listener = at.listens.get(type);
      if (!listener) continue;
      heard = true;
      this.phone.tapping = type === 'tap';
      at.owner.hear(listener.handler, { type, timeStamp: Date.now(), target: refer(target), currentTarget: refer(at), detail, touches: [], changedTouches: [], mark: {} });
      this.phone.tapping = false;
      if (listener.catches) break;
    }
    if (!heard) throw new Error(`nobody listens to ${type} on “${words}”`);
  }
  /** One touch, and the moment that a hand needs before the next. */
  async tap(words: string): Promise<void> {
    await this.fire(words, 'tap', { x: 0, y: 0 });
    await moment();
  }
  async type(label: string, value: string): Promise<void> {
    await this.fire(label, 'input', { value, cursor: value.length });
    await moment();
  }
}
