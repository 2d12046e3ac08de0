/** Until when, why, and how it looks: the seed's deadlines on the seed's calendar. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateOf, instantOf, timeOf } from '../src/civil-time.ts';
import { dueAfter, dueLook, explainDue, redated } from '../src/deadlines.ts';
import type { Allowance } from '../src/deadlines.ts';
import { publicationFlow } from '../src/flows/publication.flow.ts';
import { demandFlow } from '../src/flows/demand.flow.ts';
import { supervisionFlow } from '../src/flows/supervision.flow.ts';
import { entryFlow } from '../src/flows/entry.flow.ts';
import { handlingFlow } from '../src/flows/handling.flow.ts';
import { extendedDue, replyDue } from '../src/handling-clock.ts';
import { opinionFlow } from '../src/flows/opinion.flow.ts';
import { proposalFlow } from '../src/flows/proposal.flow.ts';
import { ratingFlow } from '../src/flows/rating.flow.ts';
import { visitFlow } from '../src/flows/visit.flow.ts';
import { allowance, calendar, reckoning, settingNames } from './seeds.ts';

/** '2022-07-21 09:40' or '… 09:40:59' on a Shanghai clock. */
const on = (text: string): Date => {
  const [date = '', time = ''] = text.split(' ');
  return new Date(instantOf(date, time).getTime() + Number(time.slice(6) || 0) * 1000);
};
const shown = (at: Date) => `${dateOf(at)} ${timeOf(at)}`;
const due = (name: string, from: string) => shown(dueAfter(allowance(name), on(from), reckoning).at);

describe('分办：当天收的当天分，下午三点以后的到下一工作日中午', () => {
  test.each([
    ['星期四上午', '2022-07-21 09:40', '2022-07-21 17:30'],
    ['半夜零点', '2022-07-21 00:00', '2022-07-21 17:30'],
    ['三点前一秒', '2022-07-21 14:59:59', '2022-07-21 17:30'],
    ['三点整', '2022-07-21 15:00', '2022-07-22 12:00'],
    ['当天最后一秒', '2022-07-21 23:59:59', '2022-07-22 12:00'],
    ['星期五三点', '2022-07-22 15:00', '2022-07-25 12:00'],
    ['星期六上午', '2022-07-23 10:00', '2022-07-25 12:00'],
    ['星期日深夜', '2022-07-24 23:59', '2022-07-25 12:00'],
    ['国庆前一天下午', '2022-09-30 16:00', '2022-10-08 12:00'],
    ['国庆假期里', '2022-10-03 10:00', '2022-10-08 12:00'],
    ['补班的星期六上午', '2022-10-08 09:00', '2022-10-08 17:30'],
    ['补班的星期六下午', '2022-10-08 15:30', '2022-10-09 12:00'],
    ['补班的星期日下午', '2022-10-09 15:30', '2022-10-10 12:00'],
    ['年末下午', '2022-12-30 15:30', '2023-01-03 12:00'],
    ['除夕前最后一个工作日下午', '2024-02-09 15:00', '2024-02-18 12:00'],
    ['闰日下午', '2024-02-29 16:00', '2024-03-01 12:00'],
  ])('%s %s 收到的，%s 前分出去', (_when, from, expected) => { expect(due('deadline.triage', from)).toBe(expected); });
});

