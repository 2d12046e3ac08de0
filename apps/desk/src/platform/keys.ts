import { useEffect, useRef } from 'react';

let covers = 0;
/** While a dialog is open the page beneath hears no shortcut. */
export function useCover(open: boolean): void {
  useEffect(() => { if (!open) return undefined; covers += 1; return () => { covers -= 1; }; }, [open]);
}

export const covered = (): boolean => covers > 0;

/** 'e', 'shift+1', 'enter', 'space', 'escape', '?': by the key's place, since an input method may hide the letter. */
function nameOf(event: KeyboardEvent): string {
  if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) return '?';
  const plain = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase() ?? (event.code === 'Space' ? 'space' : event.key.toLowerCase());
  return event.shiftKey ? `shift+${plain}` : plain;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=combobox]') !== null);
}
/** Enter and space belong to the control that has the focus. */
const ownsKey = (target: EventTarget | null, name: string): boolean =>
  (name === 'enter' || name === 'space') && target instanceof HTMLElement && target.closest('button, a, summary, input, [role=tab]') !== null;

/** Shortcuts of a screen; off while something is typed or a dialog is open. */
export function useKeys(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(keys);
  useEffect(() => { latest.current = keys; });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || covers > 0) return;
      const name = nameOf(event);
      if (isTyping(event.target) || ownsKey(event.target, name)) return;
      const act = latest.current[name];
      if (act) { event.preventDefault(); act(); }
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}
