import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Audience, DocumentKind, Explanation, TaskAction } from '@lvzhi/domain';

/** 待办: who must do what on which document until when. A home page and a committee's inbox are one indexed query. */
@Entity('assignments')
@Index('assignments_box', ['holderId', 'isOpen', 'action', 'dueAt', 'id'])
@Index('assignments_document', ['docId', 'isOpen'])
@Index('assignments_due', ['isOpen', 'dueAt', 'id'])
export class Assignment {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'doc_kind', type: 'varchar', length: 12 }) docKind: DocumentKind;
  @Column({ name: 'doc_id', type: 'varchar', length: 20 }) docId: string;
  @Column({ type: 'varchar', length: 20 }) action: TaskAction;
  @Column({ name: 'holder_kind', type: 'varchar', length: 8 }) holderKind: 'person' | 'body' | 'post';
  /** A person's or a body's id, or the code of a post. */
  @Column({ name: 'holder_id', type: 'varchar', length: 40 }) holderId: string;
  @Column({ name: 'due_at', type: 'datetime', precision: 3 }) dueAt: Date;
  @Column({ type: 'json' }) explanation: Explanation;
  @Column({ name: 'opened_at', type: 'datetime', precision: 3 }) openedAt: Date;
  @Column({ name: 'is_open', type: 'int' }) isOpen: number;
  @Column({ name: 'opened_by', type: 'varchar', length: 20 }) openedBy: string;
  @Column({ name: 'closed_by', type: 'varchar', length: 20, nullable: true }) closedBy: string | null;
}

/**
 * One row per recipient, move and channel. The channel `inbox` is the product's own: its rows are what the inbox shows once
 * `notBefore` has passed; what leaves the house by WeChat or text message is a delivery of it (delivery.entity.ts).
 */
@Entity('outbox')
@Index('outbox_once', ['recipientId', 'moveId', 'channel'], { unique: true })
@Index('outbox_inbox', ['recipientId', 'channel', 'notBefore', 'id'])
@Index('outbox_move', ['moveId'])
@Index('outbox_document', ['docId', 'action'])
export class OutboxRow {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'recipient_id', type: 'varchar', length: 20 }) recipientId: string;
  @Column({ type: 'varchar', length: 8 }) channel: 'inbox';
  @Column({ name: 'doc_kind', type: 'varchar', length: 12 }) docKind: DocumentKind;
  @Column({ name: 'doc_id', type: 'varchar', length: 20 }) docId: string;
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ type: 'varchar', length: 24 }) action: string;
  @Column({ type: 'varchar', length: 8 }) audience: Audience;
  @Column({ name: 'due_at', type: 'datetime', precision: 3, nullable: true }) dueAt: Date | null;
  @Column({ name: 'holder_words', type: 'varchar', length: 40, nullable: true }) holderWords: string | null;
  @Column({ name: 'not_before', type: 'datetime', precision: 3 }) notBefore: Date;
  @Column({ name: 'withdrawn_at', type: 'datetime', precision: 3, nullable: true }) withdrawnAt: Date | null;
  @Column({ name: 'read_at', type: 'datetime', precision: 3, nullable: true }) readAt: Date | null;
  @Column({ name: 'answered_at', type: 'datetime', precision: 3, nullable: true }) answeredAt: Date | null;
}

/** The score ledger: append-only, each entry with its evidence; a reversal voids, nothing is deleted (duty-rules §9.10). */
@Entity('credit_entries')
@Index('credits_person', ['personId', 'item'])
@Index('credits_move', ['moveId'])
@Index('credits_evidence', ['evidenceId'])
export class CreditEntry {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 40 }) item: string;
  @Column({ name: 'evidence_kind', type: 'varchar', length: 12 }) evidenceKind: DocumentKind;
  @Column({ name: 'evidence_id', type: 'varchar', length: 20 }) evidenceId: string;
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'earned_at', type: 'datetime', precision: 3 }) earnedAt: Date;
  @Column({ name: 'voided_by', type: 'varchar', length: 20, nullable: true }) voidedBy: string | null;
}
