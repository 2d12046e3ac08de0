/** How well a page can be read and touched: axe's findings, the contrast of every text, the size of every target. What runs in the page is self-contained. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from '../../../tools/testing/browser.js';

const own = createRequire(import.meta.url);
const axe = readFileSync(own.resolve('axe-core/axe.min.js'), 'utf8');
const rules = (own('axe-core') as typeof Axe).getRules().map(({ ruleId }) => ruleId);

/** What changes with colours and sizes; the rest of a page stays as it was in the light. */
const looks = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];
/** What no page of ours has: tables, frames, sound, maps, lists of HTML's own. */
const without = /^(table|td|th|scope|frame|audio|video|no-autoplay|area|server-side|object|marquee|blink|meta-refresh|definition|dlitem|list|select|summary|svg|input-image)/;

/** Nothing moves, and a dialog of WeChat's own has come up or gone for good: halfway it is pale, and no reader of colours likes it. */
export const still = (page: Page) => page.evaluate(async () => {
  const halfway = (dialog: Element): boolean => { const { display, opacity } = getComputedStyle(dialog); return display !== 'none' && opacity !== '1'; };
  do await new Promise(requestAnimationFrame); while ([...document.querySelectorAll('.taro__modal')].some(halfway));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
});

/** What axe finds serious or critical: rule, element, why. `part`: everything, or what another mode may have changed. */
export async function findings(page: Page, part: 'all' | 'looks' = 'all'): Promise<string[]> {
  // Not as a script of the page: the content security policy lets none in.
  if (await page.evaluate('typeof axe') === 'undefined') await page.evaluate(axe);
  const options = { resultTypes: ['violations'], ...(part === 'looks' ? { runOnly: looks } : { rules: Object.fromEntries(rules.filter((id) => without.test(id)).map((id) => [id, { enabled: false }])) }) };
  const { violations } = await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`) as AxeResults;
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ html, any, all, none }) => `${id}: ${html.slice(0, 160)} ${[...any, ...all, ...none][0]?.message ?? ''}`));
}

/** What is measured in a page: how faint a text may be, how small what is touched; in large type or as the page stands. */
export interface Bars { readonly contrast: number; readonly touch: number; readonly large?: boolean }

/**
 * Texts of the page in front whose contrast is below the bar, whatever their size, and what can be touched and is less high or wide; a part that
 * only widens the touch (::after) counts. What is off is told by axe. In large type it is also pushed sideways. All in one visit to the page.
 */
export function measured(page: Page, bars: Bars): Promise<string[]> {
  return page.evaluate(({ contrast, touch, large }) => {
    type Colour = [number, number, number, number];
    const colour = (css: string): Colour => { const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number); return [r, g, b, a]; };
    const over = ([r, g, b, a]: Colour, [x, y, z]: Colour): Colour => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
    const ground = (it: Element | null): Colour => { if (!it) return [255, 255, 255, 1]; const own = colour(getComputedStyle(it).backgroundColor); return own[3] === 1 ? own : over(own, ground(it.parentElement)); };
    const light = ([r, g, b]: Colour) => { const [x = 0, y = 0, z = 0] = [r, g, b].map((part) => { const of = part / 255; return of <= 0.03928 ? of / 12.92 : ((of + 0.055) / 1.055) ** 2.4; }); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
    const ratio = (one: Colour, other: Colour) => { const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b); return (bright + 0.05) / (dark + 0.05); };
    const main = [...document.querySelectorAll<HTMLElement>('.page')].find((it) => it.offsetParent !== null);
    if (!main) return ['no page is in sight'];
    const was = main.classList.contains('large');
    if (large !== undefined) main.classList.toggle('large', large);
    const found: string[] = [];
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let read = 0;
    for (let at = texts.nextNode(); at; at = texts.nextNode()) {
      const it = at.parentElement;
      if (!it || at.textContent?.trim() === '' || it.getClientRects().length === 0) continue;
      read += 1;
      const behind = ground(it);
      const stands = ratio(over(colour(getComputedStyle(it).color), behind), behind);
      if (stands < contrast) found.push(`${at.textContent?.trim().slice(0, 20) ?? ''} ${stands.toFixed(2)}`);
    }
    if (read === 0) found.push('there is nothing to read');
    const touched = '[role=button],[role=tab],[role=checkbox],[role=radio],button,taro-button-core,textarea,input:not([type=checkbox]),.pick';
    for (const it of main.querySelectorAll(touched)) {
      if (it.getClientRects().length === 0) continue;
      const [{ width, height }, after] = [it.getBoundingClientRect(), getComputedStyle(it, '::after')];
      const more = after.content === 'none' ? [0, 0] : [after.top, after.bottom].map((px) => Math.max(0, -Number.parseFloat(px) || 0));
      const high = height + (more[0] ?? 0) + (more[1] ?? 0);
      if (high < touch - 0.5 || width < touch - 0.5) found.push(`${it.className} “${it.textContent?.slice(0, 12) ?? ''}” ${Math.round(width)}×${Math.round(high)}`);
    }
    main.classList.toggle('large', was);
    return found;
  }, bars);
}
