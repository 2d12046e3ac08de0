import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { instantOf } from '@lvzhi/domain';
import { Channels } from '../src/notices/channels.ts';
import { Digests } from '../src/notices/digests.ts';
import { Letters } from '../src/notices/letters.ts';
import { WechatQuota } from '../src/notices/notices.entity.ts';
import { Reminders } from '../src/notices/reminders.ts';
import { Sender } from '../src/notices/sender.ts';
import { Settling } from '../src/notices/settling.ts';
import { Delivery } from '../src/platform/delivery.entity.ts';
import { Mark } from '../src/platform/marks.ts';
import { OutboxRow } from '../src/platform/spine.entities.ts';
import { Wechat } from '../src/platform/wechat.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { formOf, holder, plainMember, report } from './people.ts';
import { mailing } from './mailing.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

const sendPath = '/cgi-bin/message/subscribe/send';
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const morning = '2022-07-21T01:40:00.000Z';
let house: Serving;
let post: ReturnType<typeof mailing>;
let sender: Sender;
let members = 10;
/** A member with WeChat whom no other test looks at. */
async function member(): Promise<string> {
  const { id, phone } = plainMember(members += 1);
  await post.bind(id, phone);
  return id;
}
const phoneOf = () => plainMember(members).phone;
const strike = (action: object, match: object = { nth: 1 }, path = sendPath) => post.control('faults', { match: { path, ...match }, action });
const quota = async (personId: string, sort: WechatQuota['sort'] = 'progress') => house.database.read((manager) => manager.findOneBy(WechatQuota, { personId, sort }));
const statesOf = async (ids: readonly string[]) => (await post.deliveries(ids)).map(({ channel, state, reason }) => `${channel} ${state}${reason ? ` ${reason}` : ''}`).sort();

beforeAll(async () => { house = await serving(); post = mailing(house); sender = house.app.get(Sender); });
afterAll(() => house.close());
beforeEach(async () => {
  await post.fresh();
  house.clock.set(morning);
  // The stand-in forgot its tokens; what is tried here is not how we find that out.
  await house.app.get(Wechat).codeImage({ scene: 'warm' });
  await house.database.write(async (manager) => { await manager.clear(Delivery); await manager.delete(Mark, { name: 'wechat.parked' }); });
});

describe('提醒次数', () => {
  test('F1、F2 同意三次送到三条，第四条不再去问微信；没同意过的一次也不问', async () => {
    const [me, stranger] = [await member(), await member()];
    await post.allow(me, 'progress', 3);
    const ids = [...await post.tell(me, 4), ...await post.tell(stranger)];
    await sender.runDue();
    for (let turn = 0; turn < 5; turn += 1) { house.clock.shift(3 * second); await sender.runDue(); }
    await house.wechat.settled();
    expect(post.mailOf(me)).toHaveLength(3);
    expect(post.mailOf(stranger)).toEqual([]);
    expect(post.sends()).toHaveLength(3);
    expect(await statesOf(ids)).toEqual(['wechat arrived', 'wechat arrived', 'wechat arrived', 'wechat failed no_consent', 'wechat failed no_consent']);
    expect(await quota(me)).toMatchObject({ leftCount: 0, inFlight: null });
  });

  test('F3、F6 十条同时争一次：一条送到；微信说没有了就记成没有，不再试', async () => {
    const [me, off] = [await member(), await member()];
    await post.allow(me, 'progress');
    const ids = await post.tell(me, 10);
    const others = Array.from({ length: 3 }, () => sender.runDue());
    const low: number[] = [];
    while ((await post.deliveries(ids)).some(({ state }) => state !== 'failed' && state !== 'sent' && state !== 'arrived')) { low.push((await quota(me))?.leftCount ?? 0); house.clock.shift(3 * second); await sender.runDue(); }
    await Promise.all(others);
    expect(post.mailOf(me)).toHaveLength(1);
    expect(Math.min(0, ...low, (await quota(me))?.leftCount ?? -1)).toBe(0);
    await post.allow(off, 'progress', 2);
    await post.control('push', {});
    await post.control('settings', { openid: post.openidOf(off), mainSwitch: false });
    const [one = ''] = await post.tell(off, 1);
    await sender.runDue();
    house.clock.shift(2 * hour);
    await sender.runDue();
    expect(await statesOf([one])).toEqual(['wechat failed refused']);
    expect(post.sends().filter(({ openid }) => openid === post.openidOf(off))).toHaveLength(1);
    expect(await quota(off)).toMatchObject({ leftCount: 0, isRefused: 1, inFlight: null });
  });

  test('手机上报的和微信推送的同一次同意只算一次；两次就是两次；拒绝不减已有的', async () => {
    const me = await member();
    await post.allow(me, 'progress');
    const api = await house.as(me);
    const told = await api.tellConsents({ answers: [{ templateId: 'demo-template-progress', accepted: true }] });
    expect(told.sorts.find(({ sort }) => sort === 'progress')).toMatchObject({ left: 1, refused: false });
    await post.control('push', {});
    expect((await api.tellConsents({ answers: [{ templateId: 'demo-template-progress', accepted: true }, { templateId: 'demo-template-task', accepted: false }] })).sorts.map(({ left, refused }) => [left, refused])).toEqual([[0, false], [2, false], [0, true]]);
    await expect(api.tellConsents({ answers: [{ templateId: 'nobody', accepted: true }] })).rejects.toMatchObject({ status: 400 });
  });
});

