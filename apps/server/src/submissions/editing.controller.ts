import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { editions } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import { docxType } from '../platform/official-docx.ts';
import { signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { BulletinsService } from './bulletins.service.ts';
import { CombiningService } from './combining.service.ts';
import { EditingService } from './editing.service.ts';
import { EditionQueries } from './edition.queries.ts';

const e = editions;
type In<K extends keyof typeof editions> = Given<(typeof editions)[K]>;

@Controller()
export class EditingController {
  constructor(@Inject(EditingService) private readonly editing: EditingService, @Inject(CombiningService) private readonly combining: CombiningService, @Inject(BulletinsService) private readonly bulletins: BulletinsService, @Inject(EditionQueries) private readonly queries: EditionQueries) {}

  @Serves(e.showEdition) showEdition(caller: Caller, { id }: In<'showEdition'>) { return this.queries.show(caller, id); }
  @Serves(e.saveEdition) saveEdition(caller: Caller, input: In<'saveEdition'>) { return this.editing.save(caller, input); }
  @Serves(e.takeOver) takeOver(caller: Caller, input: In<'takeOver'>) { return this.editing.takeOver(caller, input); }
  @Serves(e.take) take(caller: Caller, input: In<'take'>) { return this.editing.take(caller, input); }
  @Serves(e.askAgree) askAgree(caller: Caller, input: In<'askAgree'>) { return this.editing.askAgree(caller, input); }
  @Serves(e.agreeEdition) agreeEdition(caller: Caller, input: In<'agreeEdition'>) { return this.editing.agree(caller, input); }
  @Serves(e.objectEdition) objectEdition(caller: Caller, input: In<'objectEdition'>) { return this.editing.object(caller, input); }
  @Serves(e.sendCheck) sendCheck(caller: Caller, input: In<'sendCheck'>) { return this.editing.sendCheck(caller, input); }
  @Serves(e.check) check(caller: Caller, input: In<'check'>) { return this.editing.check(caller, input); }
  @Serves(e.rework) rework(caller: Caller, input: In<'rework'>) { return this.editing.rework(caller, input); }
  @Serves(e.sign) sign(caller: Caller, input: In<'sign'>) { return this.editing.sign(caller, input); }
  @Serves(e.archiveReport) archiveReport(caller: Caller, input: In<'archiveReport'>) { return this.editing.archive(caller, input); }
  @Serves(e.recallIssue) recallIssue(caller: Caller, input: In<'recallIssue'>) { return this.editing.recallIssue(caller, input); }
  @Serves(e.reopen) reopen(caller: Caller, input: In<'reopen'>) { return this.editing.reopen(caller, input); }
  @Serves(e.absorb) absorb(caller: Caller, input: In<'absorb'>) { return this.combining.absorb(caller, input); }
  @Serves(e.separate) separate(caller: Caller, input: In<'separate'>) { return this.combining.separate(caller, input); }
  @Serves(e.showBulletin) showBulletin(caller: Caller, { id }: In<'showBulletin'>) { return this.bulletins.show(caller, id); }
  /** The issue in its official layout, as docx. */
  @Outside(['edit', 'check_issues', 'sign_issues'])
  @Get('api/issues/:id/docx')
  async document(@Req() { caller }: Admitted, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { name, bytes } = await this.bulletins.document(caller ?? signInAgain(), id);
    await reply.headers({ 'content-type': docxType, 'content-disposition': `attachment; filename="issue.docx"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);
  }
  /** Its pictures, as far as their use was agreed, as zip. */
  @Outside(['edit', 'check_issues', 'sign_issues'])
  @Get('api/issues/:id/pictures')
  async pictures(@Req() { caller }: Admitted, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { name, bytes } = await this.bulletins.pictures(caller ?? signInAgain(), id);
    await reply.headers({ 'content-type': 'application/zip', 'content-disposition': `attachment; filename="pictures.zip"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);
  }
  @Serves(e.listIssues) listIssues(caller: Caller, input: In<'listIssues'>) { return this.queries.listIssues(caller, input); }
}
