import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** What the last drawn page was given, for what runs later: a timer, an event, leaving the page. */
export function useLatest<T>(value: T): RefObject<T> & { current: T } {
  const ref = useRef(value);
  useEffect(() => { ref.current = value; });
  return ref;
}
