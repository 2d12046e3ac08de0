/** The member app in a browser, as a new user would try it: the built H5 against the built server. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { onePixel } from '../../../tools/testing/pictures.js';
import { appOf as appIn, phoneLook, seen } from './browser-phone.ts';
import { apiOf, boundAt, deskOf, settled, titlesOf, written } from './phone.ts';

let at: Seeing;
const appOf = (personId: string, more?: Parameters<typeof at.page>[0]) => appIn(at, personId, more);
const open = (page: Page, path: string) => page.goto(`${at.house.url}/m/${path}`);
const tap = (page: Page, words: string | RegExp, exact = true) => seen(page, words, exact).first().click();
const box = (page: Page, label: string) => page.locator(`[aria-label="${label}"] textarea, [aria-label="${label}"] input`).filter({ visible: true });
const promise = async (page: Page) => { await tap(page, '我承诺内容不涉密，不含他人隐私'); await tap(page, '本人原创，未向其他渠道报送'); };
async function write(page: Page, title: string): Promise<void> {
  await box(page, '标题').fill(title);
  await box(page, '情况').fill(written.situation);
  await box(page, '建议').fill(written.suggestion);
}

/** The office at its desk: what it could do over HTTP as well, and a page that is signed in. */
async function office() {
  const { cookie, send } = await at.house.desk('zhaowenbo');
  const api = clientOf(routes, send);
  await api.agree({ version: (await api.guest({})).privacy.version });
  const page = await at.page({ viewport: { width: 1440, height: 900 }, hasTouch: false, isMobile: false });
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: at.house.url }]);
  return { api, page };
}
const control = (name: string, input: object) => fetch(`${at.house.url}/__fake/${name}`, { method: 'POST', body: JSON.stringify(input) });
/** Asks until it is so: what the sender does, it does by itself. */
async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (let turn = 0; turn < 100; turn += 1) {
    const answer = await ask();
    if (fits(answer)) return answer;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error('it did not come to be');
}

