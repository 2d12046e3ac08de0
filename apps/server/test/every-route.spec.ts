import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { abilities } from '@lvzhi/domain';
import { routes } from '@lvzhi/contracts';
import type { Route, Who } from '@lvzhi/contracts';
import { ROUTE, WHO } from '../src/platform/serves.ts';
import * as v from 'valibot';
import { expected, howTo } from './matrix/expected.ts';
import { inTable, Walk } from './matrix/walk.ts';
import { worldOf } from './matrix/world.ts';
import { plainMember } from './people.ts';
import { Person, PostHeld } from '../src/platform/directory.entity.ts';
import { Marks, moveMark } from '../src/platform/marks.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';
import { breaches } from './strictly.ts';

const table: Record<string, Route> = routes;
/** Whatever Nest would answer: found by its own metadata, not by ours. */
interface Handler { readonly name: string; readonly handler: object; readonly path: string; readonly route: Route | undefined; readonly who: Who | undefined }

let server: Serving;
let handlers: Handler[] = [];
beforeAll(async () => {
  server = await serving();
  const controllers = [...server.app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  handlers = controllers.flatMap(({ metatype }) => {
    const prototype = (metatype as { prototype?: object } | null)?.prototype ?? {};
    return Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor').flatMap((name) => {
      const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
      const path: unknown = typeof handler === 'function' ? Reflect.getMetadata('path', handler) : undefined;
      if (typeof handler !== 'function' || typeof path !== 'string') return [];
      return [{ name: `${metatype?.name ?? ''}.${name}`, handler, path, route: Reflect.getMetadata(ROUTE, handler) as Route | undefined, who: Reflect.getMetadata(WHO, handler) as Who | undefined }];
    });
  });
});
afterAll(() => server.close());

/** An address of this route with made-up ids. */
const addressOf = ({ path }: Route) => `/api${path.replace(/:\w+/g, '000000000000000000')}`;
const call = (it: Route, token?: string) => server.ask(it.method, addressOf(it), it.method === 'GET' ? undefined : {}, token === undefined ? {} : { token });

test('每个处理程序都声明了谁可以调用，没有声明的谁也不能用', () => {
  expect(handlers.length).toBeGreaterThan(Object.keys(table).length);
  expect(handlers.filter(({ who }) => who === undefined).map(({ name }) => name)).toEqual([]);
  for (const { who } of handlers) {
    if (typeof who === 'string' || who === undefined) continue;
    expect(who.length).toBeGreaterThan(0);
    expect(abilities).toEqual(expect.arrayContaining([...who]));
  }
});

test('路由表里的每一条都恰好有一个处理程序，路径、权限和表里一样', () => {
  const served = handlers.flatMap(({ route, path, who }) => (route ? [{ route, path, who }] : []));
  for (const [name, it] of Object.entries(table)) {
    const found = served.filter(({ route }) => route === it);
    expect([name, found.length]).toEqual([name, 1]);
    expect([name, found[0]?.path, found[0]?.who]).toEqual([name, `api${it.path}`, it.who]);
  }
  expect(served).toHaveLength(Object.keys(table).length);
  const addresses = Object.values(table).map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('路由表以外的地址只有这几个', () => {
  expect(handlers.filter(({ route }) => !route).map(({ path, who }) => `${path} ${String(who)}`).sort()).toEqual([
    'api/accounts/export manage_accounts', 'api/audit/export read_audit', 'api/awards/export triage_proposal', 'api/calendar/:year/file manage_rules', 'api/deliveries/export edit,check_issues,sign_issues', 'api/entries/export enter_on_behalf', 'api/entries/read enter_on_behalf', 'api/figures/opinions/:table/xlsx edit,check_issues,sign_issues', 'api/figures/opinions/circular edit,check_issues,sign_issues', 'api/files signed_in', 'api/files/:id/content anyone', 'api/handlings/:id/letter signed_in', 'api/handlings/:id/order signed_in', 'api/handlings/:id/rating-form signed_in', 'api/handlings/export handle_proposals,dispatch_proposals,triage_proposal', 'api/issues/:id/docx edit,check_issues,sign_issues', 'api/issues/:id/pictures edit,check_issues,sign_issues', 'api/issues/export edit,check_issues,sign_issues', 'api/proposals/figures/export read_figures', 'api/proposals/sheets signed_in', 'api/roster/export manage_roster', 'api/roster/imports manage_roster,manage_accounts',
    'api/roster/imports/:id/left-out manage_roster,manage_accounts', 'api/roster/template manage_roster,manage_accounts', 'api/search/export signed_in', 'api/sendings/:id/export arrange_visits', 'api/supervisions/export triage_proposal,review,handle_proposals,sign_issues', 'api/visits/export arrange_visits,visit', 'health anyone', 'ready anyone', 'wechat/push anyone', 'wechat/push anyone',
  ]);
});

test('不登录就能调用的只有访客页和登录本身', () => {
  expect(Object.entries(table).filter(([, { who }]) => who === 'anyone').map(([name]) => name).sort()).toEqual(['beginDeskAsk', 'bindByInvitation', 'bindByPhone', 'claimDeskAsk', 'deskSignIn', 'enterSecondFactor', 'guest', 'listPublic', 'showPublic', 'wechatSignIn']);
});

describe('没有登录的人', () => {
  test.each(Object.entries(table).filter(([, { who }]) => who !== 'anyone'))('调用 %s：请先登录', async (_, it) => {
    for (const token of [undefined, 'x'.repeat(43)]) {
      expect(await call(it, token)).toMatchObject({ status: 401, said: { reason: '登录已经过期，请重新登录。填写的内容还在。' } });
    }
  });
});

test('没有相应岗位的人调用要岗位的地址，一律 403，一个字段也不看', async () => {
  // A post that opens nothing of what is built so far.
  const id = 'history-only';
  await server.database.write(async (manager) => {
    await manager.insert(Person, { id, name: '文史编辑', phoneHash: null, phoneSealed: null, sectorId: null, townId: null, unitTitle: '', isMember: 0, largeType: null, isActive: 1, isPartyMember: null, endedAt: null, endedOn: null, endReason: null, version: 1, requestKey: null });
    await manager.insert(PostHeld, { id, personId: id, post: 'history_editor', bodyId: 'c-wenshi', termId: 't7', fromOn: null, untilOn: null, endedAt: null });
    await moveMark(manager, 'directory');
  });
  await server.app.get(Marks).look(true);
  const nobody = await server.tokenOf(id);
  for (const it of Object.values(table)) {
    if (typeof it.who === 'string') continue;
    expect([it.path, await call(it, nobody)]).toMatchObject([it.path, { status: 403, said: { reason: expect.stringMatching(/^没有找到/) } }]);
  }
});

test('接口说明里每一条都有，和路由表一字不差', async () => {
  const { said, status } = await server.ask('GET', '/api/openapi.json');
  const { paths } = said as unknown as { paths: Record<string, Record<string, { operationId: string; summary: string; responses: Record<string, { content: Record<string, { schema: object }> }> }>> };
  expect(status).toBe(200);
  for (const [name, it] of Object.entries(table)) {
    const operation = paths[`/api${it.path.replace(/:(\w+)/g, '{$1}')}`]?.[it.method.toLowerCase()];
    expect(operation).toMatchObject({ operationId: name, summary: it.summary, 'x-who': it.who });
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['200', '400', '401', '403', '404', '409', '413', '429', '503']));
  }
  expect(Object.values(paths).flatMap((it) => Object.keys(it))).toHaveLength(Object.keys(table).length);
  const page = await server.ask('GET', '/api/');
  expect(page.status).toBe(200);
  for (const { path, summary } of Object.values(table)) expect(page.text).toEqual(expect.stringContaining(`/api${path}</code></td><td>${summary}`));
});

