import { excerptOf, marked, termsOf, wantedWords } from '@lvzhi/domain';
import { columns, marks } from './bare-read.ts';
import type { Reading, Someone } from './bare-read.ts';
import type { Row } from './bare-sql.ts';

const [most, newest, top] = [20, 1_000, 2_147_483_647];
type Hit = { seq: unknown; docId: unknown };

/** The statements of the search, for a committee: the newest of each mark by their texts, then the index. */
export class Searching {
  private readonly reading: Reading;
  constructor(reading: Reading) { this.reading = reading; }

  async search(caller: Someone, query: string): Promise<object> {
    const { database } = this.reading;
    const terms = termsOf(query);
    const committees = [...new Set(caller.posts.filter(({ post }) => post.startsWith('committee')).map(({ bodyId }) => bodyId))];
    const hits: Hit[] = [];
    for (const reader of [`by:${caller.id}`, ...committees.map((id) => `at:${id}`)]) hits.push(...await this.under(reader, terms, caller.id, committees));
    const found = [...new Map(hits.map((it) => [Number(it.seq), it])).values()].sort((a, b) => Number(b.seq) - Number(a.seq)).slice(0, most + 1);
    const ids = found.slice(0, most).map(({ docId }) => docId);
    const all = async (table: 'submission' | 'revision' | 'assignment', sql: string): Promise<Row[]> => (ids.length === 0 ? [] : await database.all(`SELECT ${columns[table]} FROM ${sql} IN (${marks(ids)})${table === 'assignment' ? ' AND is_open = 1' : ''}`, ids));
    const documents = new Map((await all('submission', 'submissions WHERE id')).map((it) => [it['id'], it]));
    const texts = new Map((await all('revision', 'revisions WHERE submission_id')).map((it) => [`${String(it['submission_id'])} ${String(it['revision_no'])}`, it]));
    const open = new Map((await all('assignment', 'assignments WHERE doc_id')).map((it) => [it['doc_id'], it]));
    const indexing = await database.all('SELECT seq FROM search_entries WHERE made_with < ? LIMIT 1', [1]);
    const rows = ids.flatMap((id) => { const row = documents.get(id); return row ? [this.line(row, open.get(id), texts.get(`${String(id)} ${String(row['revision'])}`), terms)] : []; });
    return { rows, next: found.length > most ? String(found[most - 1]?.seq) : null, terms, indexing: indexing.length > 0 };
  }

  private line(row: Row, assignment: Row | undefined, text: Row | undefined, terms: readonly string[]): object {
    const shown = this.reading.row(row, assignment) as { author: { name?: string } };
    const body = [text?.['situation'], text?.['analysis'], text?.['suggestion']].filter(Boolean).join(' ');
    return { ...shown, hits: { number: marked(String(row['receipt_no']), terms), caseNo: [], title: marked(String(row['title']), terms), author: marked(shown.author.name ?? '', terms), excerpt: excerptOf(body, terms) } };
  }

  private async under(reader: string, terms: readonly string[], authorId: string, committees: readonly string[]): Promise<Hit[]> {
    const { database } = this.reading;
    const embedded = database.words.includes('rowid');
    const [join, id] = [embedded ? 'CROSS JOIN' : 'STRAIGHT_JOIN', embedded ? 'f.rowid' : 'f.seq'];
    const there = committees.length === 0 ? '' : ` OR (s.state <> 'draft' AND (s.committee_id IN (${marks(committees)}) OR EXISTS (SELECT 1 FROM submission_co c WHERE c.submission_id = s.id AND c.committee_id IN (${marks(committees)}))))`;
    const scope = (kind: string): string => `(s.kind = '${kind}' AND (s.author_id = ? OR EXISTS (SELECT 1 FROM submission_co_authors a WHERE a.submission_id = s.id AND a.person_id = ?)${there}))`;
    const [fits, values] = [`${terms.map(() => 'INSTR(e.search_text, ?) > 0 AND ').join('')}(${scope('opinion')} OR ${scope('proposal')})`, [...terms, ...[0, 1].flatMap(() => [authorId, authorId, ...committees, ...committees])]];
    const [edge] = await database.all(`SELECT seq FROM search_readers WHERE reader = ? AND seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ${newest}`, [reader, top]);
    const near = await database.all(`SELECT w.seq AS seq, e.doc_id AS docId FROM search_readers w ${join} search_entries e ON e.seq = w.seq ${join} submissions s ON s.id = e.doc_id WHERE w.reader = ? AND w.seq < ? AND w.seq > ? AND ${fits} ORDER BY w.seq DESC LIMIT ${most + 1}`, [reader, top, edge?.['seq'] ?? 0, ...values]) as Hit[];
    if (!edge || near.length > most) return near;
    const words = [...new Set(terms.flatMap((term) => { const wanted = wantedWords(term); return wanted.beginning === null ? wanted.words : [`${wanted.beginning}*`]; }))];
    const far = await database.all(`SELECT ${id} AS seq, e.doc_id AS docId FROM search_tokens f ${join} search_readers w ON w.reader = ? AND w.seq = ${id} ${join} search_entries e ON e.seq = ${id} ${join} submissions s ON s.id = e.doc_id WHERE ${embedded ? 'search_tokens MATCH ?' : 'MATCH(f.tokens) AGAINST(? IN BOOLEAN MODE)'} AND ${id} <= ? AND ${fits} ORDER BY ${id} DESC LIMIT ${most + 1 - near.length}`,
      [reader, embedded ? words.join(' AND ') : words.map((it) => `+${it}`).join(' '), edge['seq'], ...values]) as Hit[];
    return [...near, ...far];
  }
}
