import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, EntryView, Given, routes } from '@lvzhi/contracts';
import { entryPosts } from '@lvzhi/domain';
import type { EntryAction, SubmissionKind } from '@lvzhi/domain';
import { In, IsNull, QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { digest, newId } from '../platform/ids.ts';
import { Move } from '../platform/journal.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { EntryAuthors } from './entry-authors.queries.ts';
import { entryAfter, entryDoc, entryDocket } from './entry-docket.ts';
import type { EntryDoc } from './entry-docket.ts';
import { Entry, EntryNote } from './entry.entity.ts';
import { EntryQueries } from './entry.queries.ts';
import { refuseClosed } from '../disposal/disposed.queries.ts';
import { SubmissionsService } from './submissions.service.ts';
import type { Form } from './submissions.service.ts';

type Created = Given<typeof routes.createEntry>;
type Typed = Omit<Created, 'key' | 'kind' | 'authorId' | 'proposerKind' | 'means' | 'signed' | 'coSignerIds'>;
interface On { readonly id: string; readonly version: number; readonly key: string }
type Done = Promise<{ doc: EntryView }>;

const hashOf = (form: Typed, ...beside: readonly string[]): string => digest(JSON.stringify([...beside, form.title, form.situation, form.analysis, form.suggestion, form.category, form.nature, form.townId, form.urgency, form.unitIds, form.fileIds, form.paperIds, form.sourceId, ...form.publicity || form.conversion ? [form.publicity, form.conversion] : []]));
const columnsOf = ({ title, fileIds, paperIds, sourceId, situation, analysis, suggestion, category, nature, townId, urgency, unitIds, publicity, conversion }: Typed): Pick<Entry, 'title' | 'form' | 'fileIds' | 'paperIds' | 'sourceId'> =>
  ({ title, form: { situation, analysis, suggestion, category, nature, townId, urgency, unitIds, publicity, conversion }, fileIds, paperIds, sourceId });
/** As the author would have sent it. The pledges: a paper bears them with its signature, in the mini-program the author gives them. */
const submittedOf = ({ title, form: { coSignerIds: _signers, ...form }, fileIds }: Pick<Entry, 'title' | 'form' | 'fileIds'>): Form => ({ title, publicity: null, conversion: null, ...form, fileIds, coAuthorIds: [], wish: null, collective: null, picturesAgreed: false, noSecret: true, original: true });
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** 代录: an office enters what somebody handed in. It is theirs once they confirm it, or at once with the paper that they signed. */
@Injectable()
export class EntriesService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(Directory) private readonly directory: Directory, @Inject(EntryAuthors) private readonly authors: EntryAuthors, @Inject(EntryQueries) private readonly queries: EntryQueries, @Inject(SubmissionsService) private readonly submissions: SubmissionsService,
  ) {}

  /** Once, whole: the entry, and with a paper the submission too, in one transaction. */
  async create(caller: Caller, { key, kind, authorId, proposerKind, means, signed, coSignerIds, ...form }: Created): Promise<Answer<typeof routes.createEntry>> {
    const hash = hashOf(form, kind, authorId, means, ...proposerKind === null ? [] : [proposerKind], ...coSignerIds);
    const before = await this.enteredBefore(caller, key, hash);
    if (before) return { doc: before };
    const paper = means === 'paper';
    await this.check(caller, kind, form, {
      ...await this.authorFault(kind, authorId, proposerKind, paper), ...this.signersFault(kind, authorId, paper, coSignerIds),
      ...(paper && form.paperIds.length === 0 && { paperIds: '凭纸质件提交的，要附上纸质件的照片或扫描件' }), ...(paper && !signed && { signed: '请核对纸质件上有本人签名或单位盖章，并勾选' }),
    });
    const columns = columnsOf(form);
    const entry = this.newEntry(caller, key, hash, { kind, authorId, means, ...columns, form: { ...columns.form, ...(coSignerIds.length > 0 && { coSignerIds }) } });
    const ready = paper ? await this.submissions.ready({ authorId, proposerKind: kind === 'proposal' ? proposerKind ?? 'individual' : null }, kind, `entry-${entry.id}`, submittedOf(entry)) : undefined;
    try {
      return { doc: await this.database.write(async (manager) => {
        const step: Step<EntryAction, EntryDoc> = ready ? { action: 'enter_paper', patch: { submissionId: ready.row.id } } : { action: 'enter' };
        const { doc } = await this.moves.open(manager, caller, this.docket, entryDoc(entry), [step], key);
        await this.takeFiles(manager, caller, entry);
        if (ready) await this.submissions.write(manager, caller, ready, null, { how: means, clerkId: caller.personId, entryId: entry.id, coSignerIds });
        return this.queries.view(manager, caller, entryAfter(doc));
      }) };
    } catch (error) {
      // The same form came twice at once: the other one won, its row is the answer to both.
      const twin = error instanceof QueryFailedError ? await this.enteredBefore(caller, key, hash) : undefined;
      if (twin) return { doc: twin };
      if (error instanceof QueryFailedError && await this.isSpent(caller, key)) refuse('enter', '这个防重编号已经用在别的操作上，请刷新后再试');
      throw error;
    }
  }

  /** What was typed is put right before the author has confirmed it; they are asked anew. */
  async correct(caller: Caller, { id, version, key, ...form }: Given<typeof routes.correctEntry>): Done {
    const entry = await this.queries.find(caller, id);
    await this.check(caller, entry.kind, form, {});
    const hash = hashOf(form, entry.kind, entry.authorId, entry.means);
    const made = await this.moves.make(caller, this.docket, id, this.ask(caller, { version, key }), (doc) => {
      const row: Entry = { ...doc.row, ...columnsOf(form), formHash: hash };
      return [{ action: 'correct_entry', carry: { row }, beside: (manager) => this.takeFiles(manager, caller, row) }];
    });
    if (made.repeated && made.doc.row.formHash !== hash) refuse('correct_entry', '这次更正已经存过，内容和这次不同，请刷新后再改');
    return this.answer(caller, made.doc);
  }

  cancel(caller: Caller, { id, version, key, reason }: Given<typeof routes.cancelEntry>): Done { return this.say(caller, { id, version, key }, 'cancel_entry', reason); }
  askCorrection(caller: Caller, { id, version, key, note }: Given<typeof routes.askCorrection>): Done { return this.say(caller, { id, version, key }, 'ask_correction', note); }
  refuseEntry(caller: Caller, { id, version, key, note }: Given<typeof routes.refuseEntry>): Done { return this.say(caller, { id, version, key }, 'refuse_entry', note); }

  /** The author's word: from now on it is a submission like any other, and its first deadline begins. */
  async confirm(caller: Caller, { id, version, key, publicity, conversion }: Given<typeof routes.confirmEntry>): Done {
    const seen = await this.queries.find(caller, id);
    const form: Form = { ...submittedOf(seen), ...(publicity !== undefined && { publicity }), ...(conversion !== undefined && { conversion }) };
    const mayStill = seen.state === 'awaiting_confirmation' && seen.version === version && seen.authorId === caller.personId;
    if (mayStill) await this.submissions.check(caller, seen.kind, form);
    const ready = mayStill ? await this.submissions.ready({ authorId: caller.personId, proposerKind: seen.kind === 'proposal' ? 'individual' : null }, seen.kind, `entry-${id}`, form) : undefined;
    const { doc } = await this.moves.make(caller, this.docket, id, this.ask(caller, { version, key }), () => [{
      action: 'confirm_entry', ...(ready && { patch: { submissionId: ready.row.id } }),
      beside: async (manager) => { if (ready) await this.submissions.write(manager, caller, ready, null, { how: 'confirm', clerkId: seen.clerkId, entryId: id }); else notFound(); },
    }]);
    return this.answer(caller, doc);
  }

  private get docket() { return entryDocket(() => this.clock.now()); }
  private ask(caller: Caller, { version, key }: Omit<On, 'id'>) { return { version, key, current: (manager: EntityManager, doc: EntryDoc) => this.queries.view(manager, caller, doc.row) }; }
  private async answer(caller: Caller, doc: EntryDoc): Done { return { doc: await this.database.read((manager) => this.queries.view(manager, caller, entryAfter(doc))) }; }

  private async say(caller: Caller, { id, ...on }: On, action: EntryAction, note: string): Done {
    const { doc } = await this.moves.make(caller, this.docket, id, this.ask(caller, on), () => [{ action, beside: (manager, moveId) => addRows(manager, EntryNote, [{ moveId, entryId: id, note }]) }]);
    return this.answer(caller, doc);
  }

  /** Everything that can be wrong, at once: the same as for the author, and what belongs to a paper. */
  private check(caller: Caller, kind: SubmissionKind, form: Typed, more: Record<string, string>): Promise<void> {
    const most = this.settings.get('entry.papers');
    const all = [...form.fileIds, ...form.paperIds, ...(form.sourceId === null ? [] : [form.sourceId])];
    return this.submissions.check(caller, kind, submittedOf(columnsOf(form)), {
      ...more, ...(form.paperIds.length > most && { paperIds: `纸质件最多 ${most} 页，现在 ${form.paperIds.length} 页` }), ...(new Set(all).size !== all.length && { fileIds: '同一个文件选了两次，请删去一个' }),
    });
  }

  private async authorFault(kind: SubmissionKind, authorId: string, proposerKind: Created['proposerKind'], byPaper: boolean): Promise<Record<string, string>> {
    const why = await this.authors.whyNot(kind, authorId, proposerKind, byPaper);
    return why === undefined ? {} : { authorId: why };
  }

  /** Nobody signs for another: a co-signer is entered with their own signature on the paper, or asked by the first proposer in the mini-program. */
  private signersFault(kind: SubmissionKind, authorId: string, byPaper: boolean, ids: readonly string[]): Record<string, string> {
    const [{ page }, most] = [this.directory, this.settings.get('proposal.cosigners')];
    const fault = ids.length === 0 ? undefined : kind !== 'proposal' ? '只有提案可以联名' : !byPaper ? '联名要凭有全部签名的纸质件；没有纸质件的，请第一提案人在小程序里邀请' : page.person(authorId)?.isMember !== true ? '参加单位的提案不用联名'
      : ids.includes(authorId) ? '第一提案人不用再选' : new Set(ids).size !== ids.length ? '同一位委员选了两次，请去掉一次' : !ids.every((id) => page.person(id)?.isMember) ? '联名的人里有人不是本届委员，请去掉' : ids.length > most ? `一件提案最多 ${most} 位委员联名` : undefined;
    return fault === undefined ? {} : { coSignerIds: fault };
  }

  /** The uploaded files become the entry's, all of them or nothing is entered; the pages of a paper are named in order. */
  private async takeFiles(manager: EntityManager, { personId }: Caller, { id: docId, fileIds, paperIds, sourceId }: Entry): Promise<void> {
    const ids = [...fileIds, ...paperIds, ...(sourceId === null ? [] : [sourceId])];
    if (ids.length === 0) return;
    const lost = (field: string) => badField({ [field]: '有文件没有传完，或者已经过期，请重新添加。文字都还在。' });
    const found = new Map((await manager.find(FileRow, { where: [{ id: In(ids), ownerId: personId, docId: IsNull() }, { id: In(ids), docId }] })).map((it) => [it.id, it]));
    for (const [field, list] of [['fileIds', fileIds], ['paperIds', paperIds], ['sourceId', sourceId === null ? [] : [sourceId]]] as const) if (list.some((it) => !found.has(it))) lost(field);
    if (paperIds.some((it) => !/^(?:image\/|application\/pdf$)/.test(found.get(it)?.type ?? ''))) badField({ paperIds: '纸质件要是照片，或者扫描成的 PDF' });
    if (sourceId !== null && found.get(sourceId)?.type !== docxType) badField({ sourceId: '原件要是 .docx 文件' });
    const fresh = [...found.values()].filter((it) => it.docId === null).map(({ id }) => id);
    if (fresh.length > 0 && (await manager.update(FileRow, { id: In(fresh), ownerId: personId, docId: IsNull() }, { docId })).affected !== fresh.length) lost('fileIds');
    for (const [index, id] of paperIds.entries()) await manager.update(FileRow, { id }, { name: `纸质件${index + 1}${/\.[a-z]+$/.exec(found.get(id)?.name ?? '')?.[0] ?? ''}` });
  }

  private newEntry(caller: Caller, requestKey: string, formHash: string, given: Pick<Entry, 'kind' | 'authorId' | 'means' | 'title' | 'form' | 'fileIds' | 'paperIds' | 'sourceId'>): Entry {
    // Who serves two offices enters it for the one whose matter it is.
    const order = [given.kind === 'opinion' ? 'information_editor' as const : 'proposal_office' as const, ...entryPosts];
    const post = order.flatMap((code) => caller.posts.find((it) => it.post === code) ?? [])[0] ?? notFound();
    const now = this.clock.now();
    return { ...given, id: newId(), clerkId: caller.personId, bodyId: post.bodyId, requestKey, formHash, state: 'entering', version: 0, hash: '', submissionId: null, closure: 'open', enteredAt: now, changedAt: now };
  }

  private isSpent({ personId }: Caller, requestKey: string): Promise<boolean> { return this.database.read((manager) => manager.existsBy(Move, { personId, requestKey })); }

  private enteredBefore(caller: Caller, requestKey: string, hash: string): Promise<EntryView | undefined> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Entry, { clerkId: caller.personId, requestKey });
      if (!row) return undefined;
      refuseClosed(row.closure);
      if (row.formHash !== hash) refuse('enter', `这张表单已经交过：《${row.title}》，内容和这次不同。要改请到代录里更正，要另录一件请新建。`);
      return this.queries.view(manager, caller, row);
    });
  }
}
