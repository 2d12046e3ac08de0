import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingPackages, readyToStart, tooOld } from '../readiness.js';

let base = '';
beforeEach(() => { base = mkdtempSync(join(tmpdir(), 'lvzhi-readiness-')); });
afterEach(() => { rmSync(base, { recursive: true, force: true }); });

test.each(['12.22.12', '18.20.8', '20.18.3'])('Node %s is refused in one line that names what is needed', (version) => {
  expect(tooOld(version)).toMatch(/^[^\n]*20\.19[^\n]*$/);
});

test.each(['20.19.0', '22.1.0', '24.0.0'])('Node %s will do', (version) => {
  expect(tooOld(version)).toBe('');
});

test('a port that somebody else holds is named in one line', async () => {
  const other = createServer();
  await new Promise<void>((listening) => { other.listen(0, '127.0.0.1', () => { listening(); }); });
  const { port } = other.address() as AddressInfo;
  const line = await readyToStart({ PORT: String(port), DATA_FOLDER: base });
  await new Promise((closed) => { other.close(closed); });
  expect(line).toMatch(new RegExp(`^端口 ${port} 已被占用[^\\n]*$`));
  expect(await readyToStart({ PORT: String(port), DATA_FOLDER: base })).toBe('');
});

test.each(['abc', '70000', '-1', '3000.5'])('PORT=%s is refused in one line', async (PORT) => {
  expect(await readyToStart({ PORT, DATA_FOLDER: base })).toMatch(/^PORT 应是[^\n]*$/);
});

test('a data folder that cannot be written is named in one line', async () => {
  const file = join(base, 'a-file');
  writeFileSync(file, '');
  expect(await readyToStart({ PORT: '0', DATA_FOLDER: join(file, 'data') })).toMatch(/^数据目录 [^\n]* 不能写入[^\n]*$/);
});

test('nothing installed, or something else than the lock file names, sends one to npm ci', () => {
  writeFileSync(join(base, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '2.0.0' }, 'node_modules/b-win32': { version: '1.0.0', optional: true } } }));
  expect(missingPackages(base)).toMatch(/^还没有安装依赖/);
  const install = (version: string) => {
    mkdirSync(join(base, 'node_modules'), { recursive: true });
    writeFileSync(join(base, 'node_modules/.package-lock.json'), JSON.stringify({ packages: { 'node_modules/a': { version } } }));
  };
  install('1.0.0');
  expect(missingPackages(base)).toMatch(/^依赖与 package-lock.json 不一致/);
  install('2.0.0');
  expect(missingPackages(base)).toBe('');
});
