/** Opens a built mini-program as WeChat would on one person's phone: what it draws can be read, and what is drawn can be touched. */
import { Bundle, Files } from './bundle.ts';
import { Instance } from './instance.ts';
import type { Definition, Method } from './instance.ts';
import { LogicLayer } from './logic-layer.ts';
import type { Phone } from './phone.ts';
import { optionsIn, Stack } from './stack.ts';
import { elementsIn, textOf, wordsOf, Wxml } from './wxml.ts';
import type { Element, Owner } from './wxml.ts';
import { wechat } from './wx/wechat.ts';

const patience = 15_000;
/** What a touch sets going draws in a few turns of the engine; on a busy machine one long pause may end before the second of them. */
async function moment(): Promise<void> { for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => { setTimeout(resolve, 5); }); }
const bubbling = ['tap', 'longpress', 'touchstart', 'touchend'];
const typed = ['textarea', 'input'];

export class MiniProgram {
  readonly phone: Phone;
  readonly files: Files;
  /** What the bundle printed as an error or a warning. */
  readonly complaints: string[] = [];
  /** Milliseconds from its start until its first page was drawn. */
  firstDrawn: number | undefined;
  private touches = 0;
  private touched = '';
  private readonly layer: LogicLayer;
  private readonly bundle: Bundle;
  private readonly stack: Stack;
  private readonly wxml: Wxml;
  /** What a native box shows: it keeps what is typed without being told. */
  private readonly boxes = new Map<string, string>();
  private app: Definition = {};
  private started: object = {};
  private readonly questionsBefore: number;
  private begun = 0;
  private changes = 0;
  private drawn: { of: Instance; inside: (Element | string)[] } | undefined;

  constructor(folder: string, phone: Phone) {
    [this.phone, this.files] = [phone, new Files(folder)];
    this.questionsBefore = phone.questions;
    const print = (...words: unknown[]) => { this.complaints.push(words.map(String).join(' ')); };
    const define = (definition: Definition) => { this.bundle.define(definition); };
    this.layer = new LogicLayer({
      console: { log: () => undefined, info: () => undefined, debug: () => undefined, warn: print, error: print },
      App: (app: Definition) => { this.app = app; }, getApp: () => this.app, Page: define, Component: define, Behavior: (it: unknown) => it, getCurrentPages: () => [...this.stack.pages],
    });
    this.bundle = new Bundle(this.files, this.layer);
    this.stack = new Stack(this.bundle, () => { this.changed(); });
    this.wxml = new Wxml((path) => this.files.read(path), (owner, tag, attributes) => this.component(owner, tag, attributes));
    this.layer.give('wx', wechat(phone, this.layer, { to: this.stack, launch: () => this.started, restart: () => { this.end(); } }));
  }

  /** Every touch, for counting: of something, of a tab, of a wheel, of a box before one types in it, of the answer to a question that the page asks. */
  get taps(): number { return this.touches + this.phone.questions - this.questionsBefore; }
  private touch(it: string): void { this.touches += 1; this.touched = it; }
  private changed(): void {
    this.drawn = undefined;
    this.changes += 1;
    if (this.firstDrawn === undefined && this.stack.pages.some(({ sent }) => sent.length > 0)) this.firstDrawn = Date.now() - this.begun;
  }
  private component(owner: Owner, tag: string, attributes: Record<string, unknown>): { file: string; owner: Instance } | undefined {
    const route = this.bundle.uses(owner.route)[tag];
    const definition = route === undefined ? undefined : this.bundle.definitionOf(route);
    if (route === undefined || !definition || !(owner instanceof Instance)) return undefined;
    const key = `${route} ${(attributes['i'] as { sid?: string } | undefined)?.sid ?? owner.children.size}`;
    const known = owner.children.get(key);
    const instance = known ?? new Instance(definition, route, () => { this.changed(); });
    instance.receive(attributes);
    if (!known) { owner.children.set(key, instance); instance.call('attached'); }
    return { file: `${route}.wxml`, owner: instance };
  }
  private tell(name: string, said: object): void { (this.app[name] as Method | undefined)?.call(this.app, said); }

