import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Seals } from '../platform/seals.ts';

/** What a step of signing in has earned, for the next step: sealed and given to the browser, so that nothing is stored before somebody is in. */
interface Tickets { readonly second: { readonly personId: string; readonly by: 'password' | 'qr'; readonly mustChange: boolean; /** Of the account as it was: a changed password makes the ticket void. */ readonly stamp: string }; readonly enrol: { readonly personId: string; readonly secret: string } }
interface Sealed { readonly use: string; readonly until: number; readonly it: unknown }
const lifeMs = 5 * 60_000;
const longLifeMs = 15 * 60_000;

@Injectable()
export class SealedTickets {
  constructor(@Inject(Seals) private readonly seals: Seals, @Inject(Clock) private readonly clock: Clock) {}

  give<K extends keyof Tickets>(use: K, it: Tickets[K]): string {
    return this.seals.seal(JSON.stringify({ use, until: this.clock.now().getTime() + (use === 'enrol' ? longLifeMs : lifeMs), it } satisfies Sealed));
  }
  /** Undefined: not ours, for another use, or too old. */
  read<K extends keyof Tickets>(use: K, ticket: string): Tickets[K] | undefined {
    const found = this.opened(ticket);
    return found?.use === use && found.until > this.clock.now().getTime() ? found.it as Tickets[K] : undefined;
  }
  private opened(ticket: string): Sealed | undefined {
    // What was not sealed here does not open: that is an answer, not a fault.
    try { return JSON.parse(this.seals.unseal(ticket)) as Sealed; } catch { return undefined; }
  }
}
