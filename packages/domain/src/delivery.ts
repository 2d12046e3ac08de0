import { addDays, dateOf, instantOf, timeOf } from './civil-time.ts';
import type { DocumentKind } from './words.ts';

/** How a notice leaves the product, in this order; the inbox comes before all of them and cannot be switched off. */
export const noticeChannels = ['wechat', 'sms'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];
export const channelWords = { wechat: '微信', sms: '短信' } as const satisfies Record<NoticeChannel, string>;

/** Where a tap on a message leads: pages of the mini-program, which WeChat refuses a message for when they are not published (41030). */
export const noticePlaces = { notices: 'pages/notices/index', visit: 'visits/notice/index', ballot: 'cases/ballot/index', entry: 'cases/entry/index', review: 'cases/review/index', detail: 'cases/detail/index', cosign: 'cases/cosign/index' } as const;
/** Somebody who works on it at the desk finds it among their notices; a committee reviews on the phone too. */
export function placeOf({ kind, to, isReminder }: { readonly kind: DocumentKind; readonly to: string; readonly isReminder: boolean }): string {
  if (kind === 'visit' || kind === 'entry') return to === 'author' ? noticePlaces[kind] : noticePlaces.notices;
  if (kind === 'ballot') return noticePlaces.ballot;
  if (kind === 'publication' || kind === 'award') return noticePlaces.detail;
  if (kind === 'supervision' || kind === 'demand') return to === 'author' ? noticePlaces.detail : noticePlaces.notices;
  if (kind === 'cosign') return to === 'author' ? noticePlaces.cosign : noticePlaces.notices;
  return to !== 'author' && kind !== 'handling' && kind !== 'rating' && !isReminder ? noticePlaces.review : noticePlaces.detail;
}

/** What a person may choose about, and what a message template of WeChat is for. */
export const noticeSorts = ['visit', 'progress', 'task'] as const;
export type NoticeSort = (typeof noticeSorts)[number];
export const noticeSortWords = { visit: '走访通知', progress: '我提交的办得怎样', task: '要我办的和到期提醒' } as const satisfies Record<NoticeSort, string>;
export const sortOf = ({ kind, to }: { readonly kind: DocumentKind; readonly to: string }): NoticeSort => (to !== 'author' ? 'task' : kind === 'visit' ? 'visit' : 'progress');
/** What must be answered is always told at once. */
export const isAlwaysTold = (sort: NoticeSort): boolean => sort === 'visit';

/** `now`: as it happens; `digest`: together, once a day or week; `never`: in the inbox only. */
export const tellings = ['now', 'digest', 'never'] as const;
export type Telling = (typeof tellings)[number];
export const tellingWords = { now: '随时提醒', digest: '汇总提醒', never: '不用提醒' } as const satisfies Record<Telling, string>;
/** Hours in which nothing is sent, HH:MM in Shanghai; may go over midnight. Equal: none. */
export interface QuietHours { readonly from: string; readonly until: string }
export interface NoticeChoices { readonly sorts: Readonly<Record<NoticeSort, Telling>>; readonly digest: 'daily' | 'weekly'; /** Null: as the city has it. */ readonly quiet: QuietHours | null }
export const usualChoices: NoticeChoices = { sorts: { visit: 'now', progress: 'now', task: 'now' }, digest: 'daily', quiet: null };

/** Until when nothing is sent, if this is a quiet hour. */
export function quietUntil({ from, until }: QuietHours, now: Date): Date | undefined {
  const [time, today] = [timeOf(now), dateOf(now)];
  if (from === until) return undefined;
  if (from < until) return time >= from && time < until ? instantOf(today, until) : undefined;
  if (time >= from) return instantOf(addDays(today, 1), until);
  return time < until ? instantOf(today, until) : undefined;
}

/** When the next digest goes out: at `time`, every day or on Mondays. */
export function digestDay(digest: NoticeChoices['digest'], weekday: number): boolean { return digest === 'daily' || weekday === 1; }

