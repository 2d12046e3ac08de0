/** @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { AuditEntry } from '../../src/platform/audit.ts';
import { Move } from '../../src/platform/journal.ts';
import { readTable } from '../../src/platform/tables.ts';
import { readDocx } from '../../src/submissions/docx.ts';
import { Zip } from '../../src/platform/zips.ts';
import { CreditEntry, OutboxRow } from '../../src/platform/spine.entities.ts';
import { ChannelEntry } from '../../src/submissions/delivery.entity.ts';
import { holder, plainMember, report } from '../people.ts';
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
async function issued(): Promise<SubmissionView> {
  const { doc } = await me.submit(report());
  const taken = (await editor.take(on((await head.pass({ ...on(doc), note: '' })).doc))).doc;
  return (await secretary.sign(on((await director.check({ ...on((await editor.sendCheck(on(taken))).doc), note: '' })).doc))).doc;
}
const today = '2022-07-21';
const credits = (evidenceId: string) => server.database.read(async (manager) => (await manager.findBy(CreditEntry, { evidenceId })).filter(({ voidedBy }) => voidedBy === null).map(({ item }) => item).sort());
const lines = async (api: Api, id: string) => (await api.listDeliveries({ id })).deliveries;

test('一期报送四处，各走各的：采用、批示、转办、反馈，反映人每一步都知道，看得到的只是可以告诉他的', async () => {
  const doc = await issued();
  expect(doc.holder).toMatchObject({ words: '办公室信息编辑', action: '报送' });
  await expect(editor.send({ ...on(doc), channels: ['department'], unitIds: [] })).rejects.toMatchObject({ status: 400, refusal: { fields: { unitIds: '报有关部门的，请选择单位' } } });
  const sent = (await editor.send({ ...on(doc), channels: ['national', 'provincial', 'city_gov', 'department'], unitIds: ['u-minzheng'] })).doc;
  expect(sent).toMatchObject({ state: 'sent', holder: null });
  const all = await lines(editor, doc.id);
  expect(all.map(({ channel, unit, stateWords, can }) => [channel.name, unit?.id ?? null, stateWords, can])).toEqual([['全国政协', null], ['省政协', null], ['市政府', null], ['有关部门', 'u-minzheng']].map(([name, unit]) => [name, unit, '已报送', ['adopt', 'decline', 'instruct', 'transfer']]));
  const [national, , city] = all;
  let now = sent;
  const record = async (deliveryId: string | undefined, more: object) => { now = (await editor.record({ ...on(now), deliveryId: deliveryId ?? '', action: 'adopt', on: today, ...more })).doc; return now; };
  await expect(record(national?.id, {})).rejects.toMatchObject({ status: 400, refusal: { fields: { mode: '请选择采用方式' } } });
  await expect(record(national?.id, { mode: 'single', on: '2022-07-22' })).rejects.toMatchObject({ status: 400, refusal: { fields: { on: '日期不能晚于今天' } } });
  await record(national?.id, { mode: 'single' });
  await expect(record(national?.id, { mode: 'single' })).rejects.toMatchObject({ status: 409, refusal: { action: 'adopt', reason: '这件报送现在是“已采用”，不能再做“登记采用”' } });
  await record(city?.id, { action: 'instruct', level: 'city', gist: '摘要要保密', text: '全文更要保密', note: '分管副市长作了批示' });
  await record(city?.id, { action: 'transfer', unitId: 'u-minzheng' });
  await record(city?.id, { action: 'answer', unitId: 'u-minzheng', note: '民政局已开展排查，8 月底前建成 3 个驿站。' });
  await record(city?.id, { action: 'follow_up', note: '9 月回头看。' });

  const mine = await lines(me, doc.id);
  expect(mine.find(({ channel }) => channel.code === 'city_gov')).toMatchObject({ stateWords: '已反馈', can: [], entries: [
    { words: '报送市政府' }, { words: '市领导批示', note: '分管副市长作了批示', gist: null, hasText: false }, { words: expect.stringContaining('转') }, { words: expect.stringContaining('反馈办理情况'), note: '民政局已开展排查，8 月底前建成 3 个驿站。' }, { words: '跟踪落实' },
  ] });
  server.clock.shift(11_000);
  expect((await me.listNotices({ limit: 10 })).rows.map(({ head: words }) => words)).toEqual(expect.arrayContaining(['已报送', '被采用了', '领导作了批示', '已转有关单位办理', '有了办理反馈', '跟踪落实有进展']));
  expect((await me.show({ id: doc.id })).timeline.map(({ words }) => words).slice(-6)).toEqual([expect.stringMatching(/^报送全国政协、省政协、市政府、/), '全国政协采用', '市领导批示', expect.stringContaining('办理'), '承办单位反馈办理情况', '跟踪落实']);
  expect(await credits(doc.id)).toEqual(['opinion.adopted', 'opinion.adopted.national', 'opinion.instructed.city', 'opinion.submitted']);
  expect((await director.listLedger({ channel: 'city_gov' })).rows).toMatchObject([{ docId: doc.id, stateWords: '已反馈', numberWords: '2022年第12期（总第345期）' }]);

  // 陷阱 27: neither gist nor text by any way out; at rest the text is sealed.
  const exits = JSON.stringify(await Promise.all([me, head].flatMap((api) => [api.show({ id: doc.id }), api.listDeliveries({ id: doc.id }), api.showEdition({ id: doc.id }), api.home({}), api.listNotices({ limit: 100 })])));
  const kept = JSON.stringify(await server.database.read(async (manager) => [await manager.find(Move), await manager.find(OutboxRow), await manager.find(AuditEntry)]));
  for (const secret of ['摘要要保密', '全文更要保密']) expect([exits.includes(secret), kept.includes(secret)]).toEqual([false, false]);
  const entry = (await lines(director, doc.id)).flatMap(({ entries }) => entries).find(({ hasText }) => hasText);
  expect(entry?.gist).toBe('摘要要保密');
  expect(await secretary.showInstruction({ id: entry?.id ?? '' })).toEqual({ text: '全文更要保密' });
  await expect(me.showInstruction({ id: entry?.id ?? '' })).rejects.toMatchObject({ status: 403 });
  const [audited, row] = await server.database.read(async (manager) => [await manager.findOneBy(AuditEntry, { kind: 'instruction.read' }), await manager.findOneByOrFail(ChannelEntry, { id: entry?.id ?? '' })] as const);
  expect(audited).toMatchObject({ personId: holder('secretary_general').id, subjectId: entry?.id });
  expect(row.sealed).not.toContain('全文');
});

test('登记错了十秒内撤销：那一处回到原来的样子，积分收回；报送撤销了可以再报', async () => {
  const doc = await issued();
  const first = await editor.send({ ...on(doc), channels: ['provincial'], unitIds: [] });
  const back = (await editor.undo({ id: doc.id, moveId: first.undo?.moveId ?? '' })).doc;
  expect([back.state, await lines(editor, doc.id)]).toEqual(['issued', []]);
  const sent = (await editor.send({ ...on(back), channels: ['provincial'], unitIds: [] })).doc;
  await expect(editor.send({ ...on(sent), channels: ['provincial', 'city_party'], unitIds: [] })).rejects.toMatchObject({ status: 400, refusal: { fields: { channels: '其中有一处已经报送过，请去掉' } } });
  const [line] = await lines(editor, doc.id);
  const adopted = await editor.record({ ...on(sent), deliveryId: line?.id ?? '', action: 'adopt', mode: 'composite', on: today });
  expect([(await lines(editor, doc.id))[0]?.stateWords, (await credits(doc.id)).includes('opinion.adopted.provincial')]).toEqual(['已采用', true]);
  const undone = (await editor.undo({ id: doc.id, moveId: adopted.undo?.moveId ?? '' })).doc;
  expect([(await lines(editor, doc.id))[0]?.stateWords, (await credits(doc.id)).includes('opinion.adopted.provincial')]).toEqual(['已报送', false]);
  // Two at once: one is recorded.
  const both = await Promise.allSettled([1, 2].map((index) => editor.record({ ...on(undone), deliveryId: line?.id ?? '', action: 'decline', on: today, note: `第 ${index} 次登记` })));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await lines(me, doc.id))[0]?.entries.map(({ words }) => words)).toEqual(['报送省政协', '省政协未采用']);
});

test('签发的一期可以下载成公文版式的 Word、复制成公众号稿：联系方式略去，只有办公室和签发人能下载，收回的不再给，每次都记审计', async () => {
  const { doc } = await me.submit(report({ title: '外卖驿站太少，联系 13812345678' }));
  const taken = (await editor.take(on((await head.pass({ ...on(doc), note: '' })).doc))).doc;
  const { edition } = await editor.showEdition({ id: doc.id });
  await editor.saveEdition({ id: doc.id, version: edition?.version ?? 0, series: 'special', title: '外卖驿站<太少>&难找', body: '一、情况\n骑手 126 人，负责人电话 027-87654321，邮箱 li@example.cn。\n二、建议\n建设驿站。' });
  const out = (await secretary.sign(on((await director.check({ ...on((await editor.sendCheck(on(taken))).doc), note: '' })).doc))).doc;
  await editor.send({ ...on(out), channels: ['provincial', 'department'], unitIds: ['u-minzheng'] });
  const id = (await editor.showEdition({ id: doc.id })).issues[0]?.id ?? '';

  const { html, struck } = await editor.showBulletin({ id });
  expect([struck, html.includes('外卖驿站&lt;太少&gt;&amp;难找'), html.includes(plainMember().name), /8765|example\.cn|<script|民政/.test(html)]).toEqual([2, true, false, false]);
  const fetched = await fetch(`${server.url}/api/issues/${id}/docx`, { headers: { authorization: `Bearer ${await server.tokenOf(holder('information_editor').id)}` } });
  const bytes = Buffer.from(await fetched.arrayBuffer());
  const zip = Zip.read(bytes);
  if (typeof zip === 'string') throw new Error(zip);
  expect((zip.text('word/document.xml') ?? '').match(/w:eastAsia="[^"]+"/g)).toEqual(expect.arrayContaining(['方正小标宋简体', '黑体', '仿宋_GB2312', '楷体_GB2312'].map((face) => `w:eastAsia="${face}"`)));
  // Another reader than ours: the one that takes in what offices write.
  const { text } = await readDocx(bytes);
  const lines = ['社情民意专报', '2022年第1期（总第1期）\t2022年7月21日', '主办：政协安澜市委员会办公室', '外卖驿站<太少>&难找', '一、情况', '骑手 126 人，负责人电话 （联系方式略），邮箱 （联系方式略）。', `（反映人：${plainMember().name}`, '报：省政协', '送：市民政局', `签发：${holder('secretary_general').name}`];
  for (const line of lines) expect([line, text.split('\n').some((it) => it.startsWith(line))]).toEqual([line, true]);
  expect([text.split('\n')[0], /8765|example\.cn|13812345678/.test(text)]).toEqual(['社情民意专报', false]);
  for (const api of [me, head]) await expect(api.showBulletin({ id })).rejects.toMatchObject({ status: 403 });
  expect(await server.database.read((manager) => manager.countBy(AuditEntry, { kind: 'issue.exported', subjectId: id }))).toBe(2);
  await director.recallIssue({ ...on(await director.show({ id: doc.id })), note: '数字有误' });
  await expect(editor.showBulletin({ id })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('已经收回') } });
});

test('统计按发生的日子算，收到、编发、采用、批示和积分对得上；合并的每位反映人都计；能导出表和通报，每次都记审计', async () => {
  const [time, other] = [{ from: '2022-07-01', to: today }, await server.as(plainMember(1).id)];
  const before = await editor.showOpinionFigures(time);
  await issued();
  const joined = (await other.submit(report({ title: '骑手没有地方歇脚' }))).doc;
  const passed = (await head.pass({ ...on((await me.submit(report({ title: '驿站太少，骑手没处歇脚' }))).doc), note: '' })).doc;
  const main = (await editor.absorb({ ...on((await editor.take(on(passed))).doc), others: [on(joined)] })).doc;
  const signed = (await secretary.sign(on((await director.check({ ...on((await editor.sendCheck(on(main))).doc), note: '' })).doc))).doc;
  const sent = (await editor.send({ ...on(signed), channels: ['provincial', 'city_party'], unitIds: [] })).doc;
  const [provincial, city] = await lines(editor, sent.id);
  const adopted = (await editor.record({ ...on(sent), deliveryId: provincial?.id ?? '', action: 'adopt', on: today, mode: 'composite' })).doc;
  await editor.record({ ...on(adopted), deliveryId: city?.id ?? '', action: 'instruct', on: today, level: 'city', gist: '摘要', note: '作了批示' });

  const after = await secretary.showOpinionFigures(time);
  const more = (of: (it: typeof after) => Partial<Record<string, number | string | null>> | undefined) => ['received', 'edited', 'issued', 'reported', 'provincial', 'instructed', 'points'].map((key) => Number(of(after)?.[key] ?? 0) - Number(of(before)?.[key] ?? 0));
  expect(more((it) => it.total)).toEqual([3, 2, 2, 2, 1, 1, 3 + 2 * 5 + 20 + 10]);
  expect(more((it) => it.people.find(({ id }) => id === plainMember().id))).toEqual([2, 2, 2, 2, 1, 1, 2 + 2 * 5 + 20 + 10]);
  expect(more((it) => it.people.find(({ id }) => id === plainMember(1).id))).toEqual([1, 1, 1, 2, 1, 1, 1 + 5 + 20 + 10]);
  expect(after.channels.find(({ code }) => code === 'provincial')).toMatchObject({ composite: (before.channels.find(({ code }) => code === 'provincial')?.composite ?? 0) + 1 });
  expect([after.goals.find(({ code }) => code === 'received')?.done, after.medians.review === null]).toEqual([(await editor.showOpinionFigures({ from: '2022-01-01', to: today })).total.received, false]);
  // Each waited for themselves: the member's own issue, the committee that reviewed it, the sector that the member belongs to; who was merged in was reviewed, not issued.
  const waits = [after.people.find(({ id }) => id === plainMember().id), after.people.find(({ id }) => id === plainMember(1).id), after.committees.find(({ id }) => id === 'c-shefa'), after.bodies.find(({ note, issued: count }) => note === '界别' && count > 0)];
  expect(waits.map((it) => [typeof it?.review, typeof it?.issue])).toEqual([['number', 'number'], ['number', 'object'], ['number', 'number'], ['number', 'number']]);
  await expect(editor.showOpinionFigures({ from: today, to: '2022-07-01' })).rejects.toMatchObject({ status: 400, refusal: { fields: { to: expect.stringContaining('之前') } } });
  await expect(editor.showOpinionFigures({ from: '2020-01-01', to: today })).rejects.toMatchObject({ status: 400 });
  await expect(me.showOpinionFigures(time)).rejects.toMatchObject({ status: 403 });
  expect((await me.showPace({})).words).toMatch(/^近 30 天初审的 \d+ 件，一半在 .+以内$/);

  const take = async (path: string) => fetch(`${server.url}/api/figures/opinions/${path}?from=${time.from}&to=${time.to}`, { headers: { authorization: `Bearer ${await server.tokenOf(holder('information_editor').id)}` } });
  const [sheet] = readTable(Buffer.from(await (await take('people/xlsx')).arrayBuffer()));
  expect(sheet?.rows.find(([name]) => name === plainMember(1).name)?.slice(-2)).toEqual([String(after.people.find(({ id }) => id === plainMember(1).id)?.points), String(Math.round((waits[1]?.review ?? 0) / 360_000) / 10)]);
  const { text } = await readDocx(Buffer.from(await (await take('circular')).arrayBuffer()));
  expect([text.startsWith('关于社情民意信息工作情况的通报'), text.includes(`${plainMember(1).name}（`), text.includes('省政协采用 1 件')]).toEqual([true, true, true]);
  expect((await take('nothing/xlsx')).status).toBe(404);
  expect(await server.database.read((manager) => manager.countBy(AuditEntry, { kind: 'figures.exported' }))).toBe(2);
});

test('几位委员共同反映：每位都看得到、收到通知、记分，撤回和修改由第一反映人办理；批示的摘要和全文他们一样看不到', async () => {
  const [second, third, stranger] = [plainMember(1), plainMember(2), plainMember(3)];
  const [with2, with3, other] = [await server.as(second.id), await server.as(third.id), await server.as(stranger.id)];
  expect((await me.findReporters({ query: second.name })).rows).toContainEqual({ id: second.id, name: second.name, note: expect.any(String) });
  expect((await me.findReporters({ query: plainMember().name })).rows.map(({ id }) => id)).not.toContain(plainMember().id);
  const refused = async (coAuthorIds: string[]) => me.submit(report({ coAuthorIds })).then(() => '', (error: { refusal: { fields: Record<string, string> } }) => error.refusal.fields['coAuthorIds']);
  expect([await refused([plainMember().id]), await refused([second.id, second.id]), await refused([holder('information_editor').id])]).toEqual(['您是第一反映人，不用再选自己', '同一位委员选了两次，请去掉一次', '共同反映人里有人不是本届委员，请去掉']);

  const { doc } = await me.submit(report({ title: '三位委员一起反映骑手歇脚难', coAuthorIds: [second.id, third.id] }));
  expect([doc.author.id, doc.coAuthors.map(({ id }) => id)]).toEqual([plainMember().id, [second.id, third.id]]);
  for (const api of [with2, with3]) {
    expect((await api.show({ id: doc.id })).can).toEqual([]);
    expect((await api.listMine({ limit: 100 })).rows.map(({ id }) => id)).toContain(doc.id);
    expect((await api.findDocuments({ query: '骑手歇脚难', limit: 100 })).rows.map(({ id }) => id)).toContain(doc.id);
    await expect(api.withdraw(on(doc))).rejects.toMatchObject({ status: 409, refusal: { reason: '几位共同反映的，由第一反映人办理' } });
  }
  await expect(other.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect((await other.listMine({ limit: 100 })).rows.map(({ id }) => id)).not.toContain(doc.id);

  const back = (await head.sendBack({ ...on((await editor.show({ id: doc.id }))), note: '请补充数据' })).doc;
  const { key: _key, kind: _kind, ...form } = report({ title: '两位委员一起反映骑手歇脚难', coAuthorIds: [second.id] });
  const again = (await me.resubmit({ ...form, ...on(back), key: 'together-again' })).doc;
  await expect(with3.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  const taken = (await editor.take(on((await head.pass({ ...on(again), note: '' })).doc))).doc;
  const out = (await secretary.sign(on((await director.check({ ...on((await editor.sendCheck(on(taken))).doc), note: '' })).doc))).doc;
  const sent = (await editor.send({ ...on(out), channels: ['provincial'], unitIds: [] })).doc;
  const [line] = await lines(editor, doc.id);
  const adopted = (await editor.record({ ...on(sent), deliveryId: line?.id ?? '', action: 'adopt', on: today, mode: 'single' })).doc;
  await editor.record({ ...on(adopted), deliveryId: line?.id ?? '', action: 'instruct', on: today, level: 'provincial', gist: '摘要要保密', text: '全文更要保密', note: '省领导作了批示' });
  server.clock.shift(11_000);
  const earned = await server.database.read((manager) => manager.findBy(CreditEntry, { evidenceId: doc.id, personId: second.id }));
  expect(earned.filter(({ voidedBy }) => voidedBy === null).map(({ item }) => item).sort()).toEqual(['opinion.adopted', 'opinion.adopted.provincial', 'opinion.instructed.provincial', 'opinion.submitted']);
  expect((await with2.listNotices({ limit: 20 })).rows.filter(({ docId }) => docId === doc.id).map(({ head: words }) => words)).toEqual(expect.arrayContaining(['共同反映的已提交', '第一反映人补充修改', '已报送', '被采用了']));
  expect((await me.listNotices({ limit: 50 })).rows.filter(({ docId }) => docId === doc.id).map(({ head: words }) => words)).not.toContain('共同反映的已提交');
  expect((await me.listNotices({ limit: 50 })).rows.filter(({ docId }) => docId === doc.id).map(({ head: words }) => words)).toContain('请补充修改');
  // The desk names and finds all who report it, the ledger too.
  expect((await editor.listLedger({})).rows.find(({ docId }) => docId === doc.id)).toMatchObject({ reporter: `${plainMember().name}、${second.name}` });
  expect((await editor.listIssues({})).rows.find(({ docId }) => docId === doc.id)).toMatchObject({ reporter: `${plainMember().name}、${second.name}` });
  expect((await editor.findDocuments({ query: second.name, limit: 100 })).rows.map(({ id }) => id)).toContain(doc.id);
  expect((await editor.findDocuments({ query: third.name, limit: 100 })).rows.map(({ id }) => id)).not.toContain(doc.id);
  expect((await lines(with2, doc.id))[0]).toMatchObject({ can: [], entries: [{}, {}, { note: '省领导作了批示', gist: null, hasText: false }] });
  expect(JSON.stringify([await lines(with2, doc.id), await with2.show({ id: doc.id }), await with2.listNotices({ limit: 50 })])).not.toContain('保密');
});

test('编发和报送采用导出成表格：就是列表里的这些，按列表的筛选，看不到批示写了什么，每次都记入审计；委员导不了', async () => {
  const doc = await issued();
  const sent = (await editor.send({ ...on(doc), channels: ['national', 'city_gov'], unitIds: [] })).doc;
  const city = (await lines(editor, doc.id)).find(({ channel }) => channel.code === 'city_gov');
  await editor.record({ ...on(sent), deliveryId: city?.id ?? '', action: 'instruct', on: today, level: 'city', gist: '摘要要保密', text: '全文更要保密', note: '' });
  const take = async (path: string, personId = holder('information_editor').id) => fetch(`${server.url}/api/${path}`, { headers: { authorization: `Bearer ${await server.tokenOf(personId)}` } });
  const table = async (path: string) => readTable(Buffer.from(await (await take(path)).arrayBuffer()))[0]?.rows ?? [];
  const [issues, ledger, national] = [await table('issues/export'), await table('deliveries/export'), await table('deliveries/export?channel=national')];
  const own = (await editor.listIssues({ limit: 100 })).rows;
  expect([issues[0], issues.length - 1]).toEqual([expect.arrayContaining(['刊物', '期号', '标题', '反映人', '签发']), own.length]);
  expect(issues[1]).toEqual(expect.arrayContaining([own[0]?.numberWords, own[0]?.title, own[0]?.receiptNo]));
  expect(ledger.length - 1).toBe((await editor.listLedger({ limit: 100 })).rows.length);
  expect(new Set(national.slice(1).map(([channel]) => channel))).toEqual(new Set(['全国政协']));
  expect(JSON.stringify(ledger)).not.toMatch(/保密/);
  expect((await take('deliveries/export?channel=elsewhere')).status).toBe(400);
  expect((await take('issues/export', plainMember().id)).status).toBe(403);
  const logged = await server.database.read(async (manager) => manager.findBy(AuditEntry, { kind: 'documents.exported' }));
  expect(logged.map(({ detail }) => detail)).toEqual(expect.arrayContaining([{ what: 'issues', rows: own.length, cut: false }, { what: 'deliveries', rows: national.length - 1, cut: false }]));
});
