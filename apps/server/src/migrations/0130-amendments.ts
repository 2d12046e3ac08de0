import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const amendments = table('amendments', {
  submission_id: key(text(20)), no: key(whole), move_id: text(20), revision_no: whole, note: long, changes: json, by_id: text(20), proposed_at: instant, outcome: text(12), accepted: or0(json), ended_at: or0(instant),
});

/** What staff propose to change in a proposal, paragraph by paragraph, and what its proposer answers. */
export class Amendments1650000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(amendments); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(amendments.name); }
}
