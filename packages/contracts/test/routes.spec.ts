/** The table of routes as a whole. */
import { describe, expect, test } from '@jest/globals';
import { abilities } from '@lvzhi/domain';
import { routes } from '../src/index.ts';
import type { Route } from '../src/index.ts';

const all: readonly [name: string, route: Route][] = Object.entries(routes);
const parametersOf = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
const fieldsOf = (route: Route): string[] => Object.keys((route.input as unknown as { entries: Record<string, unknown> }).entries);

describe('每条路由', () => {
  test.each(all)('%s：有一句中文说明，句末不加标点', (_name, { summary }) => {
    expect(summary).toMatch(/^[\u4e00-\u9fff]/);
    expect(summary).toMatch(/[\u4e00-\u9fff）a-z]$/);
    expect(summary).not.toMatch(/[。，；、！？.,;:：]$/);
  });

  test.each(all)('%s：说明谁可以用', (_name, { who }) => {
    const named: readonly string[] = typeof who === 'string' ? [who] : who;
    const known: readonly string[] = typeof who === 'string' ? ['anyone', 'entering', 'signed_in'] : abilities;
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named).size).toBe(named.length);
    expect(known).toEqual(expect.arrayContaining([...named]));
  });

  test.each(all)('%s：路径规规矩矩，路径里的参数都在输入里', (_name, route) => {
    expect(route.path).toMatch(/^(\/([a-z_]+|:[a-z]+))+$/);
    expect(fieldsOf(route)).toEqual(expect.arrayContaining(parametersOf(route.path)));
  });
});

describe('整张表', () => {
  test('不登录就能用的只有访客页和登录、绑定', () => {
    expect(all.filter(([, { who }]) => who === 'anyone').map(([name]) => name)).toEqual(['guest', 'wechatSignIn', 'bindByPhone', 'bindByInvitation', 'deskSignIn', 'enterSecondFactor', 'beginDeskAsk', 'claimDeskAsk', 'listPublic', 'showPublic']);
  });

  test('同一方法、同一路径只有一条', () => {
    const places = all.map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(places.filter((it, index) => places.indexOf(it) !== index)).toEqual([]);
  });

  test('写死的路径都在同形的带参数路径之前，不会被它抢走', () => {
    const matches = (pattern: string, path: string) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path);
    const shadowed = all.flatMap(([name, route], index) => all.slice(0, index).filter(([, before]) => before.method === route.method && before.path !== route.path && matches(before.path, route.path)).map(([before]) => `${name} 被 ${before} 抢走`));
    expect(shadowed).toEqual([]);
  });

  test('只读的用 GET，会改动的都不用 GET', () => {
    // A whole text does not fit into an address.
    const byText = ['findSimilar'];
    expect(all.filter(([name, { method }]) => method === 'GET' && !/^(guest|home|coverage|list|show|count|find|open)/.test(name)).map(([name]) => name)).toEqual([]);
    expect(all.filter(([name, { method }]) => method !== 'GET' && !byText.includes(name) && /^(list|show|count|find|coverage|home|guest)/.test(name)).map(([name]) => name)).toEqual([]);
  });

  test('办一件事都要说清看到的是哪一版；撤销除外，它认的是那一步', () => {
    const moves = all.filter(([, { method, path }]) => method === 'POST' && /^\/(submissions|visits|proposals)\/:id\//.test(path));
    expect(moves.filter(([, route]) => !fieldsOf(route).includes('version')).map(([name]) => name)).toEqual(['undo', 'undoVisit']);
    expect(moves.length).toBeGreaterThan(15);
  });

  test('新写的和重写的都带防重编号', () => {
    for (const name of ['submit', 'resubmit', 'createVisit'] as const) expect(fieldsOf(routes[name])).toContain('key');
  });

  test('翻页的清单都能接着翻、能定条数', () => {
    const lists = all.filter(([name]) => /^(list(Mine|Tasks|Visits|Notices)?|findMembers)$/.test(name));
    expect(lists.map(([name]) => name).sort()).toEqual(['findMembers', 'list', 'listMine', 'listNotices', 'listTasks', 'listVisits']);
    for (const [, route] of lists) expect(fieldsOf(route)).toEqual(expect.arrayContaining(['after', 'limit']));
  });
});
