/** npm run demo: see demo-options.ts. Ends with 0, 1 when something failed, 2 on a wrong command line, 130 when it was stopped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { playDemo } from './demo.ts';
import type { Played } from './demo.ts';
import { BadOption, demoOptions, demoUsage } from './demo-options.ts';
import type { DemoOptions } from './demo-options.ts';
import { OtherRun } from './ledger.ts';
import { demoAt, startDemo } from './own-server.ts';
import { GaveUp, RefusedByServer, Stopped } from './patience.ts';
import { Progress } from './progress.ts';
import { tableOf } from './tally.ts';

const root = resolve(import.meta.dirname, '../../..');
/** `lasts`: what was done is still there afterwards. */
interface Place { readonly url: string; readonly lasts: boolean; leave(): Promise<void> }
/** The server that was asked for is none, or none to play on. */
class NoStage extends Error {}

/** A running demonstration, or one of our own that ends with us. @throws NoStage */
async function placeFor({ url, data }: DemoOptions, progress: Progress): Promise<Place> {
  const wanted = url ?? `http://127.0.0.1:${process.env['PORT'] ?? 3000}`;
  const found = data === undefined || url !== undefined ? await demoAt(wanted) : 'nobody';
  if (found === 'demo') return { url: wanted, lasts: true, leave: () => Promise.resolve() };
  if (url !== undefined) throw new NoStage(found === 'nobody' ? `连不上 ${url}。请先 npm start，或者不写 --url，由演示自己起一个服务。` : `${url} 不是演示服务，不能在上面演示。`);
  if (found === 'not_demo') progress.say(`${wanted} 上的服务不是演示服务，另起一个。`);
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'lvzhi-demo-')) : data;
  const drop = (): void => { if (data === undefined) rmSync(folder, { recursive: true, force: true }); };
  try {
    const own = await startDemo({ root, data: folder });
    progress.say(`演示服务 ${own.url}，数据在 ${folder}${data === undefined ? '（做完删去）' : ''}`);
    return { url: own.url, lasts: data !== undefined, leave: async () => { await own.stop(); drop(); } };
  } catch (error) {
    drop();
    throw error;
  }
}

function report({ tally, checked }: Played, options: DemoOptions, { lasts }: Place, seconds: number, stopped: boolean): number {
  const mix = `通过 ${options.mix.passed}、退回 ${options.mix.returned}、不采用 ${options.mix.not_adopted}`;
  if (options.json) console.log(JSON.stringify({ file: options.file, seed: options.seed, mix: options.mix, seconds, stopped, ...tally, ...(checked && { check: checked }) }));
  else {
    console.log(tableOf(tally, { file: options.file, mix, seed: options.seed, seconds }));
    if (checked) console.log(`\n核对：收下 ${checked.acknowledged} 件，在的 ${checked.found} 件，重复 ${checked.twice.length} 件${checked.missing.length > 0 ? `\n  不见了：${checked.missing.slice(0, 10).join('、')}` : ''}${checked.twice.length > 0 ? `\n  重复：${checked.twice.slice(0, 10).join('、')}` : ''}`);
    if (stopped) console.log(`\n已按要求停下：提交 ${tally.submitted} 件，初审完 ${tally.submitted - tally.undecided} 件。${lasts ? '用 --resume 接着做。' : '这次的数据是临时的，已经删去；想能接着做，请加 --data 文件夹。'}`);
  }
  if (stopped) return 130;
  return checked && checked.missing.length + checked.twice.length > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const options = demoOptions(process.argv.slice(2));
  if (!options) { console.log(demoUsage); return 0; }
  const [progress, stopping, began] = [new Progress(process.stderr), new AbortController(), performance.now()];
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    progress.say('\n正在停下：做完手上的几件（再按一次 Ctrl-C 立即退出）');
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const place = await placeFor(options, progress);
  try {
    const played = await playDemo(options, root, place.url, stopping.signal, { tick: (...how) => { progress.tick(...how); }, say: (line) => { progress.say(line); } });
    return report(played, options, place, (performance.now() - began) / 1000, stopping.signal.aborted);
  } finally {
    await place.leave();
  }
}

const known = (error: unknown): error is Error => error instanceof BadOption || error instanceof NoStage || error instanceof OtherRun || error instanceof GaveUp || error instanceof RefusedByServer
  || (error instanceof Error && ['ENOENT', 'EACCES', 'EISDIR', 'Z_DATA_ERROR'].includes((error as NodeJS.ErrnoException).code ?? ''));

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  if (error instanceof Stopped) { process.exitCode = 130; return; }
  console.error(known(error) ? error.message : error);
  process.exitCode = error instanceof BadOption ? 2 : 1;
});
