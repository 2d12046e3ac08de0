import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { VisitView } from '@lvzhi/contracts';
import { instantOf } from '@lvzhi/domain';
import { AuditEntry } from '../src/platform/audit.ts';
import { Directory } from '../src/platform/directory.ts';
import { Move } from '../src/platform/journal.ts';
import { CreditEntry } from '../src/platform/spine.entities.ts';
import { readTable } from '../src/platform/tables.ts';
import { PlanningService } from '../src/visits/planning.service.ts';
import { Visit } from '../src/visits/visit.entity.ts';
import { holder, plainMember } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Serving } from './serving.ts';

const [chair, viceChair, otherViceChair, thirdViceChair] = [holder('chair').id, holder('vice_chair').id, holder('vice_chair', undefined, 1).id, holder('vice_chair', undefined, 2).id];
/** Two desks of the 委工委, the second without any other post. */
const [head, office] = [holder('member_affairs').id, holder('member_affairs', undefined, 2).id];
const second = 1_000;

let house: Serving;
let [keys, members] = [0, 0];
const key = () => `visit-key-${keys += 1}`;
/** A member whom nobody visits yet. */
const aMember = (): string => plainMember((members += 1) - 1).id;
const at = (on: string, time: string) => instantOf(on, time).toISOString();
/** What happens at another hour; then the clock goes back for the next test. */
const atHour = async (instant: string, work: () => Promise<void>) => {
  const before = house.clock.now().toISOString();
  house.clock.set(instant);
  try { await work(); } finally { house.clock.set(before); }
};
const plan = (memberIds: string[], more: object = {}) => ({
  key: key(), memberIds, leaderIds: [chair], startsAt: at('2022-07-26', '09:30'), minutes: 40, form: 'talk', place: '市政协 302 会议室', videoLink: '', topics: ['界别群众的主要诉求'], replyBy: at('2022-07-25', '18:00'), ...more,
});
const visitOf = async (memberId: string): Promise<VisitView> => {
  const { rows } = await (await house.as(memberId)).listVisits({});
  return (await house.as(memberId)).showVisit({ id: rows.at(-1)?.id ?? '' });
};
const arranged = async (memberId: string, more: object = {}): Promise<VisitView> => {
  await (await house.as(office)).createVisit(plan([memberId], more));
  return visitOf(memberId);
};
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const refusalOf = async (asked: Promise<unknown>): Promise<RefusedByServer> => {
  const error: unknown = await asked.then(() => { throw new Error('It was allowed.'); }, (it: unknown) => it);
  if (!(error instanceof RefusedByServer)) throw error;
  return error;
};

beforeAll(async () => { house = await serving(); }, 60_000);
afterAll(() => house.close());

test('委工委安排走访，委员收到写明时间、地点和走访人的通知，并且必须回复', async () => {
  const [first, another] = [aMember(), aMember()];
  expect(await (await house.as(office)).createVisit(plan([first, another]))).toMatchObject({ count: 2 });
  const visit = await visitOf(first);
  expect(visit).toMatchObject({ state: 'notified', stateWords: '待回复', whenWords: '7月26日 星期二 9:30', place: '市政协 302 会议室', minutes: 40, form: { code: 'talk', name: '座谈' }, topics: ['界别群众的主要诉求'], can: ['confirm', 'propose'], proposed: null });
  expect(visit.leaders.map(({ id }) => id)).toEqual([chair]);
  expect(visit.due?.at).toBe(at('2022-07-25', '18:00'));
  expect(visit.holder).toMatchObject({ words: '您本人', action: '回复走访通知' });
  expect(Object.values(visit.contact).every((it) => it !== '')).toBe(true);
  const { rows: [notice] } = await (await house.as(first)).listNotices({});
  expect(notice).toMatchObject({ kind: 'visit', docId: visit.id, answer: 'awaited', head: '走访通知' });
  expect(notice?.body).toContain('7月26日 星期二 9:30，市政协 302 会议室，主席 梁承志');
});

