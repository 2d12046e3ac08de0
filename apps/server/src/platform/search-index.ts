import { indexWords, normalised } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { tell } from './statements.ts';

/** What the entries were made by; when the normal form or the words of the index change, it is raised and every entry is made anew. */
export const indexVersion = 1;

/** One document in the search index. `seq` grows with the order of arrival: lists of what was found go by it, the newest first. */
@Entity('search_entries')
@Index('search_entries_document', ['docId'], { unique: true })
@Index('search_entries_made', ['madeWith', 'seq'])
export class SearchEntry {
  @PrimaryGeneratedColumn({ type: 'integer' }) seq: number;
  @Column({ name: 'doc_id', type: 'varchar', length: 20 }) docId: string;
  @Column({ name: 'revision_no', type: 'int' }) revisionNo: number;
  /** 0: to be made anew. */
  @Column({ name: 'made_with', type: 'int' }) madeWith: number;
  @Column({ name: 'author_name', type: 'varchar', length: 40 }) authorName: string;
  /** Number, author, title and body in their normal form. */
  @Column({ name: 'search_text', type: 'text' }) searchText: string;
}

/** Under which marks a document is looked for (domain, readersOf): an author's, a committee's, all of a kind. */
@Entity('search_readers')
@Index('search_readers_entry', ['seq'])
export class SearchReader {
  @PrimaryColumn({ type: 'varchar', length: 48 }) reader: string;
  @PrimaryColumn({ type: 'int' }) seq: number;
}

/** What of a document can be found. */
export interface Findable { readonly docId: string; readonly revisionNo: number; readonly authorName: string; readonly parts: readonly string[] }

export const isEmbedded = (manager: EntityManager): boolean => manager.connection.options.type === 'better-sqlite3';
/** A `text` column holds 65,535 bytes; what is beyond is not found, and no city lets anybody write as much. */
const mostBytes = 60_000;
function clipped(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= mostBytes ? text : bytes.subarray(0, mostBytes).toString('utf8').replace(/\ufffd+$/, '');
}
const textOf = ({ authorName, parts }: Findable): string => clipped(parts.concat(authorName).map(normalised).join(' '));

/** The words lie in a table that only the full-text index reads; it has no entity, since each database has its own kind (decision 12). */
async function putWords(manager: EntityManager, docId: string, text: string): Promise<void> {
  const into = isEmbedded(manager) ? 'INSERT OR REPLACE INTO search_tokens(rowid, tokens)' : 'REPLACE INTO search_tokens(seq, tokens)';
  await tell(manager, `${into} SELECT seq, ? FROM search_entries WHERE doc_id = ?`, [indexWords(text).join(' '), docId]);
}

async function putReaders(manager: EntityManager, docId: string, readers: readonly string[]): Promise<void> {
  if (readers.length === 0) return;
  const marks = readers.map((_, index) => (index === 0 ? 'SELECT ? AS reader' : 'SELECT ?')).join(' UNION ALL ');
  await tell(manager, `INSERT INTO search_readers(reader, seq) SELECT r.reader, e.seq FROM search_entries e CROSS JOIN (${marks}) r WHERE e.doc_id = ?`, [...readers, docId]);
}

/** A new document, in the transaction that writes it. */
export async function enterIndex(manager: EntityManager, found: Findable, readers: readonly string[]): Promise<void> {
  const text = textOf(found);
  await tell(manager, 'INSERT INTO search_entries(doc_id, revision_no, made_with, author_name, search_text) VALUES (?, ?, ?, ?, ?)', [found.docId, found.revisionNo, indexVersion, found.authorName, text]);
  await putReaders(manager, found.docId, readers);
  await putWords(manager, found.docId, text);
}

/** The same document with another text, in the transaction that writes it. */
export async function rewriteIndex(manager: EntityManager, found: Findable): Promise<void> {
  const text = textOf(found);
  await tell(manager, 'UPDATE search_entries SET revision_no = ?, made_with = ?, author_name = ?, search_text = ? WHERE doc_id = ?', [found.revisionNo, indexVersion, found.authorName, text, found.docId]);
  await putWords(manager, found.docId, text);
}

/** Others may see it now, or no longer. */
export async function moveInIndex(manager: EntityManager, docId: string, readers: readonly string[]): Promise<void> {
  await tell(manager, 'DELETE FROM search_readers WHERE seq = (SELECT seq FROM search_entries WHERE doc_id = ?)', [docId]);
  await putReaders(manager, docId, readers);
}
