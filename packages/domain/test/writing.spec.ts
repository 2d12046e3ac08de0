import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lengthOf, partWords, writingFaults } from '../src/writing.ts';
import type { Written } from '../src/writing.ts';
import { limits } from './seeds.ts';

const opinion = limits('opinion.limits');
const written = (parts: Partial<Written>): Written => ({ title: '关于增设公交站点的建议', situation: '情'.repeat(60), analysis: '', suggestion: '建'.repeat(30), ...parts });

describe('字数怎么数', () => {
  test.each([
    ['空的', '', 0], ['汉字', '社情民意', 4], ['汉字和标点', '你好，委员！', 6], ['字母和数字', 'A4 纸 100 张', 7], ['全角空格', '　第一段　', 3],
    ['换行和制表', '第一行\n\t第二行\r\n', 6], ['不换行空格', '中\u00a0文', 2], ['一个表情', '👍', 1], ['生僻字', '𠮷野家', 3], ['肤色表情', '👍🏽', 2], ['一家人', '👨\u200d👩\u200d👧', 5], ['只有空白', ' \n　\t', 0], ['半个代理', '\ud83d', 1],
  ])('%s：“%s”是 %i 个字', (_what, text, length) => { expect(lengthOf(text)).toBe(length); });

  test('空白加多少、加在哪里，字数都不变', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('民', '👍', 'a', '。') }), { maxLength: 20 }), fc.constantFrom(' ', '\n', '　', '\t', '\r\n', ''), (words, space) => {
      expect(lengthOf(words.join(space))).toBe(words.reduce((sum, word) => sum + lengthOf(word), 0));
    }));
  });
});

describe('哪里写多了、写少了，差多少', () => {
  test('合乎要求的一篇没有可说的', () => { expect(writingFaults(written({}), opinion)).toEqual({}); });

  test('什么都没写：每个必填的都请填写，原因分析可以不写', () => {
    expect(writingFaults({ title: '', situation: ' ', analysis: '', suggestion: '\n' }, opinion)).toEqual({ title: '请填写标题', situation: '请填写情况', suggestion: '请填写建议' });
  });

  test('提案的原因分析也是必填的', () => {
    expect(writingFaults(written({}), limits('proposal.limits'))).toEqual({ analysis: '请填写原因分析' });
  });

  test.each<[string, Partial<Written>, ReturnType<typeof writingFaults>]>([
    ['标题三个字', { title: '修路吧' }, { title: '标题至少 4 个字，现在 3 个字' }],
    ['标题正好四个字', { title: '建议修路' }, {}],
    ['标题正好四十个字', { title: '题'.repeat(40) }, {}],
    ['标题四十二个字', { title: '题'.repeat(42) }, { title: '标题最多 40 个字，现在 42 个字，请删减 2 个字' }],
    ['情况十九个字', { situation: '情'.repeat(19) }, { situation: '情况至少 20 个字，现在 19 个字' }],
    ['建议九个字', { suggestion: '建'.repeat(9) }, { suggestion: '建议至少 10 个字，现在 9 个字' }],
    ['合计正好一千五', { situation: '情'.repeat(1470) }, {}],
    ['合计一千五百零一', { situation: '情'.repeat(1471) }, { total: '正文合计最多 1500 个字，现在 1501 个字，多出的内容可以放到附件里' }],
    ['原因分析太长', { analysis: '因'.repeat(1501) }, { analysis: '原因分析最多 1500 个字，现在 1501 个字，请删减 1 个字', total: '正文合计最多 1500 个字，现在 1591 个字，多出的内容可以放到附件里' }],
    ['空格不算字', { title: '修 路 吧 　' }, { title: '标题至少 4 个字，现在 3 个字' }],
    ['表情算字', { title: '👍👍👍👍' }, {}],
  ])('%s', (_what, parts, faults) => { expect(writingFaults(written(parts), opinion)).toEqual(faults); });

  test('文字一个也不会被改动或截掉', () => {
    fc.assert(fc.property(fc.record({ title: fc.string(), situation: fc.string({ maxLength: 3000 }), analysis: fc.string(), suggestion: fc.string() }), (text) => {
      const kept = { ...text };
      writingFaults(Object.freeze(text), opinion);
      expect(text).toEqual(kept);
    }));
  });

  test('每条意见都用这一栏的中文名开头或说出它', () => {
    fc.assert(fc.property(fc.record({ title: fc.nat(60), situation: fc.nat(1600), analysis: fc.nat(1600), suggestion: fc.nat(1600) }), (lengths) => {
      const faults = writingFaults({ title: '字'.repeat(lengths.title), situation: '字'.repeat(lengths.situation), analysis: '字'.repeat(lengths.analysis), suggestion: '字'.repeat(lengths.suggestion) }, opinion);
      for (const [part, fault] of Object.entries(faults)) expect(fault).toContain(part === 'total' ? '正文合计' : partWords[part as keyof Written]);
    }));
  });
});
