import type { SubmissionView } from '@lvzhi/contracts';
import { api } from '../platform/api.ts';
import { doneWords } from './acts.ts';
import type { DeskAct, perform } from './acts.ts';
import { announce } from './toast.tsx';

type Answer = Awaited<ReturnType<typeof perform>>;
/** Says what was done, with the undo that the server granted. `back`: where to be when it was taken back. */
export function sayDone(act: DeskAct, { doc, undo }: Answer, back: (doc: SubmissionView) => void): void {
  if (!undo) { announce({ words: doneWords(act, doc) }); return; }
  const { moveId, until } = undo;
  announce({ words: doneWords(act, doc), until, undo: async () => {
    const answer = await api.undo({ id: doc.id, moveId });
    back(answer.doc);
    return `已撤销，恢复为“${answer.doc.stateWords}”：${doc.title}`;
  } });
}
