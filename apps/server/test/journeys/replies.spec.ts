/** 答复 and 评价, over HTTP: from the unit's draft to what the proposer says of it. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileView, HandlingView, SubmissionView } from '@lvzhi/contracts';
import { addDays, dateOf } from '@lvzhi/domain';
import type { UnitRole } from '@lvzhi/domain';
import { Reminders } from '../../src/notices/reminders.ts';
import { Jobs } from '../../src/platform/jobs.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { pdf } from '../files-corpus.ts';
import { Submission } from '../../src/submissions/submission.entity.ts';
import { holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const require = createRequire(import.meta.url);
const mammoth = require('mammoth') as typeof import('mammoth');
const [author, other] = [plainMember(3), plainMember(4)];
let server: Serving;
let officeToken: string;
let apis: Record<'me' | 'second' | 'stranger' | 'office' | 'head' | 'government' | 'park' | 'clerk' | 'plan' | 'build', Api>;
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const desk = async (post: string, bodyId?: string, skip = 0) => server.with(await sessions.open(holder(post, bodyId, skip).id, 'desk'));
  const phone = async (id: string) => server.with(await sessions.open(id, 'phone'));
  officeToken = await sessions.open(holder('proposal_office', 'c-tian', 2).id, 'desk');
  apis = {
    me: await phone(author.id), second: await phone(other.id), stranger: await phone(plainMember(6).id), office: server.with(officeToken), head: await desk('committee_head', 'c-shefa'), government: await desk('dispatch_government'),
    park: await desk('unit_supervisor', 'u-yuanlin'), clerk: await desk('unit_clerk', 'u-yuanlin'), plan: await desk('unit_clerk', 'u-guihua'), build: await desk('unit_clerk', 'u-zhujian'),
  };
}
beforeAll(async () => {
  server = await serving();
  await enter();
});
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
/** Later; everybody signs in anew. */
async function later(days: number): Promise<void> { server.clock.shift(days * 86_400_000); await enter(); }
const today = () => dateOf(server.clock.now());

