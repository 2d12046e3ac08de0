import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, routes } from '@lvzhi/contracts';
import { freeTimes, timesEnd } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Settings } from '../platform/settings.ts';
import { VisitPresenter } from './presenter.ts';
import { Visit } from './visit.entity.ts';
import { VisitQueries } from './visit.queries.ts';

/** What a member who cannot come is offered instead: when all who visit are free, as far as their visits say. */
@Injectable()
export class TimesQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(VisitQueries) private readonly visits: VisitQueries, @Inject(VisitPresenter) private readonly presenter: VisitPresenter, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings) {}

  async offered(caller: Caller, id: string): Promise<Answer<typeof routes.listFreeTimes>> {
    const { startsAt, minutes, leaders, can } = await this.visits.show(caller, id);
    if (!can.includes('propose')) return { rows: [] };
    const [visit, now] = [{ startsAt: new Date(startsAt), minutes }, this.clock.now()];
    const busy = await this.database.read((manager) => manager.createQueryBuilder(Visit, 'v').select(['v.id', 'v.startsAt', 'v.minutes'])
      .where('v.openFor IS NOT NULL AND v.startsAt BETWEEN :now AND :end', { now, end: timesEnd(visit, now) })
      .andWhere('v.id <> :id AND EXISTS (SELECT 1 FROM visit_leaders l WHERE l.visit_id = v.id AND l.person_id IN (:...who))', { id, who: leaders.map((it) => it.id) }).getMany());
    return { rows: freeTimes(visit, busy, now, this.settings.reckoning).map((at) => ({ startsAt: at.toISOString(), whenWords: this.presenter.whenWords(at) })) };
  }
}
