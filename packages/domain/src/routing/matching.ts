import { calibration } from './calibration.ts';
import { cityLexicon } from './lexicon-city.ts';
import { cppccLexicon } from './lexicon-cppcc.ts';
import { cultureLexicon } from './lexicon-culture.ts';
import { economyLexicon } from './lexicon-economy.ts';
import { movementLexicon } from './lexicon-movement.ts';
import { neutralPhrases } from './lexicon-neutral.ts';
import { peopleLexicon } from './lexicon-people.ts';
import { ruralLexicon } from './lexicon-rural.ts';
import { societyLexicon } from './lexicon-society.ts';
import type { TopicCode, TopicLexicon } from './topics.ts';

/** A lexicon word found in a text, how often, and as the text writes it. */
export interface Hit {
  readonly term: string;
  readonly shown: string;
  /** Mentions, where one that only tells a place ("学校附近") counts in part. */
  readonly count: number;
  /** Where the last mention ends, 0..1: the end of a Chinese title tells the matter, its beginning the setting. */
  readonly end: number;
}

/** Weight of one word for one topic. */
interface TopicWeight {
  readonly topic: TopicCode;
  readonly weight: number;
}

const lexicon: readonly TopicLexicon[] = [
  ...cityLexicon, ...movementLexicon, ...economyLexicon, ...peopleLexicon,
  ...societyLexicon, ...cultureLexicon, ...ruralLexicon, ...cppccLexicon,
];

const words = (text: string): readonly string[] => text.split(/\s+/).filter(word => word !== '');

/** Same length as the input, so that places in it stay valid: half width, lower case. */
function plainForm(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const half = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
    out += String.fromCharCode(half >= 65 && half <= 90 ? half + 32 : half);
  }
  return out;
}

function readLexicon(): Map<string, TopicWeight[]> {
  const found = new Map<string, TopicWeight[]>();
  const add = (text: string, topic: TopicCode, weight: number): void => {
    for (const word of words(text)) {
      const term = plainForm(word);
      const before = found.get(term) ?? [];
      if (!before.some(entry => entry.topic === topic)) found.set(term, [...before, { topic, weight }]);
    }
  };
  for (const part of lexicon) {
    add(part.strong, part.topic, calibration.strong);
    add(part.plain, part.topic, calibration.plain);
    add(part.weak, part.topic, calibration.weak);
  }
  for (const [term, entries] of found) {
    const parts = Math.pow(entries.length, calibration.shared);
    found.set(term, entries.map(entry => ({ topic: entry.topic, weight: entry.weight / parts })));
  }
  for (const phrase of words(neutralPhrases)) found.set(plainForm(phrase), []);
  return found;
}

/** First character → words beginning with it, longest first. */
function indexByFirst(terms: Iterable<string>): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const term of terms) {
    const first = term.charAt(0);
    const list = index.get(first);
    if (list) list.push(term);
    else index.set(first, [term]);
  }
  for (const list of index.values()) list.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return index;
}

const topicsByTerm = readLexicon();
const termsByFirst = indexByFirst(topicsByTerm.keys());

/** Topics of a lexicon word with their weights; empty for a word that is not in it. */
export function topicsOf(term: string): readonly TopicWeight[] {
  return topicsByTerm.get(term) ?? [];
}

/** After these a word names where something is, not what it is about. */
const placeTails = ['附近', '门口', '门前', '旁', '对面', '后面', '前面', '路段', '东门', '西门', '南门', '北门', '站台', '大道'];
/** 路 or 街 right after a word makes a street name, unless it begins one of these. */
const streetTail = /^[路街](?![灯口面段况网线道头])/;

function tellsPlace(rest: string): boolean {
  return placeTails.some(tail => rest.startsWith(tail)) || streetTail.test(rest);
}

/** Lexicon words of a text, reading left to right and taking the longest each time; in order of first place. */
export function findTerms(text: string): readonly Hit[] {
  const plain = plainForm(text);
  const hits = new Map<string, { term: string; shown: string; count: number; end: number }>();
  let at = 0;
  while (at < plain.length) {
    const start = at;
    const term = termsByFirst.get(plain.charAt(at))?.find(candidate => plain.startsWith(candidate, start));
    at += term?.length ?? 1;
    if (term === undefined || topicsOf(term).length === 0) continue;
    const mention = tellsPlace(plain.slice(at, at + 3)) ? calibration.place : 1;
    const hit = hits.get(term) ?? { term, shown: text.slice(start, at), count: 0, end: 0 };
    hits.set(term, { ...hit, count: hit.count + mention, end: at / plain.length });
  }
  return [...hits.values()];
}
