import { createElement } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { storeOf } from './signal.ts';

/** `path` begins with '/', below the app's base; `query` as in the address. */
export interface Place { readonly path: string; readonly query: URLSearchParams; readonly href: string }
export type Query = Readonly<Record<string, string | null | undefined>>;

const base = import.meta.env.BASE_URL.replace(/\/$/, '');
function here(): Place {
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) || '/' : '/';
  return { path, query: new URLSearchParams(location.search), href: path + location.search };
}
const place = storeOf(here());
addEventListener('popstate', () => place.set(here()));
export const usePlace = place.use;

/** An address inside the app; empty values are left out. */
export function hrefOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${path}?${new URLSearchParams(given).toString()}` : path;
}

/** Goes to an address inside the app. `replace`: without a step in the history (a focus, a filter typed). */
export function go(href: string, how: 'push' | 'replace' = 'push'): void {
  if (href === place.get().href) return;
  if (how === 'push') history.pushState(null, '', base + href); else history.replaceState(null, '', base + href);
  place.set(here());
}

/** The same place with some of its query changed. */
export function withQuery({ path, query }: Place, change: Query): string {
  return hrefOf(path, { ...Object.fromEntries(query), ...change });
}

/** Opens a place of this app beside the page, in a tab of its own. */
export function openApart(href: string): void { window.open(base + href, '_blank', 'noopener'); }

interface LinkProps { to: string; children: ReactNode; className?: string; current?: boolean; title?: string }
/** A real link: it can be opened in a new tab, and a plain click stays in the page. */
export function Link({ to, children, className, current, title }: LinkProps): ReactNode {
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return createElement('a', { href: base + to, onClick, className, title, ...(current && { 'aria-current': 'page' as const }) }, children);
}
