import { describe, expect, test } from '@jest/globals';
import { postCodes } from '../src/actor.ts';
import { creditsOf, deliveryActions, deliveryFlow, ledgerStates } from '../src/flows/delivery.flow.ts';
import { actionsFor, judge } from '../src/workflow.ts';
import { person } from './people.ts';

const doc = (state: (typeof ledgerStates)[number]) => ({ state, authorId: 'author', committeeId: 'c-shefa', coCommitteeIds: [] });

describe('报送以后的每一处', () => {
  const table: Record<(typeof ledgerStates)[number], string> = {
    sent: 'adopt decline instruct transfer', declined: 'adopt', adopted: 'instruct transfer', instructed: 'instruct transfer', transferred: 'instruct answer follow_up', answered: 'instruct follow_up',
  };
  test.each(postCodes.flatMap((post) => ledgerStates.map((state) => [post, state] as const)))('%s 在“%s”能登记什么', (post, state) => {
    const office = ['information_editor', 'office_director'].includes(post);
    expect(actionsFor(deliveryFlow, doc(state), person('another', post)).join(' ')).toBe(office ? table[state] : '');
    expect(actionsFor(deliveryFlow, doc(state), person('author', post))).toEqual([]);
  });

  test('每一处总还能登记点什么；拒绝都有一句中文', () => {
    for (const state of ledgerStates) {
      expect(actionsFor(deliveryFlow, doc(state), person('another', 'information_editor')).length).toBeGreaterThan(0);
      for (const action of deliveryActions) { const verdict = judge(deliveryFlow, action, doc(state), person('another', 'information_editor')); expect('reason' in verdict ? verdict.reason : '可以').toMatch(/^[一-鿿“”，]+$/); }
    }
    expect(judge(deliveryFlow, 'adopt', doc('sent'), person('author', 'member', 'information_editor'))).toEqual({ reason: '不能登记自己反映的结果，请由他人登记' });
  });

  test('全国、省采用和省、市领导批示各记各的分，别的不记', () => {
    expect([creditsOf('adopt', 'national', null), creditsOf('adopt', 'provincial', null), creditsOf('adopt', 'city_gov', null), creditsOf('instruct', 'city_gov', 'city'), creditsOf('instruct', 'national', 'provincial'), creditsOf('instruct', 'national', 'prefecture'), creditsOf('transfer', 'national', null)])
      .toEqual([['opinion.adopted.national'], ['opinion.adopted.provincial'], [], ['opinion.instructed.city'], ['opinion.instructed.provincial'], [], []]);
  });
});
