import { calibration } from './calibration.ts';
import type { CommitteeId, Reason, RoutingTable, RoutingText } from './decision.ts';
import { gramsOf } from './grams.ts';
import { localFeatures, localPulls } from './local.ts';
import type { LocalModel } from './local.ts';
import { findTerms, topicsOf } from './matching.ts';
import type { Hit } from './matching.ts';
import { knownGrams } from './model.ts';
import type { RoutingModel } from './model.ts';
import { planSimilarityTo } from './plan-topics.ts';
import { spansOf } from './spans.ts';
import { topicCodes } from './topics.ts';
import type { TopicCode } from './topics.ts';

/** What the router has learnt: weights that are shipped, and what this office taught. */
export interface Knowledge { readonly model?: RoutingModel; readonly local?: LocalModel }

/** Words of title and body that the lexicon knows. */
export interface ReadText {
  readonly title: readonly Hit[];
  readonly body: readonly Hit[];
}

/** Support for each committee, for each topic without one, and the reasons behind it. */
export interface Evidence {
  readonly committees: ReadonlyMap<CommitteeId, number>;
  /** The best committee's support without what is usual; 0 when nothing spoke. */
  readonly known: number;
  readonly ownerless: ReadonlyMap<TopicCode, number>;
  readonly reasons: ReadonlyMap<CommitteeId, readonly Reason[]>;
  /** Words that spoke for topics without a committee. */
  readonly ownerlessReasons: ReadonlyMap<TopicCode, readonly Reason[]>;
}

/** A body is read up to this many characters: the matter stands in front, and a decision stays quick. */
const longestBody = 6000;

/** Finds the lexicon words of a text. */
export function readText(text: RoutingText): ReadText {
  return { title: findTerms(text.title), body: findTerms(text.body.slice(0, longestBody)) };
}

/** A repeated word says less each time: 1, 1.5, 1.75 … for repeat = .5. */
const diminished = (count: number): number => (1 - Math.pow(calibration.repeat, count)) / (1 - calibration.repeat);

/** What one word says for one topic, as part of the whole part (title or body). */
interface Part { readonly hit: Hit; readonly topic: TopicCode; readonly weight: number }

function partsOf(hits: readonly Hit[], scale: number, fill: number, head: number): readonly Part[] {
  const raw = hits.flatMap(hit => topicsOf(hit.term)
    .map(({ topic, weight }) => ({ hit, topic, weight: weight * diminished(hit.count) * (1 + head * hit.end) })));
  const total = raw.reduce((sum, part) => sum + part.weight, 0);
  return raw.map(part => ({ ...part, weight: part.weight * scale / (total + fill) }));
}

const partsOfText = (read: ReadText): readonly Part[] => [
  ...partsOf(read.title, calibration.titleScale, calibration.titleFill, calibration.head),
  ...partsOf(read.body, calibration.bodyScale, calibration.bodyFill, 0),
];

function topicsIn(parts: readonly Part[]): Map<TopicCode, number> {
  const topics = new Map<TopicCode, number>();
  for (const { topic, weight } of parts) topics.set(topic, (topics.get(topic) ?? 0) + weight);
  return topics;
}

/** What the lexicon alone says for each topic of {@link topicCodes}. */
export function lexiconSupport(text: RoutingText): readonly number[] {
  const topics = topicsIn(partsOfText(readText(text)));
  return topicCodes.map(code => topics.get(code) ?? 0);
}

/** What one run of characters adds to each topic. */
export interface Learnt { readonly gram: string; readonly adds: readonly number[] }

/** What the shipped weights say, run by run, in the lexicon's units. */
export function learntSupport(text: RoutingText, model: RoutingModel): readonly Learnt[] {
  const times = model.blend * calibration.temperature;
  return [...knownGrams(model.rows, gramsOf(text.title, text.body))]
    .map(([gram, { value, row }]) => ({ gram, adds: Array.from(row.weights, weight => weight * value * times) }));
}

/** Adds up topic weights of one owner; above 1 the power favours the strongest topic. */
function combined(weights: Iterable<number>): number {
  let sum = 0;
  for (const weight of weights) sum += Math.pow(Math.max(0, weight), calibration.topicPower);
  return Math.pow(sum, 1 / calibration.topicPower);
}

