import { setTimeout as sleep } from 'node:timers/promises';
import type { Refusal } from '@lvzhi/contracts';
import type { Answered, Ask, Wire } from './wire.ts';

/** The server said no. Asking again will not help. */
export class RefusedByServer extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) { super(`${status} ${refusal.reason}`); this.status = status; this.refusal = refusal; }
}
/** The person stopped the run. */
export class Stopped extends Error {}
/** The server was away for longer than we wait. */
export class GaveUp extends Error {}

const refusalIn = (text: string): Refusal => {
  try {
    const said = JSON.parse(text) as Partial<Refusal>;
    return { ...said, reason: said.reason ?? text.slice(0, 200) };
  } catch {
    return { reason: text.slice(0, 200) };
  }
};

/**
 * Asks until there is an answer: a lost connection and a 5xx are asked again with the same body (and so the same key), 429 as late as it says.
 * What was acknowledged before the connection broke is done once, because the key says so.
 */
export class Patience {
  /** How often something was asked again. */
  retries = 0;
  /** Told of every answer that came, with the milliseconds of the attempt that brought it. */
  onAnswer: (ask: Ask, ms: number) => void = () => undefined;
  private readonly wire: Wire;
  private readonly stop: AbortSignal;
  private readonly mostMs: number;
  constructor(wire: Wire, stop: AbortSignal, mostMs: number) { this.wire = wire; this.stop = stop; this.mostMs = mostMs; }

  /** @throws RefusedByServer on other 4xx, Stopped, GaveUp after `mostMs` without an answer */
  async ask(ask: Ask): Promise<Answered> {
    const until = Date.now() + this.mostMs;
    for (let attempt = 0; ; attempt += 1) {
      if (this.stop.aborted) throw new Stopped();
      const { answered, waitMs, why } = await this.once(ask, attempt);
      if (answered) return answered;
      if (Date.now() + waitMs > until) throw new GaveUp(`${ask.method} ${ask.path}：${why}，等了 ${Math.round(this.mostMs / 1000)} 秒`);
      this.retries += 1;
      await sleep(waitMs, undefined, { signal: this.stop }).catch(() => { throw new Stopped(); });
    }
  }

  private async once(ask: Ask, attempt: number): Promise<{ answered?: Answered; waitMs: number; why: string }> {
    const waitMs = Math.min(2_000, 100 * 2 ** attempt);
    let answered: Answered;
    try {
      answered = await this.wire.call(ask);
    } catch (error) {
      return { waitMs, why: error instanceof Error ? error.message : 'no answer' };
    }
    const { status, text, headers } = answered;
    if (status >= 500) return { waitMs, why: `HTTP ${status}` };
    if (status === 429) return { waitMs: Math.max(waitMs, Number(headers['retry-after'] ?? 1) * 1000), why: refusalIn(text).reason };
    if (status >= 400) throw new RefusedByServer(status, refusalIn(text));
    this.onAnswer(ask, answered.ms);
    return { answered, waitMs: 0, why: '' };
  }
}

/** Works through the items, `width` at a time, until all are done or the run is stopped. The first error ends it. */
export async function inParallel<T>(items: readonly T[], width: number, stop: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !stop.aborted && !failed) {
      const item = items[next];
      next += 1;
      if (item === undefined) continue;
      try {
        await work(item);
      } catch (error) {
        if (error instanceof Stopped) return;
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: width }, worker));
  const broken = ended.find((it) => it.status === 'rejected');
  if (broken) throw broken.reason;
}
