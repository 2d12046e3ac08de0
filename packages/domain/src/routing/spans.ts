import type { RoutingText } from './decision.ts';

interface Speaking { readonly gram: string; readonly weight: number }
interface Span { readonly shown: string; readonly weight: number }

const mostSpans = 3;
const leastWeight = 0.08;
const longest = 6;
/** A reason begins and ends with none of these: they belong to the sentence, not to the word. */
const grammar = /^[的了是在和与及等我你您他们这那有也都就被把将为对不没很请问并由从到上下中里个]+|[的了是在和与及等我你您他们这那有也都就被把将为对不没很请问并由从到个]+$/g;

/** What every letter says tells a reader nothing about why. */
const filler = /^(?:反映|相关|有关|解决|特别|经常|如何|何时|改善|希望|要求|情况|咨询|请求|投诉|建议|办理|请问|目前|现在|多次|部门|领导|政府|严重|加强|影响|关于|通过|进行|存在|一直)+$|^问题|的/;
const tail = /(?:问题|情况|方面)$/;

/** Where the part of the text with this run begins and ends after runs that overlap it, and speak the same way, are joined. */
function widened(text: string, at: number, size: number, heard: ReadonlyMap<string, number>): readonly [number, number] {
  let [from, to] = [at, at + size];
  while (to - from < longest && heard.has(text.slice(to - 1, to + 1))) to += 1;
  while (to - from < longest && from > 0 && heard.has(text.slice(from - 1, from + 1))) from -= 1;
  return [from, to];
}

/** The strongest runs as a reader sees them in the text: overlapping ones joined, words of grammar cut off the ends. */
export function spansOf({ title, body }: Pick<RoutingText, 'title' | 'body'>, speaking: readonly Speaking[]): readonly Span[] {
  const strong = speaking.filter(({ weight }) => weight >= leastWeight).sort((a, b) => b.weight - a.weight || (a.gram < b.gram ? -1 : 1)).slice(0, 24);
  const heard = new Map(strong.map(({ gram, weight }) => [gram, weight]));
  const spans = new Map<string, number>();
  for (const { gram, weight } of strong) {
    const text = title.includes(gram) ? title : body;
    const at = text.indexOf(gram);
    if (at < 0) continue;
    const shown = text.slice(...widened(text, at, gram.length, heard)).replace(grammar, '').replace(tail, '');
    if (shown.length < 2 || filler.test(shown)) continue;
    const around = [...spans.keys()].find(known => known.includes(shown) || shown.includes(known));
    if (around === undefined) { if (spans.size < mostSpans) spans.set(shown, weight); continue; }
    const sum = (spans.get(around) ?? 0) + weight;
    spans.delete(around);
    spans.set(around.length >= shown.length ? around : shown, sum);
  }
  return [...spans].map(([shown, weight]) => ({ shown, weight })).sort((a, b) => b.weight - a.weight);
}
