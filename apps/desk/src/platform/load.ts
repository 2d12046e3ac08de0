import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

export interface Loaded<T> { readonly data: T | undefined; readonly problem: Problem | null; readonly loading: boolean; reload: () => void; set: (data: T) => void }

/** Loads when `key` or `again` changes; what came for an older key is dropped. What was there stays in view while the same key is loaded again. */
export function useLoad<T>(key: string, load: () => Promise<T>, again = 0): Loaded<T> {
  const [state, setState] = useState<{ key: string; round: string; data?: T; problem: Problem | null }>({ key: '', round: '', problem: null });
  const [turn, setTurn] = useState(0);
  const round = `${turn} ${again}`;
  const latest = useRef(load);
  useEffect(() => { latest.current = load; });
  useEffect(() => {
    let wanted = true;
    latest.current().then((data) => { if (wanted) setState({ key, round, data, problem: null }); },
      (error: unknown) => { if (wanted) setState((was) => ({ ...(was.key === key ? was : {}), key, round, problem: problemOf(error) })); });
    return () => { wanted = false; };
  }, [key, round]);
  const set = useCallback((data: T) => setState({ key, round, data, problem: null }), [key, round]);
  const current = state.key === key;
  const loading = !current || state.round !== round;
  return { data: current ? state.data : undefined, problem: loading ? null : state.problem, loading, reload: useCallback(() => setTurn((n) => n + 1), []), set };
}

export interface Page<R> { readonly rows: readonly R[]; readonly next: string | null }
export interface Pages<R> extends Omit<Loaded<Page<R>>, 'data' | 'set'> {
  readonly rows: readonly R[]; readonly next: string | null; readonly busy: boolean; more: () => void; keep: (which: (row: R) => boolean) => void;
}
/** How many rows each list had when it was left: coming back shows as many, so the place in the list is still there. */
const seen = new Map<string, number>();

/** A list by pages; `again` makes it look again from the first row, as far as it had come. */
export function usePages<R>(key: string, load: (after: string | undefined, limit: number) => Promise<Page<R>>, again = 0): Pages<R> {
  const first = useLoad<Page<R>>(key, () => load(undefined, Math.min(100, Math.max(20, seen.get(key) ?? 0))), again);
  const [more, setMore] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const { data, set, reload } = first;
  useEffect(() => { if (data) seen.set(key, data.rows.length); }, [key, data]);
  const loadMore = async () => {
    if (!data?.next || more.busy) return;
    setMore({ busy: true, problem: null });
    try {
      const page = await load(data.next, 20);
      set({ rows: [...data.rows, ...page.rows], next: page.next });
      setMore({ busy: false, problem: null });
    } catch (error) { setMore({ busy: false, problem: problemOf(error) }); }
  };
  return {
    rows: data?.rows ?? [], next: data?.next ?? null, loading: first.loading && !data, problem: first.problem ?? more.problem, busy: more.busy,
    reload, more: () => void loadMore(), keep: (which) => { if (data) set({ rows: data.rows.filter(which), next: data.next }); },
  };
}