let number = 0;
async function filed(api = apis.me): Promise<SubmissionView> {
  const { doc } = await api.submit(proposal({ title: `关于第${number += 1}处街头绿地的建议`, wish: 'ask' }));
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  return (await apis.office.fileProposal(on(reviewed))).doc;
}
const sole = [{ unitId: 'u-yuanlin', role: 'sole' as const }];
async function handed(units: readonly { unitId: string; role: UnitRole }[] = sole, doc?: SubmissionView): Promise<SubmissionView> {
  const { doc: planned } = await apis.office.planUnits({ ...on(doc ?? await filed()), units: [...units], note: '' });
  return (await apis.government.handOver(on(planned))).doc;
}
async function part(api: Api, doc: { id: string }): Promise<HandlingView> {
  const row = (await api.listHandlings({ limit: 100 })).rows.find((it) => it.proposal.id === doc.id);
  return api.showHandling({ id: row?.id ?? 'none' });
}
const whole = (more: object = {}) => ({ classCode: 'A', body: '一、已建成口袋公园两处。\n二、明年再建三处。', docNo: '安园函〔2022〕18号', signer: '许志明', publicity: 'open', publicityReason: '', promisedOn: null, contact: '周晓 0571-5550101', ...more });
/** Signed for, talked about, and written as a whole. */
async function written(doc: SubmissionView, more: object = {}): Promise<HandlingView> {
  const it = await part(apis.park, doc);
  const { doc: mine } = it.can.includes('sign_for') ? await apis.park.signFor(on(it)) : { doc: it };
  const { doc: talked } = mine.talks > 0 ? { doc: mine } : await apis.park.recordTalk({ ...on(mine), on: today(), form: 'meeting', people: '周晓、提案人', gist: '现场看了位置，商定先建两处。' });
  const { reply } = await apis.clerk.showReply({ id: talked.id });
  await apis.clerk.saveReply({ id: talked.id, version: reply?.version ?? 0, ...whole(more) });
  return part(apis.park, doc);
}
async function reviewed(doc: SubmissionView, more: object = {}): Promise<HandlingView> {
  const { doc: sent } = await apis.park.submitReply(on(await written(doc, more)));
  return (await apis.government.approveReply({ ...on(sent), classCode: null, note: '' })).doc;
}
async function replied(doc: SubmissionView, more: object = {}): Promise<HandlingView> {
  const ready = await reviewed(doc, more);
  expect((await apis.government.releaseReplies({ items: [on(ready)] })).results).toEqual([{ id: ready.id, done: true, reason: null }]);
  server.clock.shift(1_000);
  return part(apis.park, doc);
}
const asked = async (api: Api, id: string) => (await api.show({ id })).handling?.ratings.find(({ state, mine }) => mine && state === 'asked') ?? { id: 'none', version: 0 };
const says = (result: 'satisfied' | 'basically_satisfied' | 'dissatisfied', note = '') => ({ attitude: 'satisfied' as const, result, talked: true, note });
async function paper(): Promise<FileView> {
  const form = new FormData();
  form.set('key', `paper-${number += 1}-key`);
  form.set('file', new Blob([new Uint8Array(pdf())]), '评价表.pdf');
  return await (await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${officeToken}` }, body: form })).json() as FileView;
}

test('答复稿边写边存，别人改过的不会盖掉；没写全、没面商、经办人都提交不了', async () => {
  const doc = await handed();
  const { doc: it } = await apis.park.signFor(on(await part(apis.park, doc)));
  const { reply } = await apis.clerk.saveReply({ id: it.id, version: 0, ...whole({ docNo: '', classCode: null }) });
  expect([reply.version, reply.lacks]).toEqual([1, ['办理结果的类别', '发文字号']]);
  await expect(apis.park.saveReply({ id: it.id, version: 0, ...whole({ body: '另写一份' }) })).rejects.toMatchObject({ status: 409, refusal: { current: { body: reply.body } } });
  await expect(apis.park.submitReply(on(it))).rejects.toMatchObject({ status: 409, refusal: { reason: '答复以前至少要面商一次' } });
  const { doc: talked } = await apis.park.recordTalk({ ...on(it), on: today(), form: 'phone', people: '周晓', gist: '电话里说了安排。' });
  await expect(apis.park.submitReply(on(talked))).rejects.toMatchObject({ status: 409, refusal: { reason: '答复还没有写全，请对照右边的检查' } });
  await apis.clerk.saveReply({ id: it.id, version: 1, ...whole() });
  const now = await part(apis.clerk, doc);
  expect(now.can).not.toContain('submit_reply');
  await expect(apis.clerk.submitReply(on(now))).rejects.toMatchObject({ status: 409 });
  expect((await apis.park.submitReply(on(now))).doc).toMatchObject({ stateWords: '答复审核中', holder: { words: '市政府办', action: '审核答复' } });
  await expect(apis.clerk.saveReply({ id: it.id, version: 2, ...whole({ body: '送审以后再改' }) })).rejects.toMatchObject({ status: 409 });
  await expect(apis.me.showReply({ id: it.id })).rejects.toMatchObject({ status: 403 });
  await expect(apis.build.showReply({ id: it.id })).rejects.toMatchObject({ status: 404 });
});

test('B 类要有预计解决的日期，不公开要有理由，日期不能是过去', async () => {
  const it = await written(await handed(), { classCode: 'B', publicity: 'closed' });
  expect((await apis.park.showReply({ id: it.id })).reply?.lacks).toHaveLength(2);
  await expect(apis.clerk.saveReply({ id: it.id, version: 1, ...whole({ classCode: 'B', promisedOn: '2022-07-01' }) })).rejects.toMatchObject({ status: 400, refusal: { fields: { promisedOn: '预计解决的日期要在今天以后' } } });
  await expect(apis.clerk.saveReply({ id: it.id, version: 1, ...whole({ classCode: 'Z' }) })).rejects.toMatchObject({ status: 400 });
});

test('会办单位会签的是这一稿：有意见退回主办，改了稿再会签，都会签了才能提交', async () => {
  const doc = await handed([{ unitId: 'u-yuanlin', role: 'lead' }, { unitId: 'u-guihua', role: 'assist' }]);
  const { doc: assist } = await apis.plan.signFor(on(await part(apis.plan, doc)));
  const it = await written(doc);
  await expect(apis.park.submitReply(on(it))).rejects.toMatchObject({ status: 409, refusal: { reason: '还有会办单位没有会签现在的答复稿' } });
  const { doc: waiting } = await apis.park.askCountersign(on(it));
  const called = await apis.plan.showHandling({ id: assist.id });
  expect([called.stateWords, called.holder?.action]).toEqual(['待会签', '会签']);
  expect((await apis.plan.showReply({ id: it.id })).reply?.body).toContain('口袋公园两处');
  const { doc: objected } = await apis.plan.objectReply({ ...on(called), note: '第二处地块权属还没有核实' });
  expect(objected.state).toBe('opined');
  server.clock.shift(1_000);
  expect((await apis.park.listNotices({})).rows[0]).toMatchObject({ kind: 'handling' });
  await apis.clerk.saveReply({ id: it.id, version: 1, ...whole({ body: '一、先建一处。' }) });
  await apis.park.askCountersign(on(waiting));
  const { doc: agreed } = await apis.plan.agreeReply({ ...on(await apis.plan.showHandling({ id: assist.id })), note: '' });
  expect(agreed.stateWords).toBe('已会签');
  await apis.clerk.saveReply({ id: it.id, version: 2, ...whole({ body: '一、先建一处，二、明年再看。' }) });
  await expect(apis.park.submitReply(on(await part(apis.park, doc)))).rejects.toMatchObject({ status: 409 });
  await apis.park.askCountersign(on(await part(apis.park, doc)));
  await apis.plan.agreeReply({ ...on(await apis.plan.showHandling({ id: assist.id })), note: '同意' });
  const { doc: sent } = await apis.park.submitReply(on(await part(apis.park, doc)));
  await apis.government.releaseReplies({ items: [on((await apis.government.approveReply({ ...on(sent), classCode: null, note: '' })).doc)] });
  await apis.me.rate({ ...on(await asked(apis.me, doc.id)), ...says('dissatisfied', '只建了一处') });
  await apis.clerk.saveReply({ id: it.id, version: 0, ...whole() });
  expect((await apis.clerk.showReply({ id: it.id })).checks).toEqual([{ words: '和提案人面商过', done: true }, { words: '答复写全了', done: true }, { words: expect.stringContaining('会签现在这一稿'), done: false }]);
  await expect(apis.park.submitReply(on(await part(apis.park, doc)))).rejects.toMatchObject({ status: 409, refusal: { reason: '还有会办单位没有会签现在的答复稿' } });
});

test('审核可以退回、可以改类别；trap 22：送达以前提案人一个字也看不到，几件一起送达逐件给结果', async () => {
  const [first, second] = [await handed(), await handed(sole, await filed(apis.second))];
  const { doc: sent } = await apis.park.submitReply(on(await written(first)));
  const { doc: back } = await apis.government.returnReply({ ...on(sent), note: '请写明建成时间' });
  expect([back.stateWords, back.timeline.at(-1)?.note]).toEqual(['办理中', '请写明建成时间']);
  const { doc: again } = await apis.park.submitReply(on(back));
  await expect(apis.government.approveReply({ ...on(again), classCode: 'B', note: '' })).rejects.toMatchObject({ status: 400 });
  const { doc: ready } = await apis.government.approveReply({ ...on(again), classCode: 'C', note: '应为 C 类' });
  const before = await apis.me.show({ id: first.id });
  expect([before.handling?.replies, JSON.stringify(before).includes('建成口袋公园两处'), JSON.stringify(before.timeline).includes('请写明')]).toEqual([[], false, false]);
  expect((await server.ask('GET', `/api/handlings/${ready.id}/letter`, undefined, { token: await server.tokenOf(author.id, 'phone') })).status).toBe(404);
  const other = await reviewed(second);
  const { results } = await apis.government.releaseReplies({ items: [on(ready), { ...on(other), version: other.version - 1 }] });
  expect(results.map(({ done }) => done)).toEqual([true, false]);
  expect((await apis.government.releaseReplies({ items: [on(ready), on(other)] })).results.map(({ done }) => done)).toEqual([false, true]);
  server.clock.shift(1_000);
  const mine = await apis.me.show({ id: first.id });
  expect(mine).toMatchObject({ stateWords: '待评价', handling: { replies: [{ round: 1, classCode: { code: 'C' }, onTime: true, docNo: '安园函〔2022〕18号' }], ratings: [{ state: 'asked', mine: true }] } });
  expect((await apis.me.listTasks({ box: 'mine' })).rows.find(({ kind }) => kind === 'rating')).toMatchObject({ submission: { id: first.id } });
});

test('答复函是一份 Word：文号、签发人、抄送都在；提案人和办理的人能下载，别人不能', async () => {
  const it = await replied(await handed());
  const path = `/api/handlings/${it.id}/letter`;
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${await server.tokenOf(author.id, 'phone')}` } });
  const text = (await mammoth.extractRawText({ buffer: Buffer.from(await answer.arrayBuffer()) })).value;
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('提案的答复.docx'));
  for (const words of ['安园函〔2022〕18号', '许志明', `${author.name}委员`, '已建成口袋公园两处', '抄送', it.proposal.title]) expect(text).toContain(words);
  expect((await server.ask('GET', path, undefined, { token: await server.tokenOf(plainMember(6).id, 'phone') })).status).toBe(404);
  expect((await server.ask('GET', path)).status).toBe(401);
});

