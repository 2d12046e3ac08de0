import { addDays, dateOf, dateWords, instantOf, instantWords, timeOf, weekdayOf } from './civil-time.ts';
import type { NoticeFacts, NoticeText } from './notice-words.ts';
import { kindWords, weekdayWords } from './words.ts';
import type { TaskAction } from './workflow.ts';

/** Not moves: told before a deadline, on its day, after it; and when somebody urges those who have not answered. */
export const reminders = ['remind_before', 'remind_day', 'remind_overdue', 'remind_now'] as const;
export type Reminder = (typeof reminders)[number];
export const isReminder = (action: string): action is Reminder => reminders.some((it) => it === action);

/** For one sort of task: how many days before, whether on the day, how many days after. A sort that is not named is not reminded of. */
export interface ReminderRule { readonly beforeDays: readonly number[]; readonly onDay: boolean; readonly overdueDays: readonly number[] }
export type ReminderRules = Partial<Record<TaskAction, ReminderRule>>;
export interface ReminderDue { readonly action: Reminder; readonly at: Date }

/** Older ones are not told any more: the house was asleep, and a reminder of yesterday is none. */
const freshMs = 24 * 3_600_000;

/**
 * The reminder that is due now for a task with this deadline, at `time` (HH:MM) of its day; of several the latest. `openedAt`: nobody is
 * reminded of what they were told of on the same day.
 */
export function reminderDue(rule: ReminderRule, dueAt: Date, openedAt: Date, time: string, now: Date): ReminderDue | undefined {
  const on = dateOf(dueAt);
  const at = (days: number): Date => instantOf(addDays(on, days), time);
  const all: ReminderDue[] = [
    ...rule.beforeDays.map((days) => ({ action: 'remind_before' as const, at: at(-days) })),
    // What is due before the hour of reminders is reminded of early enough to be done.
    ...(rule.onDay ? [{ action: 'remind_day' as const, at: timeOf(dueAt) > time ? at(0) : new Date(dueAt.getTime() - 2 * 3_600_000) }] : []),
    ...rule.overdueDays.map((days) => ({ action: 'remind_overdue' as const, at: at(days) })),
  ];
  const told = (it: ReminderDue): boolean => it.at <= now && now.getTime() - it.at.getTime() < freshMs && (it.action === 'remind_overdue' ? dueAt < now : dueAt > now) && dateOf(openedAt) < dateOf(it.at);
  return all.filter(told).sort((a, b) => b.at.getTime() - a.at.getTime())[0];
}

const heads: Readonly<Record<'visited' | 'author' | 'asked' | 'entered' | 'holder', Readonly<Record<Reminder, string>>>> = {
  visited: { remind_before: '请回复走访通知', remind_day: '今天要回复走访通知', remind_overdue: '走访通知还没有回复', remind_now: '请回复走访通知' },
  author: { remind_before: '补充修改快到期了', remind_day: '补充修改今天到期', remind_overdue: '补充修改已经到期', remind_now: '请补充修改' },
  asked: { remind_before: '请您答复', remind_day: '今天要答复', remind_overdue: '还没有答复', remind_now: '请您答复' },
  entered: { remind_before: '请确认代录内容', remind_day: '今天要确认代录内容', remind_overdue: '代录内容还没有确认', remind_now: '请确认代录内容' },
  holder: { remind_before: '快到期了', remind_day: '今天到期', remind_overdue: '已经到期', remind_now: '请尽快办理' },
};

/** What is still to be done, until when; of a visit when, where and with whom as well (traps, 26). */
export function reminderText({ kind, to, title, due, visit, asked }: Omit<NoticeFacts, 'action'>, action: Reminder, now: Date): NoticeText {
  const until = due ? instantWords(due, now) : undefined;
  const over = action === 'remind_overdue';
  if (to === 'author' && kind === 'visit' && visit) {
    const on = dateOf(visit.startsAt);
    const when = `${dateWords(on, dateOf(now))} ${weekdayWords(weekdayOf(on))} ${timeOf(visit.startsAt).replace(/^0/, '')}`;
    const reply = until === undefined ? '请回复能否参加。' : over ? `回复时间 ${until} 已过，仍请尽快回复能否参加。` : `请在${until} 前回复。`;
    return { head: heads.visited[action], body: `${when}，${visit.place}，${visit.leaders}。${reply}`, mustAnswer: true };
  }
  const before = until === undefined ? '请' : over ? `原定 ${until} 前，请尽快` : `请在${until} 前`;
  if (to === 'author' && kind === 'entry') return { head: heads.entered[action], body: `工作人员代您录入的《${title}》，${before}看过后确认，确认以后才会提交。`, mustAnswer: false };
  if (to === 'author' && asked) return { head: heads.asked[action], body: `您的${kindWords[kind]}《${title}》等您答复，${before}答复，问的什么见详情。`, mustAnswer: false };
  if (to === 'author') {
    const body = over ? `您的${kindWords[kind]}《${title}》还没有补充${until === undefined ? '' : `，原定 ${until} 前`}。需要延后的，请联系办公室。` : `您的${kindWords[kind]}《${title}》请${until === undefined ? '' : `在${until} 前`}补充后再提交，意见见详情。`;
    return { head: heads.author[action], body, mustAnswer: false };
  }
  const by = until === undefined ? '' : over ? `，应在${until} 前办理` : `，请在${until} 前办理`;
  return { head: `1 件${kindWords[kind]}${heads.holder[action]}`, body: `${title}${by}${over ? '，请尽快处理' : ''}。`, mustAnswer: false };
}
