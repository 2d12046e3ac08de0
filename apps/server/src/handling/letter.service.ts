import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { dateOf, maySee, scopeOf, termName, selvesOf } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { officialDocx } from '../platform/official-docx.ts';
import type { Block } from '../platform/official-docx.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { otherProposers } from './around.queries.ts';
import { Handling } from './handling.entity.ts';
import { Reply } from './reply.entity.ts';
import { isInside } from './reply.queries.ts';

/** 2022年7月21日. */
export const civil = (on: string): string => { const [year, month, day] = on.split('-').map(Number); return `${year}年${month}月${day}日`; };
interface Facts { readonly row: Handling; readonly main: Submission; readonly reply: Reply; readonly units: readonly Handling[]; readonly proposers: readonly string[] }

/** 答复函: the official letter of a reply, as a Word file, for whoever may see the reply; each export is written down (rules: documents). */
@Injectable()
export class LetterService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock, @Inject(Audit) private readonly audit: Audit) {}

  /** `round`: of which answer; the present one, unless it is told. */
  async letter(caller: Caller, id: string, round?: number): Promise<{ name: string; bytes: Buffer }> {
    const facts = await this.database.read((manager) => this.facts(manager, caller, id, round));
    await this.audit.record(caller, 'documents.exported', { kind: 'handling', id }, { what: 'letter', round: facts.reply.round });
    return { name: `${this.number(facts.main)}提案的答复.docx`, bytes: officialDocx(this.blocks(facts)) };
  }

  private async facts(manager: EntityManager, caller: Caller, id: string, round?: number): Promise<Facts> {
    const row = await rowWhere(manager, Handling, { id });
    const [main, reply] = row ? [await rowWhere(manager, Submission, { id: row.proposalId }), await rowWhere(manager, Reply, { handlingId: id, round: round ?? row.round })] : [];
    if (!row || !main || !reply || main.closure !== 'open') notFound();
    const units = (await rowsWhere(manager, Handling, { proposalId: main.id })).filter(({ state }) => state !== 'reassigned');
    const proposers = [main.authorId, ...(await otherProposers(manager, [main])).get(main.id) ?? []];
    const released = reply.releasedAt !== null && (selvesOf(caller).some((id) => proposers.includes(id)) || maySee(scopeOf('proposal', caller), main));
    return isInside(caller, units, proposers) || released ? { row, main, reply, units, proposers } : notFound();
  }

  /** 第036号, or 平时第012号, within its session. */
  private number({ caseNo, inPlenary }: Submission): string { return `${inPlenary === 1 ? '' : '平时'}第${String(caseNo ?? 0).padStart(3, '0')}号`; }

  private blocks({ row, main, reply, units, proposers }: Facts): Block[] {
    const { page } = this.directory;
    const { city, shortOrgan, term } = this.settings.get('city');
    const session = this.settings.get('proposal.sessions').find(({ id }) => id === main.sessionId)?.name.replace(/^.*届/, '') ?? '';
    const unit = page.body(row.unitId)?.name ?? '';
    const owner = unit.startsWith('市') ? `${city}${unit.slice(1)}` : unit;
    const names = proposers.map((id) => { const known = page.person(id); return known?.isMember ? `${known.name}委员` : known?.name ?? ''; });
    const assisting = units.filter(({ role, id }) => role === 'assist' && id !== row.id).map(({ unitId }) => page.body(unitId)?.name ?? '');
    const office = page.bodiesOf('dispatch').find(({ id }) => page.sideOf(id) === row.side)?.name;
    const on = civil(dateOf(reply.releasedAt ?? this.clock.now()));
    const body = (text: string): Block => ({ text, look: { indent: true } });
    return [
      { text: reply.classCode ?? '', look: { face: 'head', align: 'right' } },
      { text: owner, look: { face: 'title', points: 36, align: 'center', red: true, after: 200 } },
      { text: reply.docNo, look: { align: 'center', rule: 'red', after: 400 } },
      { text: `关于${shortOrgan.replace(/委员会$/, '')}${termName(term.number)}委员会${session}\n${this.number(main)}提案的答复`, look: { face: 'title', points: 22, align: 'center' } },
      { text: '' }, { text: `${names.join('、')}：` },
      body(`您提出的《${main.title}》（${this.number(main)}）收悉。现答复如下：`), body(reply.body), body(`感谢您对${city}工作的关心和支持，希望继续提出宝贵意见。`),
      { text: '' }, { text: owner, look: { align: 'right', rightChars: 4 } }, { text: on, look: { align: 'right', rightChars: 4 } }, { text: '' },
      body(`（签发人：${reply.signer}；联系人及电话：${reply.contact}）`),
      { text: `抄送：${[`${shortOrgan}提案委员会`, ...(office === undefined ? [] : [office]), ...assisting].join('，')}。`, look: { points: 14, rule: 'black' } },
    ];
  }
}
