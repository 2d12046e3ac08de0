import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Wire } from './wire.ts';

/** A free port of this machine, at the moment of asking. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const trial = createServer();
    trial.once('error', reject);
    trial.listen(0, '127.0.0.1', () => { const { port } = trial.address() as AddressInfo; trial.close(() => { resolve(port); }); });
  });
}

/** Whether a server answers there, and whether it is a demonstration. */
export async function demoAt(url: string): Promise<'demo' | 'not_demo' | 'nobody'> {
  const wire = new Wire(url, 1);
  try {
    const { status, text } = await wire.call({ method: 'GET', path: '/api/guest' }, 5_000);
    return status === 200 && (JSON.parse(text) as { clock?: { demo?: boolean } }).clock?.demo === true ? 'demo' : 'not_demo';
  } catch (error) {
    return error instanceof SyntaxError ? 'not_demo' : 'nobody';
  } finally {
    wire.close();
  }
}

export interface OwnProcess { readonly url: string; readonly pid: number; stop(): Promise<void> }
interface Program { readonly script: string; readonly port: number; readonly env: NodeJS.ProcessEnv; readonly node?: readonly string[]; readonly ready: string }

/**
 * Starts a script of ours that serves HTTP, and waits until `ready` answers 200. It gets a process group of its own, so that Ctrl-C in the
 * terminal reaches us first and we end it when we are done. @throws with what it printed, when it does not come up within three minutes: the demonstration's past is played first
 */
export async function startProcess({ script, port, env, node = [], ready }: Program): Promise<OwnProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', ...node, script], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { said.push(part); if (said.length > 200) said.shift(); });
  const kill = (): void => { child.kill('SIGKILL'); };
  process.once('exit', kill);
  const wire = new Wire(`http://127.0.0.1:${port}`, 1);
  try {
    for (let tries = 0; ; tries += 1) {
      if (child.exitCode !== null || tries > 1_800) throw new Error(`服务没有起来：\n${Buffer.concat(said).toString('utf8').slice(-2_000)}`);
      const up = await wire.call({ method: 'GET', path: ready }, 2_000).then(({ status }) => status === 200, () => false);
      if (up) break;
      await sleep(100);
    }
  } catch (error) {
    kill();
    throw error;
  } finally {
    wire.close();
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => ended(child).finally(() => process.off('exit', kill)) };
}

/** Asks it to end, and ends it after ten seconds. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  child.kill('SIGTERM');
  const forced = setTimeout(() => { child.kill('SIGKILL'); }, 10_000);
  await gone;
  clearTimeout(forced);
}

interface OwnDemo { readonly root: string; readonly data: string; readonly port?: number; readonly databaseUrl?: string | undefined; readonly node?: readonly string[]; /** The instant of an empty demonstration. */ readonly begins?: string | undefined }
/** The built server in demo mode on a port of its own; nothing of the caller's environment leads it to another database. */
export async function startDemo({ root, data, port, databaseUrl, node = [], begins }: OwnDemo): Promise<OwnProcess> {
  const at = port ?? await freePort();
  const { DATABASE_URL: _theirs, NODE_ENV: _mode, ...env } = process.env;
  return startProcess({
    script: join(root, 'apps/server/dist/main.js'), port: at, node, ready: '/ready',
    env: { ...env, LVZHI_MODE: 'demo', PORT: String(at), HOST: '127.0.0.1', DATA_FOLDER: data, LOG_LEVEL: 'warn', ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }), ...(begins !== undefined && { DEMO_BEGINS: begins }) },
  });
}
