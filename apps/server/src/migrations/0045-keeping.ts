import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, table, text, whole } from './tables.ts';

const keepings = table('keepings', { id: key(text(20)), kind: text(16), outcome: text(8), started_at: instant, ended_at: instant, file_name: text(200), kilobytes: whole, words: text(400) }, { keepings_kind: ['kind', 'ended_at', 'id'] });

/** What was backed up and restored on trial, and how it ended. */
export class Keeping1650000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(keepings); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(keepings.name); }
}
