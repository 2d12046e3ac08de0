import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Choice, CosignState } from '@lvzhi/domain';

/** A proposal that its first proposer has invited others to (联名): of a draft first, by its key; then of the submission that it became. */
@Entity('joints')
@Index('joints_draft', ['firstId', 'draftKey'], { unique: true })
@Index('joints_proposal', ['proposalId'])
export class Joint {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'first_id', type: 'varchar', length: 20 }) firstId: string;
  @Column({ name: 'draft_key', type: 'varchar', length: 64 }) draftKey: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20, nullable: true }) proposalId: string | null;
  /** The text that is there to be signed now; a signature under an earlier one does not count. */
  @Column({ name: 'text_no', type: 'int' }) textNo: number;
  @Column({ name: 'text_hash', type: 'varchar', length: 64 }) textHash: string;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
}

/** A text that others were asked to sign, as it was then; never changed. */
@Entity('joint_texts')
export class JointText {
  @PrimaryColumn({ name: 'joint_id', type: 'varchar', length: 20 }) jointId: string;
  @PrimaryColumn({ name: 'text_no', type: 'int' }) textNo: number;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'text' }) situation: string;
  @Column({ type: 'text' }) analysis: string;
  @Column({ type: 'text' }) suggestion: string;
  @Column({ name: 'file_ids', type: 'json' }) fileIds: string[];
  @Column({ name: 'written_at', type: 'datetime', precision: 3 }) writtenAt: Date;
}

/** One member's invitation (cosign.flow.ts). `textNo`: the text that was asked about last, and so the one that was signed. */
@Entity('cosigns')
@Index('cosigns_person', ['jointId', 'personId'], { unique: true })
@Index('cosigns_mine', ['personId', 'askedAt', 'id'])
export class Cosign {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'joint_id', type: 'varchar', length: 20 }) jointId: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'order_no', type: 'int' }) orderNo: number;
  @Column({ type: 'varchar', length: 12 }) state: CosignState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ name: 'text_no', type: 'int' }) textNo: number;
  @Column({ name: 'asked_at', type: 'datetime', precision: 3 }) askedAt: Date;
  @Column({ name: 'signed_at', type: 'datetime', precision: 3, nullable: true }) signedAt: Date | null;
  /** The text that was signed last, whatever became of that signature; what is asked about now is shown beside it. */
  @Column({ name: 'signed_no', type: 'int', nullable: true }) signedNo: number | null;
  /** What they said to 公开 with their signature. */
  @Column({ type: 'varchar', length: 8, nullable: true }) publicity: Choice | null;
}
