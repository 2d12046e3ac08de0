/** npm run demo:proposals: a part of its half-year, stopped in between and gone on with. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BadOption } from '../bench/demo-options.ts';
import { fatesOf, received } from '../bench/proposal-fates.ts';
import { beginsAt, playProposals } from '../bench/proposals.ts';
import { proposalsOptions } from '../bench/proposals-options.ts';
import { proposalsTableOf } from '../bench/proposals-tally.ts';
import { Database } from '../src/platform/database.ts';
import { Mark } from '../src/platform/marks.ts';
import { DemoService } from '../src/seeding/demo.service.ts';
import { demoHouse, root } from './demo-house.ts';
import type { DemoHouse } from './demo-house.ts';

let house: DemoHouse;
beforeAll(async () => { house = await demoHouse({ begins: beginsAt }); });
afterAll(() => house.close());

test('去向和办复情况照演示城市的画面：收到 152 件，112 件主案里 103 件已答复，并案都跟着一件主案', () => {
  const units = Array.from({ length: 60 }, (_, at) => `u-${at}`);
  const fates = fatesOf([...units, 'u-zhujian'], 1);
  const count = (is: (fate: (typeof fates)[number]) => boolean): number => fates.filter(is).length;
  expect(fates.map(({ no }) => no)).toEqual(Array.from({ length: received }, (_, at) => at + 1));
  expect((['filed', 'merged', 'to_opinion', 'to_suggestion', 'rejected'] as const).map((end) => count((it) => it.end === end))).toEqual([112, 14, 15, 7, 4]);
  const answered = fates.filter((it) => it.end === 'filed' && (it.halts === undefined || it.halts === 'unrated'));
  expect((['A', 'B', 'C', 'D'] as const).map((code) => answered.filter((it) => it.class === code).length)).toEqual([47, 41, 13, 2]);
  expect([count(({ collective }) => collective !== undefined), count((it) => it.end === 'filed' && it.talked), count(({ late }) => late)]).toEqual([38, 108, 5]);
  const kinds = fates.flatMap((it) => it.collective ? [{ ...it.collective, inPlenary: it.inPlenary, end: it.end }] : []);
  expect([new Set(kinds.map(({ kind }) => kind)).size, kinds.filter(({ end }) => end === 'filed').length, kinds.filter(({ end }) => end === 'merged').length]).toEqual([5, 34, 4]);
  expect(kinds.filter(({ inPlenary }) => !inPlenary).map(({ kind }) => kind)).toEqual(expect.not.arrayContaining(['sector', 'group']));
  const mains = new Set(fates.filter((it) => it.end === 'filed' && it.halts === undefined).map(({ no }) => no));
  expect(fates.filter(({ end }) => end === 'merged').every(({ main = 0 }) => mains.has(main))).toBe(true);
});

test('演到一半停下，再接着演，一件不多一件不少，数字和各件的办法一致', async () => {
  const options = { data: undefined, seed: 1, limit: 7, parallel: 4, waitSeconds: 30, json: false };
  const stopping = new AbortController();
  const first = await playProposals(options, root, house.url, stopping.signal, { tick: (phase, done) => { if (phase === 'moments' && done === 60) stopping.abort(); }, say: () => undefined });
  expect([first.stopped, first.figures]).toEqual([true, undefined]);
  const second = await playProposals(options, root, house.url, new AbortController().signal, { tick: () => undefined, say: () => undefined });
  const counts: Readonly<Record<string, number | undefined>> = second.figures?.total.counts ?? {};
  const total = Object.values(second.ends).reduce((sum, count) => sum + count, 0);
  expect([second.submitted, second.on, total]).toEqual([counts['received'], '2022-07-21', counts['received']]);
  const ends = (...names: readonly string[]): number => names.reduce((sum, name) => sum + (second.ends[name] ?? 0), 0);
  expect(counts).toMatchObject({ filed: ends('closed', 'replied', 'handling', 'rehandling', 'merged'), due: ends('closed', 'replied', 'handling', 'rehandling'), replied: ends('closed', 'replied', 'rehandling'), closed: ends('closed') });
  expect(counts['closed']).toBeGreaterThan(0);
  expect(counts['collective']).toBeGreaterThan(0);
  expect(proposalsTableOf(second, { seed: 1, seconds: 1 })).toContain(`收到                 ${String(counts['received']).padStart(5)}`);
}, 120_000);

test('演过的一年打开来看，里面不会再加上另一份演示数据', async () => {
  const mark = () => house.app.get(Database).read((manager) => manager.findOneBy(Mark, { name: 'demo.past' }));
  await house.app.get(DemoService).loadPast();
  expect(await mark()).toMatchObject({ value: 'none' });
  await house.app.get(DemoService).loadPast();
});

test('写错的选项说清楚，--help 不演', () => {
  expect(() => proposalsOptions(['--seed', '很多'])).toThrow(BadOption);
  expect(() => proposalsOptions(['--nothing'])).toThrow(BadOption);
  expect(proposalsOptions(['--help'])).toBeUndefined();
});
