import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody's authenticator (RFC 6238). The secret is sealed; a step of 30 s that was used is not used again. */
@Entity('second_factors')
export class SecondFactor {
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'secret_sealed', type: 'varchar', length: 160 }) secretSealed: string;
  @Column({ name: 'set_at', type: 'datetime', precision: 3 }) setAt: Date;
  /** The latest step whose code was taken: of the world's clock, 30 s each since 1970. */
  @Column({ name: 'last_step', type: 'int' }) lastStep: number;
}

/** For whoever has lost the phone: each opens once. */
@Entity('recovery_codes')
@Index('recovery_codes_person', ['personId'])
export class RecoveryCode {
  @PrimaryColumn({ name: 'code_hash', type: 'varchar', length: 64 }) codeHash: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'used_at', type: 'datetime', precision: 3, nullable: true }) usedAt: Date | null;
}

/** `seen`: a phone has it open; `used`: the browser that asked has been let in. */
export type DeskAskState = 'waiting' | 'seen' | 'confirmed' | 'refused' | 'used';
/** A browser that shows a QR code and waits for a phone to let it in. The code is in the picture; the browser's own secret is not. */
@Entity('desk_asks')
@Index('desk_asks_browser', ['browserHash'], { unique: true })
@Index('desk_asks_ending', ['expiresAt'])
export class DeskAsk {
  @PrimaryColumn({ name: 'code_hash', type: 'varchar', length: 64 }) codeHash: string;
  @Column({ name: 'browser_hash', type: 'varchar', length: 64 }) browserHash: string;
  /** What the phone's owner is shown of it: what it runs on, and the address it came from. */
  @Column({ type: 'varchar', length: 40 }) device: string;
  @Column({ type: 'varchar', length: 45 }) address: string;
  @Column({ name: 'asked_at', type: 'datetime', precision: 3 }) askedAt: Date;
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 }) expiresAt: Date;
  @Column({ type: 'varchar', length: 10 }) state: DeskAskState;
  /** Whose phone took it up. */
  @Column({ name: 'person_id', type: 'varchar', length: 20, nullable: true }) personId: string | null;
}
