import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clientOf, routes } from '@lvzhi/contracts';
import type { Client, Refusal } from '@lvzhi/contracts';
import { createFake, listen, SMS_ACCOUNT } from '@lvzhi/wechat-fake';
import type { WechatFake } from '@lvzhi/wechat-fake';
import { DataSource } from 'typeorm';
import { createApp } from '../src/app.ts';
import { Clock } from '../src/platform/clock.ts';
import { demoPush } from '../src/platform/config.ts';
import type { Config } from '../src/platform/config.ts';
import { Database } from '../src/platform/database.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { callingAt } from './calling.ts';
import { sweptDatabase } from './own-database.ts';
import { mustKeepToContract } from './strictly.ts';

export type Api = Client<typeof routes>;
export class RefusedByServer extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) { super(`${status} ${JSON.stringify(refusal)}`); this.status = status; this.refusal = refusal; }
}

/** A Thursday morning in the term: work day, office open. */
const morning = new Date('2022-07-21T01:40:00.000Z');
const root = resolve(import.meta.dirname, '../../..');

/** The clock of a test: stands still until it is told to go on. */
class TestClock extends Clock {
  private at = morning.getTime();
  constructor() { super(true, () => 0); }
  override now(): Date { return new Date(this.at); }
  override world(): Date { return this.now(); }
  override shift(ms: number): void { this.at += ms; }
  private before: number | undefined;
  override pin(at: Date | undefined): void {
    this.before ??= this.at;
    this.at = at?.getTime() ?? this.before;
  }
  set(at: string): void { this.at = new Date(at).getTime(); }
}

export interface Asked { readonly status: number; readonly headers: Headers; readonly text: string; readonly said: Refusal & Record<string, unknown> }
/** What a request by hand may carry beside its body. */
interface By { readonly token?: string; readonly headers?: Record<string, string> }

export interface Serving {
  readonly url: string; readonly app: Awaited<ReturnType<typeof createApp>>; readonly database: Database; readonly source: DataSource; readonly clock: TestClock; readonly config: Config; readonly wechat: WechatFake; /** Where the stand-in's control API answers. */ readonly standUrl: string;
  /** A typed client for this person; a session is opened for them without the way through WeChat. */
  as(personId: string, surface?: 'phone' | 'desk'): Promise<Api>;
  tokenOf(personId: string, surface?: 'phone' | 'desk'): Promise<string>;
  /** A client with this token, or with none. */
  with(token?: string): Api;
  /** A request by hand, whatever comes back: `body` a text as it is, or an object as JSON. */
  ask(method: string, path: string, body?: object | string, by?: By): Promise<Asked>;
  close(): Promise<void>;
}

/** Where a house stands that somebody else made and removes. */
interface Place { readonly dataFolder?: string; readonly databaseUrl?: string }
/** The whole server over real HTTP, with the seeds' city, on a database of its own, beside our stand-in of WeChat. */
export async function serving({ past = false, mode = 'demo' as Config['mode'], secret = randomBytes(32).toString('base64'), logLevel = 'error', shared = false, place = {} as Place } = {}): Promise<Serving> {
  const [clock, dataFolder] = [new TestClock(), place.dataFolder ?? mkdtempSync(join(tmpdir(), 'lvzhi-'))];
  const { url: databaseUrl, drop } = place.databaseUrl === undefined ? await sweptDatabase(shared ? join(dataFolder, 'shared.sqlite') : undefined) : { url: place.databaseUrl, drop: () => Promise.resolve() };
  const wechat = createFake({ now: () => clock.now().getTime(), appid: 'wxtest', secret: 'test' });
  const stand = await listen(wechat);
  const config: Config = {
    mode, databaseUrl, host: '127.0.0.1', port: 0, dataFolder, seedsFolder: resolve(root, 'seeds'), secret, termId: 't7', logLevel,
    wechat: { appid: 'wxtest', secret: 'test', base: stand.url, push: demoPush }, sms: { ...SMS_ACCOUNT, sdkAppId: '1400', signName: '安澜市政协', region: 'ap-guangzhou', base: `${stand.url}/__sms/` },
  };
  const app = await createApp(config, clock, { demoClock: false, demoPast: past, jobs: false });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const tokens = new Map<string, string>();
  const tokenOf = async (personId: string, surface: 'phone' | 'desk' = 'phone') => {
    const key = `${personId} ${surface}`;
    const token = tokens.get(key) ?? await app.get(Sessions).open(personId, surface);
    tokens.set(key, token);
    return token;
  };
  const calling = callingAt(url);
  const clientWith = (token?: string): Api => clientOf(routes, async ({ method, url: path, body }) => {
    const { status, bytes } = await calling.call(method, `/api${path}`, { ...(token !== undefined && { token }), ...(body && { body: JSON.stringify(body) }) });
    const said = JSON.parse(bytes.toString('utf8')) as unknown;
    if (status < 200 || status > 299) throw new RefusedByServer(status, said as Refusal);
    mustKeepToContract(method, path, said);
    return said;
  });
  const clients = new Map<string, Api>();
  const clientOfToken = (token: string): Api => {
    const client = clients.get(token) ?? clientWith(token);
    clients.set(token, client);
    return client;
  };
  const ask = async (method: string, path: string, body?: object | string, { token, headers = {} }: By = {}): Promise<Asked> => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(`${url}${path}`, { method, headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, ...sent });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, said: /json/.test(answer.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) as Asked['said'] : { reason: '' } };
  };
  return {
    ask, url, app, database: app.get(Database), source: app.get(DataSource), clock, config, wechat, standUrl: stand.url, tokenOf, with: clientWith,
    as: async (personId, surface = 'phone') => clientOfToken(await tokenOf(personId, surface)),
    close: async () => { await app.close(); await stand.close(); await drop(); rmSync(dataFolder, { recursive: true, force: true }); },
  };
}
