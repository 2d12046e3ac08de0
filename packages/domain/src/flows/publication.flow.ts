import { proposerPosts, selvesOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { publicationActionWords, publicationStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 公开 of a proposal and its replies (rules: duty-rules §1.11): every proposer's own word, then the office's. For the flow its authors are the proposers. */
export const publicationStates = ['asked', 'agreed', 'published', 'withdrawn', 'refused'] as const;
export type PublicationState = (typeof publicationStates)[number];
export const publicationActions = ['ask_publication', 'agree_publication', 'all_agreed', 'refuse_publication', 'publish', 'refresh_publication', 'withdraw_publication', 'take_back_consent'] as const;
export type PublicationAction = (typeof publicationActions)[number];

/**
 * `begun`: it exists already. `waiting`: the proposers who have not said yes or no yet, the first one first. `refused`: of one that is not begun, who said no
 * with the paper: they are not asked, but may change their mind.
 */
export interface PublicationFacts extends Document<PublicationState> { readonly begun: boolean; readonly waiting: readonly string[]; readonly refused: readonly string[] }

const ownWork = (doc: PublicationFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能审核公开自己的提案，请由他人办理' : undefined);
const asked = (doc: PublicationFacts, actor: Actor) => (!selvesOf(actor).some((id) => doc.waiting.includes(id)) ? '您已经答复过了' : doc.begun ? undefined : '还没有征求您的意见');
const othersRefused = ({ refused }: PublicationFacts, actor: Actor) => (refused.some((id) => !selvesOf(actor).includes(id)) ? '别的提案人不同意公开，公开不了' : undefined);
/** Whoever said no with the paper may say yes of their own accord. */
const mayAgree = (doc: PublicationFacts, actor: Actor) => (!doc.begun && selvesOf(actor).some((id) => doc.refused.includes(id)) ? othersRefused(doc, actor) : asked(doc, actor));
const askable = (doc: PublicationFacts) => {
  if (doc.state !== 'asked') return undefined;
  if (doc.begun) return '已经征求过提案人，请等答复';
  if (doc.refused.length > 0) return '提案人提交时不同意公开，不再征求；提案人改主意的，可以自己在手机上同意';
  return doc.waiting.length === 0 ? '提案人提交时已经同意公开，不用再征求，直接审核' : undefined;
};
const publishable = (doc: PublicationFacts) => (doc.state === 'asked' && (doc.begun || doc.waiting.length > 0) ? '还有提案人没有同意公开' : undefined);
const office = ['proposal_office'] as const;

export const publicationFlow: Flow<PublicationAction, PublicationState, PublicationFacts> = {
  name: '提案公开', initial: 'asked', states: publicationStates, final: [],
  stateWords: publicationStateWords, actionWords: publicationActionWords,
  moves: {
    ask_publication: { from: ['asked', 'refused'], to: 'asked', by: office, where: 'anywhere', tells: ['holder'], unless: (doc, actor) => askable(doc) ?? ownWork(doc, actor) },
    // Several proposers each say it for themselves, one after the other.
    agree_publication: { from: ['asked'], to: 'same', by: proposerPosts, where: 'own', unless: mayAgree, tells: ['holder'] },
    all_agreed: { from: ['asked'], to: 'agreed', by: ['system'], where: 'anywhere', unless: (doc) => (doc.waiting.length > 0 ? '还有提案人没有答复' : undefined), tells: ['holder'] },
    refuse_publication: { from: ['asked'], to: 'refused', by: proposerPosts, where: 'own', unless: asked },
    // Those who all agreed with the paper are not asked.
    publish: { from: ['asked', 'agreed', 'withdrawn'], to: 'published', by: office, where: 'anywhere', unless: (doc, actor) => publishable(doc) ?? ownWork(doc, actor), tells: ['author'] },
    refresh_publication: { from: ['published'], to: 'same', by: office, where: 'anywhere', unless: ownWork },
    withdraw_publication: { from: ['published'], to: 'withdrawn', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
    // Whoever agreed may change their mind: it is out of sight at once.
    take_back_consent: { from: ['asked', 'agreed', 'published', 'withdrawn'], to: 'refused', by: proposerPosts, where: 'own', unless: (doc, actor) => (doc.state === 'asked' && selvesOf(actor).some((id) => doc.waiting.includes(id)) ? '您还没有同意公开' : undefined) },
  },
  duty(doc): Duty | undefined {
    const [first] = doc.waiting;
    if (doc.state === 'asked' && first !== undefined) return { holder: { kind: 'person', id: first }, action: 'consent_publication', deadline: 'deadline.publication.consent' };
    return doc.state === 'agreed' ? { holder: { kind: 'post', id: 'proposal_office' }, action: 'approve_publication', deadline: 'deadline.publication.approve' } : undefined;
  },
};
