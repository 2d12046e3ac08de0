import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const columns = { round: { ...whole, default: '1' }, countersigned_no: or0(whole), replied_at: or0(instant) };
const tables = [
  table('replies', {
    handling_id: key(text(20)), round: key(whole), text_no: whole, version: whole, class_code: or0(text(8)), body: long, doc_no: text(60), signer: text(40), publicity: or0(text(24)), publicity_reason: text(200), promised_on: or0(text(10)), contact: text(80),
    saved_by: text(20), saved_at: instant, released_at: or0(instant), due_at: or0(instant),
  }),
  table('ratings', {
    id: key(text(20)), proposal_id: text(20), main_id: text(20), author_id: text(20), round: whole, state: text(24), version: whole, hash: text(64), asked_at: instant, attitude: or0(text(24)), result: or0(text(24)), talked: or0(whole), note: long,
    paper_ids: json, keyed_by: or0(text(20)), given_at: or0(instant),
  }, { ratings_main: ['main_id', 'round'], ratings_author: ['author_id', 'state'], '!ratings_once': ['main_id', 'round', 'author_id'] }),
];

/** 答复 and 评价: the written replies of each round, and what each proposer says of them. */
export class Replies1650000000092 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('handlings', Object.entries(columns).map(([name, kind]) => new TableColumn({ name, ...kind })));
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
    await runner.dropColumns('handlings', Object.keys(columns));
  }
}
