import { useState } from 'react';

/** What was clicked last gives up the keys: enter and space mean the line that J and K lead to. */
const letGo = (): void => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); };

/** A line of a list under the keys J and K; enter opens it. -1: none yet. */
export function useLine(length: number, open: (index: number) => void): { at: number; to: (index: number) => void; keys: Readonly<Record<string, () => void>> } {
  const [at, setAt] = useState(-1);
  const to = (index: number) => {
    if (length === 0) return;
    letGo();
    setAt(Math.max(0, Math.min(length - 1, index)));
  };
  return { at, to, keys: { j: () => to(at + 1), k: () => to(at - 1), arrowdown: () => to(at + 1), arrowup: () => to(at - 1), enter: () => open(at) } };
}
