import { createHash } from 'node:crypto';
import type { BareDatabase, Row, Sql } from './bare-sql.ts';

/** The same statements as the server sends for these requests (taken from its query log), written by hand, and answers with the same keys. */
export const columns = {
  session: 'id, token_hash, person_id, surface, created_at, seen_at, expires_at, ended_at',
  submission: 'id, kind, receipt_no, author_id, draft_key, draft_hash, title, state, version, hash, committee_id, co_committee_ids, urgency, category, nature, town_id, unit_ids, revision, submitted_at, changed_at, reviewed, routed_by, confidence, rerouted, session_id, in_plenary, decider, case_no, main_id, drop_asked, origin_id, pictures_agreed, source_kind, source_id, co_author_ids',
  assignment: 'id, doc_kind, doc_id, action, holder_kind, holder_id, due_at, explanation, opened_at, is_open, opened_by, closed_by',
  move: 'id, doc_kind, doc_id, seq, action, from_state, to_state, person_id, post, body_id, made_at, detail, request_key, hash',
  revision: 'submission_id, revision_no, title, situation, analysis, suggestion, file_ids, written_at',
  routing: 'submission_id, revision_no, decision, wish, threshold_percent',
  note: 'move_id, submission_id, kind, outcome, note, unit_ids, is_void',
  file: 'id, owner_id, upload_key, doc_id, name, type, size, sha256, uploaded_at',
} as const;
export const marks = (values: readonly unknown[]): string => values.map(() => '?').join();
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** mysql2 parses JSON columns, libsql does not. */
export const jsonOf = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;

export interface Decision { to: string; candidates: { committeeId: string; share: number; reasons: { kind: string; text: string }[] }[]; co: string[]; confidence: number; terms: string[]; version: string }
interface Named { id: string; name: string; short: string }
export interface Someone { id: string; name: string; note: string; posts: { post: string; bodyId: string }[] }
/** What the server holds in memory is held in memory here too. */
export interface Kept { readonly people: ReadonlyMap<string, Someone>; readonly bodies: ReadonlyMap<string, Named>; readonly decisions: readonly Decision[]; now(): Date }

export async function keptOf(sql: Sql): Promise<Kept> {
  const bodies = new Map((await sql.all('SELECT id, name, short FROM bodies')).map((it) => [String(it['id']), { id: String(it['id']), name: String(it['name']), short: String(it['short']) }]));
  const people = new Map((await sql.all('SELECT id, name, sector_id, unit_title FROM persons WHERE is_active = 1')).map((it): [string, Someone] =>
    [String(it['id']), { id: String(it['id']), name: String(it['name']), note: bodies.get(String(it['sector_id']))?.name ?? String(it['unit_title']), posts: [] }]));
  for (const it of await sql.all('SELECT person_id, post, body_id FROM posts_held')) people.get(String(it['person_id']))?.posts.push({ post: String(it['post']), bodyId: String(it['body_id']) });
  const decisions = (await sql.all('SELECT decision FROM routings ORDER BY submission_id DESC LIMIT 400')).map((it) => jsonOf<Decision>(it['decision']));
  const [offset] = await sql.all("SELECT value FROM marks WHERE name = 'demo.offset'");
  return { bodies, people, decisions, now: () => new Date(Date.now() + Number(offset?.['value'] ?? 0)) };
}

export class Reading {
  readonly database: BareDatabase;
  readonly kept: Kept;
  constructor(database: BareDatabase, kept: Kept) { this.database = database; this.kept = kept; }

  /** The authentication of every request. */
  async caller(authorization: string): Promise<Someone | undefined> {
    const [row] = await this.database.all(`SELECT ${columns.session} FROM sessions WHERE token_hash = ? AND ended_at IS NULL LIMIT 1`, [digest(authorization.slice(7))]);
    if (!row || this.database.dateOf(row['expires_at']) <= this.kept.now()) return undefined;
    return this.kept.people.get(String(row['person_id']));
  }

  async home({ id }: Someone): Promise<object> {
    const { database: sql, kept } = this;
    const tasks = await sql.all(`SELECT ${columns.assignment} FROM assignments a WHERE a.holder_id IN (?) AND a.is_open = 1 AND a.action IN (?, ?) ORDER BY a.due_at ASC, a.id ASC LIMIT 21`, [id, 'revise', 'reply_visit']);
    const held = (await sql.all(`SELECT ${columns.submission} FROM submissions s WHERE s.author_id = ? AND s.state IN (?, ?, ?, ?) ORDER BY s.changed_at DESC, s.id DESC LIMIT 6`, [id, 'submitted', 'first_review', 'under_review', 'editing'])).slice(0, 5);
    const ids = held.map((it) => it['id']);
    const open = ids.length === 0 ? [] : await sql.all(`SELECT ${columns.assignment} FROM assignments WHERE doc_id IN (${marks(ids)}) AND is_open = 1`, ids);
    const rows = await this.tasks(tasks, false);
    const unread = await sql.all('SELECT id FROM outbox WHERE recipient_id = ? AND channel = ? AND not_before <= ? AND read_at IS NULL AND withdrawn_at IS NULL LIMIT 99', [id, 'inbox', sql.instant(kept.now())]);
    const byDocument = new Map(open.map((it) => [it['doc_id'], it]));
    return { tasks: rows, more: false, dueToday: 0, review: 0, triage: 0, held: held.map((it) => this.row(it, byDocument.get(it['id']))), unread: unread.length };
  }

