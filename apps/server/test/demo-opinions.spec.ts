import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BadOption } from '../bench/demo-options.ts';
import { fateOf, oneYear } from '../bench/fates.ts';
import { OtherRun } from '../bench/ledger.ts';
import { playYear } from '../bench/opinions.ts';
import type { YearListener } from '../bench/opinions.ts';
import { yearOptions } from '../bench/opinions-options.ts';
import type { YearOptions } from '../bench/opinions-options.ts';
import { Agenda, momentsOf } from '../bench/year.ts';
import { yearTableOf } from '../bench/year-tally.ts';
import { demoHouse, root } from './demo-house.ts';
import type { DemoHouse } from './demo-house.ts';

const fixture = resolve(import.meta.dirname, 'fixtures/year-messages.ndjson');
const seeds = join(root, 'seeds');

describe('一年怎样排开', () => {
  test('the office works on work days of the calendar, who writes also on others', () => {
    const { moments, writing, from, to } = momentsOf(new Date('2022-09-29T02:00:00Z'), 10, seeds);
    expect([from, to]).toEqual(['2022-09-30', '2022-10-09']);
    // 30 September, then the holiday until the 7th, and the make-up days of the 8th and 9th.
    expect(moments.slice(0, writing).map(({ isOffice }) => isOffice)).toEqual([...new Array<boolean>(4).fill(true), ...new Array<boolean>(7).fill(false), ...new Array<boolean>(8).fill(true)]);
  });
  test('what falls on a day off waits for the office; what falls after the end is left', () => {
    const { moments } = momentsOf(new Date('2022-09-29T02:00:00Z'), 10, seeds);
    const agenda = new Agenda<string>(moments);
    expect(agenda.plan('a', 4)).toBe(true);
    expect(agenda.take(11)).toEqual(['a']);
    expect(agenda.isEmpty).toBe(true);
    expect(agenda.plan('b', moments.length)).toBe(false);
  });
  test('chance keeps to the proportions of one city\'s year', () => {
    const fates = Array.from({ length: 20_000 }, (_, no) => fateOf(1, no));
    const edited = fates.filter(({ end }) => end === 'edited');
    expect(edited.length / fates.length).toBeCloseTo(oneYear.edited / oneYear.received, 1);
    expect(edited.filter(({ national }) => national).length / fates.length).toBeCloseTo(oneYear.national / oneYear.received, 2);
    expect(fateOf(1, 7)).toEqual(fateOf(1, 7));
  });
  test('a wrong command line is answered in one line', () => {
    expect(() => yearOptions([])).toThrow('npm run demo:opinions -- 文件.jsonl');
    expect(() => yearOptions(['a', '--days', '400'])).toThrow(BadOption);
    expect(yearOptions(['--help'])).toBeUndefined();
  });
});

describe('在真的服务上演一年', () => {
  let house: DemoHouse;
  let folder: string;
  beforeAll(async () => { house = await demoHouse({ jobs: true }); folder = mkdtempSync(join(tmpdir(), 'lvzhi-demo-year-')); });
  afterAll(async () => { await house.close(); rmSync(folder, { recursive: true, force: true }); });

  const quiet: YearListener = { tick: () => undefined, say: () => undefined };
  const options = (more: Partial<YearOptions> = {}): YearOptions => ({ file: fixture, url: house.url, data: undefined, state: join(folder, 'year.state'), seed: 288, limit: 0, parallel: 4, run: '', waitSeconds: 20, resume: false, json: false, days: 7, ...more });

  test('a year that was stopped goes on on its clock; every report comes to an end, and the figures are the house\'s own', async () => {
    const packed = join(folder, 'year.gz');
    writeFileSync(packed, gzipSync(readFileSync(fixture)));
    const stop = new AbortController();
    const halted = await playYear(options({ file: packed }), root, house.url, stop.signal, { ...quiet, tick: (_, done) => { if (done >= 5) stop.abort(); } });
    expect(halted).toMatchObject({ stopped: true });
    expect(halted.submitted).toBeGreaterThanOrEqual(4);
    expect(halted.notYet).toBeGreaterThan(0);

    const tally = await playYear(options({ resume: true }), root, house.url, new AbortController().signal, quiet);
    expect(tally).toMatchObject({ submitted: 13, notYet: 0, open: 0, lines: { good: 14, blank: 1, bad: 0 }, stopped: false });
    expect(Object.values(tally.refused)).toEqual([1]);
    expect(Object.values(tally.ended).reduce((sum, count) => sum + count, 0)).toBe(13);
    expect(tally.total.received).toBe(13);
    expect(tally.total.issued).toBe(tally.ended['sent']);
    expect(tally.ended['merged']).toBeGreaterThanOrEqual(1);
    expect(tally.topics[0]).toMatchObject({ reports: 3, reporters: 3 });
    expect(tally.medians.review).toBeGreaterThan(0);
    const table = yearTableOf(tally, { file: 'x', seed: 288, seconds: 1 });
    expect(table).toContain('热点（最热的十件事）');
    expect(table).toContain('滨江小区燃气');
  });

  test('a year of another file, or on another database, is not gone on with', async () => {
    await expect(playYear(options({ resume: true, seed: 289 }), root, house.url, new AbortController().signal, quiet)).rejects.toThrow(OtherRun);
  });

  test('the clock of a demonstration is put ahead and never back', async () => {
    const ask = async (to: string) => (await fetch(`${house.url}/__fake/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to }) }));
    const ahead = await (await ask('2024-01-01T00:00:00Z')).json() as { now: string };
    expect(ahead.now.slice(0, 10)).toBe('2024-01-01');
    const back = await (await ask('2022-01-01T00:00:00Z')).json() as { now: string };
    expect(back.now.slice(0, 10)).toBe('2024-01-01');
    expect((await ask('yesterday')).status).toBe(400);
  });
});
