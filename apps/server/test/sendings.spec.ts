/** @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SendingBoard } from '@lvzhi/contracts';
import { instantOf } from '@lvzhi/domain';
import { Reminders } from '../src/notices/reminders.ts';
import { Sender } from '../src/notices/sender.ts';
import { AuditEntry } from '../src/platform/audit.ts';
import { readTable } from '../src/platform/tables.ts';
import { Delivery } from '../src/platform/delivery.entity.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { Probes } from '../src/platform/probes.ts';
import { formOf, holder, plainMember, report } from './people.ts';
import { mailing } from './mailing.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

const hour = 3_600_000;
let house: Serving;
let post: ReturnType<typeof mailing>;
let desk: Api;
let sender: Sender;
let reminders: Reminders;
let [members, keys] = [60, 0];
const member = () => plainMember(members += 1);
const at = (on: string, time: string) => instantOf(on, time).toISOString();
const stand = (on: string, time: string) => { house.clock.set(at(on, time)); };
const arranged = async (memberIds: string[], more: object = {}): Promise<string> => {
  const { batchId } = await desk.createVisit({ key: `sendings-${keys += 1}`, memberIds, leaderIds: [holder('chair').id], startsAt: at('2022-07-26', '09:30'), minutes: 40, form: 'talk', place: '竹园镇委员工作室', videoLink: '', topics: ['诉求'], replyBy: at('2022-07-25', '18:00'), ...more });
  return batchId;
};
const rowOf = (board: SendingBoard, personId: string) => board.rows.find(({ person }) => person.id === personId);
/** In a session of its own: weeks pass in these tests. */
const anew = async (personId: string) => house.with(await house.app.get(Sessions).open(personId, 'phone'));
const headsOf = async (personId: string) => (await (await anew(personId)).listNotices({ limit: 100 })).rows.map(({ head }) => head);
const visitOf = async (personId: string) => (await (await house.as(personId)).listVisits({})).rows.at(-1);
const confirm = async (personId: string) => { const visit = await visitOf(personId); return (await house.as(personId)).confirmVisit({ id: visit?.id ?? '', version: visit?.version ?? 0 }); };

beforeAll(async () => {
  house = await serving();
  post = mailing(house);
  [sender, reminders] = [house.app.get(Sender), house.app.get(Reminders)];
  await post.fresh();
  desk = await house.as(holder('member_affairs', undefined, 2).id);
});
afterAll(() => house.close());

