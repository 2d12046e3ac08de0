import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, EditionView, Given, IssueView, routes } from '@lvzhi/contracts';
import { isOneOfTheirs, maySee, scopeOf, whyNotEditable } from '@lvzhi/domain';
import type { OpinionState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { opinionDoc } from './docket.ts';
import { Edition, Issue } from './edition.entity.ts';
import { reporterNames } from './reporters.queries.ts';
import { openly } from './scope.queries.ts';
import { Note, Revision, Submission } from './submission.entity.ts';

/** The report's own words as the edited text is laid out: paragraphs, a blank line between the parts. */
export const plainBody = ({ situation, analysis, suggestion }: Pick<Revision, 'situation' | 'analysis' | 'suggestion'>): string => [situation, analysis, suggestion].filter((part) => part.trim() !== '').join('\n');
/** When the reporter may read the edited text: while they are asked, and once it is issued. */
const openToAuthor: readonly string[] = ['consenting', 'issued', 'sent'];

/** All reading of edited texts and issues. */
@Injectable()
export class EditionQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings) {}

  show(caller: Caller, id: string): Promise<Answer<typeof routes.showEdition>> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id, kind: 'opinion' });
      if (!row || !maySee(scopeOf('opinion', caller), row)) notFound();
      const own = isOneOfTheirs(row, caller);
      const edition = own && !openToAuthor.includes(row.state) ? undefined : await rowWhere(manager, Edition, { submissionId: id });
      // What was merged appears in the issue of the one that goes on.
      const issues = await rowsWhere(manager, Issue, { submissionId: row.state === 'merged' && row.mainId !== null ? row.mainId : id }, { by: 'issuedAt', direction: 'DESC' });
      return { edition: edition ? await this.view(manager, caller, row, edition) : null, issues: issues.map((it) => this.issueView(it)) };
    });
  }

  async view(manager: EntityManager, caller: Caller, row: Submission, edition: Edition): Promise<EditionView> {
    const revision = await rowWhere(manager, Revision, { submissionId: row.id, revisionNo: row.revision });
    if (!revision) throw new Error(`Revision ${row.revision} of ${row.id} is missing.`);
    const objection = row.consent === 'refused' ? (await manager.find(Note, { where: { submissionId: row.id, kind: 'object', isVoid: 0 }, order: { moveId: 'DESC' }, take: 1 }))[0] : undefined;
    return {
      docId: row.id, version: edition.version, series: this.series(edition.series), title: edition.title, body: edition.body, savedAt: edition.savedAt.toISOString(), savedBy: this.name(edition.savedBy),
      mayEdit: whyNotEditable(opinionDoc(row), caller) === undefined, original: { title: revision.title, body: plainBody(revision) }, consent: row.consent, objection: objection?.note ?? null,
    };
  }

  listIssues(_caller: Caller, { series, state, after, limit }: Given<typeof routes.listIssues>): Promise<Answer<typeof routes.listIssues>> {
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(Issue, 'i').where(openly('i'));
      if (series !== undefined) query.andWhere('i.series = :series', { series });
      if (state !== undefined) query.andWhere(state === 'recalled' ? 'i.recalledAt IS NOT NULL' : 'i.recalledAt IS NULL');
      const { rows, next } = pageOf(await keyset(query, 'i.issuedAt', 'DESC', after, limit).getMany(), limit, (it) => it.issuedAt);
      const reports = new Map((await rowsWhere(manager, Submission, { id: rows.map(({ submissionId }) => submissionId) })).map((it) => [it.id, it]));
      return { rows: rows.flatMap((it) => {
        const report = reports.get(it.submissionId);
        return report ? [{ ...this.issueView(it), receiptNo: report.receiptNo, reporter: reporterNames(this.directory.page, report).join('、'), state: report.state as OpinionState }] : [];
      }), next };
    });
  }

  issueView(it: Issue): IssueView {
    return {
      id: it.id, docId: it.submissionId, series: this.series(it.series), numberWords: `${it.yearNo}年第${it.issueNo}期（总第${it.totalNo}期）`, title: it.title, issuedAt: it.issuedAt.toISOString(),
      recalled: it.recalledAt !== null, reason: it.recallReason, signer: this.name(it.signerId), checker: this.name(it.checkerId), editor: this.name(it.editorId),
    };
  }

  private series(code: string) { return { code, name: this.settings.get('issue.series').find((it) => it.code === code)?.name ?? code }; }
  private name(personId: string | null): string { return personId === null ? '' : this.directory.page.person(personId)?.name ?? ''; }
}
