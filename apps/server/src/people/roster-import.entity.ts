import type { RosterFile, RowDecision, RowReason, RowVerdict } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type ImportState = 'previewed' | 'applied' | 'dropped';
/** One uploaded roster file: read and compared, then done as a whole or not at all. */
@Entity('roster_imports')
@Index('roster_imports_made', ['madeAt', 'id'])
export class RosterImport {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'file_name', type: 'varchar', length: 200 }) fileName: string;
  @Column({ type: 'varchar', length: 12 }) state: ImportState;
  @Column({ type: 'int' }) version: number;
  /** What was read from which column, and what was not. */
  @Column({ type: 'json' }) columns: Pick<RosterFile, 'used' | 'unused'>;
  @Column({ type: 'int' }) total: number;
  @Column({ type: 'json' }) counts: Readonly<Partial<Record<RowVerdict, number>>>;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
  @Column({ name: 'applied_at', type: 'datetime', precision: 3, nullable: true }) appliedAt: Date | null;
}

/** One line of it. What it says is sealed, since phone numbers are among it; the rows go after 30 days. */
@Entity('roster_import_rows')
@Index('roster_import_rows_verdict', ['importId', 'verdict', 'lineNo'])
export class RosterImportRow {
  @PrimaryColumn({ name: 'import_id', type: 'varchar', length: 20 }) importId: string;
  @PrimaryColumn({ name: 'line_no', type: 'int' }) lineNo: number;
  @Column({ type: 'text' }) sealed: string;
  @Column({ type: 'varchar', length: 12 }) verdict: RowVerdict;
  @Column({ type: 'varchar', length: 20, nullable: true }) reason: RowReason | null;
  @Column({ type: 'varchar', length: 600 }) words: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20, nullable: true }) personId: string | null;
  @Column({ type: 'varchar', length: 8, nullable: true }) decision: RowDecision | null;
  @Column({ type: 'json' }) may: readonly RowDecision[];
}
