/** 逐段修改建议 of a joint and of a collective proposal, over HTTP: whatever is accepted is signed anew before anything is decided. @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { Move } from '../../src/platform/journal.ts';
import { Jobs } from '../../src/platform/jobs.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { Assignment, CreditEntry } from '../../src/platform/spine.entities.ts';
import { Revision } from '../../src/submissions/submission.entity.ts';
import { pdf } from '../files-corpus.ts';
import { formOf, holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';
import { changeSetting } from '../setting.ts';

const [first, second, third, fourth] = [plainMember(0), plainMember(1), plainMember(2), plainMember(3)];
const party = holder('body_account', 'p-minge');
let server: Serving;
let apis: Record<'me' | 'with2' | 'with3' | 'with4' | 'office' | 'head' | 'staff' | 'body', Api>;
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const as = async ({ id }: { id: string }, surface: 'phone' | 'desk' = 'phone') => server.with(await sessions.open(id, surface));
  apis = {
    me: await as(first), with2: await as(second), with3: await as(third), with4: await as(fourth), body: await as(party, 'desk'),
    office: await as(holder('proposal_office', 'c-tian', 2), 'desk'), head: await as(holder('committee_head', 'c-shefa'), 'desk'), staff: await as(holder('committee_staff', 'c-shefa'), 'desk'),
  };
}
beforeAll(async () => { server = await serving(); await enter(); });
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const later = async (days: number) => { server.clock.shift(days * 86_400_000); await enter(); };
let number = 0;
const better = [
  { part: 'situation' as const, at: 0, after: '全市有三处老旧小区没有电动车充电桩，居民从楼上拉线充电。', why: '写明范围' },
  { part: 'suggestion' as const, at: 0, after: '一、住建部门今年内加装充电桩六十个。', why: '' },
];
const text = { situation: '几处老旧小区没有充电桩。\n居民从楼上拉线充电，容易失火。', analysis: '产权单位不明确，改造经费没有落实。', suggestion: '一、住建部门加装充电桩。\n二、明确管护单位，定期检修。' };
const invitation = async (api: Api, title: string) => {
  const row = (await api.listInvitations({ limit: 100 })).rows.find((it) => it.title === title);
  return api.showInvitation({ id: row?.id ?? 'none' });
};
/** Signed by the second and the third, declined by the fourth, handed in and with 社法委. */
async function joint(): Promise<{ doc: SubmissionView; title: string }> {
  const form = proposal({ ...text, title: `关于第${number += 1}处老旧小区加装充电桩的建议`, wish: 'ask' });
  const { key, title, situation, analysis, suggestion } = form;
  await apis.me.inviteSigners({ draftKey: key, title, situation, analysis, suggestion, fileIds: [], personIds: [second.id, third.id, fourth.id] });
  for (const api of [apis.with2, apis.with3]) await api.cosign({ ...on(await invitation(api, title)), publicity: 'agree' });
  await apis.with4.declineCosign(on(await invitation(apis.with4, title)));
  const { doc } = await apis.me.submit(form);
  return { doc: (await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' })).doc, title };
}
async function accepted(doc: SubmissionView): Promise<SubmissionView> {
  const { doc: asked } = await apis.staff.proposeEdits({ ...on(doc), changes: better, note: '' });
  return (await apis.me.answerEdits({ ...on(asked), accepted: [true, false] })).doc;
}
const credited = async (evidenceId: string) => (await server.database.read((manager) => manager.findBy(CreditEntry, { evidenceId, item: 'proposal.submitted' }))).filter(({ voidedBy }) => voidedBy === null).map(({ personId }) => personId).sort();

test('联名提案也能逐段提修改建议：第一提案人答复，联名的人知道；同意了一段，新的一稿请联名的人重新看，到齐以前什么也定不了', async () => {
  const { me, with2, with3, with4, office, head, staff } = apis;
  const { doc, title } = await joint();
  const { doc: asked } = await staff.proposeEdits({ ...on(doc), changes: better, note: '' });
  server.clock.shift(1_000);
  expect([(await me.listNotices({})).rows[0]?.head, (await with2.listNotices({})).rows[0]?.head]).toEqual(['请看修改建议', '第一提案人看修改建议']);
  expect((await with2.show({ id: doc.id })).can).toEqual([]);
  await expect(with2.answerEdits({ ...on(asked), accepted: [true, true] })).rejects.toMatchObject({ status: 409, refusal: { reason: '联名提案由第一提案人办理' } });
  // Until it is decided a signature can be taken back, also while the edits wait.
  expect((await invitation(with2, title)).can).toEqual(['take_back_cosign']);

  const { doc: waiting } = await me.answerEdits({ ...on(asked), accepted: [true, false] });
  expect(waiting).toMatchObject({ state: 'signing_anew', stateWords: '等重新联名', revision: 2, coAuthors: [], signers: [], proposer: { code: 'individual' }, text: { situation: `${better[0]?.after}\n居民从楼上拉线充电，容易失火。`, suggestion: text.suggestion }, holder: { words: '联名的委员', action: '答复联名' } });
  expect(waiting.stillAsked.map(({ id }) => id)).toEqual([second.id, third.id]);
  expect((await server.database.read((manager) => manager.findBy(Revision, { submissionId: doc.id }))).toSorted((a, b) => a.revisionNo - b.revisionNo).map(({ revisionNo, situation }) => [revisionNo, situation])).toEqual([[1, text.situation], [2, waiting.text.situation]]);
  expect(await server.database.read((manager) => manager.countBy(Assignment, { docId: doc.id, isOpen: 1 }))).toBe(0);
  const seen = await office.show({ id: doc.id });
  expect([seen.stillAsked.map(({ name }) => name), seen.can, (await head.show({ id: doc.id })).can]).toEqual([[second.name, third.name], [], []]);
  expect((await office.list({ kind: 'proposal' })).rows.find(({ id }) => id === doc.id)?.holder).toMatchObject({ words: '联名的委员' });
  expect((await me.listMine({ group: 'running' })).rows.map(({ id }) => id)).toContain(doc.id);
  const tries = [() => head.review({ ...on(waiting), outcome: 'filed', note: '建议立案', unitIds: [] }), () => head.sendBack({ ...on(waiting), note: '请补充' }), () => office.recall({ ...on(waiting), reason: '送错了' }), () => staff.proposeEdits({ ...on(waiting), changes: better.slice(1), note: '' })];
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('等重新联名') } });

  for (const api of [with2, with3]) {
    expect((await api.listNotices({})).rows[0]).toMatchObject({ head: '联名的文字改过了', body: expect.stringContaining('按修改建议改了几段') });
    expect((await api.listTasks({ box: 'mine' })).rows.map(({ kind, action }) => [kind, action])).toContainEqual(['cosign', 'cosign']);
    await expect(api.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  }
  const again = await invitation(with2, title);
  expect(again).toMatchObject({ state: 'asked', textNo: 2, signedAt: null, text: { situation: waiting.text.situation }, before: { title, situation: text.situation, suggestion: text.suggestion }, signers: [], can: ['cosign', 'decline_cosign'] });
  // Whoever had declined is asked nothing, and sees nothing.
  expect(await invitation(with4, title)).toMatchObject({ state: 'unsigned', before: null, text: { situation: '' }, can: [] });

  const { doc: signed } = await with2.cosign({ ...on(again), publicity: 'refuse' });
  expect(signed).toMatchObject({ state: 'signed', before: null, proposalId: doc.id });
  expect(await office.show({ id: doc.id })).toMatchObject({ state: 'signing_anew', coAuthors: [{ id: second.id }], stillAsked: [{ id: third.id }], signers: [{ words: '联名，第 2 稿' }], proposer: { code: 'joint' } });
  expect((await with2.show({ id: doc.id })).stillAsked).toEqual([]);
  await with3.cosign(on(await invitation(with3, title)));
  const done = await head.show({ id: doc.id });
  expect(done).toMatchObject({ state: 'under_review', coAuthors: [{ id: second.id }, { id: third.id }], stillAsked: [], holder: { action: '初审' } });
  expect([done.can.includes('review'), await credited(doc.id)]).toEqual([true, [first.id, second.id, third.id].sort()]);
  server.clock.shift(1_000);
  expect((await me.listNotices({})).rows.slice(0, 2).map(({ head: words }) => words).toSorted()).toEqual(['有委员同意联名', '重新联名结束了'].toSorted());
  expect((await office.findDocuments({ query: third.name })).rows.map(({ id }) => id)).toContain(doc.id);
  const actions = (await server.database.read((manager) => manager.find(Move, { where: { docId: doc.id }, order: { seq: 'ASC' } }))).map(({ action }) => action);
  expect(actions).toEqual(['submit', 'assign', 'propose_edits', 'answer_edits', 'ask_signers', 'change_signers', 'change_signers', 'settle_signers']);
});

