/** Chromium for tests of what people see. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { chromium } from 'playwright-core';
import { openHouse } from './house.js';

// The headless shell is the same engine without the browser's own windows: a third of the processor time a page.
const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const program = places.find((path) => path !== undefined && existsSync(path));
const missing = 'There is no Chromium (looked at CHROMIUM_PATH and /usr/bin): what is seen in a browser is not tested.';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** What a page prints about itself that nobody asked for. A refused request is an answer, and the tests look at what the page makes of it. */
function listen(/** @type {import('playwright-core').Page} */ page, /** @type {string[]} */ complaints) {
  page.on('pageerror', (error) => complaints.push(`${page.url()} threw ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    if (/^Failed to load resource/.test(message.text()) && /\/api\/|\/favicon\.ico$/.test(url)) return;
    complaints.push(`${page.url()} printed: ${message.text()} (${url})`);
  });
}

/** With PICTURES=folder the last look of every page of every test is kept there, named after the test. */
const pictures = process.env.PICTURES;
async function keepPictures(/** @type {import('playwright-core').BrowserContext[]} */ contexts, /** @type {string} */ folder) {
  const name = (expect.getState().currentTestName ?? 'test').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  for (const [index, page] of contexts.flatMap((context) => context.pages()).entries()) await page.screenshot({ path: join(folder, `${name}-${index + 1}.png`) });
}

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('playwright-core').BrowserContextOptions} Look
 * @typedef {{ house: import('./house.js').House, page: (more?: Look) => Promise<Page> }} Seeing
 */

/**
 * A spec's tests in a browser: one house and one Chromium, opened before its first test and closed after its last. Each `page` has a profile of
 * its own and is closed after its test, which fails when a page threw or complained. Without a browser the tests are skipped; on CI they fail.
 * @param {string} title
 * @param {Look} look of every page
 * @param {(at: Seeing) => void} tests
 */
export function inChromium(title, look, tests) {
  if (program === undefined) {
    if (process.env.CI === 'true') throw new Error(missing);
    process.stderr.write(`${missing}\n`);
  }
  const at = /** @type {Seeing} */ ({});
  const suite = program === undefined ? describe.skip : describe;
  suite(title, () => { furnish(at, look); tests(at); });
}

/** @param {Seeing} at @param {Look} look */
function furnish(at, look) {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {import('playwright-core').BrowserContext[]} */
  let open = [];
  /** @type {string[]} */
  let complaints = [];
  beforeAll(async () => {
    const [house, started] = await Promise.allSettled([openHouse(), chromium.launch({ executablePath: program, args: flags })]);
    if (started.status === 'fulfilled') browser = started.value;
    if (house.status === 'fulfilled') at.house = house.value;
    for (const it of [house, started]) if (it.status === 'rejected') throw it.reason;
    at.page = async (more) => {
      const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...look, ...more });
      context.setDefaultTimeout(30_000);
      open.push(context);
      context.on('page', (page) => { listen(page, complaints); });
      return context.newPage();
    };
  });
  afterEach(async () => {
    const [contexts, said] = [open, complaints];
    [open, complaints] = [[], []];
    if (pictures) await keepPictures(contexts, pictures);
    for (const context of contexts) await context.close();
    expect(said).toEqual([]);
  });
  afterAll(async () => { await Promise.allSettled([browser?.close(), at.house?.stop()]); });
}

/** How far the page can be pushed sideways, px. @param {Page} page */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/**
 * Picks from a list that is searched by typing: Enter takes what is marked, so it waits until what is wanted is.
 * @param {Locator} box the combobox @param {string} typed @param {string | RegExp} wanted what the marked choice says
 */
export async function pick(box, typed, wanted = typed) {
  await box.click();
  await box.fill(typed);
  const page = box.page();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option-active').filter({ hasText: wanted }).waitFor();
  await page.keyboard.press('Enter');
}
