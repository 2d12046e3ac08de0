/** What is found, and how it is shown. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { excerptOf, indexWords, marked, normalised, termsOf, wantedWords } from '../src/finding.ts';

const signs = fc.constantFrom('停', '车', '场', '费', ' ', '，', '%', '_', '\n', 'A', 'ａ', '1', '-', '２', '𠮷', 'é', '<b>', "'", '"', '*', '+');
const texts = fc.array(signs, { maxLength: 30 }).map((all) => all.join(''));
const shown = (pieces: readonly { text: string; hit: boolean }[]) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('同一个写法', () => {
  test.each([
    ['停车　场（收费）', '停车 场 收费'], ['ＡＢＣ１２３', 'abc123'], ['2022-0217', '20220217'], ['２０２２－０２１７', '20220217'], ['第 036 号', '第 036 号'], ['%_%', ''], ['  ', ''], ['“十四五”规划', '十四五 规划'], ['1-2-3', '123'], ['a-b', 'a b'],
  ])('%s → %s', (text, form) => { expect(normalised(text)).toBe(form); });
  test('做两次和做一次一样', () => { fc.assert(fc.property(texts, (text) => { expect(normalised(normalised(text))).toBe(normalised(text)); })); });
  test('输入的按空格和标点分成几个词，最多八个，重复的算一个', () => {
    expect(termsOf('停车 收费，停车')).toEqual(['停车', '收费']);
    expect(termsOf("%_'; DROP TABLE--")).toEqual(['drop', 'table']);
    expect(termsOf('。，%')).toEqual([]);
    expect(termsOf('一 二 三 四 五 六 七 八 九 十')).toHaveLength(8);
  });
});

test('陷阱 34：文章里有的任何一段，不论一个、两个、三个还是更多字，索引里都找得到它要的词', () => {
  fc.assert(fc.property(texts, fc.nat(), fc.nat({ max: 7 }), (text, from, length) => {
    const [kept, words] = [normalised(text), indexWords(normalised(text))];
    const start = kept.length === 0 ? 0 : from % kept.length;
    for (const term of termsOf([...kept.slice(start)].slice(0, length + 1).join(''))) {
      const { words: wanted, beginning } = wantedWords(term);
      expect(wanted.every((word) => words.includes(word)) && (beginning === null || words.some((word) => word.startsWith(beginning)))).toBe(true);
    }
  }));
});

describe('标出找到的', () => {
  test.each([
    ['关于停车场收费的建议', ['停车', '收费'], '关于[停车]场[收费]的建议'], ['ＡＢＣ公司', ['abc'], '[ＡＢＣ]公司'], ['收件号 2022-0217', ['20220217'], '收件号 [2022-0217]'], ['停停停', ['停停'], '[停停]停'],
    ['<img src=x onerror=alert(1)>停车', ['停车', 'img'], '<[img] src=x onerror=alert(1)>[停车]'], ['停车场', ['停车', '车场'], '[停车场]'], ['没有', ['停车'], '没有'], ['', ['停车'], ''],
  ])('%s', (text, terms, expected) => { expect(shown(marked(text, terms))).toBe(expected); });
  test('标出来的几段合起来就是原文，一个字不多一个字不少', () => {
    fc.assert(fc.property(texts, texts, (text, typed) => { expect(marked(text, termsOf(typed)).map((it) => it.text).join('')).toBe(text); }));
  });
  test('凡是找得到的，都标得出来', () => {
    fc.assert(fc.property(texts, texts, (text, typed) => {
      for (const term of termsOf(typed)) expect(marked(text, [term]).some(({ hit }) => hit)).toBe(normalised(text).includes(term));
    }));
  });
  test('正文只给第一处前后的一段，前后省略的有省略号；没有就什么也不给', () => {
    const text = `${'前'.repeat(50)}\n停车\n${'后'.repeat(200)}停车`;
    expect(shown(excerptOf(text, ['停车']))).toBe(`…${'前'.repeat(19)} [停车] ${'后'.repeat(67)}…`);
    expect(excerptOf(text, ['没有的'])).toEqual([]);
    expect(shown(excerptOf('停车', ['停车']))).toBe('[停车]');
  });
});
