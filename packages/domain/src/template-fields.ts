import { dateOf, timeOf } from './civil-time.ts';

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
