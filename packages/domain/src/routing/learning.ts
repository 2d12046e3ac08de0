import { calibration } from './calibration.ts';
import type { CommitteeId, RoutingTable, RoutingText } from './decision.ts';
import { readText, weigh } from './evidence.ts';
import { fitting, softmax } from './fitting.ts';
import type { Sample } from './fitting.ts';
import { isStruck, localFeatures, localPulls } from './local.ts';
import type { LocalModel } from './local.ts';
import type { RoutingModel } from './model.ts';
import { outcomeOf, temperatureFor, thresholdFor } from './measuring.ts';
import type { Outcome } from './measuring.ts';

/** A text that people gave to a committee; a correction weighs more than a nod. */
export interface Example extends RoutingText { readonly committeeId: CommitteeId; readonly weight: number }

export interface LearningOptions {
  /** How strongly what was known before is held on to: as much as this many texts. */
  readonly ridge: number;
  readonly rounds: number;
  /** A run counts when it stands in at least this many examples: before that only whole texts alike move each other. */
  readonly leastTexts: number;
  readonly mostRows: number;
  /** Words that the office struck: nothing that holds one teaches. */
  readonly struck: ReadonlySet<string>;
  readonly folds: number;
  /** How far to trust what was known before; measured on the examples unless given. */
  readonly trust?: number;
}
export const learningDefaults: LearningOptions = { ridge: 0.3, rounds: 25, leastTexts: 1, mostRows: 20_000, struck: new Set(), folds: 5 };

/** From so many examples on, shares and threshold follow them; before that, those of the shipped weights hold. */
export const fewestForThreshold = 100;
/** Of what is sent to a committee without a person this part should be right. */
export const wantedPrecision = 0.95;

/** An example read once: its features, and the support of each committee by what was known before. */
interface Seen { readonly example: Example; readonly features: ReadonlyMap<string, number>; readonly support: readonly number[] }
interface Prepared { readonly committees: readonly CommitteeId[]; readonly trust: number; readonly names: readonly string[]; readonly samples: readonly Sample[] }

function committeesOf(table: RoutingTable): readonly CommitteeId[] {
  const owners = [...Object.values(table.topics), ...table.planTopics.map(({ committeeId }) => committeeId), ...Object.values(table.sectors)];
  return [...new Set(owners.filter(owner => owner !== null))].sort();
}

function prepare(seen: readonly Seen[], committees: readonly CommitteeId[], { leastTexts, mostRows, struck }: LearningOptions, trust: number): Prepared {
  const counts = new Map<string, number>();
  for (const { features } of seen) for (const name of features.keys()) if (!isStruck(name, struck)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].filter(([, count]) => count >= leastTexts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostRows).map(([name]) => name);
  const places = new Map(names.map((name, at) => [name, at]));
  const samples = seen.map(({ example, features, support }): Sample => {
    const mine = [...features].filter(([name]) => places.has(name));
    return {
      at: mine.map(([name]) => places.get(name) ?? 0), value: mine.map(([, value]) => value), weight: example.weight,
      target: committees.map(committee => committee === example.committeeId ? 1 : 0), offset: support.map(each => each / trust),
    };
  });
  return { committees, trust, names, samples };
}

/** Weights below this say nothing and are left out. */
const silence = 0.02;

function* fitted({ committees, names, samples, trust }: Prepared, { ridge, rounds }: LearningOptions, version: string): Generator<number, LocalModel> {
  const classes = committees.length;
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = yield* fitting(samples, { features: names.length, classes, ridge: ridge / Math.max(1, total), rounds });
  const rows = names.map((name, at) => [name, { rarity: 0, weights: Float32Array.from(weights.slice(at * classes, (at + 1) * classes)) }] as const);
  return { version, committees, trust, temperature: trust, rows: new Map(rows.filter(([, row]) => row.weights.some(weight => Math.abs(weight) >= silence))) };
}

/** A learnt model with the proof of it. Outcomes are in the order of the examples. */
export interface Learnt {
  readonly local: LocalModel;
  /** Each example as a model saw it that was taught by the others. */
  readonly tried: readonly Outcome[];
  /** Each example by what was known before. */
  readonly before: readonly Outcome[];
}

/** Which fold an example is tried in. The same text twice falls into the same fold, or the second would know the first's answer. */
function foldOf({ title }: Example, folds: number): number {
  let sum = 7;
  for (const sign of title.slice(0, 12)) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % folds;
}

/** What a model makes of an example. */
function tryOut({ example, features, support }: Seen, committees: readonly CommitteeId[], local: LocalModel): Outcome {
  const pulls = localPulls(local, features);
  const shares = softmax(committees.map((_, at) => ((support[at] ?? 0) + local.trust * pulls.reduce((sum, each) => sum + (each.pulls[at] ?? 0), 0)) / local.temperature));
  const ranked = committees.map((committeeId, at) => ({ committeeId, share: shares[at] ?? 0 })).sort((a, b) => b.share - a.share);
  return outcomeOf(ranked, example.committeeId);
}

/**
 * Learns from what people decided, on top of the shipped weights, and tries itself by cross-validation. Yields often, so that
 * the caller can let others work in between. Examples of committees that the table no longer knows are left out.
 */
export function* learning(all: readonly Example[], table: RoutingTable, model: RoutingModel | undefined, version: string, given: Partial<LearningOptions> = {}): Generator<number, Learnt> {
  const options = { ...learningDefaults, ...given };
  const committees = committeesOf(table);
  const seen: Seen[] = [];
  for (const example of all.filter(each => committees.includes(each.committeeId))) {
    const support = weigh(example, readText(example), table, model ? { model } : {}).committees;
    seen.push({ example, features: localFeatures(example, model), support: committees.map(committee => support.get(committee) ?? 0) });
    yield seen.length;
  }
  const known = model?.temperature ?? calibration.temperature;
  const shipped: LocalModel = { version, committees, rows: new Map(), trust: known, temperature: known };
  const before = seen.map(each => tryOut(each, committees, shipped));
  const enough = seen.length >= fewestForThreshold;
  const trust = given.trust ?? (enough ? known * temperatureFor(before) : known);
  const tried: Outcome[] = [...before];
  for (let fold = 0; fold < options.folds; fold++) {
    const others = seen.filter(({ example }) => foldOf(example, options.folds) !== fold);
    if (others.length === seen.length) continue;
    const local = yield* fitted(prepare(others, committees, options, trust), options, version);
    for (const [nth, each] of seen.entries()) {
      if (foldOf(each.example, options.folds) === fold) tried[nth] = tryOut(each, committees, local);
    }
    yield fold;
  }
  const local = yield* fitted(prepare(seen, committees, options, trust), options, version);
  if (!enough) return { local, tried, before };
  const times = temperatureFor(tried);
  const humbled = tried.map(outcome => outcome.at(times));
  return { local: { ...local, temperature: trust * times, threshold: thresholdFor(humbled, wantedPrecision) }, tried: humbled, before };
}
