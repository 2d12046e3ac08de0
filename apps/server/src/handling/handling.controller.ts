import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { cases, complaints, handling, replies } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { sendLedger } from '../platform/ledgers.ts';
import { docxType } from '../platform/official-docx.ts';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { BoardQueries } from './board.queries.ts';
import { CaseQueries } from './cases.queries.ts';
import { HandingService } from './handing.service.ts';
import { HandlingQueries } from './handling.queries.ts';
import { HandlingService } from './handling.service.ts';
import { HandlingsExport } from './handlings-export.service.ts';
import { LetterService } from './letter.service.ts';
import { PapersService } from './papers.service.ts';
import { RatingService } from './rating.service.ts';
import { ReplyQueries } from './reply.queries.ts';
import { ReplyService } from './reply.service.ts';
import { UrgingService } from './urging.service.ts';

const [h, r] = [handling, replies];
const filters = v.omit(h.listHandlings.input, ['after', 'limit']);
type Of<K extends keyof typeof replies> = Given<(typeof replies)[K]>;
type In<K extends keyof typeof handling> = Given<(typeof handling)[K]>;

async function send(reply: FastifyReply, { name, bytes }: { name: string; bytes: Buffer }): Promise<void> {
  await reply.headers({ 'content-type': docxType, 'content-disposition': `attachment; filename="file.docx"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);
}

@Controller()
export class HandlingController {
  constructor(
    @Inject(HandingService) private readonly handing: HandingService, @Inject(HandlingService) private readonly handling: HandlingService, @Inject(HandlingQueries) private readonly queries: HandlingQueries,
    @Inject(ReplyService) private readonly replies: ReplyService, @Inject(ReplyQueries) private readonly replyQueries: ReplyQueries, @Inject(RatingService) private readonly ratings: RatingService, @Inject(LetterService) private readonly letters: LetterService, @Inject(PapersService) private readonly papers: PapersService, @Inject(HandlingsExport) private readonly exporting: HandlingsExport, @Inject(BoardQueries) private readonly boards: BoardQueries, @Inject(CaseQueries) private readonly caseQueries: CaseQueries, @Inject(UrgingService) private readonly urging: UrgingService,
  ) {}

  /** 提案办理 as xlsx, by the list's own filters and scope. */
  @Outside(['handle_proposals', 'dispatch_proposals', 'triage_proposal'])
  @Get('api/handlings/export')
  async export(@Req() { caller }: Admitted, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(filters, query);
    if (!read.success) badField(complaints(filters, query));
    await sendLedger(reply, await this.exporting.file(caller ?? signInAgain(), read.output));
  }

  /** 答复函 as a Word file. */
  @Outside('signed_in')
  @Get('api/handlings/:id/letter')
  async letter(@Req() { caller }: Admitted, @Param('id') id: string, @Query('round') round: unknown, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, await this.letters.letter(caller ?? signInAgain(), id, typeof round === 'string' && /^\d$/.test(round) ? Number(round) : undefined));
  }

  /** 交办单 as a Word file. */
  @Outside('signed_in')
  @Get('api/handlings/:id/order')
  async order(@Req() { caller }: Admitted, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> { await send(reply, await this.papers.order(caller ?? signInAgain(), id)); }

  /** 征询意见表, to be filled in by hand, as a Word file. */
  @Outside('signed_in')
  @Get('api/handlings/:id/rating-form')
  async ratingForm(@Req() { caller }: Admitted, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> { await send(reply, await this.papers.ratingForm(caller ?? signInAgain(), id)); }

  @Serves(r.showReply) showReply(caller: Caller, { id }: Of<'showReply'>) { return this.replyQueries.show(caller, id); }
  @Serves(r.saveReply) saveReply(caller: Caller, input: Of<'saveReply'>) { return this.replies.save(caller, input); }
  @Serves(r.askCountersign) askCountersign(caller: Caller, input: Of<'askCountersign'>) { return this.replies.askCountersign(caller, input); }
  @Serves(r.agreeReply) agreeReply(caller: Caller, input: Of<'agreeReply'>) { return this.replies.countersign(caller, input); }
  @Serves(r.objectReply) objectReply(caller: Caller, input: Of<'objectReply'>) { return this.replies.objectReply(caller, input); }
  @Serves(r.submitReply) submitReply(caller: Caller, input: Of<'submitReply'>) { return this.replies.submit(caller, input); }
  @Serves(r.returnReply) returnReply(caller: Caller, input: Of<'returnReply'>) { return this.replies.returnReply(caller, input); }
  @Serves(r.approveReply) approveReply(caller: Caller, input: Of<'approveReply'>) { return this.replies.approve(caller, input); }
  @Serves(r.releaseReplies) releaseReplies(caller: Caller, input: Of<'releaseReplies'>) { return this.replies.release(caller, input); }
  @Serves(r.reportProgress) reportProgress(caller: Caller, input: Of<'reportProgress'>) { return this.replies.reportProgress(caller, input); }
  @Serves(r.resolveHandling) resolveHandling(caller: Caller, input: Of<'resolveHandling'>) { return this.replies.resolve(caller, input); }
  @Serves(r.rate) rate(caller: Caller, input: Of<'rate'>) { return this.ratings.rate(caller, input); }
  @Serves(r.keyPaper) keyPaper(caller: Caller, input: Of<'keyPaper'>) { return this.ratings.keyPaper(caller, input); }
  @Serves(r.lapseRating) lapseRating(caller: Caller, input: Of<'lapseRating'>) { return this.ratings.lapse(caller, input); }
  @Serves(r.holdMeeting) holdMeeting(caller: Caller, input: Of<'holdMeeting'>) { return this.ratings.holdMeeting(caller, input); }

  @Serves(cases.listCases) listCases(caller: Caller, input: Given<typeof cases.listCases>) { return this.caseQueries.list(caller, input); }
  @Serves(cases.countCases) countCases(caller: Caller, input: Given<typeof cases.countCases>) { return this.caseQueries.count(caller, input); }
  @Serves(cases.urge) urge(caller: Caller, input: Given<typeof cases.urge>) { return this.urging.urge(caller, input); }
  @Serves(h.showBoard) board(caller: Caller) { return this.boards.show(caller); }
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
