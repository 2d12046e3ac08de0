/** @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holder, plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let server: Serving;
let [member, editor]: Api[] = [];
const author = plainMember();
const [editorPerson, head, clerk] = [holder('information_editor'), holder('committee_head', 'c-shefa'), holder('committee_staff', 'c-shefa')];
beforeAll(async () => {
  server = await serving();
  [member, editor] = [await server.as(author.id), await server.as(editorPerson.id, 'desk')];
});
afterAll(() => server.close());

test('委员提交社情民意，马上看到在谁手里、到什么时候，专委会初审通过后到编辑', async () => {
  const me = member as Api;
  const { doc } = await me.submit(report());
  expect(doc).toMatchObject({ kind: 'opinion', receiptNo: expect.stringMatching(/^2022-\d{4}$/), state: 'submitted', author: { name: author.name }, can: ['withdraw'] });
  expect(doc.holder).toMatchObject({ words: '社法委', action: '初审', due: { words: '还剩 3 个工作日', explanation: '从 7月21日 09:40 起算 3 个工作日，到 7月26日 17:30。跳过周末 2 天。' } });
  expect(doc.routing).toMatchObject({ decided: 'auto', candidates: expect.arrayContaining([expect.objectContaining({ committee: expect.objectContaining({ short: '社法委' }) })]) });

  const [review, staff] = [await server.as(head.id), await server.as(clerk.id, 'desk')];
  const inbox = await review.listTasks({ box: 'review' });
  expect(inbox.rows.map(({ docId }) => docId)).toContain(doc.id);
  const prepared = await staff.prepare({ id: doc.id, version: doc.version, outcome: 'pass', note: '情况属实，建议编发。' });
  expect(prepared.doc).toMatchObject({ state: 'first_review', prepared: { outcome: 'pass', note: '情况属实，建议编发。' } });
  const seen = await review.show({ id: doc.id });
  expect(seen.can).toEqual(expect.arrayContaining(['pass', 'return', 'not_adopt', 'reroute']));
  const passed = await review.pass({ id: doc.id, version: seen.version, note: '写给编辑看的话' });
  expect(passed.doc).toMatchObject({ state: 'editing', holder: { words: '办公室信息编辑', action: '编辑' } });
  expect(passed.undo).not.toBeNull();

  server.clock.shift(11_000);
  const mine = await me.show({ id: doc.id });
  expect(mine.timeline.map(({ words }) => words)).toEqual(['提交', '自动分送社法委', '初审通过']);
  expect(mine.timeline.every(({ note }) => note === null)).toBe(true);
  expect(mine.prepared).toBeNull();
  const { rows } = await me.listNotices({});
  expect(rows.map(({ head }) => head)).toEqual(['初审通过']);
  expect((await (editor as Api).listTasks({ box: 'edit' })).rows.map(({ docId }) => docId)).toContain(doc.id);
});

test('退回补充的社情民意修改后再交，收件号不变，还到原来的专委会', async () => {
  const [me, review] = [member as Api, await server.as(head.id)];
  const { doc } = await me.submit(report());
  const back = await review.sendBack({ id: doc.id, version: doc.version, note: '请补充数据来源' });
  expect(back.doc).toMatchObject({ state: 'returned' });
  server.clock.shift(11_000);
  const mine = await me.show({ id: doc.id });
  expect(mine).toMatchObject({ holder: { words: '您本人', action: '补充修改' }, can: ['submit'] });
  expect(mine.timeline.at(-1)).toMatchObject({ words: '退回补充', note: '请补充数据来源' });
  const home = await me.home({});
  expect(home.tasks.map(({ docId }) => docId)).toContain(doc.id);
  const { key: _key, kind: _kind, ...form } = report({ situation: '补充：以上数字来自永安街道工会 2022 年 6 月统计，5 个站点骑手 126 人，参加工伤保险的只有 18 人。' });
  const again = await me.resubmit({ id: doc.id, version: mine.version, key: 'again-000001', ...form });
  expect(again.doc).toMatchObject({ receiptNo: doc.receiptNo, submittedAt: doc.submittedAt, state: 'submitted', revision: 2, holder: { words: '社法委' } });
});

test('委员在初审开始前可以撤回，开始以后不能', async () => {
  const [me, review] = [member as Api, await server.as(head.id)];
  const { doc } = await me.submit(report());
  const gone = await me.withdraw({ id: doc.id, version: doc.version });
  expect(gone.doc).toMatchObject({ state: 'draft', holder: null, can: ['submit'] });
  await expect(review.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  const { doc: second } = await me.submit(report());
  await review.startReview({ id: second.id, version: second.version });
  await expect(me.withdraw({ id: second.id, version: second.version + 1 })).rejects.toMatchObject({ status: 409, refusal: { action: 'withdraw', reason: '这件社情民意现在是“初审中”，不能再做“撤回”' } });
});

test('陷阱 7：拿不准的到分办台，信息编辑按三个候选分送，专委会说明理由可以改送，收件号和首次时间不变', async () => {
  const [me, office, review] = [member as Api, editor as Api, await server.as(head.id)];
  const { doc } = await me.submit(report({ wish: 'ask' }));
  expect(doc).toMatchObject({ committee: null, holder: { words: '办公室信息编辑', action: '分办' }, routing: { decided: 'waiting' } });
  const task = (await office.listTasks({ box: 'triage' })).rows.find(({ docId }) => docId === doc.id);
  expect(task?.routing?.candidates.length).toBeGreaterThan(0);
  const sent = await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: ['c-renzihuan'] });
  expect(sent.doc).toMatchObject({ committee: { id: 'c-shefa' }, coCommittees: [{ id: 'c-renzihuan' }] });
  const co = await server.as(holder('committee_head', 'c-renzihuan').id);
  const commented = await co.comment({ id: doc.id, version: sent.doc.version, note: '涉及流动人口，我委可配合' });
  const moved = await review.reroute({ id: doc.id, version: commented.doc.version, committeeId: 'c-renzihuan', reason: '主要是人口流动方面，建议人资环委办理' });
  expect(moved.undo).not.toBeNull();
  const after = await me.show({ id: doc.id });
  expect(after).toMatchObject({ receiptNo: doc.receiptNo, submittedAt: doc.submittedAt, committee: { id: 'c-renzihuan' } });
  await expect(review.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
});

test('十秒内本人可以撤销刚才的处理，通知不会发出；过后不能', async () => {
  const [me, review] = [member as Api, await server.as(head.id)];
  const { doc } = await me.submit(report());
  const { undo } = await review.notAdopt({ id: doc.id, version: doc.version, reason: 'vague', note: '' });
  await expect(me.undo({ id: doc.id, moveId: undo?.moveId ?? '' })).rejects.toMatchObject({ status: 409 });
  server.clock.shift(9_000);
  const back = await review.undo({ id: doc.id, moveId: undo?.moveId ?? '' });
  expect(back.doc).toMatchObject({ state: 'submitted', holder: { words: '社法委' } });
  server.clock.shift(11_000);
  expect((await me.listNotices({})).rows.filter(({ docId }) => docId === doc.id)).toEqual([]);
  const passed = await review.pass({ id: doc.id, version: back.doc.version, note: '' });
  server.clock.shift(10_001);
  await expect(review.undo({ id: doc.id, moveId: passed.undo?.moveId ?? '' })).rejects.toMatchObject({ status: 409, refusal: { reason: '已经超过可以撤销的时间，如需更改请另行处理' } });
});
