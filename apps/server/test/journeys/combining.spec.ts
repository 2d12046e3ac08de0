/** @dates */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { Jobs } from '../../src/platform/jobs.ts';
import { CreditEntry } from '../../src/platform/spine.entities.ts';
import { SimilarText } from '../../src/similar/similar.entity.ts';
import { formOf, holder, plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let server: Serving;
let me: Api, other: Api, third: Api, head: Api, editor: Api, director: Api, secretary: Api;
beforeAll(async () => {
  server = await serving();
  [me, other, third, head, editor, director, secretary] = [await server.as(plainMember().id), await server.as(plainMember(1).id), await server.as(plainMember(2).id), await server.as(holder('committee_head', 'c-shefa').id),
    await server.as(holder('information_editor').id, 'desk'), await server.as(holder('office_director').id, 'desk'), await server.as(holder('secretary_general').id)];
});
afterAll(() => server.close());

const on = ({ id, version }: Pick<SubmissionView, 'id' | 'version'>) => ({ id, version });
const sketch = () => server.app.get(Jobs).runNow('opinions.sketches');
const follow = () => server.app.get(Jobs).runNow('opinions.followers');
const later = () => { server.clock.shift(11_000); };
/** One matter in the words of several people, and others that only begin and end alike. */
const charging = [
  { title: '老旧小区电动自行车飞线充电隐患突出', situation: '永安街道六个老旧小区居民从窗口拉线给电动自行车充电，楼道起火险情三起，集中充电桩不足，群众反映强烈。', analysis: '', suggestion: '建议有关部门重视，加快建设集中充电桩。', townId: 't-yongan' },
  { title: '建议在老旧小区建设电动自行车集中充电桩', situation: '永安街道老旧小区电动自行车飞线充电普遍，充电桩不足，楼道起火险情多，居民担心。', analysis: '', suggestion: '建议有关部门尽快解决，建设集中充电桩。', townId: 't-yongan' },
  { title: '临江街道电动自行车飞线充电隐患', situation: '临江街道老旧小区电动自行车飞线充电屡禁不止，集中充电桩不足，上月楼道起火险情一起。', analysis: '', suggestion: '建议利用停车场建设集中充电桩。', townId: 't-linjiang' },
] as const;
const fillers = ['农贸市场排水沟堵塞积水', '山区耕地撂荒增加', '乡村医生后继乏人', '楚剧团下乡演出减少', '开发区夜班公交末班过早', '禁捕后岸边垂钓密集'].map((title) => ({ title: `关于${title}的建议`, situation: `${title}，走访多处，情况属实，群众反映强烈，希望引起重视。`, analysis: '', suggestion: '建议有关部门高度重视，切实解决。' }));
let reports: SubmissionView[];
let sketched: string | undefined;

describe('相近和热点', () => {
  beforeAll(async () => {
    for (const it of fillers) await third.submit(report(it));
    reports = [];
    for (const [index, api] of [me, other, third].entries()) reports.push((await api.submit(report(charging[index]))).doc);
    sketched = await sketch();
  });

  test('开头件数少，看不出哪些词少见：翻一番重编一遍，没翻的不动', async () => {
    expect([sketched, await sketch()]).toEqual([expect.stringMatching(/^编入 (\d+) 件，重编 \1 件$/), '编入 0 件']);
  });

  test('办公室看到相近的有分数、时间、地点、事项；套话一样的不算', async () => {
    const { rows } = await editor.showSimilar({ id: reports[0]?.id ?? '' });
    expect(rows.map(({ doc }) => doc?.id ?? '').toSorted()).toEqual(reports.slice(1).map(({ id }) => id).toSorted());
    expect(rows.map(({ town }) => town?.id).toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual(['t-linjiang', 't-yongan']);
    expect(rows[0]).toMatchObject({ words: '可能是同一件事', submittedAt: server.clock.now().toISOString(), doc: { can: ['lead', 'combine'] } });
    expect(rows[0]?.shared.join()).toMatch(/充电|老旧/);
  });

  test('委员写的时候：自己的看得到题目；别人的只知道有一件正在办理；撤回成草稿的不提', async () => {
    const draft = { title: '老旧小区飞线充电', body: charging[1].situation };
    const { rows } = await me.findSimilar(draft);
    expect(rows.filter(({ doc }) => doc).map(({ doc }) => doc?.title)).toEqual([charging[0].title]);
    expect(rows.filter(({ doc }) => !doc)).toEqual(expect.arrayContaining([{ score: expect.any(Number), words: expect.any(String), doc: null, published: null, town: null, submittedAt: null, shared: [] }]));
    expect(JSON.stringify(await third.findSimilar(draft))).not.toContain(charging[1].title);
    expect((await me.findSimilar({ ...draft, id: reports[0]?.id ?? '' })).rows.filter(({ doc }) => doc)).toEqual([]);
    const { doc } = await me.submit(report(charging[1]));
    await sketch();
    const count = async () => (await third.findSimilar(draft)).rows.length;
    const before = await count();
    const drawn = (await me.withdraw(on(doc))).doc;
    expect(await count()).toBe(before - 1);
    // Written anew about something else, it is found by its new words only.
    await me.resubmit({ ...on(drawn), key: 'anew-similar-1', ...formOf(report({ title: '校门口接送车辆拥堵', situation: '南门小学放学时接送车辆双排停放，救护车两次受阻，家长和邻里意见大。', analysis: '', suggestion: '错峰放学，划定临时停车位。' })) });
    await sketch();
    expect((await me.findSimilar(draft)).rows.filter((row) => row.doc?.id === doc.id)).toEqual([]);
    expect((await me.findSimilar({ title: '校门口接送车辆拥堵', body: '放学接送车辆双排停放' })).rows[0]?.doc?.id).toBe(doc.id);
  });

  test('热点：三个人从两个镇街反映一件事，热度加得出来；别的人看不到这一页', async () => {
    const { topics } = await editor.listTopics({ days: '30' });
    expect(topics[0]).toMatchObject({ reports: 3, reporters: 3, lately: 3, heat: 53, why: '反映人 3 位（每位 10 分），近 7 天 3 件（每件 5 分），涉及 2 个镇街（每多一个 5 分），共 3 件（每件 1 分）', towns: [{ reports: 2 }, { reports: 1 }] });
    expect([topics[0]?.weeks.at(-1), topics[0]?.rows.map(({ id }) => id).toSorted()]).toEqual([3, reports.map(({ id }) => id).toSorted()]);
    for (const api of [me, head, secretary]) await expect(api.listTopics({})).rejects.toMatchObject({ status: 403 });
  });

  test('另一台实例从同样的行得到同样的答案；编过的再编不变', async () => {
    const rows = () => server.database.read((manager) => manager.find(SimilarText, { order: { id: 'ASC' } }));
    const before = await rows();
    expect(await sketch()).toBe('编入 0 件');
    expect(await rows()).toEqual(before);
  });
});

describe('合并编发', () => {
  const fresh = async (id: string) => editor.show({ id });
  const credits = (evidenceId: string) => server.database.read(async (manager) => (await manager.findBy(CreditEntry, { evidenceId })).filter(({ voidedBy }) => voidedBy === null).map(({ item }) => item).sort());
  const heads = async (api: Api) => (await api.listNotices({ limit: 20 })).rows.map(({ head: words }) => words);

  test('三件合成一件：主件由编辑接手，材料附在编辑稿后；每位反映人都知道，编发、采用、收回都跟着算', async () => {
    const [main, second, last] = await Promise.all(reports.map(({ id }) => fresh(id)));
    if (!main || !second || !last) throw new Error('no reports');
    await expect(editor.absorb({ ...on(main), others: [on(main)] })).rejects.toMatchObject({ status: 400, refusal: { fields: { others: '不能并入自己，请去掉主件' } } });
    await expect(editor.absorb({ ...on(main), others: [on(second), { ...on(last), version: 99 }], takeIt: true })).rejects.toMatchObject({ status: 409 });
    // None of it was done.
    expect([(await fresh(main.id)).version, (await fresh(second.id)).state]).toEqual([main.version, second.state]);
    const asked = { ...on(main), key: 'absorb-once-1', others: [on(second), on(last)], takeIt: true, note: '三件说的是一件事' };
    const { doc } = await editor.absorb(asked);
    expect((await editor.absorb(asked)).doc.version).toBe(doc.version);
    expect(doc).toMatchObject({ state: 'editing', merged: expect.arrayContaining([expect.objectContaining({ id: second.id }), expect.objectContaining({ id: last.id })]) });
    const { edition } = await editor.showEdition({ id: doc.id });
    for (const text of [charging[0].situation, `【并入 ${second.receiptNo ?? ''}】${second.title}`, charging[2].situation]) expect(edition?.body).toContain(text);
    const theirs = await other.show({ id: second.id });
    expect(theirs).toMatchObject({ state: 'merged', holder: null, main: { title: null, caseNo: '说同一件事的社情民意' }, text: { situation: charging[1].situation } });
    expect(theirs.timeline.at(-1)).toMatchObject({ words: '合并编发', note: '三件说的是一件事' });
    await expect(other.show({ id: main.id })).rejects.toMatchObject({ status: 404 });

    const checked = (await director.check({ ...on((await editor.sendCheck(on(doc))).doc), note: '' })).doc;
    const issued = (await secretary.sign(on(checked))).doc;
    // Not before it can no longer be undone.
    await follow();
    expect(await credits(second.id)).toEqual(['opinion.submitted']);
    later();
    await follow();
    await follow();
    for (const { id } of [main, second, last]) expect(await credits(id)).toEqual(['opinion.adopted', 'opinion.submitted']);
    expect((await other.showEdition({ id: second.id })).issues).toMatchObject([{ recalled: false }]);
    const sent = (await editor.send({ ...on(issued), channels: ['provincial', 'city_gov'], unitIds: [] })).doc;
    const [line] = (await editor.listDeliveries({ id: doc.id })).deliveries;
    const undone = await editor.record({ ...on(sent), deliveryId: line?.id ?? '', action: 'adopt', mode: 'composite', on: '2022-07-21' });
    const back = (await editor.undo({ id: doc.id, moveId: undone.undo?.moveId ?? '' })).doc;
    await editor.record({ ...on(back), deliveryId: line?.id ?? '', action: 'adopt', mode: 'single', on: '2022-07-21' });
    later();
    await follow();
    expect(await credits(second.id)).toEqual(['opinion.adopted', 'opinion.adopted.provincial', 'opinion.submitted']);
    expect((await other.listDeliveries({ id: second.id })).deliveries).toMatchObject([{ channel: { code: 'provincial' }, stateWords: '已采用', can: [] }, { stateWords: '已报送' }]);
    expect((await other.show({ id: second.id })).timeline.map(({ words }) => words).slice(-3)).toEqual(['合并编发的一期已签发', '报送省政协、市政府', '省政协采用']);
    later();
    expect((await heads(other)).slice(0, 4)).toEqual(expect.arrayContaining(['被采用了', '已报送', '已编发', '与同类合并编发']));
    await director.recallIssue({ ...on(await fresh(doc.id)), note: '数字有误' });
    later();
    await follow();
    for (const { id } of [main, second]) expect((await credits(id)).includes('opinion.adopted')).toBe(false);
  });

  test('并错了可以拆开：回到编辑，不再跟着；带着别的件的不能再并入；别人没有这个权', async () => {
    const submit = async (api: Api, index: number) => (await api.submit(report({ ...fillers[index], key: `apart-${index}-0001` }))).doc;
    const [main, side, more] = [await submit(me, 0), await submit(other, 1), await submit(third, 2)];
    for (const api of [me, head, secretary]) await expect(api.absorb({ ...on(main), others: [on(side)] })).rejects.toMatchObject({ status: 403 });
    await expect(editor.absorb({ ...on(main), others: [on(side)] })).rejects.toMatchObject({ status: 409 });
    const { doc } = await editor.absorb({ ...on(main), others: [on(side)], takeIt: true });
    await expect(editor.absorb({ ...on(more), others: [on(doc)], takeIt: true })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('有别的件并在这一件里') } });
    const merged = await fresh(side.id);
    expect(merged.can).toEqual(['separate']);
    const apart = (await editor.separate({ ...on(merged), note: '说的是两件事' })).doc;
    expect(apart).toMatchObject({ state: 'editing', main: null });
    expect((await fresh(main.id)).merged).toEqual([]);
    await editor.archiveReport({ ...on(await fresh(main.id)), note: '已经解决' });
    later();
    await follow();
    expect(await heads(other)).not.toContain('留存备查');
  });
});
