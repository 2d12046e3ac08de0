import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import type { FastifyRequest } from 'fastify';
import { LessThan, MoreThan } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { digest, newSecret } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { refuse, tooMany } from '../platform/refusals.ts';
import { addRows, changeRows, rowWhere } from '../platform/rows.ts';
import { Session } from '../platform/sessions.entity.ts';
import { Settings } from '../platform/settings.ts';
import { DeskSignIn } from './desk.service.ts';
import type { Entered, From } from './desk.service.ts';
import { BindTicket } from './identity.entity.ts';
import { MeQueries } from './me.queries.ts';
import { DeskAsk } from './second-factor.entity.ts';

/** The asking browser's own secret: what is in the picture opens nothing in any other. */
export const askCookie = 'lvzhi_ask';
export const askSecretOf = (request: FastifyRequest | undefined): string | undefined => new RegExp(`(?:^|;\\s*)${askCookie}=([\\w-]{20,80})`).exec(request?.headers.cookie ?? '')?.[1];

/** A whole office may stand behind one address, a flood too. */
const mostAsking = 300;
const dayMs = 86_400_000;
const gone = '二维码已过期或用过了，请在电脑上刷新后再扫';

/** Where a computer is, as far as its address tells. */
function placeWords(address: string): string {
  const bare = address.replace(/^::ffff:/, '');
  if (bare === '::1' || bare.startsWith('127.')) return '服务器本机';
  return `${/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd]|fe80:)/i.test(bare) ? '内网' : '外网'} ${bare}`;
}

/** QR sign-in: a browser asks, a phone that is signed in says yes or no, and that one browser is let in, once. */
@Injectable()
export class DeskAsks {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit, @Inject(DeskSignIn) private readonly desk: DeskSignIn, @Inject(MeQueries) private readonly queries: MeQueries, @Inject(Jobs) jobs: Jobs,
  ) { jobs.plan({ name: 'sign_in.sweep', words: '清理过期的登录和二维码', everySeconds: 3600, run: () => this.sweep() }); }

  /** A fresh code for this browser; the one before is void. `secret` is for its cookie. */
  async begin({ address, device }: From, before: string | undefined): Promise<Answer<typeof routes.beginDeskAsk> & { secret: string }> {
    const [now, { seconds, pollSeconds }] = [this.clock.now(), this.settings.get('deskAsk')];
    const [code, secret] = [newSecret(), newSecret()];
    await this.database.write(async (manager) => {
      if (before !== undefined) await manager.delete(DeskAsk, { browserHash: digest(before) });
      if (await manager.countBy(DeskAsk, { address, expiresAt: MoreThan(now) }) >= mostAsking) tooMany('同时要登录的电脑太多，请过两分钟再试，或者用账号密码登录。');
      await addRows(manager, DeskAsk, [{ codeHash: digest(code), browserHash: digest(secret), device: device.slice(0, 40), address: address.slice(0, 45), askedAt: now, expiresAt: new Date(now.getTime() + seconds * 1000), state: 'waiting', personId: null }]);
    });
    return { code, secret, seconds, pollSeconds };
  }

  /** How it stands with this browser's code; once a phone has said yes, the one call that finds it so is let in. */
  async claim(secret: string | undefined): Promise<{ readonly state: 'waiting' | 'seen' | 'refused' | 'expired' } | Entered> {
    const ask = secret === undefined ? undefined : await this.database.read((manager) => rowWhere(manager, DeskAsk, { browserHash: digest(secret) }));
    if (!ask || ask.expiresAt <= this.clock.now()) return { state: 'expired' };
    const { codeHash, personId, state, device } = ask;
    if (state === 'waiting' || state === 'seen' || state === 'refused') return { state };
    const won = personId !== null && await this.database.write((manager) => changeRows(manager, DeskAsk, { codeHash, state: 'confirmed' }, { state: 'used' })) === 1;
    return won ? this.desk.admit({ personId, by: 'qr', mustChange: false }, device) : { state: 'expired' };
  }

  /** Looking takes the code up: nobody else's phone can answer it. */
  async look(caller: Caller, { code }: Given<typeof routes.lookAtDeskAsk>): Promise<Answer<typeof routes.lookAtDeskAsk>> {
    await this.mustUseDesk(caller);
    const codeHash = digest(code);
    const [ask, now] = [await this.database.read((manager) => rowWhere(manager, DeskAsk, { codeHash })), this.clock.now()];
    if (!ask || ask.expiresAt <= now) refuse('look_at_desk_ask', gone);
    const own = ask.state === 'seen' && ask.personId === caller.personId;
    if (!own && await this.database.write((manager) => changeRows(manager, DeskAsk, { codeHash, state: 'waiting' }, { state: 'seen', personId: caller.personId })) !== 1) refuse('look_at_desk_ask', gone);
    return { device: ask.device || '没有说明的浏览器', place: placeWords(ask.address), askedAt: ask.askedAt.toISOString(), seconds: Math.ceil((ask.expiresAt.getTime() - now.getTime()) / 1000) };
  }

  async answer(caller: Caller, { code, yes }: Given<typeof routes.answerDeskAsk>): Promise<Record<string, never>> {
    await this.mustUseDesk(caller);
    const codeHash = digest(code);
    await this.database.write(async (manager) => {
      const ask = await rowWhere(manager, DeskAsk, { codeHash, state: 'seen', personId: caller.personId });
      const open = ask && ask.expiresAt > this.clock.now() && await changeRows(manager, DeskAsk, { codeHash, state: 'seen', personId: caller.personId }, { state: yes ? 'confirmed' : 'refused' }) === 1;
      if (!open) refuse('answer_desk_ask', gone);
      await this.audit.record(caller, yes ? 'desk_ask.confirmed' : 'desk_ask.refused', null, { device: ask.device });
    });
    return {};
  }

  /** Only from the phone, and only for whoever has an account for the desk that is not shut, or a post that works there. */
  private async mustUseDesk(caller: Caller): Promise<void> {
    if (caller.surface !== 'phone') refuse('answer_desk_ask', '请用手机上的小程序确认');
    const standing = await this.queries.deskStanding(caller);
    if (standing === 'shut') refuse('answer_desk_ask', '您的电脑端账号已经停用。需要恢复的，请联系系统管理员');
    if (standing === 'none') refuse('answer_desk_ask', '您的职务在电脑端没有要办的事项，不用登录电脑端。应当在电脑上办事的，请联系市政协办公室');
  }

  /** The address of a browser is kept no longer than the code could be asked about. */
  private async sweep(): Promise<string> {
    const before = (days: number) => new Date(this.clock.now().getTime() - days * dayMs);
    const swept = await this.database.write(async (manager) => [
      await manager.delete(DeskAsk, { expiresAt: LessThan(before(0)) }), await manager.delete(BindTicket, { expiresAt: LessThan(before(1)) }), await manager.delete(Session, { expiresAt: LessThan(before(30)) }),
    ]);
    return `清理 ${swept.reduce((sum, { affected }) => sum + (affected ?? 0), 0)} 条`;
  }
}
