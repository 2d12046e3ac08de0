/** What WeChat's documentation shows of its answers and pushes, copied by hand (facts §1.1, §1.5). The stand-in must answer in these shapes, and the server's client must read them. */
import type { Code2SessionAnswer, MediaCheckAnswer, PhoneNumberAnswer, PushedEvent, SchemeAnswer, StableTokenAnswer, SubscribeSendAnswer, TextCheckAnswer, WechatRefusal } from '../src/index.ts';

export const answers = {
  session: { openid: 'oXyz0123456789abcdefghijklmn', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' } satisfies Code2SessionAnswer,
  token: { access_token: '75_bGdUAhn8KgkkMOIyHxZjT3ZVXSvQ', expires_in: 7200 } satisfies StableTokenAnswer,
  phone: { errcode: 0, errmsg: 'ok', phone_info: { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86', watermark: { timestamp: 1637744274, appid: 'wxb11529c136998cb6' } } } satisfies PhoneNumberAnswer,
  sent: { errcode: 0, errmsg: 'ok', msgid: '3125012347983401985' } satisfies SubscribeSendAnswer,
  text: { errcode: 0, errmsg: 'ok', trace_id: '60ae120f-371d5872-7941a05b', result: { suggest: 'review', label: 20001 }, detail: [{ strategy: 'content_model', errcode: 0, suggest: 'review', label: 20001, prob: 90 }] } satisfies TextCheckAnswer,
  media: { errcode: 0, errmsg: 'ok', trace_id: '967e945cd8a3e458f3c74dcb886068e9' } satisfies MediaCheckAnswer,
  scheme: { errcode: 0, errmsg: 'ok', openlink: 'weixin://dl/business/?t=XTSkBZlzqmn' } satisfies SchemeAnswer,
  refusal: { errcode: 43101, errmsg: 'user refuse to accept the msg rid: 66f0a1b2-1a2b3c4d-5e6f7a8b' } satisfies WechatRefusal,
} as const;

const head = { ToUserName: 'gh_123456789abc', FromUserName: 'oXyz0123456789abcdefghijklmn', CreateTime: 1610969440, MsgType: 'event' } as const;
const asked = { TemplateId: 'VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc', SubscribeStatusString: 'accept', PopupScene: '0' };
export const events = {
  popup: { ...head, Event: 'subscribe_msg_popup_event', List: asked }, popups: { ...head, Event: 'subscribe_msg_popup_event', List: [asked, { ...asked, SubscribeStatusString: 'reject' }] },
  change: { ...head, Event: 'subscribe_msg_change_event', List: { TemplateId: asked.TemplateId, SubscribeStatusString: 'reject' } },
  sent: { ...head, Event: 'subscribe_msg_sent_event', List: { TemplateId: asked.TemplateId, MsgID: '1700827132819554304', ErrorCode: '0', ErrorStatus: 'success' } },
  media: { ...head, Event: 'wxa_media_check', appid: 'wxb11529c136998cb6', trace_id: '967e945cd8a3e458f3c74dcb886068e9', version: 2, result: { suggest: 'risky', label: 20002 }, detail: [{ strategy: 'content_model', errcode: 0, suggest: 'risky', label: 20002, prob: 90 }] },
} as const satisfies Record<string, PushedEvent>;

/** Its names and the kinds of its values; of a list the first entry stands for all. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, shapeOf(part)]));
}