describe('微信出毛病的时候', () => {
  test('F21 断在发出以后：不重发；推送说送到了，就是送到了', async () => {
    const me = await member();
    await post.allow(me, 'progress', 2);
    await post.control('push', { hold: true });
    const ids = await post.tell(me);
    await strike({ kind: 'reset', when: 'after' });
    await sender.runDue();
    expect(await statesOf(ids)).toEqual(['wechat unsure timeout']);
    house.clock.shift(minute);
    await sender.runDue();
    expect(post.sends()).toHaveLength(1);
    expect(await quota(me)).toMatchObject({ leftCount: 1, inFlight: (await post.deliveries(ids))[0]?.id });
    await post.control('push', { hold: false });
    await house.wechat.settled();
    expect(await statesOf(ids)).toEqual(['wechat arrived']);
    expect(await quota(me)).toMatchObject({ leftCount: 1, inFlight: null });
  });

  test('F21 一直没有回音：十五分钟后记为不确定，不重发', async () => {
    const me = await member();
    await post.allow(me, 'progress', 2);
    const ids = await post.tell(me);
    await strike({ kind: 'reset', when: 'before' });
    await sender.runDue();
    house.clock.shift(15 * minute);
    await sender.runDue();
    expect(await statesOf(ids)).toEqual(['wechat failed timeout']);
    expect(post.sends()).toHaveLength(1);
  });

  test('F18、F23 忙、网关 502、一个网页：肯定没发出，隔一会儿再试，试成了只送到一条', async () => {
    const me = await member();
    await post.allow(me, 'progress');
    await strike({ kind: 'http', status: 502 });
    await strike({ kind: 'html' }, { nth: 2 });
    const ids = await post.tell(me);
    await sender.runDue();
    expect(await statesOf(ids)).toEqual(['wechat due busy']);
    expect(await quota(me)).toMatchObject({ leftCount: 1, inFlight: null });
    house.clock.shift(31 * second);
    await sender.runDue();
    expect(post.mailOf(me)).toEqual([]);
    house.clock.shift(61 * second);
    await sender.runDue();
    expect(post.mailOf(me)).toHaveLength(1);
  });

  test('F19 当天额度用完：停到第二天零点过五分，中间一次也不问；提醒次数还在', async () => {
    const [me, other] = [await member(), await member()];
    await post.allow(me, 'progress', 2);
    await post.allow(other, 'progress');
    await post.control('limits', { sendPerDay: 1 });
    const ids = [...await post.tell(me, 2), ...await post.tell(other)];
    for (let turn = 0; turn < 20; turn += 1) { await sender.runDue(); house.clock.shift(minute); }
    expect(post.sends().length).toBeLessThanOrEqual(2);
    const before = post.sends().length;
    house.clock.set('2022-07-21T16:04:00.000Z');
    await sender.runDue();
    expect(post.sends()).toHaveLength(before);
    house.clock.set('2022-07-22T01:00:00.000Z');
    for (let turn = 0; turn < 4; turn += 1) { await sender.runDue(); house.clock.shift(3 * second); }
    expect(post.mailOf(me).length + post.mailOf(other).length).toBe(2);
    expect(ids).toHaveLength(3);
  });

  test('F20 服务器地址不在名单：停十分钟，健康检查说得出来，不怪委员', async () => {
    const me = await member();
    await post.allow(me, 'progress');
    await strike({ kind: 'errcode', errcode: 40_164 });
    const ids = await post.tell(me);
    await sender.runDue();
    expect(await house.database.read((manager) => manager.findOneBy(Mark, { name: 'wechat.trouble' }))).toMatchObject({ value: '微信 40164' });
    house.clock.shift(10 * minute);
    await sender.runDue();
    expect(await statesOf(ids)).toEqual([expect.stringMatching(/^wechat (sent|arrived)$/)]);
    expect(await house.database.read((manager) => manager.findOneBy(Mark, { name: 'wechat.trouble' }))).toBeNull();
  });

  test('坏的一条自己停下，别的照发', async () => {
    const [bad, good] = [await member(), await member()];
    await post.allow(bad, 'progress');
    await post.allow(good, 'progress');
    const [poison, fine] = [await post.tell(bad), await post.tell(good)];
    const letters = house.app.get(Letters);
    const whole = letters.of.bind(letters);
    letters.of = (manager, rows) => (rows.some(({ recipientId }) => recipientId === bad) ? Promise.reject(new TypeError('poison')) : whole(manager, rows));
    try {
      for (let turn = 0; turn < 12; turn += 1) { await sender.runDue(); house.clock.shift(hour); }
    } finally { letters.of = whole; }
    expect(post.mailOf(good)).toHaveLength(1);
    expect(await statesOf(fine)).toEqual([expect.stringMatching(/^wechat (sent|arrived)$/)]);
    expect(await statesOf(poison)).toEqual(['wechat failed broken']);
  });

  test('陷阱 25：拿着一条太久、租约被收回的，不占提醒次数，也不挡住后面的；占着不走的让出来', async () => {
    const me = await member();
    await post.allow(me, 'progress', 3);
    const ids = await post.tell(me);
    const channels = house.app.get(Channels);
    const awaken = channels.awaken.bind(channels);
    channels.awaken = async () => {
      channels.awaken = awaken;
      house.clock.shift(61 * second);
      expect(await house.app.get(Settling).abandoned()).toBe(1);
      return awaken();
    };
    await sender.turn();
    expect([await statesOf(ids), await quota(me)]).toMatchObject([['wechat due'], { leftCount: 3, inFlight: null }]);
    await sender.runDue();
    await house.wechat.settled();
    expect([post.mailOf(me).length, await quota(me)]).toMatchObject([1, { leftCount: 2, inFlight: null }]);
    await house.database.write((manager) => manager.update(WechatQuota, { personId: me, sort: 'progress' }, { inFlight: (ids[0] ?? '').slice(0, 10) }));
    await post.tell(me);
    for (let turn = 0; turn < 2; turn += 1) { await sender.runDue(); house.clock.shift(3 * second); }
    expect(post.mailOf(me)).toHaveLength(2);
  });

  test('陷阱 25：两台服务器同时发六十条，每条恰好一次', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, member));
    const ids: string[] = [];
    for (const it of people) { await post.allow(it, 'progress', 10); ids.push(...await post.tell(it, 10)); }
    const turn = async () => { await Promise.all([sender.runDue(), sender.runDue()]); house.clock.shift(3 * second); };
    // How often the two are in each other's way is chance; what stepped aside comes later, and nothing comes after the last.
    for (let turns = 0; turns < 100 && post.sends().length < 60; turns += 1) await turn();
    for (let turns = 0; turns < 3; turns += 1) await turn();
    expect(people.map((it) => post.mailOf(it).length)).toEqual(people.map(() => 10));
    expect(post.sends()).toHaveLength(60);
  });
});

