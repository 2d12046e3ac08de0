import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, DeviceRow, Given, routes } from '@lvzhi/contracts';
import { passwordFault, passwordRules, wayWords } from '@lvzhi/domain';
import { hash, verify } from '@node-rs/argon2';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { changeRows, rowWhere } from '../platform/rows.ts';
import { Session } from '../platform/sessions.entity.ts';
import { Sessions } from '../platform/sessions.ts';
import { Settings } from '../platform/settings.ts';
import { Guesses } from './guesses.ts';
import { DeskAccount } from './identity.entity.ts';
import { SecondFactors } from './second-factors.service.ts';

type Devices = Promise<Answer<typeof routes.listDevices>>;

/** What a person sees and changes of their own signing in: the password, and where they are signed in. */
@Injectable()
export class OwnSignIn {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Settings) private readonly settings: Settings,
    @Inject(Guesses) private readonly guesses: Guesses, @Inject(Directory) private readonly directory: Directory, @Inject(Audit) private readonly audit: Audit, @Inject(SecondFactors) private readonly factors: SecondFactors,
  ) {}

  async show(caller: Caller): Promise<Answer<typeof routes.showSignIn>> {
    const account = await this.accountOf(caller);
    return { login: account?.login ?? null, passwordRules: passwordRules(this.minLength), currentKnown: caller.owes === 'password', secondFactor: await this.factors.look(caller) };
  }

  /** Ends every other session at a desk. Whoever has just come in with the password that they were given need not say it again. */
  async changePassword(caller: Caller, { current, fresh }: Given<typeof routes.changePassword>): Promise<Record<string, never>> {
    if (caller.surface !== 'desk') refuse('change_password', '电脑端的密码请在电脑上修改');
    const account = await this.accountOf(caller) ?? refuse('change_password', '您没有电脑端账号，不用密码登录');
    if (caller.owes !== 'password') await this.mustKnow(caller, account, current);
    const fault = passwordFault(fresh, { login: account.login, name: this.directory.page.person(caller.personId)?.name ?? '' }, this.minLength);
    if (fault !== undefined) badField({ fresh: fault });
    if (await verify(account.passwordHash, fresh)) badField({ fresh: '新密码和现在的一样，请换一个' });
    const passwordHash = await hash(fresh);
    await this.database.write(async (manager) => {
      const { personId, passwordHash: before } = account;
      if (await changeRows(manager, DeskAccount, { personId, passwordHash: before, disabledAt: null }, { passwordHash, mustChange: 0 }) !== 1) refuse('change_password', '密码刚被改过，请用新密码重新登录');
      await changeRows(manager, Session, { id: caller.sessionId }, { mustChange: 0 });
      const ended = await this.sessions.endAll(personId, 'desk', caller.sessionId);
      await this.audit.record(caller, 'password.changed', null, { ended });
    });
    return {};
  }

  private async mustKnow(caller: Caller, { login, passwordHash }: DeskAccount, current: string): Promise<void> {
    if (current === '') badField({ current: '请填写现在的密码' });
    await this.guesses.open('account', login);
    if (await verify(passwordHash, current)) return;
    await this.guesses.wrong('account', login);
    await this.audit.record(caller, 'password.refused');
    badField({ current: `现在的密码不对。${this.guesses.warning}` });
  }

  async listDevices({ personId, sessionId }: Caller): Devices {
    return { rows: (await this.sessions.listOf(personId)).map((it) => deviceRow(it, sessionId)) };
  }
  async endDevice(caller: Caller, { id }: Given<typeof routes.endDevice>): Devices {
    if (id === caller.sessionId) refuse('end_device', '这就是您现在用的这一台，请点“退出登录”');
    await this.database.write(async (manager) => {
      if (await changeRows(manager, Session, { id, personId: caller.personId, endedAt: null }, { endedAt: this.clock.now() }) !== 1) notFound();
      await this.audit.record(caller, 'sessions.ended', { kind: 'session', id }, { ended: 1 });
    });
    return this.listDevices(caller);
  }
  async endOtherDevices(caller: Caller): Devices {
    await this.database.write(async () => {
      const ended = await this.sessions.endAll(caller.personId, undefined, caller.sessionId);
      await this.audit.record(caller, 'sessions.ended', null, { ended });
    });
    return this.listDevices(caller);
  }

  private get minLength(): number { return this.settings.get('password.minLength'); }
  private accountOf({ personId }: Caller): Promise<DeskAccount | undefined> { return this.database.read((manager) => rowWhere(manager, DeskAccount, { personId, disabledAt: null })); }
}

const deviceRow = (it: Session, sessionId: string): DeviceRow =>
  ({ id: it.id, surface: it.surface, device: it.device || (it.surface === 'desk' ? '电脑' : '手机'), by: wayWords[it.enteredBy] + (it.secondFactor === 1 ? '、动态验证码' : ''), openedAt: it.createdAt.toISOString(), seenAt: it.seenAt.toISOString(), current: it.id === sessionId });
