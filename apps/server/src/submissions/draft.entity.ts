import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Choice, CollectiveKind, SourceKind, SubmissionKind, Urgency } from '@lvzhi/domain';

/** What was typed and chosen, beside the title. */
export interface DraftContent { readonly situation: string; readonly analysis: string; readonly suggestion: string; readonly category: string | null; readonly nature: string | null; readonly townId: string | null; readonly urgency: Urgency; readonly unitIds: string[]; readonly wish: string | null; readonly together: { id: string; name: string; note: string }[]; /** Absent in copies that are older than it. */ readonly source?: { kind: SourceKind; id: string; words: string } | null; readonly publicity?: Choice | null; readonly conversion?: Choice | null; /** Of a body's: whose, who is to sign, and the pages of it so far, which are among the files as well. */ readonly collective?: { readonly bodyId: string; readonly kind: CollectiveKind; readonly signer: string; readonly sealIds: string[] } | null }

/** A text that is not yet handed in, in its author's hands alone: the id is the phone's and may be anybody's, so the person is part of the key. */
@Entity('drafts')
@Index('drafts_key', ['personId', 'draftKey'])
export class DraftText {
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @PrimaryColumn({ type: 'varchar', length: 40 }) id: string;
  /** Under which it is handed in, once. */
  @Column({ name: 'draft_key', type: 'varchar', length: 64 }) draftKey: string;
  @Column({ type: 'varchar', length: 12 }) kind: SubmissionKind;
  /** The submission that it mends, and its version then. */
  @Column({ name: 'of_id', type: 'varchar', length: 40, nullable: true }) ofId: string | null;
  @Column({ name: 'of_version', type: 'int', nullable: true }) ofVersion: number | null;
  @Column({ type: 'text' }) title: string;
  @Column({ type: 'json' }) content: DraftContent;
  /** Attachments that are on the server already: the sweep leaves them. */
  @Column({ name: 'file_ids', type: 'json' }) fileIds: string[];
  @Column({ type: 'int' }) version: number;
  /** Which phone's copy wrote it last, and with which of its tries. */
  @Column({ type: 'varchar', length: 20 }) pen: string;
  @Column({ type: 'int' }) turn: number;
  @Column({ name: 'saved_at', type: 'datetime', precision: 3 }) savedAt: Date;
}
