import type { Document, DocumentKind, Explanation, Flow } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import type { Move } from './journal.ts';
import type { Assignment } from './spine.entities.ts';

/** What every document has for the spine: its place in the journal. `hash` is the last link of its chain. */
export interface Kept { readonly id: string; readonly version: number; readonly hash: string }

/** How one kind of document is loaded and written. The flow decides, the spine moves, the slice owns this. */
export interface Docket<A extends string, S extends string, D extends Document<S> & Kept> {
  readonly kind: DocumentKind;
  readonly flow: Flow<A, S, D>;
  load(manager: EntityManager, id: string): Promise<D | undefined>;
  insert(manager: EntityManager, doc: D): Promise<void>;
  /** One conditional UPDATE … WHERE id AND state AND version; answers how many rows it changed. */
  update(manager: EntityManager, before: D, after: D): Promise<number>;
  /** The instant that the document itself names, for duties whose deadline is `document`. */
  dueAt?(doc: D): Date;
  /** How that instant came about, where it was reckoned. */
  explanation?(doc: D): Explanation;
  /** Takes back what a move wrote beside the document (opinions, lessons). */
  takeBack?(manager: EntityManager, moveId: string): Promise<void>;
}

/** One thing done in a unit of work. `patch`: what changes beside the state; ids and codes only, since the journal keeps it. */
export interface Step<A extends string, D> {
  readonly action: A;
  /** The house itself instead of the caller. */
  readonly bySystem?: true;
  readonly patch?: Partial<D>;
  /** What changes and is not journalled, because it is text. */
  readonly carry?: Partial<D>;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** No credit for it: the same duty was credited elsewhere (a report made from a proposal; rules: duty-rules §1.3). */
  readonly uncredited?: true;
  /** Written in the same transaction, with the move's id. */
  readonly beside?: (manager: EntityManager, moveId: string) => Promise<void>;
}

export interface Made<D> { readonly doc: D; readonly undo: { readonly moveId: string; readonly until: string } | null; readonly repeated: boolean }

/** A new document as it was written: nothing of it needs to be read again for the answer. */
export interface Opened<D> { readonly doc: D; readonly moves: readonly Move[]; readonly assignment: Assignment | undefined }
