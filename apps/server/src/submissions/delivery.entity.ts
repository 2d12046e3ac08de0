import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AdoptMode, Channel, DeliveryAction, LedgerState } from '@lvzhi/domain';

/** One issue, reported on one channel (to one unit, where that is a department): a line of the ledger with a flow of its own. */
@Entity('channel_lines')
@Index('channel_lines_once', ['submissionId', 'issueId', 'channel', 'unitId', 'isVoid'], { unique: true })
@Index('channel_lines_changed', ['changedAt', 'id'])
@Index('channel_lines_channel', ['channel', 'changedAt', 'id'])
export class ChannelLine {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @Column({ name: 'issue_id', type: 'varchar', length: 20 }) issueId: string;
  @Column({ type: 'varchar', length: 16 }) channel: Channel;
  /** Empty but for a department. */
  @Column({ name: 'unit_id', type: 'varchar', length: 40 }) unitId: string;
  @Column({ type: 'varchar', length: 16 }) state: LedgerState;
  @Column({ name: 'sent_on', type: 'varchar', length: 10 }) sentOn: string;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
  /** Empty, or its own id when the sending was taken back, so that it can be sent again. */
  @Column({ name: 'is_void', type: 'varchar', length: 20 }) isVoid: string;
}

/** What happened on a channel: one row for each time, in the words that each reader may see. */
@Entity('channel_entries')
@Index('channel_entries_delivery', ['deliveryId'])
@Index('channel_entries_submission', ['submissionId'])
@Index('channel_entries_move', ['moveId'])
export class ChannelEntry {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'delivery_id', type: 'varchar', length: 20 }) deliveryId: string;
  @Column({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @Column({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ type: 'varchar', length: 16 }) action: DeliveryAction | 'send';
  @Column({ name: 'happened_on', type: 'varchar', length: 10 }) happenedOn: string;
  @Column({ type: 'varchar', length: 16, nullable: true }) mode: AdoptMode | null;
  @Column({ type: 'varchar', length: 24, nullable: true }) level: string | null;
  @Column({ name: 'unit_id', type: 'varchar', length: 40, nullable: true }) unitId: string | null;
  /** For the reporter. */
  @Column({ type: 'text' }) note: string;
  /** For the office. */
  @Column({ type: 'text' }) gist: string;
  /** The whole text of an instruction, sealed; read one by one and logged. */
  @Column({ type: 'text', nullable: true }) sealed: string | null;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
  @Column({ name: 'is_void', type: 'int' }) isVoid: number;
}
