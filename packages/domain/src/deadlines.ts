import { countedUntil, workdaysAfter, workdaysLeft } from './calendar.ts';
import type { WorkCalendar } from './calendar.ts';
import { addDays, addMonths, dateOf, dateWords, daysBetween, instantOf, instantWords, timeOf } from './civil-time.ts';
import type { CivilDate } from './civil-time.ts';

/** The time that a setting allows (rules: posts, office hours; duty-rules §9.4: objections in work days, replies in days). */
export type Allowance =
  | { readonly workdays: number }
  | { readonly days: number }
  /** Calendar months: what is handed over on 25 March with three has until 25 June. */
  | { readonly months: number }
  | { readonly officeMinutes: number }
  /** The same work day; what comes after `sameDayUntil` has until `nextDayAt` on the next. */
  | { readonly sameDayUntil: string; readonly nextDayAt: string };

/** Office hours of a work day, in order: [['08:30','12:00'],['14:30','17:30']]. */
export type OfficeHours = readonly (readonly [from: string, until: string])[];
export interface Reckoning { readonly calendar: WorkCalendar; readonly hours: OfficeHours }
/** How a deadline was reckoned (`allowed` is empty where an arrangement itself names the time), whole enough for a person to check it by hand. */
export interface Explanation { readonly from: string; readonly allowed: string; readonly skipped: readonly { name: string; days: number }[]; readonly makeUp: readonly CivilDate[]; readonly provisional: boolean; /** Where it stood at first, and what changed it since, each in words. */ readonly reckoned?: string; readonly notes?: readonly string[]; /** What it was reckoned with, to reckon it again when the calendar changes; none where an arrangement names the time. */ readonly basis?: Basis }
/** The rule and the office hours that held when a deadline began: a later rule does not move it, a changed calendar does. */
export interface Basis { readonly allowance: Allowance; readonly hours: OfficeHours }
export interface Due { readonly at: Date; readonly explanation: Explanation }

/** No hours set: the whole day. */
const openHours = (hours: OfficeHours): OfficeHours => (hours.some(([opens, closes]) => opens < closes) ? hours : [['00:00', '24:00']]);
const closing = (hours: OfficeHours): string => hours.at(-1)?.[1] ?? '24:00';
const nextWorkday = (calendar: WorkCalendar, on: CivilDate): CivilDate => workdaysAfter(calendar, on, 1).on;

/** Walks the open hours from an instant until the minutes are used up. */
function afterOfficeMinutes({ calendar, hours }: Reckoning, from: Date, minutes: number): Date {
  let [on, time, left] = [dateOf(from), timeOf(from), minutes];
  for (;;) {
    if (calendar.isWorkday(on)) {
      for (const [opens, closes] of openHours(hours)) {
        if (time >= closes) continue;
        const begin = instantOf(on, time > opens ? time : opens);
        const room = (instantOf(on, closes).getTime() - begin.getTime()) / 60_000;
        if (left <= room) return new Date(begin.getTime() + left * 60_000);
        left -= room;
      }
    }
    [on, time] = [addDays(on, 1), '00:00'];
  }
}

function sameDay({ calendar, hours }: Reckoning, from: Date, until: string, nextDayAt: string): Date {
  const on = dateOf(from);
  if (calendar.isWorkday(on) && timeOf(from) < until) return instantOf(on, closing(hours));
  return instantOf(nextWorkday(calendar, on), nextDayAt);
}

/** Until when, and why. Work days, days and months end at the close of office; a start outside work days counts from the next day on. */
export function dueAfter(allowance: Allowance, from: Date, reckoning: Reckoning): Due {
  const start = dateOf(from);
  const explain = (allowed: string, counted: Partial<Explanation> = {}): Explanation => ({ from: from.toISOString(), allowed, skipped: [], makeUp: [], provisional: false, basis: { allowance, hours: reckoning.hours }, ...counted });
  if ('workdays' in allowance) {
    const { on, skipped, makeUp, provisional } = workdaysAfter(reckoning.calendar, start, allowance.workdays);
    return { at: instantOf(on, closing(reckoning.hours)), explanation: explain(`${allowance.workdays} 个工作日`, { skipped, makeUp, provisional }) };
  }
  if ('days' in allowance) return { at: instantOf(addDays(start, allowance.days), closing(reckoning.hours)), explanation: explain(`${allowance.days} 天`) };
  if ('months' in allowance) return { at: instantOf(addMonths(start, allowance.months), closing(reckoning.hours)), explanation: explain(`${allowance.months} 个月`) };
  const [at, allowed] = 'officeMinutes' in allowance
    ? [afterOfficeMinutes(reckoning, from, allowance.officeMinutes), `上班时间内 ${allowance.officeMinutes} 分钟`]
    : [sameDay(reckoning, from, allowance.sameDayUntil, allowance.nextDayAt), `当天办结，${allowance.sameDayUntil} 以后收到的到下一工作日 ${allowance.nextDayAt}`];
  const { skipped, makeUp, provisional } = countedUntil(reckoning.calendar, start, dateOf(at));
  return { at, explanation: explain(allowed, { skipped, makeUp, provisional }) };
}

