import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { addRows, AtMost, changeRows, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Session } from '../platform/sessions.entity.ts';
import { Sessions } from '../platform/sessions.ts';
import { Settings } from '../platform/settings.ts';
import { Guesses } from './guesses.ts';
import { DeskAccount } from './identity.entity.ts';
import { RecoveryCode, SecondFactor } from './second-factor.entity.ts';
import { SealedTickets } from './tickets.ts';
import { newTotpSecret, totpStepOf, totpUri } from './totp.ts';

const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Ten signs of an alphabet that reads well from paper, 49 bits. */
const newRecoveryCode = (): string => Array.from({ length: 10 }, () => signs[randomInt(signs.length)]).join('');
const spaced = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;
type Codes = Promise<Answer<typeof routes.renewRecoveryCodes>>;

/** The second factor (动态验证码): an authenticator app's codes, and recovery codes for whoever has lost it. */
@Injectable()
export class SecondFactors {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Seals) private readonly seals: Seals, @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Settings) private readonly settings: Settings, @Inject(Guesses) private readonly guesses: Guesses, @Inject(Audit) private readonly audit: Audit, @Inject(SealedTickets) private readonly tickets: SealedTickets,
  ) {}

  isOn(personId: string): Promise<boolean> { return this.database.read(async (manager) => await rowWhere(manager, SecondFactor, { personId }) !== undefined); }

  async look({ personId, posts }: Caller): Promise<Answer<typeof routes.showSignIn>['secondFactor']> {
    return this.database.read(async (manager) => {
      const [factor, codesLeft] = [await rowWhere(manager, SecondFactor, { personId }), await manager.countBy(RecoveryCode, { personId, usedAt: IsNull() })];
      return { on: factor !== undefined, setAt: factor?.setAt.toISOString() ?? null, codesLeft, required: this.sessions.asksSecondFactor(posts) };
    });
  }

  /** Nothing is stored until a code of the new secret has come back. Whoever has one already (a new phone) shows first that it is theirs. */
  async begin(caller: Caller, { code }: Given<typeof routes.beginSecondFactor>): Promise<Answer<typeof routes.beginSecondFactor>> {
    const { personId } = caller;
    if (caller.surface !== 'desk') refuse('begin_second_factor', '动态验证码请在电脑上设置');
    if (await this.isOn(personId)) await this.mustBeRight(caller, code ?? '');
    const account = await this.database.read((manager) => rowWhere(manager, DeskAccount, { personId }));
    const secret = newTotpSecret();
    return { secret, uri: totpUri(secret, { issuer: '履职在线', label: account?.login ?? personId }), ticket: this.tickets.give('enrol', { personId, secret }) };
  }

  /** From now on the desk asks for a code; other desks were opened without one and end. */
  async set(caller: Caller, { ticket, code }: Given<typeof routes.setSecondFactor>): Codes {
    const { personId, sessionId } = caller;
    const begun = this.tickets.read('enrol', ticket);
    if (begun?.personId !== personId) badField({ ticket: '设置已超时，请重新开始' });
    const step = totpStepOf(begun.secret, code, this.clock.world()) ?? badField({ code: '验证码不对。请看手机上现在显示的 6 位数字；手机的时间要准' });
    return this.database.write(async (manager) => {
      await manager.delete(SecondFactor, { personId });
      await addRows(manager, SecondFactor, [{ personId, secretSealed: this.seals.seal(begun.secret), setAt: this.clock.now(), lastStep: step }]);
      await changeRows(manager, Session, { id: sessionId }, { secondFactor: 1 });
      await this.sessions.endAll(personId, 'desk', sessionId);
      await this.audit.record(caller, 'second_factor.set');
      return this.makeCodes(manager, caller);
    });
  }

  async renewCodes(caller: Caller, { code }: Given<typeof routes.renewRecoveryCodes>): Codes {
    await this.mustBeRight(caller, code);
    return this.database.write((manager) => this.makeCodes(manager, caller));
  }

  async end(caller: Caller, { code }: Given<typeof routes.endSecondFactor>): Promise<Record<string, never>> {
    if (this.sessions.asksSecondFactor(caller.posts)) refuse('end_second_factor', '您的职务要用动态验证码，不能停用；换手机请点“换手机”');
    await this.mustBeRight(caller, code);
    await this.database.write(async (manager) => { await manager.delete(SecondFactor, { personId: caller.personId }); await manager.delete(RecoveryCode, { personId: caller.personId }); await this.audit.record(caller, 'second_factor.ended'); });
    return {};
  }

  /** @throws 400 for a wrong code, 429 after too many */
  async mustBeRight(by: Pick<Caller, 'personId' | 'surface'>, code: string): Promise<void> {
    await this.guesses.open('second', by.personId);
    if (await this.database.write((manager) => this.take(manager, by, code))) { await this.guesses.right('second', by.personId); return; }
    await this.guesses.wrong('second', by.personId);
    await this.audit.record(by, 'second_factor.refused');
    badField({ code: `验证码不对，或者刚用过。请等手机上换了新的数字再输。${this.guesses.warning}` });
  }

  /** Each code is good once: a step by moving the last one on, a recovery code by marking it, each in one conditional update. */
  private async take(manager: EntityManager, by: Pick<Caller, 'personId' | 'surface'>, code: string): Promise<boolean> {
    const { personId } = by;
    const factor = await rowWhere(manager, SecondFactor, { personId });
    if (!factor) return false;
    const step = totpStepOf(this.seals.unseal(factor.secretSealed), code, this.clock.world());
    if (step !== undefined) return await changeRows(manager, SecondFactor, { personId, lastStep: new AtMost(step - 1) }, { lastStep: step }) === 1;
    const used = await changeRows(manager, RecoveryCode, { codeHash: this.hashOf(personId, code), usedAt: null }, { usedAt: this.clock.now() }) === 1;
    if (used) await this.audit.record(by, 'recovery_code.used');
    return used;
  }

  private async makeCodes(manager: EntityManager, caller: Caller): Codes {
    const { personId } = caller;
    const codes = Array.from({ length: this.settings.get('secondFactor.codes') }, newRecoveryCode);
    await manager.delete(RecoveryCode, { personId });
    await addRows(manager, RecoveryCode, codes.map((code) => ({ codeHash: this.hashOf(personId, code), personId, usedAt: null })));
    await this.audit.record(caller, 'recovery_codes.made', null, { codes: codes.length });
    return { codes: codes.map(spaced) };
  }
  private hashOf(personId: string, code: string): string { return this.seals.hashOf(`recovery ${personId} ${code}`); }
}
