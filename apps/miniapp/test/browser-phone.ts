import type { Page, Seeing } from '../../../tools/testing/browser.js';

/** A member's phone as a browser shows it. */
export const phoneLook = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true } as const;

/** What is in sight: the pages beneath the one in front stay in the document. */
export const seen = (page: Page, words: string | RegExp, exact = false) => page.getByText(words, { exact }).filter({ visible: true });

/** The member app in this person's WeChat. */
export async function appOf(at: Seeing, personId: string, more?: Parameters<Seeing['page']>[0]): Promise<Page> {
  const page = await at.page(more);
  await page.addInitScript((openid) => { if (localStorage.getItem('lvzhi.fake.openid') === null) localStorage.setItem('lvzhi.fake.openid', openid); }, `o-demo-${personId}`);
  return page;
}
