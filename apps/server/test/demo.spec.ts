import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deskPassword } from '../bench/cast.ts';
import { BadOption, demoOptions, mixOf } from '../bench/demo-options.ts';
import type { DemoOptions } from '../bench/demo-options.ts';
import { playDemo } from '../bench/demo.ts';
import type { Listener } from '../bench/demo.ts';
import { Ledger, OtherRun } from '../bench/ledger.ts';
import { fit, readMessages, stockSuggestion } from '../bench/messages.ts';
import { tableOf } from '../bench/tally.ts';
import { demoPassword } from '../src/seeding/seeding.service.ts';
import { demoHouse, root } from './demo-house.ts';
import type { DemoHouse } from './demo-house.ts';

const fixture = resolve(import.meta.dirname, 'fixtures/thirty-messages.ndjson');
const limits = { title: { min: 4, max: 40 }, situation: { min: 20, max: 100 }, analysis: { min: 0, max: 100 }, suggestion: { min: 10, max: 100 }, total: 150, files: 9, units: 5 };

describe('来信怎样填进表单', () => {
  const fitted = (title: string, body: string) => fit({ no: 1, title, body }, limits);

  test('the writer\'s own request at the end becomes the suggestion, word for word', () => {
    expect(fitted('步道没有路灯', '滨江步道约两公里没有路灯，晚上散步的老人摔伤了三位。建议城管部门补装路灯，加装反光条。')).toMatchObject({
      situation: '滨江步道约两公里没有路灯，晚上散步的老人摔伤了三位。', suggestion: '建议城管部门补装路灯，加装反光条。', suggested: 'split', titleCut: false, bodyCut: false,
    });
  });
  test('who asked for nothing gets the set sentence, and that is said', () => {
    expect(fitted('市场积水', '农贸市场排水沟堵塞，雨天摊位前积水到脚踝，已经半年。')).toMatchObject({ suggestion: stockSuggestion, suggested: 'stock' });
  });
  test('a request at the very beginning is not torn from its text', () => {
    expect(fitted('路灯', '请装路灯，这里很黑很危险，老人摔过。'.repeat(2))).toMatchObject({ suggested: 'stock' });
  });
  test('too long is cut and said, too short is left for the server to refuse', () => {
    const long = fitted('长'.repeat(50), '情况很多。'.repeat(60));
    expect([...long.title]).toHaveLength(40);
    expect([...long.situation].length).toBeLessThanOrEqual(100);
    expect(long).toMatchObject({ titleCut: true, bodyCut: true });
    expect(fitted('太短', '路坏了。')).toMatchObject({ situation: '路坏了。', bodyCut: false });
  });
});

test('a packed file reads as the plain one; blank and unreadable lines are named by number', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lvzhi-lines-'));
  const packed = join(folder, 'messages.gz');
  writeFileSync(packed, gzipSync(readFileSync(fixture)));
  const plain = readMessages(fixture);
  expect(readMessages(packed)).toEqual(plain);
  expect(plain).toMatchObject({ blank: [6], bad: [{ no: 10, why: '没有 body' }] });
  expect(plain.good).toHaveLength(28);
  rmSync(folder, { recursive: true });
});

test('a wrong command line is answered in one line that says what to write', () => {
  expect(mixOf('pass=50,return=50')).toEqual({ passed: 50, returned: 50, not_adopted: 0 });
  expect(() => mixOf('pass=50,return=20')).toThrow('合计应是 100');
  expect(() => demoOptions([])).toThrow(BadOption);
  expect(() => demoOptions(['a.jsonl', '--parallel', 'many'])).toThrow('--parallel 应是 1 到 64 的整数');
  expect(demoOptions(['--help'])).toBeUndefined();
});

test('the desk password is the one that the seeds give', () => { expect(deskPassword).toBe(demoPassword); });

