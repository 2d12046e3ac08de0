/** The desk in a browser: the built pages against the built server, by keys where a clerk would use them. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import type { Client } from '@lvzhi/contracts';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { demoPassword } from '../../../tools/testing/house.js';

let at: Seeing;
type Api = Client<typeof routes>;

const apiOf = async (login: string): Promise<Api> => clientOf(routes, (await at.house.desk(login)).send);
/** Signed in and agreed to the privacy notice, as after the first day. */
async function deskOf(login: string, path = ''): Promise<{ page: Page; api: Api }> {
  const { cookie, send } = await at.house.desk(login);
  const api = clientOf(routes, send);
  await api.agree({ version: (await api.guest({})).privacy.version });
  const page = await at.page();
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: at.house.url }]);
  await page.goto(`${at.house.url}/desk/${path}`);
  return { page, api };
}
const row = (page: Page, words: string) => page.getByRole('row', { name: words });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const said = (page: Page) => page.locator('.toast');
/** The title in the right-hand pane: which case the keys act on. */
const inFocus = (page: Page) => page.getByRole('complementary', { name: '这一件' }).getByRole('heading');

inChromium('工作台', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('密码不对时说清楚怎么办，账号是否存在看不出来；第一次登录先看隐私说明', async () => {
    const page = await at.page();
    await page.goto(`${at.house.url}/desk/`);
    const attempt = async (login: string, password: string) => {
      await page.getByLabel('账号').fill(login);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await button(page, '登录').click();
    };
    const heard: string[] = [];
    for (const login of ['hexiaolan', 'nobody-of-that-name']) {
      await attempt(login, 'not-the-password');
      await page.getByRole('alert').waitFor();
      heard.push(await page.getByRole('alert').innerText());
      await page.reload();
    }
    expect(heard[0]).toMatch(/账号或密码/);
    expect(heard[1]).toBe(heard[0]);
    await attempt('hexiaolan', demoPassword);
    await button(page, '同意并继续').click();
    await page.getByRole('heading', { name: '分办台' }).waitFor();
  });

  test.each([
    ['hexiaolan', ['分办台', '待我办', '社情民意']],
    ['tangxiaoyu', ['分办台', '待我办', '提案']],
    ['zhoumingyuan', ['待我办', '社情民意', '提案']],
    ['zhaowenbo', ['待我办', '送达情况', '走访委员']],
  ] as const)('%s 的侧栏只有这个职务能打开的，别的地址当作没有', async (login, words) => {
    const { page, api } = await deskOf(login);
    const nav = page.getByRole('navigation', { name: '主导航' });
    await nav.waitFor();
    const shown = await nav.getByRole('link').locator('span').allInnerTexts();
    expect(shown).toEqual(expect.arrayContaining([...words]));
    const { can } = await api.showMe({});
    expect(shown.includes('分办台')).toBe(can.includes('triage_opinion') || can.includes('triage_proposal'));
    expect(shown.includes('走访委员')).toBe(can.includes('arrange_visits') || can.includes('visit'));
    for (const [path, name] of [['triage', '分办台'], ['visits', '走访委员']] as const) {
      if (shown.includes(name)) continue;
      await page.goto(`${at.house.url}/desk/${path}`);
      await page.getByRole('heading', { name: '看不到这一页' }).first().waitFor();
    }
  });

  test('提案委立案、拟定承办单位，市政府办交办，承办单位签收、面商、答复，审核以后几件一起送达', async () => {
    const office = await deskOf('tangxiaoyu', 'todo?box=edit');
    const { rows } = await office.api.listTasks({ box: 'edit' });
    const task = rows.find(({ submission }) => submission?.can.includes('file'));
    const [id, title] = [task?.docId ?? '', task?.submission?.title ?? ''];
    await office.page.goto(`${at.house.url}/desk/case/${id}`);
    const acts = office.page.getByRole('group', { name: '可以做的' });
    const dialog = (page: Page) => page.getByRole('dialog');
    const pick = async (page: Page, label: string, name: string) => { await dialog(page).getByLabel(label).click(); await page.keyboard.type(name); await page.getByTitle(name, { exact: true }).last().click(); };
    await acts.getByRole('button', { name: /^立案/ }).click();
    await dialog(office.page).getByRole('button', { name: '立案', exact: true }).click();
    await acts.getByRole('button', { name: '拟定承办单位', exact: true }).click();
    await pick(office.page, '独办单位', '市园林和林业局');
    await dialog(office.page).getByRole('button', { name: '拟定承办单位', exact: true }).click();
    await said(office.page).filter({ hasText: '已拟定承办单位' }).waitFor();
    const government = await deskOf('youjianhua', 'todo');
    await row(government.page, title).getByRole('link').click();
    await government.page.getByRole('button', { name: '交办', exact: true }).click();
    await dialog(government.page).getByRole('button', { name: '交办', exact: true }).click();
    await said(government.page).filter({ hasText: '已交办' }).waitFor();
    // 提案办理 by case: chosen and urged by keys, its unit is told, and not a second time on this day.
    await office.page.goto(`${at.house.url}/desk/handling?tab=all`);
    await office.page.getByRole('checkbox', { name: `选中 ${title}` }).check();
    await office.page.keyboard.press('e');
    await dialog(office.page).getByLabel(/^催办的话/).fill('请先联系提案人');
    await dialog(office.page).getByRole('button', { name: '催办 1 个单位', exact: true }).click();
    await said(office.page).filter({ hasText: '已催办 1 个单位' }).waitFor();
    await row(office.page, title).getByText('催过').waitFor();
    await office.page.getByRole('checkbox', { name: `选中 ${title}` }).check();
    expect(await office.page.getByRole('button', { name: /^催办 0 件/ }).isDisabled()).toBe(true);
    const unit = await deskOf('wudechang', 'todo');
    await row(unit.page, title).getByRole('link').click();
    await unit.page.getByText('申请改办', { exact: true }).first().waitFor();
    await unit.page.keyboard.press('s');
    await dialog(unit.page).getByRole('button', { name: '签收', exact: true }).click();
    await unit.page.getByRole('button', { name: '登记面商', exact: true }).click();
    await pick(unit.page, '面商方式', '座谈');
    await dialog(unit.page).getByLabel('参加人').fill('施国华、提案人');
    await dialog(unit.page).getByLabel(/^面商情况/).fill('到现场看了，商定先做两处。');
    await dialog(unit.page).getByRole('button', { name: '登记面商', exact: true }).click();
    await said(unit.page).filter({ hasText: '等提案人确认' }).waitFor();
    await unit.page.getByRole('tab', { name: /办理/ }).click();
    await unit.page.getByText('还没有确认').waitFor();
    await unit.page.getByRole('tab', { name: '答复稿' }).click();
    await unit.page.getByLabel('A 已解决或基本解决').check();
    await unit.page.getByLabel(/^答复正文/).fill('一、两处口袋公园已经建成开放。\n二、明年再建三处。');
    for (const [label, text] of [[/^发文字号/, '安园林提函〔2022〕9号'], ['签发人', '施国华'], [/^联系人和电话/, '吴德昌 0000-5031']] as const) await unit.page.getByLabel(label).fill(text);
    await unit.page.getByRole('region', { name: '逐条对照建议' }).getByText(/^\d+ \/ \d+ 条有回应$/).waitFor();
    await unit.page.getByText('写好公开方式').waitFor();
    await unit.page.getByLabel('公开方式').click();
    await unit.page.getByTitle('主动公开', { exact: true }).last().click();
    await unit.page.getByText('答复写全了').waitFor();
    expect(await sideways(unit.page)).toBe(0);
    const head = await deskOf('shiguohua', 'todo');
    await row(head.page, title).getByRole('link').click();
    await head.page.getByRole('button', { name: '提交答复', exact: true }).click();
    await dialog(head.page).getByRole('button', { name: '提交答复', exact: true }).click();
    await said(head.page).filter({ hasText: '答复已提交审核' }).waitFor();
    await government.page.goto(`${at.house.url}/desk/handling?group=reviewing`);
    await row(government.page, title).getByRole('link').click();
    await government.page.getByText('两处口袋公园已经建成开放').first().waitFor();
    await government.page.getByRole('group', { name: '第 1 条建议' }).waitFor();
    await government.page.getByRole('button', { name: '审核通过', exact: true }).click();
    await dialog(government.page).getByRole('button', { name: '审核通过', exact: true }).click();
    await said(government.page).filter({ hasText: '待送达' }).waitFor();
    await government.page.keyboard.press('Escape');
    await government.page.getByRole('checkbox', { name: `选中 ${title}` }).waitFor();
    for (const box of await government.page.getByRole('checkbox', { name: /^选中 / }).all()) await box.check();
    await government.page.getByRole('button', { name: '送达提案人', exact: true }).click();
    await dialog(government.page).getByRole('button', { name: /^送达 \d 件$/ }).click();
    await said(government.page).filter({ hasText: '已送达 3 件' }).waitFor();
    expect((await office.api.show({ id })).state).toBe('replied');
  });

  test('专委会干部逐段提修改建议，看得到改了什么；委员同意一段、保留一段，案卷上两份都在；没改的不让送，写的不丢', async () => {
    const phone = clientOf(routes, (await at.house.phone('p002')).send);
    const office = await apiOf('tangxiaoyu');
    const { doc } = await phone.submit({ key: 'desk-edits-1', kind: 'proposal', title: '关于加装滨江步道路灯的建议', situation: '滨江步道约两公里没有路灯，晚上散步的人多。\n上月摔伤三人。', analysis: '管护单位没有明确，经费没有落实。', suggestion: '城管部门补装路灯，明确管护单位。', category: 'society', noSecret: true, original: true, wish: 'ask' });
    await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: [] });
    const { page } = await deskOf('qiuzhipeng', `case/${doc.id}`);
    await page.getByRole('tab', { name: '修改建议' }).click();
    await button(page, '提修改建议…').click();
    const dialog = page.getByRole('dialog');
    await button(page, '请提案人逐段答复').click();
    await dialog.getByText('请至少改一段').first().waitFor();
    await dialog.getByLabel('情况第 2 段', { exact: true }).fill('上月摔伤老人三人，其中一人骨折。');
    await dialog.getByLabel('情况第 2 段为什么改').fill('写明后果');
    await dialog.getByLabel('标题', { exact: true }).fill('关于尽快加装滨江步道路灯的建议');
    expect(await dialog.locator('ins').allInnerTexts()).toEqual(expect.arrayContaining(['尽快']));
    expect(await sideways(page)).toBe(0);
    await button(page, '请提案人逐段答复').click();
    await said(page).filter({ hasText: '修改建议已送提案人' }).waitFor();
    await page.getByText('等提案人答复').waitFor();
    const asked = await phone.show({ id: doc.id });
    await phone.answerEdits({ id: doc.id, version: asked.version, accepted: [true, false] });
    await page.reload();
    await page.getByRole('heading', { name: '关于尽快加装滨江步道路灯的建议', level: 2 }).waitFor();
    await page.getByRole('tab', { name: '修改建议' }).click();
    const edits = page.getByRole('region', { name: '第 1 次修改建议' });
    await edits.getByText('提案人已逐段答复').waitFor();
    expect([await edits.getByText('同意', { exact: true }).count(), await edits.getByText('保留原文', { exact: true }).count()]).toEqual([1, 1]);
  });

  test('没有人要办的，列表和案卷不说成“已办结”：撤案的不用再办，并案的随主件，办结的才叫办结', async () => {
    const { page } = await deskOf('tangxiaoyu', 'proposals?state=dropped');
    await row(page, '关于夜间施工噪声联合执法的建议').getByText('不用再办').waitFor();
    await page.goto(`${at.house.url}/desk/proposals?state=merged`);
    await row(page, '关于完善农产品加工园区配套的建议').getByText('随主件办理').waitFor();
    await row(page, '关于完善农产品加工园区配套的建议').getByRole('link').click();
    await page.getByText('随主件办理：已并案').waitFor();
    expect(await page.getByText(/已办结/).count()).toBe(0);
  });

  test('联名提案改了文字，案卷写明还等谁重新联名，这时没有可以审查的按钮；都答复了才有', async () => {
    const [me, second] = [clientOf(routes, (await at.house.phone('p040')).send), clientOf(routes, (await at.house.phone('p041')).send)];
    const office = await apiOf('tangxiaoyu');
    const text = { title: '关于老旧小区加装充电桩的建议', situation: '几处老旧小区没有充电桩。\n居民从楼上拉线充电。', analysis: '产权单位不明确，改造经费没有落实。', suggestion: '住建部门加装充电桩，明确管护单位。' };
    const { joint } = await me.inviteSigners({ draftKey: 'desk-joint-1', ...text, personIds: ['p041'] });
    await second.cosign({ id: joint.rows[0]?.id ?? '', version: joint.rows[0]?.version ?? 0 });
    const { doc } = await me.submit({ key: 'desk-joint-1', kind: 'proposal', ...text, category: 'society', noSecret: true, original: true, wish: 'ask' });
    const { doc: sent } = await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: [] });
    const staff = await apiOf('qiuzhipeng');
    const { doc: asked } = await staff.proposeEdits({ id: doc.id, version: sent.version, note: '', changes: [{ part: 'situation', at: 0, after: '全市有三处老旧小区没有充电桩。' }] });
    const { doc: waiting } = await me.answerEdits({ id: doc.id, version: asked.version, accepted: [true] });
    const { page } = await deskOf('qiuzhipeng', `case/${doc.id}`);
    await page.getByText(waiting.stillAsked[0]?.name ?? 'nobody').first().waitFor();
    await page.getByText('按修改建议改了文字，都答复或者到期以后接着审查').waitFor();
    expect([await page.getByText('等重新联名', { exact: true }).count() > 0, await page.getByText('您没有要办的').count(), await sideways(page)]).toEqual([true, 1, 0]);
    const { rows: [again] } = await second.listInvitations({});
    await second.cosign({ id: again?.id ?? '', version: again?.version ?? 0 });
    await page.reload();
    await page.getByText('已联名').first().waitFor();
    expect(await page.getByText('等重新联名', { exact: true }).count()).toBe(0);
  });

  test('信息编辑用键盘分办：J 到下一件，数字选主送，回车分送，Z 撤销', async () => {
    const { page, api } = await deskOf('hexiaolan', 'triage');
    const { rows } = await api.listTasks({ box: 'triage' });
    const place = rows.findIndex(({ routing }) => (routing?.candidates.length ?? 0) >= 2 && (routing?.confidence ?? 1) < (routing?.threshold ?? 0));
    const chosen = rows[place];
    const title = chosen?.submission?.title ?? '';
    const second = chosen?.routing?.candidates[1]?.committee;
    await row(page, rows[0]?.submission?.title ?? '').waitFor();
    for (let step = 0; step < place + 1; step += 1) await page.keyboard.press('j');
    await page.keyboard.press('k');
    await inFocus(page).filter({ hasText: title }).waitFor();
    await page.keyboard.press('2');
    await button(page, `主送${second?.short}`).waitFor();
    await page.keyboard.press('Enter');
    await said(page).filter({ hasText: `已分送${second?.short}：${title}` }).waitFor();
    await row(page, title).waitFor({ state: 'detached' });
    expect((await api.show({ id: chosen?.docId ?? '' })).committee?.id).toBe(second?.id);
    await page.keyboard.press('z');
    await said(page).filter({ hasText: '已撤销' }).waitFor();
    await row(page, title).waitFor();
    expect((await api.show({ id: chosen?.docId ?? '' })).committee).toBeNull();
  });

  test('批量分送逐件说结果：没选主送的那件留着、说明原因，成的离开分办台', async () => {
    const { page, api } = await deskOf('hexiaolan', 'triage');
    const { rows } = await api.listTasks({ box: 'triage' });
    const [sure, unsure] = [rows.find(({ routing }) => routing?.personal === null && routing.confidence >= routing.threshold), rows.find(({ routing }) => (routing?.confidence ?? 1) < (routing?.threshold ?? 0))];
    const titles = [sure?.submission?.title ?? '', unsure?.submission?.title ?? ''] as const;
    for (const title of titles) await page.getByLabel(`选中 ${title}`).check();
    await page.getByRole('region', { name: '选中的几件' }).getByText('已选 2 件').waitFor();
    await page.keyboard.press('e');
    await said(page).filter({ hasText: '已分送 1 件，1 件没成' }).waitFor();
    await row(page, titles[0]).waitFor({ state: 'detached' });
    await row(page, titles[1]).getByRole('alert').filter({ hasText: '没分送' }).waitFor();
    expect(await page.getByLabel(`选中 ${titles[1]}`).isChecked()).toBe(true);
    await page.keyboard.press('z');
    await row(page, titles[0]).waitFor();
  });

  test('几件一起分送以后撤销：撤不了的那件不耽误别的，说得出几件撤了、几件为什么没有', async () => {
    const { page, api } = await deskOf('hexiaolan', 'triage');
    const phone = clientOf(routes, (await at.house.phone('p002')).send);
    const docs = [];
    for (const road of ['文昌路', '滨江路']) {
      const { doc } = await phone.submit({ key: `desk-undo-${docs.length}`, kind: 'opinion', title: `${road}公交车班次太少，早高峰等车要四十分钟`, situation: `${road}公交线路早高峰四十分钟一班，公交站没有站牌，市民出行不便。`, suggestion: '请市交通运输局增加公交班次，补上站牌。', noSecret: true, original: true });
      docs.push(doc.committee ? (await api.recall({ id: doc.id, version: doc.version, reason: '送错了专委会' })).doc : doc);
    }
    const [first, second] = docs;
    await page.reload();
    for (const { title } of docs) await page.getByLabel(`选中 ${title}`).check();
    await page.keyboard.press('e');
    await said(page).filter({ hasText: '已分送 2 件' }).waitFor();
    await api.recall({ id: first?.id ?? '', version: (await api.show({ id: first?.id ?? '' })).version, reason: '还要再看看' });
    await page.keyboard.press('z');
    await said(page).filter({ hasText: '已撤销，1 件回到分办台，1 件没有撤销：' }).waitFor();
    await row(page, second?.title ?? '').waitFor();
    expect((await api.listTasks({ box: 'triage' })).rows.map(({ docId }) => docId)).toEqual(expect.arrayContaining(docs.map(({ id }) => id)));
  });

  test('提案委在待我办里选中几件一起立案：先问一句，逐件说结果；别人先办了的说明原因，成的各有案号、不能撤销', async () => {
    const { page, api } = await deskOf('tangxiaoyu', 'todo?box=edit');
    const [phone, head] = [clientOf(routes, (await at.house.phone('p002')).send), await apiOf('shichuangen')];
    const docs = [];
    for (const road of ['育才路', '兴隆街', '沿江道']) {
      const { doc } = await phone.submit({ key: `desk-bulk-${docs.length}`, kind: 'proposal', title: `关于在${road}增设公交站点的建议`, situation: `${road}两公里没有公交站点，沿线三个小区约 4000 人出行要走二十分钟。`, analysis: '线路规划在前，小区建成在后。', suggestion: `请在${road}增设两个公交站点。`, noSecret: true, original: true, wish: 'ask' });
      const placed = doc.committee ? (await api.recall({ id: doc.id, version: doc.version, reason: '送错了专委会' })).doc : doc;
      const { doc: sent } = await api.assign({ id: placed.id, version: placed.version, committeeId: 'c-nongye', coCommitteeIds: [] });
      docs.push((await head.review({ id: sent.id, version: sent.version, outcome: 'filed', note: '建议立案', unitIds: [] })).doc);
    }
    await page.reload();
    await page.getByLabel(`选中 ${docs[0]?.title}`).check();
    while ((await page.locator('tr.on').count()) === 0 || !(await page.locator('tr.on').innerText()).includes(docs[1]?.title ?? '')) await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.getByLabel(`选中 ${docs[2]?.title}`).check();
    const bar = page.getByRole('region', { name: '选中的几件' });
    await bar.getByText('已选 3 件').waitFor();
    await api.sendBack({ id: docs[2]?.id ?? '', version: docs[2]?.version ?? 0, note: '请补充客流的数字。' });
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByText('案号不收回').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '立案 3 件' }).click();
    await said(page).filter({ hasText: '已立案 2 件，1 件没成' }).waitFor();
    expect(await said(page).getByRole('button', { name: /撤销/ }).count()).toBe(0);
    await bar.getByRole('alert').filter({ hasText: `${docs[2]?.receiptNo} 没有立案` }).waitFor();
    expect(await sideways(page)).toBe(0);
    const now = await Promise.all(docs.map(({ id }) => api.show({ id })));
    expect(now.map(({ state, caseNo }) => [state, caseNo !== null])).toEqual([['filed', true], ['filed', true], ['returned', false]]);
  });

  test('trap 15: 筛选写在地址里，分办一件以后、刷新以后都还是这个筛选', async () => {
    const { page, api } = await deskOf('hexiaolan', 'triage');
    await page.getByRole('link', { name: '低把握' }).click();
    const current = page.getByRole('navigation', { name: '筛选' }).locator('[aria-current=page]');
    await current.filter({ hasText: '低把握' }).waitFor();
    const { rows } = await api.listTasks({ box: 'triage', filter: 'low' });
    const title = rows[0]?.submission?.title ?? '';
    await inFocus(page).filter({ hasText: title }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await row(page, title).waitFor({ state: 'detached' });
    for (const look of ['after the act', 'after a reload']) {
      expect([look, new URL(page.url()).searchParams.get('filter')]).toEqual([look, 'low']);
      await current.filter({ hasText: `低把握${rows.length - 1}` }).waitFor();
      expect(await page.getByRole('table').getByRole('row').count()).toBe(rows.length);
      await page.reload();
    }
  });

  test('信息编辑改了几件的去向，分办质量里看到学到的词，划掉一个、再恢复；案卷上写着按哪一版判断', async () => {
    const { page, api } = await deskOf('hexiaolan', 'triage');
    const phone = clientOf(routes, (await at.house.phone('p002')).send);
    for (let nth = 0; nth < 3; nth += 1) {
      const { doc } = await phone.submit({ key: `desk-rink-${nth}`, kind: 'opinion', title: `旱冰场地面开裂，轮滑的人常摔倒（${nth}）`, situation: '旱冰场地面开裂三处，傍晚轮滑的人多，上周摔伤两人，场边没有护垫。', suggestion: '修整旱冰场地面，加装护垫。', noSecret: true, original: true, wish: 'ask' });
      await api.assign({ id: doc.id, version: doc.version, committeeId: 'c-nongye', coCommitteeIds: [] });
    }
    await page.getByRole('link', { name: '分办质量' }).click();
    await page.getByRole('heading', { name: '分办质量' }).waitFor();
    // It learns in the background, some seconds after the last decision.
    while ((await api.showRoutingQuality({})).words.length === 0) await page.waitForTimeout(200);
    await button(page, '刷新').click();
    await page.getByRole('table', { name: '学习记录' }).getByText(/m\d+ 现用/).waitFor();
    const total = page.getByRole('region', { name: '总体' });
    await total.getByText(/第一推荐与人的决定一致 · \d+ 件/).waitFor();
    expect(await page.getByRole('table', { name: '推荐和决定的对照' }).getByRole('row').count()).toBeGreaterThan(2);
    const words = page.getByRole('region', { name: '学到的词' });
    const strike = words.getByRole('button', { name: /^划掉 / }).first();
    const word = (await strike.getAttribute('aria-label'))?.slice(3) ?? '';
    await strike.click();
    await said(page).filter({ hasText: `已划掉“${word}”，马上生效` }).waitFor();
    expect(await words.getByRole('button', { name: `划掉 ${word}`, exact: true }).count()).toBe(0);
    await words.getByRole('button', { name: `恢复 ${word}`, exact: true }).click();
    await said(page).filter({ hasText: `已恢复“${word}”` }).waitFor();
    const { doc } = await phone.submit({ key: 'desk-rink-last', kind: 'opinion', title: '公交站没有候车亭，雨天老人淋雨', situation: '三路公交车的两个站没有候车亭，雨天等车的老人都淋雨，早高峰有二十多人。', suggestion: '请交通运输部门加装候车亭。', noSecret: true, original: true });
    await page.goto(`${at.house.url}/desk/case/${doc.id}`);
    await page.getByRole('region', { name: '分送情况' }).getByText(/按 lex-\d\/[0-9a-f]{8}\S* 判断/).waitFor();
  });

  test('主任通过一件，写的意见跟着走，自动到下一件；撤销回到这一件', async () => {
    const { page, api } = await deskOf('zhoumingyuan', 'todo');
    const { rows } = await api.listTasks({ box: 'review' });
    const at0 = rows.findIndex(({ kind }) => kind === 'opinion');
    const [doc, next] = [rows[at0], rows[at0 + 1]];
    await page.getByRole('link', { name: doc?.submission?.title ?? '' }).click();
    await page.getByPlaceholder('初审意见（可不填）').fill('情况属实，建议编发。');
    await page.getByRole('heading', { name: doc?.submission?.title ?? '', level: 2 }).click();
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: next?.submission?.title ?? '', level: 2 }).waitFor();
    await said(page).filter({ hasText: '初审已通过' }).waitFor();
    expect((await api.show({ id: doc?.docId ?? '' })).timeline.at(-1)?.note).toBe('情况属实，建议编发。');
    await page.keyboard.press('z');
    await page.getByRole('heading', { name: doc?.submission?.title ?? '', level: 2 }).waitFor();
    expect((await api.show({ id: doc?.docId ?? '' })).state).toBe(doc?.submission?.state);
  });

  test('退回时别人先办了一步：说明发生了什么，写好的意见还在', async () => {
    const { page, api } = await deskOf('shichuangen', 'todo');
    const other = await apiOf('baochunsheng');
    const task = (await api.listTasks({ box: 'review' })).rows.find(({ submission }) => submission?.can.includes('start_review') && submission.can.includes('return'));
    const id = task?.docId ?? '';
    await page.getByRole('link', { name: task?.submission?.title ?? '' }).click();
    await page.getByRole('heading', { name: task?.submission?.title ?? '', level: 2 }).waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/退回意见/).fill('请补充淤塞渠段的长度和受影响的亩数。');
    await other.startReview({ id, version: (await other.show({ id })).version });
    const send = dialog.getByRole('button', { name: /^退回(补充|修改)$/ });
    await send.click();
    await dialog.getByRole('alert').filter({ hasText: '状态从' }).waitFor();
    expect(await dialog.getByLabel(/退回意见/).inputValue()).toBe('请补充淤塞渠段的长度和受影响的亩数。');
    await dialog.getByRole('button', { name: '按最新的情况继续，已写的保留' }).click();
    await send.click();
    await said(page).filter({ hasText: '已退回' }).waitFor();
    expect(await api.show({ id })).toMatchObject({ state: 'returned' });
  });

  test('干部拟好意见交主任，主任看到拟办意见后定', async () => {
    const staff = await deskOf('qiuzhipeng', 'todo');
    const task = (await staff.api.listTasks({ box: 'review' })).rows.find(({ kind, submission }) => kind === 'opinion' && submission?.can.includes('prepare'));
    const [id, title] = [task?.docId ?? '', task?.submission?.title ?? ''];
    await staff.page.getByRole('link', { name: title }).click();
    await button(staff.page, /^拟初审意见/).click();
    const dialog = staff.page.getByRole('dialog');
    await dialog.getByText('建议通过').click();
    await dialog.getByLabel(/拟办意见/).fill('数据具体，建议通过。');
    await dialog.getByRole('button', { name: '拟初审意见' }).click();
    await said(staff.page).filter({ hasText: '拟办意见已交主任' }).waitFor();

    const head = await deskOf('zhoumingyuan', `case/${id}`);
    await head.page.getByRole('tab', { name: /往来/ }).click();
    await head.page.getByRole('tabpanel').getByText('数据具体，建议通过。').waitFor();
    await button(head.page, /^初审通过/).click();
    await said(head.page).filter({ hasText: '初审已通过' }).waitFor();
    await head.page.getByRole('heading', { name: title }).waitFor();
    expect((await head.api.show({ id })).state).toBe('editing');
  });

  test('委工委安排走访，委员在手机上确认，工作台看到已确认；委员又提出改期时，按旧情况取消会被拦下，写的还在', async () => {
    const { page, api } = await deskOf('zhaowenbo', 'visits');
    const member = (await api.findMembers({ unscheduled: 'yes', limit: 5 })).rows[0];
    const before = await api.coverage({});
    await page.getByRole('heading', { name: '走访委员' }).waitFor();
    await page.keyboard.press('n');
    const form = page.getByRole('dialog');
    await form.getByLabel('找委员：姓名或界别').fill(member?.name ?? '');
    await form.getByRole('group', { name: '委员', exact: true }).getByRole('checkbox', { name: member?.name ?? '' }).check();
    await form.getByRole('group', { name: '走访人', exact: true }).getByRole('checkbox', { name: /王立群/ }).check();
    const choose = async (label: string, typed: string) => { await form.getByLabel(label, { exact: true }).fill(typed); await page.keyboard.press('Enter'); };
    await choose('时间', '8月9日');
    await choose('时间的钟点', '9:30');
    await form.getByRole('group', { name: '想听的话题' }).getByRole('checkbox').first().check();
    await choose('请委员在这之前回复', '8月5日');
    await choose('请委员在这之前回复的钟点', '18:00');
    await button(page, '安排走访并发通知').click();
    await form.getByRole('alert').filter({ hasText: '形式' }).first().waitFor();
    await form.getByRole('radiogroup', { name: '形式' }).getByText('座谈').click();
    await form.getByLabel('地点', { exact: true }).fill('市政协 302 会议室');
    await form.getByRole('note', { name: '通知预览' }).getByText(/8月9日 星期二 9:30，市政协 302 会议室，.*王立群。请在8月5日 18:00 前回复。/).waitFor();
    await form.getByText(/微信提醒能到 0 人/).waitFor();
    await button(page, '安排走访并发通知').click();
    await said(page).filter({ hasText: '已安排 1 位委员的走访' }).waitFor();
    expect((await api.coverage({})).unscheduled).toBe(before.unscheduled - 1);

    const phone = clientOf(routes, (await at.house.phone(member?.id ?? '')).send);
    const notice = (await phone.home({})).tasks.find(({ visit }) => visit !== null)?.visit;
    expect(notice).toMatchObject({ whenWords: '8月9日 星期二 9:30', place: '市政协 302 会议室' });
    await phone.confirmVisit({ id: notice?.id ?? '', version: notice?.version ?? 0 });
    await page.reload();
    await page.getByRole('navigation', { name: '按状态' }).getByRole('link', { name: '已确认' }).click();
    await page.goto(`${at.house.url}/desk/visits?at=${notice?.id}`);
    const drawer = page.getByRole('dialog');
    await drawer.getByText(`走访 ${member?.name}`).waitFor();
    await drawer.getByText('已确认').first().waitFor();

    const seen = await phone.showVisit({ id: notice?.id ?? '' });
    await phone.proposeVisit({ id: seen.id, version: seen.version, startsAt: '2022-08-10T01:30:00.000Z', form: null, note: '当天出差' });
    await button(page, '取消走访').click();
    const dialog = page.getByRole('dialog', { name: '取消走访' });
    await dialog.getByLabel('取消理由').fill('主席会议另有安排');
    await dialog.getByRole('button', { name: '取消走访', exact: true }).click();
    await dialog.getByRole('alert').filter({ hasText: '现在是“提出改期”' }).waitFor();
    expect(await dialog.getByLabel('取消理由').inputValue()).toBe('主席会议另有安排');
  });

  test('每一页在 1440 和 1280 宽的窗口里都不用左右拖，也没有任何报错', async () => {
    const look = async ({ page }: { page: Page }, paths: readonly string[]) => {
      for (const path of paths) {
        await page.goto(`${at.house.url}/desk/${path}`);
        await page.getByRole('table').or(page.locator('.pane')).first().waitFor();
        for (const width of [1440, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          expect([path, width, await sideways(page)]).toEqual([path, width, 0]);
        }
      }
    };
    const editor = await deskOf('hexiaolan');
    await look(editor, ['triage', 'todo?box=edit', 'opinions', 'tallies', `case/${(await editor.api.listTasks({ box: 'edit' })).rows[0]?.docId}`]);
    const head = await deskOf('zhoumingyuan');
    const filing = await deskOf('tangxiaoyu');
    await look(filing, ['handling', 'figures?by=committee', 'figures']);
    await filing.page.getByRole('button', { name: /^全市应办复 \d+ 件$/ }).click();
    await filing.page.getByRole('dialog').getByRole('link').first().waitFor();
    await look(head, ['todo', 'proposals', `case/${(await head.api.listTasks({ box: 'review' })).rows[0]?.docId}`]);
    const office = await deskOf('zhaowenbo');
    await look(office, ['sendings', `sendings?at=${(await office.api.listSendings({})).rows[0]?.id}`, 'visits', `visits?at=${(await office.api.listVisits({ state: 'proposed' })).rows[0]?.id}`]);
  });
});
