import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A desk account. `failures` in a row lock it for a while (settings of the house: 5, 15 minutes; duty-rules §6). */
@Entity('desk_accounts')
@Index('desk_accounts_login', ['login'], { unique: true })
export class DeskAccount {
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 40 }) login: string;
  @Column({ name: 'password_hash', type: 'varchar', length: 120 }) passwordHash: string;
  /** 1: the password was given by somebody else and is good for choosing one's own. */
  @Column({ name: 'must_change', type: 'int', default: 0 }) mustChange: number;
  @Column({ name: 'disabled_at', type: 'datetime', precision: 3, nullable: true }) disabledAt: Date | null;
  @Column({ name: 'signed_in_at', type: 'datetime', precision: 3, nullable: true }) signedInAt: Date | null;
}

/** One openid ↔ one person, per app id. The openid is kept as a hash for finding and sealed for sending. */
@Entity('wechat_bindings')
@Index('wechat_bindings_openid', ['openidHash'], { unique: true })
@Index('wechat_bindings_person', ['appid', 'personId'], { unique: true })
export class WechatBinding {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ type: 'varchar', length: 40 }) appid: string;
  @Column({ name: 'openid_hash', type: 'varchar', length: 64 }) openidHash: string;
  @Column({ name: 'openid_sealed', type: 'varchar', length: 160 }) openidSealed: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'bound_at', type: 'datetime', precision: 3 }) boundAt: Date;
}

/** Not a session: the right to bind one openid, for ten minutes, once. */
@Entity('bind_tickets')
export class BindTicket {
  @PrimaryColumn({ name: 'ticket_hash', type: 'varchar', length: 64 }) ticketHash: string;
  @Column({ type: 'varchar', length: 40 }) appid: string;
  @Column({ name: 'openid_sealed', type: 'varchar', length: 160 }) openidSealed: string;
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 }) expiresAt: Date;
  @Column({ name: 'used_at', type: 'datetime', precision: 3, nullable: true }) usedAt: Date | null;
}

/** A one-time code from the desk, for those whose WeChat has another number. */
@Entity('invitations')
@Index('invitations_person', ['personId'])
export class Invitation {
  @PrimaryColumn({ name: 'code_hash', type: 'varchar', length: 64 }) codeHash: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 }) expiresAt: Date;
  @Column({ name: 'used_at', type: 'datetime', precision: 3, nullable: true }) usedAt: Date | null;
}

/** Which version of the privacy notice a person agreed to, and when. */
@Entity('consents')
export class Consent {
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @PrimaryColumn({ name: 'notice_version', type: 'varchar', length: 20 }) noticeVersion: string;
  @Column({ name: 'agreed_at', type: 'datetime', precision: 3 }) agreedAt: Date;
}

/** Wrong guesses against one lock (an account, an address, a ticket), kept in the database so that restarts and other instances know them. */
@Entity('guesses')
export class Guess {
  @PrimaryColumn({ name: 'lock_name', type: 'varchar', length: 80 }) lockName: string;
  @Column({ name: 'wrong_count', type: 'int' }) wrongCount: number;
  @Column({ name: 'since_at', type: 'datetime', precision: 3 }) sinceAt: Date;
}
