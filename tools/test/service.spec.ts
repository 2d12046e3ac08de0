/** Putting it into service, by static means: no container is built here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../folders.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const lines = read('Dockerfile').split('\n');

test('whatever the Dockerfile copies from the tree is there, and what its last stage copies is made by those before it', () => {
  const fromTree = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(/\s+/).slice(1, -1));
  expect(fromTree.length).toBeGreaterThan(5);
  expect(fromTree.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const stages = lines.flatMap((line) => /^FROM \S+ AS (\w+)$/.exec(line)?.[1] ?? []);
  const copied = lines.flatMap((line) => { const [, stage = '', path = ''] = /^COPY --from=(\w+) \/app\/(\S+)/.exec(line) ?? []; return stage ? [{ stage, path }] : []; });
  expect(copied.filter(({ stage }) => !stages.includes(stage))).toEqual([]);
  const fromBuild = copied.map(({ path }) => path);
  const made = ['node_modules', 'apps/server/dist', 'apps/desk/dist', 'apps/miniapp/dist/h5'];
  expect(fromBuild.filter((path) => !made.includes(path) && !existsSync(join(root, path)))).toEqual([]);
  expect(fromBuild).toEqual(expect.arrayContaining([...made, 'seeds']));
  // What the server runs with is installed for it alone, without what builds the pages.
  expect([copied.find(({ path }) => path === 'node_modules')?.stage, lines]).toEqual(['installed', expect.arrayContaining(['RUN npm ci --omit=dev --workspace=apps/server'])]);
});

test('every workspace has its package.json copied before npm ci, so that the lock fits', () => {
  const copied = lines.filter((line) => /^COPY (apps|packages)/.test(line)).map((line) => line.split(/\s+/)[1]);
  for (const { path } of Object.entries(JSON.parse(read('package-lock.json')).packages as Record<string, { link?: boolean; resolved?: string }>).filter(([, it]) => it.link).map(([, it]) => ({ path: it.resolved }))) expect(copied).toContain(`${path}/package.json`);
});

test('the image runs as nobody special, and its health is that the database answers', () => {
  const text = lines.join('\n');
  expect(text).toMatch(/^USER node$/m);
  expect(text).toMatch(/^HEALTHCHECK .*\/ready/m);
  expect(text).toMatch(/^CMD \["node", "--enable-source-maps", "apps\/server\/dist\/main\.js"\]$/m);
});

test('the variables of compose.yaml are those that the server and its commands read', () => {
  const named = [...read('compose.yaml').matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name ?? '').filter((name) => !name.startsWith('MARIADB_'));
  const sources = ['apps/server/src/platform/config.ts', 'apps/server/src/keeping/command.ts'].map(read).join('\n');
  expect(named).toEqual(expect.arrayContaining(['DATABASE_URL', 'LVZHI_SECRET', 'WECHAT_APPID', 'WECHAT_SECRET', 'BACKUP_FOLDER', 'BACKUP_KEY_FILE', 'TRUSTED_PROXIES']));
  expect(named.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
});

test('container.config.json names the Dockerfile and the port that it exposes', () => {
  const { containerPort, dockerfilePath } = JSON.parse(read('container.config.json')) as { containerPort: number; dockerfilePath: string };
  expect(existsSync(join(root, dockerfilePath))).toBe(true);
  expect(lines).toContain(`EXPOSE ${containerPort}`);
});

test('every spec and source that docs/security.md names is there', () => {
  const named = [...read('docs/security.md').matchAll(/`((?:apps|packages|tools)\/[\w./*-]+)`/g)].map(([, path]) => path ?? '').filter((path) => !path.includes('*'));
  expect(named.filter((path) => path.endsWith('.spec.ts')).length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
