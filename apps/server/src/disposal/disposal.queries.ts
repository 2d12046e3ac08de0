import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, DisposalRow, DisposalView, Given, routes } from '@lvzhi/contracts';
import { disposalStateWords, holds, opinionStateWords, ownDraftReason, proposalStateWords, submissionKinds, triagePosts, whyNotDecide, whyNotMark } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Keeping } from '../keeping/keeping.entity.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { pageWhere } from '../platform/pages.ts';
import { notFound, refuse } from '../platform/refusals.ts';
import { AtMost, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Entry } from '../submissions/entry.entity.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';
import { Disposal, DisposalBackup, DisposalFile } from './disposal.entity.ts';

type View = DisposalView;
const stateWords: Readonly<Record<SubmissionKind, Readonly<Record<string, string>>>> = { opinion: opinionStateWords, proposal: proposalStateWords };
/** What nobody but a person can reach. */
const elsewhere = [
  '数据库服务器自己的备份、复制库和二进制日志，全文索引里留下的词：请数据库管理员按运维手册清理到处置的时间以后',
  '另存的附件文件夹、恢复数据时改名留下的 .before- 文件和文件夹：请删去',
  '已经下载或打印的编发稿、交办单、答复函和导出的表格：请经手人收回、销毁',
  '提交人和经手人的手机、电脑：打开应用时自动删去草稿，截图和拍照请本人删去',
];

