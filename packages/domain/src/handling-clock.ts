import { addMonths, dateOf, dateWords, instantOf, timeOf } from './civil-time.ts';
import { dueAfter } from './deadlines.ts';
import type { Allowance, Due, Reckoning } from './deadlines.ts';

const words = (at: Date, from: Date): string => dateWords(dateOf(at), dateOf(from));

/** Until when a unit answers: as the rule says, never past the case's own cap (rules: duty-rules §1.5, §9.6). */
export function replyDue(allowance: Allowance, from: Date, cap: Date, reckoning: Reckoning): Due {
  return capped(dueAfter(allowance, from, reckoning), from, cap);
}
/** The same, where it was reckoned already. */
export function capped(due: Due, from: Date, cap: Date): Due {
  const limit = `这件提案最长到 ${words(cap, from)}`;
  if (due.at <= cap) return { at: due.at, explanation: { ...due.explanation, notes: [limit] } };
  return { at: cap, explanation: { ...due.explanation, reckoned: due.at.toISOString(), notes: [`${limit}，所以到这一天为止`] } };
}

/** How a case's cap was reckoned: so many months from its first handing over (rules: duty-rules §1.5). It is kept as an instant alone. */
export function capExplained(handedAt: Date, cap: Date, reckoning: Reckoning): Due {
  const found = Array.from({ length: 36 }, (_, index) => dueAfter({ months: index + 1 }, handedAt, reckoning)).find(({ at }) => dateOf(at) === dateOf(cap));
  return { at: cap, explanation: found?.explanation ?? { from: handedAt.toISOString(), allowed: '', skipped: [], makeUp: [], provisional: false } };
}

/** The one extension: so many months more, and no further than the cap. */
export function extendedDue({ at, explanation }: Due, months: number, cap: Date, now: Date): Due {
  const wished = instantOf(addMonths(dateOf(at), months), timeOf(at));
  const until = wished <= cap ? wished : cap;
  const said = `${words(now, at)}同意延期 ${months} 个月，从 ${words(at, now)} 延到 ${words(until, now)}${wished <= cap ? '' : '（最长期限）'}`;
  return { at: until, explanation: { ...explanation, reckoned: explanation.reckoned ?? at.toISOString(), notes: [...explanation.notes ?? [], said] } };
}
