import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, SimilarRow, Topic } from '@lvzhi/contracts';
import { addDays, clustersOf, dateOf, heatOf, instantOf, maySee, neighbourly, related, sameMatter, scopeOf, SimilarIndex, wordsIn } from '@lvzhi/domain';
import type { OpinionState, ProposalState, SubmissionKind } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { EditionQueries } from '../submissions/edition.queries.ts';
import { Handling } from '../handling/handling.entity.ts';
import { Reply } from '../handling/reply.entity.ts';
import { Issue } from '../submissions/edition.entity.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { reporterNames } from '../submissions/reporters.queries.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';
import { Sketches } from './sketches.ts';
import type { Kept, NearDocument } from './sketches.ts';

/** Of somebody else's that was not published or answered, a member hears only while it is being handled. */
const handled: Readonly<Record<SubmissionKind, readonly string[]>> = {
  opinion: ['submitted', 'first_review', 'returned', 'editing', 'consenting', 'pending_signoff', 'merged'] satisfies readonly OpinionState[],
  proposal: ['submitted', 'under_review', 'returned', 'amending', 'signing_anew', 'consent_asked', 'filed', 'planned', 'handling', 'merged'] satisfies readonly ProposalState[],
};
/** An answered proposal is known by its title, unless a unit answered that it is not for the public. */
const answered: readonly string[] = ['replied', 'rehandling', 'meeting', 'closed'] satisfies readonly ProposalState[];
const [shown, looked] = [8, 40];
const [mostTopics, mostReports, mostRows] = [20, 20_000, 60];
const weekMs = 7 * 86_400_000;

/** What everybody may know of somebody else's. */
type Known = NonNullable<SimilarRow['published']>;

