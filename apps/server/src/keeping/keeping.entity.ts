import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type KeepingKind = 'backup' | 'restore_test' | 'restore';
/** A run of a backup, a trial restore or a restore, as it ended. Rows are only added; of a run that was killed there is none. */
@Entity('keepings')
@Index('keepings_kind', ['kind', 'endedAt', 'id'])
export class Keeping {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ type: 'varchar', length: 16 }) kind: KeepingKind;
  @Column({ type: 'varchar', length: 8 }) outcome: 'ok' | 'faults' | 'failed' | 'stopped';
  @Column({ name: 'started_at', type: 'datetime', precision: 3 }) startedAt: Date;
  @Column({ name: 'ended_at', type: 'datetime', precision: 3 }) endedAt: Date;
  @Column({ name: 'file_name', type: 'varchar', length: 200 }) fileName: string;
  /** Of the backup file. */
  @Column({ type: 'int' }) kilobytes: number;
  /** One line for the health page. */
  @Column({ type: 'varchar', length: 400 }) words: string;
}