describe('在真的服务上演一遍', () => {
  let house: DemoHouse;
  let folder: string;
  beforeAll(async () => { house = await demoHouse(); folder = mkdtempSync(join(tmpdir(), 'lvzhi-demo-run-')); });
  afterAll(async () => { await house.close(); rmSync(folder, { recursive: true, force: true }); });

  const quiet: Listener = { tick: () => undefined, say: () => undefined };
  const options = (more: Partial<DemoOptions>): DemoOptions => ({
    file: fixture, url: house.url, data: undefined, state: join(folder, `${more.run ?? 'first'}.state`), seed: 7, mix: { passed: 60, returned: 20, not_adopted: 20 }, limit: 0, parallel: 4, run: '', waitSeconds: 20, resume: false, check: true, json: false, ...more,
  });
  const play = (more: Partial<DemoOptions> = {}, url = house.url, stop = new AbortController(), listener = quiet) => playDemo(options(more), root, url, stop.signal, listener);

  test('every line is accounted for, every report ends, and what was acknowledged is there once', async () => {
    const { tally, checked } = await play();
    expect(tally).toMatchObject({ submitted: 26, notYet: 0, secret: 1, undecided: 0, alreadyThere: 0, cut: { titles: 1, bodies: 1 } });
    expect(tally.routed + tally.triage).toBe(26);
    expect(Object.values(tally.refused).reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(tally.total.passed + tally.total.returned + tally.total.not_adopted).toBe(26);
    expect(Object.values(tally.committees).reduce((sum, { received }) => sum + received, 0) + tally.office.returned + tally.office.not_adopted).toBe(26);
    expect(tally.ms.submit.count).toBe(26);
    expect(checked).toEqual({ acknowledged: 26, found: 26, missing: [], twice: [] });
    expect(tableOf(tally, { file: 'x', mix: 'y', seed: 7, seconds: 1 })).toContain('没有写建议，填的是“请有关部门研究处理。”');
  });

  test('the same file again adds nothing', async () => {
    const { tally, checked } = await play();
    expect(tally).toMatchObject({ submitted: 26, alreadyThere: 26 });
    expect(checked).toMatchObject({ found: 26, twice: [] });
  });

  test('answers that are lost on the way, of submits and of reviews, cost no report and double none', async () => {
    const { url, lost, close } = await losing(house.url, 4);
    const { tally, checked } = await play({ run: 'lossy', seed: 9 }, url);
    await close();
    expect(lost()).toBeGreaterThan(10);
    expect(tally).toMatchObject({ submitted: 26, undecided: 0 });
    expect(tally.retries).toBe(lost());
    expect(tally.total.passed + tally.total.returned + tally.total.not_adopted).toBe(26);
    expect(checked).toEqual({ acknowledged: 26, found: 26, missing: [], twice: [] });
  });

  test('a run that was stopped goes on where it was, and nothing is submitted twice', async () => {
    const stop = new AbortController();
    const first = await play({ run: 'halves', seed: 8 }, house.url, stop, { ...quiet, tick: (phase, done) => { if (phase === 'submit' && done >= 10) stop.abort(); } });
    expect(first.tally.submitted).toBeGreaterThanOrEqual(8);
    expect(first.tally.notYet).toBeGreaterThan(0);
    const second = await play({ run: 'halves', seed: 8, resume: true });
    expect(second.tally).toMatchObject({ submitted: 26, notYet: 0, undecided: 0 });
    expect(second.tally.ms.submit.count).toBe(26 - first.tally.submitted);
    expect(second.checked).toEqual({ acknowledged: 26, found: 26, missing: [], twice: [] });
  });

  test('a ledger of another run or of another database is not gone on with', async () => {
    await expect(play({ run: 'other', resume: true })).rejects.toThrow(OtherRun);
    const { hash } = readMessages(fixture);
    const state = join(folder, 'strange.state');
    const ledger = Ledger.fresh(state, { hash, seed: 7, name: '', file: fixture, url: house.url });
    ledger.add({ t: 'taken', no: 1, key: 'k', author: 'p201', title: 't', id: 'nowhere', receiptNo: '2022-9999', committee: null, personal: false, before: false });
    ledger.close();
    await expect(play({ state, resume: true })).rejects.toThrow('不在这个服务上');
  });

  test('half a line at the end of a ledger, left by a killed run, is dropped', () => {
    const state = join(folder, 'torn.state');
    Ledger.fresh(state, { hash: 'h', seed: 1, name: '', file: 'f', url: 'u' }).close();
    writeFileSync(state, `${readFileSync(state, 'utf8')}{"t":"taken","no":1,"ke`);
    const ledger = Ledger.resume(state, { hash: 'h', seed: 1, name: '' });
    expect(ledger.taken.size).toBe(0);
    ledger.close();
    expect(readFileSync(state, 'utf8').endsWith('\n')).toBe(true);
  });
});

/** Between the demo and the server: passes every request on, and loses the answer of every `nth` write after the server has done it. */
async function losing(to: string, nth: number): Promise<{ url: string; lost: () => number; close: () => Promise<void> }> {
  const target = new URL(to);
  let [writes, lost] = [0, 0];
  const proxy = createServer((incoming, answer) => {
    const on = request({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (reply) => {
      const isWrite = incoming.method === 'POST' && incoming.url?.startsWith('/api/submissions') === true;
      if (isWrite && (writes += 1) % nth === 0) {
        lost += 1;
        reply.resume().on('end', () => { incoming.socket.destroy(); });
        return;
      }
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    on.on('error', () => { incoming.socket.destroy(); });
    incoming.pipe(on);
  });
  await new Promise<void>((ready) => { proxy.listen(0, '127.0.0.1', ready); });
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, lost: () => lost,
    close: () => new Promise((closed) => { proxy.closeAllConnections(); proxy.close(() => { closed(); }); }),
  };
}
