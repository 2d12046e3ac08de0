import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Given, routes } from '@lvzhi/contracts';
import { handlingPosts } from '@lvzhi/domain';
import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { digest, newId, newSecret } from '../platform/ids.ts';
import { moveMark } from '../platform/marks.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { Seals } from '../platform/seals.ts';
import { Sessions } from '../platform/sessions.ts';
import { Settings } from '../platform/settings.ts';
import { Wechat } from '../platform/wechat.ts';
import { WechatRefused } from '../platform/wechat-wire.ts';
import { Guesses } from './guesses.ts';
import { BindTicket, Consent, Invitation, WechatBinding } from './identity.entity.ts';
import { MeQueries } from './me.queries.ts';

type SignedIn = Answer<typeof routes.bindByPhone>;
interface Binding { readonly ticket: string; readonly openid: string; readonly personId: string; readonly consent: string; readonly device: string; readonly codeHash?: string }
const ticketMs = 10 * 60_000;
const memoMs = 60_000;

/** WeChat's no, in words for the member (facts §1.1). */
function inWords(error: unknown): never {
  if (!(error instanceof WechatRefused)) throw error;
  switch (error.errcode) {
    case 40_029: return badField({ code: '已经超时，请重新点击' });
    case 40_163: return badField({ code: '这次授权已经用过，请重新点击' });
    case 45_011: return refuse('sign_in', '微信提示操作太频繁，请一分钟后再试');
    case 40_226: return refuse('sign_in', '微信限制了这个账号登录，请联系市政协办公室');
    default: throw error;
  }
}

