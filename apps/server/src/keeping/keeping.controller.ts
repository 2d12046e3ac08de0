import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { auditFilters, complaints, keeping } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { workbookType } from '../platform/workbook.ts';
import { AuditService } from './audit.service.ts';
import { HealthService } from './health.service.ts';

/** There is no route that changes or removes an audit entry; a spec walks all of them. */
@Controller()
export class KeepingController {
  constructor(@Inject(HealthService) private readonly health: HealthService, @Inject(AuditService) private readonly audit: AuditService) {}

  @Serves(keeping.showHealth) showHealth() { return this.health.show(); }
  @Serves(keeping.listAudit) listAudit(_: Caller, input: Given<typeof keeping.listAudit>) { return this.audit.list(input); }

  @Outside(['read_audit'])
  @Get('api/audit/export')
  async export(@Req() { caller }: Admitted, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(auditFilters, query);
    if (!read.success) badField(complaints(auditFilters, query));
    const bytes = await this.audit.export(caller ?? signInAgain(), read.output);
    await reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="audit.xlsx"; filename*=UTF-8''${encodeURIComponent('审计记录.xlsx')}` }).send(bytes);
  }
}
