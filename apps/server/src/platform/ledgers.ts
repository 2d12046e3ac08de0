import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import { Audit } from './audit.ts';
import { Settings } from './settings.ts';
import { workbook, workbookType } from './workbook.ts';
import type { WorkbookCell, WorkbookColumn } from './workbook.ts';

const piece = 200;
export interface LedgerFile { readonly name: string; readonly bytes: Buffer; readonly rows: number; readonly cut: boolean }
/** `what`: as the audit calls it; `title`: as the file is called. */
interface Ledger<R> { readonly what: string; readonly title: string; readonly about?: { readonly kind: string; readonly id: string }; readonly columns: readonly WorkbookColumn<R>[] }
/** A row, or the sentence that stands beneath the last one. */
type Line<R> = R | string;

export const column = <R>(head: string, width: number, of: (it: R) => WorkbookCell): WorkbookColumn<R> => ({ head, width, of });
export const sendLedger = (reply: FastifyReply, { name, bytes, rows, cut }: LedgerFile) =>
  reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`, 'x-lvzhi-rows': String(rows), 'x-lvzhi-cut': cut ? 'yes' : 'no' }).send(bytes);

/** Lists as tables: what the list itself shows and no more, written down before it leaves. */
@Injectable()
export class Ledgers {
  constructor(@Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit) {}

  /** Piece by piece, so that a long list keeps nobody waiting on the one connection of an embedded database. */
  async file<R extends object>(caller: Caller, ledger: Ledger<R>, page: (after: string | undefined, limit: number) => Promise<{ rows: readonly R[]; next: string | null }>): Promise<LedgerFile> {
    const most = this.settings.get('export.maxRows');
    const rows: R[] = [];
    let after: string | undefined;
    do {
      const { rows: more, next } = await page(after, Math.min(piece, most - rows.length));
      rows.push(...more);
      after = next ?? undefined;
    } while (after !== undefined && rows.length < most);
    return this.whole(caller, ledger, rows, after !== undefined);
  }

  /** Of rows that are all at hand. */
  async whole<R extends object>(caller: Caller, { what, title, about, columns }: Ledger<R>, rows: readonly R[], cut = false): Promise<LedgerFile> {
    await this.audit.record(caller, 'documents.exported', about ?? null, { what, rows: rows.length, cut });
    const lines: WorkbookColumn<Line<R>>[] = columns.map((it, index) => ({ ...it, of: (line) => (typeof line !== 'string' ? it.of(line) : index === 0 ? line : null) }));
    const said = cut ? [`只导出了前 ${this.settings.get('export.maxRows')} 条，后面还有没有导出的。请加上筛选分几次导出。`] : [];
    return { name: `${title}.xlsx`, bytes: workbook(title, lines, [...rows, ...said]), rows: rows.length, cut };
  }
}
