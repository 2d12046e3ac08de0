/** What the last release of the mini-program sends and reads, kept as shapes; what the server must go on taking and giving (decision 33). */
import { createHash } from 'node:crypto';
import { filesOf } from '@lvzhi/miniapp-bench';

/** JSON Schema, as far as the routes use it. */
export interface Shape {
  readonly type?: string; readonly properties?: Readonly<Record<string, Shape>>; readonly required?: readonly string[]; readonly items?: Shape; readonly anyOf?: readonly Shape[]; readonly enum?: readonly unknown[]; readonly const?: unknown;
  readonly additionalProperties?: Shape | boolean; readonly minLength?: number; readonly maxLength?: number; readonly minItems?: number; readonly maxItems?: number; readonly minimum?: number; readonly maximum?: number; readonly $shape?: string;
}
export interface Operation { readonly method: string; readonly path: string; readonly sent: Shape; readonly given: Shape }
export interface LastClient { readonly release: string; readonly operations: Readonly<Record<string, Operation>>; /** Shapes that several operations share. */ readonly shapes: Readonly<Record<string, Shape>> }

interface Described { readonly operationId: string; readonly parameters: readonly { name: string; required: boolean; schema: Shape }[]; readonly requestBody?: { content: { 'application/json': { schema: Shape } } }; readonly responses: { 200: { content: { 'application/json': { schema: Shape } } } } }
export interface OpenApi { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> }

/** The server's own description, by the names under which the clients call. */
export function operationsIn({ paths }: OpenApi): Record<string, Operation> {
  return Object.fromEntries(Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId, parameters, requestBody, responses }]): [string, Operation] => {
    const body = requestBody?.content['application/json'].schema;
    const sent = { type: 'object', properties: { ...Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])), ...body?.properties }, required: [...parameters.filter(({ required }) => required).map(({ name }) => name), ...body?.required ?? []] };
    return [operationId, { method: method.toUpperCase(), path, sent, given: responses[200].content['application/json'].schema }];
  })));
}

const large = 400;
/** Puts every large shape once into `shapes` and its name where it stood. */
export function folded(operations: Readonly<Record<string, Operation>>, release: string): LastClient {
  const shapes: Record<string, Shape> = {};
  const fold = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.map(fold);
    if (typeof it !== 'object' || it === null) return it;
    const inside = Object.fromEntries(Object.entries(it).map(([name, value]) => [name, fold(value)]));
    const text = JSON.stringify(inside);
    if (!('type' in it) || text.length < large) return inside;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 8);
    shapes[name] = inside;
    return { $shape: name };
  };
  const all = fold(operations) as LastClient['operations'];
  return { release, operations: all, shapes: Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** One line an operation and a shape, so that a change is one line of a comparison. */
export function textOf({ release, operations, shapes }: LastClient): string {
  const lines = (all: Readonly<Record<string, unknown>>) => Object.entries(all).map(([name, it]) => `  ${JSON.stringify(name)}: ${JSON.stringify(it)}`).join(',\n');
  return `{\n "release": ${JSON.stringify(release)},\n "operations": {\n${lines(operations)}\n },\n "shapes": {\n${lines(shapes)}\n }\n}\n`;
}

const placeIn = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);
const limits = [['minLength', 1], ['minItems', 1], ['minimum', 1], ['maxLength', -1], ['maxItems', -1], ['maximum', -1]] as const;

/** Compares what the last client knows with what is so now: `sent` must still be taken, `given` must still be understood. */
export class Comparison {
  private readonly shapes: LastClient['shapes'];
  constructor({ shapes }: Pick<LastClient, 'shapes'>) { this.shapes = shapes; }
  private whole(it: Shape): Shape { return it.$shape === undefined ? it : this.whole(this.shapes[it.$shape] ?? {}); }
  private variants(it: Shape): readonly Shape[] { const shape = this.whole(it); return shape.anyOf ? shape.anyOf.flatMap((one) => this.variants(one)) : [shape]; }

