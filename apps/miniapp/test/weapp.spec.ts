/** The bundle that is handed to WeChat, opened in Node against the built server: the journeys of a member and of a committee's head, and what they cost. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { noticePlaces } from '@lvzhi/domain';
import { Files, grown, packageBytes, sizeOf } from '@lvzhi/miniapp-bench';
import type { MiniProgram } from '@lvzhi/miniapp-bench';
import { built } from '../../../tools/testing/house.js';
import { onePixel } from '../../../tools/testing/pictures.js';
import { boundAt, deskOf, entered, settled, titlesOf, written } from './phone.ts';
import { dist, setStage } from './stage.ts';
import { waysOf } from './ways.ts';

const stage = setStage();
const { phoneOf, open } = stage;
const figures = built('packages/miniapp-bench/last-release.json');
/** Touches of a main job as a member makes them, beside the bar of the design (§9). */
const taps: [job: string, bar: number, touched: number][] = [];
function counted(job: string, bar: number, touched: number): void { taps.push([job, bar, touched]); expect([job, touched]).toEqual([job, Math.min(touched, bar)]); }
interface Figures { packages: Record<string, number>; bytes: Record<string, number>; nodes: Record<string, number>; depth: Record<string, number>; list: Record<string, number> }
const before = JSON.parse(readFileSync(figures, 'utf8')) as Figures;
const now: Figures = { packages: {}, bytes: {}, nodes: {}, depth: {}, list: {} };

// FIGURES=new: a release writes down what the next one is compared with.
afterAll(() => {
  table('weapp: touches of a main job', taps.map(([job, bar, touched]) => [job, touched, `at most ${bar}`]));
  if (process.env.FIGURES === 'new') writeFileSync(figures, `${JSON.stringify(now, null, 1)}\n`);
});

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
const table = (title: string, rows: (string | number)[][]) => { process.stdout.write(`\n${title}\n${rows.map((row) => row.map((cell, index) => (index === 0 ? String(cell).padEnd(24) : String(cell).padStart(14))).join('')).join('\n')}\n`); };
const desk = (login: string) => deskOf(stage.house, login);

test('the main package stays within 800 KB, each sub-package within 600 KB, all within 30 MB, and none grew much since the last release', () => {
  now.packages = packageBytes(dist);
  table('weapp: packages', Object.entries(now.packages).map(([name, bytes]) => [name, kilobytes(bytes), `last ${kilobytes(before.packages[name] ?? 0)}`]));
  const { main = 0, all = 0, ...subs } = now.packages;
  expect(main).toBeLessThanOrEqual(800 * 1024);
  expect(Object.entries(subs).filter(([, bytes]) => bytes > 600 * 1024)).toEqual([]);
  expect(all).toBeLessThanOrEqual(30 * 1024 * 1024);
  expect(grown(now.packages, before.packages, 24 * 1024)).toEqual([]);
});

test('a guest opens the mini-program, binds by the phone number and finds the visit notice in 待办', async () => {
  expect(await boundAt(stage.house, 'p028')).toBeNull();
  const program = open(phoneOf('p028'));
  await program.sees('委员履职，从这里开始');
  process.stdout.write(`weapp: first page after ${program.firstDrawn} ms\n`);
  await program.tap('我是委员，去绑定');
  await program.sees('先勾选上面一行，按钮就能用了');
  const { privacy } = await (await fetch(`${stage.house.url}/api/guest`)).json() as { privacy: { title: string; version: string } };
  await program.tap(`我已看过并同意《${privacy.title}》（${privacy.version} 版）`);
  await program.seesNoMore('先勾选上面一行');
  program.phone.number = 'deny';
  await program.tap('手机号一键核验');
  await program.sees('您没有同意使用手机号');
  program.phone.number = 'allow';
  await program.tap('手机号一键核验');
  await program.sees('竹园镇委员工作室');
  expect(program.route).toBe('pages/home/index');
  expect(await boundAt(stage.house, 'p028')).not.toBeNull();
  expect(program.phone.most).toBeLessThanOrEqual(5);
  expect(program.complaints).toEqual([]);
});