inChromium('委员端', phoneLook, (opened) => {
  at = opened;

  test('陈静怡第一次打开，选自己的微信，用手机号绑定，待办里就是走访通知', async () => {
    const page = await at.page();
    await page.goto(`${at.house.url}/__fake/phone`);
    await page.getByText('陈静怡').first().click();
    await tap(page, '我是委员，去绑定');
    await tap(page, /我已看过并同意/);
    await tap(page, '手机号一键核验');
    await seen(page, '走访通知', true).waitFor();
    await seen(page, '竹园镇委员工作室').waitFor();
    expect(await boundAt(at.house, 'p028')).not.toBeNull();
    await tap(page, '标准字');
    await tap(page, '就用标准字');
    await seen(page, '字多大看着舒服？').waitFor({ state: 'detached' });
    expect((await (await apiOf(at.house, 'p028')).showMe({})).largeType).toBe(false);
  });

  test('委员从走访页把谈到的写成社情民意：来源带过去，提交以后两边都看得到', async () => {
    const api = await settled(at.house, 'p155');
    const [visit] = (await api.listVisits({})).rows;
    const page = await appOf('p155');
    await open(page, `visits/notice/index?id=${visit?.id}`);
    await tap(page, '写成社情民意');
    await seen(page, '来源：7月15日 走访').waitFor();
    expect(await box(page, '情况').inputValue()).toMatch(/^7月15日.+走访时反映：$/);
    await box(page, '标题').fill('走访中群众反映河堤夜间没有照明');
    await box(page, '情况').fill(`7月15日走访时反映：${written.situation}`);
    await box(page, '建议').fill(written.suggestion);
    await promise(page);
    await tap(page, '提交');
    await seen(page, '已提交，收件号').waitFor();
    const [row] = (await api.listMine({})).rows;
    await open(page, `visits/notice/index?id=${visit?.id}`);
    await seen(page, '走访中群众反映河堤夜间没有照明').waitFor();
    const other = await appOf('p155');
    await open(other, `cases/detail/index?id=${row?.id}`);
    await tap(other, '来源：7月15日 走访');
    await seen(other, '走访中谈到的情况').waitFor();
  });

  test('委员写社情民意，带一张照片提交，马上看到收件号、在谁手里，履职里点开是经过', async () => {
    const api = await settled(at.house, 'p030');
    const page = await appOf('p030');
    await open(page, 'pages/home/index');
    await tap(page, '写社情民意');
    await write(page, '集镇学校门口电动车无处停放，建议划定临时停车区');
    const chooser = page.waitForEvent('filechooser');
    await page.getByLabel('添加照片').click();
    await (await chooser).setFiles({ name: '校门口.jpg', mimeType: 'image/jpeg', buffer: onePixel });
    await seen(page, '已上传', true).waitFor();
    await tap(page, '社会', true);
    await seen(page, /^将送到哪里/).waitFor();
    await promise(page);
    await tap(page, '提交');
    await seen(page, '已提交，收件号').waitFor();
    const [mine] = (await api.listMine({})).rows;
    await seen(page, mine?.receiptNo ?? 'no receipt').first().waitFor();
    await seen(page, '现在在谁手里').waitFor();
    await seen(page, mine?.holder?.words ?? 'no holder').first().waitFor();
    await tap(page, '看进展');
    await seen(page, '附件 1 个').waitFor();
    await seen(page, '校门口.jpg').waitFor();
    await open(page, 'pages/duties/index');
    await tap(page, '集镇学校门口电动车无处停放，建议划定临时停车区');
    await seen(page, /^提交 · /).waitFor();
    expect(await seen(page, '电动车停在路边').count()).toBe(1);
  });

  test('承办单位登记了面商，委员在提案里看到承办单位和期限，确认属实', async () => {
    const api = await settled(at.house, 'p028');
    const handled = (await api.listMine({ limit: 100 })).rows.find(({ state }) => state === 'handling');
    const page = await appOf('p028');
    await open(page, `cases/detail/index?id=${handled?.id}`);
    await seen(page, '承办单位 2 个').waitFor();
    await seen(page, /这件提案最长到/).waitFor();
    await tap(page, '属实');
    await page.getByText('属实', { exact: true }).filter({ visible: true }).last().click();
    await seen(page, '陈静怡：确认属实').waitFor();
    expect((await api.show({ id: handled?.id ?? '' })).handling?.talks.map(({ mine }) => mine)).toEqual(['confirmed']);
  });

  test('委员在待办里看到提案已答复，看了答复，在自己手机上评价', async () => {
    const api = await settled(at.house, 'p028');
    const replied = (await api.listMine({ limit: 100 })).rows.find(({ state }) => state === 'replied');
    const page = await appOf('p028');
    await open(page, 'pages/home/index');
    await tap(page, '看答复并评价');
    await seen(page, '安交提函〔2022〕3号').waitFor();
    const download = page.waitForEvent('download');
    await tap(page, '打开答复函');
    expect((await download).suggestedFilename()).toBe('提案答复函.docx');
    await tap(page, '提交评价');
    await seen(page, '请先选好上面三项').waitFor();
    for (const words of ['满意', '基本满意', '面商过']) await seen(page, words, true).nth(words === '满意' ? 0 : words === '基本满意' ? 1 : 0).click();
    await tap(page, '提交评价：态度满意，结果基本满意');
    await seen(page, '态度：满意，结果：基本满意，面商过').waitFor();
    expect((await api.show({ id: replied?.id ?? '' })).state).toBe('closed');
  });

  test('编辑稿请反映人过目，委员在待办里打开，看到改了什么，写明理由不同意；改过以后同意', async () => {
    const [desk, rules] = [await deskOf(at.house, 'hexiaolan'), await deskOf(at.house, 'hongweimin')];
    const { seen: stands } = await rules.showRule({ name: 'opinion.consent' });
    await rules.changeRule({ name: 'opinion.consent', key: 'consent-for-edits', seen: stands, value: 'on', from: '2022-07-21', why: '先征求反映人意见' });
    const id = (await (await settled(at.house, 'p028')).listMine({ limit: 100 })).rows.find(({ title }) => title === '乡村旅游点停车与公厕不足')?.id ?? '';
    const on = async () => ({ id, version: (await desk.show({ id })).version });
    const rewrite = async (body: string) => { const { edition } = await desk.showEdition({ id }); await desk.saveEdition({ id, version: edition?.version ?? 0, series: 'information', title: '乡村旅游点停车难', body }); await desk.askAgree(await on()); };
    await desk.take(await on());
    await rewrite('编辑改过的正文。');
    const page = await appOf('p028');
    await open(page, 'pages/home/index');
    await tap(page, '看编辑稿');
    await seen(page, /编辑改过的正文/).first().waitFor();
    await tap(page, '不同意');
    await box(page, '哪里不妥').fill('公厕的数字不要删');
    await tap(page, '不同意，请再改');
    await seen(page, '已回复不同意').first().waitFor();
    expect((await desk.showEdition({ id })).edition).toMatchObject({ consent: 'refused', objection: '公厕的数字不要删' });
    await rewrite('编辑改过的正文，公厕 3 座。');
    await open(page, 'pages/home/index');
    await tap(page, '看编辑稿');
    await tap(page, '同意编辑稿');
    await seen(page, '已同意编辑稿').first().waitFor();
    expect((await desk.showEdition({ id })).edition).toMatchObject({ consent: 'given' });
  });

  test('提案有修改建议，委员在待办里打开，逐段同意或保留原文，都选了才能答复；同意的照改', async () => {
    const [api, office, staff] = [await settled(at.house, 'p033'), await deskOf(at.house, 'tangxiaoyu'), await deskOf(at.house, 'qiuzhipeng')];
    const { doc } = await api.submit({ key: 'h5-edits-1', kind: 'proposal', title: '关于加装滨江步道路灯的建议', situation: '滨江步道约两公里没有路灯，晚上散步的人多。\n上月摔伤三人。', analysis: '管护单位没有明确，经费没有落实。', suggestion: '城管部门补装路灯，明确管护单位。', category: 'society', noSecret: true, original: true, wish: 'ask' });
    const { doc: sent } = await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: [] });
    await staff.proposeEdits({ id: doc.id, version: sent.version, note: '请您过目', changes: [{ part: 'title', at: 0, after: '关于尽快加装滨江步道路灯的建议', why: '点明急迫' }, { part: 'situation', at: 1, after: '上月摔伤老人三人，其中一人骨折。' }] });
    const page = await appOf('p033');
    await open(page, 'pages/home/index');
    await tap(page, '看修改并答复');
    await seen(page, '还有 2 段没有选').waitFor();
    await seen(page, '为什么改：点明急迫').waitFor();
    await seen(page, '同意这段').nth(0).click();
    await seen(page, '保留原文').nth(1).click();
    await tap(page, '答复');
    await seen(page, '提案人已逐段答复').first().waitFor();
    expect(await api.show({ id: doc.id })).toMatchObject({ state: 'under_review', title: '关于尽快加装滨江步道路灯的建议', text: { situation: doc.text.situation } });
  });

  test('联名提案按修改建议改了文字：第一提案人看得到还等谁、可以不再等；联名的打开看改了哪里，再同意；到齐了接着审', async () => {
    const [me, second, third, office, staff] = [await settled(at.house, 'p040'), await settled(at.house, 'p041'), await settled(at.house, 'p042'), await deskOf(at.house, 'tangxiaoyu'), await deskOf(at.house, 'qiuzhipeng')];
    const text = { title: '关于集镇老旧小区加装充电桩的建议', situation: '集镇几处老旧小区没有充电桩。\n居民从楼上拉线充电，容易失火。', analysis: '产权单位不明确，改造经费没有落实。', suggestion: '住建部门加装充电桩，明确管护单位。' };
    await me.inviteSigners({ draftKey: 'h5-joint-edits', ...text, personIds: ['p041', 'p042'] });
    for (const api of [second, third]) { const [row] = (await api.listInvitations({})).rows; await api.cosign({ id: row?.id ?? '', version: row?.version ?? 0 }); }
    const { doc } = await me.submit({ key: 'h5-joint-edits', kind: 'proposal', ...text, category: 'society', noSecret: true, original: true, wish: 'ask' });
    const { doc: sent } = await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: [] });
    await staff.proposeEdits({ id: doc.id, version: sent.version, note: '', changes: [{ part: 'situation', at: 0, after: '全市有三处老旧小区没有充电桩。', why: '写明范围' }] });
    const [writer, signer] = [await appOf('p040'), await appOf('p041')];
    await open(writer, `cases/detail/index?id=${doc.id}`);
    await seen(writer, '同意了，要请 2 位联名的委员重新看').waitFor();
    await tap(writer, '同意这段');
    await tap(writer, '答复');
    await seen(writer, '文字改了，等联名的委员重新看过').waitFor();
    expect(await seen(writer, '待答复', true).count()).toBe(2);
    expect(await sideways(writer)).toBe(0);
    await open(signer, 'pages/home/index');
    await tap(signer, '看全文');
    await seen(signer, '文字改过了，请看改了哪里，再定联不联名').waitFor();
    expect([await signer.locator('.put-out').filter({ hasText: '集' }).count(), await signer.locator('.put-in').filter({ hasText: '有三' }).count()]).not.toContain(0);
    expect(await sideways(signer)).toBe(0);
    await seen(signer, '同意联名', true).last().click();
    await seen(signer, '同意联名', true).last().click();
    await seen(signer, '您已联名').waitFor();
    await tap(signer, '看提案进展');
    await seen(signer, '等重新联名').first().waitFor();
    await writer.reload();
    await tap(writer, '点一下，可以不再等他');
    await tap(writer, '不等了');
    await seen(writer, '审查中').first().waitFor();
    expect(await office.show({ id: doc.id })).toMatchObject({ state: 'under_review', coAuthors: [{ id: 'p041' }], stillAsked: [] });
  });

  test('委员请两位联名：一位看了全文同意，一位不联名；文字改了再请，再同意的才算；提交以后联名的人看得到，没联名的看不到', async () => {
    const [me, signer, other] = await Promise.all([settled(at.house, 'p033'), settled(at.house, 'p231'), settled(at.house, 'p032')]);
    const asked = async (api: typeof signer) => api.showInvitation({ id: (await api.listInvitations({})).rows[0]?.id ?? '' });
    const last = (page: Page, words: string) => seen(page, words, true).last().click();
    const [writer, signing, declining] = [await appOf('p033'), await appOf('p231'), await appOf('p032')];
    await open(writer, 'pages/home/index');
    await tap(writer, '写提案');
    await write(writer, '关于集镇学校门口划定电动车停车区的建议');
    await box(writer, '原因分析').fill('门口没有划过停车的地方。');
    await tap(writer, '邀请委员联名');
    for (const { id, name } of await Promise.all([signer.showMe({}), other.showMe({})]).then((all) => all.map(({ person }) => person))) {
      await box(writer, '找委员').fill(name);
      const found = (await me.findReporters({ query: name })).rows.find((it) => it.id === id);
      await tap(writer, `${found?.name}（${found?.note}）`);
    }
    await tap(writer, '邀请 2 位');
    await seen(writer, '待答复').first().waitFor();
    for (const [page, words, stands] of [[signing, '同意联名', '您已联名'], [declining, '不联名', '您不在这件提案的提案人里']] as const) {
      await open(page, 'pages/home/index');
      await tap(page, '看全文');
      await seen(page, written.situation).waitFor();
      await tap(page, words);
      await seen(page, '再看看', true).waitFor();
      await last(page, words);
      await seen(page, stands).waitFor();
    }
    expect([(await asked(signer)).state, (await asked(other)).state]).toEqual(['signed', 'unsigned']);
    await box(writer, '建议').fill(`${written.suggestion}3.每学期初由学校告知家长。`);
    await tap(writer, '请重新确认');
    await seen(writer, '邀请以后，文字改过了').waitFor({ state: 'detached' });
    expect((await asked(signer)).state).toBe('asked');
    await open(signing, 'pages/home/index');
    await tap(signing, '看全文');
    await seen(signing, '第 2 稿').waitFor();
    await tap(signing, '同意联名');
    await seen(signing, '再看看', true).waitFor();
    await last(signing, '同意联名');
    await seen(signing, '您已联名').waitFor();
    await promise(writer);
    await tap(writer, '提交');
    await seen(writer, '已提交，收件号').waitFor();
    const [row] = (await me.listMine({})).rows;
    expect((await me.show({ id: row?.id ?? '' })).signers.map(({ id }) => id)).toEqual(['p231']);
    expect((await signer.show({ id: row?.id ?? '' })).title).toBe(row?.title);
    await expect(other.show({ id: row?.id ?? '' })).rejects.toMatchObject({ status: 404 });
  });

  test('界别的经办人在手机上写集体提案：平时不收，说清楚，写的都在；党派的提交得了，退回、面商、评价和自己的一样办', async () => {
    const sector = await settled(at.house, 'p332');
    const page = await appOf('p332');
    await open(page, 'submit/form/index?kind=proposal');
    await seen(page, /界别提案只在全体会议期间收/).first().waitFor();
    const fill = async (on: Page, title: string, signer: string) => {
      await write(on, title);
      await box(on, '原因分析').fill('没有留出停车的地方。');
      await box(on, signer).fill('林致远');
      for (const words of [/^已由/, /^我承诺内容不涉密/, /^本单位原创/]) await seen(on, words).first().click();
      await tap(on, '提交');
    };
    await fill(page, '关于在集镇学校门口划定停车区的建议', '签名的界别召集人');
    await seen(page, '有 1 处要改，改好再提交').waitFor();
    expect(await box(page, '情况').inputValue()).toBe(written.situation);
    expect([(await sector.listMine({})).rows, await until(async () => (await sector.listDrafts({})).rows, (rows) => rows.length === 1)]).toMatchObject([[], [{ title: '关于在集镇学校门口划定停车区的建议', bodyId: 's-zhonggong' }]]);
    expect(await sideways(page)).toBe(0);

    const api = await settled(at.house, 'p087');
    const other = await appOf('p087');
    await open(other, 'pages/home/index');
    await tap(other, '写提案');
    await seen(other, '民革安澜市支部，党派提案').waitFor();
    await fill(other, '关于在集镇划定电动车停车区的建议', '签名的负责人');
    await seen(other, '已提交，收件号', false).waitFor();
    const [row] = (await api.listMine({ of: 'bodies' })).rows;
    expect(row).toMatchObject({ author: { id: 'p-minge' }, proposer: { code: 'party' } });
    await open(other, `cases/detail/index?id=${row?.id}`);
    await seen(other, /^负责人林致远，/).waitFor();
    await seen(other, '撤回修改').waitFor();
    expect(await sideways(other)).toBe(0);
  });

  test('退回补充的一件，委员看到意见，补充后再提交，收件号不变', async () => {
    const api = await settled(at.house, 'p178');
    const before = (await api.listMine({ group: 'waiting_me' })).rows[0];
    const page = await appOf('p178');
    await open(page, 'pages/home/index');
    await tap(page, '看意见并修改');
    await seen(page, '请您补充修改').waitFor();
    await tap(page, '补充后再提交');
    await seen(page, new RegExp(`收件号 ${before?.receiptNo}`)).waitFor();
    const text = await box(page, '情况').inputValue();
    await box(page, '情况').fill(`${text}上半年断缴 320 人，比去年同期多 96 人。`);
    await promise(page);
    await tap(page, '提交');
    await seen(page, '已提交，收件号').waitFor();
    const after = await api.show({ id: before?.id ?? '' });
    expect(after).toMatchObject({ receiptNo: before?.receiptNo, revision: 2 });
    expect(after.text.situation).toContain('断缴 320 人');
  });

  test('trap 1: 草稿在刷新后还在，页面说手机和服务器上都有；同一部手机上换了人，别人看不到', async () => {
    await settled(at.house, 'p093');
    await settled(at.house, 'p041');
    const page = await appOf('p093');
    await open(page, 'submit/form/index?kind=opinion');
    await box(page, '标题').fill('只有我能看到的半篇');
    await box(page, '情况').fill('写了一半');
    await seen(page, /已保存 .*手机和服务器上都有/).waitFor();
    await page.reload();
    await open(page, 'pages/home/index');
    await seen(page, /社情民意草稿，手机和服务器上都有/).waitFor();
    await tap(page, '接着写：只有我能看到的半篇');
    await box(page, '情况').waitFor();
    expect(await box(page, '情况').inputValue()).toBe('写了一半');

    await page.evaluate(() => { localStorage.setItem('lvzhi.fake.openid', 'o-demo-p041'); localStorage.removeItem('lvzhi.token'); });
    await open(page, 'pages/home/index');
    await seen(page, '我要反映').waitFor();
    expect(await seen(page, '半篇').count()).toBe(0);
    await open(page, 'pages/duties/index');
    await seen(page, '我提交的').or(seen(page, '全部', true)).first().waitFor();
    expect(await seen(page, '半篇').count()).toBe(0);
    await open(page, 'submit/form/index?kind=opinion');
    await box(page, '标题').waitFor();
    expect(await box(page, '标题').inputValue()).toBe('');
  });

  test('trap 2: 写的时候登录过期、微信又一时登不上，文字都在，再点提交只算一件', async () => {
    const api = await settled(at.house, 'p032');
    const title = '托育机构备案后缺少回访，建议建立年度巡查';
    const page = await appOf('p032');
    await open(page, 'submit/form/index?kind=opinion');
    await write(page, title);
    await promise(page);
    const ended = await page.evaluate(async () => {
      const kept = localStorage.getItem('lvzhi.token') ?? '';
      const { data } = JSON.parse(kept) as { data: string };
      return (await fetch('/api/session/end', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${data}` }, body: '{}' })).ok;
    });
    expect(ended).toBe(true);
    await fetch(`${at.house.url}/__fake/faults`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match: { path: '/sns/jscode2session', openid: 'o-demo-p032', times: 9 }, action: { kind: 'errcode', errcode: -1 } }) });
    await tap(page, '提交');
    await seen(page, /登录过期了/).waitFor();
    expect(await box(page, '情况').inputValue()).toBe(written.situation);
    expect(await titlesOf(api)).not.toContain(title);

    await fetch(`${at.house.url}/__fake/faults`, { method: 'DELETE' });
    await tap(page, '提交');
    await seen(page, '已提交，收件号').waitFor();
    expect((await titlesOf(api)).filter((it) => it === title)).toHaveLength(1);
  });

  test('trap 4: 连点两下提交、回答在路上丢了再点，都只有一件', async () => {
    const api = await settled(at.house, 'p083');
    const page = await appOf('p083');
    await open(page, 'submit/form/index?kind=opinion');
    await write(page, '连点两下的一件');
    await promise(page);
    await seen(page, '提交', true).dblclick();
    await seen(page, '已提交，收件号').waitFor();

    let lost = 0;
    await page.route('**/api/submissions', async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort('connectionreset');
    }, { times: 1 });
    await tap(page, '再写一篇');
    await write(page, '回答丢了的一件');
    await promise(page);
    await tap(page, '提交');
    await seen(page, '没能提交，内容还在').waitFor();
    await tap(page, '提交');
    await seen(page, '已提交，收件号').waitFor();
    expect(lost).toBe(1);
    const titles = await titlesOf(api);
    expect([titles.filter((it) => it === '连点两下的一件').length, titles.filter((it) => it === '回答丢了的一件').length]).toEqual([1, 1]);
  });

  test('断网时写的留在手机上，有网络就存到服务器；两部手机写同一份，后存的看到两份，选一份，另一份也留着', async () => {
    const api = await settled(at.house, 'p114');
    const [page, other] = [await appOf('p114'), await appOf('p114')];
    await open(page, 'submit/form/index?kind=opinion');
    await write(page, '两部手机上写的');
    await page.context().setOffline(true);
    await box(page, '情况').fill('断网时写的情况');
    await seen(page, /已保存 .*在这部手机上/).waitFor();
    await page.context().setOffline(false);
    await seen(page, /已保存 .*手机和服务器上都有/).waitFor();
    await open(other, 'pages/home/index');
    await seen(other, /在别处写的/).waitFor();
    await tap(other, '接着写：两部手机上写的');
    await box(other, '情况').fill('第二部手机上的情况');
    await seen(other, /已保存 .*手机和服务器上都有/).waitFor();
    await box(page, '情况').fill('第一部手机上的情况');
    await seen(page, '这件在别处改动过').waitFor();
    await tap(page, '服务器上的');
    await seen(page, '第二部手机上的情况').waitFor();
    await tap(page, '用服务器上的');
    await box(page, '情况').waitFor();
    expect(await box(page, '情况').inputValue()).toBe('第二部手机上的情况');
    await open(page, 'pages/home/index');
    await until(() => api.listDrafts({}), ({ rows }) => rows.length === 2);
    const bodies = await Promise.all((await api.listDrafts({})).rows.map(async ({ id }) => (await api.showDraft({ id })).situation));
    expect(bodies.sort()).toEqual(['第一部手机上的情况', '第二部手机上的情况']);
  });

  test('委员一下确认走访，十秒内可以撤销', async () => {
    const api = await settled(at.house, 'p229');
    const state = async () => (await api.listVisits({})).rows.map((it) => it.state);
    const page = await appOf('p229');
    await open(page, 'pages/home/index');
    await seen(page, '走访通知：现在收不到').waitFor();
    await tap(page, '确认参加');
    await tap(page, '拒绝');
    await seen(page, '已确认参加').waitFor();
    expect(await state()).toEqual(['confirmed']);
    await tap(page, '撤销');
    await seen(page, '确认参加', true).waitFor();
    expect(await state()).toEqual(['notified']);
  });

  test('委员不方便，提出晚一个钟头并改为视频，通知页写明改到几时', async () => {
    const api = await settled(at.house, 'p181');
    const page = await appOf('p181');
    await open(page, 'pages/home/index');
    await tap(page, '换个时间');
    const [offered] = (await api.listFreeTimes({ id: (await api.listVisits({})).rows[0]?.id ?? '' })).rows;
    await seen(page, offered?.whenWords ?? 'nothing offered').waitFor();
    await tap(page, '都不合适，自己选时间');
    await tap(page, '请选日期');
    await tap(page, '确定');
    await tap(page, '请选时间');
    await seen(page, '确定', true).waitFor();
    await turnTo(page, 17);
    await tap(page, '确定');
    await tap(page, /改为视频走访，链接/);
    await tap(page, '提出改到 7月25日 17:20（视频）');
    await seen(page, /^您提出改到 7月25日 星期一 17:20/).waitFor();
    const [visit] = (await api.listVisits({})).rows;
    expect(visit).toMatchObject({ state: 'proposed', proposed: { startsAt: '2022-07-25T09:20:00.000Z', form: { code: 'video' } } });
  });

  /** Turns the first wheel of what lies open at the bottom by touching the row below or above the middle one, until this hour stands there. */
  async function turnTo(page: Page, hour: number): Promise<void> {
    const rows = page.locator('.weui-picker__content').filter({ visible: true }).first();
    /** What stands in the middle, and where that is, once everything has come to rest; no hour while the wheel is being set up. */
    const stands = () => rows.evaluate(async (it) => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      const middle = it.parentElement?.querySelector('.weui-picker__indicator')?.getBoundingClientRect() ?? new DOMRect();
      const row = [...it.children].find((each) => Math.abs(each.getBoundingClientRect().top - middle.top) < 2);
      return { there: Number.parseInt(row?.textContent ?? '', 10), x: middle.x + middle.width / 2, y: middle.y, height: middle.height };
    });
    for (let left = 40, now = await stands(); now.there !== hour; left -= 1, now = await stands()) {
      if (left === 0) throw new Error(`the wheel stands at ${now.there}`);
      if (!Number.isNaN(now.there)) await page.touchscreen.tap(now.x, now.y + now.height * (now.there < hour ? 1.5 : -0.5));
    }
  }

  test('专委会主任在手机上初审，通过后自动到下一件，撤销就回到这一件', async () => {
    const api = await settled(at.house, 'p015');
    const { rows: [first, second] } = await api.listTasks({ box: 'review' });
    const [id, title] = [first?.docId ?? '', first?.submission?.title ?? ''];
    const before = await api.show({ id });
    const page = await appOf('p015');
    await open(page, 'pages/home/index');
    await tap(page, '去初审');
    await tap(page, title);
    await box(page, '初审意见').fill('情况清楚，建议可行。');
    await tap(page, '初审通过');
    await seen(page, second?.submission?.title ?? 'no second').first().waitFor();
    await seen(page, '已初审通过').waitFor();
    expect(await api.show({ id })).toMatchObject({ state: 'editing', kind: 'opinion' });
    await tap(page, '撤销');
    await seen(page, title).first().waitFor();
    expect((await api.show({ id })).state).toBe(before.state);
  });

  test('地址不存在时不是白页，说清楚并能回到待办', async () => {
    await settled(at.house, 'p028');
    const page = await appOf('p028');
    await open(page, 'nowhere/at/all');
    await seen(page, '这里您看不了').waitFor();
    await tap(page, '回到待办');
    await seen(page, '我要反映').waitFor();
    expect(new URL(page.url()).pathname).toBe('/m/pages/home/index');
  });

  test('不存在的一件和不归自己的一件，说的话一样', async () => {
    await settled(at.house, 'p028');
    const other = (await (await settled(at.house, 'p083')).listMine({})).rows[0];
    const page = await appOf('p028');
    const said: string[] = [];
    for (const id of ['no-such-case', other?.id ?? '']) {
      await open(page, `cases/detail/index?id=${id}`);
      await seen(page, '这里您看不了').waitFor();
      said.push(await page.locator('.state').filter({ visible: true }).innerText());
    }
    expect(said[0]).toBe(said[1]);
    await tap(page, '回到待办');
    await seen(page, '我要反映').waitFor();
  });

  test('办公室安排走访，委员手机收到服务通知，点开就能确认，电脑端的送达情况跟着变；没送到的打电话', async () => {
    const [desk, me] = [await office(), await settled(at.house, 'p040')];
    const { rows } = await desk.api.findMembers({ query: '', unscheduled: 'yes', limit: 100 });
    const [member, other] = [rows.find(({ id }) => id === 'p040') ?? rows[0], rows.find(({ id }) => id !== 'p040')];
    const [leader] = (await desk.api.listLeaders({})).rows;
    expect(member?.id).toBe('p040');
    await control('subscribe', { openid: 'o-demo-p040', tmplIds: ['demo-template-visit'] });
    // The consent comes in by WeChat's push, sealed.
    await until(() => me.showMyReminders({}), ({ sorts }) => sorts.find(({ sort }) => sort === 'visit')?.left === 1);
    const { batchId } = await desk.api.createVisit({ key: 'journey-of-a-notice', memberIds: ['p040', other?.id ?? ''], leaderIds: [leader?.id ?? ''], startsAt: '2022-08-16T09:30:00+08:00', minutes: 40, form: 'talk', place: '竹园镇委员工作室', videoLink: '', topics: ['诉求'], replyBy: '2022-08-15T18:00:00+08:00' });

    const handset = await appOf('p040');
    await handset.goto(`${at.house.url}/__fake/phone`);
    const letter = handset.locator('#letters button').filter({ hasText: '竹园镇委员工作室' });
    await letter.waitFor();
    expect(await letter.innerText()).toMatch(/走访通知[^]*2022年8月16日 09:30[^]*服务通知/);
    await desk.page.goto(`${at.house.url}/desk/sendings?at=${batchId}`);
    const row = (name: string) => desk.page.getByRole('table', { name: '送达名单' }).getByRole('row').filter({ hasText: name });
    await row(member?.name ?? '').getByText('已送达，未读').waitFor();
    expect(await sideways(desk.page)).toBe(0);

    await letter.click();
    await seen(handset, '走访通知：还能收 0 次', false).or(seen(handset, '走访通知：现在收不到', false)).first().waitFor();
    await tap(handset, '确认参加');
    await tap(handset, '允许');
    await seen(handset, '已确认').first().waitFor();
    await until(() => me.showMyReminders({}), ({ sorts }) => sorts.every(({ left }) => left === 1));
    expect(await sideways(handset)).toBe(0);

    await desk.page.reload();
    await row(member?.name ?? '').getByText('已确认').waitFor();
    expect(await row(member?.name ?? '').innerText()).toMatch(/已读/);
    const called = other?.name ?? '';
    await desk.page.getByRole('button', { name: '电话通知单' }).click();
    await desk.page.getByRole('table', { name: '电话通知单' }).getByText(called).waitFor();
    expect(await desk.page.getByRole('table', { name: '电话通知单' }).getByRole('row').count()).toBe(2);
    await desk.page.getByRole('button', { name: '回送达情况' }).click();
    await desk.page.getByRole('button', { name: `登记已电话通知${called}` }).click();
    await row(called).getByText(/^已电话通知/).first().waitFor();
    expect((await desk.api.showSending({ id: batchId })).rows.find(({ person }) => person.name === called)).toMatchObject({ reach: 'called', called: { who: expect.any(String) } });
  });

  test('委员在“我的”里改成大字，看懂还能收几次，改成汇总提醒，定免打扰；横不出屏幕', async () => {
    const api = await settled(at.house, 'p041');
    const page = await appOf('p041');
    await open(page, 'pages/me/index');
    await page.getByRole('checkbox', { name: '大字版' }).click();
    await page.locator('.large').filter({ visible: true }).waitFor();
    await until(() => api.showMe({}), ({ largeType }) => largeType === true);
    await tap(page, '提醒');
    await seen(page, '在微信里提醒我', true).waitFor();
    await seen(page, '走访通知：现在收不到').waitFor();
    await tap(page, '同意在微信里提醒我');
    await tap(page, '允许');
    await seen(page, '走访通知：还能收 1 次').waitFor();
    await page.getByRole('tablist', { name: '我提交的办得怎样' }).getByText('汇总提醒').click();
    await seen(page, '没有新通知就不发。').waitFor();
    await tap(page, '自己定时间');
    await until(() => api.showMyReminders({}), ({ quiet }) => quiet !== null);
    expect(await api.showMyReminders({})).toMatchObject({ digest: 'daily', sorts: [{ sort: 'visit', telling: 'now', left: 1 }, { sort: 'progress', telling: 'digest', left: 1 }, { sort: 'task', telling: 'now', left: 1 }] });
    expect(await sideways(page)).toBe(0);
  });
});
