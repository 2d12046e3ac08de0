/** Work days by the State Council's notices, 2022 to 2026; 2027 is not announced yet. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf, countedUntil, workdaysAfter, workdaysLeft } from '../src/calendar.ts';
import { addDays, daysBetween, weekdayOf } from '../src/civil-time.ts';
import { calendar, calendarSeed } from './seeds.ts';

const between = (first: string, last: string): string[] => Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));

describe('放假安排', () => {
  test.each([
    ['2022 元旦', '2022-01-01', '2022-01-03', ''], ['2022 春节', '2022-01-31', '2022-02-06', '2022-01-29 2022-01-30'], ['2022 清明', '2022-04-03', '2022-04-05', '2022-04-02'],
    ['2022 劳动节', '2022-04-30', '2022-05-04', '2022-04-24 2022-05-07'], ['2022 端午', '2022-06-03', '2022-06-05', ''], ['2022 中秋', '2022-09-10', '2022-09-12', ''],
    ['2022 国庆', '2022-10-01', '2022-10-07', '2022-10-08 2022-10-09'], ['2023 元旦', '2022-12-31', '2023-01-02', ''], ['2023 春节', '2023-01-21', '2023-01-27', '2023-01-28 2023-01-29'],
    ['2023 清明', '2023-04-05', '2023-04-05', ''], ['2023 劳动节', '2023-04-29', '2023-05-03', '2023-04-23 2023-05-06'], ['2023 端午', '2023-06-22', '2023-06-24', '2023-06-25'],
    ['2023 中秋国庆', '2023-09-29', '2023-10-06', '2023-10-07 2023-10-08'], ['2024 春节', '2024-02-10', '2024-02-17', '2024-02-04 2024-02-18'], ['2024 清明', '2024-04-04', '2024-04-06', '2024-04-07'],
    ['2024 劳动节', '2024-05-01', '2024-05-05', '2024-04-28 2024-05-11'], ['2024 中秋', '2024-09-15', '2024-09-17', '2024-09-14'], ['2024 国庆', '2024-10-01', '2024-10-07', '2024-09-29 2024-10-12'],
    ['2025 春节', '2025-01-28', '2025-02-04', '2025-01-26 2025-02-08'], ['2025 劳动节', '2025-05-01', '2025-05-05', '2025-04-27'], ['2025 国庆中秋', '2025-10-01', '2025-10-08', '2025-09-28 2025-10-11'],
    ['2026 元旦', '2026-01-01', '2026-01-03', '2026-01-04'], ['2026 春节', '2026-02-15', '2026-02-23', '2026-02-14 2026-02-28'], ['2026 国庆', '2026-10-01', '2026-10-07', '2026-09-20 2026-10-10'],
  ])('%s 从 %s 放到 %s，补班 %s', (_name, first, last, makeUp) => {
    expect(between(first, last).filter((on) => calendar.isWorkday(on))).toEqual([]);
    expect(between(first, last).every((on) => calendar.nameOf(on) !== undefined)).toBe(true);
    for (const on of makeUp.split(' ').filter((it) => it !== '')) expect([on, calendar.isWorkday(on), weekdayOf(on) % 6]).toEqual([on, true, 0]);
  });

  test('没有特别安排的日子，星期一到五上班，周末休息', () => {
    expect(between('2022-07-18', '2022-07-24').map((on) => calendar.isWorkday(on))).toEqual([true, true, true, true, true, false, false]);
    expect(calendar.nameOf('2022-07-23')).toBeUndefined();
  });

  test('每个补班日都在周末，每一天只安排一次，年份都登记过', () => {
    const days = calendarSeed.days.map(({ on }) => on);
    expect(new Set(days).size).toBe(days.length);
    expect(days).toEqual([...days].sort());
    expect(calendarSeed.days.filter(({ on, kind }) => kind === 'work' && ![0, 6].includes(weekdayOf(on)))).toEqual([]);
    expect([...new Set(days.map((on) => Number(on.slice(0, 4))))]).toEqual([2022, 2023, 2024, 2025, 2026]);
  });

  test('2027 年的安排还没有公布，只知道周末', () => {
    expect([2022, 2023, 2024, 2025, 2026, 2027].map((year) => calendar.isProvisional(year))).toEqual([false, false, false, false, false, true]);
    expect(calendar.isWorkday('2027-10-01')).toBe(true);
    expect(calendar.isProvisional(2031)).toBe(true);
  });
});

describe('第几个工作日', () => {
  const words = (from: string, count: number) => {
    const { on, skipped, makeUp, provisional } = workdaysAfter(calendar, from, count);
    return `${on} ${[...skipped.map(({ name, days }) => `${name}${days}`), ...makeUp.map((it) => `+${it.slice(5)}`), ...(provisional ? ['暂定'] : [])].join(' ')}`.trim();
  };

  test.each([
    ['2022-03-25', 13, '2022-04-14 周末4 清明3 +04-02'],
    ['2022-01-28', 5, '2022-02-09 春节7 +01-29 +01-30'],
    ['2022-04-22', 3, '2022-04-26 周末1 +04-24'],
    ['2022-04-29', 2, '2022-05-06 劳动节5'],
    ['2022-05-06', 2, '2022-05-09 周末1 +05-07'],
    ['2022-06-02', 1, '2022-06-06 端午3'],
    ['2022-07-21', 3, '2022-07-26 周末2'],
    ['2022-07-23', 3, '2022-07-27 周末1'],
    ['2022-09-09', 1, '2022-09-13 中秋3'],
    ['2022-09-29', 3, '2022-10-09 国庆节7 +10-08 +10-09'],
    ['2022-10-03', 1, '2022-10-08 国庆节4 +10-08'],
    ['2022-12-30', 1, '2023-01-03 元旦3'],
    ['2023-01-20', 3, '2023-01-30 春节7 +01-28 +01-29'],
    ['2023-04-04', 1, '2023-04-06 清明1'],
    ['2023-06-21', 2, '2023-06-26 端午3 +06-25'],
    ['2023-09-28', 1, '2023-10-07 中秋1 国庆节7 +10-07'],
    ['2024-02-09', 1, '2024-02-18 春节8 +02-18'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2024-04-03', 2, '2024-04-08 清明3 +04-07'],
    ['2024-09-13', 2, '2024-09-18 中秋3 +09-14'],
    ['2024-09-27', 3, '2024-10-08 周末1 国庆节7 +09-29'],
    ['2025-01-24', 3, '2025-02-05 周末1 春节8 +01-26'],
    ['2025-04-30', 1, '2025-05-06 劳动节5'],
    ['2025-09-30', 2, '2025-10-10 国庆节7 中秋1'],
    ['2025-10-10', 1, '2025-10-11 +10-11'],
    ['2025-12-31', 1, '2026-01-04 元旦3 +01-04'],
    ['2026-02-13', 2, '2026-02-24 春节9 +02-14'],
    ['2026-09-18', 2, '2026-09-21 周末1 +09-20'],
    ['2026-09-30', 2, '2026-10-09 国庆节7'],
    ['2026-12-31', 2, '2027-01-04 周末2 暂定'],
  ])('%s 之后第 %i 个工作日：%s', (from, count, expected) => { expect(words(from, count)).toBe(expected); });

  test('第零个工作日就是当天，什么也没跳过', () => { expect(workdaysAfter(calendar, '2022-07-23', 0)).toEqual({ on: '2022-07-23', skipped: [], makeUp: [], provisional: false }); });

  const anyDay = fc.integer({ min: 0, max: 365 * 5 }).map((days) => addDays('2022-01-01', days));

  test('算出的总是工作日，跳过的加上算进的正好是走过的天数', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (from, count) => {
      const { on, skipped, makeUp } = workdaysAfter(calendar, from, count);
      expect(calendar.isWorkday(on)).toBe(true);
      expect(skipped.reduce((sum, { days }) => sum + days, 0) + count).toBe(daysBetween(from, on));
      expect(makeUp.every((it) => it > from && it <= on && calendar.isWorkday(it))).toBe(true);
      expect(workdaysLeft(calendar, from, on)).toBe(count);
      expect(countedUntil(calendar, from, on)).toEqual(workdaysAfter(calendar, from, count));
    }));
  });

  test('晚一天起算，不会早一天到期', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 20 }), (from, count) => { expect(workdaysAfter(calendar, addDays(from, 1), count).on >= workdaysAfter(calendar, from, count).on).toBe(true); }));
  });

  test('临时增加的假日和补班，重新一算就起作用', () => {
    const rest = calendarOf([...calendarSeed.days, { on: '2022-07-25', kind: 'rest', name: '抗洪休整' }], [2022]);
    expect(workdaysAfter(rest, '2022-07-21', 3)).toEqual({ on: '2022-07-27', skipped: [{ name: '周末', days: 2 }, { name: '抗洪休整', days: 1 }], makeUp: [], provisional: false });
    const work = calendarOf([...calendarSeed.days, { on: '2022-07-23', kind: 'work', name: '补班' }], [2022]);
    expect(workdaysAfter(work, '2022-07-21', 3)).toEqual({ on: '2022-07-25', skipped: [{ name: '周末', days: 1 }], makeUp: ['2022-07-23'], provisional: false });
  });

  test.each([['2022-07-21', '2022-07-26', 3], ['2022-07-26', '2022-07-26', 0], ['2022-07-27', '2022-07-26', 0], ['2022-09-30', '2022-10-09', 2], ['2022-07-22', '2022-07-24', 0]])('%s 到 %s 还剩 %i 个工作日', (today, until, left) => {
    expect(workdaysLeft(calendar, today, until)).toBe(left);
  });
});
