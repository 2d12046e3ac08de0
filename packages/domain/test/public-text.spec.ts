import { expect, test } from '@jest/globals';
import { withoutContacts } from '../src/public-text.ts';

test.each([
  ['联系人王某 13812345678，请回电', 1], ['电话 138-1234-5678、027-87654321', 2], ['身份证 42011119900101123X', 1], ['邮箱 a.b@example.cn；微信：wang_2022', 2],
  ['电话：87654321；（0712）7654321；QQ号 12345678；+86 13912345678', 4], ['身份证42011119900101123X、手机13812345678联系', 2],
  ['2022年7月21日，走访 6 个小区，2300 辆车，费用 123456 元，第 12 期（总第345期）', 0], ['面积 18000 平方米，增长 13.8%', 0],
  ['编号 2022013812345678901，拨打 12345 热线，微信群里有 200 人', 0],
])('“%s”里有 %i 处联系方式，编发时略去', (text, struck) => {
  const clean = withoutContacts(text);
  expect(clean.struck).toBe(struck);
  expect(clean.text === text).toBe(struck === 0);
  expect(withoutContacts(clean.text)).toEqual({ text: clean.text, struck: 0 });
  expect(struck > 0 && /\d{8}|@/.test(clean.text)).toBe(false);
});
