import { Inject, Injectable } from '@nestjs/common';
import { collectiveKindOf, dateOf, handlingPosts, postCodes, sides, voicePosts } from '@lvzhi/domain';
import type { CollectiveKind, HeldPost, PostCode, Side } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from './clock.ts';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { Body, Person, PostHeld, StandIn } from './directory.entity.ts';
import type { BodyKind } from './directory.entity.ts';
import { Database } from './database.ts';
import { Kept } from './kept.ts';
import { Marks, moveMark } from './marks.ts';

/** `isMember`: of the term, and still. */
export interface Known { readonly id: string; readonly name: string; readonly note: string; readonly sectorId: string | null; readonly townId: string | null; readonly isMember: boolean; readonly largeType: boolean | null }
export interface Named { readonly id: string; readonly name: string; readonly short: string }
/** The rows that the directory is made of. `reachable`: those with a desk account that is not disabled, or a bound WeChat. */
interface Rows { readonly bodies: readonly Body[]; readonly people: readonly Person[]; readonly posts: readonly PostHeld[]; readonly standIns: readonly StandIn[]; readonly reachable: ReadonlySet<string> }

const within = (on: string, { fromOn, untilOn, endedAt }: { fromOn: string | null; untilOn: string | null; endedAt: Date | null }): boolean => endedAt === null && (fromOn === null || fromOn <= on) && (untilOn === null || on <= untilOn);

/** Who is who on one day: bodies, people and posts, small enough to hold in memory. Presenters read it without a query. */
export class DirectoryPage {
  private readonly bodies: Map<string, Body>;
  private readonly people: Map<string, Known>;
  private readonly posts = new Map<string, HeldPost[]>();
  /** Those who may sign in. */
  private readonly active: ReadonlySet<string>;
  private readonly reachable: ReadonlySet<string>;

  constructor({ bodies, people, posts, standIns, reachable }: Rows, termId: string, on: string) {
    this.bodies = new Map(bodies.map((it) => [it.id, it]));
    this.reachable = reachable;
    this.people = new Map(people.map((it) => [it.id, {
      id: it.id, name: it.name, sectorId: it.sectorId, townId: it.townId, isMember: it.isMember === 1 && it.endedAt === null, largeType: it.largeType === null ? null : it.largeType === 1,
      note: it.isMember === 1 ? this.nameOf(it.sectorId) : it.unitTitle,
    }]));
    this.active = new Set(people.filter(({ isActive }) => isActive === 1).map(({ id }) => id));
    for (const { id } of people) this.posts.set(id, []);
    const held = posts.flatMap((it) => {
      const post = postCodes.find((code) => code === it.post);
      return post !== undefined && it.termId === termId && within(on, it) ? [{ ...it, post }] : [];
    });
    for (const { personId, post, bodyId } of held) this.posts.get(personId)?.push({ post, bodyId, termId });
    const byId = new Map(held.map((it) => [it.id, it]));
    for (const { postId, standInId, personId, ...days } of standIns) {
      const stoodInFor = within(on, days) ? byId.get(postId) : undefined;
      if (stoodInFor) this.posts.get(standInId)?.push({ post: stoodInFor.post, bodyId: stoodInFor.bodyId, termId, standsInFor: personId });
    }
  }

