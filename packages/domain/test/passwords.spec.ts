import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { passwordFault, passwordRules } from '../src/passwords.ts';

const owner = { login: 'hexiaolan', name: '何晓岚' };
const fault = (password: string, min = 10) => passwordFault(password, owner, min);

describe('密码的规则', () => {
  test.each([
    ['abc12', /至少 10 位，现在是 5 位/], ['x'.repeat(65), /最多 64 位/], ['何晓岚何晓岚何晓岚何晓岚', /不能用汉字/], [' zhiqiu-2047', /不能是空格/],
    ['HeXiaoLan-2047', /自己的账号/], ['password123', /常见的密码/], ['Pass-Word-1', /常见的密码/], ['1qaz2wsx1234', /常见的密码/], ['woaini1314520', /常见的密码/],
    ['1234567890', /连着的或重复的/], ['aaaaaaaaaaaa', /连着的或重复的/], ['abcdefghijk', /连着的或重复的/], ['qwertyuiop12', /常见的密码|连着的/], ['abababababab', /连着的或重复的/],
  ])('%s 不行，说得出为什么', (password, why) => { expect(fault(password)).toMatch(why); });

  test.each(['zhiqiu-2047-bangwan', 'correct horse battery', 'Lan8#kQ2zz', 'dafeng qi xi'])('%s 可以', (password) => { expect(fault(password)).toBeUndefined(); });

  test('给的一次性密码也过得了关，所以不会有人卡在第一次登录', () => {
    const signs = [...'abcdefghjkmnpqrstuvwxyz23456789'];
    const four = fc.array(fc.constantFrom(...signs), { minLength: 4, maxLength: 4 }).map((it) => it.join(''));
    fc.assert(fc.property(fc.tuple(four, four, four), (parts) => { fc.pre(new Set(parts.join('')).size > 8); expect(fault(parts.join('-'))).toBeUndefined(); }), { numRuns: 200 });
  });

  test('凡是不行的都有一句中文，长度按设置', () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 6, max: 20 }), (password, min) => {
      const said = fault(password, min) ?? '可以';
      expect(said).toMatch(/[一-鿿]/);
      expect(said.startsWith(`新密码至少 ${min} 位，现在是 ${password.length} 位`)).toBe(password.length < min);
    }));
    expect(passwordRules(12)[0]).toMatch(/^12 到 64 位/);
  });
});