test('交办单和征询意见表也是 Word：单位、案号、期限都在；只给办理的人，提案人和别的单位拿不到', async () => {
  const it = await part(apis.park, await handed([{ unitId: 'u-yuanlin', role: 'lead' }, { unitId: 'u-guihua', role: 'assist' }]));
  const ask = async (paper: string, personId: string, surface: 'desk' | 'phone') => fetch(`${server.url}/api/handlings/${it.id}/${paper}`, { headers: { authorization: `Bearer ${await server.tokenOf(personId, surface)}` } });
  const told = { order: ['提案交办单', '园林', '主办', '会办', it.proposal.title, '申请改办', '签收人'], 'rating-form': ['征询意见表', '对办理态度', '对办理结果', '提案人签名', author.name] };
  for (const [paper, words] of Object.entries(told)) {
    const answer = await ask(paper, holder('unit_clerk', 'u-yuanlin').id, 'desk');
    const text = (await mammoth.extractRawText({ buffer: Buffer.from(await answer.arrayBuffer()) })).value;
    for (const word of words) expect(text).toContain(word);
    for (const [id, surface] of [[author.id, 'phone'], [holder('unit_clerk', 'u-zhujian').id, 'desk']] as const) expect((await ask(paper, id, surface)).status).toBe(404);
  }
});

