import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const kept = { state: text(24), version: whole, hash: text(64) };
const tables = [
  table('publications', {
    id: key(text(20)), proposal_id: text(20), author_id: text(20), co_author_ids: json, agreed_ids: json, ...kept, title: text(200), authors: text(500), case_words: text(80), situation: long, analysis: long, suggestion: long, replies: json, note: long, struck: whole, asked_at: instant, published_at: or0(instant),
  }, { '!publications_once': ['proposal_id'], publications_list: ['state', 'published_at', 'id'] }),
  table('awards', { id: key(text(20)), proposal_id: text(20), year: whole, author_id: text(20), ...kept, nominated_by: text(20), nominated_body: text(40), reason: long, level: or0(text(24)), note: long, nominated_at: instant, decided_at: or0(instant) }, { '!awards_once': ['year', 'proposal_id'], awards_list: ['year', 'nominated_at', 'id'] }),
  table('award_scores', { award_id: key(text(20)), person_id: key(text(20)), score: whole, scored_at: instant }),
  table('award_quotas', { year: key(whole), body_id: key(text(40)), taken: whole }),
];

/** 公开 and 优秀提案: what went out, with whose word; candidates, their scores, and how many each body may name. */
export class Publications1650000000121 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { for (const it of tables) await runner.createTable(it); }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
