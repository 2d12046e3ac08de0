import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { json, or0, text } from './tables.ts';

/** Names by which a participating body is known for a party, or for 工商联, which proposes with them; all others are organisations. */
const parties = ['民革', '民盟', '民建', '民进', '农工', '致公', '九三', '台盟', '工商'];
const columns = [new TableColumn({ name: 'signer', ...or0(text(40)) }), new TableColumn({ name: 'seal_ids', ...or0(json) }), new TableColumn({ name: 'handed_by', ...or0(text(20)) })];
interface Row { readonly term_id: string; readonly value: unknown }

/**
 * 集体提案: what a body is (`proposer_kind`), who signed each of its texts with which sealed pages, and who of it handed them in.
 * What a body handed in on paper so far is its clerk's own still, and of the body's kind from now on.
 */
export class Collective1650000000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('bodies', [new TableColumn({ name: 'proposer_kind', ...or0(text(16)) })]);
    await runner.addColumns('revisions', columns);
    await runner.query("UPDATE bodies SET proposer_kind = 'organization' WHERE kind = 'participating_body'");
    for (const name of parties) await runner.query("UPDATE bodies SET proposer_kind = 'party' WHERE kind = 'participating_body' AND name LIKE ?", [`%${name}%`]);
    for (const kind of ['party', 'organization']) {
      await runner.query(
        `UPDATE submissions SET proposer_kind = ? WHERE kind = 'proposal' AND proposer_kind = 'individual' AND author_id IN (
           SELECT p.person_id FROM posts_held p JOIN bodies b ON b.id = p.body_id JOIN persons n ON n.id = p.person_id WHERE p.post = 'body_account' AND b.proposer_kind = ? AND n.sector_id IS NULL)`, [kind, kind]);
    }
    await this.keepPlenaries(runner);
  }

  /** Sessions say from now on which kinds are taken in the plenary alone. */
  private async keepPlenaries(runner: QueryRunner): Promise<void> {
    const rows = await runner.query("SELECT term_id, value FROM settings WHERE name = 'proposal.sessions'") as Row[];
    for (const { term_id: termId, value } of rows) {
      const sessions = (typeof value === 'string' ? JSON.parse(value) : value) as object[];
      await runner.query("UPDATE settings SET value = ? WHERE name = 'proposal.sessions' AND term_id = ?", [JSON.stringify(sessions.map((it) => ({ plenaryOnly: ['sector', 'group'], ...it }))), termId]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE submissions SET proposer_kind = 'individual' WHERE proposer_kind IN ('party', 'organization', 'sector', 'group', 'committee')");
    await runner.dropColumns('revisions', columns.map(({ name }) => name));
    await runner.dropColumns('bodies', ['proposer_kind']);
  }
}
