import { Controller, Inject } from '@nestjs/common';
import { deliveries } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { DeliveryQueries } from './delivery.queries.ts';

const d = deliveries;
type In<K extends keyof typeof deliveries> = Given<(typeof deliveries)[K]>;

@Controller()
export class DeliveriesController {
  constructor(@Inject(DeliveriesService) private readonly sending: DeliveriesService, @Inject(DeliveryQueries) private readonly queries: DeliveryQueries) {}

  @Serves(d.listDeliveries) listDeliveries(caller: Caller, { id }: In<'listDeliveries'>) { return this.queries.list(caller, id); }
  @Serves(d.send) send(caller: Caller, input: In<'send'>) { return this.sending.send(caller, input); }
  @Serves(d.record) record(caller: Caller, input: In<'record'>) { return this.sending.record(caller, input); }
  @Serves(d.showInstruction) showInstruction(caller: Caller, { id }: In<'showInstruction'>) { return this.queries.showInstruction(caller, id); }
  @Serves(d.listLedger) listLedger(caller: Caller, input: In<'listLedger'>) { return this.queries.listLedger(caller, input); }
}
