/** 代录, from the desk to the member's phone and on to the committee: the built pages against the built server. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { onePixel } from '../../../tools/testing/pictures.js';
import { docx } from '../../../tools/testing/docx.ts';

let at: Seeing;
/** Signed in and agreed to the privacy notice, as after the first day. */
async function deskOf(login: string, path: string) {
  const { cookie, send } = await at.house.desk(login);
  const api = clientOf(routes, send);
  await api.agree({ version: (await api.guest({})).privacy.version });
  const page = await at.page();
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: at.house.url }]);
  await page.goto(`${at.house.url}/desk/${path}`);
  return { page, api };
}
/** The member app in this person's WeChat, which is bound. */
async function phoneOf(personId: string, path: string) {
  const { send } = await at.house.phone(personId);
  const api = clientOf(routes, send);
  await api.setDisplay({ largeType: false });
  const page = await at.page({ viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true });
  await page.addInitScript((openid) => { localStorage.setItem('lvzhi.fake.openid', openid); }, `o-demo-${personId}`);
  await page.goto(`${at.house.url}/m/${path}`);
  return { page, api };
}
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** What is in sight on the phone: the pages beneath the one in front stay in the document. */
const seen = (page: Page, words: string | RegExp, exact = true) => page.getByText(words, { exact }).filter({ visible: true });
const tap = (page: Page, words: string | RegExp, exact = true) => seen(page, words, exact).first().click();

