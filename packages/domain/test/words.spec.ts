/** Every code that a person may meet has its Chinese, and no more than that. */
import { describe, expect, test } from '@jest/globals';
import { postCodes, triagePosts } from '../src/actor.ts';
import { adoptModes, channels, deliveryActions, ledgerStates } from '../src/flows/delivery.flow.ts';
import { handlingActions, handlingFlow, handlingStates, unitRoles } from '../src/flows/handling.flow.ts';
import { opinionActions, opinionFlow, opinionStates } from '../src/flows/opinion.flow.ts';
import { deciders, proposalActions, proposalFlow, proposalStates } from '../src/flows/proposal.flow.ts';
import { ratingActions, ratingStates, satisfactions } from '../src/flows/rating.flow.ts';
import { awardActions, awardStates } from '../src/flows/award.flow.ts';
import { publicationActions, publicationStates } from '../src/flows/publication.flow.ts';
import { ballotActions, ballotStates } from '../src/flows/ballot.flow.ts';
import { demandActions, demandStates } from '../src/flows/demand.flow.ts';
import { supervisionActions, supervisionFlow, supervisionStates } from '../src/flows/supervision.flow.ts';
import { visitActions, visitFlow, visitStates } from '../src/flows/visit.flow.ts';
import {
  awardActionWords, awardStateWords, ballotActionWords, ballotStateWords, publicationActionWords, publicationStateWords, demandActionWords, demandStateWords, supervisionActionWords, supervisionStateWords,
  adoptModeWords, reportedToWords, confidenceWords, deliveryActionWords, ledgerStateWords, documentKinds, handlingActionWords, handlingStateWords, holderWords, ratingActionWords, ratingStateWords, satisfactionWords, unitRoleWords, kindWords, opinionActionWords, opinionStateWords, personalWords, postWords, preparedOutcomes, preparedOutcomeWords,
  proposalActionWords, proposalStateWords, submissionKinds, taskWords, undoWord, urgencies, urgencyWords, visitActionWords, visitStateWords, weekdayWords,
} from '../src/words.ts';
import { taskActions } from '../src/workflow.ts';

const glossaries: [string, readonly string[], Record<string, string>][] = [
  ['社情民意的状态', opinionStates, opinionStateWords], ['社情民意的动作', opinionActions, opinionActionWords], ['提案的状态', proposalStates, proposalStateWords], ['提案的动作', proposalActions, proposalActionWords],
  ['办理的状态', handlingStates, handlingStateWords], ['办理的动作', handlingActions, handlingActionWords], ['承办的角色', unitRoles, unitRoleWords], ['评价的状态', ratingStates, ratingStateWords], ['评价的动作', ratingActions, ratingActionWords], ['满意度', satisfactions, satisfactionWords], ['走访的状态', visitStates, visitStateWords], ['走访的动作', visitActions, visitActionWords], ['待办', taskActions, taskWords], ['报送的渠道', channels, reportedToWords], ['报送的状态', ledgerStates, ledgerStateWords], ['报送的动作', deliveryActions, deliveryActionWords], ['采用方式', adoptModes, adoptModeWords], ['岗位', postCodes, postWords], ['件的种类', documentKinds, kindWords],
  ['公开的状态', publicationStates, publicationStateWords], ['公开的动作', publicationActions, publicationActionWords], ['优秀提案的状态', awardStates, awardStateWords], ['优秀提案的动作', awardActions, awardActionWords],
  ['督办的状态', supervisionStates, supervisionStateWords], ['督办的动作', supervisionActions, supervisionActionWords], ['督办要求的状态', demandStates, demandStateWords], ['督办要求的动作', demandActions, demandActionWords], ['评议的状态', ballotStates, ballotStateWords], ['评议的动作', ballotActions, ballotActionWords],
  ['紧急程度', urgencies, urgencyWords], ['拟办意见', preparedOutcomes, preparedOutcomeWords], ['需要人看的原因', ['personal_case', 'advertising', 'greeting', 'discipline', 'too_short'], personalWords],
];

