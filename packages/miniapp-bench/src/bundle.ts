/** What a build handed to WeChat: its files, its configuration, and the pages and components that its scripts define. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Definition } from './instance.ts';
import type { LogicLayer } from './logic-layer.ts';

interface Config {
  readonly pages: readonly string[]; readonly subPackages?: readonly { readonly root: string; readonly pages: readonly string[] }[];
  readonly tabBar: { readonly list: readonly { readonly pagePath: string; readonly text: string }[] };
}
interface PageConfig { readonly usingComponents?: Record<string, string>; readonly enablePullDownRefresh?: boolean; readonly navigationBarTitleText?: string }

/** The files alone: enough for what can be said without running them. */
export class Files {
  readonly config: Config;
  readonly folder: string;
  constructor(folder: string) { this.folder = folder; this.config = JSON.parse(this.read('app.json')) as Config; }
  read(path: string): string { return readFileSync(join(this.folder, path), 'utf8'); }
  has(path: string): boolean { return existsSync(join(this.folder, path)); }
  get pages(): readonly string[] { return [...this.config.pages, ...(this.config.subPackages ?? []).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))]; }
  get roots(): readonly string[] { return (this.config.subPackages ?? []).map(({ root }) => root); }
  configOf(route: string): PageConfig { const path = `${route}.json`; return this.has(path) ? JSON.parse(this.read(path)) as PageConfig : {}; }
}

export class Bundle {
  readonly files: Files;
  private readonly layer: LogicLayer;
  private readonly modules = new Map<string, { exports: object }>();
  private readonly definitions = new Map<string, Definition>();
  private readonly begun = new Set<string>();
  private loading = '';

  constructor(files: Files, layer: LogicLayer) { [this.files, this.layer] = [files, layer]; }

  /** Page({…}) and Component({…}) belong to the file that is being loaded. */
  define(definition: Definition): void { this.definitions.set(this.loading, definition); }
  definitionOf(route: string): Definition | undefined { return this.definitions.get(route); }

  require(path: string): object {
    const file = path.endsWith('.js') ? path : `${path}.js`;
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    this.layer.run(this.files.read(file), join(this.files.folder, file), module, (other) => this.require(posix.join(posix.dirname(file), other)));
    return module.exports;
  }

  /** The components that a page or component draws with, by their tags. */
  uses(route: string): Record<string, string> {
    return Object.fromEntries(Object.entries(this.files.configOf(route).usingComponents ?? {}).map(([tag, at]) => [tag, posix.join(posix.dirname(route), at)]));
  }

  /** A page is loaded when it is first opened, with the sub-package that it lies in. Components name each other, so what is known is left. */
  load(route: string): void {
    if (this.begun.has(route)) return;
    this.begun.add(route);
    const root = this.files.roots.find((it) => route.startsWith(`${it}/`));
    if (root !== undefined && this.files.has(`${root}/sub-vendors.js`)) this.require(`${root}/sub-vendors`);
    for (const used of Object.values(this.uses(route))) this.load(used);
    this.loading = route;
    this.require(route);
  }
}
