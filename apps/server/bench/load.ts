import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask, Wire } from './wire.ts';

/** What one side of one case did in one turn. `cpuMs`: processor time of the server's process per request; null where the system does not tell. */
export interface Turn { readonly requests: number; readonly perSecond: number; readonly samples: readonly number[]; readonly cpuMs: number | null; readonly bytes: number }
/** The requests of a case: the next one, or nothing when its supply is used up. `seen` gets each answer's text; `left`: how many there still are. */
export interface Source { next(): Ask | undefined; seen?(text: string): void; left?(): number }

/** Linux counts in ticks of 10 ms. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Waits until a server has nothing left to do by itself: three seconds in which it took less than a tenth of a processor. */
export async function atRest(pid: number, mostMs = 120_000): Promise<void> {
  let [quiet, before] = [0, cpuOf(pid)];
  for (const began = performance.now(); before !== null && quiet < 3 && performance.now() - began < mostMs;) {
    await sleep(1_000);
    const now = cpuOf(pid);
    quiet = now !== null && now - before < 100 ? quiet + 1 : 0;
    before = now;
  }
}

/** As many requests as `width` connections get through in `ms`, one after the other on each. @throws when an answer is not a 200 */
export async function load(wire: Wire, pid: number, source: Source, width: number, ms: number): Promise<Turn> {
  const samples: number[] = [];
  let bytes = 0;
  const [cpuBefore, began] = [cpuOf(pid), performance.now()];
  const worker = async (): Promise<void> => {
    while (performance.now() - began < ms) {
      const ask = source.next();
      if (!ask) return;
      const { status, text, ms: took } = await wire.call(ask);
      if (status !== 200) throw new Error(`${wire.base.origin} ${ask.method} ${ask.path}: ${status} ${text.slice(0, 300)}`);
      samples.push(took);
      bytes += Buffer.byteLength(text);
      source.seen?.(text);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const [seconds, cpuAfter, requests] = [(performance.now() - began) / 1000, cpuOf(pid), samples.length];
  return {
    requests, perSecond: requests / seconds, samples, bytes: Math.round(bytes / Math.max(1, requests)),
    cpuMs: cpuBefore === null || cpuAfter === null || requests === 0 ? null : (cpuAfter - cpuBefore) / requests,
  };
}
