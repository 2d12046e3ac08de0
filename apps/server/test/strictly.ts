import { routes } from '@lvzhi/contracts';
import type { Route } from '@lvzhi/contracts';
import * as v from 'valibot';

type Schema = v.GenericSchema & { readonly entries?: Record<string, Schema>; readonly item?: Schema; readonly wrapped?: Schema; readonly options?: readonly Schema[] };
const all: readonly (Route & { readonly pattern: RegExp })[] = Object.values(routes as Record<string, Route>)
  .map((it) => ({ ...it, pattern: new RegExp(`^${it.path.replace(/:\w+/g, '[^/]+')}$`) }))
  // Named addresses before those with parameters, as the router has it.
  .sort((a, b) => a.path.split(':').length - b.path.split(':').length);

/** Every key of an answer that its schema does not name: what valibot's plain objects let pass in silence. */
function extras(schema: Schema, value: unknown, at: string): string[] {
  if (schema.wrapped) return value === null || value === undefined ? [] : extras(schema.wrapped, value, at);
  if (schema.item && Array.isArray(value)) return value.flatMap((it, index) => extras(schema.item as Schema, it, `${at}[${index}]`));
  if (schema.options?.some((it) => typeof it === 'object')) {
    const fitting = schema.options.find((it) => v.is(it, value));
    return fitting ? extras(fitting, value, at) : [];
  }
  const { entries } = schema;
  if (!entries || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return known ? extras(known, inner, `${at}.${key}`) : [`${at}.${key}`];
  });
}

const routeAt = (method: string, path: string): Route | undefined => all.find((it) => it.method === method && it.pattern.test(path.split('?')[0] ?? ''));

/** What is wrong with an answer: nothing, when it is exactly what the contract says. */
export function breaches(route: Route, answer: unknown): string[] {
  const parsed = v.safeParse(route.output, answer);
  return parsed.success ? extras(route.output, answer, '') : parsed.issues.map((issue) => `${issue.path?.map(({ key }) => String(key)).join('.') ?? ''}: ${issue.message}`);
}

/** @throws when a 2xx answer is not what the contract says, to the key. */
export function mustKeepToContract(method: string, path: string, answer: unknown): void {
  const route = routeAt(method, path);
  const wrong = route ? breaches(route, answer) : ['no such route'];
  if (wrong.length > 0) throw new Error(`${method} ${path} answers other than its contract: ${wrong.join('; ')}`);
}