/** Collects support and reasons while the sources speak one after another. */
class Ledger {
  readonly committees = new Map<CommitteeId, number>();
  readonly reasons = new Map<CommitteeId, Map<string, Reason>>();

  constructor(table: RoutingTable) {
    const owners = [...Object.values(table.topics), ...table.planTopics.map(plan => plan.committeeId),
      ...Object.values(table.sectors), ...Object.values(table.towns ?? {}), ...Object.values(table.categories).flat()];
    for (const owner of owners) if (owner !== null) this.committees.set(owner, 0);
  }

  support(committee: CommitteeId, weight: number): void {
    this.committees.set(committee, (this.committees.get(committee) ?? 0) + weight);
  }

  explain(committee: CommitteeId, kind: Reason['kind'], text: string, weight: number): void {
    const mine = this.reasons.get(committee) ?? new Map<string, Reason>();
    const key = `${kind}:${text}`;
    mine.set(key, { kind, text, weight: (mine.get(key)?.weight ?? 0) + weight });
    this.reasons.set(committee, mine);
  }
}

const strongestFirst = (reasons: Iterable<Reason>): readonly Reason[] =>
  [...reasons].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));

function addTopics(ledger: Ledger, topics: ReadonlyMap<TopicCode, number>, parts: readonly Part[], table: RoutingTable): void {
  for (const { hit, topic, weight } of parts) {
    const owner = table.topics[topic];
    if (owner !== null) ledger.explain(owner, 'term', hit.shown, weight);
  }
  const perOwner = new Map<CommitteeId, number[]>();
  for (const [topic, weight] of topics) {
    const owner = table.topics[topic];
    if (owner !== null) perOwner.set(owner, [...(perOwner.get(owner) ?? []), weight]);
  }
  for (const [owner, weights] of perOwner) ledger.support(owner, combined(weights));
}

/** Only committees that can be shown are explained: looking for runs in the text is what takes time. */
const mostExplained = 4;

/** Runs that speak for a committee's strongest topic more than for the others; joined where they overlap in the text. */
function explainLearnt(ledger: Ledger, text: RoutingText, learnt: readonly Learnt[], topics: ReadonlyMap<TopicCode, number>, table: RoutingTable): void {
  const leading = [...ledger.committees].sort((one, other) => other[1] - one[1]).slice(0, mostExplained);
  for (const [owner] of leading) {
    const own = topicCodes.flatMap((code, at) => table.topics[code] === owner ? [{ at, weight: topics.get(code) ?? 0 }] : []);
    const first = own.sort((a, b) => b.weight - a.weight)[0];
    if (!first || first.weight <= 0) continue;
    const speaking = learnt.map(({ gram, adds }) => ({ gram, weight: (adds[first.at] ?? 0) - adds.reduce((sum, add) => sum + add, 0) / adds.length }));
    for (const { shown, weight } of spansOf(text, speaking)) ledger.explain(owner, 'learned', shown, weight);
  }
}

function addPlan(ledger: Ledger, title: string, table: RoutingTable): void {
  const best = new Map<CommitteeId, { text: string; weight: number }>();
  const similarity = planSimilarityTo(title);
  for (const plan of table.planTopics) {
    const above = similarity(plan.title) - calibration.planFrom;
    const weight = calibration.planScale * above / (1 - calibration.planFrom);
    if (weight > (best.get(plan.committeeId)?.weight ?? 0)) best.set(plan.committeeId, { text: plan.title, weight });
  }
  for (const [owner, { text, weight }] of best) {
    ledger.support(owner, weight);
    ledger.explain(owner, 'plan', text, weight);
  }
}

function addPriors(ledger: Ledger, text: RoutingText, table: RoutingTable): void {
  const add = (kind: 'sector' | 'town' | 'category', name: string | undefined, owners: readonly CommitteeId[], weight: number): void => {
    if (name === undefined) return;
    for (const owner of owners) {
      ledger.support(owner, weight);
      ledger.explain(owner, kind, name, weight);
    }
  };
  const only = (owner: CommitteeId | undefined): readonly CommitteeId[] => owner === undefined ? [] : [owner];
  // A name that the table does not have itself, whatever every object has, is nobody's.
  const own = <T>(of: Readonly<Record<string, T>> | undefined, name = ''): T | undefined => (of && Object.hasOwn(of, name) ? of[name] : undefined);
  add('sector', text.sectorName, only(own(table.sectors, text.sectorName)), calibration.sector);
  add('town', text.townName, only(own(table.towns, text.townName)), calibration.town);
  add('category', text.category, own(table.categories, text.category) ?? [], calibration.category);
}

