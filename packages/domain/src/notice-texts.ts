import { dateOf, dateWords, instantOf, instantWords, timeOf, weekdayOf } from './civil-time.ts';
import { noticeText } from './notice-words.ts';
import type { NoticeFacts, NoticeText } from './notice-words.ts';
import { powersToTell } from './powers.ts';
import { filledIn } from './rules/placeholders.ts';
import { kindWords, weekdayWords } from './words.ts';

/** How a city writes some of its notices, by `noticeKey`; the others are as the domain writes them. */
export type NoticeTexts = Readonly<Record<string, { readonly head: string; readonly body: string }>>;
export const noticeKey = ({ kind, action, to }: Pick<NoticeFacts, 'kind' | 'action' | 'to'>): string => `${kind}.${action}.${to}`;

/** What a notice may name, by the name that a city's own wording uses. */
const partWords = { title: '题目', holder: '现在在谁手里', due: '到什么时候', when: '走访的日期和时间', place: '走访的地点', leaders: '走访人' } as const;
type Part = keyof typeof partWords;

function partsOf({ title, holder, due, visit }: NoticeFacts, now: Date): Partial<Record<Part, string>> {
  const when = visit && dateOf(visit.startsAt);
  return {
    title, ...(holder !== null && { holder }), ...(due && { due: instantWords(due, now) }),
    ...(visit && when !== undefined && { when: `${dateWords(when, dateOf(now))} ${weekdayWords(weekdayOf(when))} ${timeOf(visit.startsAt).replace(/^0/, '')}`, place: visit.place, leaders: visit.leaders }),
  };
}

/** The notice in the city's own words, if it has any for this kind. Where one of the parts that they name is not known, the domain's words stand instead. */
export function cityNotice(facts: NoticeFacts, now: Date, texts: NoticeTexts): NoticeText {
  const [plain, own] = [noticeText(facts, now), texts[noticeKey(facts)]];
  if (!own) return plain;
  const parts: Readonly<Record<string, string>> = partsOf(facts, now);
  const named = [...`${own.head}${own.body}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return named.every((name) => Object.hasOwn(parts, name)) ? { ...plain, head: filledIn(own.head, parts), body: filledIn(own.body, parts) } : plain;
}

/** One kind of notice that a city may write in its own words: as it is to begin with, and what it may name. */
export interface NoticeChoice { readonly key: string; readonly words: string; readonly head: string; readonly body: string; readonly placeholders: Readonly<Record<string, string>> }

// A day on which nothing happens: whatever a notice says of it is the part that changes.
const [someDay, due, startsAt] = [instantOf('2099-03-01', '08:00'), instantOf('2099-11-11', '11:11'), instantOf('2099-12-12', '12:12')];
/** Every move of every flow that tells somebody, with its wording as the domain has it and the changing parts by name. */
export const noticeChoices = (): NoticeChoice[] => powersToTell().map(({ kind, action, words, to }) => {
  const facts: NoticeFacts = { kind, action, to, title: '{title}', receiptNo: null, holder: '{holder}', due, visit: { startsAt, place: '{place}', leaders: '{leaders}' } };
  const changing: Partial<Record<Part, string>> = partsOf(facts, someDay);
  const named = (text: string): string => (['due', 'when'] as const).reduce((said, part) => said.replaceAll(changing[part] ?? '', `{${part}}`), text);
  const { head, body } = noticeText(facts, someDay);
  const told = { holder: '经办人', author: kind === 'visit' ? '委员' : '提交人' } as Readonly<Record<string, string>>;
  const placeholders = Object.fromEntries(Object.entries(partWords).filter(([part]) => kind === 'visit' || !['when', 'place', 'leaders'].includes(part)));
  return { key: noticeKey({ kind, action, to }), words: `${kindWords[kind]}${words}，告诉${told[to] ?? '有关的人'}`, head: named(head), body: named(body), placeholders };
});