test('委员一次点击确认；撤销以后通知又等待回复', async () => {
  const member = aMember();
  const me = await house.as(member);
  const { doc, undo } = await me.confirmVisit(on(await arranged(member)));
  expect(doc).toMatchObject({ state: 'confirmed', due: null, holder: { words: '委工委', action: '走访' } });
  expect((await me.listNotices({})).rows[0]?.answer).toBe('given');
  expect((await (await house.as(office)).showVisit({ id: doc.id })).due?.at).toBe(doc.startsAt);
  const back = await me.undoVisit({ id: doc.id, moveId: undo?.moveId ?? '' });
  expect(back.doc).toMatchObject({ state: 'notified', can: ['confirm', 'propose'], holder: { words: '您本人' } });
  expect(back.doc.timeline.map(({ words }) => words)).toEqual(['发通知']);
  expect((await me.listNotices({})).rows[0]?.answer).toBe('awaited');
});

test('十秒以后不能再撤销', async () => {
  const member = aMember();
  const me = await house.as(member);
  const { doc, undo } = await me.confirmVisit(on(await arranged(member)));
  house.clock.shift(11 * second);
  expect(await refusalOf(me.undoVisit({ id: doc.id, moveId: undo?.moveId ?? '' }))).toMatchObject({ status: 409, refusal: { action: 'undo', reason: expect.stringContaining('超过') } });
});

test('同一次确认发两遍只算一次', async () => {
  const member = aMember();
  const me = await house.as(member);
  const visit = await arranged(member);
  const tap = { ...on(visit), key: key() };
  const answers = await Promise.all([me.confirmVisit(tap), me.confirmVisit(tap), me.confirmVisit(tap)]);
  expect(answers.map(({ doc }) => [doc.state, doc.version])).toEqual([['confirmed', 2], ['confirmed', 2], ['confirmed', 2]]);
  expect(await house.database.read((manager) => manager.countBy(Move, { docId: visit.id }))).toBe(2);
});

test('委员提出改期，委工委同意；时间、形式照提出的，没有地点就要补', async () => {
  const member = aMember();
  const [me, clerk] = [await house.as(member), await house.as(office)];
  const visit = await arranged(member, { form: 'video', place: '', videoLink: '会议号 123 456' });
  const { doc: asked } = await me.proposeVisit({ ...on(visit), startsAt: at('2022-07-28', '15:00'), form: 'site', note: '当天在厂里，欢迎来看生产线' });
  expect(asked).toMatchObject({ state: 'proposed', whenWords: '7月26日 星期二 9:30', proposed: { whenWords: '7月28日 星期四 15:00', form: { code: 'site' }, note: '当天在厂里，欢迎来看生产线' }, holder: { words: '委工委', action: '安排改期' } });
  house.clock.shift(11 * second);
  expect((await clerk.listTasks({ box: 'visits' })).rows.some(({ docId }) => docId === visit.id)).toBe(true);
  expect(await refusalOf(clerk.agreeVisit(on(asked)))).toMatchObject({ status: 400, refusal: { fields: { place: '请填写地点' } } });
  const { doc } = await clerk.agreeVisit({ ...on(asked), place: '委员企业会议室' });
  expect(doc).toMatchObject({ state: 'agreed', whenWords: '7月28日 星期四 15:00', form: { code: 'site' }, place: '委员企业会议室', videoLink: null, proposed: null });
  expect(await house.database.read((manager) => manager.findOneBy(Visit, { id: visit.id }))).toMatchObject({ proposedAt: null, proposedForm: null, proposedNote: null });
  house.clock.shift(11 * second);
  expect((await me.listNotices({})).rows[0]).toMatchObject({ head: '改期已同意', answer: 'none' });
});

