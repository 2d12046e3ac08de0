import { createHash } from 'node:crypto';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DocumentKind } from '@lvzhi/domain';

/** What a move changed, in codes and ids, so that undo can put it back. Never a text. */
export interface MoveDetail { readonly before?: Readonly<Record<string, unknown>>; readonly after?: Readonly<Record<string, unknown>>; readonly undoes?: string; /** Whose post it was, when it was done by a stand-in (代理). */ readonly standsInFor?: string; readonly [more: string]: unknown }

/** One row of the journal: who did what to which document, when, in which post. Append-only, chained per document. */
@Entity('moves')
@Index('moves_document', ['docId', 'seq'], { unique: true })
@Index('moves_made', ['docKind', 'action', 'madeAt'])
@Index('moves_request', ['personId', 'requestKey'], { unique: true })
export class Move {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'doc_kind', type: 'varchar', length: 12 }) docKind: DocumentKind;
  @Column({ name: 'doc_id', type: 'varchar', length: 20 }) docId: string;
  /** The document's version after the move: 1, 2, 3 … */
  @Column({ type: 'int' }) seq: number;
  @Column({ type: 'varchar', length: 24 }) action: string;
  @Column({ name: 'from_state', type: 'varchar', length: 24 }) fromState: string;
  @Column({ name: 'to_state', type: 'varchar', length: 24 }) toState: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 24 }) post: string;
  @Column({ name: 'body_id', type: 'varchar', length: 40 }) bodyId: string;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
  @Column({ type: 'json' }) detail: MoveDetail;
  @Column({ name: 'request_key', type: 'varchar', length: 64, nullable: true }) requestKey: string | null;
  @Column({ type: 'varchar', length: 64 }) hash: string;
}

/** Keys in order, so that what a database gives back as JSON hashes as it was written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value !== null && typeof value === 'object') return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join()}}`;
  return JSON.stringify(value) ?? 'null';
}

/** The link of the chain: SHA-256 over the row before and this one. The document keeps the last, so no row can be cut off unseen. */
export function chain(previous: string, row: Omit<Move, 'hash'>): string {
  const { id, docKind, docId, seq, action, fromState, toState, personId, post, bodyId, madeAt, detail, requestKey } = row;
  return createHash('sha256').update([previous, id, docKind, docId, seq, action, fromState, toState, personId, post, bodyId, madeAt.toISOString(), canonical(detail), requestKey ?? ''].join('\n')).digest('hex');
}
