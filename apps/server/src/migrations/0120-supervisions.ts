import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const kept = { state: text(24), version: whole, hash: text(64) };
const tables = [
  table('supervisions', {
    id: key(text(20)), proposal_id: text(20), open_proposal_id: or0(text(20)), author_id: text(20), committee_id: or0(text(40)), nominated_by: text(20), nominated_body: text(40), reason: long, decider: text(24), ...kept,
    form: or0(text(24)), leader_id: or0(text(20)), meeting: text(200), plan: long, due_on: or0(text(10)), report: long, appraisal: text(8), appraisal_due: or0(text(10)), questions: json, nominated_at: instant, changed_at: instant,
  }, { '!supervisions_once': ['open_proposal_id'], supervisions_proposal: ['proposal_id'], supervisions_list: ['nominated_at', 'id'] }),
  table('supervision_events', { id: key(text(20)), supervision_id: text(20), held_on: text(10), place: text(60), people: text(200), what: long, findings: long, by_id: text(20), recorded_at: instant }, { supervision_events_of: ['supervision_id'] }),
  table('supervision_notes', { move_id: key(text(20)), supervision_id: text(20), note: long }, { supervision_notes_of: ['supervision_id'] }),
  table('demands', { id: key(text(20)), supervision_id: text(20), proposal_id: text(20), unit_id: text(40), committee_id: text(40), author_id: text(20), ...kept, demand: long, answer: long, note: long, due_on: text(10), made_at: instant, answered_at: or0(instant) }, { demands_of: ['supervision_id'] }),
  table('ballots', { id: key(text(20)), supervision_id: text(20), proposal_id: text(20), author_id: text(20), ...kept, scores: json, note: long, due_on: text(10), invited_at: instant, given_at: or0(instant) }, { '!ballots_once': ['supervision_id', 'author_id'] }),
];

/** 督办: key proposals, what was done, asked and answered, and what members scored. */
export class Supervisions1650000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