test('提案表是 Word：案号、形式、审查意见、主办会办和四个部分都在，几件一份；电话只给提案委、提案人和承办的单位，看不到的拿不到', async () => {
  const [doc, second] = [await handed([{ unitId: 'u-yuanlin', role: 'lead' }, { unitId: 'u-guihua', role: 'assist' }]), await filed(apis.second)];
  const sheet = (ids: readonly string[], token: string) => server.ask('GET', `/api/proposals/sheets?ids=${ids.join(',')}`, undefined, { token }).then(({ status }) => status);
  const read = async (ids: readonly string[], token: string): Promise<string> => {
    const answer = await fetch(`${server.url}/api/proposals/sheets?ids=${ids.join(',')}`, { headers: { authorization: `Bearer ${token}` } });
    return (await mammoth.extractRawText({ buffer: Buffer.from(await answer.arrayBuffer()) })).value;
  };
  const mine = await server.tokenOf(author.id, 'phone');
  const whole = await read([doc.id], officeToken);
  for (const word of [doc.caseNo ?? 'none', doc.receiptNo ?? 'none', '个人提案', author.name, author.phone, doc.title, '立案：建议立案', '园林', '规划', '情况', '分析', '建议', '提案委员会']) expect(whole).toContain(word);
  const both = await read([doc.id, second.id], officeToken);
  expect([both.split('提　案').length - 1, both.includes(second.title)]).toEqual([2, true]);
  expect((await read([doc.id], mine)).includes(author.phone)).toBe(true);
  expect((await read([doc.id], await server.tokenOf(holder('unit_clerk', 'u-yuanlin').id, 'desk'))).includes(author.phone)).toBe(true);
  expect((await read([doc.id], await server.tokenOf(holder('committee_head', 'c-shefa').id, 'desk'))).includes(author.phone)).toBe(false);
  const stranger = await server.tokenOf(plainMember(6).id, 'phone');
  expect([await sheet([doc.id], stranger), await sheet([second.id], mine), await sheet([], officeToken)]).toEqual([404, 404, 404]);
  expect((await fetch(`${server.url}/api/proposals/sheets?ids=${doc.id}`)).status).toBe(401);
});

