/** WeChat's logic layer: a JavaScript engine with almost nothing in it (platform facts §2.2), whose timers end with it. */
import { compileFunction, createContext, runInContext } from 'node:vm';
import type { Context } from 'node:vm';

/** The oldest base library that the mini-program is for; the console of WeChat is told the same (docs/operations.md). */
export const leastLibrary = '2.33.0';
/** What an iPhone under iOS 14 with that library lacks and its polyfills do not bring; V8 has it. */
const lacking = ['Intl', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'Iterator', 'AsyncDisposableStack', 'DisposableStack', 'Float16Array',
  'Array.fromAsync', 'Array.prototype.toSorted', 'Array.prototype.toReversed', 'Array.prototype.toSpliced', 'Array.prototype.with', 'Object.groupBy', 'Map.groupBy', 'Promise.withResolvers', 'Promise.try',
  'Set.prototype.union', 'Set.prototype.intersection', 'Set.prototype.difference', 'Set.prototype.isSubsetOf', 'String.prototype.isWellFormed', 'String.prototype.toWellFormed', 'Error.captureStackTrace', 'RegExp.escape'];

/** An iPhone reads '2022-07-26 09:30' as no date at all. */
const asOnIos = `(() => {
  const Known = Date, odd = (given) => typeof given === 'string' && /^\\d+-\\d+-\\d+ /.test(given);
  const parse = (text) => (odd(text) ? NaN : Known.parse(text));
  Date = new Proxy(Known, { construct: (it, given) => (odd(given[0]) ? new it(NaN) : new it(...given)), get: (it, name) => (name === 'parse' ? parse : it[name]) });
})()`;

type Work = (...given: unknown[]) => unknown;

export class LogicLayer {
  private readonly context: Context;
  private readonly timers = new Set<NodeJS.Timeout>();
  private ended = false;

  constructor(globals: Record<string, unknown>) {
    this.context = createContext({
      global: {}, setTimeout: this.timer(setTimeout), setInterval: this.timer(setInterval), clearTimeout: (id: NodeJS.Timeout) => { this.clear(id); }, clearInterval: (id: NodeJS.Timeout) => { this.clear(id); }, ...globals,
    }, { codeGeneration: { strings: false, wasm: false } });
    runInContext(asOnIos, this.context);
    for (const name of lacking) runInContext(`delete ${name.includes('.') ? name : `globalThis.${name}`}`, this.context);
  }

  /** False once WeChat has ended it: nothing of it runs any more, and no answer reaches it. */
  get alive(): boolean { return !this.ended; }
  end(): void {
    this.ended = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** Runs a module's text as WeChat does. */
  run(text: string, path: string, module: { exports: object }, require: (path: string) => object): void {
    const body = compileFunction(text, ['module', 'exports', 'require'], { parsingContext: this.context, filename: path }) as Work;
    body(module, module.exports, require);
  }
  give(name: string, value: unknown): void { this.context[name] = value; }
  evaluate(code: string): unknown { return runInContext(code, this.context); }
  /** What comes from outside arrives as data, made of this engine's own objects. */
  take<T>(value: T): T { return (this.evaluate('JSON.parse') as (text: string) => T)(JSON.stringify(value)); }

  private timer(begin: typeof setTimeout | typeof setInterval) {
    return (work: Work, ms?: number, ...given: unknown[]): NodeJS.Timeout => {
      const id = begin(() => {
        if (begin === setTimeout) this.timers.delete(id);
        if (!this.ended) work(...given);
      }, ms);
      this.timers.add(id);
      return id;
    };
  }
  private clear(id: NodeJS.Timeout): void { clearTimeout(id); this.timers.delete(id); }
}
