import { entryPosts } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { entryActionWords, entryStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/**
 * 代录: what an office writes down for somebody else (rules: posts, "on behalf"). It is no submission yet: that comes to be when the author confirms
 * it, or at once where a signed paper is there. Its author is whose text it is; its `committeeId` the body whose staff entered it.
 */
export const entryStates = ['entering', 'awaiting_confirmation', 'correction_asked', 'submitted', 'refused', 'cancelled'] as const;
export type EntryState = (typeof entryStates)[number];
export const entryActions = ['enter', 'enter_paper', 'confirm_entry', 'ask_correction', 'refuse_entry', 'correct_entry', 'cancel_entry'] as const;
export type EntryAction = (typeof entryActions)[number];
export const entryMeans = ['confirm', 'paper'] as const;
/** How it becomes the author's word: confirmed by them in the mini-program, or by a paper that they signed. */
export type EntryMeans = (typeof entryMeans)[number];

/** `clerkId`: who entered it. */
export interface EntryFacts extends Document<EntryState> { readonly clerkId: string; readonly means: EntryMeans }

const writers = ['member', 'body_account', 'informant', 'township_liaison', 'committee_staff'] as const;
const ownText = (doc: EntryFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能给自己代录，请在小程序里写' : undefined);
const byMeans = (means: EntryMeans, words: string) => (doc: EntryFacts, actor: Actor) => ownText(doc, actor) ?? (doc.means === means ? undefined : words);
const open = ['awaiting_confirmation', 'correction_asked'] as const;

export const entryFlow: Flow<EntryAction, EntryState, EntryFacts> = {
  name: '代录', initial: 'entering', states: entryStates, final: ['submitted', 'refused', 'cancelled'],
  stateWords: entryStateWords, actionWords: entryActionWords,
  moves: {
    enter: { from: ['entering'], to: 'awaiting_confirmation', by: entryPosts, where: 'holder', unless: byMeans('confirm', '有纸质件的直接提交'), tells: ['author'] },
    // The author is told by the submission that comes to be with it.
    enter_paper: { from: ['entering'], to: 'submitted', by: entryPosts, where: 'holder', unless: byMeans('paper', '没有纸质件的要请本人确认') },
    confirm_entry: { from: ['awaiting_confirmation'], to: 'submitted', by: writers, where: 'own', tells: ['clerk'] },
    ask_correction: { from: ['awaiting_confirmation'], to: 'correction_asked', by: writers, where: 'own', tells: ['holder'] },
    refuse_entry: { from: open, to: 'refused', by: writers, where: 'own', tells: ['clerk'] },
    correct_entry: { from: open, to: 'awaiting_confirmation', by: entryPosts, where: 'holder', unless: ownText, tells: ['author'] },
    cancel_entry: { from: open, to: 'cancelled', by: entryPosts, where: 'holder', unless: ownText, tells: ['author'] },
  },
  duty(doc): Duty | undefined {
    switch (doc.state) {
      case 'awaiting_confirmation': return { holder: { kind: 'person', id: doc.authorId }, action: 'confirm_entry', deadline: 'deadline.entry.confirm' };
      case 'correction_asked': return doc.committeeId === null ? undefined : { holder: { kind: 'body', id: doc.committeeId }, action: 'correct_entry', deadline: 'deadline.entry.correct' };
      case 'entering': case 'submitted': case 'refused': case 'cancelled': return undefined;
    }
  },
};
