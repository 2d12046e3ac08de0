import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const drafts = table('drafts', {
  person_id: key(text(20)), id: key(text(40)), draft_key: text(64), kind: text(12), of_id: or0(text(40)), of_version: or0(whole), title: long, content: json, file_ids: json, version: whole, pen: text(20), turn: whole, saved_at: instant,
}, { drafts_key: ['person_id', 'draft_key'] });

/** What is written and not yet handed in. */
export class Drafts1650000000096 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(drafts); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(drafts.name); }
}
