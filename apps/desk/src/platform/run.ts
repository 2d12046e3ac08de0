import { useRef, useState } from 'react';
import { mayHaveHappened, problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

/** 32 hexadecimal digits; getRandomValues is there without HTTPS, randomUUID is not. */
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const keys = new Map<string, string>();

/** Sends a write with a key that stays the same while the same words are tried again, so that a lost answer never does a thing twice. */
export async function once<I extends object, T>(name: string, input: I, call: (input: I & { key: string }) => Promise<T>): Promise<T> {
  const print = `${name} ${JSON.stringify(input)}`;
  const key = keys.get(print) ?? newKey();
  keys.set(print, key);
  try {
    const answer = await call({ ...input, key });
    keys.delete(print);
    return answer;
  } catch (error) {
    if (!mayHaveHappened(error)) keys.delete(print);
    throw error;
  }
}

export interface Run { readonly busy: boolean; readonly problem: Problem | null; clear: () => void; forget: (fields: readonly string[]) => void; run: <T>(work: () => Promise<T>) => Promise<T | undefined> }
/** One act at a time, and what went wrong with the last. `run` answers undefined when it failed or one is under way; `forget` drops the complaints about fields that were changed since. */
export function useRun(): Run {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const under = useRef(false);
  const run = async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    if (under.current) return undefined;
    under.current = true;
    setState({ busy: true, problem: null });
    try {
      const answer = await work();
      setState({ busy: false, problem: null });
      return answer;
    } catch (error) {
      setState({ busy: false, problem: problemOf(error) });
      return undefined;
    } finally { under.current = false; }
  };
  const forget = (fields: readonly string[]) => setState((was) => {
    if (was.problem?.kind !== 'fields') return was;
    const left = Object.fromEntries(Object.entries(was.problem.fields).filter(([field]) => !fields.includes(field)));
    return { ...was, problem: Object.keys(left).length > 0 ? { ...was.problem, fields: left } : null };
  });
  return { ...state, run, forget, clear: () => setState({ busy: false, problem: null }) };
}
