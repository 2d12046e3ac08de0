import { documentKinds, submissionKinds, taskActions } from '@lvzhi/domain';
import * as v from 'valibot';
import { handlingRow } from './handling.ts';
import { entryRow } from './entries.ts';
import { invitationRow } from './joints.ts';
import { after, at, due, limit, nothing, oneOf, page } from './pieces.ts';
import { route } from './route.ts';
import { routingCard } from './routing.ts';
import { submissionRow } from './submissions.ts';
import { supervisionRow } from './supervisions.ts';
import { visitRow } from './visits.ts';

/** One thing that waits for this person (待办), by themself or in a post of theirs. Exactly one of submission, visit, entry, handling, supervision and invitation is there. */
const taskRow = v.object({
  id: v.string(), kind: v.picklist(documentKinds), docId: v.string(), action: v.picklist(taskActions), actionWords: v.string(),
  openedAt: at, due: v.nullable(due),
  submission: v.nullable(submissionRow), visit: v.nullable(visitRow), entry: v.nullable(entryRow), handling: v.nullable(handlingRow), supervision: v.nullable(supervisionRow), invitation: v.nullable(invitationRow), routing: v.nullable(routingCard),
});
export type TaskRow = v.InferOutput<typeof taskRow>;

const taskFilters = ['all', 'low', 'critical', 'rerouted', 'due_today'] as const;
/** Counts stop at 99: a badge, not a statistic. */
const count = v.number();

export const tasks = {
  home: route({ method: 'GET', path: '/home', summary: '待办首页：要我办的（最急的在前）、我提交的在谁手里、初审几件', who: 'signed_in', input: nothing,
    output: v.object({ tasks: v.array(taskRow), more: v.boolean(), dueToday: count, review: count, triage: count, held: v.array(submissionRow), unread: count }) }),
  listTasks: route({ method: 'GET', path: '/tasks', summary: '一类待办，最先到期的在前：分办台 triage、初审 review、我本人的 mine', who: 'signed_in',
    input: v.object({ box: oneOf('待办的类别', ['triage', 'review', 'mine', 'edit', 'visits', 'entries', 'handling']), kind: v.optional(oneOf('社情民意或提案', submissionKinds)),
      filter: v.optional(oneOf('要看哪些', taskFilters), 'all'), after, limit }), output: page(taskRow) }),
  countTriage: route({ method: 'GET', path: '/tasks/triage/counts', summary: '分办台每个筛选下的件数（到 99 为止）', who: ['triage_opinion', 'triage_proposal'],
    input: v.object({ kind: oneOf('社情民意或提案', submissionKinds) }), output: v.object({ all: count, low: count, critical: count, rerouted: count, due_today: count }) }),
  countTasks: route({ method: 'GET', path: '/tasks/counts', summary: '各类待办的件数（到 99 为止）', who: 'signed_in', input: nothing,
    output: v.object({ triage: count, review: count, mine: count, edit: count, visits: count, entries: count, handling: count, secrets: count, unread: count }) }),
} as const;