  private nameOf(bodyId: string | null): string { return (bodyId === null ? undefined : this.bodies.get(bodyId)?.name) ?? ''; }
  /** Undefined: not known, or may not sign in. */
  postsOf(personId: string): readonly HeldPost[] | undefined { return this.active.has(personId) ? this.posts.get(personId) : undefined; }
  /** Also of somebody whose account is disabled: the posts are still theirs. */
  postsHeldBy(personId: string): readonly HeldPost[] { return this.posts.get(personId) ?? []; }
  /** Anybody of the house, those too who have left: what they did still bears their name. A body that hands something in has its own. */
  person(id: string): Known | undefined { return this.people.get(id) ?? this.asAuthor(id); }
  private asAuthor(id: string): Known | undefined {
    const body = this.bodies.get(id);
    return body && { id, name: body.name, note: '', sectorId: body.kind === 'sector' ? id : null, townId: null, isMember: false, largeType: null };
  }
  /** Of which kind what a body hands in is; undefined: it hands in nothing, or no more. */
  proposerKindOf({ post, bodyId }: HeldPost): CollectiveKind | undefined {
    const body = this.bodies.get(bodyId);
    return body && body.disabledAt === null ? collectiveKindOf(post, body.kind, body.proposerKind) : undefined;
  }
  /** Every body that may propose, with the kinds of what it hands in. */
  proposingBodies(): { readonly body: Named; readonly kind: CollectiveKind }[] {
    return [...this.bodies.values()].filter((it) => it.disabledAt === null).flatMap((it) => [...new Set(voicePosts.flatMap((post) => collectiveKindOf(post, it.kind, it.proposerKind) ?? []))].map((kind) => ({ body: { id: it.id, name: it.name, short: it.short }, kind })));
  }
  /** Those who hear of what is this person's, or this body's. */
  voicesOf(id: string): string[] { return this.bodies.has(id) ? this.holdersOf(voicePosts, id) : [id]; }
  body(id: string | null): Named | null {
    const body = id === null ? undefined : this.bodies.get(id);
    return body ? { id: body.id, name: body.name, short: body.short } : null;
  }
  /** Of a unit or an office that hands over: the party's or the government's. */
  sideOf(id: string): Side | undefined { return sides.find((it) => it === this.bodies.get(id)?.side); }
  kindOf(id: string): BodyKind | undefined { return this.bodies.get(id)?.kind; }
  /** Those that can be chosen. */
  bodiesOf(kind: BodyKind): Named[] {
    return [...this.bodies.values()].filter((it) => it.kind === kind && it.disabledAt === null).sort((a, b) => a.orderNo - b.orderNo || (a.id < b.id ? -1 : 1)).map(({ id, name, short }) => ({ id, name, short }));
  }
  /** Whether all of these are bodies of that kind that can be chosen. */
  isOf(kind: BodyKind, ids: readonly string[]): boolean { return ids.every((id) => { const body = this.bodies.get(id); return body?.kind === kind && body.disabledAt === null; }); }
  /** Everybody of this very name. */
  called(name: string): Known[] { return [...this.people.values()].filter((it) => it.name === name); }
  members(): Known[] { return [...this.people.values()].filter(({ isMember }) => isMember); }
  /** Everybody who may sign in and holds one of these posts, at that body if one is named. */
  holdersOf(posts: readonly PostCode[], bodyId?: string): string[] {
    return [...this.posts].filter(([id, held]) => this.active.has(id) && held.some((it) => posts.includes(it.post) && (bodyId === undefined || it.bodyId === bodyId))).map(([id]) => id);
  }
  /** Why a body cannot be given work now; undefined: it can (traps, 9: nobody there would see it). */
  whyUnassignable(bodyId: string): string | undefined {
    const body = this.bodies.get(bodyId);
    if (!body || body.disabledAt !== null) return '已经停用';
    const posts = handlingPosts[body.kind];
    if (!posts) return undefined;
    const holders = this.holdersOf(posts, bodyId);
    if (holders.length === 0) return '还没有经办人';
    return holders.some((id) => this.reachable.has(id)) ? undefined : '经办人的账号还没有开通，或者已经停用';
  }
}

@Injectable()
export class Directory {
  private readonly kept: Kept<Rows>;
  private made: { readonly of: Rows; readonly on: string; readonly page: DirectoryPage } | undefined;
  private readonly termId: string;

  constructor(@Inject(Database) private readonly database: Database, @Inject(Marks) private readonly marks: Marks, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) { termId }: Config) {
    this.termId = termId;
    this.kept = new Kept(() => database.read(async (manager) =>
      ({ bodies: await manager.find(Body), people: await manager.find(Person), posts: await manager.find(PostHeld), standIns: await manager.find(StandIn), reachable: await reachableIn(manager) })));
    marks.watch('directory', () => this.kept.load());
  }

  /** As of today: a post begins, and a stand-in ends, with the day and without anybody's doing. */
  get page(): DirectoryPage {
    const [of, on] = [this.kept.value, dateOf(this.clock.now())];
    if (this.made?.of !== of || this.made.on !== on) this.made = { of, on, page: new DirectoryPage(of, this.termId, on) };
    return this.made.page;
  }

  /**
   * Changes who is who. Such changes go one after the other, on all instances, since each begins by moving the mark: what one checks, no other
   * can have changed meanwhile. The next request here sees it, those of other instances within seconds.
   */
  async change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const done = await this.database.write(async (manager) => {
      await moveMark(manager, 'directory');
      return work(manager);
    });
    await this.marks.look(false);
    return done;
  }
}

async function reachableIn(manager: EntityManager): Promise<Set<string>> {
  const rows: { person_id: string }[] = await manager.query('SELECT person_id FROM desk_accounts WHERE disabled_at IS NULL UNION SELECT person_id FROM wechat_bindings');
  return new Set(rows.map(({ person_id: id }) => id));
}
