import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { delivery } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import { sendLedger } from '../platform/ledgers.ts';
import { signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { SendingExport } from './sending-export.service.ts';
import { SendingQueries } from './sendings.queries.ts';
import { SendingsService } from './sendings.service.ts';

type In<K extends keyof typeof delivery> = Given<(typeof delivery)[K]>;

@Controller()
export class SendingsController {
  constructor(@Inject(SendingsService) private readonly service: SendingsService, @Inject(SendingQueries) private readonly queries: SendingQueries, @Inject(SendingExport) private readonly exporting: SendingExport) {}
  /** The list of one sending as xlsx. */
  @Outside(['arrange_visits'])
  @Get('api/sendings/:id/export')
  async export(@Req() { caller }: Admitted, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> { await sendLedger(reply, await this.exporting.file(caller ?? signInAgain(), id)); }

  @Serves(delivery.listSendings) listSendings(_: Caller, input: In<'listSendings'>) { return this.queries.list(input); }
  @Serves(delivery.showSending) showSending(_: Caller, { id }: In<'showSending'>) { return this.queries.board(id); }
  @Serves(delivery.urgeSending) urgeSending(caller: Caller, input: In<'urgeSending'>) { return this.service.urge(caller, input); }
  @Serves(delivery.listCalls) listCalls(caller: Caller, { id }: In<'listCalls'>) { return this.service.calls(caller, id); }
  @Serves(delivery.markCalled) markCalled(caller: Caller, input: In<'markCalled'>) { return this.service.markCalled(caller, input); }
  @Serves(delivery.sendBySms) sendBySms(caller: Caller, { id }: In<'sendBySms'>) { return this.service.bySms(caller, id); }
  @Serves(delivery.foreseeReach) foreseeReach(_: Caller, input: In<'foreseeReach'>) { return this.service.foresee(input); }
}
