import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { complaints, figures, figuresAsked } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { workbookType } from '../platform/workbook.ts';
import { FigureQueries } from './figures.queries.ts';

@Controller()
export class FiguresController {
  constructor(@Inject(FigureQueries) private readonly queries: FigureQueries) {}

  @Serves(figures.showFigures) showFigures(caller: Caller, input: Given<typeof figures.showFigures>) { return this.queries.show(caller, input); }
  @Serves(figures.listFigure) listFigure(caller: Caller, input: Given<typeof figures.listFigure>) { return this.queries.rows(caller, input); }

  /** The table as xlsx, by the same choice. */
  @Outside(['read_figures'])
  @Get('api/proposals/figures/export')
  async export(@Req() { caller }: Admitted, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(figuresAsked, query);
    if (!read.success) badField(complaints(figuresAsked, query));
    const bytes = await this.queries.file(caller ?? signInAgain(), read.output);
    await reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent('提案统计.xlsx')}` }).send(bytes);
  }
}
