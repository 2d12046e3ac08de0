/** @dates */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fieldFits } from '../../wechat-fake/src/template-rules.ts';
import { fieldPrefixes, fieldValue } from '../src/template-fields.ts';

const instants = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true });
/** Whatever people type: signs, Chinese, halves of pairs, line ends, long and empty ones. */
const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('', ' ', '\n', '已立案1', '3件', '汉字', '一二三四五六七八九十一', 'a\r\nb', '¥1.234元', '2022-13-01', '\ud83d', '粤A8Z888挂', '。。', '-', '1.', '00.'));

describe('F7 消息模板的每一种字段', () => {
  test.each(fieldPrefixes)('%s：不管给什么，送出去的都合规则', (prefix) => {
    fc.assert(fc.property(texts, instants, (text, at) => { expect([text, fieldFits(`${prefix}1`, fieldValue(`${prefix}1`, text, at))]).toEqual([text, true]); }), { numRuns: 1000 });
  });

  test('长的题目截到二十个字并留省略号，时间按北京时间，姓名去掉数字', () => {
    expect(fieldValue('thing1', '关于加强外卖骑手劳动权益和工伤保障工作的建议', new Date())).toBe('关于加强外卖骑手劳动权益和工伤保障工作…');
    expect(fieldValue('time2', '', new Date('2022-07-26T01:30:00Z'))).toBe('2022年7月26日 09:30');
    expect(fieldValue('name3', '副主席 李国强2', new Date())).toBe('副主席李国强');
    expect(fieldValue('thing1', '', new Date())).toBe('请看详情');
  });
});
