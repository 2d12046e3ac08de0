import type { EditionView } from '@lvzhi/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../platform/api.ts';
import { problemOf } from '../platform/problem.ts';
import type { Problem } from '../platform/problem.ts';

export interface EditedText { readonly series: string; readonly title: string; readonly body: string }
export const textOf = ({ series, title, body }: EditionView): EditedText => ({ series: series.code, title, body });
const same = (a: EditedText, b: EditedText): boolean => a.series === b.series && a.title === b.title && a.body === b.body;

interface Autosave { readonly text: EditedText; readonly phase: 'saved' | 'typing' | 'sending' | 'failed'; readonly savedAt: string; readonly problem: Problem | null; change: (part: Partial<EditedText>) => void; save: () => void; /** After somebody was faster: what is kept, on which version. */ settle: (text: EditedText, version: number) => void }
const restMs = 1200;

/** Saves a rest after the last key, on leaving the page of the case, and again what was typed while a save was under way. What fails stays typed. */
export function useAutosave(edition: EditionView, saved: (edition: EditionView) => void): Autosave {
  const [text, setText] = useState(() => textOf(edition));
  const [look, setLook] = useState<Pick<Autosave, 'phase' | 'savedAt' | 'problem'>>({ phase: 'saved', savedAt: edition.savedAt, problem: null });
  const kept = useRef({ text, sent: text, version: edition.version, sending: false, timer: 0 });
  const tell = useRef(saved);
  useEffect(() => { tell.current = saved; });
  const save = useCallback(async () => {
    const it = kept.current;
    clearTimeout(it.timer);
    while (!it.sending && !same(it.text, it.sent)) {
      const leaving = it.text;
      it.sending = true;
      setLook((was) => ({ ...was, phase: 'sending', problem: null }));
      try {
        const { edition: now } = await api.saveEdition({ id: edition.docId, version: it.version, ...leaving });
        [it.version, it.sent] = [now.version, leaving];
        setLook({ phase: same(it.text, leaving) ? 'saved' : 'typing', savedAt: now.savedAt, problem: null });
        tell.current(now);
      } catch (error) {
        setLook((was) => ({ ...was, phase: 'failed', problem: problemOf(error) }));
        return;
      } finally { it.sending = false; }
    }
  }, [edition.docId]);
  const change = (part: Partial<EditedText>) => {
    const it = kept.current;
    it.text = { ...it.text, ...part };
    setText(it.text);
    setLook((was) => ({ ...was, phase: 'typing', problem: was.problem?.kind === 'stale' ? was.problem : null }));
    clearTimeout(it.timer);
    it.timer = window.setTimeout(() => void save(), restMs);
  };
  const settle = (chosen: EditedText, version: number) => {
    const it = kept.current;
    [it.version, it.text] = [version, chosen];
    setText(chosen);
    void save();
  };
  useEffect(() => () => { void save(); }, [save]);
  return { text, ...look, change, save: () => void save(), settle };
}
