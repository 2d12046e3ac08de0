import { publicationFlow } from '@lvzhi/domain';
import type { Closure, PublicationAction, PublicationFacts, PublicationState } from '@lvzhi/domain';
import type { Docket, Kept } from '../platform/docket.ts';
import { addRows, changeRows, rowWhere } from '../platform/rows.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Publication } from './publication.entity.ts';

/** What a move may change beside the state: who has agreed, and since when it is out; the text is carried in `row`. */
export interface PublicationDoc extends PublicationFacts, Kept { readonly coAuthorIds: readonly string[]; readonly agreedIds: readonly string[]; readonly publishedAt: string | null; readonly row: Publication }
const waitingOf = ({ authorId, coAuthorIds }: Pick<PublicationDoc, 'authorId' | 'coAuthorIds'>, agreed: readonly string[]): string[] => [authorId, ...coAuthorIds].filter((it) => !agreed.includes(it));
/** The same with this person's word, or with nobody's. */
export const agreedBy = (doc: Pick<PublicationDoc, 'authorId' | 'coAuthorIds'>, agreedIds: readonly string[]): Pick<PublicationDoc, 'agreedIds' | 'waiting'> => ({ agreedIds, waiting: waitingOf(doc, agreedIds) });

/** `refused`: of one that is not begun, who said no with the paper. `closure`: of the proposal; what 涉密处置 closes, it closes with all that belongs to it. */
export const publicationDoc = (row: Publication, closure: Closure, refused: readonly string[] = []): PublicationDoc => ({
  closure, refused,
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.authorId, coAuthorIds: row.coAuthorIds, committeeId: null, coCommitteeIds: [], begun: row.version > 0, ...agreedBy(row, row.agreedIds), publishedAt: row.publishedAt?.toISOString() ?? null, row,
});
const publicationAfter = (doc: PublicationDoc): Publication => ({ ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, agreedIds: [...doc.agreedIds], publishedAt: doc.publishedAt === null ? null : new Date(doc.publishedAt) });
export const publicationDocket = (): Docket<PublicationAction, PublicationState, PublicationDoc> => ({
  kind: 'publication', flow: publicationFlow,
  load: async (manager, id) => {
    const row = await rowWhere(manager, Publication, { id });
    return row && publicationDoc(row, (await rowWhere(manager, Submission, { id: row.proposalId }))?.closure ?? 'open');
  },
  insert: (manager, doc) => addRows(manager, Publication, [publicationAfter(doc)]),
  update: (manager, before, after) => changeRows(manager, Publication, { id: before.id, state: before.state, version: before.version }, publicationAfter(after)),
});
