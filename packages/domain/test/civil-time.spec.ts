/** Civil time of Shanghai, wherever the machine stands. Runs under three zones. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dateOf, dateWords, daysBetween, instantOf, instantWords, timeOf, weekdayOf, yearOf } from '../src/civil-time.ts';
import { weekdayWords } from '../src/words.ts';

const utc = (text: string) => new Date(text);

describe('上海的日子和钟点', () => {
  test.each([
    ['2022-07-21T15:59:59.999Z', '2022-07-21', '23:59'],
    ['2022-07-21T16:00:00.000Z', '2022-07-22', '00:00'],
    ['2022-12-31T15:59:59Z', '2022-12-31', '23:59'],
    ['2022-12-31T16:00:00Z', '2023-01-01', '00:00'],
    ['2024-02-28T16:00:00Z', '2024-02-29', '00:00'],
    ['2024-02-29T15:59:59Z', '2024-02-29', '23:59'],
    ['2024-02-29T16:00:00Z', '2024-03-01', '00:00'],
    ['2023-02-28T16:00:00Z', '2023-03-01', '00:00'],
    ['2022-03-13T10:00:00Z', '2022-03-13', '18:00'],
    ['2022-11-06T09:00:00Z', '2022-11-06', '17:00'],
  ])('%s 在上海是 %s %s', (at, on, time) => {
    expect([dateOf(utc(at)), timeOf(utc(at))]).toEqual([on, time]);
  });

  test.each([
    ['2022-07-21', '09:40', '2022-07-21T01:40:00.000Z'],
    ['2022-07-21', '00:00', '2022-07-20T16:00:00.000Z'],
    ['2022-01-01', '07:59', '2021-12-31T23:59:00.000Z'],
    ['2024-02-29', '23:59', '2024-02-29T15:59:00.000Z'],
    ['2022-07-21', '24:00', '2022-07-21T16:00:00.000Z'],
  ])('上海 %s %s 是 %s', (on, time, at) => { expect(instantOf(on, time).toISOString()).toBe(at); });

  test('日子和钟点换成时刻再换回来，还是原样', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), fc.nat(1439), (days, minutes) => {
      const on = addDays('2000-01-01', days);
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      expect([dateOf(instantOf(on, time)), timeOf(instantOf(on, time))]).toEqual([on, time]);
      expect([daysBetween('2000-01-01', on), yearOf(on)]).toEqual([days, Number(on.slice(0, 4))]);
      expect(weekdayOf(on)).toBe((6 + days) % 7);
    }));
  });

  test.each([
    ['2024-02-28', 1, '2024-02-29'], ['2024-02-28', 2, '2024-03-01'], ['2023-02-28', 1, '2023-03-01'], ['2022-12-31', 1, '2023-01-01'], ['2023-01-01', -1, '2022-12-31'], ['2022-03-31', 30, '2022-04-30'],
  ])('%s 过 %i 天是 %s', (on, days, then) => {
    expect(addDays(on, days)).toBe(then);
    expect(daysBetween(on, then)).toBe(days);
  });

  test.each([['2022-07-21', '星期四'], ['2022-07-24', '星期日'], ['2024-02-29', '星期四'], ['2027-01-01', '星期五']])('%s 是%s', (on, words) => { expect(weekdayWords(weekdayOf(on))).toBe(words); });
});

describe('说给人听的日子', () => {
  test.each([
    ['2022-07-26', '2022-07-21', '7月26日'], ['2023-01-03', '2022-12-30', '2023年1月3日'], ['2021-12-31', '2022-01-01', '2021年12月31日'], ['2022-12-01', undefined, '12月1日'],
  ])('%s 在 %s 那天说成“%s”', (on, today, words) => { expect(dateWords(on, today)).toBe(words); });

  test.each([
    ['2022-07-21T09:30:00Z', '2022-07-21T01:40:00Z', '今天 17:30'],
    ['2022-07-21T16:00:00Z', '2022-07-21T15:59:59Z', '明天 0:00'],
    ['2022-07-21T15:59:59Z', '2022-07-21T16:00:00Z', '昨天 23:59'],
    ['2022-07-26T01:05:00Z', '2022-07-21T01:40:00Z', '7月26日 9:05'],
    ['2022-12-31T16:30:00Z', '2022-12-31T01:00:00Z', '明天 0:30'],
    ['2023-01-03T04:00:00Z', '2022-12-31T01:00:00Z', '2023年1月3日 12:00'],
    ['2022-07-18T04:00:00Z', '2022-07-21T01:00:00Z', '7月18日 12:00'],
  ])('%s 在 %s 说成“%s”', (at, now, words) => { expect(instantWords(utc(at), utc(now))).toBe(words); });
});

test('domain 的源码不看机器的钟，也不用机器的时区', () => {
  const sources = readdirSync(new URL('../src/', import.meta.url), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(20);
  for (const path of sources) {
    const source = readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');
    expect([path, source.match(/\.get(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)\(|Date\.now\(|new Date\(\)|toLocale\w*String|\bIntl\b/g)]).toEqual([path, null]);
  }
});
