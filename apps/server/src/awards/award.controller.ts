import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { awards, awardsAsked, complaints } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { workbookType } from '../platform/workbook.ts';
import { FilingQueries } from '../submissions/filing.queries.ts';
import { AwardQueries } from './award.queries.ts';
import { AwardService } from './award.service.ts';

const a = awards;
type In<K extends keyof typeof awards> = Given<(typeof awards)[K]>;

@Controller()
export class AwardController {
  constructor(@Inject(AwardService) private readonly service: AwardService, @Inject(AwardQueries) private readonly queries: AwardQueries, @Inject(FilingQueries) private readonly filing: FilingQueries) {}

  /** 优秀提案 of a year as xlsx. */
  @Outside(['triage_proposal'])
  @Get('api/awards/export')
  async export(@Req() { caller }: Admitted, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(awardsAsked, query);
    if (!read.success) badField(complaints(awardsAsked, query));
    const { name, bytes } = await this.service.file(caller ?? signInAgain(), read.output.year);
    await reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);
  }

  @Serves(a.listAwards) list(caller: Caller, input: In<'listAwards'>) { return this.queries.list(caller, input); }
  @Serves(a.findAwardCandidates) candidates(caller: Caller, { words }: In<'findAwardCandidates'>) { return this.filing.awardable(caller, words); }
  @Serves(a.nominateAward) nominate(caller: Caller, input: In<'nominateAward'>) { return this.service.nominate(caller, input); }
  @Serves(a.scoreAward) score(caller: Caller, input: In<'scoreAward'>) { return this.service.score(caller, input); }
  @Serves(a.giveAward) give(caller: Caller, input: In<'giveAward'>) { return this.service.give(caller, input); }
  @Serves(a.passOver) passOver(caller: Caller, input: In<'passOver'>) { return this.service.passOver(caller, input); }
  @Serves(a.revokeAward) revoke(caller: Caller, input: In<'revokeAward'>) { return this.service.revoke(caller, input); }
}
