import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, or0, table, text, whole } from './tables.ts';

const lessons = table('lessons', { term: key(text(40)), committee_id: key(text(40)), lesson_count: whole });
const tables = [
  table('routing_examples', { move_id: key(text(20)), submission_id: text(20), revision_no: whole, committee_id: or0(text(40)), said_id: or0(text(40)), kind: text(12), confidence: whole, sent: whole, model: text(80), decided_at: instant },
    { routing_examples_time: ['decided_at', 'move_id'], routing_examples_submission: ['submission_id'] }),
  table('routing_models', { id: key(text(20)), version_no: whole, state: text(8), made_at: instant, example_count: whole, last_move_id: text(20), figures: json, words: json },
    { '!routing_models_version': ['version_no'] }),
  table('routing_strikes', { word: key(text(40)), person_id: text(20), struck_at: instant }),
];

/** What people decided about routing, the models learnt from it, and the words struck from them. Counts per word are no longer kept. */
export class Routing1650000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const it of tables) await runner.createTable(it);
    await runner.dropTable('lessons');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.createTable(lessons);
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
  }
}
