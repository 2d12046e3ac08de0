import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Jobs } from '../src/platform/jobs.ts';
import type { Job } from '../src/platform/jobs.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

let house: Serving;
let [here, there]: [Jobs, Jobs] = [undefined as never, undefined as never];
beforeAll(async () => { house = await serving(); });
afterAll(() => house.close());

let made = 0;
/** The same job as two instances of the house have it. */
async function planned(run: Job['run'], more: Partial<Job> = {}): Promise<string> {
  const name = `test.${(made += 1)}`;
  [here, there] = [new Jobs(house.database, house.clock), new Jobs(house.database, house.clock)];
  for (const jobs of [here, there]) { jobs.plan({ name, words: '试验', everySeconds: 60, run, ...more }); await jobs.begin(false); }
  return name;
}
const looked = async (name: string) => (await here.look()).find((it) => it.name === name);
afterEach(async () => { await Promise.all([here.onApplicationShutdown(), there.onApplicationShutdown()]); });

test('到时间才做；两台服务器同时到时间，只有一台做', async () => {
  let count = 0;
  const name = await planned(() => { count += 1; return Promise.resolve(`第 ${count} 次`); });
  await Promise.all([here.runDue(), there.runDue()]);
  expect(count).toBe(0);
  for (const times of [1, 2]) {
    house.clock.shift(60_000);
    await Promise.all([here.runDue(), there.runDue()]);
    await Promise.all([here.runDue(), there.runDue()]);
    expect(count).toBe(times);
  }
  expect(await looked(name)).toMatchObject({ words: '试验', outcome: '第 2 次', succeededAt: house.clock.now(), late: false, failed: false });
});

test('做到一半被杀的，租期以内谁也不碰，过了租期由另一台接着做，原来那台写不进结果', async () => {
  let release: () => void = () => undefined;
  const runs: string[] = [];
  const name = await planned(() => { runs.push('run'); return runs.length === 1 ? new Promise((resolve) => { release = () => { resolve('来迟了'); }; }) : Promise.resolve('接着做完'); }, { leaseSeconds: 120 });
  house.clock.shift(60_000);
  const stuck = here.runDue();
  while (runs.length === 0) await new Promise((resolve) => { setTimeout(resolve, 5); });
  house.clock.shift(119_000);
  await there.runDue();
  expect(runs).toHaveLength(1);
  house.clock.shift(2_000);
  await there.runDue();
  expect(runs).toHaveLength(2);
  release();
  await stuck;
  expect(await looked(name)).toMatchObject({ outcome: '接着做完' });
});

test('失败的一次记下来，结果里没有内容，下次照常做', async () => {
  let broken = true;
  const name = await planned(() => (broken ? Promise.reject(new TypeError('含有内容的话')) : Promise.resolve('好了')));
  await expect(here.runNow(name)).rejects.toThrow(TypeError);
  expect(await looked(name)).toMatchObject({ failed: true, succeededAt: null, outcome: 'TypeError' });
  broken = false;
  house.clock.shift(60_000);
  await here.runDue();
  expect(await looked(name)).toMatchObject({ failed: false, outcome: '好了' });
});

test('两次没赶上的，看得出来晚了', async () => {
  const name = await planned(() => Promise.resolve('做了'));
  await here.runNow(name);
  house.clock.shift((2 * 60 + 299) * 1000);
  expect(await looked(name)).toMatchObject({ late: false });
  house.clock.shift(2_000);
  expect(await looked(name)).toMatchObject({ late: true });
});

test('做的时候又被催的，下一轮马上再做，别的在中间照常轮到', async () => {
  const runs: string[] = [];
  const urged = await planned(async () => { runs.push('urged'); if (runs.length === 1) { house.clock.shift(5); await house.database.write((manager) => here.hasten(manager, urged)); } return '做了'; }, { everySeconds: 86_400 });
  const other = `test.${(made += 1)}`;
  here.plan({ name: other, words: '别的', everySeconds: 60, run: () => { runs.push('other'); return Promise.resolve('做了'); } });
  await here.begin(false);
  house.clock.shift(86_400_000);
  await here.runDue();
  house.clock.shift(1_000);
  await here.runDue();
  house.clock.shift(1_000);
  await here.runDue();
  expect(runs).toEqual(['urged', 'other', 'urged']);
});
