import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, InvitationView, JointView, routes } from '@lvzhi/contracts';
import { isBlocked, secrecyFindings, secrecyRefusal, writingFaults } from '@lvzhi/domain';
import type { Choice, CosignAction } from '@lvzhi/domain';
import { In, QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { newId } from '../platform/ids.ts';
import { Incidents } from '../platform/incidents.ts';
import { Jobs } from '../platform/jobs.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, AtMost, changeRows, holdRow, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { cosignDoc, cosignDocket, lyingOf } from './cosign-docket.ts';
import type { CosignDoc } from './cosign-docket.ts';
import { refuseDisposed } from '../disposal/disposed.queries.ts';
import { JointQueries } from './joint.queries.ts';
import { Cosign, Joint, JointText } from './joint.entity.ts';
import { overtaken } from './reviews.service.ts';
import { Signatures, textHashOf } from './signatures.ts';
import { Submission } from './submission.entity.ts';

type Invited = Given<typeof routes.inviteSigners>;
interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
const atOnce = 200;

/** 联名: the first proposer invites, every invited member answers for themselves (rules: duty-rules §1.1, §1.9). */
@Injectable()
export class JointsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory,
    @Inject(JointQueries) private readonly queries: JointQueries, @Inject(Signatures) private readonly signatures: Signatures, @Inject(Incidents) private readonly incidents: Incidents, @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.plan({ name: 'proposals.cosigns', words: '到期没有答复的联名邀请失效', everySeconds: 300, run: () => this.lapse() });
  }

  /** Pins the text as it now is and asks: those who are named, and, where the text is another than before, everybody who was asked about that one. */
  async invite(caller: Caller, input: Invited): Promise<{ joint: JointView }> {
    await this.check(caller, input);
    const write = () => this.database.write(async (manager) => {
      const joint = await this.pinned(manager, caller, input);
      await this.askAll(manager, caller, joint, input.personIds);
      return { joint: await this.queries.joint(manager, caller, joint) };
    });
    // Two first taps at once: the second one finds what the first one wrote.
    try { return await write(); } catch (error) { if (error instanceof QueryFailedError) return write(); throw error; }
  }

  async callOff(caller: Caller, on: On): Promise<{ joint: JointView }> {
    const { row } = await this.make(caller, on, 'call_off', null);
    return this.database.read(async (manager) => {
      const joint = await rowWhere(manager, Joint, { id: row.jointId });
      return joint ? { joint: await this.queries.joint(manager, caller, joint) } : notFound();
    });
  }
  sign(caller: Caller, { publicity, ...on }: Given<typeof routes.cosign>): Promise<{ doc: InvitationView }> { return this.answer(caller, on, 'cosign', this.clock.now(), publicity); }
  decline(caller: Caller, on: On): Promise<{ doc: InvitationView }> { return this.answer(caller, on, 'decline_cosign', null); }
  takeBack(caller: Caller, on: On): Promise<{ doc: InvitationView }> { return this.answer(caller, on, 'take_back_cosign', null); }

  private async answer(caller: Caller, on: On, action: CosignAction, signedAt: Date | null, publicity: Choice | null = null): Promise<{ doc: InvitationView }> {
    const { id } = await this.make(caller, on, action, signedAt, publicity);
    return { doc: await this.queries.showInvitation(caller, id) };
  }

  private async make(caller: Caller, { id, version, key }: On, action: CosignAction, signedAt: Date | null, publicity: Choice | null = null): Promise<CosignDoc> {
    const current = (manager: EntityManager, doc: CosignDoc) => (doc.authorId === caller.personId ? this.queries.view(manager, caller, doc.row) : Promise.resolve({ id, version: doc.version, state: doc.state }));
    const { doc } = await this.inTurn(id, () => this.moves.make(caller, cosignDocket, id, { version, key, current }, async (it, manager) => {
      if (await changeRows(manager, Joint, { id: it.row.jointId, textNo: it.currentNo }, { changedAt: this.clock.now() }) !== 1) refuse(action, '文字刚又改过了，请看新的一稿再定');
      const joint = await rowWhere(manager, Joint, { id: it.row.jointId });
      const isSigned = action === 'cosign';
      return [{ action, patch: { signedAt: signedAt?.toISOString() ?? null, publicity, ...(isSigned && { signedNo: it.textNo }) }, detail: { text: it.textNo }, beside: (_manager, moveId) => this.signatures.answered(manager, joint?.proposalId ?? null, it.authorId, moveId, isSigned) }];
    }));
    return doc;
  }

  /**
   * One answer after the other, and with handing in or another text as well: whoever is second waits here and then sees what the first one did.
   * The last of them lets a proposal go on that waited for all.
   */
  private async inTurn<T>(id: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const asked = await this.database.read((manager) => rowWhere(manager, Cosign, { id }));
    return this.database.write(async (manager) => {
      if (asked) await holdRow(manager, Joint, asked.jointId);
      return work(manager);
    });
  }

  /** The text of this moment under its number. */
  private async pinned(manager: EntityManager, caller: Caller, { draftKey, ofId, ...text }: Invited): Promise<Joint> {
    const [firstId, now, hash] = [caller.personId, this.clock.now(), textHashOf(text)];
    const proposal = await rowWhere(manager, Submission, ofId === null ? { authorId: firstId, draftKey } : { id: ofId, kind: 'proposal', authorId: firstId });
    if (ofId !== null && !proposal) notFound();
    if (proposal && (ofId === null || proposal.state !== 'draft' && proposal.state !== 'returned')) refuse('invite', '提案已经提交，不能再邀请联名');
    await this.mustOwnFiles(manager, firstId, proposal?.id ?? null, text.fileIds);
    await refuseDisposed(manager, firstId, draftKey, ofId ?? undefined);
    const before = await rowWhere(manager, Joint, ofId === null ? { firstId, draftKey } : { proposalId: ofId });
    const joint: Joint = before ?? { id: newId(), firstId, draftKey, proposalId: ofId, textNo: 0, textHash: '', changedAt: now };
    if (joint.textHash === hash) return joint;
    const after = { ...joint, textNo: joint.textNo + 1, textHash: hash, changedAt: now };
    if (!before) await addRows(manager, Joint, [after]);
    else if (await changeRows(manager, Joint, { id: joint.id, textNo: joint.textNo }, { textNo: after.textNo, textHash: hash, changedAt: now }) !== 1) refuse('invite', '这份草稿的联名刚在别处改过，请刷新后再看');
    const { title, situation, analysis, suggestion, fileIds } = text;
    await addRows(manager, JointText, [{ jointId: joint.id, textNo: after.textNo, title, situation, analysis, suggestion, fileIds: [...fileIds], writtenAt: now }]);
    return after;
  }

  private async askAll(manager: EntityManager, caller: Caller, joint: Joint, personIds: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const asked = await rowsWhere(manager, Cosign, { jointId: joint.id });
    const [known, outdated] = [new Map(asked.map((it) => [it.personId, it])), asked.filter((it) => it.state !== 'unsigned' && it.textNo !== joint.textNo)];
    const fresh = personIds.filter((id) => !known.has(id));
    const most = this.settings.get('proposal.cosigners');
    const again = [...outdated, ...personIds.flatMap((id) => { const it = known.get(id); return it?.state === 'unsigned' ? [it] : []; })];
    if (asked.filter(({ state }) => state !== 'unsigned').length + fresh.length + again.length - outdated.length > most) badField({ personIds: `一件提案最多请 ${most} 位委员联名` });
    for (const it of again) await this.moves.within(manager, caller, cosignDocket, it.id, () => ({ action: 'ask_again', patch: { textNo: joint.textNo, askedAt: now.toISOString(), signedAt: null, publicity: null }, detail: { text: joint.textNo } }));
    for (const [index, personId] of fresh.entries()) {
      const row: Cosign = { id: newId(), jointId: joint.id, personId, orderNo: asked.length + index + 1, state: 'asked', version: 0, hash: '', textNo: joint.textNo, askedAt: now, signedAt: null, signedNo: null, publicity: null };
      await this.moves.open(manager, caller, cosignDocket, cosignDoc(row, joint, await lyingOf(manager, joint)), [{ action: 'ask_cosign', detail: { text: joint.textNo } }], null);
    }
    await this.signatures.leave(manager, joint.proposalId, outdated.map(({ personId }) => personId));
  }

  /** What is signed must be fit to be handed in; the text leaves its author's hands here, so what is classified stops here. */
  private async check(caller: Caller, { personIds, ...text }: Invited): Promise<void> {
    const limits = this.settings.get('proposal.limits');
    const faults: Record<string, string> = { ...writingFaults(text, limits) };
    if (text.fileIds.length > limits.files) faults['fileIds'] = `附件最多 ${limits.files} 个，现在 ${text.fileIds.length} 个`;
    if (personIds.includes(caller.personId)) faults['personIds'] = '您是第一提案人，不用再选自己';
    else if (new Set(personIds).size !== personIds.length) faults['personIds'] = '同一位委员选了两次，请去掉一次';
    else if (!personIds.every((id) => this.directory.page.person(id)?.isMember)) faults['personIds'] = '请的人里有人不是本届委员，请去掉';
    const findings = secrecyFindings([text.title, text.situation, text.analysis, text.suggestion].join('\n'));
    if (isBlocked(findings)) {
      await this.incidents.record(caller, findings.filter(({ level }) => level === 'block').map(({ rule }) => rule));
      badField({ secrecy: secrecyRefusal });
    }
    if (Object.keys(faults).length > 0) badField(faults);
  }

  private async mustOwnFiles(manager: EntityManager, ownerId: string, docId: string | null, ids: readonly string[]): Promise<void> {
    const found = ids.length === 0 ? [] : await manager.find(FileRow, { where: { id: In([...ids]) } });
    if (found.filter((it) => it.docId === docId && docId !== null || it.docId === null && it.ownerId === ownerId).length !== new Set(ids).size) badField({ fileIds: '有附件没有传完，或者已经过期，请重新添加。文字都还在。' });
  }

  private async lapse(): Promise<string> {
    const overdue = await this.database.read((manager) => rowsWhere(manager, Assignment, { docKind: 'cosign', isOpen: 1, action: 'cosign', dueAt: new AtMost(this.clock.now()) }, { by: 'dueAt', limit: atOnce }));
    let lapsed = 0;
    for (const { docId } of overdue) {
      try {
        await this.inTurn(docId, async (manager) => this.signatures.lapse(manager, await rowsWhere(manager, Cosign, { id: docId, state: 'asked' })));
        lapsed += 1;
      } catch (error) { if (!overtaken(error)) throw error; }
    }
    // Nobody is left to be waited for, whatever came in between.
    for (const { id } of await this.database.read((manager) => rowsWhere(manager, Submission, { kind: 'proposal', state: 'signing_anew', closure: 'open' }, { limit: atOnce }))) await this.database.write((manager) => this.signatures.goOn(manager, id));
    return `失效 ${lapsed} 份`;
  }
}
