import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { opinionFlow, proposalFlow } from '@lvzhi/domain';
import { In } from 'typeorm';
import { chain, Move } from '../../src/platform/journal.ts';
import { Assignment, CreditEntry, OutboxRow } from '../../src/platform/spine.entities.ts';
import { RoutingExample } from '../../src/routing/routing.entity.ts';
import { Note, Submission } from '../../src/submissions/submission.entity.ts';
import { formOf, holder, plainMember, proposal, report } from '../people.ts';
import { RefusedByServer, serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const [author, editorId, headId, staffId] = [plainMember(0).id, holder('information_editor').id, holder('committee_head', 'c-shefa').id, holder('committee_staff', 'c-shefa').id];
let server: Serving;
let apis: Record<'me' | 'office' | 'head' | 'vice' | 'staff', Api>;
beforeAll(async () => {
  server = await serving();
  apis = { me: await server.as(author), office: await server.as(editorId, 'desk'), head: await server.as(headId), vice: await server.as(holder('committee_vice_head', 'c-shefa').id), staff: await server.as(staffId, 'desk') };
});
afterAll(() => server.close());

const on = ({ id, version }: Pick<SubmissionView, 'id' | 'version'>) => ({ id, version });
const submitted = async (more: object = {}) => (await apis.me.submit(report({ wish: 'ask', ...more }))).doc;
const assigned = async () => (await apis.office.assign({ ...on(await submitted()), committeeId: 'c-shefa', coCommitteeIds: ['c-renzihuan'] })).doc;
const statuses = (results: readonly PromiseSettledResult<unknown>[]) => results.map((it) => (it.status === 'fulfilled' ? 200 : (it.reason as RefusedByServer).status)).sort((a, b) => a - b);
const refusalOf = async (asked: Promise<unknown>) => asked.then(() => ({ status: 200, refusal: {} }), (error: unknown) => { if (error instanceof RefusedByServer) return error; throw error; });
const movesOf = (docId: string) => server.database.read((manager) => manager.find(Move, { where: { docId }, order: { seq: 'ASC' } }));

describe('陷阱 19：同时处理同一件', () => {
  test('50 个互相冲突的初审同时到：一个成功，49 个被拒绝，流水只多一行', async () => {
    const doc = await assigned();
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => {
      const by = index % 3 === 0 ? apis.vice : apis.head;
      return index % 2 === 0 ? by.pass({ ...on(doc), note: `第 ${index} 个` }) : by.sendBack({ ...on(doc), note: `第 ${index} 个，请补充` });
    }));
    expect(statuses(results)).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
    const moves = await movesOf(doc.id);
    expect(moves.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const [notes, open, row] = await server.database.read(async (manager) => [await manager.countBy(Note, { submissionId: doc.id }), await manager.countBy(Assignment, { docId: doc.id, isOpen: 1 }), await manager.findOneByOrFail(Submission, { id: doc.id })] as const);
    expect([notes, open, row.version, row.state]).toEqual([1, 1, 3, moves.at(-1)?.toState]);
  });

  test('50 件同时分送、同时初审，谁也不挡谁', async () => {
    const docs = await Promise.all(Array.from({ length: 25 }, () => submitted()));
    const sent = await Promise.all(docs.map((doc) => apis.office.assign({ ...on(doc), committeeId: 'c-shefa' })));
    const passed = await Promise.all(sent.map(({ doc }) => apis.head.pass({ ...on(doc), note: '' })));
    expect(passed.map(({ doc }) => doc.state)).toEqual(docs.map(() => 'editing'));
    expect(new Set(docs.map(({ receiptNo }) => receiptNo)).size).toBe(docs.length);
  });

  test('专委会受理和委员撤回同时到，只有一个成', async () => {
    for (let round = 0; round < 5; round += 1) {
      const doc = await assigned();
      expect(statuses(await Promise.allSettled([apis.head.startReview(on(doc)), apis.me.withdraw(on(doc)), apis.office.recall({ ...on(doc), reason: '送错了' })])).filter((it) => it === 200)).toHaveLength(1);
      expect((await movesOf(doc.id)).length).toBe(3);
    }
  });

  test('对着旧的一版再提交：409，现在的和您写的都还给您', async () => {
    const doc = await assigned();
    await apis.head.sendBack({ ...on(doc), note: '请补充数据' });
    const yours = formOf(report({ title: '外卖骑手的保险由谁来买', suggestion: '建议由人社部门牵头每季度检查一次。' }));
    const { refusal, status } = await refusalOf(apis.me.resubmit({ ...on(doc), key: 'an-old-version', ...yours }));
    expect([status, refusal]).toMatchObject([409, { stale: true, reason: expect.stringContaining('还在'), current: { id: doc.id, version: doc.version + 1, title: doc.title, text: doc.text }, yours: { title: yours.title, situation: yours.situation, analysis: yours.analysis, suggestion: yours.suggestion } }]);
    expect((await apis.me.show({ id: doc.id })).title).toBe(doc.title);
  });

  test('对着旧的一版审：409，说现在是第几版、什么状态', async () => {
    const doc = await assigned();
    const { doc: started } = await apis.staff.startReview(on(doc));
    const { refusal, status } = await refusalOf(apis.head.pass({ ...on(doc), note: '' }));
    expect([status, refusal]).toMatchObject([409, { stale: true, current: { id: doc.id, version: started.version, state: 'first_review' } }]);
  });

  test('不存在的编号，每一个操作都是 404', async () => {
    const ghost = { id: '000000000000000000', version: 1 };
    const asked = [
      apis.me.withdraw(ghost), apis.office.assign({ ...ghost, committeeId: 'c-shefa' }), apis.office.recall({ ...ghost, reason: '送错了' }), apis.head.reroute({ ...ghost, committeeId: 'c-jingke', reason: '送错了' }), apis.head.startReview(ghost), apis.staff.prepare({ ...ghost, outcome: 'pass', note: '通过' }),
      apis.head.comment({ ...ghost, note: '配合' }), apis.head.pass({ ...ghost, note: '' }), apis.head.sendBack({ ...ghost, note: '补充' }), apis.head.notAdopt({ ...ghost, reason: 'vague', note: '' }), apis.head.review({ ...ghost, outcome: 'filed', note: '立案', unitIds: [] }),
      apis.head.undo({ id: ghost.id, moveId: ghost.id }), apis.me.resubmit({ ...ghost, key: 'nothing-there', ...formOf(report()) }), apis.me.show({ id: ghost.id }), apis.me.openFile({ id: ghost.id }), apis.me.removeFile({ id: ghost.id }), apis.me.readNotice({ id: ghost.id }),
    ];
    expect(await Promise.all(asked.map(async (it) => (await refusalOf(it)).status))).toEqual(asked.map(() => 404));
  });

  test('提案不能用社情民意的操作，社情民意不能用提案的操作', async () => {
    const { doc } = await apis.me.submit(proposal());
    const opinion = await assigned();
    for (const ask of [() => apis.head.pass({ ...on(doc), note: '' }), () => apis.head.notAdopt({ ...on(doc), reason: 'vague', note: '' }), () => apis.head.review({ ...on(opinion), outcome: 'filed', note: '立案', unitIds: [] })]) expect([404, 409]).toContain((await refusalOf(ask())).status);
  });

  test('名单以外的专委会、单位、镇街和理由都不收，协送重复的只算一个', async () => {
    const doc = await submitted();
    for (const [asked, field] of [
      [apis.office.assign({ ...on(doc), committeeId: 'u-guihua' }), 'committeeId'], [apis.office.assign({ ...on(doc), committeeId: 'c-shefa', coCommitteeIds: ['o-office'] }), 'committeeId'],
      [apis.me.submit(report({ townId: 'c-shefa' })), 'townId'], [apis.me.submit(report({ unitIds: ['c-shefa'] })), 'unitIds'], [apis.me.submit(report({ category: 'nothing' })), 'category'], [apis.office.notAdopt({ ...on(doc), reason: 'mood', note: '' }), 'reason'],
    ] as const) expect([field, (await refusalOf(asked)).refusal]).toMatchObject([field, { fields: { [field]: expect.stringMatching(/^请从列表里选择/) } }]);
    const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa', coCommitteeIds: ['c-jingke', 'c-jingke', 'c-shefa'] });
    expect(sent.coCommittees.map(({ id }) => id)).toEqual(['c-jingke']);
  });
});

