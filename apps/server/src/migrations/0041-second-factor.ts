import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, or0, table, text, whole } from './tables.ts';

const tables = [
  table('second_factors', { person_id: key(text(20)), secret_sealed: text(160), set_at: instant, last_step: whole }),
  table('recovery_codes', { code_hash: key(text(64)), person_id: text(20), used_at: or0(instant) }, { recovery_codes_person: ['person_id'] }),
  table('desk_asks', { code_hash: key(text(64)), browser_hash: text(64), device: text(40), address: text(45), asked_at: instant, expires_at: instant, state: text(10), person_id: or0(text(20)) }, { '!desk_asks_browser': ['browser_hash'], desk_asks_ending: ['expires_at'] }),
];

/** Second factors of accounts, and desks that wait for a phone to let them in. */
export class SecondFactor1650000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('sessions', new TableColumn({ name: 'second_factor', ...whole, default: '0' }));
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
    await runner.dropColumn('sessions', 'second_factor');
  }
}
