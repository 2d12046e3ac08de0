import { Inject, Injectable } from '@nestjs/common';
import { dateOf, termName, yearOf } from '@lvzhi/domain';
import { hash } from '@node-rs/argon2';
import { In } from 'typeorm';
import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import { DeskAccount, Invitation } from '../identity/identity.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG, WillNotStart } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Body, Person, PostHeld } from '../platform/directory.entity.ts';
import { Mark, moveMark, restoreMark } from '../platform/marks.ts';
import { Seals } from '../platform/seals.ts';
import { CalendarDay, CalendarYear, Setting, setUpMark } from '../platform/settings.ts';
import type { CityFacts } from '../platform/settings.ts';
import { PlanEntry } from './plan.entity.ts';
import { Seeds } from './seeds.ts';
import type { SeedBody, SeedCalendar, SeedPerson, SeedPlan } from './seeds.ts';

const files = ['city', 'bodies', 'settings', 'routing', 'calendar', 'plan-2022', 'privacy', 'texts'] as const;
/** What a database has once a demonstration ran on it: people whose password everybody knows, a clock that is not now. */
const demoMarks = ['demo.people', 'demo.offset', 'demo.past'] as const;
export const demoPassword = 'anlan-demo-2022';
/** A code for a member whose phone is not the one of the roster, so that this way in can be tried; real ones come from the desk. */
export const demoInvitation = { personId: 'p035', name: '彭秀英', code: 'ANLAN722', until: new Date('2026-12-31T15:59:59.000Z') };

/** Rows that are not there yet; what the office changed since stays as it is. */
async function addMissing<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, rows: QueryDeepPartialEntity<E>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 200) await manager.createQueryBuilder().insert().into(entity).values(rows.slice(from, from + 200)).orIgnore().execute();
}

/** Loads the city from seeds/ into the tables: once for each state of the files. */
@Injectable()
export class SeedingService {
  private readonly seeds: Seeds;
  constructor(@Inject(Database) private readonly database: Database, @Inject(CONFIG) private readonly config: Config, @Inject(Seals) private readonly seals: Seals, @Inject(Clock) private readonly clock: Clock) { this.seeds = new Seeds(config.seedsFolder); }

  async load(): Promise<void> {
    const demo = this.config.mode === 'demo';
    if (!demo && await this.database.read((manager) => manager.existsBy(Mark, { name: In([...demoMarks]) }))) throw new WillNotStart('不能启动：这个数据库给演示用过，里面有演示账号和演示时钟。正式运行请用一个新的空数据库（DATABASE_URL）。');
    if (await this.database.read((manager) => manager.existsBy(Mark, { name: restoreMark }))) throw new WillNotStart('不能启动：这个数据库的恢复没有做完。请重新运行 npm run restore（加 --overwrite），做完再启动。');
    const print = `${this.config.termId} ${this.seeds.fingerprint([...files, ...(demo ? ['people', 'demo/settings'] : [])])}`;
    const passwordHash = demo ? await hash(demoPassword) : undefined;
    await this.database.write(async (manager) => {
      if ((await manager.findOneBy(Mark, { name: 'seeds' }))?.value === print) return;
      await this.loadCity(manager);
      if (demo) await this.loadPlan(manager);
      if (passwordHash !== undefined) {
        await this.loadPeople(manager, passwordHash);
        await manager.upsert(Mark, { name: 'demo.people', value: print }, ['name']);
        await addMissing(manager, Mark, [{ name: setUpMark, value: 'demo' }]);
      }
      await manager.upsert(Mark, { name: 'seeds', value: print }, ['name']);
      await moveMark(manager, 'settings');
      await moveMark(manager, 'directory');
    });
  }

  private async loadCity(manager: EntityManager): Promise<void> {
    const { termId } = this.config;
    const values: Record<string, unknown> = {
      ...this.seeds.read<Record<string, unknown>>('settings'), ...(this.config.mode === 'demo' && this.seeds.read<Record<string, unknown>>('demo/settings')), city: this.city(), texts: this.seeds.read('texts'), privacy: this.seeds.read('privacy'),
      'routing.table': this.routing(), 'visit.campaign': this.campaign(),
    };
    // The templates of the demonstration are those of its stand-in; a real mini-program's have other ids.
    if (this.config.mode !== 'demo') Object.assign(values, { 'wechat.templates': (values['wechat.templates'] as readonly object[]).map((it) => ({ ...it, id: '' })), 'sms.templates': [] });
    await addMissing(manager, Setting, Object.entries(values).map(([name, value]) => ({ termId, name, value })) as QueryDeepPartialEntity<Setting>[]);
    const { years, days } = this.seeds.read<SeedCalendar>('calendar');
    await addMissing(manager, CalendarDay, days.map(({ on, kind, name }) => ({ day: on, kind, name })));
    await addMissing(manager, CalendarYear, years.map(({ year, provisional }) => ({ yearNo: year, provisional: provisional ? 1 : 0 })));
    await addMissing(manager, Body, this.bodies().map(({ order, side, proposes, local: _, ...body }) => ({ ...body, orderNo: order, side: side ?? null, proposerKind: proposes ?? null })));
  }

