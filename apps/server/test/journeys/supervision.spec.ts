/** 督办 of key proposals, over HTTP: nominated, decided, planned, done, demanded, answered, scored, reported, closed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView, SupervisionView } from '@lvzhi/contracts';
import { addDays, dateOf } from '@lvzhi/domain';
import { Handling } from '../../src/handling/handling.entity.ts';
import { Reply } from '../../src/handling/reply.entity.ts';
import { addRows } from '../../src/platform/rows.ts';
import { Reminders } from '../../src/notices/reminders.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { CreditEntry } from '../../src/platform/spine.entities.ts';
import { holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember(3);
const judges = [plainMember(6), plainMember(7), plainMember(8)];
let server: Serving;
let apis: Record<'me' | 'stranger' | 'office' | 'head' | 'otherHead' | 'chair' | 'government' | 'park' | 'plan' | 'one' | 'two' | 'three', Api>;
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const desk = async (post: string, bodyId?: string, skip = 0) => server.with(await sessions.open(holder(post, bodyId, skip).id, 'desk'));
  const phone = async (id = '') => server.with(await sessions.open(id, 'phone'));
  apis = {
    me: await phone(author.id), stranger: await phone(plainMember(9).id), office: await desk('proposal_office', 'c-tian', 2), head: await desk('committee_head', 'c-shefa'), otherHead: await desk('committee_head', 'c-jingke'), chair: await desk('chair'), government: await desk('dispatch_government'),
    park: await desk('unit_supervisor', 'u-yuanlin'), plan: await desk('unit_clerk', 'u-guihua'), one: await phone(judges[0]?.id), two: await phone(judges[1]?.id), three: await phone(judges[2]?.id),
  };
}
beforeAll(async () => { server = await serving(); await enter(); });
afterAll(() => server.close());

const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const [today, ahead] = [() => dateOf(server.clock.now()), (days: number) => addDays(dateOf(server.clock.now()), days)];
let number = 0;
const key = () => `supervision-${(number += 1).toString().padStart(4, '0')}`;
async function handed(): Promise<SubmissionView> {
  const { doc } = await apis.me.submit(proposal({ title: `关于第${number += 1}处街头绿地的建议`, wish: 'ask' }));
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  const { doc: filed } = await apis.office.fileProposal(on(reviewed));
  const { doc: planned } = await apis.office.planUnits({ ...on(filed), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '' });
  return (await apis.government.handOver(on(planned))).doc;
}
const nominated = async (doc: SubmissionView) => (await apis.head.nominate({ key: key(), proposalId: doc.id, reason: '群众反映集中，有条件年内见效' })).doc;
const leader = (it: SupervisionView) => it.leaders.find(({ note }) => note.includes('副主席'))?.id ?? 'none';
async function decided(doc: SubmissionView, form = 'appraisal'): Promise<SupervisionView> {
  const it = await apis.chair.showSupervision({ id: (await nominated(doc)).id });
  return (await apis.chair.makeKey({ ...on(it), meeting: '七届第 8 次主席会议', form, leaderId: leader(it), committeeId: 'c-shefa' })).doc;
}
const running = async (doc: SubmissionView, form?: string) => (await apis.head.beginSupervision({ ...on(await decided(doc, form)), plan: '七月座谈，八月视察，九月评议。', dueOn: ahead(90) })).doc;
const credits = async (item: string) => (await server.database.read((manager) => manager.findBy(CreditEntry, { personId: author.id, item }))).filter(({ voidedBy }) => voidedBy === null).length;
const heads = async (api: Api) => { server.clock.shift(1_000); return (await api.listNotices({ limit: 100 })).rows.map(({ head }) => head); };

test('专委会提名，主席登记主席会议的决定：五种方式选一种，定领导和专委会；提案人这才知道，记一次分', async () => {
  const doc = await handed();
  await expect(apis.otherHead.nominate({ key: key(), proposalId: doc.id, reason: '别的专委会提名' })).rejects.toMatchObject({ status: 404 });
  const again = key();
  const { doc: it } = await apis.head.nominate({ key: again, proposalId: doc.id, reason: '群众反映集中' });
  expect((await apis.head.nominate({ key: again, proposalId: doc.id, reason: '群众反映集中' })).doc.id).toBe(it.id);
  await expect(apis.office.nominate({ key: key(), proposalId: doc.id, reason: '再提名一次' })).rejects.toMatchObject({ status: 409, refusal: { reason: '这件提案已经提名或者列为重点提案' } });
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision).toBeNull();
  await expect(apis.park.showSupervision({ id: it.id })).rejects.toMatchObject({ status: 404 });
  const seen = await apis.chair.showSupervision({ id: it.id });
  expect((await apis.chair.listTasks({ box: 'handling' })).rows.find(({ docId }) => docId === it.id)).toMatchObject({ actionWords: '确定重点提案', supervision: { proposal: { title: doc.title } } });
  await expect(apis.office.makeKey({ ...on(seen), meeting: '七届第 8 次', form: 'appraisal', leaderId: leader(seen), committeeId: 'c-shefa' })).rejects.toMatchObject({ status: 409, refusal: { reason: '由主席会议确定，请由记录决定的岗位办理' } });
  await expect(apis.chair.makeKey({ ...on(seen), meeting: '七届第 8 次', form: 'sixth', leaderId: leader(seen), committeeId: 'c-shefa' })).rejects.toMatchObject({ status: 400, refusal: { fields: { form: '请从列表里选择督办方式' } } });
  await expect(apis.chair.makeKey({ ...on(seen), meeting: '七届第 8 次', form: 'appraisal', leaderId: author.id, committeeId: 'c-shefa' })).rejects.toMatchObject({ status: 400 });
  // Whoever decides reads what it is about, though the case itself is not theirs to open.
  expect([seen.text.situation, seen.mayOpen, (await apis.office.showSupervision({ id: it.id })).mayOpen]).toEqual([doc.text.situation, false, true]);
  await expect(apis.chair.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  const before = await credits('proposal.key');
  const { doc: chosen } = await apis.chair.makeKey({ ...on(seen), meeting: '七届第 8 次主席会议', form: 'cppcc_leader', leaderId: leader(seen), committeeId: 'c-shefa' });
  expect(chosen).toMatchObject({ state: 'decided', form: { name: '政协领导班子成员领衔督办' }, committee: { id: 'c-shefa' }, holder: { words: '社法委', action: '制定督办方案' } });
  expect(await credits('proposal.key')).toBe(before + 1);
  expect(await heads(apis.me)).toContain('您的提案列为重点提案');
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision).toMatchObject({ stateWords: '待定方案', leader: chosen.leader });
  const { doc: cancelled } = await apis.chair.cancelKey({ ...on(chosen), note: '另行安排' });
  expect([cancelled.state, await credits('proposal.key')]).toEqual(['cancelled', before]);
  expect((await nominated(doc)).state).toBe('proposed');
});

test('不列为重点：提名人知道理由，提案人不知道', async () => {
  const doc = await handed();
  const it = await nominated(doc);
  await apis.chair.declineKey({ ...on(it), note: '已有同类重点提案' });
  expect(await heads(apis.head)).toContain('没有列为重点提案');
  expect((await apis.head.showSupervision({ id: it.id })).timeline.at(-1)).toMatchObject({ words: '不列为重点', note: '已有同类重点提案' });
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision).toBeNull();
});

test('方案、活动、要求：单位按期在工作台答复，专委会核对；没有办结的不能提交报告；到期前提醒单位', async () => {
  const doc = await handed();
  const it = await running(doc, 'gov_leader');
  await expect(apis.park.recordEvent({ ...on(it), on: today(), place: '现场', people: '单位', what: '单位自己登记' })).rejects.toMatchObject({ status: 403 });
  await expect(apis.head.recordEvent({ ...on(it), on: ahead(3), place: '现场', people: '李国强', what: '还没有去' })).rejects.toMatchObject({ status: 400, refusal: { fields: { on: '活动日期不能晚于今天' } } });
  const { doc: held } = await apis.head.recordEvent({ ...on(it), on: today(), place: '东城街道', people: '李国强、提案人', what: '实地看了两处绿地。', findings: '一处还没有动工。' });
  await expect(apis.head.makeDemand({ ...on(held), unitId: 'u-guihua', demand: '八月底以前动工', dueOn: ahead(20) })).rejects.toMatchObject({ status: 400, refusal: { fields: { unitId: '请从承办这件提案的单位里选' } } });
  const { doc: asked } = await apis.head.makeDemand({ ...on(held), unitId: 'u-yuanlin', demand: '八月底以前动工，报施工安排。', dueOn: ahead(20) });
  const [row] = asked.demands;
  expect(row).toMatchObject({ stateWords: '待答复', can: [] });
  await expect(apis.head.reportSupervision({ ...on(asked), report: '没有答复就报告的报告。' })).rejects.toMatchObject({ status: 409, refusal: { reason: '还有提出的要求没有办结，办结以后再报告' } });
  expect((await apis.park.listTasks({ box: 'handling' })).rows.find(({ kind }) => kind === 'demand')).toMatchObject({ actionWords: '答复督办要求', supervision: { id: it.id } });
  const seen = await apis.park.showSupervision({ id: it.id });
  expect([seen.reason, seen.timeline, seen.demands[0]?.can]).toEqual(['', [], ['answer_demand']]);
  await expect(apis.plan.showSupervision({ id: it.id })).rejects.toMatchObject({ status: 404 });
  server.clock.shift(17 * 86_400_000); await enter();
  await server.app.get(Reminders).run();
  expect((await heads(apis.park)).some((it_) => it_.includes('督办要求'))).toBe(true);
  const { doc: answered } = await apis.park.answerDemand({ id: row?.id ?? '', version: row?.version ?? 0, answer: '八月二十日开工，十月完工。' });
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision?.demands[0]?.answer).toBe('');
  const [first] = (await apis.head.showSupervision({ id: it.id })).demands;
  expect([answered.demands[0]?.stateWords, first?.can]).toEqual(['待核对', ['settle_demand', 'insist_demand']]);
  const { doc: again } = await apis.head.insistDemand({ id: first?.id ?? '', version: first?.version ?? 0, note: '请附施工图', dueOn: ahead(10) });
  const { doc: twice } = await apis.park.answerDemand({ id: first?.id ?? '', version: again.demands[0]?.version ?? 0, answer: '施工图已送，八月二十日开工。' });
  const { doc: settled } = await apis.head.settleDemand({ id: first?.id ?? '', version: twice.demands[0]?.version ?? 0 });
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision).toMatchObject({ events: [{ place: '东城街道', what: '实地看了两处绿地。' }], demands: [{ stateWords: '已办结', answer: '施工图已送，八月二十日开工。' }], report: '' });
  const { doc: reported } = await apis.head.reportSupervision({ ...on(settled), report: '督办三个月，两处绿地都已动工。' });
  const { doc: back } = await apis.office.returnReport({ ...on(reported), note: '请补充完成时间' });
  const { doc: anew } = await apis.head.reportSupervision({ ...on(back), report: '督办三个月，两处绿地都已动工，十月完工。' });
  const { doc: closed } = await apis.office.closeSupervision(on(anew));
  expect([closed.state, (await apis.park.showSupervision({ id: it.id })).report, (await apis.me.showOwnSupervision({ id: doc.id })).supervision?.report]).toEqual(['closed', '督办三个月，两处绿地都已动工，十月完工。', '督办三个月，两处绿地都已动工，十月完工。']);
  expect(await heads(apis.me)).toContain('督办办结了');
  expect((await apis.office.listSupervisions({ group: 'closed' })).rows.map(({ id }) => id)).toContain(it.id);
  expect((await apis.office.listSupervisions({})).counts).toMatchObject({ closed: 1, demands: 1, answered: 1 });
});

test('评议督办：受邀委员各在自己手机上评一次，谁也替不了；结束以前没有人看得到结果，结果是平均分和人数', async () => {
  const doc = await handed();
  const it = await running(doc);
  const ids = judges.map(({ id }) => id);
  expect((await apis.head.findAppraisers({ id: it.id, words: author.name })).rows.map(({ id }) => id)).not.toContain(author.id);
  await expect(apis.head.callAppraisal({ ...on(it), memberIds: [author.id], dueOn: ahead(5) })).rejects.toMatchObject({ status: 400, refusal: { fields: { memberIds: '提案人自己不参加评议' } } });
  const { doc: open } = await apis.head.callAppraisal({ ...on(it), memberIds: [...ids, ids[0] ?? ''], dueOn: ahead(5) });
  expect(open.appraisal).toMatchObject({ open: true, invited: 3, given: 0, results: null });
  const mine = async (api: Api) => api.showBallot({ id: (await api.listTasks({ box: 'mine' })).rows.find(({ kind }) => kind === 'ballot')?.docId ?? 'none' });
  const [one, two] = [await mine(apis.one), await mine(apis.two)];
  expect([one.items.map(({ name }) => name), one.most, one.can]).toEqual([['重视程度', '和提案人沟通协商', '办理措施', '办理结果'], 10, true]);
  // Whoever judges reads what is judged, until they have: the proposal and what was answered, nothing that was not released.
  expect([one.judged?.text.situation, one.judged?.replies]).toEqual([doc.text.situation, []]);
  await server.database.write(async (manager) => {
    const [part] = await manager.findBy(Handling, { proposalId: doc.id });
    const reply = { handlingId: part?.id ?? '', textNo: 1, version: 1, classCode: 'A', docNo: '', signer: '', publicity: null, publicityReason: '', promisedOn: null, contact: '19900000000', savedBy: 'p060', savedAt: server.clock.now(), dueAt: null };
    await addRows(manager, Reply, [{ ...reply, round: 1, body: '绿地已经改造完成。', releasedAt: server.clock.now() }, { ...reply, round: 2, body: '还在写的一稿', releasedAt: null }]);
  });
  expect((await mine(apis.one)).judged?.replies).toEqual([{ unit: expect.objectContaining({ id: 'u-yuanlin' }), round: 1, body: '绿地已经改造完成。' }]);
  for (const api of [apis.two, apis.stranger, apis.me]) await expect(api.showBallot({ id: one.id })).rejects.toMatchObject({ status: 404 });
  await expect(apis.two.scoreBallot({ ...on(one), scores: one.items.map(({ code }) => ({ code, score: 1 })) })).rejects.toMatchObject({ status: 404 });
  await expect(apis.one.scoreBallot({ ...on(one), scores: [{ code: 'attention', score: 9 }] })).rejects.toMatchObject({ status: 400, refusal: { fields: { scores: '还有没打分的：和提案人沟通协商、办理措施、办理结果' } } });
  await expect(apis.one.scoreBallot({ ...on(one), scores: one.items.map(({ code }) => ({ code, score: 11 })) })).rejects.toMatchObject({ status: 400 });
  const { ballot } = await apis.one.scoreBallot({ ...on(one), scores: one.items.map(({ code }) => ({ code, score: 9 })), note: '只有我知道的一句话' });
  expect([ballot.stateWords, ballot.can, ballot.items[0]?.score, ballot.judged]).toEqual(['已评议', false, 9, null]);
  await expect(apis.one.scoreBallot({ ...on(ballot), scores: one.items.map(({ code }) => ({ code, score: 1 })) })).rejects.toMatchObject({ status: 409 });
  await apis.two.scoreBallot({ ...on(two), scores: two.items.map(({ code }) => ({ code, score: 6 })) });
  for (const api of [apis.head, apis.office, apis.chair, apis.park]) expect((await api.showSupervision({ id: it.id })).appraisal).toMatchObject({ given: 2, results: null });
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision?.results).toBeNull();
  const { doc: over } = await apis.head.closeAppraisal(on(await apis.head.showSupervision({ id: it.id })));
  expect(over.appraisal?.results?.[0]).toEqual({ code: 'attention', name: '重视程度', mean: 7.5, n: 2 });
  expect(JSON.stringify([over, await apis.chair.showSupervision({ id: it.id }), await apis.park.showSupervision({ id: it.id })])).not.toContain('只有我知道的一句话');
  expect((await apis.me.showOwnSupervision({ id: doc.id })).supervision?.results?.[0]).toMatchObject({ mean: 7.5, n: 2, most: 10 });
  expect((await apis.three.listTasks({ box: 'mine' })).rows.filter(({ kind }) => kind === 'ballot')).toEqual([]);
});

test('二十个人同时登记决定，只成一次；别人的提案的督办谁也看不到', async () => {
  const doc = await handed();
  const it = await apis.chair.showSupervision({ id: (await nominated(doc)).id });
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => apis.chair.makeKey({ ...on(it), meeting: '七届第 9 次主席会议', form: 'appraisal', leaderId: leader(it), committeeId: 'c-shefa' })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(apis.stranger.showOwnSupervision({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  await expect(apis.otherHead.showSupervision({ id: it.id })).rejects.toMatchObject({ status: 404 });
  expect((await apis.otherHead.listSupervisions({ limit: 100 })).rows.map(({ id }) => id)).not.toContain(it.id);
});
