/** @dates */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { Jobs } from '../../src/platform/jobs.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { CreditEntry, OutboxRow } from '../../src/platform/spine.entities.ts';
import { Issue, IssueSeries } from '../../src/submissions/edition.entity.ts';
import { formOf, holder, plainMember, report } from '../people.ts';
import { changeSetting } from '../setting.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let server: Serving;
let me: Api, head: Api, editor: Api, director: Api, secretary: Api;
beforeAll(async () => {
  server = await serving();
  [me, head, editor, director, secretary] = [await server.as(plainMember().id), await server.as(holder('committee_head', 'c-shefa').id), await server.as(holder('information_editor').id, 'desk'),
    await server.as(holder('office_director').id, 'desk'), await server.as(holder('secretary_general').id)];
});
afterAll(() => server.close());

const on = ({ id, version }: Pick<SubmissionView, 'id' | 'version'>) => ({ id, version });
/** Days later a desk session is over: the editor signs in again. */
const freshAtDesk = async () => server.with(await server.app.get(Sessions).open(holder('information_editor').id, 'desk'));
const later = () => { server.clock.shift(11_000); };
const passed = async (more: object = {}) => { const { doc } = await me.submit(report(more)); return (await head.pass({ ...on(doc), note: '' })).doc; };
const taken = async (more: object = {}) => (await editor.take(on(await passed(more)))).doc;
const checked = async (more: object = {}) => (await director.check({ ...on((await editor.sendCheck(on(await taken(more)))).doc), note: '' })).doc;
const editionOf = async (api: Api, id: string) => { const { edition } = await api.showEdition({ id }); if (!edition) throw new Error('no edition'); return edition; };

