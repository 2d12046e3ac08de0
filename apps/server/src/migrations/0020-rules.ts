import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, or0, table, text, whole } from './tables.ts';

const tables = [
  table('rule_changes', {
    id: key(text(20)), seq_no: whole, term_id: text(20), name: text(60), value_before: json, value_after: json, effective_on: text(10), made_at: instant, by_id: text(20), post: text(24), why: text(400), request_key: or0(text(64)), redated: whole,
    taken_back_at: or0(instant), taken_back_by: or0(text(20)),
  }, { rule_changes_rule: ['name', 'made_at', 'id'], rule_changes_made: ['made_at', 'id'], '!rule_changes_seq': ['seq_no'], '!rule_changes_request': ['by_id', 'request_key'] }),
  table('redated_deadlines', { change_id: key(text(20)), seq_no: key(whole), assignment_id: text(20), doc_kind: text(12), doc_id: text(20), number: text(60), action: text(20), due_before: instant, due_after: instant, explanation: json }),
];

/** What the office changes of the rules and the calendar, from which day on, and which deadlines that moved. */
export class Rules1650000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
