/** One text as numbers: indices of its features and their values, and what it should come to. */
export interface Sample {
  readonly at: readonly number[];
  readonly value: readonly number[];
  /** Wanted share of each class; adds up to 1. */
  readonly target: readonly number[];
  /** Score of each class before anything was learnt. */
  readonly offset: readonly number[];
  readonly weight: number;
}

export interface FitOptions {
  readonly features: number;
  readonly classes: number;
  /** How strongly weights are held at 0. */
  readonly ridge: number;
  readonly rounds: number;
}

const memory = 6;

export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map(power => power / total);
}

/** Scores of all classes for one sample; weights lie feature by feature. */
function scoresOf({ at, value, offset }: Pick<Sample, 'at' | 'value' | 'offset'>, weights: Float64Array, classes: number): number[] {
  const scores = [...offset];
  for (let i = 0; i < at.length; i++) {
    const from = (at[i] ?? 0) * classes;
    const times = value[i] ?? 0;
    for (let k = 0; k < classes; k++) scores[k] = (scores[k] ?? 0) + times * (weights[from + k] ?? 0);
  }
  return scores;
}

/** So many samples are looked at between two pauses. */
const stretch = 64;

/** Loss (weighted mean of the log loss, plus the ridge) and its slope. */
function* lossAt(samples: readonly Sample[], weights: Float64Array, { classes, ridge }: FitOptions, slope: Float64Array): Generator<number, number> {
  let loss = 0;
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    slope[i] = ridge * w;
    loss += 0.5 * ridge * w * w;
  }
  for (const [nth, sample] of samples.entries()) {
    if (nth % stretch === stretch - 1) yield nth;
    const shares = softmax(scoresOf(sample, weights, classes));
    const part = sample.weight / total;
    for (let k = 0; k < classes; k++) {
      const wanted = sample.target[k] ?? 0;
      if (wanted > 0) loss -= part * wanted * Math.log((shares[k] ?? 0) + 1e-12);
      shares[k] = part * ((shares[k] ?? 0) - wanted);
    }
    for (let i = 0; i < sample.at.length; i++) {
      const from = (sample.at[i] ?? 0) * classes;
      const times = sample.value[i] ?? 0;
      for (let k = 0; k < classes; k++) slope[from + k] = (slope[from + k] ?? 0) + times * (shares[k] ?? 0);
    }
  }
  return loss;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
function moved(from: Float64Array, along: Float64Array, by: number): Float64Array {
  const to = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) to[i] = (from[i] ?? 0) + by * (along[i] ?? 0);
  return to;
}

interface Step { readonly way: Float64Array; readonly turn: Float64Array; readonly scale: number }

/** The way down that the last steps suggest (limited-memory BFGS). */
function descent(slope: Float64Array, steps: readonly Step[]): Float64Array {
  let along = moved(slope, slope, -2);
  const kept: number[] = [];
  for (const { way, turn, scale } of [...steps].reverse()) {
    const by = scale * dot(way, along);
    kept.unshift(by);
    along = moved(along, turn, -by);
  }
  const last = steps.at(-1);
  const length = last ? last.scale * dot(last.turn, last.turn) : 1;
  along = along.map(each => each / length);
  steps.forEach(({ way, turn, scale }, nth) => { along = moved(along, way, (kept[nth] ?? 0) - scale * dot(turn, along)); });
  return along;
}

/**
 * Fits a softmax regression. Yields every few milliseconds, so that who runs it can do something else in between; returns the
 * weights, feature by feature (`features * classes` numbers). Deterministic: the same samples give the same numbers.
 */
export function* fitting(samples: readonly Sample[], options: FitOptions): Generator<number, Float64Array> {
  let weights: Float64Array = new Float64Array(options.features * options.classes);
  let slope: Float64Array = new Float64Array(weights.length);
  let loss = yield* lossAt(samples, weights, options, slope);
  const steps: Step[] = [];
  for (let round = 0; round < options.rounds && samples.length > 0; round++) {
    const along = descent(slope, steps);
    const falls = dot(along, slope);
    let by = steps.length === 0 ? 1 / Math.max(1e-9, Math.sqrt(dot(slope, slope))) : 1;
    let next = weights;
    const nextSlope = new Float64Array(weights.length);
    let nextLoss = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 20; tries++, by /= 2) {
      next = moved(weights, along, by);
      nextLoss = yield* lossAt(samples, next, options, nextSlope);
      if (nextLoss <= loss + 1e-4 * by * falls) break;
    }
    if (!(nextLoss < loss)) break;
    const [way, turn] = [moved(next, weights, -1), moved(nextSlope, slope, -1)];
    const curve = dot(way, turn);
    if (curve > 1e-12) steps.push({ way, turn, scale: 1 / curve });
    if (steps.length > memory) steps.shift();
    const gain = loss - nextLoss;
    [weights, slope, loss] = [next, nextSlope, nextLoss];
    yield loss;
    if (gain < 1e-5 * Math.abs(loss)) break;
  }
  return weights;
}

/** Runs a fitting to its end. */
export function settled<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
