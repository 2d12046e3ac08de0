/** Every page of the member app: its states, each made by the network, and its three modes: read by axe, measured, and, with GALLERY=folder, kept as pictures. */
import { expect, test } from '@jest/globals';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { Between } from './between.ts';
import type { Asks, Fate } from './between.ts';
import { appOf, phoneLook, seen } from './browser-phone.ts';
import { keep, Sheet } from './gallery.ts';
import { settled } from './phone.ts';
import { findings, measured } from './reading.ts';
import { waysOf } from './ways.ts';
import type { Way } from './ways.ts';

let at: Seeing;
/** Twenty-two pages one after the other, on a machine that has other work as well. */
const minutes = 240_000;
const open = (page: Page, path: string) => page.goto(`${at.house.url}/m/${path}`);
/** As the buttons of a browser do it: nothing is loaded anew. */
const go = (page: Page, path: string) => page.evaluate((to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate', { state: null })); }, `/m/${path}`);
/** The phone was put away and taken out again: a page asks anew. */
const again = (page: Page) => page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('visibilitychange')); });
/** Words that stand in a picture's name for a route. */
const nameOf = (route: string): string => route.replace(/\/index$/, '').replace(/^pages\//, '').replaceAll('/', '-');

/** As the setting makes it: the page's class, without opening everything once more. On 我的 it is the setting itself. */
async function enlarge(page: Page, on: boolean): Promise<void> {
  const toggle = page.getByRole('checkbox', { name: '大字版' });
  if (await toggle.isVisible()) { await toggle.click(); await page.locator(on ? '.page.large' : '.page:not(.large)').filter({ visible: true }).waitFor(); } else await page.evaluate((large) => { for (const it of document.querySelectorAll('.page')) it.classList.toggle('large', large); }, on);
}

/** A page that leads the eye somewhere scrolls there by itself. */
const comesIntoView = (page: Page, words: string) => seen(page, words).first().evaluate((it) => new Promise<void>((resolve) => { new IntersectionObserver(([entry]) => { if (entry?.isIntersecting) resolve(); }, { threshold: 1 }).observe(it); }));

const faults: string[] = [];
const note = (where: string, found: readonly string[]) => { faults.push(...found.map((words) => `${where}: ${words}`)); };

const [usual, large] = [{ contrast: 4.5, touch: 44 }, { contrast: 7, touch: 60 }];
/** Light, dark and large; what is wrong with each, in words. */
async function look(page: Page, name: string): Promise<void> {
  await keep(page, `${name}-light`);
  note(`${name} light`, [...await findings(page), ...await measured(page, usual)]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await keep(page, `${name}-dark`);
  note(`${name} dark`, await measured(page, usual));
  await enlarge(page, true);
  note(`${name} dark and large`, [...await findings(page, 'looks'), ...await measured(page, large)]);
  await page.emulateMedia({ colorScheme: 'light' });
  await keep(page, `${name}-large`);
  note(`${name} large`, await measured(page, large));
  for (const width of [320, phoneLook.viewport.width]) {
    await page.setViewportSize({ ...phoneLook.viewport, width });
    if (await sideways(page) > 0) note(`${name} large`, [`${width} px wide can be pushed sideways`]);
  }
  await enlarge(page, false);
}

/** That a finger reaches it is measured; here it only has to be heard. */
const retry = (page: Page) => seen(page, '再试一次', true).first().dispatchEvent('click');
/** What every page says of each fate, but for the one that only has to know who this is. */
const states: readonly { fate: Fate; words: string; entering: string | null }[] = [
  { fate: 'held', words: '正在打开', entering: '正在打开' }, { fate: 'failed', words: '没能打开', entering: '没能登录' }, { fate: 'cut', words: '现在连不上网络', entering: '现在连不上网络' }, { fate: 'refused', words: '这里您看不了', entering: null },
];
const titles: Record<Fate, string> = { held: '等', failed: '出错', cut: '断网', refused: '看不了', nothing: '没有内容', well: '' };
const read = new Set<string>();
/** One after the other in the same visit, each by its own button to try again. */
async function suffer(page: Page, between: Between, way: { asks: Asks; enter: () => Promise<unknown> }, name: string, sheet: Sheet): Promise<void> {
  const entering = way.asks === 'showMe' || way.asks === 'wechatSignIn';
  for (const { fate, ...says } of states) {
    const words = entering ? says.entering : says.words;
    if (words === null) continue;
    await between.now(fate, way.asks);
    if (fate === 'held') await way.enter();
    else if (fate !== 'failed') await retry(page);
    await seen(page, words).first().waitFor();
    await sheet.add(page, titles[fate]);
    // They are the same parts on every page: axe reads each once, what a page puts around them is measured everywhere.
    if (!read.has(words)) { read.add(words); note(`${name} ${fate}`, await findings(page)); }
    note(`${name} ${fate}`, [...await measured(page, usual), ...await measured(page, { ...large, large: true })]);
  }
}

inChromium('委员端的每一页', { ...phoneLook, deviceScaleFactor: process.env.GALLERY === undefined ? 1 : 2 }, (opened) => {
  at = opened;

  test('等、出错、断网、看不了、没有内容，每一页都说清楚；浅色、深色、大字，每一页 axe 没有严重问题，大字里对比度不低于 7:1，按得到的不小于 60 像素，320 和 375 宽都不用左右拖', async () => {
    const ways = Object.entries(await waysOf(at.house)).map(([route, way]) => ({ ...way, name: nameOf(route), path: `${route}${way.query === undefined ? '' : `?${way.query}`}`, sheet: new Sheet() }));
    type Known = Way & { name: string; path: string; sheet: Sheet };
    const phones = new Map<string, { page: Page; between: Between; open: boolean }>();
    const phoneOf = async (who: string) => {
      const page = phones.get(who)?.page ?? await appOf(at, who);
      const known = phones.get(who) ?? { page, between: await Between.of(page), open: false };
      phones.set(who, known);
      return known;
    };
    const enter = async ({ who, path }: Known) => {
      const phone = await phoneOf(who);
      await (phone.open ? go(phone.page, path) : open(phone.page, path));
      phone.open = true;
    };
    const whole = async (way: Known) => {
      const { page } = await phoneOf(way.who);
      await seen(page, way.sees).first().waitFor();
      expect([way.name, await seen(page, '这里您看不了').count()]).toEqual([way.name, 0]);
      await look(page, way.name);
      await way.sheet.keep((more) => at.page(more), `states-${way.name}`);
    };
    for (const way of ways.filter(({ asks }) => asks !== 'showMe')) {
      const { page, between } = await phoneOf(way.who);
      await suffer(page, between, { asks: way.asks, enter: () => enter(way) }, way.name, way.sheet);
    }
    for (const way of ways.filter(({ asks }) => asks === 'showMe')) {
      const { page, between } = await phoneOf(way.who);
      await suffer(page, between, { asks: 'showMe', enter: () => open(page, way.path) }, way.name, way.sheet);
      await between.now('well');
      await retry(page);
      await whole(way);
    }
    for (const way of ways.filter(({ asks }) => asks !== 'showMe')) {
      const { page, between } = await phoneOf(way.who);
      if (way.empty !== undefined) {
        await between.now('nothing', way.asks);
        await enter(way);
        await seen(page, way.empty).first().waitFor();
        await way.sheet.add(page, titles.nothing);
        note(`${way.name} empty`, await findings(page));
        await between.now('well');
        await again(page);
      } else { await between.now('well'); await enter(way); }
      await whole(way);
    }
    const { page: guest, between } = await phoneOf('p201');
    const sheet = new Sheet();
    await suffer(guest, between, { asks: 'wechatSignIn', enter: () => open(guest, 'pages/home/index') }, 'guest-home', sheet);
    await between.now('well');
    await retry(guest);
    await whole({ who: 'p201', name: 'guest-home', path: '', sees: '委员履职，从这里开始', asks: 'wechatSignIn', sheet });
    expect(faults.splice(0)).toEqual([]);
  }, minutes);

  test('要办的几样也看过；刷新没成时下面还是刚才的内容；登录过期和地址不存在都说清楚', async () => {
    const api = await settled(at.house, 'p028');
    const [[visit], mine] = [(await api.listVisits({})).rows, (await api.listMine({ limit: 100 })).rows];
    const page = await appOf(at, 'p028');
    const between = await Between.of(page);
    const state = async (name: string, words: string) => { await seen(page, words).first().waitFor(); await keep(page, name); note(name, await findings(page)); };
    await open(page, `visits/notice/index?id=${visit?.id}&change=1`);
    await comesIntoView(page, '都不合适，自己选时间');
    await state('act-visit-other-time', '走访的人都有空');
    await go(page, `cases/detail/index?id=${mine.find((row) => row.state === 'replied')?.id}`);
    await seen(page, '评价答复', true).last().click();
    await comesIntoView(page, '对办理态度');
    await state('act-rate', '对办理态度');
    await between.now('failed', 'show');
    await again(page);
    await state('state-not-refreshed', '没能刷新');
    await seen(page, '对办理态度').first().waitFor();
    await between.now('well');
    await go(page, 'submit/form/index?kind=opinion');
    await seen(page, '已经写好了？整篇粘贴').click();
    await state('act-paste-whole', '分到各栏');
    await go(page, 'cases/detail/index?id=no-such-case');
    await state('state-not-there', '这里您看不了');
    await open(page, 'nowhere/at/all');
    await state('state-page-not-found', '这里您看不了');
    expect(faults.splice(0)).toEqual([]);
  });
});
