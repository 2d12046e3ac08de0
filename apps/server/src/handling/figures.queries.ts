import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, FigureLine, Given, routes } from '@lvzhi/contracts';
import { answers, counts, dateOf, daysBetween, figureGroupingWords, figuresOf, figureWords, groupsOf, isCollective, medianOf, outcomeCodes, outcomeWords, percentWords, rateCodes, rateOf, rateWords, saidOf } from '@lvzhi/domain';
import type { CasePart, CaseRecord, FigureGrouping, OutcomeCode } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { workbook } from '../platform/workbook.ts';
import type { WorkbookColumn } from '../platform/workbook.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { Handling, Talk, TalkAnswer } from './handling.entity.ts';
import { Rating, Reply } from './reply.entity.ts';

type Asked = Given<typeof routes.showFigures>;
const filed: readonly Submission['state'][] = ['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting', 'closed', 'merged'];
const outcomeOf = (state: Submission['state']): OutcomeCode => (state === 'merged' || state === 'to_opinion' || state === 'to_suggestion' || state === 'rejected' || state === 'dropped' ? state : filed.includes(state) ? 'filed' : 'undecided');
interface Period { readonly sessionId?: string | undefined; readonly year?: string | undefined }
const yearOf = ({ submittedAt }: Submission): string => dateOf(submittedAt).slice(0, 4);
const inPeriod = ({ sessionId, year }: Period) => (it: Submission): boolean => (sessionId === undefined || it.sessionId === sessionId) && (year === undefined || yearOf(it) === year);
interface Gathered { readonly parts: readonly Handling[]; readonly replies: readonly Reply[]; readonly talked: ReadonlySet<string>; readonly ratings: readonly Rating[] }

