import { useDidHide, useUnload } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { whenWords } from '../../platform/clock.ts';
import { isEmptyDraft } from '../../platform/draft.ts';
import { dropDraft, saveDraft } from '../../platform/drafts.ts';
import type { Draft } from '../../platform/draft.ts';

/** `typing`: changed since; `full`: the phone has no room, the words are only in this page. */
type Keeping = 'none' | 'typing' | 'saved' | 'full';
export interface Editor {
  readonly draft: Draft; readonly latest: () => Draft; readonly keeping: Keeping; readonly keepingWords: string;
  readonly edit: (change: Partial<Draft>) => void; readonly save: () => void; readonly finish: () => void;
}
const pause = 2000;
const wordsOf = (keeping: Keeping, savedAt: string): string => {
  switch (keeping) {
    case 'none': return '写下的内容会自动存在这部手机上';
    case 'typing': return '正在保存…';
    case 'saved': return `已保存 ${whenWords(savedAt).replace('今天 ', '')}，在这部手机上`;
    case 'full': return '手机存储满了，没能保存。请先别离开这一页，清出空间后再写一个字就会保存';
  }
};

/** The draft being written: kept on the phone at every pause of 2 seconds, when the page is left and when WeChat goes to the background. */
export function useEditor(personId: string, opened: Draft): Editor {
  const [draft, setDraft] = useState(opened);
  const [keeping, setKeeping] = useState<Keeping>(opened.savedAt === '' ? 'none' : 'saved');
  const latest = useRef(opened);
  const changed = useRef(false);
  const over = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    if (!changed.current || over.current || isEmptyDraft(latest.current)) return;
    const saved = saveDraft(personId, latest.current);
    if (saved) { latest.current = saved; changed.current = false; setDraft(saved); }
    setKeeping(saved ? 'saved' : 'full');
  }, [personId]);
  useDidHide(save);
  useUnload(save);
  useEffect(() => save, [save]);
  const edit = (change: Partial<Draft>) => {
    latest.current = { ...latest.current, ...change };
    changed.current = true;
    setDraft(latest.current);
    setKeeping((before) => (before === 'full' ? 'full' : 'typing'));
    clearTimeout(timer.current);
    timer.current = setTimeout(save, pause);
  };
  const finish = () => { over.current = true; clearTimeout(timer.current); dropDraft(personId, latest.current); };
  return { draft, latest: () => latest.current, keeping, keepingWords: wordsOf(keeping, draft.savedAt), edit, save, finish };
}
