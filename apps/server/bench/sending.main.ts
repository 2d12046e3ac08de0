/** npm run bench:sending: many notices, one or two senders that are killed at random, and the count of what reached the phones. */
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createFake, listen } from '@lvzhi/wechat-fake';
import { createApp } from '../src/app.ts';
import { WechatBinding } from '../src/identity/identity.entity.ts';
import { WechatQuota } from '../src/notices/notices.entity.ts';
import { Clock } from '../src/platform/clock.ts';
import { demoPush } from '../src/platform/config.ts';
import type { Config } from '../src/platform/config.ts';
import { Database } from '../src/platform/database.ts';
import { Delivery, newDelivery } from '../src/platform/delivery.entity.ts';
import { Person } from '../src/platform/directory.entity.ts';
import { newId } from '../src/platform/ids.ts';
import { Seals } from '../src/platform/seals.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { Setting } from '../src/platform/settings.ts';
import { OutboxRow } from '../src/platform/spine.entities.ts';
import { freePort } from './own-server.ts';

const { values } = parseArgs({ options: { notices: { type: 'string', default: '10000' }, kills: { type: 'string', default: '20' }, senders: { type: 'string', default: '2' }, latency: { type: 'string', default: '80' }, database: { type: 'string' }, 'most-seconds': { type: 'string', default: '900' } } });
const [notices, kills, senders, latency, most] = [values.notices, values.kills, values.senders, values.latency, values['most-seconds']].map(Number) as [number, number, number, number, number];
const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'lvzhi-sending-'));
const template = 'demo-template-progress';
const say = (words: string): void => { process.stderr.write(`${words}\n`); };
const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

const clock = new Clock(false);
const fake = createFake({ now: () => clock.now().getTime(), appid: 'wxbench', secret: 'bench', templates: [{ id: template, title: '办理进度提醒', kind: 'once', keys: ['thing1', 'character_string2', 'date3'] }] });
const stand = await listen(fake);
/** Asked again when the connection was shut while it was idle; a consent too many in the stand-in does no harm. */
async function control(name: string, body: object, left = 3): Promise<void> {
  try { await fetch(`${stand.url}/__fake/${name}`, { method: 'POST', body: JSON.stringify(body) }); } catch (error) { if (left === 0) throw error; await control(name, body, left - 1); }
}
const config: Config = {
  mode: 'demo', databaseUrl: values.database ?? join(folder, 'bench.sqlite'), host: '127.0.0.1', port: 0, dataFolder: folder, seedsFolder: resolve(root, 'seeds'), secret: Buffer.alloc(32, 7).toString('base64'), termId: 't7', logLevel: 'error',
  wechat: { appid: 'wxbench', secret: 'bench', base: stand.url, push: demoPush },
};

/** Everybody bound, with consents enough, and the notices that wait. */
async function furnish(): Promise<string[]> {
  const app = await createApp(config, clock, { demoClock: false, demoPast: false, jobs: false });
  const [database, seals, now] = [app.get(Database), new Seals(config.secret), clock.now()];
  const ids: string[] = [];
  const people = (await database.read((manager) => manager.find(Person, { where: { isMember: 1 } }))).map(({ id }) => id);
  await database.write(async (manager) => {
    for (const [name, value] of [['notice.quiet', { from: '00:00', until: '00:00' }], ['notice.leaseSeconds', 3], ['notice.settleSeconds', 6]] as const) await manager.update(Setting, { name }, { value: value as never });
    await manager.insert(WechatBinding, people.map((id) => ({ id: newId(), appid: 'wxbench', openidHash: seals.hashOf(`wxbench:o-${id}`), openidSealed: seals.seal(`o-${id}`), personId: id, boundAt: now })));
    await manager.insert(WechatQuota, people.map((personId) => ({ personId, sort: 'progress' as const, leftCount: 2 * Math.ceil(notices / people.length), isLong: 0, inFlight: null, askedAt: now, isRefused: 0, templateId: template })));
    for (let from = 0; from < notices; from += 500) {
      const rows: OutboxRow[] = Array.from({ length: Math.min(500, notices - from) }, (_, index) => ({ id: newId(), recipientId: people[(from + index) % people.length] ?? '', channel: 'inbox', docKind: 'opinion', docId: 'none', moveId: newId(), action: 'pass', audience: 'author', dueAt: null, holderWords: null, notBefore: now, withdrawnAt: null, readAt: null, answeredAt: null }));
      ids.push(...rows.map(({ id }) => id));
      await manager.insert(OutboxRow, rows);
      await manager.insert(Delivery, rows.map((row) => newDelivery({ id: row.id, recipientId: row.recipientId, at: now }, 'progress', 'wechat')));
    }
  });
  for (const id of people) fake.addUser({ openid: `o-${id}` });
  for (let turn = 0; turn < 2 * Math.ceil(notices / people.length); turn += 1) await Promise.all(people.map((id) => control('subscribe', { openid: `o-${id}`, tmplIds: [template] })));
  await app.close();
  return ids;
}

interface Running { readonly port: number; child: ChildProcess; ready: Promise<void> }
function start(port: number): Running {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'one-sender.js')], { env: { ...process.env, LVZHI_BENCH: JSON.stringify({ ...config, port }) }, stdio: ['ignore', 'pipe', 'inherit'] });
  return { port, child, ready: new Promise((done, failed) => { child.stdout.on('data', (text) => { if (String(text).includes('ready')) done(); }); child.once('exit', () => { failed(new Error('a sender ended')); }); }) };
}