/** What this office taught, over all that was known before. */
function addLocal(ledger: Ledger, text: RoutingText, { model, local }: Knowledge): void {
  if (!local) return;
  const pulls = localPulls(local, localFeatures(text, model));
  const times = local.trust;
  local.committees.forEach((committee, at) => {
    if (!ledger.committees.has(committee)) return;
    ledger.support(committee, times * pulls.reduce((sum, pull) => sum + (pull.pulls[at] ?? 0), 0));
    const speaking = pulls.filter(({ feature }) => !feature.includes(':')).map(({ feature, pulls: mine }) => ({ gram: feature, weight: times * (mine[at] ?? 0) }));
    for (const { shown, weight } of spansOf(text, speaking)) ledger.explain(committee, 'precedent', shown, weight);
  });
}

function ownerlessIn(topics: ReadonlyMap<TopicCode, number>, parts: readonly Part[], table: RoutingTable): Pick<Evidence, 'ownerless' | 'ownerlessReasons'> {
  const without = (topic: TopicCode): boolean => table.topics[topic] === null;
  const reasons = new Map<TopicCode, Map<string, Reason>>();
  for (const { hit, topic, weight } of parts.filter(part => without(part.topic))) {
    const mine = reasons.get(topic) ?? new Map<string, Reason>();
    if (!mine.has(hit.shown)) mine.set(hit.shown, { kind: 'rule', text: hit.shown, weight });
    reasons.set(topic, mine);
  }
  return {
    ownerless: new Map([...topics].filter(([topic]) => without(topic))),
    ownerlessReasons: new Map([...reasons].map(([topic, mine]) => [topic, strongestFirst(mine.values())])),
  };
}

/**
 * Where a text says little, what usually comes counts: committees with much business stand before those with none. Where it says
 * much, this changes next to nothing. Returns what it added, which is no knowledge of the text.
 */
function addUsual(ledger: Ledger, model: RoutingModel | undefined, table: RoutingTable): ReadonlyMap<CommitteeId, number> {
  const usual = new Map<CommitteeId, number>();
  topicCodes.forEach((code, at) => {
    const owner = table.topics[code];
    if (owner !== null) usual.set(owner, (usual.get(owner) ?? 0) + (model?.usual[at] ?? 0));
  });
  const added = new Map<CommitteeId, number>();
  for (const [owner, part] of usual) {
    const spoken = Math.max(0, ledger.committees.get(owner) ?? 0);
    added.set(owner, Math.hypot(spoken, calibration.usual * Math.sqrt(part)) - spoken);
    ledger.support(owner, added.get(owner) ?? 0);
  }
  return added;
}

/** Weighs everything known about a text for every committee of the table. */
export function weigh(text: RoutingText, read: ReadText, table: RoutingTable, knowledge: Knowledge): Evidence {
  const ledger = new Ledger(table);
  const parts = partsOfText(read);
  const topics = topicsIn(parts);
  const spoken = ownerlessIn(topics, parts, table);
  const learnt = knowledge.model && topics.size > 0 ? learntSupport(text, knowledge.model) : [];
  for (const { adds } of learnt) topicCodes.forEach((code, at) => { if (table.topics[code] !== null) topics.set(code, (topics.get(code) ?? 0) + (adds[at] ?? 0)); });
  addTopics(ledger, topics, parts, table);
  explainLearnt(ledger, text, learnt, topics, table);
  addPlan(ledger, text.title, table);
  addPriors(ledger, text, table);
  const usual = addUsual(ledger, knowledge.model, table);
  addLocal(ledger, text, knowledge);
  const known = Math.max(0, ...[...ledger.committees].map(([owner, weight]) => weight - (usual.get(owner) ?? 0)));
  return { committees: ledger.committees, known, ...spoken, reasons: new Map([...ledger.reasons].map(([owner, list]) => [owner, strongestFirst(list.values())])) };
}
