import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which template a consent was given for; '' of those before: for the one that the city had. */
export class QuotaTemplates1650000000062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.addColumn('wechat_quotas', new TableColumn({ name: 'template_id', type: 'varchar', length: '80', default: "''" })); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropColumn('wechat_quotas', 'template_id'); }
}
