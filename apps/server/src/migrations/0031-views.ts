import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, table, text } from './tables.ts';

const views = table('saved_views', { id: key(text(20)), person_id: text(20), page: text(12), name: text(40), query: text(500), kept_at: instant }, { '!saved_views_name': ['person_id', 'page', 'name'] });

export class Views1650000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(views); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(views.name); }
}
