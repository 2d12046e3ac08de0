/** What people decide, routing learns: the same on every instance, never worse, and the office can strike a word. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RoutingKnowledge } from '../src/routing/knowledge.queries.ts';
import { RoutingExample, RoutingModelRow } from '../src/routing/routing.entity.ts';
import { Jobs } from '../src/platform/jobs.ts';
import { Marks } from '../src/platform/marks.ts';
import { Settings } from '../src/platform/settings.ts';
import { holder, plainMember, report } from './people.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

let house: Serving;
let [member, office, head]: [Api, Api, Api] = [undefined as never, undefined as never, undefined as never];
beforeAll(async () => {
  house = await serving();
  [member, office, head] = [await house.as(plainMember().id), await house.as(holder('information_editor').id, 'desk'), await house.as(holder('committee_head', 'c-shefa').id)];
});
afterAll(() => house.close());

const jobs = () => house.app.get(Jobs);
const learnt = async () => (await jobs().look()).find(({ name }) => name === 'routing.learn');
const examplesOf = (submissionId: string) => house.database.read((manager) => manager.findBy(RoutingExample, { submissionId }));
/** An odd matter that the shipped weights would bring elsewhere. */
const rink = (more: object = {}) => report({ title: '旱冰场地面开裂，轮滑的人常摔倒', situation: '旱冰场地面开裂三处，傍晚轮滑的人多，上周摔伤两人，场边没有护垫。', analysis: '旱冰场建成八年没有修整。', suggestion: '修整旱冰场地面，加装护垫。', category: 'other', wish: 'ask', ...more });

async function asked(more: object = {}) { return (await member.submit(rink(more))).doc; }
async function given(committeeId: string, more: object = {}) {
  const doc = await asked(more);
  return (await office.assign({ id: doc.id, version: doc.version, committeeId, coCommitteeIds: [] })).doc;
}

test('人改了路由的推荐，几秒内就学，下一件同类来件推荐那里，理由写明是办过的', async () => {
  const before = await asked();
  expect(before.routing?.candidates[0]?.committee.id).not.toBe('c-nongye');
  expect(house.app.get(RoutingKnowledge).now.local).toBeUndefined();
  for (let nth = 0; nth < 3; nth += 1) await given('c-nongye');
  house.clock.shift(1_000);
  await jobs().runDue();
  expect(await learnt()).toMatchObject({ outcome: expect.stringMatching(/^第 1 版，3 件，已启用/), failed: false });
  const after = await asked();
  expect(after.routing?.candidates[0]).toMatchObject({ committee: { id: 'c-nongye' }, reasons: expect.arrayContaining([expect.objectContaining({ kind: 'precedent' })]) });
  expect([before.routing?.version, after.routing?.version]).toEqual([expect.stringMatching(/^lex-\d\/[0-9a-f]{8}$/), `${before.routing?.version}/m1`]);
  const { doc: kept } = await office.assign({ id: after.id, version: after.version, committeeId: 'c-nongye', coCommitteeIds: [] });
  expect(await examplesOf(kept.id)).toMatchObject([{ kind: 'assigned', saidId: 'c-nongye', model: expect.stringMatching(/^lex-\d\/[0-9a-f]{8}\/m1$/) }]);
});

test('初审通过算确认，收回算不知道归谁，撤销了就不算', async () => {
  const { doc } = await member.submit(report());
  const passed = await head.pass({ id: doc.id, version: doc.version, note: '' });
  expect(await examplesOf(doc.id)).toMatchObject([{ kind: 'confirmed', committeeId: 'c-shefa', saidId: 'c-shefa', sent: 1 }]);
  await head.undo({ id: doc.id, moveId: passed.undo?.moveId ?? '' });
  expect(await examplesOf(doc.id)).toEqual([]);
  const { doc: other } = await member.submit(report());
  await office.recall({ id: other.id, version: other.version, reason: '先不送' });
  expect(await examplesOf(other.id)).toMatchObject([{ kind: 'recalled', committeeId: null }]);
});

