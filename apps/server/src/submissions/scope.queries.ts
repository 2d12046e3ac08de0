import { scopeOf, submissionKinds } from '@lvzhi/domain';
import type { Actor, SubmissionKind } from '@lvzhi/domain';

/** Keeps a value (or a list of them) for a statement and answers the sign that stands for it there. */
export type Put = (value: string | readonly string[]) => string;

/** The same rule as `maySee`, as SQL over `submissions s`: every list of submissions holds it. */
export function scopeCondition(actor: Actor, kind: SubmissionKind, put: Put): string {
  const { all, board, authorIds, committeeIds, states, handlerIds = [] } = scopeOf(kind, actor);
  // In the order in which they stand in the condition.
  const [own, together] = [put(authorIds), put(authorIds)];
  const others = [
    ...(all ? ['1 = 1'] : []), ...(board ? ["s.decider = 'review_board'"] : []), ...(states ? [`s.state IN (${put(states)})`] : []),
    ...(all || committeeIds.length === 0 ? [] : [`s.committee_id IN (${put(committeeIds)})`, `EXISTS (SELECT 1 FROM submission_co c WHERE c.submission_id = s.id AND c.committee_id IN (${put(committeeIds)}))`]),
    ...(all || handlerIds.length === 0 ? [] : [`EXISTS (SELECT 1 FROM submission_handlers h WHERE h.submission_id = s.id AND h.body_id IN (${put(handlerIds)}))`]),
  ];
  return `(s.closure <> 'marked' AND (s.author_id IN (${own}) OR EXISTS (SELECT 1 FROM submission_co_authors a WHERE a.submission_id = s.id AND a.person_id IN (${together}))${others.length === 0 ? '' : ` OR (s.state <> 'draft' AND (${others.join(' OR ')}))`}))`;
}
/** Of what belongs to a submission (issues, lines of the ledger), as SQL: leaves out what 涉密核查 has closed. */
export const openly = (alias: string, column = 'submission_id'): string => `NOT EXISTS (SELECT 1 FROM submissions closed WHERE closed.id = ${alias}.${column} AND closed.closure = 'marked')`;
/** Over both kinds, each by its own rule. */
export const wholeScope = (actor: Actor, put: Put): string => `(${submissionKinds.map((kind) => `(s.kind = '${kind}' AND ${scopeCondition(actor, kind, put)})`).join(' OR ')})`;
