import { Inject, Injectable } from '@nestjs/common';
import type { AuditKind } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Clock } from './clock.ts';
import { Database } from './database.ts';
import { newId } from './ids.ts';
import { addRows } from './rows.ts';

/** What a record may hold beside the subject: codes, ids, counts. Never a text, a phone number or a token. */
type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Something done or looked at that is no move on a document. Rows are added and never changed; no route deletes one (duty-rules §6: kept at least 180 days). */
@Entity('audit_entries')
@Index('audit_time', ['happenedAt', 'id'])
@Index('audit_person', ['personId', 'happenedAt', 'id'])
@Index('audit_kind', ['kind', 'happenedAt', 'id'])
export class AuditEntry {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ type: 'varchar', length: 32 }) kind: AuditKind;
  /** Null where nobody was known yet: a sign-in that failed. */
  @Column({ name: 'person_id', type: 'varchar', length: 20, nullable: true }) personId: string | null;
  @Column({ type: 'varchar', length: 8 }) surface: 'phone' | 'desk' | 'house';
  @Column({ name: 'subject_kind', type: 'varchar', length: 24, nullable: true }) subjectKind: string | null;
  @Column({ name: 'subject_id', type: 'varchar', length: 40, nullable: true }) subjectId: string | null;
  @Column({ type: 'json' }) detail: AuditDetail;
  @Column({ name: 'happened_at', type: 'datetime', precision: 3 }) happenedAt: Date;
}

/** By whom and from where; the house itself has no person. */
interface By { readonly personId: string | null; readonly surface: AuditEntry['surface'] }
interface Subject { readonly kind: string; readonly id: string }

/** The one place that writes the audit log. Inside a unit of work the record belongs to it: what is undone leaves no trace of having been done. */
@Injectable()
export class Audit {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock) {}

  async record({ personId, surface }: By, kind: AuditKind, subject: Subject | null = null, detail: AuditDetail = {}): Promise<void> {
    await this.database.write((manager) => addRows(manager, AuditEntry, [{ id: newId(), kind, personId, surface, subjectKind: subject?.kind ?? null, subjectId: subject?.id ?? null, detail, happenedAt: this.clock.now() }]));
  }
}
