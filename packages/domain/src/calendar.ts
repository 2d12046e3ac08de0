import { addDays, weekdayOf, yearOf } from './civil-time.ts';
import type { CivilDate } from './civil-time.ts';

/** A day that differs from the plain week: a holiday (`rest`) or a make-up work day (`work`), by the State Council's notice. */
export interface SpecialDay { readonly on: CivilDate; readonly kind: 'rest' | 'work'; readonly name: string }

export interface WorkCalendar {
  isWorkday(on: CivilDate): boolean;
  /** The name of the holiday or make-up day, if this is one. */
  nameOf(on: CivilDate): string | undefined;
  /** The year's notice has not been entered yet: only week-ends are known. */
  isProvisional(year: number): boolean;
}

export function calendarOf(days: readonly SpecialDay[], confirmedYears: readonly number[]): WorkCalendar {
  const special = new Map(days.map((it) => [it.on, it]));
  const confirmed = new Set(confirmedYears);
  return {
    isWorkday(on) {
      const kind = special.get(on)?.kind;
      return kind === undefined ? ![0, 6].includes(weekdayOf(on)) : kind === 'work';
    },
    nameOf: (on) => special.get(on)?.name,
    isProvisional: (year) => !confirmed.has(year),
  };
}

/** What was passed over and what was counted on the way to a work day, for a person to check. */
export interface Counted { readonly on: CivilDate; readonly skipped: readonly { name: string; days: number }[]; readonly makeUp: readonly CivilDate[]; readonly provisional: boolean }

/** The days after `from`, up to and including `on`. */
export function countedUntil(calendar: WorkCalendar, from: CivilDate, on: CivilDate): Counted {
  const skipped = new Map<string, number>();
  const makeUp: CivilDate[] = [];
  for (let day = addDays(from, 1); day <= on; day = addDays(day, 1)) {
    if (!calendar.isWorkday(day)) {
      const name = calendar.nameOf(day) ?? '周末';
      skipped.set(name, (skipped.get(name) ?? 0) + 1);
    } else if ([0, 6].includes(weekdayOf(day))) makeUp.push(day);
  }
  return { on, skipped: [...skipped].map(([name, days]) => ({ name, days })), makeUp, provisional: calendar.isProvisional(yearOf(on)) };
}

/** The n-th work day after `from` (which itself is never counted). */
export function workdaysAfter(calendar: WorkCalendar, from: CivilDate, count: number): Counted {
  let [on, left] = [from, count];
  while (left > 0) {
    on = addDays(on, 1);
    if (calendar.isWorkday(on)) left -= 1;
  }
  return countedUntil(calendar, from, on);
}

/** Work days left after today, up to and including `until`; 0 when it is today or past. */
export function workdaysLeft(calendar: WorkCalendar, today: CivilDate, until: CivilDate): number {
  let left = 0;
  for (let on = addDays(today, 1); on <= until; on = addDays(on, 1)) if (calendar.isWorkday(on)) left += 1;
  return left;
}
