import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { dateOf, givenPosts, mayBeStoodInFor, postConflict, postRules, postWords } from '@lvzhi/domain';
import type { GivenPost, PostCode } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Body, Person, PostHeld, StandIn } from '../platform/directory.entity.ts';
import { newId } from '../platform/ids.ts';
import { badField, notFound, refuse, signInAgain } from '../platform/refusals.ts';
import { addRows, changeRows, rowWhere, rowsWhere } from '../platform/rows.ts';
import { Session } from '../platform/sessions.entity.ts';

export interface Giving { readonly post: GivenPost; readonly bodyId: string; readonly fromOn: string | null; readonly untilOn: string | null }
type Desk = 'manage_roster' | 'manage_accounts';

/** Giving posts, ending them, standing in. Every method runs inside Directory.change, where such changes go one after the other. */
@Injectable()
export class PostsService {
  constructor(@Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config) {}

  /** Whoever was thrown out while waiting for this turn changes nothing any more. */
  async mustStillBeIn(manager: EntityManager, { sessionId }: Caller): Promise<void> {
    if (!await rowWhere(manager, Session, { id: sessionId, endedAt: null })) signInAgain();
  }

  async give(manager: EntityManager, caller: Caller, person: Person, { post, bodyId, fromOn, untilOn }: Giving, desk: Desk): Promise<void> {
    this.notOwn(caller, person.id, 'give_post');
    const [{ at, givenBy }, today] = [postRules[post], dateOf(this.clock.now())];
    if (givenBy !== desk || post === 'member') badField({ post: givenBy === desk ? '委员的席位随名册登记，不单独授予' : `${postWords[post]}在“${givenBy === 'manage_roster' ? '委员名册' : '单位与账号'}”里授予` });
    const body = await rowWhere(manager, Body, { id: bodyId });
    if (!body || body.disabledAt !== null || !at.includes(body.kind)) badField({ bodyId: `请从列表里选择${postWords[post]}在哪里任职` });
    if (fromOn !== null && untilOn !== null && untilOn < fromOn) badField({ untilOn: '结束日期不能早于起始日期' });
    if (untilOn !== null && untilOn < today) badField({ untilOn: '结束日期已经过去' });
    if (person.endedAt !== null && desk === 'manage_roster') refuse('give_post', '这位委员已经结束资格，不能再登记职务');
    const held = await this.notOver(manager, person.id, today);
    if (held.some((it) => it.post === post && it.bodyId === bodyId)) refuse('give_post', '已经担任这项职务');
    this.mustFit([...held.map((it) => it.post), ...await this.stoodInFor(manager, person.id, today)], post);
    const id = newId();
    await addRows(manager, PostHeld, [{ id, personId: person.id, post, bodyId, termId: this.config.termId, fromOn, untilOn, endedAt: null }]);
    await this.audit.record(caller, 'post.given', { kind: 'person', id: person.id }, { post, body: bodyId, from: fromOn, until: untilOn });
  }

  async end(manager: EntityManager, caller: Caller, personId: string, postId: string, desk: Desk): Promise<void> {
    this.notOwn(caller, personId, 'end_post');
    const row = await rowWhere(manager, PostHeld, { id: postId, personId, endedAt: null });
    const post = givenPosts.find((it) => it === row?.post);
    if (!row || !post || postRules[post].givenBy !== desk) notFound();
    if (post === 'member') refuse('end_post', '结束委员的席位，请用“结束委员资格”');
    await this.over(manager, [row.id]);
    await this.audit.record(caller, 'post.ended', { kind: 'person', id: personId }, { post, body: row.bodyId });
  }

  /** Ends posts at once, and whoever stands in for them with them. */
  async over(manager: EntityManager, postIds: readonly string[]): Promise<void> {
    const endedAt = this.clock.now();
    if (postIds.length === 0) return;
    await manager.update(PostHeld, { id: In([...postIds]), endedAt: IsNull() }, { endedAt });
    await manager.update(StandIn, { postId: In([...postIds]), endedAt: IsNull() }, { endedAt });
  }