test('不认识的地址说没有找到，不说有哪些地址', async () => {
  const token = await server.tokenOf(plainMember().id);
  for (const [method, path] of [['GET', '/api/no_such_place'], ['PATCH', '/api/submissions'], ['DELETE', '/api/submissions/x'], ['GET', '/api/submissions/x/y/z'], ['GET', '/admin'], ['GET', '/.env'], ['GET', '/api/%E0%A4%A'], ['OPTIONS', '/api/me']] as const) {
    const answer = await server.ask(method, path, undefined, { token });
    expect([path, answer.status < 500, answer.said.reason]).toEqual([path, true, expect.stringMatching(/^[一-鿿，。！？“”]+$/)]);
  }
});

test('严格核对的客户端发现多出来的一个键', () => {
  const it: Route = { ...table['showMe'] as Route, output: v.object({ person: v.nullable(v.object({ id: v.string() })), posts: v.array(v.object({ post: v.string() })) }) };
  expect(breaches(it, { person: { id: 'p1' }, posts: [{ post: 'member' }] })).toEqual([]);
  expect(breaches(it, { person: { id: 'p1', phone: '13' }, posts: [{ post: 'member' }] })).toEqual(['.person.phone']);
  expect(breaches(it, { person: null, posts: [{ post: 'member', secret: 1 }] })).toEqual(['.posts[0].secret']);
  expect(breaches(it, { person: null })).not.toEqual([]);
});

describe('权限矩阵：每一种岗位 × 每一条路由 × 自己的、本专委会的、协办的、别人的、退回的、撤回的', () => {
  const verbs = ['GET', 'POST', 'PUT', 'DELETE'];
  const outside = () => handlers.filter(({ route }) => !route).map(({ handler, path, who = 'anyone' }) => ({ name: path, path, who, method: verbs[Number(Reflect.getMetadata('method', handler))] ?? 'GET' }));
  const all = () => [...inTable(), ...outside()];

  test('每一条路由都说了期望什么', () => {
    const names = all().map(({ name }) => name);
    expect(names.filter((name) => !Object.hasOwn(expected, name)).map(howTo)).toEqual([]);
  });

  test('谁进得来、看得到什么，和期望的一样；试过一遍，什么也没有改变', async () => {
    const walk = new Walk(server, await worldOf(server));
    const before = await walk.moves();
    const wrong: string[] = [];
    for (const asked of all()) {
      wrong.push(...await walk.gate(asked));
      for (const entry of [expected[asked.name] ?? []].flat()) wrong.push(...await walk.expect(asked, entry));
    }
    walk.end();
    expect(wrong).toEqual([]);
    expect(await walk.moves()).toBe(before);
  }, 240_000);
});
