import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { DraftView } from '@lvzhi/contracts';
import { newDraft } from '../src/platform/draft.ts';
import type { Draft, Given } from '../src/platform/draft.ts';
import { Keeper } from '../src/submit/form/keeper.ts';
import type { Keeping } from '../src/submit/form/keeper.ts';

let phone: Draft | undefined, full: boolean, given: Draft[], answer: (draft: Draft) => Promise<Given>, deleted: string[], last: Keeping;
beforeEach(() => {
  jest.useFakeTimers();
  [phone, full, given, deleted] = [undefined, false, [], []];
  answer = ({ base }) => Promise.resolve({ as: 'kept', version: base + 1 });
});
afterEach(() => { jest.useRealTimers(); });
const opened = () => new Keeper(newDraft('opinion'), undefined, {
  save: (draft) => { if (full) return undefined; phone = { ...draft, savedAt: new Date().toISOString() }; return phone; }, put: (draft) => { phone = draft; }, drop: () => { phone = undefined; },
  give: (draft) => { given.push(draft); return answer(draft); }, deleteCopy: ({ id }) => { deleted.push(id); }, purge: ({ id }) => { deleted.push(`secret ${id}`); return Promise.resolve(); }, changed: (it) => { last = it; }, now: () => 'now',
});
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const copy = (more: object): DraftView => ({ id: 'x', key: 'k', pen: 'p', kind: 'opinion', of: null, title: '', length: 0, savedAt: '', version: 7, situation: '', analysis: '', suggestion: '', category: null, nature: null, townId: null, urgency: 'normal', unitIds: [], publicity: null, conversion: null, wish: null, collective: null, bodyId: null, together: [], source: null, files: [], ...more });

test('who types without a pause loses at most one second, and the server is not asked at every key press', async () => {
  const keeper = opened();
  const unsaved: number[] = [];
  for (let key = 1; key <= 100; key += 1) {
    keeper.edit({ situation: 'x'.repeat(key) });
    await pass(200);
    unsaved.push(key - (phone?.situation.length ?? 0));
  }
  expect(Math.max(...unsaved)).toBeLessThanOrEqual(5);
  expect(given.length).toBeGreaterThan(3);
  expect(given.length).toBeLessThanOrEqual(8);
  await pass(5000);
  expect([phone?.situation.length, given.at(-1)?.situation.length, phone?.unsent, last.there]).toEqual([100, 100, false, 'kept']);
});

test('a pause of half a second is enough, nothing is sent twice, and what was typed while the copy was on its way follows', async () => {
  const keeper = opened();
  keeper.edit({ title: '题' });
  await pass(500);
  expect([phone?.title, given.length]).toEqual(['题', 1]);
  await pass(60_000);
  expect(given).toHaveLength(1);
  let arrive: (it: Given) => void = () => undefined;
  answer = () => new Promise((resolve) => { arrive = resolve; });
  keeper.edit({ title: '题一' });
  await pass(900);
  keeper.edit({ title: '题一二' });
  arrive({ as: 'kept', version: 2 });
  await pass(10);
  expect(keeper.draft).toMatchObject({ title: '题一二', base: 2, unsent: true });
  answer = ({ base }) => Promise.resolve({ as: 'kept', version: base + 1 });
  await pass(5000);
  expect([given.at(-1)?.title, given.at(-1)?.base, phone?.base]).toEqual(['题一二', 2, 3]);
});

test('without a network it stays on the phone and says so; when it is back, the copy is made', async () => {
  const keeper = opened();
  answer = () => Promise.resolve({ as: 'later' });
  keeper.edit({ title: '没有网络时写的' });
  await pass(5000);
  expect([phone?.unsent, last.here, last.there]).toEqual([true, 'saved', 'waiting']);
  await pass(40_000);
  expect(given.length).toBeLessThan(8);
  answer = () => Promise.resolve({ as: 'kept', version: 1 });
  await pass(64_000);
  expect([phone?.unsent, phone?.base, last.there]).toEqual([false, 1, 'kept']);
});