/** Reports and proposals about the same matter, and the matters of a time; what a reader may not see is told by its being there. */
@Injectable()
export class SimilarQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock,
    @Inject(Sketches) private readonly sketches: Sketches, @Inject(EditionQueries) private readonly editions: EditionQueries, @Inject(SubmissionPresenter) private readonly presenter: SubmissionPresenter,
  ) {}

  find(caller: Caller, { kind, title, body, id }: Given<typeof routes.findSimilar>): Promise<Answer<typeof routes.findSimilar>> {
    return this.database.read(async (manager) => {
      const text = await this.sketches.kept(manager, title, body);
      return { rows: await this.rows(manager, caller, kind, text, this.sketches.near(text, { atLeast: related, most: looked, without: id })) };
    });
  }

  of(caller: Caller, id: string): Promise<Answer<typeof routes.showSimilar>> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id });
      if (!row || !maySee(scopeOf(row.kind, caller), row)) notFound();
      const text = (await this.sketches.ofAll(manager, [id])).get(id);
      return { rows: text ? await this.rows(manager, caller, row.kind, text, this.sketches.near(text, { atLeast: related, most: looked, without: id })) : [] };
    });
  }

  async topics(caller: Caller, { days }: Given<typeof routes.listTopics>): Promise<Answer<typeof routes.listTopics>> {
    const now = this.clock.now();
    const since = instantOf(addDays(dateOf(now), -Number(days)), '00:00');
    const { reports, texts } = await this.database.read(async (manager) => {
      const found = await manager.createQueryBuilder(Submission, 's').where("s.kind = 'opinion' AND s.submittedAt >= :since AND s.state <> 'draft' AND s.closure = 'open'", { since }).orderBy('s.submittedAt', 'DESC').addOrderBy('s.id', 'DESC').limit(mostReports).getMany();
      return { reports: found, texts: await this.sketches.ofAll(manager, found.map(({ id }) => id)) };
    });
    const inOrder = reports.filter(({ id }) => texts.has(id)).toReversed();
    // Rare is what is rare in this time; what was written in other years neither helps nor stands in the way.
    const index = new SimilarIndex();
    for (const { id } of inOrder) index.add(texts.get(id) ?? index.textOf(-1));
    const nearest = new Map<number, ReturnType<SimilarIndex['nearTo']>>();
    for (const no of inOrder.keys()) {
      nearest.set(no, index.nearTo(no, { atLeast: neighbourly }));
      // Others are served in between.
      if (no % 50 === 49) await turn();
    }
    const topics = clustersOf(nearest, (texts) => index.among(texts)).map((cluster) => this.topic(caller, cluster.flatMap((no) => inOrder[no] ?? []), (a, b) => index.shared(index.textOf(cluster[a] ?? -1), index.textOf(cluster[b] ?? -1)), since, now));
    return { topics: topics.toSorted((a, b) => b.heat - a.heat || b.reports - a.reports).slice(0, mostTopics), reports: reports.length, from: since.toISOString() };
  }

  /** `members`: the one that stands for all first. */
  private topic(caller: Caller, members: readonly Submission[], shared: (a: number, b: number) => string[], since: Date, now: Date): Topic {
    const { page } = this.directory;
    const times = members.map(({ submittedAt }) => submittedAt.getTime());
    const towns = new Map<string, number>();
    for (const { townId } of members) if (townId !== null) towns.set(townId, (towns.get(townId) ?? 0) + 1);
    const [reporters, lately] = [new Set(members.flatMap(reportersOf)).size, times.filter((it) => it > now.getTime() - weekMs).length];
    const weeks = Array.from({ length: Math.ceil((now.getTime() - since.getTime()) / weekMs) }, () => 0);
    for (const it of times) { const at = weeks.length - 1 - Math.floor((now.getTime() - it) / weekMs); weeks[at] = (weeks[at] ?? 0) + 1; }
    return {
      title: members[0]?.title ?? '', shared: wordsIn(members[0]?.title ?? '', shared(0, 1)), ...heatOf({ reports: members.length, reporters, towns: towns.size, lately }), reports: members.length, reporters, lately,
      from: new Date(Math.min(...times)).toISOString(), to: new Date(Math.max(...times)).toISOString(), weeks: weeks.slice(-26),
      towns: [...towns].toSorted((a, b) => b[1] - a[1]).map(([id, count]) => ({ name: page.body(id)?.name ?? '', reports: count })),
      rows: members.slice(0, mostRows).map((it) => ({ ...this.line(caller, it), town: page.body(it.townId), submittedAt: it.submittedAt.toISOString() })),
    };
  }

  private async rows(manager: EntityManager, caller: Caller, kind: SubmissionKind, text: Kept, near: readonly NearDocument[]): Promise<SimilarRow[]> {
    const found = new Map((await rowsWhere(manager, Submission, { id: near.map(({ id }) => id), kind, closure: 'open' })).map((it) => [it.id, it]));
    const [published, hidden] = kind === 'opinion' ? [await this.issued(manager, [...found.keys()]), new Set<string>()] : await this.answers(manager, [...found.values()]);
    const scope = scopeOf(kind, caller);
    return near.flatMap(({ id, score }): SimilarRow[] => {
      const it = found.get(id);
      if (!it || it.state === 'draft') return [];
      const about = { score: Math.round(score * 100), words: score >= sameMatter ? '可能是同一件事' : '内容相近' };
      if (maySee(scope, it)) return [{ ...about, doc: this.line(caller, it), published: null, town: this.directory.page.body(it.townId), submittedAt: it.submittedAt.toISOString(), shared: wordsIn(it.title, this.sketches.shared(text, id)) }];
      if (hidden.has(id) || !published.has(id) && !handled[kind].includes(it.state)) return [];
      return [{ ...about, doc: null, published: published.get(id) ?? null, town: null, submittedAt: null, shared: [] }];
    }).slice(0, shown);
  }

  /** The issue that each report appeared in. */
  private async issued(manager: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const issues = await rowsWhere(manager, Issue, { submissionId: ids, recalledAt: null });
    return new Map(issues.map((it) => [it.submissionId, { title: it.title, numberWords: this.editions.issueView(it).numberWords }]));
  }

  /** Proposals that were answered, by their numbers; and those of which a unit answered that they are not for the public. */
  private async answers(manager: EntityManager, found: readonly Submission[]): Promise<readonly [ReadonlyMap<string, Known>, ReadonlySet<string>]> {
    const parts = await rowsWhere(manager, Handling, { proposalId: found.filter(({ state }) => answered.includes(state)).map(({ id }) => id) });
    const closed = new Set((await rowsWhere(manager, Reply, { handlingId: parts.map(({ id }) => id), publicity: 'closed' })).map(({ handlingId }) => handlingId));
    const hidden = new Set(parts.filter(({ id }) => closed.has(id)).map(({ proposalId }) => proposalId));
    return [new Map(found.filter(({ id, state }) => answered.includes(state) && !hidden.has(id)).map((it) => [it.id, { title: it.title, numberWords: `${this.presenter.caseNo(it) ?? it.receiptNo}，已答复` }])), hidden];
  }

  private line(caller: Caller, it: Submission): NonNullable<SimilarRow['doc']> {
    const may = this.presenter.can(caller, it);
    const leads = may.some((action) => action === 'absorb' || action === 'take' || action === 'take_over');
    return {
      id: it.id, version: it.version, receiptNo: it.receiptNo, title: it.title, author: reporterNames(this.directory.page, it).join('、'), state: it.state, stateWords: this.presenter.stateWords(it),
      can: [...(leads ? ['lead' as const] : []), ...(may.includes('combine') ? ['combine' as const] : [])],
    };
  }
}
