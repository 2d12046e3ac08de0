import { TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { instant, json, key, long, or0, table, text, whole } from './tables.ts';

type Column = Omit<TableColumnOptions, 'name'>;
const from = (value: number): Column => ({ ...whole, default: String(value) });
const columns: Readonly<Record<string, Readonly<Record<string, Column>>>> = {
  bodies: { disabled_at: or0(instant) },
  persons: { is_party_member: or0(whole), ended_at: or0(instant), ended_on: or0(text(10)), end_reason: or0(text(24)), version: from(1), request_key: or0(text(64)) },
  posts_held: { from_on: or0(text(10)), until_on: or0(text(10)), ended_at: or0(instant) },
  desk_accounts: { must_change: from(0), disabled_at: or0(instant), signed_in_at: or0(instant) },
};
const indexes: readonly (readonly [table: string, index: string, columns: readonly string[], unique: boolean])[] = [
  ['persons', 'persons_roster', ['is_member', 'id'], false], ['persons', 'persons_sector', ['sector_id', 'is_member', 'id'], false], ['persons', 'persons_request', ['request_key'], true], ['posts_held', 'posts_held_body', ['body_id', 'post'], false],
];
const tables = [
  table('stand_ins', { id: key(text(20)), post_id: text(20), person_id: text(20), stand_in_id: text(20), from_on: text(10), until_on: text(10), ended_at: or0(instant), by_id: text(20), made_at: instant }, { stand_ins_person: ['stand_in_id'], stand_ins_post: ['post_id'] }),
  table('roster_imports', { id: key(text(20)), by_id: text(20), file_name: text(200), state: text(12), version: whole, columns: json, total: whole, counts: json, made_at: instant, applied_at: or0(instant) }, { roster_imports_made: ['made_at', 'id'] }),
  table('roster_import_rows', { import_id: key(text(20)), line_no: key(whole), sealed: long, verdict: text(12), reason: or0(text(20)), words: text(600), person_id: or0(text(20)), decision: or0(text(8)), may: json }, { roster_import_rows_verdict: ['import_id', 'verdict', 'line_no'] }),
];

/** People: terms of posts, ends, stand-ins (代理), disabled bodies and accounts, the import of a roster. */
export class People1650000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, added] of Object.entries(columns)) await runner.addColumns(name, Object.entries(added).map(([column, kind]) => new TableColumn({ name: column, ...kind })));
    for (const [name, index, columnNames, isUnique] of indexes) await runner.createIndex(name, new TableIndex({ name: index, columnNames: [...columnNames], isUnique }));
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
    for (const [name, index] of indexes.toReversed()) await runner.dropIndex(name, index);
    for (const [name, added] of Object.entries(columns).toReversed()) await runner.dropColumns(name, Object.keys(added));
  }
}
