import { Inject, Injectable } from '@nestjs/common';
import type { CalendarView, Caller, Given, HolidayReading, RedatedRow, routes, RuleChangeView } from '@lvzhi/contracts';
import { calendarLines, calendarOf, calendarRule, changedLines, checkCalendarYear, dateOf, dateWords, holidayLines, kindWords, readHolidays, timeOf, yearOf, yearOfRule } from '@lvzhi/domain';
import type { CalendarYearValue, HolidayLine, SpecialDay, WorkCalendar } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { Redating } from '../platform/redating.ts';
import type { Shift } from '../platform/redating.ts';
import { badField, stale } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere } from '../platform/rows.ts';
import { addChange, everyTerm, inOrder, RedatedDeadline, RuleChange } from '../platform/rule-changes.ts';
import { ruleRowsIn, RulesPage, Settings } from '../platform/settings.ts';
import { readTable } from '../platform/tables.ts';
import { Unreadable } from '../platform/workbook-reader.ts';
import { Handling } from '../handling/handling.entity.ts';
import { Rating } from '../handling/reply.entity.ts';
import { Publication } from '../publication/publication.entity.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Ballot, Demand, Supervision } from '../supervision/supervision.entity.ts';
import { Visit } from '../visits/visit.entity.ts';
import { RulesQueries } from './rules.queries.ts';
import { postOf, RulesService } from './rules.service.ts';

type In<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
type Years = ReadonlyMap<number, CalendarYearValue>;
const shownAtOnce = 100;
const piece = 400;
const lateMs = 600_000;

const calendarIn = (years: Years): WorkCalendar => calendarOf([...years.values()].flatMap(({ days }) => days), [...years].flatMap(([year, { provisional }]) => (provisional ? [] : [year])));
/** The year as the notice has it; days around New Year that lie in the years beside it are put into those. */
function withNotice(years: Years, year: number, days: readonly SpecialDay[], provisional: boolean): Map<number, CalendarYearValue> {
  const next = new Map(years).set(year, { provisional, days: days.filter(({ on }) => yearOf(on) === year) });
  for (const beside of new Set(days.map(({ on }) => yearOf(on)).filter((it) => it !== year))) {
    const given = days.filter(({ on }) => yearOf(on) === beside);
    const before = years.get(beside) ?? { provisional: true, days: [] };
    next.set(beside, { ...before, days: [...before.days.filter(({ on }) => !given.some((it) => it.on === on)), ...given] });
  }
  return next;
}

