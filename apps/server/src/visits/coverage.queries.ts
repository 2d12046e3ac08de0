import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Given, routes } from '@lvzhi/contracts';
import { instantOf, leaderPosts } from '@lvzhi/domain';
import type { VisitState } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Settings } from '../platform/settings.ts';
import { VisitPresenter } from './presenter.ts';
import { Visit } from './visit.entity.ts';

/** The campaign as a whole: which members are visited, who is still to be arranged, who can go. */
@Injectable()
export class CoverageQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(VisitPresenter) private readonly presenter: VisitPresenter) {}

  /** Every member counts once: by their latest visit that was not cancelled, or as not arranged. The five sum up to the total. */
  async coverage(): Promise<Answer<typeof routes.coverage>> {
    const { title, fromOn, untilOn } = this.settings.get('visit.campaign');
    const states = await this.database.read((manager) => this.statesOf(manager));
    const members = this.directory.page.members().map(({ id }) => states.get(id));
    const count = (...of: (VisitState | undefined)[]): number => members.filter((state) => of.includes(state)).length;
    return {
      campaign: { title, fromOn, untilOn }, total: members.length, visited: count('visited'), confirmed: count('confirmed', 'agreed'),
      proposed: count('proposed'), unanswered: count('notified'), unscheduled: count(undefined),
    };
  }

  /** By name or sector; from the directory in memory, so a page is its next members by id. */
  async findMembers({ query, unscheduled, after = '', limit }: Given<typeof routes.findMembers>): Promise<Answer<typeof routes.findMembers>> {
    const sought = query.trim();
    const states = await this.database.read((manager) => this.statesOf(manager));
    const found = this.directory.page.members()
      .filter(({ id, name, note }) => id > after && (name.includes(sought) || note.includes(sought)) && (unscheduled === 'no' || !states.has(id)))
      .sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit + 1);
    const rows = found.slice(0, limit).map(({ id, name, note }) => ({ id, name, note, visit: states.get(id) ?? null }));
    return { rows, next: found.length > limit ? rows.at(-1)?.id ?? null : null };
  }

  listLeaders(): Promise<Answer<typeof routes.listLeaders>> {
    return Promise.resolve({ rows: this.directory.page.holdersOf(leaderPosts).sort().map((id) => this.presenter.leader(id)) });
  }

  /** Each member's latest visit of this campaign that was not cancelled. What came before the campaign belongs to another one. */
  private async statesOf(manager: EntityManager): Promise<Map<string, VisitState>> {
    const from = instantOf(this.settings.get('visit.campaign').fromOn, '00:00');
    const latest = manager.createQueryBuilder(Visit, 'w').select('MAX(w.id)').where("w.state <> 'cancelled' AND w.startsAt >= :from").groupBy('w.memberId');
    const rows = await manager.createQueryBuilder(Visit, 'v').select(['v.id', 'v.memberId', 'v.state']).where(`v.id IN (${latest.getQuery()})`, { from }).getMany();
    return new Map(rows.map(({ memberId, state }) => [memberId, state]));
  }
}