test('a member who writes a proposal is told where it holds two matters, and mends it', async () => {
  await settled(stage.house, 'p030');
  const program = open(phoneOf('p030'), 'submit/form/index?kind=proposal');
  await program.type('标题', '关于建设停车区和改造校门口路灯的建议');
  await program.sees('标题里像有两件事');
  await program.sees('只是提醒，不改也能提交');
  await program.type('标题', '关于在学校门口划定停车区的建议');
  await program.seesNoMore('标题里像有两件事');
  expect(program.complaints).toEqual([]);
});

test('a member writes an opinion with a photo, submits it and sees the number and who holds it', async () => {
  const api = await settled(stage.house, 'p030');
  const phone = phoneOf('p030');
  phone.photos = [{ path: 'wxfile://tmp_school.jpg', name: 'tmp_school.jpg', bytes: onePixel }];
  const program = open(phone);
  await program.tap('写社情民意');
  await program.type('标题', '集镇学校门口电动车无处停放，建议划定临时停车区');
  await program.type('情况', written.situation);
  await program.type('建议', written.suggestion);
  await program.tap('添加照片');
  await program.sees('已上传');
  await program.tap('社会');
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('提交');
  await program.sees('请勾选“本人原创，未向其他渠道报送”');
  await program.tap('本人原创，未向其他渠道报送');
  await program.tap('提交');
  await program.sees('已提交，收件号');
  expect(program.route).toBe('submit/done/index');
  const [mine] = (await api.listMine({})).rows;
  await program.sees(mine?.receiptNo ?? 'no receipt');
  await program.sees(mine?.holder?.words ?? 'no holder');
  expect(mine?.title).toBe('集镇学校门口电动车无处停放，建议划定临时停车区');
  expect((await api.show({ id: mine?.id ?? '' })).files).toHaveLength(1);
  expect(program.complaints).toEqual([]);
});

test('a text that is ready is a report in 7 touches with the fields filled singly, and in 5 with the whole of it pasted', async () => {
  const api = await settled(stage.house, 'p114');
  const hand = async (fill: (program: MiniProgram) => Promise<void>, title: string, bar: number, job: string) => {
    const program = open(phoneOf('p114'));
    await program.tap('写社情民意');
    await fill(program);
    await program.tap('我承诺内容不涉密，不含他人隐私');
    await program.tap('本人原创，未向其他渠道报送');
    await program.tap('提交');
    await program.sees('已提交，收件号');
    counted(job, bar, program.taps);
    const { text } = await api.show({ id: (await api.listMine({})).rows.find((row) => row.title === title)?.id ?? '' });
    expect([text.situation, text.suggestion]).toEqual([written.situation, written.suggestion]);
    expect(program.complaints).toEqual([]);
  };
  await hand(async (program) => { await program.type('标题', '分栏填写的一件'); await program.type('情况', written.situation); await program.type('建议', written.suggestion); }, '分栏填写的一件', 7, 'report, field by field');
  await hand((program) => program.type('情况', `在集镇两所学校之间划出电动车临时停车区\n一、情况\n${written.situation}\n二、建议\n${written.suggestion}`), '在集镇两所学校之间划出电动车临时停车区', 5, 'report, pasted whole');
});

test('a half-written text outlives the mini-program: the next start offers it, and it is sent once', async () => {
  const api = await settled(stage.house, 'p093');
  const phone = phoneOf('p093');
  const first = open(phone);
  await first.tap('写社情民意');
  await first.type('标题', '农家书屋开放时间与群众空闲错开');
  await first.type('情况', written.situation);
  first.hide();
  first.end();

  const program = open(phone);
  await program.tap('接着写：农家书屋开放时间与群众空闲错开');
  counted('go on with a draft', 1, program.taps);
  expect(await program.value('情况')).toBe(written.situation);
  await program.type('建议', written.suggestion);
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('本人原创，未向其他渠道报送');
  await Promise.all([program.tap('提交'), program.tap('提交')]);
  await program.sees('已提交，收件号');
  expect((await titlesOf(api)).filter((title) => title.startsWith('农家书屋'))).toHaveLength(1);
  expect(phone.storage.keys.filter((key) => key.startsWith('lvzhi.draft.'))).toEqual([]);
});

