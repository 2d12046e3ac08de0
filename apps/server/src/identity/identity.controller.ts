import { Controller, Inject, Req, Res } from '@nestjs/common';
import { session } from '@lvzhi/contracts';
import type { Answer, Caller, Given } from '@lvzhi/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deskCookie } from '../platform/caller.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Person } from '../platform/directory.entity.ts';
import { Marks, moveMark } from '../platform/marks.ts';
import { Serves } from '../platform/serves.ts';
import { Sessions } from '../platform/sessions.ts';
import { Settings } from '../platform/settings.ts';
import { askCookie, askSecretOf, DeskAsks } from './desk-asks.service.ts';
import { DeskSignIn, fromOf } from './desk.service.ts';
import type { Entered } from './desk.service.ts';
import { MeQueries } from './me.queries.ts';
import { PhoneSignIn } from './phone.service.ts';

/** Behind WeChat's own gateway the openid comes in its headers. Believed in that mode only: anybody can write a header (facts §1.8). */
function openidFromCloud(headers: FastifyRequest['headers'], { wechat }: Config): string | undefined {
  const [openid, source, appid] = [headers['x-wx-openid'], headers['x-wx-source'], headers['x-wx-appid']];
  return wechat.cloud === true && typeof openid === 'string' && openid !== '' && source !== undefined && appid === wechat.appid ? openid : undefined;
}

type In<K extends keyof typeof session> = Given<(typeof session)[K]>;

@Controller()
export class IdentityController {
  constructor(
    @Inject(PhoneSignIn) private readonly phone: PhoneSignIn, @Inject(DeskSignIn) private readonly desk: DeskSignIn, @Inject(DeskAsks) private readonly asks: DeskAsks, @Inject(MeQueries) private readonly queries: MeQueries, @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Settings) private readonly settings: Settings, @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Marks) private readonly marks: Marks, @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Serves(session.guest) guest() {
    const [{ city, organ }, { secretNotice, guest }, privacy] = [this.settings.get('city'), this.settings.get('texts'), this.settings.get('privacy')];
    return Promise.resolve({ city, organ, title: guest.title, paragraphs: [...guest.paragraphs], secretNotice, clock: this.queries.clockView(), privacy: { version: privacy.version, title: privacy.title, paragraphs: [...privacy.paragraphs] } });
  }
  @Serves(session.wechatSignIn) wechatSignIn(_: Caller, input: In<'wechatSignIn'>, @Req() request?: FastifyRequest) { return this.phone.signIn(input, fromOf(request).device, request && openidFromCloud(request.headers, this.config)); }
  @Serves(session.bindByPhone) bindByPhone(_: Caller, input: In<'bindByPhone'>, @Req() request?: FastifyRequest) { return this.phone.bindByPhone(input, fromOf(request).device); }
  @Serves(session.bindByInvitation) bindByInvitation(_: Caller, input: In<'bindByInvitation'>, @Req() request?: FastifyRequest) { return this.phone.bindByInvitation(input, fromOf(request).device); }
  @Serves(session.deskSignIn) async deskSignIn(_: Caller, input: In<'deskSignIn'>, @Req() request?: FastifyRequest, @Res({ passthrough: true }) reply?: FastifyReply) {
    return this.enter(await this.desk.signIn(input, fromOf(request)), reply);
  }
  @Serves(session.enterSecondFactor) async enterSecondFactor(_: Caller, input: In<'enterSecondFactor'>, @Req() request?: FastifyRequest, @Res({ passthrough: true }) reply?: FastifyReply) {
    return this.enter(await this.desk.second(input, fromOf(request)), reply);
  }
  @Serves(session.beginDeskAsk) async beginDeskAsk(_: Caller, __: object, @Req() request?: FastifyRequest, @Res({ passthrough: true }) reply?: FastifyReply) {
    const { secret, ...shown } = await this.asks.begin(fromOf(request), askSecretOf(request));
    this.keep(reply, askCookie, secret, '/api/session');
    return shown;
  }
  @Serves(session.claimDeskAsk) async claimDeskAsk(_: Caller, __: object, @Req() request?: FastifyRequest, @Res({ passthrough: true }) reply?: FastifyReply) {
    const claimed = await this.asks.claim(askSecretOf(request));
    return claimed.state === 'signed_in' || claimed.state === 'second_factor' ? this.enter(claimed, reply) : claimed;
  }
  @Serves(session.agree) async agree(caller: Caller, { version }: In<'agree'>) {
    this.phone.mustBeCurrent(version);
    await this.database.write((manager) => this.phone.recordConsent(manager, caller.personId, version, this.clock.now()));
    return { me: await this.queries.me(caller) };
  }
  @Serves(session.showMe) showMe(caller: Caller) { return this.queries.me(caller); }
  @Serves(session.setDisplay) async setDisplay({ personId }: Caller, { largeType }: In<'setDisplay'>) {
    await this.database.write(async (manager) => {
      await manager.update(Person, { id: personId }, { largeType: largeType ? 1 : 0 });
      await moveMark(manager, 'directory');
    });
    await this.marks.look(false);
    return {};
  }
  @Serves(session.signOut) async signOut(caller: Caller, _: object, @Res({ passthrough: true }) reply?: FastifyReply) {
    await this.sessions.end(caller);
    this.setCookie(reply, '');
    return {};
  }

  /** A session goes into the cookie, where no script can read it. */
  private async enter(entered: Entered, reply: FastifyReply | undefined): Promise<Answer<typeof session.deskSignIn>> {
    if (entered.state !== 'signed_in') return entered;
    this.setCookie(reply, entered.token);
    return { state: 'signed_in', me: await this.queries.me(entered) };
  }
  private setCookie(reply: FastifyReply | undefined, token: string): void { this.keep(reply, deskCookie, token, '/'); }
  private keep(reply: FastifyReply | undefined, name: string, value: string, path: string): void {
    const secure = this.config.mode === 'production' ? '; Secure' : '';
    void reply?.header('set-cookie', `${name}=${value}; Path=${path}; HttpOnly; SameSite=Strict${secure}${value === '' ? '; Max-Age=0' : ''}`);
  }
}