test('撤销另定时间，时间、形式、地点、链接和委员提出的内容都回到原样', async () => {
  const member = aMember();
  const [me, clerk] = [await house.as(member), await house.as(office)];
  const visit = await arranged(member, { form: 'video', place: '', videoLink: '会议号 123 456' });
  const { doc: asked } = await me.proposeVisit({ ...on(visit), startsAt: at('2022-07-28', '15:00'), note: '上午有课' });
  const { doc: moved, undo } = await clerk.rescheduleVisit({ ...on(asked), startsAt: at('2022-08-02', '09:00'), minutes: 60, form: 'home', place: '委员家中', replyBy: at('2022-08-01', '12:00') });
  expect(moved).toMatchObject({ state: 'notified', whenWords: '8月2日 星期二 9:00', minutes: 60, place: '委员家中', videoLink: null, proposed: null, replyBy: at('2022-08-01', '12:00') });
  const { doc: back } = await clerk.undoVisit({ id: visit.id, moveId: undo?.moveId ?? '' });
  const { startsAt, minutes, form, place, videoLink, replyBy, proposed, state } = asked;
  expect(back).toMatchObject({ startsAt, minutes, form, place, videoLink, replyBy, proposed, state });
  expect(await me.showVisit({ id: visit.id })).toMatchObject({ startsAt, place, videoLink, proposed, state });
  house.clock.shift(11 * second);
  expect((await me.listNotices({})).rows).toHaveLength(1);
});

test('另定的时间委员重新确认，新旧通知一起算已回复', async () => {
  const member = aMember();
  const [me, clerk] = [await house.as(member), await house.as(office)];
  const { doc: moved } = await clerk.rescheduleVisit({ ...on(await arranged(member)), startsAt: at('2022-07-27', '10:00'), form: 'talk', place: '镇委员工作室', replyBy: at('2022-07-25', '12:00') });
  house.clock.shift(11 * second);
  expect((await me.listNotices({ filter: 'unanswered' })).rows.length).toBeGreaterThan(0);
  expect((await me.confirmVisit(on(moved))).doc).toMatchObject({ state: 'confirmed', place: '镇委员工作室' });
  expect((await me.listNotices({ filter: 'unanswered' })).rows).toEqual([]);
});

test('取消写明理由，委员看得到；日志里没有任何文字', async () => {
  const member = aMember();
  const [me, clerk] = [await house.as(member), await house.as(office)];
  const visit = await arranged(member, { place: '很少见的地点' });
  const { doc } = await clerk.cancelVisit({ ...on(visit), reason: '领导临时外出，另行安排' });
  expect(doc).toMatchObject({ state: 'cancelled', can: [], holder: null, due: null });
  expect((await me.showVisit({ id: visit.id })).timeline.at(-1)).toMatchObject({ words: '取消走访', note: '领导临时外出，另行安排', who: expect.stringMatching(/^委工委 /) });
  const moves = await house.database.read((manager) => manager.findBy(Move, { docId: visit.id }));
  expect(JSON.stringify(moves.map(({ detail }) => detail))).not.toMatch(/\p{Script=Han}/u);
  expect((await clerk.findMembers({ query: doc.member.name })).rows.find(({ id }) => id === member)?.visit).toBeNull();
});

test('取消以后委员又有了新安排，旧的取消就不能撤销', async () => {
  const member = aMember();
  const clerk = await house.as(office);
  const { doc, undo } = await clerk.cancelVisit({ ...on(await arranged(member)), reason: '委员出差' });
  await clerk.createVisit(plan([member]));
  expect(await refusalOf(clerk.undoVisit({ id: doc.id, moveId: undo?.moveId ?? '' }))).toMatchObject({ status: 409, refusal: { action: 'undo' } });
});

test('走访之前不能登记；走访之后走访人登记，委员记一次接受走访，撤销即作废', async () => {
  const member = aMember();
  const [me, leader] = [await house.as(member), await house.as(chair)];
  const { doc: sure } = await me.confirmVisit(on(await arranged(member)));
  expect(sure.can).not.toContain('record');
  expect(await refusalOf(leader.recordVisit(on(sure)))).toMatchObject({ status: 409, refusal: { action: 'record', reason: '走访还没有开始，走访之后再登记' } });
  const credits = () => house.database.read((manager) => manager.findBy(CreditEntry, { evidenceId: sure.id }));
  await atHour(at('2022-07-26', '10:20'), async () => {
    expect((await me.showVisit({ id: sure.id })).can).toEqual([]);
    const { doc, undo } = await leader.recordVisit(on(sure));
    expect(doc).toMatchObject({ state: 'visited', stateWords: '已走访' });
    expect(await credits()).toMatchObject([{ personId: member, item: 'visit.attended', voidedBy: null }]);
    await leader.undoVisit({ id: sure.id, moveId: undo?.moveId ?? '' });
    expect((await credits()).map(({ voidedBy }) => voidedBy === null)).toEqual([false]);
  });
});

