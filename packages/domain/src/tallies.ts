import type { Channel } from './flows/delivery.flow.ts';

/** One thing that happened to a report within a time: what every figure of reports is counted from. `reported`: sent on a channel. */
export interface Happening { readonly what: 'received' | 'edited' | 'issued' | 'reported' | 'adopted' | 'instructed'; readonly reportId: string; readonly channel?: Channel }
/** How often; adopted by whom. 市委 and 市政府 count together, as the city. */
export interface Tally { readonly received: number; readonly edited: number; readonly issued: number; readonly reported: number; readonly national: number; readonly provincial: number; readonly city: number; readonly department: number; readonly instructed: number }
type Counted = keyof Tally;
/** What each of it is worth in the 通报, a setting of the term. */
export interface OpinionPoints { readonly received: number; readonly issued: number; readonly national: number; readonly provincial: number; readonly city: number; readonly department: number; readonly instructed: number }
/** What a city means to reach in a year; 0: nothing was set. */
export interface OpinionGoals { readonly received: number; readonly issued: number; readonly national: number; readonly provincial: number }

export const emptyTally: Tally = { received: 0, edited: 0, issued: 0, reported: 0, national: 0, provincial: 0, city: 0, department: 0, instructed: 0 };
const levels = { national: 'national', provincial: 'provincial', city_party: 'city', city_gov: 'city', department: 'department' } as const satisfies Record<Channel, Counted>;
const countedAs = ({ what, channel }: Happening): Counted | undefined => (what !== 'adopted' ? what : channel && levels[channel]);

/** Whoever's report was merged into another shares in what becomes of that one; having handed it in is its own reporters' alone. */
export const sharing = ({ what }: Happening, { own, merged }: { readonly own: readonly string[]; readonly merged: readonly string[] }): readonly string[] => (what === 'received' ? own : [...own, ...merged]);
/** Who or what each happening counts for: each of them once, however often they stand in it. */
export function talliesOf(happenings: readonly Happening[], keysOf: (it: Happening) => readonly string[]): Map<string, Tally> {
  const tallies = new Map<string, Record<Counted, number>>();
  for (const it of happenings) {
    const counted = countedAs(it);
    if (counted === undefined) continue;
    for (const key of new Set(keysOf(it))) {
      const tally = tallies.get(key) ?? { ...emptyTally };
      tally[counted] += 1;
      tallies.set(key, tally);
    }
  }
  return tallies;
}

export const adoptedIn = ({ national, provincial, city, department }: Tally): number => national + provincial + city + department;
export const pointsOf = (tally: Tally, points: OpinionPoints): number => (Object.keys(points) as (keyof OpinionPoints)[]).reduce((sum, it) => sum + tally[it] * points[it], 0);
/** Who has most points first; of equals who was adopted, then who reported more often; then by name, so that a list is always the same. */
export const byPoints = (a: { readonly tally: Tally; readonly points: number; readonly name: string }, b: typeof a): number =>
  b.points - a.points || adoptedIn(b.tally) - adoptedIn(a.tally) || b.tally.received - a.tally.received || (a.name < b.name ? -1 : 1);

/** The middle one; of an even number the lower of the two, since somebody really waited that long. Nothing of nothing. */
export function medianOf(values: readonly number[]): number | null {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder[Math.ceil(inOrder.length / 2) - 1] ?? null;
}
/** The middle one for each of those that it counts for. */
export function mediansOf<T extends { readonly ms: number }>(lapses: readonly T[], keysOf: (it: T) => readonly string[]): Map<string, number> {
  const lists = new Map<string, number[]>();
  for (const it of lapses) for (const key of new Set(keysOf(it))) { const list = lists.get(key); if (list) list.push(it.ms); else lists.set(key, [it.ms]); }
  return new Map([...lists].map(([key, list]) => [key, medianOf(list) ?? 0]));
}
/** 40 分钟, 3 小时, 2 天: as one says it. */
export function lapseWords(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} 小时` : `${Math.round(hours / 24)} 天`;
}

/** 提交 3 件，编发 2 期，省政协采用 1 件，批示 1 次: what there is of it. */
export function tallyWords(tally: Tally): string {
  const parts: readonly (readonly [Counted, string, string])[] = [['received', '提交', '件'], ['issued', '编发', '期'], ['national', '全国政协采用', '件'], ['provincial', '省政协采用', '件'], ['city', '市委、市政府采用', '件'], ['department', '部门采用', '件'], ['instructed', '领导批示', '次']];
  return parts.filter(([it]) => tally[it] > 0).map(([it, words, unit]) => `${words} ${tally[it]} ${unit}`).join('，');
}
