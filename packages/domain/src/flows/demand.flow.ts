import { committeePosts, unitPosts } from '../actor.ts';
import type { Actor, HeldPost } from '../actor.ts';
import { demandActionWords, demandStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 督办要求: one demand on one unit, and what it answers by a date (rules: duty-rules §1.10). For the flow its author is the proposer, its committee the unit, its leading body the committee that supervises. */
export const demandStates = ['asked', 'answered', 'settled', 'dropped'] as const;
export type DemandState = (typeof demandStates)[number];
export const demandActions = ['make_demand', 'answer_demand', 'settle_demand', 'insist_demand', 'drop_demand'] as const;
export type DemandAction = (typeof demandActions)[number];
export interface DemandFacts extends Document<DemandState> { readonly begun: boolean }

const ownWork = (doc: DemandFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能办理自己提案的督办，请由他人办理' : undefined);
const conducts = (doc: DemandFacts, { post, bodyId }: HeldPost) => post === 'proposal_office' || bodyId === doc.leadId && committeePosts.some((it) => it === post);
const byConductor = (doc: DemandFacts, actor: Actor) => (actor.posts.some((held) => conducts(doc, held)) ? ownWork(doc, actor) : '由牵头的专委会或者提案委督办');
const conductors = [...committeePosts, 'proposal_office'] as const;

export const demandFlow: Flow<DemandAction, DemandState, DemandFacts> = {
  name: '督办要求', initial: 'asked', states: demandStates, final: ['settled', 'dropped'],
  stateWords: demandStateWords, actionWords: demandActionWords,
  moves: {
    make_demand: { from: ['asked'], to: 'same', by: conductors, where: 'anywhere', acting: conducts, unless: (doc, actor) => (doc.begun ? '已经提出' : byConductor(doc, actor)), tells: ['holder'] },
    answer_demand: { from: ['asked'], to: 'answered', by: unitPosts, where: 'holder', unless: ownWork, tells: ['holder'] },
    settle_demand: { from: ['answered'], to: 'settled', by: conductors, where: 'anywhere', unless: byConductor, acting: conducts, tells: ['body'] },
    insist_demand: { from: ['answered'], to: 'asked', by: conductors, where: 'anywhere', unless: byConductor, acting: conducts, tells: ['holder'] },
    // The key proposal is none any more.
    drop_demand: { from: ['asked', 'answered'], to: 'dropped', by: ['system'], where: 'anywhere', tells: ['body'] },
  },
  duty: (doc): Duty | undefined => (doc.state === 'asked' ? { holder: { kind: 'body', id: doc.committeeId ?? '' }, action: 'answer_demand', deadline: 'document' }
    : doc.state === 'answered' ? { holder: { kind: 'body', id: doc.leadId ?? '' }, action: 'weigh_answer', deadline: 'deadline.supervision.weigh' } : undefined),
};
