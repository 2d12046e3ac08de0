import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, routes, RuleChangeView, RuleView } from '@lvzhi/contracts';
import { abilitiesOf, checkRule, dateWords, ruleOf, yearOfRule } from '@lvzhi/domain';
import type { Rule } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Marks, moveMark } from '../platform/marks.ts';
import { badField, notFound, refuse, stale } from '../platform/refusals.ts';
import { changeRows, rowWhere } from '../platform/rows.ts';
import { addChange, everyTerm, RuleChange } from '../platform/rule-changes.ts';
import { ruleRowsIn, RulesPage } from '../platform/settings.ts';
import { RulesQueries } from './rules.queries.ts';

type In<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
export const postOf = (caller: Caller): string => caller.posts.find((held) => abilitiesOf({ personId: '', posts: [held] }).includes('manage_rules'))?.post ?? '';
const fieldsUnder = (faults: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(faults).map(([path, words]) => [path === '' ? 'value' : `value.${path}`, words]));

/** Changes of the rules of a term. They go one after the other on all instances, since each begins by moving the mark: what one has seen, no other can have changed meanwhile. */
@Injectable()
export class RulesService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(RulesQueries) private readonly queries: RulesQueries, @Inject(Directory) private readonly directory: Directory, @Inject(Marks) private readonly marks: Marks,
    @Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
  ) {}

  async change(caller: Caller, input: In<'changeRule'>): Promise<{ doc: RuleView; change: RuleChangeView }> {
    const rule = ruleOf(input.name) ?? notFound();
    const id = await this.write(async (manager) => await this.repeated(manager, caller, input.key, rule.name) ?? await this.begin(manager, caller, rule, input));
    return { doc: this.queries.show(caller, rule.name), change: await this.shown(caller, id) };
  }

  /** Writes, and reads the rules again here; other instances see it within seconds. */
  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const done = await this.database.write(async (manager) => {
      await moveMark(manager, 'settings');
      return work(manager);
    });
    await this.marks.look(false);
    return done;
  }
  /** The answer was lost and the same change is sent again. */
  async repeated(manager: EntityManager, caller: Caller, key: string, name: string): Promise<string | undefined> {
    const made = await rowWhere(manager, RuleChange, { byId: caller.personId, requestKey: key });
    if (made && made.name !== name) refuse('change', '这个防重编号已经用在别的改动上，请刷新后再试');
    return made?.id;
  }
  shown(caller: Caller, id: string): Promise<RuleChangeView> {
    return this.database.read(async (manager) => this.queries.change(caller, await rowWhere(manager, RuleChange, { id }) ?? notFound()));
  }

  private async begin(manager: EntityManager, caller: Caller, rule: Rule, { name, key, seen, value, from, why }: In<'changeRule'>): Promise<string> {
    const { termId } = this.config;
    const [rows, { today, lastDay }] = [await ruleRowsIn(manager, termId), this.queries];
    const now = new RulesPage(rows, today);
    if (now.value(name) === undefined) notFound();
    if (now.lastMade(name) !== seen) stale(this.queries.show(caller, name, now), value);
    if (from < today) badField({ from: `生效日期应是今天（${dateWords(today)}）或以后，${dateWords(from, today)}已经过去` });
    if (from > lastDay) badField({ from: `生效日期最晚到 ${dateWords(lastDay, today)}` });
    const then = new RulesPage(rows, from);
    const before = then.value(name);
    const after = this.checked(rule, value, then);
    if (JSON.stringify(after) === JSON.stringify(before)) badField({ value: from === today ? '和现在的一样，没有改动' : `和那一天本来的一样，没有改动` });
    const id = newId();
    await addChange(manager, { id, termId, name, before, after, effectiveOn: from, madeAt: this.clock.now(), byId: caller.personId, post: postOf(caller), why, requestKey: key, redated: 0 });
    await this.audit.record(caller, 'rule.changed', { kind: 'rule', id: name.slice(0, 40) }, { change: id, from });
    return id;
  }

  private checked(rule: Rule, value: unknown, page: RulesPage): unknown {
    const { name, shape } = rule;
    const before = page.value(name);
    const current = Array.isArray(before) ? (before as readonly { code?: unknown; id?: unknown }[]).flatMap(({ id, code = id }) => (typeof code === 'string' ? [code] : [])) : [];
    const verdict = checkRule(rule, value, { committees: new Set(this.directory.page.bodiesOf('committee').map(({ id }) => id)), codes: new Set(page.codesOf(name)), current, newCode: () => `x${newId()}` });
    if ('faults' in verdict) return badField(fieldsUnder(verdict.faults));
    // What the page does not show of these stays as it was; a notice that says something else must be agreed to again.
    if (shape.kind === 'city') return { ...before as object, ...verdict.value as object };
    if (shape.kind !== 'privacy') return verdict.value;
    const kept = { ...before as object, ...verdict.value as object };
    return JSON.stringify(kept) === JSON.stringify(before) ? kept : { ...kept, version: versionAfter((before as { version?: unknown }).version, page.on) };
  }

  /** Only what has not begun; a change that holds is changed again instead. */
  async takeBack(caller: Caller, { id }: In<'takeBackRule'>): Promise<{ change: RuleChangeView }> {
    await this.write(async (manager) => {
      const change = await rowWhere(manager, RuleChange, { id, termId: [this.config.termId, everyTerm] }) ?? notFound();
      if (change.takenBackAt) refuse('take_back', '这次改动已经收回了');
      if (change.effectiveOn <= this.queries.today || yearOfRule(change.name) !== undefined) refuse('take_back', '这次改动已经生效，不能收回；要改回去，请再改一次');
      if (await changeRows(manager, RuleChange, { id, takenBackAt: null }, { takenBackAt: this.clock.now(), takenBackBy: caller.personId }) !== 1) refuse('take_back', '这次改动已经收回了');
      await this.audit.record(caller, 'rule.taken_back', { kind: 'rule', id: change.name.slice(0, 40) }, { change: id });
    });
    return { change: await this.shown(caller, id) };
  }
}

/** 2022-07-21, then 2022-07-21-2: what people agree to is named by the day from which it holds. */
function versionAfter(before: unknown, on: string): string {
  if (typeof before !== 'string' || !before.startsWith(on)) return on;
  return `${on}-${(Number(before.slice(11)) || 1) + 1}`;
}
