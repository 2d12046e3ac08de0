import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, table, text, whole } from './tables.ts';

const links = table('audit_links', { seq: key(whole), entry_id: text(20), happened_at: instant, hash: text(64) }, { '!audit_links_entry': ['entry_id'], audit_links_time: ['happened_at', 'seq'] });

/** The chain that seals the audit log. */
export class AuditChain1650000000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(links); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(links.name); }
}
