/** The State Council's notice as a clerk has it: pasted as published, or as a table. */
import { describe, expect, test } from '@jest/globals';
import { checkCalendarYear } from '../src/rules/calendar-check.ts';
import { holidayLines, readHolidays, spanWords } from '../src/rules/holiday-file.ts';
import { calendarSeed } from './seeds.ts';

const read = (text: string, year: number) => readHolidays(holidayLines(text), year);
const bad = (text: string, year = 2025) => read(text, year).rows.filter(({ verdict }) => verdict === 'bad').map(({ line, words }) => `${line} ${words}`);
const plain = (days: readonly { on: string; kind: string }[]) => days.map(({ on, kind }) => `${on} ${kind}`).sort();

const notices: Record<number, string> = {
  2025: `各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`,
  2026: `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`,
};

describe('放假通知', () => {
  test.each(Object.entries(notices))('%s 年的通知原样粘贴，读出来和日历里的一天不差', (year, text) => {
    const { days, rows, bad: faults } = read(text, Number(year));
    expect([faults, rows.filter(({ verdict }) => verdict === 'bad')]).toEqual([0, []]);
    expect(plain(days)).toEqual(plain(calendarSeed.days.filter(({ on }) => on.startsWith(year))));
    expect(days.find(({ kind }) => kind === 'work')?.name).toMatch(/补班$/);
  });

  test('通知里的套话没有读，也说出来；节日的一行读到什么也说出来', () => {
    const { rows } = read(notices[2025] ?? '', 2025);
    expect(rows.filter(({ verdict }) => verdict === 'passed').map(({ line }) => line)).toEqual([1, 2, 9]);
    expect(rows.find(({ line }) => line === 4)).toMatchObject({ verdict: 'read', words: '放假 8 天：1月28日至2月4日；上班：1月26日、2月8日' });
  });

  test('元旦从前一年的十二月放起', () => {
    const across = '2022-12-31 rest,2023-01-01 rest,2023-01-02 rest'.split(',');
    for (const text of ['一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。', '一、元旦：12月31日（周六）至1月2日（周一）放假，共3天。']) expect(plain(read(text, 2023).days)).toEqual(across);
  });

  test('一行一个节日的表：日期的写法、全角数字、没有补班的都认得', () => {
    const table = '节日\t放假时间\t天数\t调休上班\n元旦\t1月1日\t1\t无\n春节\t2025-01-28至2025-02-04\t8天\t1月26日、２月８日\n清明节\t4.4-4.6\t３\t\n劳动节\t5月1日—5月5日\t5\t4/27';
    expect(bad(table)).toEqual([]);
    expect(plain(read(table, 2025).days)).toEqual(plain(calendarSeed.days.filter(({ on }) => on >= '2025-01-01' && on < '2025-05-20')));
  });

  test('一行一天的表', () => {
    const { days, bad: faults } = read('日期,类型,名称\n2025-10-01,放假,国庆节\n2025-10-11,上班,国庆节\n10月2日,休,国庆节', 2025);
    expect([faults, days]).toEqual([0, [{ on: '2025-10-01', kind: 'rest', name: '国庆节' }, { on: '2025-10-02', kind: 'rest', name: '国庆节' }, { on: '2025-10-11', kind: 'work', name: '国庆节补班' }]]);
  });

  test.each([
    ['不存在的日子', '清明节：2月30日放假1天。', '1 没有 2025年2月30日 这一天'],
    ['星期对不上', '清明节：4月4日（周六）放假1天。', '1 2025年4月4日是星期五，这里写的是星期六'],
    ['天数对不上', '劳动节：5月1日至5日放假调休，共4天。', '1 写的是 4 天，日期数下来是 5 天'],
    ['补班落在平日', '劳动节：5月1日放假1天。4月28日上班。', '1 2025-04-28 是星期一，本来就上班，不用补班'],
    ['倒过来的起止', '国庆节：10月8日至10月1日放假。', '1 从 2025-10-08 到 2025-10-01，结束比开始早'],
    ['太长', '国庆节：10月1日至11月8日放假。', '1 从 2025-10-01 到 2025-11-08 有 39 天，太长了'],
    ['别的年份', '国庆节：2024年10月1日放假1天。', '1 2024-10-01 不在 2025 年'],
    ['没有说放假还是上班', '国庆节：10月1日。', '1 “10月1日”没有写是放假还是上班'],
    ['没有名称', '10月1日放假1天。', '1 没有写是什么节日'],
    ['有序号没有日期', '一、元旦：放假一天。', '1 没有找到日期'],
    ['同一天写两次', '国庆节：10月1日放假1天。\n中秋节：10月1日放假1天。', '2 2025-10-01 在第 1 行已经写了放假'],
    ['又放假又上班', '国庆节：10月4日放假1天。10月4日上班。', '1 同一天写了两次'],
    ['表里不像日期', '节日\t放假时间\n国庆节\t十月一日', '2 “十月一日”不像日期。请写成 1月28日、2025-01-28，或 1月28日至2月4日'],
    ['表里没有日期', '节日\t放假时间\n国庆节\t', '2 没有日期'],
    ['表里没有名称', '日期,类型,名称\n2025-10-01,放假,', '2 没有写是什么节日'],
    ['表里类型不对', '日期,类型,名称\n2025-10-01,值班,国庆节', '2 类型应是“放假”或“上班”，现在是“值班”'],
  ])('%s：指出哪一行、错在哪里', (_, text, words) => { expect(bad(text)).toEqual([words]); });

  test('有错的行不读，别的行照读；行数有上限', () => {
    const { days, bad: faults } = read('元旦：1月1日放假1天。\n国庆节：13月1日放假1天。', 2025);
    expect([faults, plain(days)]).toEqual([1, ['2025-01-01 rest']]);
    expect(bad(Array.from({ length: 501 }, () => '').join('\n'))).toEqual(['501 一次最多读 500 行']);
  });
});

test('一年的日历：重复的、不在这一年的、平日补班的，逐个指出来', () => {
  const day = (on: string, kind = 'rest', name = '国庆节') => ({ on, kind, name });
  expect(checkCalendarYear(2027, { provisional: false, days: [day('2027-10-02'), day('2027-10-01')] })).toEqual({ value: { provisional: false, days: [day('2027-10-01'), day('2027-10-02')] } });
  expect(checkCalendarYear(2027, { days: [day('2027-10-01'), day('2027-10-01'), day('2026-10-01'), day('2027-02-29'), day('2027-10-04', 'work'), day('2027-10-05', 'x'), day('2027-10-06', 'rest', '')] })).toEqual({ faults: {
    'days.1': '2027-10-01 写了两次', 'days.2': '2026-10-01 不是 2027 年的日子', 'days.3': '2027-02-29 不是 2027 年的日子', 'days.4': '2027-10-04 是星期一，本来就上班，不用补班', 'days.5': '2027-10-05：请选择放假还是上班', 'days.6': '请填写2027-10-06 的名称',
  } });
  expect(checkCalendarYear(2027, 'x')).toEqual({ faults: { days: '放假和补班的日子应是一张单子' } });
});

test('连着的日子合成一段', () => { expect(spanWords(['2025-02-01', '2025-01-31', '2025-02-08'])).toBe('1月31日至2月1日、2月8日'); });
