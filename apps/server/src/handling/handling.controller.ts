import { Controller, Inject } from '@nestjs/common';
import { handling } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { HandingService } from './handing.service.ts';
import { HandlingQueries } from './handling.queries.ts';
import { HandlingService } from './handling.service.ts';

const h = handling;
type In<K extends keyof typeof handling> = Given<(typeof handling)[K]>;

@Controller()
export class HandlingController {
  constructor(@Inject(HandingService) private readonly handing: HandingService, @Inject(HandlingService) private readonly handling: HandlingService, @Inject(HandlingQueries) private readonly queries: HandlingQueries) {}

  @Serves(h.planUnits) planUnits(caller: Caller, input: In<'planUnits'>) { return this.handing.plan(caller, input); }
  @Serves(h.returnPlan) returnPlan(caller: Caller, input: In<'returnPlan'>) { return this.handing.returnPlan(caller, input); }
  @Serves(h.handOver) handOver(caller: Caller, input: In<'handOver'>) { return this.handing.handOver(caller, input); }
  @Serves(h.listHandlings) listHandlings(caller: Caller, input: In<'listHandlings'>) { return this.queries.list(caller, input); }
  @Serves(h.showHandling) showHandling(caller: Caller, { id }: In<'showHandling'>) { return this.queries.show(caller, id); }
  @Serves(h.signFor) signFor(caller: Caller, input: In<'signFor'>) { return this.handling.signFor(caller, input); }
  @Serves(h.askReassign) askReassign(caller: Caller, input: In<'askReassign'>) { return this.handling.askReassign(caller, input); }
  @Serves(h.reassign) reassign(caller: Caller, input: In<'reassign'>) { return this.handling.reassign(caller, input); }
  @Serves(h.refuseReassign) refuseReassign(caller: Caller, input: In<'refuseReassign'>) { return this.handling.refuseReassign(caller, input); }
  @Serves(h.giveOpinion) giveOpinion(caller: Caller, input: In<'giveOpinion'>) { return this.handling.giveOpinion(caller, input); }
  @Serves(h.recordTalk) recordTalk(caller: Caller, input: In<'recordTalk'>) { return this.handling.recordTalk(caller, input); }
  @Serves(h.confirmTalk) confirmTalk(caller: Caller, input: In<'confirmTalk'>) { return this.handling.confirmTalk(caller, input); }
  @Serves(h.denyTalk) denyTalk(caller: Caller, input: In<'denyTalk'>) { return this.handling.denyTalk(caller, input); }
  @Serves(h.askExtension) askExtension(caller: Caller, input: In<'askExtension'>) { return this.handling.askExtension(caller, input); }
  @Serves(h.allowExtension) allowExtension(caller: Caller, input: In<'allowExtension'>) { return this.handling.allowExtension(caller, input); }
  @Serves(h.refuseExtension) refuseExtension(caller: Caller, input: In<'refuseExtension'>) { return this.handling.refuseExtension(caller, input); }
}
