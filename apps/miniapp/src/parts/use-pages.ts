import { useState } from 'react';
import { say } from '../platform/device.ts';
import { reasonOf } from '../platform/wire.ts';
import { useAnswer } from './use-answer.ts';
import type { Asked } from './use-answer.ts';

interface PageOf<R> { rows: R[]; next: string | null }
export interface Pages<R> extends Omit<Asked<PageOf<R>>, 'put'> { readonly more: () => Promise<void>; readonly change: (edit: (row: R) => R) => void; readonly loadingMore: boolean }

/** A list that goes on when the reader reaches its end. */
export function usePages<R>(ready: boolean, of: string, question: (after: string | undefined) => Promise<PageOf<R>>): Pages<R> {
  const asked = useAnswer(ready, of, () => question(undefined));
  const [loadingMore, setLoadingMore] = useState(false);
  const { answer, put } = asked;
  const more = async () => {
    if (!answer?.next || loadingMore) return;
    setLoadingMore(true);
    try { const page = await question(answer.next); put({ rows: [...answer.rows, ...page.rows], next: page.next }); }
    catch (error) { say(reasonOf(error)); }
    finally { setLoadingMore(false); }
  };
  return { ...asked, more, loadingMore, change: (edit) => { if (answer) put({ ...answer, rows: answer.rows.map(edit) }); } };
}