/** Days off and make-up days: read, shown, then kept whole, and the running deadlines with them. */
@Injectable()
export class CalendarService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(RulesQueries) private readonly queries: RulesQueries, @Inject(RulesService) private readonly rules: RulesService, @Inject(Settings) private readonly settings: Settings,
    @Inject(Redating) private readonly redating: Redating, @Inject(Audit) private readonly audit: Audit, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.plan({ name: 'calendar.latecomers', words: '日历改动以后，补算别的服务器在知道以前收的件', everySeconds: 60, run: () => this.latecomers() });
  }

  readText({ year, text }: In<'readHolidayText'>): Promise<HolidayReading> { return this.reading(year, holidayLines(text)); }
  readFile(year: number, bytes: Buffer): Promise<HolidayReading> {
    try {
      const [sheet] = readTable(bytes).filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim() !== '')));
      if (!sheet) return badField({ file: '文件里没有内容' });
      return this.reading(year, sheet.rows.map((cells, index) => ({ line: index + 1, cells: cells.filter((cell) => cell.trim() !== '').length === 1 ? [cells.find((cell) => cell.trim() !== '') ?? ''] : cells })));
    } catch (error) {
      if (error instanceof Unreadable) return badField({ file: error.message });
      throw error;
    }
  }
  private async reading(year: number, lines: readonly HolidayLine[]): Promise<HolidayReading> {
    const { days, rows, bad } = readHolidays(lines, year);
    const years = this.settings.page.calendarYears;
    const next = withNotice(years, year, days, false);
    const good = bad === 0 && days.length > 0;
    const running = good ? await this.database.read((manager) => this.redating.look(manager, this.turn(years, next))) : null;
    const changed = [...next].flatMap(([it, value]) => changedLines(linesOf(years.get(it)), linesOf(value)).map((line) => (it === year ? line : { ...line, label: `${it} 年 ${line.label}` })));
    return { days: days.map(({ on, kind, name }) => ({ on, kind, name })), rows: rows.map(({ line, text, verdict, words }) => ({ line, text, verdict, words })), bad, lines: changed, running: running?.filter(({ assignment, due }) => assignment.dueAt.getTime() !== due.at.getTime()).length ?? null };
  }
  private turn(before: Years, after: Years) { return { before: calendarIn(before), after: calendarIn(after), hours: this.settings.get('office.hours') }; }

  async save(caller: Caller, input: In<'saveCalendar'>): Promise<{ doc: CalendarView; change: RuleChangeView; rows: RedatedRow[] }> {
    const { year, key } = input;
    const id = await this.rules.write(async (manager) => await this.rules.repeated(manager, caller, key, calendarRule(year)) ?? await this.keep(manager, caller, input));
    const { rows } = await this.database.read((manager) => this.queries.redated(manager, id, 0, shownAtOnce));
    return { doc: this.queries.calendar(caller, year), change: await this.rules.shown(caller, id), rows };
  }

  private async keep(manager: EntityManager, caller: Caller, { year, key, seen, days, provisional, why }: In<'saveCalendar'>): Promise<string> {
    const { queries } = this;
    const page = new RulesPage(await ruleRowsIn(manager, this.config.termId), queries.today);
    if (queries.seenOf(page, year) !== seen) stale(queries.calendar(caller, year, page), { days, provisional });
    const far = days.find(({ on }) => Math.abs(yearOf(on) - year) > 1);
    if (far) badField({ days: `${far.on} 不是 ${year} 年前后的日子` });
    const [before, after] = [page.calendarYears, withNotice(page.calendarYears, year, days, provisional)];
    const changed: { year: number; value: CalendarYearValue }[] = [];
    for (const [it, given] of after) {
      if (before.get(it) === given) continue;
      const verdict = checkCalendarYear(it, given);
      if ('faults' in verdict) return badField(verdict.faults);
      after.set(it, verdict.value);
      if (JSON.stringify(sorted(before.get(it))) !== JSON.stringify(verdict.value)) changed.push({ year: it, value: verdict.value });
    }
    if (changed.length === 0) badField({ days: '和现在的一样，没有改动' });
    const [id, madeAt] = [newId(), this.clock.now()];
    // The year asked for bears the key and the moved deadlines, also where only days beside it are others.
    for (const { year: it, value } of [...changed.filter((one) => one.year !== year), { year, value: after.get(year) }]) {
      await addChange(manager, { id: it === year ? id : newId(), termId: everyTerm, name: calendarRule(it), before: before.get(it), after: value, effectiveOn: queries.today, madeAt, byId: caller.personId, post: postOf(caller), why, requestKey: it === year ? key : null, redated: 0 });
    }
    const redated = await this.follow(manager, { id, byId: caller.personId, redated: 0 }, before, after);
    await this.audit.record(caller, 'calendar.changed', { kind: 'rule', id: calendarRule(year) }, { change: id, days: days.length, redated });
    return id;
  }

  /** Moves the running deadlines and lists which; answers how many the change has moved by now. */
  private async follow(manager: EntityManager, { id: changeId, byId, redated }: Pick<RuleChange, 'id' | 'byId' | 'redated'>, before: Years, after: Years): Promise<number> {
    const turn = this.turn(before, after);
    const shifts = await this.redating.apply(manager, await this.redating.look(manager, turn), changeId, byId);
    const numbers = await this.numbers(manager, shifts);
    const rows = shifts.map(({ assignment: { id: assignmentId, docKind, docId, action, dueAt }, due }, index): RedatedDeadline => ({ changeId, seqNo: redated + index + 1, assignmentId, docKind, docId, number: numbers.get(docId) ?? kindWords[docKind], action, dueBefore: dueAt, dueAfter: due.at, explanation: due.explanation }));
    for (let from = 0; from < rows.length; from += piece) await addRows(manager, RedatedDeadline, rows.slice(from, from + piece));
    if (rows.length > 0) await changeRows(manager, RuleChange, { id: changeId }, { redated: redated + rows.length });
    return redated + rows.length;
  }

  /** Another instance reads a changed calendar seconds later than this one: what it took in meanwhile stands on the old one until this has run. */
  private latecomers(): Promise<string> {
    return this.database.write(async (manager) => {
      const [rows, { today }] = [await ruleRowsIn(manager, this.config.termId), this.queries];
      const since = this.clock.now().getTime() - lateMs;
      const recent = rows.changes.filter(({ name, madeAt }) => yearOfRule(name) !== undefined && madeAt.getTime() >= since).sort(inOrder);
      const last = recent.findLast(({ requestKey }) => requestKey !== null);
      if (!last) return '没有新的改动';
      const earlier = new RulesPage({ ...rows, changes: rows.changes.filter((it) => !recent.includes(it)) }, today);
      return `补算 ${await this.follow(manager, last, earlier.calendarYears, new RulesPage(rows, today).calendarYears) - last.redated} 件`;
    });
  }
  /** What each document is called where its title must not be read: by its number, a visit by its time. */
  private async numbers(manager: EntityManager, shifts: readonly Shift[]): Promise<Map<string, string>> {
    const numbers = new Map<string, string>();
    const ids = shifts.map(({ assignment }) => assignment.docId);
    for (let from = 0; from < ids.length; from += piece) {
      const some = ids.slice(from, from + piece);
      for (const { id, receiptNo } of await rowsWhere(manager, Submission, { id: some })) numbers.set(id, receiptNo);
      // What belongs to a proposal is called by its number.
      const parts = [...await rowsWhere(manager, Handling, { id: some }), ...await rowsWhere(manager, Rating, { id: some }), ...await rowsWhere(manager, Publication, { id: some }), ...await rowsWhere(manager, Supervision, { id: some }), ...await rowsWhere(manager, Demand, { id: some }), ...await rowsWhere(manager, Ballot, { id: some })];
      const cases = new Map((await rowsWhere(manager, Submission, { id: parts.map(({ proposalId }) => proposalId) })).map(({ id, receiptNo }) => [id, receiptNo]));
      for (const it of parts) numbers.set(it.id, [cases.get(it.proposalId), 'unitId' in it ? this.directory.page.body(it.unitId)?.short : undefined].filter(Boolean).join(' '));
      for (const { id, startsAt } of await rowsWhere(manager, Visit, { id: some })) numbers.set(id, `走访 ${dateWords(dateOf(startsAt), this.queries.today)} ${timeOf(startsAt)}`);
    }
    return numbers;
  }
}

const sorted = (value: CalendarYearValue | undefined): CalendarYearValue | undefined => value && { provisional: value.provisional, days: value.days.map(({ on, kind, name }) => ({ on, kind, name })).sort((a, b) => (a.on < b.on ? -1 : 1)) };
const linesOf = (value: CalendarYearValue | undefined) => calendarLines(sorted(value) ?? { provisional: true, days: [] });
