import { dateOf, dueAfter, handlingFlow } from '@lvzhi/domain';
import type { Due, HandlingAction, HandlingFacts, HandlingState, Reckoning } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowWhere } from '../platform/rows.ts';
import { aroundOf, alone, lacksOf } from './around.queries.ts';
import type { Around } from './around.queries.ts';
import type { Reply } from './reply.entity.ts';
import { Handling, HandlingNote } from './handling.entity.ts';

/** What a move may change and the journal keeps: instants as ISO strings. How the deadline was reckoned is carried along, the instant says enough. */
export interface HandlingDoc extends HandlingFacts, Kept { readonly signedAt: string | null; readonly dueAt: string; readonly round: number; readonly countersignedNo: number | null; readonly repliedAt: string | null; readonly urgedAt: string | null; readonly reply: Reply | undefined; readonly row: Handling }
/** The house's own time and calendar, asked anew each time. */
export interface When { readonly now: () => Date; readonly reckoning: () => Reckoning }

export const objectBy = ({ allowed, assignedAt }: Handling, reckoning: Reckoning): Due => dueAfter(allowed.object, assignedAt, reckoning);
export const handlingDoc = (row: Handling, { coAuthorIds, leadId, askedTalks, talks, reply, assists, signedAll }: Around, { now, reckoning }: When): HandlingDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, closure: row.closure, authorId: row.authorId, committeeId: row.unitId, coCommitteeIds: [], coAuthorIds, ...(leadId !== undefined && { leadId }),
  role: row.role, side: row.side, handed: row.version > 0, signed: row.signedAt !== null, objectable: row.round === 1 && now() <= objectBy(row, reckoning()).at, reassignAsked: row.reassignAsked === 1, reassignRefused: row.reassignRefused === 1,
  extensionAsked: row.extensionAsked === 1, extended: row.extended === 1, atCap: row.dueAt >= row.capAt, askedTalks,
  urgeAgainOn: row.urgeAgainOn !== null && dateOf(now()) < row.urgeAgainOn ? row.urgeAgainOn : null, urgedAt: row.urgedAt?.toISOString() ?? null,
  talks, draft: reply === undefined || reply.body.trim() === '' ? 'none' : lacksOf(reply).length === 0 ? 'whole' : 'partial', assists, signedAll, reply,
  signedAt: row.signedAt?.toISOString() ?? null, dueAt: row.dueAt.toISOString(), round: row.round, countersignedNo: row.countersignedNo, repliedAt: row.repliedAt?.toISOString() ?? null, row,
});

/** The row as the document now stands. */
export const handlingAfter = (doc: HandlingDoc): Handling => ({
  ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, signedAt: doc.signedAt === null ? null : new Date(doc.signedAt), dueAt: new Date(doc.dueAt),
  reassignAsked: doc.reassignAsked ? 1 : 0, reassignRefused: doc.reassignRefused ? 1 : 0, extensionAsked: doc.extensionAsked ? 1 : 0, extended: doc.extended ? 1 : 0,
  round: doc.round, countersignedNo: doc.countersignedNo, repliedAt: doc.repliedAt === null ? null : new Date(doc.repliedAt),
  // Of what is over the last day stays in the row: it keeps nobody back.
  urgeAgainOn: doc.urgeAgainOn ?? doc.row.urgeAgainOn, urgedAt: doc.urgedAt === null ? null : new Date(doc.urgedAt),
});

async function update(manager: EntityManager, before: HandlingDoc, after: HandlingDoc, now: Date): Promise<number> {
  const { state, version, hash, signedAt, dueAt, reckoned, reassignAsked, reassignRefused, extensionAsked, extended, round, countersignedNo, repliedAt, urgeAgainOn, urgedAt } = handlingAfter(after);
  return changeRows(manager, Handling, { id: before.id, state: before.state, version: before.version }, { state, version, hash, signedAt, dueAt, reckoned, reassignAsked, reassignRefused, extensionAsked, extended, round, countersignedNo, repliedAt, urgeAgainOn, urgedAt, changedAt: now });
}

export const handlingDocket = (when: When): Docket<HandlingAction, HandlingState, HandlingDoc> => ({
  kind: 'handling', flow: handlingFlow,
  load: async (manager, id) => {
    const row = await rowWhere(manager, Handling, { id });
    return row && handlingDoc(row, (await aroundOf(manager, [row])).get(id) ?? alone, when);
  },
  insert: (manager, doc) => addRows(manager, Handling, [handlingAfter(doc)]),
  update: (manager, before, after) => update(manager, before, after, when.now()),
  dueAt: ({ dueAt }) => new Date(dueAt), explanation: ({ row }) => row.reckoned,
  takeBack: async (manager, moveId) => { await changeRows(manager, HandlingNote, { moveId }, { isVoid: 1 }); },
});
