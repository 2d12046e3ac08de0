/** Roster and accounts at the desk, in a browser: the built pages against the built server. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { inChromium, pick, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';

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
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');

inChromium('名册和账号', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('委工委导入名册：先看每一行的结论，同名的定一下，再一次导入；不导入的能下载', async () => {
    const { page, api } = await deskOf('zhaowenbo', 'roster');
    await page.getByRole('table', { name: '委员名册' }).waitFor();
    expect(await sideways(page)).toBe(0);
    await button(page, '导入').click();
    await page.getByLabel('名册文件').setInputFiles({ name: '旧表.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') });
    expect(await page.getByRole('alert').innerText()).toMatch(/另存为 \.xlsx/);
    const csv = '姓名,联系电话,界别,镇街\n导入甲,13711110001,教育,永安\n坏号码,1391,教育界,\n梁承志,13711110009,教育界,';
    await page.getByLabel('名册文件').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    const table = page.getByRole('table', { name: '导入预览' });
    await table.waitFor();
    expect(await table.getByRole('row').allInnerTexts()).toEqual([expect.anything(), expect.stringMatching(/导入甲.*新增/s), expect.stringMatching(/坏号码.*不导入.*有 4 位/s), expect.stringMatching(/梁承志.*不导入.*是不是同一个人/s)]);
    expect((await api.listRoster({ query: '导入甲' })).rows).toEqual([]);
    await page.getByRole('group', { name: '第 4 行怎么办' }).getByRole('button', { name: '是另一个人' }).click();
    await button(page, '导入 2 行').click();
    await page.getByText('新增 2 位，更新 0 位').first().waitFor();
    const saved = page.waitForEvent('download');
    await button(page, /^下载不导入的 1 行/).click();
    expect((await saved).suggestedFilename()).toBe('没有导入的行.xlsx');
    expect((await api.listRoster({ query: '梁承志' })).rows).toHaveLength(2);
    await page.getByRole('link', { name: '委员名册' }).first().click();
    await page.getByLabel('找姓名或单位').fill('导入甲');
    await page.getByRole('button', { name: '导入甲' }).click();
    await button(page, '看完整号码').click();
    await page.getByText('13711110001').waitFor();
    await button(page, '发邀请码').last().click();
    await page.getByRole('heading', { name: '邀请码' }).waitFor();
    expect(await page.locator('.slip').innerText()).toMatch(/导入甲[^]*[A-Z2-9]{4} [A-Z2-9]{4}[^]*只用一次/);
  });

  test('系统管理员开通账号，本人登录；停用的那一刻，正在看的页面就退出', async () => {
    const { page, api } = await deskOf('hongweimin', 'accounts');
    await button(page, '登记工作人员').click();
    await dialog(page).getByLabel('姓名').fill('教育局');
    await dialog(page).getByLabel('电脑端账号').fill('Xinren');
    await pick(dialog(page).getByLabel('职务', { exact: true }), '信息编辑');
    await pick(dialog(page).getByLabel('在哪里任职'), 'bgs', '办公室');
    await dialog(page).getByRole('button', { name: '登记工作人员' }).click();
    const secret = page.locator('.once');
    await secret.waitFor();
    const [, login = '', , password = ''] = (await secret.innerText()).split(/\s*\n\s*/);
    expect([login, password]).toEqual(['xinren', expect.stringMatching(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)]);
    await button(page, '我已经记下').click();
    await page.getByRole('heading', { name: '职务' }).waitFor();
    const other = await at.page();
    await other.goto(`${at.house.url}/desk/`);
    await other.getByLabel('账号').fill(login);
    await other.getByLabel('密码', { exact: true }).fill(password);
    await button(other, '登录').click();
    for (const label of ['新密码', '再输一次新密码']) await other.getByLabel(label, { exact: true }).fill('zhiqiu-2047-bangwan');
    await button(other, '设置密码，继续').click();
    await button(other, '同意并继续').click();
    await other.getByRole('heading', { name: '分办台' }).waitFor();
    await button(page, '停用账号').click();
    await dialog(page).last().getByRole('button', { name: '停用账号' }).click();
    await page.getByText('已停用账号：教育局').waitFor();
    await other.getByRole('link', { name: '社情民意', exact: true }).click();
    await other.getByText('登录已超时').waitFor();
    await other.getByLabel('密码', { exact: true }).fill('zhiqiu-2047-bangwan');
    await other.getByLabel('账号').fill(login);
    await button(other, '登录').click();
    await other.getByText('这个账号已经停用').waitFor();
    expect((await api.listAccounts({ query: 'xinren' })).rows[0]).toMatchObject({ state: 'disabled', posts: ['办公室 信息编辑'] });
  });

  test('没有能登录的人的单位在名单里标着；权限一览能按职务看', async () => {
    const { page } = await deskOf('hongweimin', 'accounts?kind=unit');
    await page.getByRole('table', { name: '承办单位' }).waitFor();
    expect(await page.getByRole('row', { name: /市纪委监委/ }).innerText()).toMatch(/还没有经办人，不能交办/);
    expect(await page.getByRole('row', { name: /市规划局/ }).innerText()).not.toMatch(/不能交办/);
    await page.getByRole('link', { name: '权限一览' }).click();
    await page.getByRole('table', { name: '职务能做什么' }).waitFor();
    await pick(page.getByLabel('全部职务'), '信息编辑');
    await page.waitForURL(/post=information_editor/);
    expect(await page.getByRole('table', { name: '职务能做什么' }).getByRole('row').count()).toBe(2);
    expect(await sideways(page)).toBe(0);
  });

  test('系统管理员看运行状况，看不到审计记录；审计员筛选审计记录，导出，导出也成为一条', async () => {
    const { page } = await deskOf('hongweimin', 'health');
    const probes = page.getByRole('table', { name: '各项状况' });
    await probes.waitFor();
    expect(await probes.getByRole('row', { name: /^备份/ }).innerText()).toMatch(/请留意\s+还没有做过备份/);
    expect(await page.getByRole('table', { name: '定时任务' }).getByRole('row', { name: /封存审计记录/ }).innerText()).toMatch(/每 1 分钟/);
    expect(await page.getByRole('link', { name: '审计记录' }).count()).toBe(0);
    expect(await sideways(page)).toBe(0);
    const { page: other } = await deskOf('geqinghua', 'audit');
    const log = other.getByRole('table', { name: '审计记录' });
    await log.waitFor();
    await other.getByRole('link', { name: '登录', exact: true }).click();
    await other.waitForURL(/group=session/);
    await other.getByLabel('谁').fill('洪伟民');
    await other.waitForURL(/name=/);
    await log.getByRole('row', { name: /葛庆华/ }).first().waitFor({ state: 'detached' });
    const found = (await log.getByRole('row').allInnerTexts()).slice(1);
    expect(found.length).toBeGreaterThan(0);
    for (const words of found) expect(words).toMatch(/登录.*洪伟民.*电脑端/s);
    const saved = other.waitForEvent('download');
    await button(other, '导出').click();
    expect((await saved).suggestedFilename()).toBe('审计记录.xlsx');
    await other.getByText('已导出，这次导出也记入审计').waitFor();
    await other.goto(`${at.house.url}/desk/audit?kind=audit.exported`);
    expect(await log.getByRole('row').nth(1).innerText()).toMatch(/导出审计记录\s+导出.*葛庆华.*行数：\d+/s);
    expect(await sideways(other)).toBe(0);
  });
});
