import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, or0, table, text } from './tables.ts';

const tables = [
  table('audit_entries', { id: key(text(20)), kind: text(32), person_id: or0(text(20)), surface: text(8), subject_kind: or0(text(24)), subject_id: or0(text(40)), detail: json, happened_at: instant },
    { audit_time: ['happened_at', 'id'], audit_person: ['person_id', 'happened_at', 'id'], audit_kind: ['kind', 'happened_at', 'id'] }),
  table('jobs', { name: key(text(40)), due_at: instant, leased_until: or0(instant), leased_by: or0(text(20)), started_at: or0(instant), ended_at: or0(instant), succeeded_at: or0(instant), outcome: text(400) }),
];

export class Watch1650000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