describe('发给谁，什么时候发', () => {
  test('已经看过的、撤回的、太久的、不能登录的都不发', async () => {
    const me = await member();
    await post.allow(me, 'progress', 5);
    const [seen = '', gone = '', old = '', fine = ''] = await post.tell(me, 4);
    const change = (id: string, what: Partial<OutboxRow>) => house.database.write((manager) => manager.update(OutboxRow, { id }, what));
    await change(seen, { readAt: house.clock.now() });
    await change(gone, { withdrawnAt: house.clock.now() });
    await change(old, { notBefore: new Date('2022-07-10T00:00:00Z') });
    await sender.runDue();
    expect(await statesOf([seen, gone, old, fine])).toEqual([expect.stringMatching(/^wechat (sent|arrived)$/), 'wechat skipped gone', 'wechat skipped late', 'wechat skipped seen']);
  });

  test('夜里不打扰，早上八点再发；本人定了时间的按本人的', async () => {
    const [me, owl] = [await member(), await member()];
    await post.allow(me, 'progress');
    await post.allow(owl, 'progress');
    await (await house.as(owl)).saveMyReminders({ progress: 'now', task: 'now', digest: 'daily', quiet: { from: '02:00', until: '06:00' } });
    house.clock.set(instantOf('2022-07-21', '22:00').toISOString());
    await post.tell(me);
    await post.tell(owl);
    await sender.runDue();
    expect([post.mailOf(me).length, post.mailOf(owl).length]).toEqual([0, 1]);
    house.clock.set(instantOf('2022-07-22', '08:00').toISOString());
    await sender.runDue();
    expect(post.mailOf(me)).toHaveLength(1);
  });

  test('陷阱 24：汇总的和随时的恰好一样，一条不少一条不多；没有的时候不发空的；选了不提醒就只在小程序里', async () => {
    const [daily, now, never] = [await member(), await member(), await member()];
    for (const it of [daily, now, never]) await post.allow(it, 'progress', 20);
    await (await house.as(daily)).saveMyReminders({ progress: 'digest', task: 'now', digest: 'daily', quiet: null });
    await (await house.as(never)).saveMyReminders({ progress: 'never', task: 'now', digest: 'daily', quiet: null });
    const digests = house.app.get(Digests);
    const told: string[] = [];
    for (const [on, times] of [['2022-07-22', ['08:00', '16:59', '17:00', '17:01', '20:00']], ['2022-07-23', ['16:59']], ['2022-07-24', []]] as const) {
      for (const time of times) {
        house.clock.set(instantOf(on, time).toISOString());
        told.push(...await post.tell(daily));
        await post.tell(now);
        await post.tell(never);
        await sender.runDue();
        await digests.make();
        await digests.make();
        await sender.runDue();
      }
      house.clock.set(instantOf(on, '17:30').toISOString());
      await digests.make();
      await sender.runDue();
    }
    const rows = await post.deliveries(told);
    expect(rows.every(({ state, bundleId }) => state === 'bundled' && bundleId !== null)).toBe(true);
    expect(post.mailOf(now)).toHaveLength(told.length);
    expect(post.mailOf(daily).map(({ lines }) => lines[0]?.[1])).toEqual(['3 条新通知', '3 条新通知']);
    expect(post.mailOf(never)).toEqual([]);
    expect((await (await house.as(never)).listNotices({ limit: 100 })).rows).toHaveLength(told.length);
  });

  test('每周汇总的星期一发；改成随时提醒，攒着的马上补发', async () => {
    const me = await member();
    await post.allow(me, 'progress', 5);
    const api = await house.as(me);
    await api.saveMyReminders({ progress: 'digest', task: 'now', digest: 'weekly', quiet: null });
    await post.tell(me, 2);
    await sender.runDue();
    house.clock.set(instantOf('2022-07-22', '18:00').toISOString());
    expect(await house.app.get(Digests).make()).toBe(0);
    house.clock.set(instantOf('2022-07-25', '18:00').toISOString());
    expect(await house.app.get(Digests).make()).toBe(1);
    await post.tell(me);
    await sender.runDue();
    expect(post.mailOf(me)).toHaveLength(1);
    await api.saveMyReminders({ progress: 'now', task: 'now', digest: 'weekly', quiet: null });
    await sender.runDue();
    expect(post.mailOf(me)).toHaveLength(2);
  });
});

