import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { phonePage } from '../src/phone-page.ts';
import { OPENID, openStand } from './stand.ts';
import type { Stand } from './stand.ts';

let stand: Stand;
beforeEach(async () => { stand = await openStand(); });
afterEach(() => stand.close());

const page = async () => (await stand.get('/__fake/phone')).text;

test('The page says it is a stand-in, and lists each person under their group with the phone masked', async () => {
  const html = await page();
  for (const words of ['微信替身', '仅供演示', '<h2>社会科学界', '<b>郑海平</b>', '<span>社会科学界 · 委员</span><span>138****1234</span>', '新微信用户', '用户拒绝授权手机号']) expect(html).toContain(words);
  expect(html).toContain(`data-openid="${OPENID}"`);
  expect(html).not.toContain('13800001234');
});

test('Names, notes, groups and openids cannot break out into markup', async () => {
  const evil = `"><script>alert('x')</script>&`;
  stand.fake.addUser({ openid: evil, name: evil, note: evil, group: evil });
  const html = await page();
  expect(html).not.toContain(`<script>alert`);
  expect(html).toContain('data-openid="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"');
});

test('The page loads nothing from elsewhere, and its policy admits exactly its own script', async () => {
  const answer = await fetch(`${stand.url}/__fake/phone`);
  const html = await answer.text();
  expect(html).not.toMatch(/(?:src|href)="|https?:|url\(|@import/);
  const script = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? '';
  expect(new Script(script)).toBeInstanceOf(Script);
  const hash = createHash('sha256').update(script).digest('base64');
  expect(answer.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}';`);
});

test('Without people the page says what to do', async () => {
  expect(await page()).not.toContain('名单还是空的');
  expect(phonePage([])).toContain('名单还是空的。请先装入演示数据');
});
