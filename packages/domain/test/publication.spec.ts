/** 公开 and 优秀提案: who may do what in which state, exhaustively. */
import { describe, expect, test } from '@jest/globals';
import { postCodes, systemActor } from '../src/actor.ts';
import type { Actor } from '../src/actor.ts';
import { awardFlow, mostAwards } from '../src/flows/award.flow.ts';
import type { AwardFacts } from '../src/flows/award.flow.ts';
import { publicationFlow } from '../src/flows/publication.flow.ts';
import type { PublicationFacts } from '../src/flows/publication.flow.ts';
import { maySee, scopeOf } from '../src/scope.ts';
import { actionsFor, judge } from '../src/workflow.ts';
import type { Document, Flow } from '../src/workflow.ts';
import { here, person, termId } from './people.ts';

const publication = (facts: Partial<PublicationFacts>): PublicationFacts => ({ state: 'asked', authorId: 'author', coAuthorIds: ['second'], committeeId: null, coCommitteeIds: [], begun: true, waiting: ['author', 'second'], refused: [], ...facts });
const award = (facts: Partial<AwardFacts>): AwardFacts => ({ state: 'nominated', authorId: 'author', coAuthorIds: ['second'], committeeId: here, coCommitteeIds: [], begun: true, scoredBy: ['scored'], ...facts });
const everyone: readonly Actor[] = postCodes.flatMap((post) => ['another', 'author', 'second', 'scored'].map((id) => person(id, `${post}@${here}`)));
const wrongOf = <A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, action: A, doc: D, may: (actor: Actor) => boolean): string[] =>
  everyone.filter((actor) => 'post' in judge(flow, action, doc, actor) !== may(actor)).map(({ personId, posts }) => `${action} ${doc.state} ${personId} ${posts.map(({ post }) => post).join()}`);
const by = (ids: readonly string[], ...posts: readonly string[]) => (actor: Actor) => ids.includes(actor.personId) && actor.posts.some(({ post }) => posts.includes(post));
const office = by(['another', 'scored'], 'proposal_office');
const nobody = () => false;

describe('提案公开', () => {
  const rows: readonly (readonly [keyof typeof publicationFlow.moves, readonly PublicationFacts['state'][], (actor: Actor) => boolean])[] = [
    ['ask_publication', ['refused'], office], ['agree_publication', ['asked'], by(['author', 'second'], 'member', 'body_account')], ['refuse_publication', ['asked'], by(['author', 'second'], 'member', 'body_account')], ['publish', ['agreed', 'withdrawn'], office],
    ['refresh_publication', ['published'], office], ['withdraw_publication', ['published'], office], ['take_back_consent', ['agreed', 'published', 'withdrawn'], by(['author', 'second'], 'member', 'body_account')],
  ];
  test.each(rows)('%s：每个状态、每一种岗位，只有该办的人能办', (action, from, may) => { for (const state of publicationFlow.states) expect(wrongOf(publicationFlow, action, publication({ state }), from.includes(state) ? may : nobody)).toEqual([]); });

  test('谁也不能替提案人同意，提案委也不能；答复过的不再问；没有都同意，系统也不会当作同意', () => {
    expect(wrongOf(publicationFlow, 'agree_publication', publication({ waiting: ['second'] }), by(['second'], 'member', 'body_account'))).toEqual([]);
    expect(judge(publicationFlow, 'all_agreed', publication({ waiting: ['second'] }), systemActor(termId))).toEqual({ reason: '还有提案人没有答复' });
    expect(actionsFor(publicationFlow, publication({ waiting: [] }), systemActor(termId))).toEqual(['all_agreed']);
  });
  test('提交时都已同意的不再征求，直接审核；有不同意的不再征求，他自己改主意才算；没有填的才问', () => {
    const [agreed, refused, silent] = [publication({ begun: false, waiting: [] }), publication({ begun: false, waiting: ['author'], refused: ['author'] }), publication({ begun: false, waiting: ['second'] })];
    const rows = [['publish', agreed, office], ['ask_publication', agreed, nobody], ['take_back_consent', agreed, by(['author', 'second'], 'member', 'body_account')], ['publish', refused, nobody], ['ask_publication', refused, nobody],
      ['agree_publication', refused, by(['author'], 'member', 'body_account')], ['refuse_publication', refused, nobody], ['publish', silent, nobody], ['ask_publication', silent, office], ['agree_publication', silent, nobody], ['agree_publication', { ...refused, waiting: ['author', 'second'], refused: ['author', 'second'] }, nobody]] as const;
    expect(rows.flatMap(([action, doc, may]) => wrongOf(publicationFlow, action, doc, may))).toEqual([]);
  });
  test('一位一位地问：先问第一提案人；都同意了在提案委手里', () => {
    expect([publication({}), publication({ waiting: ['second'] }), publication({ state: 'agreed', waiting: [] })].map((doc) => publicationFlow.duty(doc)?.holder.id)).toEqual(['author', 'second', 'proposal_office']);
    expect((['published', 'withdrawn', 'refused'] as const).map((state) => publicationFlow.duty(publication({ state })))).toEqual([undefined, undefined, undefined]);
  });
  test('没有公开以前，只有提案人和提案委看得见', () => {
    expect(everyone.filter((actor) => maySee(scopeOf('publication', actor), publication({})) !== (['author', 'second'].includes(actor.personId) || actor.posts.some(({ post }) => post === 'proposal_office' || post === 'system')))).toEqual([]);
  });
});

describe('优秀提案', () => {
  const judges = ['committee_head', 'committee_vice_head', 'proposal_office'] as const;
  test('专委会主任、副主任和提案委推荐和评分，各评一次；提案人自己不能', () => {
    expect(wrongOf(awardFlow, 'nominate_award', award({ begun: false }), by(['another', 'scored'], ...judges))).toEqual([]);
    for (const state of awardFlow.states) expect(wrongOf(awardFlow, 'score_award', award({ state }), state === 'nominated' ? by(['another'], ...judges) : nobody)).toEqual([]);
  });
  test('评定和撤销只有提案委；评上记一次分，撤销收回', () => {
    for (const state of awardFlow.states) {
      for (const action of ['award', 'pass_over'] as const) expect(wrongOf(awardFlow, action, award({ state }), state === 'nominated' ? office : nobody)).toEqual([]);
      expect(wrongOf(awardFlow, 'revoke_award', award({ state }), state === 'awarded' ? office : nobody)).toEqual([]);
    }
    expect([awardFlow.moves.award.credits, awardFlow.moves.revoke_award.voids]).toEqual(['proposal.excellent', ['proposal.excellent']]);
  });
  test.each([[0, 0.05, 1], [1, 0.05, 1], [20, 0.05, 1], [21, 0.05, 2], [152, 0.05, 8], [152, 0.01, 2]])('立案 %i 件，按 %d，最多评 %i 件', (filed, share, most) => { expect(mostAwards(filed, share)).toBe(most); });
});
