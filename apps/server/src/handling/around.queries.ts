import type { EntityManager } from 'typeorm';
import { rowsWhere } from '../platform/rows.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Handling, TalkAnswer } from './handling.entity.ts';

/** What a unit's part knows of the rest: the proposers of the cases merged into its own, the unit that leads, whom a talk waits for. */
export interface Around { readonly coAuthorIds: readonly string[]; readonly leadId: string | undefined; readonly askedTalks: readonly string[] }
export const alone: Around = { coAuthorIds: [], leadId: undefined, askedTalks: [] };

/** The proposers of a case beside the first: those whose cases were merged into it (并案; rules: duty-rules §9.1). */
export async function otherProposers(manager: EntityManager, cases: readonly { readonly id: string; readonly authorId: string }[]): Promise<Map<string, string[]>> {
  const merged = cases.length === 0 ? [] : await rowsWhere(manager, Submission, { mainId: cases.map(({ id }) => id), state: 'merged' });
  return new Map(cases.map(({ id, authorId }) => [id, [...new Set(merged.filter(({ mainId }) => mainId === id).map((it) => it.authorId))].filter((it) => it !== authorId)]));
}

/** For a page of parts at once. */
export async function aroundOf(manager: EntityManager, rows: readonly Handling[]): Promise<Map<string, Around>> {
  if (rows.length === 0) return new Map();
  const cases = [...new Map(rows.map(({ proposalId, authorId }) => [proposalId, { id: proposalId, authorId }])).values()];
  const [others, leads, asked] = [
    await otherProposers(manager, cases), await rowsWhere(manager, Handling, { proposalId: cases.map(({ id }) => id), role: 'lead' }),
    await rowsWhere(manager, TalkAnswer, { handlingId: rows.map(({ id }) => id), answer: 'asked' }),
  ];
  return new Map(rows.map(({ id, proposalId }) => [id, {
    coAuthorIds: others.get(proposalId) ?? [], leadId: leads.find((it) => it.proposalId === proposalId && it.state !== 'reassigned' && it.state !== 'stopped')?.unitId,
    askedTalks: asked.filter(({ handlingId }) => handlingId === id).map(({ personId }) => personId),
  }]));
}

/** The parts of a case that units still work on. */
export async function openParts(manager: EntityManager, proposalId: string): Promise<string[]> {
  return (await rowsWhere(manager, Handling, { proposalId, state: ['assigned', 'handling', 'opined'] })).map(({ id }) => id);
}
