import { beforeFiling, cosignFlow } from '@lvzhi/domain';
import type { Choice, CosignAction, CosignFacts, CosignState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowWhere } from '../platform/rows.ts';
import { closuresOfDrafts } from '../disposal/disposed.queries.ts';
import { Cosign, Joint } from './joint.entity.ts';
import { Submission } from './submission.entity.ts';

export interface CosignDoc extends CosignFacts, Kept { readonly askedAt: string; readonly signedAt: string | null; readonly signedNo: number | null; readonly publicity: Choice | null; readonly row: Cosign }
/** The proposal as far as the signatures must know it; before it is handed in, its draft. */
export type Lying = Pick<Submission, 'state' | 'closure'>;
export async function lyingOf(manager: EntityManager, { id, firstId, draftKey, proposalId }: Joint): Promise<Lying> {
  const proposal = proposalId === null ? undefined : await rowWhere(manager, Submission, { id: proposalId });
  return proposal ?? { state: 'draft', closure: (await closuresOfDrafts(manager, [{ id, firstId, draftKey }])).get(id) ?? 'open' };
}

export const cosignDoc = (row: Cosign, { firstId, textNo }: Pick<Joint, 'firstId' | 'textNo'>, proposal: Lying): CosignDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.personId, committeeId: null, coCommitteeIds: [], clerkId: firstId, closure: proposal.closure, begun: row.version > 0, firstId, textNo: row.textNo, currentNo: textNo,
  handedIn: proposal.state !== 'draft' && proposal.state !== 'returned', anew: proposal.state === 'signing_anew', filed: !beforeFiling.some((it) => it === proposal.state),
  askedAt: row.askedAt.toISOString(), signedAt: row.signedAt?.toISOString() ?? null, signedNo: row.signedNo, publicity: row.publicity, row,
});
const cosignAfter = (doc: CosignDoc): Cosign => ({ ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, textNo: doc.textNo, askedAt: new Date(doc.askedAt), signedAt: doc.signedAt === null ? null : new Date(doc.signedAt), signedNo: doc.signedNo, publicity: doc.publicity });

async function load(manager: EntityManager, id: string): Promise<CosignDoc | undefined> {
  const row = await rowWhere(manager, Cosign, { id });
  const joint = row && await rowWhere(manager, Joint, { id: row.jointId });
  return joint && cosignDoc(row, joint, await lyingOf(manager, joint));
}

export const cosignDocket: Docket<CosignAction, CosignState, CosignDoc> = {
  kind: 'cosign', flow: cosignFlow, load,
  insert: (manager, doc) => addRows(manager, Cosign, [cosignAfter(doc)]),
  update: (manager, before, after) => {
    const { state, version, hash, textNo, askedAt, signedAt, signedNo, publicity } = cosignAfter(after);
    return changeRows(manager, Cosign, { id: before.id, state: before.state, version: before.version }, { state, version, hash, textNo, askedAt, signedAt, signedNo, publicity });
  },
};