test('a member confirms a visit with one tap from 待办 that asks for consent first, takes it back, and finds the notice in 通知; from the message it is one tap as well', async () => {
  const api = await settled(stage.house, 'p229');
  const visits = async () => (await api.listVisits({})).rows;
  const program = open(phoneOf('p229'));
  await program.sees('走访通知：现在收不到');
  await program.tap('确认参加');
  await program.sees('已确认参加');
  counted('confirm a visit, from 待办', 1, program.taps);
  expect((await visits()).map(({ state }) => state)).toEqual(['confirmed']);
  expect((await api.showMyReminders({})).sorts.map(({ left }) => left)).toEqual([1, 1, 1]);
  await program.tap('撤销');
  await program.sees('确认参加');
  await program.seesNoMore('已确认参加');
  expect((await visits()).map(({ state }) => state)).toEqual(['notified']);
  const home = program.front;
  await program.tab('通知');
  await program.sees('走访通知');
  await program.tab('待办');
  expect(program.front).toBe(home);
  expect(program.complaints).toEqual([]);

  const fromMessage = open(program.phone, `${noticePlaces.visit}?id=${(await visits())[0]?.id}`);
  fromMessage.phone.consent = 'reject';
  await fromMessage.tap('确认参加');
  await fromMessage.sees('已确认');
  counted('confirm a visit, from the message', 2, 1 + fromMessage.taps);
  expect((await visits()).map(({ state }) => state)).toEqual(['confirmed']);
});

test('a member for whom the time does not suit takes one at which the visitors are free with three touches, takes it back, and chooses another on the wheels, by video', async () => {
  const api = await settled(stage.house, 'p181');
  const id = (await api.listVisits({})).rows[0]?.id ?? '';
  const [offered] = (await api.listFreeTimes({ id })).rows;
  const program = open(phoneOf('p181'));
  await program.tap('换个时间');
  await program.tap(offered?.whenWords ?? 'nothing offered');
  await program.tap(`提出改到 ${offered?.whenWords.replace(/ 星期./, '')}`);
  await program.sees(`您提出改到 ${offered?.whenWords}`);
  counted('propose another time', 3, program.taps);
  expect((await api.showVisit({ id })).proposed?.startsAt).toBe(offered?.startsAt);
  await program.tap('撤销');
  await program.sees('确认参加');
  await program.tap('换个时间');
  await program.tap('都不合适，自己选时间');
  await program.choose('请选日期', '2022-07-25');
  await program.choose('请选时间', '17:20');
  await program.tap('改为视频走访，链接会提前发给您');
  await program.tap('提出改到 7月25日 17:20（视频）');
  await program.sees('您提出改到 7月25日 星期一 17:20');
  expect((await api.listVisits({})).rows).toMatchObject([{ state: 'proposed', proposed: { startsAt: '2022-07-25T09:20:00.000Z', form: { code: 'video' } } }]);
});

test('a reporter who is asked about the edited text sees what was changed, objects with a reason, and agrees to the next text', async () => {
  const [editor, rules] = [await desk('hexiaolan'), await desk('hongweimin')];
  const rule = await rules.showRule({ name: 'opinion.consent' });
  await rules.changeRule({ name: 'opinion.consent', key: 'consent-for-edits', seen: rule.seen, value: 'on', from: '2022-07-21', why: '先征求反映人意见' });
  const me = await settled(stage.house, 'p028');
  const mine = (await me.listMine({ limit: 100 })).rows.find(({ title }) => title === '乡村旅游点停车与公厕不足');
  const id = mine?.id ?? '';
  const on = async () => { const { version } = await editor.show({ id }); return { id, version }; };
  const rewrite = async (body: string) => { const { edition } = await editor.showEdition({ id }); await editor.saveEdition({ id, version: edition?.version ?? 0, series: 'information', title: '乡村旅游点停车难', body }); await editor.askAgree(await on()); };
  await editor.take(await on());
  await rewrite('编辑改过的正文。');
  const program = open(phoneOf('p028'), `cases/detail/index?id=${id}`);
  await program.sees('编辑改过的正文。');
  await program.sees('您的原文不变');
  await program.tap('不同意');
  await program.type('哪里不妥', '公厕的数字不要删');
  await program.tap('不同意，请再改');
  await program.sees('已回复不同意');
  expect((await editor.showEdition({ id })).edition).toMatchObject({ consent: 'refused', objection: '公厕的数字不要删' });
  await rewrite('编辑改过的正文，公厕 3 座。');
  program.goTo('pages/home/index');
  const before = program.taps;
  await program.tap('看编辑稿');
  await program.tap('同意编辑稿');
  await program.sees('已同意编辑稿');
  counted('agree to the edited text', 4, program.taps - before);
  expect((await editor.showEdition({ id })).edition).toMatchObject({ consent: 'given' });
  expect(program.complaints).toEqual([]);
});

