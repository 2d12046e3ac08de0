import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, HandlingRow, HandlingView, routes } from '@lvzhi/contracts';
import { isOneOfTheirs, maySee, scopeOf } from '@lvzhi/domain';
import { Brackets } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Move } from '../platform/journal.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { aroundOf } from './around.queries.ts';
import { Handling, HandlingNote } from './handling.entity.ts';
import { PartQueries } from './parts.queries.ts';
import { Rating } from './reply.entity.ts';
import { HandlingPresenter } from './presenter.queries.ts';

type Group = Given<typeof routes.listHandlings>['group'];
const groups: Record<Exclude<Group, 'all' | 'unrated'>, string> = {
  sign: "h.state = 'assigned'", running: "h.state = 'handling'", asked: "((h.reassignAsked = 1 AND h.state IN ('assigned', 'handling')) OR (h.extensionAsked = 1 AND h.state = 'handling'))",
  overdue: "h.role <> 'assist' AND h.state IN ('assigned', 'handling', 'reply_review', 'ready', 'tracking') AND h.dueAt < :now", reviewing: "h.state IN ('countersigning', 'reply_review', 'ready')", replied: "h.state = 'replied'", tracking: "h.state = 'tracking'", ended: "h.state IN ('opined', 'countersigned', 'solved', 'reassigned', 'stopped')",
};

/** All reading of units' parts; every list has the reader's scope in its SQL. */
@Injectable()
export class HandlingQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory,
    @Inject(PartQueries) private readonly parts: PartQueries, @Inject(HandlingPresenter) private readonly presenter: HandlingPresenter, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries,
  ) {}

  list(caller: Caller, { group, unitId, proposer, after, limit }: Given<typeof routes.listHandlings>): Promise<Answer<typeof routes.listHandlings>> {
    return this.database.read(async (manager) => {
      const query = this.scoped(manager.createQueryBuilder(Handling, 'h'), caller);
      if (group === 'unrated') query.andWhere(this.unrated(query));
      else if (group !== 'all') query.andWhere(groups[group], group === 'overdue' ? { now: this.clock.now() } : {});
      if (unitId !== undefined) query.andWhere('h.unitId = :unitId', { unitId });
      if (proposer !== undefined) query.innerJoin(Submission, 's', 's.id = h.proposalId AND s.proposerKind = :proposer', { proposer });
      const { rows, next } = pageOf(await keyset(query, 'h.dueAt', 'ASC', after, limit).getMany(), limit, (it) => it.dueAt);
      return { rows: await this.rows(manager, caller, rows), next };
    });
  }

  show(caller: Caller, id: string): Promise<HandlingView> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Handling, { id });
      const others = row && (await aroundOf(manager, [row])).get(id);
      if (!row || !maySee(scopeOf('handling', caller), { ...row, committeeId: row.unitId, coCommitteeIds: [], coAuthorIds: others?.coAuthorIds ?? [] })) notFound();
      return this.view(manager, caller, row);
    });
  }

  /** The whole of one part, for somebody who may see it or has just moved it. */
  async view(manager: EntityManager, caller: Caller, row: Handling): Promise<HandlingView> {
    const [[line], moves, notes, proposal] = [await this.rows(manager, caller, [row]), await rowsWhere(manager, Move, { docId: row.id }, { by: 'seq' }), await rowsWhere(manager, HandlingNote, { handlingId: row.id, isVoid: 0 }), await rowWhere(manager, Submission, { id: row.proposalId })];
    if (!line || !proposal) throw new Error(`The proposal of ${row.id} is missing.`);
    const what = row.state !== 'assigned' && row.state !== 'handling' ? null : row.reassignAsked === 1 ? 'reassign' as const : row.extensionAsked === 1 ? 'extension' as const : null;
    const move = what && moves.findLast(({ action }) => action === `ask_${what}`);
    const note = move && notes.find(({ moveId }) => moveId === move.id);
    return {
      ...line, timeline: this.presenter.timeline(moves, notes), doc: maySee(scopeOf('proposal', caller), proposal) ? await this.submissions.view(manager, caller, proposal) : null,
      asked: what && move && note ? { what, note: note.note, unit: note.unitId === null ? null : this.presenter.unit(note.unitId), by: this.presenter.who(move), at: move.madeAt.toISOString() } : null,
    };
  }

  /** What notices may name of parts that this reader may see, and the proposal that they lead to: of a merged case's proposer, their own. */
  async noticesOf(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, { readonly title: string; readonly leadsTo: string }>> {
    const found = await rowsWhere(manager, Handling, { id: ids });
    const [around, proposals] = [await aroundOf(manager, found), new Map((await rowsWhere(manager, Submission, { id: [...new Set(found.map(({ proposalId }) => proposalId))] })).map((it) => [it.id, it.title]))];
    const seen = found.filter((it) => maySee(scopeOf('handling', caller), { ...it, committeeId: it.unitId, coCommitteeIds: [], coAuthorIds: around.get(it.id)?.coAuthorIds ?? [] }));
    const own = (await rowsWhere(manager, Submission, { mainId: seen.map(({ proposalId }) => proposalId), state: 'merged' })).filter((it) => isOneOfTheirs(it, caller));
    return new Map(seen.map(({ id, proposalId }) => [id, { title: proposals.get(proposalId) ?? '', leadsTo: own.find(({ mainId }) => mainId === proposalId)?.id ?? proposalId }]));
  }

  async byIds(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, HandlingRow>> {
    return new Map((await this.rows(manager, caller, await rowsWhere(manager, Handling, { id: ids }))).map((it) => [it.id, it]));
  }

  private async rows(manager: EntityManager, caller: Caller, found: readonly Handling[]): Promise<HandlingRow[]> {
    const [{ parts }, proposals] = [await this.parts.gather(manager, caller, found), await rowsWhere(manager, Submission, { id: [...new Set(found.map(({ proposalId }) => proposalId))] })];
    const byId = new Map(proposals.map((it) => [it.id, it]));
    return found.flatMap((it) => {
      const [part, proposal] = [parts.get(it.id), byId.get(it.proposalId)];
      return part && proposal ? [{ ...part, proposal: { id: proposal.id, title: proposal.title, caseNo: this.presenter.caseNo(proposal), author: this.presenter.proposers(proposal) } }] : [];
    });
  }


  /** Answered, and a proposer has let the time go by in which it should have been rated. */
  private unrated(query: SelectQueryBuilder<Handling>): string {
    const asked = query.subQuery().select('r.id').from(Rating, 'r').innerJoin(Assignment, 't', 't.docId = r.id AND t.isOpen = 1').where("r.mainId = h.proposalId AND r.state = 'asked' AND t.dueAt < :late");
    query.setParameter('late', this.clock.now());
    return `h.state = 'replied' AND EXISTS ${asked.getQuery()}`;
  }

  /** The same rule as `maySee`, as SQL: the units' own, the sides' own, or all. */
  private scoped(query: SelectQueryBuilder<Handling>, caller: Caller): SelectQueryBuilder<Handling> {
    const { all, authorIds, committeeIds, sides = [] } = scopeOf('handling', caller);
    query.where("h.closure <> 'marked'");
    if (all) return query;
    return query.andWhere(new Brackets((it) => {
      it.where('h.authorId IN (:...me)', { me: authorIds });
      if (committeeIds.length > 0) it.orWhere('h.unitId IN (:...units)', { units: committeeIds });
      if (sides.length > 0) it.orWhere('h.side IN (:...sides)', { sides });
    }));
  }
}
