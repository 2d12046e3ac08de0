/** @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { instantOf } from '@lvzhi/domain';
import { formOf, holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember();
let server: Serving;
let apis: Record<'me' | 'office' | 'head' | 'staff' | 'co', Api>;
beforeAll(async () => {
  server = await serving();
  apis = {
    me: await server.as(author.id), office: await server.as(holder('proposal_office', 'c-tian', 2).id, 'desk'), head: await server.as(holder('committee_head', 'c-shefa').id),
    staff: await server.as(holder('committee_staff', 'c-shefa').id, 'desk'), co: await server.as(holder('committee_head', 'c-renzihuan').id),
  };
});
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });

test('委员提交提案，专委会写出初审意见和建议结果，提案委接着审定', async () => {
  const { me, office, head, staff } = apis;
  const { doc } = await me.submit(proposal());
  expect(doc).toMatchObject({ kind: 'proposal', state: 'submitted', stateWords: '待审查', receiptNo: '2022-0001', holder: { words: '社法委', action: '初审', due: { at: instantOf('2022-07-28', '17:30').toISOString(), words: '还剩 5 个工作日' } }, can: ['withdraw'] });
  expect(doc.next.map(({ words }) => words)).toEqual(['提案委审定是否立案']);
  const { doc: prepared } = await staff.prepare({ ...on(doc), outcome: 'pass', note: '内容具体，建议立案。' });
  expect(prepared).toMatchObject({ state: 'under_review', prepared: { outcome: 'pass', note: '内容具体，建议立案。' } });
  const { doc: reviewed, undo } = await head.review({ ...on(prepared), outcome: 'filed', note: '建议立案，由人社局主办。', unitIds: ['u-guihua'] });
  expect(undo).not.toBeNull();
  expect(reviewed).toMatchObject({ state: 'under_review', stateWords: '待审定', holder: { words: '提案委办公室', action: '审定' }, review: { outcome: { code: 'filed', name: '立案' }, note: '建议立案，由人社局主办。', units: [{ id: 'u-guihua' }] }, can: [] });
  expect((await office.listTasks({ box: 'edit' })).rows.map(({ docId, actionWords }) => [docId, actionWords])).toEqual([[doc.id, '审定']]);
  expect((await head.listTasks({ box: 'review' })).rows.map(({ docId }) => docId)).not.toContain(doc.id);

  server.clock.shift(11_000);
  const mine = await me.show({ id: doc.id });
  expect([mine.review, mine.prepared, mine.timeline.map(({ words, note }) => [words, note])]).toEqual([null, null, [['提交', null], ['自动分送社法委', null], ['提出初审意见', null]]]);
  expect((await me.listNotices({})).rows.map(({ head: words }) => words)).toEqual(['初审意见已提出']);
});

test('专委会已经提出意见的，谁也不能再改送、收回、再审', async () => {
  const { me, office, head } = apis;
  const { doc } = await me.submit(proposal());
  const { doc: reviewed } = await head.review({ ...on(doc), outcome: 'to_suggestion', note: '建议转为意见建议', unitIds: [] });
  for (const ask of [() => head.reroute({ ...on(reviewed), committeeId: 'c-jingke', reason: '送错了' }), () => office.recall({ ...on(reviewed), reason: '送错了' }), () => head.review({ ...on(reviewed), outcome: 'filed', note: '立案', unitIds: [] }), () => head.sendBack({ ...on(reviewed), note: '补充' })]) {
    await expect(ask()).rejects.toMatchObject({ status: 409, refusal: { reason: '专委会已经提出初审意见，正由提案委审定' } });
  }
});

test('拿不准的到提案委分办，信息编辑看不到；送出去还能收回，退回修改后再交还到原来的专委会', async () => {
  const { me, office, head, co } = apis;
  const { doc } = await me.submit(proposal({ wish: 'ask' }));
  expect(doc).toMatchObject({ committee: null, holder: { words: '提案委办公室', action: '分办' } });
  const editor = await server.as(holder('information_editor').id);
  await expect(editor.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect((await editor.listTasks({ box: 'triage' })).rows).toEqual([]);
  const { doc: sent } = await office.assign({ ...on(doc), committeeId: 'c-jingke' });
  const { doc: recalled } = await office.recall({ ...on(sent), reason: '应送社法委' });
  expect(recalled).toMatchObject({ committee: null, state: 'submitted', receiptNo: doc.receiptNo });
  const { doc: again } = await office.assign({ ...on(recalled), committeeId: 'c-shefa', coCommitteeIds: ['c-renzihuan'] });
  const { doc: commented } = await co.comment({ ...on(again), note: '我委有调研材料' });
  await head.sendBack({ ...on(commented), note: '请写明涉及多少人' });
  const { rows: [task] } = await me.listTasks({ box: 'mine' });
  expect(task).toMatchObject({ docId: doc.id, actionWords: '补充修改' });
  const seen = await me.show({ id: doc.id });
  const { doc: back } = await me.resubmit({ ...on(seen), key: 'proposal-again-1', ...formOf(proposal({ title: '关于加强外卖骑手工伤保障的建议（补充人数）' })) });
  expect(back).toMatchObject({ state: 'submitted', receiptNo: doc.receiptNo, submittedAt: doc.submittedAt, revision: 2, committee: { id: 'c-shefa' } });
  expect(back.routing).toEqual({ ...doc.routing, decided: 'person' });
  expect((await head.listTasks({ box: 'review' })).rows.find(({ docId }) => docId === doc.id)?.routing).toEqual(back.routing);
  expect((await co.show({ id: doc.id })).can).toEqual(['comment']);
});

test('信息员和镇街可以写社情民意，不能写提案；参加单位提的是集体提案，不能以个人名义提', async () => {
  for (const post of ['informant', 'township_liaison']) {
    const api = await server.as(holder(post).id);
    await expect(api.submit(proposal())).rejects.toMatchObject({ status: 409, refusal: { action: 'submit', reason: expect.stringMatching(/您的岗位不能/) } });
    expect((await api.listMine({})).rows).toEqual([]);
  }
  await expect((await server.as(holder('body_account').id)).submit(proposal())).rejects.toMatchObject({ status: 400, refusal: { fields: { collective: expect.stringMatching(/以哪个单位的名义/) } } });
});
