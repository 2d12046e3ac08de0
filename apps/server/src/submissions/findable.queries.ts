import type { ProposalSession } from '@lvzhi/domain';
import type { Findable } from '../platform/search-index.ts';
import { caseNoOf } from './case-numbers.ts';
import type { Revision, Submission } from './submission.entity.ts';

/** What of a submission can be found: its numbers, title and body, and the names of all who report it, the first one first. */
export const findableOf = (row: Submission, { title, situation, analysis, suggestion }: Pick<Revision, 'title' | 'situation' | 'analysis' | 'suggestion'>, [authorName = '', ...others]: readonly string[], sessions: readonly ProposalSession[]): Findable =>
  ({ docId: row.id, revisionNo: row.revision, authorName, parts: [row.receiptNo, caseNoOf(row, sessions) ?? '', title, situation, analysis, suggestion, ...others] });
