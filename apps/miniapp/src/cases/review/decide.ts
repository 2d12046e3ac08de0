import type { SubmissionView } from '@lvzhi/contracts';
import { opinionActionWords, proposalActionWords } from '@lvzhi/domain';
import { api } from '../../platform/api.ts';

/** What a committee decides on a case, with what it takes. */
export type Decision =
  | { action: 'pass'; note: string } | { action: 'return'; note: string } | { action: 'not_adopt'; reason: string; note: string }
  | { action: 'reroute'; committeeId: string | null; reason: string } | { action: 'start_review' }
  | { action: 'prepare'; outcome: 'pass' | 'return' | 'not_adopt'; note: string } | { action: 'comment'; note: string }
  | { action: 'review'; outcome: string; note: string; unitIds: string[] };
export type ReviewAction = Decision['action'];
/** In the order in which a head meets them: the first that is allowed becomes the main button. */
export const reviewActions = ['pass', 'review', 'prepare', 'comment', 'start_review', 'return', 'not_adopt', 'reroute'] as const satisfies readonly ReviewAction[];

export function wordsOf(kind: SubmissionView['kind'], action: ReviewAction): string {
  if (action === 'review') return proposalActionWords.review;
  if (action === 'pass' || action === 'not_adopt') return opinionActionWords[action];
  return action === 'reroute' ? '不归我们，改送' : (kind === 'opinion' ? opinionActionWords : proposalActionWords)[action];
}
/** After these the case is still before the same reader. */
export const staysHere = (action: ReviewAction): boolean => action === 'start_review';

/** Sends it, as decided on the version that was shown. @throws Failure, InvalidInput */
export function decide({ id, version }: Pick<SubmissionView, 'id' | 'version'>, key: string, decision: Decision): ReturnType<typeof api.pass> {
  const on = { id, version, key };
  switch (decision.action) {
    case 'pass': return api.pass({ ...on, note: decision.note });
    case 'return': return api.sendBack({ ...on, note: decision.note });
    case 'not_adopt': return api.notAdopt({ ...on, reason: decision.reason, note: decision.note });
    case 'reroute': return api.reroute({ ...on, committeeId: decision.committeeId, reason: decision.reason });
    case 'start_review': return api.startReview(on);
    case 'prepare': return api.prepare({ ...on, outcome: decision.outcome, note: decision.note });
    case 'comment': return api.comment({ ...on, note: decision.note });
    case 'review': return api.review({ ...on, outcome: decision.outcome, note: decision.note, unitIds: decision.unitIds });
  }
}
