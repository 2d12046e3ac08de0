import { triagePosts } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { deliveryActionWords, ledgerStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Flow } from '../workflow.ts';

/** To whom an issue is reported (报送), beside the issue itself. */
export const channels = ['national', 'provincial', 'city_party', 'city_gov', 'department'] as const;
export type Channel = (typeof channels)[number];
/** One channel's line after sending (rules: duty-rules §2.2); the report's own line ends at 已报送, these run side by side. */
export const ledgerStates = ['sent', 'declined', 'adopted', 'instructed', 'transferred', 'answered'] as const;
export type LedgerState = (typeof ledgerStates)[number];
export const deliveryActions = ['adopt', 'decline', 'instruct', 'transfer', 'answer', 'follow_up'] as const;
export type DeliveryAction = (typeof deliveryActions)[number];
/** 单篇、综合、转送. */
export const adoptModes = ['single', 'composite', 'forwarded'] as const;
export type AdoptMode = (typeof adoptModes)[number];

type DeliveryFacts = Document<LedgerState>;
const own = (doc: DeliveryFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能登记自己反映的结果，请由他人登记' : undefined);
const by = triagePosts.opinion;

export const deliveryFlow: Flow<DeliveryAction, LedgerState, DeliveryFacts> = {
  name: '报送', initial: 'sent', states: ledgerStates, final: [], stateWords: ledgerStateWords, actionWords: deliveryActionWords,
  moves: {
    adopt: { from: ['sent', 'declined'], to: 'adopted', by, where: 'anywhere', unless: own },
    decline: { from: ['sent'], to: 'declined', by, where: 'anywhere', unless: own },
    // A leader may write on it at any time, also again, and before anybody tells that it was adopted.
    instruct: { from: ['sent', 'adopted', 'instructed', 'transferred', 'answered'], to: 'instructed', by, where: 'anywhere', unless: own },
    transfer: { from: ['sent', 'adopted', 'instructed'], to: 'transferred', by, where: 'anywhere', unless: own },
    answer: { from: ['transferred'], to: 'answered', by, where: 'anywhere', unless: own },
    follow_up: { from: ['transferred', 'answered'], to: 'same', by, where: 'anywhere', unless: own },
  },
  duty: () => undefined,
};

/** The score items that one entry brings (rules: duty-rules §3.2). */
export const creditsOf = (action: DeliveryAction, channel: Channel, level: string | null): string[] =>
  (action === 'adopt' && (channel === 'national' || channel === 'provincial') ? [`opinion.adopted.${channel}`] : action === 'instruct' && (level === 'city' || level === 'provincial') ? [`opinion.instructed.${level}`] : []);
