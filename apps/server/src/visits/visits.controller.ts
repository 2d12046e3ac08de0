import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { complaints, visitFilters, visits } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as valibot from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { workbookType } from '../platform/workbook.ts';
import { CoverageQueries } from './coverage.queries.ts';
import { PlanningService } from './planning.service.ts';
import { TimesQueries } from './times.queries.ts';
import { VisitQueries } from './visit.queries.ts';
import { VisitsExport } from './visits-export.service.ts';
import { VisitsService } from './visits.service.ts';

const v = visits;
type In<K extends keyof typeof visits> = Given<(typeof visits)[K]>;

@Controller()
export class VisitsController {
  constructor(
    @Inject(PlanningService) private readonly planning: PlanningService, @Inject(VisitsService) private readonly visiting: VisitsService,
    @Inject(VisitQueries) private readonly queries: VisitQueries, @Inject(CoverageQueries) private readonly campaign: CoverageQueries,
    @Inject(VisitsExport) private readonly exporting: VisitsExport, @Inject(TimesQueries) private readonly times: TimesQueries,
  ) {}

  @Serves(v.createVisit) createVisit(caller: Caller, input: In<'createVisit'>) { return this.planning.create(caller, input); }
  @Serves(v.listVisits) listVisits(caller: Caller, input: In<'listVisits'>) { return this.queries.list(caller, input); }
  @Serves(v.coverage) coverage(_caller: Caller, _input: In<'coverage'>) { return this.campaign.coverage(); }
  @Serves(v.showVisit) showVisit(caller: Caller, { id }: In<'showVisit'>) { return this.queries.show(caller, id); }
  @Serves(v.listFreeTimes) listFreeTimes(caller: Caller, { id }: In<'listFreeTimes'>) { return this.times.offered(caller, id); }
  @Serves(v.confirmVisit) confirmVisit(caller: Caller, input: In<'confirmVisit'>) { return this.visiting.confirm(caller, input); }
  @Serves(v.proposeVisit) proposeVisit(caller: Caller, input: In<'proposeVisit'>) { return this.visiting.propose(caller, input); }
  @Serves(v.agreeVisit) agreeVisit(caller: Caller, input: In<'agreeVisit'>) { return this.visiting.agree(caller, input); }
  @Serves(v.rescheduleVisit) rescheduleVisit(caller: Caller, input: In<'rescheduleVisit'>) { return this.visiting.reschedule(caller, input); }
  @Serves(v.recordVisit) recordVisit(caller: Caller, input: In<'recordVisit'>) { return this.visiting.record(caller, input); }
  @Serves(v.cancelVisit) cancelVisit(caller: Caller, input: In<'cancelVisit'>) { return this.visiting.cancel(caller, input); }
  @Serves(v.undoVisit) undoVisit(caller: Caller, input: In<'undoVisit'>) { return this.visiting.undo(caller, input); }
  @Serves(v.findMembers) findMembers(_caller: Caller, input: In<'findMembers'>) { return this.campaign.findMembers(input); }
  @Serves(v.listLeaders) listLeaders(_caller: Caller, _input: In<'listLeaders'>) { return this.campaign.listLeaders(); }

  /** The list as xlsx, by the same filters. How many went out, and whether there were more, stands in the headers too. */
  @Outside(['arrange_visits', 'visit'])
  @Get('api/visits/export')
  async export(@Req() { caller }: Admitted, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const read = valibot.safeParse(visitFilters, query);
    if (!read.success) badField(complaints(visitFilters, query));
    const { bytes, rows, cut } = await this.exporting.file(caller ?? signInAgain(), read.output);
    await reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent('走访安排.xlsx')}`, 'x-lvzhi-rows': String(rows), 'x-lvzhi-cut': cut ? 'yes' : 'no' }).send(bytes);
  }
}
