import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PublicationState } from '@lvzhi/domain';

/** A reply as it goes out: no contact, no signer's telephone, only of the class of publicity that the unit opened. */
export interface PublicReply { readonly unit: string; readonly docNo: string; readonly classWords: string; readonly body: string; readonly on: string }

/** 公开: the text as it stands before the public, a copy that was struck and approved; guests read this row and no other. */
@Entity('publications')
@Index('publications_once', ['proposalId'], { unique: true })
@Index('publications_list', ['state', 'publishedAt', 'id'])
export class Publication {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ name: 'co_author_ids', type: 'json' }) coAuthorIds: string[];
  /** Which of the proposers have said yes. */
  @Column({ name: 'agreed_ids', type: 'json' }) agreedIds: string[];
  @Column({ type: 'varchar', length: 24 }) state: PublicationState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'varchar', length: 500 }) authors: string;
  @Column({ name: 'case_words', type: 'varchar', length: 80 }) caseWords: string;
  @Column({ type: 'text' }) situation: string;
  @Column({ type: 'text' }) analysis: string;
  @Column({ type: 'text' }) suggestion: string;
  @Column({ type: 'json' }) replies: readonly PublicReply[];
  /** Why it was withdrawn. */
  @Column({ type: 'text' }) note: string;
  /** How many contacts were struck from what went out. */
  @Column({ type: 'int' }) struck: number;
  @Column({ name: 'asked_at', type: 'datetime', precision: 3 }) askedAt: Date;
  @Column({ name: 'published_at', type: 'datetime', precision: 3, nullable: true }) publishedAt: Date | null;
}
