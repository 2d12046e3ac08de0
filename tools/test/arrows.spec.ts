import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { programOf, root } from '../folders.js';
import { quietly } from '../processes.js';

interface Breach { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }

/** Rule, the file that breaks it, what it imports. The names are those of .dependency-cruiser.cjs. */
const breaches: [string, string, string][] = [
  ['domain-knows-nothing', 'packages/domain/src/a.ts', 'packages/contracts/src/index.ts'],
  ['contracts-know-domain-and-valibot', 'packages/contracts/src/a.ts', 'node:fs'],
  ['wechat-fake-knows-node-only', 'packages/wechat-fake/src/a.ts', 'packages/domain/src/index.ts'],
  ['miniapp-bench-knows-node-only', 'packages/miniapp-bench/src/a.ts', 'packages/contracts/src/index.ts'],
  ['miniapp-imports-no-other-app', 'apps/miniapp/src/a.ts', 'apps/desk/src/index.ts'],
  ['desk-imports-no-other-app', 'apps/desk/src/a.ts', 'apps/server/src/index.ts'],
  ['server-imports-no-other-app', 'apps/server/src/a.ts', 'apps/miniapp/src/index.ts'],
  ['apps-with-a-screen-know-domain-and-contracts-only', 'apps/desk/src/b.ts', 'packages/wechat-fake/src/index.ts'],
  ['the-stand-in-has-one-door', 'apps/server/src/visits/a.ts', 'packages/wechat-fake/src/index.ts'],
  ['platform-knows-no-slice', 'apps/server/src/platform/a.ts', 'apps/server/src/visits/visits.queries.ts'],
  ['slices-meet-in-queries-only', 'apps/server/src/notices/a.ts', 'apps/server/src/visits/visits.service.ts'],
  ['one-door-to-the-tables', 'apps/server/src/visits/b.ts', 'mysql2'],
  ['parts-know-no-screen', 'apps/desk/src/parts/a.ts', 'apps/desk/src/screens/todo.ts'],
  ['sources-know-no-test', 'apps/server/src/visits/c.ts', 'apps/server/test/stand.ts'],
  ['only-what-is-declared', 'apps/server/src/visits/d.ts', 'left-pad'],
  ['resolvable', 'apps/server/src/visits/e.ts', 'apps/server/src/visits/nowhere.ts'],
  ['no-cycles', 'apps/desk/src/screens/a-round.ts', 'apps/desk/src/screens/b-round.ts'],
];
const fine: [string, string][] = [
  ['packages/contracts/src/b.ts', 'packages/domain/src/index.ts'],
  ['packages/wechat-fake/src/b.ts', 'node:http'],
  ['apps/server/src/notices/b.ts', 'apps/server/src/visits/visits.queries.ts'],
  ['apps/server/src/platform/b.ts', 'mysql2'],
  ['apps/server/src/fake-wechat.ts', 'packages/wechat-fake/src/index.ts'],
  ['apps/desk/src/screens/todo.ts', 'apps/desk/src/parts/chip.ts'],
];

let base = '';
let found: Breach[] = [];

const put = (path: string, text: string) => {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
};
const importing = (from: string, to: string) => {
  if (!to.includes('/') || to.startsWith('node:')) return `import '${to}';\n`;
  const path = relative(dirname(from), to);
  return `import '${path.startsWith('.') ? path : `./${path}`}';\n`;
};

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'lvzhi-arrows-')));
  put('package.json', '{ "type": "module" }');
  for (const home of ['packages/domain', 'packages/contracts', 'packages/wechat-fake', 'packages/miniapp-bench', 'apps/desk', 'apps/miniapp']) put(`${home}/package.json`, '{ "type": "module" }');
  put('apps/server/package.json', '{ "type": "module", "dependencies": { "mysql2": "*" } }');
  for (const name of ['mysql2', 'left-pad']) {
    put(`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`);
    put(`node_modules/${name}/index.js`, '');
  }
  for (const [, to] of [...breaches.map(([, from, to]) => [from, to]), ...fine]) if (to?.includes('/') && !to.includes('nowhere')) put(to, '');
  for (const [, from, to] of breaches) put(from, importing(from, to));
  for (const [from, to] of fine) put(from, importing(from, to));
  put('apps/desk/src/screens/b-round.ts', importing('apps/desk/src/screens/b-round.ts', 'apps/desk/src/screens/a-round.ts'));
  const { output } = await quietly([programOf('.', 'dependency-cruiser', 'depcruise'), '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'apps', 'packages'], { folder: relative(root, base) });
  found = (JSON.parse(output.slice(output.indexOf('{'))) as { summary: { violations: Breach[] } }).summary.violations;
}, 60_000);
afterAll(() => { rmSync(base, { recursive: true, force: true }); });

test.each(breaches)('%s: a breach in %s is reported', (name, from) => {
  expect(found.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(name);
});

test.each(fine)('%s may import %s', (from) => {
  expect(found.filter((one) => one.from === from)).toEqual([]);
});

test('every rule has its breach here', async () => {
  const { default: config } = (await import('../../.dependency-cruiser.cjs')) as { default: { forbidden: { name: string }[] } };
  expect(config.forbidden.map((one) => one.name).toSorted()).toEqual(breaches.map(([name]) => name).toSorted());
});
