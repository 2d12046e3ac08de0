/** 提案办理 by case, and 催办, over HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CaseRow, SubmissionView } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import type { UnitRole } from '@lvzhi/domain';
import type { Logger } from 'typeorm';
import { Sessions } from '../../src/platform/sessions.ts';
import { holder, plainMember, proposal } from '../people.ts';
import { changeSetting } from '../setting.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let server: Serving;
let apis: Record<'me' | 'body' | 'office' | 'head' | 'government' | 'party' | 'park' | 'plan' | 'law' | 'chair', Api>;
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const desk = async (post: string, bodyId?: string, skip = 0) => server.with(await sessions.open(holder(post, bodyId, skip).id, 'desk'));
  apis = {
    me: server.with(await sessions.open(plainMember(3).id, 'phone')), body: await desk('body_account', 'p-minge'), office: await desk('proposal_office', 'c-tian', 2), head: await desk('committee_head', 'c-jingke'), government: await desk('dispatch_government'), party: await desk('dispatch_party'),
    park: await desk('unit_supervisor', 'u-yuanlin'), plan: await desk('unit_clerk', 'u-guihua'), law: await desk('unit_supervisor', 'u-zhengfawei'), chair: await desk('chair'),
  };
}
beforeAll(async () => {
  server = await serving();
  await enter();
});
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
let number = 0;
const sole = [{ unitId: 'u-yuanlin', role: 'sole' as const }];
const two = [{ unitId: 'u-yuanlin', role: 'lead' as const }, { unitId: 'u-guihua', role: 'assist' as const }];
async function handed(units: readonly { unitId: string; role: UnitRole }[] = sole, { api = apis.me, side = apis.government, more = {} } = {}): Promise<SubmissionView> {
  const { doc } = await api.submit(proposal({ title: `关于第${number += 1}处街头绿地的建议`, wish: 'ask', ...more }));
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-jingke' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  const { doc: filed } = await apis.office.fileProposal(on(reviewed));
  const { doc: planned } = await apis.office.planUnits({ ...on(filed), units: [...units], note: '' });
  return (await side.handOver(on(planned))).doc;
}
const collective = { collective: { bodyId: 'p-minge', kind: 'party' as const, signer: '林致远', sealIds: [], signed: true as const } };
const caseOf = async (api: Api, { id }: { id: string }): Promise<CaseRow> => {
  const found = (await api.listCases({ limit: 100 })).rows.find((row) => row.id === id);
  if (!found) throw new Error('不在列表里');
  return found;
};
const ids = async (api: Api, asked: Parameters<Api['listCases']>[0]): Promise<string[]> => (await api.listCases({ limit: 100, ...asked })).rows.map(({ id }) => id);
const parts = ({ parts: all }: CaseRow) => all.map(on);
async function later(days: number): Promise<void> { server.clock.shift(days * 86_400_000); await enter(); }
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const before = server.source.logger;
  let count = 0;
  const counting: Logger = { logQuery: (query) => { if (!query.includes('marks')) count += 1; }, logQueryError: () => undefined, logQuerySlow: () => undefined, logSchemaBuild: () => undefined, logMigration: () => undefined, log: () => undefined };
  Object.assign(server.source, { logger: counting });
  try { await work(); } finally { Object.assign(server.source, { logger: before }); }
  return count;
}

test('提案委看到一件一行，主办、会办都在里面；签收、面商、会签几个算几个；现在最先到期的是谁的', async () => {
  const doc = await handed(two);
  const row = await caseOf(apis.office, doc);
  expect([row.title, row.caseNo, row.proposer?.code, row.stageWords, row.signed, row.talks, row.countersigned, row.holder?.action, row.key]).toEqual([doc.title, doc.caseNo, 'individual', '待签收', { done: 0, of: 1 }, 0, { done: 0, of: 1 }, '签收', false]);
  expect(row.parts.map(({ unit, roleWords, can }) => [unit.id, roleWords, can.includes('urge')])).toEqual([['u-yuanlin', '主办', true], ['u-guihua', '会办', true]]);
  const [lead] = row.parts;
  await apis.park.signFor(on(lead ?? { id: '', version: 0 }));
  expect(await caseOf(apis.office, doc)).toMatchObject({ stage: 'running', signed: { done: 1, of: 1 }, holder: { action: '签收', words: '市规划局' } });
  expect([await ids(apis.office, { stage: 'running' }), await ids(apis.office, { stage: 'signing' }), await ids(apis.office, { stage: 'closed' })]).toEqual([[doc.id], [], []]);
  expect(await ids(apis.office, { unitId: 'u-guihua' })).toContain(doc.id);
  expect(await ids(apis.office, { unitId: 'u-zhujian' })).toEqual([]);
});

test('要盯的、重点、集体、B 类回头看各是各的，数和列表一致；交办单位只看本系统有份的', async () => {
  const [own, body, law] = [await handed(), await handed(sole, { api: apis.body, more: collective }), await handed([{ unitId: 'u-zhengfawei', role: 'sole' }], { side: apis.party })];
  const { doc: nominated } = await apis.office.nominate({ key: 'cases-key-1', proposalId: body.id, reason: '关系群众出行' });
  expect(await ids(apis.office, { tab: 'key' })).toEqual([]);
  await apis.chair.makeKey({ ...on(nominated), form: 'cppcc_leader', leaderId: holder('vice_chair').id, committeeId: 'c-jingke', meeting: '第 3 次主席会议' });
  expect([await ids(apis.office, { tab: 'key' }), (await caseOf(apis.office, body)).key, await ids(apis.office, { tab: 'collective' })]).toEqual([[body.id], true, [body.id]]);
  expect([await ids(apis.office, { proposer: 'party' }), (await apis.office.countCases({ proposer: 'party' })).tabs.map(({ count }) => count)]).toEqual([[body.id], [1, 1, 1, 1, 0]]);
  expect(await ids(apis.office, { tab: 'watched' })).toEqual(expect.arrayContaining([own.id, body.id, law.id]));
  expect([await ids(apis.government, {}), await ids(apis.party, {})]).toEqual([expect.not.arrayContaining([law.id]), [law.id]]);
  for (const api of [apis.office, apis.government, apis.party]) {
    const { tabs } = await api.countCases({});
    for (const { code, count } of tabs) expect([code, count]).toEqual([code, (await ids(api, { tab: code })).length]);
  }
  await expect(apis.park.listCases({})).rejects.toMatchObject({ status: 403 });
  await expect(apis.me.listCases({})).rejects.toMatchObject({ status: 403 });
});

test('办好的答复审核、送达、评价，一步一步换了位置；B 类的进了回头看，评价过期的又要盯', async () => {
  const doc = await handed();
  const part = async () => apis.park.showHandling({ id: (await caseOf(apis.office, doc)).parts[0]?.id ?? '' });
  await apis.park.signFor(on(await part()));
  await apis.park.recordTalk({ ...on(await part()), on: dateOf(server.clock.now()), form: 'meeting', people: '周晓', gist: '一起看了现场。' });
  await apis.park.saveReply({ id: (await part()).id, version: 0, classCode: 'B', body: '一、已经列入计划。', docNo: '安园函〔2022〕9号', signer: '许志明', publicity: 'open', publicityReason: '', promisedOn: '2023-06-30', contact: '周晓 0571-5550101' });
  await apis.park.submitReply(on(await part()));
  expect(await caseOf(apis.office, doc)).toMatchObject({ stage: 'reviewing', holder: { words: '市政府办' }, parts: [{ can: expect.not.arrayContaining(['urge']) }] });
  expect([await ids(apis.office, { stage: 'reviewing' }), await ids(apis.office, { tab: 'tracking' })]).toEqual([[doc.id], []]);
  await apis.government.approveReply({ ...on(await part()), classCode: null, note: '' });
  await apis.government.releaseReplies({ items: [on(await part())] });
  const row = await caseOf(apis.office, doc);
  expect([row.stage, row.holder?.action, await ids(apis.office, { tab: 'tracking' }), (await ids(apis.office, { tab: 'watched' })).includes(doc.id)]).toEqual(['replied', '评价答复', [doc.id], false]);
  await later(40);
  expect((await ids(apis.office, { tab: 'watched' })).includes(doc.id)).toBe(true);
  server.clock.shift(-40 * 86_400_000);
  await enter();
});

test('催办：单位收到通知，期限不变，经过里有一条；当天不能再催，第二天可以；隔几天由规则定', async () => {
  const doc = await handed(two);
  const before = await caseOf(apis.office, doc);
  const { results } = await apis.office.urge({ items: parts(before), note: '请抓紧联系提案人' });
  expect(results.map(({ done, reason }) => [done, reason])).toEqual([[true, null], [true, null]]);
  const after = await caseOf(apis.office, doc);
  expect([after.holder?.due?.at, after.parts.map(({ urgedAt, can }) => [urgedAt, can.includes('urge')])]).toEqual([before.holder?.due?.at, [[server.clock.now().toISOString(), false], [server.clock.now().toISOString(), false]]]);
  server.clock.shift(1_000);
  for (const unit of [apis.park, apis.plan]) expect((await unit.listNotices({})).rows[0]).toMatchObject({ head: '催办：有 1 件提案要抓紧', body: `${doc.title}。请在7月26日 17:30 前办理。`, kind: 'handling' });
  expect((await apis.park.showHandling({ id: after.parts[0]?.id ?? '' })).timeline.at(-1)).toMatchObject({ action: 'urge', words: '催办', note: '请抓紧联系提案人' });
  const twice = await apis.office.urge({ items: parts(after) });
  expect(twice.results.map(({ done, reason }) => [done, reason])).toEqual([[false, '已经催办过，2022年7月22日起可以再催'], [false, '已经催办过，2022年7月22日起可以再催']]);
  await later(1);
  await changeSetting(server, 'handling.urgeDays', 3);
  expect((await apis.government.urge({ items: parts(await caseOf(apis.government, doc)).slice(0, 1) })).results).toMatchObject([{ done: true }]);
  await later(2);
  expect((await apis.office.urge({ items: parts(await caseOf(apis.office, doc)) })).results).toMatchObject([{ done: false, reason: '已经催办过，2022年7月25日起可以再催' }, { done: true }]);
  await changeSetting(server, 'handling.urgeDays', 1);
  await later(-3);
});

test('催办几件一起，催不了的逐个说为什么：版本旧了、申请没有答复、不在本系统、没有这一件；承办单位和提案人不能催', async () => {
  const [old, asking, law, good] = [await caseOf(apis.office, await handed()), await caseOf(apis.office, await handed()), await caseOf(apis.office, await handed([{ unitId: 'u-zhengfawei', role: 'sole' }], { side: apis.party })), await caseOf(apis.office, await handed())];
  const [first, second, third, fourth] = [old, asking, law, good].map((row) => on(row.parts[0] ?? { id: '', version: 0 }));
  if (!first || !second || !third || !fourth) throw new Error('没有承办单位');
  await apis.park.signFor(first);
  const { doc: asked } = await apis.park.askReassign({ ...second, note: '属住建局职责', unitId: 'u-zhujian' });
  const { results } = await apis.government.urge({ items: [first, on(asked), third, { id: 'nothing', version: 1 }, fourth] });
  expect(results.map(({ done, reason }) => (done ? '催了' : reason))).toEqual(['这件刚被别人处理过，内容已经变了。您填写的内容还在，请核对后再操作。', '承办单位的申请还没有答复，请先答复再催', '没有找到，或者您没有查看的权限', '没有找到，或者您没有查看的权限', '催了']);
  for (const api of [apis.park, apis.me, apis.head]) await expect(api.urge({ items: [fourth] })).rejects.toMatchObject({ status: 403 });
  await expect(apis.office.urge({ items: [third], note: '请看机密★5年的材料' })).rejects.toMatchObject({ status: 400, refusal: { fields: { note: expect.stringContaining('疑似涉密') } } });
});

test('翻页翻到底每一件恰好一次，最先到期的在前；件数多了语句不多', async () => {
  for (let more = 0; more < 3; more += 1) await handed(two);
  const few = await statementsOf(() => apis.office.listCases({ limit: 3 }));
  const whole = await ids(apis.office, {});
  const seen: CaseRow[] = [];
  for (let after: string | undefined, more = true; more;) {
    const page = await apis.office.listCases({ limit: 3, ...(after !== undefined && { after }) });
    seen.push(...page.rows);
    [after, more] = [page.next ?? undefined, page.next !== null];
  }
  expect([seen.map(({ id }) => id), new Set(seen.map(({ id }) => id)).size]).toEqual([whole, whole.length]);
  const due = seen.map(({ holder: held }) => held?.due?.at ?? '9999');
  expect(due).toEqual(due.toSorted());
  expect(whole.length).toBeGreaterThan(8);
  // One more at most: of a page on which nothing waits for a rating no rating's deadline is asked for.
  expect(await statementsOf(() => apis.office.listCases({ limit: 100 }))).toBeLessThanOrEqual(few + 1);
});
