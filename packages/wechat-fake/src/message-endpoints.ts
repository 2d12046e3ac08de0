import { ERRCODE } from './contract.ts';
import type { CodeImageRequest, MediaCheckAnswer, SchemeAnswer, SubscribeSendAnswer, Suggestion, TextCheckAnswer } from './contract-messages.ts';
import type { Call, Verdict } from './endpoints.ts';
import { pictureOf } from './picture.ts';
import type { Platform } from './platform.ts';
import { fieldFits } from './template-rules.ts';

type Input = Record<string, unknown>;
/** WeChat cuts its complaint about a field off here. */
const COMPLAINT = 48;
const TWO_HOURS = 2 * 3_600_000;
const THIRTY_DAYS = 30 * 86_400;
const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]*$/;

const textOf = (input: Input, key: string): string => { const value = input[key]; return typeof value === 'string' ? value : ''; };
const refuse = (platform: Platform, errcode: number, text?: string): Verdict => ({ errcode, body: platform.refusals.body(errcode, text) });

function badField(platform: Platform, key: string, what: 'invalid' | 'empty'): Verdict {
  const words = what === 'empty' ? `argument invalid! data.${key}.value is empty` : `argument invalid! data.${key}.value invalid`;
  return refuse(platform, ERRCODE.badField, words.slice(0, COMPLAINT));
}

/** The first field that breaks its rule; missing and foreign ones too. */
function wrongField(keys: readonly string[], data: Record<string, unknown>): [key: string, what: 'invalid' | 'empty'] | null {
  for (const key of keys) {
    const entry = data[key];
    const value = typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : undefined;
    if (value === undefined || value === '') return [key, 'empty'];
    if (typeof value !== 'string' || !fieldFits(key, value)) return [key, 'invalid'];
  }
  const foreign = Object.keys(data).find((key) => !keys.includes(key));
  return foreign === undefined ? null : [foreign, 'invalid'];
}

