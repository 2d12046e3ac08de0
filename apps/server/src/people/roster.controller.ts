import { Controller, Get, HttpCode, HttpException, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { complaints, roster, rosterFilters } from '@lvzhi/contracts';
import type { Caller, Given, Refusal } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { badField, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { Settings } from '../platform/settings.ts';
import { NotAnUpload, readUpload } from '../platform/uploads.ts';
import { workbookType } from '../platform/workbook.ts';
import { ExportsService } from './exports.service.ts';
import { ImportService } from './import.service.ts';
import { MembersService } from './members.service.ts';
import { RosterQueries } from './roster.queries.ts';

type In<K extends keyof typeof roster> = Given<(typeof roster)[K]>;
const callerOf = ({ caller }: Admitted): Caller => caller ?? signInAgain();
const attached = (reply: FastifyReply, name: string, bytes: Buffer) => reply.headers({ 'content-type': workbookType, 'content-disposition': `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}` }).send(bytes);

@Controller()
export class RosterController {
  constructor(
    @Inject(RosterQueries) private readonly queries: RosterQueries, @Inject(MembersService) private readonly members: MembersService, @Inject(ImportService) private readonly imports: ImportService, @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  @Serves(roster.listRoster) listRoster(_: Caller, input: In<'listRoster'>) { return this.queries.list(input); }
  @Serves(roster.countRoster) countRoster() { return this.queries.figures(); }
  @Serves(roster.showMember) showMember(caller: Caller, { id }: In<'showMember'>) { return this.queries.show(caller, id); }
  @Serves(roster.addMember) addMember(caller: Caller, input: In<'addMember'>) { return this.members.add(caller, input); }
  @Serves(roster.editMember) editMember(caller: Caller, input: In<'editMember'>) { return this.members.edit(caller, input); }
  @Serves(roster.revealPhone) revealPhone(caller: Caller, { id }: In<'revealPhone'>) { return this.exports.phone(caller, id); }
  @Serves(roster.changePhone) changePhone(caller: Caller, input: In<'changePhone'>) { return this.members.changePhone(caller, input); }
  @Serves(roster.giveSeat) giveSeat(caller: Caller, input: In<'giveSeat'>) { return this.members.giveSeat(caller, input); }
  @Serves(roster.endSeat) endSeat(caller: Caller, input: In<'endSeat'>) { return this.members.endSeat(caller, input); }
  @Serves(roster.endMembership) endMembership(caller: Caller, input: In<'endMembership'>) { return this.members.end(caller, input); }
  @Serves(roster.restoreMembership) restoreMembership(caller: Caller, input: In<'restoreMembership'>) { return this.members.restore(caller, input); }
  @Serves(roster.releaseBinding) releaseBinding(caller: Caller, input: In<'releaseBinding'>) { return this.members.release(caller, input); }
  @Serves(roster.inviteMembers) inviteMembers(caller: Caller, input: In<'inviteMembers'>) { return this.members.invite(caller, input); }
  @Serves(roster.listImports) listImports(caller: Caller, { limit }: In<'listImports'>) { return this.imports.listImports(caller, limit); }
  @Serves(roster.showImport) showImport(caller: Caller, { id }: In<'showImport'>) { return this.imports.show(caller, id); }
  @Serves(roster.listImportRows) listImportRows(caller: Caller, input: In<'listImportRows'>) { return this.imports.rows(caller, input); }
  @Serves(roster.decideImportRow) decideImportRow(caller: Caller, input: In<'decideImportRow'>) { return this.imports.decide(caller, input); }
  @Serves(roster.applyImport) applyImport(caller: Caller, input: In<'applyImport'>) { return this.imports.apply(caller, input); }
  @Serves(roster.dropImport) dropImport(caller: Caller, { id }: In<'dropImport'>) { return this.imports.drop(caller, id); }

  /** POST multipart: the field `key`, then `file`, an xlsx or csv. Read, compared and kept for preview; nothing is written to the roster. */
  @Outside(['manage_roster', 'manage_accounts'])
  @Post('api/roster/imports')
  @HttpCode(201)
  async upload(@Req() request: Admitted): Promise<{ id: string }> {
    const caller = callerOf(request);
    const most = this.settings.get('files.maxBytes').desk;
    const { name, bytes } = await readUpload(request, most).catch((error: unknown) => { if (error instanceof NotAnUpload) badField({ file: '文件没有完整收到，请检查网络后再传一次' }); throw error; });
    if (!bytes) throw new HttpException({ reason: `“${name}”超过 ${Math.floor(most / 1024 / 1024)} MB，没有上传；请拆成几个文件` } satisfies Refusal, 413);
    return this.imports.preview(caller, name, bytes);
  }

  @Outside(['manage_roster'])
  @Get('api/roster/export')
  async export(@Req() request: Admitted, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const { phones, ...given } = query;
    const read = v.safeParse(rosterFilters, given);
    if (!read.success) badField(complaints(rosterFilters, given));
    await attached(reply, '委员名册.xlsx', await this.exports.roster(callerOf(request), read.output, phones === 'whole'));
  }
  @Outside(['manage_roster', 'manage_accounts'])
  @Get('api/roster/template')
  async template(@Res() reply: FastifyReply): Promise<void> { await attached(reply, '委员名册模板.xlsx', this.exports.template()); }
  @Outside(['manage_roster', 'manage_accounts'])
  @Get('api/roster/imports/:id/left-out')
  async leftOut(@Req() request: Admitted, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> { await attached(reply, '没有导入的行.xlsx', await this.exports.leftOut(callerOf(request), id)); }
  @Outside(['manage_accounts'])
  @Get('api/accounts/export')
  async accounts(@Req() request: Admitted, @Res() reply: FastifyReply): Promise<void> { await attached(reply, '账号和职务.xlsx', await this.exports.accounts(callerOf(request))); }
}
