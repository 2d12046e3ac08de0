/** What lies between a page and the server: what becomes of the one question that makes the page is a test's choice. */
import { routes } from '@lvzhi/contracts';
import type { Page } from '../../../tools/testing/browser.js';

export type Asks = keyof typeof routes;
/** Not answered yet, a server that failed, no network, not for you, nothing there; `well`: as it is. */
export type Fate = 'held' | 'failed' | 'cut' | 'refused' | 'nothing' | 'well';
type Passing = Parameters<Parameters<Page['route']>[1]>[0];

const addressOf = (asks: Asks): RegExp => new RegExp(`/api${routes[asks].path.replace(/:\w+/g, '[^/?]+')}(\\?|$)`);
/** An answer of the same shape in which nothing is: no rows, no counts. */
const emptied = (answer: Record<string, unknown>) => Object.fromEntries(Object.entries(answer).map(([name, it]) => [name, Array.isArray(it) ? [] : typeof it === 'number' ? 0 : name === 'next' ? null : it]));

export class Between {
  private asks: RegExp | undefined;
  private fate: Fate = 'well';
  private held: Passing[] = [];

  static async of(page: Page): Promise<Between> {
    const it = new Between();
    await page.route('**/api/**', (passing) => it.pass(passing));
    return it;
  }

  private async pass(passing: Passing): Promise<void> {
    if (this.fate === 'well' || !this.asks?.test(passing.request().url())) { await passing.fallback(); return; }
    switch (this.fate) {
      case 'held': this.held.push(passing); return;
      case 'failed': await passing.fulfill({ status: 500, json: { reason: '服务器出了点问题。' } }); return;
      case 'cut': await passing.abort('internetdisconnected'); return;
      case 'refused': await passing.fulfill({ status: 403, json: { reason: '不归您办。' } }); return;
      case 'nothing': { const answer = await passing.fetch(); await passing.fulfill({ response: answer, json: emptied(await answer.json() as Record<string, unknown>) }); }
    }
  }

  /** From now on; what is held meets this fate as well. */
  async now(fate: Fate, asks?: Asks): Promise<void> {
    this.fate = fate;
    if (asks) this.asks = addressOf(asks);
    if (fate !== 'held') await Promise.all(this.held.splice(0).map((passing) => this.pass(passing)));
  }
}
