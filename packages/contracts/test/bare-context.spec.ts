/** The contract and the rules as a phone's mini-program runs them: a bare engine without URL, fetch, Intl, timers, eval. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, test } from '@jest/globals';
import { calendarOf, dueAfter, dueLook, route } from '@lvzhi/domain';
import type { RoutingTable } from '@lvzhi/domain';

let code = '';
let run: (script: string) => unknown = () => undefined;

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));
const seed = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../seeds/${name}.json`, import.meta.url), 'utf8'));
const days = (seed('calendar') as { days: Parameters<typeof calendarOf>[0] }).days;
const hours = (seed('settings') as Record<string, unknown>)['office.hours'] as readonly (readonly [string, string])[];
const table = { planTopics: [], ...(seed('routing') as Omit<RoutingTable, 'threshold' | 'planTopics'>), threshold: 0.75 };
const text = { title: '关于优化公交线路的建议', body: '公交车末班太早，乘客换乘不便。' };

beforeAll(() => {
  // In a process of its own: the bundler's native part does not know this test's realm.
  code = execFileSync(process.execPath, [path('../../../node_modules/rolldown/bin/cli.mjs'), path('./phone-entry.ts'), '--format', 'iife', '--platform', 'neutral'], { cwd: path('..'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  run = (script) => runInContext(script, context);
  run(`for (const name of ['URL', 'URLSearchParams', 'fetch', 'Intl', 'AbortController', 'structuredClone', 'queueMicrotask', 'setTimeout', 'console', 'TextEncoder', 'crypto', 'process', 'require', 'WebAssembly']) delete globalThis[name];
    globalThis.eval = () => { throw new Error('eval') };
    globalThis.Function = function () { throw new Error('new Function') };`);
  run(code);
}, 60_000);

/** A value from the other realm as one of ours. */
const plain = (script: string): unknown => JSON.parse(run(`JSON.stringify(${script})`) as string);

test('这里真的什么都没有', () => {
  expect(run(`['URL', 'fetch', 'Intl', 'AbortController', 'structuredClone', 'queueMicrotask', 'setTimeout', 'console', 'process'].filter((name) => name in globalThis).join()`)).toBe('');
  expect(() => run(`eval('1')`)).toThrow('eval');
  expect(() => run(`new Function('return 1')`)).toThrow('new Function');
  expect(() => run(`(() => {}).constructor('return 1')`)).toThrow('Code generation from strings disallowed');
});

test('客户端拼得出请求', async () => {
  expect(plain('lvzhi.requestOf(lvzhi.routes.list, { kind: "opinion", after: "甲&乙" })')).toEqual({ method: 'GET', url: '/submissions?kind=opinion&after=%E7%94%B2%26%E4%B9%99' });
  const answer = run(`(() => { const sent = []; const api = lvzhi.clientOf(lvzhi.routes, async (request) => { sent.push(request); return { doc: 1 }; }); return api.withdraw({ id: 'a1', version: 2 }).then((it) => JSON.stringify([it, sent])); })()`);
  expect(JSON.parse(await (answer as Promise<string>))).toEqual([{ doc: 1 }, [{ method: 'POST', url: '/submissions/a1/withdraw', body: { version: 2 } }]]);
});

test('填得不对的当场用中文说，不发出去', async () => {
  const answer = run(`lvzhi.clientOf(lvzhi.routes, () => { throw new Error('sent'); }).show({}).catch((error) => JSON.stringify([error instanceof lvzhi.InvalidInput, error.fields]))`);
  expect(JSON.parse(await (answer as Promise<string>))).toEqual([true, { id: '缺少编号' }]);
  expect(plain('lvzhi.complaints(lvzhi.routes.submit.input, { key: "key-12345678", kind: "opinion" })')).toMatchObject({ title: '请填写标题', situation: '请填写情况' });
});

test('分送的建议和服务器算的一样', () => {
  expect(plain(`lvzhi.domain.route(${JSON.stringify(text)}, ${JSON.stringify(table)})`)).toEqual(JSON.parse(JSON.stringify(route(text, table))));
});

test('期限和期限的样子也和服务器算的一样', () => {
  const [from, now] = [new Date('2022-09-29T06:06:00Z'), new Date('2022-10-08T00:10:00Z')];
  const reckoning = { calendar: calendarOf(days, [2022]), hours };
  const { at, explanation } = dueAfter({ workdays: 3 }, from, reckoning);
  const there = `(() => { const d = lvzhi.domain; const reckoning = { calendar: d.calendarOf(${JSON.stringify(days)}, [2022]), hours: ${JSON.stringify(hours)} };
    const { at, explanation } = d.dueAfter({ workdays: 3 }, new Date('${from.toISOString()}'), reckoning);
    return { at, explanation, said: d.explainDue(at, explanation), look: d.dueLook(at, new Date('${from.toISOString()}'), new Date('${now.toISOString()}'), 'desk', reckoning) }; })()`;
  expect(plain(there)).toEqual({
    at: at.toISOString(), explanation, said: '从 9月29日 14:06 起算 3 个工作日，到 10月9日 17:30。跳过国庆节 7 天，10月8日补班计入，10月9日补班计入。', look: dueLook(at, from, now, 'desk', reckoning),
  });
});

test('字数、涉密、能做什么，在手机上也算得出', () => {
  expect(plain(`lvzhi.domain.lengthOf('社情 民意👍')`)).toBe(5);
  expect(plain(`lvzhi.domain.secrecyFindings('第一行\\n机密★').map(({ line, rule }) => [line, rule])`)).toEqual([[2, 'star']]);
  expect(plain(`lvzhi.domain.actionsFor(lvzhi.domain.opinionFlow, { state: 'draft', authorId: 'p1', committeeId: null, coCommitteeIds: [], urgent: false }, { personId: 'p1', posts: [{ post: 'member', bodyId: 'cppcc', termId: '7' }] })`)).toEqual(['submit']);
});

test('整包代码里没有旧手机读不懂的正则', () => {
  expect(code.length).toBeGreaterThan(50_000);
  expect(code.match(/\(\?<[=!]/g)).toBeNull();
});
