import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clustersOf, neighbourly } from '../src/similarity/clusters.ts';
import { heatOf, related } from '../src/similarity/heat.ts';
import { SimilarIndex } from '../src/similarity/similar-index.ts';
import { sketchOf, wordsIn } from '../src/similarity/terms.ts';

/** What a city writes about in a year: enough that words are rare or common. */
const filler = ['农贸市场排水沟堵塞积水', '滨江步道路灯不亮', '山区耕地撂荒增加', '中小企业数字化改造难', '乡村医生后继乏人', '古树名木周边硬化', '校外培训预付费', '楚剧团下乡演出减少', '开发区夜班公交末班过早', '禁捕后岸边垂钓密集', '口袋公园照明不足', '冷库用电仍执行商业电价',
  '民宿消防验收标准不明', '公墓建设滞后', '快递网点占道分拣', '收割机检修点太少', '历史建筑缺少维修', '雨污分流反复开挖', '社保断缴增多', '技工短缺订单班落地难', '委员工作室轮值不固定', '过境货车压坏路面', '泳池开放不足', '养殖尾水治理费用高'].map((title) => ({ title: `关于${title}的建议`, body: `${title}，走访多处，群众反映强烈，建议有关部门重视解决。` }));
const same = [
  { title: '老旧小区电动自行车飞线充电隐患突出', body: '永安街道六个老旧小区居民从窗口拉线充电，楼道起火三起，集中充电桩不足。' },
  { title: '建议在老旧小区建设电动自行车集中充电桩', body: '永安街道老旧小区飞线充电，充电桩不足，楼道起火险情多。' },
  { title: '永安街道电动自行车楼道充电起火', body: '老旧小区飞线充电屡禁不止，集中充电桩没有空地建设。' },
];
const filled = (texts: readonly { title: string; body: string }[]) => { const index = new SimilarIndex(); for (const { title, body } of texts) index.add(index.strongest(sketchOf(title, body))); return index; };

const clusters = (index: SimilarIndex, among: readonly number[]) => clustersOf(new Map(among.map((no) => [no, index.nearTo(no, { atLeast: neighbourly })])), (texts) => index.among(texts));

