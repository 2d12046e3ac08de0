import type { RoutingText } from './decision.ts';
import { fitting, softmax } from './fitting.ts';
import type { Sample } from './fitting.ts';
import { gramsOf } from './grams.ts';
import { knownGrams } from './model.ts';
import type { GramRow } from './model.ts';
import { topicCodes } from './topics.ts';
import type { TopicCode } from './topics.ts';
import { lexiconSupport } from './evidence.ts';

/** A text and the topics it may belong to (a label can stand for several of ours); none: only the lexicon's word for it. */
export interface Taught extends RoutingText { readonly topics: readonly TopicCode[] }

export interface TeachingOptions {
  /** A run of characters is kept when it stands in at least this many texts: a name or a number that few write never gets in. */
  readonly leastTexts: number;
  readonly mostRows: number;
  readonly ridge: number;
  /** How much an unlabelled text counts beside a labelled one. */
  readonly unlabelledWeight: number;
  /** Only unlabelled texts of which the lexicon is this sure teach. */
  readonly unlabelledFrom: number;
  readonly rounds: number;
}
export const teachingDefaults: TeachingOptions = { leastTexts: 12, mostRows: 16_000, ridge: 1e-4, unlabelledWeight: 0.3, unlabelledFrom: 0.6, rounds: 60 };

/** Where a text is from, as far as it says so: runs that stand in texts of one place only are names of that place. */
const placeOf = (title: string): string => /[A-Z]\d{0,2}|[\u4e00-\u9fff]{2}(?:[区县镇乡市]|街道)/.exec(title)?.[0] ?? '';

/** Runs that say something: in many texts, of several places, not in every other one; with their rarity. */
function vocabulary(texts: readonly (readonly [place: string, grams: ReadonlyMap<string, number>])[], { leastTexts, mostRows }: TeachingOptions): Map<string, GramRow> {
  const seen = new Map<string, { texts: number; places: Map<string, number> }>();
  for (const [place, grams] of texts) {
    for (const gram of grams.keys()) {
      const entry = seen.get(gram) ?? { texts: 0, places: new Map<string, number>() };
      entry.texts += 1;
      entry.places.set(place, (entry.places.get(place) ?? 0) + 1);
      seen.set(gram, entry);
    }
  }
  const general = [...seen].filter(([, { texts: many, places }]) => {
    const placed = [...places].filter(([place]) => place !== '').map(([, times]) => times);
    const all = placed.reduce((sum, times) => sum + times, 0);
    return many >= leastTexts && many <= texts.length / 3 && (all < leastTexts / 2 || Math.max(...placed) <= 0.45 * all);
  });
  return new Map(general.sort((a, b) => b[1].texts - a[1].texts || (a[0] < b[0] ? -1 : 1)).slice(0, mostRows)
    .map(([gram, { texts: many }]) => [gram, { rarity: Math.log(texts.length / many), weights: new Float32Array(topicCodes.length) }]));
}

const none = topicCodes.map(() => 0);

/** The lexicon's shares, for a labelled text within its label. */
function wanted(text: Taught, temperature: number): readonly number[] {
  const shares = softmax(lexiconSupport(text).map(support => support / temperature));
  if (text.topics.length === 0) return shares;
  const within = topicCodes.map((code, at) => text.topics.includes(code) ? (shares[at] ?? 0) + 1e-6 : 0);
  const total = within.reduce((sum, share) => sum + share, 0);
  return within.map(share => share / total);
}

/** Labels that are rare speak as loudly as those that are common. */
function balance(targets: readonly (readonly number[])[]): number[] {
  const counts = none.map((_, at) => targets.reduce((sum, target) => sum + (target[at] ?? 0), 0) + 3);
  return targets.map(target => Math.sqrt(target.reduce((sum, share, at) => sum + share * targets.length / (topicCodes.length * (counts[at] ?? 1)), 0)));
}

/** What was learnt: runs with their weights, and the part of all texts that each topic of {@link topicCodes} got. */
export interface Lesson { readonly rows: ReadonlyMap<string, GramRow>; readonly usual: readonly number[] }

/** Learns weights of character runs from labelled texts and from what the lexicon says of unlabelled ones. */
export function* teaching(texts: readonly Taught[], temperature: number, options: TeachingOptions = teachingDefaults): Generator<number, Lesson> {
  const read = texts.map(text => [placeOf(text.title), gramsOf(text.title, text.body)] as const);
  const rows = vocabulary(read, options);
  const places = new Map([...rows.keys()].map((gram, at) => [gram, at]));
  const targets = texts.map(text => wanted(text, temperature));
  const evenly = balance(targets);
  const samples = texts.flatMap(({ topics }, nth): Sample[] => {
    const target = targets[nth] ?? none;
    const sure = Math.max(...target);
    if (topics.length === 0 && sure < options.unlabelledFrom) return [];
    const known = [...knownGrams(rows, read[nth]?.[1] ?? new Map())];
    return [{
      at: known.map(([gram]) => places.get(gram) ?? 0), value: known.map(([, { value }]) => value), target, offset: none,
      weight: (evenly[nth] ?? 1) * (topics.length === 0 ? options.unlabelledWeight * sure : 1),
    }];
  });
  const weights = yield* fitting(samples, { features: rows.size, classes: topicCodes.length, ridge: options.ridge, rounds: options.rounds });
  const usual = none.map((_, at) => targets.reduce((sum, target) => sum + (target[at] ?? 0), 0) / Math.max(1, targets.length));
  return { usual, rows: new Map([...rows].map(([gram, { rarity }], at) => [gram, { rarity, weights: Float32Array.from(weights.slice(at * topicCodes.length, (at + 1) * topicCodes.length)) }])) };
}
