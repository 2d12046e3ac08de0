import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, MemberRow, MemberView, roster, routes } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { DeskAccount } from '../identity/identity.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { notFound } from '../platform/refusals.ts';
import { rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { anywhere, pageById, PeopleQueries } from './people.queries.ts';

type Filters = Pick<Given<typeof roster.listRoster>, 'query' | 'sectorId' | 'townId' | 'committeeId' | 'state' | 'bound'>;

/** Reading of the roster (委员名册): whoever is or was a member. */
@Injectable()
export class RosterQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PeopleQueries) private readonly people: PeopleQueries, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings,
    @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(input: Given<typeof roster.listRoster>): Promise<{ rows: MemberRow[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const found = await pageById(this.filtered(manager, input), input.after, input.limit).getMany();
      const rows = found.slice(0, input.limit);
      const bound = await this.people.boundOf(manager, rows.map(({ id }) => id));
      return { rows: rows.map((it) => this.row(it, bound.has(it.id))), next: found.length > input.limit ? rows.at(-1)?.id ?? null : null };
    });
  }

  /** All that the filters let through, for the export. */
  async all(manager: EntityManager, filters: Filters): Promise<{ people: Person[]; bound: Map<string, Date> }> {
    const people: Person[] = [];
    for (let after: string | undefined; ;) {
      const found = await pageById(this.filtered(manager, filters), after, 500).getMany();
      people.push(...found.slice(0, 500));
      if (found.length <= 500) break;
      after = people.at(-1)?.id;
    }
    const bound = new Map<string, Date>();
    for (let from = 0; from < people.length; from += 500) for (const [id, at] of await this.people.boundOf(manager, people.slice(from, from + 500).map(({ id }) => id))) bound.set(id, at);
    return { people, bound };
  }

  private filtered(manager: EntityManager, { query, sectorId, townId, committeeId, state, bound }: Filters): SelectQueryBuilder<Person> {
    const it = manager.createQueryBuilder(Person, 'p').where('p.isMember = 1');
    if (state !== 'all') it.andWhere(state === 'ended' ? 'p.endedAt IS NOT NULL' : 'p.endedAt IS NULL');
    if (sectorId) it.andWhere('p.sectorId = :sectorId', { sectorId });
    if (townId) it.andWhere('p.townId = :townId', { townId });
    if (query !== '') it.andWhere("(p.name LIKE :query ESCAPE '!' OR p.unitTitle LIKE :query ESCAPE '!')", { query: anywhere(query) });
    if (committeeId) it.andWhere('EXISTS (SELECT 1 FROM posts_held h WHERE h.person_id = p.id AND h.body_id = :committeeId AND h.term_id = :termId AND h.ended_at IS NULL AND (h.until_on IS NULL OR h.until_on >= :today))', { committeeId, termId: this.config.termId, today: dateOf(this.clock.now()) });
    if (bound !== 'any') it.andWhere(`${bound === 'yes' ? '' : 'NOT '}EXISTS (SELECT 1 FROM wechat_bindings w WHERE w.appid = :appid AND w.person_id = p.id)`, { appid: this.config.wechat.appid });
    return it;
  }

  row(it: Person, bound: boolean): MemberRow {
    const { page } = this.directory;
    return { id: it.id, name: it.name, sector: page.body(it.sectorId), town: page.body(it.townId), unitTitle: it.unitTitle, phone: this.people.masked(it), posts: this.people.postTexts(it.id, ['member']), bound, state: it.endedAt === null ? 'active' : 'ended', endedWords: this.endedWords(it) };
  }
  endedWords({ endedOn, endReason }: Person): string | null {
    if (endedOn === null) return null;
    const reason = this.settings.coded('member.endReasons', endReason)?.name ?? '';
    return `${dateWords(endedOn, dateOf(this.clock.now()))} ${reason}`.trim();
  }

  show(caller: Caller, id: string): Promise<MemberView> { return this.database.read(async (manager) => this.view(manager, caller, await this.member(manager, id))); }
  /** Somebody of the roster. @throws 404 for staff as for nobody */
  async member(manager: EntityManager, id: string): Promise<Person> { return await rowWhere(manager, Person, { id, isMember: 1 }) ?? notFound(); }

  async view(manager: EntityManager, caller: Caller, person: Person): Promise<MemberView> {
    const boundAt = (await this.people.boundOf(manager, [person.id])).get(person.id);
    const [self, active] = [caller.personId === person.id, person.endedAt === null];
    const [account, invitedUntil] = [await rowWhere(manager, DeskAccount, { personId: person.id }), await this.people.invitedUntil(manager, person.id)];
    const can: MemberView['can'] = active
      ? ['edit', ...(person.phoneSealed === null ? [] : ['show_phone' as const]), 'change_phone', ...(self ? [] : ['give_post' as const]), ...(boundAt ? ['release' as const] : ['invite' as const]), ...(self ? [] : ['end' as const])]
      : ['restore', ...(person.phoneSealed === null ? [] : ['show_phone' as const]), ...(boundAt ? ['release' as const] : [])];
    return {
      ...this.row(person, boundAt !== undefined), version: person.version, isPartyMember: person.isPartyMember === null ? null : person.isPartyMember === 1, boundAt: boundAt?.toISOString() ?? null, invitedUntil,
      login: account && account.disabledAt === null ? account.login : null, held: await this.people.held(manager, caller, person, 'manage_roster'), can,
    };
  }

  figures(): Promise<Answer<typeof routes.countRoster>> {
    return this.database.read(async (manager) => {
      const count = async (where: string) => Number(((await manager.query<{ found: number | string }[]>(`SELECT COUNT(*) AS found FROM persons p WHERE p.is_member = 1 AND ${where}`)).at(0))?.found ?? 0);
      const bound = 'EXISTS (SELECT 1 FROM wechat_bindings w WHERE w.person_id = p.id)';
      return {
        members: await count('p.ended_at IS NULL'), bound: await count(`p.ended_at IS NULL AND ${bound}`), withoutPhone: await count('p.ended_at IS NULL AND p.phone_hash IS NULL'), ended: await count('p.ended_at IS NOT NULL'),
        sectors: this.directory.page.bodiesOf('sector'), posts: this.people.choices('manage_roster'), invitationDays: this.settings.get('invitation.days'),
        endReasons: this.settings.get('member.endReasons').map(({ code, name, keepsReading }) => ({ code, name, keepsReading })),
      };
    });
  }
}