test('a full phone: the words go to the server; without that they are said to be unsafe', async () => {
  const keeper = opened();
  full = true;
  keeper.edit({ title: '手机满了' });
  await pass(900);
  expect([phone, last.here, last.there, keeper.draft.savedAt]).toEqual([undefined, 'full', 'kept', 'now']);
  answer = () => Promise.resolve({ as: 'refused', words: '服务器上的草稿最多 50 份' });
  keeper.edit({ title: '手机满了，服务器也不收' });
  await pass(5000);
  expect([last.here, last.there]).toEqual(['full', { refused: '服务器上的草稿最多 50 份' }]);
});

test('another phone wrote on it: nothing is overwritten until the person chose; mine goes over it, theirs comes in its place', async () => {
  const keeper = opened();
  answer = () => Promise.resolve({ as: 'theirs', copy: copy({ title: '另一部手机写的' }) });
  keeper.edit({ title: '我写的' });
  await pass(900);
  expect([last.theirs?.title, phone?.title]).toEqual(['另一部手机写的', '我写的']);
  keeper.edit({ title: '我又写的' });
  await pass(5000);
  expect(given).toHaveLength(1);
  answer = ({ base }) => Promise.resolve({ as: 'kept', version: base + 1 });
  keeper.keepMine(7);
  await pass(10);
  expect([last.theirs, given.at(-1), phone?.base]).toEqual([undefined, expect.objectContaining({ title: '我又写的', base: 7 }), 8]);

  const other = new Keeper(newDraft('opinion'), copy({ title: '另一部手机写的', files: [{ id: 'f1', name: 'a', size: 1, picture: true }] }), { save: (draft) => draft, put: () => undefined, drop: () => undefined, give: answer, deleteCopy: () => undefined, purge: () => Promise.resolve(), changed: () => undefined, now: () => '' });
  other.edit({ title: '我写的', files: [{ key: 'waiting-key', name: 'b', size: 1, picture: true, path: 'p', id: null }] });
  other.takeTheirs(copy({ title: '另一部手机写的', files: [{ id: 'f1', name: 'a', size: 1, picture: true }] }));
  expect(other.draft).toMatchObject({ title: '另一部手机写的', base: 7, unsent: false, files: [{ id: 'f1' }, { key: 'waiting-key', id: null }] });
});

test('what was handed in is dropped and a late answer brings nothing back; what was thrown away is deleted after the copy that is on its way', async () => {
  const keeper = opened();
  let arrive: (it: Given) => void = () => undefined;
  answer = () => new Promise((resolve) => { arrive = resolve; });
  keeper.edit({ title: '交了的' });
  await pass(900);
  keeper.finish();
  arrive({ as: 'kept', version: 1 });
  await pass(5000);
  expect([phone, deleted]).toEqual([undefined, []]);

  const other = opened();
  other.edit({ title: '不要了的' });
  await pass(900);
  other.discard();
  expect(deleted).toEqual([]);
  arrive({ as: 'kept', version: 1 });
  await pass(10);
  expect([phone, deleted]).toEqual([undefined, [other.draft.id]]);

  const secret = opened();
  secret.edit({ title: '涉密的' });
  await pass(900);
  const purged = secret.purge();
  expect(phone).toBeUndefined();
  arrive({ as: 'kept', version: 1 });
  await purged;
  expect([phone, deleted]).toEqual([undefined, [other.draft.id, `secret ${secret.draft.id}`]]);
});

test('an empty form is kept nowhere, and leaving saves at once', async () => {
  const keeper = opened();
  keeper.edit({ category: 'society' });
  await pass(5000);
  expect([phone, given]).toEqual([undefined, []]);
  keeper.edit({ title: '就这一个字' });
  keeper.leave();
  expect([phone?.title, given.length]).toEqual(['就这一个字', 1]);
});

test('what the server removed as 涉密 is gone from the phone and from the page, and nothing typed after it is kept', async () => {
  const keeper = opened();
  answer = () => Promise.resolve({ as: 'gone', words: '这一份已作涉密处置' });
  keeper.edit({ title: '题', situation: '情况' });
  await pass(5000);
  expect([phone, last.here, last.there, keeper.draft.title, keeper.draft.situation]).toEqual([undefined, 'gone', { refused: '这一份已作涉密处置' }, '', '']);
  keeper.edit({ situation: '再写' });
  keeper.leave();
  await pass(5000);
  expect([phone, keeper.draft.situation, given.length]).toEqual([undefined, '', 1]);
});
