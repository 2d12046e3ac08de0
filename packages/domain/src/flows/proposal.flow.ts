import { committeeHeads, committeePosts, dispatchPosts, entryPosts, proposerPosts, selvesOf, triagePosts } from '../actor.ts';
import type { Actor, HeldPost } from '../actor.ts';
import type { Choice } from '../choices.ts';
import { proposalActionWords, proposalStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';
import { dispatchOf } from './handling.flow.ts';
import type { Side } from './handling.flow.ts';

/** 提案, to its handing over (rules: duty-rules §1.3, §1.5, §1.9, posts, additions). What each unit does with it is a document of its own (handling.flow.ts). */
export const proposalStates = ['draft', 'submitted', 'under_review', 'returned', 'amending', 'signing_anew', 'consent_asked', 'filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting', 'closed', 'merged', 'to_opinion', 'to_suggestion', 'rejected', 'dropped'] as const;
export type ProposalState = (typeof proposalStates)[number];
export const proposalActions = [
  'submit', 'enter', 'route', 'withdraw', 'assign', 'recall', 'reroute', 'start_review', 'prepare', 'comment', 'review', 'return',
  'file', 'merge', 'reject', 'suggest', 'ask_consent', 'convert', 'consent', 'decline', 'decide_anew', 'propose_edits', 'answer_edits', 'recall_edits', 'lapse_edits', 'ask_signers', 'settle_signers', 'refile', 'unfile', 'split', 'drop', 'ask_drop', 'allow_drop', 'refuse_drop',
  'plan', 'return_plan', 'hand_over', 'change_units', 'all_replied', 'rehandle', 'call_meeting', 'close', 'hold_meeting', 'change_signers',
] as const;
export type ProposalAction = (typeof proposalActions)[number];

/** Who decides on filing: 提案委, or the review board where the session says so (rules: duty-rules §1.3). */
export const deciders = ['proposal_office', 'review_board'] as const;
export type Decider = (typeof deciders)[number];

/**
 * `onPaper`: just being entered from a signed paper; nothing of it is kept yet.
 * `reviewed`: the committee has given its opinion and suggested an outcome; whoever decides has the word now.
 * `dropAsked`: the proposer of a filed one has asked to drop it (撤案).
 * `conversion`: what the proposer said to 转社情民意 with the paper; not said, they are asked when it comes to that.
 * `side`: whose office hands it over, since its units are planned; `handlerIds`: the bodies that it lies with.
 */
export interface ProposalFacts extends Document<ProposalState> { readonly reviewed: boolean; readonly decider: Decider; readonly dropAsked: boolean; readonly side: Side | null; readonly handlerIds?: readonly string[] | null; readonly onPaper?: boolean; readonly conversion?: Choice | null }

/** Several may propose together; the first of them acts for all. */
const first = (doc: ProposalFacts, actor: Actor) => (selvesOf(actor).includes(doc.authorId) ? undefined : '联名提案由第一提案人办理');
const ownWork = (doc: ProposalFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能处理自己提交的提案，请由他人办理' : undefined);
const onPaper = (doc: ProposalFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能给自己代录，请在小程序里写' : doc.onPaper ? undefined : '只有带纸质件的代录可以直接提交');
const atCommittee = (doc: ProposalFacts) => (doc.committeeId === null ? '还没有分到专委会，请先分送' : undefined);
const atTriage = (doc: ProposalFacts) => (doc.committeeId === null ? undefined : '已经分到专委会，如需改送请用“收回”或“改送”');
const open = (doc: ProposalFacts) => (doc.reviewed ? `专委会已经提出初审意见，正由${doc.decider === 'review_board' ? '提案审查委员会' : '提案委'}审定` : undefined);
const reviewable = (doc: ProposalFacts, actor: Actor) => atCommittee(doc) ?? open(doc) ?? ownWork(doc, actor);
/** The heads of the committee that has it; the office while none has. */
const hasIt = ({ committeeId }: ProposalFacts, { post, bodyId }: HeldPost) =>
  (committeeId === null ? triagePosts.proposal.some((it) => it === post) : bodyId === committeeId && committeeHeads.some((it) => it === post));
const decides = (doc: ProposalFacts, { post }: HeldPost) => post === doc.decider;
const whoReturns = (doc: ProposalFacts, held: HeldPost) => (doc.reviewed ? decides(doc, held) : hasIt(doc, held));
const byWhoHasIt = (doc: ProposalFacts, actor: Actor) => {
  const office = doc.committeeId === null;
  return actor.posts.some((held) => whoReturns(doc, held)) ? ownWork(doc, actor) : open(doc) ?? (office ? '还在分办台，由提案委办公室处理' : '已经分到专委会，由专委会初审');
};
/** Filing is decided after the committee's first review, by whom the session names. */
const decidable = (doc: ProposalFacts, actor: Actor) => (doc.reviewed ? undefined : '专委会还没有提出初审意见，提出后再审定')
  ?? (actor.posts.some((held) => decides(doc, held)) ? undefined : doc.decider === 'review_board' ? '这次会议的提案由提案审查委员会审定' : '由提案委审定')
  ?? ownWork(doc, actor);
/** Who has answered with the paper is not asked a second time. */
const saidBefore = ({ conversion }: ProposalFacts) => (conversion === 'agree' ? '提案人提交时已经同意转社情民意，不用再征求，直接转' : conversion === 'refuse' ? '提案人提交时不同意转社情民意，请另作审定' : undefined);
/** 修改建议: the committee before its opinion, afterwards whoever decides (rules: posts, paragraph consent). */
const amends = (doc: ProposalFacts, held: HeldPost) => (doc.reviewed ? decides(doc, held) : held.bodyId === doc.committeeId && committeePosts.some((it) => it === held.post));
const amendable = (doc: ProposalFacts, actor: Actor) => atCommittee(doc) ?? (actor.posts.some((held) => amends(doc, held)) ? ownWork(doc, actor) : open(doc) ?? '由专委会或审定的人提修改建议');
const office = ['proposal_office'] as const;
const waiting = ['submitted', 'under_review'] as const;
/** Decided again: the number of a filed one stays its own. */
const mergeable = (doc: ProposalFacts, actor: Actor) => (doc.state === 'filed' ? (actor.posts.some(({ post }) => post === 'proposal_office') ? ownWork(doc, actor) : '已经立案，由提案委并案') : decidable(doc, actor));
/** Before the first review it is taken back to the drawer instead, where it can be mended. */
const begun = (doc: ProposalFacts) => (doc.state === 'submitted' && !doc.reviewed ? '还没有开始初审，请用“撤回”，撤回后可以修改' : undefined);
const askedToDrop = (doc: ProposalFacts, actor: Actor) => (doc.dropAsked ? ownWork(doc, actor) : '提案人没有申请撤案');
/** The office of the leading unit's side hands over what 提案委 has planned. */
const handsOver = (doc: ProposalFacts, { post }: HeldPost) => doc.side !== null && post === dispatchOf(doc.side);
const notDropping = (doc: ProposalFacts, actor: Actor) => ownWork(doc, actor) ?? (doc.dropAsked ? '提案人申请了撤案，请提案委先答复' : undefined);
const byItsOffice = (doc: ProposalFacts, actor: Actor) => (actor.posts.some((held) => handsOver(doc, held)) ? undefined : `由${doc.side === 'party' ? '市委办' : '市政府办'}交办`);
/** As long as it is not decided who its proposers are. */
export const beforeFiling: readonly ProposalState[] = ['draft', 'submitted', 'under_review', 'returned', 'amending', 'signing_anew', 'consent_asked'];
const afterFiling = ['filed', 'planned', 'handling'] as const;

export const proposalFlow: Flow<ProposalAction, ProposalState, ProposalFacts> = {
  name: '提案', initial: 'draft', states: proposalStates, final: ['closed', 'to_opinion', 'dropped'],
  stateWords: proposalStateWords, actionWords: proposalActionWords,
  moves: {
    submit: { from: ['draft', 'returned'], to: 'submitted', by: proposerPosts, where: 'own', unless: first, tells: ['holder', 'author'], credits: 'proposal.submitted' },
    enter: { from: ['draft'], to: 'submitted', by: entryPosts, where: 'anywhere', unless: onPaper, tells: ['author', 'holder'], credits: 'proposal.submitted' },
    route: { from: ['submitted'], to: 'same', by: ['system'], where: 'anywhere', unless: atTriage, tells: ['holder'] },
    withdraw: { from: ['submitted'], to: 'draft', by: proposerPosts, where: 'own', unless: first, voids: ['proposal.submitted'] },
    assign: { from: ['submitted'], to: 'same', by: triagePosts.proposal, where: 'anywhere', unless: (doc, actor) => atTriage(doc) ?? ownWork(doc, actor), tells: ['holder', 'author'], undo: true },
    recall: { from: waiting, to: 'submitted', by: triagePosts.proposal, where: 'anywhere', unless: (doc, actor) => atCommittee(doc) ?? open(doc) ?? ownWork(doc, actor), tells: ['author'], undo: true },
    reroute: { from: waiting, to: 'submitted', by: committeePosts, where: 'holder', unless: reviewable, tells: ['holder', 'author'], undo: true },
    start_review: { from: ['submitted'], to: 'under_review', by: committeePosts, where: 'holder', unless: reviewable, undo: true },
    prepare: { from: waiting, to: 'under_review', by: ['committee_staff'], where: 'holder', unless: reviewable, undo: true },
    comment: { from: waiting, to: 'same', by: committeePosts, where: 'co', unless: (doc, actor) => open(doc) ?? ownWork(doc, actor), undo: true },
    review: { from: waiting, to: 'under_review', by: committeeHeads, where: 'holder', unless: reviewable, tells: ['author', 'holder'], undo: true },
    return: { from: waiting, to: 'returned', by: [...committeeHeads, ...triagePosts.proposal, 'review_board'], where: 'anywhere', unless: byWhoHasIt, acting: whoReturns, tells: ['author'], undo: true },
    file: { from: waiting, to: 'filed', by: deciders, where: 'anywhere', unless: decidable, acting: decides, tells: ['author'], credits: 'proposal.filed' },
    merge: { from: [...waiting, 'filed'], to: 'merged', by: deciders, where: 'anywhere', unless: mergeable, acting: decides, tells: ['author'], credits: 'proposal.filed', undo: true },
    reject: { from: waiting, to: 'rejected', by: deciders, where: 'anywhere', unless: decidable, acting: decides, tells: ['author'], undo: true },
    suggest: { from: waiting, to: 'to_suggestion', by: deciders, where: 'anywhere', unless: decidable, acting: decides, tells: ['author'], undo: true },
    ask_consent: { from: waiting, to: 'consent_asked', by: deciders, where: 'anywhere', unless: (doc, actor) => decidable(doc, actor) ?? saidBefore(doc), acting: decides, tells: ['author'], undo: true },
    // The report that comes of it is made at once, so there is no way back.
    convert: { from: waiting, to: 'to_opinion', by: deciders, where: 'anywhere', unless: (doc, actor) => decidable(doc, actor) ?? (doc.conversion === 'agree' ? undefined : '提案人没有事先同意转社情民意，请先征求'), acting: decides, tells: ['author'] },
    consent: { from: ['consent_asked'], to: 'to_opinion', by: proposerPosts, where: 'own', unless: first },
    propose_edits: { from: waiting, to: 'amending', by: [...committeePosts, ...deciders], where: 'anywhere', unless: amendable, acting: amends, tells: ['author'] },
    answer_edits: { from: ['amending'], to: 'under_review', by: proposerPosts, where: 'own', unless: first, tells: ['holder'] },
    recall_edits: { from: ['amending'], to: 'under_review', by: [...committeePosts, ...deciders], where: 'anywhere', unless: amendable, acting: amends, tells: ['author'] },
    lapse_edits: { from: ['amending'], to: 'under_review', by: ['system'], where: 'anywhere', tells: ['author', 'holder'] },
    // What the first proposer accepted is another text: who signed the one before is asked anew (cosign.flow.ts), and nothing is decided meanwhile.
    ask_signers: { from: ['under_review'], to: 'signing_anew', by: ['system'], where: 'anywhere', unless: (doc) => ((doc.coAuthorIds ?? []).length > 0 ? undefined : '没有联名的委员，不用重新联名') },
    settle_signers: { from: ['signing_anew'], to: 'under_review', by: ['system'], where: 'anywhere', tells: ['author', 'holder'] },
    decline: { from: ['consent_asked'], to: 'under_review', by: proposerPosts, where: 'own', unless: first, tells: ['holder'] },
    decide_anew: { from: ['consent_asked'], to: 'under_review', by: deciders, where: 'anywhere', unless: decidable, acting: decides, tells: ['author'], undo: true },
    refile: { from: ['rejected', 'to_suggestion'], to: 'filed', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], credits: 'proposal.filed' },
    unfile: { from: ['filed'], to: 'under_review', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], voids: ['proposal.filed'] },
    split: { from: ['merged'], to: 'under_review', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], voids: ['proposal.filed'] },
    drop: { from: ['submitted', 'under_review', 'returned', 'amending', 'signing_anew', 'consent_asked'], to: 'dropped', by: proposerPosts, where: 'own', unless: (doc, actor) => first(doc, actor) ?? begun(doc), voids: ['proposal.submitted'] },
    ask_drop: { from: afterFiling, to: 'same', by: proposerPosts, where: 'own', unless: (doc, actor) => first(doc, actor) ?? (doc.dropAsked ? '已经申请过撤案，请等提案委答复' : undefined), tells: ['holder'] },
    allow_drop: { from: afterFiling, to: 'dropped', by: office, where: 'anywhere', unless: askedToDrop, tells: ['author'], voids: ['proposal.filed', 'proposal.submitted'] },
    refuse_drop: { from: afterFiling, to: 'same', by: office, where: 'anywhere', unless: askedToDrop, tells: ['author'] },
    plan: { from: ['filed', 'planned'], to: 'planned', by: office, where: 'anywhere', unless: notDropping, tells: ['holder'], undo: true },
    return_plan: { from: ['planned'], to: 'filed', by: [...dispatchPosts, 'proposal_office'], where: 'anywhere', tells: ['holder'], undo: true,
      unless: (doc, actor) => ownWork(doc, actor) ?? (actor.posts.some(({ post }) => post === 'proposal_office') ? undefined : byItsOffice(doc, actor)), acting: handsOver },
    hand_over: { from: ['planned'], to: 'handling', by: dispatchPosts, where: 'anywhere', unless: (doc, actor) => notDropping(doc, actor) ?? byItsOffice(doc, actor), acting: handsOver, tells: ['author'] },
    // A co-signer took the signature back, or the text was changed and all are asked anew (cosign.flow.ts).
    change_signers: { from: beforeFiling, to: 'same', by: ['system'], where: 'anywhere' },
    // A unit was replaced: decided on that unit's own document.
    change_units: { from: ['handling', 'rehandling'], to: 'same', by: ['system'], where: 'anywhere' },
    // What follows from the units' replies and the proposers' ratings: worst answer counts (rules: duty-rules §1.9).
    all_replied: { from: ['handling', 'rehandling'], to: 'replied', by: ['system'], where: 'anywhere' },
    rehandle: { from: ['replied'], to: 'rehandling', by: ['system'], where: 'anywhere', tells: ['author'] },
    call_meeting: { from: ['replied'], to: 'meeting', by: ['system'], where: 'anywhere', tells: ['holder', 'author'] },
    close: { from: ['replied'], to: 'closed', by: ['system'], where: 'anywhere' },
    hold_meeting: { from: ['meeting'], to: 'closed', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
  },
  duty(doc): Duty | undefined {
    switch (doc.state) {
      case 'submitted': case 'under_review':
        if (doc.committeeId === null) return { holder: { kind: 'post', id: 'proposal_office' }, action: 'triage', deadline: 'deadline.triage' };
        return doc.reviewed
          ? { holder: { kind: 'post', id: doc.decider }, action: 'decide', deadline: 'deadline.proposal.decide' }
          : { holder: { kind: 'body', id: doc.committeeId }, action: 'review', deadline: 'deadline.proposal.review' };
      case 'returned': return { holder: { kind: 'person', id: doc.authorId }, action: 'revise', deadline: 'deadline.proposal.revise' };
      case 'amending': return { holder: { kind: 'person', id: doc.authorId }, action: 'answer_edits', deadline: 'deadline.proposal.edits' };
      case 'consent_asked': return { holder: { kind: 'person', id: doc.authorId }, action: 'consent', deadline: 'deadline.proposal.consent' };
      case 'filed': case 'planned': case 'handling':
        if (doc.dropAsked) return { holder: { kind: 'post', id: 'proposal_office' }, action: 'decide', deadline: 'deadline.proposal.decide' };
        if (doc.state === 'handling') return undefined;
        return doc.state === 'planned' && doc.side !== null ? { holder: { kind: 'post', id: dispatchOf(doc.side) }, action: 'hand_over', deadline: 'deadline.proposal.hand' }
          : { holder: { kind: 'post', id: 'proposal_office' }, action: 'plan_units', deadline: 'deadline.proposal.plan' };
      case 'meeting': return { holder: { kind: 'post', id: 'proposal_office' }, action: 'hold_meeting', deadline: 'deadline.proposal.meeting' };
      case 'draft': case 'signing_anew': case 'replied': case 'rehandling': case 'closed': case 'merged': case 'to_opinion': case 'to_suggestion': case 'rejected': case 'dropped': return undefined;
    }
  },
};
