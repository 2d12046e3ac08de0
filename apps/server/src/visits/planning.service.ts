import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { Arranging, mustBeGood, whereIn } from './arranging.ts';
import { visitDoc, visitDocket } from './docket.ts';
import { Visit } from './visit.entity.ts';

type Plan = Given<typeof routes.createVisit>;
type Batch = Answer<typeof routes.createVisit>;

/** 安排走访: one plan becomes many appointments. */
@Injectable()
export class PlanningService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock,
    @Inject(Directory) private readonly directory: Directory, @Inject(Arranging) private readonly arranging: Arranging,
  ) {}

  /**
   * A notice and an appointment of their own for each member, all or none. The same key of the same person is the same batch, whatever
   * has happened to it since. @throws 400 by field.
   */
  async create(caller: Caller, asked: Plan): Promise<Batch> {
    // In order of id, so that desks that arrange at once wait for each other and do not block each other.
    const plan: Plan = { ...asked, memberIds: [...new Set(asked.memberIds)].sort(), leaderIds: [...new Set(asked.leaderIds)] };
    const before = await this.batchOf(caller, plan.key);
    if (before) return before;
    mustBeGood({ ...this.arranging.appointment(plan), ...this.arranging.people(plan) });
    try {
      return await this.database.write(async (manager) => {
        await this.mustBeFree(manager, plan.memberIds);
        return this.open(manager, caller, plan);
      });
    } catch (error) {
      // The same request came twice at once, or another desk was faster with one of these members: a unique index told.
      const twin = await this.batchOf(caller, plan.key);
      if (twin) return twin;
      await this.database.read((manager) => this.mustBeFree(manager, plan.memberIds));
      throw error;
    }
  }

  private async open(manager: EntityManager, caller: Caller, { key, memberIds, leaderIds, startsAt, minutes, form, place, videoLink, topics, replyBy }: Plan): Promise<Batch> {
    const [now, batchId] = [this.clock.now(), newId()];
    for (const memberId of memberIds) {
      const row: Visit = {
        id: newId(), batchId, memberId, openFor: memberId, state: 'notified', version: 0, hash: '', startsAt: new Date(startsAt), minutes, form, ...whereIn(form, place, videoLink),
        topics, replyBy: new Date(replyBy), leaderIds, proposedAt: null, proposedForm: null, byId: caller.personId, requestKey: key, createdAt: now, changedAt: now,
      };
      await this.moves.open(manager, caller, visitDocket(() => now), visitDoc(row, now), [{ action: 'notify' }], null);
    }
    return { batchId, count: memberIds.length };
  }

  private batchOf(caller: Caller, requestKey: string): Promise<Batch | undefined> {
    return this.database.read(async (manager) => {
      const [first, ...others] = await manager.find(Visit, { where: { byId: caller.personId, requestKey }, select: { id: true, batchId: true } });
      return first && { batchId: first.batchId, count: others.length + 1 };
    });
  }

  private async mustBeFree(manager: EntityManager, memberIds: readonly string[]): Promise<void> {
    const busy = await manager.find(Visit, { where: { openFor: In([...memberIds]) }, select: { id: true, memberId: true } });
    const names = busy.map(({ memberId }) => this.directory.page.person(memberId)?.name ?? '').join('、');
    if (busy.length > 0) mustBeGood({ memberIds: `${names}已经有走访安排，请从这次去掉，或者先取消那一次` });
  }
}
