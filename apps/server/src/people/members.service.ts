import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, MemberView, routes } from '@lvzhi/contracts';
import { dateOf, givenPosts, personNameOf, phoneOf, postRules } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { DeskAccount } from '../identity/identity.entity.ts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Body, Person, PostHeld } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { badField, refuse, stale } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Sessions } from '../platform/sessions.ts';
import { Settings } from '../platform/settings.ts';
import { InvitationsService } from './invitations.service.ts';
import { PostsService } from './posts.service.ts';
import type { Giving } from './posts.service.ts';
import { RosterQueries } from './roster.queries.ts';

type In<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
type Shown = Promise<{ doc: MemberView }>;

/** The roster (委员名册): who is a member, and everything that is done to it. */
@Injectable()
export class MembersService {
  constructor(
    @Inject(Directory) private readonly directory: Directory, @Inject(RosterQueries) private readonly queries: RosterQueries, @Inject(PostsService) private readonly posts: PostsService, @Inject(InvitationsService) private readonly invitations: InvitationsService,
    @Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(Seals) private readonly seals: Seals, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Settings) private readonly settings: Settings, @Inject(CONFIG) private readonly config: Config,
  ) {}

  add(caller: Caller, { key, name: given, phone: typed, sectorId, townId, unitTitle, isPartyMember }: In<'addMember'>): Shown {
    const name = this.nameOf(given);
    const phone = this.phoneIn(typed);
    return this.shown(caller, this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const requestKey = `${caller.personId} ${key}`.slice(0, 64);
      const before = await rowWhere(manager, Person, { requestKey });
      if (before) return before.id;
      await this.mustExist(manager, sectorId, townId);
      const staff = await this.freePhone(manager, phone, name);
      if (phone === '' && await rowWhere(manager, Person, { name, sectorId, isMember: 1, endedAt: null })) badField({ name: '这个界别里已有同名的委员。如果是另一个人，请填手机号以便区分' });
      const facts = { name, sectorId, townId, unitTitle, isMember: 1, isPartyMember: isPartyMember === null ? null : isPartyMember ? 1 : 0, requestKey };
      if (staff) await changeRows(manager, Person, { id: staff.id }, { ...facts, version: staff.version + 1 });
      else await addRows(manager, Person, [{ id: newId(), ...facts, ...this.sealed(phone), largeType: null, isActive: 1, endedAt: null, endedOn: null, endReason: null, version: 1 }]);
      const person = await rowWhere(manager, Person, { requestKey });
      if (!person) throw new Error('the person who was just added is not there');
      await this.seat(manager, person.id, sectorId);
      await this.audit.record(caller, 'member.added', { kind: 'person', id: person.id }, { sector: sectorId });
      return person.id;
    }));
  }

  edit(caller: Caller, { id, version, name: given, sectorId, townId, unitTitle, isPartyMember }: In<'editMember'>): Shown {
    const name = this.nameOf(given);
    return this.changing(caller, id, version, 'edit', async (manager, person) => {
      await this.mustExist(manager, sectorId, townId === person.townId ? null : townId);
      const facts = { name, sectorId, townId, unitTitle, isPartyMember: isPartyMember === null ? null : isPartyMember ? 1 : 0 };
      const changed = (Object.keys(facts) as (keyof typeof facts)[]).filter((field) => facts[field] !== person[field]);
      if (changed.includes('sectorId')) {
        this.posts.notOwn(caller, id, 'edit');
        await this.moveSeat(manager, id, sectorId);
      }
      await changeRows(manager, Person, { id }, facts);
      await this.audit.record(caller, 'member.changed', { kind: 'person', id }, { fields: changed });
    });
  }

  changePhone(caller: Caller, { id, version, phone: typed }: In<'changePhone'>): Shown {
    const phone = this.phoneIn(typed);
    if (phone === '') badField({ phone: '请填写新手机号' });
    return this.changing(caller, id, version, 'change_phone', async (manager, person) => {
      if (person.phoneHash === this.seals.hashOf(phone)) badField({ phone: '和原来的手机号一样' });
      await this.freePhone(manager, phone);
      await changeRows(manager, Person, { id }, this.sealed(phone));
      await this.audit.record(caller, 'phone.changed', { kind: 'person', id });
    });
  }

  giveSeat(caller: Caller, { id, version, ...giving }: In<'giveSeat'>): Shown { return this.changing(caller, id, version, 'give_post', (manager, person) => this.posts.give(manager, caller, person, giving as Giving, 'manage_roster')); }
  endSeat(caller: Caller, { id, version, held }: In<'endSeat'>): Shown { return this.changing(caller, id, version, 'end_post', (manager) => this.posts.end(manager, caller, id, held, 'manage_roster')); }

  /** The seat and the posts that come with it are over at once; where the reason says so, their own documents may still be read and rated (rules: posts; duty-rules §6). */
  end(caller: Caller, { id, version, reason, on }: In<'endMembership'>): Shown {
    return this.changing(caller, id, version, 'end', async (manager) => {
      this.posts.notOwn(caller, id, 'end');
      const chosen = this.settings.get('member.endReasons').find(({ code }) => code === reason) ?? badField({ reason: '请从列表里选择原因' });
      const now = this.clock.now();
      if (on > dateOf(now)) badField({ on: '日期不能晚于今天' });
      const held = await this.posts.notOver(manager, id, dateOf(now));
      const [ending, staying] = [held.filter(({ post }) => !chosen.keepsReading || isRosterPost(post)), held.filter(({ post }) => chosen.keepsReading && !isRosterPost(post))];
      await this.posts.over(manager, ending.map((it) => it.id));
      await changeRows(manager, Person, { id }, { endedAt: now, endedOn: on, endReason: reason, isActive: chosen.keepsReading ? 1 : 0 });
      if (staying.length === 0) await changeRows(manager, DeskAccount, { personId: id, disabledAt: null }, { disabledAt: now });
      await this.invitations.revoke(manager, [id]);
      await this.sessions.endAll(id);
      await this.audit.record(caller, 'member.ended', { kind: 'person', id }, { reason, on, posts: ending.map(({ post, bodyId }) => `${post}@${bodyId}`) });
    });
  }

  /** For an end that was a mistake. The seat comes back; other posts and the desk account are given anew. */
  restore(caller: Caller, { id, version }: In<'restoreMembership'>): Shown {
    return this.changing(caller, id, version, 'restore', async (manager, person) => {
      if (person.endedAt === null || person.sectorId === null) refuse('restore', '这位委员没有结束资格，不用恢复');
      await changeRows(manager, Person, { id }, { endedAt: null, endedOn: null, endReason: null, isActive: 1 });
      await this.seat(manager, id, person.sectorId);
      await this.audit.record(caller, 'member.restored', { kind: 'person', id });
    }, 'ended');
  }

  release(caller: Caller, { id, version }: In<'releaseBinding'>): Shown { return this.changing(caller, id, version, 'release', (manager) => this.invitations.release(manager, caller, id), 'any'); }

  async invite(caller: Caller, { memberIds, days }: In<'inviteMembers'>): Promise<{ rows: { id: string; name: string; note: string; code: string }[]; until: string }> {
    return this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const { people, bound } = await this.queries.all(manager, { query: '', state: 'active', bound: 'no' });
      const free = people.filter(({ id }) => !bound.has(id) && (memberIds.length === 0 || memberIds.includes(id)));
      if (free.length === 0) refuse('invite', memberIds.length === 0 ? '委员都已经绑定微信，不用发邀请码' : '选的委员都已经绑定微信。换微信的，请先解除原来的绑定');
      const { codes, until } = await this.invitations.issue(manager, caller, free.map(({ id }) => id), days);
      return { rows: free.map(({ id, name, sectorId }) => ({ id, name, note: this.directory.page.body(sectorId)?.name ?? '', code: codes.get(id) ?? '' })), until: until.toISOString() };
    });
  }

  private changing(caller: Caller, id: string, version: number, action: string, work: (manager: EntityManager, person: Person) => Promise<void>, of: 'active' | 'ended' | 'any' = 'active'): Shown {
    return this.shown(caller, this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const person = await this.queries.member(manager, id);
      if (person.version !== version) stale(await this.queries.view(manager, caller, person));
      if (of === 'active' && person.endedAt !== null) refuse(action, '这位委员已经结束资格。要改资料，请先恢复资格');
      await work(manager, person);
      if (await changeRows(manager, Person, { id, version }, { version: version + 1 }) !== 1) refuse(action, '这位委员刚被别人改过，请刷新后再办');
      return id;
    }));
  }
  /** Read again after the change, when the directory knows of it. */
  private async shown(caller: Caller, changed: Promise<string>): Shown { return { doc: await this.queries.show(caller, await changed) }; }

  private nameOf(given: string): string { return personNameOf(given) || badField({ name: `“${given}”不像姓名，请填 2 到 20 个字` }); }
  private phoneIn(typed: string): string {
    const read = phoneOf(typed);
    return 'fault' in read ? badField({ phone: read.fault }) : read.phone;
  }
  private sealed(phone: string): Pick<Person, 'phoneHash' | 'phoneSealed'> { return phone === '' ? { phoneHash: null, phoneSealed: null } : { phoneHash: this.seals.hashOf(phone), phoneSealed: this.seals.seal(phone) }; }

  /** One number, one person. Staff of the same name is the same person, who becomes a member: then they are returned. */
  private async freePhone(manager: EntityManager, phone: string, name?: string): Promise<Person | undefined> {
    const [other] = phone === '' ? [] : (await rowsWhere(manager, Person, { phoneHash: this.seals.hashOf(phone) })).filter(({ isActive }) => isActive === 1);
    if (!other) return undefined;
    if (other.isMember === 0 && other.name === name) return other;
    return badField({ phone: `手机号已经登记在${other.isMember === 1 ? '委员' : '工作人员'}${other.name}名下` });
  }

  private async mustExist(manager: EntityManager, sectorId: string, townId: string | null): Promise<void> {
    const [sector, town] = [await rowWhere(manager, Body, { id: sectorId, kind: 'sector' }), townId === null ? null : await rowWhere(manager, Body, { id: townId, kind: 'town' })];
    if (!sector) badField({ sectorId: '请从列表里选择界别' });
    if (town === undefined || (town !== null && town.disabledAt !== null)) badField({ townId: '请从列表里选择镇街' });
  }

  private async seat(manager: EntityManager, personId: string, sectorId: string): Promise<void> {
    await addRows(manager, PostHeld, [{ id: newId(), personId, post: 'member', bodyId: sectorId, termId: this.config.termId, fromOn: null, untilOn: null, endedAt: null }]);
  }
  private async moveSeat(manager: EntityManager, personId: string, sectorId: string): Promise<void> {
    const seats = await rowsWhere(manager, PostHeld, { personId, post: 'member', termId: this.config.termId, endedAt: null });
    await this.posts.over(manager, seats.map(({ id }) => id));
    await this.seat(manager, personId, sectorId);
  }
}

const isRosterPost = (post: string): boolean => { const known = givenPosts.find((it) => it === post); return known !== undefined && postRules[known].givenBy === 'manage_roster'; };
