import { Inject, Injectable } from '@nestjs/common';
import { yearOf } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import { Database } from '../platform/database.ts';
import { rowWhere } from '../platform/rows.ts';
import { tell } from '../platform/statements.ts';
import { ReceiptSeries } from './submission.entity.ts';

/**
 * 收件号 by kind and year, in order of arrival. They may have gaps (rules: posts, numbers), so they are drawn before the submission's own
 * transaction: nobody waits on the series' row while others write. Those who ask at once are served by one draw.
 */
@Injectable()
export class ReceiptNumbers {
  private readonly asking = new Map<string, ((first: number | Error) => void)[]>();
  constructor(@Inject(Database) private readonly database: Database) {}

  /** `2022-0217`. */
  async next(kind: SubmissionKind, on: string): Promise<string> {
    const year = yearOf(on);
    const drawn = await this.draw(`${kind}-${year}`);
    return `${year}-${String(drawn).padStart(4, '0')}`;
  }

  private draw(series: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const served = (drawn: number | Error): void => { if (drawn instanceof Error) reject(drawn); else resolve(drawn); };
      const waiting = this.asking.get(series);
      if (waiting) { waiting.push(served); return; }
      this.asking.set(series, [served]);
      queueMicrotask(() => { void this.serve(series); });
    });
  }

  private async serve(series: string): Promise<void> {
    const served: ((drawn: number | Error) => void)[] = [];
    try {
      const last = await this.database.write(async (manager) => {
        served.push(...this.asking.get(series) ?? []);
        this.asking.delete(series);
        const grow = () => tell(manager, 'UPDATE receipt_series SET last_no = last_no + ? WHERE series = ?', [served.length, series]);
        if (await grow() !== 1) {
          await manager.createQueryBuilder().insert().into(ReceiptSeries).values({ series, lastNo: 0 }).orIgnore().execute();
          await grow();
        }
        const row = await rowWhere(manager, ReceiptSeries, { series });
        if (!row) throw new Error(`The series ${series} is missing.`);
        return row.lastNo;
      });
      served.forEach((serve, index) => { serve(last - served.length + 1 + index); });
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const serve of served.length > 0 ? served : this.asking.get(series) ?? []) serve(failure);
      this.asking.delete(series);
    }
  }
}
