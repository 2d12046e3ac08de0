import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { whole } from './tables.ts';

/** Whether its reporter agreed that its pictures may be published; of what was handed in before, nobody was asked. */
export class Pictures1650000000106 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.addColumns('submissions', [new TableColumn({ name: 'pictures_agreed', ...whole, default: 0 })]); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropColumns('submissions', ['pictures_agreed']); }
}
