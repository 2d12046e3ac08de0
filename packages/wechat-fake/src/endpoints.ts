import { ERRCODE, WECHAT_PATHS } from './contract.ts';
import type { Code2SessionAnswer, PhoneNumberAnswer, StableTokenAnswer } from './contract.ts';
import { checkMedia, checkText, codeImage, makeScheme, sendMessage } from './message-endpoints.ts';
import type { Platform } from './platform.ts';
import { hasNeedlessEscape, jsonObject } from './wire.ts';

export interface Call {
  method: string;
  query: URLSearchParams;
  /** null when it was larger than 1 MB. */
  body: Buffer | null;
  ip: string;
}

/** What WeChat decided; `body` is what it says on the wire, where success may carry no errcode. */
export interface Verdict {
  errcode: number;
  body: object;
  /** A picture in place of the body. */
  bytes?: Buffer;
}

export interface Endpoint {
  contentType: string;
  /** The user the call is about, told before it takes effect; null where nothing tells. */
  openidOf(platform: Platform, call: Call): string | null;
  /** Decides the call and makes its effect, in one go: two calls never interleave. */
  decide(platform: Platform, call: Call): Verdict;
}

/** The answers of /sns/ are labelled plain text, all others JSON: callers must not choose by the label. */
const PLAIN = 'text/plain';
const JSON_TYPE = 'application/json; encoding=utf-8';

/** The endpoints the stand-in has. A path that is not here is answered with 404. */
export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  [WECHAT_PATHS.code2Session, { contentType: PLAIN, openidOf: openidOfLogin, decide: code2Session }],
  [WECHAT_PATHS.stableToken, { contentType: JSON_TYPE, openidOf: () => null, decide: stableToken }],
  [WECHAT_PATHS.phoneNumber, { contentType: JSON_TYPE, openidOf: openidOfPhone, decide: phoneNumber }],
  [WECHAT_PATHS.subscribeSend, withToken('touser', sendMessage)],
  [WECHAT_PATHS.textCheck, withToken('openid', checkText)],
  [WECHAT_PATHS.mediaCheck, withToken('openid', checkMedia)],
  [WECHAT_PATHS.codeImage, withToken(null, codeImage)],
  [WECHAT_PATHS.scheme, withToken(null, makeScheme)],
]);

/** An endpoint for POST with an access token and a JSON object. @param about which field names the user */
function withToken(about: string | null, decide: (platform: Platform, call: Call, input: Record<string, unknown>) => Verdict): Endpoint {
  return {
    contentType: JSON_TYPE,
    openidOf: (_, call) => {
      const input = about === null ? ERRCODE.ok : readJson(call);
      const value = about === null || typeof input === 'number' ? null : input[about];
      return typeof value === 'string' ? value : null;
    },
    decide: (platform, call) => {
      if (call.method !== 'POST') return refuse(platform, ERRCODE.postRequired);
      const standing = platform.tokens.verdict(call.query.get('access_token'));
      if (standing !== ERRCODE.ok) return refuse(platform, standing);
      const input = readJson(call);
      return typeof input === 'number' ? refuse(platform, input) : decide(platform, call, input);
    },
  };
}

function refuse(platform: Platform, errcode: number, text?: string): Verdict {
  return { errcode, body: platform.refusals.body(errcode, text) };
}

function openidOfLogin(platform: Platform, call: Call): string | null {
  return platform.codes.ownerOf(call.query.get('js_code') ?? '');
}

function code2Session(platform: Platform, { method, query }: Call): Verdict {
  const { appid, secret } = platform.options;
  const code = query.get('js_code');
  if (method !== 'GET') return refuse(platform, ERRCODE.getRequired);
  if (!query.get('appid')) return refuse(platform, ERRCODE.appidMissing);
  if (!query.get('secret')) return refuse(platform, ERRCODE.secretMissing);
  if (!code) return refuse(platform, ERRCODE.codeMissing);
  if (query.get('grant_type') !== 'authorization_code') return refuse(platform, ERRCODE.wrongGrantType);
  if (query.get('appid') !== appid) return refuse(platform, ERRCODE.wrongAppid);
  if (query.get('secret') !== secret) return refuse(platform, ERRCODE.wrongSecret);
  const owner = platform.codes.ownerOf(code);
  if (owner !== null && !platform.quotas.take('userPerMinute', `login ${owner}`)) return refuse(platform, ERRCODE.minuteQuota);
  const openid = platform.codes.redeem('login', code, appid);
  if (typeof openid === 'number') return { errcode: openid, body: platform.refusals.codeBody(openid) };
  const session_key = Buffer.from(platform.dice.hex(32), 'hex').toString('base64');
  return { errcode: ERRCODE.ok, body: { session_key, openid } satisfies Code2SessionAnswer };
}