test('约定时间过了，委员不能再确认或改期，委工委也不能同意过去的时间', async () => {
  const [late, proposer] = [aMember(), aMember()];
  const visit = await arranged(late);
  const { doc: asked } = await (await house.as(proposer)).proposeVisit({ ...on(await arranged(proposer)), startsAt: at('2022-07-24', '10:00') });
  await atHour(at('2022-07-26', '10:00'), async () => {
    expect(await refusalOf((await house.as(late)).confirmVisit(on(visit)))).toMatchObject({ status: 409, refusal: { action: 'confirm', reason: expect.stringContaining('时间已经过了') } });
    const clerk = await house.as(office);
    expect((await clerk.showVisit({ id: asked.id })).can).toEqual(['reschedule', 'cancel']);
    expect(await refusalOf(clerk.agreeVisit(on(asked)))).toMatchObject({ status: 409, refusal: { action: 'agree', reason: '委员提出的时间已经过了，请另定时间' } });
  });
});

test('同一个安排连点二十次，还是一批，每位委员一份', async () => {
  const members = [aMember(), aMember(), aMember()];
  const clerk = await house.as(office);
  const asked = plan(members);
  const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.createVisit(asked)));
  expect(new Set(answers.map(({ batchId }) => batchId)).size).toBe(1);
  expect(answers.every(({ count }) => count === 3)).toBe(true);
  expect(await house.database.read((manager) => manager.countBy(Visit, { requestKey: asked.key }))).toBe(3);
  for (const member of members) expect((await (await house.as(member)).listNotices({})).rows).toHaveLength(1);
});

test('二十个请求都在别人写完之前看过一遍，也还是一批', async () => {
  const posts = house.app.get(Directory).page.postsOf(office) ?? [];
  const asked = plan([aMember(), aMember()]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => house.app.get(PlanningService).create({ personId: office, posts, sessionId: 'test', surface: 'desk' }, asked)));
  expect(new Set(answers.map(({ batchId, count }) => `${batchId} ${count}`)).size).toBe(1);
  expect(await house.database.read((manager) => manager.countBy(Visit, { requestKey: asked.key }))).toBe(2);
});

test('两张办公桌同时约同一位委员，只成一份，另一张被告知是谁', async () => {
  const member = aMember();
  const [one, other] = [await house.as(office), await house.as(head)];
  const results = await Promise.allSettled([one, other].map((clerk) => clerk.createVisit(plan([member]))));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { refusal } = await refusalOf(one.createVisit(plan([member])));
  expect(refusal.fields?.['memberIds']).toContain((await visitOf(member)).member.name);
  expect(await house.database.read((manager) => manager.countBy(Visit, { memberId: member }))).toBe(1);
});

test('安排里的错处按栏目一次说全，一份也不写', async () => {
  const member = aMember();
  const clerk = await house.as(office);
  const wrong = plan([member, office], { leaderIds: [office], startsAt: at('2022-07-20', '09:00'), replyBy: at('2022-07-21', '09:00'), form: 'stroll', place: '' });
  const { status, refusal } = await refusalOf(clerk.createVisit(wrong));
  expect(status).toBe(400);
  expect(Object.keys(refusal.fields ?? {}).sort()).toEqual(['form', 'leaderIds', 'memberIds', 'place', 'replyBy', 'startsAt']);
  expect((await refusalOf(clerk.createVisit(plan([member], { replyBy: at('2022-07-26', '09:30') })))).refusal.fields).toEqual({ replyBy: '回复期限要早于走访时间' });
  expect((await refusalOf(clerk.createVisit(plan([chair])))).refusal.fields?.['memberIds']).toContain('梁承志是这次的走访人');
  expect(await house.database.read((manager) => manager.countBy(Visit, { memberId: member }))).toBe(0);
});