  /** Opens it at its first page, or where a message leads. */
  launch(url = this.files.pages[0] ?? ''): this {
    const [path = '', query] = url.split('?');
    this.begun = Date.now();
    this.started = this.layer.take({ path, query: optionsIn(query), scene: 1001 });
    this.bundle.require('app');
    this.tell('onLaunch', this.started);
    this.tell('onShow', this.started);
    if (this.files.pages.includes(path)) this.stack.show(url);
    else { this.stack.show(this.files.pages[0] ?? ''); this.tell('onPageNotFound', { path, query: optionsIn(query), isEntryPage: true }); }
    return this;
  }
  /** WeChat goes to the background: the last chance to save. */
  hide(): void { this.front.call('onHide'); this.tell('onHide', {}); }
  show(): void { this.tell('onShow', this.started); this.front.call('onShow'); }
  /** WeChat ends it without a word: no timer of it runs on, no answer reaches it. */
  end(): void { this.layer.end(); this.phone.released(); }
  get alive(): boolean { return this.layer.alive; }

  /** What a test asks the engine itself. */
  run(code: string): unknown { return this.layer.evaluate(code); }
  get front(): Instance { return this.stack.front; }
  get route(): string { return this.front.route; }
  get pages(): readonly Instance[] { return this.stack.pages; }
  /** The back button of the phone. */
  async back(): Promise<void> { this.stack.navigateBack(1); await moment(); }
  /** A touch of the bar below. */
  async tab(words: string): Promise<void> {
    const tab = this.files.config.tabBar.list.find(({ text }) => text === words);
    if (!tab) throw new Error(`there is no tab ${words}`);
    this.touch('');
    this.stack.switchTab(tab.pagePath);
    await moment();
  }
  async pull(): Promise<void> {
    if (this.files.configOf(this.route).enablePullDownRefresh !== true) throw new Error(`${this.route} cannot be pulled down`);
    this.front.call('onPullDownRefresh');
    await moment();
  }
  /** In the place of all that is open, as a test sets its stage. */
  goTo(url: string): void { this.stack.reLaunch(url); }
  async reachBottom(): Promise<void> { this.front.call('onReachBottom'); await moment(); }

  /** What the page in front draws. */
  draw(): readonly (Element | string)[] {
    const { front } = this;
    if (this.drawn?.of !== front) this.drawn = { of: front, inside: this.wxml.draw(`${front.route}.wxml`, front) };
    return this.drawn.inside;
  }
  text(): string { return this.draw().map(textOf).join('\n'); }

