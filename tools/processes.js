/** Runs other programs: quietly with their output kept, or in the open with the terminal handed over. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import { root } from './folders.js';

/** What a shell would report for a process that ended like this. */
export const exitCodeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a script under this Node and keeps what it printed.
 * @returns {Promise<{ code: number, output: string, seconds: number }>} never rejects, unless Node itself cannot start or `signal` aborts it
 */
export function quietly(args, { folder = '.', env = {}, signal } = {}) {
  const since = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: `${root}/${folder}`, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], signal });
    const output = [];
    child.stdout.on('data', (bytes) => output.push(bytes));
    child.stderr.on('data', (bytes) => output.push(bytes));
    child.on('error', reject);
    child.on('close', (code, ended) => {
      resolve({ code: exitCodeOf(code, ended), output: Buffer.concat(output).toString('utf8'), seconds: (performance.now() - since) / 1000 });
    });
  });
}

/**
 * Runs a script under this Node with this terminal. Signals sent to us go on to it; it decides when it is done.
 * @returns {Promise<number>} its exit code, 128 + n when signal n ended it
 */
export function openly(args, { folder = '.', env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: `${root}/${folder}`, env, stdio: 'inherit' });
    const passOn = (signal) => {
      // Ctrl-C in a terminal reaches the whole group by itself: sending it again would be the second Ctrl-C of an impatient person.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const done = () => { for (const signal of signals) process.off(signal, passOn); };
    child.on('error', (error) => { done(); reject(error); });
    child.on('close', (code, signal) => { done(); resolve(exitCodeOf(code, signal)); });
  });
}
