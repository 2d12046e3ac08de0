import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

const id = key(text(20));
const tables = [
  table('marks', { name: key(text(40)), value: text(200) }),
  table('settings', { term_id: key(text(20)), name: key(text(60)), value: json }),
  table('calendar_days', { day: key(text(10)), kind: text(8), name: text(40) }),
  table('calendar_years', { year_no: key(whole), provisional: whole }),
  table('plan_entries', { id: key(text(40)), year_no: whole, kind: text(16), order_no: whole, title: text(200), committee_id: or0(text(40)), meeting_id: or0(text(40)), detail: json }, { plan_entries_year: ['year_no', 'kind', 'order_no'] }),
  table('bodies', { id: key(text(40)), kind: text(20), name: text(60), short: text(20), order_no: whole, side: or0(text(12)) }),
  table('persons', { id, name: text(40), phone_hash: or0(text(64)), phone_sealed: or0(text(120)), sector_id: or0(text(40)), town_id: or0(text(40)), unit_title: text(120), is_member: whole, large_type: or0(whole), is_active: whole }, { persons_phone: ['phone_hash'] }),
  table('posts_held', { id, person_id: text(20), post: text(24), body_id: text(40), term_id: text(20) }, { posts_held_person: ['person_id'] }),
  table('desk_accounts', { person_id: id, login: text(40), password_hash: text(120) }, { '!desk_accounts_login': ['login'] }),
  table('wechat_bindings', { id, appid: text(40), openid_hash: text(64), openid_sealed: text(160), person_id: text(20), bound_at: instant }, { '!wechat_bindings_openid': ['openid_hash'], '!wechat_bindings_person': ['appid', 'person_id'] }),
  table('bind_tickets', { ticket_hash: key(text(64)), appid: text(40), openid_sealed: text(160), expires_at: instant, used_at: or0(instant) }),
  table('invitations', { code_hash: key(text(64)), person_id: text(20), expires_at: instant, used_at: or0(instant) }, { invitations_person: ['person_id'] }),
  table('consents', { person_id: id, notice_version: key(text(20)), agreed_at: instant }),
  table('guesses', { lock_name: key(text(80)), wrong_count: whole, since_at: instant }),
  table('sessions', { id, token_hash: text(64), person_id: text(20), surface: text(8), created_at: instant, seen_at: instant, expires_at: instant, ended_at: or0(instant) }, { '!sessions_token': ['token_hash'], sessions_person: ['person_id'] }),
  table('incidents', { id, person_id: text(20), rules: text(60), happened_at: instant }),
  table('moves', {
    id, doc_kind: text(12), doc_id: text(20), seq: whole, action: text(24), from_state: text(24), to_state: text(24), person_id: text(20), post: text(24), body_id: text(40), made_at: instant, detail: json, request_key: or0(text(64)), hash: text(64),
  }, { '!moves_document': ['doc_id', 'seq'], '!moves_request': ['person_id', 'request_key'] }),
  table('assignments', {
    id, doc_kind: text(12), doc_id: text(20), action: text(20), holder_kind: text(8), holder_id: text(40), due_at: instant, explanation: json, opened_at: instant, is_open: whole, opened_by: text(20), closed_by: or0(text(20)),
  }, { assignments_box: ['holder_id', 'is_open', 'action', 'due_at', 'id'], assignments_document: ['doc_id', 'is_open'] }),
  table('outbox', {
    id, recipient_id: text(20), channel: text(8), doc_kind: text(12), doc_id: text(20), move_id: text(20), action: text(24), audience: text(8), due_at: or0(instant), holder_words: or0(text(40)),
    not_before: instant, withdrawn_at: or0(instant), read_at: or0(instant), answered_at: or0(instant),
  }, { '!outbox_once': ['recipient_id', 'move_id', 'channel'], outbox_inbox: ['recipient_id', 'channel', 'not_before', 'id'], outbox_move: ['move_id'] }),
  table('credit_entries', { id, person_id: text(20), item: text(40), evidence_kind: text(12), evidence_id: text(20), move_id: text(20), earned_at: instant, voided_by: or0(text(20)) }, { credits_person: ['person_id', 'item'], credits_move: ['move_id'], credits_evidence: ['evidence_id'] }),
  table('files', { id, owner_id: text(20), upload_key: text(64), doc_id: or0(text(20)), name: text(200), type: text(80), size: whole, sha256: text(64), uploaded_at: instant }, { '!files_upload': ['owner_id', 'upload_key'], files_document: ['doc_id'], files_orphans: ['doc_id', 'uploaded_at'] }),
  table('submissions', {
    id, kind: text(12), receipt_no: text(20), author_id: text(20), draft_key: text(64), draft_hash: text(64), title: text(200), state: text(24), version: whole, hash: text(64), committee_id: or0(text(40)), co_committee_ids: json,
    urgency: text(12), category: or0(text(24)), nature: or0(text(24)), town_id: or0(text(40)), unit_ids: json, revision: whole, submitted_at: instant, changed_at: instant, reviewed: whole, routed_by: text(8), confidence: whole, rerouted: whole,
  }, {
    '!submissions_draft': ['author_id', 'draft_key'], '!submissions_receipt': ['kind', 'receipt_no'], submissions_author: ['author_id', 'changed_at', 'id'],
    submissions_committee: ['committee_id', 'kind', 'submitted_at', 'id'], submissions_kind: ['kind', 'submitted_at', 'id'],
  }),
  table('submission_co', { submission_id: id, committee_id: key(text(40)) }, { submission_co_committee: ['committee_id', 'submission_id'] }),
  table('revisions', { submission_id: id, revision_no: key(whole), title: text(200), situation: long, analysis: long, suggestion: long, file_ids: json, written_at: instant }),
  table('routings', { submission_id: id, revision_no: key(whole), decision: json, wish: or0(text(40)), threshold_percent: whole }),
  table('notes', { move_id: id, submission_id: text(20), kind: text(12), outcome: or0(text(40)), note: long, unit_ids: json, is_void: whole }, { notes_submission: ['submission_id'] }),
  table('lessons', { term: key(text(40)), committee_id: key(text(40)), lesson_count: whole }),
  table('receipt_series', { series: key(text(24)), last_no: whole }),
];

export class House1650000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Keys, ids and terms are compared by their code points on every database; without this, 'Abc' and 'abc' would be one key here and two on SQLite.
    if (runner.dataSource.options.type !== 'better-sqlite3') await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> { for (const it of tables.toReversed()) await runner.dropTable(it.name); }
}
