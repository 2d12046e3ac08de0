import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isBlocked, secrecyFindings, secrecyRefusal } from '../src/secrecy.ts';

const found = (text: string) => secrecyFindings(text).map(({ level, rule, line }) => `${level} ${rule} ${line}`).join('；');

describe('有密级标志、密级期限和涉密文号的，拦下', () => {
  test.each([
    ['带星号', '机密★一年', 'block star 1'], ['星号在句中', '文件★急件', 'block star 1'],
    ['密级一栏', '密级：秘密', 'block mark 1'], ['密级一栏半角冒号', '密 级: 机密', 'block mark 1'],
    ['括号里的密级', '【绝密】关于某事的报告', 'block mark 1'], ['圆括号', '（秘密）', 'block mark 1'], ['半角方括号', '[机密] 通知', 'block mark 1'],
    ['单独一行', '  机密  ', 'block mark 1'], ['排版时拉开', '机　密', 'block mark 1'], ['单独一行带回车', '秘密\r\n正文', 'block mark 1'],
    ['密级加期限', '机密·3年', 'block term 1'], ['密级加长期', '绝密 长期', 'block term 1'], ['间隔号前后有空格', '秘密 · 3 年', 'block term 1'], ['汉字期限', '秘密十年', 'block term 1'], ['全角期限', '秘密１０年', 'block term 1'], ['按月', '秘密6个月', 'block term 1'],
    ['涉密文号', '根据密发〔2022〕12号文件', 'block number 1'], ['圆括号文号', '机密文（2022）第3号', 'block number 1'], ['全角文号', '密发〔２０２２〕１２号', 'block number 1'],
  ])('%s：%s', (_what, text, expected) => {
    expect(found(text)).toBe(expected);
    expect(isBlocked(secrecyFindings(text))).toBe(true);
  });
});

describe('只是提到保密用语的，提醒但不拦', () => {
  test.each(['加强保密教育', '企业的商业秘密保护', '涉密人员管理', '这是内部资料', '机密档案室的消防', '建议绝密级人员多体检', '引用内部文件要谨慎'])('%s', (text) => {
    expect(found(text)).toBe('warn word 1');
    expect(isBlocked(secrecyFindings(text))).toBe(false);
  });

  test.each(['小区内部道路', '人口密度较大', '密切联系群众', '政协〔2022〕12号', '市政办发〔2022〕3号', '保护期限十年', '密林路 12 号'])('“%s”连提醒也没有', (text) => { expect(found(text)).toBe(''); });
});

describe('指出是哪一行', () => {
  test('每行最多说一次，说最重的', () => { expect(found('密级：秘密★一年，保密')).toBe('block star 1'); });
  test('行号从一数起，空行也算', () => { expect(found('标题\n\n要保密\n正常的一行\n机密★\n')).toBe('warn word 3；block star 5'); });
  test('没有文字就没有发现', () => { expect(secrecyFindings('')).toEqual([]); });

  test('说的是哪一类，不带出原文', () => {
    for (const finding of secrecyFindings('第一行★甲乙丙\n密级：机密 丁戊\n秘密三年己庚\n密发〔2022〕9号辛壬\n保密癸')) expect(finding.words).toMatch(/^(有|提到了)[^甲乙丙丁戊己庚辛壬癸]+$/);
    expect(new Set(secrecyFindings('★\n密级：机密\n秘密三年\n密发〔2022〕9号\n保密').map(({ rule }) => rule)).size).toBe(5);
  });

  test('拦下以后告诉委员怎么办', () => {
    expect(secrecyRefusal).toContain('没有上传');
    expect(secrecyRefusal).toContain('请线下送交');
  });
});

describe('对任何文字都成立的', () => {
  const harmless = fc.string({ unit: fc.constantFrom('民', '生', '级', '机', '绝', '内', '部', '〔', '2', '0', '〕', '号', '年', '长', '期', '：', ' ', '\n', '（', '）', 'a', '👍'), maxLength: 200 });

  test('没有“密”字也没有星号的，从不拦', () => {
    fc.assert(fc.property(harmless, (text) => { expect(isBlocked(secrecyFindings(text))).toBe(false); }), { numRuns: 500 });
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/[密★]/.test(text)), (text) => { expect(isBlocked(secrecyFindings(text))).toBe(false); }));
  });

  test('加在别的文字前后，标志照样认得出，行号跟着走', () => {
    fc.assert(fc.property(harmless, harmless, fc.constantFrom('密级：机密', '【秘密】', '绝密★', '秘密三年', '密发〔2022〕1号'), (before, after, mark) => {
      const findings = secrecyFindings(`${before}\n${mark}\n${after}`);
      expect(findings.filter(({ level }) => level === 'block')).toEqual([expect.objectContaining({ line: before.split('\n').length + 1 })]);
    }));
  });

  test('很长的一行也看得完', () => {
    for (const text of ['密 '.repeat(20_000), `密${' '.repeat(40_000)}`, `秘密${' '.repeat(200_000)}`, ' '.repeat(40_000), '秘密'.repeat(20_000), '（'.repeat(40_000)]) expect(secrecyFindings(text).length).toBeLessThanOrEqual(1);
  });
});

test('源码里没有旧手机读不懂的正则写法', () => {
  const source = readFileSync(new URL('../src/secrecy.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/\(\?<|\\p\{|\/[a-z]*[vsd][a-z]*[,;)]/);
});
