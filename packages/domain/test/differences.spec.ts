import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differences } from '../src/differences.ts';
import type { TextPiece as Piece } from '../src/differences.ts';

const put = (pieces: readonly Piece[], ...kinds: Piece['kind'][]): string => pieces.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text).join('');
const shown = (pieces: readonly Piece[]): string => pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'out' ? `[-${text}-]` : `[+${text}+]`)).join('');

describe('编辑前后的不同', () => {
  test('原文和改后的都能从不同里原样拼出来，一字不差', () => {
    const text = fc.array(fc.constantFrom('路灯', '坏了', '。', '\n', '126 人', '建议', '的', '😀', '<b>', 'a1'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, text, (before, after) => {
      const pieces = differences(before, after);
      expect([put(pieces, 'same', 'out'), put(pieces, 'same', 'in')]).toEqual([before, after]);
      expect(pieces.filter((it) => it.text === '')).toEqual([]);
    }));
  });

  test('改一个词，只标这个词；数字和英文整个地换', () => {
    expect(shown(differences('走访站点 5 个，骑手 126 人。', '走访站点 5 个，骑手 1260 人。'))).toBe('走访站点 5 个，骑手 [-126-][+1260+] 人。');
    expect(shown(differences('建议有关部门研究。', '建议人社部门研究。'))).toBe('建议[-有关-][+人社+]部门研究。');
    expect(shown(differences('甲乙丙', '甲乙丙'))).toBe('甲乙丙');
  });

  test('加一段、删一段，整段地标', () => {
    expect(shown(differences('一是保险。\n二是驿站。', '一是保险。\n补充一条。\n二是驿站。'))).toContain('补充一条。');
    expect(put(differences('甲。\n乙。', '甲。'), 'out')).toBe('\n乙。');
  });

  test('夹在两处改动当中的一个字不单独留下来', () => {
    expect(shown(differences('上的下', '左的右'))).toBe('[-上的下-][+左的右+]');
  });

  test('全文重写也很快有结果：整篇换整篇', () => {
    const [before, after] = [Array.from({ length: 2000 }, (_, index) => String.fromCharCode(0x4e00 + (index % 997))).join(''), Array.from({ length: 2000 }, (_, index) => String.fromCharCode(0x6e00 + (index % 883))).join('')];
    expect(differences(before, after)).toEqual([{ kind: 'out', text: before }, { kind: 'in', text: after }]);
  });
});
