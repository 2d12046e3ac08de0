import { describe, expect, test } from '@jest/globals';
import { adoptedIn, byPoints, emptyTally, lapseWords, medianOf, mediansOf, pointsOf, sharing, talliesOf, tallyWords } from '../src/tallies.ts';
import type { Happening } from '../src/tallies.ts';

const reporters: Readonly<Record<string, { own: string[]; merged: string[] }>> = { one: { own: ['li'], merged: [] }, main: { own: ['li'], merged: ['wang', 'wang'] }, part: { own: ['wang', 'zhao'], merged: [] } };
const happenings: readonly Happening[] = [
  { what: 'received', reportId: 'one' }, { what: 'received', reportId: 'main' }, { what: 'received', reportId: 'part' }, { what: 'edited', reportId: 'main' }, { what: 'issued', reportId: 'main' },
  ...(['national', 'provincial', 'city_party', 'city_gov', 'department'] as const).map((channel) => ({ what: 'reported', reportId: 'main', channel }) as const),
  { what: 'adopted', reportId: 'main', channel: 'provincial' }, { what: 'adopted', reportId: 'main', channel: 'city_party' }, { what: 'adopted', reportId: 'main', channel: 'city_gov' }, { what: 'instructed', reportId: 'main', channel: 'city_gov' },
];
const points = { received: 1, issued: 5, national: 30, provincial: 20, city: 10, department: 3, instructed: 10 };

describe('社情民意的统计', () => {
  const tallies = talliesOf(happenings, (it) => sharing(it, reporters[it.reportId] ?? { own: [], merged: [] }));
  test('合并编发的，每位反映人都记编发和采用，各记一次；提交只记自己的', () => {
    expect(tallies.get('li')).toEqual({ ...emptyTally, received: 2, edited: 1, issued: 1, reported: 5, provincial: 1, city: 2, instructed: 1 });
    expect(tallies.get('wang')).toEqual({ ...emptyTally, received: 1, edited: 1, issued: 1, reported: 5, provincial: 1, city: 2, instructed: 1 });
  });
  test('几位共同反映的，每位都记提交', () => { expect(tallies.get('zhao')).toEqual({ ...emptyTally, received: 1 }); });
  test('全市合计每件只算一次，不因为反映人多而多', () => {
    const [total] = talliesOf(happenings, () => ['all']).values();
    expect(total).toEqual({ ...emptyTally, received: 3, edited: 1, issued: 1, reported: 5, provincial: 1, city: 2, instructed: 1 });
    expect(adoptedIn(total ?? emptyTally)).toBe(3);
  });
  test('没有说渠道的采用不算；算不到谁头上的也不算', () => {
    expect(talliesOf([{ what: 'adopted', reportId: 'one' }], () => ['all']).size).toBe(0);
    expect(talliesOf(happenings, () => []).size).toBe(0);
  });
  test('积分按设置的分值相加', () => {
    expect(pointsOf(tallies.get('li') ?? emptyTally, points)).toBe(2 * 1 + 5 + 20 + 2 * 10 + 10);
    expect(pointsOf(emptyTally, points)).toBe(0);
  });
  test('分高的在前，同分的看采用、再看提交，都一样的按名字', () => {
    const of = (name: string, score: number, tally = emptyTally) => ({ name, points: score, tally });
    const rows = [of('丙', 10), of('乙', 10, { ...emptyTally, received: 1 }), of('甲', 10, { ...emptyTally, city: 1 }), of('丁', 20), of('己', 10)];
    expect(rows.toSorted(byPoints).map(({ name }) => name)).toEqual(['丁', '甲', '乙', ...['丙', '己'].toSorted()]);
  });
  test('通报里的一句话只说有的', () => {
    expect(tallyWords(tallies.get('li') ?? emptyTally)).toBe('提交 2 件，编发 1 期，省政协采用 1 件，市委、市政府采用 2 件，领导批示 1 次');
    expect(tallyWords(emptyTally)).toBe('');
  });
  test.each([[[], null], [[5], 5], [[9, 1, 5], 5], [[4, 1, 3, 2], 2]])('%j 的中位数是 %j，没有的不编', (values, median) => { expect(medianOf(values)).toBe(median); });
  test('中位数按人、按单位各算各的，一件只算一次，没有的人没有', () => {
    const lapses = [{ ms: 9, of: ['甲', '乙'] }, { ms: 1, of: ['甲', '甲'] }, { ms: 5, of: ['甲'] }, { ms: 7, of: [] }];
    expect([...mediansOf(lapses, (it) => it.of)]).toEqual([['甲', 5], ['乙', 9]]);
  });
  test.each([[0, '1 分钟'], [40 * 60_000, '40 分钟'], [3 * 3_600_000, '3 小时'], [47 * 3_600_000, '47 小时'], [50 * 3_600_000, '2 天']])('%i 毫秒说成“%s”', (lapse, words) => { expect(lapseWords(lapse)).toBe(words); });
});
