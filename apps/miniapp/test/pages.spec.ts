/** Every page of the member app: its states, each made by the network, and its three modes: read by axe, measured, and, with GALLERY=folder, kept as pictures. */
import { expect, test } from '@jest/globals';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import { onePixel } from '../../../tools/testing/pictures.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { Between } from './between.ts';
import type { Asks, Fate } from './between.ts';
import { appOf, phoneLook, seen } from './browser-phone.ts';
import { keep, Sheet } from './gallery.ts';
import { apiOf, deskOf, settled, written } from './phone.ts';
import { findings, measured, still } from './reading.ts';
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

  /** What is before the eye, after a touch where there is one: in the light and in large type. */
  const scene = async (page: Page, name: string, words: string, touch?: string) => {
    if (touch !== undefined) await seen(page, touch, true).last().click();
    await seen(page, words).first().waitFor();
    await still(page);
    await keep(page, name);
    note(name, [...await findings(page), ...await measured(page, usual), ...await measured(page, { ...large, large: true })]);
  };

  test('要办的几样也看过；刷新没成时下面还是刚才的内容；地址不存在说清楚', async () => {
    const api = await settled(at.house, 'p028');
    const [[visit], mine] = [(await api.listVisits({})).rows, (await api.listMine({ limit: 100 })).rows];
    const page = await appOf(at, 'p028');
    const between = await Between.of(page);
    await open(page, `visits/notice/index?id=${visit?.id}&change=1`);
    await comesIntoView(page, '都不合适，自己选时间');
    await scene(page, 'act-visit-other-time', '走访的人都有空');
    await go(page, `cases/detail/index?id=${mine.find((row) => row.state === 'replied')?.id}`);
    await seen(page, '评价答复', true).last().click();
    await comesIntoView(page, '对办理态度');
    await scene(page, 'act-rate', '对办理态度');
    await between.now('failed', 'show');
    await again(page);
    await scene(page, 'state-not-refreshed', '没能刷新');
    await seen(page, '对办理态度').first().waitFor();
    await between.now('well');
    await go(page, 'cases/detail/index?id=no-such-case');
    await scene(page, 'state-not-there', '这里您看不了');
    await go(page, 'pages/home/index');
    await scene(page, 'act-reminders-asked', '拒绝', '确认参加');
    await scene(page, 'act-undo', '已确认参加', '拒绝');
    await open(page, 'pages/me/index');
    await seen(page, '退出登录', true).click();
    await scene(page, 'state-signed-out', '您已退出登录', '退出登录');
    await open(page, 'nowhere/at/all');
    await scene(page, 'state-page-not-found', '您已退出登录');
    const reviewer = await appOf(at, 'p015');
    await settled(at.house, 'p015');
    await open(reviewer, 'cases/queue/index');
    await seen(reviewer, '等初审').first().waitFor();
    await reviewer.locator('.li').filter({ visible: true }).first().click();
    await scene(reviewer, 'act-not-ours', '拿不准，退到分办台', '不归我们');
    await apiOf(at.house, 'p041');
    const first = await appOf(at, 'p041');
    await open(first, 'pages/home/index');
    await scene(first, 'act-type-question', '您看这一行字，不费劲就好。', '大字');
    expect(faults.splice(0)).toEqual([]);
  });

  test('写的时候：整篇粘贴、送到哪里、照片、断网、两份文字、请人联名、逐段答复，都看过', async () => {
    const api = await settled(at.house, 'p114');
    const page = await appOf(at, 'p114');
    const box = (label: string) => page.locator(`[aria-label="${label}"] textarea, [aria-label="${label}"] input`).filter({ visible: true });
    await open(page, 'submit/form/index?kind=opinion');
    await scene(page, 'act-paste-whole', '分到各栏', '已经写好了？整篇粘贴');
    await seen(page, '先不粘贴', true).click();
    for (const [label, text] of [['标题', '集镇学校门口电动车无处停放，建议划定临时停车区'], ['情况', written.situation], ['建议', written.suggestion]] as const) await box(label).fill(text);
    const chooser = page.waitForEvent('filechooser');
    await page.getByLabel('添加照片').click();
    await (await chooser).setFiles({ name: '校门口.jpg', mimeType: 'image/jpeg', buffer: onePixel });
    await seen(page, '已上传', true).waitFor();
    await seen(page, /手机和服务器上都有/).waitFor();
    await seen(page, '标题', true).first().scrollIntoViewIfNeeded();
    await scene(page, 'act-written', '手机和服务器上都有');
    await page.locator('.route').filter({ visible: true }).scrollIntoViewIfNeeded();
    await scene(page, 'act-where-it-goes', '换一个');
    await page.context().setOffline(true);
    await box('情况').fill(`${written.situation}断网时写的。`);
    await seen(page, /在这部手机上/).first().waitFor();
    await seen(page, '标题', true).first().scrollIntoViewIfNeeded();
    await scene(page, 'state-written-offline', '现在没有网络');
    const [begun] = (await api.listDrafts({})).rows;
    const { id, key, kind, version, title, suggestion, files } = await api.showDraft({ id: begun?.id ?? '' });
    await api.keepDraft({ id, key, kind, version, pen: 'another', title, situation: `${written.situation}另一部手机上写的。`, suggestion, fileIds: files.map((file) => file.id) });
    await page.context().setOffline(false);
    await scene(page, 'act-two-texts', '这件在别处改动过');
    await seen(page, '用我刚写的', true).click();
    await go(page, 'submit/form/index?kind=proposal');
    await page.getByLabel('邀请委员联名').filter({ visible: true }).click();
    await box('找委员').fill('陈');
    await seen(page, /^陈/).first().click();
    await scene(page, 'act-invite', '邀请 1 位');
    const [office, staff] = [await deskOf(at.house, 'tangxiaoyu'), await deskOf(at.house, 'qiuzhipeng')];
    const { doc } = await api.submit({ key: 'pictured-edits', kind: 'proposal', title: '关于加装滨江步道路灯的建议', situation: '滨江步道约两公里没有路灯，晚上散步的人多。\n上月摔伤三人。', analysis: '管护单位没有明确，经费没有落实。', suggestion: '城管部门补装路灯，明确管护单位。', category: 'society', noSecret: true, original: true, wish: 'ask' });
    const { doc: sent } = await office.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: [] });
    await staff.proposeEdits({ id: doc.id, version: sent.version, note: '请您过目', changes: [{ part: 'title', at: 0, after: '关于尽快加装滨江步道路灯的建议', why: '点明急迫' }, { part: 'situation', at: 1, after: '上月摔伤老人三人，其中一人骨折。' }] });
    await go(page, `cases/detail/index?id=${doc.id}`);
    await seen(page, '还有 2 段没有选').first().scrollIntoViewIfNeeded();
    await scene(page, 'act-edits', '还有 2 段没有选');
    expect(faults.splice(0)).toEqual([]);
  });
});
