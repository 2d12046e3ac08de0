import { indexWords, normalised } from '@lvzhi/domain';
import { newId } from '../src/platform/ids.ts';
import { columns, digest, jsonOf, marks } from './bare-read.ts';
import type { Decision, Reading, Someone } from './bare-read.ts';
import type { Row, Sql } from './bare-sql.ts';

export interface Written { key: string; title: string; situation: string; suggestion: string }
interface Placed { docId: string; state: string; holderKind: string; holderId: string; action: string; moveId: string; at: unknown; due: unknown; recipients: readonly string[]; told: string; audience: 'holder' | 'author' }
const day = 86_400_000;
const asJson = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The two writes, each with every row that the server writes: journal (chained), document, assignment, outbox, credit, text, routing, example. */
export class Writing {
  private readonly reading: Reading;
  private nth = 0;
  constructor(reading: Reading) { this.reading = reading; }

  async submit(author: Someone, { key, title, situation, suggestion }: Written): Promise<object> {
    const { database, kept } = this.reading;
    const draftHash = digest(JSON.stringify([title, situation, '', suggestion]));
    const [known] = await database.all(`SELECT ${columns.submission} FROM submissions WHERE author_id = ? AND draft_key = ? LIMIT 1`, [author.id, key]);
    if (known) return { doc: await this.reading.view(database, known) };
    const receiptNo = await database.transaction((sql) => this.receipt(sql));
    // No router here: decisions that the server made for such texts, one after the other (the benchmark prints what the router takes).
    const decision = kept.decisions[this.nth++ % kept.decisions.length] ?? { to: 'triage', candidates: [], co: [], confidence: 0, terms: [], version: '' };
    return database.transaction(async (sql) => ({ doc: await this.insert(sql, author, { draftHash, receiptNo, decision, key, title, situation, suggestion }) }));
  }