  /** What an old client would trip over, in words; nothing where all is well. */
  faults(older: Shape, newer: Shape, way: 'sent' | 'given', at = ''): string[] {
    const [known, now] = [this.variants(older), this.variants(newer)];
    if (known.length === 1 && now.length === 1) return this.one(known[0] ?? {}, now[0] ?? {}, way, at);
    // Each that may come must be one that is understood.
    const [coming, understood] = way === 'sent' ? [known, now] : [now, known];
    return coming.flatMap((it) => {
      const tries = understood.map((one) => (way === 'sent' ? this.one(it, one, way, at) : this.one(one, it, way, at)));
      return tries.some((found) => found.length === 0) ? [] : [`${at}: ${it.type ?? 'something'} ${way === 'sent' ? 'is refused' : 'is new'} (${tries[0]?.join('; ') ?? ''})`];
    });
  }
  private one(older: Shape, newer: Shape, way: 'sent' | 'given', at: string): string[] {
    if (older.type === undefined && older.enum === undefined && older.const === undefined) return [];
    if (older.type !== newer.type) return [`${at}: ${older.type ?? 'a value'} became ${newer.type ?? 'something else'}`];
    if (older.type === 'object') return this.fields(older, newer, way, at);
    if (older.items && newer.items) return [...this.bounds(older, newer, way, at), ...this.faults(older.items, newer.items, way, `${at}[]`)];
    return [...this.values(older, newer, way, at), ...this.bounds(older, newer, way, at)];
  }
  private fields(older: Shape, newer: Shape, way: 'sent' | 'given', at: string): string[] {
    const needs = way === 'sent' ? newer.required?.filter((name) => !older.required?.includes(name)).map((name) => `${placeIn(at, name)}: is required now`) : older.required?.filter((name) => !newer.required?.includes(name)).map((name) => `${placeIn(at, name)}: may be missing now`);
    const inside = Object.entries(older.properties ?? {}).flatMap(([name, shape]) => {
      const now = newer.properties?.[name];
      return now ? this.faults(shape, now, way, placeIn(at, name)) : way === 'given' && older.required?.includes(name) !== true ? [] : [`${placeIn(at, name)}: is gone`];
    });
    return [...new Set([...needs ?? [], ...inside])];
  }
  /** A code that is new in an answer comes with its words, and old pages show those. */
  private values(older: Shape, newer: Shape, way: 'sent' | 'given', at: string): string[] {
    const known = older.enum ?? (older.const === undefined ? undefined : [older.const]);
    const now = newer.enum ?? (newer.const === undefined ? undefined : [newer.const]);
    if (way === 'given' || now === undefined) return [];
    return known === undefined ? [`${at}: is one of a few now`] : known.filter((value) => !now.includes(value)).map((value) => `${at}: ${JSON.stringify(value)} is refused`);
  }
  private bounds(older: Shape, newer: Shape, way: 'sent' | 'given', at: string): string[] {
    if (way === 'given') return [];
    return limits.filter(([limit, sign]) => newer[limit] !== undefined && (older[limit] === undefined || sign * newer[limit] > sign * older[limit])).map(([limit]) => `${at}: ${limit} is ${newer[limit]} now`);
  }

  /** Where a real answer is not what the last client knows. */
  lacks(shape: Shape, value: unknown, at = ''): string[] {
    const tries = this.variants(shape).map((it) => this.lacksOne(it, value, at));
    return tries.some((found) => found.length === 0) ? [] : tries[0] ?? [];
  }
  private lacksOne(it: Shape, value: unknown, at: string): string[] {
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    if (it.type !== undefined && it.type !== type && !(it.type === 'integer' && type === 'number')) return [`${at}: ${type} in the place of ${it.type}`];
    if (Array.isArray(value)) return value.flatMap((one) => (it.items ? this.lacks(it.items, one, `${at}[]`) : []));
    if (typeof value !== 'object' || value === null) return [];
    const fields = value as Readonly<Record<string, unknown>>;
    return [...(it.required ?? []).filter((name) => !(name in fields)).map((name) => `${placeIn(at, name)}: is not there`),
      ...Object.entries(it.properties ?? {}).flatMap(([name, inner]) => (fields[name] === undefined ? [] : this.lacks(inner, fields[name], placeIn(at, name))))];
  }
}

/** The routes that the mini-program's sources call. */
export function calledIn(folder: string, read: (path: string) => string, known: readonly string[]): string[] {
  const names = filesOf(folder).filter((path) => /\.tsx?$/.test(path)).flatMap((path) => [...read(path).matchAll(/\b(?:api|client)\.(\w+)\b/g)].map(([, name]) => name ?? ''));
  return [...new Set(names)].filter((name) => known.includes(name)).sort();
}
