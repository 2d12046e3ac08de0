import { awardFlow } from '@lvzhi/domain';
import type { AwardAction, Closure, AwardFacts, AwardState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Award, AwardScore } from './award.entity.ts';

/** What a move may change beside the state; texts are carried in `row`. */
export interface AwardDoc extends AwardFacts, Kept { readonly level: string | null; readonly decidedAt: string | null; readonly row: Award }
export const awardDoc = (row: Award, coAuthorIds: readonly string[], scoredBy: readonly string[], closure: Closure): AwardDoc => ({
  closure,
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.authorId, coAuthorIds, committeeId: row.nominatedBody, coCommitteeIds: [], begun: row.version > 0, scoredBy, level: row.level, decidedAt: row.decidedAt?.toISOString() ?? null, row,
});
const awardAfter = (doc: AwardDoc): Award => ({ ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, level: doc.level, decidedAt: doc.decidedAt === null ? null : new Date(doc.decidedAt) });
/** Whoever signed it together with the first proposer is awarded as well. */
async function loadAward(manager: EntityManager, id: string): Promise<AwardDoc | undefined> {
  const row = await rowWhere(manager, Award, { id });
  const [proposal, scores] = row ? [await rowWhere(manager, Submission, { id: row.proposalId }), await rowsWhere(manager, AwardScore, { awardId: id })] : [];
  return row && awardDoc(row, proposal?.coAuthorIds ?? [], (scores ?? []).map(({ personId }) => personId), proposal?.closure ?? 'open');
}
export const awardDocket = (): Docket<AwardAction, AwardState, AwardDoc> => ({
  kind: 'award', flow: awardFlow, load: loadAward,
  insert: (manager, doc) => addRows(manager, Award, [awardAfter(doc)]),
  update: (manager, before, after) => changeRows(manager, Award, { id: before.id, state: before.state, version: before.version }, awardAfter(after)),
});
