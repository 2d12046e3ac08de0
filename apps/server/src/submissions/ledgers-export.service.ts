import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, IssueRow, LedgerRow, routes } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import { Audit } from '../platform/audit.ts';
import { Settings } from '../platform/settings.ts';
import { workbook } from '../platform/workbook.ts';
import type { WorkbookColumn } from '../platform/workbook.ts';
import { DeliveryQueries } from './delivery.queries.ts';
import { EditionQueries } from './edition.queries.ts';

const piece = 200;
export interface LedgerFile { readonly name: string; readonly bytes: Buffer; readonly rows: number; readonly cut: boolean }
type Narrowed<T> = Omit<T, 'after' | 'limit'>;

/** A row, or the sentence that stands beneath the last one. */
type Line<R> = R | string;
const first = <R extends object>(head: string, width: number, of: (it: R) => string): WorkbookColumn<Line<R>> => ({ head, width, of: (line) => (typeof line === 'string' ? line : of(line)) });
const column = <R extends object>(head: string, width: number, of: (it: R) => string): WorkbookColumn<Line<R>> => ({ head, width, of: (line) => (typeof line === 'string' ? null : of(line)) });

const issueColumns: readonly WorkbookColumn<Line<IssueRow>>[] = [
  first('刊物', 22, ({ series }) => series.name), column('期号', 24, ({ numberWords }) => numberWords), column('标题', 44, ({ title }) => title), column('反映人', 12, ({ reporter }) => reporter), column('收件号', 14, ({ receiptNo }) => receiptNo),
  column('签发日期', 14, ({ issuedAt }) => dateOf(new Date(issuedAt))), column('签发', 10, ({ signer }) => signer), column('审核', 10, ({ checker }) => checker), column('编辑', 10, ({ editor }) => editor),
  column('收回', 8, ({ recalled }) => (recalled ? '已收回' : '')), column('收回原因', 30, ({ reason }) => reason ?? ''),
];
const ledgerColumns: readonly WorkbookColumn<Line<LedgerRow>>[] = [
  first('报送', 16, ({ channel }) => channel.name), column('有关部门', 22, ({ unit }) => unit?.name ?? ''), column('状态', 10, ({ stateWords }) => stateWords), column('标题', 44, ({ title }) => title), column('期号', 24, ({ numberWords }) => numberWords),
  column('反映人', 12, ({ reporter }) => reporter), column('报送日期', 14, ({ sentOn }) => sentOn), column('最近一步', 36, ({ last }) => last),
];

/** 编发 and 报送采用 as tables: what the lists themselves show and no more, nothing of an instruction's words; written down before they leave. */
@Injectable()
export class LedgersExport {
  constructor(@Inject(EditionQueries) private readonly editions: EditionQueries, @Inject(DeliveryQueries) private readonly deliveries: DeliveryQueries, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit) {}

  issues(caller: Caller, wanted: Narrowed<Given<typeof routes.listIssues>>): Promise<LedgerFile> {
    return this.file(caller, 'issues', '编发', issueColumns, (after, limit) => this.editions.listIssues(caller, { ...wanted, after, limit }));
  }
  ledger(caller: Caller, wanted: Narrowed<Given<typeof routes.listLedger>>): Promise<LedgerFile> {
    return this.file(caller, 'deliveries', '报送采用', ledgerColumns, (after, limit) => this.deliveries.listLedger(caller, { ...wanted, after, limit }));
  }

  /** Piece by piece, so that a long list keeps nobody waiting on the one connection of an embedded database. */
  private async file<R extends object>(caller: Caller, what: string, title: string, columns: readonly WorkbookColumn<Line<R>>[], page: (after: string | undefined, limit: number) => Promise<{ rows: readonly R[]; next: string | null }>): Promise<LedgerFile> {
    const most = this.settings.get('export.maxRows');
    const lines: R[] = [];
    let after: string | undefined;
    do {
      const { rows, next } = await page(after, Math.min(piece, most - lines.length));
      lines.push(...rows);
      after = next ?? undefined;
    } while (after !== undefined && lines.length < most);
    const cut = after !== undefined;
    await this.audit.record(caller, 'documents.exported', null, { what, rows: lines.length, cut });
    return { name: `${title}.xlsx`, bytes: workbook(title, columns, [...lines, ...(cut ? [`只导出了前 ${most} 条，后面还有没有导出的。请加上筛选分几次导出。`] : [])]), rows: lines.length, cut };
  }
}
