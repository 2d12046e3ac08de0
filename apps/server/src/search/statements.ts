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

/** The newest that fit, of everything under these marks: each mark is walked by itself, since one key in order ends early and several do not. */
export async function found(manager: EntityManager, looking: Looking): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const reader of looking.readers) hits.push(...await underOne(manager, { ...looking, reader }));
  const once = new Map(hits.map((it) => [it.seq, it]));
  return [...once.values()].sort((a, b) => b.seq - a.seq).slice(0, looking.limit);
}

async function underOne(manager: EntityManager, step: Step): Promise<Hit[]> {
  if (step.terms.length === 0) return near(manager, step, 0);
  const edge = await edgeOf(manager, step);
  const hits = await near(manager, step, edge);
  return hits.length >= step.limit || edge === 0 ? hits : [...hits, ...await far(manager, { ...step, limit: step.limit - hits.length }, edge)];
}

/** The place of the thousandth; 0 when there are not as many. */
async function edgeOf(manager: EntityManager, { reader, below = top }: Step): Promise<number> {
  const [row] = await ask<{ seq: number }>(manager, `SELECT seq FROM search_readers WHERE reader = ? AND seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ${newest}`, [reader, below]);
  return Number(row?.seq ?? 0);
}

const asHits = (rows: readonly { seq: number | string; docId: string }[]): Hit[] => rows.map(({ seq, docId }) => ({ seq: Number(seq), docId }));

/** Reads the texts from the newest on and stops when there are enough. */
async function near(manager: EntityManager, step: Step, edge: number): Promise<Hit[]> {
  const [join, { sql, values }] = [inThisOrder(manager), fits(manager, step)];
  return asHits(await ask(manager,
    `SELECT w.seq AS seq, e.doc_id AS docId FROM search_readers w ${join} search_entries e ON e.seq = w.seq ${join} submissions s ON s.id = e.doc_id
     WHERE w.reader = ? AND w.seq < ? AND w.seq > ? AND ${sql} ORDER BY w.seq DESC LIMIT ${step.limit}`, [step.reader, step.below ?? top, edge, ...values]));
}

/** Asks the index; the text decides, so that both steps find the same. */
async function far(manager: EntityManager, step: Step, edge: number): Promise<Hit[]> {
  const [join, { sql, values }, embedded] = [inThisOrder(manager), fits(manager, step), isEmbedded(manager)];
  const [id, match] = embedded ? ['f.rowid', 'search_tokens MATCH ?'] : ['f.seq', 'MATCH(f.tokens) AGAINST(? IN BOOLEAN MODE)'];
  return asHits(await ask(manager,
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
function fits(manager: EntityManager, { actor, terms, narrowed }: Step): { sql: string; values: Value[] } {
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
