import { proposerPosts } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { ratingActionWords, ratingStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 评价: what one proposer says of the answer of one round (rules: duty-rules §1.7, §1.8). Its author is the proposer; nobody else can give it. */
export const ratingStates = ['asked', 'given', 'lapsed', 'superseded'] as const;
export type RatingState = (typeof ratingStates)[number];
export const ratingActions = ['ask_rating', 'rate', 'key_paper', 'lapse_rating', 'supersede'] as const;
export type RatingAction = (typeof ratingActions)[number];

export const satisfactions = ['satisfied', 'basically_satisfied', 'dissatisfied'] as const;
export type Satisfaction = (typeof satisfactions)[number];

/** `begun`: it exists already. `overdue`: the time to answer is over; `reminded`: and the proposer was reminded twice. */
export interface RatingFacts extends Document<RatingState> { readonly begun: boolean; readonly overdue: boolean; readonly reminded: boolean }

const ownRating = (doc: RatingFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '您自己的评价请自己填写' : undefined);
/** A paper is keyed by staff, never by a unit; who is silent is 未反馈 after the term and two reminders, never 满意. */
const office = ['proposal_office'] as const;

export const ratingFlow: Flow<RatingAction, RatingState, RatingFacts> = {
  name: '答复评价', initial: 'asked', states: ratingStates, final: ['given', 'lapsed', 'superseded'],
  stateWords: ratingStateWords, actionWords: ratingActionWords,
  moves: {
    ask_rating: { from: ['asked'], to: 'same', by: ['system'], where: 'anywhere', unless: (doc) => (doc.begun ? '已经请提案人评价' : undefined) },
    rate: { from: ['asked'], to: 'given', by: proposerPosts, where: 'own' },
    key_paper: { from: ['asked'], to: 'given', by: office, where: 'anywhere', unless: ownRating, tells: ['author'] },
    lapse_rating: { from: ['asked'], to: 'lapsed', by: office, where: 'anywhere', tells: ['author'],
      unless: (doc, actor) => ownRating(doc, actor) ?? (doc.overdue ? doc.reminded ? undefined : '还没有提醒过两次，不能按未反馈办结' : '评价期限还没有过，请再等一等') },
    // Another proposer was not satisfied: there will be another answer, and it is asked about anew.
    supersede: { from: ['asked'], to: 'superseded', by: ['system'], where: 'anywhere' },
  },
  duty: (doc): Duty | undefined => (doc.state === 'asked' ? { holder: { kind: 'person', id: doc.authorId }, action: 'rate', deadline: 'deadline.proposal.rate' } : undefined),
};
