/** Signing in at the desk, in a browser: the built pages against the built server. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import decodeQR from 'qr/decode.js';
import { codeAt } from '../../../tools/testing/authenticator.js';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { demoPassword } from '../../../tools/testing/house.js';

let at: Seeing;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const apiOf = async (login: string) => clientOf(routes, (await at.house.desk(login)).send);
async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await button(page, '登录').click();
}
/** At the sign-in page; the notice was agreed to before. */
async function pageFor(login: string): Promise<Page> {
  const api = await apiOf(login);
  await api.agree({ version: (await api.guest({})).privacy.version });
  const page = await at.page();
  await page.goto(`${at.house.url}/desk/`);
  return page;
}
const own = 'zhiqiu-2047-bangwan';

inChromium('登录', { viewport: { width: 1440, height: 900 } }, (opened) => {
  at = opened;

  test('用别人给的密码登录，先设自己的密码；改密码、看登录的设备都在“账号与安全”', async () => {
    const admin = await apiOf('hongweimin');
    await admin.agree({ version: (await admin.guest({})).privacy.version });
    const { login, password } = await admin.createAccount({ key: 'browser-first', name: '新来员', unitTitle: '', login: 'xinlai', posts: [{ post: 'information_editor', bodyId: 'o-office' }] });
    const page = await at.page();
    await page.goto(`${at.house.url}/desk/`);
    await enter(page, login ?? '', password ?? '');
    const form = page.getByRole('form', { name: '设置自己的密码' });
    await form.getByLabel('新密码', { exact: true }).fill('xinlai-12345');
    await form.getByLabel('再输一次新密码').fill(own);
    await button(page, '设置密码，继续').click();
    await page.getByText('两次输入的新密码不一样').waitFor();
    await form.getByLabel('再输一次新密码').fill('xinlai-12345');
    await button(page, '设置密码，继续').click();
    await page.getByText('新密码里不能有自己的账号').waitFor();
    for (const label of ['新密码', '再输一次新密码']) await form.getByLabel(label, { exact: true }).fill(own);
    await button(page, '设置密码，继续').click();
    await button(page, '同意并继续').click();
    await page.getByRole('heading', { name: '分办台' }).waitFor();
    const other = await at.page();
    await other.goto(`${at.house.url}/desk/`);
    await enter(other, 'xinlai', own);
    await other.getByRole('heading', { name: '分办台' }).waitFor();
    await button(page, /打开个人菜单/).click();
    await page.getByText('账号与安全').click();
    const devices = page.getByRole('table', { name: '登录的设备' });
    await devices.waitFor();
    expect((await devices.getByRole('row').allInnerTexts()).slice(1)).toEqual(expect.arrayContaining([expect.stringMatching(/Linux 电脑 · Chrome 浏览器 现在这一台/), expect.stringMatching(/退出登录/)]));
    expect(await sideways(page)).toBe(0);
    await button(page, '修改密码').click();
    await dialog(page).getByLabel('现在的密码').fill('not-this-one');
    for (const label of ['新密码', '再输一次新密码']) await dialog(page).getByLabel(label, { exact: true }).fill(`${own}-b`);
    await dialog(page).getByRole('button', { name: '修改密码' }).click();
    await dialog(page).getByText(/现在的密码不对/).first().waitFor();
    await dialog(page).getByLabel('现在的密码').fill(own);
    await dialog(page).getByRole('button', { name: '修改密码' }).click();
    await page.getByText('密码已修改，别的电脑已退出登录').waitFor();
    await other.getByRole('link', { name: '社情民意', exact: true }).click();
    await other.getByText('登录已超时').waitFor();
  });

  test('快要退出时提醒，继续就不退；退出了在原处重新登录，写了一半的还在', async () => {
    const page = await pageFor('hongweimin');
    let idle: number | undefined = 90;
    await page.route('**/api/session', async (route) => { if (idle === undefined) await route.continue(); else await route.fulfill({ json: { idle, rest: 9000, warn: 120 } }); });
    await enter(page, 'hongweimin', demoPassword);
    await page.getByText(/有一会儿没有操作了，1 分 \d+ 秒后退出登录/).waitFor();
    idle = undefined;
    await button(page, '继续办理').click();
    await page.getByText(/有一会儿没有操作了/).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '单位与账号' }).click();
    await button(page, '登记工作人员').click();
    await dialog(page).getByLabel('姓名').fill('写了一半');
    await (await apiOf('hongweimin')).endOtherDevices({});
    await page.evaluate(() => { globalThis.dispatchEvent(new Event('focus')); });
    await page.getByText('登录已超时。您写的内容都还在').waitFor();
    expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('hongweimin');
    await page.getByLabel('密码', { exact: true }).fill(demoPassword);
    await button(page, '登录').click();
    await page.getByText('登录已超时').waitFor({ state: 'detached' });
    expect(await dialog(page).getByLabel('姓名').inputValue()).toBe('写了一半');
    await dialog(page).getByRole('button', { name: '登记工作人员' }).click();
    await page.getByRole('heading', { name: '职务' }).waitFor();
  });

  /** What one frame of a camera shows. The page turns it into dark and light, a sign a pixel. */
  const frameOf = async (page: Page, name: string): Promise<string> => {
    const png = (await page.getByRole('img', { name }).screenshot()).toString('base64');
    const { width, height, dark } = await page.evaluate(async (base64) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0)]));
      const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      canvas?.drawImage(picture, 0, 0);
      const { data = [] } = canvas?.getImageData(0, 0, picture.width, picture.height) ?? {};
      let signs = '';
      for (let at = 0; at < data.length; at += 4) signs += (data[at] ?? 0) < 128 ? '1' : '0';
      return { width: picture.width, height: picture.height, dark: signs };
    }, png);
    return decodeQR({ width, height, data: Uint8Array.from({ length: dark.length * 4 }, (_, at) => (at % 4 === 3 || dark[Math.floor(at / 4)] === '0' ? 255 : 0)) });
  };

  /** A camera looks until it can read: a frame may be taken while the page is still being laid out. Says why the last one could not be read. */
  const readQr = async (page: Page, name: string): Promise<string> => {
    let last: unknown;
    for (let frames = 0; frames < 10; frames += 1) {
      try {
        return await frameOf(page, name);
      } catch (error) {
        last = error;
        await page.waitForTimeout(100);
      }
    }
    throw new Error(`No frame of ${name} could be read`, { cause: last });
  };

  test('手机扫电脑上的二维码，看清是哪台电脑再确认，电脑就登录了；也可以粘贴二维码里的文字，拒绝', async () => {
    await at.house.phone('p015');
    const desk = await at.page();
    await desk.goto(`${at.house.url}/desk/`);
    await desk.getByRole('tab', { name: '手机扫码' }).click();
    await desk.getByRole('img', { name: '登录二维码' }).waitFor();
    const link = await readQr(desk, '登录二维码');
    expect(link).toBe(await desk.getByLabel('二维码里的文字').inputValue());
    const phone = await at.page({ viewport: { width: 375, height: 812 } });
    await phone.addInitScript((openid) => { localStorage.setItem('lvzhi.fake.openid', openid); }, 'o-demo-p015');
    await phone.goto(`${at.house.url}/m/account/desk/index`);
    await phone.getByLabel('二维码里的文字').locator('input').fill(link);
    await phone.getByText('下一步').click();
    await phone.getByText('在电脑上登录工作台？').waitFor();
    await desk.getByText('已扫码，请在手机上确认').waitFor();
    await phone.getByText('不是我，拒绝').click();
    await phone.getByText('已拒绝，电脑没有登录').waitFor();
    await desk.getByText('手机上没有确认').waitFor();
    await button(desk, '换一个二维码').click();
    await desk.getByText('手机上没有确认').waitFor({ state: 'detached' });
    await phone.goto(await readQr(desk, '登录二维码'));
    await phone.getByText('Linux 电脑 · Chrome 浏览器').waitFor();
    expect(await sideways(phone)).toBe(0);
    await phone.getByText('确认登录').click();
    await phone.getByText('已确认').waitFor();
    await desk.getByRole('navigation', { name: '主导航' }).waitFor();
    await desk.goto(`${at.house.url}/desk/me`);
    await desk.getByText('电脑端 · 手机扫码').waitFor();
    await phone.goto(`${at.house.url}/m/account/devices/index`);
    await phone.getByText('手机扫码登录').waitFor();
  });

  test('管理员设置动态验证码，抄下恢复码；再登录要验证码，恢复码只能用一次', async () => {
    const page = await pageFor('zhaixinyu');
    await enter(page, 'zhaixinyu', demoPassword);
    await page.getByRole('heading', { name: '权限一览' }).first().waitFor();
    await page.goto(`${at.house.url}/desk/me`);
    await button(page, '设置').click();
    const form = page.getByRole('form', { name: '设置动态验证码' });
    await form.waitFor();
    const secret = (await form.locator('code').innerText()).replaceAll(' ', '');
    expect(await readQr(page, '身份验证器二维码')).toMatch(new RegExp(`^otpauth://totp/.*secret=${secret}`));
    await form.getByLabel('动态验证码').fill(codeAt(secret, Date.now()));
    await button(page, '确认，开始使用').click();
    await button(page, '我已经记下').waitFor();
    const codes = await page.getByRole('list', { name: '恢复码' }).getByRole('listitem').allInnerTexts();
    expect(codes).toHaveLength(10);
    await button(page, '我已经记下').click();
    await page.getByText(/还有 10 个恢复码没用过/).waitFor();
    await page.context().clearCookies();
    for (const [code, said] of [['000000', /验证码不对/], [codes[0] ?? '', null], [codes[0] ?? '', /验证码不对/], [codeAt(secret, Date.now() + 30_000), null]] as const) {
      await page.goto(`${at.house.url}/desk/`);
      await enter(page, 'zhaixinyu', demoPassword);
      await page.getByRole('textbox', { name: '动态验证码' }).fill(code);
      await button(page, '登录').click();
      await (said ? page.getByText(said) : page.getByRole('heading', { name: '权限一览' })).first().waitFor();
      await page.context().clearCookies();
    }
  });
});
