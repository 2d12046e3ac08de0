import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { CodeImageRequest, MediaCheckRequest, SchemeRequest, SubscribeSendRequest, TextCheckAnswer, TextCheckRequest } from '@lvzhi/wechat-fake';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { isTokenFault, WECHAT } from './wechat-codes.ts';
import { WechatTokens } from './wechat-token.ts';
import { callOnce, objectIn, told, WechatRefused, WechatUnavailable } from './wechat-wire.ts';

/** `not_checked`: WeChat could not say, for instance because the person has not been here for two hours; asked again at their next sign-in. */
type Verdict = TextCheckAnswer['result']['suggest'] | 'not_checked';

const mostBusy = 3;
/** What one check takes, and how much neighbouring parts share, so that no word is cut in two unseen. */
const [checkedAtOnce, shared] = [2_500, 50];
const weight: Record<Verdict, number> = { pass: 0, not_checked: 1, review: 2, risky: 3 };

/** api.weixin.qq.com. Every call ends within five seconds. */
@Injectable()
export class Wechat {
  /** How long an answer is waited for. */
  timeoutMs = 5_000;
  /** How a pause between tries is made; a test makes none. */
  wait: (ms: number) => Promise<unknown> = (ms) => pause(ms, undefined, { ref: false });
  constructor(@Inject(CONFIG) private readonly config: Config, @Inject(WechatTokens) private readonly tokens: WechatTokens) {}

  /** @throws WechatRefused 40029 unknown or old code, 40163 used, 45011 too many, 40226 blocked */
  async openidOf(code: string): Promise<string> {
    const { appid, secret, base } = this.config.wechat;
    const query = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' });
    return told(objectIn((await callOnce(`${base}/sns/jscode2session?${query.toString()}`, undefined, this.timeoutMs)).bytes)['openid']);
  }

  /** The number behind the button's own code, which must belong to the same openid. @throws WechatRefused 40029 */
  async phoneOf(code: string, openid: string): Promise<string> {
    const { phone_info: phone } = await this.ask('/wxa/business/getuserphonenumber', { code, openid });
    return told((phone as { purePhoneNumber?: unknown } | null | undefined)?.purePhoneNumber);
  }

  /** One subscription message; answers WeChat's number of it. Outside the request path only. @throws WechatRefused, WechatUnavailable */
  async sendMessage(message: SubscribeSendRequest): Promise<string> {
    const { msgid } = await this.patiently('/cgi-bin/message/subscribe/send', message);
    return typeof msgid === 'string' || typeof msgid === 'number' ? String(msgid) : '';
  }

  /** An advice, never a refusal: what members report is political by nature. Longer texts are asked in parts, the worst verdict counts. */
  async checkText(openid: string, text: string): Promise<Verdict> {
    const characters = Array.from(text);
    let worst: Verdict = 'pass';
    for (let from = 0; from === 0 || from + shared < characters.length; from += checkedAtOnce - shared) {
      const verdict = await this.checkPart(openid, characters.slice(from, from + checkedAtOnce).join(''));
      if (weight[verdict] > weight[worst]) worst = verdict;
    }
    return worst;
  }

  /** Asks for a verdict that is pushed later under the number that this answers. `url` must be reachable from outside. */
  async checkPicture(openid: string, url: string): Promise<string> {
    const asked: MediaCheckRequest = { media_url: url, media_type: 2, version: 2, openid, scene: 1 };
    return told((await this.patiently('/wxa/media_check_async', asked))['trace_id']);
  }

  /** The picture of a mini-program code. @throws WechatRefused 40169 longer than 32, 40129 odd characters, 41030 page not published */
  async codeImage(asked: CodeImageRequest): Promise<Buffer> {
    return this.withToken(async (token) => {
      const { type, bytes } = await callOnce(this.address('/wxa/getwxacodeunlimit', token), asked, this.timeoutMs);
      // A refusal comes as JSON under the same status.
      if (!type.startsWith('image/') || bytes.at(0) === 0x7b) { objectIn(bytes); throw new WechatUnavailable('no picture'); }
      return bytes;
    });
  }

  /** A link for one person, good for at most 30 days. @throws WechatRefused */
  async linkFor(path: string, query: string, days: number): Promise<string> {
    const asked: SchemeRequest = { jump_wxa: { path, query }, expire_type: 1, expire_interval: days };
    return told((await this.ask('/wxa/generatescheme', asked))['openlink']);
  }

  private async checkPart(openid: string, content: string): Promise<Verdict> {
    if (content === '') return 'pass';
    const asked: TextCheckRequest = { version: 2, openid, scene: 3, content };
    try {
      const { result } = await this.patiently('/wxa/msg_sec_check', asked);
      const verdict = (result as { suggest?: unknown } | undefined)?.suggest;
      return verdict === 'risky' || verdict === 'review' ? verdict : 'pass';
    } catch (error) {
      if (error instanceof WechatUnavailable || (error instanceof WechatRefused && error.errcode === WECHAT.notSeen)) return 'not_checked';
      throw error;
    }
  }

  /** WeChat says it is busy (-1): again after 1, 2 and 4 seconds and some chance, then given up; it has done nothing. */
  private async patiently(path: string, body: object): Promise<Record<string, unknown>> {
    for (let turn = 0; ; turn += 1) {
      try { return await this.ask(path, body); } catch (error) {
        if (!(error instanceof WechatRefused) || error.errcode !== WECHAT.busy) throw error;
        if (turn === mostBusy) throw new WechatUnavailable('busy');
        await this.wait(1000 * 2 ** turn + randomInt(250));
      }
    }
  }

  private ask(path: string, body: object): Promise<Record<string, unknown>> {
    return this.withToken(async (token) => objectIn((await callOnce(this.address(path, token), body, this.timeoutMs)).bytes));
  }

  private address(path: string, token: string): string { return `${this.config.wechat.base}${path}?access_token=${encodeURIComponent(token)}`; }

  /** One retry with a fresh token when ours was dead; a second refusal is somebody's to look at. Never a forced refresh. */
  private async withToken<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.tokens.current();
    try { return await work(token); } catch (error) {
      if (!(error instanceof WechatRefused) || !isTokenFault(error.errcode)) throw error;
      await this.tokens.drop(token);
      return work(await this.tokens.current());
    }
  }
}
