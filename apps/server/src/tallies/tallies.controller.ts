import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { complaints, tallies, tallyTables, tallyTime } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { docxType } from '../platform/official-docx.ts';
import { badField, notFound, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { workbookType } from '../platform/workbook.ts';
import { TalliesExport } from './tallies-export.service.ts';
import { TalliesQueries } from './tallies.queries.ts';

const timeOf = (query: unknown): v.InferOutput<typeof tallyTime> => {
  const wrong = complaints(tallyTime, query);
  if (Object.keys(wrong).length > 0) badField(wrong);
  return v.parse(tallyTime, query);
};
const send = (reply: FastifyReply, type: string, { name, bytes }: { name: string; bytes: Buffer }) =>
  reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="figures"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);

@Controller()
export class TalliesController {
  constructor(@Inject(TalliesQueries) private readonly queries: TalliesQueries, @Inject(TalliesExport) private readonly exporting: TalliesExport) {}

  @Serves(tallies.showOpinionFigures) showOpinionFigures(caller: Caller, input: Given<typeof tallies.showOpinionFigures>) { return this.queries.show(caller, input); }
  @Serves(tallies.showPace) showPace(caller: Caller) { return this.queries.pace(caller); }
  /** One table as xlsx. */
  @Outside(['edit', 'check_issues', 'sign_issues'])
  @Get('api/figures/opinions/:table/xlsx')
  async table(@Req() { caller }: Admitted, @Param('table') given: string, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const table = tallyTables.find((it) => it === given) ?? notFound();
    await send(reply, workbookType, await this.exporting.table(caller ?? signInAgain(), table, timeOf(query)));
  }
  /** 通报, as docx. */
  @Outside(['edit', 'check_issues', 'sign_issues'])
  @Get('api/figures/opinions/circular')
  async circular(@Req() { caller }: Admitted, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, docxType, await this.exporting.circular(caller ?? signInAgain(), timeOf(query)));
  }
}
