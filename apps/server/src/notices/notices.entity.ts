import type { NoticeChoices, NoticeSort } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How many messages of one sort WeChat lets us send to a person: our own ledger, since WeChat tells nobody (facts §1.4). Never below zero. */
@Entity('wechat_quotas')
@Index('wechat_quotas_flight', ['inFlight'])
export class WechatQuota {
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @PrimaryColumn({ type: 'varchar', length: 12 }) sort: NoticeSort;
  @Column({ name: 'left_count', type: 'int' }) leftCount: number;
  /** 1: a long-term consent, good for every message. */
  @Column({ name: 'is_long', type: 'int' }) isLong: number;
  /** The delivery on its way. One at a time, so that a pushed event without a number of ours can belong to one message only. */
  @Column({ name: 'in_flight', type: 'varchar', length: 20, nullable: true }) inFlight: string | null;
  @Column({ name: 'asked_at', type: 'datetime', precision: 3 }) askedAt: Date;
  /** The last answer was no. */
  @Column({ name: 'is_refused', type: 'int' }) isRefused: number;
  /** For which of WeChat's templates; another one needs consents of its own. '': from before this was kept. */
  @Column({ name: 'template_id', type: 'varchar', length: 80, default: '' }) templateId: string;
}

/** One consent or refusal as it was heard: from the phone, from WeChat's push, or from both, which is one. */
@Entity('wechat_asks')
@Index('wechat_asks_person', ['personId', 'sort', 'happenedAt'])
export class WechatAsk {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 12 }) sort: NoticeSort;
  @Column({ name: 'is_accept', type: 'int' }) isAccept: number;
  @Column({ type: 'varchar', length: 8 }) source: 'phone' | 'push';
  @Column({ name: 'happened_at', type: 'datetime', precision: 3 }) happenedAt: Date;
  /** 1: heard from both sides. */
  @Column({ name: 'is_matched', type: 'int' }) isMatched: number;
}

/** A pushed event that was taken in: pushed again, it does nothing. */
@Entity('wechat_events')
@Index('wechat_events_time', ['heardAt'])
export class WechatEvent {
  @PrimaryColumn({ name: 'event_hash', type: 'varchar', length: 64 }) eventHash: string;
  @Column({ type: 'varchar', length: 40 }) event: string;
  @Column({ name: 'heard_at', type: 'datetime', precision: 3 }) heardAt: Date;
}

/** What a person chose about their notices; without a row as usual. */
@Entity('notice_choices')
export class NoticeChoice {
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'json' }) choices: NoticeChoices;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
}

/** Several notices told in one message. Which ones: the deliveries that bear its id. */
@Entity('digests')
@Index('digests_person', ['personId', 'madeAt'])
export class Digest {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'notice_count', type: 'int' }) noticeCount: number;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
}

/** 已电话通知: who rang whom about which notice, and when. */
@Entity('notice_calls')
export class NoticeCall {
  @PrimaryColumn({ name: 'notice_id', type: 'varchar', length: 20 }) noticeId: string;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'called_at', type: 'datetime', precision: 3 }) calledAt: Date;
}
