import { describe, expect, test } from '@jest/globals';
import { postCodes } from '../src/actor.ts';
import { whyClosed } from '../src/closure.ts';
import { disposalStates, whyNotDecide, whyNotMark } from '../src/disposal.ts';
import { opinionActions, opinionFlow, opinionStates, whyNotEditable } from '../src/flows/opinion.flow.ts';
import { readersOf, scopeOf, maySee } from '../src/scope.ts';
import { actionsFor } from '../src/workflow.ts';
import { elsewhere, here, person } from './people.ts';

const doc = { authorId: 'author', coAuthorIds: ['second'], clerkId: 'clerk', kind: 'opinion' as const, closure: 'open' as const };

describe('送涉密核查', () => {
  test('社情民意由信息编辑、办公室主任送，提案由提案委办公室送，别的岗位都不行', () => {
    const may = (kind: 'opinion' | 'proposal') => postCodes.filter((post) => whyNotMark({ ...doc, kind }, person('another', post)) === undefined);
    expect([may('opinion'), may('proposal')]).toEqual([['information_editor', 'office_director'], ['proposal_office']]);
  });
  test.each(['author', 'second', 'clerk'])('%s 不能送自己的件', (id) => { expect(whyNotMark(doc, person(id, 'information_editor'))).toMatch(/^不能送核查自己/); });
  test('送过的、处置过的不能再送', () => { for (const closure of ['marked', 'disposed'] as const) expect(whyNotMark({ ...doc, closure }, person('another', 'office_director'))).toBe(whyClosed(closure)); });
});

describe('处置', () => {
  const marked = { ...doc, state: 'marked' as const, markedBy: 'editor' };
  test('只有安全管理员能处置', () => { expect(postCodes.filter((post) => whyNotDecide(marked, person('another', post)) === undefined)).toEqual(['security_admin']); });
  test.each(['author', 'second', 'clerk', 'editor'])('%s 即使是安全管理员也不能处置', (id) => { expect(whyNotDecide(marked, person(id, 'security_admin'))).toMatch(/另一位安全管理员/); });
  test('处置过、解除了的不能再处置', () => { expect(disposalStates.filter((state) => whyNotDecide({ ...marked, state }, person('another', 'security_admin')) === undefined)).toEqual(['marked']); });
});

describe('封存和处置过的件', () => {
  const people = [...postCodes.flatMap((post) => [person('author', post), person('another', `${post}@${here}`), person('another', `${post}@${elsewhere}`)])];
  const facts = { authorId: 'author', committeeId: here, coCommitteeIds: [], urgent: true, editorId: 'another', consent: 'given' as const, reviewed: true };
  test.each(opinionStates)('%s：谁也不能办一步、改一个字', (state) => {
    for (const closure of ['marked', 'disposed'] as const) for (const actor of people) expect([...actionsFor(opinionFlow, { ...facts, state, closure }, actor), whyNotEditable({ ...facts, state, closure }, actor)]).toEqual([whyClosed(closure)]);
    expect(opinionActions.length).toBeGreaterThan(0);
  });
  test('封存的谁也看不到，搜索里也没有；处置过的，原来看得到的还看得到', () => {
    const seen = { state: 'editing', authorId: 'author', committeeId: here, coCommitteeIds: [] };
    for (const actor of people) {
      expect(maySee(scopeOf('opinion', actor), { ...seen, closure: 'marked' })).toBe(false);
      expect(maySee(scopeOf('opinion', actor), { ...seen, closure: 'disposed' })).toBe(maySee(scopeOf('opinion', actor), seen));
    }
    expect(readersOf('opinion', { ...seen, closure: 'marked' })).toEqual([]);
  });
});
