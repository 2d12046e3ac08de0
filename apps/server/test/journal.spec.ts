import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Database } from '../src/platform/database.ts';
import { chain } from '../src/platform/journal.ts';
import type { Move } from '../src/platform/journal.ts';
import { journalSource } from '../src/platform/journal-source.ts';
import { faultIn, verifyJournal } from '../src/platform/journal-verify.ts';
import type { JournalSource, Standing } from '../src/platform/journal-verify.ts';
import { holder, plainMember, report } from './people.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

const states = ['draft', 'submitted', 'first_review', 'returned', 'editing'];
/** A document's journal as the spine writes it. */
function history(docId: string, count: number, salt = ''): Move[] {
  const rows: Move[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const row = {
      id: `${docId}${salt}m${seq}`, docKind: 'opinion' as const, docId, seq, action: `a${seq}`, fromState: states[(seq - 1) % 5] ?? '', toState: states[seq % 5] ?? '', personId: 'p201', post: 'member', bodyId: 'cppcc',
      madeAt: new Date(Date.UTC(2022, 6, 21, 1, seq)), detail: { after: { committeeId: `c-${seq}` } }, requestKey: null,
    };
    rows.push({ ...row, hash: chain(rows.at(-1)?.hash ?? '', row) });
  }
  return rows;
}
const standingOf = (rows: readonly Move[]): Standing => ({ version: rows.length, hash: rows.at(-1)?.hash ?? '', state: rows.at(-1)?.toState ?? '' });
const renumbered = (rows: readonly Move[]): Move[] => rows.map((row, index) => ({ ...row, seq: index + 1 }));
const foundIn = (rows: readonly Move[], standing: Standing) => faultIn(rows, standing).map(({ seq, what }) => `${seq} ${what}`);
/** The row with a link that fits the one before it: what somebody who knows the rule would write. */
const relinked = (rows: readonly Move[], at: number, change: Partial<Move>): Move[] => rows.map((row, index) => {
  if (index !== at) return row;
  const changed = { ...row, ...change };
  return { ...changed, hash: chain(rows[at - 1]?.hash ?? '', changed) };
});

describe('一件的经过被动过，说得出第一处', () => {
  const rows = history('d1', 6);
  const standing = standingOf(rows);
  const put = (at: number, row: Move) => renumbered([...rows.slice(0, at), row, ...rows.slice(at)]);

  test('nothing was touched: nothing is found', () => { expect(foundIn(rows, standing)).toEqual([]); });
  test('a row was changed, first, middle or last', () => {
    for (const at of [0, 2, 5]) expect(foundIn(rows.map((row, index) => (index === at ? { ...row, personId: 'p999' } : row)), standing)).toEqual([`${at + 1} changed`]);
  });
  test('a row was changed and linked anew: the break shows at the next row, or at the end', () => {
    expect(foundIn(relinked(rows, 2, { personId: 'p999' }), standing)).toEqual(['4 changed']);
    expect(foundIn(relinked(rows, 5, { personId: 'p999' }), standing)).toEqual(['6 changed']);
  });
  test('a row was deleted, and its gap left open', () => {
    for (const at of [0, 2, 4]) expect(foundIn(rows.filter((_, index) => index !== at), standing)).toEqual([`${at + 1} missing`]);
  });
  test('a row was deleted, and the rest moved up', () => {
    for (const at of [0, 2, 4]) expect(foundIn(renumbered(rows.filter((_, index) => index !== at)), standing)).toEqual([`${at + 1} missing`]);
  });
  test('a row was inserted, with a link or without', () => {
    const [foreign] = history('d1', 1, 'x');
    if (!foreign) throw new Error('no row');
    for (const at of [0, 3]) expect(foundIn(put(at, foreign), standing)).toEqual([`${at + 1} inserted`]);
    const linked = { ...foreign, seq: 4 };
    expect(foundIn(put(3, { ...linked, hash: chain(rows[2]?.hash ?? '', linked) }), standing)).toEqual(['4 inserted']);
    const last = { ...foreign, seq: 7 };
    expect(foundIn([...rows, { ...last, hash: chain(standing.hash, last) }], standing)).toEqual(['7 inserted']);
  });
  test('two rows changed places, next to each other or apart', () => {
    for (const [a, b] of [[1, 2], [1, 4], [0, 5], [4, 5]] as const) {
      const swapped = [...rows];
      [swapped[a], swapped[b]] = [rows[b] as Move, rows[a] as Move];
      expect(foundIn(renumbered(swapped), standing)).toEqual([`${a + 1} reordered`]);
    }
  });
  test('the end was cut off, one row or three', () => {
    expect(foundIn(rows.slice(0, 5), standing)).toEqual(['6 cut_off']);
    expect(foundIn(rows.slice(0, 3), standing)).toEqual(['4 cut_off']);
  });
  test('the document itself was changed, without a move', () => {
    expect(foundIn(rows, { ...standing, state: 'editing' })).toEqual(['6 document']);
    expect(foundIn(rows, { ...standing, version: 7 })).toEqual(['6 document']);
  });
});

