import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { SmsSettings } from './sms.ts';
import type { PushSettings } from './wechat-push.ts';

export interface Config {
  readonly mode: 'demo' | 'production';
  /** mysql://user:password@host:port/name, or a SQLite file, or ':memory:'. */
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Uploaded files and, in demo, the database and the keys. Outside every web root. */
  readonly dataFolder: string;
  readonly seedsFolder: string;
  /** 32 bytes, base64: seals phone numbers, signs file links. */
  readonly secret: string;
  /** `push`: how events come in, if they do; `cloud`: behind WeChat's own gateway (云托管), whose headers are then believed. */
  readonly wechat: { readonly appid: string; readonly secret: string; readonly base: string; readonly push?: PushSettings; readonly cloud?: true };
  /** Text messages, where they are set up. */
  readonly sms?: SmsSettings;
  /** Whose X-Forwarded-* is believed: addresses, networks, or loopback, uniquelocal. */
  readonly trustedProxies?: string;
  readonly termId: string;
  /** The first instant of a demonstration that begins with nothing but its roster. */
  readonly demoBegins?: Date;
  readonly logLevel: string;
}

/** What the demonstration's stand-in and the server know of each other. */
export const demoPush: PushSettings = { token: 'demo-push', mode: 'safe', aesKeys: ['DemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDem'] };
const demoSms = { secretId: 'AKIDdemo', secretKey: 'demo-sms-key', sdkAppId: '1400000000', signName: '安澜市政协', region: 'ap-guangzhou' };
const smsHost = 'https://sms.tencentcloudapi.com/';

const wechatHost = 'https://api.weixin.qq.com';
const demoSecrets = { appid: 'wxdemo0000000000', secret: 'demo-secret' };

/** Why the server will not start, in one line. */
export class WillNotStart extends Error {}

/** In demo the key is made once and kept beside the data; in production it must be given. */
function demoSecret(folder: string): string {
  const file = resolve(folder, 'secret.key');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

function demoConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const dataFolder = resolve(root, env['DATA_FOLDER'] ?? '.data');
  const port = portOf(env);
  return {
    mode: 'demo', dataFolder, seedsFolder: resolve(root, 'seeds'), port, host: env['HOST'] ?? '127.0.0.1',
    databaseUrl: env['DATABASE_URL'] ?? resolve(dataFolder, 'lvzhi.sqlite'), secret: demoSecret(dataFolder),
    wechat: { ...demoSecrets, base: `http://127.0.0.1:${port}`, push: demoPush }, sms: { ...demoSms, base: `http://127.0.0.1:${port}/__sms/` }, termId: 't7', logLevel: env['LOG_LEVEL'] ?? 'warn', ...beginsOf(env),
  };
}

function beginsOf(env: NodeJS.ProcessEnv): Pick<Config, 'demoBegins'> {
  const said = env['DEMO_BEGINS'];
  if (!said) return {};
  const demoBegins = new Date(said);
  if (Number.isNaN(demoBegins.getTime())) throw new WillNotStart(`DEMO_BEGINS 应是时间，如 2022-01-03T01:00:00.000Z，现在是“${said}”。`);
  return { demoBegins };
}

function portOf(env: NodeJS.ProcessEnv): number {
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new WillNotStart(`PORT 应是 0 到 65535 的整数，现在是“${env['PORT']}”。`);
  return port;
}

