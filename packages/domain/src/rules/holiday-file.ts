import { addDays, daysBetween, weekdayOf, yearOf } from '../civil-time.ts';
import type { CivilDate } from '../civil-time.ts';
import type { SpecialDay } from '../calendar.ts';
import { weekdayWords } from '../words.ts';

/** One line as it was pasted or stands in the file; `cells`: one for a sentence, several for a line of a table. */
export interface HolidayLine { readonly line: number; readonly cells: readonly string[] }
/** `words`: what was read from it, or why it was not; a line without any date that is no part of a table is passed over. */
export interface HolidayRow { readonly line: number; readonly text: string; readonly verdict: 'read' | 'passed' | 'bad'; readonly words: string }
export interface HolidayFile { readonly days: readonly SpecialDay[]; readonly rows: readonly HolidayRow[]; readonly bad: number }

const wide = (text: string): string => text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ').trim();
const mostLines = 500;

/** Pasted text as lines: a line with tabs (or ASCII commas between cells) is one of a table, any other a sentence. */
export const holidayLines = (text: string): HolidayLine[] => text.split(/\r\n|\n|\r/).map((it, index) => ({ line: index + 1, cells: it.includes('\t') ? it.split('\t') : /^[^,，。]+(,[^,，。]*)+$/.test(it) ? it.split(',') : [it] }));

class Unreadable extends Error {}
const refuse = (words: string): never => { throw new Unreadable(words); };

const dateAt = String.raw`(?:(\d{4})\s*[年\-/.]\s*)?(\d{1,2})\s*[月\-/.]\s*(\d{1,2})(?!\d)\s*[日号]?`;
const weekday = String.raw`(?:\s*[(（][^()（）]*?(?:周|星期|礼拜)([一二三四五六日天])[^()（）]*[)）]|\s*(?:周|星期)([一二三四五六日天])|\s*[(（][^()（）]*[)）])?`;
const until = String.raw`\s*(?:至|到|—+|–|-|~|～)\s*(?:(?:(?:(\d{4})\s*[年\-/.]\s*)?(\d{1,2})\s*[月\-/.]\s*)?(\d{1,2})(?!\d|\s*天)\s*[日号]?)` + weekday;
const spans = new RegExp(`${dateAt}${weekday}(?:${until})?`, 'g');

