import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { signersOf } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { digest, newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { CreditEntry } from '../platform/spine.entities.ts';
import { cosignDoc, cosignDocket } from './cosign-docket.ts';
import { proposalDocket } from './docket.ts';
import { Cosign, Joint, JointText } from './joint.entity.ts';
import type { Submission } from './submission.entity.ts';

export interface SignedText { readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string; readonly fileIds: readonly string[] }
/** What a signature stands under: the words and the attachments. */
export const textHashOf = ({ title, situation, analysis, suggestion, fileIds }: SignedText): string => digest(JSON.stringify([title, situation, analysis, suggestion, [...fileIds].sort()]));

/** What becomes of signatures when their proposal is handed in, changed or left (rules: duty-rules §1.1, §1.9). */
@Injectable()
export class Signatures {
  constructor(@Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock) {}

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
      const row: Cosign = { id: newId(), jointId: joint.id, personId, orderNo: index + 1, state: 'asked', version: 0, hash: '', textNo: 1, askedAt: now, signedAt: null, publicity: null };
      await this.moves.open(manager, caller, cosignDocket, cosignDoc(row, joint, { state: 'draft', closure: 'open' }), [{ action: 'sign_on_paper', bySystem: true, patch: { signedAt: now.toISOString() }, detail: { text: 1 } }], null);
    }
  }

  /** What is not to be is told to nobody: the invitations to a draft that was thrown away. */
  async endDraft(manager: EntityManager, firstId: string, draftKey: string): Promise<void> {
    const joint = await rowWhere(manager, Joint, { firstId, draftKey, proposalId: null });
    if (joint) await this.lapse(manager, await rowsWhere(manager, Cosign, { jointId: joint.id, state: ['asked', 'signed'] }));
  }

  async lapse(manager: EntityManager, rows: readonly Cosign[]): Promise<void> {
    for (const { id } of rows) await this.moves.byHouse(manager, cosignDocket, id, () => ({ action: 'lapse_cosign', patch: { signedAt: null, publicity: null } }));
  }

  /** These are no proposers of it any more: not listed, not credited. */
  async leave(manager: EntityManager, proposalId: string | null, personIds: readonly string[]): Promise<void> {
    if (proposalId === null || personIds.length === 0) return;
    const docket = proposalDocket(() => this.clock.now());
    const doc = await docket.load(manager, proposalId);
    if (!doc?.coAuthorIds.some((id) => personIds.includes(id))) return;
    await this.moves.byHouse(manager, docket, proposalId, (it) => ({
      action: 'change_signers', patch: { coAuthorIds: it.coAuthorIds.filter((id) => !personIds.includes(id)) },
      beside: async (_manager, moveId) => { await manager.update(CreditEntry, { evidenceId: proposalId, personId: In([...personIds]), voidedBy: IsNull() }, { voidedBy: moveId }); },
    }));
  }
}
