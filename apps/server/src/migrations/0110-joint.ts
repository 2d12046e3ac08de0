import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const joints = table('joints', { id: key(text(20)), first_id: text(20), draft_key: text(64), proposal_id: or0(text(20)), text_no: whole, text_hash: text(64), changed_at: instant }, { '!joints_draft': ['first_id', 'draft_key'], joints_proposal: ['proposal_id'] });
const texts = table('joint_texts', { joint_id: key(text(20)), text_no: key(whole), title: text(200), situation: long, analysis: long, suggestion: long, file_ids: json, written_at: instant });
const cosigns = table('cosigns', {
  id: key(text(20)), joint_id: text(20), person_id: text(20), order_no: whole, state: text(12), version: whole, hash: text(64), text_no: whole, asked_at: instant, signed_at: or0(instant),
}, { '!cosigns_person': ['joint_id', 'person_id'], cosigns_mine: ['person_id', 'asked_at', 'id'] });

/** 联名: who is asked to sign which text. `proposer_kind`: whose proposal it is (个人, 联名, and the collective kinds). */
export class Joint1650000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const it of [joints, texts, cosigns]) await runner.createTable(it);
    await runner.addColumns('submissions', [new TableColumn({ name: 'proposer_kind', ...or0(text(16)) })]);
    await runner.query("UPDATE submissions SET proposer_kind = 'individual' WHERE kind = 'proposal'");
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('submissions', ['proposer_kind']);
    for (const it of [cosigns, texts, joints]) await runner.dropTable(it.name);
  }
}