  private async insert(sql: Sql, author: Someone, it: Written & { draftHash: string; receiptNo: string; decision: Decision }): Promise<object> {
    const { database, kept } = this.reading;
    const [id, now, { decision }] = [newId(), kept.now(), it];
    const [at, due] = [database.instant(now), database.instant(new Date(now.getTime() + 5 * day))];
    const committee = decision.to === 'committee' ? decision.candidates[0]?.committeeId ?? null : null;
    const detail = JSON.stringify({ router: 'r1', percent: Math.round(decision.confidence * 100), before: { committeeId: null, coCommitteeIds: [], routedBy: 'waiting' }, after: { committeeId: committee, coCommitteeIds: decision.co, routedBy: 'auto' } });
    const moves = [this.move(id, 1, 'submit', 'draft', 'submitted', author.id, 'member', at, '{}', it.key, '')];
    if (committee !== null) moves.push(this.move(id, 2, 'route', 'submitted', 'submitted', 'system', 'system', at, detail, null, String(moves[0]?.at(-1))));
    const last = moves.at(-1) ?? [];
    await sql.run(`INSERT INTO moves(${columns.move}) VALUES ${moves.map((row) => `(${marks(row)})`).join()}`, moves.flat());
    const row: Row = {
      id, kind: 'opinion', receipt_no: it.receiptNo, author_id: author.id, draft_key: it.key, draft_hash: it.draftHash, title: it.title, state: 'submitted', version: moves.length, hash: last.at(-1), committee_id: committee,
      co_committee_ids: JSON.stringify(committee === null ? [] : decision.co), urgency: 'normal', category: null, nature: null, town_id: null, unit_ids: '[]', revision: 1, submitted_at: at, changed_at: at,
      reviewed: 0, routed_by: committee === null ? 'waiting' : 'auto', confidence: 0, rerouted: 0, session_id: null, in_plenary: 0, decider: null, case_no: null, main_id: null, drop_asked: 0, origin_id: null, pictures_agreed: 0, source_kind: null, source_id: null, co_author_ids: null,
    };
    await sql.run(`INSERT INTO submissions(${columns.submission}) VALUES (${marks(Object.values(row))})`, Object.values(row));
    if (committee !== null && decision.co.length > 0) await sql.run(`INSERT INTO submission_co(submission_id, committee_id) VALUES ${decision.co.map(() => '(?, ?)').join()}`, decision.co.flatMap((co) => [id, co]));
    const holders = [...kept.people.values()].filter(({ posts }) => posts.some(({ post, bodyId }) => (committee === null ? post === 'information_editor' : post.startsWith('committee') && bodyId === committee)));
    await this.place(sql, { docId: id, state: 'submitted', holderKind: committee === null ? 'post' : 'body', holderId: committee ?? 'information_editor', action: committee === null ? 'triage' : 'review', moveId: String(last[0]), at, due, recipients: holders.map((one) => one.id), told: 'submit', audience: 'holder' });
    await sql.run('INSERT INTO credit_entries(id, person_id, item, evidence_kind, evidence_id, move_id, earned_at, voided_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [newId(), author.id, 'opinion.submitted', 'opinion', id, moves[0]?.[0], at, null]);
    await sql.run(`INSERT INTO revisions(${columns.revision}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [id, 1, it.title, it.situation, '', it.suggestion, '[]', at]);
    await sql.run(`INSERT INTO routings(${columns.routing}) VALUES (?, ?, ?, ?, ?)`, [id, 1, JSON.stringify(decision), null, 75]);
    await this.enter(sql, row, author, it);
    return this.reading.view(sql, row);
  }

  async pass(head: Someone, id: string, { version, key }: { version: number; key: string }): Promise<object | undefined> {
    const { database, kept } = this.reading;
    const doc = await database.transaction(async (sql) => {
      const [row] = await sql.all(`SELECT ${columns.submission} FROM submissions WHERE id = ? AND kind = ? LIMIT 1`, [id, 'opinion']);
      if (!row || row['version'] !== version || row['state'] !== 'submitted') return undefined;
      const at = database.instant(kept.now());
      const [routing] = await sql.all(`SELECT ${columns.routing} FROM routings WHERE submission_id = ? AND revision_no = ? LIMIT 1`, [id, row['revision']]);
      const move = this.move(id, version + 1, 'pass', 'submitted', 'editing', head.id, 'committee_head', at, '{}', key, String(row['hash']));
      await sql.run(`INSERT INTO moves(${columns.move}) VALUES (${marks(move)})`, move);
      if (routing) await this.learn(sql, { id, revision: row['revision'], committee: row['committee_id'], moveId: move[0], at, said: jsonOf<Decision>(routing['decision']).candidates });
      const after: Row = { ...row, co_committee_ids: asJson(row['co_committee_ids']), unit_ids: asJson(row['unit_ids']), state: 'editing', version: version + 1, hash: move.at(-1), changed_at: at };
      const set = ['draft_hash', 'title', 'state', 'version', 'hash', 'committee_id', 'co_committee_ids', 'urgency', 'category', 'nature', 'town_id', 'unit_ids', 'revision', 'changed_at', 'reviewed', 'routed_by', 'confidence', 'rerouted', 'session_id', 'in_plenary', 'decider', 'case_no', 'main_id', 'drop_asked', 'origin_id', 'pictures_agreed', 'source_kind', 'source_id', 'co_author_ids'];
      await sql.run(`UPDATE submissions SET ${set.map((name) => `${name} = ?`).join()} WHERE id = ? AND state = ? AND version = ?`, [...set.map((name) => after[name]), id, 'submitted', version]);
      await sql.run('UPDATE assignments SET is_open = ?, closed_by = ? WHERE doc_id = ? AND is_open = 1', [0, move[0], id]);
      await sql.run('UPDATE outbox SET withdrawn_at = ? WHERE doc_id = ? AND action IN (?, ?, ?, ?) AND withdrawn_at IS NULL', [at, id, 'remind_before', 'remind_day', 'remind_overdue', 'remind_now']);
      const due = database.instant(new Date(kept.now().getTime() + 7 * day));
      const editors = [...kept.people.values()].filter(({ posts }) => posts.some(({ post }) => post === 'information_editor')).map((one) => one.id);
      await this.place(sql, { docId: id, state: 'editing', holderKind: 'post', holderId: 'information_editor', action: 'edit', moveId: String(move[0]), at, due, recipients: [...editors, String(row['author_id'])], told: 'pass', audience: 'author' });
      return { row: after, moveId: move[0] };
    });
    return doc && { doc: await this.reading.view(database, doc.row), undo: { moveId: doc.moveId, until: kept.now().toISOString() } };
  }

  /** The search index, made of the same words. */
  private async enter(sql: Sql, row: Row, author: Someone, it: Written): Promise<void> {
    const text = [row['receipt_no'], it.title, it.situation, it.suggestion, author.name].map((part) => normalised(String(part))).join(' ');
    const readers = [`by:${author.id}`, 'all:opinion', ...[...(row['committee_id'] === null ? [] : [row['committee_id'] as string]), ...jsonOf<string[]>(row['co_committee_ids'])].map((committee) => `at:${committee}`)];
    await sql.run('INSERT INTO search_entries(doc_id, revision_no, made_with, author_name, search_text) VALUES (?, ?, ?, ?, ?)', [row['id'], 1, 1, author.name, text]);
    await sql.run(`INSERT INTO search_readers(reader, seq) SELECT r.reader, e.seq FROM search_entries e CROSS JOIN (${readers.map((_, index) => (index === 0 ? 'SELECT ? AS reader' : 'SELECT ?')).join(' UNION ALL ')}) r WHERE e.doc_id = ?`, [...readers, row['id']]);
    await sql.run(`${this.reading.database.words} SELECT seq, ? FROM search_entries WHERE doc_id = ?`, [indexWords(text).join(' '), row['id']]);
  }

  private async receipt(sql: Sql): Promise<string> {
    if (await sql.run('UPDATE receipt_series SET last_no = last_no + 1 WHERE series = ?', ['opinion-2022']) !== 1) throw new Error('the series was seeded by the fill');
    const [row] = await sql.all('SELECT series, last_no FROM receipt_series WHERE series = ? LIMIT 1', ['opinion-2022']);
    return `2022-${String(row?.['last_no']).padStart(4, '0')}`;
  }

  /** The assignment, and a notice for each recipient. */
  private async place(sql: Sql, it: Placed): Promise<void> {
    const explanation = JSON.stringify({ from: this.reading.kept.now().toISOString(), allowed: '3 个工作日', skipped: [{ name: '周末', days: 2 }], makeUp: [], provisional: false });
    await sql.run(`INSERT INTO assignments(${columns.assignment}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [newId(), 'opinion', it.docId, it.action, it.holderKind, it.holderId, it.due, explanation, it.at, 1, it.moveId, null]);
    if (it.recipients.length === 0) return;
    const told = it.recipients.map((recipient) => ({ id: newId(), recipient }));
    await sql.run(`INSERT INTO outbox(id, recipient_id, channel, doc_kind, doc_id, move_id, action, audience, due_at, holder_words, not_before, withdrawn_at, read_at, answered_at) VALUES ${it.recipients.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join()}`,
      told.flatMap(({ id, recipient }) => [id, recipient, 'inbox', 'opinion', it.docId, it.moveId, it.told, it.audience, it.due, '办公室信息编辑', it.at, null, null, null]));
    await sql.run(`INSERT INTO deliveries(id, notice_id, channel, recipient_id, sort, state, due_at, leased_until, leased_by, attempts, reason, message_id, sent_at, bundle_id) VALUES ${told.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join()}`,
      told.flatMap(({ id, recipient }) => [newId(), id, 'wechat', recipient, it.audience === 'author' ? 'progress' : 'task', 'due', it.at, null, null, 0, null, null, null, null]));
  }

  /** What the router learns from: one row. */
  private async learn(sql: Sql, { id, revision, committee, moveId, at, said }: { id: string; revision: unknown; committee: unknown; moveId: unknown; at: unknown; said: readonly unknown[] }): Promise<void> {
    const [first] = said as readonly { committeeId?: string }[];
    await sql.run('INSERT INTO routing_examples(move_id, submission_id, revision_no, committee_id, said_id, kind, confidence, sent, model, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [moveId, id, revision, committee, first?.committeeId ?? null, 'confirmed', 90, 1, 'lex-2', at]);
  }

  private move(docId: string, seq: number, action: string, from: string, to: string, person: string, post: string, at: unknown, detail: string, key: string | null, previous: string): unknown[] {
    const row = [newId(), 'opinion', docId, seq, action, from, to, person, post, 'cppcc', at, detail, key];
    return [...row, digest([previous, ...row.map(String)].join('\n'))];
  }
}
