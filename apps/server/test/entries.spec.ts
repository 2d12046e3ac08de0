/** 代录, over HTTP: from a Word file or a paper to a submission, by the author's word. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryReading, EntryView, FileView } from '@lvzhi/contracts';
import { AuditEntry } from '../src/platform/audit.ts';
import { readTable } from '../src/platform/tables.ts';
import { WechatBinding } from '../src/identity/identity.entity.ts';
import { journalSource } from '../src/platform/journal-source.ts';
import { verifyJournal } from '../src/platform/journal-verify.ts';
import { FileRow } from '../src/platform/file.entity.ts';
import { Incident } from '../src/platform/incidents.ts';
import { Move } from '../src/platform/journal.ts';
import { Assignment, CreditEntry, OutboxRow } from '../src/platform/spine.entities.ts';
import { Entry } from '../src/submissions/entry.entity.ts';
import { Submission } from '../src/submissions/submission.entity.ts';
import { docx } from '../../../tools/testing/docx.ts';
import type { Block } from '../../../tools/testing/docx.ts';
import { compound, pdf } from './files-corpus.ts';
import { formOf, holder, plainMember, proposal, report } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Serving } from './serving.ts';

/** Two of the 委工委: one in its own post, the other as the committee's staff. */
const [clerk, colleague, editor] = [holder('member_affairs', undefined, 2).id, holder('committee_staff', 'c-weigong').id, holder('information_editor').id];
let server: Serving;
let [made, authors] = [0, 0];
const key = () => `entry-key-${(made += 1).toString().padStart(4, '0')}`;
const bind = (personId: string) => server.database.write((manager) => manager.insert(WechatBinding, { id: `b${personId}`, appid: 'wxtest', openidHash: `h-${personId}`, openidSealed: 'x', personId, boundAt: server.clock.now() }));
/** A member of whom nothing is entered yet, with WeChat bound or without. */
const aMember = async (bound = true): Promise<string> => {
  const { id } = plainMember((authors += 1));
  if (bound) await bind(id);
  return id;
};
const { noSecret: _pledge, original: _own, ...written } = formOf(report());
const entryOf = (authorId: string, more: object = {}) => ({ ...written, key: key(), kind: 'opinion' as const, authorId, means: 'confirm' as const, ...more });
const upload = async (name: string, bytes: Buffer, by = clerk): Promise<FileView> => {
  const form = new FormData();
  form.set('key', key());
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(by)}` }, body: form });
  return await answer.json() as FileView;
};
const reads = async (bytes: Buffer, name = '来稿.docx', by = clerk) => {
  const form = new FormData();
  form.set('key', key());
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${server.url}/api/entries/read`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(by)}` }, body: form });
  return { status: answer.status, said: await answer.json() as EntryReading & { reason?: string } };
};
const enter = async (authorId: string, more: object = {}, by = clerk): Promise<EntryView> => (await (await server.as(by, 'desk')).createEntry(entryOf(authorId, more))).doc;
const on = ({ id, version }: { id: string; version: number }) => ({ id, version, key: key() });
const pledged = { noSecret: true as const, original: true as const };
const refusalOf = async (asked: Promise<unknown>): Promise<RefusedByServer> => {
  const error: unknown = await asked.then(() => { throw new Error('It was allowed.'); }, (it: unknown) => it);
  if (!(error instanceof RefusedByServer)) throw error;
  return error;
};
const fieldsOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).refusal.fields ?? {};
const noticesOf = async (personId: string) => (await (await server.as(personId)).listNotices({})).rows;
const everything = async () => server.database.read(async (manager) => [await manager.count(Entry), await manager.count(Submission), await manager.count(Move), await manager.count(Assignment), await manager.count(OutboxRow), await manager.count(CreditEntry)]);

beforeAll(async () => { server = await serving(); }, 60_000);
afterAll(() => server.close());

const form: readonly Block[] = ['政协安澜市第七届委员会第二次会议', '提　案', { table: [['案    由', '关于加强老旧小区电动自行车充电设施建设的建议'], ['提案人', '陈静怡', '界别', '教育界'], ['联系电话', '13800000000']] },
  '一、基本情况', '走访 6 个小区，电动自行车 2100 辆，私拉电线 84 处，上半年起火 3 起。', '二、原因分析', '会签耗时长，<业委会>意见不一 & 无人牵头。', '三、具体建议', { numbered: '压缩会签；' }, { numbered: '夜间开放停车场。' }, '2022年7月15日'];

describe('读 Word 文件', () => {
  test('提案表认出案由、提案人和三个部分，表头和电话放在一边，自动编号要提醒', async () => {
    const { status, said } = await reads(docx(form));
    expect(status).toBe(200);
    expect(said).toEqual({
      title: '关于加强老旧小区电动自行车充电设施建设的建议', author: '陈静怡', situation: '走访 6 个小区，电动自行车 2100 辆，私拉电线 84 处，上半年起火 3 起。', analysis: '会签耗时长，<业委会>意见不一 & 无人牵头。',
      suggestion: '压缩会签；\n夜间开放停车场。', left: ['政协安澜市第七届委员会第二次会议', '提　案', '提案人 陈静怡', '界别 教育界', '联系电话 13800000000', '2022年7月15日'], hints: ['文件里有自动编号，序号没有带过来，请对照原件补上'],
    });
  });

  test('没有小标题的，标题以外放在情况里，提醒来分', async () => {
    expect((await reads(docx(['建议在医院门口增设公交站', '市二院日门诊 3000 人次，最近的公交站在 900 米外，老人往返不便。']))).said).toMatchObject({ title: '建议在医院门口增设公交站', suggestion: '', hints: ['没有认出“建议”这一部分，请在下面分一分'] });
  });

  test.each([
    ['旧格式 .doc', () => compound(['WordDocument']), '来稿.doc', /旧格式（\.doc 或 \.wps）.*另存为 \.docx/],
    ['改了名字的图片', () => Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), '来稿.docx', /不是 \.docx 文件/],
    ['空文件', () => Buffer.alloc(0), '来稿.docx', /是空的/],
    ['没有文字的文件', () => docx([]), '扫描.docx', /没有文字，可能是图片/],
    ['解开以后很大的文件', () => docx(['甲'.repeat(2_000_000)]), '炸弹.docx', /文字部分太大/],
    ['谎报大小的文件', () => docx(['甲'.repeat(2_000_000)], [], { declared: 900 }), '炸弹.docx', /文字部分太大/],
    ['正文藏在别的后缀里的文件', () => docx(['正文'], [{ name: 'word/_rels/document.xml.rels', data: '<Relationships><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="big.bin"/></Relationships>' }]), '炸弹.docx', /不是完整的 Word 文档/],
    ['只有半截的文件', () => docx(form).subarray(0, 900), '来稿.docx', /已经损坏|不是/],
    ['标签没有合上的文件', () => docx([], [], { data: '<w:document><w:body><w:p>' }), '来稿.docx', /打不开|没有文字/],
    ['不是文章、太长的文件', () => docx(Array.from({ length: 700 }, () => '乙'.repeat(100))), '年鉴.docx', /太长了/],
  ] as const)('%s：一句话说清楚，不读', async (_, bytes, name, reason) => {
    const { status, said } = await reads(bytes(), name);
    expect([status, said.reason]).toEqual([400, expect.stringMatching(reason)]);
  });

  test('疑似涉密的文件不读、不存，只记规则、人和时间', async () => {
    const before = await server.database.read((manager) => manager.count(Incident));
    const { status, said } = await reads(docx(['关于某事的报告', '机密★十年', '一、情况']));
    expect([status, JSON.stringify(said).includes('某事')]).toEqual([400, false]);
    expect(said.reason).toMatch(/疑似涉密/);
    expect(await server.database.read((manager) => manager.count(Incident))).toBe(before + 1);
  });

  test('没有代录岗位的人不能用', async () => { expect((await reads(docx(form), '来稿.docx', plainMember().id)).status).toBe(403); });
});

describe('可以替谁录入', () => {
  test('按姓名、单位找；没有绑定微信的说明只能用纸质件；管理员和只读的人不在其中', async () => {
    const desk = await server.as(clerk, 'desk');
    const [bound, unbound] = [await aMember(), await aMember(false)];
    const named = async (id: string) => (await desk.findEntryAuthors({ kind: 'proposal', query: (await (await server.as(id)).showMe({})).person.name })).rows.find((it) => it.id === id);
    expect(await named(bound)).toMatchObject({ paperOnly: null });
    expect((await named(unbound))?.paperOnly).toMatch(/还没有绑定微信/);
    const all = await desk.findEntryAuthors({ kind: 'opinion' });
    expect([all.rows.length, all.more]).toEqual([20, true]);
    const body = holder('body_account');
    await bind(body.id);
    const found = async (kind: 'opinion' | 'proposal') => (await desk.findEntryAuthors({ kind, query: body.name })).rows.find((it) => it.id === body.id);
    expect((await found('opinion'))?.paperOnly).toBeNull();
    expect(await found('proposal')).toBeUndefined();
    expect((await desk.findEntryAuthors({ kind: 'proposal', query: '民革市支部' })).rows).toEqual([]);
    expect((await desk.findEntryAuthors({ kind: 'proposal', query: '民革安澜' })).rows).toEqual([{ id: 'p-minge', name: '民革安澜市支部', note: '党派提案', posts: '党派提案', proposerKind: 'party', paperOnly: '集体提案要签名盖章，请用签名盖章的纸质件' }]);
    expect((await desk.findEntryAuthors({ kind: 'proposal', query: '农业界' })).rows.map(({ id, proposerKind }) => [id, proposerKind]).slice(0, 2)).toEqual([['s-nongye', 'sector'], ['s-nongye', 'group']]);
    expect((await desk.findEntryAuthors({ kind: 'proposal', query: holder('informant').name })).rows.map(({ id }) => id)).not.toContain(holder('informant').id);
    expect((await desk.findEntryAuthors({ kind: 'opinion', query: holder('system_admin').name })).rows).toEqual([]);
  });
});

describe('请本人确认', () => {
  test('确认以前没有收件号，不在专委会，没有期限和积分；只有录入的处室和本人看得到，文件也是', async () => {
    const authorId = await aMember();
    const source = await upload('来稿.docx', docx(form));
    const entry = await enter(authorId, { sourceId: source.id, title: '暗渠改造以前谁也看不到的一件' });
    expect(entry).toMatchObject({ state: 'awaiting_confirmation', stateWords: '待本人确认', receiptNo: null, submissionId: null, source: { name: '来稿.docx' }, office: { id: 'c-weigong' } });
    expect(entry.can.sort()).toEqual(['cancel_entry', 'correct_entry']);
    expect(await server.database.read((manager) => Promise.all([manager.countBy(Submission, { authorId }), manager.countBy(CreditEntry, { personId: authorId })]))).toEqual([0, 0]);
    const seers = { clerk, colleague, author: authorId };
    for (const [who, id] of Object.entries({ ...seers, other: plainMember(40).id, head: holder('committee_head', 'c-shefa').id, editor, proposalOffice: holder('proposal_office').id, staff: holder('committee_staff', 'c-shefa').id, director: holder('office_director').id, chair: holder('chair').id, admin: holder('system_admin').id, auditor: holder('auditor').id })) {
      const api = await server.as(id);
      const sees = who in seers;
      expect([who, await api.showEntry({ id: entry.id }).then(() => 200, (error: RefusedByServer) => error.status)]).toEqual([who, sees ? 200 : 404]);
      expect([who, await api.openFile({ id: source.id }).then(() => 200, (error: RefusedByServer) => error.status)]).toEqual([who, sees ? 200 : 404]);
      const shown = JSON.stringify([await api.home({}), await api.listTasks({ box: 'entries' }), await api.listNotices({}), await api.listEntries({}).catch(() => []), await api.list({ kind: 'opinion', limit: 100 }).catch(() => []), await api.listMine({})]);
      expect([who, shown.includes(entry.title)]).toEqual([who, sees]);
    }
    const { tasks } = await (await server.as(authorId)).home({});
    expect(tasks).toMatchObject([{ kind: 'entry', action: 'confirm_entry', actionWords: '确认代录内容', entry: { id: entry.id, author: { id: authorId } }, submission: null }]);
    expect((await noticesOf(authorId))[0]).toMatchObject({ kind: 'entry', docId: entry.id, head: '请确认代录内容', body: expect.stringContaining('《暗渠改造以前谁也看不到的一件》') });
  });

  test('本人确认并承诺，才成为一件普通的社情民意：这时起有收件号、期限、积分；文件随件走，案卷和经过写明谁代录', async () => {
    const authorId = await aMember();
    const [source, photo] = [await upload('来稿.docx', docx(form)), await upload('现场.pdf', pdf())];
    const entry = await enter(authorId, { sourceId: source.id, fileIds: [photo.id] });
    const me = await server.as(authorId);
    const unpledged = await server.ask('POST', `/api/entries/${entry.id}/confirm`, { ...on(entry), noSecret: false, original: true }, { token: await server.tokenOf(authorId) });
    expect([unpledged.status, Object.keys(unpledged.said.fields ?? {})]).toEqual([400, ['noSecret']]);
    server.clock.shift(600_000);
    const confirming = { ...on(entry), ...pledged };
    const { doc } = await me.confirmEntry(confirming);
    expect(doc).toMatchObject({ state: 'submitted', receiptNo: expect.stringMatching(/^2022-\d{4}$/), can: [] });
    const [again, twin] = await Promise.all([me.confirmEntry(confirming), me.confirmEntry(confirming)]);
    expect([again.doc.submissionId, twin.doc.submissionId]).toEqual([doc.submissionId, doc.submissionId]);
    const submission = await me.show({ id: doc.submissionId ?? '' });
    expect(submission).toMatchObject({ title: entry.title, submittedAt: server.clock.now().toISOString(), files: [{ id: photo.id }], entered: { how: 'confirm', words: '代录，本人已确认', source: { id: source.id }, papers: [] } });
    expect(submission.timeline[0]).toMatchObject({ action: 'submit', words: expect.stringMatching(/^确认提交（.+代录）$/) });
    expect(new Date(submission.holder?.due?.at ?? 0).getTime()).toBeGreaterThan(server.clock.now().getTime());
    expect(await server.database.read((manager) => manager.countBy(CreditEntry, { personId: authorId, item: 'opinion.submitted' }))).toBe(1);
    expect((await noticesOf(clerk)).find(({ docId }) => docId === entry.id)).toMatchObject({ head: '代录已确认' });
    expect((await me.home({})).tasks).toEqual([]);
    expect((await (await server.as(editor)).openFile({ id: source.id })).url).toContain(source.id);
    // From here on it is the author's own, with the number that it got.
    const back = await me.withdraw({ id: submission.id, version: submission.version, key: key() });
    expect((await me.resubmit({ id: submission.id, version: back.doc.version, ...formOf(report()), key: key(), fileIds: [photo.id] })).doc).toMatchObject({ receiptNo: submission.receiptNo, entered: { how: 'confirm' } });
  });

  test('本人请更正：退回录入的处室，谁都可以改；改好了再请本人确认，期限重新算', async () => {
    const authorId = await aMember();
    const [entry, me, desk] = [await enter(authorId), await server.as(authorId), await server.as(colleague, 'desk')];
    const asked = await me.askCorrection({ ...on(entry), note: '骑手是 162 人，不是 126 人' });
    expect(asked.doc).toMatchObject({ state: 'correction_asked', said: '骑手是 162 人，不是 126 人', can: ['refuse_entry'] });
    expect((await desk.listTasks({ box: 'entries' })).rows.filter(({ docId }) => docId === entry.id)).toMatchObject([{ action: 'correct_entry', entry: { state: 'correction_asked' } }]);
    expect((await desk.countTasks({})).entries).toBeGreaterThan(0);
    expect((await noticesOf(colleague)).find(({ docId }) => docId === entry.id)).toMatchObject({ head: '1 件代录请更正' });
    const correction = { ...written, ...on(asked.doc), situation: written.situation.replace('126', '162') };
    const { doc } = await desk.correctEntry(correction);
    expect(doc).toMatchObject({ state: 'awaiting_confirmation', form: { situation: expect.stringContaining('162 人') } });
    expect((await desk.correctEntry(correction)).doc.version).toBe(doc.version);
    expect((await refusalOf(desk.correctEntry({ ...correction, title: '换了一个标题的更正' }))).status).toBe(409);
    // Who looked at the text before the correction does not confirm the one after it.
    expect(await refusalOf(me.confirmEntry({ ...on(entry), ...pledged }))).toMatchObject({ status: 409, refusal: { stale: true } });
    const { doc: done } = await me.confirmEntry({ ...on(doc), ...pledged });
    expect((await me.show({ id: done.submissionId ?? '' })).text.situation).toContain('162 人');
    expect(done.timeline.map(({ words }) => words)).toEqual(['录入', '请更正', '更正', '确认提交']);
  });

  test('本人不同意：写明理由，到此为止，录入的人知道；撤销的，本人知道；之后谁也不能再动', async () => {
    const authorId = await aMember();
    const [refused, cancelled, me, desk] = [await enter(authorId), await enter(authorId), await server.as(authorId), await server.as(clerk, 'desk')];
    expect((await me.refuseEntry({ ...on(refused), note: '不是我交的' })).doc).toMatchObject({ state: 'refused', said: '不是我交的', can: [] });
    expect((await noticesOf(clerk)).find(({ docId }) => docId === refused.id)).toMatchObject({ head: '本人不同意提交' });
    expect((await desk.cancelEntry({ ...on(cancelled), reason: '录重了' })).doc).toMatchObject({ state: 'cancelled', can: [] });
    expect((await noticesOf(authorId)).find(({ docId, head }) => docId === cancelled.id && head === '代录已撤销')).toBeDefined();
    for (const it of [refused, cancelled]) {
      const late = { ...on(it), version: it.version + 1 };
      expect((await refusalOf(me.confirmEntry({ ...late, ...pledged }))).refusal).toMatchObject({ action: 'confirm_entry', reason: expect.stringMatching(/^这件代录现在是/) });
      expect((await refusalOf(desk.correctEntry({ ...written, ...late }))).status).toBe(409);
      expect((await refusalOf(desk.cancelEntry({ ...late, reason: '再撤一次' }))).status).toBe(409);
    }
    expect(await server.database.read((manager) => manager.countBy(Submission, { authorId }))).toBe(0);
    expect((await me.home({})).tasks).toEqual([]);
  });

  test('别人不能替他确认，录入的人自己也不能；别的处室不能改、不能撤', async () => {
    const entry = await enter(await aMember());
    for (const [id, status] of [[clerk, 403], [editor, 403], [await aMember(), 404], [holder('informant').id, 404]] as const) expect([id, (await refusalOf((await server.as(id)).confirmEntry({ ...on(entry), ...pledged }))).status]).toEqual([id, status]);
    expect((await refusalOf((await server.as(editor, 'desk')).cancelEntry({ ...on(entry), reason: '不是我们的' }))).status).toBe(404);
  });

  test('公开和转社情民意的意见，代录的照纸上填，本人确认时自己定', async () => {
    const authorId = await aMember();
    const { noSecret: _a, original: _b, wish: _c, ...text } = { ...formOf(proposal()), wish: null };
    const entry = await enter(authorId, { ...text, kind: 'proposal', publicity: 'agree', conversion: 'agree' });
    const { doc } = await (await server.as(authorId)).confirmEntry({ ...on(entry), key: `said-${entry.id}`, noSecret: true, original: true, publicity: null });
    expect((await (await server.as(authorId)).show({ id: doc.submissionId ?? '' })).choices).toEqual({ publicity: null, conversion: 'agree' });
  });

  test('没有绑定微信的，不能走确认；参加单位的提案只能凭盖章的纸质件；不能给自己代录', async () => {
    expect(await fieldsOf(enter(await aMember(false)))).toEqual({ authorId: '还没有绑定微信，不能在小程序里确认，请用签名的纸质件' });
    expect(await fieldsOf(enter('p-minge', { kind: 'proposal', proposerKind: 'party' }))).toMatchObject({ authorId: '集体提案要签名盖章，请用签名盖章的纸质件' });
    expect((await fieldsOf(enter('s-nongye', { kind: 'proposal', proposerKind: 'sector', means: 'paper', signed: true })))['authorId']).toMatch(/^界别提案只在全体会议期间收/);
    expect(await fieldsOf(enter('p-minge', { kind: 'proposal', proposerKind: 'sector', means: 'paper', signed: true }))).toMatchObject({ authorId: '请从列表里选择提案的单位' });
    expect(await fieldsOf(enter(holder('auditor').id))).toMatchObject({ authorId: '请选择可以反映社情民意的人' });
  });
});

describe('凭纸质件提交', () => {
  test('要有纸质件的照片，要确认有签名；一次提交完，经过和案卷写明纸质代录和谁录的，本人得到通知', async () => {
    const authorId = await aMember(false);
    const pages = [await upload('IMG_1.pdf', pdf()), await upload('IMG_2.pdf', pdf())].map(({ id }) => id);
    expect(await fieldsOf(enter(authorId, { means: 'paper' }))).toEqual({ paperIds: '凭纸质件提交的，要附上纸质件的照片或扫描件', signed: '请核对纸质件上有本人签名或单位盖章，并勾选' });
    const entry = await enter(authorId, { means: 'paper', signed: true, paperIds: pages });
    expect(entry).toMatchObject({ state: 'submitted', receiptNo: expect.stringMatching(/^2022-/), papers: [{ name: '纸质件1.pdf' }, { name: '纸质件2.pdf' }], can: [] });
    const doc = await (await server.as(editor)).show({ id: entry.submissionId ?? '' });
    expect(doc).toMatchObject({ author: { id: authorId }, entered: { how: 'paper', words: '纸质代录', papers: [{ name: '纸质件1.pdf' }, { name: '纸质件2.pdf' }] }, files: [] });
    expect(doc.entered?.by).toMatch(/^委工委 /);
    expect(doc.timeline[0]).toMatchObject({ action: 'enter', words: '代录提交（纸质件）', who: doc.entered?.by });
    expect((await (await server.as(editor)).openFile({ id: pages[0] ?? '' })).url).toContain(pages[0]);
    expect((await noticesOf(authorId)).find(({ docId }) => docId === doc.id)).toMatchObject({ kind: 'opinion', head: '已代您提交' });
    expect(await server.database.read((manager) => manager.findOneByOrFail(Move, { docId: doc.id, seq: 1 }))).toMatchObject({ personId: clerk, post: 'member_affairs', bodyId: 'c-weigong' });
    expect(await server.database.read((manager) => manager.countBy(CreditEntry, { personId: authorId, item: 'opinion.submitted' }))).toBe(1);
  });

  test('参加单位盖章的提案这样录入，就是单位的提案；退回以后单位自己可以补充再交', async () => {
    const body = holder('body_account').id;
    const [page] = [await upload('盖章页.pdf', pdf())];
    const { noSecret: _a, original: _b, wish: _c, ...text } = { ...formOf(proposal()), wish: null };
    const entry = await enter('p-minge', { ...text, kind: 'proposal', proposerKind: 'party', means: 'paper', signed: true, paperIds: [page.id], publicity: 'agree', conversion: 'refuse' });
    const office = await server.as(holder('proposal_office').id);
    const doc = await office.show({ id: entry.submissionId ?? '' });
    expect([entry.form.publicity, doc.choices]).toEqual(['agree', { publicity: 'agree', conversion: 'refuse' }]);
    const at = doc.committee ? (await office.recall({ ...on(doc), reason: '先看一看' })).doc : doc;
    const back = (await office.sendBack({ ...on(at), note: '请补充数据' })).doc;
    expect(doc).toMatchObject({ author: { id: 'p-minge', name: '民革安澜市支部' }, proposer: { code: 'party' }, collective: { signer: null, signedWords: '凭签名盖章的纸质件' } });
    expect((await (await server.as(body)).showEntry({ id: entry.id })).submissionId).toBe(doc.id);
    const collective = { bodyId: 'p-minge', kind: 'party' as const, signer: '林致远', sealIds: [], signed: true as const };
    expect((await (await server.as(body)).resubmit({ ...on(back), ...formOf(proposal()), collective })).doc).toMatchObject({ state: 'submitted', receiptNo: doc.receiptNo, collective: { signer: '林致远' } });
  });

  test('联名的纸质件：签了名的都是提案人，都得到通知和积分，能撤回；退回后改了文字要各自再联名；没有纸质件的不能替人联名', async () => {
    const [authorId, one, two] = [await aMember(), await aMember(), await aMember()];
    const { noSecret: _a, original: _b, wish: _c, ...text } = { ...formOf(proposal({ title: '关于联名纸质件的建议' })), wish: null };
    const joint = async (more: object = {}) => enter(authorId, { ...text, kind: 'proposal', means: 'paper', signed: true, paperIds: [(await upload('签名页.pdf', pdf())).id], coSignerIds: [one, two], ...more });
    expect(await fieldsOf(joint({ means: 'confirm' }))).toEqual({ coSignerIds: '联名要凭有全部签名的纸质件；没有纸质件的，请第一提案人在小程序里邀请' });
    expect(await fieldsOf(joint({ coSignerIds: [one, authorId] }))).toEqual({ coSignerIds: '第一提案人不用再选' });
    expect(await fieldsOf(joint({ coSignerIds: [editor] }))).toEqual({ coSignerIds: '联名的人里有人不是本届委员，请去掉' });
    const entry = await joint();
    expect(entry.coSigners.map(({ id }) => id)).toEqual([one, two]);
    const [first, second, third] = [await server.as(authorId), await server.as(one), await server.as(two)];
    const doc = await second.show({ id: entry.submissionId ?? '' });
    expect([doc.proposer?.code, doc.author.id, doc.signers.map(({ id, words }) => [id, words])]).toEqual(['joint', authorId, [[one, '联名，纸质件上签名'], [two, '联名，纸质件上签名']]]);
    expect((await noticesOf(two)).map(({ head }) => head)).toContain('已代您提交');
    expect(await server.database.read((manager) => manager.countBy(CreditEntry, { evidenceId: doc.id, item: 'proposal.submitted' }))).toBe(3);
    const [own] = (await third.listInvitations({ limit: 1 })).rows;
    await third.takeBackCosign({ id: own?.id ?? '', version: own?.version ?? 0 });
    const left = await first.show({ id: doc.id });
    expect(left.coAuthors.map(({ id }) => id)).toEqual([one]);
    const office = await server.as(holder('proposal_office').id);
    const at = left.committee ? (await office.recall({ ...on(left), reason: '先看一看' })).doc : left;
    const back = (await office.sendBack({ ...on(at), note: '请补充数据' })).doc;
    const changed = { ...formOf(proposal({ title: '关于联名纸质件的建议', analysis: '补充了数据：管理责任还是不清，群众反映强烈。' })) };
    await expect(first.resubmit({ ...on(back), ...changed })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('有 1 位委员是按以前的文字联名的') } });
  });

  test('代录台账：本处室的代录按列表的筛选导出成表格，没有正文和号码，公式不会算，每次记入审计；别的处室看不到，委员导不了', async () => {
    const authorId = await aMember();
    const entry = await enter(authorId, { title: '=HYPERLINK("http://x","代录台账里的公式")' });
    const take = async (query: string, by = clerk) => fetch(`${server.url}/api/entries/export${query}`, { headers: { authorization: `Bearer ${await server.tokenOf(by, 'desk')}` } });
    const bytes = Buffer.from(await (await take('?state=awaiting_confirmation')).arrayBuffer());
    const [head = [], ...rows] = readTable(bytes)[0]?.rows ?? [];
    expect(head).toEqual(['类别', '标题', '替谁录入', '界别、单位职务', '凭据', '录入处室', '录入人', '录入日期', '状态', '时限', '收件号']);
    expect(rows.find((row) => row[1] === entry.title)).toEqual(['社情民意', entry.title, entry.author.name, entry.author.note, '本人确认', '委工委', entry.clerk.name, '2022-07-21', '待本人确认', expect.any(String)]);
    expect(new Set(rows.map((row) => row[8]))).toEqual(new Set(['待本人确认']));
    expect([bytes.includes(Buffer.from('<f>')), JSON.stringify(rows).includes(written.situation.slice(0, 12))]).toEqual([false, false]);
    expect(JSON.stringify(readTable(Buffer.from(await (await take('', holder('proposal_office', 'c-tian', 2).id)).arrayBuffer())))).not.toContain('代录台账里的公式');
    expect([(await take('?state=nothing')).status, (await take('', authorId)).status]).toEqual([400, 403]);
    expect((await server.database.read((manager) => manager.findBy(AuditEntry, { kind: 'documents.exported', personId: clerk }))).map(({ detail }) => detail)).toEqual([{ what: 'entries', rows: rows.length, cut: false }]);
  });

  test('纸质件不能是别的文件，不能是别人的；缺一个就什么也不写', async () => {
    const authorId = await aMember(false);
    const paper = (paperIds: readonly string[], more: object = {}) => enter(authorId, { means: 'paper', signed: true, paperIds, ...more });
    const before = await everything();
    expect(await fieldsOf(paper([(await upload('来稿.docx', docx(form))).id]))).toEqual({ paperIds: '纸质件要是照片，或者扫描成的 PDF' });
    expect(await fieldsOf(paper([(await upload('别人的.pdf', pdf(), colleague)).id]))).toHaveProperty('paperIds');
    const [own] = [await upload('一.pdf', pdf())];
    expect(await fieldsOf(paper([own.id, own.id]))).toEqual({ fileIds: '同一个文件选了两次，请删去一个' });
    expect(await fieldsOf(paper([own.id], { sourceId: own.id }))).toHaveProperty('fileIds');
    expect(await fieldsOf(paper(Array.from({ length: 21 }, (_, index) => `page-${index}`)))).toEqual({ paperIds: '纸质件最多 20 页，现在 21 页' });
    expect(await everything()).toEqual(before);
    expect(await server.database.read((manager) => manager.findOneByOrFail(FileRow, { id: own.id }))).toMatchObject({ docId: null });
  });
});

describe('和本人写的一样查', () => {
  test('字数、类别、涉密，每一栏都说；涉密的记一笔，什么也不写', async () => {
    const authorId = await aMember();
    const before = await everything();
    expect(Object.keys(await fieldsOf(enter(authorId, { title: '短', situation: '短', suggestion: '', category: 'nonsense' }))).sort()).toEqual(['category', 'situation', 'suggestion', 'title']);
    expect(await fieldsOf(enter(authorId, { situation: `${written.situation}\n秘密★5年` }))).toHaveProperty('secrecy');
    expect(await everything()).toEqual(before);
  });

  test('同一张表单同时交 12 次只有一件、一个答案；同一编号换了内容的拒绝', async () => {
    const [authorId, desk] = [await aMember(false), await server.as(clerk, 'desk')];
    const [page] = [await upload('一页.pdf', pdf())];
    const sent = entryOf(authorId, { means: 'paper' as const, signed: true, paperIds: [page.id] });
    const answers = await Promise.all(Array.from({ length: 12 }, () => desk.createEntry(sent)));
    expect(new Set(answers.map(({ doc }) => `${doc.id} ${doc.submissionId ?? ''} ${doc.receiptNo ?? ''}`)).size).toBe(1);
    expect(await server.database.read((manager) => manager.countBy(Submission, { authorId }))).toBe(1);
    expect((await refusalOf(desk.createEntry({ ...sent, title: '换了内容的另一件社情民意' }))).refusal.reason).toMatch(/这张表单已经交过/);
  });

  test('本人确认、处室撤销撞在一起，只有一个算数', async () => {
    const authorId = await aMember();
    const [me, desk] = [await server.as(authorId), await server.as(clerk, 'desk')];
    for (let round = 0; round < 4; round += 1) {
      const entry = await enter(authorId);
      const done = await Promise.allSettled([() => me.confirmEntry({ ...on(entry), ...pledged }), () => desk.cancelEntry({ ...on(entry), reason: '录重了' })].map((act) => act()));
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { state, submissionId } = await desk.showEntry({ id: entry.id });
      expect(['submitted true', 'cancelled false']).toContain(`${state} ${submissionId !== null}`);
      expect(await server.database.read((manager) => manager.countBy(Move, { docId: entry.id }))).toBe(2);
    }
  });

  test('代录的每一步都在经过链里，从头核对没有断', async () => {
    expect((await server.database.write((manager) => verifyJournal(journalSource(manager)))).faults).toEqual([]);
  });
});
