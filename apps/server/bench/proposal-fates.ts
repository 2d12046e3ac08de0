import type { CollectiveKind } from '@lvzhi/domain';
import { chance } from './chance.ts';

/** What becomes of each of a year's proposals: the demonstration's city in its first half-year, 152 received, as its pictures show it. */
export interface ProposalFate {
  readonly no: number;
  readonly end: 'filed' | 'merged' | 'to_opinion' | 'to_suggestion' | 'rejected';
  /** How far it has come on the last day; nothing: closed with a rating. */
  readonly halts?: 'unsigned' | 'handling' | 'reviewing' | 'unrated';
  readonly class: 'A' | 'B' | 'C' | 'D';
  /** Answered after its time. */
  readonly late: boolean;
  readonly talked: boolean;
  /** Handed in by a body: of which kind, and the how many-th of that kind, from 0. Nothing: by a member. */
  readonly collective?: { readonly kind: CollectiveKind; readonly nth: number };
  readonly unhappy: boolean;
  /** Handed in during the plenary, or between two of them. */
  readonly inPlenary: boolean;
  readonly lead: string;
  readonly assist: readonly string[];
  /** The main case that it is merged into, by its number here. */
  readonly main?: number;
}

/** 收到 152 = 112 + 14 + 15 + 7 + 4. */
export const received = 152;
const counts = { filed: 112, merged: 14, to_opinion: 15, to_suggestion: 7, rejected: 4 } as const;
/** Of the 112: 103 answered, of which 12 wait for a rating and 2 are handled again. */
const halted = { unsigned: 1, handling: 6, reviewing: 2, unrated: 12 } as const;
const [lates, unhappies, untalked, between] = [5, 2, 4, 22];
/** 38 by bodies: 34 main cases, of which some come in between two plenaries (never of a kind that belongs to the plenary), and 4 merged ones. */
const bodies: readonly (readonly [CollectiveKind, number])[] = [['party', 13], ['committee', 9], ['organization', 8], ['sector', 6], ['group', 2]];
const bodiesAre = { merged: 4, between: 4 } as const;
const classes: readonly (readonly [ProposalFate['class'], number])[] = [['A', 47], ['B', 41], ['C', 13], ['D', 2]];

/** How many cases each of the busiest units leads; the others share the rest. */
const busy: Readonly<Record<string, number>> = { 'u-zhujian': 14, 'u-nongye': 12, 'u-jiaoyu': 11, 'u-weijian': 9, 'u-jiaotong': 9, 'u-huanjing': 8, 'u-chengguan': 8, 'u-minzheng': 7, 'u-yuanlin': 5 };

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const mixed = <T>(items: readonly T[], seed: number, purpose: string): T[] =>
  items.map((item, at) => [item, chance(seed, purpose, at)] as const).sort((a, b) => a[1] - b[1]).map(([item]) => item);

/** The leading unit of each main case, by turns over `units` where no unit is busy. */
function leadsOf(units: readonly string[], seed: number): string[] {
  const named = Object.entries(busy).flatMap(([unit, count]) => times(units.includes(unit) ? count : 0, unit));
  const others = units.filter((unit) => !(unit in busy));
  const rest = Array.from({ length: counts.filed - named.length }, (_, at) => others[at % others.length] ?? units[0] ?? '');
  return mixed([...named, ...rest], seed, 'lead');
}

/**
 * @param units that can be handed a case, in the order of the house
 * @returns one fate a proposal, the earliest first: those of the plenary, then those that come in between
 */
