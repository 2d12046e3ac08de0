import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { complaints, deliveries, editions } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { sendLedger } from '../platform/ledgers.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { DeliveryQueries } from './delivery.queries.ts';
import { LedgersExport } from './ledgers-export.service.ts';

const d = deliveries;
/** The filters of the list itself; its place and length are not asked. */
const [issueFilters, ledgerFilters] = [v.omit(editions.listIssues.input, ['after', 'limit']), v.omit(d.listLedger.input, ['after', 'limit'])];
type In<K extends keyof typeof deliveries> = Given<(typeof deliveries)[K]>;

@Controller()
export class DeliveriesController {
  constructor(@Inject(DeliveriesService) private readonly sending: DeliveriesService, @Inject(DeliveryQueries) private readonly queries: DeliveryQueries, @Inject(LedgersExport) private readonly exporting: LedgersExport) {}

  @Serves(d.listDeliveries) listDeliveries(caller: Caller, { id }: In<'listDeliveries'>) { return this.queries.list(caller, id); }
  @Serves(d.send) send(caller: Caller, input: In<'send'>) { return this.sending.send(caller, input); }
  @Serves(d.record) record(caller: Caller, input: In<'record'>) { return this.sending.record(caller, input); }
  @Serves(d.showInstruction) showInstruction(caller: Caller, { id }: In<'showInstruction'>) { return this.queries.showInstruction(caller, id); }
  @Serves(d.listLedger) listLedger(caller: Caller, input: In<'listLedger'>) { return this.queries.listLedger(caller, input); }

  /** 编发 as xlsx, by the list's own filters. */
  @Outside(['edit', 'check_issues', 'sign_issues'])
  @Get('api/issues/export')
  async issues(@Req() { caller }: Admitted, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(issueFilters, query);
    if (!read.success) badField(complaints(issueFilters, query));
    await sendLedger(reply, await this.exporting.issues(caller ?? signInAgain(), read.output));
  }
  /** 报送采用 as xlsx, by the list's own filters. */
  @Outside(['edit', 'check_issues', 'sign_issues'])
  @Get('api/deliveries/export')
  async ledger(@Req() { caller }: Admitted, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(ledgerFilters, query);
    if (!read.success) badField(complaints(ledgerFilters, query));
    await sendLedger(reply, await this.exporting.ledger(caller ?? signInAgain(), read.output));
  }
}
