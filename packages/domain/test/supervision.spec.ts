/** 督办: who may do what in which state, exhaustively; what members scored, as one number. */
import { describe, expect, test } from '@jest/globals';
import { committeePosts, postCodes, systemActor } from '../src/actor.ts';
import type { Actor } from '../src/actor.ts';
import { appraise, ballotFlow } from '../src/flows/ballot.flow.ts';
import { demandFlow } from '../src/flows/demand.flow.ts';
import { supervisionFlow } from '../src/flows/supervision.flow.ts';
import type { SupervisionFacts } from '../src/flows/supervision.flow.ts';
import { maySee, scopeOf } from '../src/scope.ts';
import { actionsFor, diagramOf, judge } from '../src/workflow.ts';
import type { Document, Flow } from '../src/workflow.ts';
import { commenting, elsewhere, here, person, termId } from './people.ts';

const supervision = (facts: Partial<SupervisionFacts>): SupervisionFacts => ({ state: 'running', authorId: 'author', coAuthorIds: ['second'], committeeId: here, coCommitteeIds: [commenting], clerkId: 'nominator', begun: true, decider: 'chair', appraising: true, appraisal: 'none', openDemands: 0, ...facts });
const demand = (state: 'asked' | 'answered' | 'settled' | 'dropped', begun = true) => ({ state, authorId: 'author', coAuthorIds: ['second'], committeeId: here, coCommitteeIds: [elsewhere], leadId: elsewhere, begun });
const ballot = (state: 'asked' | 'given' | 'lapsed', begun = true, overdue = false) => ({ state, authorId: 'author', committeeId: null, coCommitteeIds: [], begun, overdue });
const bodies = [here, commenting, elsewhere];
const everyone: readonly Actor[] = postCodes.flatMap((post) => bodies.flatMap((body) => ['another', 'author', 'second'].map((id) => person(id, `${post}@${body}`))));

/** Who may although they should not, or may not although they should: of every post at every body, as a stranger and as a proposer. */
function wrongOf<A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, action: A, doc: D, may: (actor: Actor) => boolean): string[] {
  return everyone.filter((actor) => 'post' in judge(flow, action, doc, actor) !== may(actor)).map(({ personId, posts }) => `${action} ${doc.state} ${personId} ${posts.map(({ post, bodyId }) => `${post}@${bodyId}`).join()}`);
}
const [nobody, stranger] = [() => false, ({ personId }: Actor) => personId === 'another'];
const holding = (...posts: readonly string[]) => (actor: Actor) => stranger(actor) && actor.posts.some(({ post }) => posts.includes(post));
const office = holding('proposal_office');
const conductor = (at: string) => (actor: Actor) => office(actor) || stranger(actor) && actor.posts.some(({ post, bodyId }) => bodyId === at && committeePosts.some((it) => it === post));

