import { expect, test } from '@jest/globals';
import { draftFrom, draftLength, isEmptyDraft, newDraft } from '../src/platform/draft.ts';
import type { Draft } from '../src/platform/draft.ts';

const whole: Draft = { ...newDraft('proposal'), savedAt: '2022-07-21T06:03:00.000Z', base: 4, unsent: false, pen: 'pen-of-this-phone', turn: 9, of: { id: 's1', version: 3 }, title: '题', situation: '情况', analysis: '因', suggestion: '建议', category: 'society',
  nature: 'general', townId: 't1', urgency: 'urgent', unitIds: ['u1'], wish: 'ask', files: [{ key: 'file-key-0001', name: '照片.jpg', size: 3, picture: true, path: 'wxfile://a.jpg', id: null }] };

test('a draft comes back as it was stored', () => { expect(draftFrom(JSON.parse(JSON.stringify(whole)))).toEqual(whole); });

test.each(Object.keys(whole).filter((field) => field !== 'id' && field !== 'kind'))('a draft without %s still opens, with its other fields', (field) => {
  const stored = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
  const opened = draftFrom(stored);
  expect(opened).toMatchObject(Object.fromEntries(Object.entries(stored)));
  expect(opened).toHaveProperty(field);
});

test.each([undefined, null, '', 7, [], {}, { id: 'x' }, { kind: 'opinion' }, { id: 'x', kind: 'letter' }])('what is no draft (%j) is left out of the list', (stored) => { expect(draftFrom(stored)).toBeUndefined(); });

test('a draft keeps one key through all its readings', () => { expect(draftFrom(whole)?.key).toBe(whole.key); });
test('two new drafts never share an id or a key', () => {
  const made = Array.from({ length: 500 }, () => newDraft('opinion'));
  expect(new Set(made.flatMap(({ id, key }) => [id, key])).size).toBe(1000);
});
test('a draft that holds but one photo is not empty', () => {
  expect(isEmptyDraft(newDraft('opinion'))).toBe(true);
  expect(isEmptyDraft({ ...newDraft('opinion'), files: whole.files })).toBe(false);
  expect(draftLength(whole)).toBe(5);
});
