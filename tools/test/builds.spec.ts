import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BuildFailed, digestOf, failureWords, isUpToDate, targets } from '../builds.js';

let base = '';
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
};
const digest = (env: NodeJS.ProcessEnv = {}) => digestOf(targets.weapp, { base, env });

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'lvzhi-builds-'));
  put('package-lock.json', '{}');
  put('apps/miniapp/src/app.ts', 'one');
  put('packages/domain/src/words.ts', 'two');
});
afterEach(() => { rmSync(base, { recursive: true, force: true }); });

test('a pull that changes a file of a package the app uses is noticed, whatever the file times say', () => {
  const before = digest();
  put('packages/domain/src/words.ts', 'six');
  utimesSync(join(base, 'packages/domain/src/words.ts'), 0, 0);
  expect(digest()).not.toBe(before);
});

test('a file that was touched but not changed builds nothing', () => {
  const before = digest();
  utimesSync(join(base, 'apps/miniapp/src/app.ts'), new Date(), new Date());
  expect(digest()).toBe(before);
});

test.each([
  ['a new dependency', () => { put('package-lock.json', '{"packages":{}}'); }],
  ['a renamed file', () => { put('apps/miniapp/src/app2.ts', 'one'); rmSync(join(base, 'apps/miniapp/src/app.ts')); }],
  ['a moved border between two files', () => { put('apps/miniapp/src/app.ts', 'on'); put('apps/miniapp/src/b.ts', 'e'); }],
  ['a changed configuration', () => { put('apps/miniapp/config/index.js', 'module.exports = {}'); }],
])('%s is built anew', (_, change) => {
  const before = digest();
  change();
  expect(digest()).not.toBe(before);
});

test('the WeChat build is made anew for another server address, and for none other of the environment', () => {
  expect(digest({ TARO_APP_API: 'https://a.example' })).not.toBe(digest({ TARO_APP_API: 'https://b.example' }));
  expect(digest({ LANG: 'C' })).toBe(digest({ LANG: 'zh_CN' }));
});

test('tests and what a build left behind decide nothing', () => {
  const before = digest();
  put('apps/miniapp/test/a.spec.ts', 'x');
  put('apps/miniapp/dist/h5/index.html', 'x');
  put('apps/miniapp/node_modules/a/index.js', 'x');
  expect(digest()).toBe(before);
});

test('an output counts only when it is complete and carries the digest of the present sources', () => {
  const upToDate = () => isUpToDate(targets.weapp, { base, env: {} });
  expect(upToDate()).toBe(false);
  put('apps/miniapp/dist/weapp/app.json', '{}');
  expect(upToDate()).toBe(false);
  put('apps/miniapp/dist/weapp/.built-from', digest());
  expect(upToDate()).toBe(true);
  put('apps/miniapp/src/app.ts', 'changed');
  expect(upToDate()).toBe(false);
  put('apps/miniapp/dist/weapp/.built-from', digest());
  rmSync(join(base, 'apps/miniapp/dist/weapp/app.json'));
  expect(upToDate()).toBe(false);
});

test('a failed build is told once, with its name and its last lines', () => {
  const output = Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n');
  const words = failureWords(new BuildFailed(targets.desk, 1, output), 3);
  expect(words).toBe('✗ 构建失败 desk was not built: vite ended with 1\n  │ line 97\n  │ line 98\n  │ line 99');
  expect(() => failureWords(new Error('a fault of our own'))).toThrow('a fault of our own');
});
