import { useSyncExternalStore } from 'react';

export interface Store<T> { get: () => T; set: (value: T) => void; use: () => T }

/** A value that several parts of the page look at. */
export function storeOf<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
  const get = () => value;
  return { get, set: (next) => { value = next; for (const tell of listeners) tell(); }, use: () => useSyncExternalStore(listen, get) };
}

/** Counts what happened, so that lists and badges know when to look again. */
export function signalOf() {
  const store = storeOf(0);
  return { fire: () => store.set(store.get() + 1), use: store.use };
}
/** Something was done: the counts in the sidebar are old. */
export const moved = signalOf();
/** Something was taken back: lists are old too. */
export const undone = signalOf();
