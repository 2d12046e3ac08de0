/** @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { formOf, holder, plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const [author, other] = [plainMember(0).id, plainMember(1).id];
let server: Serving;
let apis: Record<'me' | 'them' | 'editor' | 'head' | 'jingke', Api>;
beforeAll(async () => {
  server = await serving();
  apis = { me: await server.as(author), them: await server.as(other), editor: await server.as(holder('information_editor').id), head: await server.as(holder('committee_head', 'c-shefa').id), jingke: await server.as(holder('committee_head', 'c-jingke').id) };
});
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const about = async (api: Api, docId: string) => (await api.listNotices({ limit: 100 })).rows.filter((it) => it.docId === docId).map(({ head, body }) => `${head}｜${body}`);

test('委员一路收到：分送、改送、退回补充，每条都说清在谁手里、到什么时候', async () => {
  const { me, editor, head, jingke } = apis;
  const { doc } = await me.submit(report({ wish: 'ask' }));
  const { doc: sent } = await editor.assign({ ...on(doc), committeeId: 'c-shefa' });
  server.clock.shift(11_000);
  const { doc: moved } = await head.reroute({ ...on(sent), committeeId: 'c-jingke', reason: '属于经济方面' });
  server.clock.shift(11_000);
  await jingke.sendBack({ ...on(moved), note: '请补充' });
  server.clock.shift(11_000);
  const told = await about(me, doc.id);
  expect(told).toEqual([
    expect.stringMatching(/^请补充修改｜.*请在8月4日 17:30 前补充.*收件号都保留/), expect.stringMatching(/改送.*现在由经科委办理，一般 7月26日 17:30 前有结果。收件号和提交时间不变/), expect.stringMatching(/^已分送专委会｜.*现在由社法委办理，一般 7月26日 17:30 前有结果/),
  ]);
  for (const words of told) expect(words).toContain(`《${doc.title}》`);
});

test('送到专委会，主任、副主任和干部各得一条；做这一步的人自己不收', async () => {
  const { me } = apis;
  const { doc } = await me.submit(report());
  for (const post of ['committee_head', 'committee_vice_head', 'committee_staff']) {
    const told = await about(await server.as(holder(post, 'c-shefa').id), doc.id);
    expect([post, told.length, told[0]?.startsWith('1 件社情民意待初审｜')]).toEqual([post, 1, true]);
  }
  expect(await about(me, doc.id)).toEqual([]);
});

test('看一条少一条未读，全部已读以后是零；别人的通知读不到', async () => {
  const { me, them, editor } = apis;
  const { unread: before } = await me.countTasks({});
  const { doc } = await me.submit(report({ wish: 'ask' }));
  await editor.assign({ ...on(doc), committeeId: 'c-shefa' });
  server.clock.shift(11_000);
  expect((await me.countTasks({})).unread).toBe(before + 1);
  const [notice] = (await me.listNotices({ filter: 'unread' })).rows;
  await expect(them.readNotice({ id: notice?.id ?? '' })).rejects.toMatchObject({ status: 404 });
  await me.readNotice({ id: notice?.id ?? '' });
  await me.readNotice({ id: notice?.id ?? '' });
  expect([(await me.countTasks({})).unread, (await me.home({})).unread]).toEqual([before, before]);
  expect((await me.readAllNotices({})).read).toBe(before);
  expect((await me.readAllNotices({})).read).toBe(0);
  expect((await me.listNotices({ filter: 'unread' })).rows).toEqual([]);
});

test('“全部已读”不算进还没到时候的和已经撤销的', async () => {
  const { me, editor } = apis;
  await me.readAllNotices({});
  const { doc } = await me.submit(report({ wish: 'ask' }));
  const { undo, doc: sent } = await editor.assign({ ...on(doc), committeeId: 'c-shefa' });
  expect((await me.readAllNotices({})).read).toBe(0);
  await editor.undo({ id: sent.id, moveId: undo?.moveId ?? '' });
  server.clock.shift(11_000);
  expect((await me.readAllNotices({})).read).toBe(0);
});

test('陷阱 27：撤回以后改了标题再交到别处，原来的专委会从旧通知里看不到新标题', async () => {
  const { me, editor, head } = apis;
  const { doc } = await me.submit(report());
  expect((await about(head, doc.id)).join()).toContain(doc.title);
  const { doc: draft } = await me.withdraw(on(doc));
  expect(await about(head, doc.id)).toEqual(['1 件社情民意待初审｜这件已经撤回或者改送，不在您处了。']);
  const { doc: again } = await me.resubmit({ ...on(draft), key: 'another-title-1', ...formOf(report({ title: '只给经科委看的新标题', wish: 'ask' })) });
  await editor.assign({ ...on(again), committeeId: 'c-jingke' });
  server.clock.shift(11_000);
  expect((await about(head, doc.id)).join()).not.toContain('新标题');
  expect((await about(apis.jingke, doc.id)).join()).toContain('只给经科委看的新标题');
});
