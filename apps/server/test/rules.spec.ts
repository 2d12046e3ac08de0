/** 规则与日历: what the office changes, from which day, who sees it when, and what a changed holiday does to what is running. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sent, routes } from '@lvzhi/contracts';
import { createApp } from '../src/app.ts';
import { AuditEntry } from '../src/platform/audit.ts';
import { journalSource, withJournal } from '../src/platform/journal-source.ts';
import { verifyJournal } from '../src/platform/journal-verify.ts';
import { Jobs } from '../src/platform/jobs.ts';
import { Mark, Marks } from '../src/platform/marks.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { Settings } from '../src/platform/settings.ts';
import { Assignment } from '../src/platform/spine.entities.ts';
import { workbook } from '../src/platform/workbook.ts';
import { SeedingService } from '../src/seeding/seeding.service.ts';
import { holder, plainMember, proposal, report } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

let server: Serving;
let [keeper, auditor, me]: [Api, Api, Api] = [undefined as never, undefined as never, undefined as never];
beforeAll(async () => {
  server = await serving({ shared: true });
  [keeper, auditor, me] = [await server.as(holder('system_admin').id), await server.as(holder('auditor').id), await server.as(plainMember().id)];
});
afterAll(() => server.close());

const today = '2022-07-21';
let keys = 0;
const newKey = () => `rules-spec-${(keys += 1).toString().padStart(4, '0')}`;
const change = async (name: string, value: unknown, more: Partial<Sent<typeof routes.changeRule>> = {}) => keeper.changeRule({ name, key: newKey(), seen: (await keeper.showRule({ name })).seen, value, from: today, why: '按主席会议意见调整', ...more });
const refusalOf = (asked: Promise<unknown>) => asked.then(() => 'done', (error: unknown) => { if (error instanceof RefusedByServer) return { status: error.status, ...error.refusal }; throw error; });
const statusOf = (asked: Promise<unknown>) => asked.then(() => 200, (error: unknown) => { if (error instanceof RefusedByServer) return error.status; throw error; });
const valueOf = async <T>(name: string): Promise<T> => (await keeper.showRule({ name })).value as T;
type Coded = { code: string; name: string }[];

test('系统管理员改，审计员只看，别人连有没有都不知道', async () => {
  expect((await keeper.listRules({})).can).toEqual(['change']);
  expect((await auditor.listRules({})).can).toEqual([]);
  const seen = await auditor.showRule({ name: 'undo.seconds' });
  expect([seen.value, seen.can, seen.lines]).toEqual([10, [], [{ label: '数值', text: '10 秒' }]]);
  expect(await statusOf(auditor.changeRule({ name: 'undo.seconds', key: newKey(), value: 20, from: today, why: '试一试' }))).toBe(403);
  for (const post of ['information_editor', 'office_director', 'member_affairs', 'security_admin', 'committee_head'] as const) {
    const other = await server.as(holder(post).id, 'desk');
    expect([post, await statusOf(other.listRules({})), await statusOf(other.listRuleChanges({})), await statusOf(other.showCalendar({ year: 2022 }))]).toEqual([post, 403, 403, 403]);
  }
  expect(await statusOf(keeper.showRule({ name: 'no.such' }))).toBe(404);
  expect(await statusOf(keeper.showRule({ name: 'score.items' }))).toBe(404);
});

describe('改一条规则', () => {
  test('今天起生效的，下一个请求就照新的办；改前改后、谁、什么时候、为什么都记着，审计员看得到', async () => {
    const limits = (await me.showCatalogue({})).opinion.limits;
    const value = { ...limits, title: { min: 4, max: 8 } };
    const { doc, change: made } = await change('opinion.limits', value);
    expect([doc.since, doc.lines[0], made.state]).toEqual([today, { label: '标题', text: '4 到 8 字' }, 'now']);
    expect((await me.showCatalogue({})).opinion.limits.title).toEqual({ min: 4, max: 8 });
    expect(await refusalOf(me.submit(report()))).toMatchObject({ status: 400, fields: { title: expect.stringContaining('标题最多 8 个字') } });
    const { rows } = await auditor.listRuleChanges({ name: 'opinion.limits' });
    expect(rows).toMatchObject([{ lines: [{ label: '标题', before: '4 到 40 字', after: '4 到 8 字' }], by: { name: holder('system_admin').name }, post: '系统管理员', why: '按主席会议意见调整', effectiveOn: today, madeAt: server.clock.now().toISOString(), state: 'now', can: [] }]);
    await change('opinion.limits', limits);
    expect((await auditor.listRuleChanges({ name: 'opinion.limits' })).rows.map(({ state }) => state)).toEqual(['now', 'over']);
    const kinds = await server.database.read((manager) => manager.find(AuditEntry, { where: { kind: 'rule.changed' } }));
    expect(kinds.map(({ personId, subjectId }) => [personId, subjectId])).toEqual([[holder('system_admin').id, 'opinion.limits'], [holder('system_admin').id, 'opinion.limits']]);
  });

  test.each([
    ['opinion.limits', { title: { min: 9, max: 8 }, situation: { max: 'x' }, analysis: { max: 100 }, suggestion: { min: 10, max: 100 }, total: 5, files: 99 }, {
      'value.title.min': '标题最少 9 个字，比最多 8 个字还多', 'value.situation.max': '情况最多字数应是 1 到 20000 的整数，现在是 x', 'value.total': '正文合计最多 5 个字，少于各部分最少字数之和 10，谁也写不成', 'value.files': '附件最多个数应是 0 到 40 的整数，现在是 99',
    }],
    ['deadline.opinion.review', { workdays: 0 }, { 'value.workdays': '社情民意初审期限的工作日数应是 1 到 250 的整数，现在是 0' }],
    ['deadline.opinion.review', { officeMinutes: 30 }, { value: '请选择社情民意初审期限怎么算' }],
    ['office.hours', [['08:30', '12:00'], ['11:30', '11:00']], { 'value.1.from': '第 2 段从 11:30 开始，和前一段（到 12:00）重叠了', 'value.1.until': '第 2 段的下班时间 11:00 要晚于上班时间 11:30' }],
    ['route.threshold', 1.2, { value: '自动分送的把握应是 50 到 99 的整数（%），现在是 120' }],
    ['route.confirm', 'never', { value: '请选择自动分送：有把握的自动分送、每一件都由人定' }],
    ['urgencies', [{ code: 'normal', name: '普通' }], { value: '紧急程度是系统办理时要用的，只能改名和排次序，不能增加或去掉' }],
    ['replyClasses', [{ code: 'A', name: '已解决' }, { code: 'A', name: '已解决' }, { code: 'bb', name: '' }], { 'value.1.name': '第 2 项“已解决”和前面的重名', 'value.1.code': '第 2 项的代号 A 用了两次', 'value.2.name': '请填写第 3 项的名称', 'value.2.code': '第 3 项的代号应是一个大写字母，现在是 bb' }],
    ['texts', { secretNotice: '本平台严禁处理涉密信息。', pledge: '我承诺内容真实，{ctiy}监督。', guest: { title: '{city}政协', paragraphs: [] } }, { 'value.pledge': '提交承诺：不认识 {ctiy}，可以用的有 {city}、{organ}、{shortOrgan}、{contact}、{phone}、{rosterPhone}、{address}、{hours}', 'value.guest.paragraphs': '段落至少要有 1 项' }],
    ['notice.texts', { 'opinion.pass.author': { head: '通过了', body: '{title}通过了。{when' }, 'x.y.z': { head: '题头', body: '正文' } }, { 'value.opinion.pass.author.body': '“社情民意初审通过，告诉提交人”的正文：有一个大括号没有配对', 'value.x.y.z': '没有这一种通知，请刷新后再改' }],
  ])('%s 填得不对：说清楚哪一项、限制是多少，什么也不改', async (name, value, fields) => {
    const before = await keeper.showRule({ name });
    expect(await refusalOf(change(name, value))).toMatchObject({ status: 400, fields });
    expect(await keeper.showRule({ name })).toEqual(before);
  });

  test('没有理由的、过去的日子、没有改动的不收；同一个 key 只算一次；被别人抢先的给出最新的', async () => {
    await expect(change('undo.seconds', 20, { why: ' ' })).rejects.toMatchObject({ fields: { why: '改动的理由至少 2 个字' } });
    expect(await refusalOf(change('undo.seconds', 20, { from: '2022-07-20' }))).toMatchObject({ status: 400, fields: { from: '生效日期应是今天（7月21日）或以后，7月20日已经过去' } });
    expect(await refusalOf(change('undo.seconds', 20, { from: '2032-07-20' }))).toMatchObject({ status: 400, fields: { from: expect.stringMatching(/^生效日期最晚到 2024年/) } });
    expect(await refusalOf(change('undo.seconds', 10))).toMatchObject({ status: 400, fields: { value: '和现在的一样，没有改动' } });
    const key = newKey();
    const first = await change('undo.seconds', 20, { key });
    expect((await change('undo.seconds', 20, { key })).change.id).toBe(first.change.id);
    expect(await refusalOf(change('undo.seconds', 30, { seen: '' }))).toMatchObject({ status: 409, stale: true, current: { value: 20 }, yours: 30 });
    expect((await auditor.listRuleChanges({ name: 'undo.seconds' })).rows).toHaveLength(1);
  });

  test('从以后的一天起：到那一天才生效，以前列着、可以收回，生效以后不能收回', async () => {
    await change('deadline.opinion.review', { workdays: 1 }, { from: '2022-07-25' });
    const { change: dropped } = await change('deadline.opinion.review', { workdays: 9 }, { from: '2022-07-26' });
    const upcoming = async () => (await keeper.showRule({ name: 'deadline.opinion.review' })).upcoming.map(({ effectiveOn, state, can }) => [effectiveOn, state, can]);
    expect(await upcoming()).toEqual([['2022-07-25', 'later', ['take_back']], ['2022-07-26', 'later', ['take_back']]]);
    expect((await auditor.listRuleChanges({ state: 'later' })).rows).toMatchObject([{ can: [] }, { can: [] }]);
    expect((await keeper.takeBackRule({ id: dropped.id })).change).toMatchObject({ state: 'taken_back', takenBack: { by: { name: holder('system_admin').name } } });
    expect(await statusOf(keeper.takeBackRule({ id: dropped.id }))).toBe(409);
    const due = async () => (await me.submit(report())).doc.holder?.due?.explanation;
    expect(await due()).toMatch(/起算 3 个工作日/);
    server.clock.set('2022-07-24T16:00:00.000Z');
    expect(await due()).toMatch(/^从 7月25日 00:00 起算 1 个工作日/);
    const [begun] = (await keeper.listRuleChanges({ name: 'deadline.opinion.review' })).rows.filter(({ state }) => state === 'now');
    expect(begun).toMatchObject({ effectiveOn: '2022-07-25', can: [] });
    expect(await refusalOf(keeper.takeBackRule({ id: begun?.id ?? '' }))).toMatchObject({ status: 409, reason: '这次改动已经生效，不能收回；要改回去，请再改一次' });
    server.clock.set('2022-07-21T01:40:00.000Z');
    expect(await due()).toMatch(/起算 3 个工作日/);
  });
});

describe('各种规则都照着办', () => {
  test('选项：改名、增加、去掉；去掉的不能再选，以前的件还叫原来的名字', async () => {
    const { doc } = await me.submit(report({ category: 'culture' }));
    const categories = await valueOf<Coded>('opinion.categories');
    await change('opinion.categories', [{ code: '', name: '教育' }, ...categories.filter(({ code }) => code !== 'culture').map((it) => (it.code === 'party' ? { ...it, name: '统战工作' } : it))]);
    const now = (await me.showCatalogue({})).opinion.categories;
    expect(now.map(({ name }) => name)).toEqual(['教育', '经济', '政治', '社会', '生态文明', '统战工作', '其他']);
    expect(now[0]?.code).toMatch(/^x[a-z0-9]{18}$/);
    expect(await refusalOf(me.submit(report({ category: 'culture' })))).toMatchObject({ status: 400 });
    expect((await me.show({ id: doc.id })).category).toEqual({ code: 'culture', name: '文化' });
    expect((await me.submit(report({ category: now[0]?.code }))).doc.category?.name).toBe('教育');
  });

  test('分送：每件由人定的，都到分办台；改了分送表，同样的题目送到别的专委会', async () => {
    expect((await me.submit(report())).doc.committee?.id).toBe('c-shefa');
    await change('route.confirm', 'always');
    expect((await me.submit(report())).doc.committee).toBeNull();
    await change('route.confirm', 'low');
    const table = await valueOf<{ topics: Record<string, string | null> }>('routing.table');
    await change('routing.table', { ...table, topics: { ...table.topics, labour: 'c-nongye' } });
    expect((await me.submit(report())).doc.routing?.candidates[0]?.committee.id).toBe('c-nongye');
    expect((await keeper.listRuleChanges({ name: 'routing.table' })).rows[0]?.lines).toEqual([{ label: '主题：劳动和社会保障', before: '社法委', after: '农业和农村委' }]);
    expect(await refusalOf(change('routing.table', { ...table, topics: { ...table.topics, labour: 'c-none' } }))).toMatchObject({ status: 400, fields: { 'value.topics.labour': '“劳动和社会保障”：请选择一个没有停用的专委会' } });
    await change('routing.table', table);
  });

  test('通知：换成本市的写法，填进去的是这一件的', async () => {
    const { doc } = await me.submit(report());
    const head = await server.as(holder('committee_head', 'c-shefa').id);
    await change('notice.texts', { 'opinion.return.author': { head: '麻烦补充一下', body: '您的《{title}》请在 {due} 前补一补。' }, 'opinion.recall.author': { head: '正在重新分办', body: '您的社情民意《{title}》从专委会收回了。现在由{holder}办理，一般 {due} 前有结果。收件号和提交时间不变。' } });
    // What says the same as before is not kept.
    expect(Object.keys(await valueOf<object>('notice.texts'))).toEqual(['opinion.return.author']);
    await head.sendBack({ id: doc.id, version: doc.version, note: '请补充数据和来源' });
    server.clock.shift(60_000);
    const [notice] = (await me.listNotices({ filter: 'all' })).rows;
    expect(notice).toMatchObject({ head: '麻烦补充一下', body: expect.stringMatching(/^您的《外卖骑手没有工伤保险，劳动合同签订率低》请在 8月4日 17:30 前补一补。$/) });
  });

  test('隐私说明改了，版本跟着变，每个人要重新同意；文字里的市名照填', async () => {
    const { version, title, paragraphs } = (await server.with().guest({})).privacy;
    await me.agree({ version });
    expect((await me.showMe({})).mustConsent).toBe(false);
    const { doc } = await change('privacy', { title, paragraphs: ['谁在处理：{shortOrgan}办公室。', ...paragraphs.slice(1)] });
    expect(doc.value).toMatchObject({ version: today, sensitive: expect.any(Array) });
    expect((await me.showMe({})).mustConsent).toBe(true);
    expect((await server.with().guest({})).privacy).toMatchObject({ version: today, paragraphs: expect.arrayContaining(['谁在处理：政协安澜市委员会办公室。']) });
    expect((await change('privacy', { title: '个人信息说明', paragraphs })).doc.value).toMatchObject({ version: `${today}-2` });
    await change('city', { ...await valueOf<object>('city'), contact: { name: '市政协办公室', phone: '0000-1112222', address: '', hours: '' } });
    expect((await server.with().guest({})).paragraphs.join('')).toContain('0000-1112222');
  });
});

describe('日历', () => {
  const notice = '七、国庆节：10月1日至7日放假调休，共7天。10月8日（周六）、10月9日（周日）上班。';
  const days = async () => (await keeper.showCalendar({ year: 2022 })).days;
  const save = async (list: Awaited<ReturnType<typeof days>>, more: Partial<Sent<typeof routes.saveCalendar>> = {}) => keeper.saveCalendar({ year: 2022, key: newKey(), seen: (await keeper.showCalendar({ year: 2022 })).seen, provisional: false, days: list, why: '省里通知临时放假', ...more });

  test('增加一天假，在办的期限在同一次保存里重算，列出是哪几件、原来和现在、怎么算的；件自己的经过里也写着', async () => {
    await me.submit(proposal());
    const { doc } = await me.submit(report());
    expect(doc.holder?.due?.at).toBe('2022-07-26T09:30:00.000Z');
    const triaged = (await me.submit(report({ title: '某某一件事', situation: '这里写的是看不出主题的一段话，没有什么可以说的内容，只是凑够字数而已。', wish: 'ask' }))).doc;
    const extended = (await me.submit(report())).doc;
    const by = new Date('2022-08-30T09:30:00.000Z');
    await server.database.write((manager) => manager.update(Assignment, { docId: extended.id, isOpen: 1 }, { dueAt: by }));
    const added = { on: '2022-07-25', kind: 'rest' as const, name: '台风停工' };
    const { change: made, rows } = await save([...await days(), added]);
    expect(rows.length).toBe(made.redated);
    expect(rows.find(({ number }) => number === doc.receiptNo)).toEqual({
      number: doc.receiptNo, kind: 'opinion', kindWords: '社情民意', action: '初审', before: '7月26日 17:30', after: '7月27日 17:30', explanation: expect.stringMatching(/^从 7月21日 09:4\d 起算 3 个工作日，到 7月27日 17:30。跳过周末 2 天，跳过台风停工 1 天。$/),
    });
    expect(made.lines).toEqual([{ label: '台风停工', before: null, after: '放假 7月25日' }]);
    const after = await me.show({ id: doc.id });
    expect(after.holder?.due).toMatchObject({ at: '2022-07-27T09:30:00.000Z', explanation: expect.stringContaining('跳过台风停工 1 天') });
    expect(after.timeline.at(-1)).toMatchObject({ words: '期限重算', who: '系统', note: '放假安排有变，期限从 7月26日 17:30 改到 7月27日 17:30' });
    // Ended today; an extension that somebody granted.
    expect(rows.some(({ number }) => number === triaged.receiptNo || number === extended.receiptNo)).toBe(false);
    expect((await me.show({ id: extended.id })).holder?.due?.at).toBe(by.toISOString());
    // The reader of the change log sees numbers, and no titles.
    const listed = await auditor.listRedated({ id: made.id });
    expect(listed.rows).toEqual(rows);
    expect(JSON.stringify(listed)).not.toContain('骑手');
    const head = await server.as(holder('committee_head', 'c-shefa').id);
    server.clock.shift(20_000);
    expect((await head.listNotices({ filter: 'all', limit: 50 })).rows.find(({ docId }) => docId === doc.id)?.body).toContain('请在7月27日 17:30 前办理');
    expect(await statusOf(head.startReview({ id: doc.id, version: doc.version }))).toBe(409);
    expect((await head.startReview({ id: doc.id, version: after.version })).doc.stateWords).toBe('初审中');
    expect((await verifyJournal(journalSource(server.source.manager))).faults).toEqual([]);
  });

  test('去掉这一天，期限回到原来的；再重启、再装种子，去掉的不会回来，改过的规则也不变', async () => {
    const before = await days();
    const { rows } = await save(before.filter(({ on }) => on !== '2022-07-25' && on !== '2022-10-03'));
    expect(rows.find(({ before: was, after: now }) => was === '7月27日 17:30' && now === '7月26日 17:30')).toBeDefined();
    const fresh = await days();
    await server.database.write(async (manager) => { await manager.update(Mark, { name: 'seeds' }, { value: 'another release' }); });
    await server.app.get(SeedingService).load();
    await server.app.get(Marks).look(true);
    expect(await days()).toEqual(fresh);
    expect(fresh.some(({ on }) => on === '2022-10-03')).toBe(false);
    expect((await me.showCatalogue({})).undoSeconds).toBe(20);
    await save(before.filter(({ on }) => on !== '2022-07-25'));
  });

  test('补班的日子让期限提前', async () => {
    const { doc } = await me.submit(report());
    await save([...await days(), { on: '2022-07-23', kind: 'work', name: '补班' }]);
    expect((await me.show({ id: doc.id })).holder?.due?.explanation).toMatch(/到 7月25日 17:30。.*7月23日补班计入/);
    await save((await days()).filter(({ on }) => on !== '2022-07-23'));
    expect((await me.show({ id: doc.id })).timeline.filter(({ words }) => words === '期限重算')).toHaveLength(2);
  });

  test('粘贴放假通知：逐行说读到什么；有一行不对，一天也不存', async () => {
    const good = await keeper.readHolidayText({ year: 2022, text: notice });
    expect(good).toMatchObject({ bad: 0, rows: [{ line: 1, verdict: 'read' }] });
    expect(good.days).toHaveLength(9);
    expect(typeof good.running).toBe('number');
    const before = await days();
    const bad = await keeper.readHolidayText({ year: 2022, text: `${notice}\n八、冬至：12月22日（周一）放假1天。\n九、腊八：13月1日放假。` });
    expect(bad.rows.filter(({ verdict }) => verdict === 'bad').map(({ line, words }) => `${line} ${words}`)).toEqual(['2 2022年12月22日是星期四，这里写的是星期一', '3 没有 2022年13月1日 这一天']);
    expect([bad.bad, bad.running, await days()]).toEqual([2, null, before]);
    expect(await refusalOf(save([...before, { on: '2022-12-22', kind: 'work', name: '冬至' }, { on: '2022-02-30', kind: 'rest', name: '某日' }]))).toMatchObject({ status: 400, fields: { 'days.39': '2022-12-22 是星期四，本来就上班，不用补班', 'days.40': '2022-02-30 不是 2022 年的日子' } });
    expect(await days()).toEqual(before);
  });

  test('上传表格：xlsx 和 GBK 的 csv 都读；元旦前后的日子并入前一年', async () => {
    const token = await server.tokenOf(holder('system_admin').id);
    const upload = async (year: number, name: string, bytes: Buffer) => {
      const form = new FormData();
      form.set('key', newKey());
      form.set('file', new Blob([new Uint8Array(bytes)]), name);
      const answer = await fetch(`${server.url}/api/calendar/${year}/file`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
      return { status: answer.status, said: await answer.json() as Awaited<ReturnType<Api['readHolidayText']>> & { fields?: Record<string, string> } };
    };
    const lines = [{ name: '元旦', rest: '2026年12月31日至2027年1月2日', work: '' }, { name: '春节', rest: '2月5日至2月11日', work: '2月20日' }];
    const book = workbook('放假', [{ head: '节日', width: 10, of: (it: typeof lines[number]) => it.name }, { head: '放假时间', width: 20, of: (it) => it.rest }, { head: '调休上班', width: 20, of: (it) => it.work }], lines);
    const read = await upload(2027, '放假.xlsx', book);
    expect([read.status, read.said.bad, read.said.days.length]).toEqual([200, 0, 11]);
    const view = await keeper.showCalendar({ year: 2027 });
    expect([view.provisional, view.days]).toEqual([true, []]);
    const { doc } = await keeper.saveCalendar({ year: 2027, key: newKey(), seen: view.seen, provisional: false, days: read.said.days, why: '国务院办公厅通知' });
    expect([doc.provisional, doc.days.length]).toEqual([false, 10]);
    expect((await keeper.showCalendar({ year: 2026 })).days.at(-1)).toEqual({ on: '2026-12-31', kind: 'rest', name: '元旦' });
    expect((await auditor.listRuleChanges({ name: 'calendar.2026' })).rows[0]?.lines).toEqual([{ label: '元旦', before: '放假 1月1日至1月3日；上班 1月4日', after: '放假 1月1日至1月3日、12月31日；上班 1月4日' }]);
    // 日期,类型,名称 in GBK.
    const gbk = Buffer.from('c8d5c6da2cc0e0d0cd2cc3fbb3c60a323032372d31302d30312cb7c5bcd92cb9fac7ecbdda0a', 'hex');
    expect((await upload(2027, '放假.csv', gbk)).said.rows).toMatchObject([{ line: 2, verdict: 'read', words: '放假 1 天：10月1日' }]);
    expect(await upload(2027, '旧.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toMatchObject({ status: 400, said: { fields: { file: expect.stringContaining('另存为 .xlsx') } } });
    expect((await upload(1, '放假.csv', gbk)).status).toBe(400);
  });

  test('从十一月起，明年的放假安排还没有录入的，提醒', async () => {
    const warningAt = async (at: string) => {
      server.clock.set(at);
      return (await server.with(await server.app.get(Sessions).open(holder('auditor').id, 'phone')).listRules({})).warning;
    };
    expect(await warningAt('2027-10-31T01:00:00.000Z')).toBeNull();
    expect(await warningAt('2027-11-01T01:00:00.000Z')).toMatch(/^2028 年的放假安排还没有录入/);
    expect(await warningAt('2028-02-01T01:00:00.000Z')).toMatch(/^2028 年的放假安排还没有录入，期限/);
    server.clock.set('2022-07-21T01:40:00.000Z');
  });
});

test('两台服务器一个数据库：这一台改的规则和日历，那一台五秒以内照着办，从它那里收的件期限也对', async () => {
  const other = await createApp(server.config, server.clock, { demoClock: false, demoPast: false, jobs: false });
  try {
    const there = other.get(Settings);
    expect(there.get('invitation.days')).toBe(30);
    await change('invitation.days', 45);
    const { days, seen } = await keeper.showCalendar({ year: 2022 });
    await keeper.saveCalendar({ year: 2022, key: newKey(), seen, provisional: false, days: [...days, { on: '2022-07-22', kind: 'rest', name: '临时放假' }], why: '省里通知' });
    const until = Date.now() + 5_000;
    while (Date.now() < until && (there.get('invitation.days') !== 45 || there.reckoning.calendar.isWorkday('2022-07-22'))) await new Promise((done) => { setTimeout(done, 100); });
    expect([there.get('invitation.days'), there.reckoning.calendar.isWorkday('2022-07-22')]).toEqual([45, false]);
    // Received over there before it had read the calendar again.
    const late = (await me.submit(report())).doc;
    await server.database.write((manager) => manager.update(Assignment, { docId: late.id, isOpen: 1 }, { dueAt: new Date('2022-07-26T09:30:00.000Z') }));
    expect(await server.app.get(Jobs).runNow('calendar.latecomers')).toBe('补算 1 件');
    expect(await server.app.get(Jobs).runNow('calendar.latecomers')).toBe('补算 0 件');
    expect((await me.show({ id: late.id })).timeline.at(-1)).toMatchObject({ words: '期限重算', note: '放假安排有变，期限从 7月26日 17:30 改到 7月27日 17:30' });
    const made = (await auditor.listRuleChanges({ name: 'calendar.2022' })).rows.find(({ state }) => state === 'now');
    expect((await auditor.listRedated({ id: made?.id ?? '', limit: 100 })).rows.at(-1)?.number).toBe(late.receiptNo);
    server.clock.shift(20 * 60_000);
    expect(await server.app.get(Jobs).runNow('calendar.latecomers')).toBe('没有新的改动');
    expect((await withJournal(server.config.databaseUrl, (source) => verifyJournal(source))).faults).toEqual([]);
  } finally { await other.close(); }
});