test('别的委员看不到也动不了这份走访，如同没有', async () => {
  const [member, stranger] = [aMember(), aMember()];
  const visit = await arranged(member);
  const other = await house.as(stranger);
  for (const ask of [() => other.showVisit({ id: visit.id }), () => other.confirmVisit(on(visit)), () => other.proposeVisit({ ...on(visit), startsAt: at('2022-07-28', '15:00') })]) expect((await refusalOf(ask())).status).toBe(404);
  expect((await refusalOf(other.createVisit(plan([stranger])))).status).toBe(403);
  expect((await refusalOf(other.coverage({}))).status).toBe(403);
  expect((await other.listVisits({})).rows).toEqual([]);
});

test('来不了的委员看到走访人都有空的时间，最多三个；走访人另有走访的不给；答复过的、别的委员的没有', async () => {
  const [member, other] = [aMember(), aMember()];
  const visit = await arranged(member, { leaderIds: [thirdViceChair], startsAt: at('2022-08-23', '09:30'), replyBy: at('2022-08-22', '18:00') });
  const api = await house.as(member);
  expect((await api.listFreeTimes({ id: visit.id })).rows).toEqual([['2022-08-24', '15:30', '8月24日 星期三 15:30'], ['2022-08-25', '09:30', '8月25日 星期四 9:30'], ['2022-08-26', '15:30', '8月26日 星期五 15:30']].map(([on = '', time = '', whenWords]) => ({ startsAt: at(on, time), whenWords })));
  await arranged(other, { leaderIds: [chair, thirdViceChair], startsAt: at('2022-08-24', '15:00'), replyBy: at('2022-08-22', '18:00') });
  expect((await api.listFreeTimes({ id: visit.id })).rows.map(({ whenWords }) => whenWords)).toEqual(['8月24日 星期三 9:30', '8月25日 星期四 9:30', '8月26日 星期五 15:30']);
  expect((await refusalOf((await house.as(other)).listFreeTimes({ id: visit.id }))).status).toBe(404);
  await api.confirmVisit(on(visit));
  const { can } = await api.showVisit({ id: visit.id });
  expect((await api.listFreeTimes({ id: visit.id })).rows.length).toBe(can.includes('propose') ? 3 : 0);
});

test('走访人只看到自己去的', async () => {
  const member = aMember();
  const visit = await arranged(member, { leaderIds: [viceChair] });
  const [goes, stays] = [await house.as(viceChair), await house.as(otherViceChair)];
  expect((await goes.listVisits({})).rows.map(({ id }) => id)).toEqual([visit.id]);
  expect((await goes.listVisits({ from: visit.startsAt })).rows.map(({ id }) => id)).toEqual([visit.id]);
  expect((await goes.listVisits({ from: '2022-12-31T00:00:00.000Z' })).rows).toEqual([]);
  expect((await goes.showVisit({ id: visit.id })).can).toEqual([]);
  expect((await stays.listVisits({})).rows).toEqual([]);
  expect((await refusalOf(stays.showVisit({ id: visit.id }))).status).toBe(404);
});

test('走访按时间先后列出，一页接一页不重不漏', async () => {
  const clerk = await house.as(office);
  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const { rows, next } = await clerk.listVisits({ limit: 4, ...(after !== undefined && { after }) });
    seen.push(...rows.map(({ startsAt, id }) => `${startsAt} ${id}`));
    if (next === null) break;
    after = next;
  }
  expect(seen).toEqual([...new Set(seen)].sort());
  expect(seen).toHaveLength(await house.database.read((manager) => manager.count(Visit)));
  expect((await clerk.listVisits({ state: 'cancelled' })).rows.every(({ state }) => state === 'cancelled')).toBe(true);
});

test('覆盖情况里每位委员恰好算一次', async () => {
  const [clerk, member] = [await house.as(office), aMember()];
  const before = await clerk.coverage({});
  const sum = ({ visited, confirmed, proposed, unanswered, unscheduled }: typeof before) => visited + confirmed + proposed + unanswered + unscheduled;
  expect(before).toMatchObject({ campaign: { title: '走访政协委员', fromOn: '2022-07-01' }, total: 260 });
  expect(sum(before)).toBe(260);
  const visit = await arranged(member);
  expect(await clerk.coverage({})).toEqual({ ...before, unanswered: before.unanswered + 1, unscheduled: before.unscheduled - 1 });
  const { doc } = await (await house.as(member)).confirmVisit(on(visit));
  expect(await clerk.coverage({})).toEqual({ ...before, confirmed: before.confirmed + 1, unscheduled: before.unscheduled - 1 });
  await clerk.cancelVisit({ ...on(doc), reason: '委员出差' });
  expect(await clerk.coverage({})).toEqual(before);
});

