import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { gramsOf } from '../src/routing/grams.ts';
import { settled } from '../src/routing/fitting.ts';
import { committeeOfLabel, labelShares, topicsOfLabel } from '../src/routing/labels.ts';
import { fewestForThreshold, learning } from '../src/routing/learning.ts';
import type { Example } from '../src/routing/learning.ts';
import { lossOf, measure, outcomeOf, partOf, temperatureFor, thresholdFor } from '../src/routing/measuring.ts';
import { readModel, writeRow } from '../src/routing/model.ts';
import type { RoutingModelFile } from '../src/routing/model.ts';
import { route, sharesOf } from '../src/routing/router.ts';
import { teaching, teachingDefaults } from '../src/routing/teaching.ts';
import { topicCodes } from '../src/routing/topics.ts';
import { cases, table } from './routing-cases.ts';

const file = JSON.parse(readFileSync(new URL('../../../seeds/routing-model.json', import.meta.url), 'utf8')) as RoutingModelFile;
const model = readModel(file);

describe('随产品发出的权重', () => {
  test('只有常见的两三个汉字和数字，没有号码，没有字母', () => {
    for (const line of file.lines) expect(line.slice(0, line.indexOf(' '))).toMatch(/^[\u4e00-\u9fff]{2,3}$/);
    expect(file.lines.length).toBeLessThanOrEqual(teachingDefaults.mostRows);
  });

  test('称呼里的姓名不算话，电话也不算', () => {
    const grams = gramsOf('尊敬的欧阳书记您好，路灯坏了', '请联系王大明先生 13800000000，路灯');
    expect([...grams.keys()].filter(gram => /欧阳|大明|[0-9]/.test(gram))).toEqual([]);
    expect(grams.get('路灯')).toBe(4);
  });

  test.each(cases)('用上权重后 %s 仍收到：%s', (committeeId, title, body) => {
    expect(route({ title, body }, table, { model }).candidates[0]?.committeeId).toBe(committeeId);
  });

  test('来稿说得少时，业务多的专委会排在前面，什么也没说的来稿仍没有候选', () => {
    const text = { title: '反映邻居养鸽子的事', body: '' };
    const order = sharesOf(text, table, { model }).map(({ committeeId }) => committeeId);
    const without = sharesOf(text, table, { model: { ...model, usual: [] } });
    const tied = without.filter(({ share }) => share === without.at(-1)?.share).map(({ committeeId }) => committeeId);
    expect(tied).toEqual(expect.arrayContaining(['c-tian', 'c-jingke']));
    expect(order.indexOf('c-jingke')).toBeLessThan(order.indexOf('c-tian'));
    expect(route({ title: '……', body: '' }, table, { model }).candidates).toEqual([]);
  });

  test('读回来的就是写下去的；断行和陌生的主题当场说明', () => {
    const row = { rarity: 4.2, weights: Float32Array.from(topicCodes, (_, at) => at * 0.1 - 0.9) };
    const written: RoutingModelFile = { ...file, step: 0.1, topics: topicCodes, lines: [writeRow('路灯', row, 0.1)] };
    const [back] = [readModel(written).rows.get('路灯')];
    expect(back?.rarity).toBeCloseTo(4.2);
    expect(Array.from(back?.weights ?? [], weight => Math.round(weight * 10))).toEqual(Array.from(row.weights, weight => Math.round(weight * 10)));
    expect(() => readModel({ ...written, lines: ['路灯 ab'] })).toThrow(/broken line/);
    expect(() => readModel({ ...written, topics: ['weather'] })).toThrow(/unknown topic/);
  });
});

describe('从带标签的来信学权重', () => {
  const say = (at: number): string => ['一', '二', '三', '四', '五', '六', '七', '八'][at % 8] ?? '';
  const texts = Array.from({ length: 48 }, (_, at) => at % 2 === 0
    ? { title: `${say(at)}号楼的晾衣杆歪了`, body: '晾衣杆歪了没人扶', topics: ['urban_construction' as const] }
    : { title: `${say(at)}班的课桌歪了`, body: '课桌歪了没人扶', topics: ['education_culture_sports' as const] });

  test('词表不认识的说法，学过就认得', () => {
    const lesson = settled(teaching(texts, 1.3, { ...teachingDefaults, leastTexts: 10 }));
    const { rows, usual } = lesson;
    const taught = { ...model, rows };
    const text = { title: '晾衣杆歪了', body: '小区' };
    expect(labelShares(text, ['城乡建设', '教育文体'], taught)[0]?.name).toBe('城乡建设');
    expect(rows.has('一号')).toBe(false);
    expect(settled(teaching(texts, 1.3, { ...teachingDefaults, leastTexts: 10 }))).toEqual(lesson);
    expect(usual.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1);
  });

  test('标签写主题的中文名或代码都行，一个名字可以合两个主题', () => {
    expect(topicsOfLabel('商贸旅游')).toEqual(['commerce_tourism', 'tourism_culture']);
    expect(topicsOfLabel('labour')).toEqual(['labour']);
    expect(committeeOfLabel('卫生计生', table)).toBe('c-shefa');
    expect(committeeOfLabel('党务政务', table)).toBeNull();
    expect(committeeOfLabel('天气', table)).toBeUndefined();
  });
});

