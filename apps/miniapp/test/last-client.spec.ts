/** Who has not yet restarted WeChat runs the last release: the server goes on serving it. CONTRACT=new: a release writes down what the next one is compared with. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, openHouse } from '../../../tools/testing/house.js';
import type { House } from '../../../tools/testing/house.js';
import { calledIn, Comparison, folded, operationsIn, textOf } from './last-client.ts';
import type { LastClient, OpenApi, Operation, Shape } from './last-client.ts';
import { written } from './phone.ts';

const place = join(built('apps/miniapp'), 'last-client.json');
const sources = built('apps/miniapp/src');
const { version } = JSON.parse(readFileSync(join(built('apps/miniapp'), 'package.json'), 'utf8')) as { version: string };
let house: House, now: Record<string, Operation>, last: LastClient, comparison: Comparison;
beforeAll(async () => {
  house = await openHouse();
  now = operationsIn(await (await fetch(`${house.url}/api/openapi.json`)).json() as OpenApi);
  if (process.env.CONTRACT === 'new') {
    const called = calledIn(sources, (path) => readFileSync(join(sources, path), 'utf8'), Object.keys(now));
    writeFileSync(place, textOf(folded(Object.fromEntries(called.map((name) => [name, now[name] as Operation])), version)));
  }
  last = JSON.parse(readFileSync(place, 'utf8')) as LastClient;
  comparison = new Comparison(last);
});
afterAll(() => house.stop());

test('every route that the last release calls is there: same address, nothing more required, nothing narrower, and every field of its answers', () => {
  const faults = Object.entries(last.operations).flatMap(([name, { method, path, sent, given }]) => {
    const it = now[name];
    if (!it) return [`${name} is gone`];
    return [...(it.method === method && it.path === path ? [] : [`${name} moved to ${it.method} ${it.path}`]),
      ...comparison.faults(sent, it.sent, 'sent').map((words) => `${name} sends ${words}`), ...comparison.faults(given, it.given, 'given').map((words) => `${name} reads ${words}`)];
  });
  expect(Object.keys(last.operations).length).toBeGreaterThan(40);
  expect(faults).toEqual([]);
});

test('the running server answers what the last release asks a day long: pages read, a visit confirmed, a report handed in', async () => {
  const { send } = await house.phone('p028');
  const ask = async (name: string, input: Record<string, unknown> = {}) => {
    const { method, path, given } = last.operations[name] as Operation;
    const rest = { ...input };
    const address = path.replace(/^\/api/, '').replace(/\{(\w+)\}/g, (_, key: string) => { const value = String(rest[key]); Reflect.deleteProperty(rest, key); return value; });
    const answer = await send(method === 'GET' ? { method, url: `${address}?${new URLSearchParams(rest as Record<string, string>)}` } : { method: method as 'POST', url: address, body: rest });
    expect([name, ...comparison.lacks(given, answer)]).toEqual([name]);
    return answer as { rows: { id: string; version: number }[]; doc: { id: string } };
  };
  const lone = Object.entries(last.operations).filter(([, { method, path, sent }]) => method === 'GET' && !path.includes('{') && (sent.required ?? []).length === 0).map(([name]) => name);
  const more: Readonly<Record<string, Record<string, unknown>>> = { findReporters: { query: '陈' }, showJoint: { draftKey: 'last-client-draft' }, listTasks: { box: 'review' } };
  expect(lone).toEqual(expect.arrayContaining(['home', 'listMine', 'listNotices', 'showMe', 'showMyReminders', 'showCatalogue', 'guest']));
  for (const name of lone) await ask(name, more[name]);
  const [visit] = (await ask('listVisits')).rows;
  await ask('showVisit', { id: visit?.id });
  await ask('confirmVisit', { id: visit?.id, version: visit?.version, key: 'last-client-confirms' });
  const { doc } = await ask('submit', { key: 'last-client-submits', kind: 'opinion', title: '上一版小程序提交的一件', ...written, analysis: '', category: null, nature: null, townId: null, urgency: 'normal', unitIds: [], coAuthorIds: [], fileIds: [], wish: null, noSecret: true, original: true });
  await ask('show', { id: doc.id });
});

describe('what is refused', () => {
  const text = { type: 'string', maxLength: 10 } as const;
  const form = { type: 'object', properties: { title: text, kind: { enum: ['a', 'b'] }, note: { anyOf: [text, { type: 'null' }] } }, required: ['title'] } as const satisfies Shape;
  const compare = (way: 'sent' | 'given', newer: Shape, older: Shape = form) => new Comparison({ shapes: {} }).faults(older, newer, way);
  test.each<[what: string, way: 'sent' | 'given', newer: Shape, said: string]>([
    ['a field that is required now', 'sent', { ...form, required: ['title', 'town'] }, 'town: is required now'], ['a shorter text', 'sent', { ...form, properties: { ...form.properties, title: { type: 'string', maxLength: 5 } } }, 'title: maxLength is 5 now'],
    ['a code that is taken no more', 'sent', { ...form, properties: { ...form.properties, kind: { enum: ['a'] } } }, 'kind: "b" is refused'], ['null that is taken no more', 'sent', { ...form, properties: { ...form.properties, note: text } }, 'note: null is refused (note: null became string)'],
    ['a field that is gone', 'given', { ...form, properties: { title: text }, required: [] }, 'title: may be missing now'], ['a number for a text', 'given', { ...form, properties: { ...form.properties, title: { type: 'number' } } }, 'title: string became number'],
    ['null where there was always a text', 'given', { ...form, properties: { ...form.properties, title: { anyOf: [text, { type: 'null' }] } } }, 'title: null is new (title: string became null)'],
  ])('%s', (_, way, newer, said) => { expect(compare(way, newer)).toContain(said); });
  test('more to send if one likes, more to read, and codes that come with words are no harm', () => {
    expect(compare('sent', { ...form, properties: { ...form.properties, town: text } })).toEqual([]);
    expect(compare('given', { ...form, properties: { ...form.properties, town: text, kind: { enum: ['a', 'b', 'c'] } }, required: ['title', 'town'] })).toEqual([]);
  });
});
