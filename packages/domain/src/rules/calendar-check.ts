import { weekdayOf, yearOf } from '../civil-time.ts';
import type { SpecialDay } from '../calendar.ts';
import { weekdayWords } from '../words.ts';
import { Findings, fieldsOf } from './findings.ts';

/** One year as the office keeps it. `provisional`: the State Council's notice is not out, only week-ends and what is entered count. */
export interface CalendarYearValue { readonly provisional: boolean; readonly days: readonly SpecialDay[] }

const isDay = (on: unknown): on is string => typeof on === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(Date.parse(`${on}T00:00:00Z`)) && new Date(`${on}T00:00:00Z`).toISOString().startsWith(on);

/** Days off and make-up days of a year as they would be kept, in order, or what is wrong with each. */
export function checkCalendarYear(year: number, given: unknown): { readonly value: CalendarYearValue } | { readonly faults: Readonly<Record<string, string>> } {
  const found = new Findings();
  const { days, provisional } = fieldsOf(given);
  const seen = new Set<string>();
  const read = found.many('days', '放假和补班的日子', days, 0, 120).flatMap((it, index): SpecialDay[] => {
    const { on, kind, name } = fieldsOf(it);
    if (!isDay(on) || yearOf(on) !== year) { found.say(`days.${index}`, `${typeof on === 'string' ? on.slice(0, 10) : '日期'} 不是 ${year} 年的日子`); return []; }
    if (kind !== 'rest' && kind !== 'work') { found.say(`days.${index}`, `${on}：请选择放假还是上班`); return []; }
    if (seen.has(on)) found.say(`days.${index}`, `${on} 写了两次`);
    seen.add(on);
    if (kind === 'work' && ![0, 6].includes(weekdayOf(on))) found.say(`days.${index}`, `${on} 是${weekdayWords(weekdayOf(on))}，本来就上班，不用补班`);
    return [{ on, kind, name: found.text(`days.${index}`, `${on} 的名称`, name, 1, 20) }];
  });
  return found.good ? { value: { provisional: provisional === true, days: read.sort((a, b) => (a.on < b.on ? -1 : 1)) } } : { faults: found.faults };
}
