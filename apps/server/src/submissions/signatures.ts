import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { signersOf } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import type { Step } from '../platform/docket.ts';
import { digest, newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { rewriteIndex } from '../platform/search-index.ts';
import { Settings } from '../platform/settings.ts';
import { CreditEntry } from '../platform/spine.entities.ts';
import { cosignDoc, cosignDocket } from './cosign-docket.ts';
import { proposalDocket } from './docket.ts';
import type { ProposalDoc } from './docket.ts';
import { findableOf } from './findable.queries.ts';
import { Cosign, Joint, JointText } from './joint.entity.ts';
import { reporterNames } from './reporters.queries.ts';
import { Revision, Submission } from './submission.entity.ts';

export interface SignedText { readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string; readonly fileIds: readonly string[] }
/** What a signature stands under: the words and the attachments. */
export const textHashOf = ({ title, situation, analysis, suggestion, fileIds }: SignedText): string => digest(JSON.stringify([title, situation, analysis, suggestion, [...fileIds].sort()]));

/** What becomes of signatures when their proposal is handed in, changed or left (rules: duty-rules §1.1, §1.9). */
@Injectable()
export class Signatures {
  constructor(@Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory) {}

  /**
   * A draft, or a returned or withdrawn proposal, is handed in as `proposalId`: its proposers beside the first, in order; undefined: nobody was ever invited.
   * Open invitations lapse. @throws Refused when somebody signed another text than this one
   */
  async settle(manager: EntityManager, where: { readonly firstId: string; readonly draftKey: string } | { readonly proposalId: string }, text: SignedText, proposalId: string): Promise<string[] | undefined> {
    const joint = await rowWhere(manager, Joint, where);
    if (!joint) return undefined;
    // Written before it is read any further: whoever signs at the same time waits for this, or this for them.
    if (await changeRows(manager, Joint, { id: joint.id, textNo: joint.textNo }, { proposalId }) !== 1) refuse('submit', '联名刚有变动，请刷新后再提交');
    const all = await rowsWhere(manager, Cosign, { jointId: joint.id });
    const signers = signersOf(all, joint.textNo);
    if (signers.length > 0 && textHashOf(text) !== joint.textHash) refuse('submit', `有 ${signers.length} 位委员是按以前的文字联名的，现在的文字不一样。请在“联名”里点“请重新确认”，或者取消他们的联名，再提交。`);
    await this.lapse(manager, all.filter(({ state }) => state === 'asked'));
    return signers;
  }

  /** Entered from a paper that they all signed: as if each had been asked about this text and had said yes. */
  async onPaper(manager: EntityManager, caller: Caller, { id: proposalId, authorId: firstId, draftKey }: Pick<Submission, 'id' | 'authorId' | 'draftKey'>, text: SignedText, personIds: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const joint: Joint = { id: newId(), firstId, draftKey, proposalId, textNo: 1, textHash: textHashOf(text), changedAt: now };
    const { title, situation, analysis, suggestion, fileIds } = text;
    await addRows(manager, Joint, [joint]);
    await addRows(manager, JointText, [{ jointId: joint.id, textNo: 1, title, situation, analysis, suggestion, fileIds: [...fileIds], writtenAt: now }]);
    for (const [index, personId] of personIds.entries()) {
      const row: Cosign = { id: newId(), jointId: joint.id, personId, orderNo: index + 1, state: 'asked', version: 0, hash: '', textNo: 1, askedAt: now, signedAt: null, signedNo: null, publicity: null };
      await this.moves.open(manager, caller, cosignDocket, cosignDoc(row, joint, { state: 'draft', closure: 'open' }), [{ action: 'sign_on_paper', bySystem: true, patch: { signedAt: now.toISOString(), signedNo: 1 }, detail: { text: 1 } }], null);
    }
  }

  /** What is not to be is told to nobody: the invitations to a draft that was thrown away. */
  async endDraft(manager: EntityManager, firstId: string, draftKey: string): Promise<void> {
    const joint = await rowWhere(manager, Joint, { firstId, draftKey, proposalId: null });
    if (joint) await this.lapse(manager, await rowsWhere(manager, Cosign, { jointId: joint.id, state: ['asked', 'signed'] }));
  }

  /** Nobody answers any more, as the proposal is not to be. */
  async endAsking(manager: EntityManager, proposalId: string): Promise<void> {
    const joint = await rowWhere(manager, Joint, { proposalId });
    if (joint) await this.lapse(manager, await rowsWhere(manager, Cosign, { jointId: joint.id, state: 'asked' }));
  }

  async lapse(manager: EntityManager, rows: readonly Cosign[]): Promise<void> {
    for (const { id, jointId, personId } of rows) {
      const joint = await rowWhere(manager, Joint, { id: jointId });
      await this.moves.byHouse(manager, cosignDocket, id, () => ({ action: 'lapse_cosign', patch: { signedAt: null, publicity: null }, beside: (_manager, moveId) => this.answered(manager, joint?.proposalId ?? null, personId, moveId, false) }));
    }
  }

  /**
   * Accepted edits made another text of a proposal under review: it is pinned, whoever signed the one before is asked about this one, and until
   * they sign it they are no proposers. What they were credited with waits with them: it is taken back from whoever does not sign.
   */
  asksAnew({ id: proposalId }: ProposalDoc, text: SignedText): Step<'ask_signers', ProposalDoc> {
    return { action: 'ask_signers', bySystem: true, patch: { coAuthorIds: [] }, beside: async (manager) => {
      const [joint, now] = [await rowWhere(manager, Joint, { proposalId }), this.clock.now()];
      if (!joint) throw new Error(`Nobody was asked to sign ${proposalId}.`);
      const [textNo, { title, situation, analysis, suggestion, fileIds }] = [joint.textNo + 1, text];
      if (await changeRows(manager, Joint, { id: joint.id, textNo: joint.textNo }, { textNo, textHash: textHashOf(text), changedAt: now }) !== 1) refuse('answer_edits', '联名刚有变动，请刷新后再答复');
      await addRows(manager, JointText, [{ jointId: joint.id, textNo, title, situation, analysis, suggestion, fileIds: [...fileIds], writtenAt: now }]);
      for (const { id } of await rowsWhere(manager, Cosign, { jointId: joint.id, state: 'signed' }, { by: 'orderNo' })) await this.moves.byHouse(manager, cosignDocket, id, () => ({ action: 'ask_anew', patch: { textNo, askedAt: now.toISOString(), signedAt: null, publicity: null }, detail: { text: textNo } }));
      await this.find(manager, proposalId);
    } };
  }

  /** One member has signed, or is not among the proposers any more; of those asked anew under review the last one lets it go on. */
  async answered(manager: EntityManager, proposalId: string | null, personId: string, moveId: string, isSigned: boolean): Promise<void> {
    const proposal = proposalId === null ? undefined : await rowWhere(manager, Submission, { id: proposalId });
    if (!proposal) return;
    if (proposal.state !== 'signing_anew') return isSigned ? undefined : this.leave(manager, proposal.id, [personId]);
    if (isSigned) await this.join(manager, proposal.id);
    else {
      await this.leave(manager, proposal.id, [personId]);
      await manager.update(CreditEntry, { evidenceId: proposal.id, personId, voidedBy: IsNull() }, { voidedBy: moveId });
    }
    await this.goOn(manager, proposal.id);
  }

  /** Those who have signed the new text are its proposers again, in the order of the list. */
  private async join(manager: EntityManager, proposalId: string): Promise<void> {
    const joint = await rowWhere(manager, Joint, { proposalId });
    const signers = joint ? signersOf(await rowsWhere(manager, Cosign, { jointId: joint.id }), joint.textNo) : [];
    await this.moves.byHouse(manager, proposalDocket(() => this.clock.now()), proposalId, () => ({ action: 'change_signers', patch: { coAuthorIds: signers } }));
    await this.find(manager, proposalId);
  }

  /** Where everybody who was asked anew has answered or had their time, the review goes on. */
  async goOn(manager: EntityManager, proposalId: string): Promise<boolean> {
    const [proposal, joint] = [await rowWhere(manager, Submission, { id: proposalId }), await rowWhere(manager, Joint, { proposalId })];
    if (proposal?.state !== 'signing_anew') return false;
    if (joint && (await rowsWhere(manager, Cosign, { jointId: joint.id, state: 'asked' })).length > 0) return false;
    await this.moves.byHouse(manager, proposalDocket(() => this.clock.now()), proposalId, () => ({ action: 'settle_signers' }));
    return true;
  }

  /** These are no proposers of it any more: not listed, not found by, not credited. */
  async leave(manager: EntityManager, proposalId: string | null, personIds: readonly string[]): Promise<void> {
    if (proposalId === null || personIds.length === 0) return;
    const docket = proposalDocket(() => this.clock.now());
    const doc = await docket.load(manager, proposalId);
    if (!doc?.coAuthorIds.some((id) => personIds.includes(id))) return;
    await this.moves.byHouse(manager, docket, proposalId, (it) => ({
      action: 'change_signers', patch: { coAuthorIds: it.coAuthorIds.filter((id) => !personIds.includes(id)) },
      beside: async (_manager, moveId) => { await manager.update(CreditEntry, { evidenceId: proposalId, personId: In([...personIds]), voidedBy: IsNull() }, { voidedBy: moveId }); },
    }));
    await this.find(manager, proposalId);
  }

  /** It is found by its text as it now is and by the names of those whose it now is. */
  private async find(manager: EntityManager, proposalId: string): Promise<void> {
    const row = await rowWhere(manager, Submission, { id: proposalId });
    const text = row && await rowWhere(manager, Revision, { submissionId: row.id, revisionNo: row.revision });
    if (text) await rewriteIndex(manager, findableOf(row, text, reporterNames(this.directory.page, row), this.settings.get('proposal.sessions')));
  }
}