function stableToken(platform: Platform, call: Call): Verdict {
  const { options, quotas, tokens } = platform;
  if (call.method !== 'POST') return refuse(platform, ERRCODE.postRequired);
  const input = readJson(call);
  if (typeof input === 'number') return refuse(platform, input);
  if (input['grant_type'] !== 'client_credential') return refuse(platform, ERRCODE.wrongGrantType);
  if (isBlank(input['appid'])) return refuse(platform, ERRCODE.appidMissing);
  if (isBlank(input['secret'])) return refuse(platform, ERRCODE.secretMissing);
  const force = input['force_refresh'] ?? false;
  if (typeof force !== 'boolean') return refuse(platform, ERRCODE.badJson);
  if (input['appid'] !== options.appid) return refuse(platform, ERRCODE.wrongAppid);
  if (input['secret'] !== options.secret) return refuse(platform, ERRCODE.wrongSecret);
  const listed = quotas.limits.ipWhitelist;
  if (listed !== null && !listed.includes(call.ip)) {
    return refuse(platform, ERRCODE.ipNotListed, `invalid ip ${call.ip} ipv6 ${call.ip.includes(':') ? call.ip : `::ffff:${call.ip}`}, not in whitelist`);
  }
  if (!quotas.take('tokenPerMinute')) return refuse(platform, ERRCODE.minuteQuota);
  if (!quotas.take('tokenPerDay')) return refuse(platform, ERRCODE.dayQuota);
  const token = force ? tokens.forced() : tokens.stable();
  if (typeof token === 'number') return refuse(platform, token);
  const expires_in = Math.floor((token.expiresAt - options.now()) / 1000);
  return { errcode: ERRCODE.ok, body: { access_token: token.value, expires_in } satisfies StableTokenAnswer };
}

function openidOfPhone(platform: Platform, call: Call): string | null {
  const input = readJson(call);
  const code = typeof input === 'number' ? null : input['code'];
  return typeof code === 'string' ? platform.codes.ownerOf(code) : null;
}

function phoneNumber(platform: Platform, call: Call): Verdict {
  const { appid } = platform.options;
  if (call.method !== 'POST') return refuse(platform, ERRCODE.postRequired);
  const standing = platform.tokens.verdict(call.query.get('access_token'));
  if (standing !== ERRCODE.ok) return refuse(platform, standing);
  const input = readJson(call);
  if (typeof input === 'number') return refuse(platform, input);
  const { code, openid } = input;
  if (isBlank(code)) return refuse(platform, ERRCODE.invalidCode);
  if (typeof code !== 'string' || (openid !== undefined && typeof openid !== 'string')) return refuse(platform, ERRCODE.badJson);
  const owner = platform.codes.ownerOf(code);
  if (owner !== null && !platform.quotas.take('userPerMinute', `phone ${owner}`)) return refuse(platform, ERRCODE.minuteQuota);
  const redeemed = platform.codes.redeem('phone', code, appid, openid);
  if (typeof redeemed === 'number') return refuse(platform, redeemed);
  const phone = platform.users.get(redeemed)?.phone;
  if (phone === undefined) return refuse(platform, ERRCODE.invalidCode);
  return { errcode: ERRCODE.ok, body: phoneAnswer(phone, appid, platform.options.now()) };
}

function phoneAnswer(phone: string, appid: string, now: number): PhoneNumberAnswer {
  const watermark = { timestamp: Math.floor(now / 1000), appid };
  return { errcode: 0, errmsg: 'ok', phone_info: { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark } };
}

/** The body's JSON object, or the errcode with which WeChat refuses the body. */
function readJson({ body }: Call): Record<string, unknown> | number {
  if (body === null) return ERRCODE.tooLarge;
  const value = jsonObject(body);
  return value === null || hasNeedlessEscape(body.toString('utf8')) ? ERRCODE.badJson : value;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
