import { calibration, routerVersion } from './calibration.ts';
import type { Candidate, CommitteeId, PersonalKind, Reason, RoutingDecision, RoutingTable, RoutingText } from './decision.ts';
import { readText, weigh } from './evidence.ts';
import type { Evidence, Knowledge, ReadText } from './evidence.ts';
import { topicsOf } from './matching.ts';
import { personalFinding } from './personal.ts';

const mostTerms = 40;
const mostCandidates = 3;
const mostReasons = 5;
const smallestShare = 0.02;

/** Weight of a word's strongest topic, to keep the most telling words when there are too many. */
const tells = (term: string): number => Math.max(...topicsOf(term).map(entry => entry.weight));

function termsRead(read: ReadText): readonly string[] {
  const terms = [...new Set([...read.title, ...read.body].map(hit => hit.term))];
  if (terms.length <= mostTerms) return terms;
  const kept = new Set([...terms].sort((a, b) => tells(b) - tells(a)).slice(0, mostTerms));
  return terms.filter(term => kept.has(term));
}

/** Shares of all committees, best first; a temperature above 1 makes them humbler. */
function rank(evidence: Evidence, temperature: number): readonly Candidate[] {
  const entries = [...evidence.committees];
  const top = Math.max(0, ...entries.map(([, weight]) => weight));
  const powers = entries.map(([committeeId, weight]) => ({ committeeId, power: Math.exp((weight - top) / temperature) }));
  const total = powers.reduce((sum, { power }) => sum + power, 0);
  return powers
    .map(({ committeeId, power }) => ({
      committeeId, share: power / total, reasons: telling(evidence.reasons.get(committeeId) ?? []),
    }))
    .sort((a, b) => b.share - a.share || (a.committeeId < b.committeeId ? -1 : 1));
}

/**
 * Does a topic without a committee outweigh every committee? An accusation of a breach of discipline needs less than
 * that: a person should read it even when it tells of land or schools as well.
 */
function ownerlessFinding(evidence: Evidence): { kind?: PersonalKind; because: readonly Reason[] } | undefined {
  for (const [topic, weight] of [...evidence.ownerless].sort((a, b) => b[1] - a[1])) {
    const accuses = topic === 'party_discipline';
    if (weight <= evidence.known * (accuses ? calibration.accusation : 1)) continue;
    const because = (evidence.ownerlessReasons.get(topic) ?? []).slice(0, mostReasons);
    return accuses ? { kind: 'discipline', because } : { because };
  }
  return undefined;
}

/** The strongest reasons; a learned run that only repeats a word of the lexicon says nothing new. */
function telling(reasons: readonly Reason[]): readonly Reason[] {
  const words = reasons.filter(({ kind }) => kind === 'term').map(({ text }) => text);
  return reasons.filter(({ kind, text }) => (kind !== 'learned' && kind !== 'precedent') || !words.some(word => kind === 'learned' ? word.includes(text) || text.includes(word) : word === text)).slice(0, mostReasons);
}

function alsoFitting(ranked: readonly Candidate[]): readonly CommitteeId[] {
  const [first, second] = ranked;
  if (!first || !second || second.reasons.length === 0) return [];
  const fits = second.share >= calibration.coShare && second.share >= calibration.coRatio * first.share;
  return fits ? [second.committeeId] : [];
}

/** Reads a text for the router, and says which lexicon words it found (title first, at most forty). */
export interface Reading {
  readonly terms: readonly string[];
  /**
   * Decides which committee (专委会) takes the text, with the words that speak for it.
   * A text goes to triage (分办) when it concerns one person, greets, advertises, accuses of a breach of discipline, is too
   * short, or when the first committee's share stays below the threshold. Pure, deterministic, under 5 ms.
   * @param knowledge what was learnt: shipped weights, and what this office taught. Without it the lexicon alone speaks.
   * Source of the topics' owners: rules for posts, "Topics to committees".
   */
  readonly route: (table: RoutingTable, knowledge?: Knowledge) => RoutingDecision;
}

export function reading(text: RoutingText): Reading {
  const read = readText(text);
  const terms = termsRead(read);
  return { terms, route: (table, knowledge = {}) => decide(text, read, terms, table, knowledge) };
}

/** Shares of all committees, best first, before any rule or threshold: what training and measuring look at. */
export function sharesOf(text: RoutingText, table: RoutingTable, knowledge: Knowledge = {}): readonly Candidate[] {
  return rank(weigh(text, readText(text), table, knowledge), temperatureOf(knowledge));
}

const temperatureOf = ({ model, local }: Knowledge): number => local?.temperature ?? model?.temperature ?? calibration.temperature;

/** Names all that took part: lexicon and numbers, shipped weights, what this office taught. */
const versionOf = ({ model, local }: Knowledge): string => [routerVersion, model?.version, local?.version].filter(part => part !== undefined).join('/');

function decide(text: RoutingText, read: ReadText, terms: readonly string[], table: RoutingTable, knowledge: Knowledge): RoutingDecision {
  const evidence = weigh(text, read, table, knowledge);
  const known = Math.max(evidence.known, ...evidence.ownerless.values());
  const ranked = known > 0 ? rank(evidence, temperatureOf(knowledge)) : [];
  const finding = personalFinding(text.title, text.body, known) ?? ownerlessFinding(evidence);
  const confidence = ranked[0]?.share ?? 0;
  const assigned = finding === undefined && ranked.length > 0 && confidence >= table.threshold;
  return {
    to: assigned ? 'committee' : 'triage',
    candidates: ranked.slice(0, mostCandidates).filter(candidate => candidate.share >= smallestShare),
    co: finding === undefined ? alsoFitting(ranked) : [],
    confidence,
    ...(finding?.kind === undefined ? {} : { personal: finding.kind }),
    because: finding?.because ?? [],
    terms,
    version: versionOf(knowledge),
  };
}

/** Reads and decides in one go. */
export const route = (text: RoutingText, table: RoutingTable, knowledge?: Knowledge): RoutingDecision => reading(text).route(table, knowledge);
