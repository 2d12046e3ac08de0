import { safeParse } from 'valibot';
import type { BaseIssue } from 'valibot';
import type { Answer, Route, Sent } from './route.ts';

export interface Request { method: Route['method']; url: string; body?: Record<string, unknown> }
/** How a request leaves this device: Taro.request on the phone, fetch at the desk and in tests. */
export type Send = (request: Request) => Promise<unknown>;
export type Client<T extends Record<string, Route>> = { readonly [N in keyof T]: (input: Sent<T[N]>) => Promise<Answer<T[N]>> };

/**
 * What a refusal says: 409 with the action and the reason in the person's words; stale: with the document as it now stands (`current`) and
 * what was sent (`yours`); 400 with every field; 401, 403, 404, 413, 429 with the reason alone.
 */
export interface Refusal { readonly reason: string; readonly action?: string; readonly fields?: Record<string, string>; readonly stale?: true; readonly current?: unknown; readonly yours?: unknown }

/** Said on the device, before anything is sent: each field with its first complaint. */
export class InvalidInput extends Error {
  readonly fields: Record<string, string>;
  constructor(fields: Record<string, string>) { super(Object.values(fields).join('；')); this.fields = fields; }
}

/** What the schema of a field says of itself: '缺少编号'. */
function wordsOf(schema: Route['input'], field: string): string | undefined {
  const entries = 'entries' in schema ? (schema.entries as Record<string, { readonly message?: unknown }>) : {};
  const message = entries[field]?.message;
  return typeof message === 'string' ? message : undefined;
}

/** Every field with its first complaint; nothing when the input is good. Said in Chinese even where a schema has no words of its own. */
export function complaints(schema: Route['input'], input: unknown): Record<string, string> {
  const message = ({ path }: BaseIssue<unknown>) => wordsOf(schema, String(path?.[0].key)) ?? (path ? '这一项缺少或不对，请重新填写' : '请求的内容不对，请刷新后再试');
  const result = safeParse(schema, input, { message });
  if (result.success) return {};
  const fields: Record<string, string> = {};
  for (const issue of result.issues) fields[issue.path?.map((step) => String(step.key)).join('.') ?? ''] ??= issue.message;
  return fields;
}

export function requestOf(route: Route, input: Record<string, unknown>): Request {
  const rest = { ...input };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => { const value = rest[name]; delete rest[name]; return encodeURIComponent(String(value)); });
  if (route.method !== 'GET') return { method: route.method, url: path, body: rest };
  const query = Object.entries(rest).filter(([, value]) => value !== undefined).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`).join('&');
  return { method: route.method, url: query ? `${path}?${query}` : path };
}

async function call(route: Route, send: Send, input: unknown): Promise<unknown> {
  const fields = complaints(route.input, input);
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
  return send(requestOf(route, input as Record<string, unknown>));
}

/** A typed call for each route. Plain data and closures: no Proxy, no eval, nothing a mini-program lacks. */
export const clientOf = <T extends Record<string, Route>>(routes: T, send: Send): Client<T> =>
  Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, (input: unknown) => call(route, send, input)])) as unknown as Client<T>;
