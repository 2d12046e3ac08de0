import { Inject, Injectable } from '@nestjs/common';
import { answers, capped, dueAfter } from '@lvzhi/domain';
import type { Reckoning } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Redating } from '../platform/redating.ts';
import type { Shift, Turn } from '../platform/redating.ts';
import { changeRows, rowsWhere } from '../platform/rows.ts';
import { aroundOf } from './around.queries.ts';
import { objectBy } from './docket.ts';
import { Handling } from './handling.entity.ts';

/** Units' deadlines on a changed calendar: an answer's stands in the part's own row and never passes the case's cap; two more are kept nowhere. */
@Injectable()
export class RunningParts {
  constructor(@Inject(Redating) redating: Redating) {
    redating.accompany('handling', { limited: (manager, shifts) => this.limited(manager, shifts), kept: (manager, shifts) => this.kept(manager, shifts), beside: (manager, turn) => this.beside(manager, turn) });
  }

  private async limited(manager: EntityManager, shifts: readonly Shift[]): Promise<readonly Shift[]> {
    const parts = new Map((await rowsWhere(manager, Handling, { id: shifts.map(({ assignment }) => assignment.docId) })).map((it) => [it.id, it]));
    return shifts.map((shift) => {
      const part = shift.assignment.action === 'handle' ? parts.get(shift.assignment.docId) : undefined;
      return part ? { ...shift, due: capped(shift.due, new Date(shift.due.explanation.from), part.capAt) } : shift;
    });
  }
  private async kept(manager: EntityManager, shifts: readonly Shift[]): Promise<void> {
    for (const { assignment: { docId, action }, due } of shifts) if (action === 'handle') await changeRows(manager, Handling, { id: docId }, { dueAt: due.at, reckoned: due.explanation });
  }

  /** While a unit may still ask for reassignment, and while it has not yet talked with the proposers. */
  private async beside(manager: EntityManager, { before, after, hours }: Turn): Promise<Shift[]> {
    const open = await rowsWhere(manager, Handling, { state: ['assigned', 'handling'], closure: 'open' });
    const around = await aroundOf(manager, open);
    const [was, is]: [Reckoning, Reckoning] = [{ calendar: before, hours }, { calendar: after, hours }];
    const shift = (docId: string, action: string, from: Date, due: Shift['due']): Shift[] => (from.getTime() === due.at.getTime() ? [] : [{ assignment: { id: docId, docKind: 'handling', docId, action, dueAt: from, openedBy: '' }, due, beside: true }]);
    return open.flatMap((it) => [
      ...(it.round === 1 && it.reassignRefused === 0 ? shift(it.id, 'object', objectBy(it, was).at, objectBy(it, is)) : []),
      ...(answers(it.role) && around.get(it.id)?.talks === 0 ? shift(it.id, 'talk', dueAfter(it.allowed.talk, it.assignedAt, was).at, dueAfter(it.allowed.talk, it.assignedAt, is)) : []),
    ]);
  }
}
