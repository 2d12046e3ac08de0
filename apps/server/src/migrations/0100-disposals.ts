import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, or0, table, text } from './tables.ts';

const closed = ['submissions', 'entries', 'handlings', 'ratings'] as const;
const tables = [
  table('disposals', {
    id: key(text(20)), group_id: text(20), doc_kind: text(12), doc_id: text(20), receipt_no: text(20), author_id: text(20), draft_key: text(64), reason: text(24), state: text(12), title: or0(text(200)),
    move_id: text(20), marked_by: text(20), marked_at: instant, decided_by: or0(text(20)), decided_at: or0(instant), first_at: instant,
  }, { disposals_document: ['doc_id', 'state'], disposals_draft: ['author_id', 'draft_key'], disposals_marked: ['marked_at', 'id'], disposals_group: ['group_id'] }),
  table('disposal_files', { file_id: key(text(20)), disposal_id: text(20), sha256: text(64), removed_at: or0(instant) }, { disposal_files_disposal: ['disposal_id'], disposal_files_left: ['removed_at'], disposal_files_sum: ['sha256'] }),
  table('disposal_backups', { disposal_id: key(text(20)), keeping_id: key(text(20)), treated_by: text(20), treated_at: instant }),
];

/** 涉密处置: what is closed until a second person decides, what was removed, and the backups that still hold it. No text but the title, and that only until it is decided. */
export class Disposals1650000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of closed) await runner.addColumn(name, new TableColumn({ name: 'closure', ...text(8), default: "'open'" }));
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
    for (const name of closed) await runner.dropColumn(name, 'closure');
  }
}
