import { Inject, Injectable } from '@nestjs/common';
import type { RoutingDecision } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Jobs } from '../platform/jobs.ts';
import { addRows } from '../platform/rows.ts';
import { RoutingExample } from './routing.entity.ts';

export const learningJob = 'routing.learn';
/** What a deed says about where a text belongs; no committee: taken back. `byHand`: a person chose, not only kept. */
export interface Lesson { readonly committeeId: string | null; readonly byHand: boolean }
interface Decided { readonly submissionId: string; readonly revisionNo: number; readonly decision: RoutingDecision; readonly routedBy: string }

/** Every confirmation, reroute and triage decision is an example; a correction has the router learn at once. */
@Injectable()
export class Lessons {
  constructor(@Inject(Clock) private readonly clock: Clock, @Inject(Jobs) private readonly jobs: Jobs) {}

  async record(manager: EntityManager, moveId: string, { submissionId, revisionNo, decision, routedBy }: Decided, { committeeId, byHand }: Lesson): Promise<void> {
    const saidId = decision.candidates[0]?.committeeId ?? null;
    const kind = committeeId === null ? 'recalled' : committeeId !== saidId && byHand ? 'corrected' : byHand ? 'assigned' : 'confirmed';
    await addRows(manager, RoutingExample, [{ moveId, submissionId, revisionNo, committeeId, saidId, kind, confidence: Math.round(decision.confidence * 100), sent: routedBy === 'auto' ? 1 : 0, model: decision.version.slice(0, 80), decidedAt: this.clock.now() }]);
    if (kind === 'corrected') await this.jobs.hasten(manager, learningJob);
  }

  async forget(manager: EntityManager, moveId: string): Promise<void> {
    await manager.delete(RoutingExample, { moveId });
  }
}