describe('特急：上班时间内一小时', () => {
  test.each([
    ['上午', '2022-07-21 09:40', '2022-07-21 10:40'],
    ['不计秒', '2022-07-21 09:40:59', '2022-07-21 10:40'],
    ['上班前', '2022-07-21 07:00', '2022-07-21 09:30'],
    ['正好到午休', '2022-07-21 11:00', '2022-07-21 12:00'],
    ['跨午休', '2022-07-21 11:30', '2022-07-21 15:00'],
    ['午休开始', '2022-07-21 12:00', '2022-07-21 15:30'],
    ['午休中', '2022-07-21 13:10', '2022-07-21 15:30'],
    ['正好到下班', '2022-07-21 16:30', '2022-07-21 17:30'],
    ['跨下班', '2022-07-21 17:00', '2022-07-22 09:00'],
    ['下班以后', '2022-07-21 17:30', '2022-07-22 09:30'],
    ['星期五傍晚', '2022-07-22 17:15', '2022-07-25 09:15'],
    ['星期六', '2022-07-23 10:00', '2022-07-25 09:30'],
    ['国庆前傍晚', '2022-09-30 17:00', '2022-10-08 09:00'],
    ['国庆假期里', '2022-10-05 10:00', '2022-10-08 09:30'],
    ['补班的星期六', '2022-10-08 11:45', '2022-10-08 15:15'],
    ['元旦前夜', '2022-12-31 23:59:59', '2023-01-03 09:30'],
  ])('%s %s 收到的，%s 前办', (_when, from, expected) => { expect(due('deadline.urgent', from)).toBe(expected); });

  test('一天的上班时间不够，就接着算第二天', () => {
    const minutes = (officeMinutes: number) => shown(dueAfter({ officeMinutes }, on('2022-07-21 08:30'), reckoning).at);
    expect([390, 391, 400, 780, 781].map(minutes)).toEqual(['2022-07-21 17:30', '2022-07-22 08:31', '2022-07-22 08:40', '2022-07-22 17:30', '2022-07-25 08:31']);
  });

  test('没有设上班时间的，工作日全天都算', () => {
    const whole = { calendar, hours: [] };
    expect(shown(dueAfter({ officeMinutes: 60 }, on('2022-07-21 23:30'), whole).at)).toBe('2022-07-22 00:30');
    expect(shown(dueAfter({ officeMinutes: 60 }, on('2022-07-22 23:30'), whole).at)).toBe('2022-07-25 00:30');
    expect(shown(dueAfter({ workdays: 1 }, on('2022-07-21 09:40'), whole).at)).toBe('2022-07-23 00:00');
  });
});

