/** 逐段修改建议 on a proposal, over HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { Jobs } from '../../src/platform/jobs.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { Revision } from '../../src/submissions/submission.entity.ts';
import { holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember(3);
let server: Serving;
let apis: Record<'me' | 'stranger' | 'office' | 'head' | 'staff', Api>;
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const as = async (id: string, surface: 'phone' | 'desk') => server.with(await sessions.open(id, surface));
  apis = {
    me: await as(author.id, 'phone'), stranger: await as(plainMember(6).id, 'phone'), office: await as(holder('proposal_office', 'c-tian', 2).id, 'desk'),
    head: await as(holder('committee_head', 'c-shefa').id, 'phone'), staff: await as(holder('committee_staff', 'c-shefa').id, 'desk'),
  };
}
beforeAll(async () => { server = await serving(); await enter(); });
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const text = { title: '关于加装滨江步道路灯的建议', situation: '滨江步道约两公里没有路灯，晚上散步的人多。\n上月摔伤三人。', analysis: '管护单位没有明确，经费没有落实。', suggestion: '一、城管部门补装路灯。\n二、明确管护单位，定期检修路灯。' };
async function assigned(): Promise<SubmissionView> {
  const { doc } = await apis.me.submit(proposal({ ...text, wish: 'ask' }));
  return (await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' })).doc;
}
const better = [
  { part: 'title' as const, at: 0, after: '关于尽快加装滨江步道路灯的建议', why: '题目点明急迫' },
  { part: 'situation' as const, at: 1, after: '上月摔伤老人三人，其中一人骨折。', why: '写明后果' },
  { part: 'suggestion' as const, at: 0, after: '一、城管部门今年内补装路灯六十盏。', why: '' },
];

test('专委会干部逐段提修改建议，提案人在手机上同意两段、保留一段：同意的照改，两份文字都在，接着审查', async () => {
  const doc = await assigned();
  const { doc: asked, undo } = await apis.staff.proposeEdits({ ...on(doc), changes: better, note: '请您看看' });
  expect([asked.state, asked.stateWords, asked.holder?.action, undo]).toEqual(['amending', '征求修改意见', '答复修改建议', null]);
  await expect(apis.head.review({ ...on(asked), outcome: 'filed', note: '建议立案', unitIds: [] })).rejects.toMatchObject({ status: 409 });
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows[0]).toMatchObject({ head: '请看修改建议' });
  expect((await apis.me.listTasks({ box: 'mine' })).rows.map(({ docId, action }) => [docId, action])).toEqual([[doc.id, 'answer_edits']]);
  const { rows: [edits] } = await apis.me.listAmendments({ id: doc.id });
  expect(edits).toMatchObject({ no: 1, outcome: 'asked', note: '请您看看', changes: [{ before: text.title, partWords: '标题', accepted: null }, { before: '上月摔伤三人。' }, { after: better[2]?.after }] });
  await expect(apis.me.answerEdits({ ...on(asked), accepted: [true] })).rejects.toMatchObject({ status: 400, refusal: { fields: { accepted: '一共 3 段，请逐段选择同意还是保留原文' } } });
  const { doc: done } = await apis.me.answerEdits({ ...on(asked), accepted: [true, false, true] });
  expect([done.state, done.title, done.text.situation, done.text.suggestion, done.revision]).toEqual(['under_review', better[0]?.after, text.situation, `${better[2]?.after}\n二、明确管护单位，定期检修路灯。`, 2]);
  const kept = await server.database.read((manager) => manager.findBy(Revision, { submissionId: doc.id }));
  expect(kept.toSorted((a, b) => a.revisionNo - b.revisionNo).map(({ revisionNo, title }) => [revisionNo, title])).toEqual([[1, text.title], [2, better[0]?.after]]);
  expect((await apis.office.listAmendments({ id: doc.id })).rows[0]).toMatchObject({ outcome: 'answered', outcomeWords: '提案人已逐段答复', changes: [{ accepted: true }, { accepted: false }, { accepted: true }] });
  expect((await apis.office.findDocuments({ query: '今年内补装路灯六十盏' })).rows.map(({ id }) => id)).toContain(doc.id);
  const seen = await apis.head.show({ id: doc.id });
  expect([seen.routing?.candidates.length ?? 0, seen.can.includes('review')]).toEqual([expect.any(Number), true]);
  expect(seen.routing).not.toBeNull();
});

test('一段也不同意，原文不变，不多一份；看过以前的那一版的答复不算', async () => {
  const { doc: asked } = await apis.head.proposeEdits({ ...on(await assigned()), changes: better, note: '' });
  const { doc } = await apis.me.answerEdits({ ...on(asked), accepted: [false, false, false] });
  expect([doc.title, doc.revision]).toEqual([text.title, 1]);
  await expect(apis.me.answerEdits({ ...on(asked), accepted: [true, true, true] })).rejects.toMatchObject({ status: 409 });
});

test('收回修改建议，按原文接着审；到期没有答复的也按原文，提案人知道', async () => {
  const { doc: asked } = await apis.staff.proposeEdits({ ...on(await assigned()), changes: better, note: '' });
  const { doc: back } = await apis.staff.recallEdits(on(asked));
  expect([back.state, back.title, (await apis.me.listAmendments({ id: back.id })).rows[0]?.outcome]).toEqual(['under_review', text.title, 'recalled']);
  const { doc: reviewed } = await apis.head.review({ ...on(back), outcome: 'filed', note: '建议立案', unitIds: [] });
  await expect(apis.staff.proposeEdits({ ...on(reviewed), changes: better, note: '' })).rejects.toMatchObject({ status: 409 });
  const { doc: again } = await apis.office.proposeEdits({ ...on(reviewed), changes: [better[0] ?? never()], note: '' });
  server.clock.shift(15 * 86_400_000);
  await enter();
  await server.app.get(Jobs).runNow('proposals.edits');
  const doc = await apis.office.show({ id: again.id });
  expect([doc.state, doc.title, doc.stateWords]).toEqual(['under_review', text.title, '待审定']);
  expect((await apis.me.listAmendments({ id: doc.id })).rows.map(({ no, outcome }) => [no, outcome])).toEqual([[2, 'lapsed'], [1, 'recalled']]);
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows.map(({ head }) => head)).toContain('修改建议到期');
});

test('改了两次的段、没有的段、没有改动的段、超过字数的、涉密的，都说清楚哪里不对，什么也没有写下', async () => {
  const doc = await assigned();
  const put = (changes: Parameters<Api['proposeEdits']>[0]['changes']) => apis.staff.proposeEdits({ ...on(doc), changes, note: '' });
  const one = better[1] ?? never();
  for (const [changes, words] of [
    [[one, one], '改了两次'], [[{ ...one, at: 9 }], '第 10 段不在原文里'], [[{ ...one, after: '上月摔伤三人。' }], '没有改动'], [[{ ...one, part: 'title' as const, at: 0, after: '短' }], '标题至少'],
    [[{ ...one, after: '字'.repeat(2100) }], '情况最多'], [[{ part: 'title' as const, at: 0, after: '两行\n标题标题标题', why: '' }], '标题只能是一行'], [[{ ...one, after: '绝密★长期 不得外传的内容' }], '没有送出'],
  ] as const) await expect(put([...changes])).rejects.toMatchObject({ status: 400, refusal: { fields: { changes: expect.stringContaining(words) } } });
  expect([(await apis.me.show({ id: doc.id })).version, (await apis.me.listAmendments({ id: doc.id })).rows]).toEqual([doc.version, []]);
  await expect(apis.stranger.listAmendments({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  await expect(apis.stranger.answerEdits({ ...on(doc), accepted: [true] })).rejects.toMatchObject({ status: 404 });
});

function never(): never { throw new Error('no such change'); }
