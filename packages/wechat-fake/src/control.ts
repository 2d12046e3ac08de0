import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadInput, faultOf, optionalCount, optionalText, optionalTexts, requiredCount, requiredText } from './control-input.ts';
import { MESSAGE_ACTIONS } from './control-messages.ts';
import { phonePage, phonePageHeaders } from './phone-page.ts';
import { resetPlatform } from './platform.ts';
import type { Platform } from './platform.ts';
import type { CountedLimit, Limits } from './quotas.ts';
import { maskedPhone } from './users.ts';
import type { FakeUser } from './users.ts';
import { plainAddress } from './wechat-calls.ts';
import { jsonObject, readBody, send, sendJson } from './wire.ts';

type Input = Record<string, unknown>;
type Action = (platform: Platform, input: Input) => object;

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GET users', (platform) => ({ users: platform.users.all().map(publicUser) })],
  ['POST users', addUser],
  ['POST login', (platform, input) => ({ code: issueCode(platform, 'login', input) })],
  ['POST phone-code', (platform, input) => ({ code: issueCode(platform, 'phone', input) })],
  ['POST kill-token', killToken],
  ['GET faults', (platform) => ({ faults: platform.faults.all() })],
  ['POST faults', addFault],
  ['DELETE faults', dropFaults],
  ['POST limits', setLimits],
  ['POST latency', setLatency],
  ['GET log', (platform) => ({ calls: platform.calls.all() })],
  ['GET state', state],
  ['POST reset', reset],
  ...MESSAGE_ACTIONS,
]);

/**
 * Answers the control API and the demonstration page. Bodies are JSON objects, an empty body is an empty object; a body
 * that makes no sense is answered with 400 and `{message}`. Only this machine may call: the API hands out anyone's sign-in.
 */
export async function serveControl(platform: Platform, request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
  const read = await readBody(request);
  if (read.kind === 'aborted') return;
  const address = plainAddress(request.socket.remoteAddress);
  if (!address.startsWith('127.') && address !== '::1') return sendJson(response, 403, { message: '微信替身的控制接口只接受本机访问。' });
  const method = request.method ?? 'GET';
  if (method === 'GET' && name === 'phone') return send(response, 200, 'text/html; charset=utf-8', phonePage(platform.users.all()), phonePageHeaders);
  const action = `${method} ${name}` === 'POST clock' && platform.options.advance ? moveClock(platform.options.advance) : ACTIONS.get(`${method} ${name}`);
  if (action === undefined) return sendJson(response, 404, { message: `微信替身没有这个控制接口：${method} ${name}` });
  try {
    sendJson(response, 200, action(platform, inputOf(read.bytes)));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    sendJson(response, 400, { message: error.message });
  }
}

function inputOf(bytes: Buffer | null): Input {
  if (bytes === null) throw new BadInput('内容超过 1 MB，请减少后再试。');
  if (bytes.length === 0) return {};
  const input = jsonObject(bytes);
  if (input === null) throw new BadInput('内容要写成一个 JSON 对象。');
  return input;
}

function publicUser({ openid, phone, name, note, group }: FakeUser): object {
  return { openid, name, note, group, phone: phone === undefined ? undefined : maskedPhone(phone) };
}

/** `{newcomer: true}` makes a user nobody has on a list; otherwise the fields are those of FakeUser, openid optional. */
function addUser({ users }: Platform, input: Input): object {
  if (input['newcomer'] === true) return { openid: users.addNewcomer().openid };
  const user: FakeUser = { openid: optionalText(input, 'openid') ?? users.newOpenid() };
  const phone = optionalText(input, 'phone');
  if (phone !== undefined && !/^\d{5,15}$/.test(phone)) throw new BadInput('phone 要写成 5 到 15 位数字。');
  if (phone !== undefined) user.phone = phone;
  for (const key of ['name', 'note', 'group'] as const) {
    const value = optionalText(input, key);
    if (value !== undefined) user[key] = value;
  }
  users.add(user, true);
  return { openid: user.openid };
}

/** `{openid, appid?}`; a foreign appid makes a code of another mini-program. */
function issueCode(platform: Platform, kind: 'login' | 'phone', input: Input): string {
  const openid = requiredText(input, 'openid');
  const user = platform.users.get(openid);
  if (user === null) throw new BadInput('没有这个微信用户，请先在“微信替身”页上选一个人。');
  if (kind === 'phone' && user.phone === undefined) throw new BadInput('这个微信用户没有绑定手机号，请换一个人再试。');
  if (kind === 'login') platform.seenAt.set(openid, platform.options.now());
  return platform.codes.issue(kind, openid, optionalText(input, 'appid') ?? platform.options.appid);
}

function killToken(platform: Platform): object {
  platform.tokens.killAll();
  return {};
}

function addFault(platform: Platform, input: Input): object {
  platform.faults.set(faultOf(input));
  return {};
}

function dropFaults(platform: Platform): object {
  platform.faults.reset();
  return {};
}

const COUNTED: readonly CountedLimit[] = ['userPerMinute', 'tokenPerMinute', 'tokenPerDay', 'forceRefreshPerDay', 'sendPerDay'];

/** Changes the limits named in the body and leaves the others. */
function setLimits({ quotas }: Platform, input: Input): object {
  const limits: Limits = { ...quotas.limits };
  for (const key of COUNTED) limits[key] = optionalCount(input, key) ?? limits[key];
  const listed = optionalTexts(input, 'ipWhitelist');
  if (listed !== undefined) limits.ipWhitelist = listed;
  quotas.limits = limits;
  return limits;
}

/** `{p50, p99}` in ms; p50 = 0 switches the latency off. */
function setLatency(platform: Platform, input: Input): object {
  const p50 = requiredCount(input, 'p50');
  const p99 = requiredCount(input, 'p99', p50);
  platform.latency = { p50, p99 };
  return platform.latency;
}

function moveClock(advance: (ms: number) => void): Action {
  return (platform, input) => {
    advance(requiredCount(input, 'advanceMs', 1));
    platform.pushes.flush();
    return { nowIso: nowIso(platform) };
  };
}

function nowIso({ options }: Platform): string {
  return new Date(options.now()).toISOString();
}

function state(platform: Platform): object {
  const { options, users, codes, tokens, quotas, latency, faults, calls } = platform;
  const tokenEnd = tokens.currentEnd();
  return {
    nowIso: nowIso(platform),
    appid: options.appid,
    users: users.all().length,
    liveCodes: codes.live(),
    tokenEndsIso: tokenEnd === null ? null : new Date(tokenEnd).toISOString(),
    limits: quotas.limits,
    latency,
    faults: faults.all().length,
    calls: calls.all().length,
    messages: platform.mailbox.all().length,
    clockMoves: options.advance !== undefined,
  };
}

function reset(platform: Platform): object {
  resetPlatform(platform);
  return {};
}
