import type { TopicCode } from './topics.ts';

/** Id of a committee (专委会), as the seeds and the database name it. */
export type CommitteeId = string;

/** What the router reads of an opinion or a proposal. */
export interface RoutingText {
  readonly title: string;
  readonly body: string;
  /** economy, politics, culture, society, ecology, party or other. */
  readonly category?: string;
  readonly sectorName?: string;
  readonly townName?: string;
}

/** Who owns what: data that the office edits. Nothing about committees is written in the router. */
export interface RoutingTable {
  /** Owner of each topic; null sends the topic to a person. */
  readonly topics: Readonly<Record<TopicCode, CommitteeId | null>>;
  readonly planTopics: readonly { readonly title: string; readonly committeeId: CommitteeId }[];
  /** Sector (界别) name → committee: a weak prior. */
  readonly sectors: Readonly<Record<string, CommitteeId>>;
  /** Town name → committee: a weak prior. */
  readonly towns?: Readonly<Record<string, CommitteeId>>;
  /** Category → committees that usually take it: a weak prior. */
  readonly categories: Readonly<Record<string, readonly CommitteeId[]>>;
  /** Confidence (0..1) from which a text is assigned without a person. Seed .75: about 95 of 100 right on hand-labelled messages. */
  readonly threshold: number;
}

/** One reason, ready to show: a word of the text, or the plan topic, sector, town or category that spoke. */
export interface Reason {
  /** `term`: a word of the lexicon; `learned`: of the shipped weights; `precedent`: what this office taught. */
  readonly kind: 'term' | 'learned' | 'plan' | 'sector' | 'town' | 'category' | 'precedent' | 'rule';
  readonly text: string;
  readonly weight: number;
}

/** A committee that fits; `share` is its part (0..1) of the whole, over all committees. */
export interface Candidate {
  readonly committeeId: CommitteeId;
  readonly share: number;
  /** Strongest first, at most five. */
  readonly reasons: readonly Reason[];
}

/** Why a text needs a person whatever its topic. */
export type PersonalKind = 'personal_case' | 'advertising' | 'greeting' | 'discipline' | 'too_short';

/** Where a text goes, and why. */
export interface RoutingDecision {
  readonly to: 'committee' | 'triage';
  /** Best first, at most three, each with a share of at least .02. Given for triage too. */
  readonly candidates: readonly Candidate[];
  /** Committees that fit beside the first (会办). */
  readonly co: readonly CommitteeId[];
  /** Share of the first candidate; 0 when there is none. */
  readonly confidence: number;
  readonly personal?: PersonalKind;
  /** Words of the text that send it to a person; empty unless a rule spoke. */
  readonly because: readonly Reason[];
  /** Lexicon terms found, at most forty. */
  readonly terms: readonly string[];
  readonly version: string;
}