const isPublished = ({ pages }: Platform, page: string): boolean => pages === null || pages.includes((page.split('?')[0] ?? '').replace(/^\//, ''));

export function sendMessage(platform: Platform, _call: Call, input: Input): Verdict {
  const { users, subscriptions, quotas, mailbox, dice, options, pushes } = platform;
  const [to, page] = [textOf(input, 'touser'), textOf(input, 'page')];
  const template = subscriptions.template(textOf(input, 'template_id'));
  if (users.get(to) === null) return refuse(platform, ERRCODE.wrongOpenid);
  if (template === undefined) return refuse(platform, ERRCODE.wrongTemplate);
  if (page !== '' && !isPublished(platform, page)) return refuse(platform, ERRCODE.unknownPage);
  const { data } = input;
  if (typeof data !== 'object' || data === null) return badField(platform, template.keys[0] ?? '', 'empty');
  const wrong = wrongField(template.keys, data as Record<string, unknown>);
  if (wrong) return badField(platform, ...wrong);
  if (!quotas.take('sendPerDay')) return refuse(platform, ERRCODE.dayQuota);
  if (!subscriptions.take(to, template)) return refuse(platform, ERRCODE.refused);
  const msgid = dice.digits(18);
  const state = (['trial', 'developer'] as const).find((it) => it === input['miniprogram_state']) ?? 'formal';
  const lines = template.keys.map((key): [string, string] => [key, (data as Record<string, { value: string }>)[key]?.value ?? '']);
  mailbox.add({ id: msgid, at: new Date(options.now()).toISOString(), kind: 'wechat', to, title: template.title, lines, page: page === '' ? null : page.replace(/^\//, ''), state });
  pushes.add(to, { Event: 'subscribe_msg_sent_event', List: { TemplateId: template.id, MsgID: msgid, ErrorCode: '0', ErrorStatus: 'success' } });
  return { errcode: ERRCODE.ok, body: { errcode: 0, errmsg: 'ok', msgid } satisfies SubscribeSendAnswer };
}

/** WeChat's own sample of a text that must not be shown. */
const SAMPLE = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级';
const POLITICS = /书记|市委|政府|政协|人大|民主党派|信访|党委/;

/** What the checks share: scene, openid, and that the user was here lately. */
function unchecked(platform: Platform, input: Input): Verdict | null {
  const openid = textOf(input, 'openid');
  if (![1, 2, 3, 4].includes(Number(input['scene']))) return refuse(platform, ERRCODE.badScene);
  if (platform.users.get(openid) === null) return refuse(platform, ERRCODE.wrongOpenid);
  const seen = platform.seenAt.get(openid);
  return seen === undefined || platform.options.now() - seen > TWO_HOURS ? refuse(platform, ERRCODE.notSeen) : null;
}

export function checkText(platform: Platform, _call: Call, input: Input): Verdict {
  const content = textOf(input, 'content');
  if (content === '') return refuse(platform, ERRCODE.emptyBody);
  if (Array.from(content).length > 2500) return refuse(platform, ERRCODE.tooLarge);
  const early = unchecked(platform, input);
  if (early) return early;
  const [suggest, label]: [Suggestion, number] = content.includes(SAMPLE) ? ['risky', 20006] : POLITICS.test(content) ? ['review', 20001] : ['pass', 100];
  const body = { errcode: 0, errmsg: 'ok', trace_id: platform.dice.hex(32), result: { suggest, label }, detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }] } satisfies TextCheckAnswer;
  return { errcode: ERRCODE.ok, body };
}

/** How the verdict about a picture comes: `before` the answer, `later`, `twice`, or `never`. */
export type MediaManner = 'before' | 'later' | 'twice' | 'never';

export function checkMedia(platform: Platform, _call: Call, input: Input): Verdict {
  if (textOf(input, 'media_url') === '') return refuse(platform, ERRCODE.emptyBody);
  const early = unchecked(platform, input);
  if (early) return early;
  const trace_id = platform.dice.hex(32);
  const { kind, afterMs } = platform.mediaManner;
  const suggest: Suggestion = textOf(input, 'media_url').includes('risky') ? 'risky' : 'pass';
  // A label comes now as a number, now as a text.
  const label = suggest === 'risky' ? '20002' : 100;
  const tell = (after: number) => platform.pushes.add(textOf(input, 'openid'), { Event: 'wxa_media_check', appid: platform.options.appid, trace_id, version: 2, result: { suggest, label }, detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }] }, after);
  if (kind !== 'never') tell(kind === 'before' ? 0 : afterMs);
  if (kind === 'twice') tell(afterMs);
  return { errcode: ERRCODE.ok, body: { errcode: 0, errmsg: 'ok', trace_id } satisfies MediaCheckAnswer };
}

export function codeImage(platform: Platform, _call: Call, input: Input): Verdict {
  const { scene, page = '', check_path = true } = input as unknown as Partial<CodeImageRequest>;
  if (typeof scene !== 'string' || scene.length > 32) return refuse(platform, ERRCODE.sceneTooLong);
  if (scene === '' || !SCENE.test(scene)) return refuse(platform, ERRCODE.badScene);
  if (check_path && page !== '' && (page.startsWith('/') || page.includes('?') || !isPublished(platform, page))) return refuse(platform, ERRCODE.unknownPage);
  return { errcode: ERRCODE.ok, body: {}, bytes: pictureOf(scene) };
}

export function makeScheme(platform: Platform, _call: Call, input: Input): Verdict {
  const jump = (typeof input['jump_wxa'] === 'object' && input['jump_wxa'] !== null ? input['jump_wxa'] : {}) as Input;
  const [path, query] = [textOf(jump, 'path'), textOf(jump, 'query')];
  if (path !== '' && !isPublished(platform, path)) return refuse(platform, ERRCODE.badPath);
  if (query.length > 1024) return refuse(platform, ERRCODE.badQuery);
  const now = platform.options.now() / 1000;
  const until = input['expire_type'] === 1 ? now + Number(input['expire_interval'] ?? 30) * 86_400 : Number(input['expire_time'] ?? now + THIRTY_DAYS);
  if (!(until > now) || until - now > THIRTY_DAYS) return refuse(platform, ERRCODE.tooFar);
  const link = `weixin://dl/business/?t=${platform.dice.word(16)}`;
  platform.links.set(link, { until: until * 1000, openid: null });
  return { errcode: ERRCODE.ok, body: { errcode: 0, errmsg: 'ok', openlink: link } satisfies SchemeAnswer };
}

/** A tap on a link: the first user has it for good, everybody else sees nothing. */
export function openLink(platform: Platform, link: string, openid: string): boolean {
  const known = platform.links.get(link);
  if (known === undefined || known.until < platform.options.now() || (known.openid !== null && known.openid !== openid)) return false;
  known.openid = openid;
  return true;
}
