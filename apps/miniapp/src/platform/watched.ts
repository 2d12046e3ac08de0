import { useSyncExternalStore } from 'react';

/** A value that pages look at and that changes from outside React: the session, the network, an undo on offer. */
interface Watched<T> { readonly get: () => T; readonly set: (value: T) => void; readonly use: () => T; /** Calls after every change, until what it answers is called. */ readonly watch: (listener: () => void) => () => void }

export function watched<T>(first: T): Watched<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const get = () => value;
  const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
  return { get, set: (next) => { if (Object.is(next, value)) return; value = next; for (const listener of listeners) listener(); }, watch: subscribe, use: () => useSyncExternalStore(subscribe, get) };
}
