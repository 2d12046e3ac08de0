import { closedTitle, disposedTitle, readersOf } from '@lvzhi/domain';
import type { Closure, DisposalAction, HeldPost } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Handling } from '../handling/handling.entity.ts';
import { Rating } from '../handling/reply.entity.ts';
import { newId } from '../platform/ids.ts';
import { chain, Move } from '../platform/journal.ts';
import type { MoveDetail } from '../platform/journal.ts';
import { refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere } from '../platform/rows.ts';
import { moveInIndex } from '../platform/search-index.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { Edition, EditionText, Issue } from '../submissions/edition.entity.ts';
import { Entry } from '../submissions/entry.entity.ts';
import { Submission } from '../submissions/submission.entity.ts';
import type { Disposal } from './disposal.entity.ts';
import { allOf, concernedBy } from './removal.ts';

export interface By { readonly personId: string; readonly post: Pick<HeldPost, 'post' | 'bodyId'>; readonly at: Date }

/**
 * One step of 涉密处置 in a document's journal: beside its flow, so that its state stays, and with a version of its own, so that whoever was at it changes
 * nothing any more. Answers the move's id.
 */
export async function step(manager: EntityManager, row: Submission, action: DisposalAction, { personId, post, at }: By, set: { readonly closure: Closure; readonly title: string }, detail: MoveDetail): Promise<string> {
  const move: Omit<Move, 'hash'> = { id: newId(), docKind: row.kind, docId: row.id, seq: row.version + 1, action, fromState: row.state, toState: row.state, personId, post: post.post, bodyId: post.bodyId, madeAt: at, detail, requestKey: null };
  const hash = chain(row.hash, move);
  if (await changeRows(manager, Submission, { id: row.id, version: row.version, hash: row.hash }, { ...set, version: move.seq, hash, changedAt: at }) !== 1) refuse(action, '这件刚被别人处理过，请再试一次');
  await addRows(manager, Move, [{ ...move, hash }]);
  await moveInIndex(manager, row.id, readersOf(row.kind, { ...row, closure: set.closure }));
  const { handlings, ratings, entries } = await concernedBy(manager, row.id);
  for (const [entity, ids] of [[Handling, handlings], [Rating, ratings], [Entry, entries]] as const) if (ids.length > 0) await changeRows<Handling | Rating | Entry>(manager, entity, { id: ids }, { closure: set.closure });
  return move.id;
}

/** Nothing of it waits for anybody; what waited is closed by the mark, so that it can be opened again as it was. */
export async function holdTasks(manager: EntityManager, submissionId: string, moveId: string, draft?: Pick<Disposal, 'authorId' | 'draftKey'>): Promise<void> {
  await changeRows(manager, Assignment, { docId: allOf(submissionId, await concernedBy(manager, submissionId, draft)), isOpen: 1 }, { isOpen: 0, closedBy: moveId });
}
export async function releaseTasks(manager: EntityManager, moveId: string): Promise<void> {
  await changeRows(manager, Assignment, { closedBy: moveId }, { isOpen: 1, closedBy: null });
}

/** An issue's title stands in lists of its own; while it is looked into it says no more than the report's. */
export async function hideIssues(manager: EntityManager, submissionId: string): Promise<void> { await changeRows(manager, Issue, { submissionId }, { title: closedTitle }); }
export async function showIssues(manager: EntityManager, submissionId: string): Promise<void> {
  const [texts, edition] = [await rowsWhere(manager, EditionText, { submissionId }), await rowsWhere(manager, Edition, { submissionId })];
  for (const issue of await rowsWhere(manager, Issue, { submissionId })) await changeRows(manager, Issue, { id: issue.id }, { title: texts.find(({ textNo }) => textNo === issue.textNo)?.title ?? edition[0]?.title ?? disposedTitle });
}
