import { TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { text, whole } from './tables.ts';

const columns = [
  new TableColumn({ name: 'device', ...text(40), default: "''" }), new TableColumn({ name: 'entered_by', ...text(12), default: "'password'" }), new TableColumn({ name: 'must_change', ...whole, default: '0' }),
];

/** What a session tells of itself: on what device, how it was opened, what it owes. */
export class SignIn1650000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('sessions', columns);
    await runner.query("UPDATE sessions SET entered_by = 'wechat' WHERE surface = 'phone'");
    await runner.createIndex('sessions', new TableIndex({ name: 'sessions_ending', columnNames: ['expires_at'] }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('sessions', 'sessions_ending');
    await runner.dropColumns('sessions', columns.map(({ name }) => name));
  }
}
