import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { complaints, finding, foundFilters, views } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { workbookType } from '../platform/workbook.ts';
import { DocumentsExport } from './documents-export.service.ts';
import { SearchQueries } from './search.queries.ts';
import { ViewsService } from './views.service.ts';

@Controller()
export class SearchController {
  constructor(@Inject(SearchQueries) private readonly queries: SearchQueries, @Inject(ViewsService) private readonly views: ViewsService, @Inject(DocumentsExport) private readonly exporting: DocumentsExport) {}

  @Serves(finding.findDocuments) findDocuments(caller: Caller, { after, limit, ...sought }: Given<typeof finding.findDocuments>) { return this.queries.search(caller, sought, after, limit); }
  @Serves(views.listViews) listViews(caller: Caller) { return this.views.list(caller); }
  @Serves(views.keepView) keepView(caller: Caller, input: Given<typeof views.keepView>) { return this.views.keep(caller, input); }
  @Serves(views.renameView) renameView(caller: Caller, input: Given<typeof views.renameView>) { return this.views.rename(caller, input); }
  @Serves(views.removeView) removeView(caller: Caller, { id }: Given<typeof views.removeView>) { return this.views.remove(caller, id); }

  /** The list as xlsx, by the same filters; `texts=yes`: with the whole texts. How many went out, and whether there were more, stands in the headers too. */
  @Outside('signed_in')
  @Get('api/search/export')
  async export(@Req() { caller }: Admitted, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const { texts, ...given } = query;
    const read = v.safeParse(foundFilters, given);
    if (!read.success) badField(complaints(foundFilters, given));
    const { bytes, rows, cut } = await this.exporting.file(caller ?? signInAgain(), read.output, texts === 'yes');
    await reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent('查找结果.xlsx')}`, 'x-lvzhi-rows': String(rows), 'x-lvzhi-cut': cut ? 'yes' : 'no' }).send(bytes);
  }
}
