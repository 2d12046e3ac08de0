import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { addDays, dateOf, isBlocked, secrecyFindings } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, reasonIn } from '../platform/refusals.ts';
import { addRows } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { handlingDocket } from './docket.ts';
import { HandlingNote } from './handling.entity.ts';

/** 催办: a notice to the unit that has it, in the journal of its part; not again until the days that the setting gives are over. */
@Injectable()
export class UrgingService {
  constructor(@Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings) {}

  /** Several together, each by itself (traps, 14). */
  async urge(caller: Caller, { items, note }: Given<typeof routes.urge>): Promise<Answer<typeof routes.urge>> {
    if (isBlocked(secrecyFindings(note))) badField({ note: '内容疑似涉密，没有发出。确属涉密的，请线下处理。' });
    const results: { id: string; done: boolean; reason: string | null }[] = [];
    for (const { id, version } of items) {
      try {
        await this.one(caller, { id, version }, note);
        results.push({ id, done: true, reason: null });
      } catch (error) { results.push({ id, done: false, reason: reasonIn(error) }); }
    }
    return { results };
  }

  private one(caller: Caller, { id, version }: { id: string; version: number }, note: string): Promise<unknown> {
    const docket = handlingDocket({ now: () => this.clock.now(), reckoning: () => this.settings.reckoning });
    const now = this.clock.now();
    return this.moves.make(caller, docket, id, { version }, (doc) => [{ action: 'urge' as const, patch: { urgedAt: now.toISOString(), urgeAgainOn: addDays(dateOf(now), this.settings.get('handling.urgeDays')) },
      beside: async (manager, moveId) => { if (note !== '') await addRows(manager, HandlingNote, [{ moveId, handlingId: doc.id, kind: 'urge', note, unitId: null, isVoid: 0 }]); } }]);
  }
}
