import type { Way } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';


/** A sign-in, on a phone or at a desk. Only the hash of its token is stored; ending it is for good. */
@Entity('sessions')
@Index('sessions_token', ['tokenHash'], { unique: true })
@Index('sessions_person', ['personId'])
@Index('sessions_ending', ['expiresAt'])
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'token_hash', type: 'varchar', length: 64 }) tokenHash: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 8 }) surface: 'phone' | 'desk';
  @Column({ name: 'created_at', type: 'datetime', precision: 3 }) createdAt: Date;
  @Column({ name: 'seen_at', type: 'datetime', precision: 3 }) seenAt: Date;
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 }) expiresAt: Date;
  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true }) endedAt: Date | null;
  /** What it runs on, in words; '' where it did not say. */
  @Column({ type: 'varchar', length: 40, default: '' }) device: string;
  @Column({ name: 'entered_by', type: 'varchar', length: 12, default: 'password' }) enteredBy: Way;
  /** 1: the code of a second factor was given when it was opened, or the factor was set up in it. */
  @Column({ name: 'second_factor', type: 'int', default: 0 }) secondFactor: number;
  /** 1: opened with a password that was given by somebody else; good for choosing one's own. */
  @Column({ name: 'must_change', type: 'int', default: 0 }) mustChange: number;
}
