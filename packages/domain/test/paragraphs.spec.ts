import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paragraphsOf, withChanges } from '../src/paragraphs.ts';

const text = { title: '关于加装路灯的建议', situation: '步道两公里没有路灯。\n\n上月摔伤三人。', analysis: '', suggestion: '一、加装路灯。\n二、划定责任。' };

test('同意的几段照改，别的一字不动；删去一段、一段改成两段都行', () => {
  expect(withChanges(text, [{ part: 'situation', at: 2, after: '上月摔伤老人三人，其中一人骨折。' }, { part: 'suggestion', at: 0, after: '' }, { part: 'suggestion', at: 1, after: '二、划定责任。\n三、定期检修。' }])).toEqual({
    ...text, situation: '步道两公里没有路灯。\n\n上月摔伤老人三人，其中一人骨折。', suggestion: '二、划定责任。\n三、定期检修。',
  });
});

test('一段也不改，还是原文；改成原来的样子，也还是原文', () => {
  expect(withChanges(text, [])).toEqual(text);
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[甲乙丙丁，。]{1,6}$/), { minLength: 1, maxLength: 5 }), (lines) => {
    const one = { ...text, situation: lines.join('\n') };
    expect(withChanges(one, paragraphsOf(one.situation).map((after, at) => ({ part: 'situation' as const, at, after })))).toEqual(one);
  }));
});
