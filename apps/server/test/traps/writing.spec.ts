import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FileView, Refusal } from '@lvzhi/contracts';
import { FileSweep } from '../../src/files/sweep.ts';
import { Move } from '../../src/platform/journal.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { Assignment, CreditEntry, OutboxRow } from '../../src/platform/spine.entities.ts';
import { Revision, Submission } from '../../src/submissions/submission.entity.ts';
import { pdf } from '../files-corpus.ts';
import { formOf, holder, plainMember, report } from '../people.ts';
import { RefusedByServer, serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const [author, other] = [plainMember(0).id, plainMember(1).id];
const head = holder('committee_head', 'c-shefa').id;
let server: Serving;
let [me, them]: Api[] = [];
beforeAll(async () => {
  server = await serving();
  [me, them] = [await server.as(author), await server.as(other)];
});
afterAll(() => server.close());
const [mine, theirs] = [() => me as Api, () => them as Api];
const rowsOf = (draftKey: string) => server.database.read((manager) => manager.findBy(Submission, { draftKey }));
const refusalOf = async (asked: Promise<unknown>): Promise<{ status: number; refusal: Refusal }> => {
  const error: unknown = await asked.then(() => undefined, (it: unknown) => it);
  if (!(error instanceof RefusedByServer)) throw new Error(`not refused: ${String(error)}`);
  return error;
};
async function upload(name: string, bytes = pdf()): Promise<FileView> {
  const form = new FormData();
  form.set('key', `file-key-${name}-${Math.random()}`);
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(author)}` }, body: form });
  return await answer.json() as FileView;
}

const draft = (id: string, more: object = {}) => {
  const { noSecret: _a, original: _b, key: _c, ...text } = report();
  return { ...text, id, key: `key-of-${id}`, version: 0, ...more };
};

describe('服务器上的草稿', () => {
  test('存一版是一版；同样的字再存还是那一版；别处改过的不覆盖，两份都还给写的人', async () => {
    const { draft: first } = await mine().keepDraft(draft('two-phones'));
    expect(first).toMatchObject({ id: 'two-phones', version: 1, kind: 'opinion' });
    expect((await mine().keepDraft(draft('two-phones'))).draft.version).toBe(1);
    const { draft: second } = await mine().keepDraft(draft('two-phones', { version: 1, situation: '第一部手机上改的' }));
    expect(second.version).toBe(2);
    expect(await refusalOf(mine().keepDraft(draft('two-phones', { version: 1, situation: '第二部手机上改的' })))).toMatchObject({ status: 409, refusal: { stale: true, current: { situation: '第一部手机上改的', version: 2, key: 'key-of-two-phones' }, yours: { situation: '第二部手机上改的' } } });
    expect((await mine().keepDraft(draft('two-phones', { version: 2, situation: '第二部手机上改的' }))).draft.version).toBe(3);
    expect((await mine().listDrafts({})).rows[0]).toMatchObject({ id: 'two-phones', version: 3, title: report().title });
  });

  test('同一支笔的上一次回答丢了，再存不算别处改过；迟到的旧一次什么也不改；别的笔仍要看过两份', async () => {
    const pen = (turn: number, title: string, version = 0) => mine().keepDraft(draft('one-pen', { pen: 'phone-a', turn, title, version }));
    await pen(1, '第一次，回答丢了');
    expect((await pen(3, '第三次')).draft).toMatchObject({ title: '第三次', version: 2 });
    expect((await pen(2, '迟到的第二次')).draft).toMatchObject({ title: '第三次', version: 2 });
    expect((await refusalOf(mine().keepDraft(draft('one-pen', { pen: 'phone-b', turn: 9, title: '另一部手机' })))).refusal).toMatchObject({ stale: true, current: { title: '第三次', pen: 'phone-a' } });
  });

  test('同时存十次，一次成，别的得到现在的一份；不通知人、不记流水、不算分、搜不到（陷阱 12）', async () => {
    const count = () => server.database.read((manager) => Promise.all([manager.count(Move), manager.count(OutboxRow), manager.count(CreditEntry), manager.count(Submission)]));
    const before = await count();
    await mine().keepDraft(draft('ten-at-once'));
    const tried = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => mine().keepDraft(draft('ten-at-once', { version: 1, situation: `第 ${index} 次` }))));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await mine().showDraft({ id: 'ten-at-once' })).toMatchObject({ version: 2 });
    expect(await count()).toEqual(before);
    expect((await mine().findDocuments({ query: '第 0 次' })).rows).toEqual([]);
  });

  test('提交了的草稿就没有了，迟到的保存也叫不回来；再提交的也一样', async () => {
    await mine().keepDraft(draft('handed-in'));
    const { doc } = await mine().submit(report({ key: 'key-of-handed-in' }));
    const ids = async () => (await mine().listDrafts({})).rows.map(({ id }) => id);
    expect(await ids()).not.toContain('handed-in');
    expect(await refusalOf(mine().keepDraft(draft('handed-in', { version: 1, title: '迟到的一次' })))).toMatchObject({ status: 409, refusal: { action: 'draft_over' } });
    const { doc: back } = await mine().withdraw({ id: doc.id, version: doc.version });
    await mine().keepDraft(draft('mending', { of: { id: doc.id, version: back.version } }));
    expect(await mine().showDraft({ id: 'mending' })).toMatchObject({ of: { id: doc.id, version: back.version } });
    await mine().resubmit({ id: doc.id, version: back.version, key: 'key-of-mending', ...formOf(report()) });
    expect(await ids()).not.toContain('mending');
  });

  test('疑似涉密的不存；缺了每一个选填的都能打开；别人的附件进不来', async () => {
    expect(await refusalOf(mine().keepDraft(draft('secret', { situation: '密级：机密\n内容' })))).toMatchObject({ status: 400, refusal: { fields: { situation: expect.stringContaining('没有存到服务器') } } });
    expect((await refusalOf(mine().showDraft({ id: 'secret' }))).status).toBe(404);
    await mine().keepDraft({ id: 'bare-draft', key: 'key-of-bare', version: 0, kind: 'proposal' });
    expect(await mine().showDraft({ id: 'bare-draft' })).toMatchObject({ title: '', situation: '', category: null, of: null, unitIds: [], together: [], files: [], urgency: 'normal' });
    const file = await upload('草稿里的.pdf');
    await mine().keepDraft(draft('with-file', { fileIds: [file.id, 'no-such-file'] }));
    expect((await mine().showDraft({ id: 'with-file' })).files).toMatchObject([{ id: file.id, name: '草稿里的.pdf', picture: false }]);
    await theirs().keepDraft(draft('not-mine', { fileIds: [file.id] }));
    expect((await theirs().showDraft({ id: 'not-mine' })).files).toEqual([]);
  });

  test('陷阱 5：草稿里的附件过了两天也不清掉，周五写的周一交得上', async () => {
    const [kept, stray] = [await upload('周五拍的.pdf'), await upload('没有用上的.pdf')];
    await mine().keepDraft(draft('over-the-weekend', { fileIds: [kept.id] }));
    const now = server.clock.now().toISOString();
    server.clock.shift(72 * 3_600_000);
    await server.app.get(FileSweep).run();
    server.clock.set(now);
    expect((await mine().showDraft({ id: 'over-the-weekend' })).files.map(({ id }) => id)).toEqual([kept.id]);
    const fields = async (fileIds: string[]) => (await refusalOf(mine().submit(report({ key: `key-${fileIds[0]}`, fileIds })))).refusal.fields;
    expect(await fields([stray.id])).toHaveProperty('fileIds');
    expect((await mine().submit(report({ key: 'key-of-over-the-weekend', fileIds: [kept.id] }))).doc.files).toHaveLength(1);
  });

  test('最多五十份，第五十一份说清楚它还在手机上', async () => {
    const api = await server.as(plainMember(3).id);
    for (let index = 0; index < 50; index += 1) await api.keepDraft(draft(`many-${index}`));
    expect(await refusalOf(api.keepDraft(draft('one-too-many')))).toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/50 份.*还在手机上/) } });
    expect((await api.keepDraft(draft('many-0', { version: 1, title: '改一改还可以' }))).draft.version).toBe(2);
  });
});

describe('陷阱 1：别人的草稿', () => {
  test('两位委员的手机用了同一个编号存草稿，各存各的：列表、打开、改、删都碰不到别人的', async () => {
    await mine().keepDraft(draft('shared-phone', { title: '只有我能看到的半篇' }));
    expect((await theirs().listDrafts({})).rows.map(({ id }) => id)).not.toContain('shared-phone');
    expect((await refusalOf(theirs().showDraft({ id: 'shared-phone' }))).status).toBe(404);
    await theirs().keepDraft(draft('shared-phone', { title: '同一部手机上另一位写的' }));
    await theirs().removeDraft({ id: 'shared-phone' });
    expect(await refusalOf(theirs().keepDraft(draft('shared-phone', { version: 1 })))).toMatchObject({ status: 409, refusal: { action: 'draft_gone' } });
    expect(await mine().showDraft({ id: 'shared-phone' })).toMatchObject({ title: '只有我能看到的半篇', version: 1 });
    for (const person of [head, holder('information_editor').id]) expect((await refusalOf((await server.as(person)).showDraft({ id: 'shared-phone' }))).status).toBeGreaterThan(399);
  });

  test('两位委员的手机用了同一个草稿编号，各得各的一件，谁也看不到对方的', async () => {
    const form = report({ key: 'the-same-draft-key' });
    const [a, b] = [await mine().submit(form), await theirs().submit(form)];
    expect(a.doc.id).not.toBe(b.doc.id);
    expect(a.doc.receiptNo).not.toBe(b.doc.receiptNo);
    expect([a.doc.author.id, b.doc.author.id]).toEqual([author, other]);
    expect((await theirs().submit(form)).doc.id).toBe(b.doc.id);
    expect((await refusalOf(theirs().show({ id: a.doc.id }))).status).toBe(404);
    expect((await theirs().listMine({})).rows.map(({ id }) => id)).toEqual([b.doc.id]);
  });

  test('别人拿我的编号发来不同的内容，既不改我的，也不说我写过', async () => {
    const form = report({ key: 'a-key-that-was-seen' });
    const { doc } = await mine().submit(form);
    const { doc: another } = await theirs().submit({ ...form, title: '社区食堂的备餐间没有通风设备' });
    expect(another.author.id).toBe(other);
    expect(await mine().show({ id: doc.id })).toMatchObject({ title: form.title, version: doc.version });
  });

  test('撤回到草稿的只有本人看得到，也只有本人能再提交', async () => {
    const { doc } = await mine().submit(report());
    const { doc: back } = await mine().withdraw({ id: doc.id, version: doc.version });
    for (const person of [other, head, holder('information_editor').id]) {
      const api = await server.as(person);
      expect((await refusalOf(api.show({ id: doc.id }))).status).toBe(404);
    }
    expect((await refusalOf(theirs().resubmit({ id: doc.id, version: back.version, key: 'not-my-draft', ...formOf(report()) }))).status).toBe(404);
    expect((await mine().listMine({ group: 'waiting_me' })).rows.map(({ id }) => id)).toContain(doc.id);
  });
});

test('陷阱 2：写到一半登录过期，401 之后重新登录，用同一个编号提交，只有一件', async () => {
  const form = report({ key: 'typed-before-expiry' });
  const token = await server.tokenOf(author, 'desk');
  server.clock.shift(31 * 60_000);
  expect(await refusalOf(server.with(token).submit(form))).toMatchObject({ status: 401, refusal: { reason: '登录已经过期，请重新登录。填写的内容还在。' } });
  expect(await rowsOf(form.key)).toEqual([]);
  const signedInAgain = server.with(await server.app.get(Sessions).open(author, 'desk'));
  const { doc } = await signedInAgain.submit(form);
  const again = await signedInAgain.submit(form);
  expect(again.doc.id).toBe(doc.id);
  expect(await rowsOf(form.key)).toHaveLength(1);
});

describe('陷阱 4：重试和连点', () => {
  test('同一编号同时提交 20 次：一件、一个收件号、20 个相同的答复', async () => {
    const form = report({ key: 'twenty-at-once' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => mine().submit(form)));
    const [{ doc }] = answers as [Awaited<ReturnType<Api['submit']>>];
    for (const answer of answers) expect(answer).toEqual({ doc });
    expect(await rowsOf(form.key)).toMatchObject([{ id: doc.id, receiptNo: doc.receiptNo }]);
    const [moves, duties, credits, texts] = await server.database.read(async (manager) => [
      await manager.findBy(Move, { docId: doc.id }), await manager.findBy(Assignment, { docId: doc.id, isOpen: 1 }), await manager.findBy(CreditEntry, { evidenceId: doc.id }), await manager.findBy(Revision, { submissionId: doc.id }),
    ]);
    expect([moves?.map((it) => (it as Move).action), duties?.length, credits?.length, texts?.length]).toEqual([['submit', 'route'], 1, 1, 1]);
    const told = await server.database.read((manager) => manager.findBy(OutboxRow, { docId: doc.id }));
    expect(new Set(told.map(({ recipientId }) => recipientId)).size).toBe(told.length);
  });

  test('同一编号、不同内容：409，说明已经提交过和收件号，原来的一字不改', async () => {
    const form = report({ key: 'same-key-other-body' });
    const { doc } = await mine().submit(form);
    for (const change of [{ title: '外卖骑手的电动车没有地方充电' }, { suggestion: '建议由人社部门牵头每年检查一次。' }, { urgency: 'urgent' as const }, { wish: 'ask' }]) {
      expect(await refusalOf(mine().submit({ ...form, ...change }))).toMatchObject({ status: 409, refusal: { action: 'submit', reason: expect.stringContaining(doc.receiptNo ?? '-') } });
    }
    expect(await mine().show({ id: doc.id })).toMatchObject({ title: form.title, version: doc.version, revision: 1 });
  });

  test('同时发来两种内容，一种成了，另一种被告知，不会各成一件', async () => {
    const form = report({ key: 'two-bodies-at-once' });
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => mine().submit({ ...form, title: index % 2 === 0 ? form.title : '外卖站点没有休息的地方' })));
    expect(await rowsOf(form.key)).toHaveLength(1);
    const statuses = results.map((it) => (it.status === 'fulfilled' ? 200 : (it.reason as RefusedByServer).status)).sort((a, b) => a - b);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 409, 409, 409, 409, 409]);
  });

  test('再次提交同时发来 10 次，只多一版；同一编号换了内容是 409', async () => {
    const { doc } = await mine().submit(report());
    const { doc: back } = await mine().withdraw({ id: doc.id, version: doc.version });
    const again = { id: doc.id, version: back.version, key: 'again-ten-at-once', ...formOf(report({ title: '外卖骑手的保险由谁来买' })) };
    const answers = await Promise.all(Array.from({ length: 10 }, () => mine().resubmit(again)));
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1);
    expect(answers[0]?.doc).toMatchObject({ revision: 2, title: '外卖骑手的保险由谁来买', receiptNo: doc.receiptNo });
    expect(await server.database.read((manager) => manager.countBy(Revision, { submissionId: doc.id }))).toBe(2);
    expect(await refusalOf(mine().resubmit({ ...again, title: '外卖骑手的保险谁来监督' }))).toMatchObject({ status: 409, refusal: { action: 'submit', reason: expect.stringContaining(doc.receiptNo ?? '-') } });
  });

  test('两台手机用两个编号同时改同一件：一台成了，另一台得到 409，没有 500', async () => {
    const { doc } = await mine().submit(report());
    const { doc: back } = await mine().withdraw({ id: doc.id, version: doc.version });
    const results = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => mine().resubmit({ id: doc.id, version: back.version, key: `two-phones-${index}`, ...formOf(report({ title: `外卖骑手保险的第 ${index} 种写法` })) })));
    expect(results.map((it) => (it.status === 'fulfilled' ? 200 : (it.reason as RefusedByServer).status)).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    expect(await server.database.read((manager) => manager.countBy(Revision, { submissionId: doc.id }))).toBe(2);
  });

  test('一个操作的编号不能拿来做另一个操作，也不能用在另一件上', async () => {
    const [{ doc }, { doc: second }] = [await mine().submit(report()), await mine().submit(report())];
    await mine().withdraw({ id: doc.id, version: doc.version, key: 'one-key-one-deed' });
    expect((await mine().withdraw({ id: doc.id, version: doc.version, key: 'one-key-one-deed' })).doc).toMatchObject({ id: doc.id, state: 'draft' });
    expect(await refusalOf(mine().withdraw({ id: second.id, version: second.version, key: 'one-key-one-deed' }))).toMatchObject({ status: 409, refusal: { action: 'withdraw' } });
    expect((await mine().show({ id: second.id })).state).toBe('submitted');
    const { doc: draft } = { doc: await mine().show({ id: doc.id }) };
    expect(await refusalOf(mine().resubmit({ id: doc.id, version: draft.version, key: 'one-key-one-deed', ...formOf(report()) }))).toMatchObject({ status: 409 });
    expect(await refusalOf(mine().submit(report({ key: 'one-key-one-deed' })))).toMatchObject({ status: 409, refusal: { action: 'submit' } });
  });

  test('只有大小写不同的两个编号是两件', async () => {
    const [a, b] = [await mine().submit(report({ key: 'UpperAndLower-Abc' })), await mine().submit(report({ key: 'upperandlower-abc' }))];
    expect(a.doc.id).not.toBe(b.doc.id);
  });
});

describe('陷阱 6：改文字不丢附件', () => {
  test('退回后只改文字，附件原样都在，下载的还是那些字节', async () => {
    const files = [await upload('一张现场照片的说明.pdf'), await upload('统计表.pdf', pdf('/Second true'))];
    const fileIds = files.map(({ id }) => id);
    const { doc } = await mine().submit(report({ fileIds }));
    const review = await server.as(head);
    await review.sendBack({ id: doc.id, version: doc.version, note: '请补充数据' });
    const seen = await mine().show({ id: doc.id });
    const { doc: again } = await mine().resubmit({ id: doc.id, version: seen.version, key: 'words-only-0001', ...formOf(report({ fileIds: seen.files.map(({ id }) => id), suggestion: '建议由人社部门牵头每季度检查一次。' })) });
    expect(again.files).toEqual(files);
    const { url } = await review.openFile({ id: fileIds[1] ?? '' });
    expect(Buffer.from(await (await fetch(`${server.url}${url}`)).arrayBuffer())).toEqual(pdf('/Second true'));
  });

  test('拿掉一个附件，新的一版没有它，旧的一版和字节都还留着', async () => {
    const files = [await upload('留下.pdf'), await upload('拿掉.pdf')];
    const { doc } = await mine().submit(report({ fileIds: files.map(({ id }) => id) }));
    const { doc: back } = await mine().withdraw({ id: doc.id, version: doc.version });
    const { doc: again } = await mine().resubmit({ id: doc.id, version: back.version, key: 'one-file-fewer', ...formOf(report({ fileIds: [files[0]?.id ?? ''] })) });
    expect(again.files).toEqual([files[0]]);
    expect(await server.database.read((manager) => manager.findOneByOrFail(Revision, { submissionId: doc.id, revisionNo: 1 }))).toMatchObject({ fileIds: files.map(({ id }) => id) });
  });

  test('别人的附件、别的材料的附件都不能挂上来，什么也不写', async () => {
    const file = await upload('我的.pdf');
    const form = report({ fileIds: [file.id] });
    expect(await refusalOf(theirs().submit(form))).toMatchObject({ status: 400, refusal: { fields: { fileIds: expect.stringContaining('附件') } } });
    expect(await rowsOf(form.key)).toEqual([]);
    await mine().submit(form);
    expect((await refusalOf(mine().submit(report({ fileIds: [file.id] })))).status).toBe(400);
  });
});

describe('陷阱 12：写的时候不惊动人', () => {
  test('看分送建议不留下任何一行，也不通知任何人', async () => {
    const tables = () => server.database.read(async (manager) => [await manager.count(OutboxRow), await manager.count(Move), await manager.count(Assignment), await manager.count(Submission)]);
    const before = await tables();
    const card = await mine().suggestRoute({ title: '外卖骑手没有工伤保险', body: report().situation });
    expect(card.candidates.length).toBeGreaterThan(0);
    expect(await tables()).toEqual(before);
  });

  test('撤回到草稿不通知专委会的任何人', async () => {
    const { doc } = await mine().submit(report());
    const before = await server.database.read((manager) => manager.countBy(OutboxRow, { docId: doc.id }));
    await mine().withdraw({ id: doc.id, version: doc.version });
    expect(await server.database.read((manager) => manager.countBy(OutboxRow, { docId: doc.id }))).toBe(before);
  });
});
