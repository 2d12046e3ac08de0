import { topicCodes } from './topics.ts';
import type { TopicCode } from './topics.ts';

/** What one run of characters says: how rare it is, and its weight for each topic. */
export interface GramRow { readonly rarity: number; readonly weights: Float32Array }

/** Learned weights that the product ships (seeds/routing-model.json). */
export interface RoutingModel {
  readonly version: string;
  /** How loudly the learned weights speak beside the lexicon, in its units. */
  readonly blend: number;
  /** Divides the evidence before shares are taken, so that a share of .9 is right nine times in ten. */
  readonly temperature: number;
  /** Confidence from which 95 of 100 were right when it was trained (cross-validated). */
  readonly threshold: number;
  /** Part of all texts that each topic of {@link topicCodes} got where it was trained; they add up to 1. */
  readonly usual: readonly number[];
  readonly rows: ReadonlyMap<string, GramRow>;
}

/** The file: one line a run, `物业` then one character for its rarity and one for each topic. Holds no text and no digit of any. */
export interface RoutingModelFile {
  readonly version: string;
  readonly blend: number;
  readonly temperature: number;
  readonly threshold: number;
  readonly topics: readonly string[];
  /** Part of all texts that each of {@link topics} got. */
  readonly usual: readonly number[];
  /** A written step is this much weight. */
  readonly step: number;
  readonly lines: readonly string[];
  /** How it was trained and what it reached, for people. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** Printable ASCII without the two characters that JSON writes longer: '#'…'~' less '\\'. */
const alphabet = Array.from({ length: 92 }, (_, at) => String.fromCharCode(35 + at)).filter(sign => sign !== '\\').join('');
const middle = 45;
const rarityStep = 0.1;

const signOf = (steps: number): string => alphabet.charAt(Math.max(0, Math.min(alphabet.length - 1, Math.round(steps))));

/** One line of the file. */
export function writeRow(gram: string, { rarity, weights }: GramRow, step: number): string {
  return `${gram} ${signOf(rarity / rarityStep)}${[...weights].map(weight => signOf(weight / step + middle)).join('')}`;
}

const valueOf = new Map([...alphabet].map((sign, at) => [sign, at]));

/** @throws Error when the file names topics that this product does not know, or a line is broken. */
export function readModel(file: RoutingModelFile): RoutingModel {
  const columns = topicCodes.map(code => file.topics.indexOf(code));
  if (file.topics.some(name => !topicCodes.includes(name as TopicCode))) throw new Error('The routing model names an unknown topic: train it anew (npm run routing:train).');
  const rows = new Map<string, GramRow>();
  for (const line of file.lines) {
    const gap = line.indexOf(' ');
    const signs = line.slice(gap + 1);
    if (gap < 1 || signs.length !== file.topics.length + 1) throw new Error(`The routing model has a broken line: ${line.slice(0, 20)}`);
    const weights = Float32Array.from(columns, column => column < 0 ? 0 : ((valueOf.get(signs.charAt(column + 1)) ?? middle) - middle) * file.step);
    rows.set(line.slice(0, gap), { rarity: (valueOf.get(signs.charAt(0)) ?? 0) * rarityStep, weights });
  }
  const { version, blend, temperature, threshold } = file;
  return { version, blend, temperature, threshold, usual: columns.map(column => file.usual[column] ?? 0), rows };
}

/** The runs of a text that the model knows, each with its value; the values' squares add up to 1. */
export function knownGrams(rows: ReadonlyMap<string, GramRow>, grams: ReadonlyMap<string, number>): ReadonlyMap<string, { readonly value: number; readonly row: GramRow }> {
  const known = new Map<string, { value: number; row: GramRow }>();
  let squares = 0;
  for (const [gram, count] of grams) {
    const row = rows.get(gram);
    if (row === undefined) continue;
    const value = (1 + Math.log(count)) * row.rarity;
    squares += value * value;
    known.set(gram, { value, row });
  }
  const length = Math.sqrt(squares) || 1;
  for (const entry of known.values()) entry.value /= length;
  return known;
}