  /** What is only the invented city's is none of a real one's: neutral words stand there until its administrator has said its own (开始使用). */
  private city(): CityFacts {
    const seed = this.seeds.read<CityFacts>('city');
    if (this.config.mode === 'demo') return seed;
    const number = Number(/\d+/.exec(this.config.termId)?.[0] ?? seed.term.number);
    return { city: '本市', organ: '中国人民政治协商会议本市委员会', shortOrgan: '政协本市委员会', contact: { name: '市政协办公室', phone: '（待填）', address: '（待填）', hours: seed.contact.hours }, term: { number, name: termName(number), fromOn: '', untilOn: '' } };
  }
  /** Towns and the topics of a year's plan are a city's own; by which committee a field is looked after is much the same everywhere. */
  private routing(): object {
    const table = this.seeds.read<{ readonly towns: object }>('routing');
    if (this.config.mode !== 'demo') return { ...table, towns: {}, planTopics: [] };
    const { consultations, research } = this.seeds.read<SeedPlan>('plan-2022');
    return { ...table, planTopics: [...consultations, ...research].map(({ title, committeeId }) => ({ title, committeeId })) };
  }
  /** A city that has not said when it visits its members visits them all the year. */
  private campaign(): object | undefined {
    if (this.config.mode !== 'demo') { const year = yearOf(dateOf(this.clock.now())); return { id: 'visits', title: '走访委员', fromOn: `${year}-01-01`, untilOn: `${year}-12-31` }; }
    const [campaign] = this.seeds.read<SeedPlan>('plan-2022').campaigns;
    return campaign && { id: campaign.id, title: campaign.title, fromOn: campaign.fromOn, untilOn: campaign.untilOn };
  }
  private bodies(): SeedBody[] {
    const bodies = this.seeds.read<SeedBody[]>('bodies');
    return this.config.mode === 'demo' ? bodies : bodies.filter(({ local }) => local !== 'place').map((it) => ({ ...it, name: it.local === 'named' ? it.short : it.name }));
  }

  private async loadPlan(manager: EntityManager): Promise<void> {
    const { year, meetings, consultations, research, campaigns, counters, items } = this.seeds.read<SeedPlan>('plan-2022');
    const entry = (kind: string, id: string, index: number, title: string, more: Partial<PlanEntry> = {}) => ({ id, yearNo: year, kind, orderNo: index + 1, title, committeeId: null, meetingId: null, detail: {}, ...more });
    const topic = (kind: string) => ({ id, title, committeeId, targetMeetingId }: SeedPlan['research'][number], index: number) => entry(kind, id, index, title, { committeeId, meetingId: targetMeetingId ?? null });
    await addMissing(manager, PlanEntry, [
      ...meetings.map(({ id, title, agenda }, index) => entry('meeting', id, index, title, { detail: { agenda } })),
      ...consultations.map(topic('consultation')), ...research.map(topic('research')),
      ...campaigns.map((it, index) => entry('campaign', it.id, index, it.title, { meetingId: it.reportsTo, detail: it })),
      ...counters.map((it, index) => entry('counter', it.id, index, it.title, { detail: it })),
      ...items.map(({ number, title }) => entry('item', `item-${number}`, number - 1, title)),
    ] as QueryDeepPartialEntity<PlanEntry>[]);
  }

  private async loadPeople(manager: EntityManager, passwordHash: string): Promise<void> {
    const people = this.seeds.read<SeedPerson[]>('people');
    const { termId } = this.config;
    await addMissing(manager, Person, people.map((it) => ({
      id: it.id, name: it.name, phoneHash: this.seals.hashOf(it.phone), phoneSealed: this.seals.seal(it.phone), sectorId: it.sectorId ?? null, townId: it.townId ?? null,
      unitTitle: it.unitTitle ?? '', isMember: it.isMember ? 1 : 0, largeType: null, isActive: 1, isPartyMember: it.isPartyMember === undefined ? null : it.isPartyMember ? 1 : 0,
    })));
    await addMissing(manager, PostHeld, people.flatMap(({ id, posts }) => posts.map(({ post, bodyId }, index) => ({ id: `${id}-${index}`, personId: id, post, bodyId, termId }))));
    await addMissing(manager, Invitation, [{ codeHash: this.seals.hashOf(`invitation ${demoInvitation.code}`), personId: demoInvitation.personId, expiresAt: demoInvitation.until, usedAt: null }]);
    await addMissing(manager, DeskAccount, people.flatMap(({ id, login }) => (login === undefined ? [] : [{ personId: id, login, passwordHash }])));
  }
}
