/** Pictures of pages, kept where GALLERY says (npm run pictures). Without it nothing is kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '../../../tools/testing/browser.js';

const folder = process.env.GALLERY;
/** Small enough to be kept beside the sources, and still read. */
const quality = 62;

/** Keeps what is in sight as a picture of this name. */
export async function keep(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(async () => { await document.fonts.ready; await Promise.allSettled(document.getAnimations().map(({ finished }) => finished)); });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
  await session.detach();
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}
