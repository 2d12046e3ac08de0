import { ballotFlow, demandFlow, instantOf, supervisionFlow } from '@lvzhi/domain';
import type { Closure, BallotAction, BallotFacts, BallotState, DemandAction, DemandFacts, DemandState, SupervisionAction, SupervisionFacts, SupervisionState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { otherProposers } from '../handling/around.queries.ts';
import { Handling } from '../handling/handling.entity.ts';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Ballot, Demand, Supervision } from './supervision.entity.ts';

/** What a move may change beside the state; texts are carried in `row`. */
export interface SupervisionDoc extends SupervisionFacts, Kept { readonly form: string | null; readonly leaderId: string | null; readonly dueOn: string | null; readonly units: readonly string[]; readonly row: Supervision }
export interface DemandDoc extends DemandFacts, Kept { readonly dueOn: string; readonly answeredAt: string | null; readonly row: Demand }
export interface BallotDoc extends BallotFacts, Kept { readonly givenAt: string | null; readonly row: Ballot }

/** A date that somebody named ends with the office's day. */
export type DayEnd = (day: string) => Date;
export const dayEnd = (hours: readonly (readonly [string, string])[]): DayEnd => (day) => instantOf(day, hours.at(-1)?.[1] ?? '17:30');

/** What a supervision knows of the rest: all proposers beside the first, the units that handle the case, demands that are not settled. */
export interface Beside { readonly coAuthorIds: readonly string[]; readonly units: readonly string[]; readonly openDemands: number; /** Of the proposal: what 涉密处置 closes, it closes with all that belongs to it. */ readonly closure: Closure }
export const alone: Beside = { coAuthorIds: [], units: [], openDemands: 0, closure: 'open' };
/** For a page at once. */
export async function besideOf(manager: EntityManager, rows: readonly Supervision[]): Promise<Map<string, Beside>> {
  const ids = [...new Set(rows.map(({ proposalId }) => proposalId))];
  if (ids.length === 0) return new Map();
  const [proposals, others, parts, demands] = [
    await rowsWhere(manager, Submission, { id: ids }), await otherProposers(manager, rows.map(({ proposalId, authorId }) => ({ id: proposalId, authorId }))), await rowsWhere(manager, Handling, { proposalId: ids }), await rowsWhere(manager, Demand, { supervisionId: rows.map(({ id }) => id) }),
  ];
  return new Map(rows.map(({ id, proposalId, authorId }) => {
    const proposal = proposals.find((it) => it.id === proposalId);
    const joint = proposal?.coAuthorIds ?? [];
    return [id, {
      closure: proposal?.closure ?? 'open',
      coAuthorIds: [...new Set([...joint, ...others.get(proposalId) ?? []])].filter((it) => it !== authorId),
      units: [...new Set(parts.filter((it) => it.proposalId === proposalId && it.state !== 'reassigned' && it.state !== 'stopped').map(({ unitId }) => unitId))],
      openDemands: demands.filter((it) => it.supervisionId === id && (it.state === 'asked' || it.state === 'answered')).length,
    }];
  }));
}
const hidden: readonly SupervisionState[] = ['proposed', 'declined'];
/** Whom it concerns: who nominated it, and the units of the case once it is decided. */
export const concerned = ({ state, nominatedBody }: Supervision, units: readonly string[]): string[] => [nominatedBody, ...(hidden.includes(state) ? [] : units)];

export const supervisionDoc = (row: Supervision, { coAuthorIds, units, openDemands, closure }: Beside): SupervisionDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.authorId, committeeId: row.committeeId, coCommitteeIds: concerned(row, units), coAuthorIds, closure, clerkId: row.nominatedBy,
  begun: row.version > 0, decider: row.decider, appraising: row.form === 'appraisal', appraisal: row.appraisal, openDemands, form: row.form, leaderId: row.leaderId, dueOn: row.dueOn, units, row,
});
export const supervisionAfter = (doc: SupervisionDoc): Supervision => ({
  ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, committeeId: doc.committeeId, form: doc.form, leaderId: doc.leaderId, dueOn: doc.dueOn, appraisal: doc.appraisal, openProposalId: doc.state === 'declined' || doc.state === 'cancelled' ? null : doc.row.proposalId,
});
export const supervisionDocket = (now: () => Date, end: DayEnd): Docket<SupervisionAction, SupervisionState, SupervisionDoc> => ({
  kind: 'supervision', flow: supervisionFlow,
  load: async (manager, id) => {
    const row = await rowWhere(manager, Supervision, { id });
    return row && supervisionDoc(row, (await besideOf(manager, [row])).get(id) ?? alone);
  },
  insert: (manager, doc) => addRows(manager, Supervision, [supervisionAfter(doc)]),
  update: (manager, before, after) => changeRows(manager, Supervision, { id: before.id, state: before.state, version: before.version }, { ...supervisionAfter(after), changedAt: now() }),
  dueAt: ({ dueOn }) => (dueOn === null ? now() : end(dueOn)),
});

export const demandDoc = (row: Demand, { coAuthorIds, closure }: Pick<Beside, 'coAuthorIds' | 'closure'>): DemandDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.authorId, coAuthorIds, closure, committeeId: row.unitId, coCommitteeIds: [row.committeeId], leadId: row.committeeId, begun: row.version > 0, dueOn: row.dueOn, answeredAt: row.answeredAt?.toISOString() ?? null, row,
});
const demandAfter = (doc: DemandDoc): Demand => ({ ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, dueOn: doc.dueOn, answeredAt: doc.answeredAt === null ? null : new Date(doc.answeredAt) });
export const demandDocket = (end: DayEnd): Docket<DemandAction, DemandState, DemandDoc> => ({
  kind: 'demand', flow: demandFlow,
  load: async (manager, id) => {
    const row = await rowWhere(manager, Demand, { id });
    const supervision = row && await rowWhere(manager, Supervision, { id: row.supervisionId });
    return row && supervision && demandDoc(row, (await besideOf(manager, [supervision])).get(supervision.id) ?? alone);
  },
  insert: (manager, doc) => addRows(manager, Demand, [demandAfter(doc)]),
  update: (manager, before, after) => changeRows(manager, Demand, { id: before.id, state: before.state, version: before.version }, demandAfter(after)),
  dueAt: ({ dueOn }) => end(dueOn),
});

export const ballotDoc = (row: Ballot, now: Date, end: DayEnd, closure: Closure): BallotDoc => ({ closure, id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.authorId, committeeId: null, coCommitteeIds: [], begun: row.version > 0, overdue: now > end(row.dueOn), givenAt: row.givenAt?.toISOString() ?? null, row });
const ballotAfter = (doc: BallotDoc): Ballot => ({ ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, givenAt: doc.givenAt === null ? null : new Date(doc.givenAt) });
export const ballotDocket = (now: () => Date, end: DayEnd): Docket<BallotAction, BallotState, BallotDoc> => ({
  kind: 'ballot', flow: ballotFlow,
  load: async (manager, id) => { const row = await rowWhere(manager, Ballot, { id }); return row && ballotDoc(row, now(), end, (await rowWhere(manager, Submission, { id: row.proposalId }))?.closure ?? 'open'); },
  insert: (manager, doc) => addRows(manager, Ballot, [ballotAfter(doc)]),
  update: (manager, before, after) => changeRows(manager, Ballot, { id: before.id, state: before.state, version: before.version }, ballotAfter(after)),
  dueAt: ({ row }) => end(row.dueOn),
});
