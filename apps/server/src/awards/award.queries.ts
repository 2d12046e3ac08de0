import { Inject, Injectable } from '@nestjs/common';
import type { Answer, AwardRow, Caller, Given, routes } from '@lvzhi/contracts';
import { actionsFor, awardFlow, awardStateWords, dateOf, holds, instantOf, maySee, mostAwards, scopeOf, yearOf, isCollective } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';
import { awardDoc } from './docket.ts';
import { Award, AwardQuota, AwardScore } from './award.entity.ts';

/** Counted under this name: how many were awarded in a year. */
export const all = 'all';
export const awardable: readonly Submission['state'][] = ['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting', 'closed'];
const groups = { nominated: "a.state = 'nominated'", awarded: "a.state = 'awarded'" } as const;

/** All reading of 优秀提案. Committees see the candidates of all, as they score them; not what others gave before it is decided. */
@Injectable()
export class AwardQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter,
  ) {}

  get year(): number { return yearOf(dateOf(this.clock.now())); }

  list(caller: Caller, { year = this.year, group, after, limit }: Given<typeof routes.listAwards>): Promise<Answer<typeof routes.listAwards>> {
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(Award, 'a').where('a.year = :year', { year });
      if (group !== 'all') query.andWhere(groups[group]);
      const { rows, next } = pageOf(await keyset(query, 'a.nominatedAt', 'ASC', after, limit).getMany(), limit, (it) => it.nominatedAt);
      return { rows: await this.rows(manager, caller, rows), next, round: await this.round(manager, caller, year) };
    });
  }

  async one(manager: EntityManager, caller: Caller, id: string): Promise<AwardRow> {
    const [row] = await this.rows(manager, caller, await rowsWhere(manager, Award, { id }));
    if (!row) throw new Error(`The proposal of ${id} is missing.`);
    return row;
  }

  /** For the xlsx: what was awarded, in the order of the levels. */
  async awarded(manager: EntityManager, caller: Caller, year: number, most: number): Promise<AwardRow[]> {
    const levels = this.settings.get('award.levels').map(({ code }) => code);
    return (await this.rows(manager, caller, await rowsWhere(manager, Award, { year, state: 'awarded' }, { by: 'nominatedAt', limit: most }))).toSorted((a, b) => levels.indexOf(a.level?.code ?? '') - levels.indexOf(b.level?.code ?? ''));
  }

  async noticesOf(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, { readonly title: string; readonly leadsTo: string }>> {
    const found = await rowsWhere(manager, Award, { id: ids });
    const cases = new Map((await rowsWhere(manager, Submission, { id: found.map(({ proposalId }) => proposalId) })).map((it) => [it.id, it]));
    return new Map(found.flatMap(({ id, proposalId }) => { const row = cases.get(proposalId); return row && maySee(scopeOf('proposal', caller), { ...row, coAuthorIds: row.coAuthorIds ?? [] }) ? [[id, { title: row.title, leadsTo: proposalId }] as const] : []; }));
  }

  filed(manager: EntityManager, year: number): Promise<number> {
    return manager.createQueryBuilder(Submission, 's').where("s.kind = 'proposal' AND s.closure = 'open' AND s.state IN (:...awardable) AND s.submittedAt >= :from AND s.submittedAt < :until", { awardable, from: instantOf(`${year}-01-01`, '00:00'), until: instantOf(`${year + 1}-01-01`, '00:00') }).getCount();
  }
  async taken(manager: EntityManager, year: number, bodyId: string): Promise<number> { return (await rowWhere(manager, AwardQuota, { year, bodyId }))?.taken ?? 0; }
  /** The body in whose name this person recommends. */
  bodyOf(caller: Caller): string { return caller.posts.find(({ post }) => post === 'committee_head' || post === 'committee_vice_head' || post === 'proposal_office')?.bodyId ?? ''; }

  private async round(manager: EntityManager, caller: Caller, year: number): Promise<Answer<typeof routes.listAwards>['round']> {
    const [filed, awarded] = [await this.filed(manager, year), await rowsWhere(manager, Award, { year, state: 'awarded' })];
    const cases = await rowsWhere(manager, Submission, { id: awarded.map(({ proposalId }) => proposalId) });
    return {
      year, filed, most: mostAwards(filed, this.settings.get('award.share')), awarded: awarded.length, collective: cases.filter((it) => this.isCollective(it)).length, collectiveShare: this.settings.get('award.collectiveShare'),
      left: Math.max(0, this.settings.get('award.perBody') - await this.taken(manager, year, this.bodyOf(caller))), levels: this.settings.get('award.levels').map(({ code, name }) => ({ code, name })), highest: this.settings.get('award.highest'),
    };
  }

  private async rows(manager: EntityManager, caller: Caller, found: readonly Award[]): Promise<AwardRow[]> {
    const { page } = this.directory;
    const [cases, scores, decides] = [await rowsWhere(manager, Submission, { id: found.map(({ proposalId }) => proposalId) }), await rowsWhere(manager, AwardScore, { awardId: found.map(({ id }) => id) }), holds(caller, 'proposal_office')];
    return found.flatMap((it) => {
      const row = cases.find(({ id }) => id === it.proposalId);
      if (!row || row.closure === 'marked') return [];
      const [own, open] = [scores.filter(({ awardId }) => awardId === it.id), decides || it.state !== 'nominated'];
      return [{
        id: it.id, proposal: { id: row.id, title: row.title, caseNo: this.submissions.caseNo(row) ?? '', authors: reportersOf(row).map((id) => page.person(id)?.name ?? '').join('、'), collective: this.isCollective(row) }, year: it.year, state: it.state, stateWords: awardStateWords[it.state], level: this.settings.coded('award.levels', it.level),
        nominatedBy: [page.body(it.nominatedBody)?.short, page.person(it.nominatedBy)?.name].filter(Boolean).join(' '), reason: it.reason, note: it.note, mean: open && own.length > 0 ? Math.round(own.reduce((sum, { score }) => sum + score, 0) / own.length * 100) / 100 : null, n: own.length,
        mine: own.find(({ personId }) => personId === caller.personId)?.score ?? null, decidedAt: it.decidedAt?.toISOString() ?? null, version: it.version, can: actionsFor(awardFlow, awardDoc(it, row.coAuthorIds ?? [], own.map(({ personId }) => personId), row.closure), caller),
      }];
    });
  }
  /** A body's proposal: not a member's own. */
  private isCollective({ proposerKind }: Submission): boolean { return proposerKind !== null && isCollective(proposerKind); }
}
