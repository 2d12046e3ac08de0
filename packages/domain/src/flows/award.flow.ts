import type { Actor } from '../actor.ts';
import { awardActionWords, awardStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Flow } from '../workflow.ts';

/** 优秀提案: one candidate of one year (rules: duty-rules §1.11). For the flow its authors are the proposers. */
export const awardStates = ['nominated', 'awarded', 'passed_over', 'revoked'] as const;
export type AwardState = (typeof awardStates)[number];
export const awardActions = ['nominate_award', 'score_award', 'award', 'pass_over', 'revoke_award'] as const;
export type AwardAction = (typeof awardActions)[number];
/** `scoredBy`: who has scored it already. */
export interface AwardFacts extends Document<AwardState> { readonly begun: boolean; readonly scoredBy: readonly string[] }

const ownWork = (doc: AwardFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能推荐、评选自己的提案' : undefined);
const office = ['proposal_office'] as const;
/** Those of the committees who recommend and score, and 提案委. */
export const awardJudges = ['committee_head', 'committee_vice_head', 'proposal_office'] as const;

export const awardFlow: Flow<AwardAction, AwardState, AwardFacts> = {
  name: '优秀提案评选', initial: 'nominated', states: awardStates, final: ['passed_over', 'revoked'],
  stateWords: awardStateWords, actionWords: awardActionWords,
  moves: {
    nominate_award: { from: ['nominated'], to: 'same', by: awardJudges, where: 'anywhere', unless: (doc, actor) => (doc.begun ? '已经推荐过' : ownWork(doc, actor)) },
    score_award: { from: ['nominated'], to: 'same', by: awardJudges, where: 'anywhere', unless: (doc, actor) => ownWork(doc, actor) ?? (doc.scoredBy.includes(actor.personId) ? '您已经评过分了' : undefined) },
    award: { from: ['nominated'], to: 'awarded', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], credits: 'proposal.excellent' },
    pass_over: { from: ['nominated'], to: 'passed_over', by: office, where: 'anywhere', unless: ownWork },
    revoke_award: { from: ['awarded'], to: 'revoked', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], voids: ['proposal.excellent'] },
  },
  // A list of candidates is nobody's duty by a date: the office calls the round and ends it.
  duty: () => undefined,
};
/** How many may be chosen: a share of the filed proposals of the year, at least one. */
export const mostAwards = (filed: number, share: number): number => Math.max(1, Math.ceil(filed * share));
