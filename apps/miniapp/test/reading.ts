/** How well a page can be read and touched: axe's findings, the contrast of every text, the size of every target. What runs in the page is self-contained. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from '../../../tools/testing/browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical: rule, element, why. */
export async function findings(page: Page): Promise<string[]> {
  // Not as a script of the page: the content security policy lets none in.
  await page.evaluate(axe);
  const { violations } = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })') as AxeResults;
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ html, any, all, none }) => `${id}: ${html.slice(0, 160)} ${[...any, ...all, ...none][0]?.message ?? ''}`));
}

/** Texts of the page in front whose contrast is below `least`, whatever their size: words, ratio. What is off is told by axe. */
export function faint(page: Page, least: number): Promise<string[]> {
  return page.evaluate((bar) => {
    type Colour = [number, number, number, number];
    const colour = (css: string): Colour => { const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number); return [r, g, b, a]; };
    const over = ([r, g, b, a]: Colour, [x, y, z]: Colour): Colour => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
    const ground = (it: Element | null): Colour => { if (!it) return [255, 255, 255, 1]; const own = colour(getComputedStyle(it).backgroundColor); return own[3] === 1 ? own : over(own, ground(it.parentElement)); };
    const light = ([r, g, b]: Colour) => { const [x = 0, y = 0, z = 0] = [r, g, b].map((part) => { const of = part / 255; return of <= 0.03928 ? of / 12.92 : ((of + 0.055) / 1.055) ** 2.4; }); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
    const ratio = (one: Colour, other: Colour) => { const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b); return (bright + 0.05) / (dark + 0.05); };
    const main = [...document.querySelectorAll('.page')].find((it) => (it as HTMLElement).offsetParent !== null);
    const found: string[] = [];
    const texts = document.createTreeWalker(main ?? document.body, NodeFilter.SHOW_TEXT);
    for (let at = texts.nextNode(); at; at = texts.nextNode()) {
      const it = at.parentElement;
      if (!it || at.textContent?.trim() === '' || it.getClientRects().length === 0) continue;
      const behind = ground(it);
      const measured = ratio(over(colour(getComputedStyle(it).color), behind), behind);
      if (measured < bar) found.push(`${at.textContent?.trim().slice(0, 20) ?? ''} ${measured.toFixed(2)}`);
    }
    return found;
  }, least);
}

/** What can be touched and is less high or wide than `least` px; a part that only widens the touch (::after) counts. */
export function small(page: Page, least: number): Promise<string[]> {
  return page.evaluate((bar) => {
    const main = [...document.querySelectorAll('.page')].find((it) => (it as HTMLElement).offsetParent !== null);
    const touched = '[role=button],[role=tab],[role=checkbox],[role=radio],button,taro-button-core,textarea,input:not([type=checkbox]),.pick';
    return [...main?.querySelectorAll(touched) ?? []].filter((it) => it.getClientRects().length > 0).flatMap((it) => {
      const [{ width, height }, after] = [it.getBoundingClientRect(), getComputedStyle(it, '::after')];
      const more = after.content === 'none' ? [0, 0] : [after.top, after.bottom].map((px) => Math.max(0, -Number.parseFloat(px) || 0));
      const high = height + (more[0] ?? 0) + (more[1] ?? 0);
      return high >= bar - 0.5 && width >= bar - 0.5 ? [] : [`${it.className} “${it.textContent?.slice(0, 12) ?? ''}” ${Math.round(width)}×${Math.round(high)}`];
    });
  }, least);
}