  async inbox({ posts }: Someone): Promise<object> {
    const holders = posts.filter(({ post }) => post.startsWith('committee')).map(({ bodyId }) => bodyId);
    const found = await this.database.all(`SELECT ${columns.assignment} FROM assignments a WHERE a.holder_id IN (${marks(holders)}) AND a.is_open = 1 AND a.action IN (?) ORDER BY a.due_at ASC, a.id ASC LIMIT 21`, [...holders, 'review']);
    const [rows, last] = [found.slice(0, 20), found[19]];
    return { rows: await this.tasks(rows, true), next: found.length > 20 && last ? `${this.iso(last['due_at'])}~${String(last['id'])}` : null };
  }

  private async tasks(assignments: readonly Row[], cards: boolean): Promise<object[]> {
    if (assignments.length === 0) return [];
    const ids = assignments.map((it) => it['doc_id']);
    const submissions = new Map((await this.database.all(`SELECT ${columns.submission} FROM submissions WHERE id IN (${marks(ids)})`, ids)).map((it) => [it['id'], it]));
    const routings = new Map(cards ? (await this.database.all(`SELECT ${columns.routing} FROM routings WHERE submission_id IN (${marks(ids)})`, ids)).map((it) => [it['submission_id'], it]) : []);
    return assignments.map((it) => {
      const [row, routing] = [submissions.get(it['doc_id']), routings.get(it['doc_id'])];
      return { id: it['id'], kind: it['doc_kind'], docId: it['doc_id'], action: it['action'], actionWords: '初审', openedAt: this.iso(it['opened_at']), due: this.due(it), submission: row ? this.row(row, it) : null, visit: null, supervision: null, routing: routing ? this.card(routing) : null };
    });
  }

  /** One document whole, as after a submit or a move. */
  async view(sql: Sql, row: Row): Promise<object> {
    const { id } = row;
    const [revision] = await sql.all(`SELECT ${columns.revision} FROM revisions WHERE submission_id = ? AND revision_no = ? LIMIT 1`, [id, row['revision']]);
    const [routing] = await sql.all(`SELECT ${columns.routing} FROM routings WHERE submission_id = ? AND revision_no = ? LIMIT 1`, [id, row['revision']]);
    const [assignment] = await sql.all(`SELECT ${columns.assignment} FROM assignments WHERE doc_id = ? AND is_open = 1 LIMIT 1`, [id]);
    const moves = await sql.all(`SELECT ${columns.move} FROM moves WHERE doc_id = ? ORDER BY seq ASC`, [id]);
    const notes = await sql.all(`SELECT ${columns.note} FROM notes WHERE submission_id = ? AND is_void = 0`, [id]);
    const files = revision === undefined || revision['file_ids'] === '[]' || (revision['file_ids'] as unknown[]).length === 0 ? [] : await sql.all(`SELECT ${columns.file} FROM files WHERE doc_id = ?`, [id]);
    const { situation, analysis, suggestion } = revision ?? {};
    return {
      ...this.row(row, assignment), text: { situation, analysis, suggestion }, length: `${String(situation)}${String(analysis)}${String(suggestion)}`.length, revision: row['revision'],
      category: null, nature: null, town: null, units: [], coCommittees: [], files, routing: routing ? this.card(routing) : null,
      timeline: moves.map((it) => ({ id: it['id'], action: it['action'], words: it['action'] === 'submit' ? '提交' : '系统分送', who: this.kept.people.get(String(it['person_id']))?.name ?? '系统', at: this.iso(it['made_at']), note: null })),
      mayMark: false, closed: null, main: null, merged: [], linked: null, source: null, picturesAgreed: false, choices: null, collective: null, entered: null, signers: [], stillAsked: [], planned: null, handling: null, next: [{ words: '办公室编辑', usual: '一般 5 个工作日' }], prepared: null, review: notes.length > 0 ? null : null,
    };
  }

  iso(value: unknown): string { return this.database.dateOf(value).toISOString(); }

  private due(it: Row): object {
    const { from, allowed } = jsonOf<{ from: string; allowed: string }>(it['explanation']);
    const at = this.iso(it['due_at']);
    return { at, words: `${at.slice(5, 16)} 前`, tone: 'ok', explanation: `从 ${from.slice(5, 16)} 起算 ${allowed}，到 ${at.slice(5, 16)}。` };
  }

  row(it: Row, assignment: Row | undefined): object {
    const author = this.kept.people.get(String(it['author_id']));
    const holder = assignment && { words: this.kept.bodies.get(String(assignment['holder_id']))?.short ?? '办公室信息编辑', action: '初审', note: '初审后告诉您：通过、请补充或不采用（附理由）', due: this.due(assignment) };
    return {
      id: it['id'], kind: it['kind'], receiptNo: it['receipt_no'], caseNo: null, title: it['title'], state: it['state'], stateWords: '待初审', urgency: it['urgency'], author: { id: author?.id, name: author?.name, note: author?.note }, coAuthors: [], proposer: null,
      committee: this.kept.bodies.get(String(it['committee_id'])) ?? null, submittedAt: this.iso(it['submitted_at']), changedAt: this.iso(it['changed_at']), holder: holder ?? null,
      version: it['version'], can: ['reroute', 'start_review', 'pass', 'return', 'not_adopt'],
    };
  }

  private card(it: Row): object {
    const { candidates, co, confidence, version } = jsonOf<Decision>(it['decision']);
    const threshold = Number(it['threshold_percent']) / 100;
    return {
      decided: confidence >= threshold ? 'auto' : 'waiting', confidence, confidenceWords: '把握较大', threshold,
      candidates: candidates.map(({ committeeId, share, reasons }) => ({ committee: this.kept.bodies.get(committeeId), share, reasons: reasons.map(({ kind, text }) => ({ kind, text })) })),
      co: co.map((id) => this.kept.bodies.get(id)), personal: null, version,
    };
  }
}
