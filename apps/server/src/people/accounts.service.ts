import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountView, Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { personNameOf, phoneOf } from '@lvzhi/domain';
import { hash } from '@node-rs/argon2';
import type { EntityManager } from 'typeorm';
import { DeskAccount, Guess, WechatBinding } from '../identity/identity.entity.ts';
import { RecoveryCode, SecondFactor } from '../identity/second-factor.entity.ts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { badField, notFound, refuse, stale } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Sessions } from '../platform/sessions.ts';
import { Settings } from '../platform/settings.ts';
import { AccountsQueries } from './accounts.queries.ts';
import { InvitationsService } from './invitations.service.ts';
import { PostsService } from './posts.service.ts';
import type { Giving } from './posts.service.ts';

type In<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
type Shown = Promise<{ doc: AccountView }>;
type WithPassword = Promise<Answer<typeof routes.openAccount>>;

const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
/** For one sign-in: twelve signs of an alphabet that reads well from paper, 59 bits. */
export const oneTimePassword = (): string => Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')).join('-');

/** Accounts (单位与账号): who works at the desk, in which posts, and who may still come in. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(Directory) private readonly directory: Directory, @Inject(AccountsQueries) private readonly queries: AccountsQueries, @Inject(PostsService) private readonly posts: PostsService, @Inject(InvitationsService) private readonly invitations: InvitationsService,
    @Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(Seals) private readonly seals: Seals, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Settings) private readonly settings: Settings,
  ) {}

  async create(caller: Caller, { key, name: given, unitTitle, phone: typed, login, posts }: In<'createAccount'>): Promise<Answer<typeof routes.createAccount>> {
    const name = nameOf(given);
    const phone = phoneIn(typed);
    const password = login === null ? null : oneTimePassword();
    const passwordHash = password === null ? null : await hash(password);
    const { id, fresh } = await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const requestKey = `${caller.personId} ${key}`.slice(0, 64);
      const before = await rowWhere(manager, Person, { requestKey });
      if (before) return { id: before.id, fresh: false };
      await this.freePhone(manager, phone);
      const person: Person = { id: newId(), name, ...this.sealed(phone), sectorId: null, townId: null, unitTitle, isMember: 0, largeType: null, isActive: 1, isPartyMember: null, endedAt: null, endedOn: null, endReason: null, version: 1, requestKey };
      await addRows(manager, Person, [person]);
      for (const giving of posts) await this.posts.give(manager, caller, person, giving as Giving, 'manage_accounts');
      if (login !== null && passwordHash !== null) await this.addAccount(manager, person.id, login, passwordHash);
      await this.audit.record(caller, 'account.opened', { kind: 'person', id: person.id }, { login });
      return { id: person.id, fresh: true };
    });
    // The password was shown by the answer that was lost; a new one comes by resetting.
    return { doc: await this.queries.show(caller, id), login, password: fresh ? password : null };
  }

  edit(caller: Caller, { id, version, name: given, unitTitle, phone: typed }: In<'editAccount'>): Shown {
    const [name, phone] = [nameOf(given), phoneIn(typed)];
    return this.changing(caller, id, version, 'edit', async (manager, person) => {
      if (person.isMember === 1) refuse('edit', '委员的资料在“委员名册”里修改');
      const other = phone !== '' && person.phoneHash !== this.seals.hashOf(phone);
      if (other) await this.freePhone(manager, phone);
      await changeRows(manager, Person, { id }, { name, unitTitle, ...(other && this.sealed(phone)) });
      const fields = [...(name === person.name ? [] : ['name']), ...(unitTitle === person.unitTitle ? [] : ['unitTitle']), ...(other ? ['phone'] : [])];
      await this.audit.record(caller, 'account.changed', { kind: 'person', id }, { fields });
    });
  }

  async open(caller: Caller, { id, version, login }: In<'openAccount'>): WithPassword {
    return this.withPassword(async (passwordHash) => (await this.changing(caller, id, version, 'open', async (manager, person) => {
      if (person.isActive === 0) refuse('open', '这个人已经停用，请先恢复');
      if (await rowWhere(manager, DeskAccount, { personId: id })) refuse('open', '已经有账号了。忘记密码的，请重置密码');
      await this.addAccount(manager, id, login, passwordHash);
      await this.audit.record(caller, 'account.opened', { kind: 'person', id }, { login });
    })).doc);
  }

  async reset(caller: Caller, { id, version }: In<'resetPassword'>): WithPassword {
    if (caller.personId === id) refuse('reset', '自己的密码请在个人菜单里修改');
    return this.withPassword(async (passwordHash) => (await this.changing(caller, id, version, 'reset', async (manager) => {
      const account = await rowWhere(manager, DeskAccount, { personId: id, disabledAt: null }) ?? refuse('reset', '没有可用的账号，请先开通或恢复');
      await changeRows(manager, DeskAccount, { personId: id }, { passwordHash, mustChange: 1 });
      await manager.delete(Guess, { lockName: `account ${account.login}`.slice(0, 80) });
      await this.sessions.endAll(id, 'desk');
      await this.audit.record(caller, 'password.reset', { kind: 'person', id });
    })).doc);
  }

  /** The phone with the authenticator is lost: whoever has the account sets it up anew at the next sign-in, if their post asks for it. */
  resetSecondFactor(caller: Caller, { id, version }: In<'resetSecondFactor'>): Shown {
    return this.changing(caller, id, version, 'reset_second', async (manager) => {
      this.posts.notOwn(caller, id, 'reset_second');
      if (!(await rowWhere(manager, SecondFactor, { personId: id }))) refuse('reset_second', '没有设置动态验证码');
      await manager.delete(SecondFactor, { personId: id });
      await manager.delete(RecoveryCode, { personId: id });
      await manager.delete(Guess, { lockName: `second ${id}` });
      await this.sessions.endAll(id, 'desk');
      await this.audit.record(caller, 'second_factor.reset', { kind: 'person', id });
    });
  }

  /** Whoever works here comes in no more, neither at the desk nor on the phone; a member keeps the phone, since the seat is the roster's. */
  disable(caller: Caller, { id, version }: In<'disableAccount'>): Shown {
    return this.changing(caller, id, version, 'disable', async (manager, person) => {
      if (caller.personId === id) refuse('disable', '不能停用自己的账号，请由另一位管理员办理');
      const [staff, now] = [person.isMember === 0, this.clock.now()];
      const shut = await changeRows(manager, DeskAccount, { personId: id, disabledAt: null }, { disabledAt: now });
      if (staff) await changeRows(manager, Person, { id }, { isActive: 0 });
      if (shut === 0 && !(staff && person.isActive === 1)) refuse('disable', '已经停用了');
      await this.sessions.endAll(id, staff ? undefined : 'desk');
      if (staff) await this.invitations.revoke(manager, [id]);
      await this.audit.record(caller, 'account.disabled', { kind: 'person', id });
    });
  }
  enable(caller: Caller, { id, version }: In<'enableAccount'>): Shown {
    return this.changing(caller, id, version, 'enable', async (manager, person) => {
      this.posts.notOwn(caller, id, 'enable');
      if (person.isMember === 1 && person.endedAt !== null) refuse('enable', '这位委员已经结束资格，请先在“委员名册”里恢复');
      await manager.update(DeskAccount, { personId: id }, { disabledAt: null });
      await changeRows(manager, Person, { id }, { isActive: 1 });
      await this.audit.record(caller, 'account.enabled', { kind: 'person', id });
    });
  }

  givePost(caller: Caller, { id, version, ...giving }: In<'givePost'>): Shown { return this.changing(caller, id, version, 'give_post', (manager, person) => this.posts.give(manager, caller, person, giving as Giving, 'manage_accounts')); }
  endPost(caller: Caller, { id, version, held }: In<'endPost'>): Shown { return this.changing(caller, id, version, 'end_post', (manager) => this.posts.end(manager, caller, id, held, 'manage_accounts')); }
  beginStandIn(caller: Caller, { id, version, held, ...days }: In<'beginStandIn'>): Shown { return this.changing(caller, id, version, 'stand_in', (manager) => this.posts.beginStandIn(manager, caller, id, { postId: held, ...days })); }
  endStandIn(caller: Caller, { id, version, standing }: In<'endStandIn'>): Shown { return this.changing(caller, id, version, 'stand_in', (manager) => this.posts.endStandIn(manager, caller, id, standing)); }
  release(caller: Caller, { id, version }: In<'releaseAccount'>): Shown { return this.changing(caller, id, version, 'release', (manager) => this.invitations.release(manager, caller, id)); }

  async invite(caller: Caller, { id }: In<'inviteAccount'>): Promise<Answer<typeof routes.inviteAccount>> {
    return this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const person = await rowWhere(manager, Person, { id, isActive: 1 }) ?? notFound();
      if (await rowWhere(manager, WechatBinding, { personId: id })) refuse('invite', '已经绑定微信。换微信的，请先解除原来的绑定');
      const { codes, until } = await this.invitations.issue(manager, caller, [id], this.settings.get('invitation.days'));
      return { row: { id, name: person.name, note: person.unitTitle, code: codes.get(id) ?? '' }, until: until.toISOString() };
    });
  }

  private async withPassword(set: (passwordHash: string) => Promise<AccountView>): WithPassword {
    const password = oneTimePassword();
    const doc = await set(await hash(password));
    return { doc, login: doc.login ?? '', password };
  }
  private async addAccount(manager: EntityManager, personId: string, login: string, passwordHash: string): Promise<void> {
    if (await rowWhere(manager, DeskAccount, { login })) badField({ login: `账号“${login}”已经有人用了，请换一个` });
    await addRows(manager, DeskAccount, [{ personId, login, passwordHash, mustChange: 1, disabledAt: null, signedInAt: null }]);
  }

  private async changing(caller: Caller, id: string, version: number, action: string, work: (manager: EntityManager, person: Person) => Promise<void>): Shown {
    await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const person = await rowWhere(manager, Person, { id }) ?? notFound();
      if (person.version !== version) stale(await this.queries.view(manager, caller, person));
      await work(manager, person);
      if (await changeRows(manager, Person, { id, version }, { version: version + 1 }) !== 1) refuse(action, '这个人刚被别人改过，请刷新后再办');
    });
    return { doc: await this.queries.show(caller, id) };
  }

  private sealed(phone: string): Pick<Person, 'phoneHash' | 'phoneSealed'> { return phone === '' ? { phoneHash: null, phoneSealed: null } : { phoneHash: this.seals.hashOf(phone), phoneSealed: this.seals.seal(phone) }; }
  private async freePhone(manager: EntityManager, phone: string): Promise<void> {
    const other = phone === '' ? undefined : (await rowsWhere(manager, Person, { phoneHash: this.seals.hashOf(phone) })).find(({ isActive }) => isActive === 1);
    if (other) badField({ phone: `手机号已经登记在${other.name}名下。名册里已有这个人的，请用“给名册里的人开通账号”` });
  }
}

const nameOf = (given: string): string => personNameOf(given) || badField({ name: `“${given}”不像姓名，请填 2 到 20 个字` });
function phoneIn(typed: string): string {
  const read = phoneOf(typed);
  return 'fault' in read ? badField({ phone: read.fault }) : read.phone;
}
