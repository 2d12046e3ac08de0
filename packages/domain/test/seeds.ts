import { readFileSync } from 'node:fs';
import { calendarOf } from '../src/calendar.ts';
import type { SpecialDay } from '../src/calendar.ts';
import type { Allowance, OfficeHours, Reckoning } from '../src/deadlines.ts';
import type { WritingLimits } from '../src/writing.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../seeds/${name}.json`, import.meta.url), 'utf8'));

/** What a city starts with: the State Council's days, the office's hours, the limits and the deadlines. */
export const calendarSeed = read('calendar') as { readonly years: readonly { readonly year: number; readonly provisional: boolean }[]; readonly days: readonly SpecialDay[] };
const settings = read('settings') as Record<string, unknown>;
export const hours = settings['office.hours'] as OfficeHours;
export const allowance = (name: string): Allowance => settings[name] as Allowance;
export const limits = (name: 'opinion.limits' | 'proposal.limits'): WritingLimits => settings[name] as WritingLimits;
export const calendar = calendarOf(calendarSeed.days, calendarSeed.years.filter(({ provisional }) => !provisional).map(({ year }) => year));
export const reckoning: Reckoning = { calendar, hours };
export const settingNames = Object.keys(settings);
export const bodies = read('bodies') as { readonly id: string; readonly kind: string; readonly name: string }[];
export const people = read('people') as { readonly name: string; readonly posts: readonly { readonly post: string; readonly bodyId: string }[] }[];
/** Every setting as the first start of the demonstration loads it. */
export const settingValues: Readonly<Record<string, unknown>> = { ...settings, texts: read('texts'), privacy: read('privacy'), city: read('city'), 'routing.table': { ...read('routing') as object, planTopics: [] } };
