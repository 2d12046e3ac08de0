/** 规则与日历 at the desk, in a browser: the built pages against the built server. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { inChromium, pick, sideways } from '../../../tools/testing/browser.js';
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

inChromium('规则与日历', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('系统管理员改字数：填得不对说清限制，填的还在；改好保存，记录里有改前改后；以后生效的收得回', async () => {
    const { page, api } = await deskOf('hongweimin', 'rules');
    await page.getByRole('table', { name: '规则' }).waitFor();
    expect(await sideways(page)).toBe(0);
    await button(page, '社情民意的字数').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: '修改' }).click();
    await drawer.getByLabel('标题最多').fill('300');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByText('改动的理由至少 2 个字').first().waitFor();
    await drawer.getByLabel('改动的理由').fill('标题太长，列表里看不全');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByText('标题最多字数应是 1 到 200 的整数，现在是 300').first().waitFor();
    expect([await drawer.getByLabel('标题最多').inputValue(), await drawer.getByLabel('改动的理由').inputValue()]).toEqual(['300', '标题太长，列表里看不全']);
    await drawer.getByLabel('标题最多').fill('30');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByRole('heading', { name: '改动记录' }).waitFor();
    await drawer.getByText('理由：标题太长，列表里看不全').waitFor();
    expect(await drawer.getByRole('list', { name: '改动记录' }).innerText()).toMatch(/标题[^]*4 到 40 字[^]*4 到 30 字/);
    expect((await api.showCatalogue({})).opinion.limits.title.max).toBe(30);
    await drawer.getByRole('button', { name: '修改' }).click();
    await drawer.getByLabel('附件最多').fill('5');
    await drawer.getByLabel('哪天起生效').fill('2022-08-01');
    await drawer.getByLabel('改动的理由').fill('下月起少收附件');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByRole('heading', { name: '以后的改动' }).waitFor();
    await drawer.getByRole('button', { name: '收回 社情民意的字数' }).first().click();
    await page.getByRole('dialog').last().getByRole('button', { name: '收回这次改动' }).click();
    await drawer.getByText('已收回').first().waitFor();
    expect((await api.showRule({ name: 'opinion.limits' })).upcoming).toEqual([]);
  });

  test('分送表、选项、通知的写法都改得了', async () => {
    const { page, api } = await deskOf('hongweimin', 'rules?tab=routing&at=routing.table');
    const drawer = page.getByRole('dialog');
    const edit = async () => { await drawer.getByRole('button', { name: '修改' }).click(); };
    const save = async () => { await drawer.getByLabel('改动的理由').fill('专委会分工调整'); await drawer.getByRole('button', { name: '保存' }).click(); await drawer.getByText('理由：专委会分工调整').waitFor(); };
    await edit();
    await pick(drawer.getByLabel('交通运输归谁'), '人资');
    await save();
    expect((await api.showRule({ name: 'routing.table' })).lines.find(({ label }) => label === '主题：交通运输')?.text).toMatch(/人资环/);
    await page.goto(`${at.house.url}/desk/rules?tab=choices&at=returnReasons`);
    await edit();
    await drawer.getByRole('button', { name: '增加一条' }).click();
    await drawer.getByRole('textbox', { name: '第 9 条' }).fill('请写明数据从哪里来');
    await save();
    await page.goto(`${at.house.url}/desk/rules?tab=notices&at=notice.texts`);
    await edit();
    await drawer.getByRole('button', { name: '改写 社情民意初审通过，告诉提交人' }).click();
    await drawer.getByLabel('正文').fill('{nmae}通过了初审。');
    await drawer.getByLabel('改动的理由').fill('专委会分工调整');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByText('不认识 {nmae}').first().waitFor();
    await drawer.getByLabel('正文').fill('您的《{title}》通过了初审。');
    await drawer.getByRole('note', { name: '预览' }).getByText(/您的《集镇学校门口.+》通过了初审。/).waitFor();
    await save();
    expect((await api.showRule({ name: 'notice.texts' })).value).toEqual({ 'opinion.pass.author': { head: '初审通过', body: '您的《{title}》通过了初审。' } });
    expect((await api.showCatalogue({})).returnReasons).toContain('请写明数据从哪里来');
    await page.goto(`${at.house.url}/desk/rules?tab=notices&at=wechat.templates`);
    await edit();
    const visit = drawer.getByRole('region', { name: '第 1 个模板' });
    await visit.getByLabel('第 3 栏填什么').fill('{where}，{who}');
    await visit.getByRole('note', { name: '预览' }).getByText('竹园镇委员工作室，副主席 李国强').waitFor();
    await save();
    expect((await api.showRule({ name: 'wechat.templates' })).value).toMatchObject([{ fields: { thing3: '{where}，{who}' } }, {}, {}]);
  });

  test('粘贴放假通知，有错的一行指出来；点一天改成放假，保存以后列出重算的期限；审计员看得到、改不了', async () => {
    const { page, api } = await deskOf('hongweimin', 'rules?tab=calendar&year=2027');
    await page.getByRole('heading', { name: '2027 年' }).waitFor();
    expect(await sideways(page)).toBe(0);
    await button(page, '导入放假通知').click();
    await page.getByLabel('通知', { exact: true }).fill('一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周一）至11日（周四）放假调休，共7天。');
    await button(page, '读一遍').click();
    await page.getByText('有 1 行不对，一天也没有存').waitFor();
    await page.getByText('2027年2月5日是星期五，这里写的是星期一').waitFor();
    await page.getByLabel('通知', { exact: true }).fill('一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月20日（周六）上班。');
    await button(page, '读一遍').click();
    await page.getByText('读到 11 天，还没有保存').waitFor();
    await page.getByRole('button', { name: '用这些日子，换掉 2027 年的' }).click();
    await page.getByRole('button', { name: '保存 2027 年的日历' }).click();
    await page.getByText('已保存，在办的期限都没有变').waitFor();
    expect((await api.showCalendar({ year: 2027 })).days).toHaveLength(11);
    await page.getByRole('navigation', { name: '哪一年' }).getByRole('link', { name: '2022 年' }).click();
    await page.getByRole('button', { name: '7月22日 星期五，上班' }).click();
    await page.getByRole('radio', { name: '放假' }).check();
    await page.getByLabel('名称').fill('台风停工');
    await button(page, '改这一天').click();
    await page.getByLabel('改动的理由').fill('市政府通知停工一天');
    await page.getByRole('button', { name: '保存 2022 年的日历' }).click();
    const table = page.getByRole('table', { name: '重算的期限' });
    await table.waitFor();
    expect(await table.innerText()).toMatch(/初审[^]*7月2\d日 17:30[^]*跳过台风停工 1 天/);
    const { page: other } = await deskOf('geqinghua', 'rules?tab=changes');
    await other.getByText('2022 年的放假和补班').waitFor();
    expect(await other.getByRole('list', { name: '改动记录' }).innerText()).toMatch(/台风停工[^]*市政府通知停工一天/);
    await button(other, /^重算了 \d+ 个期限$/).click();
    await other.getByRole('table', { name: '重算的期限' }).waitFor();
    await button(other, '看好了').click();
    await other.goto(`${at.house.url}/desk/rules?at=opinion.limits`);
    await other.getByRole('heading', { name: '改动记录' }).waitFor();
    expect(await other.getByRole('button', { name: '修改' }).count()).toBe(0);
  });
});