describe('按工作日算的', () => {
  test.each([
    ['deadline.opinion.review', '2022-07-21 09:40', '2022-07-26 17:30'],
    ['deadline.opinion.review', '2022-09-29 23:59:59', '2022-10-09 17:30'],
    ['deadline.opinion.review', '2022-07-23 10:00', '2022-07-27 17:30'],
    ['deadline.opinion.edit', '2022-01-28 10:00', '2022-02-09 17:30'],
    ['deadline.opinion.revise', '2022-04-01 10:00', '2022-04-18 17:30'],
    ['deadline.proposal.review', '2023-01-18 17:31', '2023-01-30 17:30'],
    ['deadline.proposal.decide', '2024-09-25 10:00', '2024-10-14 17:30'],
    ['deadline.proposal.revise', '2025-09-25 00:00', '2025-10-15 17:30'],
    ['deadline.visit.arrange', '2026-02-14 09:00', '2026-02-24 17:30'],
  ])('%s 从 %s 起，到 %s', (name, from, expected) => { expect(due(name, from)).toBe(expected); });

  test('按自然日算的不管休息日', () => { expect(shown(dueAfter({ days: 3 }, on('2022-07-21 09:40'), reckoning).at)).toBe('2022-07-24 17:30'); });

  test.each([
    ['2022-03-01 09:00', 3, '2022-06-01 17:30'], ['2022-11-30 09:00', 3, '2023-02-28 17:30'], ['2023-11-30 16:00', 3, '2024-02-29 17:30'], ['2022-03-25 10:00', 3, '2022-06-25 17:30'], ['2022-08-31 10:00', 6, '2023-02-28 17:30'], ['2022-12-15 00:10', 1, '2023-01-15 17:30'],
  ])('从 %s 起 %i 个月，到 %s；到期那天是休息日也不顺延', (from, months, expected) => { expect(shown(dueAfter({ months }, on(from), reckoning).at)).toBe(expected); });

  test('答复期限不超过最长期限，延期一次也不超过；怎么来的说得清', () => {
    const cap = dueAfter({ months: 6 }, on('2022-03-25 10:00'), reckoning).at;
    const due = replyDue({ months: 3 }, on('2022-03-25 10:00'), cap, reckoning);
    expect([shown(due.at), explainDue(due.at, due.explanation)]).toEqual(['2022-06-25 17:30', '从 3月25日 10:00 起算 3 个月，到 6月25日 17:30。这件提案最长到 9月25日。']);
    const more = extendedDue(due, 1, cap, on('2022-06-20 15:00'));
    expect([shown(more.at), explainDue(more.at, more.explanation)]).toEqual(['2022-07-25 17:30', '从 3月25日 10:00 起算 3 个月，到 6月25日 17:30。这件提案最长到 9月25日。6月20日同意延期 1 个月，从 6月25日 延到 7月25日。']);
    // Handed to another unit in the fourth month: its own three months would pass the limit.
    const late = replyDue({ months: 3 }, on('2022-07-20 10:00'), cap, reckoning);
    expect([shown(late.at), explainDue(late.at, late.explanation)]).toEqual(['2022-09-25 17:30', '从 7月20日 10:00 起算 3 个月，到 10月20日 17:30。这件提案最长到 9月25日，所以到这一天为止。']);
    expect(shown(extendedDue(late, 1, cap, on('2022-09-20 10:00')).at)).toBe('2022-09-25 17:30');
    // A changed calendar leaves alone what somebody granted and what the limit cut off.
    expect(redated(more.at, more.explanation, reckoning.calendar, reckoning.calendar, reckoning.hours)).toBeUndefined();
    expect(redated(late.at, late.explanation, reckoning.calendar, reckoning.calendar, reckoning.hours)).toBeUndefined();
  });

  test('同一天零点和最后一秒收到的，期限一样', () => {
    for (const name of ['deadline.opinion.review', 'deadline.proposal.review']) expect(due(name, '2022-07-21 00:00')).toBe(due(name, '2022-07-21 23:59:59'));
  });

  test('期限不会早于起点；起点晚，期限不会早', () => {
    const allowances: Allowance[] = [{ workdays: 3 }, { days: 7 }, { months: 3 }, { officeMinutes: 60 }, { sameDayUntil: '15:00', nextDayAt: '12:00' }];
    const start = on('2022-01-01 00:00').getTime();
    fc.assert(fc.property(fc.constantFrom(...allowances), fc.nat(5 * 365 * 1440), fc.nat(3 * 1440), (given, minutes, later) => {
      const [first, second] = [minutes, minutes + later].map((it) => dueAfter(given, new Date(start + it * 60_000), reckoning).at.getTime());
      expect(first).toBeGreaterThan(start + minutes * 60_000);
      expect(second).toBeGreaterThanOrEqual(first ?? 0);
    }));
  });

  test('流程里每一个期限都有设置', () => {
    const base = { authorId: 'author', committeeId: null, coCommitteeIds: [] };
    const places = [{}, { committeeId: 'c-shefa' }];
    const names = [
      ...opinionFlow.states.flatMap((state) => places.flatMap((place) => [0, 1, 2, 3].map((it) => opinionFlow.duty({ ...base, ...place, state, urgent: it % 2 === 1, editorId: null, consent: 'off', reviewed: it > 1 })))),
      ...proposalFlow.states.flatMap((state) => places.flatMap((place) => [true, false].map((reviewed) => proposalFlow.duty({ ...base, ...place, state, reviewed, decider: 'proposal_office', dropAsked: false, side: 'party' })))),
      ...handlingFlow.states.flatMap((state) => [{}, { reassignAsked: true }, { extensionAsked: true }, { role: 'assist' as const }].map((it) => handlingFlow.duty({ ...base, state, role: 'lead', side: 'government', handed: true, signed: true, objectable: true, reassignAsked: false, reassignRefused: false, extensionAsked: false, extended: false, atCap: false, askedTalks: [], talks: 0, draft: 'none', assists: 0, signedAll: false, urgeAgainOn: null, ...it }))),
      ...ratingFlow.states.map((state) => ratingFlow.duty({ ...base, state, begun: true, overdue: false, reminded: false })),
      ...supervisionFlow.states.map((state) => supervisionFlow.duty({ ...base, state, committeeId: 'c-shefa', begun: true, decider: 'chair', appraising: false, appraisal: 'none', openDemands: 0 })),
      ...publicationFlow.states.map((state) => publicationFlow.duty({ ...base, state, begun: true, waiting: ['author'], refused: [] })),
      ...demandFlow.states.map((state) => demandFlow.duty({ ...base, state, committeeId: 'u-yuanlin', leadId: 'c-shefa', begun: true })),
      ...entryFlow.states.map((state) => entryFlow.duty({ ...base, state, committeeId: 'c-weigong', clerkId: 'clerk', means: 'confirm' })),
      ...visitFlow.states.map((state) => visitFlow.duty({ ...base, state, leaderIds: [], begun: false, told: true })),
    ].flatMap((duty) => (duty && duty.deadline !== 'document' ? [duty.deadline] : []));
    expect([...new Set(names)].filter((name) => !settingNames.includes(name))).toEqual([]);
    // Reckoned on a unit's own document, or an invited member's: no duty here names them.
    const counted = ['deadline.proposal.cosign', 'deadline.proposal.cosign_anew', 'deadline.handling.object', 'deadline.handling.talk', 'deadline.handling.reply', 'deadline.handling.cap', 'deadline.handling.rework'];
    expect(settingNames.filter((name) => name.startsWith('deadline.') && !names.includes(name))).toEqual(counted);
    for (const name of new Set(names)) expect(dueAfter(allowance(name), on('2022-07-21 09:40'), reckoning).explanation.allowed).toMatch(/工作日|分钟|当天|天$/);
  });
});