test('陷阱 27：改送走的一件，重发同一个请求得到同一个答复；那边动过以后，就再也看不到了', async () => {
  const doc = await assigned();
  const asked = { ...on(doc), committeeId: 'c-jingke', reason: '属于经济方面', key: 'sent-away-once' };
  const { doc: away } = await apis.head.reroute(asked);
  expect((await apis.head.reroute(asked)).doc).toEqual(away);
  const there = await server.as(holder('committee_head', 'c-jingke').id);
  await there.startReview(on(away));
  expect((await refusalOf(apis.head.reroute(asked))).status).toBe(404);
  expect((await movesOf(doc.id)).filter(({ action }) => action === 'reroute')).toHaveLength(1);
});

describe('十秒内撤销', () => {
  const state = (docId: string) => server.database.read(async (manager) => {
    const { version: _v, hash: _h, changedAt: _c, ...row } = await manager.findOneByOrFail(Submission, { id: docId });
    const open = (await manager.findBy(Assignment, { docId, isOpen: 1 })).map(({ id, action, holderId, dueAt, closedBy }) => ({ id, action, holderId, dueAt, closedBy }));
    const waiting = (await manager.find(OutboxRow, { where: { docId }, order: { id: 'ASC' } })).filter(({ withdrawnAt }) => withdrawnAt === null).map(({ id }) => id);
    const credits = (await manager.findBy(CreditEntry, { evidenceId: docId })).filter(({ voidedBy }) => voidedBy === null).map(({ id }) => id);
    const lessons = await manager.find(RoutingExample, { where: { submissionId: docId }, order: { moveId: 'ASC' } });
    const notes = (await manager.findBy(Note, { submissionId: docId, isVoid: 0 })).map(({ moveId }) => moveId);
    return { row, open, waiting, credits, notes, lessons };
  });

  test.each([
    ['分送', 'office', () => submitted(), (doc: SubmissionView) => apis.office.assign({ ...on(doc), committeeId: 'c-shefa', coCommitteeIds: ['c-jingke'] })],
    ['收回', 'office', () => assigned(), (doc: SubmissionView) => apis.office.recall({ ...on(doc), reason: '送错了' })],
    ['改送', 'head', () => assigned(), (doc: SubmissionView) => apis.head.reroute({ ...on(doc), committeeId: 'c-renzihuan', reason: '人口方面' })],
    ['开始初审', 'staff', () => assigned(), (doc: SubmissionView) => apis.staff.startReview(on(doc))],
    ['拟初审意见', 'staff', () => assigned(), (doc: SubmissionView) => apis.staff.prepare({ ...on(doc), outcome: 'pass', note: '建议通过' })],
    ['初审通过', 'head', () => assigned(), (doc: SubmissionView) => apis.head.pass({ ...on(doc), note: '给编辑的话' })],
    ['退回补充', 'head', () => assigned(), (doc: SubmissionView) => apis.head.sendBack({ ...on(doc), note: '请补充' })],
    ['不予采用', 'head', () => assigned(), (doc: SubmissionView) => apis.head.notAdopt({ ...on(doc), reason: 'vague', note: '' })],
  ] as const)('%s之后撤销：状态、待办、通知、计分、意见和学到的都和原来一样，流水记下这次撤销', async (_, who, make, move) => {
    const doc = await make();
    const [before, { can }] = [await state(doc.id), await apis[who].show({ id: doc.id })];
    const { undo, doc: moved } = await move(doc);
    expect(await state(doc.id)).not.toEqual(before);
    const { doc: back } = await apis[who].undo({ id: doc.id, moveId: undo?.moveId ?? '' });
    expect(await state(doc.id)).toEqual(before);
    expect(back).toMatchObject({ state: doc.state, version: moved.version + 1, committee: doc.committee, coCommittees: doc.coCommittees, can });
    expect((await movesOf(doc.id)).at(-1)).toMatchObject({ action: 'undo', toState: doc.state, detail: { undoes: undo?.moveId } });
    server.clock.shift(11_000);
    const told = await server.database.read((manager) => manager.countBy(OutboxRow, { id: In(before.waiting), recipientId: author }));
    expect((await apis.me.listNotices({ limit: 100 })).rows.filter(({ docId }) => docId === doc.id)).toHaveLength(told);
    expect((await refusalOf(apis[who].undo({ id: doc.id, moveId: undo?.moveId ?? '' }))).status).toBe(409);
  });

  test('同一个撤销连点五次，只撤销一次', async () => {
    const doc = await assigned();
    const { undo } = await apis.head.startReview(on(doc));
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => apis.head.undo({ id: doc.id, moveId: undo?.moveId ?? '' })));
    expect(statuses(results)).toEqual([200, 409, 409, 409, 409]);
    expect((await movesOf(doc.id)).filter(({ action }) => action === 'undo')).toHaveLength(1);
  });

  test('可以撤销的操作，10 秒以后才告诉别人；不能撤销的马上告诉', async () => {
    const told = async (docId: string) => (await apis.me.listNotices({ limit: 100 })).rows.filter((it) => it.docId === docId).map(({ head }) => head);
    const doc = await submitted();
    expect((await apis.office.listNotices({ limit: 100 })).rows.filter((it) => it.docId === doc.id)).toHaveLength(1);
    const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
    server.clock.shift(9_999);
    expect(await told(doc.id)).toEqual([]);
    expect((await apis.head.countTasks({})).review).toBeGreaterThan(0);
    server.clock.shift(1);
    expect(await told(doc.id)).toEqual(['已分送专委会']);
    await apis.head.sendBack({ ...on(sent), note: '请补充' });
    const waiting = await server.database.read((manager) => manager.findOneByOrFail(OutboxRow, { docId: doc.id, action: 'return', recipientId: author }));
    expect((await refusalOf(apis.me.readNotice({ id: waiting.id }))).status).toBe(404);
    server.clock.shift(10_000);
    expect(await told(doc.id)).toEqual(['请补充修改', '已分送专委会']);
  });
});