test('送达情况：谁看了、谁收到没看、谁没送到为什么；委员一确认，这一行就变', async () => {
  const [reader, wechat, sms, nobody] = [member(), member(), member(), member()];
  for (const it of [reader, wechat]) { await post.bind(it.id, it.phone); await post.allow(it.id, 'visit'); }
  await post.bind(nobody.id, '13800000000');
  const id = await arranged([reader, wechat, sms, nobody].map((it) => it.id));
  expect((await desk.foreseeReach({ memberIds: [reader.id, wechat.id, sms.id, nobody.id] }))).toEqual({ wechat: 2, spent: 1, unbound: 1, sms: true, own: null });
  expect((await desk.showSending({ id })).rows.map(({ reach }) => reach)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  await post.control('faults', { match: { path: '/__sms/', nth: 2 }, action: { kind: 'errcode', errcode: 1 } });
  await sender.runDue();
  await sender.runDue();
  await house.wechat.settled();
  const board = await desk.showSending({ id });
  expect(board).toMatchObject({ total: 4, read: 0, arrived: 3, failed: 1, answered: 0, open: 4, title: expect.stringMatching(/^走访通知 · 7月26日 .+等 4 位$/), channels: [{ channel: 'wechat', out: 2, arrived: 2, failed: 2 }, { channel: 'sms', out: 1, failed: 1 }] });
  const table = await fetch(`${house.url}/api/sendings/${id}/export`, { headers: { authorization: `Bearer ${await house.tokenOf(holder('member_affairs', undefined, 2).id)}` } });
  const [head, ...lines] = readTable(Buffer.from(await table.arrayBuffer()))[0]?.rows ?? [];
  expect([head?.slice(0, 4), lines.map((line) => line[0]), lines[0]?.slice(3, 5)]).toEqual([['委员', '界别、单位职务', '手机', '送达'], board.rows.map(({ person }) => person.name), ['没送到', '短信']]);
  expect([reader, wechat, sms].filter((it) => JSON.stringify(lines).includes(it.phone))).toEqual([]);
  expect((await house.database.read((manager) => manager.findBy(AuditEntry, { kind: 'documents.exported', subjectId: id }))).map(({ detail }) => detail)).toEqual([{ what: 'sending', rows: 4, cut: false }]);
  expect(board.rows[0]).toMatchObject({ reach: 'failed', words: '没送到', channel: '短信', reason: '短信达到当天上限' });
  expect([rowOf(board, sms.id)?.lacks, rowOf(board, wechat.id)?.lacks, board.channels[0]?.unable]).toEqual([['微信：没有绑定微信'], [], 2]);
  expect(rowOf(board, wechat.id)).toMatchObject({ reach: 'arrived', channel: '微信', can: ['call', 'sms'], phone: `${wechat.phone.slice(0, 3)}****${wechat.phone.slice(-4)}` });
  const visit = await visitOf(reader.id);
  await (await house.as(reader.id)).readAbout({ id: visit?.id ?? '' });
  expect(rowOf(await desk.showSending({ id }), reader.id)).toMatchObject({ reach: 'read', reply: '', isOpen: true });
  await confirm(reader.id);
  expect(rowOf(await desk.showSending({ id }), reader.id)).toMatchObject({ reach: 'read', reply: '已确认', isOpen: false, can: [] });
  expect((await desk.listSendings({})).rows[0]).toMatchObject({ id, total: 4, read: 1, answered: 1 });
});

test('电话通知单只有还没回复、没看过的，完整号码记入审计；登记已电话通知有谁、什么时候，可以取消', async () => {
  const [called, answered] = [member(), member()];
  const id = await arranged([called.id, answered.id]);
  await sender.runDue();
  await confirm(answered.id);
  const { rows, title } = await desk.listCalls({ id });
  expect([title.startsWith('走访通知'), rows.map(({ person, phone, what }) => [person.id, phone, what])]).toEqual([true, [[called.id, called.phone, '7月26日 9:30，竹园镇委员工作室']]]);
  const { noticeId } = rows[0] ?? { noticeId: '' };
  await desk.markCalled({ id: noticeId, called: true });
  await desk.markCalled({ id: noticeId, called: true });
  const row = rowOf(await desk.showSending({ id }), called.id);
  expect(row).toMatchObject({ reach: 'called', can: expect.arrayContaining(['uncall']), called: { who: holder('member_affairs', undefined, 2).name, at: house.clock.now().toISOString() } });
  expect((await desk.listCalls({ id })).rows).toEqual([]);
  await desk.markCalled({ id: noticeId, called: false });
  expect((await desk.listCalls({ id })).rows).toHaveLength(1);
  const kinds = (await house.database.read((manager) => manager.find(AuditEntry, { where: [{ kind: 'notice.call_list' }, { kind: 'notice.called' }] }))).map(({ kind }) => kind);
  expect([kinds.filter((it) => it === 'notice.called').length, kinds.filter((it) => it === 'notice.call_list').length]).toEqual([2, 3]);
  for (const work of [(api: Api) => api.markCalled({ id: 'nothing', called: true }), (api: Api) => api.showSending({ id: 'nothing' }), (api: Api) => api.urgeSending({ id: 'nothing', key: 'nothing-1' })]) await expect(work(desk)).rejects.toMatchObject({ status: 404 });
  await expect((await house.as(plainMember(0).id)).showSending({ id })).rejects.toMatchObject({ status: 403 });
});

test('陷阱 26：催的只有没回复的；同一次点击再来一遍不再催；确认以后提醒就不见了', async () => {
  const [late, done] = [member(), member()];
  const id = await arranged([late.id, done.id]);
  await confirm(done.id);
  expect(await desk.urgeSending({ id, key: 'urge-once-1' })).toEqual({ told: 1 });
  expect(await desk.urgeSending({ id, key: 'urge-once-1' })).toEqual({ told: 0 });
  expect(await headsOf(late.id)).toEqual(expect.arrayContaining(['请回复走访通知', '走访通知']));
  expect(await headsOf(done.id)).not.toContain('请回复走访通知');
  await confirm(late.id);
  expect(await headsOf(late.id)).not.toContain('请回复走访通知');
  expect(await desk.urgeSending({ id, key: 'urge-once-2' })).toEqual({ told: 0 });
});

test('到期提醒：前一天、当天、过期各一次，两台服务器一起也只一次，内容有时间、地点、走访人；取消、改到过去的就没有了', async () => {
  stand('2022-07-21', '09:40');
  const [me, gone, moved] = [member(), member(), member()];
  await arranged([me.id]);
  await arranged([gone.id]);
  await arranged([moved.id]);
  const remind = async () => { const counts = await Promise.all([reminders.run(), reminders.run()]); return counts[0] + counts[1]; };
  expect(await remind()).toBe(0);
  const visit = await visitOf(gone.id);
  await desk.cancelVisit({ id: visit?.id ?? '', version: visit?.version ?? 0, reason: '另行安排' });
  stand('2022-07-24', '08:59');
  await remind();
  expect(await headsOf(me.id)).toEqual(['走访通知']);
  stand('2022-07-24', '09:00');
  await remind();
  stand('2022-07-25', '09:00');
  await remind();
  await remind();
  expect(await headsOf(me.id)).toEqual(['今天要回复走访通知', '请回复走访通知', '走访通知']);
  const { rows } = await (await house.as(me.id)).listNotices({});
  // One and the same deadline is as pressing in the reminder as in the notice.
  expect(rows.map(({ due }) => due?.tone)).toEqual(['soon', 'soon', 'soon']);
  const [today] = rows;
  expect(today).toMatchObject({ body: '明天 9:30，竹园镇委员工作室，主席 梁承志。请在今天 18:00 前回复。'.replace('明天', '7月26日 星期二'), answer: 'awaited' });
  const other = await visitOf(moved.id);
  await desk.rescheduleVisit({ id: other?.id ?? '', version: other?.version ?? 0, startsAt: at('2022-07-25', '16:00'), form: 'talk', place: '会议室', replyBy: at('2022-07-25', '15:00') });
  stand('2022-07-26', '09:00');
  await remind();
  expect(await headsOf(me.id)).toEqual(['走访通知还没有回复', '今天要回复走访通知', '请回复走访通知', '走访通知']);
  expect((await headsOf(moved.id)).filter((it) => it.includes('还没有回复'))).toEqual([]);
  expect((await headsOf(gone.id))[0]).toBe('走访取消了');
  stand('2022-07-26', '10:00');
  await remind();
  expect(await headsOf(me.id)).toHaveLength(4);
});

test('退回补充的到期提醒作者，补充了就没有；初审过期提醒专委会', async () => {
  stand('2022-07-21', '10:00');
  const author = member();
  const [me, head] = [await house.as(author.id), await house.as(holder('committee_head', 'c-shefa').id)];
  const { doc } = await me.submit(report());
  const { doc: back } = await head.sendBack({ id: doc.id, version: doc.version, note: '请补充数据' });
  stand('2022-08-02', '09:00');
  await reminders.run();
  expect((await headsOf(author.id))[0]).toBe('补充修改快到期了');
  await (await anew(author.id)).resubmit({ id: back.id, version: back.version, key: 'sendings-again', ...formOf(report()) });
  expect(await headsOf(author.id)).not.toContain('补充修改快到期了');
  stand('2022-08-06', '09:00');
  await reminders.run();
  expect((await headsOf(holder('committee_head', 'c-shefa').id))[0]).toBe('1 件社情民意已经到期');
});

test('微信送到了四小时没看的，补发一条短信；看了的不发', async () => {
  stand('2022-07-21', '10:30');
  const [unread, reader] = [member(), member()];
  for (const it of [unread, reader]) { await post.bind(it.id, it.phone); await post.allow(it.id, 'visit'); }
  await arranged([unread.id, reader.id]);
  await sender.runDue();
  await house.wechat.settled();
  await (await house.as(reader.id)).readAbout({ id: (await visitOf(reader.id))?.id ?? '' });
  house.clock.shift(4 * hour + 1_000);
  await reminders.escalate();
  await reminders.escalate();
  await sender.runDue();
  const sms = house.wechat.mail().filter(({ kind }) => kind === 'sms');
  expect([sms.filter(({ to }) => to === unread.phone).length, sms.filter(({ to }) => to === reader.phone).length]).toEqual([1, 0]);
});

test('陷阱 23：有一条等了十分钟还没发，健康检查就变红，说等了多久；发出去就好了', async () => {
  const notices = async () => (await house.app.get(Probes).lookAll()).filter(({ name }) => name.startsWith('notices.'));
  await house.database.write((manager) => manager.clear(Delivery));
  expect(await notices()).toMatchObject([{ name: 'notices.oldest', state: 'good' }, { name: 'notices.account', state: 'good' }, { name: 'notices.wechat', state: 'good', says: expect.stringMatching(/^模板和消息推送都配置了。近一天发出 0 条/) }, { name: 'notices.sms', state: 'good' }]);
  await post.tell(member().id);
  house.clock.shift(11 * 60_000);
  expect((await notices())[0]).toMatchObject({ state: 'bad', says: '最早一条待发的通知已经等了 11 分钟' });
  await sender.runDue();
  expect((await notices())[0]).toMatchObject({ state: 'good' });
});
