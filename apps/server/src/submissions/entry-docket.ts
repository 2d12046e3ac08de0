import { entryFlow } from '@lvzhi/domain';
import type { EntryAction, EntryFacts, EntryState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowWhere } from '../platform/rows.ts';
import { Entry } from './entry.entity.ts';

/** `submissionId` is what a move may change beside the state; the text's columns are carried in `row`. */
export interface EntryDoc extends EntryFacts, Kept { readonly submissionId: string | null; readonly row: Entry }

export const entryDoc = (row: Entry): EntryDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.authorId, committeeId: row.bodyId, coCommitteeIds: [], clerkId: row.clerkId, closure: row.closure, means: row.means, submissionId: row.submissionId, row,
});
/** The row as the document now stands. */
export const entryAfter = (doc: EntryDoc): Entry => ({ ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, submissionId: doc.submissionId });

async function update(manager: EntityManager, before: EntryDoc, after: EntryDoc, now: Date): Promise<number> {
  const { state, version, hash, submissionId, formHash, title, form, fileIds, paperIds, sourceId } = entryAfter(after);
  return changeRows(manager, Entry, { id: before.id, state: before.state, version: before.version }, { state, version, hash, submissionId, formHash, title, form, fileIds, paperIds, sourceId, changedAt: now });
}

export const entryDocket = (now: () => Date): Docket<EntryAction, EntryState, EntryDoc> => ({
  kind: 'entry', flow: entryFlow,
  load: async (manager, id) => { const row = await rowWhere(manager, Entry, { id }); return row && entryDoc(row); },
  insert: (manager, doc) => addRows(manager, Entry, [entryAfter(doc)]),
  update: (manager, before, after) => update(manager, before, after, now()),
});
