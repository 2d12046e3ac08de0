/** 交办 and 办理, over HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { HandlingView, SubmissionView } from '@lvzhi/contracts';
import { dateOf, timeOf } from '@lvzhi/domain';
import type { UnitRole } from '@lvzhi/domain';
import { AuditEntry } from '../../src/platform/audit.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { Assignment } from '../../src/platform/spine.entities.ts';
import { readTable } from '../../src/platform/tables.ts';
import { Handling } from '../../src/handling/handling.entity.ts';
import { holder, plainMember, proposal } from '../people.ts';
import { changeSetting } from '../setting.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember(3);
let server: Serving;
let apis: Record<'me' | 'second' | 'office' | 'head' | 'government' | 'party' | 'park' | 'plan' | 'build' | 'law' | 'admin', Api>;
/** Everybody signed in anew: after days nobody still is. */
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const desk = async (post: string, bodyId?: string, skip = 0) => server.with(await sessions.open(holder(post, bodyId, skip).id, 'desk'));
  const phone = async (id: string) => server.with(await sessions.open(id, 'phone'));
  apis = {
    me: await phone(author.id), second: await phone(plainMember(4).id), office: await desk('proposal_office', 'c-tian', 2), head: await desk('committee_head', 'c-shefa'), government: await desk('dispatch_government'), party: await desk('dispatch_party'),
    park: await desk('unit_supervisor', 'u-yuanlin'), plan: await desk('unit_clerk', 'u-guihua'), build: await desk('unit_clerk', 'u-zhujian'), law: await desk('unit_clerk', 'u-zhengfawei'), admin: await desk('system_admin'),
  };
}
beforeAll(async () => {
  server = await serving();
  await enter();
});
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
async function after(days: number, work: () => Promise<void>): Promise<void> {
  for (const step of [days, -days]) { server.clock.shift(step * 86_400_000); await enter(); if (step === days) await work(); }
}
let number = 0;
async function filed(api = apis.me): Promise<SubmissionView> {
  const { doc } = await api.submit(proposal({ title: `关于第${number += 1}处口袋公园的建议`, wish: 'ask' }));
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  return (await apis.office.fileProposal(on(reviewed))).doc;
}
const sole = [{ unitId: 'u-yuanlin', role: 'sole' as const }];
const three = [{ unitId: 'u-yuanlin', role: 'lead' as const }, { unitId: 'u-guihua', role: 'assist' as const }, { unitId: 'u-zhujian', role: 'assist' as const }];
async function handed(units: readonly { unitId: string; role: UnitRole }[] = sole, doc?: SubmissionView): Promise<SubmissionView> {
  const { doc: planned } = await apis.office.planUnits({ ...on(doc ?? await filed()), units: [...units], note: '' });
  return (await apis.government.handOver(on(planned))).doc;
}
/** This unit's part in the case, as it now stands. */
async function part(api: Api, doc: SubmissionView): Promise<HandlingView> {
  const row = (await api.listHandlings({ limit: 100 })).rows.find((it) => it.proposal.id === doc.id);
  return api.showHandling({ id: row?.id ?? 'none' });
}
const signed = async (api: Api, doc: SubmissionView): Promise<HandlingView> => (await api.signFor(on(await part(api, doc)))).doc;
const when = (at: string | undefined) => (at === undefined ? '' : `${dateOf(new Date(at))} ${timeOf(new Date(at))}`);