const pushModes = ['plain', 'compatible', 'safe'] as const;
/** Where the operator has entered this server as the one that WeChat pushes its events to. */
function pushConfig(env: NodeJS.ProcessEnv): { settings?: PushSettings; faults: string[] } {
  const token = env['WECHAT_PUSH_TOKEN'];
  if (!token) return { faults: [] };
  const [mode, aesKeys] = [pushModes.find((it) => it === (env['WECHAT_PUSH_MODE'] ?? 'safe')), (env['WECHAT_PUSH_AES_KEY'] ?? '').split(',').filter((it) => it !== '')];
  const faults = [...(mode ? [] : ['WECHAT_PUSH_MODE 只能是 plain、compatible、safe']), ...(mode !== 'plain' && (aesKeys.length === 0 || aesKeys.some((it) => !/^[A-Za-z0-9]{43}$/.test(it))) ? ['WECHAT_PUSH_AES_KEY 应是 43 个字母和数字，换钥匙时新旧两个用逗号隔开'] : [])];
  return { ...(mode && { settings: { token, mode, aesKeys } }), faults };
}
const smsNames = ['SMS_SECRET_ID', 'SMS_SECRET_KEY', 'SMS_SDK_APP_ID', 'SMS_SIGN_NAME'] as const;
/** All of them or none. */
function smsConfig(env: NodeJS.ProcessEnv): { settings?: SmsSettings; faults: string[] } {
  const missing = smsNames.filter((name) => !env[name]);
  if (missing.length === smsNames.length) return { faults: [] };
  const of = (name: (typeof smsNames)[number]) => env[name] ?? '';
  const faults = [...(missing.length > 0 ? [`短信还缺 ${missing.join('、')}`] : []), ...(env['SMS_SECRET_KEY'] === demoSms.secretKey ? ['SMS_SECRET_KEY 还是演示用的'] : [])];
  return { settings: { secretId: of('SMS_SECRET_ID'), secretKey: of('SMS_SECRET_KEY'), sdkAppId: of('SMS_SDK_APP_ID'), signName: of('SMS_SIGN_NAME'), region: env['SMS_REGION'] ?? demoSms.region, base: smsHost }, faults };
}

/** Production takes nothing for granted: whatever is missing, weak or meant for a demonstration is refused, all at once. */
function productionConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const missing = ['DATABASE_URL', 'LVZHI_SECRET', 'WECHAT_APPID', 'WECHAT_SECRET', 'DATA_FOLDER'].filter((name) => !env[name]);
  const base = env['WECHAT_API_BASE'] ?? wechatHost;
  const [push, sms] = [pushConfig(env), smsConfig(env)];
  const faults = [
    ...(missing.length > 0 ? [`缺少环境变量 ${missing.join('、')}`] : []),
    ...(env['LVZHI_SECRET'] && Buffer.from(env['LVZHI_SECRET'], 'base64').length < 32 ? ['LVZHI_SECRET 应是 32 字节以上的 base64'] : []),
    ...(base !== wechatHost || env['WECHAT_MODE'] === 'fake' ? ['正式运行不能接微信替身（WECHAT_API_BASE、WECHAT_MODE）'] : []),
    ...(env['WECHAT_APPID'] === demoSecrets.appid || env['WECHAT_SECRET'] === demoSecrets.secret ? ['WECHAT_APPID、WECHAT_SECRET 还是演示用的'] : []),
    ...push.faults, ...sms.faults,
    ...(env['DEMO_CLOCK'] || env['DEMO_BEGINS'] ? ['正式运行不能用演示时钟（DEMO_CLOCK、DEMO_BEGINS）'] : []),
    ...(env['DEMO_ACCOUNTS'] ? ['正式运行不能有演示账号（DEMO_ACCOUNTS）'] : []),
  ];
  if (faults.length > 0) throw new WillNotStart(`不能启动：${faults.join('；')}。`);
  return {
    mode: 'production', databaseUrl: env['DATABASE_URL'] ?? '', host: env['HOST'] ?? '127.0.0.1', port: portOf(env),
    dataFolder: resolve(env['DATA_FOLDER'] ?? ''), seedsFolder: resolve(root, 'seeds'), secret: env['LVZHI_SECRET'] ?? '',
    wechat: { appid: env['WECHAT_APPID'] ?? '', secret: env['WECHAT_SECRET'] ?? '', base, ...(push.settings && { push: push.settings }), ...(env['WECHAT_CLOUD'] === 'on' && { cloud: true as const }) }, ...(sms.settings && { sms: sms.settings }),
    termId: env['TERM_ID'] ?? 't7', logLevel: env['LOG_LEVEL'] ?? 'info', trustedProxies: env['TRUSTED_PROXIES'] ?? 'loopback',
  };
}

/** @throws WillNotStart with one line in Chinese */
export const configOf = (env: NodeJS.ProcessEnv, root: string): Config =>
  (env['NODE_ENV'] === 'production' || env['LVZHI_MODE'] === 'production') && env['LVZHI_MODE'] !== 'demo' ? productionConfig(env, root) : demoConfig(env, root);

export const CONFIG = Symbol('config');