test('a proposer who is asked about three paragraphs agrees to all of them at once, and the proposal goes on with the words as changed', async () => {
  const [api, office, staff] = [await settled(stage.house, 'p178'), await deskOf(stage.house, 'tangxiaoyu'), await deskOf(stage.house, 'qiuzhipeng')];
  const { doc } = await api.submit({ key: 'edits-of-three', kind: 'proposal', title: '关于加装滨江步道路灯的建议', situation: '滨江步道约两公里没有路灯，晚上散步的人多。\n上月摔伤三人。', analysis: '管护单位没有明确，经费没有落实。', suggestion: '城管部门补装路灯，明确管护单位。', category: 'society', noSecret: true, original: true, wish: 'ask' });
  const { doc: sent } = await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: [] });
  await staff.proposeEdits({ id: doc.id, version: sent.version, note: '请您过目', changes: [{ part: 'title', at: 0, after: '关于尽快加装滨江步道路灯的建议', why: '点明急迫' }, { part: 'situation', at: 1, after: '上月摔伤老人三人，其中一人骨折。' }, { part: 'suggestion', at: 0, after: '城管部门年内补装路灯，明确管护单位。' }] });
  const program = open(phoneOf('p178'));
  await program.tap('看修改并答复');
  await program.sees('还有 3 段没有选');
  await program.tap('都同意');
  await program.tap('答复');
  await program.sees('提案人已逐段答复');
  counted('consent to 3 edits', 4, program.taps);
  const { state, title, text } = await api.show({ id: doc.id });
  expect([state, title, text.situation.split('\n')[1], text.suggestion]).toEqual(['under_review', '关于尽快加装滨江步道路灯的建议', '上月摔伤老人三人，其中一人骨折。', '城管部门年内补装路灯，明确管护单位。']);
  expect(program.complaints).toEqual([]);
});

test('a proposer reads the answer from 待办, looks at the letter and says how it was dealt with and what came of it', async () => {
  const api = await settled(stage.house, 'p028');
  const replied = (await api.listMine({ limit: 100 })).rows.find(({ state }) => state === 'replied');
  const program = open(phoneOf('p028'));
  await program.tap('看答复并评价');
  await program.sees('安交提函〔2022〕3号');
  await program.tap('打开答复函');
  await program.until('the letter', () => (program.phone.shown.some(({ as }) => as === 'paper') ? true : undefined));
  await program.tap('提交评价');
  await program.sees('请先选好上面三项');
  // Whoever said so when the talk was recorded is not asked for it again.
  await program.tap('属实');
  await program.sees('您确认过面商记录');
  program.goTo('pages/home/index');
  const before = program.taps;
  await program.tap('看答复并评价');
  await program.tapIn('对办理态度', '满意');
  await program.tapIn('对办理结果', '基本满意');
  await program.tap('提交评价：态度满意，结果基本满意');
  await program.sees('态度：满意，结果：基本满意，面商过');
  counted('rate an answer', 4, program.taps - before);
  expect((await api.show({ id: replied?.id ?? '' })).state).toBe('closed');
  expect(program.complaints).toEqual([]);
});

