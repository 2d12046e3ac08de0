import { Inject, Injectable } from '@nestjs/common';
import type { Caller, SubmissionView } from '@lvzhi/contracts';
import { abilitiesOf, choiceWords, dateOf, selvesOf } from '@lvzhi/domain';
import type { Choice } from '@lvzhi/domain';
import { Audit } from '../platform/audit.ts';
import { Database } from '../platform/database.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { officialDocx } from '../platform/official-docx.ts';
import type { Block, Grid } from '../platform/official-docx.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Settings } from '../platform/settings.ts';
import { Revision, Submission } from './submission.entity.ts';
import { SubmissionQueries } from './submission.queries.ts';

/** So many sheets go into one file. */
const mostSheets = 50;
const wide = (text: string) => ({ text, span: 3 });
const said = (choice: Choice | null | undefined): string => (choice ? choiceWords[choice] : '');
const dayWords = (at: string | null): string => { if (at === null) return ''; const [year, month, day] = dateOf(new Date(at)).split('-').map(Number); return `${year}年${month}月${day}日`; };

/** 提案 as an official sheet (rules: documents), made when it is asked for, of what its reader may see; each one is written down. */
@Injectable()
export class ProposalSheetService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Seals) private readonly seals: Seals,
    @Inject(SubmissionQueries) private readonly queries: SubmissionQueries, @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** One after another, each on pages of its own. */
  async sheets(caller: Caller, ids: readonly string[]): Promise<{ name: string; bytes: Buffer }> {
    const wanted = [...new Set(ids)].slice(0, mostSheets);
    const blocks: (Block | Grid)[] = [];
    let name = '提案';
    for (const [at, id] of wanted.entries()) {
      const doc = await this.queries.show(caller, id);
      if (doc.kind !== 'proposal' || doc.state === 'draft') notFound();
      await this.audit.record(caller, 'documents.exported', { kind: 'proposal', id }, { what: 'sheet' });
      blocks.push(...await this.sheet(caller, doc, at > 0));
      if (wanted.length === 1) name = `${doc.caseNo ?? doc.receiptNo ?? ''} ${doc.title}`;
    }
    return blocks.length === 0 ? notFound() : { name: `${name}.docx`.replace(/[\\/:*?"<>|]/g, ' '), bytes: officialDocx(blocks) };
  }

  private async sheet(caller: Caller, doc: SubmissionView, breaks: boolean): Promise<(Block | Grid)[]> {
    const { city: { shortOrgan }, session } = { city: this.settings.get('city'), session: await this.sessionOf(doc.id) };
    const [sole, assist] = [this.units(doc, (role) => role !== 'assist'), this.units(doc, (role) => role === 'assist')];
    const together = doc.coAuthors.map(({ name, note }) => (note === '' ? name : `${name}（${note}）`)).join('、');
    const filedAt = doc.timeline.find(({ action }) => action === 'file' || action === 'refile')?.at ?? null;
    const part = (title: string, text: string): Block[] => (text === '' ? [] : [{ text: title, look: { face: 'head' } }, { text, look: { indent: true } }]);
    return [
      { text: `${shortOrgan}${session}\n提　案`, look: { face: 'title', points: 22, align: 'center', after: 200, ...(breaks && { breaks: true as const }) } },
      { rows: [
        ['案号', doc.caseNo ?? '未立案', '收件号', doc.receiptNo ?? ''], ['类别', doc.category?.name ?? '', '提案形式', doc.proposer?.name ?? ''],
        ...doc.collective ? [['提案者', wide(doc.author.name)], [doc.collective.signerWords, doc.collective.signer ?? '见纸质件', '经办人', doc.collective.by ?? '']] : [['第一提案人', doc.author.name, '界别、单位职务', doc.author.note]],
        ['联系电话', await this.phone(caller, doc), '收到日期', dayWords(doc.submittedAt)],
        doc.collective ? ['签名盖章', wide(doc.collective.signedWords)] : ['联名委员', wide(together === '' ? '无' : together)], ['立案日期', dayWords(filedAt), '现在', doc.stateWords],
        ['是否同意公开', said(doc.choices?.publicity), '是否同意转社情民意', said(doc.choices?.conversion)],
        ['审查意见', wide(doc.review ? `${doc.review.outcome.name}${doc.review.note === '' ? '' : `：${doc.review.note}`}` : '')], ['建议承办单位', wide(doc.units.map(({ name }) => name).join('、'))], ['主办', sole, '会办', assist],
      ] },
      { text: `案由：${doc.title}`, look: { face: 'head', after: 120 } },
      ...part('情况', doc.text.situation), ...part('分析', doc.text.analysis), ...part('建议', doc.text.suggestion),
      { text: '' }, { text: `提案委员会　审查人：${doc.review?.by ?? '＿＿＿＿＿＿'}　${dayWords(doc.review?.at ?? null) || '＿＿＿＿年＿＿月＿＿日'}`, look: { align: 'right', rule: 'black', over: true } },
    ];
  }


  private units({ handling, planned }: SubmissionView, is: (role: string) => boolean): string {
    const known = handling?.parts.filter(({ state }) => state !== 'reassigned') ?? planned ?? [];
    return known.filter(({ role }) => is(role)).map(({ unit }) => unit.name).join('、');
  }

  /** For 提案委, the proposer and the units that have the case; for anybody else the sheet goes without it. */
  private async phone(caller: Caller, doc: SubmissionView): Promise<string> {
    const handles = caller.posts.some(({ bodyId }) => doc.handling?.parts.some(({ unit, state }) => unit.id === bodyId && state !== 'reassigned'));
    if (!handles && !selvesOf(caller).includes(doc.author.id) && !abilitiesOf(caller).includes('triage_proposal')) return '';
    const [person] = await this.database.read(async (manager) => {
      // Of a body: whoever handed its text in.
      const text = doc.collective && await rowWhere(manager, Revision, { submissionId: doc.id, revisionNo: doc.revision });
      return rowsWhere(manager, Person, { id: text?.handedBy ?? doc.author.id });
    });
    return person?.phoneSealed ? this.seals.unseal(person.phoneSealed) : '';
  }

  private async sessionOf(id: string): Promise<string> {
    const [row] = await this.database.read((manager) => rowsWhere(manager, Submission, { id }));
    return this.settings.get('proposal.sessions').find((it) => it.id === row?.sessionId)?.name ?? '';
  }
}