export function fatesOf(units: readonly string[], seed: number): readonly ProposalFate[] {
  const leads = leadsOf(units, seed);
  const answeredCount = counts.filed - halted.unsigned - halted.handling - halted.reviewing;
  const graded = mixed(classes.flatMap(([code, count]) => times(count, code)), seed, 'class');
  // What is still open came in last, and of it what waits for its rating first.
  const halts: ProposalFate['halts'][] = (['unrated', 'reviewing', 'handling', 'unsigned'] as const).flatMap((halt) => times(halted[halt], halt));
  const mains = Array.from({ length: counts.filed }, (_, at) => {
    const open = at - (counts.filed - halts.length);
    const halt = halts[open];
    const answered = halt === undefined || halt === 'unrated';
    const lead = leads[at] ?? '';
    const assist = chance(seed, at, 'assists') < 0.6 ? [units[(at * 7 + 3) % units.length] ?? ''].filter((unit) => unit !== lead) : [];
    return { end: 'filed' as const, ...(halt !== undefined && { halts: halt }), class: at < answeredCount ? graded[at] ?? 'A' : 'A', late: answered && at < lates, talked: at < counts.filed - untalked, unhappy: at >= lates && at < lates + unhappies, lead, assist };
  });
  const others = (['to_opinion', 'to_suggestion', 'rejected'] as const).flatMap((end) => times(counts[end], { end, class: 'A' as const, late: false, talked: false, unhappy: false, lead: '', assist: [] }));
  const plenary = mixed([...mains.slice(0, counts.filed - between), ...others, ...times(counts.merged, undefined)], seed, 'order');
  const all = [...plenary, ...mains.slice(counts.filed - between)];
  return numbered(all, plenary.length);
}

type Unnumbered = Omit<ProposalFate, 'no' | 'collective' | 'inPlenary' | 'main'>;
/** A merged one follows a main case of the plenary. */
function numbered(all: readonly (Unnumbered | undefined)[], plenary: number): readonly ProposalFate[] {
  const mainNos = all.flatMap((it, at) => it?.end === 'filed' && it.halts === undefined && at < plenary ? [at + 1] : []);
  const collectives = collectivesOf(all, plenary);
  let merged = 0;
  return all.map((it, at): ProposalFate => {
    const main = it === undefined ? mainNos[(merged += 1) * 5 % mainNos.length] : undefined;
    const fate = it ?? { end: 'merged' as const, class: 'A' as const, late: false, talked: false, unhappy: false, lead: '', assist: [] };
    const collective = collectives.get(at);
    return { ...fate, no: at + 1, inPlenary: at < plenary, ...(collective && { collective }), ...(main !== undefined && { main }) };
  });
}

type Turn = NonNullable<ProposalFate['collective']>;
/** Every so many-th of those that `is` finds. */
const places = (all: readonly (Unnumbered | undefined)[], is: (it: Unnumbered | undefined, at: number) => boolean, every: number, most: number): number[] =>
  all.flatMap((it, at) => is(it, at) ? [at] : []).filter((_, nth) => nth % every === every - 1).slice(0, most);

/** Which of them bodies hand in, the kinds mixed. */
function collectivesOf(all: readonly (Unnumbered | undefined)[], plenary: number): ReadonlyMap<number, Turn> {
  const turns = bodies.flatMap(([kind, many]) => Array.from({ length: many }, (_, nth) => ({ kind, nth, at: (nth + 0.5) / many }))).toSorted((a, b) => a.at - b.at).map(({ kind, nth }): Turn => ({ kind, nth }));
  const early = turns.filter(({ kind }) => kind !== 'sector' && kind !== 'group').slice(0, bodiesAre.between);
  const off = places(all, (it, at) => it?.end === 'filed' && at >= plenary, 5, bodiesAre.between);
  const merged = places(all, (it) => it === undefined, 3, bodiesAre.merged);
  const mains = places(all, (it, at) => it?.end === 'filed' && at < plenary, 2, turns.length - off.length - merged.length);
  const late = turns.filter((turn) => !early.includes(turn));
  return new Map([...off.map((at, turn) => [at, early[turn]] as const), ...[...merged, ...mains].toSorted((a, b) => a - b).map((at, turn) => [at, late[turn]] as const)].flatMap(([at, turn]) => turn ? [[at, turn] as const] : []));
}

/** How many moments later the next step is taken, the least and the most; four of them are a work day. Keys are what is done next. */
const waits = {
  assign: [1, 3], review: [2, 12], decide: [6, 30], agree: [2, 14], plan: [4, 12], hand_over: [2, 8], sign_for: [1, 7], talk: [40, 120], opinion: [20, 60],
  reply: [20, 80], countersign: [2, 10], submit_reply: [1, 6], approve: [2, 8], release: [1, 4], rate: [6, 30], again: [1, 1],
} as const;
export type ProposalWait = keyof typeof waits;
export function waitFor(step: ProposalWait, seed: number, { no, late }: ProposalFate): number {
  const [least, most] = waits[step];
  const more = late && step === 'reply' ? 200 : 0;
  return more + least + Math.floor(chance(seed, no, step) * (most - least + 1));
}