test('写提案时安静地提示相近的：自己的有题目；别人的在办理时只说有，答复以后有题目和案号；写明不予公开的不提；自己这一件不算', async () => {
  const text = { title: '关于整治夜间烧烤摊油烟扰民的建议', situation: '北湖街道夜间烧烤摊二十多家，没有油烟净化设备，居民夏天不能开窗，投诉四十多次。', analysis: '夜间没有人管，油烟净化没有要求。', suggestion: '划定经营区，安装油烟净化设备，公布投诉电话。' };
  const put = async (api: Api): Promise<SubmissionView> => (await api.submit(proposal({ ...text, wish: 'ask' }))).doc;
  const [open, hidden] = [await put(apis.me), await put(apis.second)];
  const find = async (api: Api, id?: string) => (await api.findSimilar({ kind: 'proposal', title: text.title, body: text.situation, ...(id !== undefined && { id }) })).rows.map(({ doc, published }) => doc?.id ?? published?.title ?? '正在办理');
  await server.app.get(Jobs).runNow('opinions.sketches');
  expect([await find(apis.me), await find(apis.me, open.id), await find(apis.stranger)]).toEqual([expect.arrayContaining([open.id, '正在办理']), ['正在办理'], ['正在办理', '正在办理']]);
  expect((await apis.office.showSimilar({ id: open.id })).rows.map(({ doc }) => doc?.id)).toEqual([hidden.id]);
  expect((await apis.stranger.findSimilar({ title: text.title, body: text.situation })).rows).toEqual([]);
  await expect(apis.stranger.showSimilar({ id: open.id })).rejects.toMatchObject({ status: 404 });
  for (const [doc, more] of [[open, {}], [hidden, { publicity: 'closed', publicityReason: '涉及个人隐私' }]] as const) {
    const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
    const { doc: passed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
    await replied(await handed(sole, (await apis.office.fileProposal(on(passed))).doc), more);
  }
  expect(await find(apis.stranger)).toEqual([text.title]);
  expect((await apis.stranger.findSimilar({ kind: 'proposal', title: text.title, body: text.situation })).rows[0]?.published?.numberWords).toMatch(/号，已答复$/);
});

test('每位提案人在自己的手机上评价，别人替不了；都满意才办结', async () => {
  const [main, merged] = [await filed(), await filed(apis.second)];
  await apis.office.merge({ ...on(merged), mainId: main.id, note: '' });
  await replied(await handed(sole, await apis.office.show({ id: main.id })));
  const [mine, theirs] = [await asked(apis.me, main.id), await asked(apis.second, merged.id)];
  for (const api of [apis.second, apis.stranger, apis.clerk]) await expect(api.rate({ ...on(mine), ...says('satisfied') })).rejects.toMatchObject({ status: 404 });
  const first = await apis.me.rate({ ...on(mine), ...says('satisfied') });
  expect([first.doc.stateWords, first.doc.handling?.ratings[0]?.result?.name]).toEqual(['待评价', '满意']);
  const last = await apis.second.rate({ ...on(theirs), ...says('basically_satisfied') });
  expect(last.doc.id).toBe(merged.id);
  expect((await apis.office.show({ id: main.id })).state).toBe('closed');
  await expect(apis.me.rate({ ...on(mine), ...says('dissatisfied', '改主意了') })).rejects.toMatchObject({ status: 409 });
});

test('两位提案人同一刻评价、两个单位的答复同一刻送达，一件也不会停在那里：都答复了就请评价，都评价了就办结', async () => {
  const heads = [apis.park, server.with(await server.app.get(Sessions).open(holder('unit_supervisor', 'u-guihua').id, 'desk'))];
  const [main, merged] = [await filed(), await filed(apis.second)];
  await apis.office.merge({ ...on(merged), mainId: main.id, note: '' });
  await handed([{ unitId: 'u-yuanlin', role: 'separate' }, { unitId: 'u-guihua', role: 'separate' }], await apis.office.show({ id: main.id }));
  const ready: HandlingView[] = [];
  for (const api of heads) {
    const { doc: signed } = await api.signFor(on(await part(api, main)));
    const { doc: talked } = await api.recordTalk({ ...on(signed), on: today(), form: 'meeting', people: '周晓、提案人', gist: '现场看了位置，商定先建两处。' });
    await api.saveReply({ id: talked.id, version: 0, ...whole() });
    const { doc: sent } = await api.submitReply(on(await part(api, main)));
    ready.push((await apis.government.approveReply({ ...on(sent), classCode: null, note: '' })).doc);
  }
  const released = await Promise.all(ready.map((it) => apis.government.releaseReplies({ items: [on(it)] })));
  expect([released.flatMap(({ results }) => results.map(({ reason }) => reason)), (await apis.office.show({ id: main.id })).state]).toEqual([[null, null], 'replied']);
  const [mine, theirs] = [await asked(apis.me, main.id), await asked(apis.second, merged.id)];
  await Promise.all([apis.me.rate({ ...on(mine), ...says('satisfied') }), apis.second.rate({ ...on(theirs), ...says('satisfied') })]);
  expect((await apis.office.show({ id: main.id })).state).toBe('closed');
});

test('trap 21：A 类也会不满意；不满意要写理由，重新办理三十天，再不满意由提案委面商后办结', async () => {
  const doc = await handed();
  const it = await replied(doc);
  const rating = await asked(apis.me, doc.id);
  await expect(apis.me.rate({ ...on(rating), ...says('dissatisfied') })).rejects.toMatchObject({ status: 400, refusal: { fields: { note: '不满意的，请写明理由' } } });
  const { doc: again } = await apis.me.rate({ ...on(rating), ...says('dissatisfied', '选址和答复说的不是一处') });
  expect(again.stateWords).toBe('重新办理');
  const redo = await apis.park.showHandling({ id: it.id });
  expect([redo.stateWords, redo.round, dateOf(new Date(redo.holder?.due?.at ?? 0))]).toEqual(['办理中', 2, addDays(today(), 30)]);
  expect((await apis.park.showReply({ id: it.id })).reply).toBeNull();
  expect(redo.doc?.handling?.ratings.find(({ state }) => state === 'given')?.note).toBe('选址和答复说的不是一处');
  await replied(doc, { body: '重新选址，已与提案人到现场确认。' });
  expect((await apis.me.show({ id: doc.id })).handling?.replies.map(({ round }) => round)).toEqual([1, 2]);
  const { doc: met } = await apis.me.rate({ ...on(await asked(apis.me, doc.id)), ...says('dissatisfied', '还是没有建') });
  expect([met.stateWords, met.holder?.words]).toEqual(['待组织面商', '提案委办公室']);
  await expect(apis.office.holdMeeting({ ...on(met), note: '' })).rejects.toThrow('面商会情况至少 2 个字');
  const { doc: closed } = await apis.office.holdMeeting({ ...on(await apis.office.show({ id: doc.id })), note: '三方到场，商定明年三月开工。' });
  expect([closed.state, closed.handling?.ratings.map(({ round, result }) => [round, result?.code])]).toEqual(['closed', [[1, 'dissatisfied'], [2, 'dissatisfied']]]);
});

test('代录纸质评价要有照片，记下是谁代录；提案人收到通知', async () => {
  const doc = await handed();
  await replied(doc);
  const rating = (await apis.office.show({ id: doc.id })).handling?.ratings[0];
  if (!rating) throw new Error('No rating.');
  expect(rating.can).toContain('key_paper');
  await expect(apis.office.keyPaper({ ...on(rating), ...says('satisfied'), fileIds: [] })).rejects.toThrow('请选择评价表的照片');
  const file = await paper();
  await expect(apis.office.keyPaper({ ...on(rating), ...says('satisfied'), fileIds: [file.id, 'no-such-file'] })).rejects.toMatchObject({ status: 400 });
  const { doc: closed } = await apis.office.keyPaper({ ...on(rating), ...says('satisfied'), fileIds: [file.id] });
  expect([closed.state, closed.handling?.ratings[0]]).toMatchObject(['closed', { state: 'given', keyedBy: holder('proposal_office', 'c-tian', 2).name, papers: [{ id: file.id }] }]);
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows.map(({ head }) => head).join()).toContain('评价');
});

