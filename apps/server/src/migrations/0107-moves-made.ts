import { TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = new TableIndex({ name: 'moves_made', columnNames: ['doc_kind', 'action', 'made_at'] });

/** What happened in a time, by what it was: figures ask for it. */
export class MovesMade1650000000107 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createIndex('moves', index); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropIndex('moves', index); }
}
