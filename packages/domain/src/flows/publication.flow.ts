import type { Actor } from '../actor.ts';
import { publicationActionWords, publicationStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 公开 of a proposal and its replies (rules: duty-rules §1.11): every proposer's own word, then the office's. For the flow its authors are the proposers. */
export const publicationStates = ['asked', 'agreed', 'published', 'withdrawn', 'refused'] as const;
export type PublicationState = (typeof publicationStates)[number];
export const publicationActions = ['ask_publication', 'agree_publication', 'all_agreed', 'refuse_publication', 'publish', 'refresh_publication', 'withdraw_publication', 'take_back_consent'] as const;
export type PublicationAction = (typeof publicationActions)[number];

/** `waiting`: the proposers who have not said yes or no yet, the first one first. */
export interface PublicationFacts extends Document<PublicationState> { readonly begun: boolean; readonly waiting: readonly string[] }

const ownWork = (doc: PublicationFacts, actor: Actor) => (isOneOfTheirs(doc, actor.personId) ? '不能审核公开自己的提案，请由他人办理' : undefined);
const asked = (doc: PublicationFacts, actor: Actor) => (doc.waiting.includes(actor.personId) ? undefined : '您已经答复过了');
const office = ['proposal_office'] as const;
const authors = ['member', 'body_account'] as const;

export const publicationFlow: Flow<PublicationAction, PublicationState, PublicationFacts> = {
  name: '提案公开', initial: 'asked', states: publicationStates, final: [],
  stateWords: publicationStateWords, actionWords: publicationActionWords,
  moves: {
    ask_publication: { from: ['asked', 'refused'], to: 'asked', by: office, where: 'anywhere', tells: ['holder'], unless: (doc, actor) => (doc.state === 'asked' && doc.begun ? '已经征求过提案人，请等答复' : ownWork(doc, actor)) },
    // Several proposers each say it for themselves, one after the other.
    agree_publication: { from: ['asked'], to: 'same', by: authors, where: 'own', unless: asked, tells: ['holder'] },
    all_agreed: { from: ['asked'], to: 'agreed', by: ['system'], where: 'anywhere', unless: (doc) => (doc.waiting.length > 0 ? '还有提案人没有答复' : undefined), tells: ['holder'] },
    refuse_publication: { from: ['asked'], to: 'refused', by: authors, where: 'own', unless: asked },
    publish: { from: ['agreed', 'withdrawn'], to: 'published', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
    refresh_publication: { from: ['published'], to: 'same', by: office, where: 'anywhere', unless: ownWork },
    withdraw_publication: { from: ['published'], to: 'withdrawn', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
    // Whoever agreed may change their mind: it is out of sight at once.
    take_back_consent: { from: ['agreed', 'published', 'withdrawn'], to: 'refused', by: authors, where: 'own' },
  },
  duty(doc): Duty | undefined {
    const [first] = doc.waiting;
    if (doc.state === 'asked' && first !== undefined) return { holder: { kind: 'person', id: first }, action: 'consent_publication', deadline: 'deadline.publication.consent' };
    return doc.state === 'agreed' ? { holder: { kind: 'post', id: 'proposal_office' }, action: 'approve_publication', deadline: 'deadline.publication.approve' } : undefined;
  },
};