test('B 类评价以后继续跟踪：报告进展，登记已解决，提案人都看得到', async () => {
  const doc = await handed();
  const it = await replied(doc, { classCode: 'B', promisedOn: '2022-11-30' });
  await apis.me.rate({ ...on(await asked(apis.me, doc.id)), ...says('satisfied') });
  const tracked = await apis.clerk.showHandling({ id: it.id });
  expect([tracked.stateWords, tracked.holder?.action, dateOf(new Date(tracked.holder?.due?.at ?? 0))]).toEqual(['跟踪办理', '跟踪办理', '2022-11-30']);
  const { doc: progress } = await apis.clerk.reportProgress({ ...on(tracked), note: '第二处已经开工。' });
  expect(progress.can).not.toContain('resolve');
  const { doc: solved } = await apis.park.resolveHandling({ ...on(progress), note: '两处都已建成开放。' });
  expect([solved.state, solved.holder]).toEqual(['solved', null]);
  expect((await apis.me.show({ id: doc.id })).handling?.progress.map(({ words, note }) => [words, note])).toEqual([['报告进展', '第二处已经开工。'], ['登记已解决', '两处都已建成开放。']]);
});

test('一直不评价的：期限过了、提醒过两次，才能按未反馈办结，不算满意', async () => {
  const doc = await handed();
  await replied(doc);
  const lapse = async () => {
    const rating = (await apis.office.show({ id: doc.id })).handling?.ratings[0];
    if (!rating) throw new Error('No rating.');
    return apis.office.lapseRating(on(rating));
  };
  await expect(lapse()).rejects.toMatchObject({ status: 409, refusal: { reason: '评价期限还没有过，请再等一等' } });
  // Three weeks in which nobody looked: no job ran, so nobody was reminded.
  await later(25);
  await expect(lapse()).rejects.toMatchObject({ status: 409, refusal: { reason: '还没有提醒过两次，不能按未反馈办结' } });
  expect((await apis.office.listHandlings({ group: 'unrated' })).rows.map(({ proposal }) => proposal.id)).toContain(doc.id);
  await later(-25);
  for (let day = 0; day < 25; day += 1) { server.clock.shift(86_400_000); await server.app.get(Reminders).run(); }
  await enter();
  const { doc: closed } = await lapse();
  expect([closed.state, closed.handling?.ratings[0]]).toMatchObject(['closed', { stateWords: '未反馈', result: null }]);
});