  async beginStandIn(manager: EntityManager, caller: Caller, personId: string, { postId, standInId, fromOn, untilOn }: { postId: string; standInId: string; fromOn: string; untilOn: string }): Promise<void> {
    this.notOwn(caller, standInId, 'stand_in');
    const today = dateOf(this.clock.now());
    const [row, standIn] = [await rowWhere(manager, PostHeld, { id: postId, personId, endedAt: null }), await rowWhere(manager, Person, { id: standInId, isActive: 1 })];
    const post = givenPosts.find((it) => it === row?.post);
    if (!row || !post) notFound();
    if (!mayBeStoodInFor(post)) refuse('stand_in', `${postWords[post]}是本人的席位，不能代理`);
    if (!standIn || standInId === personId) badField({ standInId: standIn ? '代理人不能是本人' : '请从列表里选择代理人' });
    if (untilOn < fromOn) badField({ untilOn: '结束日期不能早于起始日期' });
    if (untilOn < today) badField({ untilOn: '结束日期已经过去' });
    if (row.untilOn !== null && row.untilOn < untilOn) badField({ untilOn: `这项职务到 ${row.untilOn} 为止，代理不能更长` });
    const held = await this.notOver(manager, standInId, today);
    if (held.some((it) => it.post === post && it.bodyId === row.bodyId)) refuse('stand_in', `${standIn.name}本来就担任这项职务，不用代理`);
    this.mustFit([...held.map((it) => it.post), ...await this.stoodInFor(manager, standInId, today)], post);
    const clash = (await rowsWhere(manager, StandIn, { postId, endedAt: null })).some((it) => it.fromOn <= untilOn && fromOn <= it.untilOn);
    if (clash) refuse('stand_in', '这几天已经安排了代理，请先结束原来的');
    await addRows(manager, StandIn, [{ id: newId(), postId, personId, standInId, fromOn, untilOn, endedAt: null, byId: caller.personId, madeAt: this.clock.now() }]);
    await this.audit.record(caller, 'stand_in.begun', { kind: 'person', id: standInId }, { for: personId, post, body: row.bodyId, from: fromOn, until: untilOn });
  }

  async endStandIn(manager: EntityManager, caller: Caller, personId: string, standInId: string): Promise<void> {
    const row = await rowWhere(manager, StandIn, { id: standInId, endedAt: null });
    if (!row || (row.personId !== personId && row.standInId !== personId)) notFound();
    this.notOwn(caller, row.standInId, 'stand_in');
    await changeRows(manager, StandIn, { id: row.id, endedAt: null }, { endedAt: this.clock.now() });
    await this.audit.record(caller, 'stand_in.ended', { kind: 'person', id: row.standInId }, { for: row.personId });
  }

  /** Posts that are held now or will be: not ended, not past their last day. */
  async notOver(manager: EntityManager, personId: string, today: string): Promise<(PostHeld & { post: PostCode })[]> {
    const rows = await rowsWhere(manager, PostHeld, { personId, termId: this.config.termId, endedAt: null });
    return rows.flatMap((row) => { const post = givenPosts.find((it) => it === row.post); return post !== undefined && (row.untilOn === null || row.untilOn >= today) ? [{ ...row, post }] : []; });
  }

  private async stoodInFor(manager: EntityManager, personId: string, today: string): Promise<PostCode[]> {
    const rows = (await rowsWhere(manager, StandIn, { standInId: personId, endedAt: null })).filter(({ untilOn }) => untilOn >= today);
    const posts = await rowsWhere(manager, PostHeld, { id: rows.map(({ postId }) => postId), endedAt: null });
    return posts.flatMap(({ post }) => givenPosts.find((it) => it === post) ?? []);
  }

  private mustFit(held: readonly PostCode[], post: PostCode): void {
    const conflict = postConflict(held, post);
    if (conflict !== undefined) refuse('give_post', conflict);
  }

  notOwn(caller: Caller, personId: string, action: string): void {
    if (caller.personId === personId) refuse(action, '自己的职务自己不能改，请由另一位管理员办理');
  }
}
