import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const tables = [
  table('entries', {
    id: key(text(20)), kind: text(12), means: text(8), author_id: text(20), clerk_id: text(20), body_id: text(40), request_key: text(64), form_hash: text(64), state: text(24), version: whole, hash: text(64), title: text(200), form: json,
    file_ids: json, paper_ids: json, source_id: or0(text(20)), submission_id: or0(text(20)), entered_at: instant, changed_at: instant,
  }, { '!entries_request': ['clerk_id', 'request_key'], entries_office: ['body_id', 'changed_at', 'id'], entries_submission: ['submission_id'] }),
  table('entry_notes', { move_id: key(text(20)), entry_id: text(20), note: long }, { entry_notes_entry: ['entry_id'] }),
];

/** 代录: what an office enters for somebody, until it is theirs. */
export class Entries1650000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
