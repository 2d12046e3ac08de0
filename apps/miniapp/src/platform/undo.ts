import { now } from './clock.ts';
import { watched } from './watched.ts';

/** What was just done and how to take it back; shown on whatever page is in front. */
interface Undoable { readonly words: string; readonly run: (() => Promise<void>) | null }
const offer = watched<Undoable | undefined>(undefined);
export const useUndo = offer.use;
let timer: ReturnType<typeof setTimeout> | undefined;

export function dismissUndo(): void { clearTimeout(timer); offer.set(undefined); }

/** 已…, with 撤销 until the server's instant `until`; null: it cannot be undone, the words stay for 3 seconds. */
export function offerUndo(words: string, until: string | null, run: () => Promise<void>): void {
  clearTimeout(timer);
  const left = until === null ? 3000 : Date.parse(until) - now().getTime();
  offer.set({ words, run: until === null ? null : run });
  timer = setTimeout(() => { offer.set(undefined); }, Math.max(left, 2000));
}