test('一段也没有同意，谁也不用再联名，马上接着审；收回的、到期的也一样', async () => {
  const { doc } = await joint();
  const { doc: asked } = await apis.staff.proposeEdits({ ...on(doc), changes: better, note: '' });
  const { doc: kept } = await apis.me.answerEdits({ ...on(asked), accepted: [false, false] });
  expect(kept).toMatchObject({ state: 'under_review', revision: 1, coAuthors: [{ id: second.id }, { id: third.id }], stillAsked: [] });
  const { doc: twice } = await apis.staff.proposeEdits({ ...on(kept), changes: better, note: '' });
  const { doc: recalled } = await apis.staff.recallEdits(on(twice));
  expect(recalled).toMatchObject({ state: 'under_review', signers: [{ words: '联名，第 1 稿' }, { words: '联名，第 1 稿' }] });
  const { doc: thrice } = await apis.staff.proposeEdits({ ...on(recalled), changes: better, note: '' });
  await later(15);
  await server.app.get(Jobs).runNow('proposals.edits');
  expect(await apis.office.show({ id: thrice.id })).toMatchObject({ state: 'under_review', coAuthors: [{ id: second.id }, { id: third.id }] });
  server.clock.shift(1_000);
  const told = (await apis.with2.listNotices({})).rows.find(({ head }) => head === '修改建议到期');
  expect(told?.body).toContain('第一提案人没有答复');
});

