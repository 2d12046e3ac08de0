/** npm run bench: see bench-options.ts. Ends with 0, 1 when something failed, 2 on a wrong command line. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { furnish, sourcesOf } from './bench-cases.ts';
import type { Furnished } from './bench-cases.ts';
import { benchOptions, benchUsage } from './bench-options.ts';
import type { BenchOptions, CaseName } from './bench-options.ts';
import { benchTable, resultOf } from './bench-report.ts';
import type { Result } from './bench-report.ts';
import { Cast, Roster } from './cast.ts';
import { BadOption } from './demo-options.ts';
import { atRest, load } from './load.ts';
import type { Source, Turn } from './load.ts';
import { freePort, startDemo, startProcess } from './own-server.ts';
import type { OwnProcess } from './own-server.ts';
import { Patience } from './patience.ts';
import { routerFigures } from './router-figures.ts';
import { twin } from './twin.ts';
import type { Twin } from './twin.ts';
import { Wire } from './wire.ts';

const root = resolve(import.meta.dirname, '../../..');
const say = (line: string): void => { process.stderr.write(`${line}\n`); };
const warmMs = 1_500;

/** What so many reports at once leave to do (sending, sketching, learning) is done before anything is measured: two minutes on its clock make it due. */
async function settled({ url, pid }: OwnProcess, wire: Wire): Promise<void> {
  const { clock } = JSON.parse((await wire.call({ method: 'GET', path: '/api/guest' })).text) as { clock: { now: string } };
  const { status, text } = await wire.call({ method: 'POST', path: '/__fake/clock', body: { to: new Date(new Date(clock.now).getTime() + 120_000).toISOString() } });
  if (status !== 200) throw new Error(`${url}: ${status} ${text}`);
  await atRest(pid);
}

/** The database filled through the server itself, which then ends, so that the copy is whole. */
async function filled({ rows, connections }: BenchOptions, both: Twin, data: string): Promise<Furnished> {
  const server = await startDemo({ root, data, databaseUrl: both.ours });
  const wire = new Wire(server.url, connections);
  try {
    const furnished = await furnish(new Cast(new Patience(wire, new AbortController().signal, 30_000)), new Roster(join(root, 'seeds')), rows, connections, say);
    await settled(server, wire);
    return furnished;
  } finally {
    wire.close();
    await server.stop();
  }
}

interface Measured { readonly process: OwnProcess; readonly wire: Wire; readonly sources: Record<CaseName, Source> }

/** The pairs of one case: ours and bare by turns, each pair in the other order than the one before. */
async function measured(name: CaseName, ours: Measured, bare: Measured, { pairs, seconds, connections }: BenchOptions): Promise<Result> {
  const turn = (side: Measured, ms: number, source = side.sources[name]): Promise<Turn> => load(side.wire, side.process.pid, source, connections, ms);
  // The supply of documents to pass is shared out over the turns.
  const bounded = (side: Measured, most: number): Source => { let left = most; const source = side.sources[name]; return { ...source, next: () => ((left -= 1) >= 0 ? source.next() : undefined) }; };
  const most = name === 'pass' ? Math.floor(Math.min(waitingOf(ours), waitingOf(bare)) / (pairs + 1)) : Infinity;
  await turn(ours, warmMs, bounded(ours, most));
  await turn(bare, warmMs, bounded(bare, most));
  const done: { ours: Turn; bare: Turn }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0;
    const [one, two] = first ? [ours, bare] : [bare, ours];
    const [a, b] = [await turn(one, seconds * 1000, bounded(one, most)), await turn(two, seconds * 1000, bounded(two, most))];
    done.push(first ? { ours: a, bare: b } : { ours: b, bare: a });
  }
  const result = resultOf(name, done);
  say(`${name} ${result.ratio.toFixed(2)}（${result.ours.perSecond} / ${result.bare.perSecond} 次每秒）`);
  return result;
}
const waitingOf = ({ sources }: Measured): number => sources.pass.left?.() ?? 0;

async function bench(options: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lvzhi-bench-'));
  const data = join(folder, 'ours');
  const both = await twin(process.env['DATABASE_URL'], folder);
  const stops: (() => Promise<void>)[] = [() => both.drop()];
  const ended = async (): Promise<void> => { for (const stop of stops.toReversed()) await stop(); };
  process.once('SIGINT', () => { void ended().finally(() => process.exit(130)); });
  try {
    const furnished = await filled(options, both, data);
    await both.copy();
    if (options.profile !== undefined) mkdirSync(options.profile, { recursive: true });
    const server = await startDemo({ root, data, databaseUrl: both.ours, node: options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profile)}`] });
    stops.push(() => server.stop());
    const port = await freePort();
    const other = await startProcess({ script: join(root, 'apps/server/dist/bare-server.js'), port, ready: '/ready', env: { ...process.env, PORT: String(port), BARE_DATABASE: both.bare } });
    stops.push(() => other.stop());
    const sides = [server, other].map((process, index): Measured => ({ process, wire: new Wire(process.url, options.connections), sources: sourcesOf(furnished, index === 0 ? 'ours' : 'bare') }));
    await atRest(server.pid);
    const [ours, bare] = sides;
    if (!ours || !bare) return;
    const results: Result[] = [];
    for (const name of options.only) results.push(await measured(name, ours, bare, options));
    for (const { wire } of sides) wire.close();
    const told = { database: both.words, rows: options.rows, router: routerFigures(root) };
    console.log(options.json ? JSON.stringify({ ...told, seconds: options.seconds, pairs: options.pairs, connections: options.connections, results }) : benchTable(results, told));
  } finally {
    await ended();
  }
}

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options) await bench(options); else console.log(benchUsage);
}

main().catch((error: unknown) => {
  const words = error instanceof BadOption || (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(words ? (error as Error).message : error);
  process.exitCode = words ? 2 : 1;
});
