/** Pictures of pages, kept where GALLERY says (npm run pictures). Without it nothing is kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '../../../tools/testing/browser.js';

const folder = process.env.GALLERY;
/** Small enough to be kept beside the sources, and still read. */
const quality = 62;

async function webp(page: Page): Promise<Buffer> {
  await page.evaluate(async () => { await document.fonts.ready; await Promise.allSettled(document.getAnimations().map(({ finished }) => finished)); });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
  await session.detach();
  return Buffer.from(data, 'base64');
}
function put(name: string, picture: Buffer): void {
  mkdirSync(folder ?? '', { recursive: true });
  writeFileSync(join(folder ?? '', `${name}.webp`), picture);
}

/** Keeps what is in sight as a picture of this name. */
export async function keep(page: Page, name: string): Promise<void> {
  if (folder !== undefined) put(name, await webp(page));
}

/** Pictures that are looked at side by side, as one. */
export class Sheet {
  private readonly shots: { words: string; picture: string }[] = [];
  async add(page: Page, words: string): Promise<void> {
    if (folder !== undefined) this.shots.push({ words, picture: (await webp(page)).toString('base64') });
  }
  /** On a page of its own, each half as large. */
  async keep(open: (look: { viewport: { width: number; height: number }; isMobile: false }) => Promise<Page>, name: string): Promise<void> {
    if (this.shots.length === 0) return;
    const page = await open({ viewport: { width: this.shots.length * 200, height: 440 }, isMobile: false });
    await page.setContent(`<style>body{margin:0;display:flex;font:13px sans-serif;background:#cfd8dc}figure{margin:0;width:188px;padding:0 6px}figcaption{line-height:26px}img{width:188px;display:block}</style>
      ${this.shots.map(({ words, picture }) => `<figure><figcaption>${words}</figcaption><img src="data:image/webp;base64,${picture}"></figure>`).join('')}`);
    await page.evaluate(() => Promise.all([...document.images].map((it) => it.decode())));
    put(name, await webp(page));
    await page.close();
  }
}
