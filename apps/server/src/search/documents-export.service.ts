import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Sought } from '@lvzhi/contracts';
import { Audit } from '../platform/audit.ts';
import { Database } from '../platform/database.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { Revision } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { SearchQueries } from './search.queries.ts';
import { documentsSheet } from './sheet.ts';
import type { SheetLine } from './sheet.ts';

const piece = 200;
interface File { readonly bytes: Buffer; readonly rows: number; readonly cut: boolean }

/** A list of documents as a file: what the list itself shows, to this person, no more; written down before it leaves. */
@Injectable()
export class DocumentsExport {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(SearchQueries) private readonly queries: SearchQueries, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries,
    @Inject(SubmissionPresenter) private readonly presenter: SubmissionPresenter, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit,
  ) {}

  async file(caller: Caller, sought: Sought, withTexts: boolean): Promise<File> {
    const most = this.settings.get('export.maxRows');
    const lines: SheetLine[] = [];
    let after: string | undefined;
    // Piece by piece, so that a long list keeps nobody waiting on the one connection of an embedded database.
    do {
      const { found, next } = await this.some(caller, sought, after, Math.min(piece, most - lines.length), withTexts);
      lines.push(...found);
      after = next ?? undefined;
    } while (after !== undefined && lines.length < most);
    const cut = after !== undefined;
    const { query, kind, ...narrowed } = sought;
    await this.audit.record(caller, 'documents.exported', null, { rows: lines.length, cut, texts: withTexts, kind: kind ?? null, words: query !== '', filters: Object.entries(narrowed).filter(([, value]) => value !== null && value !== undefined).map(([name]) => name) });
    return { bytes: documentsSheet(caller, lines, { withTexts, cut: cut ? `只导出了前 ${most} 件，后面还有没有导出的。请加上筛选（种类、状态、时间）分几次导出。` : null }), rows: lines.length, cut };
  }

  private some(caller: Caller, sought: Sought, after: string | undefined, limit: number, withTexts: boolean): Promise<{ found: SheetLine[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const { rows: docs, next } = await this.queries.page(manager, caller, sought, after, limit);
      const rows = await this.submissions.rows(manager, caller, docs);
      const texts = withTexts ? new Map((await rowsWhere(manager, Revision, { submissionId: docs.map(({ id }) => id) })).map((it) => [`${it.submissionId} ${it.revisionNo}`, it])) : new Map<string, Revision>();
      const byId = new Map(docs.map((it) => [it.id, it]));
      return { found: rows.flatMap((row) => { const doc = byId.get(row.id); return doc ? [{ doc, row, labels: this.presenter.labels(doc), text: texts.get(`${doc.id} ${doc.revision}`) }] : []; }), next };
    });
  }
}
