/** npm run routing:train and routing:evaluate, as somebody calls them. */
import { afterAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readModel } from '@lvzhi/domain';
import type { RoutingModelFile } from '@lvzhi/domain';
import { invented } from '../bench/invented.ts';
import { root } from './demo-house.ts';

const folder = mkdtempSync(join(tmpdir(), 'lvzhi-routing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const labels: Readonly<Record<string, string>> = { 河道: '环境保护', 公交: '交通运输', 课后服务: '教育文体', 药品不全: '卫生计生', 骑手: '劳动和社会保障', 夜间施工: '城乡建设' };
const labelled = invented(200).flatMap(({ title, body }) => Object.entries(labels).filter(([word]) => title.includes(word)).map(([, label]) => ({ title, body, label })));
const unlabelled = invented(20);
const linesOf = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
const fileOf = (name: string, content: string | Buffer): string => { const path = join(folder, name); writeFileSync(path, content); return path; };

const run = (what: 'train' | 'evaluate', ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> => new Promise((done) => {
  execFile(process.execPath, [join(root, 'tools/routing.js'), what, ...args], { cwd: root }, (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }));
});

test('管理员用一份带标签的来信训练：写出的权重读得回来，不含任何来信的数字和字母；再用压缩的文件检验，六个数和区间都在', async () => {
  const out = join(folder, 'model.json');
  const trained = await run('train', fileOf('some.jsonl', linesOf([...labelled, ...unlabelled])), '--out', out, '--folds', '2', '--blend', '0.3');
  expect([trained.code, trained.out.slice(0, 3)]).toEqual([0, '写到 ']);
  const file = JSON.parse(readFileSync(out, 'utf8')) as RoutingModelFile;
  const model = readModel(file);
  expect([...model.rows.keys()].filter((gram) => !/^[\u4e00-\u9fff]{2,3}$/.test(gram))).toEqual([]);
  expect(model.rows.size).toBeGreaterThan(50);
  expect(model.usual.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 1);

  const packed = fileOf('some.jsonl.gz', gzipSync(linesOf(labelled)));
  const measured = await run('evaluate', packed, '--json', '--folds', '2', '--model', out);
  expect(measured.code).toBe(0);
  const said = JSON.parse(measured.out) as Record<string, unknown> & { accuracy: number; n: number; intervals: Record<string, [number, number]>; confusion: Record<string, Record<string, number>> };
  expect(Object.keys(said)).toEqual(expect.arrayContaining(['accuracy', 'macroF1', 'top3', 'coverage', 'precisionAtThreshold', 'n', 'confusion', 'intervals', 'crossValidated']));
  expect(said.n).toBe(labelled.length);
  expect(Object.values(said.confusion).flatMap((row) => Object.values(row)).reduce((sum, count) => sum + count, 0)).toBe(labelled.length);
  const [low, high] = said.intervals['accuracy'] ?? [1, 0];
  expect(low <= said.accuracy && said.accuracy <= high).toBe(true);
  expect(said.accuracy).toBeGreaterThan(0.9);
});

test('检验时要看理由，就逐条写出送到哪里、因为什么词', async () => {
  const { code, out } = await run('evaluate', fileOf('few.jsonl', linesOf(labelled.slice(0, 12))), '--explain', '3');
  expect(code).toBe(0);
  expect(out.trim().split('\n').filter((line) => /^\d+\. /.test(line))).toHaveLength(3);
  expect(out).toMatch(/因为：\S/);
});

test.each([
  ['缺标题的一行', '{"body":"只有正文"}', '第 1 行：要有 title 和 body'],
  ['不认识的标签', '{"title":"甲","body":"乙","label":"天文"}', '不认识的标签“天文”'],
  ['空文件', '\n', '一行也没有'],
])('文件里有%s：说清哪里不对，以 2 结束', async (name, content, words) => {
  const { code, err } = await run('evaluate', fileOf(`${name}.jsonl`, content));
  expect([code, err]).toEqual([2, expect.stringContaining(words)]);
});

test('标签太少不训练，出厂的权重不动', async () => {
  const before = readFileSync(join(root, 'seeds/routing-model.json'), 'utf8');
  const { code, err } = await run('train', fileOf('short.jsonl', linesOf(labelled.slice(0, 10))));
  expect([code, err]).toEqual([2, expect.stringContaining('至少要 50 条')]);
  expect(readFileSync(join(root, 'seeds/routing-model.json'), 'utf8')).toBe(before);
});
