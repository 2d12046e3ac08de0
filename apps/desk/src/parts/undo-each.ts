import { api } from '../platform/api.ts';
import { problemOf } from '../platform/problem.ts';

/** Takes several moves back (document → move), each by itself: one that cannot be taken back keeps no other from it. Answers what to say. */
export async function undoEach(moves: readonly (readonly [id: string, moveId: string])[], said: (count: number) => string): Promise<string> {
  const kept: string[] = [];
  for (const [id, moveId] of moves) {
    try { await api.undo({ id, moveId }); }
    catch (error) { kept.push(problemOf(error).reason); }
  }
  const back = moves.length - kept.length;
  return [...(back > 0 ? [said(back)] : []), ...(kept.length > 0 ? [`${kept.length} 件没有撤销：${[...new Set(kept)].join('；')}`] : [])].join('，');
}
