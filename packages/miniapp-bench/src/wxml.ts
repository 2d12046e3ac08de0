/** WXML, WeChat's page language, as far as Taro writes it: text → parts → the tree that a phone would draw. */
import { posix } from 'node:path';
import { compileFunction } from 'node:vm';

type Scope = Readonly<Record<string, unknown>>;
type Value = (scope: Scope) => unknown;
interface Tag { readonly name: string; readonly raw: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, Value>>; readonly inside: readonly Part[] }
type Part = Tag | Value;
interface Template { readonly inside: readonly Part[]; readonly file: WxmlFile }
interface WxmlFile { readonly path: string; readonly parts: readonly Part[]; readonly templates: Map<string, Template>; readonly scripts: Record<string, unknown> }

/** Whoever hears the events of what is drawn: a page or a component. */
export interface Owner { readonly route: string; readonly data: Record<string, unknown>; hear(handler: string, event: object): void }
export interface Element {
  readonly tag: string; readonly attributes: Record<string, unknown>; readonly listens: Map<string, { handler: string; catches: boolean }>;
  readonly owner: Owner; parent: Element | undefined; inside: (Element | string)[];
}
/** Draws a component that a page uses in the place of a tag; undefined: the tag is WeChat's own. */
export type Components = (owner: Owner, tag: string, attributes: Record<string, unknown>) => { file: string; owner: Owner } | undefined;

/** An expression between two braces. What it cannot reach is undefined, as on the phone. */
function expression(code: string): Value {
  const run = compileFunction(`with ($) { return (${code}); }`, ['$']) as (scope: object) => unknown;
  return (scope) => {
    const reach = new Proxy(scope, { has: () => true, get: (it, name) => (name === Symbol.unscopables ? undefined : it[String(name)]) });
    try { return run(reach); } catch (error) { if ((error as Error).name === 'TypeError') return undefined; throw error; }
  };
}

/** As WeChat writes a value into a page: nothing for what is not there. */
export const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');
/** `a{{b}}c`; alone between its braces a value keeps its type. */
function valueOf(text: string): Value {
  const pieces = text.split(/\{\{([^]*?)\}\}/).map((piece, index) => (index % 2 === 1 ? expression(piece) : piece)).filter((piece) => piece !== '');
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'function') return only;
  return (scope) => pieces.map((piece) => (typeof piece === 'function' ? wordsOf(piece(scope)) : piece)).join('');
}

