import { sortOf } from '@lvzhi/domain';
import type { DeliveryReason, DeliveryState, NoticeChannel, NoticeSort } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { newId } from './ids.ts';
import type { OutboxRow } from './spine.entities.ts';

/**
 * One notice on one channel out of the house. Written in the transaction of what it tells of; a sender leases it, and what happened to it is kept
 * here for the desk. It holds no text: that is made when it is sent.
 */
@Entity('deliveries')
@Index('deliveries_once', ['noticeId', 'channel'], { unique: true })
@Index('deliveries_due', ['state', 'dueAt', 'id'])
@Index('deliveries_batch', ['leasedBy'])
@Index('deliveries_message', ['messageId'])
@Index('deliveries_person', ['recipientId', 'state'])
export class Delivery {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  /** The outbox row of the inbox, or the digest. */
  @Column({ name: 'notice_id', type: 'varchar', length: 20 }) noticeId: string;
  @Column({ type: 'varchar', length: 8 }) channel: NoticeChannel;
  @Column({ name: 'recipient_id', type: 'varchar', length: 20 }) recipientId: string;
  @Column({ type: 'varchar', length: 12 }) sort: NoticeSort | 'digest';
  @Column({ type: 'varchar', length: 8 }) state: DeliveryState;
  /** Not before then; of `unsure`: when it is decided. */
  @Column({ name: 'due_at', type: 'datetime', precision: 3 }) dueAt: Date;
  @Column({ name: 'leased_until', type: 'datetime', precision: 3, nullable: true }) leasedUntil: Date | null;
  @Column({ name: 'leased_by', type: 'varchar', length: 20, nullable: true }) leasedBy: string | null;
  @Column({ type: 'int' }) attempts: number;
  @Column({ type: 'varchar', length: 16, nullable: true }) reason: DeliveryReason | null;
  /** WeChat's msgid, or the serial number of a text message. */
  @Column({ name: 'message_id', type: 'varchar', length: 64, nullable: true }) messageId: string | null;
  @Column({ name: 'sent_at', type: 'datetime', precision: 3, nullable: true }) sentAt: Date | null;
  @Column({ name: 'bundle_id', type: 'varchar', length: 20, nullable: true }) bundleId: string | null;
}

/** A message that waits for its time on a channel. */
export const newDelivery = (notice: { readonly id: string; readonly recipientId: string; readonly at: Date }, sort: Delivery['sort'], channel: NoticeChannel): Delivery => ({
  id: newId(), noticeId: notice.id, channel, recipientId: notice.recipientId, sort, state: 'due', dueAt: notice.at, leasedUntil: null, leasedBy: null, attempts: 0, reason: null, messageId: null, sentAt: null, bundleId: null,
});
/** Every notice goes to WeChat first; what cannot go there goes on from there. */
export const deliveriesOf = (rows: readonly OutboxRow[]): Delivery[] =>
  rows.map((row) => newDelivery({ id: row.id, recipientId: row.recipientId, at: row.notBefore }, sortOf({ kind: row.docKind, to: row.audience }), 'wechat'));
