import { useState } from 'react';

/** A line of a list under the keys J and K; enter opens it. -1: none yet. */
export function useLine(length: number, open: (index: number) => void): { at: number; keys: Readonly<Record<string, () => void>> } {
  const [at, setAt] = useState(-1);
  const to = (index: number) => { if (length > 0) setAt(Math.max(0, Math.min(length - 1, index))); };
  return { at, keys: { j: () => to(at + 1), k: () => to(at - 1), arrowdown: () => to(at + 1), arrowup: () => to(at - 1), enter: () => open(at) } };
}