describe('编辑和签发', () => {
  test('编辑领办、改稿、送审，主任审核，秘书长签发，得到期号；原文一字不动，提交人看到编发稿', async () => {
    const doc = await passed();
    expect(doc.can).toEqual([]);
    expect((await editor.show({ id: doc.id })).can).toEqual(['return', 'not_adopt', 'take', 'archive', 'combine']);
    const mine = (await editor.take(on(doc))).doc;
    expect(mine).toMatchObject({ state: 'editing', holder: { words: '您本人', action: '编辑' } });
    expect((await me.show({ id: doc.id })).holder?.words).toBe(`办公室 ${holder('information_editor').name}`);
    const first = await editionOf(editor, doc.id);
    expect(first).toMatchObject({ version: 1, mayEdit: true, title: doc.title, body: first.original.body, series: { code: 'information' }, consent: 'off' });
    const { edition } = await editor.saveEdition({ id: doc.id, version: 1, series: 'information', title: '新就业形态劳动者保障亟待加强', body: `${first.body}\n以上情况由有关部门核实。` });
    expect(edition).toMatchObject({ version: 2, original: first.original });
    // The reporter, the committee and other posts do not write in it; the reporter does not even see it yet.
    expect((await me.showEdition({ id: doc.id })).edition).toBeNull();
    expect(await editionOf(head, doc.id)).toMatchObject({ mayEdit: false });
    await expect(head.saveEdition({ id: doc.id, version: 2, series: 'information', title: '别人改的', body: '别人改的' })).rejects.toMatchObject({ status: 403 });
    await expect(director.saveEdition({ id: doc.id, version: 2, series: 'information', title: '别人改的', body: '别人改的' })).rejects.toMatchObject({ status: 409, refusal: { reason: '正由别人编辑，要接手请先领办' } });

    const sent = (await editor.sendCheck(on(mine))).doc;
    expect(sent).toMatchObject({ state: 'pending_signoff', stateWords: '待审核', holder: { words: '办公室主任', action: '审核' } });
    expect((await director.listTasks({ box: 'edit' })).rows.map(({ docId }) => docId)).toContain(doc.id);
    await expect(secretary.sign(on(sent))).rejects.toMatchObject({ status: 409, refusal: { reason: '还没有审核，审核后再签发' } });
    const ready = (await director.check({ ...on(sent), note: '同意' })).doc;
    expect(ready).toMatchObject({ stateWords: '待签发', holder: { words: '秘书长', action: '签发' } });
    expect((await secretary.home({})).tasks.map(({ docId, actionWords }) => [docId, actionWords])).toContainEqual([doc.id, '签发']);
    const { doc: issued, undo } = await secretary.sign(on(ready));
    expect([issued.state, undo]).toEqual(['issued', null]);
    const seen = await me.showEdition({ id: doc.id });
    expect(seen.issues).toMatchObject([{ numberWords: '2022年第12期（总第345期）', series: { name: '社情民意信息' }, recalled: false, signer: holder('secretary_general').name, checker: holder('office_director').name, editor: holder('information_editor').name }]);
    expect(seen.edition).toMatchObject({ title: '新就业形态劳动者保障亟待加强', mayEdit: false });
    const after = await me.show({ id: doc.id });
    expect([after.title, after.text]).toEqual([doc.title, doc.text]);
    expect(after.timeline.map(({ words }) => words)).toEqual(['提交', '自动分送社法委', '初审通过', '送审', '签发']);
    later();
    expect((await me.listNotices({})).rows.map(({ head: words }) => words)).toContain('已编发');
  });

  test('两个人同时改编辑稿：后保存的得到 409，两份都在，哪一份也不丢', async () => {
    const doc = await taken();
    const save = (title: string) => editor.saveEdition({ id: doc.id, version: 1, series: 'information', title, body: '情况属实，建议采纳。' });
    await save('先保存的题目');
    await expect(save('后保存的题目')).rejects.toMatchObject({ status: 409, refusal: { stale: true, current: { title: '先保存的题目', version: 2 }, yours: { title: '后保存的题目' } } });
    // The same words again, because the answer was lost, are no conflict.
    expect((await save('先保存的题目')).edition.version).toBe(2);
    await expect(editor.saveEdition({ id: doc.id, version: 2, series: 'nothing', title: '题目', body: '正文' })).rejects.toMatchObject({ status: 400, refusal: { fields: { series: '请从列表里选择编发的刊物' } } });
    await expect(editor.saveEdition({ id: doc.id, version: 2, series: 'information', title: '题目', body: '密级：机密\n正文' })).rejects.toMatchObject({ status: 400, refusal: { fields: { body: expect.stringContaining('没有保存') } } });
    // A colleague takes it over, and then it is theirs to change.
    const other = (await director.take(on(doc))).doc;
    expect((await editor.show({ id: doc.id })).can).toContain('take');
    expect(await editionOf(director, doc.id)).toMatchObject({ mayEdit: true, title: '先保存的题目' });
    expect(other.timeline.at(-1)).toMatchObject({ words: '领办' });
  });

  test('退回编辑、编辑退回补充、留存备查：理由到该看的人那里，补充后直接回到编辑手里', async () => {
    const sent = (await editor.sendCheck(on(await taken()))).doc;
    const back = (await director.rework({ ...on(sent), note: '第二段的数字请核实' })).doc;
    expect(back).toMatchObject({ state: 'editing' });
    expect((await editor.show({ id: sent.id })).timeline.at(-1)).toMatchObject({ words: '退回编辑', note: '第二段的数字请核实' });
    expect(JSON.stringify(await me.show({ id: sent.id }))).not.toContain('第二段的数字请核实');
    const returned = (await editor.sendBack({ ...on(back), note: '请补充数字的来源' })).doc;
    later();
    expect(await me.show({ id: sent.id })).toMatchObject({ state: 'returned', can: ['submit'] });
    const again = await me.resubmit({ ...on(returned), key: `again-${sent.id}`, ...formOf(report({ situation: '补充：以上数字来自永安街道工会 2022 年 6 月统计，5 个站点骑手 126 人，参加工伤保险的只有 18 人。' })) });
    expect(again.doc).toMatchObject({ state: 'editing', receiptNo: sent.receiptNo, revision: 2, holder: { words: `办公室 ${holder('information_editor').name}` } });
    const kept = (await editor.archiveReport({ ...on(again.doc), note: '情况已经解决' })).doc;
    later();
    expect(await me.show({ id: kept.id })).toMatchObject({ state: 'archived', stateWords: '留存备查' });
    expect((await me.show({ id: kept.id })).timeline.at(-1)).toMatchObject({ note: '情况已经解决' });
  });
});

