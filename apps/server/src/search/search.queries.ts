import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, FoundRow, routes, Sought } from '@lvzhi/contracts';
import { addDays, excerptOf, instantOf, looksUnder, marked, submissionKinds, termsOf } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { found, isIndexing } from './statements.ts';

interface Page { readonly rows: Submission[]; readonly next: string | null; readonly terms: string[] }

/** Finding in the reader's scope: one normal form, two steps (decision 12). */
@Injectable()
export class SearchQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries) {}

  search(caller: Caller, sought: Sought, after: string | undefined, limit: number): Promise<Answer<typeof routes.findDocuments>> {
    return this.database.read(async (manager) => {
      const { rows, next, terms } = await this.page(manager, caller, sought, after, limit);
      const texts = await this.textsOf(manager, terms.length === 0 ? [] : rows);
      const lines = await this.submissions.rows(manager, caller, rows);
      return { rows: lines.map((row) => ({ ...row, hits: hitsIn(row, texts.get(row.id), terms) })), next, terms, indexing: await isIndexing(manager) };
    });
  }

  /** The documents alone, for the list and for what goes out as a file. */
  async page(manager: EntityManager, caller: Caller, sought: Sought, after: string | undefined, limit: number): Promise<Page> {
    const terms = termsOf(sought.query);
    // Signs alone are no words: then nothing was looked for, and nothing is what was found.
    if (terms.length === 0 && sought.query !== '') return { rows: [], next: null, terms };
    const below = after === undefined ? undefined : Number(after);
    if (below !== undefined && !Number.isSafeInteger(below)) return { rows: [], next: null, terms };
    const readers = [...new Set(submissionKinds.flatMap((kind) => looksUnder(kind, caller)))];
    const hits = await found(manager, { actor: caller, readers, below, terms, narrowed: narrowed(sought), limit: limit + 1 });
    const docs = new Map((await rowsWhere(manager, Submission, { id: hits.map(({ docId }) => docId) })).map((it) => [it.id, it]));
    const kept = hits.slice(0, limit);
    return { rows: kept.flatMap(({ docId }) => docs.get(docId) ?? []), next: hits.length > limit ? String(kept.at(-1)?.seq) : null, terms };
  }

  private async textsOf(manager: EntityManager, rows: readonly Submission[]): Promise<Map<string, string>> {
    const current = new Map(rows.map(({ id, revision }) => [id, revision]));
    const revisions = await rowsWhere(manager, Revision, { submissionId: [...current.keys()] });
    return new Map(revisions.filter((it) => current.get(it.submissionId) === it.revisionNo).map((it) => [it.submissionId, [it.situation, it.analysis, it.suggestion].filter(Boolean).join(' ')]));
  }
}

function hitsIn(row: Omit<FoundRow, 'hits'>, text: string | undefined, terms: readonly string[]): FoundRow['hits'] {
  return { number: marked(row.receiptNo ?? '', terms), caseNo: marked(row.caseNo ?? '', terms), title: marked(row.title, terms), author: marked([row.author, ...row.coAuthors].map(({ name }) => name).join('、'), terms), excerpt: excerptOf(text ?? '', terms) };
}

/** The filters as conditions over `submissions s`; a day is a day of Shanghai. */
function narrowed({ kind, state, urgency, committeeId, townId, proposer, from, until }: Sought) {
  const equal = { kind, state, urgency, committee_id: committeeId, town_id: townId, proposer_kind: proposer };
  return [
    ...Object.entries(equal).flatMap(([column, value]) => (value === undefined ? [] : [{ sql: `s.${column} = ?`, value }])),
    ...(from === null ? [] : [{ sql: 's.submitted_at >= ?', value: instantOf(from, '00:00') }]),
    ...(until === null ? [] : [{ sql: 's.submitted_at < ?', value: instantOf(addDays(until, 1), '00:00') }]),
  ];
}
