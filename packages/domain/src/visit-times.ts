import { addDays, dateOf, instantOf, timeOf } from './civil-time.ts';
import type { CivilDate } from './civil-time.ts';
import type { Reckoning } from './deadlines.ts';

/** An appointment that takes somebody's time. */
export interface Appointed { readonly startsAt: Date; readonly minutes: number }

const minute = 60_000;
const minutesOf = (time: string): number => { const [hours = 0, minutes = 0] = time.split(':').map(Number); return hours * 60 + minutes; };
const timeAt = (minutes: number): string => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
/** How many days ahead are looked at. */
const horizon = 21;

/** As much time lies between two visits as one of them takes: people are on their way. */
const clash = (at: Date, minutes: number) => (it: Appointed): boolean =>
  at.getTime() < it.startsAt.getTime() + (it.minutes + minutes) * minute && it.startsAt.getTime() < at.getTime() + 2 * minutes * minute;

/**
 * Times to which a visit may be moved when its member cannot come: one on each of the next work days after it, within office hours, as far into a half
 * day as it was, now in the other half and now in the same one, and only where nobody who visits is taken. Nothing is reserved by it.
 */
export function freeTimes(visit: Appointed, busy: readonly Appointed[], now: Date, { calendar, hours }: Reckoning, most = 3): Date[] {
  const from = minutesOf(timeOf(visit.startsAt));
  const halves = hours.map(([opens, closes]) => ({ opens: minutesOf(opens), closes: minutesOf(closes) }));
  const within = halves.findIndex(({ opens, closes }) => opens <= from && from < closes);
  const own = Math.max(0, within);
  const into = within < 0 ? 0 : from - (halves[own]?.opens ?? from);
  const others = [...halves.slice(own + 1), ...halves.slice(0, own)];
  const onDay = (on: CivilDate, otherFirst: boolean): Date | undefined => [...(otherFirst ? others : []), ...halves.slice(own, own + 1), ...(otherFirst ? [] : others)]
    .filter(({ opens, closes }) => opens + into + visit.minutes <= closes).map(({ opens }) => instantOf(on, timeAt(opens + into)))
    .find((at) => at > now && !busy.some(clash(at, visit.minutes)));
  const found: Date[] = [];
  const first = dateOf(visit.startsAt) > dateOf(now) ? dateOf(visit.startsAt) : dateOf(now);
  for (let days = 1; days <= horizon && found.length < most; days += 1) {
    const on = addDays(first, days);
    const at = calendar.isWorkday(on) ? onDay(on, found.length % 2 === 0) : undefined;
    if (at) found.push(at);
  }
  return found;
}
/** The last instant that `freeTimes` may offer for a visit. */
export const timesEnd = (visit: Appointed, now: Date): Date => new Date(Math.max(visit.startsAt.getTime(), now.getTime()) + (horizon + 1) * 24 * 60 * minute);
