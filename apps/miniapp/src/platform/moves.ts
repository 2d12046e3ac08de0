import type { SubmissionView, VisitView } from '@lvzhi/contracts';
import { api } from './api.ts';
import { offerUndo } from './undo.ts';

type Undo = { moveId: string; until: string } | null;

/** Says what was done, with 撤销 while the server allows it; `after` runs with the document as it then is. */
export function didMove(words: string, answer: { doc: SubmissionView; undo: Undo }, after: (doc: SubmissionView) => void): void {
  const { doc: { id }, undo } = answer;
  offerUndo(words, undo?.until ?? null, async () => { if (undo) after((await api.undo({ id, moveId: undo.moveId })).doc); });
}
export function didVisit(words: string, answer: { doc: VisitView; undo: Undo }, after: (doc: VisitView) => void): void {
  const { doc: { id }, undo } = answer;
  offerUndo(words, undo?.until ?? null, async () => { if (undo) after((await api.undoVisit({ id, moveId: undo.moveId })).doc); });
}
