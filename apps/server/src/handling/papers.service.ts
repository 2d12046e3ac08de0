import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { answers, dateOf, unitRoleWords } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { officialDocx } from '../platform/official-docx.ts';
import type { Block, Grid } from '../platform/official-docx.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { otherProposers } from './around.queries.ts';
import { objectBy } from './docket.ts';
import { Handling } from './handling.entity.ts';
import { civil } from './letter.service.ts';
import { isInside } from './reply.queries.ts';

interface Facts { readonly row: Handling; readonly main: Submission; readonly others: readonly Handling[]; readonly proposers: readonly string[] }
interface Paper { readonly name: string; readonly bytes: Buffer }
const wide = (text: string) => ({ text, span: 3 });
const boxes = '□ 满意　　□ 基本满意　　□ 不满意';

/** What of a case goes on paper beside the letter: the order to a unit (交办单) and the form that a proposer fills in by hand (rules: documents). For those inside; each is written down. */
@Injectable()
export class PapersService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(SubmissionPresenter) private readonly presenter: SubmissionPresenter, @Inject(Audit) private readonly audit: Audit) {}

  order(caller: Caller, id: string): Promise<Paper> { return this.paper(caller, id, 'order', '提案交办单', (facts) => this.orderOf(facts)); }
  ratingForm(caller: Caller, id: string): Promise<Paper> { return this.paper(caller, id, 'rating_form', '提案办理情况征询意见表', (facts) => this.formOf(facts)); }

  private async paper(caller: Caller, id: string, what: string, title: string, blocks: (facts: Facts) => (Block | Grid)[]): Promise<Paper> {
    const facts = await this.database.read((manager) => this.facts(manager, caller, id));
    await this.audit.record(caller, 'documents.exported', { kind: 'handling', id }, { what });
    return { name: `${title}.docx`, bytes: officialDocx([{ text: title, look: { face: 'title', points: 22, align: 'center', after: 300 } }, ...blocks(facts)]) };
  }

  private async facts(manager: EntityManager, caller: Caller, id: string): Promise<Facts> {
    const row = await rowWhere(manager, Handling, { id });
    const main = row && await rowWhere(manager, Submission, { id: row.proposalId });
    const units = row ? (await rowsWhere(manager, Handling, { proposalId: row.proposalId })).filter(({ state }) => state !== 'reassigned') : [];
    if (!row || !main || main.closure !== 'open') notFound();
    const beside = (await otherProposers(manager, [main])).get(main.id) ?? [];
    if (!isInside(caller, units, beside)) notFound();
    return { row, main, others: units.filter((it) => it.id !== id), proposers: [main.authorId, ...beside].map((it) => this.directory.page.person(it)?.name ?? '') };
  }

  private orderOf({ row, main, others, proposers }: Facts): (Block | Grid)[] {
    const office = this.directory.page.bodiesOf('dispatch').find(({ id }) => this.directory.page.sideOf(id) === row.side)?.name ?? '';
    const day = (at: Date): string => civil(dateOf(at));
    const [unit, until] = [this.nameOf(row.unitId), day(objectBy(row, this.settings.reckoning).at)];
    const text = (words: string): Block => ({ text: words, look: { indent: true } });
    return [
      { rows: [['承办单位', unit, '办理方式', unitRoleWords[row.role]], ['案号', this.presenter.caseNo(main) ?? '', '提案人', proposers.join('、')], ['案由', wide(main.title)],
        ['其他承办单位', wide(others.map((it) => `${this.nameOf(it.unitId)}（${unitRoleWords[it.role]}）`).join('、') || '无')], ['答复期限', answers(row.role) ? day(row.dueAt) : '向主办单位提会办意见', '最长期限', day(row.capAt)]] },
      text(`请在系统里签收办理，办理前同提案人面商，${answers(row.role) ? '答复函经我办审核后送达提案人' : '按期向主办单位提出会办意见，并会签答复'}。改办、延期都不能超过最长期限。`),
      text(`不属于本单位职责的，请在${until}前在系统里申请改办，写明理由和建议的单位，不得自行转办。`),
      { text: '' }, { text: office, look: { align: 'right', rightChars: 4 } }, { text: day(row.assignedAt), look: { align: 'right', rightChars: 4, after: 300, rule: 'black' } },
      text(`回执：${this.presenter.caseNo(main) ?? ''}提案已收到。`), text(`${unit}　签收人：＿＿＿＿＿＿　电话：＿＿＿＿＿＿　日期：＿＿＿＿＿＿`),
    ];
  }

  private formOf({ row, main, proposers }: Facts): (Block | Grid)[] {
    const forms = this.settings.get('talk.forms').map(({ name }) => `□ ${name}`).join('　');
    return [
      { rows: [['案号', this.presenter.caseNo(main) ?? '', '承办单位', this.nameOf(row.unitId)], ['案由', wide(main.title)], ['提案人', wide(proposers.length > 1 ? `${proposers.join('、')}（每人填一张）` : proposers.join(''))],
        ['是否面商', wide(`□ 面商过（${forms}）　　□ 没有`)], ['对办理态度', wide(boxes)], ['对办理结果', wide(boxes)], ['意见（不满意的请写明理由）', wide('\n\n\n\n')], ['提案人签名', '', '日期', '']] },
      { text: `请由提案人本人填写、签名，在收到答复以后交${this.settings.get('city').shortOrgan}提案委员会，由工作人员照录。也可以在手机上评价，不用填表。`, look: { indent: true } },
    ];
  }

  private nameOf(id: string): string { return this.directory.page.body(id)?.name ?? id; }
}