describe('相近的信息', () => {
  test('说的是同一件事的找得到，自己不在里面，最近的在前，说得出哪些词相同', () => {
    const index = filled([...filler, ...same]);
    const [first, ...rest] = index.nearTo(filler.length, { atLeast: 0.1 });
    expect([first?.no, ...rest.map(({ no }) => no)].slice(0, 2).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([filler.length + 1, filler.length + 2]);
    expect(index.nearTo(filler.length).map(({ no }) => no)).not.toContain(filler.length);
    expect(index.shared(index.textOf(filler.length), index.textOf(filler.length + 1)).join()).toMatch(/充电|老旧小区/);
  });

  test('陷阱 11：只有“关于加强……的建议”这样的套话相同，不算相近；没有字的什么也不像', () => {
    const index = filled([...filler, { title: '关于进一步加强和完善有关工作的建议', body: '建议有关部门高度重视，切实解决群众反映强烈的问题。' }]);
    expect(index.nearTo(filler.length, { atLeast: related })).toEqual([]);
    expect(index.near(index.strongest(sketchOf('', '')), {})).toEqual([]);
    expect(index.nearTo(999)).toEqual([]);
  });

  test('一样的文字一样近；远近在 0 到 1 之间，两边看一样近；加进来的先后不影响', () => {
    const part = fc.constantFrom(...filler, ...same);
    fc.assert(fc.property(fc.array(part, { minLength: 3, maxLength: 12 }), (texts) => {
      const [there, back] = [filled(texts), filled(texts)];
      for (let no = 0; no < texts.length; no += 1) {
        const near = there.nearTo(no, { most: 50 });
        expect(near).toEqual(back.nearTo(no, { most: 50 }));
        for (const { score } of near) { expect(score).toBeGreaterThan(0); expect(score).toBeLessThanOrEqual(1); }
        expect(near.filter(({ no: other, score }) => texts[no] === texts[other] && score <= related)).toEqual([]);
      }
    }), { numRuns: 30 });
  });
});

describe('改过的和收回的', () => {
  test('换了文字的按新的算，像从来没有旧的一样；编号不变', () => {
    const whole = filled([...filler, ...same]);
    const [changed, fresh] = [new SimilarIndex(), new SimilarIndex()];
    for (let no = 0; no < whole.size; no += 1) { changed.add(whole.textOf(no)); if (no !== filler.length) fresh.add(whole.textOf(no)); }
    changed.remove(filler.length);
    changed.remove(filler.length);
    expect(changed.size).toBe(fresh.size);
    expect(changed.nearTo(filler.length)).toEqual([]);
    expect(changed.nearTo(filler.length + 1).map(({ no, score }) => [no - 1, score.toFixed(4)])).toEqual(fresh.nearTo(filler.length).map(({ no, score }) => [no, score.toFixed(4)]));
  });
});

describe('热点', () => {
  test('同一件事聚成一个，别的不混进来，最能代表的在前', () => {
    const index = filled([...filler, ...same, ...same]);
    const found = clusters(index, Array.from({ length: index.size }, (_, no) => no));
    expect(found[0]?.toSorted((a, b) => a - b)).toEqual(expect.arrayContaining([filler.length, filler.length + 3]));
    expect(found.flat().filter((no) => no < filler.length)).toEqual([]);
    expect(clusters(index, [0, 1, 2])).toEqual([]);
  });
  test('一个小区的两件事、一封信换个小区再发一遍，分成两个热点；说法不同的一件事不拆', () => {
    /** Two houses of as many texts each, near within; across them one pair is near enough to join them, the others are as near as `across`. */
    const found = (size: number, across: number) => {
      const all = Array.from({ length: size * 2 }, (_, no) => no);
      const score = (a: number, b: number) => (a === b ? 0 : Math.floor(a / size) === Math.floor(b / size) ? 0.6 : Math.abs(a - b) === 1 ? 0.41 : across);
      const near = (texts: readonly number[]) => texts.map((a) => Float64Array.from(texts, (b) => score(a, b)));
      return clustersOf(new Map(all.map((a) => [a, all.filter((b) => b !== a && score(a, b) >= neighbourly).map((no) => ({ no, score: score(a, no) }))])), near).map((it) => it.length);
    };
    expect([found(3, 0.1), found(4, 0.28), found(12, 0.05)]).toEqual([[3, 3], [8], [12, 12]]);
  });
  test('三件两两相近、没有哪两件近得很的，也算一件事', () => {
    const score = (no: number, other: number) => ({ no: other, score: no + other === 1 ? 0.36 : 0.3 });
    const near = (texts: readonly number[]) => texts.map((a) => Float64Array.from(texts, (b) => (a === b ? 0 : 0.3)));
    expect(clustersOf(new Map([0, 1, 2].map((no) => [no, [0, 1, 2].filter((it) => it !== no).map((it) => score(no, it))])), near)).toEqual([[0, 1]]);
    expect(clustersOf(new Map([0, 1, 2].map((no) => [no, [0, 1, 2].filter((it) => it !== no).map((it) => ({ no: it, score: 0.36 }))])), near)).toEqual([[0, 1, 2]]);
  });
  test('相同的词按标题里写的连起来说，不说半截的词', () => {
    const [index, at] = [filled([...filler, ...same]), filler.length];
    expect(wordsIn(same[0]?.title ?? '', index.shared(index.textOf(at), index.textOf(at + 1)))).toEqual(['老旧小区电动自行车飞线充电']);
    expect(wordsIn('KTV 深夜噪音', ['ktv', '噪音'])).toEqual(['KTV', '噪音']);
    expect(wordsIn('题', [])).toEqual([]);
  });
  test('热度是几个数加起来，一句话说得清；一个人写十遍不如三个人各写一遍', () => {
    expect(heatOf({ reports: 6, reporters: 4, towns: 3, lately: 2 })).toEqual({ heat: 66, why: '反映人 4 位（每位 10 分），近 7 天 2 件（每件 5 分），涉及 3 个镇街（每多一个 5 分），共 6 件（每件 1 分）' });
    expect(heatOf({ reports: 10, reporters: 1, towns: 1, lately: 0 }).heat).toBeLessThan(heatOf({ reports: 3, reporters: 3, towns: 1, lately: 0 }).heat);
  });
});
