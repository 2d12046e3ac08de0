/** The whole built server as a child of a test: demo data in a folder of its own, a free port, WeChat's stand-in beside it. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../folders.js';

const patience = 60_000;

/** The password of every demonstration account. */
export const demoPassword = 'anlan-demo-2022';

/** The path of something that `npm run build` makes. @param {string} path from the project's root @throws when nobody built it */
export function built(path) {
  const place = join(root, path);
  if (!existsSync(place)) throw new Error(`${path} is not there: npm run build -- server desk h5 weapp`);
  return place;
}

/** @returns {Promise<number>} */
const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
  });
});

const pause = (/** @type {number} */ ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Waits until the server takes work. @param {import('node:child_process').ChildProcess} child @param {string} url @param {() => string} printed */
async function ready(child, url, printed) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended at its start:\n${printed()}`);
    const answer = await fetch(`${url}/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(150);
  }
  throw new Error(`The server is not ready after ${patience / 1000} s:\n${printed()}`);
}

/**
 * @typedef {{ method: string, url: string, body?: Record<string, unknown> }} Asked
 * @typedef {(request: Asked) => Promise<unknown>} Send
 * @typedef {{ url: string, phone: (personId: string) => Promise<{ token: string, send: Send }>, desk: (login: string) => Promise<{ cookie: string, send: Send }>, stop: () => Promise<void> }} House
 */

/** An answer that is not 2xx. */
class Refused extends Error {
  /** @param {number} status @param {any} refusal */
  constructor(status, refusal) { super(`${status} ${JSON.stringify(refusal)}`); this.status = status; this.refusal = refusal; }
}

/** @param {string} url @param {Record<string, string>} headers @returns {Send} a `send` for the contracts' clientOf */
const sender = (url, headers) => async ({ method, url: path, body }) => {
  const answer = await fetch(`${url}/api${path}`, { method, headers: { ...headers, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, said);
  return said;
};

/** The way of a person through WeChat and, the first time, the binding. @param {string} url @param {string} personId */
async function signInByPhone(url, personId) {
  const openid = `o-demo-${personId}`;
  const send = sender(url, {});
  const codeFor = async (/** @type {string} */ what) => {
    const answer = await fetch(`${url}/__fake/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid }) });
    return /** @type {{ code: string }} */ (await answer.json()).code;
  };
  const first = /** @type {any} */ (await send({ method: 'POST', url: '/session/wechat', body: { code: await codeFor('login') } }));
  if (first.state === 'signed_in') return String(first.token);
  const { privacy } = /** @type {any} */ (await send({ method: 'GET', url: '/guest' }));
  const bound = /** @type {any} */ (await send({ method: 'POST', url: '/session/bind/phone', body: { ticket: first.ticket, code: await codeFor('phone-code'), consent: privacy.version } }));
  return String(bound.token);
}

/** @param {string} url @param {string} login */
async function signInAtDesk(url, login) {
  const answer = await fetch(`${url}/api/session/desk`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-lvzhi': 'desk' }, body: JSON.stringify({ login, password: demoPassword }) });
  if (!answer.ok) throw new Refused(answer.status, await answer.json());
  return String(answer.headers.get('set-cookie')).split(';')[0] ?? '';
}

/** Where a run of the tests keeps a house that was furnished once: playing the demonstration's past takes longer than most tests. Each house is a copy of it. */
const furnished = process.env.FURNISHED_HOUSE;

/** Furnishes a house for `openHouse` to copy: starts the built server on this folder, and stops it. @param {string} folder */
export async function furnish(folder) {
  const house = await openIn(folder);
  await house.stop();
}

/**
 * Opens a house and waits until it takes work. `phone` and `desk` sign somebody in over HTTP, beside whatever the browser does.
 * @returns {Promise<House>}
 */
export async function openHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'lvzhi-house-'));
  if (furnished) cpSync(furnished, folder, { recursive: true });
  const house = await openIn(folder);
  return { ...house, stop: async () => { await house.stop(); rmSync(folder, { recursive: true, force: true }); } };
}

/** @param {string} folder @returns {Promise<House>} */
async function openIn(folder) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _database, NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', built('apps/server/dist/main.js')], {
    env: { ...env, LVZHI_MODE: 'demo', NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(port), DATA_FOLDER: folder }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(bytes));
  const ended = new Promise((resolve) => { child.once('close', resolve); });
  const abandon = () => { child.kill('SIGKILL'); };
  process.once('exit', abandon);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', abandon);
  };
  try { await ready(child, url, () => Buffer.concat(output).toString('utf8')); } catch (error) { await stop(); throw error; }
  return {
    url, stop,
    phone: async (personId) => { const token = await signInByPhone(url, personId); return { token, send: sender(url, { authorization: `Bearer ${token}` }) }; },
    desk: async (login) => { const cookie = await signInAtDesk(url, login); return { cookie, send: sender(url, { cookie, 'x-lvzhi': 'desk' }) }; },
  };
}
