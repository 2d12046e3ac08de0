import { Inject, Injectable } from '@nestjs/common';
import type { Answer, AuditRow, Caller, Given, routes } from '@lvzhi/contracts';
import { dateOf, timeOf } from '@lvzhi/domain';
import { Audit } from '../platform/audit.ts';
import { leastDays } from '../platform/audit-chain.ts';
import { Database } from '../platform/database.ts';
import { pageOf } from '../platform/pages.ts';
import { refuse } from '../platform/refusals.ts';
import { Settings } from '../platform/settings.ts';
import { workbook } from '../platform/workbook.ts';
import { AuditQueries } from './audit.queries.ts';
import type { AuditFilters } from './audit.queries.ts';

const most = 20_000;

/** 审计记录, for the auditor: to look at and to take along, and never to change. */
@Injectable()
export class AuditService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Audit) private readonly audit: Audit, @Inject(Settings) private readonly settings: Settings, @Inject(AuditQueries) private readonly queries: AuditQueries) {}

  async list({ after, limit, ...filters }: Given<typeof routes.listAudit>): Promise<Answer<typeof routes.listAudit>> {
    const { rows, next } = pageOf(await this.database.read((manager) => this.queries.page(manager, filters, after, limit)), limit, ({ happenedAt }) => happenedAt);
    return { rows: rows.map((it) => this.queries.rowOf(it)), next, keepDays: Math.max(leastDays, this.settings.get('audit.keep').keepDays) };
  }

  /** What is exported leaves a record of itself, which is the first line of the next export. */
  export(caller: Caller, filters: AuditFilters): Promise<Buffer> {
    return this.database.write(async (manager) => {
      const entries = await this.queries.page(manager, filters, undefined, most);
      if (entries.length > most) refuse('export', `超过 ${most} 条，请选一段日期，分几次导出`);
      await this.audit.record(caller, 'audit.exported', null, { rows: entries.length, ...(filters.group !== undefined && { group: filters.group }), ...(filters.kind !== undefined && { kind: filters.kind }), ...(filters.from !== undefined && { from: filters.from }), ...(filters.until !== undefined && { until: filters.until }) });
      return workbook<AuditRow>('审计记录', [
        { head: '时间', width: 20, of: ({ at }) => `${dateOf(new Date(at))} ${timeOf(new Date(at))}:${at.slice(17, 19)}` }, { head: '类别', width: 14, of: ({ groupWords }) => groupWords }, { head: '事项', width: 20, of: ({ words }) => words }, { head: '谁', width: 14, of: ({ who }) => who },
        { head: '从哪里', width: 10, of: ({ surface }) => surface }, { head: '对象', width: 24, of: ({ subject }) => subject }, { head: '说明', width: 60, of: ({ detail }) => detail }, { head: '编号', width: 20, of: ({ id }) => id },
      ], entries.map((it) => this.queries.rowOf(it)));
    });
  }
}
