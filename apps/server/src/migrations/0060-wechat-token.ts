import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, long, table, text } from './tables.ts';

const tokens = table('wechat_tokens', { appid: key(text(40)), token_sealed: long, token_hash: text(64), expires_at: instant });

/** The access token that all instances share. */
export class WechatToken1650000000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> { await runner.createTable(tokens); }
  async down(runner: QueryRunner): Promise<void> { await runner.dropTable(tokens.name); }
}
