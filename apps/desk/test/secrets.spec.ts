/** 涉密处置 at the desk: the office marks from the case, the security administrator decides by the typed number. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';

let at: Seeing;
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
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

inChromium('涉密处置', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('信息编辑在那一件里送核查，件就打不开了；安全管理员看过、照输收件号处置，列出要人工处理的；件还在，内容没有了', async () => {
    const { send } = await at.house.phone('p030');
    const { doc } = await clientOf(routes, send).submit({ key: 'desk-secret-1', kind: 'opinion', title: '某工程夜间施工扰民，建议调整工期', situation: '走访三个小区，夜间施工到凌晨两点，老人小孩睡不好，反映强烈，需要尽快研究解决。', analysis: '工期排得太紧。', suggestion: '1.调整工期；2.公布投诉电话。', category: 'society', nature: 'general', noSecret: true, original: true, wish: 'ask' });
    const { page, api } = await deskOf('hexiaolan', `case/${doc.id}`);
    await button(page, '送涉密核查…').click();
    await page.getByText(/没有并案、转办的件/).waitFor();
    await button(page, '送涉密核查').click();
    await page.getByText('请填写理由').first().waitFor();
    await page.getByRole('radio', { name: '含国家秘密' }).check();
    expect(await sideways(page)).toBe(0);
    await button(page, '送涉密核查').click();
    await page.getByRole('dialog').getByText('老人小孩睡不好', { exact: false }).waitFor();
    await expect(api.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });

    const { page: other } = await deskOf('zhaixinyu', 'secrets');
    const table = other.getByRole('table', { name: '涉密处置' });
    await table.getByText('请核查处置').waitFor();
    await table.getByRole('link', { name: `社情民意 ${doc.receiptNo ?? ''}` }).click();
    await other.getByText('老人小孩睡不好', { exact: false }).waitFor();
    await button(other, '涉密处置…').click();
    await other.getByLabel(/^请照输收件号/).fill('2022-0000');
    await button(other, '清除内容，不能恢复').click();
    await other.getByText('和这一件的收件号不一样，请照着输').first().waitFor();
    await other.getByLabel(/^请照输收件号/).fill(doc.receiptNo ?? '');
    await button(other, '清除内容，不能恢复').click();
    await other.getByText('系统够不着的，请人工处理').waitFor();
    expect(await other.getByText('老人小孩睡不好', { exact: false }).count()).toBe(0);
    expect(await sideways(other)).toBe(0);
    expect(await api.show({ id: doc.id })).toMatchObject({ title: '已作涉密处置', text: { situation: '' }, can: [] });
    await page.goto(`${at.house.url}/desk/case/${doc.id}`);
    await page.getByText('已作涉密处置').first().waitFor();
  });

  test('没有提交过的草稿，按姓名找、选哪一份送核查；两边都看不到一个字，照输编号处置', async () => {
    const { send } = await at.house.phone('p030');
    const phone = clientOf(routes, send);
    const { person: { name } } = await phone.showMe({});
    await phone.keepDraft({ id: 'desk-unsent-1', key: 'desk-unsent-key', version: 0, kind: 'opinion', title: '半篇不能给人看的', situation: '写到一半，想起来这一段不该写在这里。' });
    const { page } = await deskOf('hexiaolan', 'secrets');
    await button(page, '送涉密核查…').click();
    await page.getByRole('radio', { name: '没提交过的草稿' }).check();
    await page.getByRole('radio', { name: '含国家秘密' }).check();
    await button(page, '送涉密核查').click();
    await page.getByText('请先找到、选中一份草稿').waitFor();
    await page.getByLabel(/^姓名/).fill(name);
    await button(page, '找草稿').click();
    await page.getByRole('radio', { name: /今天 .+ 保存$/ }).check();
    expect(await sideways(page)).toBe(0);
    await button(page, '送涉密核查').click();
    await page.getByRole('dialog').getByText('没有提交的内容只有本人看得到，这里不显示。').waitFor();
    expect((await phone.listDrafts({})).rows).toEqual([]);

    const { page: other, api } = await deskOf('zhaixinyu', 'secrets');
    const { rows: [waits] } = await api.listDisposals({ state: 'marked' });
    await other.getByRole('link', { name: `社情民意草稿 ${waits?.receiptNo ?? ''}` }).click();
    await button(other, '涉密处置…').click();
    await other.getByLabel(/^请照输编号/).fill(waits?.receiptNo ?? '');
    await button(other, '清除内容，不能恢复').click();
    await other.getByText('系统够不着的，请人工处理').waitFor();
    expect(await other.getByText('半篇不能给人看的', { exact: false }).count() + await page.getByText('半篇不能给人看的', { exact: false }).count()).toBe(0);
  });
});
