/** Finding at the desk, in a browser: the built pages against the built server. */
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
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
const leads = (page: Page) => page.getByRole('listbox', { name: '找到的' }).getByRole('option');

/** The one sheet of a workbook, as the spreadsheet program finds it: by the local headers of the zip. */
function sheetOf(path: string): string {
  const bytes = readFileSync(path);
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [packed, named, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const [name, from] = [bytes.toString('utf8', at + 30, at + 30 + named), at + 30 + named + extra];
    if (name === 'xl/worksheets/sheet1.xml') return inflateRawSync(bytes.subarray(from, from + packed)).toString('utf8');
    at = from + packed;
  }
  throw new Error('no sheet');
}

inChromium('查找', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('信息编辑按 Ctrl K 找一件：标出来的字是原文，尖括号不变成代码；方向键选，回车打开', async () => {
    const { page, api } = await deskOf('hexiaolan', 'triage');
    const phone = clientOf(routes, (await at.house.phone('p002')).send);
    const title = '<img src=x onerror=alert(1)> 路灯不亮';
    const { doc } = await phone.submit({ key: 'finding-hostile-1', kind: 'opinion', title, situation: '夜里十点以后<b>整条街</b>的路灯都不亮，老人出门不方便，居民多次反映没有结果。', suggestion: '请住建部门修复路灯，明确管理责任。', noSecret: true, original: true, wish: 'ask' });
    await page.getByRole('heading', { name: '分办台' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '查找' }).fill('整条街 路灯');
    await leads(page).first().getByText(title).waitFor();
    expect(await leads(page).first().locator('mark').allInnerTexts()).toEqual(expect.arrayContaining(['路灯', '整条街']));
    expect(await page.locator('#found img, #found b').count()).toBe(0);
    expect((await api.findDocuments({ query: '整条街 路灯' })).rows.map(({ id }) => id)).toEqual([doc.id]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: title, level: 2 }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: '查找' }).waitFor();
    expect(await page.getByLabel('要找的内容').inputValue()).toBe('整条街 路灯');
    for (const [typed, said] of [['没有这样的话', '没有找到'], ['%_', '没有可以找的字']] as const) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: '查找' }).fill(typed);
      await page.getByRole('dialog').getByText(said).waitFor();
      await page.keyboard.press('Escape');
    }
  });

  test('陷阱 15：字和筛选都在地址里，刷新以后、从一件回来以后都还是它们', async () => {
    const { page } = await deskOf('hexiaolan', 'find');
    await page.getByLabel('要找的内容').fill('老');
    await page.waitForURL(/q=/);
    await page.getByLabel('全部种类').click();
    await page.getByTitle('社情民意', { exact: true }).last().click();
    await page.waitForURL(/kind=opinion/);
    await page.getByLabel('收到日期从').fill('2022-01-01');
    await page.waitForURL(/from=2022-01-01/);
    const table = page.getByRole('table', { name: '找到的' });
    await table.waitFor();
    const rows = await table.getByRole('row').count();
    expect(rows).toBeGreaterThan(1);
    for (const width of [1440, 1280]) { await page.setViewportSize({ width, height: 900 }); expect([width, await sideways(page)]).toEqual([width, 0]); }
    await page.setViewportSize({ width: 1440, height: 900 });
    const look = async () => { await table.waitFor(); expect([await page.getByLabel('要找的内容').inputValue(), await page.getByLabel('收到日期从').inputValue(), await table.getByRole('row').count(), new URL(page.url()).searchParams.get('kind')]).toEqual(['老', '2022-01-01', rows, 'opinion']); };
    await page.reload();
    await look();
    await table.getByRole('link').first().click();
    await page.getByRole('tablist').waitFor();
    await page.goBack();
    await look();
  });

  test('委工委找一位委员，打开的是名册里的这一位', async () => {
    const { page, api } = await deskOf('zhaowenbo', 'roster');
    const member = (await api.listRoster({ limit: 30 })).rows.at(-1);
    await page.getByRole('table', { name: '委员名册' }).waitFor();
    await button(page, /^查找/).click();
    await page.getByRole('combobox', { name: '查找' }).fill(member?.name ?? '');
    await leads(page).first().getByText(member?.name ?? '').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(member?.phone ?? '').waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toBe(member?.id);
  });

  test('筛选存成视图，换一页再打开还是它；改名、删除、撤销删除；导出的表格打得开，里面是这个列表', async () => {
    const { page, api } = await deskOf('zhoumingyuan', 'opinions?state=submitted');
    const table = page.getByRole('table', { name: '社情民意' });
    await table.waitFor();
    const rows = await table.getByRole('row').count() - 1;
    await button(page, '视图').click();
    await page.getByText('把现在的筛选存为视图…').click();
    await page.getByRole('dialog').getByLabel(/名字/).fill('等我初审的');
    await page.keyboard.press('Enter');
    await button(page, '视图：等我初审的').waitFor();
    await page.getByRole('link', { name: '提案', exact: true }).click();
    await page.getByRole('link', { name: '社情民意', exact: true }).click();
    await button(page, '视图').click();
    await page.getByRole('menuitem', { name: '等我初审的' }).click();
    await page.waitForURL(/state=submitted/);
    expect((await api.listViews({})).rows).toMatchObject([{ page: 'opinions', name: '等我初审的', query: 'state=submitted' }]);
    const saved = page.waitForEvent('download');
    await button(page, '导出').click();
    await page.getByRole('menuitem', { name: '导出表格', exact: true }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('社情民意.xlsx');
    const sheet = sheetOf(await download.path());
    expect(sheet.match(/<row /g)).toHaveLength(rows + 1);
    expect(sheet).toContain((await api.list({ kind: 'opinion', state: 'submitted' })).rows[0]?.receiptNo ?? '-');
    expect(sheet).not.toMatch(/<f>|分送把握/);
    await button(page, '视图：等我初审的').click();
    await page.getByText('改名、删除…').click();
    await page.getByLabel('“等我初审的”的名字').fill('待初审');
    await button(page, '给“等我初审的”改名').click();
    await button(page, '删除“待初审”').click();
    await page.getByText('没有视图了').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^撤销/ }).click();
    await button(page, '视图：待初审').waitFor();
  });

  test('打印一件和一个列表：纸上没有菜单和按钮，有市、时间和打印人；表头每页都有，不往右边出去', async () => {
    const { page, api } = await deskOf('zhoumingyuan', 'opinions');
    const doc = (await api.list({ kind: 'opinion' })).rows[0];
    for (const [path, title] of [[`print/case/${doc?.id}`, doc?.title ?? ''], ['print/list?kind=opinion&of=社情民意', '社情民意']] as const) {
      await page.goto(`${at.house.url}/desk/${path}`);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await page.emulateMedia({ media: 'print' });
      expect([path, await page.locator('.side:visible, .top:visible, .paper-bar:visible, button:visible').count()]).toEqual([path, 0]);
      const head = await page.locator('.paper-head').innerText();
      for (const words of ['安澜市政协', '打印人 周明远', '2022年7月21日 9:']) expect(head).toContain(words);
      expect([path, await sideways(page)]).toEqual([path, 0]);
      const [, width = 0, height = 0] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec((await page.pdf({ preferCSSPageSize: true })).toString('latin1'))?.map((it) => Math.round(Number(it))) ?? [];
      expect([path, width, height]).toEqual([path, ...(path.includes('case') ? [595, 842] : [842, 595])]);
      await page.emulateMedia({ media: 'screen' });
    }
    expect(await page.getByRole('table', { name: '社情民意' }).getByRole('row').count()).toBe((await api.list({ kind: 'opinion', limit: 100 })).rows.length + 1);
    await page.goto(`${at.house.url}/desk/print/case/nothing`);
    await page.getByText('看不到这一页').waitFor();
  });
});