describe('词表', () => {
  test.each(glossaries)('%s：每个代码有一个中文说法，没有多余的，也不重样', (_name, codes, words) => {
    expect(Object.keys(words).sort()).toEqual([...codes].sort());
    expect(new Set(Object.values(words)).size).toBe(codes.length);
    for (const it of Object.values(words)) expect(it).toMatch(/^[\u4e00-\u9fff，]{1,12}$/);
    for (const code of codes) expect(code).toMatch(/^[a-z_]+$/);
  });

  test('流程用的就是词表里的说法', () => {
    expect([opinionFlow.stateWords, opinionFlow.actionWords, proposalFlow.stateWords, proposalFlow.actionWords, visitFlow.stateWords, visitFlow.actionWords, handlingFlow.stateWords, handlingFlow.actionWords])
      .toEqual([opinionStateWords, opinionActionWords, proposalStateWords, proposalActionWords, visitStateWords, visitActionWords, handlingStateWords, handlingActionWords]);
    expect([opinionFlow.name, proposalFlow.name, visitFlow.name, handlingFlow.name]).toEqual([kindWords.opinion, kindWords.proposal, kindWords.visit, kindWords.handling]);
    expect(undoWord).toBe('撤销');
    expect(submissionKinds).toEqual(['opinion', 'proposal']);
  });

  test('业内的说法一字不差', () => {
    expect(opinionStates.map((it) => opinionStateWords[it])).toEqual(['草稿', '待初审', '初审中', '退回补充', '编辑中', '征求意见', '待签发', '已编发', '已报送', '已收回编发', '已合并', '不予采用', '留存备查']);
    expect(proposalStates.map((it) => proposalStateWords[it])).toEqual(['草稿', '待审查', '审查中', '退回修改', '征求修改意见', '等重新联名', '征求转办意见', '已立案', '待交办', '办理中', '待评价', '重新办理', '待组织面商', '已办结', '已并案', '已转社情民意', '已转意见建议', '不予立案', '已撤案']);
    expect([kindWords.opinion, kindWords.proposal, urgencyWords.critical, postWords.proposal_office, postWords.committee_head]).toEqual(['社情民意', '提案', '特急', '提案委办公室', '专委会主任']);
  });

  test('件在一个岗位手里时，提交人看到的是这个岗位的叫法', () => {
    const facts = { authorId: 'author', coCommitteeIds: [] };
    const duties = [
      ...opinionStates.flatMap((state) => [true, false].map((reviewed) => opinionFlow.duty({ ...facts, state, committeeId: null, urgent: false, editorId: null, consent: 'off', reviewed }))),
      ...proposalStates.flatMap((state) => [true, false].flatMap((reviewed) => deciders.map((decider) => proposalFlow.duty({ ...facts, state, committeeId: reviewed ? 'c-shefa' : null, reviewed, decider, dropAsked: false, side: reviewed ? 'party' : 'government' })))),
      ...supervisionStates.map((state) => supervisionFlow.duty({ ...facts, state, committeeId: null, begun: true, decider: 'chair', appraising: false, appraisal: 'none', openDemands: 0 })),
      ...visitStates.map((state) => visitFlow.duty({ ...facts, state, committeeId: null, leaderIds: [], begun: false, told: true })),
    ];
    const posts = new Set(duties.flatMap((duty) => (duty?.holder.kind === 'post' ? [duty.holder.id] : [])));
    expect([...posts].sort()).toEqual(Object.keys(holderWords).sort());
    expect(triagePosts.opinion).toContain('information_editor');
  });

  test.each([[0.749, 0.75, '请人定'], [0, 0.75, '请人定'], [0.75, 0.75, '有把握'], [0.874, 0.75, '有把握'], [0.875, 0.75, '把握较大'], [1, 0.75, '把握较大'], [0.5, 0.4, '有把握'], [0.7, 0.4, '把握较大'], [1, 1, '把握较大']])('把握 %f、门槛 %f：%s', (confidence, threshold, words) => {
    expect(confidenceWords(confidence, threshold)).toBe(words);
  });

  test('一周七天', () => { expect([0, 1, 2, 3, 4, 5, 6, 7].map(weekdayWords)).toEqual(['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '']); });
});
