import type { Dice } from './dice.ts';

/**
 * A planned misbehaviour of the platform.
 * - `errcode`: that refusal instead of the real verdict, without effect
 * - `http`: a gateway's HTML page with that status, without effect
 * - `delay`: the true answer, `ms` later
 * - `hang`: no answer until the caller gives up, without effect
 * - `reset` before: the connection is reset without effect; after: reset once the call has taken effect (the caller cannot tell)
 * - `truncate`: half of the true answer, then the connection breaks; the call has taken effect
 * - `html`: HTTP 200 with a web page in place of the JSON, without effect
 */
export type FaultAction =
  | { kind: 'errcode'; errcode: number; errmsg?: string }
  | { kind: 'http'; status: number }
  | { kind: 'delay'; ms: number }
  | { kind: 'hang' }
  | { kind: 'reset'; when: 'before' | 'after' }
  | { kind: 'truncate' }
  | { kind: 'html' };

export interface FaultMatch {
  path: string;
  /** Only calls about this user. */
  openid?: string;
  /** Only the nth matching call, counted from 1 since the fault was set. */
  nth?: number;
  /** The first so many matching calls; without `nth` and `times`, every one. */
  times?: number;
}

export interface Fault {
  match: FaultMatch;
  action: FaultAction;
}

interface SetFault extends Fault {
  seen: number;
}

export class FaultList {
  #faults: SetFault[] = [];

  set(fault: Fault): void {
    this.#faults.push({ ...fault, seen: 0 });
  }

  /** Counts the call against every fault that matches it and returns the action of the first one due. */
  due(path: string, openid: string | null): FaultAction | null {
    const matching = this.#faults.filter(({ match }) => match.path === path && (match.openid === undefined || match.openid === openid));
    let action: FaultAction | null = null;
    for (const fault of matching) {
      fault.seen += 1;
      if (isDue(fault)) action ??= fault.action;
    }
    return action;
  }

  all(): readonly SetFault[] {
    return this.#faults;
  }

  reset(): void {
    this.#faults = [];
  }
}

function isDue({ match, seen }: SetFault): boolean {
  if (match.nth !== undefined) return seen === match.nth;
  return match.times === undefined || seen <= match.times;
}

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.326;

/** How long the platform takes over an ordinary answer, in ms: half of the answers within `p50`, 99 of 100 within `p99` (F29). */
export interface Latency {
  p50: number;
  p99: number;
}

/** A draw from the log-normal distribution with these two percentiles, in ms. */
export function drawLatency({ p50, p99 }: Latency, dice: Dice): number {
  if (p50 <= 0) return 0;
  const spread = Math.log(p99 / p50) / Z99;
  return Math.round(p50 * Math.exp(spread * dice.normal()));
}
