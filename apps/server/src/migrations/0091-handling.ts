import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const columns = { side: or0(text(12)), plan: or0(json), handler_ids: or0(json), handed_at: or0(instant), cap_at: or0(instant) };
const tables = [
  table('submission_handlers', { submission_id: key(text(20)), body_id: key(text(40)) }, { submission_handlers_body: ['body_id', 'submission_id'] }),
  table('handlings', {
    id: key(text(20)), proposal_id: text(20), unit_id: text(40), author_id: text(20), role: text(12), side: text(12), state: text(24), version: whole, hash: text(64), assigned_at: instant, signed_at: or0(instant), due_at: instant, reckoned: json, cap_at: instant,
    allowed: json, reassign_asked: whole, reassign_refused: whole, extension_asked: whole, extended: whole, changed_at: instant,
  }, { handlings_proposal: ['proposal_id'], handlings_unit: ['unit_id', 'due_at', 'id'], handlings_side: ['side', 'due_at', 'id'], handlings_due: ['due_at', 'id'] }),
  table('handling_notes', { move_id: key(text(20)), handling_id: text(20), kind: text(20), note: long, unit_id: or0(text(40)), is_void: whole }, { handling_notes_handling: ['handling_id'] }),
  table('talks', { id: key(text(20)), handling_id: text(20), proposal_id: text(20), unit_id: text(40), talked_on: text(10), form: text(24), people: text(200), gist: long, by_id: text(20), recorded_at: instant }, { talks_handling: ['handling_id'], talks_proposal: ['proposal_id'] }),
  table('talk_answers', { talk_id: key(text(20)), person_id: key(text(20)), handling_id: text(20), answer: text(12), note: long, answered_at: or0(instant) }, { talk_answers_handling: ['handling_id', 'answer'] }),
];

/** 交办 and 办理: the units of a proposal, each with its own part, and their talks (面商) with the proposers. */
export class Handling1650000000091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('submissions', Object.entries(columns).map(([name, kind]) => new TableColumn({ name, ...kind })));
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
    await runner.dropColumns('submissions', Object.keys(columns));
  }
}