/** What the two of a disposal see, and what those see of it who only know that there was one. */
@Injectable()
export class DisposalQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings) {}

  list(caller: Caller, { state, after, limit }: Given<typeof routes.listDisposals>): Promise<Answer<typeof routes.listDisposals>> {
    return this.database.read(async (manager) => {
      const { rows, next } = await pageWhere(manager, Disposal, { docKind: this.kinds(caller), ...(state && { state }) }, 'markedAt', 'DESC', after, limit);
      return { rows: await this.rows(manager, caller, rows), next };
    });
  }

  show(caller: Caller, id: string): Promise<View> {
    return this.database.read(async (manager) => {
      const it = await rowWhere(manager, Disposal, { id });
      if (!it || !this.kinds(caller).includes(it.docKind)) notFound();
      return this.view(manager, caller, it);
    });
  }

  /** Whether this reader is one of the two: who marked it, or one who may decide. */
  async isOfTheTwo(manager: EntityManager, caller: Caller, it: Disposal): Promise<boolean> { return it.state === 'marked' && (it.markedBy === caller.personId || whyNotDecide(await this.factsOf(manager, it), caller) === undefined); }

  async view(manager: EntityManager, caller: Caller, it: Disposal): Promise<View> {
    const [[row], group, doc] = [await this.rows(manager, caller, [it]), await rowsWhere(manager, Disposal, { groupId: it.groupId }), await rowWhere(manager, Submission, { id: it.docId })];
    if (!row) throw new Error(`The disposal ${it.id} is missing.`);
    const ofTwo = row.title !== null;
    return {
      ...row, text: ofTwo && doc && doc.state !== 'draft' ? await this.textOf(manager, doc) : null, together: group.filter(({ id }) => id !== it.id).map(({ receiptNo, docKind, title }) => ({ receiptNo, kind: docKind, title: ofTwo ? title : null })),
      related: doc && ofTwo ? (await this.related(manager, doc)).filter(({ id }) => !group.some(({ docId }) => docId === id)) : [],
      backups: it.state === 'carried_out' ? await this.backups(manager, it) : [], elsewhere: it.state === 'carried_out' ? elsewhere : [],
    };
  }

  /** Before it is marked. Drafts too: they are named by their number and nobody is shown a word of them. */
  foresee(caller: Caller, { kind, receiptNo }: Given<typeof routes.findDisposable>): Promise<Answer<typeof routes.findDisposable>> {
    return this.database.read(async (manager) => {
      const row = await this.marking(manager, caller, kind, receiptNo);
      return { receiptNo: row.receiptNo, author: this.name(row.authorId), stateWords: stateWords[kind][row.state] ?? '', related: await this.related(manager, row) };
    });
  }

  /** The submission of this number, if this person may mark it. @throws 404, 409 */
  async marking(manager: EntityManager, caller: Caller, kind: SubmissionKind, receiptNo: string): Promise<Submission> {
    const row = holds(caller, ...triagePosts[kind]) ? await rowWhere(manager, Submission, { kind, receiptNo }) : undefined;
    if (!row) notFound();
    const why = whyNotMark({ ...row, coAuthorIds: row.coAuthorIds ?? [], ...await this.clerkOf(manager, row.id) }, caller);
    if (why !== undefined) refuse('mark_secret', why);
    return row;
  }

  /** What holds the same text, or a part of it. */
  async related(manager: EntityManager, row: Submission): Promise<View['related']> {
    const found: [string, Submission[]][] = [
      ['并入的主件', row.mainId === null ? [] : await rowsWhere(manager, Submission, { id: row.mainId })], ['并入这一件的', await rowsWhere(manager, Submission, { mainId: row.id }, { by: 'submittedAt', limit: 100 })],
      ['由它转来', row.originId === null ? [] : await rowsWhere(manager, Submission, { id: row.originId })], ['转成的社情民意', await rowsWhere(manager, Submission, { originId: row.id })],
    ];
    return found.flatMap(([how, rows]) => rows.filter(({ closure }) => closure === 'open').map((it) => ({ id: it.id, kind: it.kind, receiptNo: it.receiptNo, how, stateWords: stateWords[it.kind][it.state] ?? '' })));
  }

  async factsOf(manager: EntityManager, it: Disposal) {
    const doc = await rowWhere(manager, Submission, { id: it.docId });
    return { authorId: it.authorId, coAuthorIds: doc?.coAuthorIds ?? [], state: it.state, markedBy: it.markedBy, ...await this.clerkOf(manager, it.docId) };
  }
  async clerkOf(manager: EntityManager, submissionId: string): Promise<{ clerkId?: string }> {
    const entry = await rowWhere(manager, Entry, { submissionId });
    return entry ? { clerkId: entry.clerkId } : {};
  }

  private kinds(caller: Caller): SubmissionKind[] { return submissionKinds.filter((kind) => holds(caller, 'security_admin', ...triagePosts[kind])); }

  private async rows(manager: EntityManager, caller: Caller, found: readonly Disposal[]): Promise<DisposalRow[]> {
    const files = await rowsWhere(manager, DisposalFile, { disposalId: found.map(({ id }) => id), removedAt: null });
    const ticks = await rowsWhere(manager, DisposalBackup, { disposalId: found.map(({ id }) => id) });
    const made = await this.made(manager, found);
    const rows: DisposalRow[] = [];
    for (const it of found) {
      const mayDecide = whyNotDecide(await this.factsOf(manager, it), caller) === undefined;
      rows.push({
        id: it.id, kind: it.docKind, receiptNo: it.receiptNo, draft: it.draftId !== null, state: it.state, stateWords: disposalStateWords[it.state], reason: it.reason === ownDraftReason.code ? ownDraftReason : this.settings.coded('secret.reasons', it.reason), title: it.state === 'marked' && (mayDecide || it.markedBy === caller.personId) ? it.title ?? '' : null,
        author: this.name(it.authorId), markedBy: this.name(it.markedBy), markedAt: it.markedAt.toISOString(), decidedBy: it.decidedBy === null ? null : this.name(it.decidedBy), decidedAt: it.decidedAt?.toISOString() ?? null,
        backupsLeft: it.state === 'carried_out' ? made.filter((one) => holding(it, one)).filter(({ id }) => !ticks.some((tick) => tick.disposalId === it.id && tick.keepingId === id)).length : 0, filesLeft: files.filter(({ disposalId }) => disposalId === it.id).length,
        can: it.state === 'carried_out' ? holds(caller, 'security_admin') ? ['treat'] : [] : mayDecide ? ['lift', 'carry_out'] : [],
      });
    }
    return rows;
  }

  private async textOf(manager: EntityManager, doc: Submission): Promise<View['text']> {
    const revision = await rowWhere(manager, Revision, { submissionId: doc.id, revisionNo: doc.revision });
    const files = await rowsWhere(manager, FileRow, { docId: doc.id });
    return revision ? { situation: revision.situation, analysis: revision.analysis, suggestion: revision.suggestion, files: files.map(({ name }) => name) } : null;
  }

  private async backups(manager: EntityManager, it: Disposal): Promise<View['backups']> {
    const ticks = new Map((await rowsWhere(manager, DisposalBackup, { disposalId: it.id })).map((tick) => [tick.keepingId, tick]));
    return (await this.made(manager, [it])).map(({ id, fileName, endedAt }) => { const tick = ticks.get(id); return { id, fileName, madeAt: endedAt.toISOString(), treated: tick ? { by: this.name(tick.treatedBy), at: tick.treatedAt.toISOString() } : null }; });
  }
  /** Backups that were begun before the text was gone and ended after something of it was there: each of these may hold it. */
  private async made(manager: EntityManager, found: readonly Disposal[]): Promise<Keeping[]> {
    const done = found.filter(({ state }) => state === 'carried_out');
    const last = Math.max(0, ...done.map(({ decidedAt }) => decidedAt?.getTime() ?? 0));
    const all = done.length === 0 ? [] : await rowsWhere(manager, Keeping, { kind: 'backup', outcome: ['ok', 'faults'], startedAt: new AtMost(new Date(last)) }, { by: 'endedAt', direction: 'DESC' });
    return all.filter((one) => done.some((it) => holding(it, one)));
  }
  private name(personId: string): string { return this.directory.page.person(personId)?.name ?? ''; }
}

const holding = ({ decidedAt, firstAt }: Disposal, { startedAt, endedAt }: Keeping): boolean => decidedAt !== null && startedAt <= decidedAt && endedAt >= firstAt;
