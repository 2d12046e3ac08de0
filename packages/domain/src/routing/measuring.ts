/** What came of one text: the classes as they were ranked, with their shares, and the right one. */
export interface Outcome {
  readonly truth: string;
  readonly ranked: readonly { readonly name: string; readonly share: number }[];
  /** The same with shares as another temperature would give them (1 changes nothing, above 1 is humbler). */
  readonly at: (temperature: number) => Outcome;
}

function outcome(truth: string, ranked: Outcome['ranked']): Outcome {
  return {
    truth, ranked,
    at: temperature => {
      const powers = ranked.map(({ name, share }) => ({ name, share: Math.pow(share, 1 / temperature) }));
      const total = powers.reduce((sum, { share }) => sum + share, 0) || 1;
      return outcome(truth, powers.map(({ name, share }) => ({ name, share: share / total })));
    },
  };
}
export const outcomeOf = (candidates: readonly { readonly committeeId: string; readonly share: number }[], truth: string): Outcome =>
  outcome(truth, candidates.map(({ committeeId, share }) => ({ name: committeeId, share })));

/** A part of a whole with the interval in which it lies 95 times of 100 (Wilson). All 0…1. */
export interface Part { readonly value: number; readonly low: number; readonly high: number; readonly right: number; readonly of: number }

const z = 1.96;
export function partOf(right: number, of: number): Part {
  if (of === 0) return { value: 0, low: 0, high: 1, right, of };
  const value = right / of;
  const centre = value + z * z / (2 * of);
  const spread = z * Math.sqrt(value * (1 - value) / of + z * z / (4 * of * of));
  return { value, low: Math.max(0, (centre - spread) / (1 + z * z / of)), high: Math.min(1, (centre + spread) / (1 + z * z / of)), right, of };
}

export interface Measured {
  readonly n: number;
  readonly accuracy: Part;
  readonly macroF1: number;
  readonly top3: Part;
  /** Part that is sent without a person at the threshold, and how much of it is right. */
  readonly coverage: Part;
  readonly precisionAtThreshold: Part;
  readonly threshold: number;
  /** Right class → what was said instead or as well → how often. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const confidence = ({ ranked }: Outcome): number => ranked[0]?.share ?? 0;
const isRight = ({ ranked, truth }: Outcome): boolean => ranked[0]?.name === truth;

function macroF1(outcomes: readonly Outcome[]): number {
  const classes = [...new Set(outcomes.map(({ truth }) => truth))];
  const scores = classes.map(name => {
    const [wanted, said] = [outcomes.filter(({ truth }) => truth === name).length, outcomes.filter(({ ranked }) => ranked[0]?.name === name).length];
    return 2 * outcomes.filter(each => each.truth === name && isRight(each)).length / (wanted + said);
  });
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, classes.length);
}

export function measure(outcomes: readonly Outcome[], threshold: number): Measured {
  const sent = outcomes.filter(each => confidence(each) >= threshold);
  const confusion: Record<string, Record<string, number>> = {};
  for (const { truth, ranked } of outcomes) {
    const said = ranked[0]?.name ?? '';
    const row = confusion[truth] ??= {};
    row[said] = (row[said] ?? 0) + 1;
  }
  return {
    n: outcomes.length, threshold, confusion, macroF1: macroF1(outcomes),
    accuracy: partOf(outcomes.filter(isRight).length, outcomes.length),
    top3: partOf(outcomes.filter(({ ranked, truth }) => ranked.slice(0, 3).some(({ name }) => name === truth)).length, outcomes.length),
    coverage: partOf(sent.length, outcomes.length),
    precisionAtThreshold: partOf(sent.filter(isRight).length, sent.length),
  };
}

/** Mean log loss: what a forecaster pays for being sure of the wrong thing. */
export function lossOf(outcomes: readonly Outcome[]): number {
  const losses = outcomes.map(({ ranked, truth }) => -Math.log((ranked.find(({ name }) => name === truth)?.share ?? 0) + 1e-6));
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

/** The temperature at which shares are most honest. */
export function temperatureFor(outcomes: readonly Outcome[]): number {
  const tries = Array.from({ length: 26 }, (_, at) => 0.5 * Math.pow(1.1, at));
  return tries.reduce((best, each) => lossOf(outcomes.map(it => it.at(each))) < lossOf(outcomes.map(it => it.at(best))) ? each : best, 1);
}

/** No threshold is lower: below it a second committee may fit as well. */
const lowestThreshold = 0.5;
/** With fewer than this many above it, a threshold is luck. */
const fewestAbove = 20;

/**
 * The lowest confidence from which at least `wanted` (0…1) of the outcomes are right, so that as many as possible need no
 * person; just above 1 (nothing is sent) when no confidence keeps that promise.
 */
export function thresholdFor(outcomes: readonly Outcome[], wanted: number): number {
  const sorted = [...outcomes].sort((a, b) => confidence(b) - confidence(a));
  let [right, found] = [0, 1.01];
  for (const [nth, each] of sorted.entries()) {
    if (isRight(each)) right += 1;
    const here = confidence(each);
    if (here < lowestThreshold) break;
    const next = sorted[nth + 1];
    if (next && confidence(next) === here) continue;
    if (nth + 1 >= fewestAbove && right / (nth + 1) >= wanted) found = here;
  }
  // What is stored and shown is what decides.
  return Math.floor(found * 1000) / 1000;
}