/** From WeChat to the roster: sign in, bind once by phone number or invitation, a new session each time. */
@Injectable()
export class PhoneSignIn {
  /** A code asked twice at once (double tap, lost answer) is one sign-in with one answer (facts §2.3.5). */
  private readonly memo = new Map<string, { readonly openid: Promise<string>; readonly until: number }>();

  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Wechat) private readonly wechat: Wechat,
    @Inject(Seals) private readonly seals: Seals, @Inject(Sessions) private readonly sessions: Sessions, @Inject(Settings) private readonly settings: Settings, @Inject(Guesses) private readonly guesses: Guesses, @Inject(MeQueries) private readonly queries: MeQueries, @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** @param known the openid, where WeChat's own gateway has said it */
  async signIn({ code }: Given<typeof routes.wechatSignIn>, device: string, known?: string): Promise<Answer<typeof routes.wechatSignIn>> {
    const openid = known ?? await this.openidOf(code).catch(inWords);
    const { appid } = this.config.wechat;
    const binding = await this.database.read((manager) => manager.findOne(WechatBinding, { where: { openidHash: this.hashOf(appid, openid) } }));
    if (binding && !this.directory.page.postsOf(binding.personId)) refuse('sign_in', '您在这里的登录已经停用。需要恢复的，请联系市政协办公室');
    if (binding) return this.open(binding.personId, device);
    const ticket = newSecret();
    await this.database.write((manager) => manager.insert(BindTicket, { ticketHash: digest(ticket), appid, openidSealed: this.seals.seal(openid), expiresAt: new Date(this.clock.now().getTime() + ticketMs), usedAt: null }));
    return { state: 'unbound', ticket, clock: this.queries.clockView() };
  }

  async bindByPhone({ ticket, code, consent }: Given<typeof routes.bindByPhone>, device: string): Promise<SignedIn> {
    this.mustBeCurrent(consent);
    const openid = await this.openidOfTicket(ticket);
    await this.guesses.open('ticket', digest(ticket));
    const phone = await this.wechat.phoneOf(code, openid).catch(inWords);
    const found = await this.database.read((manager) => manager.find(Person, { where: { phoneHash: this.seals.hashOf(phone), isActive: 1 } }));
    const [person] = found;
    if (!person || found.length > 1) {
      await this.guesses.wrong('ticket', digest(ticket));
      refuse('bind', found.length > 1 ? '名册里有多人用这个手机号，请用邀请码绑定，或联系市政协办公室' : '名册里没有这个手机号。请用邀请码绑定，或联系市政协办公室登记新号码');
    }
    return this.bind({ ticket, openid, personId: person.id, consent, device });
  }

  async bindByInvitation({ ticket, name, invitation, consent }: Given<typeof routes.bindByInvitation>, device: string): Promise<SignedIn> {
    this.mustBeCurrent(consent);
    const openid = await this.openidOfTicket(ticket);
    await this.guesses.open('ticket', digest(ticket));
    const codeHash = this.seals.hashOf(`invitation ${invitation.toUpperCase()}`);
    const known = await this.database.read(async (manager) => {
      const row = await manager.findOne(Invitation, { where: { codeHash, usedAt: IsNull() } });
      const person = row && row.expiresAt > this.clock.now() ? await manager.findOne(Person, { where: { id: row.personId, isActive: 1 } }) : null;
      return person?.name === name.trim() ? person : null;
    });
    if (!known) {
      await this.guesses.wrong('ticket', digest(ticket));
      badField({ invitation: '邀请码和姓名对不上，或者邀请码已经用过、过期。请核对后再试，或联系市政协办公室' });
    }
    return this.bind({ ticket, openid, personId: known.id, consent, device, codeHash });
  }

  private async bind({ ticket, openid, personId, consent, device, codeHash }: Binding): Promise<SignedIn> {
    await this.database.write(async (manager) => {
      const now = this.clock.now();
      const spent = await manager.update(BindTicket, { ticketHash: digest(ticket), usedAt: IsNull() }, { usedAt: now });
      if (spent.affected !== 1) badField({ ticket: '登录已超时，请重新进入' });
      if (codeHash !== undefined && (await manager.update(Invitation, { codeHash, usedAt: IsNull() }, { usedAt: now })).affected !== 1) badField({ invitation: '邀请码已经用过' });
      await this.tie(manager, openid, personId, now);
      await this.recordConsent(manager, personId, consent, now);
    });
    await this.sessions.endAll(personId);
    return this.open(personId, device);
  }

  /** One openid, one person. Coming again with another ticket of the same WeChat is no second binding. */
  private async tie(manager: EntityManager, openid: string, personId: string, boundAt: Date): Promise<void> {
    const { appid } = this.config.wechat;
    const openidHash = this.hashOf(appid, openid);
    const bound = await manager.findOneBy(WechatBinding, { openidHash });
    if (bound?.personId === personId) return;
    if (bound) refuse('bind', '这个微信已经绑定了另一位委员。如果绑错了，请联系市政协办公室解除原来的绑定');
    if (await manager.existsBy(WechatBinding, { appid, personId })) refuse('bind', '这位委员已经绑定了另一个微信。换微信请联系市政协办公室解除原来的绑定');
    // Whether somebody of a unit or committee can be reached decides whether it may be given work.
    if (this.directory.page.postsOf(personId)?.some(({ bodyId }) => handlingPosts[this.directory.page.kindOf(bodyId) ?? 'cppcc'])) await moveMark(manager, 'directory');
    await manager.insert(WechatBinding, { id: newId(), appid, openidHash, openidSealed: this.seals.seal(openid), personId, boundAt });
  }

  async recordConsent(manager: EntityManager, personId: string, noticeVersion: string, agreedAt: Date): Promise<void> {
    await manager.createQueryBuilder().insert().into(Consent).values({ personId, noticeVersion, agreedAt }).orIgnore().execute();
  }

  mustBeCurrent(consent: string): void {
    if (consent !== this.settings.get('privacy').version) badField({ consent: '隐私说明有更新，请重新阅读并同意' });
  }

  private async open(personId: string, device: string): Promise<SignedIn> {
    return { state: 'signed_in', me: await this.queries.me({ personId }), token: await this.sessions.open(personId, 'phone', { device }) };
  }

  private openidOf(code: string): Promise<string> {
    const now = performance.now();
    for (const [key, { until }] of this.memo) if (until < now) this.memo.delete(key);
    const known = this.memo.get(digest(code));
    if (known) return known.openid;
    const openid = this.wechat.openidOf(code);
    this.memo.set(digest(code), { openid, until: now + memoMs });
    openid.catch(() => { this.memo.delete(digest(code)); });
    return openid;
  }

  private async openidOfTicket(ticket: string): Promise<string> {
    const row = await this.database.read((manager) => manager.findOne(BindTicket, { where: { ticketHash: digest(ticket), usedAt: IsNull() } }));
    if (!row || row.expiresAt <= this.clock.now()) badField({ ticket: '登录已超时，请重新进入' });
    return this.seals.unseal(row.openidSealed);
  }

  private hashOf(appid: string, openid: string): string { return this.seals.hashOf(`${appid}:${openid}`); }
}
