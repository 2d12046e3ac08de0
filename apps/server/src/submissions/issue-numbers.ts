import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { changeRows, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { IssueSeries } from './edition.entity.ts';

export interface IssueNumber { readonly series: string; readonly yearNo: number; readonly issueNo: number; readonly totalNo: number }

/**
 * 期号: gap-free within a series and year, and over all years (总第 … 期); never reused. Drawn in the transaction of the sign-off and as its
 * first statement: the counter's row lock lets signatures of a series follow each other, and what is refused gives its number back by being undone.
 */
@Injectable()
export class IssueNumbers {
  constructor(@Inject(Settings) private readonly settings: Settings) {}

  async draw(manager: EntityManager, series: string, yearNo: number): Promise<IssueNumber> {
    const before = this.settings.get('issue.series').find(({ code }) => code === series)?.before;
    const issueNo = await this.next(manager, `${series}-${yearNo}`, before?.year === yearNo ? before.issues : 0);
    return { series, yearNo, issueNo, totalNo: await this.next(manager, series, before?.total ?? 0) };
  }

  /** The sign-off had been made already by the same request: nothing was signed now. */
  async giveBack(manager: EntityManager, { series, yearNo, issueNo, totalNo }: IssueNumber): Promise<void> {
    await changeRows(manager, IssueSeries, { series }, { lastNo: totalNo - 1 });
    await changeRows(manager, IssueSeries, { series: `${series}-${yearNo}` }, { lastNo: issueNo - 1 });
  }

  private async next(manager: EntityManager, series: string, begin: number): Promise<number> {
    const grow = () => manager.createQueryBuilder().update(IssueSeries).set({ lastNo: () => 'last_no + 1' }).where({ series }).execute();
    if ((await grow()).affected !== 1) {
      await manager.createQueryBuilder().insert().into(IssueSeries).values({ series, lastNo: begin }).orIgnore().execute();
      await grow();
    }
    const row = await rowWhere(manager, IssueSeries, { series });
    if (!row) throw new Error(`The series ${series} is missing.`);
    return row.lastNo;
  }
}

