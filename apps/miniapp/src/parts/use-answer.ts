import { useCallback, useEffect, useRef, useState } from 'react';
import { Failure, reasonOf } from '../platform/wire.ts';
import { useLatest } from './use-latest.ts';

export interface Problem { readonly status: number; readonly reason: string }
/** What a page asked for: nothing yet, the answer, or why there is none. An answer stays in sight while it is asked for again. */
export interface Asked<T> { readonly answer: T | undefined; readonly problem: Problem | undefined; readonly again: () => Promise<void>; readonly put: (answer: T) => void }
interface Known<T> { readonly of: string; readonly answer?: T | undefined; readonly problem?: Problem | undefined }

const problemOf = (error: unknown): Problem => ({ status: error instanceof Failure ? error.status : -1, reason: reasonOf(error) });

/** Asks when `ready`, and anew whenever `of` changes. Only the last question's answer counts. */
export function useAnswer<T>(ready: boolean, of: string, question: () => Promise<T>): Asked<T> {
  const [known, setKnown] = useState<Known<T>>({ of });
  const latest = useLatest({ of, question });
  const turn = useRef(0);
  const again = useCallback((): Promise<void> => {
    const mine = ++turn.current;
    const { of: about, question: ask } = latest.current;
    const failed = (error: unknown) => { setKnown((before) => ({ of: about, answer: before.of === about ? before.answer : undefined, problem: problemOf(error) })); };
    return ask().then((answer) => { if (mine === turn.current) setKnown({ of: about, answer }); }, (error: unknown) => { if (mine === turn.current) failed(error); });
  }, [latest]);
  const put = useCallback((answer: T) => { turn.current += 1; setKnown({ of: latest.current.of, answer }); }, [latest]);
  useEffect(() => { if (ready) void again(); }, [ready, of, again]);
  const current = known.of === of ? known : { of };
  return { answer: current.answer, problem: current.problem, again, put };
}
