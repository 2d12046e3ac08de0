import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Catalogue } from '@lvzhi/contracts';
import { lengthOf } from '@lvzhi/domain';

/** A line of the file. `no` counts from 1. */
export interface Message { readonly no: number; readonly title: string; readonly body: string }
/** `hash` is of the text, so the same lines packed and unpacked are the same file. */
export interface Messages { readonly hash: string; readonly good: readonly Message[]; readonly blank: readonly number[]; readonly bad: readonly { readonly no: number; readonly why: string }[] }
type Limits = Catalogue['opinion']['limits'];
/** What a member would have typed. The flags say what was done to the text to make it fit the form. */
export interface Fitted {
  readonly title: string; readonly situation: string; readonly suggestion: string;
  readonly titleCut: boolean; readonly bodyCut: boolean;
  /** `split`: the writer's own last part; `stock`: they asked for nothing, so a set sentence stands there. */
  readonly suggested: 'split' | 'stock';
}

export const stockSuggestion = '请有关部门研究处理。';

/** Reads lines `{title, body}`, also gzipped; what is no such line is named and passed over. @throws when the file cannot be read */
export function readMessages(file: string): Messages {
  const bytes = readFileSync(file);
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const [good, blank, bad]: [Message[], number[], { no: number; why: string }[]] = [[], [], []];
  const lines = text.toString('utf8').replace(/^\uFEFF/, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const no = index + 1;
    if (line.trim() === '') blank.push(no);
    else {
      const read = messageIn(line);
      if (typeof read === 'string') bad.push({ no, why: read });
      else good.push({ no, ...read });
    }
  }
  return { hash: createHash('sha256').update(text).digest('hex').slice(0, 16), good, blank, bad };
}

function messageIn(line: string): { title: string; body: string } | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return '不是 JSON';
  }
  const { title, body } = (typeof value === 'object' && value !== null ? value : {}) as { title?: unknown; body?: unknown };
  if (typeof title !== 'string' || title.trim() === '') return '没有 title';
  return typeof body === 'string' && body.trim() !== '' ? { title: title.trim(), body: body.trim() } : '没有 body';
}

/** At most `most` characters as `lengthOf` counts them. */
function cut(text: string, most: number): string {
  if (lengthOf(text) <= most) return text;
  let [kept, count] = ['', 0];
  for (const character of text) {
    count += /\s/.test(character) ? 0 : 1;
    if (count > most) break;
    kept += character;
  }
  return kept.trim();
}

/** Where people begin to say what they want done. */
const asking = /^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．:：]\s*)?(?:为此|因此|所以|故|在此|对此|最后|综上)?[，,]?(?:我们?|本人|居民们?|业主们?|村民们?|大家|广大\S{2,4})?(?:强烈|特|诚恳|衷心|急切|真心)?(?:建议|希望|请求|恳请|恳求|呼吁|盼望|盼|望|请|要求)/;

/** The last part of the text, from where the writer asks for something; no invention. */
function splitSuggestion(body: string, { situation, suggestion }: Limits): { situation: string; suggestion: string } | undefined {
  const sentences = body.split(/(?<=[。！？!?；;\n])/);
  for (let index = 1, before = sentences[0] ?? ''; index < sentences.length; before += sentences[index] ?? '', index += 1) {
    if (!asking.test(sentences[index] ?? '')) continue;
    const rest = sentences.slice(index).join('').trim();
    const fits = lengthOf(before) >= situation.min && lengthOf(rest) >= suggestion.min && lengthOf(rest) <= suggestion.max;
    if (fits && lengthOf(before) * 2 >= lengthOf(body)) return { situation: before.trim(), suggestion: rest };
  }
  return undefined;
}

/** Makes a message fit the form's limits: what is too long is cut and said; what is too short stays so, and the server refuses it. */
export function fit({ title, body }: Message, limits: Limits): Fitted {
  const parts = splitSuggestion(body, limits) ?? { situation: body, suggestion: stockSuggestion };
  const suggestion = cut(parts.suggestion, Math.min(limits.suggestion.max, limits.total - limits.situation.min));
  const situation = cut(parts.situation, Math.min(limits.situation.max, limits.total - lengthOf(suggestion)));
  const short = cut(title, limits.title.max);
  return {
    title: short, situation, suggestion, titleCut: short !== title, bodyCut: situation !== parts.situation || suggestion !== parts.suggestion,
    suggested: parts.situation === body ? 'stock' : 'split',
  };
}
