import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, json, key, table, text, whole } from './tables.ts';

const texts = table('similar_texts', { id: key(text(20)), revision_no: whole, terms: json, counts: json, kept_at: instant }, { similar_texts_kept: ['kept_at', 'id'] });

/** What of a report's text is kept to find others about the same matter. */
export class Similar1650000000082 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(texts); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(texts.name); }
}
