import { TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, or0, table, text, whole } from './tables.ts';

const id = key(text(20));
const tables = [
  table('deliveries', {
    id, notice_id: text(20), channel: text(8), recipient_id: text(20), sort: text(12), state: text(8), due_at: instant, leased_until: or0(instant), leased_by: or0(text(20)), attempts: whole, reason: or0(text(16)),
    message_id: or0(text(64)), sent_at: or0(instant), bundle_id: or0(text(20)),
  }, { '!deliveries_once': ['notice_id', 'channel'], deliveries_due: ['state', 'due_at', 'id'], deliveries_batch: ['leased_by'], deliveries_message: ['message_id'], deliveries_person: ['recipient_id', 'state'] }),
  table('wechat_quotas', { person_id: id, sort: key(text(12)), left_count: whole, is_long: whole, in_flight: or0(text(20)), asked_at: instant, is_refused: whole }, { wechat_quotas_flight: ['in_flight'] }),
  table('wechat_asks', { id, person_id: text(20), sort: text(12), is_accept: whole, source: text(8), happened_at: instant, is_matched: whole }, { wechat_asks_person: ['person_id', 'sort', 'happened_at'] }),
  table('wechat_events', { event_hash: key(text(64)), event: text(40), heard_at: instant }, { wechat_events_time: ['heard_at'] }),
  table('notice_choices', { person_id: id, choices: json, changed_at: instant }),
  table('digests', { id, person_id: text(20), notice_count: whole, made_at: instant }, { digests_person: ['person_id', 'made_at'] }),
  table('notice_calls', { notice_id: id, by_id: text(20), called_at: instant }),
];
const indexes: readonly (readonly [table: string, index: string, columns: readonly string[]])[] = [['outbox', 'outbox_document', ['doc_id', 'action']], ['assignments', 'assignments_due', ['is_open', 'due_at', 'id']], ['visits', 'visits_batch', ['batch_id']]];

/** Notices on their way out: WeChat, text messages, digests, telephone; consents and their ledger; what a person chose. */
export class Deliveries1650000000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const it of tables) await runner.createTable(it);
    for (const [name, index, columnNames] of indexes) await runner.createIndex(name, new TableIndex({ name: index, columnNames: [...columnNames] }));
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const [name, index] of indexes) await runner.dropIndex(name, index);
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
  }
}
