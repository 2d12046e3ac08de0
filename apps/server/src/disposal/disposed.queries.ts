import type { Closure } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { refuse } from '../platform/refusals.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Disposal, DisposalFile } from './disposal.entity.ts';

/** The client knows by this action that its own copy must go. */
const goneAction = 'secret_disposed';
const goneWords = '这一份已作涉密处置，内容已经从系统里清除，不能再保存或提交。手机和电脑上的也请删去；涉密内容请线下送交，不要在网上传送。';
const heldWords = '这一份正在作涉密核查，核查完以前不能保存或提交。';

/** What was submitted, and is closed now. @throws 409 */
export function refuseClosed(closure: Closure): void {
  if (closure === 'disposed') refuse(goneAction, goneWords);
  if (closure === 'marked') refuse('secret_marked', heldWords);
}

/** What comes again under the key of a draft that was disposed of, or as a correction of it, also where the submission itself came out of an older backup. @throws 409 */
export async function refuseDisposed(manager: EntityManager, authorId: string | readonly string[], draftKey: string, ofId?: string): Promise<void> {
  const found = [...await rowsWhere(manager, Disposal, { authorId, draftKey, state: ['marked', 'carried_out'] }), ...ofId === undefined ? [] : await rowsWhere(manager, Disposal, { docId: ofId, state: ['marked', 'carried_out'] })];
  for (const state of ['carried_out', 'marked'] as const) if (found.some((it) => it.state === state)) refuseClosed(state === 'marked' ? 'marked' : 'disposed');
}

/** The very bytes of an attachment that was removed. @throws 409 */
export async function refuseFile(manager: EntityManager, sha256: string): Promise<void> {
  if ((await rowsWhere(manager, DisposalFile, { sha256 }, { limit: 1 })).length > 0) refuse(goneAction, '这个附件已作涉密处置，不能再上传。涉密内容请线下送交，不要在网上传送。');
}

/** What 涉密处置 says of drafts that others were shown before they were handed in (联名), by the invitations' joint. */
export async function closuresOfDrafts(manager: EntityManager, joints: readonly { readonly id: string; readonly firstId: string; readonly draftKey: string }[]): Promise<Map<string, Closure>> {
  const found = await rowsWhere(manager, Disposal, { authorId: [...new Set(joints.map(({ firstId }) => firstId))], draftKey: [...new Set(joints.map(({ draftKey }) => draftKey))], state: ['marked', 'carried_out'] });
  return new Map(joints.flatMap(({ id, firstId, draftKey }) => {
    const own = found.filter((it) => it.authorId === firstId && it.draftKey === draftKey);
    return own.length === 0 ? [] : [[id, own.some(({ state }) => state === 'carried_out') ? 'disposed' as const : 'marked' as const]];
  }));
}

/** Of drafts of somebody (and of the bodies that they speak for) those that are not closed with the submission that they were or mend. */
export async function openDrafts<D extends { readonly draftKey: string; readonly ofId: string | null }>(manager: EntityManager, authorId: string | readonly string[], drafts: readonly D[]): Promise<D[]> {
  if (drafts.length === 0) return [];
  const marked = await rowsWhere(manager, Disposal, { authorId, state: 'marked' });
  return drafts.filter(({ draftKey, ofId }) => !marked.some((it) => it.draftKey === draftKey || it.docId === ofId));
}
