import { Inject, Injectable } from '@nestjs/common';
import type { Caller, HeldPostView } from '@lvzhi/contracts';
import { dateOf, givenPosts, maskedPhone, mayBeStoodInFor, postRules, postsGivenBy, postWords } from '@lvzhi/domain';
import type { GivenPost, HeldPost, PostCode } from '@lvzhi/domain';
import { In, IsNull, MoreThan } from 'typeorm';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Invitation, WechatBinding } from '../identity/identity.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { PostHeld, StandIn } from '../platform/directory.entity.ts';
import type { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import type { Named } from '../platform/directory.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';

type Desk = 'manage_roster' | 'manage_accounts';
/** A page of rows by id. No instant: rows of one import were born together. */
export function pageById<T extends ObjectLiteral & { id: string }>(query: SelectQueryBuilder<T>, after: string | undefined, limit: number): SelectQueryBuilder<T> {
  if (after !== undefined) query.andWhere('p.id > :after', { after });
  return query.orderBy('p.id', 'ASC').limit(limit + 1);
}
/** For LIKE … ESCAPE '!': what was typed, anywhere; its own signs are letters like others. */
export const anywhere = (typed: string): string => `%${typed.replace(/[!%_]/g, (sign) => `!${sign}`)}%`;

/** How people and what they hold are shown, to both desks. */
@Injectable()
export class PeopleQueries {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Seals) private readonly seals: Seals) {}

  phoneOf({ phoneSealed }: Pick<Person, 'phoneSealed'>): string { return phoneSealed === null ? '' : this.seals.unseal(phoneSealed); }
  masked(person: Pick<Person, 'phoneSealed'>): string { const phone = this.phoneOf(person); return phone === '' ? '' : maskedPhone(phone); }
  person(id: string): { id: string; name: string; note: string } { const { name = '', note = '' } = this.directory.page.person(id) ?? {}; return { id, name, note }; }

  /** 社法委主任, 市教育局 承办单位经办人; with whom it is held for. */
  postText({ post, bodyId, standsInFor }: HeldPost): string {
    const short = (bodyId === 'cppcc' ? undefined : this.directory.page.body(bodyId)?.short) ?? '';
    const word = postWords[post];
    const words = short === '' || word.startsWith(short) ? word : word.startsWith('专委会') ? short + word.slice(3) : `${short} ${word}`;
    return standsInFor === undefined ? words : `${words}（代${this.directory.page.person(standsInFor)?.name ?? ''}）`;
  }
  postTexts(personId: string, but: readonly PostCode[] = []): string[] { return this.directory.page.postsHeldBy(personId).filter(({ post }) => !but.includes(post)).map((it) => this.postText(it)); }

  async boundOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Date>> {
    const rows = await rowsWhere(manager, WechatBinding, { appid: this.config.wechat.appid, personId: ids });
    return new Map(rows.map(({ personId, boundAt }) => [personId, boundAt]));
  }
  async invitedUntil(manager: EntityManager, personId: string): Promise<string | null> {
    const row = await manager.findOne(Invitation, { where: { personId, usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) }, order: { expiresAt: 'DESC' } });
    return row?.expiresAt.toISOString() ?? null;
  }

  /** Every post of this term, those that are over too; what this desk may do with each. */
  async held(manager: EntityManager, caller: Caller, person: Person, desk: Desk): Promise<HeldPostView[]> {
    const [today, { page }] = [dateOf(this.clock.now()), this.directory];
    const rows = await manager.find(PostHeld, { where: { personId: person.id, termId: this.config.termId }, order: { id: 'ASC' } });
    const standIns = rows.length === 0 ? [] : await manager.find(StandIn, { where: { postId: In(rows.map(({ id }) => id)), endedAt: IsNull() }, order: { fromOn: 'ASC' } });
    return rows.flatMap((row) => {
      const post = givenPosts.find((it) => it === row.post);
      if (!post) return [];
      const state = row.endedAt !== null || (row.untilOn !== null && row.untilOn < today) ? 'over' as const : row.fromOn !== null && row.fromOn > today ? 'later' as const : 'now' as const;
      const untilOn = row.endedAt === null ? row.untilOn : dateOf(row.endedAt);
      return [{ id: row.id, post, words: postWords[post], body: page.body(row.bodyId), fromOn: row.fromOn, untilOn, state, may: state === 'over' ? [] : this.mayOf(caller, person, post, desk),
        standIns: standIns.filter((it) => it.postId === row.id && it.untilOn >= today).map((it) => ({ id: it.id, person: this.person(it.standInId), fromOn: it.fromOn, untilOn: it.untilOn, state: it.fromOn > today ? 'later' as const : 'now' as const })) }];
    });
  }
  private mayOf(caller: Caller, person: Person, post: GivenPost, desk: Desk): ('end' | 'stand_in')[] {
    const end = postRules[post].givenBy === desk && post !== 'member' && caller.personId !== person.id;
    return [...(end ? ['end' as const] : []), ...(desk === 'manage_accounts' && mayBeStoodInFor(post) ? ['stand_in' as const] : [])];
  }

  /** What this desk may give, and where. */
  choices(desk: Desk): { post: GivenPost; words: string; bodies: Named[] }[] {
    return postsGivenBy(desk).filter((post) => post !== 'member').map((post) => ({ post, words: postWords[post], bodies: postRules[post].at.flatMap((kind) => this.directory.page.bodiesOf(kind)) }));
  }
}
