/** Messages, checks, codes and links, and the events that WeChat pushes to the server; with contract.ts the whole of what is said on the wire. */

/** Keys such as thing1, date3; their prefix decides what the value may be. */
export type TemplateData = Record<string, { value: string }>;

export interface SubscribeSendRequest {
  touser: string;
  template_id: string;
  /** Without a leading slash; a query is allowed. */
  page?: string;
  /** An object. A JSON text in its place reads as "empty" to WeChat. */
  data: TemplateData;
  miniprogram_state?: 'formal' | 'trial' | 'developer';
  lang?: 'zh_CN';
}
export interface SubscribeSendAnswer {
  errcode: 0;
  errmsg: 'ok';
  msgid: string;
}

export interface TextCheckRequest {
  version: 2;
  openid: string;
  /** 1 profile, 2 comment, 3 forum, 4 social log. */
  scene: 1 | 2 | 3 | 4;
  /** At most 2500 characters. */
  content: string;
  title?: string;
  nickname?: string;
}
export type Suggestion = 'pass' | 'review' | 'risky';
export interface TextCheckAnswer {
  errcode: 0;
  errmsg: 'ok';
  trace_id: string;
  /** 100 normal, 20001 politics, 20002 porn, 20003 abuse, 20006 crime, 20008 fraud, 20012 vulgar, 20013 copyright, 21000 other. */
  result: { suggest: Suggestion; label: number };
  detail: { strategy: string; errcode: number; suggest?: Suggestion; label?: number; prob?: number; keyword?: string }[];
}

export interface MediaCheckRequest {
  media_url: string;
  /** 1 recording, 2 picture. */
  media_type: 1 | 2;
  version: 2;
  openid: string;
  scene: 1 | 2 | 3 | 4;
}
export interface MediaCheckAnswer {
  errcode: 0;
  errmsg: 'ok';
  trace_id: string;
}

export interface CodeImageRequest {
  /** At most 32 of 0-9 A-Z a-z !#$&'()*+,/:;=?@-._~ */
  scene: string;
  page?: string;
  check_path?: boolean;
  env_version?: 'release' | 'trial' | 'develop';
  width?: number;
}

export interface SchemeRequest {
  jump_wxa: { path: string; query: string; env_version?: 'release' | 'trial' | 'develop' };
  expire_type: 0 | 1;
  /** Epoch seconds, with expire_type 0. */
  expire_time?: number;
  /** Days, with expire_type 1. */
  expire_interval?: number;
}
export interface SchemeAnswer {
  errcode: 0;
  errmsg: 'ok';
  openlink: string;
}

/** What every pushed event has. `CreateTime` in epoch seconds, now a number, now a text. */
interface PushedHead {
  ToUserName: string;
  FromUserName: string;
  CreateTime: number | string;
  MsgType: 'event';
}
/** One entry stands alone, several stand in a list. */
type OneOrMany<T> = T | T[];

export interface PopupEvent extends PushedHead {
  Event: 'subscribe_msg_popup_event';
  List: OneOrMany<{ TemplateId: string; SubscribeStatusString: string; PopupScene: string }>;
}
/** Only refusals are pushed. */
export interface ChangeEvent extends PushedHead {
  Event: 'subscribe_msg_change_event';
  List: OneOrMany<{ TemplateId: string; SubscribeStatusString: 'reject' }>;
}
export interface SentEvent extends PushedHead {
  Event: 'subscribe_msg_sent_event';
  List: OneOrMany<{ TemplateId: string; MsgID: string; ErrorCode: string; ErrorStatus: string }>;
}
export interface MediaEvent extends PushedHead {
  Event: 'wxa_media_check';
  appid: string;
  trace_id: string;
  version: 2;
  result: { suggest: Suggestion; label: number | string };
  detail: { strategy: string; errcode: number; suggest?: Suggestion; label?: number | string; prob?: number }[];
}
export type PushedEvent = PopupEvent | ChangeEvent | SentEvent | MediaEvent;

/** What the mini-program gets from wx.requestSubscribeMessage: an answer for each template, or a failure. */
export type SubscribeResult = { errMsg: 'requestSubscribeMessage:ok' } & Record<string, string> | { errMsg: string; errCode: number };
