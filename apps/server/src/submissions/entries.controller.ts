import { Controller, Get, HttpCode, HttpException, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { complaints, entries } from '@lvzhi/contracts';
import type { Caller, EntryReading, Given, Refusal } from '@lvzhi/contracts';
import { isBlocked, recogniseText, secrecyFindings, secrecyRefusal } from '@lvzhi/domain';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { Incidents } from '../platform/incidents.ts';
import { sendLedger } from '../platform/ledgers.ts';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { Settings } from '../platform/settings.ts';
import { NotAnUpload, readUpload } from '../platform/uploads.ts';
import { Unreadable } from '../platform/workbook-reader.ts';
import { readDocx } from './docx.ts';
import { EntriesService } from './entries.service.ts';
import { EntryAuthors } from './entry-authors.queries.ts';
import { EntryQueries } from './entry.queries.ts';
import { LedgersExport } from './ledgers-export.service.ts';

const filters = v.omit(entries.listEntries.input, ['after', 'limit']);
type In<K extends keyof typeof entries> = Given<(typeof entries)[K]>;

@Controller()
export class EntriesController {
  constructor(
    @Inject(EntriesService) private readonly service: EntriesService, @Inject(EntryQueries) private readonly queries: EntryQueries, @Inject(EntryAuthors) private readonly authors: EntryAuthors,
    @Inject(Settings) private readonly settings: Settings, @Inject(Incidents) private readonly incidents: Incidents, @Inject(LedgersExport) private readonly exporting: LedgersExport,
  ) {}

  @Serves(entries.createEntry) createEntry(caller: Caller, input: In<'createEntry'>) { return this.service.create(caller, input); }
  @Serves(entries.listEntries) listEntries(caller: Caller, input: In<'listEntries'>) { return this.queries.list(caller, input); }
  @Serves(entries.findEntryAuthors) findEntryAuthors(_: Caller, input: In<'findEntryAuthors'>) { return this.authors.find(input); }
  @Serves(entries.showEntry) showEntry(caller: Caller, { id }: In<'showEntry'>) { return this.queries.show(caller, id); }
  @Serves(entries.correctEntry) correctEntry(caller: Caller, input: In<'correctEntry'>) { return this.service.correct(caller, input); }
  @Serves(entries.cancelEntry) cancelEntry(caller: Caller, input: In<'cancelEntry'>) { return this.service.cancel(caller, input); }
  @Serves(entries.confirmEntry) confirmEntry(caller: Caller, input: In<'confirmEntry'>) { return this.service.confirm(caller, input); }
  @Serves(entries.askCorrection) askCorrection(caller: Caller, input: In<'askCorrection'>) { return this.service.askCorrection(caller, input); }
  @Serves(entries.refuseEntry) refuseEntry(caller: Caller, input: In<'refuseEntry'>) { return this.service.refuseEntry(caller, input); }

  /** 代录 as xlsx, by the list's own filters. */
  @Outside(['enter_on_behalf'])
  @Get('api/entries/export')
  async export(@Req() { caller }: Admitted, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const read = v.safeParse(filters, query);
    if (!read.success) badField(complaints(filters, query));
    await sendLedger(reply, await this.exporting.entries(caller ?? signInAgain(), read.output));
  }

  /** POST multipart: `key`, then `file`, a .docx. Read and answered; nothing of it is kept here, and what looks classified is not answered either. */
  @Outside(['enter_on_behalf'])
  @Post('api/entries/read')
  @HttpCode(200)
  async read(@Req() request: Admitted): Promise<EntryReading> {
    const caller = request.caller ?? signInAgain();
    const most = this.settings.get('files.maxBytes').desk;
    const { name, bytes } = await readUpload(request, most).catch((error: unknown) => { if (error instanceof NotAnUpload) badField({ file: '文件没有完整收到，请检查网络后再传一次' }); throw error; });
    if (!bytes) throw new HttpException({ reason: `“${name}”超过 ${Math.floor(most / 1024 / 1024)} MB，没有上传` } satisfies Refusal, 413);
    const { text, numbered } = await readDocx(bytes).catch((error: unknown) => { if (error instanceof Unreadable) badField({ file: error.message }); throw error; });
    const findings = secrecyFindings(text);
    if (isBlocked(findings)) {
      await this.incidents.record(caller, findings.filter(({ level }) => level === 'block').map(({ rule }) => rule));
      badField({ file: secrecyRefusal });
    }
    const read = recogniseText(text, Math.max(this.settings.get('opinion.limits').title.max, this.settings.get('proposal.limits').title.max));
    const hints = [numbered && '文件里有自动编号，序号没有带过来，请对照原件补上', read.suggestion === '' && '没有认出“建议”这一部分，请在下面分一分'].filter((it) => it !== false);
    return { ...read, hints };
  }
}
