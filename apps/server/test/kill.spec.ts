/** The sender is killed in the middle, in a process of its own: the small version of npm run bench:sending. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { emptyDatabase } from './own-database.ts';

interface Counted { readonly notices: number; readonly killed: number; readonly arrived: number; readonly double: number; readonly states: Record<string, number> }

test('陷阱 25：发送的进程在中途被 kill -9，没有一条发两次，没有一条下落不明', async () => {
  const command = resolve(import.meta.dirname, '../../../tools/bench-sending.js');
  const { NODE_OPTIONS: _options, ...env } = process.env;
  // Without a server of databases it makes a file of its own.
  const { url, drop } = await emptyDatabase(undefined);
  const { stdout } = await promisify(execFile)(process.execPath, [command, '--notices', '80', '--kills', '1', '--senders', '1', '--latency', '10', '--most-seconds', '120', ...(url.startsWith('mysql:') ? ['--database', url] : [])], { env });
  await drop();
  const { notices, killed, arrived, double, states } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Counted;
  expect({ notices, killed, double }).toEqual({ notices: 80, killed: 1, double: 0 });
  // Either it has arrived, or the desk is told that nobody knows and rings.
  expect(Object.keys(states).filter((it) => !['sent', 'arrived', 'failed crashed'].includes(it))).toEqual([]);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(80);
  expect(arrived + (states['failed crashed'] ?? 0)).toBeGreaterThanOrEqual(80);
}, 180_000);
