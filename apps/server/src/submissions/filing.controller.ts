import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { amendments, filing } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import { docxType } from '../platform/official-docx.ts';
import { signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { AmendingService } from './amending.service.ts';
import { FilingQueries } from './filing.queries.ts';
import { FilingService } from './filing.service.ts';
import { ProposalSheetService } from './proposal-sheet.service.ts';

const [f, a] = [filing, amendments];
type Am<K extends keyof typeof amendments> = Given<(typeof amendments)[K]>;
type In<K extends keyof typeof filing> = Given<(typeof filing)[K]>;

@Controller()
export class FilingController {
  constructor(@Inject(FilingService) private readonly filing: FilingService, @Inject(FilingQueries) private readonly queries: FilingQueries, @Inject(ProposalSheetService) private readonly sheets: ProposalSheetService, @Inject(AmendingService) private readonly amending: AmendingService) {}

  /** 提案 as official sheets in one Word file; `ids` with commas between. */
  @Outside('signed_in')
  @Get('api/proposals/sheets')
  async sheet(@Req() { caller }: Admitted, @Query('ids') ids: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { name, bytes } = await this.sheets.sheets(caller ?? signInAgain(), typeof ids === 'string' ? ids.split(',').filter((id) => id !== '') : []);
    await reply.headers({ 'content-type': docxType, 'content-disposition': `attachment; filename="sheet.docx"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);
  }

  @Serves(a.listAmendments) listAmendments(caller: Caller, { id }: Am<'listAmendments'>) { return this.amending.list(caller, id); }
  @Serves(a.proposeEdits) proposeEdits(caller: Caller, input: Am<'proposeEdits'>) { return this.amending.propose(caller, input); }
  @Serves(a.answerEdits) answerEdits(caller: Caller, input: Am<'answerEdits'>) { return this.amending.answer(caller, input); }
  @Serves(a.recallEdits) recallEdits(caller: Caller, input: Am<'recallEdits'>) { return this.amending.recall(caller, input); }
  @Serves(f.findMainCases) mainCases(caller: Caller, input: In<'findMainCases'>) { return this.queries.mainCases(caller, input); }
  @Serves(f.fileProposal) fileProposal(caller: Caller, input: In<'fileProposal'>) { return this.filing.file(caller, input); }
  @Serves(f.merge) merge(caller: Caller, input: In<'merge'>) { return this.filing.merge(caller, input); }
  @Serves(f.split) split(caller: Caller, input: In<'split'>) { return this.filing.split(caller, input); }
  @Serves(f.reject) reject(caller: Caller, input: In<'reject'>) { return this.filing.reject(caller, input); }
  @Serves(f.suggest) suggest(caller: Caller, input: In<'suggest'>) { return this.filing.suggest(caller, input); }
  @Serves(f.convert) convert(caller: Caller, input: In<'convert'>) { return this.filing.convert(caller, input); }
  @Serves(f.askConsent) askConsent(caller: Caller, input: In<'askConsent'>) { return this.filing.askConsent(caller, input); }
  @Serves(f.agreeConversion) agree(caller: Caller, input: In<'agreeConversion'>) { return this.filing.agree(caller, input); }
  @Serves(f.declineConversion) decline(caller: Caller, input: In<'declineConversion'>) { return this.filing.decline(caller, input); }
  @Serves(f.decideAnew) decideAnew(caller: Caller, input: In<'decideAnew'>) { return this.filing.decideAnew(caller, input); }
  @Serves(f.refile) refile(caller: Caller, input: In<'refile'>) { return this.filing.refile(caller, input); }
  @Serves(f.unfile) unfile(caller: Caller, input: In<'unfile'>) { return this.filing.unfile(caller, input); }
  @Serves(f.drop) drop(caller: Caller, input: In<'drop'>) { return this.filing.drop(caller, input); }
  @Serves(f.askDrop) askDrop(caller: Caller, input: In<'askDrop'>) { return this.filing.askDrop(caller, input); }
  @Serves(f.allowDrop) allowDrop(caller: Caller, input: In<'allowDrop'>) { return this.filing.allowDrop(caller, input); }
  @Serves(f.refuseDrop) refuseDrop(caller: Caller, input: In<'refuseDrop'>) { return this.filing.refuseDrop(caller, input); }
}
