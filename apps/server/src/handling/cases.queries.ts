import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, CaseRow, Given, routes } from '@lvzhi/contracts';
import { answers, boardStageWords, caseTabs, caseTabWords, collectiveKinds, proposerKindWords, scopeOf, stageOf } from '@lvzhi/domain';
import type { BoardStage, CaseTab } from '@lvzhi/domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Supervision } from '../supervision/supervision.entity.ts';
import { Handling } from './handling.entity.ts';
import { PartQueries } from './parts.queries.ts';
import { HandlingPresenter } from './presenter.queries.ts';
import { Rating, Reply } from './reply.entity.ts';

type Asked = Given<typeof routes.listCases>;
type Cases = SelectQueryBuilder<Submission>;
/** What is not due any more comes after all that is. */
const never = '9999-12-31 00:00:00.000';
interface Found { readonly id: string; readonly due: string }
interface Gathered { readonly parts: ReadonlyMap<string, CaseRow['parts'][number]>; readonly rows: readonly Handling[]; readonly asking: ReadonlyMap<string, Assignment>; readonly keys: ReadonlySet<string> }
const dueOf = (holder: CaseRow['holder']): string => holder?.due?.at ?? never;

/** 提案办理 by case: each once, with all its units inside; the reader's scope, the tab and the order are in the SQL. */
@Injectable()
export class CaseQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock,
    @Inject(PartQueries) private readonly parts: PartQueries, @Inject(HandlingPresenter) private readonly presenter: HandlingPresenter, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter,
  ) {}

  list(caller: Caller, { tab, stage, unitId, proposer, after, limit }: Asked): Promise<Answer<typeof routes.listCases>> {
    return this.database.read(async (manager) => {
      const cases = this.tabbed(this.scoped(manager, caller, { unitId, proposer }), tab).select('s.id', 'id');
      cases.addSelect(`COALESCE((${this.firstDue(cases).getQuery()}), (${this.firstRating(cases).getQuery()}), '${never}')`, 'due');
      if (stage !== undefined) this.atStage(cases, stage);
      const query = manager.createQueryBuilder().select('q.id', 'id').addSelect('q.due', 'due').from(`(${cases.getQuery()})`, 'q').setParameters(cases.getParameters());
      const found: Found[] = await keyset(query, 'q.due', 'ASC', after, limit).getRawMany();
      const { rows, next } = pageOf(found, limit, ({ due }) => new Date(`${due.replace(' ', 'T')}Z`));
      return { rows: await this.rows(manager, caller, rows.map(({ id }) => id)), next };
    });
  }

  count(caller: Caller, wanted: Given<typeof routes.countCases>): Promise<Answer<typeof routes.countCases>> {
    return this.database.read(async (manager) => {
      const tabs: { code: CaseTab; words: string; count: number }[] = [];
      for (const code of caseTabs) tabs.push({ code, words: caseTabWords[code], count: await this.tabbed(this.scoped(manager, caller, wanted), code).getCount() });
      return { tabs };
    });
  }

  /** Handed over, and a part of it is this reader's to follow. */
  private scoped(manager: EntityManager, caller: Caller, { unitId, proposer }: Given<typeof routes.countCases>): Cases {
    const { all, sides = [] } = scopeOf('handling', caller);
    const query = manager.createQueryBuilder(Submission, 's').where("s.kind = 'proposal' AND s.closure <> 'marked'");
    const part = query.subQuery().select('h.id').from(Handling, 'h').where("h.proposalId = s.id AND h.closure <> 'marked' AND h.state NOT IN ('reassigned', 'stopped')");
    if (!all) part.andWhere('h.side IN (:...sides)').setParameter('sides', [...sides, '']);
    if (proposer !== undefined) query.andWhere('s.proposerKind = :proposer', { proposer });
    if (unitId !== undefined) part.andWhere('h.unitId = :unitId').setParameter('unitId', unitId);
    return query.andWhere(`EXISTS ${part.getQuery()}`).setParameters(part.getParameters());
  }

  private tabbed(query: Cases, tab: CaseTab): Cases {
    switch (tab) {
      case 'all': return query;
      // Whatever is not answered or not answered well, and what its proposers let lie.
      case 'watched': return query.andWhere(`(s.state IN ('handling', 'rehandling', 'meeting') OR (s.state = 'replied' AND (${this.firstRating(query).getQuery()}) < :late))`, { late: this.clock.now() });
      case 'key': return query.andWhere(`EXISTS ${query.subQuery().select('v.id').from(Supervision, 'v').where("v.openProposalId = s.id AND v.state <> 'proposed'").getQuery()}`);
      case 'collective': return query.andWhere('s.proposerKind IN (:...collective)', { collective: collectiveKinds });
      case 'tracking': return query.andWhere(`EXISTS ${query.subQuery().select('b.id').from(Handling, 'b').innerJoin(Reply, 'p', "p.handlingId = b.id AND p.round = b.round AND p.releasedAt IS NOT NULL AND p.classCode = 'B'").where("b.proposalId = s.id AND b.state IN ('replied', 'tracking', 'solved')").getQuery()}`);
    }
  }

  private firstDue(query: Cases): SelectQueryBuilder<Assignment> { return query.subQuery().select('MIN(d.dueAt)').from(Assignment, 'd').innerJoin(Handling, 'o', "o.id = d.docId AND o.state NOT IN ('reassigned', 'stopped')").where('o.proposalId = s.id AND d.isOpen = 1'); }
  private firstRating(query: Cases): SelectQueryBuilder<Assignment> { return query.subQuery().select('MIN(e.dueAt)').from(Assignment, 'e').innerJoin(Rating, 'r', "r.id = e.docId AND r.state = 'asked'").where('r.mainId = s.id AND e.isOpen = 1'); }

  /** As `stageOf` says it of one. */
  private atStage(query: Cases, stage: BoardStage): void {
    if (stage === 'replied' || stage === 'rehandling' || stage === 'meeting' || stage === 'closed') { query.andWhere('s.state = :stage', { stage }); return; }
    const some = (states: string) => `EXISTS ${query.subQuery().select('g.id').from(Handling, 'g').where(`g.proposalId = s.id AND g.role <> 'assist' AND g.state NOT IN ('reassigned', 'stopped') AND ${states}`).getQuery()}`;
    const [unsigned, unwritten] = [some("g.state = 'assigned'"), some("g.state NOT IN ('reply_review', 'ready', 'replied')")];
    query.andWhere(`s.state NOT IN ('replied', 'rehandling', 'meeting', 'closed') AND ${stage === 'signing' ? unsigned : stage === 'reviewing' ? `NOT ${unwritten}` : `NOT ${unsigned} AND ${unwritten}`}`);
  }

  private async rows(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<CaseRow[]> {
    const cases = new Map((await rowsWhere(manager, Submission, { id: [...ids] })).map((it) => [it.id, it]));
    const rows = (await rowsWhere(manager, Handling, { proposalId: [...ids] }, { by: 'assignedAt' })).filter(({ state }) => state !== 'reassigned' && state !== 'stopped');
    const ratings = await rowsWhere(manager, Rating, { mainId: [...ids], state: 'asked' });
    const [{ parts }, asked, keys] = [
      await this.parts.gather(manager, caller, rows), await rowsWhere(manager, Assignment, { docId: ratings.map(({ id }) => id), isOpen: 1 }, { by: 'dueAt', direction: 'DESC' }), (await rowsWhere(manager, Supervision, { openProposalId: [...ids] })).filter(({ state }) => state !== 'proposed'),
    ];
    const mainOf = new Map(ratings.map(({ id, mainId }) => [id, mainId]));
    const gathered: Gathered = {
      rows, parts: new Map(rows.flatMap((it) => { const part = parts.get(it.id); return part ? [[it.id, { ...part, urgedAt: it.urgedAt?.toISOString() ?? null }] as const] : []; })),
      asking: new Map(asked.map((it) => [mainOf.get(it.docId) ?? '', it])), keys: new Set(keys.map(({ proposalId }) => proposalId)),
    };
    return ids.flatMap((id) => { const it = cases.get(id); return it ? [this.row(caller, it, gathered)] : []; });
  }

  private row(caller: Caller, it: Submission, { parts, rows, asking, keys }: Gathered): CaseRow {
    const own = rows.filter(({ proposalId }) => proposalId === it.id);
    const shown = own.flatMap(({ id }) => parts.get(id) ?? []);
    const [answering, assisting] = [own.filter(({ role }) => answers(role)), shown.filter(({ role }) => role === 'assist')];
    const [stage, rating] = [stageOf(it.state, answering.map(({ state }) => state)), asking.get(it.id)];
    const order = { lead: 0, sole: 0, separate: 1, assist: 2 } as const;
    return {
      id: it.id, title: it.title, caseNo: this.presenter.caseNo(it), author: this.presenter.proposers(it), proposer: it.proposerKind && { code: it.proposerKind, name: proposerKindWords[it.proposerKind] }, key: keys.has(it.id), stage, stageWords: boardStageWords[stage],
      parts: shown.toSorted((a, b) => order[a.role] - order[b.role]), talks: shown.reduce((sum, { talks }) => sum + talks, 0),
      signed: { done: answering.filter(({ signedAt }) => signedAt !== null).length, of: answering.length }, countersigned: { done: assisting.filter(({ state }) => state === 'countersigned').length, of: assisting.length },
      holder: shown.map(({ holder }) => holder).filter((holder) => holder !== null).toSorted((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1))[0] ?? (rating ? this.submissions.holder(caller, rating) : null),
    };
  }
}
