/**
 * What api.weixin.qq.com says on the wire: addresses, codes and the three endpoints the sign-in uses (messages and checks:
 * contract-messages.ts). The stand-in answers by these types and the server's client reads by them, so a drift between the two does not compile.
 * Every answer comes with HTTP 200: read `errcode`, and take a missing one as 0.
 */

export const WECHAT_PATHS = {
  /** GET: a wx.login code for the openid. */
  code2Session: '/sns/jscode2session',
  /** POST: the access token, the same one for every caller until its last five minutes. */
  stableToken: '/cgi-bin/stable_token',
  /** POST: a phone-button code for the telephone number. */
  phoneNumber: '/wxa/business/getuserphonenumber',
  /** POST: one subscription message to one user. */
  subscribeSend: '/cgi-bin/message/subscribe/send',
  /** POST: is this text fit to be shown to others. */
  textCheck: '/wxa/msg_sec_check',
  /** POST: the same for a picture or a recording; the verdict comes later as a pushed event. */
  mediaCheck: '/wxa/media_check_async',
  /** POST: the picture of a mini-program code; a refusal comes as JSON. */
  codeImage: '/wxa/getwxacodeunlimit',
  /** POST: a link that opens the mini-program for one user. */
  scheme: '/wxa/generatescheme',
} as const;

export const ERRCODE = {
  /** WeChat is busy: try again after a pause. */
  busy: -1,
  ok: 0,
  /** The access token is not the latest one: fetch it again and retry once. */
  tokenNotLatest: 40001,
  /** `grant_type` is not the one the endpoint wants. */
  wrongGrantType: 40002,
  /** `touser` is nobody this mini-program knows. */
  wrongOpenid: 40003,
  /** No such mini-program. */
  wrongAppid: 40013,
  /** The access token does not even have a token's form. */
  tokenMalformed: 40014,
  /** The code is unknown, older than five minutes, of another mini-program, or of the other kind. */
  invalidCode: 40029,
  /** No such message template in this mini-program. */
  wrongTemplate: 40037,
  /** The secret does not belong to the appid. */
  wrongSecret: 40125,
  /** A `scene` the endpoint does not know, or with characters that do not fit into a code. */
  badScene: 40129,
  /** The wx.login code was redeemed before. */
  codeUsed: 40163,
  /** The caller's address is not on the mini-program's list; the text names the address. */
  ipNotListed: 40164,
  /** The page of a link is none of the published ones. */
  badPath: 40165,
  /** The `scene` of a code is longer than 32 characters. */
  sceneTooLong: 40169,
  /** The query of a link is too long. */
  badQuery: 40212,
  /** The user is rated high-risk: WeChat refuses to sign them in. */
  userBlocked: 40226,
  /** `access_token` is missing from the query. */
  tokenMissing: 41001,
  appidMissing: 41002,
  secretMissing: 41004,
  codeMissing: 41008,
  /** The page is not one of the published ones. */
  unknownPage: 41030,
  /** The access token is older than its two hours: fetch it again and retry once. */
  tokenExpired: 42001,
  getRequired: 43001,
  postRequired: 43002,
  /** The user refused, has no message left, or has switched them off: not told apart. */
  refused: 43101,
  emptyBody: 44002,
  /** The body is larger than WeChat takes. */
  tooLarge: 45002,
  /** The day's quota is used up: come back tomorrow. */
  dayQuota: 45009,
  /** The minute's quota is used up: come back next minute. */
  minuteQuota: 45011,
  /** The body is not the plain UTF-8 JSON object the endpoint wants. */
  badJson: 47001,
  /** A field of the message breaks its rule; the text names it and is cut off at 48 characters. */
  badField: 47003,
  /** This user has not opened the mini-program within two hours. */
  notSeen: 61010,
  /** The link shall live longer than 30 days. */
  tooFar: 85401,
} as const;

export type Errcode = (typeof ERRCODE)[keyof typeof ERRCODE];

/** Any refusal. Decide by `errcode` alone; `errmsg` ends in a rid (`rid: 8hex-8hex-8hex`) worth storing for WeChat's support. */
export interface WechatRefusal {
  errcode: number;
  errmsg: string;
}

export interface Code2SessionQuery {
  appid: string;
  secret: string;
  /** From wx.login; good for one call within five minutes. */
  js_code: string;
  grant_type: 'authorization_code';
}

/** Success carries no `errcode` at all. */
export interface Code2SessionAnswer {
  openid: string;
  session_key: string;
  unionid?: string;
}

export interface StableTokenRequest {
  grant_type: 'client_credential';
  appid: string;
  secret: string;
  /** Kills the current token at once. 20 a day, 30 s apart; never for ordinary work. */
  force_refresh?: boolean;
}

/** Success carries no `errcode` at all. */
export interface StableTokenAnswer {
  access_token: string;
  /** Seconds, 300 to 7200. */
  expires_in: number;
}

export interface PhoneNumberQuery {
  access_token: string;
}

export interface PhoneNumberRequest {
  /** From the phone button's event; not a wx.login code. */
  code: string;
  /** When given, WeChat checks that the code was made by this user. */
  openid?: string;
}

export interface PhoneNumberAnswer {
  errcode: 0;
  errmsg: 'ok';
  phone_info: {
    phoneNumber: string;
    purePhoneNumber: string;
    countryCode: string;
    /** `timestamp` in epoch seconds. */
    watermark: { timestamp: number; appid: string };
  };
}