  /** Waits for something that has to come by itself. */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    for (const end = Date.now() + patience; ;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${what} did not come. On ${this.route}:\n${this.text()}\n${this.phone.toasts.join('\n')}\n${this.complaints.join('\n')}`);
      await moment();
    }
  }
  /** Until nothing is asked for and nothing was drawn for a few looks; looks and not milliseconds, for one slow turn may take many of those. */
  quiet(): Promise<true> {
    let [seen, still] = [this.changes, 0];
    return this.until('a quiet moment', () => {
      still = this.phone.running === 0 && this.changes === seen ? still + 1 : 0;
      seen = this.changes;
      return still > 5 ? true : undefined;
    });
  }
  sees(words: string): Promise<true> { return this.until(`“${words}”`, () => (this.text().includes(words) ? true : undefined)); }
  seesNoMore(words: string): Promise<true> { return this.until(`the end of “${words}”`, () => (this.text().includes(words) ? undefined : true)); }

  /** The innermost element that says exactly this, or carries it as its label. */
  find(words: string, fits: (it: Element) => boolean = () => true): Promise<Element> {
    return this.until(`an element “${words}”`, () => elementsIn(this.draw()).findLast((it) => (it.attributes['aria-label'] === words || textOf(it) === words) && fits(it)));
  }
  /** An event at an element and at all around it that listen, innermost first, until one catches it. */
  private fire(target: Element, type: string, detail: object): void {
    const refer = (it: Element) => ({ id: wordsOf(it.attributes['id']), dataset: Object.fromEntries(Object.entries(it.attributes).filter(([name]) => name.startsWith('data-')).map(([name, value]) => [name.slice(5), value])) });
    let heard = false;
    for (let at: Element | undefined = target; at; at = bubbling.includes(type) ? at.parent : undefined) {
      const listener = at.listens.get(type);
      if (!listener) continue;
      heard = true;
      this.phone.tapping = type === 'tap';
      at.owner.hear(listener.handler, this.layer.take({ type, timeStamp: Date.now(), target: refer(target), currentTarget: refer(at), detail, touches: [], changedTouches: [], mark: {} }));
      this.phone.tapping = false;
      if (listener.catches) break;
    }
    if (!heard) throw new Error(`nobody listens to ${type} on “${textOf(target)}”`);
  }

  /** One of several that say the same: the one inside what carries this label. */
  tapIn(label: string, words: string): Promise<void> { return this.tap(words, (it) => around(it, ({ attributes }) => attributes['aria-label'] === label) !== undefined); }
  /** One touch, and the moment that a hand needs before the next. At a button of WeChat's own kind it brings what that kind brings. */
  async tap(words: string, fits?: (it: Element) => boolean): Promise<void> {
    const target = await this.find(words, fits);
    this.touch('');
    this.fire(target, 'tap', { x: 0, y: 0 });
    const button = around(target, (it) => it.tag === 'button');
    if (button?.attributes['open-type'] === 'getPhoneNumber') {
      this.phone.asked.push('getPhoneNumber');
      const allowed = this.phone.number === 'allow';
      this.fire(button, 'getphonenumber', allowed ? { code: await this.phone.wechatCode('phone-code'), errMsg: 'getPhoneNumber:ok' } : { errMsg: 'getPhoneNumber:fail user deny' });
    }
    await moment();
  }
  /** Puts these words into a box in the place of what it holds; to get into it is one touch. */
  async type(label: string, value: string): Promise<void> {
    const box = await this.box(label);
    if (this.touched !== keyOf(box)) this.touch(keyOf(box));
    const most = Number(box.attributes['maxlength'] ?? 140);
    const kept = most < 0 ? value : value.slice(0, most);
    this.boxes.set(keyOf(box), kept);
    this.fire(box, 'input', { value: kept, cursor: kept.length });
    await moment();
  }
  /** The finger goes elsewhere. */
  async leave(label: string): Promise<void> { this.fire(await this.box(label), 'blur', { value: await this.value(label) }); await moment(); }
  /** What a box holds. */
  async value(label: string): Promise<string> { return this.shownIn(await this.box(label)); }
  shownIn(box: Element): string { return this.boxes.get(keyOf(box)) ?? wordsOf(box.attributes['value']); }
  private box(label: string): Promise<Element> { return this.find(label, ({ tag }) => typed.includes(tag)); }
  /** Turns the wheel that these words open, or the switch of this label: the value as WeChat tells it. */
  async choose(words: string, value: string | number | boolean): Promise<void> {
    const found = await this.find(words, (it) => around(it, ({ tag }) => tag === 'picker' || tag === 'switch') !== undefined);
    this.touch('');
    const wheel = around(found, ({ tag }) => tag === 'picker' || tag === 'switch') ?? found;
    const { mode, range, start, end } = wheel.attributes;
    if (mode === 'selector' && !(range as readonly unknown[])[Number(value)]) throw new Error(`the wheel has no row ${String(value)}`);
    if ((mode === 'date' || mode === 'time') && ((typeof start === 'string' && value < start) || (typeof end === 'string' && value > end))) throw new Error(`${String(value)} is not on the wheel`);
    this.fire(wheel, 'change', { value });
    await moment();
  }
}

const keyOf = (it: Element): string => `${it.owner.route} ${wordsOf(it.attributes['data-sid'])}`;
function around(it: Element, fits: (it: Element) => boolean): Element | undefined {
  for (let at: Element | undefined = it; at; at = at.parent) if (fits(at)) return at;
  return undefined;
}
