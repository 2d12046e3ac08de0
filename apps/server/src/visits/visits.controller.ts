import { Controller, Inject } from '@nestjs/common';
import { visits } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { CoverageQueries } from './coverage.queries.ts';
import { PlanningService } from './planning.service.ts';
import { VisitQueries } from './visit.queries.ts';
import { VisitsService } from './visits.service.ts';

const v = visits;
type In<K extends keyof typeof visits> = Given<(typeof visits)[K]>;

@Controller()
export class VisitsController {
  constructor(
    @Inject(PlanningService) private readonly planning: PlanningService, @Inject(VisitsService) private readonly visiting: VisitsService,
    @Inject(VisitQueries) private readonly queries: VisitQueries, @Inject(CoverageQueries) private readonly campaign: CoverageQueries,
  ) {}

  @Serves(v.createVisit) createVisit(caller: Caller, input: In<'createVisit'>) { return this.planning.create(caller, input); }
  @Serves(v.listVisits) listVisits(caller: Caller, input: In<'listVisits'>) { return this.queries.list(caller, input); }
  @Serves(v.coverage) coverage(_caller: Caller, _input: In<'coverage'>) { return this.campaign.coverage(); }
  @Serves(v.showVisit) showVisit(caller: Caller, { id }: In<'showVisit'>) { return this.queries.show(caller, id); }
  @Serves(v.confirmVisit) confirmVisit(caller: Caller, input: In<'confirmVisit'>) { return this.visiting.confirm(caller, input); }
  @Serves(v.proposeVisit) proposeVisit(caller: Caller, input: In<'proposeVisit'>) { return this.visiting.propose(caller, input); }
  @Serves(v.agreeVisit) agreeVisit(caller: Caller, input: In<'agreeVisit'>) { return this.visiting.agree(caller, input); }
  @Serves(v.rescheduleVisit) rescheduleVisit(caller: Caller, input: In<'rescheduleVisit'>) { return this.visiting.reschedule(caller, input); }
  @Serves(v.recordVisit) recordVisit(caller: Caller, input: In<'recordVisit'>) { return this.visiting.record(caller, input); }
  @Serves(v.cancelVisit) cancelVisit(caller: Caller, input: In<'cancelVisit'>) { return this.visiting.cancel(caller, input); }
  @Serves(v.undoVisit) undoVisit(caller: Caller, input: In<'undoVisit'>) { return this.visiting.undo(caller, input); }
  @Serves(v.findMembers) findMembers(_caller: Caller, input: In<'findMembers'>) { return this.campaign.findMembers(input); }
  @Serves(v.listLeaders) listLeaders(_caller: Caller, _input: In<'listLeaders'>) { return this.campaign.listLeaders(); }
}
