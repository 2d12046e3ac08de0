/** Civil time of Asia/Shanghai by fixed arithmetic: UTC+8, no daylight saving since 1992. Nothing here reads the machine's zone. */
const eightHours = 8 * 3_600_000;
const day = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYY-MM-DD` in Shanghai at an instant. */
export type CivilDate = string;

/** The same few days are named over and over, in every line of every list: each is worked out once. */
const mostDays = 20_000;
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = work(key);
    if (known.size >= mostDays) known.clear();
    known.set(key, made);
    return made;
  };
}
/** By days since 1970. */
const nameOfDay = remembered((no: number): CivilDate => new Date(no * day).toISOString().slice(0, 10));
const midnight = remembered((on: CivilDate): number => Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10))));

const shifted = (at: Date): number => at.getTime() + eightHours;
export const dateOf = (at: Date): CivilDate => nameOfDay(Math.floor(shifted(at) / day));
/** `HH:MM` in Shanghai. */
export const timeOf = (at: Date): string => new Date(shifted(at)).toISOString().slice(11, 16);
/** The instant at which a Shanghai clock shows this date and time. */
export function instantOf(on: CivilDate, time: string): Date {
  return new Date(midnight(on) - eightHours + Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3, 5)) * 60_000);
}
export const addDays = (on: CivilDate, days: number): CivilDate => nameOfDay(midnight(on) / day + days);
/** 0 = Sunday. */
export const weekdayOf = (on: CivilDate): number => new Date(midnight(on)).getUTCDay();
/** The same day so many months later, or the last of a month that has no such day: 30 Nov + 3 months is 28 or 29 Feb. */
export function addMonths(on: CivilDate, months: number): CivilDate {
  const [year, month] = [yearOf(on), Number(on.slice(5, 7)) - 1 + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(Number(on.slice(8, 10)), last))).toISOString().slice(0, 10);
}
export const daysBetween = (from: CivilDate, to: CivilDate): number => Math.round((midnight(to) - midnight(from)) / day);
export const yearOf = (on: CivilDate): number => Number(on.slice(0, 4));

/** 7月26日; with the year when it is not this one. */
export function dateWords(on: CivilDate, today?: CivilDate): string {
  const words = `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`;
  return today !== undefined && today.slice(0, 4) !== on.slice(0, 4) ? `${on.slice(0, 4)}年${words}` : words;
}

/** 今天 / 明天 / 昨天 / 7月26日, and the time. */
export function instantWords(at: Date, now: Date): string {
  const [on, today] = [dateOf(at), dateOf(now)];
  const near = { [-1]: '昨天', 0: '今天', 1: '明天' }[daysBetween(today, on)] ?? dateWords(on, today);
  const [hours, minutes] = timeOf(at).split(':');
  return `${near} ${Number(hours)}:${two(Number(minutes))}`;
}