/** What stands before the instances in production: a push goes to the first that answers. */
async function gateway(targets: readonly Running[]): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    incoming.on('end', () => {
      const order = Math.random() < 0.5 ? [...targets] : [...targets].reverse();
      const pass = (): void => {
        const next = order.shift();
        if (!next) { outgoing.writeHead(502).end(); return; }
        const on = request({ host: '127.0.0.1', port: next.port, path: incoming.url, method: incoming.method, headers: { 'content-type': incoming.headers['content-type'] ?? 'application/json' } }, (answer) => { outgoing.writeHead(answer.statusCode ?? 502); answer.pipe(outgoing); answer.once('error', () => { outgoing.destroy(); }); });
        on.once('error', pass);
        on.end(Buffer.concat(chunks));
      };
      pass();
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat/push`, close: () => { server.closeAllConnections(); server.close(); } };
}

/** An instance that sends nothing, to look into the database with: opened once, since opening costs more than looking. */
const opened = { watcher: undefined as ReturnType<typeof createApp> | undefined };
const watcher = (): ReturnType<typeof createApp> => (opened.watcher ??= createApp(config, clock, { demoClock: false, demoPast: false, jobs: false }));

async function states(): Promise<Map<string, number>> {
  const rows: { state: string; reason: string | null; count: number | string }[] = await (await watcher()).get(Database).read((manager) => manager.query('SELECT state, reason, COUNT(*) AS count FROM deliveries GROUP BY state, reason'));
  return new Map(rows.map(({ state, reason, count }) => [reason === null ? state : `${state} ${reason}`, Number(count)]));
}

/** Of every message is known what became of it. */
async function isOver(): Promise<boolean> { return [...(await states()).keys()].every((it) => !/^(due|leased|sending|unsure)/.test(it)); }

/** The inbox of members with some forty notices each, eight at a time. */
async function inbox(): Promise<{ p50: number; p95: number; perSecond: number }> {
  const app = await watcher();
  await app.listen(0, '127.0.0.1');
  const [url, took] = [await app.getUrl(), [] as number[]];
  const people = (await app.get(Database).read((manager) => manager.find(Person, { where: { isMember: 1 }, take: 8 }))).map(({ id }) => id);
  const began = performance.now();
  await Promise.all(people.map(async (id) => {
    const token = await app.get(Sessions).open(id, 'phone');
    for (let turn = 0; turn < 100; turn += 1) { const at = performance.now(); await (await fetch(`${url}/api/notices`, { headers: { authorization: `Bearer ${token}` } })).text(); took.push(performance.now() - at); }
  }));
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  return { p50: Math.round(took[Math.floor(took.length / 2)] ?? 0), p95: Math.round(took[Math.floor(took.length * 0.95)] ?? 0), perSecond: Math.round(took.length / seconds) };
}

const ids = await furnish();
say(`${notices} 条通知，${senders} 台发送，杀 ${kills} 次，微信中位耗时 ${latency} 毫秒`);
await control('latency', { p50: latency, p99: latency * 4 });
const running: Running[] = [];
for (let index = 0; index < senders; index += 1) running.push(start(await freePort()));
const front = await gateway(running);
await control('push', { url: front.url, token: demoPush.token, mode: demoPush.mode, aesKey: demoPush.aesKeys[0] });
await Promise.all(running.map(({ ready }) => ready));
const began = performance.now();
let [killed, lastNew, seen] = [0, performance.now(), 0];
while (performance.now() - began < most * 1000) {
  await pause(250);
  const { length } = fake.mail();
  if (length > seen) [seen, lastNew] = [length, performance.now()];
  if (killed >= kills && performance.now() - lastNew > 1_500 && await isOver()) break;
  if (killed < kills && length > (killed + 0.5) * notices / (kills + 1)) {
    const index = Math.floor(Math.random() * running.length);
    const one = running[index] as Running;
    await pause(Math.random() * 120);
    one.ready.catch(() => undefined);
    const gone = new Promise((done) => { one.child.once('exit', done); });
    one.child.kill('SIGKILL');
    await gone;
    killed += 1;
    const next = start(one.port);
    running[index] = Object.assign(one, next);
    await next.ready;
  }
}
const seconds = (lastNew - began) / 1000;
await fake.settled();
for (const { child, ready } of running) { ready.catch(() => undefined); const gone = new Promise((done) => { child.once('exit', done); }); child.kill('SIGTERM'); await gone; }
front.close();
const counts = new Map<string, number>();
for (const { page } of fake.mail()) { const id = /n=(\w+)/.exec(page ?? '')?.[1] ?? ''; counts.set(id, (counts.get(id) ?? 0) + 1); }
const left = await states();
const result = {
  notices, killed, arrived: ids.filter((id) => counts.has(id)).length, double: [...counts.values()].filter((count) => count > 1).length, missing: ids.filter((id) => !counts.has(id)).length,
  seconds: Math.round(seconds), perSecond: Math.round(notices / seconds), states: Object.fromEntries(left), inbox: await inbox(),
};
await (await watcher()).close();
await stand.close();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(result));
process.exit(0);
