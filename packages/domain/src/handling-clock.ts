import { addMonths, dateOf, dateWords, instantOf, timeOf } from './civil-time.ts';
import { dueAfter } from './deadlines.ts';
import type { Allowance, Due, Reckoning } from './deadlines.ts';

const words = (at: Date, from: Date): string => dateWords(dateOf(at), dateOf(from));

/** Until when a unit answers: as the rule says, never past the case's own cap (rules: duty-rules §1.5, §9.6). */
export function replyDue(allowance: Allowance, from: Date, cap: Date, reckoning: Reckoning): Due {
  const due = dueAfter(allowance, from, reckoning);
  const limit = `这件提案最长到 ${words(cap, from)}`;
  if (due.at <= cap) return { at: due.at, explanation: { ...due.explanation, notes: [limit] } };
  return { at: cap, explanation: { ...due.explanation, reckoned: due.at.toISOString(), notes: [`${limit}，所以到这一天为止`] } };
}

/** The one extension: so many months more, and no further than the cap. */
export function extendedDue({ at, explanation }: Due, months: number, cap: Date, now: Date): Due {
  const wished = instantOf(addMonths(dateOf(at), months), timeOf(at));
  const until = wished <= cap ? wished : cap;
  const said = `${words(now, at)}同意延期 ${months} 个月，从 ${words(at, now)} 延到 ${words(until, now)}${wished <= cap ? '' : '（最长期限）'}`;
  return { at: until, explanation: { ...explanation, reckoned: explanation.reckoned ?? at.toISOString(), notes: [...explanation.notes ?? [], said] } };
}
