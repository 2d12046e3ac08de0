import { parted } from './parting.ts';
import type { Near } from './similar-index.ts';

/** How near neighbours of a cluster are at least; how near two are who belong together without a common neighbour, and with one. */
export const neighbourly = 0.25;
const [surely, likely] = [0.4, 0.35];

/**
 * Texts about one matter: neighbours of each other, who are either very near or share neighbours; then what hangs together by a chain alone is
 * parted. `nearest`: of each text its neighbours among the texts asked about; `near`: how near each of some is to each. Largest first; the first of
 * each is its middle.
 */
export function clustersOf(nearest: ReadonlyMap<number, readonly Near[]>, near: (texts: readonly number[]) => readonly Float64Array[]): number[][] {
  const among = [...nearest.keys()];
  const scores = new Map([...nearest].map(([no, near]) => [no, new Map(near.filter((it) => nearest.has(it.no)).map((it) => [it.no, it.score]))]));
  const parent = new Map(among.map((no) => [no, no]));
  const root = (no: number): number => { let it = no; while (parent.get(it) !== it) { parent.set(it, parent.get(parent.get(it) ?? it) ?? it); it = parent.get(it) ?? it; } return it; };
  for (const [a, others] of scores) {
    for (const [b, score] of others) {
      const back = scores.get(b);
      if (a > b || !back?.has(a)) continue;
      const common = [...others.keys()].filter((it) => back.has(it)).length;
      if (score >= surely || common >= 2 || common === 1 && score >= likely) parent.set(root(a), root(b));
    }
  }
  const groups = new Map<number, number[]>();
  for (const no of among) { const group = groups.get(root(no)); if (group) group.push(no); else groups.set(root(no), [no]); }
  const ties = (no: number, group: ReadonlySet<number>) => [...scores.get(no) ?? []].reduce((sum, [other, score]) => sum + (group.has(other) ? score : 0), 0);
  return [...groups.values()].flatMap((it) => parted(it, near)).filter((it) => it.length > 1).map((it) => { const group = new Set(it); return it.toSorted((a, b) => ties(b, group) - ties(a, group) || a - b); }).sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}
