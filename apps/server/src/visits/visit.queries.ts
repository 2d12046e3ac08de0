import { Inject, Injectable } from '@nestjs/common';
import type { Caller, VisitRow, VisitView } from '@lvzhi/contracts';
import { maySee, scopeOf } from '@lvzhi/domain';
import type { VisitState } from '@lvzhi/domain';
import { Brackets, In } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Move } from '../platform/journal.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { SourceQueries } from '../submissions/sources.queries.ts';
import { visitDoc } from './docket.ts';
import { VisitPresenter } from './presenter.ts';
import { Visit, VisitNote } from './visit.entity.ts';

/** What a notice of a visit names. `awaiting`: whether the member's answer is still wanted. */
interface VisitNoticeFacts { readonly title: string; readonly startsAt: Date; readonly place: string; readonly leaders: string; readonly awaiting: boolean; readonly arrangedAt: Date }

/** All reading of single visits and their lists; every list has the reader's scope in its SQL. */
@Injectable()
export class VisitQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(VisitPresenter) private readonly presenter: VisitPresenter, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock, @Inject(SourceQueries) private readonly sources: SourceQueries) {}

  show(caller: Caller, id: string): Promise<VisitView> {
    return this.database.read(async (manager) => {
      const row = await manager.findOne(Visit, { where: { id } });
      if (!row || !this.mayRead(caller, row)) notFound();
      return this.view(manager, caller, row);
    });
  }

  /** The whole of one visit, for somebody who may see it. */
  async view(manager: EntityManager, caller: Caller, row: Visit): Promise<VisitView> {
    const [assignment, moves, notes] = [
      await manager.findOne(Assignment, { where: { docId: row.id, isOpen: 1 } }),
      await manager.find(Move, { where: { docId: row.id }, order: { seq: 'ASC' } }),
      await manager.find(VisitNote, { where: { visitId: row.id, isVoid: 0 } }),
    ];
    return this.presenter.view(caller, row, { assignment: assignment ?? undefined, moves, notes, reports: await this.sources.reportsFrom(manager, caller, { kind: 'visit', id: row.id }) });
  }

  /** By time, the next one first among those not yet passed over by `after`. */
  list(caller: Caller, { state, from, after, limit }: { state?: VisitState | undefined; from?: string | undefined; after?: string | undefined; limit: number }): Promise<{ rows: VisitRow[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const query = this.scoped(manager.createQueryBuilder(Visit, 'v'), caller);
      if (state !== undefined) query.andWhere('v.state = :state', { state });
      if (from !== undefined) query.andWhere('v.startsAt >= :from', { from: new Date(from) });
      const { rows, next } = pageOf(await keyset(query, 'v.startsAt', 'ASC', after, limit).getMany(), limit, (it) => it.startsAt);
      const open = rows.length === 0 ? [] : await manager.find(Assignment, { where: { docId: In(rows.map(({ id }) => id)), isOpen: 1 } });
      const byDocument = new Map(open.map((it) => [it.docId, it]));
      return { rows: rows.map((it) => this.presenter.row(caller, it, byDocument.get(it.id))), next };
    });
  }

  /** By id, for lists of other slices that already know that this person may see them: their own tasks. */
  async byIds(manager: EntityManager, caller: Caller, ids: readonly string[], assignments: readonly Assignment[]): Promise<Map<string, VisitRow>> {
    const found = ids.length === 0 ? [] : await manager.find(Visit, { where: { id: In([...ids]) } });
    const open = new Map(assignments.map((it) => [it.docId, it]));
    return new Map(found.filter((it) => this.mayRead(caller, it)).map((it) => [it.id, this.presenter.row(caller, it, open.get(it.id))]));
  }

  /** What the notices of these visits say: when, where, who (traps, 26). */
  async noticeFacts(manager: EntityManager, ids: readonly string[]): Promise<Map<string, VisitNoticeFacts>> {
    const found = ids.length === 0 ? [] : await manager.find(Visit, { where: { id: In([...ids]) } });
    const name = (id: string) => this.directory.page.person(id)?.name ?? '';
    return new Map(found.map((it) =>
      [it.id, { title: `${name(it.memberId)}走访`, startsAt: it.startsAt, place: it.place || this.presenter.form(it.form).name, leaders: it.leaderIds.map((id) => { const { name: who, note } = this.presenter.leader(id); return `${note} ${who}`; }).join('、'), awaiting: it.state === 'notified', arrangedAt: it.createdAt }]));
  }

  private mayRead(caller: Caller, row: Visit): boolean { return maySee(scopeOf('visit', caller), visitDoc(row, this.clock.now())); }

  /** The same rule as `maySee`, as SQL. */
  private scoped(query: SelectQueryBuilder<Visit>, caller: Caller): SelectQueryBuilder<Visit> {
    const { all, authorIds, leaderId } = scopeOf('visit', caller);
    if (all) return query;
    return query.andWhere(new Brackets((it) => {
      it.where('v.memberId IN (:...authorIds)', { authorIds });
      if (leaderId !== undefined) it.orWhere('EXISTS (SELECT 1 FROM visit_leaders l WHERE l.visit_id = v.id AND l.person_id = :leaderId)', { leaderId });
    }));
  }
}
