import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const tables = [
  table('visits', {
    id: key(text(20)), batch_id: text(20), member_id: text(20), open_for: or0(text(20)), state: text(24), version: whole, hash: text(64), starts_at: instant, minutes: whole, form: text(24), place: text(200), video_link: or0(text(400)),
    topics: json, reply_by: instant, leader_ids: json, proposed_at: or0(instant), proposed_form: or0(text(24)), proposed_note: or0(long), by_id: text(20), request_key: text(64), created_at: instant, changed_at: instant,
  }, { '!visits_request': ['by_id', 'request_key', 'member_id'], '!visits_open': ['open_for'], visits_member: ['member_id'], visits_time: ['starts_at', 'id'], visits_state: ['state', 'starts_at', 'id'] }),
  table('visit_leaders', { visit_id: key(text(20)), person_id: key(text(20)) }, { visit_leaders_person: ['person_id', 'visit_id'] }),
  table('visit_notes', { move_id: key(text(20)), visit_id: text(20), note: long, texts_before: or0(json), answered_ids: json, is_void: whole }, { visit_notes_visit: ['visit_id'] }),
];

export class Visits1650000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
