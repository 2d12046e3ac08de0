import { Inject, Injectable } from '@nestjs/common';
import type { AccountRow, AccountView, Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { abilities, abilitiesOfPost, abilityWords, bodyKindWords, dateOf, givenPosts, kindWords, mayBeStoodInFor, postRules, postsGivenBy, postWords, powersToMove, whereWords } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { DeskAccount } from '../identity/identity.entity.ts';
import { SecondFactor } from '../identity/second-factor.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Person, StandIn } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { anywhere, pageById, PeopleQueries } from './people.queries.ts';

type Filters = Pick<Given<typeof routes.listAccounts>, 'query' | 'state' | 'post' | 'bodyId'>;
const staffPosts = postsGivenBy('manage_accounts');

/** Reading of accounts: staff, and whoever of the roster has a login for the desk or a post that the accounts' desk gives. */
@Injectable()
export class AccountsQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PeopleQueries) private readonly people: PeopleQueries, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(input: Given<typeof routes.listAccounts>): Promise<{ rows: AccountRow[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const found = await pageById(this.filtered(manager, input), input.after, input.limit).getMany();
      const rows = await this.rows(manager, found.slice(0, input.limit));
      return { rows, next: found.length > input.limit ? rows.at(-1)?.id ?? null : null };
    });
  }

  async all(manager: EntityManager, filters: Filters): Promise<AccountRow[]> {
    const rows: AccountRow[] = [];
    for (let after: string | undefined; ;) {
      const found = await pageById(this.filtered(manager, filters), after, 500).getMany();
      rows.push(...await this.rows(manager, found.slice(0, 500)));
      if (found.length <= 500) return rows;
      after = rows.at(-1)?.id;
    }
  }

  private filtered(manager: EntityManager, { query, state, post, bodyId }: Filters): SelectQueryBuilder<Person> {
    const held = 'FROM posts_held h WHERE h.person_id = p.id AND h.term_id = :termId AND h.ended_at IS NULL AND (h.until_on IS NULL OR h.until_on >= :today)';
    const account = 'SELECT 1 FROM desk_accounts a WHERE a.person_id = p.id';
    const it = manager.createQueryBuilder(Person, 'p').where(`(p.isMember = 0 OR EXISTS (${account}) OR EXISTS (SELECT 1 ${held} AND h.post IN (:...staffPosts)))`, { staffPosts, termId: this.config.termId, today: dateOf(this.clock.now()) });
    if (query !== '') it.andWhere(`(p.name LIKE :query ESCAPE '!' OR p.unitTitle LIKE :query ESCAPE '!' OR EXISTS (${account} AND a.login LIKE :query ESCAPE '!'))`, { query: anywhere(query) });
    if (state === 'active') it.andWhere(`p.isActive = 1 AND EXISTS (${account} AND a.disabled_at IS NULL)`);
    if (state === 'disabled') it.andWhere(`(p.isActive = 0 OR EXISTS (${account} AND a.disabled_at IS NOT NULL))`);
    if (state === 'none') it.andWhere(`NOT EXISTS (${account})`);
    if (post !== undefined) it.andWhere(`EXISTS (SELECT 1 ${held} AND h.post = :post)`, { post });
    if (bodyId) it.andWhere(`EXISTS (SELECT 1 ${held} AND h.body_id = :bodyId)`, { bodyId });
    return it;
  }

  private async rows(manager: EntityManager, people: readonly Person[]): Promise<AccountRow[]> {
    const ids = people.map(({ id }) => id);
    const [bound, accounts] = [await this.people.boundOf(manager, ids), new Map((await rowsWhere(manager, DeskAccount, { personId: ids })).map((it) => [it.personId, it]))];
    return people.map((it) => this.row(it, accounts.get(it.id), bound.has(it.id)));
  }
  private row(it: Person, account: DeskAccount | undefined, bound: boolean): AccountRow {
    const state = it.isActive === 0 || (account && account.disabledAt !== null) ? 'disabled' as const : account ? 'active' as const : 'none' as const;
    return {
      id: it.id, name: it.name, unitTitle: it.isMember === 1 && it.unitTitle === '' ? '委员' : it.unitTitle, phone: this.people.masked(it), isMember: it.isMember === 1, login: account?.login ?? null, state, mustChange: account?.mustChange === 1,
      signedInAt: account?.signedInAt?.toISOString() ?? null, bound, posts: this.people.postTexts(it.id, ['member', 'standing_member', 'review_board', 'group_leader', 'sector_convener']),
    };
  }

  show(caller: Caller, id: string): Promise<AccountView> { return this.database.read(async (manager) => this.view(manager, caller, await rowWhere(manager, Person, { id }) ?? notFound())); }

  async view(manager: EntityManager, caller: Caller, person: Person): Promise<AccountView> {
    const account = await rowWhere(manager, DeskAccount, { personId: person.id });
    const boundAt = (await this.people.boundOf(manager, [person.id])).get(person.id);
    const [row, secondFactor] = [this.row(person, account, boundAt !== undefined), await rowWhere(manager, SecondFactor, { personId: person.id }) !== undefined];
    const [self, today] = [caller.personId === person.id, dateOf(this.clock.now())];
    const standing = await manager.find(StandIn, { where: { standInId: person.id, endedAt: IsNull() }, order: { fromOn: 'ASC' } });
    const held = await this.people.held(manager, caller, person, 'manage_accounts');
    const words = await this.wordsOf(manager, standing);
    const open = person.isActive === 1 && (person.isMember === 0 || person.endedAt === null || held.some(({ state }) => state === 'now'));
    return {
      ...row, version: person.version, held, invitedUntil: await this.people.invitedUntil(manager, person.id), secondFactor,
      standsIn: standing.filter(({ untilOn }) => untilOn >= today).map((it) => ({ id: it.id, words: words.get(it.postId) ?? '', person: this.people.person(it.personId), fromOn: it.fromOn, untilOn: it.untilOn })),
      can: [
        ...(person.isMember === 0 ? ['edit' as const] : []), ...(row.state === 'none' && open ? ['open' as const] : []), ...(row.state === 'active' && !self ? ['reset' as const] : []),
        ...(secondFactor && !self ? ['reset_second' as const] : []),
        ...(row.state !== 'disabled' && !self && (row.state === 'active' || person.isMember === 0) ? ['disable' as const] : []), ...(row.state === 'disabled' && (person.isMember === 0 || person.endedAt === null) ? ['enable' as const] : []),
        ...(!self && open ? ['give_post' as const] : []), ...(boundAt ? ['release' as const] : open ? ['invite' as const] : []),
      ],
    };
  }
  private async wordsOf(manager: EntityManager, standing: readonly StandIn[]): Promise<Map<string, string>> {
    const rows: { id: string; post: string; body_id: string }[] = standing.length === 0 ? [] : await manager.query(`SELECT id, post, body_id FROM posts_held WHERE id IN (${standing.map(() => '?').join()})`, standing.map(({ postId }) => postId));
    return new Map(rows.map((it) => { const post = givenPosts.find((code) => code === it.post); return [it.id, post ? this.people.postText({ post, bodyId: it.body_id, termId: this.config.termId }) : '']; }));
  }

  /** Everybody who may sign in and whose name has these letters: ten at most. */
  find(query: string): Promise<{ rows: { id: string; name: string; note: string }[] }> {
    return this.database.read(async (manager) => {
      const found = await manager.createQueryBuilder(Person, 'p').where("p.isActive = 1 AND p.name LIKE :query ESCAPE '!'", { query: anywhere(query) }).orderBy('p.id', 'ASC').limit(10).getMany();
      return { rows: found.map(({ id, name, unitTitle }) => ({ id, name, note: [this.people.person(id).note, unitTitle].filter((it, at, all) => it !== '' && all.indexOf(it) === at).join(' · ') })) };
    });
  }

  /** 权限一览, from the tables that the server judges by: abilities by asking for each post alone, moves from the flows. */
  powers(): Answer<typeof routes.showPowers> {
    const { page } = this.directory;
    return {
      posts: givenPosts.map((post) => ({ post, words: postWords[post], at: postRules[post].at.map((kind) => bodyKindWords[kind]), abilities: abilitiesOfPost(post), givenBy: postRules[post].givenBy === 'manage_roster' ? '委员名册' : '单位与账号', standIn: mayBeStoodInFor(post), holders: page.holdersOf([post]).length })),
      abilities: abilities.map((ability) => ({ ability, words: abilityWords[ability] })),
      moves: powersToMove().map(({ kind, action, words, from, to, by, where, guarded, undo }) => ({ kind, kindWords: kindWords[kind], action, words, from: from.map((it) => it.words), to, by: [...by], where: whereWords[where], guarded, undo })),
    };
  }

  /** Names of those who hold a post today and can sign in at the desk. */
  async namesWithAccount(manager: EntityManager, post: 'system_admin' | 'security_admin' | 'auditor' | 'member_affairs'): Promise<string[]> {
    const ids = this.directory.page.holdersOf([post]);
    const accounts = ids.length === 0 ? [] : await manager.find(DeskAccount, { where: { personId: In(ids), disabledAt: IsNull() } });
    return accounts.map(({ personId }) => this.people.person(personId).name);
  }
}
