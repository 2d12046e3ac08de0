import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { or0, text } from './tables.ts';

const choice = (name: string) => new TableColumn({ name, ...or0(text(8)) });

/** What proposers said with the paper: to 公开, each for themselves, and to 转社情民意. Of what was handed in before, nobody was asked. */
export class Choices1650000000148 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('submissions', [choice('publicity'), choice('conversion')]);
    await runner.addColumns('cosigns', [choice('publicity')]);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('cosigns', ['publicity']);
    await runner.dropColumns('submissions', ['publicity', 'conversion']);
  }
}
