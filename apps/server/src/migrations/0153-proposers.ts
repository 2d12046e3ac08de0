import { TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const name = 'submissions_proposer';

/** Lists of one kind of proposer: the rare ones (小组提案) are found without walking all the others. */
export class Proposers1650000000153 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createIndex('submissions', new TableIndex({ name, columnNames: ['proposer_kind', 'submitted_at', 'id'] })); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropIndex('submissions', name); }
}
