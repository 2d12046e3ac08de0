import { Inject, Injectable } from '@nestjs/common';
import { calendarOf, dateOf, yearOf, yearOfRule } from '@lvzhi/domain';
import type { Allowance, CalendarYearValue, KeyDecider, NoticeTexts, NoticeSort, OfficeHours, OpinionGoals, OpinionPoints, ProposalSession, PostCode, QuietHours, Reckoning, RoutingTable, ReminderRules, WritingLimits } from '@lvzhi/domain';
import { Column, Entity, In, IsNull, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { withCity } from './city-texts.ts';
import { Clock } from './clock.ts';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { Database } from './database.ts';
import { Kept } from './kept.ts';
import { Mark, Marks } from './marks.ts';
import { everyTerm, inOrder, RuleChange } from './rule-changes.ts';

/** One rule of a term (届) as the seeds gave it: every city differs, so nothing of this is a constant (rules: posts, settings). What the office changes lies over it (rule-changes.ts). */
@Entity('settings')
export class Setting {
  @PrimaryColumn({ name: 'term_id', type: 'varchar', length: 20 }) termId: string;
  @PrimaryColumn({ type: 'varchar', length: 60 }) name: string;
  @Column({ type: 'json' }) value: unknown;
}
@Entity('calendar_days')
export class CalendarDay {
  @PrimaryColumn({ type: 'varchar', length: 10 }) day: string;
  @Column({ type: 'varchar', length: 8 }) kind: 'rest' | 'work';
  @Column({ type: 'varchar', length: 40 }) name: string;
}
@Entity('calendar_years')
export class CalendarYear {
  @PrimaryColumn({ name: 'year_no', type: 'int' }) yearNo: number;
  @Column({ type: 'int' }) provisional: number;
}

/** The city's own facts (seeds/city.json; then 开始使用). */
export interface CityFacts {
  readonly city: string; readonly organ: string; readonly shortOrgan: string; readonly contact: { readonly name: string; readonly phone: string; readonly address: string; readonly hours: string; /** Of whoever keeps the roster, where that is another desk. */ readonly memberAffairs?: { readonly name: string; readonly phone: string } };
  readonly term: { readonly number: number; readonly name: string; readonly fromOn: string; readonly untilOn: string };
}
/** A backup or a trial restore is late after so long; the disk is full below so many percent. */
interface HealthLimits { readonly backupHours: number; readonly restoreTestDays: number; readonly diskFreePercent: number }
export interface Coded { readonly code: string; readonly name: string }
/** The settings that what is built reads. Values come from seeds/ and from the office. */
export interface Rules {
  readonly 'opinion.limits': WritingLimits; readonly 'proposal.limits': WritingLimits & { readonly units: number };
  /** Pages of a paper that an office enters. */
  readonly 'entry.papers': number;
  readonly 'files.maxBytes': { readonly phone: number; readonly desk: number };
  readonly 'route.confirm': 'low' | 'always'; readonly 'route.threshold': number;
  readonly 'office.hours': OfficeHours; readonly 'undo.seconds': number;
  readonly categories: readonly Coded[]; readonly 'opinion.categories': readonly Coded[]; readonly 'opinion.natures': readonly Coded[]; readonly urgencies: readonly Coded[];
  readonly 'opinion.notAdoptedReasons': readonly Coded[]; readonly 'proposal.outcomes': readonly Coded[]; readonly 'proposal.rejectReasons': readonly Coded[]; readonly 'proposal.sessions': readonly ProposalSession[]; readonly 'proposal.seal': 'picture' | 'confirm';
  /** Where an edited report is published; `before`: the numbers that were used before the house kept them. */
  readonly 'issue.series': readonly (Coded & { readonly before?: { readonly year: number; readonly issues: number; readonly total: number } })[];
  /** Whose issues say 内部资料 注意保存: nobody's, those for one reader, all. */
  readonly 'issue.mark': 'none' | 'one' | 'all';
  /** What counts how much in the 通报, and what is to be reached in a year. */
  readonly 'opinion.points': OpinionPoints; readonly 'opinion.goals': OpinionGoals;
  readonly 'opinion.instructionLevels': readonly Coded[]; readonly 'secret.reasons': readonly Coded[]; /** How many days before the first submit something of it may have been on the server: which backups are listed. */ readonly 'secret.draftDays': number;
  readonly 'opinion.firstReview': 'committee' | 'office' | 'both'; readonly 'opinion.consent': 'off' | 'on';
  /** Who is on duty in the week that begins with that Monday. */
  readonly 'dutyOfficer.weeks': readonly { readonly monday: string; readonly personId: string }[];
  readonly returnReasons: readonly string[]; readonly rerouteReasons: readonly string[];
  /** How many members a proposer may ask to sign. */ readonly 'proposal.cosigners': number;
  readonly 'supervision.decider': KeyDecider; readonly 'supervision.forms': readonly Coded[]; readonly 'appraisal.items': readonly Coded[]; readonly 'appraisal.most': number;
  readonly 'award.levels': readonly Coded[]; readonly 'award.perBody': number; readonly 'award.share': number; readonly 'award.collectiveShare': number; readonly 'award.highest': number;
  readonly 'handling.urgeDays': number; readonly 'talk.forms': readonly Coded[]; readonly 'reply.rounds': number; readonly 'reply.publicity': readonly Coded[]; readonly replyClasses: readonly Coded[]; readonly 'handling.extensionMonths': number;
  readonly 'visit.forms': readonly Coded[]; readonly 'visit.topics': readonly string[];
  readonly 'routing.table': Omit<RoutingTable, 'threshold'>;
  /** How many days audit entries are kept; never fewer than the law's 180. When /health turns red. Which documents' reading is written down. */
  readonly 'audit.keep': { readonly keepDays: number }; readonly 'health.limits': HealthLimits; readonly 'audit.readings': { readonly urgencies: readonly string[] };
  readonly city: CityFacts;
  /** Notices that the city writes in its own words; the others are as the domain has them. */
  readonly 'notice.texts': NoticeTexts;
  readonly texts: { readonly secretNotice: string; readonly pledge: string; readonly guest: { readonly title: string; readonly paragraphs: readonly string[] } };
  readonly privacy: { readonly version: string; readonly title: string; readonly paragraphs: readonly string[] };
  /** Why a membership ends; `keepsReading`: the person may still sign in, to read and rate their own documents. */
  readonly 'member.endReasons': readonly (Coded & { readonly keepsReading: boolean })[]; readonly 'invitation.days': number;
  /** WeChat's message templates as this mini-program was given them: which sort of notice takes which, and what stands in its fields. */
  readonly 'wechat.templates': readonly MessageTemplate[];
  readonly 'sms.templates': readonly { readonly sort: NoticeSort; readonly id: string; readonly parameters: readonly string[] }[];
  readonly 'notice.quiet': QuietHours; /** How long a message whose fate is not known is waited for. */ readonly 'notice.settleSeconds': number; /** How long a sender may hold a message before another takes it over. */ readonly 'notice.leaseSeconds': number;
  readonly 'notice.reminders': ReminderRules; /** HH:MM. */ readonly 'notice.reminderTime': string; readonly 'notice.digestTime': string;
  /** What must be answered and is unread for so long goes out as a text message as well. */ readonly 'notice.smsAfterHours': number;
  readonly 'session.phone': { readonly idleDays: number; readonly mostDays: number }; readonly 'session.desk': { readonly idleMinutes: number; readonly mostHours: number; readonly warnMinutes: number };
  readonly 'password.minLength': number;
  /** How long the QR code of a sign-in page is good for, and how often the page asks whether a phone has answered. */
  readonly deskAsk: { readonly seconds: number; readonly pollSeconds: number };
  /** Who must have a second factor to work at the desk, and how many recovery codes it comes with. */
  readonly 'secondFactor.posts': readonly PostCode[]; readonly 'secondFactor.codes': number;
  /** How many wrong guesses in a row shut an account, and for how long. */
  readonly guesses: { readonly most: number; readonly shutMinutes: number };
  /** How many rows one exported table holds at most. */
  readonly 'export.maxRows': number;
  readonly 'visit.campaign': { readonly id: string; readonly title: string; readonly fromOn: string; readonly untilOn: string };
}

/** The rows that the rules are made of. */
export interface MessageTemplate { readonly sort: NoticeSort; readonly id: string; readonly title: string; readonly kind: 'once' | 'long'; readonly fields: Readonly<Record<string, string>> }

export interface RuleRows { readonly settings: readonly Setting[]; readonly changes: readonly RuleChange[]; readonly days: readonly CalendarDay[]; readonly years: readonly CalendarYear[]; readonly isSetUp: boolean }
export async function ruleRowsIn(manager: EntityManager, termId: string): Promise<RuleRows> {
  return {
    settings: await manager.find(Setting, { where: { termId } }), changes: await manager.find(RuleChange, { where: { termId: In([termId, everyTerm]), takenBackAt: IsNull() } }),
    days: await manager.find(CalendarDay), years: await manager.find(CalendarYear), isSetUp: await manager.existsBy(Mark, { name: setUpMark }),
  };
}

/** The rules as they hold on one day: what the seeds gave, and over it what the office has changed since. */
export class RulesPage {
  private readonly values: Map<string, unknown>;
  /** Every entry that a list ever had, so that an old document still has its words when its entry is gone. */
  private readonly everNamed = new Map<string, Coded>();
  /** Year by year. */
  readonly calendarYears: ReadonlyMap<number, CalendarYearValue>;
  readonly reckoning: Reckoning;
  /** Of one setting, or one year of the calendar, in the order in which they begin. */
  private readonly changes = new Map<string, RuleChange[]>();
  readonly on: string;

  constructor({ settings, changes, days, years }: RuleRows, on: string) {
    this.on = on;
    this.values = new Map(settings.map(({ name, value }) => [name, value]));
    for (const { name, value } of settings) this.remember(name, value);
    const calendar = new Map(years.map(({ yearNo, provisional }): [number, CalendarYearValue] => [yearNo, { provisional: provisional === 1, days: days.filter(({ day }) => yearOf(day) === yearNo).map(({ day, kind, name }) => ({ on: day, kind, name })) }]));
    const inTurn = [...changes].sort(inOrder);
    for (const change of inTurn) this.changes.set(change.name, [...this.changes.get(change.name) ?? [], change]);
    for (const { name, after: { it } } of inTurn.filter(({ effectiveOn }) => effectiveOn <= on)) {
      const year = yearOfRule(name);
      if (year === undefined) this.values.set(name, it); else calendar.set(year, it as CalendarYearValue);
      this.remember(name, it);
    }
    this.calendarYears = calendar;
    const known = [...calendar];
    this.reckoning = {
      calendar: calendarOf(known.flatMap(([, it]) => it.days), known.flatMap(([year, it]) => (it.provisional ? [] : [year]))), hours: (this.values.get('office.hours') ?? []) as OfficeHours,
    };
  }

  private remember(name: string, value: unknown): void {
    if (!Array.isArray(value)) return;
    for (const { id, code = id, name: words } of value as readonly (Partial<Coded> & { readonly id?: string })[]) if (typeof code === 'string' && typeof words === 'string') this.everNamed.set(`${name} ${code}`, { code, name: words });
  }
  /** The last change that has begun: the one that holds. */
  holding(name: string): RuleChange | undefined { return this.changes.get(name)?.findLast(({ effectiveOn }) => effectiveOn <= this.on); }
  upcoming(name: string): RuleChange[] { return (this.changes.get(name) ?? []).filter(({ effectiveOn }) => effectiveOn > this.on); }
  /** Which change was made last, begun or not: what somebody who decides has seen. '' for none. */
  lastMade(...names: readonly string[]): string { return String(Math.max(0, ...names.flatMap((name) => this.changes.get(name) ?? []).map(({ seqNo }) => seqNo)) || ''); }
  value(name: string): unknown { return this.values.get(name); }
  names(): string[] { return [...this.values.keys()]; }
  coded(name: string, code: string | null): Coded | null { return code === null ? null : this.everNamed.get(`${name} ${code}`) ?? null; }
  codesOf(name: string): string[] { return [...this.everNamed.keys()].flatMap((key) => (key.startsWith(`${name} `) ? [key.slice(name.length + 1)] : [])); }
}
/** The mark of a city that has been through 开始使用. */
export const setUpMark = 'setup.finished';

/** The rules in memory: read again when their mark moves, made anew when the day changes; a request asks neither database nor clock more than once. */
@Injectable()
export class Settings {
  private readonly kept: Kept<RuleRows>;
  private made: { readonly of: RuleRows; readonly on: string; readonly page: RulesPage; readonly filled: Map<string, unknown> } | undefined;

  constructor(@Inject(Database) database: Database, @Inject(Marks) marks: Marks, @Inject(CONFIG) { termId }: Config, @Inject(Clock) private readonly clock: Clock) {
    this.kept = new Kept(() => database.read((manager) => ruleRowsIn(manager, termId)));
    marks.watch('settings', () => this.kept.load());
  }

  private get now(): NonNullable<Settings['made']> {
    const [of, on] = [this.kept.value, dateOf(this.clock.now())];
    if (this.made?.of === of && this.made.on === on) return this.made;
    const page = new RulesPage(of, on);
    const city = page.value('city') as CityFacts | undefined;
    this.made = { of, on, page, filled: new Map(city ? ['texts', 'privacy'].map((name) => [name, withCity(page.value(name), city)]) : []) };
    return this.made;
  }
  /** As of today: a change begins with its day and without anybody's doing. */
  get page(): RulesPage { return this.now.page; }

  get<K extends keyof Rules>(name: K): Rules[K] {
    const { page, filled } = this.now;
    const value = filled.get(name) ?? page.value(name);
    if (value === undefined) throw new Error(`The setting ${name} is missing: load the seeds.`);
    return value as Rules[K];
  }
  /** The time allowed, by the name that a flow's duty gives. */
  allowance(name: string): Allowance {
    const value = this.page.value(name);
    if (value === undefined) throw new Error(`The deadline ${name} is missing: load the seeds.`);
    return value as Allowance;
  }
  /** An entry of a list by its code, also one that can no longer be chosen. */
  coded(name: keyof Rules, code: string | null): Coded | null { return this.page.coded(name, code); }
  get isSetUp(): boolean { return this.kept.value.isSetUp; }
  get reckoning(): Reckoning { return this.page.reckoning; }
}
