import { Column, Entity as Table, Index, PrimaryColumn } from 'typeorm';
import type { Choice, Closure, EntryMeans, EntryState, SubmissionKind, Urgency } from '@lvzhi/domain';

/** What was typed in, beside the title. */
export interface EntryForm { readonly situation: string; readonly analysis: string; readonly suggestion: string; readonly category: string | null; readonly nature: string | null; readonly townId: string | null; readonly urgency: Urgency; readonly unitIds: string[]; /** Absent in entries that are older than them. */ readonly publicity?: Choice | null; readonly conversion?: Choice | null; /** 联名委员, who signed the paper too. */ readonly coSignerIds?: string[] }

/** 代录: what an office wrote down for somebody. No submission until they confirm it, or at once with a signed paper; kept apart so that no list of submissions can show it. */
@Table('entries')
@Index('entries_request', ['clerkId', 'requestKey'], { unique: true })
@Index('entries_office', ['bodyId', 'changedAt', 'id'])
@Index('entries_submission', ['submissionId'])
export class Entry {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ type: 'varchar', length: 12 }) kind: SubmissionKind;
  @Column({ type: 'varchar', length: 8 }) means: EntryMeans;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ name: 'clerk_id', type: 'varchar', length: 20 }) clerkId: string;
  /** The office in which the clerk entered it: its staff see it. */
  @Column({ name: 'body_id', type: 'varchar', length: 40 }) bodyId: string;
  @Column({ name: 'request_key', type: 'varchar', length: 64 }) requestKey: string;
  /** Of what was last sent, so that the same key with another text is told apart. */
  @Column({ name: 'form_hash', type: 'varchar', length: 64 }) formHash: string;
  @Column({ type: 'varchar', length: 24 }) state: EntryState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'json' }) form: EntryForm;
  @Column({ name: 'file_ids', type: 'json' }) fileIds: string[];
  /** Pictures of the paper, in order. */
  @Column({ name: 'paper_ids', type: 'json' }) paperIds: string[];
  /** The Word file as it was handed in. */
  @Column({ name: 'source_id', type: 'varchar', length: 20, nullable: true }) sourceId: string | null;
  @Column({ name: 'submission_id', type: 'varchar', length: 20, nullable: true }) submissionId: string | null;
  @Column({ name: 'entered_at', type: 'datetime', precision: 3 }) enteredAt: Date;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
  /** Whether 涉密处置 has closed it. */
  @Column({ type: 'varchar', length: 8, default: 'open' }) closure: Closure;
}

/** Why something was refused, cancelled or is to be corrected. The journal itself holds no text. */
@Table('entry_notes')
@Index('entry_notes_entry', ['entryId'])
export class EntryNote {
  @PrimaryColumn({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'entry_id', type: 'varchar', length: 20 }) entryId: string;
  @Column({ type: 'text' }) note: string;
}
