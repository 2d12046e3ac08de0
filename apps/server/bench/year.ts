import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, calendarOf, dateOf, instantOf } from '@lvzhi/domain';
import type { SpecialDay } from '@lvzhi/domain';

/** A time of a day at which somebody sits down to it; on days off only those who write do. */
export interface Moment { readonly at: Date; readonly isOffice: boolean }

const officeTimes = ['09:10', '10:40', '14:50', '16:30'];
const restTime = '15:20';
/** After the last report came in, this long is worked on until none is left. */
export const daysAfter = 90;

/** The moments of `days` days from the day after `now`, and of those after them in which only the office goes on. `writing`: how many of them bring reports. */
export function momentsOf(now: Date, days: number, seedsFolder: string): { readonly moments: readonly Moment[]; readonly writing: number; readonly from: string; readonly to: string } {
  const seed = JSON.parse(readFileSync(join(seedsFolder, 'calendar.json'), 'utf8')) as { years: readonly { year: number }[]; days: readonly SpecialDay[] };
  const calendar = calendarOf(seed.days, seed.years.map(({ year }) => year));
  const moments: Moment[] = [];
  let writing = 0;
  const from = addDays(dateOf(now), 1);
  for (let day = 0; day < days + daysAfter; day += 1) {
    if (day === days) writing = moments.length;
    const on = addDays(from, day);
    if (calendar.isWorkday(on)) moments.push(...officeTimes.map((time) => ({ at: instantOf(on, time), isOffice: true })));
    else moments.push({ at: instantOf(on, restTime), isOffice: false });
  }
  return { moments, writing, from, to: addDays(from, days - 1) };
}

/** What has to be done at which moment: a queue for each. What falls on a day off waits for the office. */
export class Agenda<T> {
  private readonly due = new Map<number, T[]>();
  private readonly moments: readonly Moment[];
  constructor(moments: readonly Moment[]) { this.moments = moments; }

  /** @returns false: after the last moment; it is left undone */
  plan(item: T, index: number): boolean {
    let at = index;
    while (at < this.moments.length && this.moments[at]?.isOffice === false) at += 1;
    if (at >= this.moments.length) return false;
    const there = this.due.get(at);
    if (there) there.push(item);
    else this.due.set(at, [item]);
    return true;
  }
  take(index: number): readonly T[] {
    const items = this.due.get(index) ?? [];
    this.due.delete(index);
    return items;
  }
  get isEmpty(): boolean { return this.due.size === 0; }
}