test('立案以后提案委拟定承办单位，市政府办交办，承办单位才看得到；提案人看到在谁手里、到什么时候', async () => {
  const doc = await filed();
  expect(doc.holder).toMatchObject({ words: '提案委办公室', action: '拟定承办单位' });
  await expect(apis.park.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  await expect(apis.office.planUnits({ ...on(doc), units: [{ unitId: 'u-yuanlin', role: 'lead' }], note: '' })).rejects.toMatchObject({ status: 400, refusal: { fields: { units: '只有一个单位的请选独办' } } });
  const { doc: planned } = await apis.office.planUnits({ ...on(doc), units: three, note: '请园林局牵头' });
  expect([planned.stateWords, planned.holder?.words, planned.holder?.action]).toEqual(['待交办', '市政府办', '交办']);
  await expect(apis.party.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  await expect(apis.park.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect((await apis.government.listTasks({ box: 'handling' })).rows.map(({ docId }) => docId)).toContain(doc.id);
  const { doc: done, undo } = await apis.government.handOver(on(planned));
  expect([done.stateWords, undo, done.handling?.parts.map(({ unit, roleWords, stateWords }) => `${unit.id} ${roleWords} ${stateWords}`)]).toEqual(['办理中', null, ['u-yuanlin 主办 待签收', 'u-guihua 会办 待签收', 'u-zhujian 会办 待签收']]);
  server.clock.shift(1_000);
  const mine = await apis.me.show({ id: doc.id });
  expect([mine.holder?.words, mine.holder?.action, when(mine.handling?.parts[0]?.reply?.at)]).toEqual(['市园林和林业局', '签收', '2022-10-21 17:30']);
  expect((await apis.me.listNotices({})).rows[0]).toMatchObject({ head: '提案已交办' });
  expect((await apis.park.listNotices({})).rows[0]).toMatchObject({ head: '有 1 件提案要签收', kind: 'handling' });
  expect((await apis.park.listTasks({ box: 'handling' })).rows[0]).toMatchObject({ kind: 'handling', actionWords: '签收' });
  expect((await apis.park.list({ kind: 'proposal' })).rows.map(({ id }) => id)).toContain(doc.id);
  expect((await apis.build.findDocuments({ query: '口袋公园' })).rows.map(({ id }) => id)).toContain(doc.id);
});

test('trap 9: 没有人能登录的单位，拟定不了，说得出是哪个单位、为什么', async () => {
  const doc = await filed();
  await expect(apis.office.planUnits({ ...on(doc), units: [{ unitId: 'u-gongjijin', role: 'sole' }], note: '' })).rejects.toMatchObject({ status: 400, refusal: { fields: { units: '市公积金中心还没有经办人，不能交办' } } });
});

test('市政府办可以退回重拟，退回以后看不到了，提案委看得到理由', async () => {
  const { doc: planned } = await apis.office.planUnits({ ...on(await filed()), units: sole, note: '' });
  const { doc: back } = await apis.government.returnPlan({ ...on(planned), note: '应由城管局主办' });
  expect([back.state, back.holder?.words]).toEqual(['filed', '提案委办公室']);
  expect((await apis.office.show({ id: back.id })).timeline.at(-1)).toMatchObject({ words: '退回重拟', note: '应由城管局主办' });
  await expect(apis.government.show({ id: back.id })).rejects.toMatchObject({ status: 404 });
});

test('签收后开始办理；五个工作日内可以申请改办，写明理由和建议单位，自己转不出去', async () => {
  const doc = await handed();
  const it = await signed(apis.park, doc);
  expect([it.stateWords, it.holder?.action, when(it.holder?.due?.at), when(it.objectBy?.at)]).toEqual(['办理中', '办理答复', '2022-10-21 17:30', '2022-07-28 17:30']);
  expect(it.holder?.due?.explanation).toBe('从 7月21日 09:40 起算 3 个月，到 10月21日 17:30。这件提案最长到 2023年1月21日。');
  expect(it.can).not.toContain('reassign');
  await expect(apis.park.reassign({ ...on(it), unitId: 'u-zhujian', note: '' })).rejects.toMatchObject({ status: 403 });
  await expect(apis.park.askReassign({ ...on(it), note: '属住建局职责', unitId: 'u-yuanlin' })).rejects.toMatchObject({ status: 400, refusal: { fields: { unitId: '建议的单位不能是本单位' } } });
  await after(9, () => expect(apis.park.askReassign({ ...on(it), note: '属住建局职责', unitId: 'u-zhujian' })).rejects.toMatchObject({ status: 409, refusal: { reason: '已经过了申请改办的期限，请按交办办理' } }));
});

test('trap 8、10：同意改办，原单位不再看到提案，新单位时钟重来、最长期限不变；文字说的是哪个单位', async () => {
  const doc = await handed();
  const first = await part(apis.park, doc);
  const { doc: asked } = await apis.park.askReassign({ ...on(first), note: '属住建局职责', unitId: 'u-zhujian' });
  expect([asked.stateWords, asked.holder?.words, when(asked.holder?.due?.at), asked.asked]).toMatchObject(['申请改办', '市政府办', '2022-07-28 17:30', { what: 'reassign', note: '属住建局职责', unit: { short: '市住建局' } }]);
  await expect(apis.park.signFor(on(asked))).rejects.toMatchObject({ status: 409, refusal: { reason: '正在申请改办，请等交办单位答复' } });
  await expect(apis.party.reassign({ ...on(asked), unitId: 'u-zhujian', note: '' })).rejects.toMatchObject({ status: 404 });
  await after(4, async () => {
    const { doc: gone } = await apis.government.reassign({ ...on(asked), unitId: 'u-zhujian', note: '' });
    expect([gone.stateWords, gone.timeline.at(-1)?.note]).toEqual(['已改办', '改由市住建局']);
    await expect(apis.park.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
    expect((await apis.park.showHandling({ id: gone.id })).doc).toBeNull();
    const next = await part(apis.build, doc);
    expect([when(next.reply?.at), next.holder?.action]).toEqual(['2022-10-25 17:30', '签收']);
    const mine = await apis.me.show({ id: doc.id });
    expect([when(mine.handling?.capAt), mine.handling?.parts.map(({ unit }) => unit.id), mine.timeline.at(-1)?.words]).toEqual(['2023-01-21 17:30', ['u-zhujian'], '更换承办单位：市园林和林业局改为市住建局']);
  });
});

test('不同意改办的，理由给承办单位看，时钟重来，不能再申请', async () => {
  const { doc: asked } = await apis.park.askReassign({ ...on(await part(apis.park, await handed())), note: '不属我局职责', unitId: 'u-zhujian' });
  const { doc: kept } = await apis.government.refuseReassign({ ...on(asked), note: '绿地管养是园林局职责' });
  expect([kept.stateWords, kept.holder?.words, kept.timeline.at(-1)?.note]).toEqual(['待签收', '市园林和林业局', '绿地管养是园林局职责']);
  const it = (await apis.park.signFor(on(kept))).doc;
  await expect(apis.park.askReassign({ ...on(it), note: '还是不办', unitId: 'u-zhujian' })).rejects.toMatchObject({ status: 409, refusal: { reason: '交办单位已经答复不改办，请按交办办理' } });
});

test('五十家同时答复一件改办，只有一次成功，只多一个承办单位', async () => {
  const doc = await handed();
  const { doc: asked } = await apis.park.askReassign({ ...on(await part(apis.park, doc)), note: '属住建局职责', unitId: 'u-zhujian' });
  const tries = Array.from({ length: 50 }, (_, index) => () => (index % 2 === 0 ? apis.government.reassign({ ...on(asked), unitId: 'u-zhujian', note: '' }) : apis.government.refuseReassign({ ...on(asked), note: '还是你们办' })));
  const answers = await Promise.allSettled(tries.map((attempt) => attempt()));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const parts = await server.database.read((manager) => manager.findBy(Handling, { proposalId: doc.id }));
  expect([[1], [1, 1]].map((it) => it.length)).toContain(parts.length);
  expect(parts.filter(({ state }) => state !== 'reassigned')).toHaveLength(1);
});

test('会办单位把意见提给主办，主办看得到，提案人看不到', async () => {
  const doc = await handed(three);
  await signed(apis.park, doc);
  const assist = await signed(apis.plan, doc);
  expect([assist.reply, assist.holder?.action, when(assist.holder?.due?.at)]).toEqual([null, '提会办意见', '2022-08-20 17:30']);
  const { doc: done } = await apis.plan.giveOpinion({ ...on(assist), note: '同意布点，边角地权属由我局核实。' });
  expect([done.stateWords, done.holder]).toEqual(['已提会办意见', null]);
  server.clock.shift(1_000);
  expect((await apis.park.listNotices({})).rows[0]).toMatchObject({ head: '会办单位提了意见' });
  const opinions = async (api: Api) => (await api.show({ id: doc.id })).handling?.parts.map(({ opinion }) => opinion?.note ?? null);
  expect([await opinions(apis.park), await opinions(apis.me)]).toEqual([[null, '同意布点，边角地权属由我局核实。', null], [null, null, null]]);
  await expect(apis.park.giveOpinion({ ...on(await part(apis.park, doc)), note: '主办的意见' })).rejects.toMatchObject({ status: 409, refusal: { reason: '只有会办单位提会办意见' } });
});

test('面商由承办单位登记，提案人在手机上确认或否认；并案的每位提案人各答各的，别人替不了', async () => {
  const [main, merged] = [await filed(), await filed(apis.second)];
  const { doc: joined } = await apis.office.merge({ ...on(merged), mainId: main.id, note: '' });
  const doc = await handed(sole, await apis.office.show({ id: main.id }));
  const it = await signed(apis.park, doc);
  const talk = { on: '2022-07-21', form: 'meeting', people: '施国华、提案人', gist: '到现场看了三处边角地，商定先建两处。' };
  await expect(apis.park.recordTalk({ ...on(it), ...talk, on: '2022-07-22' })).rejects.toMatchObject({ status: 400, refusal: { fields: { on: '面商日期不能晚于今天' } } });
  await expect(apis.park.recordTalk({ ...on(it), ...talk, form: 'letter' })).rejects.toMatchObject({ status: 400 });
  const { doc: told } = await apis.park.recordTalk({ ...on(it), ...talk });
  expect([told.talks, told.talkBy]).toEqual([1, null]);
  server.clock.shift(1_000);
  for (const api of [apis.me, apis.second]) expect((await api.listNotices({})).rows[0]).toMatchObject({ head: '请确认面商记录', kind: 'handling' });
  expect((await apis.second.listNotices({})).rows[0]?.docId).toBe(joined.id);
  const [mine, theirs] = [(await apis.me.show({ id: main.id })).handling?.talks[0], (await apis.second.show({ id: joined.id })).handling?.talks[0]];
  expect([mine?.mine, theirs?.mine, theirs?.gist]).toEqual(['asked', 'asked', talk.gist]);
  const yes = await apis.me.confirmTalk({ id: mine?.id ?? '', version: mine?.version ?? 0 });
  expect(yes.doc.handling?.talks[0]?.mine).toBe('confirmed');
  await expect(apis.me.denyTalk({ id: mine?.id ?? '', version: yes.doc.handling?.talks[0]?.version ?? 0, note: '' })).rejects.toMatchObject({ status: 409 });
  const no = await apis.second.denyTalk({ id: theirs?.id ?? '', version: yes.doc.handling?.talks[0]?.version ?? 0, note: '没有联系过我' });
  expect(no.doc.id).toBe(joined.id);
  expect((await apis.park.showHandling({ id: told.id })).doc?.handling?.talks[0]?.answers.map(({ words, note }) => `${words}${note}`)).toEqual(['确认属实', '否认没有联系过我']);
  await expect((await server.as(plainMember(6).id)).confirmTalk({ id: mine?.id ?? '', version: 0 })).rejects.toMatchObject({ status: 404 });
});

test('延期只能一次，一个月，不过最长期限；提案人看得到新的期限和怎么来的', async () => {
  const it = await signed(apis.park, await handed());
  const { doc: asked } = await apis.park.askExtension({ ...on(it), note: '专项规划待审' });
  expect([asked.stateWords, asked.holder?.words, asked.asked?.what]).toEqual(['申请延期', '市政府办', 'extension']);
  const { doc: longer } = await apis.government.allowExtension({ ...on(asked), note: '' });
  expect([when(longer.holder?.due?.at), longer.extended]).toEqual(['2022-11-21 17:30', true]);
  expect(longer.holder?.due?.explanation).toBe('从 7月21日 09:40 起算 3 个月，到 10月21日 17:30。这件提案最长到 2023年1月21日。7月21日同意延期 1 个月，从 10月21日 延到 11月21日。');
  await expect(apis.park.askExtension({ ...on(longer), note: '再延一个月' })).rejects.toMatchObject({ status: 409, refusal: { reason: '已经延期过一次，不能再延' } });
  expect(when((await apis.me.show({ id: it.proposal.id })).holder?.due?.at)).toBe('2022-11-21 17:30');
});

test('trap 30: 增加一天假，正在走的签收、改办、面商期限都顺延，记进经过；按月算的答复期限不动，按工作日算的跟着动，但不过最长期限', async () => {
  const doc = await handed();
  await changeSetting(server, 'deadline.handling.reply', { workdays: 60 });
  const counted = await handed();
  await changeSetting(server, 'deadline.handling.reply', { workdays: 400 });
  const atCap = await handed();
  for (const it of [counted, atCap]) await signed(apis.park, it);
  await changeSetting(server, 'deadline.handling.reply', { months: 3 });
  const before = await part(apis.park, doc);
  expect([when(before.holder?.due?.at), when(before.objectBy?.at), when(before.reply?.at)]).toEqual(['2022-07-26 17:30', '2022-07-28 17:30', '2022-10-21 17:30']);
  const { days, provisional, seen } = await apis.admin.showCalendar({ year: 2022 });
  const [running, capped] = [await part(apis.park, counted), await part(apis.park, atCap)];
  const { rows } = await apis.admin.saveCalendar({ year: 2022, key: 'handling-flood-day', seen, provisional, days: [...days, { on: '2022-07-25', kind: 'rest', name: '防汛停工' }], why: '防汛停工一天' });
  const after = await part(apis.park, doc);
  expect([when(after.holder?.due?.at), when(after.objectBy?.at), when(after.reply?.at)]).toEqual(['2022-07-27 17:30', '2022-07-29 17:30', '2022-10-21 17:30']);
  expect(after.holder?.due?.explanation).toContain('跳过周末 2 天，跳过防汛停工 1 天');
  expect(after.timeline.filter(({ words }) => words === '期限重算').map(({ note }) => note)).toEqual(['放假安排有变，期限从 7月26日 17:30 改到 7月27日 17:30', '放假安排有变，申请改办的期限从 7月28日 17:30 改到 7月29日 17:30', '放假安排有变，办前面商的期限从 8月11日 17:30 改到 8月12日 17:30']);
  const [moved, kept] = [await part(apis.park, counted), await part(apis.park, atCap)];
  expect([when(running.reply?.at), when(moved.reply?.at), moved.holder?.due?.at]).toEqual(['2022-10-19 17:30', '2022-10-20 17:30', moved.reply?.at]);
  expect(moved.reply?.explanation).toMatch(/跳过防汛停工 1 天.*最长到 2023年1月21日/);
  expect([kept.reply?.at, when(kept.reply?.at)]).toEqual([capped.reply?.at, '2023-01-21 17:30']);
  expect(moved.doc?.handling?.cap).toMatchObject({ explanation: expect.stringMatching(/^从 7月21日 .* 起算 6 个月，到 2023年1月21日 17:30。$/) });
  // The list of what was moved calls each by its case and unit.
  expect(rows.filter(({ number: it }) => it === `${doc.receiptNo ?? ''} 市园林和林业局`).map(({ action }) => action).sort()).toEqual(['办前面商的期限', '申请改办的期限', '签收']);
});

test('办理中申请撤案，提案委同意后各单位停办，不再看到提案，待办也没有了', async () => {
  const doc = await handed(three);
  const lead = await signed(apis.park, doc);
  const { doc: asked } = await apis.me.askDrop({ ...on(await apis.me.show({ id: doc.id })), note: '已经解决' });
  expect(asked.stateWords).toBe('办理中，申请撤案');
  expect((await apis.office.allowDrop(on(asked))).doc.state).toBe('dropped');
  server.clock.shift(1_000);
  expect((await apis.park.listNotices({})).rows[0]).toMatchObject({ head: '停办通知' });
  expect((await apis.park.showHandling({ id: lead.id })).stateWords).toBe('已停办');
  await expect(apis.park.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect(await server.database.read((manager) => manager.countBy(Assignment, { docId: lead.id, isOpen: 1 }))).toBe(0);
});

test('办理台账：单位导出自己的，交办单位导出本系统的，没有号码和还没有送达的答复；每次记入审计', async () => {
  const doc = await handed(three);
  await signed(apis.park, doc);
  const take = async (post: string, bodyId: string | undefined, query = '') => {
    const answer = await fetch(`${server.url}/api/handlings/export${query}`, { headers: { authorization: `Bearer ${await server.app.get(Sessions).open(holder(post, bodyId).id, 'desk')}` } });
    return { status: answer.status, rows: answer.status === 200 ? readTable(Buffer.from(await answer.arrayBuffer()))[0]?.rows ?? [] : [] };
  };
  const [own, side, party] = [await take('unit_clerk', 'u-guihua'), await take('dispatch_government', undefined, '?unitId=u-yuanlin'), await take('dispatch_party', undefined)];
  const listed = (await apis.plan.listHandlings({ limit: 100 })).rows;
  expect([own.rows[0]?.slice(0, 6), own.rows.length - 1, new Set(own.rows.slice(1).map((row) => row[3]))]).toEqual([['案号', '案由', '提案人', '承办单位', '办理方式', '状态'], listed.length, new Set(['市城乡规划局'])]);
  expect(side.rows.find((row) => row[1] === doc.title)).toEqual(expect.arrayContaining([doc.caseNo, '市园林和林业局', '主办', '办理中', '2022-07-21']));
  expect(party.rows.some((row) => row[1] === doc.title)).toBe(false);
  expect(JSON.stringify([own.rows, side.rows])).not.toContain(author.phone);
  expect((await take('system_admin', undefined)).status).toBe(403);
  expect((await server.database.read((manager) => manager.findBy(AuditEntry, { kind: 'documents.exported' }))).filter(({ detail }) => detail['what'] === 'handlings')).toHaveLength(3);
});

test('党委系统的单位由市委办交办，两个系统的单位在一件里，两家都看得到', async () => {
  const { doc: planned } = await apis.office.planUnits({ ...on(await filed()), units: [{ unitId: 'u-zhengfawei', role: 'lead' }, { unitId: 'u-yuanlin', role: 'assist' }], note: '' });
  await expect(apis.government.handOver(on(planned))).rejects.toMatchObject({ status: 404 });
  const { doc } = await apis.party.handOver(on(planned));
  expect((await part(apis.law, doc)).holder?.action).toBe('签收');
  expect((await apis.government.show({ id: doc.id })).id).toBe(doc.id);
  expect((await apis.government.listHandlings({ limit: 100 })).rows.filter(({ proposal: { id } }) => id === doc.id).map(({ unit }) => unit.id)).toEqual(['u-yuanlin']);
});
