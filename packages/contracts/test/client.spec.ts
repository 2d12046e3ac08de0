/** What leaves the device, and what never does. */
import { describe, expect, test } from '@jest/globals';
import { clientOf, complaints, InvalidInput, requestOf, routes } from '../src/index.ts';
import type { Request } from '../src/index.ts';

const recorded = (answer: unknown = {}) => {
  const sent: Request[] = [];
  return { sent, api: clientOf(routes, async (request) => { sent.push(request); return answer; }) };
};
const form = { title: '关于增设公交站点的建议', situation: '情况', noSecret: true, original: true } as const;

describe('请求怎么写', () => {
  test('路径里的编号填进路径，其余的放进正文', async () => {
    const { api, sent } = recorded();
    await api.assign({ id: 'a1', version: 3, committeeId: 'c-shefa', coCommitteeIds: ['c-jingke'], key: 'key-12345678' });
    expect(sent).toEqual([{ method: 'POST', url: '/submissions/a1/assign', body: { version: 3, committeeId: 'c-shefa', coCommitteeIds: ['c-jingke'], key: 'key-12345678' } }]);
  });

  test('读取的请求没有正文，条件都在地址里，没有给的不出现', async () => {
    const { api, sent } = recorded();
    await api.list({ kind: 'opinion', state: undefined, after: '2022-07-21T01:40:00.000Z|x&y', limit: 50 });
    await api.show({ id: 'a1' });
    await api.showMe({});
    expect(sent).toEqual([
      { method: 'GET', url: '/submissions?kind=opinion&after=2022-07-21T01%3A40%3A00.000Z%7Cx%26y&limit=50' },
      { method: 'GET', url: '/submissions/a1' },
      { method: 'GET', url: '/me' },
    ]);
  });

  test('编号里的斜杠、问号和汉字不会走到别的路径去', async () => {
    const { api, sent } = recorded();
    await api.show({ id: '../me?x=1#委员' });
    expect(sent[0]?.url).toBe('/submissions/..%2Fme%3Fx%3D1%23%E5%A7%94%E5%91%98');
  });

  test('发出去的就是写下来的：不裁、不补、不改', async () => {
    const { api, sent } = recorded();
    const input = { key: 'key-12345678', kind: 'opinion', ...form, situation: ' 前后的空格\n换行 👍 ' } as const;
    await api.submit(input);
    expect(sent[0]?.body).toEqual(input);
    expect(input.situation).toBe(' 前后的空格\n换行 👍 ');
  });

  test('传入的对象不会被改动', () => {
    const input = Object.freeze({ id: 'a1', version: 1 });
    expect(requestOf(routes.withdraw, input)).toEqual({ method: 'POST', url: '/submissions/a1/withdraw', body: { version: 1 } });
    expect(input).toEqual({ id: 'a1', version: 1 });
  });

  test('服务器答什么，就得到什么；服务器出错，错误原样传出来', async () => {
    const { api } = recorded({ read: 3 });
    expect(await api.readAllNotices({})).toEqual({ read: 3 });
    const refusal = new Error('没有网络');
    await expect(clientOf(routes, () => Promise.reject(refusal)).readAllNotices({})).rejects.toBe(refusal);
  });

  test('每条路由都有同名的调用，路径参数都填上', async () => {
    expect(Object.keys(recorded().api).sort()).toEqual(Object.keys(routes).sort());
    for (const route of Object.values(routes)) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect(requestOf(route, Object.fromEntries(names.map((name) => [name, 'x1']))).url).not.toMatch(/:|undefined/);
    }
  });
});

describe('填得不对的不发出去', () => {
  test('委员没填题目、没勾承诺：每一处都说，什么也没有发', async () => {
    const { api, sent } = recorded();
    const failure = await api.submit({ key: 'key-12345678', kind: 'opinion', title: ' ', situation: '' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidInput);
    expect((failure as InvalidInput).fields).toEqual({ title: '请填写标题', situation: '请填写情况', noSecret: '请勾选“内容不涉密”', original: '请勾选“本人原创，未向其他渠道报送”' });
    expect((failure as InvalidInput).message).toBe('请填写标题；请填写情况；请勾选“内容不涉密”；请勾选“本人原创，未向其他渠道报送”');
    expect(sent).toEqual([]);
  });

  test('委员明确不勾承诺，也不发', async () => {
    const { api, sent } = recorded();
    await expect(api.submit({ key: 'key-12345678', kind: 'opinion', ...form, noSecret: false })).rejects.toThrow('请勾选“内容不涉密”');
    expect(sent).toEqual([]);
  });

  test('每条要填东西的路由，什么都不填就不发', async () => {
    for (const [name, route] of Object.entries(routes)) {
      const sent: Request[] = [];
      const api = clientOf({ [name]: route }, async (request) => { sent.push(request); return {}; });
      const faults = complaints(route.input, {});
      const answer = await api[name]?.({}).catch((error: unknown) => (error as InvalidInput).fields);
      expect([name, answer]).toEqual([name, faults]);
      expect([name, sent.length]).toEqual([name, Object.keys(faults).length === 0 ? 1 : 0]);
    }
  });
});
