/**
 * Numbers fitted on public citizen messages (one half; the other half only measured).
 * Change them together with {@link routerVersion}: decisions record the version they were made by.
 */
export const calibration = {
  strong: 3,
  plain: 1.4,
  weak: 0.5,
  /** A word that stands under n topics gives each weight / n^shared. */
  shared: 1,
  /** Each repetition of a word counts this part of the one before. */
  repeat: 0.5,
  /** A mention that only tells a place counts this much; the last word of a title this much more than the first. */
  place: 0.1,
  head: 1.2,
  /** Evidence of title and body before normalising, and how much text fills each half. */
  titleScale: 4,
  titleFill: 3,
  bodyScale: 6,
  bodyFill: 4,
  /** Several topics of one committee: 1 adds them up, larger favours the strongest. */
  topicPower: 1.3,
  /** What is usual speaks like this much evidence for a committee that got every text; a committee of few texts less (by the root). */
  usual: 1,
  planScale: 7,
  planFrom: 0.4,
  sector: 0.35,
  town: 0.25,
  category: 0.3,
  /** Words of party discipline send a text to a person from this part of the best committee's support. */
  accusation: 0.5,
  /** Divides the evidence before the softmax. */
  temperature: 1.3,
  /** A second committee joins when its share is at least this, and this part of the first. */
  coShare: 0.2,
  coRatio: 0.35,
};

/** Names lexicon and numbers; kept with every decision. */
export const routerVersion = 'lex-3';