export const deliveryStates = ['due', 'leased', 'sending', 'sent', 'arrived', 'unsure', 'failed', 'skipped', 'held', 'bundled'] as const;
/**
 * `due` waits for its time; `leased`: a sender has it, nothing has left; `sending`: the request leaves now; `sent`: accepted; `arrived`: the phone
 * has it; `unsure`: may have been sent, never again on this channel by itself; `held` for the digest, `bundled` into one.
 */
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a message did not go out, in words for the desk. */
export const deliveryReasons = {
  not_bound: '没有绑定微信', no_consent: '没有同意提醒，或者提醒次数用完', refused: '微信答：拒收，或者提醒次数用完', choice: '本人选择只在小程序里看', no_template: '本市还没有配置这类消息的模板', field: '内容不合模板的规则',
  account: '微信账号、模板或页面的配置有误', seen: '已经在小程序里看过', gone: '已经撤回、答复或取消，不用再发', late: '过去太久，不再补发', left: '已经不能登录', timeout: '微信没有回音，不确定送到没有', crashed: '发送时服务中断，不确定送到没有', gave_up: '试了多次没有发成',
  broken: '这一条自身出错，没有发', not_set_up: '没有开通短信', no_phone: '名册里没有手机号', bad_phone: '空号或者号码有误', sms_limit: '短信达到当天上限', sms_account: '短信账号的配置有误', not_arrived: '微信没有送到手机', busy: '服务繁忙，稍后再试', quota: '当天的发送额度用完，明天接着发', quiet: '现在是免打扰时间',
} as const;
export type DeliveryReason = keyof typeof deliveryReasons;

/** Nobody's fault at the house: the person has no way to get it on that channel. */
export const unableReasons: readonly DeliveryReason[] = ['not_bound', 'no_consent', 'refused', 'no_template', 'no_phone', 'not_set_up'];

/** How one notice stands, for the desk: what counts most is said. */
export interface Delivered {
  readonly readAt: Date | null; readonly answeredAt: Date | null; readonly calledAt: Date | null;
  readonly deliveries: readonly { readonly channel: NoticeChannel; readonly state: DeliveryState; readonly reason: DeliveryReason | null }[];
}
export const reaches = ['read', 'called', 'arrived', 'waiting', 'failed'] as const;
/** `read`: seen in the product; `called`: told by telephone; `arrived`: a message went out, and with `sure` it is known to be on the phone; `waiting`: on its way; `failed`: to be called. */
export type Reach = (typeof reaches)[number];
/** Given over to the network, and nobody has said that it arrived: of text messages nobody does. */
export const unsureWords = '已发出，未读';
export const reachWords = { read: '已读', called: '已电话通知', arrived: '已送达，未读', waiting: '正在发', failed: '没送到' } as const satisfies Record<Reach, string>;

const under: readonly DeliveryState[] = ['due', 'leased', 'sending', 'held'];
export function reachOf({ readAt, answeredAt, calledAt, deliveries: all }: Delivered): { reach: Reach; channel: NoticeChannel | null; reason: DeliveryReason | null; sure: boolean } {
  // Seen or answered before its time came: nothing went out, and nothing had to.
  const deliveries = all.filter(({ state }) => state !== 'skipped');
  const arrived = deliveries.find(({ state }) => state === 'arrived');
  const done = arrived ?? deliveries.find(({ state }) => state === 'sent' || state === 'bundled');
  const waits = deliveries.find(({ state }) => under.includes(state));
  const last = deliveries.at(-1);
  const channel = (done ?? waits ?? last)?.channel ?? null;
  const sure = arrived !== undefined;
  if (readAt !== null || answeredAt !== null) return { reach: 'read', channel, reason: null, sure };
  if (calledAt !== null) return { reach: 'called', channel, reason: null, sure };
  if (done) return { reach: 'arrived', channel, reason: null, sure };
  return { reach: waits ? 'waiting' : 'failed', channel, reason: (waits ?? last ?? all.at(-1))?.reason ?? null, sure };
}
