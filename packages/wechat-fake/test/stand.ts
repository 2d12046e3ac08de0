import { createFake, listen, WECHAT_PATHS } from '../src/index.ts';
import type { FakeCall, FakeOptions, FakeUser, WechatFake } from '../src/index.ts';

export const APPID = 'wx0123456789abcdef';
export const SECRET = '0123456789abcdef0123456789abcdef';
export const OPENID = 'oZhengHaiPing000000000000001';
export const MINUTE = 60_000;

/** 2022-07-21 09:40 in Shanghai. */
const START = Date.UTC(2022, 6, 21, 1, 40);

type Json = Record<string, unknown>;
export interface Heard { status: number; type: string; text: string; json: Json }

/** A stand-in served over real HTTP, with a clock the test moves by hand. */
export interface Stand {
  fake: WechatFake;
  url: string;
  /** Epoch ms. */
  now(): number;
  pass(ms: number): void;
  standAt(ms: number): void;
  calls(): readonly FakeCall[];
  get(path: string, query?: Record<string, string>, signal?: AbortSignal): Promise<Heard>;
  post(path: string, body: unknown, query?: Record<string, string>): Promise<Heard>;
  control(name: string, body?: Json, method?: string): Promise<Heard>;
  loginCode(openid?: string, appid?: string): Promise<string>;
  phoneCode(openid?: string, appid?: string): Promise<string>;
  session(jsCode: string, changes?: Record<string, string>): Promise<Heard>;
  tokenAnswer(changes?: Json): Promise<Heard>;
  token(changes?: Json): Promise<string>;
  phone(token: string, body: Json): Promise<Heard>;
  close(): Promise<void>;
}

export const member: FakeUser = { openid: OPENID, phone: '13800001234', name: '郑海平', note: '社会科学界 · 委员', group: '社会科学界' };

async function hear(answer: Response): Promise<Heard> {
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, text, json: text.startsWith('{') ? (JSON.parse(text) as Json) : {} };
}

export async function openStand(more: Partial<FakeOptions> = {}): Promise<Stand> {
  let now = START;
  const fake = createFake({ now: () => now, appid: APPID, secret: SECRET, seed: 7, ...more });
  fake.addUser(member);
  const { url, close } = await listen(fake);
  const get: Stand['get'] = async (path, query = {}, signal) => {
    const search = new URLSearchParams(query);
    return hear(await fetch(`${url}${path}?${search}`, signal ? { signal } : {}));
  };
  const post: Stand['post'] = async (path, body, query = {}) =>
    hear(await fetch(`${url}${path}?${new URLSearchParams(query)}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }));
  const control: Stand['control'] = async (name, body, method = 'POST') =>
    hear(await fetch(`${url}/__fake/${name}`, body === undefined ? { method } : { method, body: JSON.stringify(body) }));
  const codeFrom = async (name: string, openid: string, appid: string) => String((await control(name, { openid, appid })).json['code']);
  const tokenAnswer: Stand['tokenAnswer'] = (changes = {}) =>
    post(WECHAT_PATHS.stableToken, { grant_type: 'client_credential', appid: APPID, secret: SECRET, ...changes });
  return {
    fake, url, get, post, control, close, tokenAnswer,
    now: () => now,
    pass: (ms) => { now += ms; },
    standAt: (ms) => { now = ms; },
    calls: () => fake.log(),
    loginCode: (openid = OPENID, appid = APPID) => codeFrom('login', openid, appid),
    phoneCode: (openid = OPENID, appid = APPID) => codeFrom('phone-code', openid, appid),
    session: (jsCode, changes = {}) =>
      get(WECHAT_PATHS.code2Session, { appid: APPID, secret: SECRET, js_code: jsCode, grant_type: 'authorization_code', ...changes }),
    token: async (changes = {}) => String((await tokenAnswer(changes)).json['access_token']),
    phone: (token, body) => post(WECHAT_PATHS.phoneNumber, body, { access_token: token }),
  };
}
