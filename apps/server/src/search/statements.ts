import { wantedWords } from '@lvzhi/domain';
import type { Actor } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { indexVersion, isEmbedded } from '../platform/search-index.ts';
import { ask } from '../platform/statements.ts';
import { wholeScope } from '../submissions/scope.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';

type Value = string | number | Date;
interface Narrowed { readonly sql: string; readonly value: string | Date }
/** `below`: only what came before this place; undefined: from the newest on. */
interface Looking { readonly actor: Actor; readonly readers: readonly string[]; readonly below: number | undefined; readonly terms: readonly string[]; readonly narrowed: readonly Narrowed[]; readonly limit: number }
interface Hit { readonly seq: number; readonly docId: string }
type Step = Looking & { readonly reader: string };

/** So many of the newest are read one by one; beyond them the index answers. Fewer make frequent words slow there (decision 12). */
const newest = 1_000;
const top = 2_147_483_647;

/**
 * The newest that fit, of everything under these marks. One statement asks them all, in which each is walked by itself, since one key in order
 * ends early and several do not.
 */
export async function found(manager: EntityManager, looking: Looking): Promise<Hit[]> {
  const edges = looking.terms.length === 0 ? [] : await edgesOf(manager, looking);
  const hits = await near(manager, looking, edges);
  for (const [mark, reader] of looking.readers.entries()) {
    const [limit, edge] = [looking.limit - hits.filter((it) => it.mark === mark).length, edges[mark] ?? 0];
    if (limit > 0 && edge > 0) hits.push(...(await far(manager, { ...looking, reader, limit }, edge)).map((it) => ({ ...it, mark })));
  }
  const once = new Map(hits.map(({ seq, docId }) => [seq, { seq, docId }]));
  return [...once.values()].sort((a, b) => b.seq - a.seq).slice(0, looking.limit);
}

/** One list for each mark, in one statement. */
async function underEach<R>(manager: EntityManager, readers: readonly string[], listOf: (reader: string, mark: number) => { readonly sql: string; readonly values: readonly Value[] }): Promise<(R & { readonly mark: number })[]> {
  if (readers.length === 0) return [];
  const lists = readers.map((reader, mark) => listOf(reader, mark));
  const rows = await ask<R & { mark: number | string }>(manager, lists.map(({ sql }, mark) => `SELECT ${mark} AS mark, m${mark}.* FROM (${sql}) m${mark}`).join(' UNION ALL '), lists.flatMap(({ values }) => values));
  return rows.map((it) => ({ ...it, mark: Number(it.mark) }));
}

/** The place of the thousandth under each mark; 0 when there are not as many. */
async function edgesOf(manager: EntityManager, { readers, below = top }: Looking): Promise<number[]> {
  const rows = await underEach<{ seq: number | string }>(manager, readers, (reader) => ({ sql: `SELECT seq FROM search_readers WHERE reader = ? AND seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ${newest}`, values: [reader, below] }));
  return readers.map((_, mark) => Number(rows.find((it) => it.mark === mark)?.seq ?? 0));
}

const asHits = <R extends { seq: number | string; docId: string }>(rows: readonly R[]): (R & Hit)[] => rows.map((it) => ({ ...it, seq: Number(it.seq) }));

/** Reads the texts from the newest on and stops when there are enough. */
async function near(manager: EntityManager, looking: Looking, edges: readonly number[]): Promise<(Hit & { readonly mark: number })[]> {
  const [join, { sql, values }] = [inThisOrder(manager), fits(manager, looking)];
  return asHits(await underEach<{ seq: number | string; docId: string }>(manager, looking.readers, (reader, mark) => ({
    sql: `SELECT w.seq AS seq, e.doc_id AS docId FROM search_readers w ${join} search_entries e ON e.seq = w.seq ${join} submissions s ON s.id = e.doc_id
     WHERE w.reader = ? AND w.seq < ? AND w.seq > ? AND ${sql} ORDER BY w.seq DESC LIMIT ${looking.limit}`, values: [reader, looking.below ?? top, edges[mark] ?? 0, ...values],
  })));
}

/** Asks the index; the text decides, so that both steps find the same. */
async function far(manager: EntityManager, step: Step, edge: number): Promise<Hit[]> {
  const [join, { sql, values }, embedded] = [inThisOrder(manager), fits(manager, step), isEmbedded(manager)];
  const [id, match] = embedded ? ['f.rowid', 'search_tokens MATCH ?'] : ['f.seq', 'MATCH(f.tokens) AGAINST(? IN BOOLEAN MODE)'];
  return asHits(await ask<{ seq: number | string; docId: string }>(manager,
    `SELECT ${id} AS seq, e.doc_id AS docId FROM search_tokens f ${join} search_readers w ON w.reader = ? AND w.seq = ${id} ${join} search_entries e ON e.seq = ${id} ${join} submissions s ON s.id = e.doc_id
     WHERE ${match} AND ${id} <= ? AND ${sql} ORDER BY ${id} DESC LIMIT ${step.limit}`, [step.reader, askedOf(step.terms, embedded), edge, ...values]));
}

/** Both databases are told to go from the list to the texts and not the other way about. */
const inThisOrder = (manager: EntityManager): string => (isEmbedded(manager) ? 'CROSS JOIN' : 'STRAIGHT_JOIN');

/** All index words of all terms, in each database's way of asking. They are hexadecimal digits: nothing that was typed stands in it. */
function askedOf(terms: readonly string[], embedded: boolean): string {
  const wanted = [...new Set(terms.flatMap((term) => { const { words, beginning } = wantedWords(term); return beginning === null ? words : [`${beginning}*`]; }))];
  return embedded ? wanted.join(' AND ') : wanted.map((it) => `+${it}`).join(' ');
}

/** What every hit must fulfil: each term in its text, the filters, and the reader's scope as the rule itself says it. */
function fits(manager: EntityManager, { actor, terms, narrowed }: Looking): { sql: string; values: Value[] } {
  const { driver } = manager.connection;
  const submittedAt = manager.connection.getMetadata(Submission).findColumnWithPropertyName('submittedAt');
  const stored = (value: string | Date) => (value instanceof Date && submittedAt ? driver.preparePersistentValue(value, submittedAt) : value) as Value;
  const scoped: string[] = [];
  const put = (value: string | readonly string[]) => { const all = typeof value === 'string' ? [value] : value; scoped.push(...all); return all.map(() => '?').join(); };
  const conditions = [...terms.map(() => 'INSTR(e.search_text, ?) > 0'), ...narrowed.map(({ sql }) => sql), wholeScope(actor, put)];
  return { sql: conditions.join(' AND '), values: [...terms, ...narrowed.map(({ value }) => stored(value)), ...scoped] };
}

/** Whether some are still to be entered: then what was found may not be all. */
export async function isIndexing(manager: EntityManager): Promise<boolean> {
  const rows = await ask(manager, 'SELECT seq FROM search_entries WHERE made_with < ? LIMIT 1', [indexVersion]);
  return rows.length > 0;
}
