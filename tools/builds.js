/**
 * What can be built, from what, and whether that is still true. A target is up to date when the digest kept inside its output
 * equals the digest of its sources, configuration, lock file and environment: file times say nothing after a `git pull`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, programOf, root } from './folders.js';
import { quietly } from './processes.js';

const packages = ['packages/domain', 'packages/contracts'];
const toolchain = ['package-lock.json', 'tsconfig.base.json', 'tools/builds.js'];

/** `made` is the last file a good build writes; `env` names the variables that end up in the output. */
export const targets = {
  server: {
    words: 'server bundle', folder: 'apps/server', out: 'apps/server/dist', made: 'main.js', env: [],
    sources: ['apps/server', 'packages/wechat-fake', ...packages], program: ['rolldown', 'rolldown'], args: ['-c'],
  },
  desk: {
    words: 'desk', folder: 'apps/desk', out: 'apps/desk/dist', made: 'index.html', env: [],
    sources: ['apps/desk', ...packages], program: ['vite', 'vite'], args: ['build'],
  },
  h5: {
    words: 'member app, H5', folder: 'apps/miniapp', out: 'apps/miniapp/dist/h5', made: 'index.html', env: [],
    sources: ['apps/miniapp', ...packages], program: ['@tarojs/cli', 'taro'], args: ['build', '--type', 'h5'],
  },
  weapp: {
    words: 'member app, WeChat', folder: 'apps/miniapp', out: 'apps/miniapp/dist/weapp', made: 'app.json', env: ['TARO_APP_API', 'TARO_APP_ID'],
    sources: ['apps/miniapp', ...packages], program: ['@tarojs/cli', 'taro'], args: ['build', '--type', 'weapp'],
  },
};

/** A build that failed: `output` is everything it printed. */
export class BuildFailed extends Error {
  constructor(target, code, output) {
    super(`${target.words} was not built: ${target.program[1]} ended with ${code}`);
    this.output = output;
  }
}

const markOf = (target, base) => join(base, target.out, '.built-from');

/** The digest of everything that decides what the target's output looks like. Tests are left out: they build nothing. */
export function digestOf(target, { base = root, env = process.env } = {}) {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([target.program, target.args, target.env.map((name) => env[name] ?? null)]));
  for (const path of filesUnder([...target.sources, ...toolchain], { base, without: ['test', 'bench'] })) {
    const bytes = readFileSync(join(base, path));
    hash.update(`\n${path} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** Whether the output on disk was made from exactly the present sources, to its end. */
export function isUpToDate(target, { base = root, env = process.env } = {}) {
  const mark = markOf(target, base);
  return existsSync(join(base, target.out, target.made)) && existsSync(mark) && readFileSync(mark, 'utf8') === digestOf(target, { base, env });
}

async function built(target, signal) {
  const digest = digestOf(target);
  // Without its mark a half-finished output is never taken for a good one.
  rmSync(markOf(target, root), { force: true });
  mkdirSync(dirname(join(root, target.out)), { recursive: true });
  const { code, output, seconds } = await quietly([programOf(target.folder, ...target.program), ...target.args], { folder: target.folder, env: { NODE_ENV: 'production' }, signal });
  if (code !== 0 || !existsSync(join(root, target.out, target.made))) throw new BuildFailed(target, code, output);
  writeFileSync(markOf(target, root), digest);
  return seconds;
}

/**
 * Brings the named targets up to date side by side; one failure stops the others.
 * @param {string[]} names of `targets`
 * @param {{ say?: (line: string) => void, force?: boolean, signal?: AbortSignal }} options `say` gets one line a step
 * @throws {BuildFailed}
 */
export async function build(names, { say = console.log, force = false, signal } = {}) {
  const wanted = names.filter((name) => force || !isUpToDate(targets[name]));
  if (wanted.length === 0) return;
  const stop = new AbortController();
  const until = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const running = new Set(wanted);
  const since = Date.now();
  const wordsOf = (some) => some.map((name) => targets[name].words).join('; ');
  say(`正在构建 building: ${wordsOf(wanted)}`);
  const ticking = setInterval(() => { say(`  … ${Math.round((Date.now() - since) / 1000)} s, 还在构建 still building: ${wordsOf([...running])}`); }, 10_000);
  try {
    await Promise.all(wanted.map(async (name) => {
      const seconds = await built(targets[name], until);
      running.delete(name);
      say(`  ✓ ${targets[name].words} ${seconds.toFixed(1)} s`);
    }));
  } catch (error) {
    stop.abort();
    throw error;
  } finally {
    clearInterval(ticking);
  }
}

/** What a person needs to see of a failed build: which one, and its last lines, once. */
export function failureWords(error, lines = 40) {
  if (!(error instanceof BuildFailed)) throw error;
  const kept = error.output.trimEnd().split('\n').slice(-lines).map((line) => `  │ ${line}`);
  return [`✗ 构建失败 ${error.message}`, ...kept].join('\n');
}
