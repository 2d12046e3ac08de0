import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { or0, whole } from './tables.ts';

/** Which text a member signed last, so that whoever is asked anew sees what changed since. */
export class SignedNo1650000000158 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('cosigns', [new TableColumn({ name: 'signed_no', ...or0(whole) })]);
    await runner.query("UPDATE cosigns SET signed_no = text_no WHERE state = 'signed'");
  }
  async down(runner: QueryRunner): Promise<void> { await runner.dropColumns('cosigns', ['signed_no']); }
}
