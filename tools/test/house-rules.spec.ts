import { expect, test } from '@jest/globals';
import { faultsIn, namesHost } from '../house-rules.js';

const phone = 'apps/miniapp/src/pages/home/index.tsx';
const rule = 'packages/domain/src/deadlines.ts';
const slice = 'apps/server/src/visits/visits.service.ts';

test.each([
  ['a lookbehind', phone, 'const a = /(?<=第)\\d/;'],
  ['a lookbehind in a string', phone, "const a = new RegExp('(?<!第)1');"],
  ['a Proxy', phone, 'const a = new Proxy({}, {});'],
  ['Intl', 'packages/contracts/src/client.ts', "const a = new Intl.NumberFormat('zh');"],
  ['fetch', phone, "void fetch('/api');"],
  ['the machine’s own time zone', 'apps/desk/src/parts/chip.tsx', 'const a = new Date(0).getHours();'],
  ['a rule that looks at the clock', rule, 'const a = Date.now();'],
  ['a rule that makes its own now', rule, 'const a = new Date();'],
  ['a rule that throws dice', rule, 'const a = Math.random();'],
  ['Taro outside platform', phone, "import Taro from '@tarojs/taro';"],
  ['a Taro call by name outside platform', phone, "import { request } from '@tarojs/taro';"],
  ['a second door to the tables', slice, "import { DataSource } from 'typeorm';"],
  ['a name that says nothing', 'apps/desk/src/parts/utils.ts', ''],
  ['a folder that says nothing', 'apps/desk/src/common/chip.tsx', ''],
  ['a silenced type error', slice, `// @ts-${'ignore'}`],
  ['a silenced linter', slice, `// oxlint-${'disable-next-line'}`],
  ['a path of one machine', 'docs/operations.md', `see /${'home'}/someone/lvzhi`],
  ['a text of a public message board', 'seeds/demo/submissions.json', '{ "body": "A3区的路灯坏了" }'],
])('%s is refused', (_, path, text) => {
  expect(faultsIn(path, text)).toHaveLength(1);
});

test.each([
  ['a hook of Taro in a page', phone, "import { useDidShow } from '@tarojs/taro';"],
  ['a type of Taro in a page', phone, "import type Taro from '@tarojs/taro';"],
  ['Taro in platform', 'apps/miniapp/src/platform/wire.ts', "import Taro from '@tarojs/taro';"],
  ['an own field named like something absent', phone, 'const a = { fetch: 1, URL: 2 }; const b = a.fetch + a.URL;'],
  ['a type named like something absent', phone, 'let a: Blob | undefined;'],
  ['a word about lookbehind', rule, '/** No (?<=lookbehind): old phones cannot parse it. */'],
  ['a now that was handed in', rule, 'const due = (now: Date) => new Date(now.getTime());'],
  ['UTC getters', rule, 'const day = (at: Date) => at.getUTCDay();'],
  ['an entity’s columns', slice, "import { Column, Entity } from 'typeorm';"],
  ['DataSource in platform', 'apps/server/src/platform/database.ts', "import { DataSource } from 'typeorm';"],
  ['an address of the product', 'docs/operations.md', 'open /desk/ or /m/ or /api/openapi.json'],
])('%s is allowed', (_, path, text) => {
  expect(faultsIn(path, text)).toEqual([]);
});

test('a lock file that names a host ties the installation to it', () => {
  expect(namesHost('{ "resolved": "https://registry.example/a.tgz" }')).toBe(true);
  expect(namesHost('registry=https://registry.example')).toBe(true);
  expect(namesHost('{ "resolved": "packages/domain", "link": true, "funding": "https://example.org" }')).toBe(false);
});