const comments = /<!--[^]*?-->/g;
const tokens = /<\/([\w-]+)\s*>|<([\w-]+)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>|([^<]+)/g;
const attribute = /([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

function tagOf(name: string, written: string, inside: Part[]): Tag {
  const raw: Record<string, string> = {};
  for (const [, key = '', double, single] of written.matchAll(attribute)) raw[key] = double ?? single ?? '{{true}}';
  const values = Object.fromEntries(Object.entries(raw).map(([key, text]) =>
    [key, key === 'data' && name === 'template' ? expression(`{${text.trim().replace(/^\{\{|\}\}$/g, '')}}`) : valueOf(text)]));
  return { name, raw, values, inside };
}

function parse(source: string): readonly Part[] {
  const root: Part[] = [];
  const open: { name: string; inside: Part[] }[] = [{ name: '', inside: root }];
  for (const [, closed, name, written = '', alone, text] of source.replace(comments, '').matchAll(tokens)) {
    const here = open.at(-1);
    if (closed !== undefined) { if (here?.name === closed) open.pop(); continue; }
    if (name === undefined) { if (text?.trim()) here?.inside.push(valueOf(text.trim())); continue; }
    const inside: Part[] = [];
    here?.inside.push(tagOf(name, written, inside));
    if (alone === '' && !['import', 'include'].includes(name)) open.push({ name, inside });
  }
  return root;
}

export class Wxml {
  private readonly files = new Map<string, WxmlFile>();
  private readonly read: (path: string) => string;
  private readonly components: Components;
  constructor(read: (path: string) => string, components: Components) { this.read = read; this.components = components; }

  /** What the page or component draws with its present data. */
  draw(path: string, owner: Owner): (Element | string)[] {
    const file = this.file(path);
    return this.many(file.parts, { ...file.scripts, ...owner.data }, file, owner);
  }

  private file(path: string): WxmlFile {
    const known = this.files.get(path);
    if (known) return known;
    const file: WxmlFile = { path, parts: parse(this.read(path)), templates: new Map(), scripts: {} };
    this.files.set(path, file);
    const beside = (other = '') => posix.join(posix.dirname(path), other);
    for (const part of file.parts) {
      if (typeof part === 'function') continue;
      if (part.name === 'import') for (const [name, template] of this.file(beside(part.raw['src'])).templates) file.templates.set(name, template);
      if (part.name === 'template' && part.raw['name'] !== undefined) file.templates.set(part.raw['name'], { inside: part.inside, file });
      if (part.name === 'wxs') file.scripts[part.raw['module'] ?? ''] = this.script(beside(part.raw['src']));
    }
    return file;
  }

  private script(path: string): unknown {
    const module = { exports: {} };
    (compileFunction(this.read(path), ['module', 'exports']) as (module: object, exports: object) => void)(module, module.exports);
    return module.exports;
  }

  private many(parts: readonly Part[], scope: Scope, file: WxmlFile, owner: Owner): (Element | string)[] {
    const drawn: (Element | string)[] = [];
    let taken = false;
    for (const part of parts) {
      if (typeof part === 'function') { const text = wordsOf(part(scope)); if (text !== '') drawn.push(text); continue; }
      if (['import', 'wxs'].includes(part.name) || (part.name === 'template' && 'name' in part.raw)) continue;
      const { 'wx:for': list, 'wx:if': first, 'wx:elif': then, 'wx:else': last } = part.values;
      // Of a chain of if, elif and else the first that holds is drawn.
      const condition = first ?? then ?? last;
      if (condition) {
        const before: boolean = !first && taken;
        const holds: boolean = !before && (condition === last || Boolean(condition(scope)));
        taken = before || holds;
        if (!holds) continue;
      }
      if (!list) { drawn.push(...this.one(part, scope, file, owner)); continue; }
      const [item, index] = [part.raw['wx:for-item'] ?? 'item', part.raw['wx:for-index'] ?? 'index'];
      for (const [at, each] of ((list(scope) ?? []) as unknown[]).entries()) drawn.push(...this.one(part, { ...scope, [item]: each, [index]: at }, file, owner));
    }
    return drawn;
  }

  private one(part: Tag, scope: Scope, file: WxmlFile, owner: Owner): (Element | string)[] {
    if (part.name === 'block') return this.many(part.inside, scope, file, owner);
    if (part.name === 'template') {
      const name = String(part.values['is']?.(scope));
      const template = file.templates.get(name);
      if (!template) throw new Error(`${file.path} has no template ${name}`);
      return this.many(template.inside, { ...template.file.scripts, ...part.values['data']?.(scope) as Scope }, template.file, owner);
    }
    const element: Element = { tag: part.name, attributes: {}, listens: new Map(), owner, parent: undefined, inside: [] };
    for (const [key, value] of Object.entries(part.values)) {
      const event = /^(bind|catch):?(.+)$/.exec(key);
      if (event?.[2] !== undefined) element.listens.set(event[2], { handler: String(value(scope)), catches: event[1] === 'catch' });
      else if (!key.startsWith('wx:')) element.attributes[key] = value(scope);
    }
    const component = this.components(owner, part.name, element.attributes);
    element.inside = component ? this.draw(component.file, component.owner) : this.many(part.inside, scope, file, owner);
    for (const child of element.inside) if (typeof child !== 'string') child.parent = element;
    return [element];
  }
}

const inLine = (it: Element | string): boolean => typeof it === 'string' || it.tag === 'text';
/** All that can be read in it: a line for each block, as it is drawn. */
export function textOf(it: Element | string): string {
  if (typeof it === 'string') return it;
  return it.inside.map((child) => (inLine(child) ? textOf(child) : `\n${textOf(child)}\n`)).join('').replace(/\n+/g, '\n').replace(/^\n|\n$/g, '');
}
/** Every element in it, outer ones first. */
export function elementsIn(drawn: readonly (Element | string)[]): Element[] {
  return drawn.flatMap((it) => (typeof it === 'string' ? [] : [it, ...elementsIn(it.inside)]));
}
