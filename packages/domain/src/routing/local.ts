import type { CommitteeId, RoutingText } from './decision.ts';
import { gramsOf } from './grams.ts';
import type { GramRow, RoutingModel } from './model.ts';

/**
 * What this office taught on top of the shipped weights: for each feature its pull towards each committee. A feature is a run
 * of characters, or `sector:`, `town:`, `category:` with a name.
 */
export interface LocalModel {
  readonly version: string;
  readonly committees: readonly CommitteeId[];
  readonly rows: ReadonlyMap<string, GramRow>;
  /** What was known before is divided by this when it meets what was taught: how far it is to be trusted here. */
  readonly trust: number;
  /** Divides the evidence before shares are taken. */
  readonly temperature: number;
  /** Kept by the decisions of this office; absent while there are too few. */
  readonly threshold?: number;
}

/** Rarity of a run that the shipped weights do not know. */
const unknownRarity = 5;
/** So many of a text's runs take part, the most telling first: a long text learns as quickly as a short one. */
const mostRuns = 160;
/** A sector, town or category beside the text, whose values come to 1 together. */
const besideValue = 0.3;

/** Everything that can be learnt from, with its value; the squares of the runs' values add up to 1. */
export function localFeatures(text: RoutingText, model: RoutingModel | undefined): ReadonlyMap<string, number> {
  const valued = [...gramsOf(text.title, text.body)].map(([gram, count]) => [gram, (1 + Math.log(count)) * (model?.rows.get(gram)?.rarity ?? unknownRarity)] as const)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostRuns);
  const length = Math.sqrt(valued.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
  const features = new Map(valued.map(([gram, value]) => [gram, value / length]));
  const beside: readonly (readonly [string, string | undefined])[] = [['sector', text.sectorName], ['town', text.townName], ['category', text.category]];
  for (const [kind, name] of beside) if (name !== undefined) features.set(`${kind}:${name}`, besideValue);
  return features;
}

/** One feature of a text that the office taught: how strongly it pulls towards each committee, in logs of odds. */
export interface Pull { readonly feature: string; readonly pulls: readonly number[] }

export function localPulls(local: LocalModel, features: ReadonlyMap<string, number>): readonly Pull[] {
  const found: Pull[] = [];
  for (const [feature, value] of features) {
    const row = local.rows.get(feature);
    if (row) found.push({ feature, pulls: Array.from(row.weights, weight => weight * value) });
  }
  return found;
}

/** Whether the office struck this feature, or a word in it. */
export function isStruck(feature: string, struck: ReadonlySet<string>): boolean {
  for (const word of struck) if (feature.includes(word)) return true;
  return false;
}
