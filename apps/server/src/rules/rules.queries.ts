import { Inject, Injectable } from '@nestjs/common';
import type { CalendarView, Caller, Given, RedatedRow, RuleChangeView, RuleRow, RuleView, routes } from '@lvzhi/contracts';
import { besideWords, abilitiesOf, addDays, calendarLines, calendarRule, changedLines, dateOf, dateWords, explainDue, kindWords, postCodes, postWords, ruleBook, ruleLines, ruleOf, taskActions, taskWords, timeOf, yearOf, yearOfRule } from '@lvzhi/domain';
import type { CalendarYearValue, Rule, RuleLine, RuleNames } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere } from '../platform/rows.ts';
import { everyTerm, RedatedDeadline, RuleChange } from '../platform/rule-changes.ts';
import { Settings } from '../platform/settings.ts';
import type { RulesPage } from '../platform/settings.ts';

type In_<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
const noYear: CalendarYearValue = { provisional: true, days: [] };
/** From November on the next year's notice may be out, and deadlines already reach into it. */
const warnFrom = '-11-01';

/** The only place where a rule, a year of the calendar or a change of either becomes what a person is shown. */
@Injectable()
export class RulesQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
  ) {}

  get today(): string { return dateOf(this.clock.now()); }
  private can(caller: Caller): 'change'[] { return abilitiesOf(caller).includes('manage_rules') ? ['change'] : []; }
  private get names(): RuleNames {
    const { page } = this.settings;
    return { committee: (id) => this.directory.page.body(id)?.short ?? id, category: (code) => (page.coded('opinion.categories', code) ?? page.coded('categories', code))?.name ?? code };
  }

  list(caller: Caller) {
    const { settings: { page }, directory: { page: known } } = this;
    const rules = [...ruleBook, ...page.names().filter((name) => !ruleBook.some((it) => it.name === name)).flatMap((name) => ruleOf(name) ?? [])];
    const categories = new Map([...this.settings.get('opinion.categories'), ...this.settings.get('categories')].map(({ code, name }) => [code, name]));
    return Promise.resolve({
      today: this.today, rows: rules.filter(({ name }) => page.value(name) !== undefined).map((rule) => this.row(rule, page)), committees: known.bodiesOf('committee'), sectors: known.bodiesOf('sector'), towns: known.bodiesOf('town'),
      categories: [...categories].map(([code, name]) => ({ code, name })), warning: this.warning(page), can: this.can(caller),
    });
  }
  private row(rule: Rule, page: RulesPage): RuleRow {
    const { name, group, words, hint } = rule;
    return { name, group, words, hint, lines: ruleLines(rule.shape, page.value(name), this.names), since: page.holding(name)?.effectiveOn ?? null, later: page.upcoming(name).length };
  }

  show(caller: Caller, name: string, page: RulesPage = this.settings.page): RuleView {
    const rule = ruleOf(name);
    if (!rule || page.value(name) === undefined) notFound();
    const last = page.holding(name);
    return { ...this.row(rule, page), value: page.value(name), seen: page.lastMade(name), last: last ? this.change(caller, last, page) : null, upcoming: page.upcoming(name).map((it) => this.change(caller, it, page)), can: this.can(caller) };
  }

  changes(caller: Caller, { name, state, after, limit }: In_<'listRuleChanges'>): Promise<{ rows: RuleChangeView[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(RuleChange, 'c').where({ termId: In([this.config.termId, everyTerm]) });
      if (name !== undefined) query.andWhere('c.name = :name', { name });
      if (state === 'later') query.andWhere('c.effectiveOn > :today AND c.takenBackAt IS NULL', { today: this.today });
      const { rows, next } = pageOf(await keyset(query, 'c.madeAt', 'DESC', after, limit).getMany(), limit, ({ madeAt }) => madeAt);
      return { rows: rows.map((it) => this.change(caller, it)), next };
    });
  }
  change(caller: Caller, it: RuleChange, page: RulesPage = this.settings.page): RuleChangeView {
    const year = yearOfRule(it.name);
    const rule = ruleOf(it.name);
    const lines = (value: unknown): RuleLine[] => (year !== undefined ? calendarLines(value as CalendarYearValue) : rule && value !== undefined ? ruleLines(rule.shape, value, this.names) : []);
    const later = it.takenBackAt === null && it.effectiveOn > this.today;
    const post = postCodes.find((code) => code === it.post);
    return {
      id: it.id, name: it.name, words: year === undefined ? rule?.words ?? it.name : `${year} 年的放假和补班`, lines: changedLines(lines(it.before.it), lines(it.after.it)), effectiveOn: it.effectiveOn, madeAt: it.madeAt.toISOString(),
      by: this.person(it.byId), post: post ? postWords[post] : '', why: it.why, state: it.takenBackAt ? 'taken_back' : later ? 'later' : page.holding(it.name)?.id === it.id ? 'now' : 'over',
      takenBack: it.takenBackAt ? { by: this.person(it.takenBackBy ?? ''), at: it.takenBackAt.toISOString() } : null, redated: it.redated, can: later && this.can(caller).length > 0 ? ['take_back'] : [],
    };
  }
  private person(id: string): RuleChangeView['by'] { const it = this.directory.page.person(id); return { id, name: it?.name ?? '', note: it?.note ?? '' }; }

  calendar(caller: Caller, year: number, page: RulesPage = this.settings.page): CalendarView {
    const [known, last] = [page.calendarYears.get(year), page.holding(calendarRule(year))];
    const { provisional, days } = known ?? noYear;
    return {
      year, known: known !== undefined, provisional, days: days.map(({ on, kind, name }) => ({ on, kind, name })).sort((a, b) => (a.on < b.on ? -1 : 1)), seen: this.seenOf(page, year), today: this.today,
      years: [...page.calendarYears].sort(([a], [b]) => a - b).map(([it, value]) => ({ year: it, provisional: value.provisional, days: value.days.length })), last: last ? this.change(caller, last, page) : null, warning: this.warning(page), can: this.can(caller),
    };
  }
  /** A notice of one year touches the days around both its New Years. */
  seenOf(page: RulesPage, year: number): string { return page.lastMade(...[year - 1, year, year + 1].map(calendarRule)); }
  private warning(page: RulesPage): string | null {
    const [today, next] = [this.today, yearOf(this.today) + 1];
    const missing = (year: number): boolean => page.calendarYears.get(year)?.provisional ?? true;
    if (missing(next - 1)) return `${next - 1} 年的放假安排还没有录入，期限暂按周末计算。请导入国务院的放假通知。`;
    return today >= `${next - 1}${warnFrom}` && missing(next) ? `${next} 年的放假安排还没有录入，跨到 ${next} 年的期限暂按周末计算。国务院的通知一般在 11 月公布，公布后请导入。` : null;
  }

  async redated(manager: EntityManager, changeId: string, after: number, limit: number): Promise<{ rows: RedatedRow[]; next: string | null }> {
    const found = await rowsWhere(manager, RedatedDeadline, { changeId, seqNo: Array.from({ length: limit + 1 }, (_, index) => after + 1 + index) }, { by: 'seqNo' });
    const rows = found.slice(0, limit);
    return { rows: rows.map((it) => this.redatedRow(it)), next: found.length > limit ? String(rows.at(-1)?.seqNo) : null };
  }
  private redatedRow({ number, docKind, action, dueBefore, dueAfter, explanation }: RedatedDeadline): RedatedRow {
    const words = (at: Date): string => `${dateWords(dateOf(at), this.today)} ${timeOf(at)}`;
    const task = taskActions.find((code) => code === action);
    return { number, kind: docKind, kindWords: kindWords[docKind], action: task ? taskWords[task] : besideWords[action] ?? action, before: words(dueBefore), after: words(dueAfter), explanation: explainDue(dueAfter, explanation) };
  }
  listRedated({ id, after, limit }: In_<'listRedated'>) {
    return this.database.read(async (manager) => {
      const [change] = await rowsWhere(manager, RuleChange, { id, termId: [this.config.termId, everyTerm] });
      if (!change) notFound();
      return this.redated(manager, id, Number(after ?? 0) || 0, limit);
    });
  }
  /** The latest day from which a change may begin. */
  get lastDay(): string { return addDays(this.today, 732); }
}
