import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, routes, SetupView } from '@lvzhi/contracts';
import { abilitiesOf, dateOf, postWords, termName } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Body } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Mark, Marks, moveMark } from '../platform/marks.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { changeRows } from '../platform/rows.ts';
import { addChange } from '../platform/rule-changes.ts';
import { ruleRowsIn, RulesPage, Settings, setUpMark } from '../platform/settings.ts';
import type { CityFacts } from '../platform/settings.ts';
import { AccountsQueries } from './accounts.queries.ts';

type In<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
type Step = SetupView['steps'][number];
const needed = ['system_admin', 'security_admin', 'auditor', 'member_affairs'] as const;
const markOf = (step: string): string => `setup.${step}`;
const saved = ['city', 'term', 'committees', 'sectors', 'towns'] as const;

/** 开始使用: what a city must say of itself before its members come. Each step is kept as it is done; what is missing is read from the tables, not remembered. */
@Injectable()
export class SetupService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(AccountsQueries) private readonly accounts: AccountsQueries,
    @Inject(Marks) private readonly marks: Marks, @Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
  ) {}

  show(caller: Caller): Promise<SetupView> {
    return this.database.read(async (manager) => {
      const [{ city, organ, shortOrgan, contact, term }, { page }, done] = [this.settings.get('city'), this.directory, this.settings.isSetUp];
      const people = await this.people(manager);
      const members = page.members().length;
      const steps = this.steps(await this.kept(manager), people, members);
      const can = abilitiesOf(caller);
      return {
        done, steps, city: { city, organ, shortOrgan, contact: { name: contact.name, phone: contact.phone, address: contact.address, hours: contact.hours } }, term: { number: term.number, name: term.name, fromOn: term.fromOn, untilOn: term.untilOn },
        people, members, mayFinish: !done && can.includes('manage_accounts') && steps.every((it) => it.done || !it.needed),
        can: [...(can.includes('manage_accounts') ? ['set_up' as const] : []), ...(can.includes('manage_roster') || !done ? ['import' as const] : [])],
      };
    });
  }

  private async kept(manager: EntityManager): Promise<Set<string>> {
    return new Set((await manager.find(Mark, { where: { name: In(saved.map(markOf)) } })).map(({ name }) => name));
  }
  private async people(manager: EntityManager): Promise<SetupView['people']> {
    const people: SetupView['people'] = [];
    for (const post of needed) people.push({ post, words: postWords[post], names: await this.accounts.namesWithAccount(manager, post) });
    return people;
  }

  private steps(kept: ReadonlySet<string>, people: SetupView['people'], members: number): Step[] {
    const { page } = this.directory;
    const without = people.filter(({ names }) => names.length === 0).map(({ words }) => words);
    const listed = (step: 'committees' | 'sectors' | 'towns', kind: 'committee' | 'sector' | 'town', words: string): Step => {
      const count = page.bodiesOf(kind).length;
      return { step, words, done: kept.has(markOf(step)) && count > 0, needed: true, missing: count === 0 ? '还一个也没有' : kept.has(markOf(step)) ? '' : `现在有 ${count} 个，请核对后确认` };
    };
    const said = (step: 'city' | 'term', words: string, missing: string): Step => ({ step, words, done: kept.has(markOf(step)), needed: true, missing: kept.has(markOf(step)) ? '' : missing });
    return [
      said('city', '市名和机关', '请填市名、机关名称和联系电话'), said('term', '届次', '请填第几届和起止日期'),
      listed('committees', 'committee', '专委会'), listed('sectors', 'sector', '界别'), listed('towns', 'town', '镇街'),
      { step: 'people', words: '三员和委员工作人员', done: without.length === 0, needed: true, missing: without.length === 0 ? '' : `还没有能登录的${without.join('、')}` },
      { step: 'roster', words: '导入委员名册', done: members > 0, needed: false, missing: members > 0 ? '' : '还没有委员，可以现在导入，也可以以后由委员工作人员导入' },
    ];
  }

  async saveCity(caller: Caller, { contactName, contactPhone, address, hours, ...names }: In<'saveCity'>): Promise<SetupView> {
    const contact = { name: contactName, phone: contactPhone, address, hours };
    await this.save(caller, 'city', (city) => ({ ...city, ...names, contact }));
    await this.directory.change((manager) => changeRows(manager, Body, { id: 'cppcc' }, { name: names.shortOrgan.slice(0, 60) }));
    return this.show(caller);
  }
  async saveTerm(caller: Caller, { number, fromOn, untilOn }: In<'saveTerm'>): Promise<SetupView> {
    if (untilOn <= fromOn) badField({ untilOn: '结束日期要晚于起始日期' });
    await this.save(caller, 'term', (city) => ({ ...city, term: { ...city.term, number, name: termName(number), fromOn, untilOn } }));
    return this.show(caller);
  }
  /** What the city says of itself is one setting of the term, read by every instance within seconds. */
  private async save(caller: Caller, step: 'city' | 'term', change: (city: CityFacts) => CityFacts): Promise<void> {
    await this.database.write(async (manager) => {
      await moveMark(manager, 'settings');
      const [{ termId }, now] = [this.config, this.clock.now()];
      const before = new RulesPage(await ruleRowsIn(manager, termId), dateOf(now)).value('city');
      await addChange(manager, { id: newId(), termId, name: 'city', before, after: change(before as CityFacts), effectiveOn: dateOf(now), madeAt: now, byId: caller.personId, post: 'system_admin', why: '开始使用', requestKey: null, redated: 0 });
      await this.keep(manager, step);
      await this.audit.record(caller, 'city.changed', null, { step });
    });
    await this.marks.look(false);
  }
  private async keep(manager: EntityManager, step: string): Promise<void> {
    await manager.createQueryBuilder().insert().into(Mark).values({ name: markOf(step), value: this.clock.now().toISOString() }).orIgnore().execute();
  }

  async confirm(caller: Caller, { step }: In<'confirmStep'>): Promise<SetupView> {
    const kind = ({ committees: 'committee', sectors: 'sector', towns: 'town' } as const)[step];
    if (this.directory.page.bodiesOf(kind).length === 0) refuse('confirm', '名单还是空的，请先增加');
    await this.database.write((manager) => this.keep(manager, step));
    return this.show(caller);
  }

  async finish(caller: Caller): Promise<SetupView> {
    const { mayFinish, done, steps } = await this.show(caller);
    if (!done && !mayFinish) refuse('finish', steps.filter((it) => it.needed && !it.done).map(({ words, missing }) => `${words}：${missing}`).join('；'));
    if (!done) {
      await this.database.write(async (manager) => {
        await moveMark(manager, 'settings');
        await manager.createQueryBuilder().insert().into(Mark).values({ name: setUpMark, value: this.clock.now().toISOString() }).orIgnore().execute();
        await this.audit.record(caller, 'setup.finished');
      });
      await this.marks.look(false);
    }
    return this.show(caller);
  }
}
