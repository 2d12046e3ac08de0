import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { json, key, or0, table, text } from './tables.ts';

const together = table('submission_co_authors', { submission_id: key(text(20)), person_id: key(text(20)) }, { submission_co_authors_person: ['person_id', 'submission_id'] });

/** 共同反映人: whose a report is beside its first reporter. */
export class Reporters1650000000083 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('submissions', [new TableColumn({ name: 'co_author_ids', ...or0(json) })]);
    await runner.createTable(together);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(together.name);
    await runner.dropColumns('submissions', ['co_author_ids']);
  }
}
