import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { complaints, supervisions } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { sendLedger } from '../platform/ledgers.ts';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { FilingQueries } from '../submissions/filing.queries.ts';
import { SupervisionQueries } from './supervision.queries.ts';
import { SupervisionService } from './supervision.service.ts';
import { SupervisionsExport } from './supervisions-export.service.ts';

const s = supervisions;
const filters = v.omit(s.listSupervisions.input, ['after', 'limit']);
type In<K extends keyof typeof supervisions> = Given<(typeof supervisions)[K]>;

@Controller()
export class SupervisionController {
  constructor(@Inject(SupervisionService) private readonly service: SupervisionService, @Inject(SupervisionQueries) private readonly queries: SupervisionQueries, @Inject(FilingQueries) private readonly filing: FilingQueries, @Inject(SupervisionsExport) private readonly exporting: SupervisionsExport) {}

  /** 重点提案督办 as xlsx, by the list's own filters and scope. */
  @Outside(['triage_proposal', 'review', 'handle_proposals', 'sign_issues'])
  @Get('api/supervisions/export')
  async export(@Req() { caller }: Admitted, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(filters, query);
    if (!read.success) badField(complaints(filters, query));
    await sendLedger(reply, await this.exporting.file(caller ?? signInAgain(), read.output));
  }

  @Serves(s.findKeyCandidates) candidates(caller: Caller, { words }: In<'findKeyCandidates'>) { return this.filing.nominable(caller, words); }
  @Serves(s.listSupervisions) list(caller: Caller, input: In<'listSupervisions'>) { return this.queries.list(caller, input); }
  @Serves(s.showSupervision) show(caller: Caller, { id }: In<'showSupervision'>) { return this.queries.show(caller, id); }
  @Serves(s.nominate) nominate(caller: Caller, input: In<'nominate'>) { return this.service.nominate(caller, input); }
  @Serves(s.makeKey) makeKey(caller: Caller, input: In<'makeKey'>) { return this.service.makeKey(caller, input); }
  @Serves(s.declineKey) declineKey(caller: Caller, input: In<'declineKey'>) { return this.service.declineKey(caller, input); }
  @Serves(s.cancelKey) cancelKey(caller: Caller, input: In<'cancelKey'>) { return this.service.cancelKey(caller, input); }
  @Serves(s.beginSupervision) begin(caller: Caller, input: In<'beginSupervision'>) { return this.service.begin(caller, input); }
  @Serves(s.recordEvent) recordEvent(caller: Caller, input: In<'recordEvent'>) { return this.service.recordEvent(caller, input); }
  @Serves(s.makeDemand) makeDemand(caller: Caller, input: In<'makeDemand'>) { return this.service.makeDemand(caller, input); }
  @Serves(s.answerDemand) answerDemand(caller: Caller, input: In<'answerDemand'>) { return this.service.answerDemand(caller, input); }
  @Serves(s.settleDemand) settleDemand(caller: Caller, input: In<'settleDemand'>) { return this.service.settleDemand(caller, input); }
  @Serves(s.insistDemand) insistDemand(caller: Caller, input: In<'insistDemand'>) { return this.service.insistDemand(caller, input); }
  @Serves(s.findAppraisers) appraisers(caller: Caller, input: In<'findAppraisers'>) { return this.queries.appraisers(caller, input); }
  @Serves(s.callAppraisal) callAppraisal(caller: Caller, input: In<'callAppraisal'>) { return this.service.callAppraisal(caller, input); }
  @Serves(s.closeAppraisal) closeAppraisal(caller: Caller, input: In<'closeAppraisal'>) { return this.service.closeAppraisal(caller, input); }
  @Serves(s.reportSupervision) report(caller: Caller, input: In<'reportSupervision'>) { return this.service.report(caller, input); }
  @Serves(s.returnReport) returnReport(caller: Caller, input: In<'returnReport'>) { return this.service.returnReport(caller, input); }
  @Serves(s.closeSupervision) close(caller: Caller, input: In<'closeSupervision'>) { return this.service.close(caller, input); }
  @Serves(s.showOwnSupervision) own(caller: Caller, { id }: In<'showOwnSupervision'>) { return this.queries.own(caller, id); }
  @Serves(s.showBallot) ballot(caller: Caller, { id }: In<'showBallot'>) { return this.queries.ballot(caller, id); }
  @Serves(s.scoreBallot) score(caller: Caller, input: In<'scoreBallot'>) { return this.service.score(caller, input); }
}