/** Kept before the rule was kept beside its words: the words say it. */
function spoken(allowed: string): Allowance | undefined {
  const [, number, unit] = /^(\d+) (个工作日|天)$/.exec(allowed) ?? /^上班时间内 (\d+) (分钟)$/.exec(allowed) ?? [];
  if (number !== undefined) return unit === '个工作日' ? { workdays: Number(number) } : unit === '天' ? { days: Number(number) } : { officeMinutes: Number(number) };
  const [, sameDayUntil, nextDayAt] = /^当天办结，(\d\d:\d\d) 以后收到的到下一工作日 (\d\d:\d\d)$/.exec(allowed) ?? [];
  return sameDayUntil !== undefined && nextDayAt !== undefined ? { sameDayUntil, nextDayAt } : undefined;
}
/**
 * A running deadline on another calendar, under the rule and the office hours that it began with (`hours` where they were not kept). Undefined: it
 * was not reckoned from the calendar as it was (an arrangement, an extension that somebody granted), and so stays.
 */
export function redated(at: Date, explanation: Explanation, before: WorkCalendar, after: WorkCalendar, hours: OfficeHours): Due | undefined {
  const allowance = explanation.basis?.allowance ?? spoken(explanation.allowed);
  if (!allowance) return undefined;
  const due = (calendar: WorkCalendar) => dueAfter(allowance, new Date(explanation.from), { calendar, hours: explanation.basis?.hours ?? hours });
  return due(before).at.getTime() === at.getTime() ? due(after) : undefined;
}

/** 「从 7月18日 14:06 起算 3 个工作日，到 7月21日 17:30。跳过清明节 3 天，4月2日补班计入。」 */
export function explainDue(at: Date, explanation: Explanation): string {
  const { from, allowed, skipped, makeUp, provisional, reckoned, notes = [] } = explanation;
  if (allowed === '') return '这个时间由安排本身定下，不按工作日推算。';
  const start = new Date(from);
  const reckonedAt = reckoned === undefined ? at : new Date(reckoned);
  const since = notes.map((it) => `${it}。`).join('');
  const today = dateOf(start);
  const parts = [
    ...skipped.map(({ name, days }) => `跳过${name} ${days} 天`),
    ...makeUp.map((on) => `${dateWords(on, today)}补班计入`),
  ];
  const how = `从 ${dateWords(today)} ${timeOf(start)} 起算${allowed.startsWith('当天') ? `：${allowed}` : ` ${allowed}`}，到 ${dateWords(dateOf(reckonedAt), today)} ${timeOf(reckonedAt)}。`;
  return how + (parts.length > 0 ? `${parts.join('，')}。` : '') + (provisional ? '这一年的放假安排还没有公布，暂按周末计算。' : '') + since;
}

export type DueTone = 'ok' | 'soon' | 'overdue';
/** What a deadline looks like now, to a member or at the desk (design §6). */
export function dueLook(at: Date, openedAt: Date, now: Date, reader: 'member' | 'desk', { calendar, hours }: Reckoning): { words: string; tone: DueTone } {
  const [today, on] = [dateOf(now), dateOf(at)];
  const days = daysBetween(today, on);
  if (at <= now) return { words: days === 0 ? `${instantWords(at, now)} 已到期` : `逾期 ${-days} 天`, tone: 'overdue' };
  const period = daysBetween(dateOf(openedAt), on);
  const soon = period >= 30 ? days <= 7 : period >= 3 ? days <= 3 : days === 0 && soonToday(at, now, reader, hours);
  const left = workdaysLeft(calendar, today, on);
  if (days <= 1) return { words: `${instantWords(at, now)} 前`, tone: soon ? 'soon' : 'ok' };
  return { words: period < 30 && left > 0 ? `还剩 ${left} 个工作日` : `还剩 ${days} 天`, tone: soon ? 'soon' : 'ok' };
}

/** What was given less than three days: on the day itself a member is reminded all day, the desk in the last four working hours. */
function soonToday(at: Date, now: Date, reader: 'member' | 'desk', hours: OfficeHours): boolean {
  if (reader === 'member') return true;
  const [on, from, until] = [dateOf(now), timeOf(now), timeOf(at)];
  const open = hours.reduce((sum, [opens, closes]) => {
    const [begin, end] = [from > opens ? from : opens, until < closes ? until : closes];
    return end > begin ? sum + (instantOf(on, end).getTime() - instantOf(on, begin).getTime()) / 60_000 : sum;
  }, 0);
  return open <= 240;
}
