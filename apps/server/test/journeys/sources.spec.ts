/** @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { instantOf } from '@lvzhi/domain';
import { holder, plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let house: Serving;
const [chair, visited, stranger] = [holder('chair'), plainMember(), plainMember(3)];
const source = (id: string) => ({ source: { kind: 'visit' as const, id } });
let visitId = '';
let member: Api;

beforeAll(async () => {
  house = await serving();
  member = await house.as(visited.id);
  await (await house.as(holder('member_affairs', undefined, 2).id, 'desk')).createVisit({ key: 'visit-key-sources', memberIds: [visited.id], leaderIds: [chair.id], startsAt: instantOf('2022-07-26', '09:30').toISOString(), minutes: 40, form: 'talk', place: '市政协 302 会议室', topics: ['界别群众的主要诉求'], replyBy: instantOf('2022-07-25', '18:00').toISOString() });
  visitId = (await member.listVisits({})).rows[0]?.id ?? '';
}, 60_000);
afterAll(() => house.close());

test('约定以前的走访不能作为来源，约定以后委员可以写', async () => {
  expect(await member.showVisit({ id: visitId })).toMatchObject({ mayReport: false, reports: [] });
  await expect(member.submit(report(source(visitId)))).rejects.toThrow('这次走访不能作为来源');
  const { version } = await member.showVisit({ id: visitId });
  await member.confirmVisit({ id: visitId, version });
  expect(await member.showVisit({ id: visitId })).toMatchObject({ mayReport: true });
});

test('委员把走访中谈到的写成社情民意，两边都看得到；同一份再交还是那一件', async () => {
  const form = report(source(visitId));
  const { doc } = await member.submit(form);
  expect(doc.source).toEqual({ kind: { code: 'visit', name: '走访' }, words: '7月26日 走访', id: visitId });
  expect((await member.submit(form)).doc.id).toBe(doc.id);
  await expect(member.submit({ ...form, source: null })).rejects.toThrow('内容和这次不同');
  expect((await member.showVisit({ id: visitId })).reports).toEqual([expect.objectContaining({ id: doc.id, receiptNo: doc.receiptNo, author: visited.name, stateWords: '待初审' })]);

  // Who reviews learns what it came of, without the way to the visit; who arranged the visit sees no report.
  const reviewer = await house.as(holder('committee_head', 'c-shefa').id, 'desk');
  expect((await reviewer.show({ id: doc.id })).source).toEqual({ kind: { code: 'visit', name: '走访' }, words: '7月26日 走访', id: null });
  expect((await (await house.as(holder('member_affairs', undefined, 2).id, 'desk')).showVisit({ id: visitId })).reports).toEqual([]);

  // It stays when it is withdrawn and handed in again.
  await member.withdraw({ id: doc.id, version: doc.version });
  const { key: _key, kind: _kind, ...again } = report();
  const mine = await member.show({ id: doc.id });
  expect((await member.resubmit({ id: doc.id, version: mine.version, key: 'source-again-1', ...again })).doc.source?.id).toBe(visitId);
});

test('走访人也可以写，没有参加的人不能拿它作来源，提案不写来源', async () => {
  expect((await (await house.as(chair.id)).submit(report({ ...source(visitId), title: '走访人听到的骑手工伤参保情况' }))).doc.source?.id).toBe(visitId);
  const other = await house.as(stranger.id);
  await expect(other.submit(report(source(visitId)))).rejects.toThrow('这次走访不能作为来源');
  await expect(other.submit(report(source('nothing')))).rejects.toThrow('这次走访不能作为来源');
  await expect(member.submit(report({ ...source(visitId), kind: 'proposal' }))).rejects.toThrow('只有社情民意可以写明来源');
});

test('草稿的来源随草稿存到服务器，换一部手机也在', async () => {
  const { key: _key, noSecret: _pledge, original: _own, kind, ...words } = report();
  await member.keepDraft({ id: 'draft-source', key: 'draft-key-source', version: 0, kind, ...words, source: { kind: 'visit', id: visitId, words: '7月26日 走访' } });
  expect((await member.showDraft({ id: 'draft-source' })).source).toEqual({ kind: 'visit', id: visitId, words: '7月26日 走访' });
});