describe('点开期限，看到怎么算的', () => {
  const said = (given: Allowance, from: string) => { const { at, explanation } = dueAfter(given, on(from), reckoning); return explainDue(at, explanation); };

  test.each<[string, Allowance, string, string]>([
    ['清明', { workdays: 13 }, '2022-03-25 10:00', '从 3月25日 10:00 起算 13 个工作日，到 4月14日 17:30。跳过周末 4 天，跳过清明 3 天，4月2日补班计入。'],
    ['国庆', { workdays: 3 }, '2022-09-29 14:06', '从 9月29日 14:06 起算 3 个工作日，到 10月9日 17:30。跳过国庆节 7 天，10月8日补班计入，10月9日补班计入。'],
    ['平常', { workdays: 1 }, '2022-07-20 14:06', '从 7月20日 14:06 起算 1 个工作日，到 7月21日 17:30。'],
    ['跨年', { workdays: 1 }, '2025-12-31 10:00', '从 12月31日 10:00 起算 1 个工作日，到 2026年1月4日 17:30。跳过元旦 3 天，2026年1月4日补班计入。'],
    ['还没公布的一年', { workdays: 2 }, '2026-12-31 10:00', '从 12月31日 10:00 起算 2 个工作日，到 2027年1月4日 17:30。跳过周末 2 天。这一年的放假安排还没有公布，暂按周末计算。'],
    ['当天', { sameDayUntil: '15:00', nextDayAt: '12:00' }, '2022-07-21 09:40', '从 7月21日 09:40 起算：当天办结，15:00 以后收到的到下一工作日 12:00，到 7月21日 17:30。'],
    ['假前下午', { sameDayUntil: '15:00', nextDayAt: '12:00' }, '2022-09-30 16:00', '从 9月30日 16:00 起算：当天办结，15:00 以后收到的到下一工作日 12:00，到 10月8日 12:00。跳过国庆节 7 天，10月8日补班计入。'],
    ['还没公布的元旦', { sameDayUntil: '15:00', nextDayAt: '12:00' }, '2026-12-31 16:00', '从 12月31日 16:00 起算：当天办结，15:00 以后收到的到下一工作日 12:00，到 2027年1月1日 12:00。这一年的放假安排还没有公布，暂按周末计算。'],
    ['特急', { officeMinutes: 60 }, '2022-07-22 17:15', '从 7月22日 17:15 起算 上班时间内 60 分钟，到 7月25日 09:15。跳过周末 2 天。'],
    ['自然日', { days: 30 }, '2022-07-21 09:40', '从 7月21日 09:40 起算 30 天，到 8月20日 17:30。'],
  ])('%s', (_name, given, from, sentence) => { expect(said(given, from)).toBe(sentence); });
});

