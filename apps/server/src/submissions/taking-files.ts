import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { FileRow } from '../platform/file.entity.ts';
import { badField } from '../platform/refusals.ts';

/** The uploaded files become the submission's, all of them or it is not written. `field`: where in the form they were chosen. */
export async function takeFiles(manager: EntityManager, personId: string, docId: string, fileIds: readonly string[], field = 'fileIds'): Promise<void> {
  if (fileIds.length === 0) return;
  const lost = () => badField({ [field]: '有附件没有传完，或者已经过期，请重新添加。文字都还在。' });
  const found = await manager.find(FileRow, { select: { id: true, docId: true }, where: [{ id: In([...fileIds]), ownerId: personId, docId: IsNull() }, { id: In([...fileIds]), docId }] });
  if (found.length !== new Set(fileIds).size) lost();
  const fresh = found.filter((it) => it.docId === null).map(({ id }) => id);
  if (fresh.length > 0 && (await manager.update(FileRow, { id: In(fresh), ownerId: personId, docId: IsNull() }, { docId })).affected !== fresh.length) lost();
}
