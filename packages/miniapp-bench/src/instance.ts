/** A page or component that is open: its data, and the methods of its definition. */
import type { Owner } from './wxml.ts';

export type Options = Record<string, string>;
export type Method = (this: unknown, ...given: unknown[]) => unknown;
export interface Definition { readonly data?: object; readonly lifetimes?: Record<string, Method>; readonly methods?: Record<string, Method>; readonly [name: string]: unknown }

/** WeChat refuses more in one call. */
const setDataBytes = 1_048_576;

export class Instance implements Owner {
  readonly route: string;
  readonly data: Record<string, unknown>;
  options: Options = {};
  readonly children = new Map<string, Instance>();
  /** The bytes of each setData: what crosses to the drawing layer is what makes a page slow. */
  readonly sent: number[] = [];
  private readonly changed: () => void;

  constructor(definition: Definition, route: string, changed: () => void) {
    [this.route, this.changed] = [route, changed];
    this.data = JSON.parse(JSON.stringify(definition.data ?? {})) as Record<string, unknown>;
    Object.assign(this, Object.fromEntries(Object.entries({ ...definition, ...definition.methods, ...definition.lifetimes }).filter(([name]) => name !== 'data')), { is: route });
  }

  call(name: string, ...given: unknown[]): unknown {
    const method: unknown = Reflect.get(this, name);
    return typeof method === 'function' ? (method as Method).apply(this, given) : undefined;
  }
  hear(handler: string, event: object): void { this.call(handler, event); }

  setData(patch: Record<string, unknown>, done?: () => void): void {
    const text = JSON.stringify(patch);
    const bytes = Buffer.byteLength(text);
    if (bytes > setDataBytes) throw new Error(`setData of ${bytes} bytes`);
    this.sent.push(bytes);
    for (const [path, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) put(this.data, path, value);
    this.changed();
    done?.call(this);
  }
  /** What a parent gives a component. */
  receive(attributes: Record<string, unknown>): void { Object.assign(this.data, attributes); }
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
