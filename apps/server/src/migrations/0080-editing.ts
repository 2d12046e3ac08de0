import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, key, long, or0, table, text, whole } from './tables.ts';

const columns = [new TableColumn({ name: 'editor_id', ...or0(text(20)) }), new TableColumn({ name: 'consent', ...text(8), default: "'off'" })];
const tables = [
  table('editions', { submission_id: key(text(20)), version: whole, series: text(24), title: text(200), body: long, handed_no: whole, saved_by: text(20), saved_at: instant }),
  table('edition_texts', { submission_id: key(text(20)), text_no: key(whole), move_id: text(20), series: text(24), title: text(200), body: long, by_id: text(20), written_at: instant }),
  table('issues', {
    id: key(text(20)), submission_id: text(20), move_id: text(20), series: text(24), year_no: whole, issue_no: whole, total_no: whole, text_no: whole, title: text(200),
    editor_id: or0(text(20)), checker_id: or0(text(20)), signer_id: text(20), issued_at: instant, recalled_at: or0(instant), recall_reason: or0(long),
  }, { '!issues_number': ['series', 'year_no', 'issue_no'], '!issues_total': ['series', 'total_no'], issues_submission: ['submission_id'], issues_time: ['issued_at', 'id'], issues_series: ['series', 'issued_at', 'id'] }),
  table('issue_series', { series: key(text(40)), last_no: whole }),
];

/** Editing and issuing: the edited text beside the original, what was handed over of it, the issues and their numbers. */
export class Editing1650000000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('submissions', columns);
    for (const it of tables) await runner.createTable(it);
  }
  async down(runner: QueryRunner): Promise<void> {
    for (const it of tables.toReversed()) await runner.dropTable(it.name);
    await runner.dropColumns('submissions', columns.map(({ name }) => name));
  }
}
