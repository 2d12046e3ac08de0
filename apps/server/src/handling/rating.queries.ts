import { dueAfter, ratingFlow, reminders } from '@lvzhi/domain';
import type { Due, RatingAction, RatingFacts, RatingState, Reckoning, Satisfaction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment, OutboxRow } from '../platform/spine.entities.ts';
import { Rating } from './reply.entity.ts';

/** What a move may change; what was written is carried in `row`. */
export interface RatingDoc extends RatingFacts, Kept { readonly attitude: Satisfaction | null; readonly result: Satisfaction | null; readonly talked: boolean | null; readonly keyedBy: string | null; readonly givenAt: string | null; readonly row: Rating }
/** Until when it was to be given, and how often its proposer was reminded. */
export interface Asking { readonly dueAt: Date; readonly reminded: number }

export const ratingDoc = (row: Rating, asking: Asking, now: Date): RatingDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, closure: row.closure, authorId: row.authorId, committeeId: null, coCommitteeIds: [], begun: row.version > 0, overdue: now > asking.dueAt, reminded: asking.reminded >= 2,
  attitude: row.attitude, result: row.result, talked: row.talked === null ? null : row.talked === 1, keyedBy: row.keyedBy, givenAt: row.givenAt?.toISOString() ?? null, row,
});
const ratingAfter = (doc: RatingDoc): Rating => ({
  ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, attitude: doc.attitude, result: doc.result, talked: doc.talked === null ? null : doc.talked ? 1 : 0, keyedBy: doc.keyedBy, givenAt: doc.givenAt === null ? null : new Date(doc.givenAt),
});

/** For several at once: the deadline of each as it now stands, a changed calendar included. */
export async function askingOf(manager: EntityManager, rows: readonly Rating[], due: (from: Date) => Due): Promise<Map<string, Asking>> {
  const open = rows.filter(({ state }) => state === 'asked').map(({ id }) => id);
  const [tasks, told] = [await rowsWhere(manager, Assignment, { docId: open, isOpen: 1 }), await rowsWhere(manager, OutboxRow, { docId: open, action: reminders })];
  return new Map(rows.map(({ id, askedAt }) => [id, { dueAt: tasks.find(({ docId }) => docId === id)?.dueAt ?? due(askedAt).at, reminded: told.filter(({ docId }) => docId === id).length }]));
}

export const ratingDocket = (now: () => Date, rateBy: (from: Date) => Due): Docket<RatingAction, RatingState, RatingDoc> => ({
  kind: 'rating', flow: ratingFlow,
  load: async (manager, id) => {
    const row = await rowWhere(manager, Rating, { id });
    return row && ratingDoc(row, (await askingOf(manager, [row], rateBy)).get(id) ?? { dueAt: rateBy(row.askedAt).at, reminded: 0 }, now());
  },
  insert: (manager, doc) => addRows(manager, Rating, [ratingAfter(doc)]),
  update: (manager, before, after) => {
    const { state, version, hash, attitude, result, talked, note, paperIds, keyedBy, givenAt } = ratingAfter(after);
    return changeRows(manager, Rating, { id: before.id, state: before.state, version: before.version }, { state, version, hash, attitude, result, talked, note, paperIds, keyedBy, givenAt });
  },
});
export const rateBy = (allowance: Parameters<typeof dueAfter>[0], reckoning: Reckoning) => (from: Date): Due => dueAfter(allowance, from, reckoning);