test('另一台服务器几秒内用上同一版', async () => {
  const marks = new Marks(house.database);
  const there = new RoutingKnowledge(house.config, house.app.get(Settings), house.database, marks);
  await marks.look(true);
  expect(there.now.local?.version).toBe('m1');
  await given('c-weigong');
  house.clock.shift(1_000);
  await jobs().runDue();
  await marks.look(false);
  expect(there.now.local?.version).toBe('m2');
  expect(there.now.local?.version).toBe(house.app.get(RoutingKnowledge).now.local?.version);
  marks.onApplicationShutdown();
});

test('分办质量给办公室看：每周、对照、门槛、学到的词；委员看不到', async () => {
  const view = await office.showRoutingQuality({});
  expect(view.weeks).toEqual([expect.objectContaining({ fromOn: '2022-07-18', n: view.total.n })]);
  expect(view.total).toMatchObject({ n: 5, right: 1 });
  expect(view.confusion.reduce((sum, { count }) => sum + count, 0)).toBe(view.total.n);
  expect(view.threshold).toMatchObject({ by: expect.stringMatching(/shipped|office/), wanted: 0.95, examples: 5, needed: 100 });
  expect(view.models.map(({ version, inForce, taken }) => ({ version, inForce, taken }))).toEqual([{ version: 'm2', inForce: true, taken: true }, { version: 'm1', inForce: false, taken: true }]);
  expect(view.words.filter(({ committeeId }) => committeeId === 'c-nongye').length).toBeGreaterThan(0);
  await expect(member.showRoutingQuality({})).rejects.toMatchObject({ status: 403 });
  await expect(member.strikeWord({ word: '旱冰' })).rejects.toMatchObject({ status: 403 });
});

test('划掉的词马上不起作用，重学也学不到；恢复以后又学到；列表外的词不收', async () => {
  const holds = ({ words }: { words: readonly { word: string }[] }) => words.some(({ word }) => word.includes('旱冰'));
  const struck = await office.strikeWord({ word: '旱冰' });
  expect([holds(struck), struck.struck.map(({ word }) => word)]).toEqual([false, ['旱冰']]);
  expect((await office.strikeWord({ word: '旱冰' })).struck).toHaveLength(1);
  house.clock.shift(1_000);
  await jobs().runDue();
  expect([...house.app.get(RoutingKnowledge).now.local?.rows.keys() ?? []].filter((word) => word.includes('旱冰'))).toEqual([]);
  expect((await office.restoreWord({ word: '旱冰' })).struck).toEqual([]);
  house.clock.shift(1_000);
  await jobs().runDue();
  expect([...house.app.get(RoutingKnowledge).now.local?.rows.keys() ?? []].some((word) => word.includes('旱冰'))).toBe(true);
  await expect(office.restoreWord({ word: '旱冰' })).rejects.toMatchObject({ status: 409, refusal: { reason: '这个词没有被划掉，或者别人刚恢复过' } });
  await expect(office.strikeWord({ word: '量子纠缠' })).rejects.toMatchObject({ status: 400, refusal: { fields: { word: '这不是分办学到的词，请从列表里选择' } } });
});

test('在以前的来件上变差的一版不启用，说明原因，现用的不动；没有新的决定就不重学', async () => {
  const committees = ['c-shefa', 'c-wenshi', 'c-jingke', 'c-tian'];
  for (let nth = 0; nth < 24; nth += 1) await given(committees[nth % 4] ?? '', { title: `${nth} 旱冰场的事` });
  await jobs().runNow('routing.learn');
  const inForce = house.app.get(RoutingKnowledge).inForce;
  const { figures, versionNo, id } = await house.database.read((manager) => manager.findOneByOrFail(RoutingModelRow, { id: inForce?.id ?? '' }));
  await house.database.write((manager) => manager.update(RoutingModelRow, { id }, { figures: { ...figures, accuracy: 1 }, madeAt: house.clock.now() }));
  await house.app.get(Marks).look(true);
  await given('c-renzihuan');
  house.clock.shift(1_000);
  expect(await jobs().runNow('routing.learn')).toMatch(/没有启用：.*不如/);
  expect(house.app.get(RoutingKnowledge).inForce?.versionNo).toBe(versionNo);
  expect((await office.showRoutingQuality({})).models[0]).toMatchObject({ taken: false, inForce: false, reason: expect.stringMatching(/不如/) });
  expect(await jobs().runNow('routing.learn')).toBe('没有新的决定');
});
