import { addDays, dateOf, dateWords, instantOf, instantWords, timeOf, weekdayOf } from './civil-time.ts';
import { deliveryActions } from './flows/delivery.flow.ts';
import type { DeliveryAction } from './flows/delivery.flow.ts';
import { noticeText } from './notice-words.ts';
import type { NoticeFacts, NoticeText } from './notice-words.ts';
import { powersToTell } from './powers.ts';
import { isReminder } from './reminders.ts';
import type { Reminder } from './reminders.ts';
import { filledIn } from './rules/placeholders.ts';
import { deliveryActionWords, kindWords, weekdayWords } from './words.ts';
import type { DocumentKind } from './words.ts';
import type { Audience } from './workflow.ts';

/** How a city writes some of its notices, by `noticeKey`; the others are as the domain writes them. */
export type NoticeTexts = Readonly<Record<string, { readonly head: string; readonly body: string }>>;
const noticeKey = ({ kind, action, to, asked, outcome, together }: Pick<NoticeFacts, 'kind' | 'action' | 'to' | 'asked' | 'outcome' | 'together'>): string => `${kind}.${action}.${to}${asked && to === 'author' && isReminder(action) ? '.asked' : outcome ? `.${outcome}` : together && asksFirst(kind, action) ? '.together' : ''}`;
/** What is asked of the first reporter alone is told to the others in words of their own. */
const asksFirst = (kind: DocumentKind, action: string): boolean => kind === 'opinion' && (action === 'return' || action === 'ask_agree');

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
  // A head leaves the house, and a title does not.
  if (!own || own.head.includes('{title}')) return plain;
  const parts: Readonly<Record<string, string>> = partsOf(facts, now);
  const named = [...`${own.head}${own.body}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return named.every((name) => Object.hasOwn(parts, name)) ? { ...plain, head: filledIn(own.head, parts), body: filledIn(own.body, parts) } : plain;
}

/**
 * One kind of notice that a city may write in its own words: as it is to begin with, and what it may name. `inHead`: the same for the head, which
 * goes out by WeChat and as a text message and so never names a title.
 */
export interface NoticeChoice { readonly key: string; readonly kind: DocumentKind; readonly words: string; readonly head: string; readonly body: string; readonly placeholders: Readonly<Record<string, string>>; readonly inHead: Readonly<Record<string, string>> }
interface Told { readonly kind: DocumentKind; readonly action: string; readonly to: Audience; readonly asked?: boolean; readonly outcome?: DeliveryAction; readonly together?: boolean; readonly words: string }

const reminderWords = { remind_before: '快到期时提醒', remind_day: '到期当天提醒', remind_overdue: '过期以后提醒', remind_now: '没有回复时催' } as const satisfies Record<Reminder, string>;
/** Those who are reminded, and what of. Only a visit can be urged by hand. */
const reminded: readonly Omit<Told, 'action'>[] = [
  { kind: 'opinion', to: 'author', words: '补充修改' }, { kind: 'opinion', to: 'author', asked: true, words: '答复' }, { kind: 'opinion', to: 'holder', words: '办理' }, { kind: 'proposal', to: 'author', words: '补充修改' }, { kind: 'proposal', to: 'author', asked: true, words: '答复' }, { kind: 'proposal', to: 'holder', words: '办理' },
  { kind: 'visit', to: 'author', words: '回复' }, { kind: 'visit', to: 'holder', words: '安排改期' }, { kind: 'entry', to: 'author', words: '确认' }, { kind: 'entry', to: 'holder', words: '更正' }, { kind: 'handling', to: 'holder', words: '办理' }, { kind: 'rating', to: 'author', words: '评价' },
  { kind: 'supervision', to: 'holder', words: '督办' }, { kind: 'demand', to: 'holder', words: '督办要求' }, { kind: 'ballot', to: 'author', words: '评议' }, { kind: 'publication', to: 'holder', words: '公开' }, { kind: 'cosign', to: 'author', words: '答复联名' },
];
/** What became of a report is told in as many ways as there are; what is told of a merged one is always as of the main one. */
const moves = (): Told[] => powersToTell().filter(({ action }) => action !== 'follow').flatMap((it) => (it.kind === 'opinion' && it.action === 'record' ? deliveryActions.map((outcome) => ({ ...it, outcome, words: deliveryActionWords[outcome] })) : asksFirst(it.kind, it.action) && it.to === 'author' ? [it, { ...it, together: true }] : [it]));
const all = (): Told[] => [...moves(), ...reminded.flatMap((it) => (Object.entries(reminderWords) as [Reminder, string][]).filter(([action]) => action !== 'remind_now' || it.kind === 'visit' && it.to === 'author').map(([action, words]) => ({ ...it, action, words: `${it.words}${words}` })))];

// A day on which nothing happens: whatever a notice says of it is the part that changes.
const [someDay, due, startsAt] = [instantOf('2099-03-01', '08:00'), instantOf('2099-11-11', '11:11'), instantOf('2099-12-12', '12:12')];
/** Every move of every flow that tells somebody, and every reminder, with its wording as the domain has it and the changing parts by name. */
export const noticeChoices = (): NoticeChoice[] => all().map(({ words, ...told }) => {
  const { kind, to } = told;
  const facts: NoticeFacts = { ...told, title: '{title}', receiptNo: null, holder: '{holder}', due, visit: { startsAt, place: '{place}', leaders: '{leaders}' } };
  const changing: Partial<Record<Part, string>> = partsOf(facts, someDay);
  const named = (text: string): string => (['due', 'when'] as const).reduce((said, part) => said.replaceAll(changing[part] ?? '', `{${part}}`), text);
  const { head, body } = noticeText(facts, someDay);
  const people = { holder: '经办人', author: kind === 'visit' ? '委员' : kind === 'entry' ? '本人' : kind === 'cosign' ? '受邀委员' : '提交人', clerk: kind === 'supervision' ? '提名人' : kind === 'cosign' ? '第一提案人' : '录入人', officer: '值班领导', body: '承办单位', lead: '主办单位' } as const satisfies Record<Audience, string>;
  const { title, ...inHead }: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(partWords).filter(([part]) => kind === 'visit' || !['when', 'place', 'leaders'].includes(part)));
  return { key: noticeKey(told), kind, words: `${kindWords[kind]}${words}，告诉${told.together ? '共同反映人' : people[to]}`, head: named(head), body: named(body), placeholders: { title: title ?? '', ...inHead }, inHead };
});

const examples: Readonly<Record<DocumentKind, string>> = { opinion: '集镇学校门口电动车无处停放，建议划定停车区', proposal: '关于支持农产品冷链物流建设的提案', visit: '走访', entry: '修缮老旧水塔', handling: '关于支持农产品冷链物流建设的提案', rating: '关于支持农产品冷链物流建设的提案', supervision: '关于支持农产品冷链物流建设的提案', demand: '关于支持农产品冷链物流建设的提案', ballot: '关于支持农产品冷链物流建设的提案', publication: '关于支持农产品冷链物流建设的提案', award: '关于支持农产品冷链物流建设的提案', cosign: '关于支持农产品冷链物流建设的提案' };
/** What a notice of this kind would say now, of a made-up case: a preview of the city's wording. */
export function noticeExample({ key, kind }: Pick<NoticeChoice, 'key' | 'kind'>, text: { readonly head: string; readonly body: string }, now: Date): { head: string; body: string } {
  const [, action = '', to = '', more] = key.split('.');
  const outcome = deliveryActions.find((it) => it === more);
  const day = addDays(dateOf(now), 5);
  const facts: NoticeFacts = {
    kind, action, to: to as Audience, title: examples[kind], receiptNo: null, holder: kind === 'visit' ? '委工委' : '社法委', due: instantOf(day, '17:30'), ...(more === 'asked' && { asked: true }), ...(more === 'together' && { together: true }), ...(outcome && { outcome }),
    ...(kind === 'visit' && { visit: { startsAt: instantOf(addDays(day, 2), '09:30'), place: '竹园镇委员工作室', leaders: '副主席 李国强' } }),
  };
  const { head, body } = cityNotice(facts, now, { [key]: text });
  return { head, body };
}