inChromium('代录', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('工作人员上传委员交来的 Word 文件，各部分认出来，刷新不丢；委员在小程序里请更正、再确认；专委会收到', async () => {
    const { api: me } = await phoneOf('p030', 'pages/me/index');
    const { name } = (await me.showMe({})).person;
    const { page, api } = await deskOf('jiangchenxi', 'entries');
    await page.getByText('还没有代录').waitFor();
    await button(page, /^新建代录/).click();
    await page.getByLabel('Word 文件').setInputFiles({ name: '来稿.doc', mimeType: 'application/msword', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') });
    expect(await page.getByRole('alert').innerText()).toMatch(/另存为 \.docx/);
    const text = ['社情民意信息', `反映人：${name}`, '联系电话：13800000000', '养老机构护理人员不足，建议建立培训补贴', '一、基本情况', '走访永安街道养老机构 5 家，入住老人 412 人，持证护理员 31 人，人均照护 13 名老人，夜间只有 1 人值班。', '二、原因分析', '工资低，培训要自己出钱。', '三、建议', '1.由民政部门牵头，建立护理员培训补贴；', '2.把护理员纳入公租房保障。'];
    await page.getByLabel('Word 文件').setInputFiles({ name: '来稿.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: docx(text) });
    await page.getByText(/^没有放进各栏的 3 行/).waitFor();
    expect(await page.getByLabel(/^标题/).inputValue()).toBe('养老机构护理人员不足，建议建立培训补贴');
    expect(await page.getByLabel(/^情况/).inputValue()).toMatch(/^走访永安街道养老机构 5 家/);
    expect(await page.getByLabel(/^原因分析/).inputValue()).toBe('工资低，培训要自己出钱。');
    expect(await page.getByLabel(/^建议 /).inputValue()).toBe('1.由民政部门牵头，建立护理员培训补贴；\n2.把护理员纳入公租房保障。');
    await page.getByText(`请${name}在小程序里确认，确认以后才提交`).waitFor();
    await page.getByText(/已存在这台电脑的浏览器里/).waitFor();
    await page.reload();
    await page.getByText(/^接着写上次没有交的/).waitFor();
    expect(await page.getByLabel(/^标题/).inputValue()).toBe('养老机构护理人员不足，建议建立培训补贴');
    expect(await sideways(page)).toBe(0);
    await button(page, '录入并请本人确认').click();
    const table = page.getByRole('table', { name: '代录' });
    await table.getByText('待本人确认').waitFor();
    expect((await me.listMine({})).rows.map(({ title }) => title)).not.toContain('养老机构护理人员不足，建议建立培训补贴');

    const { page: phone } = await phoneOf('p030', 'pages/home/index');
    await tap(phone, '看内容并确认');
    await seen(phone, '工作人员代您录入了社情民意，请确认').waitFor();
    expect(await sideways(phone)).toBe(0);
    await seen(phone, '来稿.docx').waitFor();
    await tap(phone, '请更正');
    await phone.locator('[aria-label="哪里要更正"] textarea').filter({ visible: true }).fill('持证护理员是 13 人');
    await tap(phone, '请工作人员更正');
    await seen(phone, '持证护理员是 13 人').first().waitFor();

    await page.reload();
    await page.getByRole('link', { name: /^代录/ }).getByText('1').waitFor();
    await table.getByRole('button', { name: /^养老机构护理人员不足/ }).click();
    await page.getByRole('dialog').getByText('持证护理员是 13 人').first().waitFor();
    await button(page, '更正').click();
    const situation = page.getByLabel(/^情况/);
    await situation.fill((await situation.inputValue()).replace('31 人', '13 人'));
    await button(page, '更正并再请本人确认').click();
    await table.getByText('待本人确认').waitFor();

    await phone.goto(`${at.house.url}/m/pages/home/index`);
    await tap(phone, '看内容并确认');
    await seen(phone, /持证护理员 13 人/, false).waitFor();
    await tap(phone, '确认并提交');
    await seen(phone, '请勾选“内容不涉密”', false).first().waitFor();
    await tap(phone, '我承诺内容不涉密，不含他人隐私');
    await tap(phone, '本人原创，未向其他渠道报送');
    await tap(phone, '确认并提交');
    await seen(phone, '已提交，收件号', false).waitFor();
    const [mine] = (await me.listMine({})).rows;
    expect(mine).toMatchObject({ title: '养老机构护理人员不足，建议建立培训补贴', committee: { id: 'c-shefa' } });
    expect((await api.listEntries({})).rows[0]).toMatchObject({ state: 'submitted', receiptNo: mine?.receiptNo });

    const { page: committee } = await deskOf('qiuzhipeng', `case/${mine?.id ?? ''}`);
    await committee.getByText('代录，本人已确认').waitFor();
    await committee.getByText(/^确认提交（.+代录）/).waitFor();
    await committee.getByRole('tab', { name: /^附件/ }).click();
    await committee.getByText('原件', { exact: true }).waitFor();
  });

  test('没有绑定微信的委员交来手写稿：照片放在旁边照着录，凭签名的纸质件提交，案卷上标明', async () => {
    const { page, api } = await deskOf('jiangchenxi', 'entries/form');
    await page.getByLabel('纸质件照片').setInputFiles([{ name: '1.jpg', mimeType: 'image/jpeg', buffer: onePixel }, { name: '2.jpg', mimeType: 'image/jpeg', buffer: onePixel }]);
    await page.getByRole('complementary', { name: '纸质件' }).getByRole('button', { name: '第 2 页' }).click();
    await page.getByAltText('2.jpg').waitFor();
    const found = (await api.findEntryAuthors({ kind: 'opinion', query: '' })).rows.find(({ paperOnly }) => paperOnly !== null);
    await page.getByRole('combobox', { name: /^替谁录入/ }).click();
    await page.getByRole('combobox', { name: /^替谁录入/ }).fill(found?.name ?? '');
    await page.locator('.ant-select-item-option', { hasText: found?.name ?? '' }).first().click();
    await page.getByText(/还没有绑定微信/).first().waitFor();
    await page.getByLabel(/^标题/).fill('集镇农贸市场排水不畅，雨天积水');
    await page.getByLabel(/^情况/).fill('竹园镇农贸市场建于 1998 年，排水沟淤堵，6 月以来积水 7 次，最深 20 厘米，商户 60 户停业。');
    await page.getByLabel(/^建议 /).fill('1.由镇政府牵头清淤；2.列入明年管网改造计划。');
    await button(page, '提交').click();
    await page.getByText('请核对纸质件上有本人签名或单位盖章，并勾选').first().waitFor();
    await page.getByLabel(/^我核对过/).check();
    await button(page, '提交').click();
    await page.getByText(/已提交，收件号/).first().waitFor();
    const [entry] = (await api.listEntries({})).rows;
    expect(entry).toMatchObject({ state: 'submitted', means: 'paper', author: { id: found?.id } });
    const { page: office } = await deskOf('hexiaolan', `case/${entry?.submissionId ?? ''}`);
    await office.getByText('纸质代录', { exact: true }).waitFor();
    await office.getByText(/^代录提交（纸质件） · 委工委/).waitFor();
    await office.getByRole('tab', { name: /^附件/ }).click();
    await office.getByText('纸质件2.jpg').waitFor();
  });
});
