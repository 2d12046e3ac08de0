import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, or0, text } from './tables.ts';

/** 催办 of one unit's part: when last, and from which day on it may be urged again. */
export class Urged1650000000154 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.addColumns('handlings', [new TableColumn({ name: 'urged_at', ...or0(instant) }), new TableColumn({ name: 'urge_again_on', ...or0(text(10)) })]); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropColumns('handlings', ['urged_at', 'urge_again_on']); }
}
