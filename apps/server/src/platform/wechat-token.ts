import { Inject, Injectable } from '@nestjs/common';
import type { StableTokenRequest } from '@lvzhi/wechat-fake';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Clock } from './clock.ts';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { Database } from './database.ts';
import { digest } from './ids.ts';
import { changeRows, rowWhere } from './rows.ts';
import { Seals } from './seals.ts';
import { callOnce, objectIn, told } from './wechat-wire.ts';

/** The access token that all instances share. Replaced whole, never blanked: while a new one is fetched nobody stands without (facts §3.2). */
@Entity('wechat_tokens')
export class WechatToken {
  @PrimaryColumn({ type: 'varchar', length: 40 }) appid: string;
  @Column({ name: 'token_sealed', type: 'text' }) tokenSealed: string;
  @Column({ name: 'token_hash', type: 'varchar', length: 64 }) tokenHash: string;
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 }) expiresAt: Date;
}

/** A token is good until so long before its end, as WeChat counts it. */
const marginMs = 300_000;

/** stable_token: the same one for everybody who asks, so that instances do not end each other's (facts §1.7). */
@Injectable()
export class WechatTokens {
  private held: { readonly value: string; readonly until: number } | undefined;
  private fetching: Promise<string> | undefined;
  constructor(@Inject(CONFIG) private readonly config: Config, @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Seals) private readonly seals: Seals) {}

  /** The token to use now. One fetch at a time in this process; what another instance has fetched is taken first. @throws WechatUnavailable, WechatRefused */
  current(): Promise<string> {
    if (this.held && this.clock.now().getTime() < this.held.until) return Promise.resolve(this.held.value);
    this.fetching ??= this.find().finally(() => { this.fetching = undefined; });
    return this.fetching;
  }

  /** WeChat has refused this one: forgotten here and for all, unless somebody has replaced it meanwhile. */
  async drop(used: string): Promise<void> {
    if (this.held?.value === used) this.held = undefined;
    await this.database.write((manager) => changeRows(manager, WechatToken, { appid: this.config.wechat.appid, tokenHash: digest(used) }, { expiresAt: new Date(0) }));
  }

  private async find(): Promise<string> {
    const { appid } = this.config.wechat;
    const row = await this.database.read((manager) => rowWhere(manager, WechatToken, { appid }));
    const until = row && row.expiresAt.getTime() - marginMs;
    if (row && until !== undefined && until > this.clock.now().getTime()) {
      const value = this.seals.unseal(row.tokenSealed);
      this.held = { value, until };
      return value;
    }
    return this.fetch();
  }

  private async fetch(): Promise<string> {
    const { appid, secret, base } = this.config.wechat;
    const asked: StableTokenRequest = { grant_type: 'client_credential', appid, secret };
    const answer = objectIn((await callOnce(`${base}/cgi-bin/stable_token`, asked, 5_000)).bytes);
    const value = told(answer['access_token']);
    const end = this.clock.now().getTime() + (Number(answer['expires_in']) || 0) * 1000;
    this.held = { value, until: end - marginMs };
    const row = { appid, tokenSealed: this.seals.seal(value), tokenHash: digest(value), expiresAt: new Date(end) };
    await this.database.write((manager) => manager.upsert(WechatToken, row, ['appid']));
    return value;
  }
}
