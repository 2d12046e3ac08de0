import type { Actor } from '../actor.ts';
import { cosignActionWords, cosignStateWords } from '../words.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/**
 * 联名: one member's invitation to a proposal, by its first proposer (rules: duty-rules §1.1, §1.9). Its author is the invited member: nobody else
 * can sign. Who declined, did not answer or took the signature back stands in one and the same state, so that nothing and nobody can tell which.
 */
export const cosignStates = ['asked', 'signed', 'unsigned'] as const;
export type CosignState = (typeof cosignStates)[number];
export const cosignActions = ['ask_cosign', 'ask_again', 'ask_anew', 'sign_on_paper', 'cosign', 'decline_cosign', 'take_back_cosign', 'call_off', 'lapse_cosign'] as const;
export type CosignAction = (typeof cosignActions)[number];

/**
 * `begun`: it exists already. `firstId`: the first proposer. `textNo`: the version of the text that was asked about, `currentNo`: the one that is there now.
 * `handedIn`: the proposal lies with the house, so that nobody is asked and nobody joins; `anew`: it waits there for its signers to sign the text that accepted edits made;
 * `filed`: 立案, after which no signature is taken back.
 */
export interface CosignFacts extends Document<CosignState> { readonly begun: boolean; readonly firstId: string; readonly textNo: number; readonly currentNo: number; readonly handedIn: boolean; readonly anew: boolean; readonly filed: boolean }

const tooLate = (doc: CosignFacts) => (doc.handedIn ? '提案已经提交，不能再改联名' : undefined);
const firstOnly = (doc: CosignFacts, actor: Actor) => (doc.firstId === actor.personId ? tooLate(doc) : '联名由第一提案人邀请');
const other = (doc: CosignFacts) => (doc.authorId === doc.firstId ? '第一提案人不用再联名' : undefined);
/** Whoever is asked anew while the proposal is under review may answer there. */
const answerable = (doc: CosignFacts) => (doc.anew ? undefined : tooLate(doc));
const callsOff = (doc: CosignFacts, actor: Actor) => (doc.anew && doc.state === 'asked' && doc.firstId === actor.personId ? undefined : firstOnly(doc, actor));
const asksAnew = (doc: CosignFacts) => (doc.anew ? doc.textNo === doc.currentNo ? '已经联名，文字没有改，不用再请' : undefined : '提案没有因为修改建议改过文字，不用重新联名');
const thisText = (doc: CosignFacts) => answerable(doc) ?? (doc.textNo === doc.currentNo ? undefined : '文字又改过了，请看新的一稿再定');
const asksAgain = (doc: CosignFacts, actor: Actor) => firstOnly(doc, actor) ?? other(doc) ?? (doc.state !== 'unsigned' && doc.textNo === doc.currentNo ? doc.state === 'signed' ? '已经联名，文字没有改，不用再请' : '已经请过，等他答复' : undefined);
const members = ['member'] as const;

export const cosignFlow: Flow<CosignAction, CosignState, CosignFacts> = {
  name: '联名邀请', initial: 'asked', states: cosignStates, final: [],
  stateWords: cosignStateWords, actionWords: cosignActionWords,
  moves: {
    ask_cosign: { from: ['asked'], to: 'same', by: members, where: 'anywhere', unless: (doc, actor) => firstOnly(doc, actor) ?? other(doc) ?? (doc.begun ? '已经请过，等他答复' : undefined), tells: ['author'] },
    // A changed text, or the same one to somebody who has not signed it: the earlier signature does not count any more.
    ask_again: { from: cosignStates, to: 'asked', by: members, where: 'anywhere', unless: asksAgain, tells: ['author'] },
    // Edits by paragraph that the first proposer accepted made another text while the proposal is under review.
    ask_anew: { from: ['signed'], to: 'asked', by: ['system'], where: 'anywhere', unless: asksAnew, tells: ['author'] },
    // Their signature stands on the paper from which an office enters the proposal.
    sign_on_paper: { from: ['asked'], to: 'signed', by: ['system'], where: 'anywhere', unless: (doc) => other(doc) ?? (doc.begun ? '已经请过，等他答复' : undefined) },
    cosign: { from: ['asked'], to: 'signed', by: members, where: 'own', unless: thisText, tells: ['clerk'] },
    decline_cosign: { from: ['asked'], to: 'unsigned', by: members, where: 'own', unless: answerable },
    take_back_cosign: { from: ['signed'], to: 'unsigned', by: members, where: 'own', unless: (doc) => (doc.filed ? '提案已经审定，不能再撤回联名' : undefined), tells: ['clerk'] },
    call_off: { from: ['asked', 'signed'], to: 'unsigned', by: members, where: 'anywhere', unless: callsOff, tells: ['author'] },
    lapse_cosign: { from: ['asked', 'signed'], to: 'unsigned', by: ['system'], where: 'anywhere', unless: (doc) => (doc.state === 'signed' ? tooLate(doc) : undefined) },
  },
  duty: (doc): Duty | undefined => (doc.state === 'asked' ? { holder: { kind: 'person', id: doc.authorId }, action: 'cosign', deadline: doc.anew ? 'deadline.proposal.cosign_anew' : 'deadline.proposal.cosign' } : undefined),
};

/** Who has signed this very text, in the order of the list: the proposers beside the first. */
export const signersOf = (asked: readonly { readonly personId: string; readonly state: CosignState; readonly textNo: number; readonly orderNo: number }[], textNo: number): string[] =>
  asked.filter((it) => it.state === 'signed' && it.textNo === textNo).toSorted((a, b) => a.orderNo - b.orderNo).map(({ personId }) => personId);
