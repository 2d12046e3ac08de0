import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DisposalState, SubmissionKind } from '@lvzhi/domain';

/** 涉密处置 of one submission. What is marked together, a report and what it became, is of one group. No text: the title alone, and that only until it is decided. */
@Entity('disposals')
@Index('disposals_document', ['docId', 'state'])
@Index('disposals_draft', ['authorId', 'draftKey'])
@Index('disposals_marked', ['markedAt', 'id'])
@Index('disposals_group', ['groupId'])
export class Disposal {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'group_id', type: 'varchar', length: 20 }) groupId: string;
  @Column({ name: 'doc_kind', type: 'varchar', length: 12 }) docKind: SubmissionKind;
  @Column({ name: 'doc_id', type: 'varchar', length: 20 }) docId: string;
  @Column({ name: 'receipt_no', type: 'varchar', length: 20 }) receiptNo: string;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  /** Of the draft that it was: what comes again under it is not taken. */
  @Column({ name: 'draft_key', type: 'varchar', length: 64 }) draftKey: string;
  /** Of a draft that was never handed in: the phone's id of it. `docId` is then no submission's. */
  @Column({ name: 'draft_id', type: 'varchar', length: 40, nullable: true }) draftId: string | null;
  @Column({ type: 'varchar', length: 24 }) reason: string;
  @Column({ type: 'varchar', length: 12 }) state: DisposalState;
  /** The document's own title, which it has back when the mark is lifted. */
  @Column({ type: 'varchar', length: 200, nullable: true }) title: string | null;
  /** The move that marked it. */
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'marked_by', type: 'varchar', length: 20 }) markedBy: string;
  @Column({ name: 'marked_at', type: 'datetime', precision: 3 }) markedAt: Date;
  @Column({ name: 'decided_by', type: 'varchar', length: 20, nullable: true }) decidedBy: string | null;
  @Column({ name: 'decided_at', type: 'datetime', precision: 3, nullable: true }) decidedAt: Date | null;
  /** Since when the house had something of it. */
  @Column({ name: 'first_at', type: 'datetime', precision: 3 }) firstAt: Date;
}

/** An attachment whose row is gone and whose bytes go after it; by its sum it is known when it comes again. */
@Entity('disposal_files')
@Index('disposal_files_disposal', ['disposalId'])
@Index('disposal_files_left', ['removedAt'])
@Index('disposal_files_sum', ['sha256'])
export class DisposalFile {
  @PrimaryColumn({ name: 'file_id', type: 'varchar', length: 20 }) fileId: string;
  @Column({ name: 'disposal_id', type: 'varchar', length: 20 }) disposalId: string;
  @Column({ type: 'varchar', length: 64 }) sha256: string;
  @Column({ name: 'removed_at', type: 'datetime', precision: 3, nullable: true }) removedAt: Date | null;
}

/** Who has treated by hand a backup that still held the text, and when. */
@Entity('disposal_backups')
export class DisposalBackup {
  @PrimaryColumn({ name: 'disposal_id', type: 'varchar', length: 20 }) disposalId: string;
  @PrimaryColumn({ name: 'keeping_id', type: 'varchar', length: 20 }) keepingId: string;
  @Column({ name: 'treated_by', type: 'varchar', length: 20 }) treatedBy: string;
  @Column({ name: 'treated_at', type: 'datetime', precision: 3 }) treatedAt: Date;
}
