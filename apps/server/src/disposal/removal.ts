import { disposedTitle } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Handling } from '../handling/handling.entity.ts';
import { Rating } from '../handling/reply.entity.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { FileRow } from '../platform/file.entity.ts';
import { moveMark } from '../platform/marks.ts';
import { addRows, changeRows, rowsWhere } from '../platform/rows.ts';
import { rewriteIndex } from '../platform/search-index.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { routingMark } from '../routing/knowledge.queries.ts';
import { RoutingExample, RoutingModelRow } from '../routing/routing.entity.ts';
import { ViewRow } from '../search/view.entity.ts';
import { SimilarText } from '../similar/similar.entity.ts';
import { Award } from '../awards/award.entity.ts';
import { Publication } from '../publication/publication.entity.ts';
import { Ballot, Demand, Supervision } from '../supervision/supervision.entity.ts';
import { Cosign, Joint, JointText } from '../submissions/joint.entity.ts';
import { DraftText } from '../submissions/draft.entity.ts';
import { Edition } from '../submissions/edition.entity.ts';
import { Entry } from '../submissions/entry.entity.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';
import { DisposalFile } from './disposal.entity.ts';
import type { Disposal } from './disposal.entity.ts';
import { treatments } from './treatments.ts';

/** What belongs to a submission and is a document of its own. */
export interface Concerned { readonly handlings: string[]; readonly ratings: string[]; readonly entries: string[]; readonly supervisions: string[]; readonly joints: string[]; /** Demands and ballots of a supervision; its publication and awards, invitations to sign. */ readonly asked: string[] }
export async function concernedBy(manager: EntityManager, submissionId: string, draft?: Pick<Disposal, 'authorId' | 'draftKey'>): Promise<Concerned> {
  const ratings = [...await rowsWhere(manager, Rating, { proposalId: submissionId }), ...await rowsWhere(manager, Rating, { mainId: submissionId })];
  const [handlings, entries] = [await rowsWhere(manager, Handling, { proposalId: submissionId }), await rowsWhere(manager, Entry, { submissionId })];
  const own = { proposalId: submissionId };
  const [supervisions, asked] = [await rowsWhere(manager, Supervision, own), [...await rowsWhere(manager, Demand, own), ...await rowsWhere(manager, Ballot, own), ...await rowsWhere(manager, Publication, own), ...await rowsWhere(manager, Award, own)]];
  const unsent = draft ? await rowsWhere(manager, Joint, { firstId: draft.authorId, draftKey: draft.draftKey, proposalId: null }) : [];
  const joints = [...await rowsWhere(manager, Joint, own), ...unsent].map(({ id }) => id);
  const cosigns = await rowsWhere(manager, Cosign, { jointId: joints });
  return { handlings: handlings.map(({ id }) => id), ratings: [...new Set(ratings.map(({ id }) => id))], entries: entries.map(({ id }) => id), supervisions: supervisions.map(({ id }) => id), joints, asked: [...asked, ...cosigns].map(({ id }) => id) };
}
export const allOf = (submissionId: string, { handlings, ratings, entries, supervisions, asked }: Concerned): string[] => [submissionId, ...handlings, ...ratings, ...entries, ...supervisions, ...asked];

