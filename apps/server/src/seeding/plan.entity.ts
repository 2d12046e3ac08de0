import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One thing of the year's work plan: a meeting, a topic with its committee and the meeting it must reach, a campaign, a counter, a numbered item. */
@Entity('plan_entries')
@Index('plan_entries_year', ['yearNo', 'kind', 'orderNo'])
export class PlanEntry {
  @PrimaryColumn({ type: 'varchar', length: 40 }) id: string;
  @Column({ name: 'year_no', type: 'int' }) yearNo: number;
  @Column({ type: 'varchar', length: 16 }) kind: string;
  @Column({ name: 'order_no', type: 'int' }) orderNo: number;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ name: 'committee_id', type: 'varchar', length: 40, nullable: true }) committeeId: string | null;
  @Column({ name: 'meeting_id', type: 'varchar', length: 40, nullable: true }) meetingId: string | null;
  @Column({ type: 'json' }) detail: unknown;
}