test('按姓名或界别找委员，只看还没有安排的', async () => {
  const clerk = await house.as(office);
  const member = aMember();
  const { member: { name, note } } = await arranged(member);
  expect((await clerk.findMembers({ query: name })).rows).toContainEqual({ id: member, name, note, visit: 'notified' });
  const sector = await clerk.findMembers({ query: note, limit: 100 });
  expect(sector.rows.every((it) => it.note.includes(note) || it.name.includes(note))).toBe(true);
  const { unscheduled } = await clerk.coverage({});
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const { rows, next } = await clerk.findMembers({ unscheduled: 'yes', limit: 100, ...(after !== undefined && { after }) });
    found.push(...rows.map(({ id }) => id));
    if (next === null) break;
    after = next;
  }
  expect(found).toHaveLength(unscheduled);
  expect(found).not.toContain(member);
});

test('可以带队走访的领导是十二位', async () => {
  const { rows } = await (await house.as(office)).listLeaders({});
  expect(rows).toHaveLength(12);
  expect(rows[0]).toMatchObject({ id: chair, name: '梁承志' });
});

test('视频走访可以先不填地点，通知里写形式', async () => {
  const member = aMember();
  await arranged(member, { form: 'video', place: '' });
  expect((await (await house.as(member)).listNotices({})).rows[0]?.body).toContain('视频走访，主席 梁承志');
});

test('走访安排导成表格：按现在的筛选，有改期要求，没有手机号和视频链接；领导只有自己的，委员导不出；导出记入审计', async () => {
  const member = aMember();
  const visit = await arranged(member, { videoLink: 'https://video.example/room', leaderIds: [viceChair] });
  await (await house.as(member)).proposeVisit({ ...on(visit), startsAt: at('2022-07-27', '15:00'), form: 'video', note: '=1+1 上午有课' });
  const file = async (id: string, query = '') => {
    const answer = await fetch(`${house.url}/api/visits/export${query}`, { headers: { authorization: `Bearer ${await house.tokenOf(id)}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, rows: answer.ok ? readTable(bytes)[0]?.rows ?? [] : [], bytes };
  };
  const whole = await file(office);
  const [head = [], ...rows] = whole.rows;
  expect(head).toEqual(['日期', '星期', '时间', '分钟', '委员', '界别', '走访人', '形式', '地点', '状态', '委员提出改到', '委员的说明', '请在何时前回复']);
  expect(rows).toHaveLength(await house.database.read((manager) => manager.count(Visit)));
  const line = rows.find((it) => it[4] === visit.member.name) ?? [];
  expect(line.slice(0, 4)).toEqual(['2022-07-26', '星期二', '09:30', '40']);
  expect(line.slice(9)).toEqual(['提出改期', expect.stringMatching(/^2022-07-27 15:00（视频/), '=1+1 上午有课', '2022-07-25 18:00']);
  expect(whole.bytes.toString('latin1')).not.toMatch(/<f>/);
  expect(JSON.stringify(whole.rows)).not.toMatch(/video\.example|1\d{10}/);
  const proposed = await file(office, '?state=proposed');
  expect(proposed.rows.slice(1).every((it) => it[9] === '提出改期') && proposed.rows.length > 1).toBe(true);
  expect((await file(viceChair)).rows.slice(1).every((it) => String(it[6]).includes(visit.leaders[0]?.name ?? '-'))).toBe(true);
  expect((await file(office, '?state=nothing')).status).toBe(400);
  expect((await file(member)).status).toBe(403);
  const entries = await house.database.read((manager) => manager.find(AuditEntry, { where: { kind: 'visits.exported' }, order: { happenedAt: 'ASC', id: 'ASC' } }));
  expect(entries.map(({ personId, detail }) => [personId, detail])).toContainEqual([office, { rows: proposed.rows.length - 1, cut: false, state: 'proposed', from: null }]);
});
