import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from './clock.ts';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { callSigned, WechatUnavailable } from './wechat-wire.ts';

/** Tencent Cloud's text messages: the account, the application and the approved signature. */
export interface SmsSettings { readonly secretId: string; readonly secretKey: string; readonly sdkAppId: string; readonly signName: string; readonly base: string; readonly region: string }
/** The service said no. `code` as the service names it; `reason`: what it means for the one message. */
export class SmsRefused extends Error {
  readonly code: string;
  readonly reason: 'bad_phone' | 'sms_limit' | 'sms_account';
  constructor(code: string) {
    super(code);
    this.code = code;
    this.reason = /IncorrectPhoneNumber|InvalidPhoneNumber/.test(code) ? 'bad_phone' : /DailyLimit|LimitExceeded/.test(code) ? 'sms_limit' : 'sms_account';
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The header Authorization of TC3-HMAC-SHA256 over a POST of this body. `at`: the instant that X-TC-Timestamp names. */
export function tc3({ secretId, secretKey }: Pick<SmsSettings, 'secretId' | 'secretKey'>, service: string, host: string, path: string, body: string, at: Date): string {
  const [seconds, day] = [Math.floor(at.getTime() / 1000), at.toISOString().slice(0, 10)];
  const canonical = ['POST', path, '', `content-type:application/json; charset=utf-8\nhost:${host}\n`, 'content-type;host', hash(body)].join('\n');
  const scope = `${day}/${service}/tc3_request`;
  const text = ['TC3-HMAC-SHA256', seconds, scope, hash(canonical)].join('\n');
  const signature = createHmac('sha256', hmac(hmac(hmac(`TC3${secretKey}`, day), service), 'tc3_request')).update(text).digest('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

/** Text messages, where a city has set them up. Outside the request path only; five seconds at most. */
@Injectable()
export class Sms {
  constructor(@Inject(CONFIG) private readonly config: Config, @Inject(Clock) private readonly clock: Clock) {}
  get isSetUp(): boolean { return this.config.sms !== undefined; }

  /** One message to one number of mainland China; answers its serial number. @throws SmsRefused, WechatUnavailable */
  async send(phone: string, templateId: string, parameters: readonly string[]): Promise<string> {
    const { sms } = this.config;
    if (!sms) throw new SmsRefused('NotSetUp');
    const url = new URL(sms.base);
    const body = JSON.stringify({ PhoneNumberSet: [`+86${phone}`], SmsSdkAppId: sms.sdkAppId, SignName: sms.signName, TemplateId: templateId, TemplateParamSet: parameters });
    const at = this.clock.now();
    const answer = await callSigned(sms.base, body, {
      'content-type': 'application/json; charset=utf-8', authorization: tc3(sms, 'sms', url.host, url.pathname, body, at), 'x-tc-action': 'SendSms', 'x-tc-version': '2021-01-11', 'x-tc-timestamp': String(Math.floor(at.getTime() / 1000)), 'x-tc-region': sms.region,
    });
    const { Response } = answer as { Response?: { Error?: { Code?: string }; SendStatusSet?: { Code?: string; SerialNo?: string }[] } };
    if (Response?.Error) throw new SmsRefused(Response.Error.Code ?? 'unknown');
    const [status] = Response?.SendStatusSet ?? [];
    if (!status) throw new WechatUnavailable('no status', 'ambiguous');
    if (status.Code !== 'Ok') throw new SmsRefused(status.Code ?? 'unknown');
    return status.SerialNo ?? '';
  }
}
