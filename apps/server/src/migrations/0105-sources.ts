import { TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { or0, text } from './tables.ts';

const columns = { source_kind: or0(text(16)), source_id: or0(text(20)) };
const index = 'submissions_source';

/** 来源: what a report was born from. */
export class Sources1650000000105 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('submissions', Object.entries(columns).map(([name, kind]) => new TableColumn({ name, ...kind })));
    await runner.createIndex('submissions', new TableIndex({ name: index, columnNames: ['source_kind', 'source_id'] }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('submissions', index);
    await runner.dropColumns('submissions', Object.keys(columns));
  }
}