describe('计分', () => {
  const live = (docId: string) => server.database.read(async (manager) => (await manager.findBy(CreditEntry, { evidenceId: docId })).map(({ item, personId, voidedBy }) => ({ item, personId, live: voidedBy === null })));

  test('提交一件记一次，撤回作废，再交再记，退回补充后再交不重复记', async () => {
    const once = { item: 'opinion.submitted', personId: author, live: true };
    const doc = await submitted();
    expect(await live(doc.id)).toEqual([once]);
    const { doc: back } = await apis.me.withdraw(on(doc));
    expect(await live(doc.id)).toEqual([{ ...once, live: false }]);
    const { doc: again } = await apis.me.resubmit({ ...on(back), key: 'credit-again-1', ...formOf(report({ wish: 'ask' })) });
    expect((await live(doc.id)).filter((it) => it.live)).toEqual([once]);
    const { doc: returned } = await apis.office.sendBack({ ...on(again), note: '请补充' });
    await apis.me.resubmit({ ...on(returned), key: 'credit-again-2', ...formOf(report({ wish: 'ask' })) });
    expect(await live(doc.id)).toEqual([{ ...once, live: false }, once]);
  });

  test('提案也一样', async () => {
    const { doc } = await apis.me.submit(proposal());
    expect(await live(doc.id)).toEqual([{ item: 'proposal.submitted', personId: author, live: true }]);
  });
});

