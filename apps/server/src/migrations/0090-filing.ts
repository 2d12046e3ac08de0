import { TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { or0, text, whole } from './tables.ts';

const none: Omit<TableColumnOptions, 'name'> = { ...whole, default: '0' };
const columns = { session_id: or0(text(24)), in_plenary: none, decider: or0(text(16)), case_no: or0(whole), main_id: or0(text(20)), drop_asked: none, origin_id: or0(text(20)) };
const indexes: readonly (readonly [index: string, columns: readonly string[], unique: boolean])[] = [
  ['submissions_case', ['session_id', 'in_plenary', 'case_no'], true], ['submissions_main', ['main_id'], false], ['submissions_origin', ['origin_id'], false],
];

/** Filing: sessions and case numbers of proposals, merging, the report that a proposal became. */
export class Filing1650000000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('submissions', Object.entries(columns).map(([name, kind]) => new TableColumn({ name, ...kind })));
    for (const [name, columnNames, isUnique] of indexes) await runner.createIndex('submissions', new TableIndex({ name, columnNames: [...columnNames], isUnique }));
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of indexes.toReversed()) await runner.dropIndex('submissions', name);
    await runner.dropColumns('submissions', Object.keys(columns));
  }
}
