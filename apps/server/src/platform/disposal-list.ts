import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubmissionKind } from '@lvzhi/domain';

/**
 * One disposal that was carried out, by ids and times alone: what an older backup brings back is found and removed again by it. Beside the attachments in
 * the data folder, and beside every backup, since a database that comes back knows nothing of what happened after it.
 */
export interface Listed {
  readonly id: string; readonly groupId: string; readonly docKind: SubmissionKind; readonly docId: string; readonly receiptNo: string; readonly authorId: string; readonly draftKey: string; /** Absent in lists that are older than it. */ readonly draftId?: string | null; readonly reason: string; readonly moveId: string;
  readonly markedBy: string; readonly markedAt: string; readonly decidedBy: string; readonly decidedAt: string; readonly firstAt: string; readonly files: readonly { readonly id: string; readonly sha256: string }[];
}
export const listName = 'disposals.jsonl';
const listIn = (folder: string): string => join(folder, listName);

export async function readList(folder: string): Promise<Listed[]> {
  if (!existsSync(listIn(folder))) return [];
  return (await readFile(listIn(folder), 'utf8')).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Listed);
}

/** Puts in what is not there yet, wholly or not at all; answers how many that were. */
export async function addToList(folder: string, listed: readonly Listed[]): Promise<number> {
  const before = await readList(folder);
  const known = new Set(before.map(({ id }) => id));
  const fresh = listed.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return 0;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(`${listIn(folder)}.part`, 'w', 0o600);
  try {
    await file.writeFile([...before, ...fresh].map((it) => `${JSON.stringify(it)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${listIn(folder)}.part`, listIn(folder));
  return fresh.length;
}
