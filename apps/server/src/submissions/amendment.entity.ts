import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One paragraph that is to be changed: `at` counts the paragraphs of its part; `before` as it stood when it was proposed. */
export interface Change { readonly part: 'title' | 'situation' | 'analysis' | 'suggestion'; readonly at: number; readonly before: string; readonly after: string; readonly why: string }

/** 修改建议 on a proposal, as they were proposed at once. Never changed but by what its proposer answered. */
@Entity('amendments')
export class Amendment {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ type: 'int' }) no: number;
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  /** Of which text. */
  @Column({ name: 'revision_no', type: 'int' }) revisionNo: number;
  @Column({ type: 'text' }) note: string;
  @Column({ type: 'json' }) changes: Change[];
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'proposed_at', type: 'datetime', precision: 3 }) proposedAt: Date;
  @Column({ type: 'varchar', length: 12 }) outcome: 'asked' | 'answered' | 'recalled' | 'lapsed';
  /** What the proposer said to each change, in their order. */
  @Column({ type: 'json', nullable: true }) accepted: boolean[] | null;
  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true }) endedAt: Date | null;
}
