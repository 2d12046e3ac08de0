import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Logger } from 'typeorm';
import { newId } from '../src/platform/ids.ts';
import { Mark } from '../src/platform/marks.ts';
import { ReceiptSeries } from '../src/submissions/submission.entity.ts';
import { holder, plainMember, proposal, report } from './people.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

let server: Serving;
beforeAll(async () => { server = await serving(); });
afterAll(() => server.close());
const nameOf = () => `test ${newId()}`;
const exists = (name: string) => server.database.read((manager) => manager.existsBy(Mark, { name }));
const put = (name: string) => server.database.write((manager) => manager.insert(Mark, { name, value: '1' }));
const soon = () => new Promise<void>((done) => { setImmediate(done); });

describe('one unit of work', () => {
  test('夹在两个成功请求中间的一个失败了，只带走它自己的', async () => {
    const [before, broken, after] = [nameOf(), nameOf(), nameOf()];
    const failing = server.database.write(async (manager) => {
      await manager.insert(Mark, { name: broken, value: '1' });
      for (let turn = 0; turn < 5; turn += 1) await soon();
      throw new Error('something else went wrong');
    });
    const results = await Promise.allSettled([put(before), failing, put(after)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await exists(before), await exists(broken), await exists(after)]).toEqual([true, false, true]);
  });

  test('一个委员的提交中途失败，前后两位委员的都在，他的一点也没有', async () => {
    const [a, b, c] = await Promise.all([0, 1, 2].map((index) => server.as(plainMember(index).id))) as [Api, Api, Api];
    const results = await Promise.allSettled([a.submit(report()), b.submit(report({ key: 'fails-in-the-middle', fileIds: ['nobody-has-this'] })), c.submit(report())]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await b.listMine({})).rows).toEqual([]);
    for (const [index, api] of [a, c].entries()) expect((await api.listMine({})).rows.map(({ author }) => author.id)).toEqual([plainMember(index * 2).id]);
    const [moves] = await server.database.read((manager) => manager.query<{ n: number }[]>("SELECT COUNT(*) AS n FROM moves WHERE doc_id NOT IN (SELECT id FROM submissions) AND doc_kind <> 'visit'"));
    expect(Number(moves?.n)).toBe(0);
  });

  test('里面的一步加入外面的一步：外面失败，里面的也不算', async () => {
    const [outer, inner] = [nameOf(), nameOf()];
    await expect(server.database.write(async (manager) => {
      await manager.insert(Mark, { name: outer, value: '1' });
      await put(inner);
      expect(await exists(inner)).toBe(true);
      throw new Error('no');
    })).rejects.toThrow('no');
    expect([await exists(outer), await exists(inner)]).toEqual([false, false]);
  });

  test('没有等待的一步在外面结束以后被大声拒绝，不会写进别人的事务', async () => {
    const late = nameOf();
    let forgotten: Promise<unknown> = Promise.resolve();
    await server.database.write(async (manager) => {
      await manager.existsBy(Mark, { name: late });
      forgotten = soon().then(soon).then(() => put(late)).then(() => 'written', (error: Error) => error.message);
    });
    expect(await forgotten).toBe('This unit of work is over: something in it was not awaited.');
    expect(await exists(late)).toBe(false);
  });

  test('在读里面写被拒绝', async () => {
    const name = nameOf();
    await expect(server.database.read(() => put(name))).rejects.toThrow('A write inside a read: open the write first.');
    expect(await exists(name)).toBe(false);
  });

  test('失败之后队伍继续往前走', async () => {
    const turns = Array.from({ length: 30 }, (_, index) => (index % 3 === 1 ? server.database.write(() => Promise.reject(new Error('no'))) : put(nameOf())));
    expect((await Promise.allSettled(turns)).filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });

  test('同一时刻的写一起提交：失败的只带走它自己的，谁也不早于提交得到回答', async () => {
    const names = Array.from({ length: 20 }, nameOf);
    const [before, said]: [Logger, string[]] = [server.source.logger, []];
    const commits = () => said.filter((sql) => sql === 'COMMIT').length;
    const answeredAfter: number[] = [];
    Object.assign(server.source, { logger: { ...before, logQuery: (sql: string) => { said.push(sql); }, logQueryError: () => undefined } });
    const results = await Promise.allSettled(names.map((name, index) => server.database.write(async (manager) => {
      await manager.insert(Mark, { name, value: '1' });
      if (index % 4 === 1) await manager.insert(Mark, { name, value: 'twice' });
      if (index % 4 === 3) throw new Error('no');
    }).finally(() => { answeredAfter.push(commits()); }))).finally(() => { Object.assign(server.source, { logger: before }); });
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(names.map((_, index) => index % 2 === 0));
    expect(await Promise.all(names.map(exists))).toEqual(names.map((_, index) => index % 2 === 0));
    // Elsewhere each has a connection and a commit of its own, and what fails hears of it at once.
    const [together, soonest] = server.source.options.type === 'better-sqlite3' ? [1, 1] : [10, 0];
    expect(commits()).toBe(together);
    expect(Math.min(...answeredAfter)).toBeGreaterThanOrEqual(soonest);
  });

  test('一起提交的没有提交成：每个再单独做一遍，只有它自己不行的失败', async () => {
    // Only the embedded database looks at such a reference when all is committed; the other refuses the row itself.
    const late = server.source.options.type === 'better-sqlite3' ? ' DEFERRABLE INITIALLY DEFERRED' : '';
    await server.database.write(async (manager) => {
      await manager.query('CREATE TABLE kept_parents(id INTEGER PRIMARY KEY)');
      await manager.query(`CREATE TABLE kept_children(parent INTEGER, FOREIGN KEY (parent) REFERENCES kept_parents(id)${late})`);
    });
    const [first, last] = [nameOf(), nameOf()];
    const orphan = server.database.write((manager) => manager.query('INSERT INTO kept_children(parent) VALUES (7)'));
    expect((await Promise.allSettled([put(first), orphan, put(last)])).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await exists(first), await exists(last), await server.database.read((manager) => manager.query('SELECT * FROM kept_children'))]).toEqual([true, true, []]);
    await server.database.write(async (manager) => { await manager.query('DROP TABLE kept_children'); await manager.query('DROP TABLE kept_parents'); });
  });

  test('两个事务反着顺序改同样的行，两个都办成', async () => {
    const names = [nameOf(), nameOf()];
    for (const term of names) await server.database.write((manager) => manager.insert(ReceiptSeries, { series: term.slice(0, 24), lastNo: 0 }));
    const grow = (order: readonly string[]) => server.database.write(async (manager) => {
      for (const term of order) {
        await manager.createQueryBuilder().update(ReceiptSeries).set({ lastNo: () => 'last_no + 1' }).where({ series: term.slice(0, 24) }).execute();
        for (let turn = 0; turn < 5; turn += 1) await soon();
      }
    });
    await Promise.all(Array.from({ length: 10 }, (_, index) => grow(index % 2 === 0 ? names : names.toReversed())));
    for (const term of names) expect(await server.database.read((manager) => manager.findOneByOrFail(ReceiptSeries, { series: term.slice(0, 24) }))).toMatchObject({ lastNo: 10 });
  });

  test('改成一样的值也算改到了一行：条件更新靠这个判断谁先到', async () => {
    const name = nameOf();
    await put(name);
    expect((await server.database.write((manager) => manager.update(Mark, { name }, { value: '1' }))).affected).toBe(1);
  });
});