describe('期号', () => {
  test('陷阱 16：二十件同时签发，号码连着、不重；签发不成的不占号；收回的号不再用，重新编发得新号', async () => {
    const ready: SubmissionView[] = [];
    for (let index = 0; index < 20; index += 1) ready.push(await checked());
    const chair = await server.as(holder('chair').id);
    const [before] = (await secretary.listIssues({ limit: 1 })).rows;
    const signed = await Promise.allSettled(ready.flatMap((doc, index) => [() => secretary.sign(on(doc)), ...(index % 4 === 0 ? [() => chair.sign(on(doc))] : [])]).map((ask) => ask()));
    expect(signed.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    const rows = await server.database.read((manager) => manager.find(Issue, { where: { series: 'information' }, order: { issueNo: 'ASC' } }));
    expect(rows.map(({ issueNo }) => issueNo)).toEqual(rows.map((_, index) => 12 + index));
    expect(rows.map(({ totalNo }) => totalNo)).toEqual(rows.map((_, index) => 345 + index));
    expect(before).toBeDefined();

    const last = rows.at(-1) as Issue;
    const doc = await secretary.show({ id: last.submissionId });
    const recalled = (await director.recallIssue({ ...on(doc), note: '引用的数字有误' })).doc;
    expect(recalled).toMatchObject({ state: 'recalled', can: expect.arrayContaining(['reopen', 'archive']) });
    const again = (await editor.reopen(on(recalled))).doc;
    const twice = (await director.check({ ...on((await editor.sendCheck(on(again))).doc), note: '' })).doc;
    await secretary.sign(on(twice));
    const { issues } = await me.showEdition({ id: doc.id });
    expect(issues.map(({ numberWords, recalled: gone }) => [numberWords, gone])).toEqual(expect.arrayContaining([[`2022年第${last.issueNo}期（总第${last.totalNo}期）`, true], [`2022年第${last.issueNo + 1}期（总第${last.totalNo + 1}期）`, false]]));
    const credits = await server.database.read((manager) => manager.findBy(CreditEntry, { evidenceId: doc.id, item: 'opinion.adopted' }));
    expect(credits.map(({ voidedBy }) => (voidedBy === null ? 'counts' : 'void')).sort()).toEqual(['counts', 'void']);
  });

  test('一份签发请求发两次，只有一期、一个号；下一年从第 1 期起，总期号接着走', async () => {
    const doc = await checked();
    const asked = { ...on(doc), key: 'sign-this-once' };
    const [one, two] = [await secretary.sign(asked), await secretary.sign(asked)];
    expect(two.doc.version).toBe(one.doc.version);
    const series = await server.database.read((manager) => manager.find(IssueSeries));
    const issues = await server.database.read((manager) => manager.find(Issue));
    expect(series.find((it) => it.series === 'information')?.lastNo).toBe(Math.max(...issues.map(({ totalNo }) => totalNo)));
    const next = await checked();
    const now = server.clock.now().toISOString();
    server.clock.set('2023-01-03T02:00:00Z');
    // Half a year later the old session is over.
    await server.with(await server.app.get(Sessions).open(holder('secretary_general').id, 'phone')).sign(on(next));
    server.clock.set(now);
    const [first] = (await secretary.listIssues({ limit: 1 })).rows;
    expect(first?.numberWords).toBe(`2023年第1期（总第${Math.max(...issues.map(({ totalNo }) => totalNo)) + 1}期）`);
    // Another series counts for itself.
    const other = await taken();
    const edition = await editionOf(editor, other.id);
    await editor.saveEdition({ id: other.id, version: edition.version, series: 'special', title: edition.title, body: edition.body });
    const ready = (await director.check({ ...on((await editor.sendCheck(on(other))).doc), note: '' })).doc;
    await secretary.sign(on(ready));
    expect((await me.showEdition({ id: other.id })).issues).toMatchObject([{ series: { name: '社情民意专报' }, numberWords: '2022年第1期（总第1期）' }]);
  });
});

test('陷阱 13：设置要征求意见时，不经反映人同意送不了审；反映人不同意就要再改再问；同意以后又改的，要重新征求', async () => {
  await changeSetting(server, 'opinion.consent', 'on');
  try {
    const doc = await taken();
    await expect(editor.sendCheck(on(doc))).rejects.toMatchObject({ status: 409, refusal: { reason: '反映人还没有同意编辑稿，请先征求意见' } });
    const save = async (body: string) => editor.saveEdition({ id: doc.id, version: (await editionOf(editor, doc.id)).version, series: 'information', title: doc.title, body });
    await save('骑手 126 人，签订劳动合同的 31 人。');
    const asked = (await editor.askAgree(on(doc))).doc;
    later();
    expect(await me.home({})).toMatchObject({ tasks: expect.arrayContaining([expect.objectContaining({ docId: doc.id, actionWords: '回复编辑稿' })]) });
    expect(await editionOf(me, doc.id)).toMatchObject({ body: '骑手 126 人，签订劳动合同的 31 人。', mayEdit: false });
    const no = (await me.objectEdition({ ...on(asked), note: '参加工伤保险的人数不要删' })).doc;
    later();
    expect(await editionOf(editor, doc.id)).toMatchObject({ consent: 'refused', objection: '参加工伤保险的人数不要删' });
    expect((await editor.show({ id: doc.id })).can).not.toContain('send_check');
    const yes = (await me.agreeEdition(on((await editor.askAgree(on(no))).doc))).doc;
    expect((await editor.show({ id: doc.id })).can).toContain('send_check');
    expect((await save('骑手 126 人，签订劳动合同的 31 人，参保 18 人。')).edition.consent).toBe('needed');
    const now = await editor.show({ id: doc.id });
    expect([now.version, now.can.includes('send_check')]).toEqual([yes.version + 1, false]);
    // Said nothing in time: the text as it was shown goes on, and the journal says so.
    await editor.askAgree(on(now));
    server.clock.set('2022-07-27T01:40:00Z');
    await server.app.get(Jobs).runNow('opinions.silences');
    const silent = await (await freshAtDesk()).show({ id: doc.id });
    expect([silent.timeline.at(-1)?.words, silent.can.includes('send_check')]).toEqual(['逾期未回复', true]);
    server.clock.set('2022-07-21T01:40:00Z');
  } finally { await changeSetting(server, 'opinion.consent', 'off'); }
});

test('专委会三个工作日没有初审，到期由系统转编辑并告诉反映人；再跑一次什么也不多做', async () => {
  const { doc } = await me.submit(report());
  server.clock.set('2022-07-26T09:29:00Z');
  await server.app.get(Jobs).runNow('opinions.silences');
  expect((await me.show({ id: doc.id })).state).toBe('submitted');
  server.clock.set('2022-07-26T09:31:00Z');
  await server.app.get(Jobs).runNow('opinions.silences');
  expect(await me.show({ id: doc.id })).toMatchObject({ state: 'editing', holder: { words: '办公室信息编辑' } });
  expect((await me.listNotices({ limit: 5 })).rows[0]).toMatchObject({ head: '已转办公室编辑' });
  expect(await server.app.get(Jobs).runNow('opinions.silences')).toBe('转了 0 件');
  expect((await (await freshAtDesk()).takeOver({ ...on((await me.submit(report())).doc), note: '' })).doc).toMatchObject({ state: 'editing', holder: { words: '您本人' } });
  server.clock.set('2022-07-21T01:40:00Z');
});

test('特急直送编辑，一个小时，值班的人马上知道；设置改成办公室初审，就不再分到专委会', async () => {
  const { doc } = await me.submit(report({ urgency: 'critical' }));
  expect(doc).toMatchObject({ state: 'editing', committee: { id: 'c-shefa' }, holder: { words: '办公室信息编辑', due: { at: '2022-07-21T02:40:00.000Z' } } });
  const told = await server.database.read((manager) => manager.findBy(OutboxRow, { docId: doc.id }));
  expect(told.map(({ recipientId, audience }) => `${audience} ${recipientId}`).sort()).toEqual([`holder ${holder('information_editor').id}`, `officer ${holder('office_director').id}`, `officer ${holder('office_director', undefined, 1).id}`].sort());
  expect((await director.listNotices({ limit: 5 })).rows[0]).toMatchObject({ head: '特急社情民意，请马上安排' });
  await changeSetting(server, 'dutyOfficer.weeks', [{ monday: '2022-07-18', personId: holder('committee_staff', 'c-shefa').id }]);
  const again = await me.submit(report({ urgency: 'critical' }));
  const officers = await server.database.read((manager) => manager.findBy(OutboxRow, { docId: again.doc.id, audience: 'officer' }));
  expect(officers.map(({ recipientId }) => recipientId)).toEqual([holder('committee_staff', 'c-shefa').id]);
  await changeSetting(server, 'dutyOfficer.weeks', []);
  await changeSetting(server, 'opinion.firstReview', 'office');
  expect((await me.submit(report())).doc).toMatchObject({ committee: null, coCommittees: [], holder: { words: '办公室信息编辑', action: '分办' } });
  await changeSetting(server, 'opinion.firstReview', 'both');
  expect((await me.submit(report())).doc).toMatchObject({ committee: null, coCommittees: [{ id: 'c-shefa' }] });
  await changeSetting(server, 'opinion.firstReview', 'committee');
});
