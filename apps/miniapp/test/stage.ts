/** One house for a spec's tests, and telephones on which the built mini-program is opened. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { htmlOf, MiniProgram, Phone } from '@lvzhi/miniapp-bench';
import { built, openHouse } from '../../../tools/testing/house.js';
import type { House } from '../../../tools/testing/house.js';

export const dist = built('apps/miniapp/dist/weapp');
interface Stage { house: House; phoneOf: (personId: string) => Phone; open: (phone: Phone, url?: string) => MiniProgram }
export const openidOf = (personId: string): string => `o-demo-${personId}`;

export function setStage(): Stage {
  const running: MiniProgram[] = [];
  const stage: Stage = {
    house: undefined as unknown as House, phoneOf: (personId) => new Phone({ url: stage.house.url, openid: openidOf(personId) }),
    open: (phone, url) => { const program = new MiniProgram(dist, phone); running.push(program); return program.launch(url); },
  };
  beforeAll(async () => { stage.house = await openHouse(); });
  afterEach(() => {
    // PICTURES=folder: the last look of every page of every test, as HTML, named after the test.
    const name = (expect.getState().currentTestName ?? '').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
    for (const [index, program] of running.splice(0).entries()) {
      if (process.env.PICTURES && program.alive) writeFileSync(join(process.env.PICTURES, `${name}-${index + 1}.html`), htmlOf(program));
      program.end();
    }
  });
  afterAll(() => stage.house.stop());
  return stage;
}
