import { Inject, Injectable } from '@nestjs/common';
import type { Answer, BallotView, Caller, Given, routes, SupervisionForProposer, SupervisionRow, SupervisionView } from '@lvzhi/contracts';
import { isOneOfTheirs, maySee, scopeOf } from '@lvzhi/domain';
import { Brackets } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Handling } from '../handling/handling.entity.ts';
import { Reply } from '../handling/reply.entity.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Move } from '../platform/journal.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { openly } from '../submissions/scope.queries.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';
import { alone, besideOf, concerned } from './docket.ts';
import { SupervisionPresenter } from './presenter.ts';
import { Ballot, Demand, Supervision, SupervisionEvent, SupervisionNote } from './supervision.entity.ts';
import type { Questions } from './supervision.entity.ts';

type Group = Given<typeof routes.listSupervisions>['group'];
const groups: Record<Exclude<Group, 'all'>, string> = { proposed: "v.state = 'proposed'", running: "v.state IN ('decided', 'running')", reported: "v.state = 'reported'", closed: "v.state IN ('closed', 'declined', 'cancelled')" };
const atOnce = 20;

/** All reading of 督办; every list has the reader's scope in its SQL. */
@Injectable()
export class SupervisionQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(SupervisionPresenter) private readonly presenter: SupervisionPresenter) {}

  list(caller: Caller, { group, after, limit }: Given<typeof routes.listSupervisions>): Promise<Answer<typeof routes.listSupervisions>> {
    return this.database.read(async (manager) => {
      const query = this.scoped(manager.createQueryBuilder(Supervision, 'v'), caller);
      if (group !== 'all') query.andWhere(groups[group]);
      const { rows, next } = pageOf(await keyset(query, 'v.nominatedAt', 'DESC', after, limit).getMany(), limit, (it) => it.nominatedAt);
      return { rows: await this.rows(manager, caller, rows), next, counts: await this.counts(manager, caller) };
    });
  }

  show(caller: Caller, id: string): Promise<SupervisionView> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Supervision, { id });
      const beside = row && (await besideOf(manager, [row])).get(id);
      if (!row || !beside || !maySee(scopeOf('supervision', caller), { ...row, coCommitteeIds: concerned(row, beside.units), closure: beside.closure })) notFound();
      return this.view(manager, caller, row);
    });
  }

  /** The whole, for somebody who may see it or has just moved it; a unit sees what is asked of it, not what the committee weighs. */
  async view(manager: EntityManager, caller: Caller, row: Supervision): Promise<SupervisionView> {
    const [line] = await this.rows(manager, caller, [row]);
    if (!line) throw new Error(`The proposal of ${row.id} is missing.`);
    const own = { supervisionId: row.id };
    const [events, all, ballots, moves, notes, beside] = [
      await rowsWhere(manager, SupervisionEvent, own, { by: 'heldOn' }), await rowsWhere(manager, Demand, own, { by: 'madeAt' }), await rowsWhere(manager, Ballot, own), await rowsWhere(manager, Move, { docId: row.id }, { by: 'seq' }), await rowsWhere(manager, SupervisionNote, own), (await besideOf(manager, [row])).get(row.id) ?? alone,
    ];
    const proposal = await rowWhere(manager, Submission, { id: row.proposalId });
    const text = proposal && await rowWhere(manager, Revision, { submissionId: proposal.id, revisionNo: proposal.revision });
    const inside = this.presenter.isInside(caller, row);
    const demands = all.filter((it) => inside || caller.posts.some(({ bodyId }) => bodyId === it.unitId));
    const open = await rowsWhere(manager, Assignment, { docId: demands.map(({ id }) => id), isOpen: 1 });
    return this.presenter.whole(caller, row, line, { events, demands, ballots, moves, notes, beside, open, inside, text: beside.closure === 'open' ? text : undefined, mayOpen: proposal !== undefined && maySee(scopeOf('proposal', caller), proposal) });
  }

  async byIds(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, SupervisionRow>> {
    return new Map((await this.rows(manager, caller, await rowsWhere(manager, Supervision, { id: ids }))).map((it) => [it.id, it]));
  }
  /** By the ids of demands and ballots too: what the task of each is about. Of a ballot its member's own. */
  async aboutOf(manager: EntityManager, caller: Caller, tasks: readonly Assignment[]): Promise<Map<string, SupervisionRow>> {
    const ids = (kind: Assignment['docKind']) => tasks.filter(({ docKind }) => docKind === kind).map(({ docId }) => docId);
    const [demands, ballots] = [await rowsWhere(manager, Demand, { id: ids('demand') }), await rowsWhere(manager, Ballot, { id: ids('ballot'), authorId: caller.personId })];
    const of = new Map([...ids('supervision').map((id) => [id, id] as const), ...demands.map(({ id, supervisionId }) => [id, supervisionId] as const), ...ballots.map(({ id, supervisionId }) => [id, supervisionId] as const)]);
    const rows = await this.byIds(manager, caller, [...new Set(of.values())]);
    return new Map([...of].flatMap(([id, supervisionId]) => { const row = rows.get(supervisionId); return row ? [[id, row] as const] : []; }));
  }

  /** What notices may name, and where they lead on the phone: to the proposal, a member to their own ballot. */
  async noticesOf(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, { readonly title: string; readonly leadsTo: string }>> {
    const [demands, ballots] = [await rowsWhere(manager, Demand, { id: ids }), await rowsWhere(manager, Ballot, { id: ids, authorId: caller.personId })];
    const supervisions = await rowsWhere(manager, Supervision, { id: [...new Set([...ids, ...demands.map(({ supervisionId }) => supervisionId)])] });
    const [beside, titles] = [await besideOf(manager, supervisions), new Map((await rowsWhere(manager, Submission, { id: [...supervisions, ...ballots].map(({ proposalId }) => proposalId) })).map((it) => [it.id, it.title]))];
    const found = new Map<string, { title: string; leadsTo: string }>();
    for (const row of supervisions) {
      const { units, coAuthorIds, closure } = beside.get(row.id) ?? alone;
      if (!maySee(scopeOf('supervision', caller), { ...row, coCommitteeIds: concerned(row, units), coAuthorIds, closure })) continue;
      const about = { title: titles.get(row.proposalId) ?? '', leadsTo: row.proposalId };
      for (const id of [row.id, ...demands.filter(({ supervisionId }) => supervisionId === row.id).map((it) => it.id)]) found.set(id, about);
    }
    for (const it of ballots) found.set(it.id, { title: titles.get(it.proposalId) ?? '', leadsTo: it.id });
    return found;
  }

  async own(caller: Caller, id: string): Promise<{ supervision: SupervisionForProposer | null }> {
    return this.database.read(async (manager) => {
      const proposal = await rowWhere(manager, Submission, { id, kind: 'proposal' });
      const isTheirs = proposal !== undefined && isOneOfTheirs(proposal, caller);
      if (!proposal || !isTheirs && !maySee(scopeOf('proposal', caller), proposal)) notFound();
      // Whoever else sees the proposal, a colleague who may write as well, has nothing of their own here.
      if (!isTheirs) return { supervision: null };
      const row = await rowWhere(manager, Supervision, { openProposalId: proposal.state === 'merged' && proposal.mainId !== null ? proposal.mainId : id });
      if (!row || row.state === 'proposed' || proposal.closure === 'marked' || (await besideOf(manager, [row])).get(row.id)?.closure === 'marked') return { supervision: null };
      const own = { supervisionId: row.id };
      return { supervision: this.presenter.forProposer(row, await rowsWhere(manager, SupervisionEvent, own, { by: 'heldOn' }), await rowsWhere(manager, Demand, own, { by: 'madeAt' }), await rowsWhere(manager, Ballot, own)) };
    });
  }

  ballot(caller: Caller, id: string): Promise<BallotView> {
    return this.database.read(async (manager) => {
      const { row, supervision } = await this.ownBallot(manager, caller, id);
      const [proposal, task, beside] = [await rowWhere(manager, Submission, { id: row.proposalId }), await rowWhere(manager, Assignment, { docId: id, isOpen: 1 }), (await besideOf(manager, [supervision])).get(supervision.id) ?? alone];
      if (!proposal) throw new Error(`The proposal of ${id} is missing.`);
      const text = proposal.closure === 'open' ? await rowWhere(manager, Revision, { submissionId: proposal.id, revisionNo: proposal.revision }) : undefined;
      return this.presenter.ballot(caller, row, supervision.questions, proposal, { units: beside.units, task, text, replies: text ? await this.released(manager, proposal.id) : [] });
    });
  }
  private async released(manager: EntityManager, proposalId: string): Promise<{ unitId: string; round: number; body: string }[]> {
    const parts = new Map((await rowsWhere(manager, Handling, { proposalId })).map(({ id, unitId }) => [id, unitId]));
    const replies = await rowsWhere(manager, Reply, { handlingId: [...parts.keys()] }, { by: 'round' });
    return replies.filter(({ releasedAt }) => releasedAt !== null).map(({ handlingId, round, body }) => ({ unitId: parts.get(handlingId) ?? '', round, body }));
  }
  questionsOf(caller: Caller, id: string): Promise<{ questions: Questions }> {
    return this.database.read(async (manager) => ({ questions: (await this.ownBallot(manager, caller, id)).supervision.questions }));
  }

  /** Members who may be asked: not the proposers. */
  appraisers(caller: Caller, { id, words }: Given<typeof routes.findAppraisers>): Promise<Answer<typeof routes.findAppraisers>> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Supervision, { id });
      const beside = row && (await besideOf(manager, [row])).get(id);
      if (!row || !beside || beside.closure !== 'open' || !this.presenter.isInside(caller, row)) notFound();
      const { page } = this.directory;
      const seated = new Set(page.holdersOf(['member']));
      const rows = page.members().filter((it) => seated.has(it.id) && it.id !== row.authorId && !beside.coAuthorIds.includes(it.id) && (words === '' || it.name.includes(words) || it.note.includes(words)));
      return { rows: rows.slice(0, atOnce).map(({ id: memberId, name, note }) => ({ id: memberId, name, note })) };
    });
  }

  private async ownBallot(manager: EntityManager, { personId }: Caller, id: string): Promise<{ row: Ballot; supervision: Supervision }> {
    const row = await rowWhere(manager, Ballot, { id, authorId: personId });
    const supervision = row && await rowWhere(manager, Supervision, { id: row.supervisionId });
    if (!row || !supervision || (await besideOf(manager, [supervision])).get(supervision.id)?.closure === 'marked') notFound();
    return { row, supervision };
  }

  private async rows(manager: EntityManager, caller: Caller, found: readonly Supervision[]): Promise<SupervisionRow[]> {
    const [proposals, open, beside] = [await rowsWhere(manager, Submission, { id: [...new Set(found.map(({ proposalId }) => proposalId))] }), await rowsWhere(manager, Assignment, { docId: found.map(({ id }) => id), isOpen: 1 }), await besideOf(manager, found)];
    return found.flatMap((it) => { const proposal = proposals.find(({ id }) => id === it.proposalId); return proposal ? [this.presenter.row(caller, it, proposal, beside.get(it.id) ?? alone, open.find(({ docId }) => docId === it.id))] : []; });
  }

  /** Few: a city has some tens of key proposals a term. */
  private async counts(manager: EntityManager, caller: Caller): Promise<{ key: number; closed: number; demands: number; answered: number }> {
    const scope = () => this.scoped(manager.createQueryBuilder(Supervision, 'v'), caller).andWhere("v.state IN ('decided', 'running', 'reported', 'closed')");
    const ids = (await scope().select(['v.id', 'v.state']).limit(1_000).getMany());
    const demands = await rowsWhere(manager, Demand, { supervisionId: ids.map(({ id }) => id) });
    return { key: ids.length, closed: ids.filter(({ state }) => state === 'closed').length, demands: demands.filter(({ state }) => state !== 'dropped').length, answered: demands.filter(({ state }) => state === 'answered' || state === 'settled').length };
  }

  /** The same rule as `maySee`, as SQL. */
  private scoped(query: SelectQueryBuilder<Supervision>, caller: Caller): SelectQueryBuilder<Supervision> {
    const { all, committeeIds } = scopeOf('supervision', caller);
    query.where(openly('v', 'proposal_id'));
    if (all) return query;
    if (committeeIds.length === 0) return query.andWhere('1 = 0');
    const part = query.subQuery().select('h.id').from(Handling, 'h').where("h.proposalId = v.proposalId AND h.unitId IN (:...bodies) AND h.state NOT IN ('reassigned', 'stopped')").getQuery();
    return query.andWhere(new Brackets((it) => { it.where('v.committeeId IN (:...bodies)').orWhere('v.nominatedBody IN (:...bodies)').orWhere(`(v.state NOT IN ('proposed', 'declined') AND EXISTS ${part})`); })).setParameter('bodies', committeeIds);
  }
}
