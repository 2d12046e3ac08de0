import { BadInput, optionalCount, optionalText, optionalTexts, requiredText } from './control-input.ts';
import { openLink } from './message-endpoints.ts';
import type { MediaManner } from './message-endpoints.ts';
import type { Platform } from './platform.ts';

type Input = Record<string, unknown>;
type Action = (platform: Platform, input: Input) => object;

const oneOrMany = <T>(list: T[]): T | T[] => { const [first] = list; return list.length === 1 && first !== undefined ? first : list; };
function user(platform: Platform, input: Input): string {
  const openid = requiredText(input, 'openid');
  if (platform.users.get(openid) === null) throw new BadInput('没有这个微信用户，请先在“微信替身”页上选一个人。');
  return openid;
}
function oneOf<T extends string>(input: Input, key: string, options: readonly T[], otherwise: T): T {
  const value = optionalText(input, key) ?? otherwise;
  const found = options.find((it) => it === value);
  if (found === undefined) throw new BadInput(`${key} 只能是 ${options.join('、')}。`);
  return found;
}

/** Like wx.requestSubscribeMessage: `choice` is what the user taps; `shown` says whether there was anything to tap. */
function subscribe(platform: Platform, input: Input): object {
  const [openid, ids] = [user(platform, input), optionalTexts(input, 'tmplIds') ?? []];
  const { result, shown } = platform.subscriptions.request(openid, ids, optionalText(input, 'choice') ?? 'accept', input['always'] === true);
  const list = ids.flatMap((TemplateId) => { const status = (result as Record<string, unknown>)[TemplateId]; return typeof status === 'string' && status !== 'filter' ? [{ TemplateId, SubscribeStatusString: status.startsWith('accept') ? 'accept' : 'reject', PopupScene: '0' }] : []; });
  if (list.length > 0) platform.pushes.add(openid, { Event: 'subscribe_msg_popup_event', List: oneOrMany(list) });
  return { ...result, shown };
}

/** `{openid, mainSwitch?, items?: {id: accept|reject}}`: the settings page of the mini-program. */
function settings(platform: Platform, input: Input): object {
  const openid = user(platform, input);
  const { mainSwitch, items = {} } = input;
  if (mainSwitch !== undefined && typeof mainSwitch !== 'boolean') throw new BadInput('mainSwitch 要写成 true 或 false。');
  if (typeof items !== 'object' || items === null) throw new BadInput('items 要写成一个对象。');
  const refused = platform.subscriptions.change(openid, mainSwitch, items as Record<string, 'accept' | 'reject'>);
  if (refused.length > 0) platform.pushes.add(openid, { Event: 'subscribe_msg_change_event', List: oneOrMany(refused.map((TemplateId) => ({ TemplateId, SubscribeStatusString: 'reject' as const }))) });
  return { refused };
}

function template(platform: Platform, input: Input): object {
  platform.subscriptions.addTemplate({ id: requiredText(input, 'id'), title: requiredText(input, 'title'), kind: oneOf(input, 'kind', ['once', 'long'], 'once'), keys: optionalTexts(input, 'keys') ?? [] }, true);
  return {};
}

/** `{url, token, mode, aesKey, format}`; without `url` nothing is pushed any more; `{hold: true | false}` lets events wait and go. */
function push(platform: Platform, input: Input): object {
  if (typeof input['hold'] === 'boolean') {
    platform.pushes.isHeld = input['hold'];
    platform.pushes.flush();
    return {};
  }
  const url = optionalText(input, 'url');
  const aesKey = optionalText(input, 'aesKey');
  platform.pushes.target = url === undefined ? null
    : { url, token: requiredText(input, 'token'), mode: oneOf(input, 'mode', ['plain', 'compatible', 'safe'], 'plain'), format: oneOf(input, 'format', ['json', 'xml'], 'json'), ...(aesKey !== undefined && { aesKey }) };
  return {};
}

/** What reached the phones, of one user or of all; with `phone` also the text messages to that number. */
function outbox(platform: Platform, input: Input): object {
  const openid = optionalText(input, 'openid');
  const to = [openid, optionalText(input, 'phone') ?? (openid === undefined ? undefined : platform.users.get(openid)?.phone)].filter((it) => it !== undefined);
  return { messages: platform.mailbox.all(to.length > 0 ? to : undefined) };
}

/** Those that answer about messages; the others are in control.ts. */
export const MESSAGE_ACTIONS: readonly [string, Action][] = [
  ['POST subscribe', subscribe],
  ['POST settings', settings],
  ['GET templates', (platform) => ({ templates: platform.subscriptions.templates() })],
  ['POST templates', template],
  ['POST pages', (platform, input) => { platform.pages = optionalTexts(input, 'pages') ?? null; return {}; }],
  ['POST push', push],
  ['POST outbox', outbox],
  ['POST media', (platform, input) => { platform.mediaManner = { kind: oneOf<MediaManner>(input, 'kind', ['before', 'later', 'twice', 'never'], 'later'), afterMs: optionalCount(input, 'afterMs') ?? 30_000 }; return {}; }],
  ['POST open-link', (platform, input) => ({ opened: openLink(platform, requiredText(input, 'link'), user(platform, input)) })],
];
