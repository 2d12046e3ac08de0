import { ballotActionWords, ballotStateWords } from '../words.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 评议: what one invited member scores (rules: duty-rules §1.10). Its author is that member; nobody else can give it, and nobody sees one by itself. */
export const ballotStates = ['asked', 'given', 'lapsed'] as const;
export type BallotState = (typeof ballotStates)[number];
export const ballotActions = ['invite_ballot', 'score', 'lapse_ballot'] as const;
export type BallotAction = (typeof ballotActions)[number];
export interface BallotFacts extends Document<BallotState> { readonly begun: boolean; readonly overdue: boolean }

export const ballotFlow: Flow<BallotAction, BallotState, BallotFacts> = {
  name: '督办评议', initial: 'asked', states: ballotStates, final: ['given', 'lapsed'],
  stateWords: ballotStateWords, actionWords: ballotActionWords,
  moves: {
    invite_ballot: { from: ['asked'], to: 'same', by: ['system'], where: 'anywhere', unless: (doc) => (doc.begun ? '已经邀请' : undefined), tells: ['author'] },
    score: { from: ['asked'], to: 'given', by: ['member'], where: 'own', unless: (doc) => (doc.overdue ? '评议时间已过，不能再评了' : undefined) },
    lapse_ballot: { from: ['asked'], to: 'lapsed', by: ['system'], where: 'anywhere' },
  },
  duty: (doc): Duty | undefined => (doc.state === 'asked' ? { holder: { kind: 'person', id: doc.authorId }, action: 'score', deadline: 'document' } : undefined),
};

/** 评议结果 of one item: the mean of those who scored it, to two places, and how many they were. */
export interface Appraised { readonly code: string; readonly mean: number | null; readonly n: number }
/** Means over the ballots that were given; an item that somebody did not score counts nobody for them. */
export function appraise(codes: readonly string[], ballots: readonly Readonly<Record<string, number>>[]): Appraised[] {
  return codes.map((code) => {
    const given = ballots.flatMap((it) => { const score = it[code]; return score === undefined ? [] : [score]; });
    return { code, mean: given.length === 0 ? null : Math.round(given.reduce((sum, it) => sum + it, 0) / given.length * 100) / 100, n: given.length };
  });
}