describe('人怎么定，路由就怎么学', () => {
  const odd = (at: number): Example => ({ title: `${at} 关于河边步道照明的建议`, body: `步道夜里太暗，第${at}处请装灯。`, committeeId: 'c-weigong', weight: 1 });
  const usual = (at: number): Example => ({ title: `${at} 关于乡村学校教师的建议`, body: `教师不够，第${at}所学校缺人。`, committeeId: 'c-wenshi', weight: 1 });
  const examples = Array.from({ length: 12 }, (_, at) => at % 2 === 0 ? odd(at) : usual(at));

  test('同类来稿改派过几次，下一件就送到改派的地方，理由写明是办过的', () => {
    const text = { title: '关于河边步道照明的又一条建议', body: '步道夜里太暗。' };
    expect(route(text, table, { model }).candidates[0]?.committeeId).not.toBe('c-weigong');
    const { local } = settled(learning(examples, table, model, 'v1'));
    const decision = route(text, table, { model, local });
    expect(decision.candidates[0]?.committeeId).toBe('c-weigong');
    expect(decision.candidates[0]?.reasons.some(({ kind, text: said }) => kind === 'precedent' && text.title.includes(said))).toBe(true);
    expect(decision.version).toContain('/v1');
  });

  test('改派一次，把握就变了；与它无关的来稿几乎不动', () => {
    const { local } = settled(learning([{ ...odd(1), weight: 3 }], table, model, 'v1'));
    const share = (text: { title: string; body: string }, of: string, knowledge: object) => sharesOf(text, table, knowledge).find(({ committeeId }) => committeeId === of)?.share ?? 0;
    expect(share(odd(1), 'c-weigong', { model, local })).toBeGreaterThan(2 * share(odd(1), 'c-weigong', { model }));
    const bus = { title: '关于优化公交线路的建议', body: '公交车末班太早。' };
    expect(Math.abs(share(bus, 'c-jingke', { model, local }) - share(bus, 'c-jingke', { model }))).toBeLessThan(0.05);
  });

  test('划掉的词不再起作用', () => {
    const struck = new Set([...gramsOf('步道照明夜里太暗', '').keys()]);
    const { local } = settled(learning(examples, table, model, 'v1', { struck }));
    expect([...local.rows.keys()].filter(name => struck.has(name))).toEqual([]);
  });

  test('没人教过的委员会不出现，表里没有的委员会的例子不算', () => {
    const { local, tried } = settled(learning([...examples, { ...odd(99), committeeId: 'c-gone' }], table, model, 'v1'));
    expect(tried).toHaveLength(examples.length);
    expect(local.committees).not.toContain('c-gone');
  });

  test('例子少时门槛不动，够多了门槛由数据定', () => {
    expect(settled(learning(examples, table, model, 'v1')).local.threshold).toBeUndefined();
    const many = Array.from({ length: fewestForThreshold }, (_, at) => at % 2 === 0 ? odd(at) : usual(at));
    const { local, tried } = settled(learning(many, table, model, 'v1', { folds: 2 }));
    const sent = tried.filter(({ ranked }) => (ranked[0]?.share ?? 0) >= (local.threshold ?? 2));
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(({ ranked, truth }) => ranked[0]?.name === truth).length / sent.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe('量一量', () => {
  const outcome = (share: number, right: boolean) => outcomeOf([{ committeeId: 'a', share }, { committeeId: 'b', share: 1 - share }], right ? 'a' : 'b');

  test('区间随件数收窄，空的区间是全部', () => {
    expect(partOf(0, 0)).toMatchObject({ low: 0, high: 1 });
    const [few, many] = [partOf(9, 10), partOf(900, 1000)];
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    expect(few.low).toBeCloseTo(0.596, 2);
  });

  test('正确率、前三、覆盖和混淆逐条数得出', () => {
    const { accuracy, top3, coverage, precisionAtThreshold, confusion, macroF1 } = measure([outcome(0.9, true), outcome(0.9, false), outcome(0.6, true), outcome(0.6, true)], 0.8);
    expect([accuracy.value, top3.value, coverage.value, precisionAtThreshold.value]).toEqual([0.75, 1, 0.5, 0.5]);
    expect(confusion).toEqual({ a: { a: 3 }, b: { a: 1 } });
    expect(macroF1).toBeCloseTo((6 / 7) / 2);
  });

  test('门槛是仍有九成五正确的最低把握；谁也做不到时一件也不自动送', () => {
    const sure = Array.from({ length: 40 }, (_, at) => outcome(0.9 - at / 1000, true));
    const unsure = Array.from({ length: 40 }, (_, at) => outcome(0.7 - at / 1000, at % 2 === 0));
    const threshold = thresholdFor([...sure, ...unsure], 0.95);
    expect(threshold).toBeGreaterThan(0.69);
    expect(threshold).toBeLessThanOrEqual(0.87);
    expect(measure([...sure, ...unsure], threshold).precisionAtThreshold.value).toBeGreaterThanOrEqual(0.95);
    expect(thresholdFor(unsure, 0.95)).toBeGreaterThan(1);
  });

  test('说得太满的，温度把它压下来', () => {
    const boasting = Array.from({ length: 40 }, (_, at) => outcome(0.98, at % 4 !== 0));
    const times = temperatureFor(boasting);
    expect(times).toBeGreaterThan(1.5);
    expect(lossOf(boasting.map(each => each.at(times)))).toBeLessThan(lossOf(boasting));
  });
});