interface Span { readonly from: CivilDate; readonly to: CivilDate }
const two = (text: string): string => text.padStart(2, '0');
function civil(year: number, month: string, day: string, said: string | undefined): CivilDate {
  const on = `${year}-${two(month)}-${two(day)}`;
  const at = new Date(`${on}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(on)) return refuse(`没有 ${year}年${month}月${day}日 这一天`);
  const index = said === undefined ? -1 : '日一二三四五六'.indexOf(said === '天' ? '日' : said);
  if (index >= 0 && weekdayOf(on) !== index) return refuse(`${year}年${month}月${day}日是${weekdayWords(weekdayOf(on))}，这里写的是${weekdayWords(index)}`);
  return on;
}
/** Every date or stretch of dates of a text. A stretch from December into January without a year begins in the year before. */
function spansIn(text: string, year: number): Span[] {
  return [...text.matchAll(spans)].map(([, y1, m1 = '', d1 = '', w1, v1, y2, m2, d2, w2, v2]) => {
    const last = d2 === undefined ? undefined : { year: y2 === undefined ? y1 !== undefined && m2 === undefined ? Number(y1) : year : Number(y2), month: m2 ?? m1, day: d2 };
    const turns = y1 === undefined && last !== undefined && Number(m1) === 12 && Number(last.month) === 1;
    const from = civil(y1 === undefined ? (turns ? last.year - 1 : year) : Number(y1), m1, d1, w1 ?? v1);
    const to = last === undefined ? from : civil(y1 !== undefined && y2 === undefined && Number(last.month) >= Number(m1) ? Number(y1) : last.year, last.month, last.day, w2 ?? v2);
    if (to < from) return refuse(`从 ${from} 到 ${to}，结束比开始早`);
    return daysBetween(from, to) > 20 ? refuse(`从 ${from} 到 ${to} 有 ${daysBetween(from, to) + 1} 天，太长了`) : { from, to };
  });
}
const daysOf = ({ from, to }: Span): CivilDate[] => Array.from({ length: daysBetween(from, to) + 1 }, (_, ahead) => addDays(from, ahead));
const hasDate = (text: string): boolean => new RegExp(dateAt).test(text);

type Column = 'name' | 'rest' | 'work' | 'day' | 'kind' | 'count';
function columnOf(head: string): Column | undefined {
  const text = wide(head).replace(/\s/g, '');
  if (/天数|几天|共.*天/.test(text)) return 'count';
  if (/上班|补班|调班/.test(text)) return 'work';
  if (/放假|假期(时间|日期|安排)|休息|起止/.test(text)) return 'rest';
  if (/类型|类别|性质|安排/.test(text)) return 'kind';
  if (/日期|时间|哪天/.test(text)) return 'day';
  return /名称|节日|节假日|假日|假期|说明|备注/.test(text) ? 'name' : undefined;
}
type Head = ReadonlyMap<Column, number>;
function headOf({ cells }: HolidayLine): Head | undefined {
  if (cells.length < 2 || cells.some(hasDate)) return undefined;
  const found = new Map<Column, number>();
  cells.forEach((cell, index) => { const column = columnOf(cell); if (column !== undefined && !found.has(column)) found.set(column, index); });
  return found.has('rest') || found.has('work') || found.has('day') ? found : undefined;
}

interface Read { readonly name: string; readonly rest: readonly CivilDate[]; readonly work: readonly CivilDate[] }
function named(text: string): string {
  const name = wide(text).replace(/^[(]?[一二三四五六七八九十\d]+[)]?[、.\s]\s*/, '').replace(/[：:].*$/, '').trim();
  if (name === '') return refuse('没有写是什么节日');
  return [...name].length > 12 ? refuse(`节日名称“${[...name].slice(0, 12).join('')}…”太长，最多 12 个字`) : name;
}
function counted(rest: readonly CivilDate[], text: string): void {
  const said = /(?:共|放假|调休|休息|^)\s*(\d+)\s*天/.exec(text)?.[1] ?? /^\s*(\d+)\s*$/.exec(text)?.[1];
  if (said !== undefined && Number(said) !== rest.length) refuse(`写的是 ${said} 天，日期数下来是 ${rest.length} 天`);
}

/** 二、春节：1月28日（农历除夕、周二）至2月4日（周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。 */
function sentence(text: string, year: number): Read {
  const colon = text.search(/[：:]/);
  const first = text.search(new RegExp(dateAt));
  const name = named(colon >= 0 && colon < first ? text.slice(0, colon) : text.slice(0, first));
  const [rest, work]: [CivilDate[], CivilDate[]] = [[], []];
  for (const clause of text.slice(colon >= 0 && colon < first ? colon + 1 : first).split(/[。；;]/)) {
    const days = spansIn(clause, year).flatMap(daysOf);
    if (days.length === 0) continue;
    if (/上班|补班/.test(clause)) work.push(...days);
    else if (/放假|休|共.*天/.test(clause)) { counted(days, clause); rest.push(...days); } else refuse(`“${clause.trim().slice(0, 30)}”没有写是放假还是上班`);
  }
  return { name, rest, work };
}

function lineOfTable(cells: readonly string[], head: Head, year: number): Read {
  const at = (column: Column): string => { const index = head.get(column); return index === undefined ? '' : wide(cells[index] ?? ''); };
  const name = named(at('name'));
  const none = /^(无|没有|不调休|不补班|\/|-|—)?$/;
  const dates = (column: Column): CivilDate[] => {
    const text = at(column);
    if (none.test(text)) return [];
    const days = spansIn(text, year).flatMap(daysOf);
    return days.length > 0 ? days : refuse(`“${text.slice(0, 30)}”不像日期。请写成 1月28日、2025-01-28，或 1月28日至2月4日`);
  };
  if (head.has('day')) {
    const [kind, days] = [at('kind'), dates('day')];
    if (days.length === 0) refuse('没有日期');
    if (/上班|补班|^班$|工作日/.test(kind)) return { name, rest: [], work: days };
    return /放假|休|假/.test(kind) ? { name, rest: days, work: [] } : refuse(`类型应是“放假”或“上班”，${kind === '' ? '还没有填' : `现在是“${kind.slice(0, 12)}”`}`);
  }
  const [rest, work] = [dates('rest'), dates('work')];
  if (rest.length + work.length === 0) refuse('没有日期');
  counted(rest, at('count'));
  return { name, rest, work };
}

const kindsWords = { rest: '放假', work: '上班' } as const;
const makeUp = (name: string): string => (/补班|上班/.test(name) ? name : `${name}补班`);

/**
 * The State Council's notice of one year: pasted as it was published, or as a table with a head (节日, 放假时间, 调休上班, 天数; or 日期, 类型, 名称).
 * Every line gets a verdict. What it says is checked against itself: the weekday in brackets, the number of days, each day once, a make-up
 * day on a week-end. Pure; the days of bad lines are left out, and nothing should be kept while there is one.
 */
export function readHolidays(lines: readonly HolidayLine[], year: number): HolidayFile {
  const taken = new Map<CivilDate, { readonly line: number; readonly kind: 'rest' | 'work' }>();
  const days: SpecialDay[] = [];
  const rows: HolidayRow[] = [];
  let head: Head | undefined;
  const take = (line: number, on: CivilDate, kind: 'rest' | 'work', name: string): SpecialDay => {
    const near = yearOf(on) === year || on >= `${year - 1}-12-25` && on < `${year + 1}-01-08`;
    if (!near) refuse(`${on} 不在 ${year} 年`);
    const before = taken.get(on);
    if (before) refuse(`${on} 在第 ${before.line} 行已经写了${kindsWords[before.kind]}`);
    if (kind === 'work' && ![0, 6].includes(weekdayOf(on))) refuse(`${on} 是${weekdayWords(weekdayOf(on))}，本来就上班，不用补班`);
    return { on, kind, name: kind === 'work' ? makeUp(name) : name };
  };
  for (const it of lines.slice(0, mostLines)) {
    const text = it.cells.map(wide).filter((cell) => cell !== '').join(' ');
    if (text === '') continue;
    const found = headOf(it);
    if (found) { head = found; continue; }
    const row = (verdict: HolidayRow['verdict'], words: string) => rows.push({ line: it.line, text: text.slice(0, 120), verdict, words });
    const table = head !== undefined && it.cells.length > 1;
    const numbered = /^[(（]?[一二三四五六七八九十\d]+[)）]?[、.]/.test(text) && /[：:]/.test(text);
    if (!table && !hasDate(text) && !numbered) { row('passed', '没有日期，没有读'); continue; }
    try {
      if (!table && !hasDate(text)) refuse('没有找到日期');
      const { name, rest, work } = table && head ? lineOfTable(it.cells, head, year) : sentence(wide(text), year);
      const read = [...rest.map((on) => take(it.line, on, 'rest', name)), ...work.map((on) => take(it.line, on, 'work', name))];
      if (new Set(read.map(({ on }) => on)).size < read.length) refuse('同一天写了两次');
      for (const { on, kind } of read) taken.set(on, { line: it.line, kind });
      days.push(...read);
      row('read', [rest.length > 0 ? `放假 ${rest.length} 天：${spanWords(rest)}` : '', work.length > 0 ? `上班：${spanWords(work)}` : ''].filter(Boolean).join('；'));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      row('bad', error.message);
    }
  }
  if (lines.length > mostLines) rows.push({ line: mostLines + 1, text: '', verdict: 'bad', words: `一次最多读 ${mostLines} 行` });
  return { days: days.sort((a, b) => (a.on < b.on ? -1 : 1)), rows, bad: rows.filter(({ verdict }) => verdict === 'bad').length };
}

const short = (on: CivilDate): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;
/** 1月28日至2月4日、2月8日. */
export function spanWords(days: readonly CivilDate[]): string {
  const parts: [CivilDate, CivilDate][] = [];
  for (const on of [...days].sort()) {
    const last = parts.at(-1);
    if (last && addDays(last[1], 1) === on) last[1] = on; else parts.push([on, on]);
  }
  return parts.map(([from, to]) => (from === to ? short(from) : `${short(from)}至${short(to)}`)).join('、');
}
