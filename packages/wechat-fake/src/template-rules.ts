/** What WeChat lets stand in a template's fields, by the letters of the key (F7). Lengths count code points. */
const rules: readonly (readonly [prefix: string, fits: (value: string) => boolean])[] = [
  ['character_string', (it) => it.length <= 32 && /^[\x21-\x7e]+$/.test(it)],
  ['phone_number', (it) => it.length <= 17 && /^[\d()+\- ]+$/.test(it)],
  ['car_number', (it) => lengthOf(it) <= 8 && /^[\p{Script=Han}A-Z][A-Z0-9]+[A-Z0-9\p{Script=Han}]$/u.test(it)],
  ['thing', (it) => lengthOf(it) <= 20],
  ['number', (it) => it.length <= 32 && /^-?\d+(\.\d+)?$/.test(it)],
  ['letter', (it) => it.length <= 32 && /^[A-Za-z]+$/.test(it)],
  ['symbol', (it) => lengthOf(it) <= 5 && /^[^\p{L}\p{N}\s]+$/u.test(it)],
  ['time', (it) => it.split('~').every((part) => timeFits(part.trim()))],
  ['date', (it) => it.split('~').every((part) => dateFits(part.trim()))],
  ['amount', (it) => /^[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?$/.test(it)],
  ['name', (it) => (/\p{Script=Han}/u.test(it) ? lengthOf(it) <= 10 : lengthOf(it) <= 20) && !/\d/.test(it)],
  ['phrase', (it) => lengthOf(it) <= 5 && /^\p{Script=Han}+$/u.test(it)],
  ['const', (it) => lengthOf(it) <= 20],
];
const CLOCK = '([01]?\\d|2[0-3])[:：][0-5]\\d(?:[:：][0-5]\\d)?';
const DAY = '(\\d{4})年(\\d{1,2})月(\\d{1,2})日|(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})';

const lengthOf = (text: string): number => Array.from(text).length;

function dayFits(text: string): boolean {
  const found = new RegExp(`^(?:${DAY})`).exec(text);
  if (found === null) return false;
  const [year, month, day] = [found[1] ?? found[4], found[2] ?? found[5], found[3] ?? found[6]].map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return at.getUTCMonth() === (month ?? 0) - 1 && at.getUTCDate() === day;
}
const timeFits = (text: string): boolean => new RegExp(`^(?:(?:${DAY})\\s*)?${CLOCK}$`).test(text) && (/^\d{4}/.test(text) ? dayFits(text) : true);
const dateFits = (text: string): boolean => new RegExp(`^(?:${DAY})(?:\\s*${CLOCK})?$`).test(text) && dayFits(text);

/** Whether the value may stand in the field. Keys that no rule knows fit nothing. */
export function fieldFits(key: string, value: string): boolean {
  const prefix = key.replace(/\d+$/, '');
  const fits = rules.find(([name]) => name === prefix)?.[1];
  return fits !== undefined && value !== '' && value.trim() === value && !/[\r\n\t]/.test(value) && fits(value);
}