/** 提案统计: read anew each time from the cases themselves, so that no count is ever older than its rows. A term has some hundreds of them. */
@Injectable()
export class FigureQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock,
    @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries, @Inject(Audit) private readonly audit: Audit,
  ) {}

  show(_caller: Caller, { by, sessionId, year }: Asked): Promise<Answer<typeof routes.showFigures>> {
    return this.database.read(async (manager) => {
      const came = await this.received(manager);
      const cases = await this.cases(manager, came.filter(inPeriod({ sessionId, year })));
      const ids = [...new Set(cases.flatMap((it) => groupsOf(by, it)))];
      const answered = cases.filter((it) => counts('replied', it));
      const groups = ids.map((id) => this.line(id, this.nameOf(by, id), cases.filter((it) => groupsOf(by, it).includes(id)), by === 'unit' ? id : undefined));
      return {
        asOf: this.clock.now().toISOString(), sessions: this.settings.get('proposal.sessions').map(({ id, name }) => ({ id, name })), years: [...new Set(came.map(yearOf))].toSorted().toReversed(), total: this.line('', '全市', cases), before: await this.before(manager, came, { sessionId, year }),
        outcomes: outcomeCodes.map((code) => ({ code, words: outcomeWords[code], count: cases.filter(({ outcome }) => outcome === code).length })),
        classes: this.settings.get('replyClasses').map(({ code, name }) => ({ code, name, count: answered.filter(({ parts }) => parts.every(({ classCode }) => classCode === code)).length })),
        groups: groups.toSorted((a, b) => (b.counts['received'] ?? 0) - (a.counts['received'] ?? 0) || (a.id < b.id ? -1 : 1)),
      };
    });
  }

  /** What to compare with: of a year the year before, of a session the one before it. */
  private async before(manager: EntityManager, came: readonly Submission[], { sessionId, year }: Period): Promise<Answer<typeof routes.showFigures>['before']> {
    const none = (name: string, why: string) => ({ name, why, line: null, sessionId: null, year: null });
    if (sessionId !== undefined && year !== undefined) return none('', '会议和年份只选一个，才有前一次可以比');
    if (sessionId === undefined && year === undefined) return none('', '现在是历年合在一起的数，选一年或一次会议，就和前一年、前一次会议比');
    const inOrder = this.settings.get('proposal.sessions').toSorted((a, b) => (a.proposalsFrom < b.proposalsFrom ? -1 : 1));
    const earlier = inOrder[inOrder.findIndex(({ id }) => id === sessionId) - 1];
    if (year === undefined && !earlier) return none('', '系统里没有前一次会议，没有可以比的数');
    const period: Period = year === undefined ? { sessionId: earlier?.id } : { year: String(Number(year) - 1) };
    const name = year === undefined ? earlier?.name ?? '' : `${period.year} 年`;
    const cases = await this.cases(manager, came.filter(inPeriod(period)));
    return cases.length === 0 ? none(name, `系统里没有${year === undefined ? '' : ' '}${name}的提案，没有可以比的数`) : { name, why: null, line: this.line('', `${name}（全市）`, cases), sessionId: period.sessionId ?? null, year: period.year ?? null };
  }

  /** The very cases that a number counts, the newest first. */
  rows(caller: Caller, { by, sessionId, year, figure, id, after, limit }: Given<typeof routes.listFigure>): Promise<Answer<typeof routes.listFigure>> {
    return this.database.read(async (manager) => {
      const cases = await this.cases(manager, (await this.received(manager)).filter(inPeriod({ sessionId, year })));
      const found = cases.filter((it) => (id === undefined || groupsOf(by, it).includes(id)) && counts(figure, it, id !== undefined && by === 'unit' ? id : undefined)).map((it) => it.id).toSorted((a, b) => (a < b ? 1 : -1));
      const from = after === undefined ? 0 : found.findIndex((it) => it < after);
      const ids = from === -1 ? [] : found.slice(from, from + limit);
      const docs = new Map((await rowsWhere(manager, Submission, { id: ids })).map((it) => [it.id, it]));
      const rows = await this.submissions.rows(manager, caller, ids.flatMap((it) => docs.get(it) ?? []).filter(({ closure }) => closure !== 'marked'));
      return { rows, next: from !== -1 && from + limit < found.length ? ids.at(-1) ?? null : null };
    });
  }

  async file(caller: Caller, asked: Asked): Promise<Buffer> {
    const { total, before, groups } = await this.show(caller, asked);
    const lines = [total, ...before.line ? [before.line] : [], ...groups];
    await this.audit.record(caller, 'documents.exported', null, { what: 'figures', by: asked.by, rows: lines.length });
    const number = (code: keyof typeof figureWords): WorkbookColumn<FigureLine> => ({ head: figureWords[code], of: (it) => it.counts[code] ?? 0 });
    return workbook('提案统计', [
      { head: figureGroupingWords[asked.by], width: 28, of: ({ name }) => name }, ...(Object.keys(figureWords) as (keyof typeof figureWords)[]).map(number),
      { head: '办理用时中位数（天）', of: ({ days }) => days ?? '' },
      ...rateCodes.map((code): WorkbookColumn<FigureLine> => ({ head: rateWords[code], of: ({ rates }) => rates.find((it) => it.code === code)?.words ?? '' })),
    ], lines);
  }

  private line(id: string, name: string, cases: readonly CaseRecord[], unitId?: string): FigureLine {
    const all = figuresOf(cases, unitId);
    return { id, name, counts: all, rates: rateCodes.map((code) => { const { part, of, permille } = rateOf(all, code); return { code, words: percentWords(permille), part, of }; }), days: medianOf(cases.flatMap(({ parts }) => parts.filter((it) => unitId === undefined || it.unitId === unitId).flatMap(({ days }) => days ?? []))) };
  }

  private async received(manager: EntityManager): Promise<Submission[]> {
    return (await rowsWhere(manager, Submission, { kind: 'proposal' })).filter(({ state }) => state !== 'draft');
  }

  private async cases(manager: EntityManager, rows: readonly Submission[]): Promise<CaseRecord[]> {
    const handed = rows.filter(({ handedAt }) => handedAt !== null).map(({ id }) => id);
    const parts = (await rowsWhere(manager, Handling, { proposalId: handed })).filter(({ role, state }) => answers(role) && state !== 'reassigned' && state !== 'stopped');
    const ids = parts.map(({ id }) => id);
    const [replies, talks, said, ratings] = [await rowsWhere(manager, Reply, { handlingId: ids }), await rowsWhere(manager, Talk, { handlingId: ids }), await rowsWhere(manager, TalkAnswer, { handlingId: ids }), await rowsWhere(manager, Rating, { mainId: handed })];
    const open = new Set(said.filter(({ answer }) => answer !== 'denied').map(({ talkId }) => talkId));
    const gathered: Gathered = { parts, replies: replies.filter(({ releasedAt }) => releasedAt !== null), talked: new Set(talks.filter(({ id }) => open.has(id)).map(({ handlingId }) => handlingId)), ratings };
    return rows.map((it) => this.record(it, gathered));
  }

  private record(it: Submission, { parts, replies, talked, ratings }: Gathered): CaseRecord {
    const own = ratings.filter(({ mainId }) => mainId === it.id);
    const last = own.filter(({ round }) => round === Math.max(...own.map((rating) => rating.round)));
    const [result, attitude, closed] = [saidOf(last.map(({ state, result: said }) => ({ state, said }))), saidOf(last.map(({ state, attitude: said }) => ({ state, said }))), it.state === 'closed'];
    const part = ({ id, unitId, state, assignedAt }: Handling): CasePart => {
      const given = replies.filter(({ handlingId }) => handlingId === id).toSorted((a, b) => a.round - b.round);
      const [classCode, first] = [given.at(-1)?.classCode ?? null, given[0]?.releasedAt];
      return {
        unitId, replied: given.length > 0, onTime: given.every(({ releasedAt, dueAt }) => releasedAt !== null && dueAt !== null && releasedAt <= dueAt), talked: talked.has(id), classCode,
        solved: state === 'solved' || (classCode === 'A' && closed && (result === 'satisfied' || result === 'basically_satisfied')), days: first ? daysBetween(dateOf(assignedAt), dateOf(first)) : null,
      };
    };
    const author = this.directory.page.person(it.authorId);
    return {
      id: it.id, outcome: outcomeOf(it.state), filed: filed.includes(it.state), collective: it.proposerKind !== null && isCollective(it.proposerKind), committeeId: it.committeeId, sectorId: author?.sectorId ?? null, sessionId: it.sessionId, year: yearOf(it),
      parts: it.state === 'dropped' ? [] : parts.filter(({ proposalId }) => proposalId === it.id).map(part), asked: own.length > 0, result, attitude, closed,
    };
  }

  private nameOf(by: FigureGrouping, id: string): string {
    if (by === 'year') return `${id} 年`;
    if (by === 'session') return this.settings.get('proposal.sessions').find((it) => it.id === id)?.name ?? '没有归到哪次会议';
    return this.directory.page.body(id)?.name ?? (by === 'sector' ? '参加单位' : '还没有分到专委会');
  }
}