describe('期限现在的样子', () => {
  const look = (at: string, opened: string, now: string, reader: 'member' | 'desk') => { const { words, tone } = dueLook(on(at), on(opened), on(now), reader, reckoning); return `${words} ${tone}`; };

  test.each([
    ['刚收到', '2022-07-21 09:41', '还剩 3 个工作日 ok'],
    ['还有四天', '2022-07-22 09:41', '还剩 2 个工作日 ok'],
    ['周末，还有三天', '2022-07-23 12:00', '还剩 2 个工作日 soon'],
    ['前一天', '2022-07-25 10:00', '明天 17:30 前 soon'],
    ['前一天最后一秒', '2022-07-25 23:59:59', '明天 17:30 前 soon'],
    ['当天零点', '2022-07-26 00:00', '今天 17:30 前 soon'],
    ['当天到点前一秒', '2022-07-26 17:29:59', '今天 17:30 前 soon'],
    ['当天到点', '2022-07-26 17:30', '今天 17:30 已到期 overdue'],
    ['当天深夜', '2022-07-26 23:59:59', '今天 17:30 已到期 overdue'],
    ['第二天零点', '2022-07-27 00:00', '逾期 1 天 overdue'],
    ['三天以后', '2022-07-29 09:00', '逾期 3 天 overdue'],
  ])('初审三个工作日的件，%s（%s）：%s，委员和电脑端看到的一样', (_when, now, expected) => {
    for (const reader of ['member', 'desk'] as const) expect(look('2022-07-26 17:30', '2022-07-21 09:40', now, reader)).toBe(expected);
  });

  test.each([
    ['2022-07-21 09:40', '今天 17:30 前 ok', '今天 17:30 前 soon'],
    ['2022-07-21 10:59', '今天 17:30 前 ok', '今天 17:30 前 soon'],
    ['2022-07-21 11:00', '今天 17:30 前 soon', '今天 17:30 前 soon'],
    ['2022-07-21 13:00', '今天 17:30 前 soon', '今天 17:30 前 soon'],
    ['2022-07-21 17:30', '今天 17:30 已到期 overdue', '今天 17:30 已到期 overdue'],
  ])('当天办结的件在 %s：电脑端剩四个工作小时才变色，委员当天就变', (now, desk, member) => {
    expect([look('2022-07-21 17:30', '2022-07-21 09:40', now, 'desk'), look('2022-07-21 17:30', '2022-07-21 09:40', now, 'member')]).toEqual([desk, member]);
  });

  test.each([
    ['特急一小时，一收到就提醒', '2022-07-21 10:40', '2022-07-21 09:40', '2022-07-21 09:41', 'desk', '今天 10:40 前 soon'],
    ['下午收的，明天中午到期，今天不急', '2022-07-22 12:00', '2022-07-21 16:00', '2022-07-21 16:01', 'desk', '明天 12:00 前 ok'],
    ['下午收的，第二天一早就提醒', '2022-07-22 12:00', '2022-07-21 16:00', '2022-07-22 08:00', 'desk', '今天 12:00 前 soon'],
    ['三十天以上，剩八天', '2022-07-26 17:30', '2022-06-21 10:00', '2022-07-18 10:00', 'desk', '还剩 8 天 ok'],
    ['三十天以上，剩七天', '2022-07-26 17:30', '2022-06-21 10:00', '2022-07-19 10:00', 'desk', '还剩 7 天 soon'],
    ['正好三十天', '2022-08-20 17:30', '2022-07-21 10:00', '2022-08-13 10:00', 'member', '还剩 7 天 soon'],
    ['二十九天', '2022-08-19 17:30', '2022-07-21 10:00', '2022-08-12 10:00', 'member', '还剩 5 个工作日 ok'],
    ['跨年，剩四天', '2023-01-03 17:30', '2022-12-28 10:00', '2022-12-30 10:00', 'desk', '还剩 1 个工作日 ok'],
    ['跨年，剩三天', '2023-01-03 17:30', '2022-12-28 10:00', '2022-12-31 10:00', 'desk', '还剩 1 个工作日 soon'],
    ['跨年，前一天', '2023-01-01 00:30', '2022-12-28 10:00', '2022-12-31 10:00', 'member', '明天 0:30 前 soon'],
    ['去年到期的', '2022-12-30 17:30', '2022-12-28 10:00', '2023-01-02 10:00', 'member', '逾期 3 天 overdue'],
    ['星期日到期，星期五看', '2022-07-24 17:30', '2022-07-20 10:00', '2022-07-22 10:00', 'member', '还剩 2 天 soon'],
    ['早上到期', '2022-07-22 08:30', '2022-07-21 10:00', '2022-07-22 08:45', 'desk', '今天 8:30 已到期 overdue'],
    ['国庆以后到期，节前看', '2022-10-09 17:30', '2022-09-29 10:00', '2022-09-30 10:00', 'desk', '还剩 2 个工作日 ok'],
  ] as const)('%s', (_when, at, opened, now, reader, expected) => { expect(look(at, opened, now, reader)).toBe(expected); });

  test('越近越急，不会从急退回不急', () => {
    const rank = { ok: 0, soon: 1, overdue: 2 };
    fc.assert(fc.property(fc.nat(3 * 365 * 1440), fc.constantFrom('deadline.triage', 'deadline.urgent', 'deadline.opinion.review', 'deadline.proposal.decide'), fc.array(fc.nat(20 * 1440), { minLength: 2, maxLength: 8 }), fc.constantFrom('member' as const, 'desk' as const), (minutes, name, moments, reader) => {
      const opened = new Date(on('2022-01-01 00:00').getTime() + minutes * 60_000);
      const { at } = dueAfter(allowance(name), opened, reckoning);
      const tones = [...moments].sort((a, b) => a - b).map((it) => rank[dueLook(at, opened, new Date(opened.getTime() + it * 60_000), reader, reckoning).tone]);
      expect(tones).toEqual([...tones].sort((a, b) => a - b));
    }));
  });
});
