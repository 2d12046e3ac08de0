import { useDidHide, useUnload } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { DraftView } from '@lvzhi/contracts';
import { now, whenWords } from '../../platform/clock.ts';
import { beforeEnd } from '../../platform/device.ts';
import { beingWritten, deleteCopy, giveCopy, purgeCopy } from '../../platform/draft-copies.ts';
import { dropDraft, putDraft, saveDraft } from '../../platform/drafts.ts';
import type { Draft } from '../../platform/draft.ts';
import { online } from '../../platform/network.ts';
import { letGo } from '../../platform/upload.ts';
import { Keeper } from './keeper.ts';
import type { Keeping } from './keeper.ts';

export interface Editor {
  readonly draft: Draft; readonly latest: () => Draft; readonly keeping: Keeping; readonly keepingWords: string; readonly unsafe: boolean;
  readonly edit: (change: Partial<Draft>) => void; readonly save: () => void; readonly keepMine: (version: number) => void; readonly takeTheirs: (copy: DraftView) => void;
  readonly finish: () => void; readonly discard: () => void; readonly purge: () => Promise<void>; readonly lose: (words: string) => void;
}

/** What is newer than the server's copy is said to be on this phone alone. */
function wordsOf({ draft: { savedAt, unsent }, here, there }: Keeping): string {
  const time = savedAt === '' ? '' : whenWords(savedAt).replace('今天 ', '');
  const refused = typeof there === 'object' ? `。${there.refused}` : '';
  switch (here) {
    case 'gone': return typeof there === 'object' ? there.refused : '';
    case 'none': return '写下的内容会自动保存';
    case 'typing': return '正在保存…';
    case 'saved': return there === 'kept' && !unsent ? `已保存 ${time}，手机和服务器上都有` : `已保存 ${time}，在这部手机上${refused}`;
    case 'full': return there === 'kept' ? (unsent ? '手机存储满了，正在存到服务器…' : `手机存储满了，已存到服务器 ${time}`) : `手机存储满了，没能保存${refused}。请先别离开这一页，清出空间后再写一个字就会保存`;
  }
}

function drop(personId: string, draft: Draft): void {
  dropDraft(personId, draft);
  for (const { path } of draft.files) if (path !== null) letGo(path);
}
const keeperOf = (personId: string, opened: Draft, theirs: DraftView | undefined, changed: () => void) => new Keeper(opened, theirs, {
  save: (draft) => saveDraft(personId, draft), put: (draft) => { putDraft(personId, draft); }, drop: (draft) => { drop(personId, draft); },
  give: giveCopy, deleteCopy: ({ id }) => { deleteCopy(personId, id); }, purge: (draft) => purgeCopy(personId, draft), changed, now: () => now().toISOString(),
});

/** The draft being written: kept at every pause, when the page is left, when WeChat goes to the background, when the network is back, and before an update. */
export function useEditor(personId: string, opened: Draft, theirs: DraftView | undefined): Editor {
  const [, setChanges] = useState(0);
  const [keeper] = useState(() => keeperOf(personId, opened, theirs, () => { setChanges((times) => times + 1); }));
  const { keeping } = keeper;
  const connected = online.use();
  useDidHide(keeper.leave);
  useUnload(keeper.leave);
  useEffect(() => {
    beingWritten.add(opened.id); beforeEnd.add(keeper.save);
    return () => { beforeEnd.delete(keeper.save); void keeper.end().finally(() => { beingWritten.delete(opened.id); }); };
  }, [keeper, opened.id]);
  useEffect(() => { if (connected) void keeper.copy(); }, [connected, keeper]);
  return {
    draft: keeping.draft, latest: () => keeper.draft, keeping, keepingWords: wordsOf(keeping), unsafe: keeping.here === 'full' && keeping.there !== 'kept', edit: keeper.edit, save: keeper.save,
    keepMine: (version) => { keeper.keepMine(version); }, takeTheirs: (copy) => { keeper.takeTheirs(copy); }, finish: () => { keeper.finish(); }, discard: () => { keeper.discard(); }, purge: () => keeper.purge(), lose: (words) => { keeper.lose(words); },
  };
}
