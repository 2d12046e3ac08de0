import { chance } from './chance.ts';

/** What becomes of a report, as far as chance decides: one city's year had 1,710 received, 352 edited, 42 adopted nationally, 137 by the province. */
export interface Fate { readonly end: 'edited' | 'archived' | 'returned' | 'not_adopted'; readonly national: boolean; readonly provincial: boolean; readonly city: boolean; readonly instructed: boolean; readonly department: boolean }

/** Shares of 1,710. */
export const oneYear = { received: 1_710, edited: 352, national: 42, provincial: 137 } as const;
/** Reported upwards is what was edited; what is neither edited nor archived ends at the first review. */
const [archived, returned, cityTakes, instructs, departments] = [0.2, 0.12, 0.15, 0.08, 0.25];

export function fateOf(seed: number, no: number): Fate {
  const [end, up] = [chance(seed, no, 'end'), (purpose: string, share: number) => chance(seed, no, purpose) < share];
  const edited = oneYear.edited / oneYear.received;
  return {
    end: end < edited ? 'edited' : end < edited + archived ? 'archived' : end < edited + archived + returned ? 'returned' : 'not_adopted',
    national: up('national', oneYear.national / oneYear.edited), provincial: up('provincial', oneYear.provincial / oneYear.edited), city: up('city', cityTakes), instructed: up('instructed', instructs), department: up('department', departments),
  };
}

/** How many moments later the next step is taken, the least and the most; four of them are a work day. */
const waits = { triage: [1, 2], review: [1, 10], revise: [4, 20], take: [1, 4], edit: [2, 14], check: [1, 4], sign: [1, 8], send: [1, 4], adopt: [20, 160], again: [1, 1] } as const;
export type Wait = keyof typeof waits;
export function waitOf(step: Wait, seed: number, no: number): number {
  const [least, most] = waits[step];
  return least + Math.floor(chance(seed, no, step) * (most - least + 1));
}
