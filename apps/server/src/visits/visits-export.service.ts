import { Inject, Injectable } from '@nestjs/common';
import type { Caller, VisitRow } from '@lvzhi/contracts';
import { dateOf, timeOf, weekdayOf, weekdayWords } from '@lvzhi/domain';
import type { VisitState } from '@lvzhi/domain';
import { Audit } from '../platform/audit.ts';
import { Settings } from '../platform/settings.ts';
import { workbook } from '../platform/workbook.ts';
import type { WorkbookColumn } from '../platform/workbook.ts';
import { VisitQueries } from './visit.queries.ts';

const piece = 200;
interface File { readonly bytes: Buffer; readonly rows: number; readonly cut: boolean }
interface Wanted { readonly state?: VisitState | undefined; readonly from?: string | undefined }

/** A visit, or the sentence that stands beneath the last one. */
type Line = VisitRow | string;
const civil = (at: string): string => { const instant = new Date(at); return `${dateOf(instant)} ${timeOf(instant)}`; };
const column = (head: string, width: number, of: (it: VisitRow) => string | number | null): WorkbookColumn<Line> => ({ head, width, of: (line) => (typeof line === 'string' ? null : of(line)) });
/** What the list shows and no more: no phone, no video link. */
const columns: readonly WorkbookColumn<Line>[] = [
  { head: '日期', width: 14, of: (line) => (typeof line === 'string' ? line : dateOf(new Date(line.startsAt))) },
  column('星期', 10, ({ startsAt }) => weekdayWords(weekdayOf(dateOf(new Date(startsAt))))), column('时间', 8, ({ startsAt }) => timeOf(new Date(startsAt))), column('分钟', 8, ({ minutes }) => minutes),
  column('委员', 10, ({ member }) => member.name), column('界别', 16, ({ member }) => member.note), column('走访人', 20, ({ leaders }) => leaders.map(({ name }) => name).join('、')),
  column('形式', 12, ({ form }) => form.name), column('地点', 26, ({ place }) => place), column('状态', 10, ({ stateWords }) => stateWords),
  column('委员提出改到', 22, ({ proposed }) => (proposed ? `${civil(proposed.startsAt)}（${proposed.form.name}）` : '')), column('委员的说明', 26, ({ proposed }) => proposed?.note ?? ''), column('请在何时前回复', 18, ({ replyBy }) => civil(replyBy)),
];

/** The list of visits as a file: what the list itself shows, to this person, no more; written down before it leaves. */
@Injectable()
export class VisitsExport {
  constructor(@Inject(VisitQueries) private readonly queries: VisitQueries, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit) {}

  async file(caller: Caller, wanted: Wanted): Promise<File> {
    const most = this.settings.get('export.maxRows');
    const lines: VisitRow[] = [];
    let after: string | undefined;
    do {
      const { rows, next } = await this.queries.list(caller, { ...wanted, after, limit: Math.min(piece, most - lines.length) });
      lines.push(...rows);
      after = next ?? undefined;
    } while (after !== undefined && lines.length < most);
    const cut = after !== undefined;
    await this.audit.record(caller, 'visits.exported', null, { rows: lines.length, cut, state: wanted.state ?? null, from: wanted.from ?? null });
    return { bytes: workbook('走访安排', columns, [...lines, ...(cut ? [`只导出了前 ${most} 场，后面还有没有导出的。请选一种状态分几次导出。`] : [])]), rows: lines.length, cut };
  }
}