type Of = Pick<Disposal, 'id' | 'docId' | 'authorId' | 'draftKey' | 'receiptNo'>;
/** Takes out everything that somebody wrote, in the transaction of the disposal. Answers whether routing must learn anew. What has no rows any more (an older backup came back) is none the less looked for by its draft. */
export async function removeTexts(manager: EntityManager, disposal: Of, now: Date, sent: readonly string[] = []): Promise<{ readonly unlearn: boolean }> {
  const { docId } = disposal;
  const found = await concernedBy(manager, docId, disposal);
  const ids = { submission: [docId], handling: found.handlings, rating: found.ratings, entry: found.entries, supervision: found.supervisions, joint: found.joints, document: allOf(docId, found) };
  const drafts = [...await rowsWhere(manager, DraftText, { ofId: docId }), ...await rowsWhere(manager, DraftText, { personId: disposal.authorId, draftKey: disposal.draftKey })];
  await removeViews(manager, docId, drafts);
  const shown = await rowsWhere(manager, JointText, { jointId: found.joints });
  await noteFiles(manager, disposal.id, ids.document, [...[...drafts, ...shown].flatMap(({ fileIds }) => fileIds), ...sent]);
  const notices = await rowsWhere(manager, OutboxRow, { docId: ids.document });
  if (notices.length > 0) await manager.delete(Delivery, notices.map(({ id }) => ({ noticeId: id })));
  const unlearn = await forgetLessons(manager, docId);
  for (const { table, by, of, set } of treatments) {
    if (ids[of].length === 0) continue;
    const [escape, places] = [(it: string) => manager.connection.driver.escape(it), ids[of].map(() => '?').join()];
    const verb = set ? `UPDATE ${escape(table)} SET ${Object.keys(set).map((it) => `${escape(it)} = ?`).join()}` : `DELETE FROM ${escape(table)}`;
    await manager.query(`${verb} WHERE ${escape(by)} IN (${places})`, [...Object.values(set ?? {}), ...ids[of]]);
  }
  await manager.delete(DraftText, { personId: disposal.authorId, draftKey: disposal.draftKey });
  await changeRows(manager, SimilarText, { id: docId }, { terms: [], counts: [], keptAt: now });
  await forgetWords(manager, disposal);
  return { unlearn };
}

async function forgetWords(manager: EntityManager, { docId, receiptNo }: Of): Promise<void> {
  const row = (await rowsWhere(manager, Submission, { id: docId }))[0];
  if (row) await rewriteIndex(manager, { docId, revisionNo: row.revision, authorName: '', parts: [receiptNo, disposedTitle] });
  // So that the next look gives the author's name back.
  await manager.query('UPDATE search_entries SET made_with = 0 WHERE doc_id = ?', [docId]);
}

/** The rows of attachments go with the transaction; their bytes after it, and this list says which are still to go. */
async function noteFiles(manager: EntityManager, disposalId: string, documents: readonly string[], more: readonly string[]): Promise<void> {
  const files = [...await rowsWhere(manager, FileRow, { docId: [...documents] }), ...await rowsWhere(manager, FileRow, { id: [...new Set(more)] })];
  const once = [...new Map(files.map((it) => [it.id, it])).values()];
  const known = new Set((await rowsWhere(manager, DisposalFile, { fileId: once.map(({ id }) => id) })).map(({ fileId }) => fileId));
  await addRows(manager, DisposalFile, once.filter(({ id }) => !known.has(id)).map(({ id, sha256 }) => ({ fileId: id, disposalId, sha256, removedAt: null })));
  for (const { id } of once) await manager.delete(FileRow, { id });
}

/** Models that learnt from it hold pieces of its words: they lose theirs, and the next is learnt from what is left. */
async function forgetLessons(manager: EntityManager, submissionId: string): Promise<boolean> {
  const examples = await rowsWhere(manager, RoutingExample, { submissionId });
  if (examples.length === 0) return false;
  const first = Math.min(...examples.map(({ decidedAt }) => decidedAt.getTime()));
  for (const model of await manager.find(RoutingModelRow)) {
    if (model.madeAt.getTime() >= first) await changeRows(manager, RoutingModelRow, { id: model.id }, { words: { ...model.words, lines: [] } });
  }
  await moveMark(manager, routingMark);
  return true;
}

const fewest = 4;
/** A view that somebody kept and that names a piece of the text goes as well. */
async function removeViews(manager: EntityManager, submissionId: string, drafts: readonly DraftText[]): Promise<void> {
  const revisions = await rowsWhere(manager, Revision, { submissionId });
  const edition = await rowsWhere(manager, Edition, { submissionId });
  const text = [...revisions.flatMap((it) => [it.title, it.situation, it.analysis, it.suggestion]), ...edition.flatMap((it) => [it.title, it.body]), ...drafts.flatMap(({ title, content }) => [title, content.situation, content.analysis, content.suggestion])].join('\n');
  for (const view of await manager.find(ViewRow)) {
    const said = [view.name, ...new URLSearchParams(view.query).values()].flatMap((it) => it.split(/\s+/));
    if (said.some((it) => it.length >= fewest && text.includes(it))) await manager.delete(ViewRow, { id: view.id });
  }
}
