import type { BodyKind, ParticipatingKind } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type { BodyKind };

/** A committee, sector, town, unit, office …: whatever holds posts or documents. */
@Entity('bodies')
export class Body {
  @PrimaryColumn({ type: 'varchar', length: 40 }) id: string;
  @Column({ type: 'varchar', length: 20 }) kind: BodyKind;
  @Column({ type: 'varchar', length: 60 }) name: string;
  @Column({ type: 'varchar', length: 20 }) short: string;
  @Column({ name: 'order_no', type: 'int' }) orderNo: number;
  @Column({ type: 'varchar', length: 12, nullable: true }) side: string | null;
  /** Of a participating body: whether its proposals are a party's or an organisation's (提案者). */
  @Column({ name: 'proposer_kind', type: 'varchar', length: 16, nullable: true }) proposerKind: ParticipatingKind | null;
  /** Nobody is given a post or a document there any more; what is there stays and keeps its name. */
  @Column({ name: 'disabled_at', type: 'datetime', precision: 3, nullable: true }) disabledAt: Date | null;
}

/** Somebody of the roster. The phone number is sealed; `phoneHash` finds it again. */
@Entity('persons')
@Index('persons_phone', ['phoneHash'])
@Index('persons_roster', ['isMember', 'id'])
@Index('persons_sector', ['sectorId', 'isMember', 'id'])
@Index('persons_request', ['requestKey'], { unique: true })
export class Person {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ type: 'varchar', length: 40 }) name: string;
  @Column({ name: 'phone_hash', type: 'varchar', length: 64, nullable: true }) phoneHash: string | null;
  @Column({ name: 'phone_sealed', type: 'varchar', length: 120, nullable: true }) phoneSealed: string | null;
  @Column({ name: 'sector_id', type: 'varchar', length: 40, nullable: true }) sectorId: string | null;
  @Column({ name: 'town_id', type: 'varchar', length: 40, nullable: true }) townId: string | null;
  @Column({ name: 'unit_title', type: 'varchar', length: 120 }) unitTitle: string;
  @Column({ name: 'is_member', type: 'int' }) isMember: number;
  @Column({ name: 'large_type', type: 'int', nullable: true }) largeType: number | null;
  /** 0: may not sign in at all, on phone or desk. */
  @Column({ name: 'is_active', type: 'int' }) isActive: number;
  /** Null: not known. */
  @Column({ name: 'is_party_member', type: 'int', nullable: true }) isPartyMember: number | null;
  /** The membership is over since then; the person and all that they did stay. */
  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true }) endedAt: Date | null;
  @Column({ name: 'ended_on', type: 'varchar', length: 10, nullable: true }) endedOn: string | null;
  @Column({ name: 'end_reason', type: 'varchar', length: 24, nullable: true }) endReason: string | null;
  @Column({ type: 'int', default: 1 }) version: number;
  /** The key of the form that added this person: sent twice, it adds one. */
  @Column({ name: 'request_key', type: 'varchar', length: 64, nullable: true }) requestKey: string | null;
}

/** A post held, at a body, for a term; within it from a day to a day, both included (null: as long as the term). `endedAt`: over before that. */
@Entity('posts_held')
@Index('posts_held_person', ['personId'])
@Index('posts_held_body', ['bodyId', 'post'])
export class PostHeld {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 24 }) post: string;
  @Column({ name: 'body_id', type: 'varchar', length: 40 }) bodyId: string;
  @Column({ name: 'term_id', type: 'varchar', length: 20 }) termId: string;
  @Column({ name: 'from_on', type: 'varchar', length: 10, nullable: true }) fromOn: string | null;
  @Column({ name: 'until_on', type: 'varchar', length: 10, nullable: true }) untilOn: string | null;
  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true }) endedAt: Date | null;
}

/** 代理: somebody holds another's post for the days of an absence, and no longer. */
@Entity('stand_ins')
@Index('stand_ins_person', ['standInId'])
@Index('stand_ins_post', ['postId'])
export class StandIn {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'post_id', type: 'varchar', length: 20 }) postId: string;
  /** Who is absent. */
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'stand_in_id', type: 'varchar', length: 20 }) standInId: string;
  @Column({ name: 'from_on', type: 'varchar', length: 10 }) fromOn: string;
  @Column({ name: 'until_on', type: 'varchar', length: 10 }) untilOn: string;
  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true }) endedAt: Date | null;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
}
