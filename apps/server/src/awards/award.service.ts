import { Inject, Injectable } from '@nestjs/common';
import type { Answer, AwardRow, Caller, Given, routes } from '@lvzhi/contracts';
import { dateOf, isBlocked, maySee, mostAwards, scopeOf, secrecyFindings, yearOf } from '@lvzhi/domain';
import type { AwardAction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { refuseClosed } from '../disposal/disposed.queries.ts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { newId } from '../platform/ids.ts';
import { Move } from '../platform/journal.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { workbook } from '../platform/workbook.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { all, awardable, AwardQueries } from './award.queries.ts';
import { Award, AwardQuota, AwardScore } from './award.entity.ts';
import { awardDoc, awardDocket } from './docket.ts';
import type { AwardDoc } from './docket.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Awarded = Answer<typeof routes.giveAward>;

/** 优秀提案: recommended within a quota, scored, decided within a share of the year's filed proposals (rules: duty-rules §1.11). */
@Injectable()
export class AwardService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit, @Inject(AwardQueries) private readonly queries: AwardQueries) {}

  nominate(caller: Caller, { key, proposalId, reason }: Given<typeof routes.nominateAward>): Promise<Awarded> {
    if (isBlocked(secrecyFindings(reason))) badField({ reason: '内容疑似涉密，没有保存。确属涉密的，请线下处理。' });
    return this.database.write(async (manager) => {
      const before = await rowWhere(manager, Move, { personId: caller.personId, requestKey: key });
      if (before) return { doc: await this.queries.one(manager, caller, before.docId) };
      const proposal = await rowWhere(manager, Submission, { id: proposalId, kind: 'proposal' });
      if (!proposal || !maySee(scopeOf('proposal', caller), proposal)) notFound();
      refuseClosed(proposal.closure);
      if (!awardable.includes(proposal.state)) refuse('nominate_award', '只有立案的提案才能评优秀提案');
      const [year, body] = [yearOf(dateOf(proposal.submittedAt)), this.queries.bodyOf(caller)];
      if (await rowWhere(manager, Award, { year, proposalId })) refuse('nominate_award', '这件提案已经推荐过');
      const most = this.settings.get('award.perBody');
      if (!await this.take(manager, year, body, most)) refuse('nominate_award', `本单位这一年的 ${most} 个推荐名额已经用完`);
      const row: Award = { id: newId(), proposalId, year, authorId: proposal.authorId, state: 'nominated', version: 0, hash: '', nominatedBy: caller.personId, nominatedBody: body, reason, level: null, note: '', nominatedAt: this.clock.now(), decidedAt: null };
      await this.moves.open(manager, caller, awardDocket(), awardDoc(row, proposal.coAuthorIds ?? [], [], proposal.closure), [{ action: 'nominate_award' }], key);
      return { doc: await this.queries.one(manager, caller, row.id) };
    });
  }

  /** One's own score changes nothing that another judge looked at: it goes by the candidate as it now stands. */
  async score(caller: Caller, { id, key, score }: Given<typeof routes.scoreAward>): Promise<Awarded> {
    const highest = this.settings.get('award.highest');
    if (score > highest) badField({ score: `最高 ${highest} 分` });
    const row = await this.database.read((manager) => rowWhere(manager, Award, { id }));
    if (!row) notFound();
    return this.make(caller, { id, version: row.version, key }, () => ({ action: 'score_award', beside: (manager) => addRows(manager, AwardScore, [{ awardId: id, personId: caller.personId, score, scoredAt: this.clock.now() }]) }));
  }

  give(caller: Caller, { level, ...on }: Given<typeof routes.giveAward>): Promise<Awarded> {
    if (!this.settings.get('award.levels').some(({ code }) => code === level)) badField({ level: '请从列表里选择等次' });
    return this.make(caller, on, (doc) => ({ action: 'award', patch: { level, decidedAt: this.clock.now().toISOString() }, beside: async (manager) => {
      const most = mostAwards(await this.queries.filed(manager, doc.row.year), this.settings.get('award.share'));
      if (!await this.take(manager, doc.row.year, all, most)) refuse('award', `${doc.row.year} 年最多评 ${most} 件，已经评满`);
    } }));
  }
  passOver(caller: Caller, on: On): Promise<Awarded> { return this.make(caller, on, () => ({ action: 'pass_over', patch: { decidedAt: this.clock.now().toISOString() } })); }
  revoke(caller: Caller, { note, ...on }: Given<typeof routes.revokeAward>): Promise<Awarded> {
    return this.make(caller, on, (doc) => ({ action: 'revoke_award', carry: { row: { ...doc.row, note } }, beside: async (manager) => { await manager.decrement(AwardQuota, { year: doc.row.year, bodyId: all }, 'taken', 1); } }));
  }

  /** What was awarded in a year, as xlsx; each export is written down. */
  async file(caller: Caller, year: number | undefined): Promise<{ name: string; bytes: Buffer }> {
    const of = year ?? this.queries.year;
    const rows = await this.database.read((manager) => this.queries.awarded(manager, caller, of, this.settings.get('export.maxRows')));
    await this.audit.record(caller, 'awards.exported', null, { year: of, rows: rows.length });
    return { name: `${of}年优秀提案.xlsx`, bytes: workbook<AwardRow>(`${of}年优秀提案`, [
      { head: '等次', width: 16, of: ({ level }) => level?.name ?? '' }, { head: '案号', width: 26, of: ({ proposal }) => proposal.caseNo }, { head: '题目', width: 50, of: ({ proposal }) => proposal.title }, { head: '提案人', width: 24, of: ({ proposal }) => proposal.authors },
      { head: '推荐单位', width: 20, of: ({ nominatedBy }) => nominatedBy }, { head: '推荐理由', width: 50, of: ({ reason }) => reason }, { head: '平均分', of: ({ mean }) => mean }, { head: '评分人数', of: ({ n }) => n }, { head: '评定日期', width: 14, of: ({ decidedAt }) => (decidedAt === null ? '' : dateOf(new Date(decidedAt))) },
    ], rows) };
  }

  /** One more of a limited number, or false: two at once never both get the last. */
  private async take(manager: EntityManager, year: number, bodyId: string, most: number): Promise<boolean> {
    await manager.createQueryBuilder().insert().orIgnore().into(AwardQuota).values({ year, bodyId, taken: 0 }).execute();
    const { affected } = await manager.createQueryBuilder().update(AwardQuota).set({ taken: () => 'taken + 1' }).where('year = :year AND body_id = :bodyId AND taken < :most', { year, bodyId, most }).execute();
    return affected === 1;
  }
  private async make(caller: Caller, { id, version, key }: On, step: (doc: AwardDoc) => Step<AwardAction, AwardDoc>): Promise<Awarded> {
    await this.moves.make(caller, awardDocket(), id, { version, key, current: (manager) => this.queries.one(manager, caller, id) }, (it) => [step(it)]);
    return { doc: await this.database.read((manager) => this.queries.one(manager, caller, id)) };
  }
}