describe('提案督办', () => {
  const states = supervisionFlow.states;
  const rows: readonly (readonly [Parameters<typeof judge<keyof typeof supervisionFlow.moves, SupervisionFacts['state'], SupervisionFacts>>[1], readonly SupervisionFacts['state'][], (actor: Actor) => boolean])[] = [
    ['make_key', ['proposed'], holding('chair')], ['decline_key', ['proposed'], holding('chair')], ['begin_supervision', ['decided'], conductor(here)], ['record_event', ['running'], conductor(here)], ['ask_demand', ['running'], conductor(here)],
    ['call_appraisal', ['running'], conductor(here)], ['close_appraisal', [], nobody], ['report_supervision', ['running'], conductor(here)], ['return_report', ['reported'], office], ['close_supervision', ['reported'], office], ['cancel_key', ['decided', 'running', 'reported'], holding('chair')],
  ];
  test.each(rows)('%s：每个状态里，每一种岗位，只有该办的人能办；提案人自己都不能', (action, from, may) => { for (const state of states) expect(wrongOf(supervisionFlow, action, supervision({ state }), from.includes(state) ? may : nobody)).toEqual([]); });

  test('提名只有专委会主任、副主任和提案委，一件只提一次', () => {
    expect(wrongOf(supervisionFlow, 'nominate', supervision({ state: 'proposed', begun: false }), holding('committee_head', 'committee_vice_head', 'proposal_office'))).toEqual([]);
    expect(wrongOf(supervisionFlow, 'nominate', supervision({ state: 'proposed' }), nobody)).toEqual([]);
  });
  test('由谁登记主席会议的决定，照提名时的规则', () => {
    for (const decider of ['chair', 'secretary_general', 'proposal_office'] as const) for (const action of ['make_key', 'decline_key'] as const) expect(wrongOf(supervisionFlow, action, supervision({ state: 'proposed', decider }), holding(decider))).toEqual([]);
  });
  test('只有评议督办请委员评议，请一次；评议没有结束、要求没有办结，不能提交报告', () => {
    expect(wrongOf(supervisionFlow, 'call_appraisal', supervision({ appraising: false }), nobody)).toEqual([]);
    for (const appraisal of ['open', 'over'] as const) expect(wrongOf(supervisionFlow, 'call_appraisal', supervision({ appraisal }), nobody)).toEqual([]);
    expect(wrongOf(supervisionFlow, 'close_appraisal', supervision({ appraisal: 'open' }), conductor(here))).toEqual([]);
    const staff = person('another', `committee_staff@${here}`);
    expect(judge(supervisionFlow, 'report_supervision', supervision({ openDemands: 1 }), staff)).toEqual({ reason: '还有提出的要求没有办结，办结以后再报告' });
    expect(judge(supervisionFlow, 'report_supervision', supervision({ appraisal: 'open' }), staff)).toEqual({ reason: '评议还没有结束，结束以后再报告' });
  });
  test('列为重点提案记一次分，撤销就收回', () => { expect([supervisionFlow.moves.make_key.credits, supervisionFlow.moves.cancel_key.voids]).toEqual(['proposal.key', ['proposal.key']]); });
  test('能动的人都看得见；没有关系的专委会和单位看不见', () => {
    for (const state of states) expect(everyone.filter((actor) => actionsFor(supervisionFlow, supervision({ state }), actor).length > 0 && !maySee(scopeOf('supervision', actor), supervision({ state })))).toEqual([]);
    for (const post of ['committee_head', 'unit_clerk'] as const) expect([here, commenting, elsewhere].map((body) => maySee(scopeOf('supervision', person('another', `${post}@${body}`)), supervision({})))).toEqual([true, true, false]);
  });
  test('等着办的总在一个岗位或专委会手里，办完的不在谁手里', () => {
    expect(states.map((state) => { const duty = supervisionFlow.duty(supervision({ state })); return duty ? `${duty.holder.id} ${duty.action}` : ''; })).toEqual(['chair decide_key', `${here} plan_supervision`, `${here} supervise`, 'proposal_office end_supervision', '', '', '']);
  });
  test('从起点走得到每一个状态，走得出没有办完的每一个', () => {
    for (const flow of [supervisionFlow, demandFlow, ballotFlow] as const) {
      const moves = Object.values<{ readonly from: readonly string[]; readonly to: string }>(flow.moves);
      const reached = new Set<string>([flow.initial]);
      for (const _ of flow.states) for (const { from, to } of moves) if (to !== 'same' && from.some((state) => reached.has(state))) reached.add(to);
      expect([...reached].sort()).toEqual([...flow.states].sort());
      for (const state of flow.states) expect([state, moves.some(({ from, to }) => from.includes(state) && to !== 'same' && to !== state)]).toEqual([state, !flow.final.some((it) => it === state)]);
    }
    for (const line of [...diagramOf(supervisionFlow).split('\n'), ...diagramOf(demandFlow).split('\n'), ...diagramOf(ballotFlow).split('\n')].filter((it) => it.includes('-->') && !it.includes('[*]'))) expect(line).toMatch(/^ {2}[a-z_]+ --> [a-z_]+: [\u4e00-\u9fff]+$/);
  });
});

describe('督办要求', () => {
  const unit = (actor: Actor) => stranger(actor) && actor.posts.some(({ post, bodyId }) => bodyId === here && (post === 'unit_clerk' || post === 'unit_supervisor'));
  test('只有那个单位能答复，只有督办的专委会和提案委能办结或者请再答复', () => {
    for (const state of demandFlow.states) {
      expect(wrongOf(demandFlow, 'answer_demand', demand(state), state === 'asked' ? unit : nobody)).toEqual([]);
      for (const action of ['settle_demand', 'insist_demand'] as const) expect(wrongOf(demandFlow, action, demand(state), state === 'answered' ? conductor(elsewhere) : nobody)).toEqual([]);
    }
    expect(wrongOf(demandFlow, 'make_demand', demand('asked', false), conductor(elsewhere))).toEqual([]);
    expect(actionsFor(demandFlow, demand('asked'), systemActor(termId))).toEqual(['drop_demand']);
  });
  test('先在单位手里，答复以后在督办的专委会手里', () => { expect(demandFlow.states.map((state) => demandFlow.duty(demand(state))?.holder.id ?? '')).toEqual([here, elsewhere, '', '']); });
});

describe('督办评议', () => {
  test('只有受邀的委员本人能评，一次；过了时间、结束了都不能', () => {
    const own = ({ personId, posts }: Actor) => personId === 'author' && posts.some(({ post }) => post === 'member');
    expect(wrongOf(ballotFlow, 'score', ballot('asked'), own)).toEqual([]);
    for (const it of [ballot('given'), ballot('lapsed'), ballot('asked', true, true)]) expect(wrongOf(ballotFlow, 'score', it, nobody)).toEqual([]);
    expect(actionsFor(ballotFlow, ballot('asked'), systemActor(termId))).toEqual(['lapse_ballot']);
  });
  test('别人看不见任何人的一份，提案委和主席也不能', () => {
    for (const actor of everyone) expect(maySee(scopeOf('ballot', actor), ballot('given'))).toBe(actor.personId === 'author' || actor.posts.some(({ post }) => post === 'system'));
  });
  test('结果是平均分和人数，保留两位；没有人评的是空，不是零', () => {
    expect(appraise(['a', 'b', 'c'], [{ a: 10, b: 7 }, { a: 9, b: 8 }, { a: 9 }])).toEqual([{ code: 'a', mean: 9.33, n: 3 }, { code: 'b', mean: 7.5, n: 2 }, { code: 'c', mean: null, n: 0 }]);
  });
});
