/** 公开 and 优秀提案, over HTTP: what guests may read and what never leaves the house; who is asked, approves and takes back. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import { AuditEntry } from '../../src/platform/audit.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { CreditEntry } from '../../src/platform/spine.entities.ts';
import { readWorkbook } from '../../src/platform/workbook-reader.ts';
import { holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember(3);
let server: Serving;
let officeToken: string;
let apis: Record<'me' | 'stranger' | 'office' | 'head' | 'jingke' | 'wenshi' | 'government' | 'park' | 'clerk' | 'guest', Api>;
beforeAll(async () => {
  server = await serving();
  const sessions = server.app.get(Sessions);
  const desk = async (post: string, bodyId?: string, skip = 0) => server.with(await sessions.open(holder(post, bodyId, skip).id, 'desk'));
  officeToken = await sessions.open(holder('proposal_office', 'c-tian', 2).id, 'desk');
  apis = {
    me: server.with(await sessions.open(author.id, 'phone')), stranger: server.with(await sessions.open(plainMember(9).id, 'phone')), office: server.with(officeToken), head: await desk('committee_head', 'c-shefa'), jingke: await desk('committee_head', 'c-jingke'), wenshi: await desk('committee_head', 'c-wenshi'),
    government: await desk('dispatch_government'), park: await desk('unit_supervisor', 'u-yuanlin'), clerk: await desk('unit_clerk', 'u-yuanlin'), guest: server.with(),
  };
});
afterAll(() => server.close());

const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
let number = 0;
const key = () => `publication-${(number += 1).toString().padStart(4, '0')}`;
async function filed(more: object = {}): Promise<SubmissionView> {
  const { doc } = await apis.me.submit(proposal({ title: `关于第${number += 1}处口袋公园的建议`, wish: 'ask', ...more }));
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '内部意见：建议立案，张三丰同志有不同看法', unitIds: [] });
  return (await apis.office.fileProposal(on(reviewed))).doc;
}
async function answered(doc: SubmissionView, publicity: 'open' | 'closed'): Promise<void> {
  const { doc: planned } = await apis.office.planUnits({ ...on(doc), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '内部交办建议' });
  await apis.government.handOver(on(planned));
  const row = (await apis.park.listHandlings({ limit: 100 })).rows.find((it) => it.proposal.id === doc.id);
  const { doc: signed } = await apis.park.signFor({ id: row?.id ?? '', version: row?.version ?? 0 });
  await apis.park.recordTalk({ ...on(signed), on: dateOf(server.clock.now()), form: 'phone', people: '周晓', gist: '电话里谈的内部情况' });
  await apis.clerk.saveReply({ id: signed.id, version: 0, classCode: 'A', body: '已建成两处口袋公园。\n联系电话 0716-8812345，经办人手机 13812345678。', docNo: '安园函〔2022〕18号', signer: '许志明', publicity, publicityReason: publicity === 'closed' ? '涉及未公布的规划' : '', promisedOn: null, contact: '周晓 0716-8812345' });
  const { doc: sent } = await apis.park.submitReply(on(await apis.park.showHandling({ id: signed.id })));
  const { doc: ready } = await apis.government.approveReply({ ...on(sent), classCode: null, note: '内部审核意见' });
  await apis.government.releaseReplies({ items: [on(ready)] });
}
const own = async (doc: SubmissionView) => (await apis.me.showOwnPublication({ id: doc.id })).publication ?? { version: 0, can: [], mine: 'none', stateWords: '' };
async function out(doc: SubmissionView): Promise<string> {
  await apis.office.askPublication({ id: doc.id, version: 0 });
  await apis.me.agreePublication({ id: doc.id, version: (await own(doc)).version });
  await apis.office.publish({ id: doc.id, version: (await own(doc)).version });
  return (await apis.guest.listPublic({ words: doc.title })).rows[0]?.id ?? 'none';
}
const credits = async () => (await server.database.read((manager) => manager.findBy(CreditEntry, { personId: author.id, item: 'proposal.excellent' }))).filter(({ voidedBy }) => voidedBy === null).length;

test('提案人同意、提案委审核以后才公开；没有账号的人看得到正文和主动公开的答复', async () => {
  const doc = await filed();
  await answered(doc, 'open');
  expect((await apis.office.listPublications({ group: 'candidates', limit: 100 })).rows.map(({ proposalId }) => proposalId)).toContain(doc.id);
  await expect(apis.office.publish({ id: doc.id, version: 0 })).rejects.toMatchObject({ status: 409, refusal: { reason: '还有提案人没有同意公开' } });
  for (const api of [apis.head, apis.stranger, apis.government]) await expect(api.agreePublication({ id: doc.id, version: 0 })).rejects.toBeDefined();
  const { doc: asked } = await apis.office.askPublication({ id: doc.id, version: 0 });
  expect([asked.waiting, asked.can]).toEqual([[author.name], []]);
  await expect(apis.office.publish({ id: doc.id, version: asked.version })).rejects.toMatchObject({ status: 409 });
  await expect(apis.office.agreePublication({ id: doc.id, version: asked.version })).rejects.toMatchObject({ status: 409 });
  for (const api of [apis.head, apis.stranger]) await expect(api.agreePublication({ id: doc.id, version: asked.version })).rejects.toMatchObject({ status: 404 });
  expect((await apis.me.listTasks({ box: 'mine' })).rows.find(({ kind }) => kind === 'publication')).toMatchObject({ actionWords: '答复是否公开', submission: { id: doc.id } });
  await apis.me.agreePublication({ id: doc.id, version: asked.version });
  expect((await apis.guest.listPublic({ words: doc.title })).rows).toEqual([]);
  const { doc: published } = await apis.office.publish({ id: doc.id, version: (await own(doc)).version });
  expect(published.stateWords).toBe('已公开');
  const [row] = (await apis.guest.listPublic({ words: doc.title })).rows;
  expect(row).toMatchObject({ title: doc.title, authors: author.name, caseNo: doc.caseNo });
  const text = await apis.guest.showPublic({ id: row?.id ?? '' });
  expect(text).toMatchObject({ situation: doc.text.situation, replies: [{ unit: '市园林和林业局', classWords: '已解决或基本解决', docNo: '安园函〔2022〕18号' }] });
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows[0]).toMatchObject({ head: '提案公开了', docId: doc.id });
});

test('提交时已经同意公开的不再问，直接审核；不同意的不能征求，改主意要他自己说；联名的各说各的，没有填的才问', async () => {
  const yes = await filed({ publicity: 'agree', conversion: 'refuse' });
  expect(yes.choices).toEqual({ publicity: 'agree', conversion: 'refuse' });
  const before = await apis.office.showPublication({ id: yes.id });
  expect([before.said, before.stateWords, before.can]).toEqual([[{ name: author.name, choice: 'agree' }], '提交时已同意', ['publish']]);
  await expect(apis.office.askPublication({ id: yes.id, version: 0 })).rejects.toMatchObject({ status: 409, refusal: { reason: '提案人提交时已经同意公开，不用再征求，直接审核' } });
  expect(await own(yes)).toMatchObject({ stateWords: '提交时同意公开', mine: 'agreed', can: ['take_back_consent'] });
  const results = await Promise.allSettled([1, 2].map(() => apis.office.publish({ id: yes.id, version: 0 })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await apis.guest.listPublic({ words: yes.title })).rows).toHaveLength(1);
  expect((await apis.me.listTasks({ box: 'mine' })).rows.filter(({ kind }) => kind === 'publication')).toEqual([]);

  const no = await filed({ publicity: 'refuse' });
  expect((await apis.office.showPublication({ id: no.id })).can).toEqual([]);
  await expect(apis.office.askPublication({ id: no.id, version: 0 })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('提交时不同意公开，不再征求') } });
  expect(await own(no)).toMatchObject({ stateWords: '提交时不同意公开', mine: 'none', can: ['agree_publication'] });
  await expect(apis.stranger.agreePublication({ id: no.id, version: 0 })).rejects.toMatchObject({ status: 404 });
  await apis.me.agreePublication({ id: no.id, version: 0 });
  expect((await apis.office.showPublication({ id: no.id })).can).toEqual(['publish']);

  const form = proposal({ title: `关于第${number += 1}处联名公园的建议`, wish: 'ask', publicity: 'agree' });
  const [signer, silent] = [plainMember(10), plainMember(11)];
  await apis.me.inviteSigners({ draftKey: form.key, title: form.title, situation: form.situation, analysis: form.analysis, suggestion: form.suggestion, personIds: [signer.id, silent.id] });
  for (const [who, publicity] of [[signer, 'agree'], [silent, null]] as const) {
    const api = await server.as(who.id);
    const [asked] = (await api.listInvitations({})).rows;
    await api.cosign({ id: asked?.id ?? '', version: asked?.version ?? 0, publicity });
  }
  const together = await filed(form);
  const { doc: asking } = await apis.office.askPublication({ id: together.id, version: 0 });
  expect([asking.said.map(({ choice }) => choice), asking.waiting]).toEqual([['agree', 'agree', null], [silent.name]]);
  const last = await server.as(silent.id);
  const theirs = (await last.showOwnPublication({ id: together.id })).publication;
  await last.agreePublication({ id: together.id, version: theirs?.version ?? 0 });
  const { doc: published } = await apis.office.publish({ id: together.id, version: (await own(together)).version });
  expect(published.out?.authors).toBe([author.name, signer.name, silent.name].join('、'));
  const first = await server.as(signer.id);
  await first.takeBackConsent({ id: together.id, version: published.version });
  expect((await apis.guest.listPublic({ words: together.title })).rows).toEqual([]);
});

test('公开出去的没有一样不该有的：电话、身份证号、联系人、评价、内部意见、面商和单位不公开的答复都不在里面', async () => {
  const canaries = ['13987654321', '420106199001011234', 'zhang@example.com', '0716-8812345', '13812345678', '许志明', '周晓', '张三丰', '内部', '群众代表', '涉及未公布的规划', author.phone];
  const doc = await filed({ title: '关于停车难的建议', situation: '走访三个小区，业主委员会张先生（手机13987654321，身份证号420106199001011234，邮箱zhang@example.com）反映停车难，晚上八点以后没有车位。' });
  await answered(doc, 'open');
  const mine = (await apis.me.show({ id: doc.id })).handling?.ratings.find((it) => it.mine);
  await apis.me.rate({ id: mine?.id ?? '', version: mine?.version ?? 0, attitude: 'satisfied', result: 'satisfied', talked: true, note: '群众代表很满意' });
  const id = await out(doc);
  const text = await apis.guest.showPublic({ id });
  expect(text.situation).toContain('（联系方式略）');
  const other = await filed({ title: '关于规划的建议' });
  await answered(other, 'closed');
  const closed = await apis.guest.showPublic({ id: await out(other) });
  expect(closed.replies).toEqual([]);
  expect((await apis.office.showPublication({ id: other.id })).held).toEqual([{ unit: '市园林和林业局', why: '不予公开：涉及未公布的规划' }]);
  const seen = JSON.stringify([text, closed, await apis.guest.listPublic({ limit: 100 })]);
  expect(canaries.filter((it) => seen.includes(it))).toEqual([]);
  expect(Object.keys(text).sort()).toEqual(['analysis', 'authors', 'caseNo', 'id', 'publishedOn', 'replies', 'situation', 'suggestion', 'title']);
});

test('提案委撤回、提案人收回同意、撤销立案，都马上看不到；再公开要重新来；翻页和找字', async () => {
  const [one, two, three] = [await filed({ title: '关于百分号100%_的建议' }), await filed(), await filed()];
  const ids = [await out(one), await out(two), await out(three)];
  expect((await apis.guest.listPublic({ words: '100%_' })).rows.map(({ id }) => id)).toEqual([ids[0]]);
  const first = await apis.guest.listPublic({ limit: 2 });
  const second = await apis.guest.listPublic({ limit: 2, after: first.next ?? '' });
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(first.rows.length + second.rows.length);
  const shown = await apis.office.showPublication({ id: one.id });
  const { doc: back } = await apis.office.withdrawPublication({ id: one.id, version: shown.version, note: '有一处数字要核对' });
  expect([back.stateWords, (await own(one)).stateWords]).toEqual(['已撤回公开', '已撤回公开']);
  await expect(apis.guest.showPublic({ id: ids[0] ?? '' })).rejects.toMatchObject({ status: 404 });
  await apis.office.publish({ id: one.id, version: back.version });
  expect((await apis.guest.showPublic({ id: ids[0] ?? '' })).title).toBe(one.title);
  await apis.me.takeBackConsent({ id: two.id, version: (await own(two)).version });
  await expect(apis.guest.showPublic({ id: ids[1] ?? '' })).rejects.toMatchObject({ status: 404 });
  await expect(apis.office.publish({ id: two.id, version: (await own(two)).version })).rejects.toMatchObject({ status: 409 });
  await apis.office.askPublication({ id: two.id, version: (await own(two)).version });
  await apis.me.refusePublication({ id: two.id, version: (await own(two)).version });
  await apis.office.unfile({ ...on(await apis.office.show({ id: three.id })), note: '立案有误' });
  await expect(apis.guest.showPublic({ id: ids[2] ?? '' })).rejects.toMatchObject({ status: 404 });
  expect((await apis.guest.listPublic({ limit: 100 })).rows.map(({ id }) => id)).not.toEqual(expect.arrayContaining([ids[1]]));
});

test('优秀提案：推荐有名额，各评一次分，评定以前看不到别人的分，不超过比例，评上记一次分，撤销收回；导出记入审计，公式不会算', async () => {
  const doc = await filed({ title: '=1+1 关于公式的建议' });
  const another = await filed();
  const before = await credits();
  await expect(apis.jingke.nominateAward({ key: key(), proposalId: doc.id, reason: '不归本委的' })).rejects.toMatchObject({ status: 404 });
  const again = key();
  const { doc: it } = await apis.head.nominateAward({ key: again, proposalId: doc.id, reason: '推动建成两处公园' });
  expect((await apis.head.nominateAward({ key: again, proposalId: doc.id, reason: '推动建成两处公园' })).doc.id).toBe(it.id);
  await expect(apis.office.nominateAward({ key: key(), proposalId: doc.id, reason: '再推荐一次' })).rejects.toMatchObject({ status: 409 });
  const { doc: second } = await apis.head.nominateAward({ key: key(), proposalId: another.id, reason: '建议具体' });
  expect((await apis.head.listAwards({})).round.left).toBe(3);
  await apis.jingke.scoreAward({ id: it.id, score: 90 });
  expect((await apis.wenshi.scoreAward({ id: it.id, score: 81 })).doc).toMatchObject({ mean: null, n: 2, mine: 81 });
  await expect(apis.jingke.scoreAward({ id: it.id, score: 10 })).rejects.toMatchObject({ status: 409, refusal: { reason: '您已经评过分了' } });
  await expect(apis.head.scoreAward({ id: it.id, score: 101 })).rejects.toMatchObject({ status: 400, refusal: { fields: { score: '最高 100 分' } } });
  const row = (await apis.office.listAwards({})).rows.find(({ id }) => id === it.id);
  expect(row).toMatchObject({ mean: 85.5, n: 2 });
  const { doc: given } = await apis.office.giveAward({ ...on(row ?? it), level: 'first' });
  expect([given.stateWords, given.level?.name, await credits()]).toEqual(['优秀提案', '优秀提案', before + 1]);
  const { round } = await apis.office.listAwards({});
  expect([round.most, round.awarded]).toEqual([1, 1]);
  await expect(apis.office.giveAward({ ...on(second), level: 'first' })).rejects.toMatchObject({ status: 409, refusal: { reason: '2022 年最多评 1 件，已经评满' } });
  const file = await fetch(`${server.url}/api/awards/export?year=2022`, { headers: { authorization: `Bearer ${officeToken}` } });
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(readWorkbook(bytes)[0]?.rows[1]?.slice(0, 4)).toEqual(['优秀提案', doc.caseNo, '=1+1 关于公式的建议', author.name]);
  expect(bytes.includes(Buffer.from('<f>'))).toBe(false);
  expect(await server.database.read((manager) => manager.countBy(AuditEntry, { kind: 'awards.exported' }))).toBe(1);
  const { doc: revoked } = await apis.office.revokeAward({ ...on(given), note: '有异议' });
  expect([revoked.stateWords, await credits()]).toEqual(['已撤销', before]);
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => apis.office.giveAward({ ...on(second), level: 'second' })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  server.clock.shift(1_000);
  expect((await apis.me.listNotices({})).rows.map(({ head }) => head)).toEqual(expect.arrayContaining(['您的提案评为优秀提案', '优秀提案撤销了']));
});
