import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { or0, text } from './tables.ts';

/** 涉密处置 of a draft that was never handed in: the phone's id of it, which is no submission's. */
export class DraftDisposals1650000000145 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.addColumns('disposals', [new TableColumn({ name: 'draft_id', ...or0(text(40)) })]); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropColumns('disposals', ['draft_id']); }
}
