import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { keptOf, Reading } from '../bench/bare-read.ts';
import type { Decision } from '../bench/bare-read.ts';
import { Searching } from '../bench/bare-search.ts';
import { bareDatabase } from '../bench/bare-sql.ts';
import type { BareDatabase } from '../bench/bare-sql.ts';
import { Writing } from '../bench/bare-write.ts';
import { benchOptions } from '../bench/bench-options.ts';
import { benchTable, medianOf, resultOf } from '../bench/bench-report.ts';
import { Cast, Roster } from '../bench/cast.ts';
import type { Api } from '../bench/cast.ts';
import { invented } from '../bench/invented.ts';
import type { Turn } from '../bench/load.ts';
import { Patience } from '../bench/patience.ts';
import { Wire } from '../bench/wire.ts';
import { demoHouse, root } from './demo-house.ts';
import type { DemoHouse } from './demo-house.ts';

test('the ratio of a case is the median over its pairs, whatever one bad pair did', () => {
  const turn = (perSecond: number): Turn => ({ requests: 10, perSecond, samples: [1, 2, 3], cpuMs: 2, bytes: 100 });
  const pairs = [[80, 100], [90, 100], [10, 100], [85, 100], [70, 100]].map(([ours = 0, bare = 0]) => ({ ours: turn(ours), bare: turn(bare) }));
  const result = resultOf('submit', pairs);
  expect(result).toMatchObject({ ratio: 0.8, lowest: 0.1, highest: 0.9, cpuRatio: 1, ours: { perSecond: 80, medianMs: 2, bytes: 100, requests: 15 } });
  expect(benchTable([result], { database: 'SQLite', rows: 5, router: { medianMs: 1, p95Ms: 2, learnSeconds: 3, learntFrom: 4 } })).toContain('提交的 CPU 之比是 1.50');
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
});

test('a wrong option is named; invented texts are the same each time', () => {
  expect(() => benchOptions(['--only', 'home,all'])).toThrow('不认“all”');
  expect(benchOptions(['--rows', '500', '--json'])).toMatchObject({ rows: 500, json: true, only: ['home', 'inbox', 'search', 'submit', 'pass'] });
  expect(invented(20)).toEqual(invented(40).slice(0, 20));
});

const grown = ['moves', 'submissions', 'assignments', 'outbox', 'credit_entries', 'revisions', 'routings', 'notes', 'receipt_series', 'submission_co', 'incidents', 'search_entries', 'search_readers', 'search_tokens'];

describe('the bare side does the same work', () => {
  let house: DemoHouse;
  let wire: Wire;
  let sql: BareDatabase;
  let [member, head]: Api[] = [];
  const roster = new Roster(join(root, 'seeds'));
  const [writer] = roster.writers;
  const boss = roster.head('c-renzihuan');
  beforeAll(async () => {
    house = await demoHouse();
    wire = new Wire(house.url, 2);
    const cast = new Cast(new Patience(wire, new AbortController().signal, 10_000));
    if (!writer) throw new Error('no writer');
    [member, head] = [cast.phone(writer), cast.desk(boss)];
    sql = bareDatabase(join(house.folder, 'lvzhi.sqlite'));
  });
  afterAll(async () => { wire.close(); await house.close(); });

  const counts = async () => Object.fromEntries(await Promise.all(grown.map(async (table) => [table, Number((await sql.all(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.['n'])] as const)));
  /** What came to each table, and what was answered. */
  const during = async <T>(work: () => Promise<T>) => {
    const before = await counts();
    const answer = await work();
    const after = await counts();
    return { rows: Object.fromEntries(grown.map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)])), answer };
  };
  /** The names in a JSON answer; lists by their first item. */
  const shape = (value: unknown): unknown => (Array.isArray(value) ? value.slice(0, 1).map(shape) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, it]) => [key, shape(it)])) : null);
  const form = { kind: 'opinion' as const, noSecret: true as const, original: true as const, title: '临江街道河道垃圾漂浮、污水直排', situation: '河道两侧有污水直排口，垃圾漂浮，水质明显变差，生态环境部门来看过，水土流失也没有治理，排污企业超标排放废水。', suggestion: '建议生态环境部门查清排污口，落实河长制，整治水污染。' };

  test('a submit and a pass write the same number of rows into the same tables and answer with the same names', async () => {
    if (!member || !head || !writer) throw new Error('nobody plays');
    await member.submit({ key: 'bench-test-first', ...form });
    const ours = await during(() => (member as Api).submit({ key: 'bench-test-ours', ...form }));
    expect(ours.answer.doc.committee?.id).toBe('c-renzihuan');
    const [decided] = await sql.all('SELECT decision FROM routings WHERE submission_id = ?', [ours.answer.doc.id]);
    const reading = new Reading(sql, { ...await keptOf(sql), decisions: [JSON.parse(String(decided?.['decision'])) as Decision] });
    const writing = new Writing(reading);
    const [author, chief] = [reading.kept.people.get(writer.id), reading.kept.people.get(boss.id)];
    if (!author || !chief) throw new Error('nobody known');
    const bare = await during(async () => JSON.parse(JSON.stringify(await writing.submit(author, { key: 'bench-test-bare', title: form.title, situation: form.situation, suggestion: form.suggestion }))) as typeof ours.answer);
    expect(bare.rows).toEqual(ours.rows);
    expect(bare.rows).toMatchObject({ moves: 2, submissions: 1, assignments: 1, revisions: 1, routings: 1, credit_entries: 1 });
    expect(Object.keys(bare.answer.doc).sort()).toEqual(Object.keys(ours.answer.doc).sort());
    expect(shape(bare.answer.doc.routing?.candidates)).toEqual(shape(ours.answer.doc.routing?.candidates));

    const inbox = await head.listTasks({ box: 'review' });
    const bareInbox = JSON.parse(JSON.stringify(await reading.inbox(chief))) as typeof inbox;
    expect(bareInbox.rows.map(({ docId }) => docId)).toEqual(inbox.rows.map(({ docId }) => docId));
    expect(Object.keys(bareInbox.rows[0]?.submission ?? {}).sort()).toEqual(Object.keys(inbox.rows[0]?.submission ?? {}).sort());
    const home = await member.home({});
    const bareHome = JSON.parse(JSON.stringify(await reading.home(author))) as typeof home;
    expect(bareHome.held.map(({ id }) => id)).toEqual(home.held.map(({ id }) => id));
    expect(bareHome.unread).toBe(home.unread);
    expect(Object.keys(bareHome).sort()).toEqual(Object.keys(home).sort());

    const found = await head.findDocuments({ query: '污水直排' });
    const bareFound = JSON.parse(JSON.stringify(await new Searching(reading).search(chief, '污水直排'))) as typeof found;
    expect(bareFound.rows.map(({ id }) => id)).toEqual(found.rows.map(({ id }) => id));
    expect(found.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([ours.answer.doc.id, bare.answer.doc.id]));
    expect(bareFound.rows.map(({ hits }) => hits)).toEqual(found.rows.map(({ hits }) => hits));
    expect(Object.keys(bareFound).sort()).toEqual(Object.keys(found).sort());

    const passed = await during(() => (head as Api).pass({ id: ours.answer.doc.id, version: ours.answer.doc.version, key: 'bench-pass-ours' }));
    const barePassed = await during(() => writing.pass(chief, bare.answer.doc.id, { version: bare.answer.doc.version, key: 'bench-pass-bare' }));
    expect(barePassed.answer).toBeDefined();
    expect(barePassed.rows).toEqual(passed.rows);
    expect(passed.rows).toMatchObject({ moves: 1, assignments: 1 });
  });
});
