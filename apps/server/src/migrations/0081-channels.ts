import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, long, or0, table, text, whole } from './tables.ts';

const tables = [
  table('channel_lines', {
    id: key(text(20)), submission_id: text(20), issue_id: text(20), channel: text(16), unit_id: text(40), state: text(16), sent_on: text(10), changed_at: instant, is_void: text(20),
  }, { '!channel_lines_once': ['submission_id', 'issue_id', 'channel', 'unit_id', 'is_void'], channel_lines_changed: ['changed_at', 'id'], channel_lines_channel: ['channel', 'changed_at', 'id'] }),
  table('channel_entries', {
    id: key(text(20)), delivery_id: text(20), submission_id: text(20), move_id: text(20), action: text(16), happened_on: text(10), mode: or0(text(16)), level: or0(text(24)), unit_id: or0(text(40)),
    note: long, gist: long, sealed: or0(long), by_id: text(20), made_at: instant, is_void: whole,
  }, { channel_entries_delivery: ['delivery_id'], channel_entries_submission: ['submission_id'], channel_entries_move: ['move_id'] }),
];

/** 报送采用台账: where an issue was reported to, and what became of it there. */
export class Channels1650000000081 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
