import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The edited text (编辑稿) of a report, a document of its own beside the original: what its editor saved last. */
@Entity('editions')
export class Edition {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 24 }) series: string;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'text' }) body: string;
  /** The number of the text that was handed over last; 0: none yet. */
  @Column({ name: 'handed_no', type: 'int' }) handedNo: number;
  @Column({ name: 'saved_by', type: 'varchar', length: 20 }) savedBy: string;
  @Column({ name: 'saved_at', type: 'datetime', precision: 3 }) savedAt: Date;
}

/** The edited text as it was handed over: to the reporter for consent, to be checked. Never changed, never deleted. */
@Entity('edition_texts')
export class EditionText {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ name: 'text_no', type: 'int' }) textNo: number;
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ type: 'varchar', length: 24 }) series: string;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'text' }) body: string;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'written_at', type: 'datetime', precision: 3 }) writtenAt: Date;
}

/** One issue (期) of a series: 《社情民意信息》2022年第12期（总第345期）. Recalled, it keeps its number. */
@Entity('issues')
@Index('issues_number', ['series', 'yearNo', 'issueNo'], { unique: true })
@Index('issues_total', ['series', 'totalNo'], { unique: true })
@Index('issues_submission', ['submissionId'])
@Index('issues_time', ['issuedAt', 'id'])
@Index('issues_series', ['series', 'issuedAt', 'id'])
export class Issue {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ type: 'varchar', length: 24 }) series: string;
  @Column({ name: 'year_no', type: 'int' }) yearNo: number;
  @Column({ name: 'issue_no', type: 'int' }) issueNo: number;
  @Column({ name: 'total_no', type: 'int' }) totalNo: number;
  @Column({ name: 'text_no', type: 'int' }) textNo: number;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ name: 'editor_id', type: 'varchar', length: 20, nullable: true }) editorId: string | null;
  @Column({ name: 'checker_id', type: 'varchar', length: 20, nullable: true }) checkerId: string | null;
  @Column({ name: 'signer_id', type: 'varchar', length: 20 }) signerId: string;
  @Column({ name: 'issued_at', type: 'datetime', precision: 3 }) issuedAt: Date;
  @Column({ name: 'recalled_at', type: 'datetime', precision: 3, nullable: true }) recalledAt: Date | null;
  @Column({ name: 'recall_reason', type: 'text', nullable: true }) recallReason: string | null;
}

/** The last number of a series: `information-2022` of a year, `information` of all. */
@Entity('issue_series')
export class IssueSeries {
  @PrimaryColumn({ type: 'varchar', length: 40 }) series: string;
  @Column({ name: 'last_no', type: 'int' }) lastNo: number;
}
