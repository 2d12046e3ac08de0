/** Topics a text can be about. Which committee owns a topic is data (RoutingTable.topics), not code. */
export const topicCodes = [
  'urban_construction', 'land', 'environment',
  'transport', 'commerce_tourism', 'tourism_culture', 'economy', 'technology',
  'education_culture_sports', 'rural',
  'labour', 'health', 'justice', 'civil_affairs',
  'member_work', 'proposal_work', 'international',
  'party_affairs', 'party_discipline',
] as const;

/** One of {@link topicCodes}. */
export type TopicCode = (typeof topicCodes)[number];

/**
 * Words of one topic, separated by white space. `strong` words name the topic by themselves, `plain` words
 * usually do, `weak` words only lean towards it (they often name a place or a bystander). A word may stand
 * under several topics: its weight is then shared.
 */
export interface TopicLexicon {
  readonly topic: TopicCode;
  readonly strong: string;
  readonly plain: string;
  readonly weak: string;
}
