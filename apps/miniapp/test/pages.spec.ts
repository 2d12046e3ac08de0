/** Every page of the member app in its three modes, and the states of the main ones: read by axe, measured, and, with GALLERY=folder, kept as pictures. */
import { expect, test } from '@jest/globals';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { appOf, phoneLook, seen } from './browser-phone.ts';
import { keep } from './gallery.ts';
import { settled } from './phone.ts';
import { faint, findings, small } from './reading.ts';
import { waysOf } from './ways.ts';

let at: Seeing;
const open = (page: Page, path: string) => page.goto(`${at.house.url}/m/${path}`);
/** Words that stand in a picture's name for a route. */
const nameOf = (route: string): string => route.replace(/\/index$/, '').replace(/^pages\//, '').replaceAll('/', '-');

/** As the setting makes it: the page's class, without opening everything once more. On 我的 it is the setting itself. */
async function enlarge(page: Page, on: boolean): Promise<void> {
  const toggle = page.getByRole('checkbox', { name: '大字版' });
  if (await toggle.isVisible()) { await toggle.click(); await page.locator(on ? '.page.large' : '.page:not(.large)').filter({ visible: true }).waitFor(); } else await page.evaluate((large) => { for (const it of document.querySelectorAll('.page')) it.classList.toggle('large', large); }, on);
}

/** A page that leads the eye somewhere scrolls there by itself. */
const comesIntoView = (page: Page, words: string) => seen(page, words).first().evaluate((it) => new Promise<void>((resolve) => { new IntersectionObserver(([entry]) => { if (entry?.isIntersecting) resolve(); }, { threshold: 1 }).observe(it); }));

/** Light, dark and large; what is wrong with each, in words. */
async function look(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  const note = (mode: string, found: readonly string[]) => { faults.push(...found.map((words) => `${name} ${mode}: ${words}`)); };
  await keep(page, `${name}-light`);
  note('light', await findings(page));
  note('light', (await faint(page, 4.5)));
  note('light', (await small(page, 44)));
  await page.emulateMedia({ colorScheme: 'dark' });
  await keep(page, `${name}-dark`);
  note('dark', await findings(page));
  await enlarge(page, true);
  note('dark and large', await faint(page, 7));
  await page.emulateMedia({ colorScheme: 'light' });
  await keep(page, `${name}-large`);
  note('large', await faint(page, 7));
  note('large', await small(page, 60));
  for (const width of [320, phoneLook.viewport.width]) {
    await page.setViewportSize({ ...phoneLook.viewport, width });
    if (await sideways(page) > 0) faults.push(`${name} large: ${width} px wide can be pushed sideways`);
  }
  await enlarge(page, false);
  return faults;
}

inChromium('委员端的每一页', { ...phoneLook, deviceScaleFactor: process.env.GALLERY === undefined ? 1 : 2 }, (opened) => {
  at = opened;

  test('浅色、深色、大字：每一页 axe 没有严重问题，大字里对比度不低于 7:1，按得到的不小于 60 像素，320 和 375 宽都不用左右拖', async () => {
    const ways = await waysOf(at.house);
    const faults: string[] = [];
    const pages = new Map<string, Page>();
    for (const [route, { who, sees, query }] of Object.entries(ways)) {
      const page = pages.get(who) ?? await appOf(at, who);
      pages.set(who, page);
      await open(page, `${route}${query === undefined ? '' : `?${query}`}`);
      await seen(page, sees).first().waitFor();
      expect([route, await seen(page, '这里您看不了').count()]).toEqual([route, 0]);
      faults.push(...await look(page, nameOf(route)));
    }
    const guest = await appOf(at, 'p201');
    await open(guest, 'pages/home/index');
    await seen(guest, '委员履职，从这里开始').waitFor();
    faults.push(...await look(guest, 'guest-home'));
    expect(faults).toEqual([]);
  });

  test('每个主要页面：等的时候、出错、断网、没有内容、看不了，都说清楚；要办的几样也看过', async () => {
    const api = await settled(at.house, 'p028');
    const [[visit], mine] = [(await api.listVisits({})).rows, (await api.listMine({ limit: 100 })).rows];
    const page = await appOf(at, 'p028');
    await open(page, 'pages/me/index');
    await seen(page, '登录的设备').waitFor();
    const faults: string[] = [];
    const state = async (name: string, words: string, on = page) => { await seen(on, words).first().waitFor(); await keep(on, name); faults.push(...(await findings(on)).map((it) => `${name}: ${it}`)); };
    for (const [name, path, asked] of [['home', 'pages/home/index', '**/api/home'], ['duties', 'pages/duties/index', '**/api/submissions/mine*'], ['notices', 'pages/notices/index', '**/api/notices*'], ['visit', `visits/notice/index?id=${visit?.id}`, '**/api/visits/*']] as const) {
      let answer: () => Promise<void> = () => Promise.resolve();
      await page.route(asked, (route) => { answer = () => route.fulfill({ status: 500, json: { reason: '服务器出了点问题。' } }); });
      await open(page, path);
      await state(`state-${name}-loading`, '正在打开');
      await answer();
      await state(`state-${name}-error`, '没能打开');
      await page.unroute(asked);
      await page.route(asked, (route) => route.abort('internetdisconnected'));
      await seen(page, '再试一次').first().click();
      await state(`state-${name}-offline`, '现在没有网络');
      await page.unroute(asked);
    }
    await settled(at.house, 'p202');
    const idle = await appOf(at, 'p202');
    for (const [name, words] of [['home', '都办完了'], ['duties', '这里还没有内容'], ['notices', '还没有通知']] as const) {
      await open(idle, `pages/${name}/index`);
      await state(`state-${name}-empty`, words, idle);
    }
    await open(page, `visits/notice/index?id=${visit?.id}&change=1`);
    await comesIntoView(page, '都不合适，自己选时间');
    await state('act-visit-other-time', '走访的人都有空');
    await open(page, `cases/detail/index?id=${mine.find((row) => row.state === 'replied')?.id}`);
    await seen(page, '评价答复', true).last().click();
    await comesIntoView(page, '对办理态度');
    await state('act-rate', '对办理态度');
    await open(page, 'submit/form/index?kind=opinion');
    await seen(page, '已经写好了？整篇粘贴').click();
    await state('act-paste-whole', '分到各栏');
    await open(page, 'cases/detail/index?id=no-such-case');
    await state('state-case-forbidden', '这里您看不了');
    await open(page, 'nowhere/at/all');
    await state('state-page-not-found', '这里您看不了');
    expect(faults).toEqual([]);
  });
});
