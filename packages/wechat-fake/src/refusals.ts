import { ERRCODE } from './contract.ts';
import type { Errcode, WechatRefusal } from './contract.ts';
import type { Dice } from './dice.ts';

/** WeChat's own words; they may change any day, so nobody may decide by them. */
const TEXT: Record<Errcode, string> = {
  [ERRCODE.busy]: 'system error',
  [ERRCODE.ok]: 'ok',
  [ERRCODE.tokenNotLatest]: 'invalid credential, access_token is invalid or not latest',
  [ERRCODE.wrongGrantType]: 'invalid grant_type',
  [ERRCODE.wrongOpenid]: 'invalid openid',
  [ERRCODE.wrongAppid]: 'invalid appid',
  [ERRCODE.tokenMalformed]: 'invalid access_token',
  [ERRCODE.invalidCode]: 'invalid code',
  [ERRCODE.wrongTemplate]: 'invalid template_id',
  [ERRCODE.wrongSecret]: 'invalid appsecret',
  [ERRCODE.badScene]: 'invalid scene',
  [ERRCODE.codeUsed]: 'code been used',
  [ERRCODE.ipNotListed]: 'invalid ip',
  [ERRCODE.badPath]: 'invalid weapp pagepath',
  [ERRCODE.sceneTooLong]: 'invalid length for scene, or the data is not json string',
  [ERRCODE.badQuery]: 'invalid query',
  [ERRCODE.userBlocked]: 'code blocked',
  [ERRCODE.tokenMissing]: 'access_token missing',
  [ERRCODE.appidMissing]: 'appid missing',
  [ERRCODE.secretMissing]: 'appsecret missing',
  [ERRCODE.codeMissing]: 'missing code',
  [ERRCODE.unknownPage]: 'invalid page',
  [ERRCODE.tokenExpired]: 'access_token expired',
  [ERRCODE.getRequired]: 'require GET method',
  [ERRCODE.postRequired]: 'require POST method',
  [ERRCODE.refused]: 'user refuse to accept the msg',
  [ERRCODE.emptyBody]: 'empty post data',
  [ERRCODE.tooLarge]: 'content size out of limit',
  [ERRCODE.dayQuota]: 'reach max api daily quota limit',
  [ERRCODE.minuteQuota]: 'api minute-quota reach limit, must slower, retry next minute',
  [ERRCODE.badJson]: 'data format error',
  [ERRCODE.badField]: 'argument invalid!',
  [ERRCODE.notSeen]: 'code is expired',
  [ERRCODE.tooFar]: 'expire time invalid',
};

/** Makes the refusals' bodies, each with a rid of its own. */
export class Refusals {
  readonly #now: () => number;
  readonly #dice: Dice;

  constructor(now: () => number, dice: Dice) {
    this.#now = now;
    this.#dice = dice;
  }

  /** `text` replaces WeChat's usual words; the rid is added to either. */
  body(errcode: number, text?: string): WechatRefusal {
    const words = text ?? (TEXT as Record<number, string>)[errcode] ?? 'unknown error';
    return { errcode, errmsg: `${words} rid: ${this.#rid()}` };
  }

  /** The older form in which code2Session refuses a code. */
  codeBody(errcode: number): WechatRefusal {
    const words = (TEXT as Record<number, string>)[errcode] ?? 'unknown error';
    return { errcode, errmsg: `${words}, hints: [ req_id: ${this.#dice.word(6)}-${this.#dice.word(6)} ] rid: ${this.#rid()}` };
  }

  #rid(): string {
    const seconds = Math.floor(this.#now() / 1000).toString(16).padStart(8, '0');
    return `${seconds}-${this.#dice.hex(8)}-${this.#dice.hex(8)}`;
  }
}
