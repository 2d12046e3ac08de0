/**
 * How texts are found: one normal form for what is kept and what is typed, and pairs of characters (bigrams) for the index. Chinese has no
 * spaces between words and no stems, so that a part of a text is a part of its characters; every find is verified in the normal form.
 */

/** 全角 as half, capitals as small, everything that is neither letter nor digit as one blank; 2022-0217 stays one word. */
export const normalised = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/(\p{N})-(?=\p{N})/gu, '$1').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const mostTerms = 8;
/** What was typed, as the words that must all be there. Nothing: there is no letter and no digit in it. */
export const termsOf = (typed: string): string[] => [...new Set(normalised(typed).split(' ').filter((it) => it !== ''))].slice(0, mostTerms);

const hexOf = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0');

/** The index words of a normalised text: every pair of neighbours as hex, and the last character of each run, so that each can be sought by its beginning. */
export function indexWords(text: string): string[] {
  const words = new Set<string>();
  for (const run of text.split(' ')) {
    const signs = [...run];
    for (const [index, sign] of signs.entries()) words.add(hexOf(sign) + (index + 1 < signs.length ? hexOf(signs[index + 1] ?? '') : ''));
  }
  words.delete('');
  return [...words];
}

/** The index words that a term must have: every second pair and the last (the rest is verified in the text); one character alone is the beginning of a word. */
export function wantedWords(term: string): { readonly words: readonly string[]; readonly beginning: string | null } {
  const signs = [...term];
  if (signs.length < 2) return { words: [], beginning: hexOf(term) };
  const pairs = signs.slice(1).map((sign, index) => hexOf(signs[index] ?? '') + hexOf(sign));
  return { words: [...new Set(pairs.filter((_, index) => index % 2 === 0 || index === pairs.length - 1))], beginning: null };
}

/** A part of a text, and whether it is what was sought. Shown as text, never as markup. */
export interface Piece { readonly text: string; readonly hit: boolean }

/** The normal form sign by sign, with the place in the text that each came from. */
function traced(text: string): { readonly flat: string; readonly from: readonly number[]; readonly until: readonly number[] } {
  let flat = '';
  const [from, until]: [number[], number[]] = [[], []];
  let at = 0;
  for (const sign of text) {
    const after = text[at + sign.length] ?? '';
    const joins = /^[-－]$/.test(sign) && /\p{N}$/u.test(flat) && /^\p{N}/u.test(after.normalize('NFKC'));
    const plain = joins ? '' : sign.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, ' ');
    for (let unit = 0; unit < plain.length; unit += 1) { from.push(at); until.push(at + sign.length); }
    flat += plain;
    at += sign.length;
  }
  return { flat, from, until };
}

/** Where the terms stand in a text, in order and not overlapping. */
function hitsIn(text: string, terms: readonly string[]): [from: number, until: number][] {
  const { flat, from, until } = traced(text);
  const found: [number, number][] = [];
  for (const term of terms) {
    for (let at = flat.indexOf(term); at !== -1 && term !== ''; at = flat.indexOf(term, at + term.length)) found.push([from[at] ?? 0, until[at + term.length - 1] ?? text.length]);
  }
  const joined: [number, number][] = [];
  for (const [start, end] of found.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end); else joined.push([start, end]);
  }
  return joined;
}

function piecesOf(text: string, hits: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, until] of hits) {
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, until), hit: true });
    at = until;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** The whole text with its hits. */
export const marked = (text: string, terms: readonly string[]): Piece[] => piecesOf(text, hitsIn(text, terms));

const [before, whole] = [20, 90];
/** The surroundings of the first hit, as one line; nothing when there is none. */
export function excerptOf(text: string, terms: readonly string[]): Piece[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const hits = hitsIn(line, terms);
  const [first] = hits;
  if (!first) return [];
  // Whole characters: half of a surrogate pair would be shown as a broken sign.
  const start = [...line.slice(0, first[0])].slice(-before).join('').replace(/^[^\p{L}\p{N}]+/u, '');
  const from = first[0] - start.length;
  const until = from + [...line.slice(from)].slice(0, Math.max(whole, before + (first[1] - first[0]))).join('').length;
  const inside = hits.filter(([, end]) => end <= until).map(([a, b]): [number, number] => [a - from, b - from]);
  const [head, tail] = [from > 0 ? [{ text: '…', hit: false }] : [], until < line.length ? [{ text: '…', hit: false }] : []];
  return [...head, ...piecesOf(line.slice(from, until), inside), ...tail];
}
