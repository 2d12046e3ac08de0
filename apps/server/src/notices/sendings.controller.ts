import { Controller, Inject } from '@nestjs/common';
import { delivery } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { SendingQueries } from './sendings.queries.ts';
import { SendingsService } from './sendings.service.ts';

type In<K extends keyof typeof delivery> = Given<(typeof delivery)[K]>;

@Controller()
export class SendingsController {
  constructor(@Inject(SendingsService) private readonly service: SendingsService, @Inject(SendingQueries) private readonly queries: SendingQueries) {}
  @Serves(delivery.listSendings) listSendings(_: Caller, input: In<'listSendings'>) { return this.queries.list(input); }
  @Serves(delivery.showSending) showSending(_: Caller, { id }: In<'showSending'>) { return this.queries.board(id); }
  @Serves(delivery.urgeSending) urgeSending(caller: Caller, input: In<'urgeSending'>) { return this.service.urge(caller, input); }
  @Serves(delivery.listCalls) listCalls(caller: Caller, { id }: In<'listCalls'>) { return this.service.calls(caller, id); }
  @Serves(delivery.markCalled) markCalled(caller: Caller, input: In<'markCalled'>) { return this.service.markCalled(caller, input); }
  @Serves(delivery.sendBySms) sendBySms(caller: Caller, { id }: In<'sendBySms'>) { return this.service.bySms(caller, id); }
  @Serves(delivery.foreseeReach) foreseeReach(_: Caller, input: In<'foreseeReach'>) { return this.service.foresee(input); }
}
