import { describe, expect, test } from '@jest/globals';
import { counts, figuresOf, percentWords, rateCodes, rateOf, saidOf } from '../src/rates.ts';
import type { CasePart, CaseRecord, FigureCode } from '../src/rates.ts';

type More = Partial<Omit<CaseRecord, 'id' | 'parts'>>;
/** 甲A准谈解: 甲 answered as class A, 准 in time, 谈 talked about, 解 solved; 甲谈: talked about, not answered. */
const part = (text: string): CasePart => ({ unitId: text.slice(0, 1), classCode: /[A-D]/.exec(text)?.[0] ?? null, replied: /[A-D]/.test(text), onTime: text.includes('准'), talked: text.includes('谈'), solved: text.includes('解'), days: null });
const cases: CaseRecord[] = [];
function add(times: number, parts: string, more: More = {}): void {
  const units = parts === '' ? [] : parts.split(' ').map(part);
  const all = units.length > 0 && units.every(({ replied }) => replied);
  for (let time = 0; time < times; time += 1) cases.push({ id: String(cases.length + 1), filed: true, outcome: 'filed', collective: false, committeeId: null, sectorId: null, sessionId: null, year: '2022', parts: units, asked: all, result: null, attitude: null, closed: false, ...more });
}
const says = (result: CaseRecord['result'], closed = true, attitude = result): More => ({ result, attitude, closed });

// Forty cases, written down one group after another, and counted by hand below.
add(4, '', { filed: false });                                          // 1–4 没有立案
add(1, '', { collective: true }); add(1, '');                          // 5–6 并入别的提案
add(1, '', { collective: true }); add(1, '');                          // 7–8 立案，还没有交办
add(3, '甲谈'); add(2, '甲');                                           // 9–13 办理中
add(1, '甲A准谈 乙谈');                                                 // 14 两家分办，一家还没有答复
add(6, '甲A准谈解', says('satisfied')); add(2, '甲A准谈解', says('basically_satisfied')); // 15–22
add(1, '甲A准谈', says('dissatisfied', false, 'satisfied')); add(1, '甲A准谈');           // 23–24
add(1, '乙B准谈解', says('satisfied')); add(1, '乙B准谈', says('satisfied')); add(1, '乙B准谈', says('basically_satisfied')); // 25–27
add(1, '乙B谈', says('dissatisfied', false)); add(1, '乙B谈', says('silent')); add(1, '乙B', says('silent'));                   // 28–30 超期
add(1, '乙C准谈', says('satisfied')); add(1, '乙C准谈', says('basically_satisfied')); add(1, '乙C准谈', says('dissatisfied', true, 'satisfied')); add(1, '乙C准谈'); // 31–34
add(1, '甲A准谈解 丙A谈解', says('satisfied')); add(1, '甲A准谈 丙A');  // 35–36 分办，丙超期
add(1, '甲A准谈解 丙B准谈', says('satisfied'));                         // 37
add(1, '丙D准', says('silent'));                                       // 38
add(2, '丙A准谈解', { ...says('satisfied'), collective: true });        // 39–40

describe('提案的各项比率，对着手工台账', () => {
  const figures = figuresOf(cases);
  test('台账一共 40 件', () => { expect(cases).toHaveLength(40); });

  test.each([
    ['received', 40], ['filed', 36], ['collective', 4], ['due', 32], ['replied', 26], ['on_time', 21], ['talked', 27], ['closed', 21], ['asked', 26], ['rated', 20], ['content', 17], ['content_attitude', 19], ['class_a', 14], ['class_ab', 21], ['solved', 12],
  ] as const)('%s 是 %i 件，点开的正是这几件', (code: FigureCode, count) => {
    expect(figures[code]).toBe(count);
    expect(cases.filter((it) => counts(code, it))).toHaveLength(count);
  });

  test('比率四舍五入到千分之一，满意率的分母是已反馈，旁边就是反馈率', () => {
    expect(rateCodes.map((code) => percentWords(rateOf(figures, code).permille))).toEqual(['90%', '11.1%', '81.3%', '65.6%', '84.4%', '65.6%', '76.9%', '85%', '95%', '53.8%', '57.1%']);
  });

  test('一家单位只算自己的那一份：分办的别家没有答复，不算它没有办复', () => {
    expect(figuresOf(cases, '甲')).toMatchObject({ received: 19, due: 19, replied: 14, on_time: 14, class_a: 14 });
    expect(figuresOf(cases, '丙')).toMatchObject({ due: 6, replied: 6, on_time: 4, talked: 4, class_a: 4, class_ab: 5 });
  });

  test('没有可比的写一横，不写零', () => { expect(percentWords(rateOf(figuresOf([]), 'satisfaction').permille)).toBe('—'); });
});

describe('几位提案人各说各的', () => {
  const given = (said: 'satisfied' | 'basically_satisfied' | 'dissatisfied') => ({ state: 'given' as const, said });
  test.each([
    ['一位不满意就是不满意', [given('satisfied'), given('dissatisfied')], 'dissatisfied'], ['都满意，一位基本满意', [given('satisfied'), given('basically_satisfied')], 'basically_satisfied'],
    ['一位满意，一位没有评价', [given('satisfied'), { state: 'lapsed' as const, said: null }], 'satisfied'], ['都没有评价，办结了', [{ state: 'lapsed' as const, said: null }], 'silent'],
    ['还在等', [{ state: 'asked' as const, said: null }, { state: 'lapsed' as const, said: null }], null], ['还没有请评价', [], null],
  ] as const)('%s', (_what, ratings, expected) => { expect(saidOf(ratings)).toBe(expected); });
});
