import type { SubmissionView } from '@lvzhi/contracts';
import { isCollective } from '@lvzhi/domain';
import type { Draft } from '../../platform/draft.ts';

/** The body whose proposal it is, to be signed anew; null: a member's. */
export const collectiveOf = ({ proposer, collective }: SubmissionView): Draft['collective'] =>
  (collective && proposer && isCollective(proposer.code) ? { bodyId: collective.bodyId, kind: proposer.code, signer: collective.signer ?? '' } : null);
