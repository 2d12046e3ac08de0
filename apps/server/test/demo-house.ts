import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../bench/own-server.ts';
import { createApp } from '../src/app.ts';
import { standIn } from '../src/fake-wechat.ts';
import { Clock } from '../src/platform/clock.ts';
import { configOf } from '../src/platform/config.ts';

export const root = resolve(import.meta.dirname, '../../..');
export interface DemoHouse { readonly url: string; readonly app: Awaited<ReturnType<typeof createApp>>; readonly folder: string; close(): Promise<void> }

/** The server as `npm start` runs it in demo mode, with the stand-in of WeChat on its own port, on an SQLite file of its own; `jobs`: it does its jobs by itself; `begins`: its first instant. */
export async function demoHouse({ jobs = false, begins = '' } = {}): Promise<DemoHouse> {
  const [folder, port, clock] = [mkdtempSync(join(tmpdir(), 'lvzhi-demo-house-')), await freePort(), new Clock(true)];
  const config = configOf({ LVZHI_MODE: 'demo', DATA_FOLDER: folder, PORT: String(port), LOG_LEVEL: 'error', DEMO_BEGINS: begins }, root);
  const app = await createApp(config, clock, { demoClock: true, demoPast: false, jobs });
  standIn(app, config, clock);
  await app.listen(port, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}`, app, folder, close: async () => { await app.close(); rmSync(folder, { recursive: true, force: true }); } };
}
