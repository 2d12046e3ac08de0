import { expect, test } from '@jest/globals';
import { instantOf } from '../src/civil-time.ts';
import { freeTimes } from '../src/visit-times.ts';
import { calendar } from './seeds.ts';

const hours = [['08:30', '12:00'], ['14:30', '17:30']] as const;
const at = (on: string, time: string) => instantOf(on, time);
const visit = { startsAt: at('2022-07-26', '09:30'), minutes: 40 };
const now = at('2022-07-21', '09:40');
const offered = (busy: { startsAt: Date; minutes: number }[] = [], of = visit, hour = now) => freeTimes(of, busy, hour, { calendar, hours }).map((it) => it.toISOString());
const iso = (...times: [on: string, time: string][]) => times.map(([on, time]) => at(on, time).toISOString());

test('走访以后的三个工作日各给一个时间，上下午轮着来，周末不算', () => {
  expect(offered()).toEqual(iso(['2022-07-27', '15:30'], ['2022-07-28', '09:30'], ['2022-07-29', '15:30']));
  expect(offered([], { startsAt: at('2022-07-29', '15:00'), minutes: 40 })).toEqual(iso(['2022-08-01', '09:00'], ['2022-08-02', '15:00'], ['2022-08-03', '09:00']));
});

test('走访人另有走访的时间不给，路上的时间也留出来；当天都有安排就到下一天', () => {
  expect(offered([{ startsAt: at('2022-07-27', '15:00'), minutes: 40 }])).toEqual(iso(['2022-07-27', '09:30'], ['2022-07-28', '09:30'], ['2022-07-29', '15:30']));
  expect(offered([{ startsAt: at('2022-07-27', '15:30'), minutes: 60 }, { startsAt: at('2022-07-27', '10:15'), minutes: 40 }])).toEqual(iso(['2022-07-28', '15:30'], ['2022-07-29', '09:30'], ['2022-08-01', '15:30']));
  expect(offered([{ startsAt: at('2022-07-27', '14:10'), minutes: 40 }]).slice(0, 1)).toEqual(iso(['2022-07-27', '15:30']));
});

test('约在上班以外的、比半天还长的，照上班时间给；放不下就不给；过去的不给', () => {
  expect(offered([], { startsAt: at('2022-07-26', '19:00'), minutes: 40 })).toEqual(iso(['2022-07-27', '14:30'], ['2022-07-28', '08:30'], ['2022-07-29', '14:30']));
  expect(offered([], { startsAt: at('2022-07-26', '09:30'), minutes: 480 })).toEqual([]);
  expect(offered([], visit, at('2022-07-29', '18:00'))).toEqual(iso(['2022-08-01', '15:30'], ['2022-08-02', '09:30'], ['2022-08-03', '15:30']));
});
