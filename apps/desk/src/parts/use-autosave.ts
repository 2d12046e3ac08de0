import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../platform/problem.ts';
import type { Problem } from '../platform/problem.ts';

/** What the server has: the text, on which version, since when. */
export interface Kept<T> { readonly text: T; readonly version: number; readonly savedAt: string | null }
const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

interface Autosave<T> { readonly text: T; readonly phase: 'saved' | 'typing' | 'sending' | 'failed'; readonly savedAt: string | null; readonly problem: Problem | null; change: (part: Partial<T>) => void; save: () => void; /** After somebody was faster: what is kept, on which version. */ settle: (text: T, version: number) => void }
const restMs = 1200;

/** Saves a rest after the last key, on leaving the page, and again what was typed while a save was under way. What fails stays typed. `first` and `send` belong to one document: another one has another key. */
export function useAutosave<T extends object, A>(first: Kept<T>, send: (text: T, version: number) => Promise<{ version: number; savedAt: string; answer: A }>, saved: (answer: A) => void): Autosave<T> {
  const [text, setText] = useState(first.text);
  const [look, setLook] = useState<Pick<Autosave<T>, 'phase' | 'savedAt' | 'problem'>>({ phase: 'saved', savedAt: first.savedAt, problem: null });
  const kept = useRef({ text, sent: text, version: first.version, sending: false, timer: 0 });
  const tell = useRef({ saved, send });
  useEffect(() => { tell.current = { saved, send }; });
  const save = useCallback(async () => {
    const it = kept.current;
    clearTimeout(it.timer);
    while (!it.sending && !same(it.text, it.sent)) {
      const leaving = it.text;
      it.sending = true;
      setLook((was) => ({ ...was, phase: 'sending', problem: null }));
      try {
        const now = await tell.current.send(leaving, it.version);
        [it.version, it.sent] = [now.version, leaving];
        setLook({ phase: same(it.text, leaving) ? 'saved' : 'typing', savedAt: now.savedAt, problem: null });
        tell.current.saved(now.answer);
      } catch (error) {
        setLook((was) => ({ ...was, phase: 'failed', problem: problemOf(error) }));
        return;
      } finally { it.sending = false; }
    }
  }, []);
  const change = (part: Partial<T>) => {
    const it = kept.current;
    it.text = { ...it.text, ...part };
    setText(it.text);
    setLook((was) => ({ ...was, phase: 'typing', problem: was.problem?.kind === 'stale' ? was.problem : null }));
    clearTimeout(it.timer);
    it.timer = window.setTimeout(() => void save(), restMs);
  };
  const settle = (chosen: T, version: number) => {
    const it = kept.current;
    [it.version, it.text] = [version, chosen];
    setText(chosen);
    void save();
  };
  useEffect(() => () => { void save(); }, [save]);
  return { text, ...look, change, save: () => void save(), settle };
}