test('重新联名时谢绝的、到期没有答复的不再列名、不记分、搜不到；一个也不剩的按个人提案接着审', async () => {
  const { doc, title } = await joint();
  const waiting = await accepted(doc);
  await apis.with2.declineCosign(on(await invitation(apis.with2, title)));
  expect(await apis.office.show({ id: doc.id })).toMatchObject({ state: 'signing_anew', stillAsked: [{ id: third.id }] });
  expect(await credited(doc.id)).toEqual([first.id, third.id].sort());
  await later(10);
  await server.app.get(Jobs).runNow('proposals.cosigns');
  const done = await apis.head.show({ id: doc.id });
  expect(done).toMatchObject({ state: 'under_review', coAuthors: [], signers: [], stillAsked: [], proposer: { code: 'individual' }, revision: 2 });
  expect([done.can.includes('review'), await credited(doc.id)]).toEqual([true, [first.id]]);
  for (const [api, { name }] of [[apis.with2, second], [apis.with3, third]] as const) {
    expect(await invitation(api, title)).toMatchObject({ stateWords: '未联名', text: { situation: '' }, before: null, can: [] });
    await expect(api.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
    expect(JSON.stringify([await apis.office.show({ id: doc.id }), await apis.me.show({ id: doc.id })])).not.toContain(name);
    expect((await apis.office.findDocuments({ query: name })).rows.map(({ id }) => id)).not.toContain(doc.id);
  }
  const { joint: list } = await apis.me.showJoint({ draftKey: 'any', ofId: doc.id });
  expect(list?.rows.map(({ stateWords }) => stateWords)).toEqual(['未联名', '未联名', '未联名']);
  expect(waiting.revision).toBe(2);
});

test('第一提案人可以不再等没有答复的，不能取消已经重新同意的，也不能这时再请人；撤案就都不用答复了', async () => {
  const { doc, title } = await joint();
  await accepted(doc);
  await apis.with2.cosign(on(await invitation(apis.with2, title)));
  const row = async (id: string) => { const { joint: it } = await apis.me.showJoint({ draftKey: 'any', ofId: doc.id }); return it?.rows.find(({ person }) => person.id === id); };
  expect([(await row(second.id))?.can, (await row(third.id))?.can, (await row(fourth.id))?.can]).toEqual([[], ['call_off'], []]);
  const signed = await row(second.id);
  await expect(apis.me.callOff({ id: signed?.id ?? '', version: signed?.version ?? 0 })).rejects.toMatchObject({ status: 409 });
  await expect(apis.me.inviteSigners({ draftKey: 'any', ofId: doc.id, ...text, title, fileIds: [], personIds: [fourth.id] })).rejects.toMatchObject({ status: 409, refusal: { reason: '提案已经提交，不能再邀请联名' } });
  const open = await row(third.id);
  await apis.me.callOff({ id: open?.id ?? '', version: open?.version ?? 0 });
  const going = await apis.head.show({ id: doc.id });
  expect(going).toMatchObject({ state: 'under_review', coAuthors: [{ id: second.id }] });

  const { doc: next, title: other } = await joint();
  const waiting = await accepted(next);
  expect((await apis.me.show({ id: next.id })).can).toEqual(['drop']);
  await apis.me.drop(on(waiting));
  expect(await invitation(apis.with2, other)).toMatchObject({ state: 'unsigned', can: [] });
  expect((await apis.with2.listTasks({ box: 'mine' })).rows.filter(({ invitation: it }) => it?.title === other)).toEqual([]);
  expect(await credited(next.id)).toEqual([]);
});

test('重新联名的能再撤回；这以后退回修改、再改再请、再提交，照新的名单', async () => {
  const { doc, title } = await joint();
  await accepted(doc);
  await apis.with2.cosign(on(await invitation(apis.with2, title)));
  await apis.with2.takeBackCosign(on(await invitation(apis.with2, title)));
  expect(await credited(doc.id)).toEqual([first.id, third.id].sort());
  await apis.with3.cosign(on(await invitation(apis.with3, title)));
  const reviewing = await apis.head.show({ id: doc.id });
  expect(reviewing).toMatchObject({ state: 'under_review', coAuthors: [{ id: third.id }] });
  const { doc: back } = await apis.head.sendBack({ ...on(reviewing), note: '请补充数据' });
  // The text that was signed anew is handed in as it stands: nobody is asked once more.
  const { doc: again } = await apis.me.resubmit({ ...formOf(proposal({ title: back.title, ...back.text, wish: 'ask' })), id: doc.id, version: back.version, key: 'joint-edits-again-1' });
  expect(again).toMatchObject({ revision: 3, coAuthors: [{ id: third.id }], signers: [{ words: '联名，第 2 稿' }] });
  expect(await credited(doc.id)).toEqual([first.id, third.id].sort());
});

test('两位同时答复，一位也不漏：都记下，审查接着走', async () => {
  const { doc, title } = await joint();
  await accepted(doc);
  const [two, three] = [await invitation(apis.with2, title), await invitation(apis.with3, title)];
  await Promise.all([apis.with2.declineCosign(on(two)), apis.with3.declineCosign(on(three))]);
  expect(await apis.office.show({ id: doc.id })).toMatchObject({ state: 'under_review', coAuthors: [], stillAsked: [] });
  const { doc: next, title: other } = await joint();
  await accepted(next);
  await Promise.all([apis.with2, apis.with3].map(async (api) => api.cosign(on(await invitation(api, other)))));
  expect(await apis.office.show({ id: next.id })).toMatchObject({ state: 'under_review', coAuthors: [{ id: second.id }, { id: third.id }], stillAsked: [] });
});

test('单位的提案：同意了修改就要在新的一稿上重新签名盖章，说清楚缺什么；没有同意的不用', async () => {
  const seal = async () => {
    const form = new FormData();
    form.set('key', `joint-edits-seal-${number += 1}`);
    form.set('file', new Blob([new Uint8Array(pdf())]), '新稿盖章页.pdf');
    const sent = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(party.id, 'desk')}` }, body: form });
    return (await sent.json() as { id: string }).id;
  };
  const asked = async () => {
    const form = proposal({ ...text, title: `关于第${number += 1}处集体提出的充电桩建议`, wish: 'ask' });
    const { doc } = await apis.body.submit({ ...form, collective: { bodyId: 'p-minge', kind: 'party', signer: '林致远', sealIds: [], signed: true } });
    const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
    return (await apis.staff.proposeEdits({ ...on(sent), changes: better, note: '' })).doc;
  };
  const doc = await asked();
  await expect(apis.body.answerEdits({ ...on(doc), accepted: [true, false] })).rejects.toMatchObject({ status: 400, refusal: { fields: { signature: '同意的段落改了文字，新的一稿请负责人重新署名、盖章，再填写签名的负责人' } } });
  await changeSetting(server, 'proposal.seal', 'picture');
  const signature = { signer: '何慕云', sealIds: [] as string[], signed: true as const };
  await expect(apis.body.answerEdits({ ...on(doc), accepted: [true, false], signature })).rejects.toMatchObject({ status: 400, refusal: { fields: { 'signature.sealIds': expect.stringContaining('新的一稿上署名、盖章那一页') } } });
  await expect(apis.body.answerEdits({ ...on(doc), accepted: [true, false], signature: { ...signature, sealIds: ['nobody-has-this'] } })).rejects.toMatchObject({ status: 400, refusal: { fields: { 'signature.sealIds': expect.stringContaining('没有传完') } } });
  expect((await apis.body.show({ id: doc.id })).version).toBe(doc.version);
  const page = await seal();
  const { doc: done } = await apis.body.answerEdits({ ...on(doc), accepted: [true, false], signature: { ...signature, sealIds: [page] } });
  expect(done).toMatchObject({ state: 'under_review', revision: 2, collective: { signer: '何慕云', by: party.name, seals: [{ id: page, name: '新稿盖章页.pdf' }] } });
  expect((await server.database.read((manager) => manager.findBy(Revision, { submissionId: doc.id }))).toSorted((a, b) => a.revisionNo - b.revisionNo).map(({ revisionNo, signer }) => [revisionNo, signer])).toEqual([[1, '林致远'], [2, '何慕云']]);
  await changeSetting(server, 'proposal.seal', 'confirm');
  const { doc: kept } = await apis.body.answerEdits({ ...on(await asked()), accepted: [false, false] });
  expect(kept).toMatchObject({ state: 'under_review', revision: 1, collective: { signer: '林致远' } });
  await expect(apis.staff.answerEdits({ ...on(kept), accepted: [true, true] })).rejects.toMatchObject({ status: 403 });
});