describe('走访通知', () => {
  const at = (on: string, time: string) => instantOf(on, time).toISOString();
  const visitTo = async (memberId: string, more: object = {}) => {
    await (await house.as(holder('member_affairs', undefined, 2).id)).createVisit({ key: `sender-${memberId}`, memberIds: [memberId], leaderIds: [holder('chair').id], startsAt: at('2022-07-26', '09:30'), minutes: 40, form: 'talk', place: '竹园镇委员工作室', videoLink: '', topics: ['诉求'], replyBy: at('2022-07-25', '18:00'), ...more });
    house.clock.shift(second);
  };

  test('微信里有时间、地点、走访人，点开就是那一次走访；没有内容以外的东西', async () => {
    const me = await member();
    await post.allow(me, 'visit');
    await visitTo(me);
    await sender.runDue();
    const [mail] = post.mailOf(me);
    expect(mail).toMatchObject({ title: '走访通知', page: expect.stringMatching(/^visits\/notice\/index\?id=\w+&n=\w+$/), lines: [['thing1', '走访通知'], ['time2', '2022年7月26日 09:30'], ['thing3', '竹园镇委员工作室'], ['thing4', '主席 梁承志'], ['time5', '2022年7月25日 18:00']] });
    expect(JSON.stringify(house.wechat.mail())).not.toContain('诉求');
  });

  test('本市自己写的题头，微信和短信里也是；题头里写不进题目；换了模板，以前的同意作废', async () => {
    const [me, old, plain] = [await member(), await member(), await member()];
    const phone = phoneOf();
    for (const it of [me, old]) await post.allow(it, 'visit', 2);
    const keeper = await house.as(holder('system_admin').id);
    const put = async (name: string, value: unknown) => { const { seen } = await keeper.showRule({ name }); await keeper.changeRule({ name, key: `put ${name} ${seen}`, seen, value, from: '2022-07-21', why: '试一试' }); };
    await put('notice.texts', { 'visit.notify.author': { head: '主席要来看您', body: '{when}，{place}。' } });
    await visitTo(me);
    await visitTo(plain);
    await sender.runDue();
    await sender.runDue();
    expect([post.mailOf(me)[0]?.lines[0], post.mailOf(plain, phone)[0]?.lines[0]]).toEqual([['thing1', '主席要来看您'], ['1', '主席要来看您']]);
    const usual = (await keeper.showRule({ name: 'wechat.templates' })).value;
    await put('wechat.templates', [{ sort: 'visit', id: 'another-template', title: '走访通知', kind: 'once', fields: { thing1: '{head}' } }]);
    expect((await (await house.as(me)).showMyReminders({})).sorts[0]).toMatchObject({ templateId: 'another-template', left: 0 });
    await visitTo(old);
    const before = post.sends().length;
    await sender.runDue();
    expect([post.sends().length, (await house.database.read((manager) => manager.findBy(Delivery, { recipientId: old, channel: 'wechat' }))).map(({ reason }) => reason)]).toEqual([before, ['no_consent']]);
    await (await house.as(me)).tellConsents({ answers: [{ templateId: 'another-template', accepted: true }] });
    expect(await quota(me, 'visit')).toMatchObject({ leftCount: 1, templateId: 'another-template' });
    await put('wechat.templates', usual);
    await put('notice.texts', {});
  });

  test('没绑定、没同意的改发短信，各一条；空号的留给电话', async () => {
    const [me, phone] = [await member(), phoneOf()];
    await visitTo(me);
    await sender.runDue();
    await sender.runDue();
    expect(post.mailOf(me, phone)).toMatchObject([{ kind: 'sms', to: phone, lines: [['1', '走访通知'], ['2', '7月26日 9:30'], ['3', '竹园镇委员工作室']] }]);
    expect((await house.database.read((manager) => manager.find(Delivery, { where: { recipientId: me } }))).map(({ channel, state, reason }) => `${channel} ${state} ${reason ?? ''}`).sort()).toEqual(['sms sent ', 'wechat failed no_consent']);
  });

  test('代录的请本人确认，点开就是要确认的那一篇；到期提醒说的也是确认', async () => {
    const me = await member();
    await post.allow(me, 'progress', 2);
    const { noSecret: _, original: __, ...written } = formOf(report());
    const { doc } = await (await house.as(holder('member_affairs', undefined, 2).id, 'desk')).createEntry({ ...written, key: 'sender-entry-1', kind: 'opinion', authorId: me, means: 'confirm' });
    house.clock.shift(second);
    await sender.runDue();
    expect(post.mailOf(me)).toMatchObject([{ page: expect.stringMatching(new RegExp(`^cases/entry/index\\?id=${doc.id}&n=`)), lines: [['thing1', '请确认代录内容'], expect.anything(), expect.anything()] }]);
    house.clock.set(instantOf('2022-07-27', '09:00').toISOString());
    expect(await house.app.get(Reminders).run()).toBeGreaterThan(0);
    const [reminder] = (await house.with(await house.app.get(Sessions).open(me, 'phone')).listNotices({})).rows;
    expect(reminder).toMatchObject({ kind: 'entry', head: '请确认代录内容', body: expect.stringMatching(/^工作人员代您录入的《.+》，请在明天 17:30 前看过后确认，确认以后才会提交。$/) });
  });

  test('先确认了、取消了的，不再发', async () => {
    const me = await member();
    await post.allow(me, 'visit');
    await visitTo(me);
    const api = await house.as(me);
    const [visit] = (await api.listVisits({})).rows;
    await api.confirmVisit({ id: visit?.id ?? '', version: visit?.version ?? 0 });
    await sender.runDue();
    expect(post.mailOf(me)).toEqual([]);
  });

  test('夜里排了第二天早上的走访，不等到早上才说', async () => {
    const [me, later] = [await member(), await member()];
    await post.allow(me, 'visit');
    await post.allow(later, 'visit');
    house.clock.set(instantOf('2022-07-21', '22:30').toISOString());
    await visitTo(me, { startsAt: at('2022-07-22', '09:30'), replyBy: at('2022-07-22', '08:30') });
    await visitTo(later);
    await sender.runDue();
    expect([post.mailOf(me).length, post.mailOf(later).length]).toEqual([1, 0]);
  });
});