test('a committee head chooses in whose name a proposal is, says who signs and with which page, hands it in, finds it among the duties, takes it back and sends it again', async () => {
  const api = await settled(stage.house, 'p019');
  const body = (await api.listProposers({})).rows[0]?.body;
  const phone = phoneOf('p019');
  phone.photos = [{ path: 'wxfile://tmp_seal.jpg', name: 'tmp_seal.jpg', bytes: onePixel }];
  const program = open(phone);
  await program.sees('写提案');
  const before = program.taps;
  await program.tap('写提案');
  await program.tap(body?.name ?? '');
  await program.type('标题', '关于在学校门口划定停车区的建议');
  await program.type('情况', written.situation);
  await program.type('原因分析', '建校时没有留出停车的地方，两校放学时间又在一起。');
  await program.type('建议', written.suggestion);
  await program.type('签名的专委会负责人', '陶自强');
  await program.tap('已由专委会负责人署名，加盖公章');
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('本单位原创，未向其他渠道报送');
  await program.tap('提交');
  await program.sees('已提交，收件号');
  counted('a proposal of a body', 11, program.taps - before);
  const [row] = (await api.listMine({ of: 'bodies' })).rows;
  expect(row).toMatchObject({ author: { id: body?.id }, proposer: { code: 'committee' } });
  program.goTo('pages/duties/index');
  await program.sees(`${body?.name}的专委会提案`);
  program.goTo(`cases/detail/index?id=${row?.id}`);
  await program.sees('专委会负责人陶自强');
  await program.tap('撤回修改');
  await program.sees('现在在您手里');
  await program.tap('修改后再提交');
  await program.sees(`${body?.name}，专委会提案`);
  await program.tap('拍署名、盖章页');
  await program.sees('已上传');
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('本单位原创，未向其他渠道报送');
  await program.tap('提交');
  await program.sees('请确认已经签名盖章');
  await program.tap('已由专委会负责人署名，加盖公章');
  await program.tap('提交');
  await program.sees('已提交，收件号');
  expect(await api.show({ id: row?.id ?? '' })).toMatchObject({ revision: 2, files: [], collective: { signer: '陶自强', by: '陶自强', seals: [{ picture: true }] } });
  expect((await api.listDrafts({})).rows).toEqual([]);
  expect(program.complaints).toEqual([]);
});

test('a committee head reviews the first of the box, the next one comes by itself, and 撤销 brings the first back', async () => {
  const api = await settled(stage.house, 'p015');
  const { rows: [first, second] } = await api.listTasks({ box: 'review' });
  const [id, title] = [first?.docId ?? '', first?.submission?.title ?? ''];
  const { state } = await api.show({ id });
  const program = open(phoneOf('p015'));
  await program.tap('去初审');
  await program.tap(title);
  const opened = program.taps;
  await program.tap('初审通过');
  counted('first review, pass', 1, program.taps - opened);
  await program.sees(second?.submission?.title ?? 'no second');
  await program.sees('已初审通过');
  expect((await api.show({ id })).state).toBe('editing');
  await program.tap('撤销');
  await program.sees(title);
  expect((await api.show({ id })).state).toBe(state);
  expect(program.complaints).toEqual([]);
});

test('a member reads what the office wrote down for them, promises, and it is submitted in their name', async () => {
  const api = await settled(stage.house, 'p030');
  const entry = await entered(stage.house, 'p030', '电话里反映的一件：路灯三天没有亮');
  const program = open(phoneOf('p030'));
  await program.tap('看内容并确认');
  await program.sees(written.situation);
  await program.tap('确认并提交');
  await program.sees('请勾选“内容不涉密”');
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('本人原创，未向其他渠道报送');
  await program.tap('确认并提交');
  await program.sees('已提交，收件号');
  expect(await titlesOf(api)).toContain(entry.title);
  expect(program.complaints).toEqual([]);
});

