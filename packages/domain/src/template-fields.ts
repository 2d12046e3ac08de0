import { addDays, dateOf, instantOf, instantWords, timeOf } from './civil-time.ts';
import type { NoticeSort } from './delivery.ts';

/** 2022年7月26日 09:30, as message templates want instants. */
function instantField(at: Date): string {
  const [year, month, day] = dateOf(at).split('-').map(Number);
  return `${year}年${month}月${day}日 ${timeOf(at)}`;
}
const plain = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{Cs}/gu, '').trim();
/** Cut by code points, the last of them a sign that more follows. */
function cut(text: string, most: number): string {
  const all = [...text];
  return all.length <= most ? text : `${all.slice(0, most - 1).join('').trimEnd()}…`;
}
const only = (text: string, kept: RegExp, most: number): string => [...text].filter((it) => kept.test(it)).slice(0, most).join('');

type Fit = (text: string, at: Date) => string;
/** By the letters of the field's key: the value as the template takes it, '' when nothing of it fits (facts §1.3). */
const fits: Readonly<Record<string, Fit>> = {
  thing: (text) => cut(text, 20),
  const: (text) => cut(text, 20),
  number: (text) => /-?\d{1,30}(\.\d+)?/.exec(text)?.[0].slice(0, 32).replace(/\.$/, '') ?? '',
  letter: (text) => only(text, /^[A-Za-z]$/, 32),
  symbol: (text) => only(text, /^[^\p{L}\p{N}\s\p{M}]$/u, 5),
  character_string: (text) => only(text, /^[\x21-\x7e]$/, 32),
  time: (_, at) => instantField(at),
  date: (_, at) => instantField(at),
  amount: (text) => /[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?/.exec(text)?.[0] ?? '',
  phone_number: (text) => only(text, /^[\d()+-]$/, 17),
  car_number: (text) => /^[\p{Script=Han}A-Z][A-Z0-9]{2,6}[A-Z0-9\p{Script=Han}]$/u.exec(text)?.[0] ?? '',
  name: (text) => { const written = only(text, /^[\p{L}·]$/u, 20); return /\p{Script=Han}/u.test(written) ? [...written].slice(0, 10).join('') : written; },
  phrase: (text) => only(text, /^\p{Script=Han}$/u, 5),
};
/** Said where a field would be empty, since an empty one keeps the whole message back. */
const instead: Readonly<Record<string, string>> = { number: '1', letter: 'A', symbol: '#', character_string: '-', amount: '0', phone_number: '0', car_number: '粤A00000', name: '工作人员', phrase: '请查看' };

/**
 * A value that the field takes, whatever is given: `at` for fields of dates and times, the text otherwise. So no message is refused for its
 * fields, however long a title is and whatever signs it has.
 */
export function fieldValue(key: string, value: string, at: Date): string {
  const prefix = key.replace(/\d+$/, '');
  const fitted = (fits[prefix] ?? fits['thing'] as Fit)(plain(value), at);
  return fitted === '' ? instead[prefix] ?? '请看详情' : fitted;
}
export const fieldPrefixes = Object.keys(fits);
/** Fields that hold an instant and nothing else. */
export const momentPrefixes: readonly string[] = ['time', 'date'];

/** What the fields of a template may name. Nothing of what somebody wrote is among them. */
export const templatePlaces = { head: '发生了什么', when: '走访的时间', where: '走访的地点', who: '走访人', until: '到什么时候', no: '收件号', holder: '在谁手里', name: '收件人', city: '市名', at: '发出的时间' } as const;
export interface Filling { readonly words: Readonly<Record<string, string>>; readonly instants: Readonly<Record<string, Date>> }
export const filledPattern = (pattern: string, { words }: Pick<Filling, 'words'>): string => pattern.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '');
/** The fields of a message, each as its template takes it. */
export const messageFields = (fields: Readonly<Record<string, string>>, { words, instants }: Filling, now: Date): Record<string, string> => Object.fromEntries(Object.entries(fields).map(([key, pattern]) =>
  [key, fieldValue(key, filledPattern(pattern, { words }), instants[/\{(\w+)\}/.exec(pattern)?.[1] ?? ''] ?? instants['at'] ?? now)]));

/** What messages of each sort name, of a made-up case: for a preview. */
export function fillingExample(sort: NoticeSort, city: string, now: Date): Filling {
  const day = addDays(dateOf(now), 5);
  const [until, when] = [instantOf(day, '17:30'), instantOf(addDays(day, 2), '09:30')];
  const words = { name: '陈静怡', city, until: instantWords(until, now), at: instantWords(now, now) };
  if (sort === 'visit') return { words: { ...words, head: '走访通知', when: instantWords(when, now), where: '竹园镇委员工作室', who: '副主席 李国强', no: '', holder: '' }, instants: { at: now, until, when } };
  return { words: { ...words, head: sort === 'task' ? '1 件提案待初审' : '初审通过', no: '提 0031', holder: '社法委', when: '', where: '', who: '' }, instants: { at: now, until } };
}
