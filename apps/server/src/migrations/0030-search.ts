import type { MigrationInterface, QueryRunner } from 'typeorm';
import { key, long, table, text, whole } from './tables.ts';

const tables = [
  table('search_entries', { seq: { type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' }, doc_id: text(20), revision_no: whole, made_with: whole, author_name: text(40), search_text: long }, { '!search_entries_document': ['doc_id'], search_entries_made: ['made_with', 'seq'] }),
  table('search_readers', { reader: key(text(48)), seq: key(whole) }, { search_readers_entry: ['seq'] }),
];
/** The one table that is not the same everywhere: each database's own full-text index over words in ASCII (decision 12). */
const tokens = {
  embedded: "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
  server: 'CREATE TABLE search_tokens (seq int NOT NULL PRIMARY KEY, tokens mediumtext CHARACTER SET ascii COLLATE ascii_bin NOT NULL, FULLTEXT KEY search_tokens_words (tokens)) ENGINE=InnoDB',
};
/** What is there already gets its place in order of arrival; its words are made by the job `search.index`, piece by piece. */
const fill = [
  "INSERT INTO search_entries(doc_id, revision_no, made_with, author_name, search_text) SELECT id, 0, 0, '', '' FROM submissions ORDER BY submitted_at, id",
  "INSERT INTO search_readers(reader, seq) SELECT CONCAT('by:', s.author_id), e.seq FROM search_entries e JOIN submissions s ON s.id = e.doc_id",
  "INSERT INTO search_readers(reader, seq) SELECT CONCAT('all:', s.kind), e.seq FROM search_entries e JOIN submissions s ON s.id = e.doc_id WHERE s.state <> 'draft'",
  "INSERT INTO search_readers(reader, seq) SELECT CONCAT('at:', s.committee_id), e.seq FROM search_entries e JOIN submissions s ON s.id = e.doc_id WHERE s.state <> 'draft' AND s.committee_id IS NOT NULL",
  "INSERT INTO search_readers(reader, seq) SELECT CONCAT('at:', c.committee_id), e.seq FROM search_entries e JOIN submissions s ON s.id = e.doc_id JOIN submission_co c ON c.submission_id = s.id WHERE s.state <> 'draft' AND (s.committee_id IS NULL OR s.committee_id <> c.committee_id)",
];

export class Search1650000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const it of tables) await runner.createTable(it);
    await runner.query(runner.dataSource.options.type === 'better-sqlite3' ? tokens.embedded : tokens.server);
    for (const it of fill) await runner.query(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE search_tokens');
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
  }
}