describe('lists', () => {
  /** How many statements a request takes, sign-in and all; without the look at the marks, which goes on beside it. */
  async function statementsOf(work: () => Promise<unknown>): Promise<number> {
    const before = server.source.logger;
    let count = 0;
    const counting: Logger = { logQuery: (query) => { if (!query.includes('marks')) count += 1; }, logQueryError: () => undefined, logQuerySlow: () => undefined, logSchemaBuild: () => undefined, logMigration: () => undefined, log: () => undefined };
    Object.assign(server.source, { logger: counting });
    try { await work(); } finally { Object.assign(server.source, { logger: before }); }
    return count;
  }
  const author = plainMember(7).id;
  let people: Record<'me' | 'editor' | 'office' | 'head', Api>;
  const write = async (count: number) => {
    for (let index = 0; index < count; index += 10) {
      await Promise.all(Array.from({ length: Math.min(10, count - index) }, async (_, at) => {
        const { doc } = await people.me.submit(at % 2 === 0 ? report({ wish: 'ask' }) : report());
        if (at % 4 === 0) await people.editor.sendBack({ id: doc.id, version: doc.version, note: '请补充' });
        await people.me.submit(proposal({ wish: 'ask' }));
      }));
    }
    server.clock.shift(11_000);
  };
  beforeAll(async () => {
    people = { me: await server.as(author), editor: await server.as(holder('information_editor').id), office: await server.as(holder('proposal_office').id), head: await server.as(holder('committee_head', 'c-shefa').id) };
  });

  test('5 行和 50 行的列表用一样多的语句', async () => {
    const asked = () => [
      ['我提交的', () => people.me.listMine({ limit: 50 })], ['全部社情民意', () => people.editor.list({ kind: 'opinion', limit: 50 })], ['全部提案', () => people.office.list({ kind: 'proposal', limit: 50 })], ['专委会的', () => people.head.list({ kind: 'opinion', limit: 50 })],
      ['分办台', () => people.editor.listTasks({ box: 'triage', limit: 50 })], ['初审', () => people.head.listTasks({ box: 'review', limit: 50 })], ['我的待办', () => people.me.listTasks({ box: 'mine', limit: 50 })],
      ['通知', () => people.editor.listNotices({ limit: 50 })], ['首页', () => people.me.home({})], ['件数', () => people.editor.countTasks({})],
    ] as const;
    const measure = async () => { const all: [string, number][] = []; for (const [name, ask] of asked()) all.push([name, await statementsOf(ask)]); return all; };
    await write(10);
    await measure();
    const few = await measure();
    await write(90);
    const many = await measure();
    expect(many).toEqual(few);
    for (const [name, count] of many) expect([name, count > 1 && count <= 16]).toEqual([name, true]);
    expect((await people.me.listMine({ limit: 50 })).rows).toHaveLength(50);
    expect((await people.editor.listTasks({ box: 'triage', limit: 50 })).rows.length).toBeGreaterThanOrEqual(20);
  });

  test.each([
    ['我提交的', (after: object) => people.me.listMine({ limit: 7, ...after })], ['全部社情民意', (after: object) => people.editor.list({ kind: 'opinion', limit: 7, ...after })],
    ['分办台', (after: object) => people.editor.listTasks({ box: 'triage', limit: 7, ...after })], ['通知', (after: object) => people.editor.listNotices({ limit: 7, ...after })],
  ] as const)('翻页翻到底，“%s”里原有的每一行恰好出现一次，翻的时候有人一直在提交', async (_, page) => {
    const whole = new Set<string>();
    for (let after: object | undefined = {}; after;) {
      const { rows, next }: { rows: { id: string }[]; next: string | null } = await page(after);
      for (const { id } of rows) whole.add(id);
      after = next === null ? undefined : { after: next };
    }
    const seen: string[] = [];
    for (let after: object | undefined = {}; after;) {
      const { rows, next }: { rows: { id: string }[]; next: string | null } = await page(after);
      seen.push(...rows.map(({ id }) => id));
      if (seen.length % 3 === 0) await people.me.submit(report({ wish: 'ask' }));
      server.clock.shift(1);
      after = next === null ? undefined : { after: next };
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...whole].filter((id) => !seen.includes(id))).toEqual([]);
    expect(seen.length).toBeGreaterThan(20);
  });

  test('陷阱 15：分办台每个筛选说的件数，就是点进去看到的件数，只数这一种', async () => {
    const { doc } = await people.me.submit(report({ wish: 'ask' }));
    const { doc: sent } = await people.editor.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa' });
    await people.head.reroute({ id: sent.id, version: sent.version, committeeId: null, reason: '不归我委' });
    // A report that is 特急 does not wait at 分办台; a proposal does.
    await people.me.submit(proposal({ wish: 'ask', urgency: 'critical' }));
    for (const [api, kind] of [[people.editor, 'opinion'], [people.office, 'proposal']] as const) {
      const counts = await api.countTriage({ kind });
      for (const filter of ['all', 'low', 'critical', 'rerouted', 'due_today'] as const) {
        const { rows } = await api.listTasks({ box: 'triage', kind, filter, limit: 100 });
        expect([kind, filter, Math.min(99, rows.length)]).toEqual([kind, filter, counts[filter]]);
        expect(new Set(rows.map((it) => it.kind))).toEqual(new Set(rows.length > 0 ? [kind] : []));
      }
    }
    expect(await people.editor.countTriage({ kind: 'opinion' })).toMatchObject({ critical: 0, rerouted: 1 });
    expect(await people.office.countTriage({ kind: 'proposal' })).toMatchObject({ critical: 1, rerouted: 0 });
    expect(Object.values(await people.editor.countTriage({ kind: 'proposal' }))).toEqual([0, 0, 0, 0, 0]);
  });

  test('不成样子的翻页位置当作没有，不出错', async () => {
    for (const after of ['', '~', 'x~y', '2022-99-99T00:00:00.000Z~a', '-271821-04-20T00:00:00.000Z~a', '+275760-09-13T00:00:00.000Z~a', "2022-07-21T01:40:00.000Z~' OR 1=1 --"]) expect(Array.isArray((await people.me.listMine({ after })).rows)).toBe(true);
  });
});