/** One case is put back into the year before: then there is something to compare with. */
async function comparesWithTheYearBefore(id: string, all: Awaited<ReturnType<Api['showFigures']>>): Promise<void> {
  expect([all.years, all.before]).toMatchObject([['2022'], { line: null, why: expect.stringContaining('历年合在一起') }]);
  expect((await apis.office.showFigures({ year: '2022' })).before).toEqual({ name: '2021 年', why: '系统里没有 2021 年的提案，没有可以比的数', line: null, sessionId: null, year: null });
  expect((await apis.office.showFigures({ sessionId: 't7s1' })).before.why).toBe('系统里没有前一次会议，没有可以比的数');
  await server.database.write((manager) => manager.update(Submission, { id }, { submittedAt: new Date('2021-12-20T02:00:00Z') }));
  const now = await apis.office.showFigures({ year: '2022' });
  expect([now.years, now.before.name, now.before.year, now.before.line?.counts]).toMatchObject([['2022', '2021'], '2021 年', '2021', { received: 1, filed: 1, due: 1, replied: 1, content: 1 }]);
  expect(now.total.counts.received).toBe((all.total.counts.received ?? 0) - 1);
  const then = { year: now.before.year ?? '' };
  expect([(await apis.office.listFigure({ ...then, figure: 'replied', limit: 100 })).rows.map((it) => it.id), (await apis.office.showFigures(then)).total.counts]).toEqual([[id], now.before.line?.counts]);
  await server.database.write((manager) => manager.update(Submission, { id }, { submittedAt: new Date('2022-07-21T02:00:00Z') }));
}

