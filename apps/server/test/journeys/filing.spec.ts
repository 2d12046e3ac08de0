/** 立案 and its alternatives, over HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { CreditEntry } from '../../src/platform/spine.entities.ts';
import { Submission } from '../../src/submissions/submission.entity.ts';
import { formOf, holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember(3);
let server: Serving;
let apis: Record<'me' | 'office' | 'head' | 'board', Api>;
beforeAll(async () => {
  server = await serving();
  const member = holder('proposal_office', 'c-tian', 2);
  apis = { me: await server.as(author.id), office: await server.as(member.id, 'desk'), head: await server.as(holder('committee_head', 'c-shefa').id), board: await server.as(holder('review_board', undefined, 3).id, 'desk') };
});
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
let number = 0;
async function reviewed(more: object = {}, api = apis.me): Promise<SubmissionView> {
  const { doc } = await api.submit(proposal({ title: `关于第${number += 1}个公交站点的建议`, wish: 'ask', ...more }));
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
  return (await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] })).doc;
}
const filed = async (): Promise<SubmissionView> => (await apis.office.fileProposal(on(await reviewed()))).doc;
const credits = (evidenceId: string) => server.database.read(async (manager) => (await manager.findBy(CreditEntry, { evidenceId })).filter(({ voidedBy }) => voidedBy === null).map(({ item }) => item).sort());

test('提案委立案，提案有了案号，不能撤销；提案人收到通知，看得到案号', async () => {
  const doc = await reviewed();
  expect(doc.caseNo).toBeNull();
  const { doc: done, undo } = await apis.office.fileProposal(on(doc));
  expect([done.state, done.stateWords, done.caseNo, undo, done.holder?.words, done.holder?.action]).toEqual(['filed', '已立案', '七届一次会议平时第001号', null, '提案委办公室', '拟定承办单位']);
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows[0]).toMatchObject({ head: '提案已立案' });
  expect((await apis.me.show({ id: doc.id })).caseNo).toBe('七届一次会议平时第001号');
  expect(await credits(doc.id)).toEqual(['proposal.filed', 'proposal.submitted']);
  await expect(apis.office.undo({ id: doc.id, moveId: done.timeline.at(-1)?.id ?? '' })).rejects.toMatchObject({ status: 409 });
});

test('一百件同时立案，案号一个不重、一个不缺；没立成的不占号', async () => {
  const before = Math.max(0, ...(await server.database.read((manager) => manager.findBy(Submission, { kind: 'proposal' }))).map(({ caseNo }) => caseNo ?? 0));
  const docs: SubmissionView[] = [];
  for (let made = 0; made < 100; made += 10) docs.push(...await Promise.all(Array.from({ length: 10 }, () => reviewed())));
  // Each twice at once: one of the two is too late and must not use up a number.
  const asked = await Promise.allSettled(docs.flatMap((doc) => [apis.office.fileProposal(on(doc)), apis.office.fileProposal(on(doc))]));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
  const numbers = (await server.database.read((manager) => manager.findBy(Submission, { kind: 'proposal' }))).flatMap(({ caseNo }) => (caseNo !== null && caseNo > before ? [caseNo] : [])).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => before + index + 1));
});

test('大会期间提交的由提案审查委员会审定，提案委不能代替；案号不带“平时”', async () => {
  const back = new Date('2022-01-05T02:00:00.000Z').getTime() - server.clock.now().getTime();
  server.clock.shift(back);
  const doc = await reviewed();
  server.clock.shift(-back);
  expect(doc.holder).toMatchObject({ words: '提案审查委员会', action: '审定' });
  await expect(apis.office.fileProposal(on(doc))).rejects.toMatchObject({ status: 409, refusal: { reason: '这次会议的提案由提案审查委员会审定' } });
  expect((await apis.board.listTasks({ box: 'edit' })).rows.map(({ docId }) => docId)).toContain(doc.id);
  const { doc: done } = await apis.board.fileProposal(on(doc));
  expect(done.caseNo).toBe('七届一次会议第001号');
});

test('并案以后提案人都保留，主案列出并入的件；主案不能再并走、不能撤销立案；撤销并案后重新审定', async () => {
  const [main, doc] = [await filed(), await reviewed()];
  const { rows } = await apis.office.findMainCases({ words: main.caseNo ?? '', except: doc.id });
  expect(rows.map(({ id }) => id)).toContain(main.id);
  const { doc: merged } = await apis.office.merge({ ...on(doc), mainId: main.id, note: '内容相同' });
  expect([merged.stateWords, merged.main?.caseNo, merged.author.id]).toEqual(['已并案', main.caseNo, author.id]);
  expect(await credits(doc.id)).toEqual(['proposal.filed', 'proposal.submitted']);
  const lead = await apis.office.show({ id: main.id });
  expect(lead.merged.map(({ id }) => id)).toEqual([doc.id]);
  const other = await filed();
  for (const ask of [() => apis.office.merge({ ...on(lead), mainId: other.id, note: '' }), () => apis.office.unfile({ ...on(lead), note: '立案有误' })]) {
    await expect(ask()).rejects.toMatchObject({ status: 409, refusal: { reason: '有别的提案并在这一件里，请先把它们撤销并案' } });
  }
  const { doc: again } = await apis.office.split({ ...on(merged), note: '其实是两件事' });
  expect([again.stateWords, again.main]).toEqual(['待审定', null]);
  expect(await credits(doc.id)).toEqual(['proposal.submitted']);
  await expect(apis.office.merge({ ...on(again), mainId: again.id, note: '' })).rejects.toMatchObject({ status: 400, refusal: { fields: { mainId: '不能并到自己，请另选主案' } } });
  await expect(apis.office.merge({ ...on(again), mainId: 'nothing', note: '' })).rejects.toMatchObject({ status: 400 });
});

test('撤销立案后重新立案，案号还是原来那个，中间不给别的提案', async () => {
  const doc = await filed();
  const { doc: undone } = await apis.office.unfile({ ...on(doc), note: '材料不全' });
  expect([undone.stateWords, await credits(doc.id)]).toEqual(['待审定', ['proposal.submitted']]);
  const between = await filed();
  expect(between.caseNo).not.toBe(doc.caseNo);
  expect((await apis.office.fileProposal(on(undone))).doc.caseNo).toBe(doc.caseNo);
});

test('不予立案要选理由，提案人看得到；改立案要写理由，接着给案号', async () => {
  const doc = await reviewed();
  await expect(apis.office.reject({ ...on(doc), reason: 'nothing', note: '' })).rejects.toMatchObject({ status: 400, refusal: { fields: { reason: '请从列表里选择不予立案的理由' } } });
  const { doc: rejected } = await apis.office.reject({ ...on(doc), reason: 'beyond_jurisdiction', note: '属省级事权' });
  expect((await apis.me.show({ id: doc.id })).timeline.at(-1)).toMatchObject({ words: '不予立案', note: '超出本市事权：属省级事权' });
  server.clock.shift(11_000);
  const { doc: done } = await apis.office.refile({ ...on(rejected), note: '省里已经下放' });
  expect([done.state, done.caseNo]).toEqual(['filed', expect.stringMatching(/^七届一次会议平时第\d{3}号$/)]);
});

test('征得提案人同意才转社情民意：生成一件互相连着的社情民意，积分不重复；不同意的回到审定', async () => {
  const [doc, second] = [await reviewed(), await reviewed()];
  const { doc: asked } = await apis.office.askConsent({ ...on(doc), note: '按社情民意办理更快' });
  expect((await apis.me.listTasks({ box: 'mine' })).rows.map(({ docId, actionWords }) => [docId, actionWords])).toContainEqual([doc.id, '答复转办']);
  const { doc: turned } = await apis.me.agreeConversion(on(asked));
  expect([turned.state, turned.linked?.kind, turned.linked?.title]).toEqual(['to_opinion', 'opinion', doc.title]);
  const born = await apis.me.show({ id: turned.linked?.id ?? '' });
  expect([born.kind, born.text, born.linked?.id, born.author.id]).toEqual(['opinion', doc.text, doc.id, author.id]);
  expect([await credits(doc.id), await credits(born.id)]).toEqual([['proposal.submitted'], []]);
  const { doc: waiting } = await apis.office.askConsent({ ...on(second), note: '按社情民意办理更快' });
  const { doc: declined } = await apis.me.declineConversion({ ...on(waiting), note: '希望作提案办理' });
  expect([declined.stateWords, declined.holder?.words]).toEqual(['待审定', '提案委办公室']);
});

test('提交时已经同意转社情民意的，不用再征求，直接转；提交时不同意的，不能再征求', async () => {
  const [yes, no, silent] = [await reviewed({ conversion: 'agree' }), await reviewed({ conversion: 'refuse' }), await reviewed()];
  const offered = await Promise.all([yes, no, silent].map(({ id }) => apis.office.show({ id })));
  expect(offered.map(({ can }) => ['convert', 'ask_consent'].filter((it) => can.some((action) => action === it)))).toEqual([['convert'], [], ['ask_consent']]);
  await expect(apis.office.askConsent({ ...on(yes), note: '按社情民意办理更快' })).rejects.toMatchObject({ status: 409, refusal: { reason: '提案人提交时已经同意转社情民意，不用再征求，直接转' } });
  await expect(apis.office.askConsent({ ...on(no), note: '按社情民意办理更快' })).rejects.toMatchObject({ status: 409, refusal: { reason: '提案人提交时不同意转社情民意，请另作审定' } });
  for (const doc of [no, silent]) await expect(apis.office.convert(on(doc))).rejects.toMatchObject({ status: 409, refusal: { reason: '提案人没有事先同意转社情民意，请先征求' } });
  const results = await Promise.allSettled([1, 2, 3].map(() => apis.office.convert(on(yes))));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const turned = await apis.me.show({ id: yes.id });
  expect([turned.state, turned.linked?.title]).toEqual(['to_opinion', yes.title]);
  const born = await apis.me.show({ id: turned.linked?.id ?? '' });
  expect([born.author.id, born.text, born.state, born.timeline[0]?.words, await credits(born.id), await credits(yes.id)]).toEqual([author.id, yes.text, 'submitted', '由提案转来', [], ['proposal.submitted']]);
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows.find(({ docId }) => docId === yes.id)).toMatchObject({ head: '转为社情民意' });
});

test('提案人撤案：立案前自己撤，立案后由提案委同意或写明理由不同意', async () => {
  const doc = await reviewed();
  expect((await apis.me.drop(on(await apis.me.show({ id: doc.id })))).doc).toMatchObject({ state: 'dropped', holder: null });
  expect(await credits(doc.id)).toEqual([]);
  const second = await filed();
  await expect(apis.me.drop(on(second))).rejects.toMatchObject({ status: 409 });
  const { doc: asked } = await apis.me.askDrop({ ...on(second), note: '问题已经解决' });
  const { doc: kept } = await apis.office.refuseDrop({ ...on(asked), note: '其他委员也关心，继续办理' });
  expect((await apis.me.show({ id: second.id })).timeline.at(-1)).toMatchObject({ words: '不同意撤案', note: '其他委员也关心，继续办理' });
  const { doc: again } = await apis.me.askDrop({ ...on(kept), note: '确实已经解决' });
  expect((await apis.office.allowDrop(on(again))).doc.state).toBe('dropped');
  expect(await credits(second.id)).toEqual([]);
});

test('提案委退回修改的，改好直接回到提案委审定，不用专委会再审', async () => {
  const doc = await reviewed();
  const { doc: returned } = await apis.office.sendBack({ ...on(doc), note: '请写清承办单位' });
  const { doc: again } = await apis.me.resubmit({ ...on(returned), key: `filing-again-${doc.id}`, ...formOf(proposal({ title: doc.title })) });
  expect([again.state, again.stateWords, again.holder?.words]).toEqual(['submitted', '待审定', '提案委办公室']);
  expect((await apis.office.fileProposal(on(again))).doc.state).toBe('filed');
});
