/** 逐条对照建议. */
import { expect, test } from '@jest/globals';
import { answersOf, suggestionsIn, unanswered } from '../src/answering.ts';

const parks = '1.编制综合、专类、社区、游园、口袋五级公园专项规划；2.每年新建改造口袋公园不少于 10 处；3.设立小微公园管养专项。';
const planned = '一、关于编制五级公园专项规划。《公园体系专项规划》已完成初稿，拟于9月报市规委会审议，综合公园、专类公园、社区公园、游园、口袋公园五级布点共136处。';
const built = '二、关于每年新建改造口袋公园。今年已开工11处，建成6处，其余5处12月底前完工。';
const kept = '三、关于设立小微公园管养专项。（待市财政局会办意见）';
const how = (suggestion: string, body: string) => answersOf(suggestion, body).map(({ no, by, paragraph }) => [no, by, paragraph?.slice(0, 8) ?? null]);

test.each([
  ['一行里写了三条', parks, ['编制综合、专类、社区、游园、口袋五级公园专项规划；', '每年新建改造口袋公园不少于 10 处；', '设立小微公园管养专项。']],
  ['分行写，前面有一句引出', '为此，建议：\n（一）补装路灯。\n（二）明确管护单位，\n落实经费。', ['补装路灯。', '明确管护单位，\n落实经费。']],
  ['没有编号，一行一条', '建议如下：\n补装路灯。\n明确管护单位。', ['补装路灯。', '明确管护单位。']],
  ['只有一条', '城管部门补装路灯，明确管护单位。', ['城管部门补装路灯，明确管护单位。']],
  ['小数不是编号', '把补助提高到每人每月；1.5 万元以上的另算。', ['把补助提高到每人每月；1.5 万元以上的另算。']],
  ['没有写', '  \n', []],
])('委员的建议%s，一条是一条', (_how, text, items) => { expect(suggestionsIn(text)).toEqual(items); });

test('承办人写的答复逐条对上建议：按用词，换了次序也对得上；第三条没有答复就说是第三条', () => {
  const body = `贵委提出的建议收悉，现答复如下：\n${planned}\n${built}\n${kept}\n感谢贵委的关心和支持。`;
  expect(how(parks, body)).toEqual([[1, 'words', '一、关于编制五级'], [2, 'words', '二、关于每年新建'], [3, 'words', '三、关于设立小微']]);
  expect(unanswered(answersOf(parks, `${built}\n${planned}`)).map(({ no }) => no)).toEqual([3]);
  expect(how(parks, `${built}\n${planned}`).slice(0, 2)).toEqual([[1, 'words', '一、关于编制五级'], [2, 'words', '二、关于每年新建']]);
});

test('答复写明是第几条的按它说的；条数一样而用词不同的按次序；次序上已经答了别条的不算', () => {
  expect(how('1.补装路灯。\n2.明确管护单位。', '关于您提的第二条，由街道管护。\n第一点，年底装好。')).toEqual([[1, 'said', '第一点，年底装好'], [2, 'said', '关于您提的第二条']]);
  expect(how('1.补装路灯。\n2.明确管护单位。', '一、年底前装好。\n二、交给街道。')).toEqual([[1, 'order', '一、年底前装好。'], [2, 'order', '二、交给街道。']]);
  expect(how('1.补装步道路灯照明。\n2.明确日常管护单位。', '一、日常管护单位已经明确为街道。\n二、感谢支持。')).toEqual([[1, null, null], [2, 'words', '一、日常管护单位']]);
});

test('还没有写答复时每条都没有对上，没有建议时没有要对的', () => {
  expect(unanswered(answersOf(parks, '')).map(({ no }) => no)).toEqual([1, 2, 3]);
  expect(answersOf('', planned)).toEqual([]);
});
