import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Closure, RatingState, Satisfaction } from '@lvzhi/domain';

/** 答复: a unit's written reply of one round, saved as it is typed; from its release it stands. */
@Entity('replies')
export class Reply {
  @PrimaryColumn({ name: 'handling_id', type: 'varchar', length: 20 }) handlingId: string;
  @PrimaryColumn({ type: 'int' }) round: number;
  /** One more with each change of what is countersigned: its class and its text. */
  @Column({ name: 'text_no', type: 'int' }) textNo: number;
  /** One more with each save: what was looked at. */
  @Column({ type: 'int' }) version: number;
  @Column({ name: 'class_code', type: 'varchar', length: 8, nullable: true }) classCode: string | null;
  @Column({ type: 'text' }) body: string;
  @Column({ name: 'doc_no', type: 'varchar', length: 60 }) docNo: string;
  @Column({ type: 'varchar', length: 40 }) signer: string;
  @Column({ type: 'varchar', length: 24, nullable: true }) publicity: string | null;
  @Column({ name: 'publicity_reason', type: 'varchar', length: 200 }) publicityReason: string;
  /** Of class B: by when it will be solved. */
  @Column({ name: 'promised_on', type: 'varchar', length: 10, nullable: true }) promisedOn: string | null;
  @Column({ type: 'varchar', length: 80 }) contact: string;
  @Column({ name: 'saved_by', type: 'varchar', length: 20 }) savedBy: string;
  @Column({ name: 'saved_at', type: 'datetime', precision: 3 }) savedAt: Date;
  @Column({ name: 'released_at', type: 'datetime', precision: 3, nullable: true }) releasedAt: Date | null;
  /** Until when it should have been there, at its release. */
  @Column({ name: 'due_at', type: 'datetime', precision: 3, nullable: true }) dueAt: Date | null;
}

/** 评价 of one round by one proposer; of a merged case (并案) by its own proposer, of the main case's answer. */
@Entity('ratings')
@Index('ratings_main', ['mainId', 'round'])
@Index('ratings_author', ['authorId', 'state'])
@Index('ratings_once', ['mainId', 'round', 'authorId'], { unique: true })
export class Rating {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  /** The proposer's own proposal; `mainId`: the case that was answered. */
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'main_id', type: 'varchar', length: 20 }) mainId: string;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ type: 'int' }) round: number;
  @Column({ type: 'varchar', length: 24 }) state: RatingState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ name: 'asked_at', type: 'datetime', precision: 3 }) askedAt: Date;
  @Column({ type: 'varchar', length: 24, nullable: true }) attitude: Satisfaction | null;
  @Column({ type: 'varchar', length: 24, nullable: true }) result: Satisfaction | null;
  /** Whether the proposer was talked to, as the proposer says. */
  @Column({ type: 'int', nullable: true }) talked: number | null;
  @Column({ type: 'text' }) note: string;
  /** Of a paper: its pages, and who keyed it. */
  @Column({ name: 'paper_ids', type: 'json' }) paperIds: string[];
  @Column({ name: 'keyed_by', type: 'varchar', length: 20, nullable: true }) keyedBy: string | null;
  @Column({ name: 'given_at', type: 'datetime', precision: 3, nullable: true }) givenAt: Date | null;
  /** Whether 涉密处置 has closed it. */
  @Column({ type: 'varchar', length: 8, default: 'open' }) closure: Closure;
}
