import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, routes } from '@lvzhi/contracts';
import { hash, verify } from '@node-rs/argon2';
import type { FastifyRequest } from 'fastify';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { digest } from '../platform/ids.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { changeRows, rowWhere } from '../platform/rows.ts';
import { Sessions } from '../platform/sessions.ts';
import { deviceWords } from './device-words.ts';
import { Guesses } from './guesses.ts';
import { DeskAccount } from './identity.entity.ts';
import { SecondFactors } from './second-factors.service.ts';
import { SealedTickets } from './tickets.ts';

/** argon2id, 19 MiB, 2 passes (the package's defaults): what an unknown name is checked against, so that it takes as long as a known one. */
const nobody = hash('nobody has this password');

/** Where a request comes from: the address, and what the device says it is. */
export interface From { readonly address: string; readonly device: string }
export const fromOf = (request: FastifyRequest | undefined): From => ({ address: request?.ip ?? '', device: deviceWords(request?.headers['user-agent']) });
/** Somebody whose first step was right: they know the password, or a phone of theirs said yes. */
interface First { readonly personId: string; readonly by: 'password' | 'qr'; readonly mustChange: boolean }
/** In, with a new session; or with the right to enter the code of their second factor. */
export type Entered = ({ readonly state: 'signed_in'; readonly token: string } & Pick<Caller, 'personId' | 'owes'>) | { readonly state: 'second_factor'; readonly ticket: string };

@Injectable()
export class DeskSignIn {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Guesses) private readonly guesses: Guesses, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory,
    @Inject(Audit) private readonly audit: Audit, @Inject(SecondFactors) private readonly factors: SecondFactors, @Inject(SealedTickets) private readonly tickets: SealedTickets,
  ) {}

  /** The same answer for an unknown name and a wrong password; after five in a row the name is shut for a quarter of an hour, known or not. */
  async signIn({ login, password }: Given<typeof routes.deskSignIn>, { address, device }: From): Promise<Entered> {
    const name = login.toLowerCase();
    await this.guesses.open('account', name);
    await this.guesses.open('address', address);
    const account = await this.database.read((manager) => manager.findOneBy(DeskAccount, { login: name }));
    const right = await verify(account?.passwordHash ?? await nobody, password);
    if (!account || !right) {
      await this.guesses.wrong('account', name);
      await this.guesses.wrong('address', address);
      await this.audit.record({ personId: account?.personId ?? null, surface: 'desk' }, 'session.refused');
      refuse('sign_in', `账号或密码不对。${this.guesses.warning}`);
    }
    await this.guesses.right('account', name);
    return this.admit({ personId: account.personId, by: 'password', mustChange: account.mustChange === 1 }, device);
  }

  /** After the first step, whichever it was. */
  async admit(first: First, device: string): Promise<Entered> {
    if (!(await this.factors.isOn(first.personId))) return this.open(first, device, false);
    const account = await this.accountOf(first.personId);
    if (account?.disabledAt || !this.directory.page.postsOf(first.personId)) shut();
    return { state: 'second_factor', ticket: this.tickets.give('second', { ...first, stamp: stampOf(account) }) };
  }

  async second({ ticket, code }: Given<typeof routes.enterSecondFactor>, { device }: From): Promise<Entered> {
    const first = this.tickets.read('second', ticket);
    if (!first || first.stamp !== stampOf(await this.accountOf(first.personId))) badField({ ticket: '登录已超时，请从头登录' });
    await this.factors.mustBeRight({ personId: first.personId, surface: 'desk' }, code);
    return this.open(first, device, true);
  }

  /** Only whoever knows the password learns that the account is shut. The row says whether it is: of a sign-in and a disabling at once, either the one fails or its session is ended. */
  private async open({ personId, by, mustChange }: First, device: string, secondFactor: boolean): Promise<Entered> {
    const posts = this.directory.page.postsOf(personId);
    const token = posts && await this.database.write(async (manager) => {
      const account = await rowWhere(manager, DeskAccount, { personId });
      if (account && await changeRows(manager, DeskAccount, { personId, disabledAt: null }, { signedInAt: this.clock.now() }) !== 1) return undefined;
      return this.sessions.open(personId, 'desk', { device, by, mustChange, secondFactor });
    });
    if (token === undefined) shut();
    const owes = this.sessions.owedBy({ surface: 'desk', mustChange: mustChange ? 1 : 0, secondFactor: secondFactor ? 1 : 0 }, posts ?? []);
    return { state: 'signed_in', personId, token, ...(owes && { owes }) };
  }
  private accountOf(personId: string): Promise<DeskAccount | undefined> { return this.database.read((manager) => rowWhere(manager, DeskAccount, { personId })); }
}

function shut(): never { refuse('sign_in', '这个账号已经停用。需要恢复的，请联系系统管理员。'); }
const stampOf = (account: DeskAccount | undefined): string => digest(account?.passwordHash ?? '').slice(0, 16);
