import { Inject, Injectable } from '@nestjs/common';
import type { Caller, EntryRow, Given, IssueRow, LedgerRow, routes } from '@lvzhi/contracts';
import { dateOf, kindWords } from '@lvzhi/domain';
import { column, Ledgers } from '../platform/ledgers.ts';
import type { LedgerFile } from '../platform/ledgers.ts';
import { DeliveryQueries } from './delivery.queries.ts';
import { EditionQueries } from './edition.queries.ts';
import { EntryQueries } from './entry.queries.ts';

type Narrowed<T> = Omit<T, 'after' | 'limit'>;
const day = (at: string): string => dateOf(new Date(at));

const issueColumns = [
  column<IssueRow>('刊物', 22, ({ series }) => series.name), column<IssueRow>('期号', 24, ({ numberWords }) => numberWords), column<IssueRow>('标题', 44, ({ title }) => title), column<IssueRow>('反映人', 12, ({ reporter }) => reporter), column<IssueRow>('收件号', 14, ({ receiptNo }) => receiptNo),
  column<IssueRow>('签发日期', 14, ({ issuedAt }) => day(issuedAt)), column<IssueRow>('签发', 10, ({ signer }) => signer), column<IssueRow>('审核', 10, ({ checker }) => checker), column<IssueRow>('编辑', 10, ({ editor }) => editor),
  column<IssueRow>('收回', 8, ({ recalled }) => (recalled ? '已收回' : '')), column<IssueRow>('收回原因', 30, ({ reason }) => reason ?? ''),
];
const ledgerColumns = [
  column<LedgerRow>('报送', 16, ({ channel }) => channel.name), column<LedgerRow>('有关部门', 22, ({ unit }) => unit?.name ?? ''), column<LedgerRow>('状态', 10, ({ stateWords }) => stateWords), column<LedgerRow>('标题', 44, ({ title }) => title), column<LedgerRow>('期号', 24, ({ numberWords }) => numberWords),
  column<LedgerRow>('反映人', 12, ({ reporter }) => reporter), column<LedgerRow>('报送日期', 14, ({ sentOn }) => sentOn), column<LedgerRow>('最近一步', 36, ({ last }) => last),
];
/** No text and no telephone number: the office's own book of what it entered for whom. */
const entryColumns = [
  column<EntryRow>('类别', 12, ({ kind }) => kindWords[kind]), column<EntryRow>('标题', 44, ({ title }) => title), column<EntryRow>('替谁录入', 12, ({ author }) => author.name), column<EntryRow>('界别、单位职务', 30, ({ author }) => author.note), column<EntryRow>('凭据', 12, ({ meansWords }) => meansWords),
  column<EntryRow>('录入处室', 16, ({ office }) => office?.short ?? ''), column<EntryRow>('录入人', 10, ({ clerk }) => clerk.name), column<EntryRow>('录入日期', 14, ({ enteredAt }) => day(enteredAt)), column<EntryRow>('状态', 14, ({ stateWords }) => stateWords), column<EntryRow>('时限', 14, ({ due }) => (due ? day(due.at) : '')), column<EntryRow>('收件号', 14, ({ receiptNo }) => receiptNo ?? ''),
];

/** 编发, 报送采用 and 代录 as tables; nothing of an instruction's words. */
@Injectable()
export class LedgersExport {
  constructor(@Inject(EditionQueries) private readonly editions: EditionQueries, @Inject(DeliveryQueries) private readonly deliveries: DeliveryQueries, @Inject(EntryQueries) private readonly entryQueries: EntryQueries, @Inject(Ledgers) private readonly ledgers: Ledgers) {}

  issues(caller: Caller, wanted: Narrowed<Given<typeof routes.listIssues>>): Promise<LedgerFile> {
    return this.ledgers.file(caller, { what: 'issues', title: '编发', columns: issueColumns }, (after, limit) => this.editions.listIssues(caller, { ...wanted, after, limit }));
  }
  ledger(caller: Caller, wanted: Narrowed<Given<typeof routes.listLedger>>): Promise<LedgerFile> {
    return this.ledgers.file(caller, { what: 'deliveries', title: '报送采用', columns: ledgerColumns }, (after, limit) => this.deliveries.listLedger(caller, { ...wanted, after, limit }));
  }
  entries(caller: Caller, wanted: Narrowed<Given<typeof routes.listEntries>>): Promise<LedgerFile> {
    return this.ledgers.file(caller, { what: 'entries', title: '代录', columns: entryColumns }, (after, limit) => this.entryQueries.list(caller, { ...wanted, after, limit }));
  }
}