test('提案统计：全市和各单位的数，点开一个数就是那几件；和前一年比，没有前一年就说没有；领导只看数；导出是 xlsx', async () => {
  const { total: before, outcomes: decided, classes: given } = await apis.office.showFigures({});
  const doc = await handed();
  const [main, merged] = [await filed(), await filed(apis.second)];
  await apis.office.merge({ ...on(merged), mainId: main.id, note: '' });
  await replied(doc);
  await apis.me.rate({ ...on(await asked(apis.me, doc.id)), ...says('basically_satisfied') });
  const now = await apis.office.showFigures({ by: 'unit' });
  const grown = Object.entries(now.total.counts).map(([code, count]) => [code, count - (before.counts[code as keyof typeof before.counts] ?? 0)]).filter(([, more]) => more !== 0);
  expect(Object.fromEntries(grown)).toEqual({ received: 3, filed: 3, due: 1, replied: 1, on_time: 1, talked: 1, closed: 1, asked: 1, rated: 1, content: 1, content_attitude: 1, class_a: 1, class_ab: 1, solved: 1 });
  const more = (list: readonly { code: string; count: number }[], earlier: readonly { code: string; count: number }[]) => Object.fromEntries(list.map(({ code, count }) => [code, count - (earlier.find((it) => it.code === code)?.count ?? 0)] as const).filter(([, by]) => by !== 0));
  expect([more(now.outcomes, decided), more(now.classes, given)]).toEqual([{ filed: 2, merged: 1 }, { A: 1 }]);
  // The board counts the same cases: each once, by how far it is, in the sum and by unit.
  const board = await apis.office.showBoard({});
  expect([board.replying.part, board.replying.of, board.stages.reduce((sum, { count }) => sum + count, 0)]).toEqual([now.total.counts.replied, now.total.counts.due, now.total.counts.due]);
  expect(board.units.find(({ unit }) => unit.id === 'u-yuanlin')).toMatchObject({ due: now.groups.find(({ id }) => id === 'u-yuanlin')?.counts.due });
  expect(board.forms.map(({ all }) => all)).toEqual([0, 0, 0, 0, 0]);
  const [side, party] = [await apis.government.showBoard({}), await server.with(await server.app.get(Sessions).open(holder('dispatch_party').id, 'desk')).showBoard({})];
  expect([side.forms, side.units.map(({ unit }) => unit.id).includes('u-yuanlin'), party.units.map(({ unit }) => unit.id).includes('u-yuanlin')]).toEqual([[], true, false]);
  await expect(apis.park.showBoard({})).rejects.toMatchObject({ status: 403 });
  const park = now.groups.find(({ id }) => id === 'u-yuanlin');
  expect(park?.rates.map(({ code }) => code)).toEqual(expect.arrayContaining(['satisfaction', 'answering']));
  const behind: string[] = [];
  for (let after: string | undefined, more = true; more;) {
    const page = await apis.office.listFigure({ figure: 'content', id: 'u-yuanlin', limit: 1, ...(after !== undefined && { after }) });
    behind.push(...page.rows.map(({ id }) => id));
    [after, more] = [page.next ?? undefined, page.next !== null];
  }
  expect([behind.length, behind.includes(doc.id), new Set(behind).size]).toEqual([park?.counts.content, true, behind.length]);
  await comparesWithTheYearBefore(doc.id, now);
  const leader = server.with(await server.app.get(Sessions).open(holder('vice_chair').id, 'desk'));
  expect((await leader.showFigures({ by: 'sector' })).total.counts).toEqual(now.total.counts);
  await expect(leader.listFigure({ figure: 'filed' })).rejects.toMatchObject({ status: 403 });
  await expect(apis.park.showFigures({})).rejects.toMatchObject({ status: 403 });
  const file = await fetch(`${server.url}/api/proposals/figures/export?by=committee`, { headers: { authorization: `Bearer ${officeToken}` } });
  expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer()).subarray(0, 2).toString()]).toEqual(['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK']);
});