test('a proposer asks two members to sign; one reads it and signs, the other declines and nobody is told; the text is changed, those asked are asked again, and it is handed in with who signed the last text', async () => {
  const [me, signer, other] = await Promise.all([settled(stage.house, 'p033'), settled(stage.house, 'p040'), settled(stage.house, 'p032')]);
  const title = '关于集镇学校门口划定电动车停车区的建议';
  const mine = async () => (await me.listMine({ limit: 100 })).rows.find((row) => row.title === title);
  const asked = async (api: typeof signer) => api.showInvitation({ id: (await api.listInvitations({})).rows[0]?.id ?? '' });
  const writer = open(phoneOf('p033'));
  await writer.tap('写提案');
  for (const [box, text] of [['标题', title], ['情况', written.situation], ['原因分析', '门口没有划过停车的地方。'], ['建议', written.suggestion]] as const) await writer.type(box, text);
  await writer.tap('邀请委员联名');
  for (const name of ['范志刚', '钱慧敏']) {
    await writer.type('找委员', name);
    const [found] = (await me.findReporters({ query: name })).rows;
    await writer.tap(`${found?.name}（${found?.note}）`);
  }
  await writer.tap('邀请 2 位');
  await writer.sees('待答复');

  const signing = open(phoneOf('p040'));
  await signing.tap('看全文');
  await signing.sees(written.suggestion);
  await signing.tap('同意联名');
  await signing.sees('您已联名');
  counted('sign a proposal', 3, signing.taps);
  expect((await asked(signer)).state).toBe('signed');
  const declining = open(phoneOf('p032'));
  await declining.tap('看全文');
  await declining.tap('不联名');
  await declining.sees('您不在这件提案的提案人里');
  expect((await asked(other)).state).toBe('unsigned');

  await writer.type('建议', `${written.suggestion}3.每学期初由学校告知家长。`);
  await writer.tap('请重新确认');
  await writer.seesNoMore('邀请以后，文字改过了');
  expect([(await asked(signer)).state, (await asked(other)).state]).toEqual(['asked', 'unsigned']);
  signing.goTo('pages/home/index');
  await signing.sees('文字改过，以前的联名不算');
  await signing.tap('看全文');
  await signing.sees('第 2 稿');
  await signing.sees('每学期初由学校告知家长');
  await signing.tap('同意联名');
  await signing.sees('您已联名');

  await writer.tap('我承诺内容不涉密，不含他人隐私');
  await writer.tap('本人原创，未向其他渠道报送');
  await writer.tap('提交');
  await writer.sees('已提交，收件号');
  const doc = await me.show({ id: (await mine())?.id ?? '' });
  expect([doc.signers.map(({ id }) => id), doc.text.suggestion]).toEqual([['p040'], `${written.suggestion}3.每学期初由学校告知家长。`]);
  expect((await signer.show({ id: doc.id })).title).toBe(title);
  await expect(other.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect([writer, signing, declining].flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('whoever works at a desk scans the code on its sign-in page, sees which computer asks, and lets it in; another code leads nowhere', async () => {
  await settled(stage.house, 'p015');
  const ask = (path: string, cookie: string) => fetch(`${stage.house.url}/api/session/desk/ask${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-lvzhi': 'desk', cookie }, body: '{}' });
  const begun = await ask('', '');
  const { code } = await begun.json() as { code: string };
  const cookie = String(begun.headers.get('set-cookie')).split(';')[0] ?? '';
  const program = open(phoneOf('p015'));
  await program.sees('我要反映');
  await program.tab('我的');
  await program.tap('登录电脑');
  program.phone.code = 'https://elsewhere.example/?x=1';
  await program.tap('扫电脑上的二维码');
  await program.sees('这不是工作台的登录二维码');
  program.phone.code = `${stage.house.url}/desk/?code=${code}`;
  await program.tap('扫电脑上的二维码');
  await program.sees('请核对是不是您面前的这台电脑');
  await program.tap('确认登录');
  await program.sees('电脑上正在打开工作台');
  expect(await (await ask('/claim', cookie)).json()).toMatchObject({ state: 'signed_in' });
  expect([program.phone.asked, program.complaints]).toEqual([['scanCode', 'scanCode'], []]);
});

test('large type follows the size set in WeChat until the person chooses, and then follows them to another phone', async () => {
  const large = (program: MiniProgram) => program.draw().some((it) => typeof it !== 'string' && String(it.attributes['class']).split(' ').includes('large'));
  const careful = phoneOf('p041');
  careful.textSize(23.8);
  const program = open(careful);
  await program.sees('委员履职，从这里开始');
  expect(large(program)).toBe(true);
  await program.tap('我是委员，去绑定');
  const { privacy } = await (await fetch(`${stage.house.url}/api/guest`)).json() as { privacy: { title: string; version: string } };
  await program.tap(`我已看过并同意《${privacy.title}》（${privacy.version} 版）`);
  await program.seesNoMore('先勾选上面一行');
  await program.tap('手机号一键核验');
  await program.sees('字多大看着舒服？');
  expect(large(program)).toBe(true);
  await program.tap('标准字');
  await program.tap('就用标准字');
  await program.seesNoMore('字多大看着舒服？');
  expect(large(program)).toBe(false);
  await program.tab('我的');
  await program.choose('大字版', true);
  await program.until('large type', () => (large(program) ? true : undefined));
  const other = open(phoneOf('p041'));
  await other.sees('我要反映');
  expect(large(other)).toBe(true);
  expect(program.complaints).toEqual([]);
});

test('each page costs little to open: at most 64 KB of setData, 600 elements, 30 deep, and not much more than in the last release', async () => {
  const ways = await waysOf(stage.house);
  const programs = new Map<string, MiniProgram>();
  for (const personId of new Set(Object.values(ways).map(({ who }) => who))) { const program = open(phoneOf(personId)); programs.set(personId, program); await program.sees('我要反映'); }
  expect(Object.keys(ways).sort()).toEqual([...new Files(dist).pages].sort());
  for (const [route, { who, sees, query }] of Object.entries(ways)) {
    const program = programs.get(who) as MiniProgram;
    program.goTo(`${route}${query === undefined ? '' : `?${query}`}`);
    await program.sees(sees);
    await program.quiet();
    expect(program.route).toBe(route);
    const { bytes, nodes, depth } = sizeOf(program);
    now.bytes[route] = bytes; now.nodes[route] = nodes; now.depth[route] = depth;
  }
  // To open a page asks for nothing: leave is asked for when what needs it is touched.
  expect([...programs.values()].flatMap(({ phone }) => phone.asked)).toEqual([]);
  table('weapp: pages as opened', Object.keys(ways).map((route) => [route, kilobytes(now.bytes[route] ?? 0), `${now.nodes[route]} elements`, `${now.depth[route]} deep`, `last ${kilobytes(before.bytes[route] ?? 0)}`]));
  expect(Object.entries(now.bytes).filter(([, bytes]) => bytes > 64 * 1024)).toEqual([]);
  expect(Object.entries(now.nodes).filter(([, nodes]) => nodes > 600)).toEqual([]);
  expect(Object.entries(now.depth).filter(([, depth]) => depth > 30)).toEqual([]);
  expect([...grown(now.bytes, before.bytes, 4096), ...grown(now.nodes, before.nodes, 40), ...grown(now.depth, before.depth, 2)]).toEqual([]);
});

test('a list of a hundred rows goes on at its end with at most 30 KB of setData a step', async () => {
  const api = await settled(stage.house, 'p083');
  for (let index = 0; index < 100; index += 10) await Promise.all(Array.from({ length: 10 }, (_, at) => api.submit({ key: `hundred-${index + at}`, kind: 'opinion', title: `一百件里的第${index + at}件`, ...written, analysis: '', noSecret: true, original: true })));
  const program = open(phoneOf('p083'), 'pages/duties/index');
  await program.sees('往下拉看更多');
  const steps: number[] = [];
  for (let shown = 0; !program.text().includes('到底了');) {
    shown = sizeOf(program).nodes;
    const { length } = program.front.sent;
    await program.reachBottom();
    await program.until('more rows', () => (sizeOf(program).nodes > shown && !program.text().includes('正在取后面的') ? true : undefined));
    await program.quiet();
    steps.push(program.front.sent.slice(length).reduce((sum, bytes) => sum + bytes, 0));
  }
  const { nodes, depth } = sizeOf(program);
  now.list = { 'bytes of a step': Math.max(...steps), nodes, depth };
  table('weapp: a list of 100 rows', [['at most', kilobytes(Math.max(...steps)), `${steps.length} steps`, `${nodes} elements`, `${depth} deep`]]);
  expect(Math.max(...steps)).toBeLessThanOrEqual(30 * 1024);
  expect(grown(now.list, before.list, 2048)).toEqual([]);
});