/** A journal in memory, handed out in pieces of `size` rows. */
const inMemory = (histories: readonly Move[][], size: number, silent: readonly string[] = []): JournalSource => ({
  async * moves() { const all = histories.flat(); for (let from = 0; from < all.length; from += size) { await Promise.resolve(); yield all.slice(from, from + size); } },
  documents: (_, ids) => Promise.resolve(new Map(histories.filter((rows) => ids.includes(rows[0]?.docId ?? '')).map((rows) => [rows[0]?.docId ?? '', standingOf(rows)]))),
  async * silent() { await Promise.resolve(); for (const id of silent) yield { kind: 'opinion' as const, id }; },
});

test('any histories, in pieces of any size, verify clean; one changed row among them is named', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 20 }), fc.nat(), async (lengths, size, pick) => {
    const histories = lengths.map((count, index) => history(`d${String(index).padStart(3, '0')}`, count));
    const moves = lengths.reduce((sum, count) => sum + count, 0);
    expect(await verifyJournal(inMemory(histories, size))).toEqual({ documents: lengths.length, moves, faults: [] });
    const all = histories.flat();
    const hurt = all[pick % all.length] as Move;
    const standings = new Map(histories.map((rows) => [rows[0]?.docId ?? '', standingOf(rows)]));
    const broken = histories.map((rows) => rows.map((row) => (row === hurt ? { ...row, action: 'forged' } : row)));
    const { faults } = await verifyJournal({ ...inMemory(broken, size), documents: (_, ids) => Promise.resolve(new Map([...standings].filter(([id]) => ids.includes(id)))) });
    expect(faults).toMatchObject([{ docId: hurt.docId, seq: hurt.seq, what: 'changed' }]);
  }), { numRuns: 40 });
});

test('a document of which the journal knows nothing is cut off from its first step', async () => {
  expect((await verifyJournal(inMemory([history('d1', 2)], 10, ['d2']))).faults).toMatchObject([{ docId: 'd2', seq: 1, what: 'cut_off' }]);
});

describe('on the real tables', () => {
  let house: Serving;
  beforeAll(async () => { house = await serving({ past: true }); });
  afterAll(async () => { await house.close(); });
  const verified = (size?: number) => house.app.get(Database).write((manager) => verifyJournal(journalSource(manager, size)));
  /** What somebody with access to the tables does, seen, and put back. */
  const seenAfter = (...statements: readonly string[]) => house.source.transaction(async (manager) => {
    for (const sql of statements) await manager.query(sql);
    const { faults } = await verifyJournal(journalSource(manager));
    throw new Seen(faults.map(({ docId, seq, what }) => `${docId} ${seq} ${what}`));
  }).catch((error: unknown) => { if (error instanceof Seen) return error.found; throw error; });
  class Seen extends Error { constructor(readonly found: readonly string[]) { super(); } }

  test('the demonstration with its past, and a report that was submitted, passed and undone, verify clean', async () => {
    const author = await house.as(plainMember().id);
    const { doc } = await author.submit(report());
    const office = await house.as(holder('information_editor').id, 'desk');
    const placed = doc.committee ? doc : (await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa' })).doc;
    const head = await house.as(holder('committee_head', placed.committee?.id).id, 'desk');
    const { undo } = await head.pass({ id: doc.id, version: placed.version });
    await head.undo({ id: doc.id, moveId: undo?.moveId ?? '' });
    const { documents, moves, faults } = await verified();
    expect(faults).toEqual([]);
    expect(documents).toBeGreaterThan(50);
    expect(moves).toBeGreaterThan(documents);
    expect(await verified(7)).toEqual({ documents, moves, faults });
  });

  test('a row changed, deleted, put elsewhere or cut off in the tables is named', async () => {
    const [{ id } = { id: '' }] = await house.source.query<{ id: string }[]>("SELECT id FROM submissions WHERE version >= 3 AND kind = 'opinion' ORDER BY id LIMIT 1");
    const [{ version } = { version: 0 }] = await house.source.query<{ version: number }[]>(`SELECT version FROM submissions WHERE id = '${id}'`);
    const at = (seq: number) => `doc_id = '${id}' AND seq = ${seq}`;
    expect(await seenAfter(`UPDATE moves SET person_id = 'p999' WHERE ${at(2)}`)).toEqual([`${id} 2 changed`]);
    expect(await seenAfter(`UPDATE moves SET detail = '{"forged":true}' WHERE ${at(1)}`)).toEqual([`${id} 1 changed`]);
    expect(await seenAfter(`DELETE FROM moves WHERE ${at(2)}`)).toEqual([`${id} 2 missing`]);
    expect(await seenAfter(`DELETE FROM moves WHERE ${at(version)}`)).toEqual([`${id} ${version} cut_off`]);
    expect(await seenAfter(`UPDATE moves SET seq = 99 WHERE ${at(1)}`, `UPDATE moves SET seq = 1 WHERE ${at(2)}`, `UPDATE moves SET seq = 2 WHERE ${at(99)}`)).toEqual([`${id} 1 reordered`]);
    expect(await seenAfter(`UPDATE submissions SET state = 'not_adopted' WHERE id = '${id}'`)).toEqual([`${id} ${version} document`]);
    expect(await seenAfter(`DELETE FROM moves WHERE doc_id = '${id}'`)).toEqual([`${id} 1 cut_off`]);
    expect((await verified()).faults).toEqual([]);
  });
});
