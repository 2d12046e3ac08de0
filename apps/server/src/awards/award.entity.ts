import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AwardState } from '@lvzhi/domain';

/** 优秀提案: one candidate of one year. */
@Entity('awards')
@Index('awards_once', ['year', 'proposalId'], { unique: true })
@Index('awards_list', ['year', 'nominatedAt', 'id'])
export class Award {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ type: 'int' }) year: number;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ type: 'varchar', length: 24 }) state: AwardState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ name: 'nominated_by', type: 'varchar', length: 20 }) nominatedBy: string;
  @Column({ name: 'nominated_body', type: 'varchar', length: 40 }) nominatedBody: string;
  @Column({ type: 'text' }) reason: string;
  @Column({ type: 'varchar', length: 24, nullable: true }) level: string | null;
  /** Why it was revoked. */
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'nominated_at', type: 'datetime', precision: 3 }) nominatedAt: Date;
  @Column({ name: 'decided_at', type: 'datetime', precision: 3, nullable: true }) decidedAt: Date | null;
}

/** What one of the judges gave it, once. */
@Entity('award_scores')
export class AwardScore {
  @PrimaryColumn({ name: 'award_id', type: 'varchar', length: 20 }) awardId: string;
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'int' }) score: number;
  @Column({ name: 'scored_at', type: 'datetime', precision: 3 }) scoredAt: Date;
}

/** How many a body has named in a year; `all`: how many were awarded. Counted by conditional update, so that no limit is passed by two at once. */
@Entity('award_quotas')
export class AwardQuota {
  @PrimaryColumn({ type: 'int' }) year: number;
  @PrimaryColumn({ name: 'body_id', type: 'varchar', length: 40 }) bodyId: string;
  @Column({ type: 'int' }) taken: number;
}
