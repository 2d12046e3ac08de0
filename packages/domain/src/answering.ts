import { sketchOf } from './similarity/terms.ts';

/** 逐条对照建议: a suggestion, and the paragraphs of an answer that speak of it; null: none was found. `by`: it is named by its number, by words of its own (`words`), or stands at the same place. */
export interface Answered { readonly no: number; readonly suggestion: string; readonly paragraph: string | null; readonly by: 'said' | 'words' | 'order' | null; readonly words: readonly string[] }

const styles = [/^\s*[一二三四五六七八九十]{1,3}、\s*/, /^\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*/, /^\s*\d{1,2}[.、．]\s*/, /^\s*[（(]?\d{1,2}[）)]\s*/] as const;
const styleOf = (line: string): RegExp | undefined => styles.find((it) => it.test(line));
/** 1.…；2.… in one line are two. What ends the first stays with it. */
const inOneLine = /([；;。])\s*(?=(?:\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]))/g;
/** What stands before the first number and opens the list: 为此，建议： */
const opening = (line: string): boolean => /[：:]\s*$/.test(line) && line.length <= 60;

interface Piece { readonly text: string; readonly numbered: boolean }
/** By the numbers of its outermost list; without numbers each line is one. */
function piecesOf(text: string): Piece[] {
  const lines = text.split('\n').flatMap((line) => line.replace(inOneLine, '$1\n').split('\n')).map((line) => line.trim()).filter((line) => line !== '');
  const style = lines.map(styleOf).find((it) => it !== undefined);
  if (!style) return lines.map((line) => ({ text: line, numbered: false }));
  const pieces: { text: string; numbered: boolean }[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (style.test(line)) pieces.push({ text: line, numbered: true });
    else if (last?.numbered) last.text += `\n${line}`;
    else pieces.push({ text: line, numbered: false });
  }
  return pieces;
}

/** The suggestions one by one, without their numbers. */
export function suggestionsIn(suggestion: string): string[] {
  const pieces = piecesOf(suggestion);
  const own = pieces.some(({ numbered }) => numbered) ? pieces.filter(({ numbered }) => numbered) : pieces.filter(({ text }) => !opening(text));
  return own.map(({ text }) => { const style = styleOf(text); return style ? text.replace(style, '') : text; });
}

const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const named = (no: number): RegExp => new RegExp(`第\\s*(?:${no}${chinese[no - 1] ? `|${chinese[no - 1]}` : ''})\\s*(?:条|点|项)`);
/** So many of a suggestion's own words, and this share of them, stand in what answers it. Held against the answers of the design and of the tests. */
const [leastWords, leastShare] = [2, 0.3];
const termsOf = (text: string): readonly string[] => sketchOf('', text).terms.filter((it) => it.length === 2);

/** What two suggestions say both says nothing of which of them is answered. */
function ownTerms(items: readonly string[]): readonly (readonly string[])[] {
  const all = items.map(termsOf);
  return all.map((terms, at) => terms.filter((term) => !all.some((other, index) => index !== at && other.includes(term))));
}

/** Each suggestion beside what answers it, as far as numbers and words tell: advice for whoever writes and whoever reviews, never a verdict. */
export function answersOf(suggestion: string, body: string): Answered[] {
  const [items, pieces] = [suggestionsIn(suggestion), piecesOf(body)];
  const [own, blocks] = [ownTerms(items), pieces.map(({ text }) => ({ text, terms: new Set(termsOf(text)) }))];
  const counted = pieces.filter(({ numbered }) => numbered);
  const found = items.map((text, at): Answered => {
    const base = { no: at + 1, suggestion: text };
    const said = items.length > 1 ? pieces.find((it) => named(at + 1).test(it.text)) : undefined;
    if (said) return { ...base, paragraph: said.text, by: 'said', words: [] };
    const terms = own[at] ?? [];
    const [best] = blocks.map((it) => ({ it, shared: terms.filter((term) => it.terms.has(term)) })).filter(({ shared }) => shared.length >= leastWords && shared.length >= terms.length * leastShare).toSorted((a, b) => b.shared.length - a.shared.length);
    return best ? { ...base, paragraph: best.it.text, by: 'words', words: best.shared.slice(0, 4) } : { ...base, paragraph: null, by: null, words: [] };
  });
  // As many numbered answers as suggestions stand in their order, where nothing else speaks for another.
  if (counted.length !== items.length) return found;
  const taken = new Set(found.map(({ paragraph }) => paragraph));
  return found.map((it, at) => { const there = counted[at]?.text; return it.paragraph === null && there !== undefined && !taken.has(there) ? { ...it, paragraph: there, by: 'order' } : it; });
}
export const unanswered = (all: readonly Answered[]): readonly Answered[] => all.filter(({ paragraph }) => paragraph === null);
