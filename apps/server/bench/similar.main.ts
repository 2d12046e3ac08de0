/** npm run bench:similar [-- FILE.jsonl] [--rows 100000]: the index of similar reports at the size of many years, and the topics of one. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clustersOf, neighbourly, SimilarIndex, sketchOf } from '@lvzhi/domain';
import { chance } from './chance.ts';
import { invented } from './invented.ts';
import { readMessages } from './messages.ts';

interface Text { readonly title: string; readonly body: string }
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
const { values: { rows }, positionals: [file] } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { rows: { type: 'string', default: '100000' } } });
const wanted = Math.min(500_000, Math.max(1_000, Number(rows) || 100_000));
const given: readonly Text[] = file === undefined ? invented(2_000) : readMessages(resolve(process.env['INIT_CWD'] ?? '.', file)).good;

/** Texts that nobody wrote, put together from sentences of those given: as many words and as many repetitions as a city's years would have. */
const sentences = given.map(({ body }) => body.split(/(?<=[。！？\n])/).filter((it) => it.trim() !== ''));
const mixed = (no: number): Text => {
  const at = (of: string) => Math.floor(chance(of, no) * given.length);
  const title = given[at('title')]?.title ?? '';
  const parts = [0, 1, 2].flatMap((turn) => { const from = sentences[at(`part ${turn}`)] ?? []; const first = Math.floor(chance('sentence', turn, no) * from.length); return from.slice(first, first + 2); });
  return { title: `${title}${no % 7}`, body: parts.join('') };
};
const ms = (from: number): number => performance.now() - from;
const quantile = (values: readonly number[], share: number): string => (values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0).toFixed(1);
const heap = (): number => { globalThis.gc?.(); const { heapUsed, arrayBuffers } = process.memoryUsage(); return (heapUsed + arrayBuffers) / 1e6; };

function filled(count: number): { index: SimilarIndex; firstUs: number; lastUs: number } {
  const index = new SimilarIndex();
  const [part, times] = [Math.floor(count / 10), [] as number[]];
  for (let no = 0; no < count; no += 1) {
    const { title, body } = mixed(no);
    const sketch = sketchOf(title, body);
    const from = performance.now();
    index.add(index.strongest(sketch));
    times.push(ms(from));
  }
  const mean = (of: readonly number[]) => (of.reduce((sum, it) => sum + it, 0) / Math.max(1, of.length)) * 1000;
  return { index, firstUs: mean(times.slice(part, 2 * part)), lastUs: mean(times.slice(-part)) };
}

function topics(texts: readonly Text[]): void {
  const from = performance.now();
  const index = new SimilarIndex();
  for (const { title, body } of texts) index.add(index.strongest(sketchOf(title, body)));
  const built = ms(from);
  const clusters = clustersOf(new Map(texts.map((_, no) => [no, index.nearTo(no, { atLeast: neighbourly })])), (among) => index.among(among));
  say(`${texts.length} 件聚成 ${clusters.length} 个热点，${clusters.flat().length} 件在其中：编索引 ${(built / 1000).toFixed(1)} 秒，聚类 ${((ms(from) - built) / 1000).toFixed(1)} 秒`);
  for (const cluster of clusters.slice(0, 10)) say(`  ${String(cluster.length).padStart(3)} 件  ${texts[cluster[0] ?? 0]?.title ?? ''}`);
}

const before = heap();
const { index, firstUs, lastUs } = filled(wanted);
const asked = Array.from({ length: 500 }, (_, no) => index.strongest(sketchOf(mixed(wanted + no).title, mixed(wanted + no).body)));
index.near(asked[0] ?? index.textOf(0));
const times = asked.map((text) => { const from = performance.now(); index.near(text, { atLeast: 0.3 }); return ms(from); });
say(`${wanted} 件里找相近：p50 ${quantile(times, 0.5)} ms，p95 ${quantile(times, 0.95)} ms，最慢 ${quantile(times, 1)} ms`);
say(`编入一件：最初 ${firstUs.toFixed(0)} µs，最后 ${lastUs.toFixed(0)} µs；内存 ${(heap() - before).toFixed(0)} MB`);
topics(given.slice(0, 1_710));
if (given.length > 2_000) topics(given);
