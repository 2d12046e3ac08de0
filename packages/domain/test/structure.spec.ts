import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { structureHints } from '../src/structure.ts';
import type { Written } from '../src/writing.ts';

interface Told extends Written { readonly key: string; readonly kind: string }
const proposals = (JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../seeds/demo/submissions.json'), 'utf8')) as Told[]).filter(({ kind }) => kind === 'proposal');
const codes = (text: Written): string[] => structureHints(text).map(({ code }) => code);
const good: Written = {
  title: '关于给竹园镇公交站加装候车亭的建议', situation: '竹园镇沿线 14 个公交站点只有站牌，没有候车亭，下雨天学生在路边等车，今年甩站投诉 17 起。',
  analysis: '候车亭由镇里建、公交公司管，两家都没有列预算。', suggestion: '1.年内先给学校门口的 6 个公交站点加装候车亭。\n2.由市交通运输局统一建，公交公司管护。',
};
const but = (change: Partial<Written>): string[] => codes({ ...good, ...change });

describe('写提案时的提醒', () => {
  test('写得好的一篇没有可说的，没开始写的也不说', () => { expect([codes(good), codes({ title: '', situation: '', analysis: '', suggestion: '' }), codes({ title: '修', situation: '路', analysis: '', suggestion: '' })]).toEqual([[], [], []]); });

  test.each<[string, Partial<Written>, string]>([
    ['标题不像案由', { title: '竹园镇公交站没有候车亭' }, 'title_form'],
    ['标题里两件事', { title: '关于建设候车亭和改造竹园镇公交站厕所的建议' }, 'two_matters'],
    ['标题里两个关于', { title: '关于公交站点和关于镇卫生院的建议' }, 'two_matters'],
    ['正文里另说一件', { analysis: '没有列预算。另外还想反映一下卫生院停车难。' }, 'two_matters'],
    ['希望一并解决', { analysis: '企业用地、招工也有困难，希望一并解决。' }, 'two_matters'],
    ['标题和正文不是一件事', { title: '关于扶持农村电商直播人才的建议' }, 'title_body'],
    ['后两条是别的事', { suggestion: '1.学校门口的公交站点加装候车亭。\n2.扩大中小企业贷款贴息范围，降低担保门槛。\n3.新建体育场馆，引进职业篮球俱乐部主场赛事。' }, 'stray_items'],
    ['情况里写了建议', { situation: `${good.situation}\n为此建议：年内装好。` }, 'misplaced'],
    ['情况里没有数字', { situation: '竹园镇沿线的公交站点只有站牌，没有候车亭，下雨天学生在路边等车。' }, 'no_facts'],
    ['建议只喊口号', { suggestion: '高度重视，加大工作力度，加强领导，形成合力。' }, 'vague'],
  ])('%s', (_what, change, code) => { expect(but(change)).toContain(code); });

  test.each<[string, Partial<Written>]>([
    ['“候车亭和夜间照明”是一处的两样东西', { title: '关于给竹园镇公交站加装候车亭和夜间照明的建议' }], ['有一条写得远一点', { suggestion: `${good.suggestion}\n3.其余乡镇照此办理，三年内全市铺开，资金纳入财政预算。` }],
    ['中文数字也是数字', { situation: '竹园镇沿线十四个公交站点只有站牌，没有候车亭，下雨天学生在路边等车。' }],
  ])('%s，不打扰', (_what, change) => { expect(but(change)).toEqual([]); });

  test('演示里的每一件都不打扰，只有一件确实写了几件事', () => { expect(proposals.filter((it) => codes(it).length > 0).map(({ key }) => key)).toEqual(['d-p110']); });

  test('把标题换成别人的，二十件里至少说中十九件', () => {
    const pairs = proposals.flatMap((one) => proposals.filter((it) => it !== one).map((other) => codes({ ...other, title: one.title })));
    expect(pairs.filter((found) => found.includes('title_body')).length / pairs.length).toBeGreaterThan(0.95);
  });
});