describe('陷阱 20：以上一切之后', () => {
  test('每一件的状态等于它最后一行流水，版本连续，链条完整', async () => {
    const [docs, moves] = await server.database.read(async (manager) => [await manager.find(Submission), await manager.find(Move, { order: { docId: 'ASC', seq: 'ASC' } })] as const);
    expect(docs.length).toBeGreaterThan(40);
    for (const doc of docs) {
      const own = moves.filter(({ docId }) => docId === doc.id);
      expect([doc.id, own.at(-1)?.toState, own.at(-1)?.hash]).toEqual([doc.id, doc.state, doc.hash]);
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1));
      let previous = '';
      for (const { hash, ...row } of own) {
        expect(chain(previous, row)).toBe(hash);
        previous = hash;
      }
      for (const [index, row] of own.entries()) expect(row.fromState).toBe(own[index - 1]?.toState ?? 'draft');
    }
  });

  test('系统自己只做过“自动分送”，它能做的只有分送、直送编辑、逾期转送、转告并入件，以及随各承办单位的更换、答复和评价而来的', async () => {
    const bySystem = await server.database.read((manager) => manager.findBy(Move, { personId: 'system' }));
    expect(new Set(bySystem.map(({ action, post }) => `${action} ${post}`))).toEqual(new Set(['route system']));
    const own = ({ moves }: { moves: object }) => Object.entries(moves as Record<string, { by: readonly string[] }>).filter(([, { by }]) => by.includes('system')).map(([action]) => action);
    expect([own(opinionFlow), own(proposalFlow)]).toEqual([['born', 'route', 'forward', 'resume', 'lapse', 'lapse_agree', 'follow'], ['route', 'lapse_edits', 'ask_signers', 'settle_signers', 'change_signers', 'change_units', 'all_replied', 'rehandle', 'call_meeting', 'close']]);
  });

  test('每一件至多有一个没办完的待办，办完的和草稿没有', async () => {
    const [docs, open] = await server.database.read(async (manager) => [await manager.find(Submission), await manager.findBy(Assignment, { isOpen: 1 })] as const);
    for (const { id, state } of docs) expect([state, open.filter(({ docId }) => docId === id).length]).toEqual([state, ['draft', 'not_adopted'].includes(state) ? 0 : 1]);
  });

  test('流水里没有一个字的正文', async () => {
    const moves = await server.database.read((manager) => manager.find(Move));
    const everything = JSON.stringify(moves);
    for (const words of ['请补充', '送错了', '骑手', '给编辑的话', '建议通过']) expect([words, everything.includes(words)]).toEqual([words, false]);
  });
});
