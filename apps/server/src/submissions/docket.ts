import { deliveryFlow, isCollective, opinionFlow, proposalFlow, readersOf } from '@lvzhi/domain';
import type { LedgerState, PlannedUnit, Side, OpinionFacts, OpinionState, ProposalFacts, ProposalState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, dropRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { moveInIndex } from '../platform/search-index.ts';
import { ChannelLine, ChannelEntry } from './delivery.entity.ts';
import { CoAuthor, CoCommittee, Handler, Note, Submission } from './submission.entity.ts';

/** What of a row a move may change beside its state; the journal keeps the before and after of these. */
interface Changing { readonly committeeId: string | null; readonly coCommitteeIds: readonly string[]; readonly reviewed: boolean; readonly routedBy: Submission['routedBy']; readonly rerouted: boolean; readonly caseNo: number | null; readonly mainId: string | null; readonly dropAsked: boolean; readonly editorId: string | null; readonly consent: Submission['consent']; readonly side: Side | null; readonly plan: readonly PlannedUnit[] | null; readonly handlerIds: readonly string[] | null; readonly handedAt: string | null; readonly capAt: string | null }
interface Carried extends Kept, Changing { readonly coAuthorIds: readonly string[]; readonly urgent: boolean; readonly closure: Submission['closure']; readonly row: Submission }
export type OpinionDoc = OpinionFacts & Carried;
export type ProposalDoc = ProposalFacts & Carried;

const carried = (row: Submission): Carried & { authorId: string; urgent: boolean } => ({
  id: row.id, version: row.version, hash: row.hash, authorId: row.authorId, coAuthorIds: row.coAuthorIds ?? [], committeeId: row.committeeId, coCommitteeIds: row.coCommitteeIds,
  reviewed: row.reviewed === 1, routedBy: row.routedBy, rerouted: row.rerouted === 1, caseNo: row.caseNo, mainId: row.mainId, dropAsked: row.dropAsked === 1, editorId: row.editorId, consent: row.consent,
  side: row.side, plan: row.plan, handlerIds: row.handlerIds, closure: row.closure, handedAt: row.handedAt?.toISOString() ?? null, capAt: row.capAt?.toISOString() ?? null, urgent: row.urgency === 'critical', row,
});
export const opinionDoc = (row: Submission): OpinionDoc => ({ ...carried(row), state: row.state as OpinionState });
export const proposalDoc = (row: Submission): ProposalDoc => ({ ...carried(row), decider: row.decider ?? 'proposal_office', conversion: row.conversion, state: row.state as ProposalState });

/** The row as the document now stands. `row` itself may have been replaced by a submit, with its text's columns. */
export const rowAfter = (doc: OpinionDoc | ProposalDoc): Submission => ({
  ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, committeeId: doc.committeeId, coCommitteeIds: [...doc.coCommitteeIds],
  reviewed: doc.reviewed ? 1 : 0, routedBy: doc.routedBy, rerouted: doc.rerouted ? 1 : 0,
  caseNo: doc.caseNo, mainId: doc.mainId, dropAsked: doc.dropAsked ? 1 : 0, editorId: doc.editorId, consent: doc.consent,
  coAuthorIds: doc.coAuthorIds.length === 0 ? null : [...doc.coAuthorIds], proposerKind: proposerKindOf(doc.row, doc.coAuthorIds),
  side: doc.side, plan: doc.plan && [...doc.plan], handlerIds: doc.handlerIds && [...doc.handlerIds], handedAt: instantOr0(doc.handedAt), capAt: instantOr0(doc.capAt),
});
/** Of a member's own proposal: alone, or with those who signed it. */
const proposerKindOf = ({ kind, proposerKind }: Submission, coAuthorIds: readonly string[]): Submission['proposerKind'] => (kind === 'proposal' && (proposerKind === null || !isCollective(proposerKind)) ? coAuthorIds.length > 0 ? 'joint' : 'individual' : proposerKind);
const instantOr0 = (at: string | null): Date | null => (at === null ? null : new Date(at));

async function writeCo(manager: EntityManager, submissionId: string, committeeIds: readonly string[]): Promise<void> {
  await addRows(manager, CoCommittee, committeeIds.map((committeeId) => ({ submissionId, committeeId })));
}

async function writeCoAuthors(manager: EntityManager, submissionId: string, personIds: readonly string[]): Promise<void> {
  await addRows(manager, CoAuthor, personIds.map((personId) => ({ submissionId, personId })));
}

async function insert(manager: EntityManager, doc: OpinionDoc | ProposalDoc): Promise<void> {
  await addRows(manager, Submission, [rowAfter(doc)]);
  await writeCo(manager, doc.id, doc.coCommitteeIds);
  await writeCoAuthors(manager, doc.id, doc.coAuthorIds);
}

async function update(manager: EntityManager, before: OpinionDoc | ProposalDoc, after: OpinionDoc | ProposalDoc, now: Date): Promise<number> {
  const { id, draftKey: _key, receiptNo: _no, kind: _kind, authorId: _author, submittedAt: _first, ...columns } = rowAfter(after);
  const affected = await changeRows(manager, Submission, { id, state: before.state, version: before.version }, { ...columns, changedAt: now });
  if (affected === 1 && before.coCommitteeIds.join() !== after.coCommitteeIds.join()) {
    await dropRows(manager, CoCommittee, { submissionId: id });
    await writeCo(manager, id, after.coCommitteeIds);
  }
  if (affected === 1 && before.coAuthorIds.join() !== after.coAuthorIds.join()) {
    await dropRows(manager, CoAuthor, { submissionId: id });
    await writeCoAuthors(manager, id, after.coAuthorIds);
  }
  if (affected === 1 && (before.handlerIds ?? []).join() !== (after.handlerIds ?? []).join()) {
    await dropRows(manager, Handler, { submissionId: id });
    await addRows(manager, Handler, [...new Set(after.handlerIds ?? [])].map((bodyId) => ({ submissionId: id, bodyId })));
  }
  const [were, are] = [readersOf(before.row.kind, before), readersOf(after.row.kind, after)];
  if (affected === 1 && were.join() !== are.join()) await moveInIndex(manager, id, are);
  return affected;
}

/** An undone move: what was written with it no longer counts. */
async function takeBack(manager: EntityManager, moveId: string): Promise<void> {
  await manager.update(Note, { moveId }, { isVoid: 1 });
  await takeBackEntries(manager, moveId);
}

/** A channel stands again where its last entry that counts left it; one without any was never sent to. */
async function takeBackEntries(manager: EntityManager, moveId: string): Promise<void> {
  const gone = await rowsWhere(manager, ChannelEntry, { moveId, isVoid: 0 });
  for (const { id, deliveryId } of gone) {
    await changeRows(manager, ChannelEntry, { id }, { isVoid: 1 });
    const left = await rowsWhere(manager, ChannelEntry, { deliveryId, isVoid: 0 }, { by: 'madeAt' });
    const moves = left.flatMap(({ action }) => (action === 'send' ? ['sent' as const] : deliveryFlow.moves[action].to === 'same' ? [] : [deliveryFlow.moves[action].to as LedgerState]));
    const last = moves.at(-1);
    await changeRows(manager, ChannelLine, { id: deliveryId }, last ? { state: last } : { isVoid: deliveryId });
  }
}

const docket = (now: () => Date) => ({
  insert, takeBack,
  update: (manager: EntityManager, before: OpinionDoc | ProposalDoc, after: OpinionDoc | ProposalDoc) => update(manager, before, after, now()),
});
const find = (manager: EntityManager, id: string, kind: Submission['kind']) => rowWhere(manager, Submission, { id, kind });

export const opinionDocket = (now: () => Date): Docket<keyof typeof opinionFlow.moves, OpinionState, OpinionDoc> => ({
  kind: 'opinion', flow: opinionFlow, ...docket(now),
  load: async (manager, id) => { const row = await find(manager, id, 'opinion'); return row ? opinionDoc(row) : undefined; },
});
export const proposalDocket = (now: () => Date): Docket<keyof typeof proposalFlow.moves, ProposalState, ProposalDoc> => ({
  kind: 'proposal', flow: proposalFlow, ...docket(now),
  load: async (manager, id) => { const row = await find(manager, id, 'proposal'); return row ? proposalDoc(row) : undefined; },
});
