import { Inject, Injectable } from '@nestjs/common';
import { addDays, dateOf, instantOf } from '@lvzhi/domain';
import type { DeliveryReason } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Settings } from '../platform/settings.ts';
import { Sms, SmsRefused } from '../platform/sms.ts';
import { isOperators, WECHAT } from '../platform/wechat-codes.ts';
import { WechatTokens } from '../platform/wechat-token.ts';
import { WechatRefused, WechatUnavailable } from '../platform/wechat-wire.ts';
import { Wechat } from '../platform/wechat.ts';
import { Letters } from './letters.ts';
import type { Letter } from './letters.ts';

/**
 * What became of one message. `failed`: never again on this channel; `later`: certainly not sent, tried again; `unsure`: may have been sent, so
 * never tried again by itself; `parked`: nothing goes this way until then. `spent`: WeChat says that nothing is left.
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly messageId: string } | { readonly kind: 'failed'; readonly reason: DeliveryReason; readonly spent?: true } | { readonly kind: 'later'; readonly reason: DeliveryReason }
  | { readonly kind: 'unsure' } | { readonly kind: 'parked'; readonly until: Date; readonly trouble?: string };

const minute = 60_000;
/** The day's quota is new at midnight; everybody comes at once then, so five minutes later. */
const tomorrow = (now: Date): Date => instantOf(addDays(dateOf(now), 1), '00:05');

/** The two ways out. Each says in advance why a letter cannot take it, and afterwards what became of it; neither throws. */
@Injectable()
export class Channels {
  constructor(@Inject(Wechat) private readonly wechat: Wechat, @Inject(WechatTokens) private readonly tokens: WechatTokens, @Inject(Sms) private readonly sms: Sms, @Inject(Settings) private readonly settings: Settings, @Inject(Letters) private readonly letters: Letters, @Inject(Clock) private readonly clock: Clock) {}

  whyNot({ delivery: { channel, sort }, openid, phone }: Letter): DeliveryReason | null {
    if (channel === 'sms') return !this.sms.isSetUp ? 'not_set_up' : phone === null ? 'no_phone' : this.smsTemplate(sort) ? null : 'not_set_up';
    return openid === null ? 'not_bound' : this.template(sort) ? null : 'no_template';
  }

  /** WeChat's token; what to put down for all when there is none to be had. */
  async awaken(): Promise<Outcome | null> {
    try { await this.tokens.current(); return null; } catch (error) { return error instanceof WechatRefused ? this.refusedBy(error.errcode) : { kind: 'later', reason: 'busy' }; }
  }

  send(letter: Letter): Promise<Outcome> { return letter.delivery.channel === 'wechat' ? this.byWechat(letter) : this.bySms(letter); }

  /** A digest takes the template of progress, which every member agrees to. */
  template(sort: Letter['delivery']['sort']) { return this.settings.get('wechat.templates').find((it) => it.id !== '' && it.sort === (sort === 'digest' ? 'progress' : sort)); }
  private smsTemplate(sort: Letter['delivery']['sort']) { return this.settings.get('sms.templates').find((it) => it.sort === sort); }

  private async byWechat(letter: Letter): Promise<Outcome> {
    const [template, { openid }] = [this.template(letter.delivery.sort), letter];
    if (!template || openid === null) return { kind: 'failed', reason: 'no_template' };
    try {
      return { kind: 'sent', messageId: await this.wechat.sendMessage({ touser: openid, template_id: template.id, page: letter.page, data: this.letters.fieldsOf(letter, template.fields), lang: 'zh_CN' }) };
    } catch (error) {
      return error instanceof WechatRefused ? this.refusedBy(error.errcode) : outageOf(error);
    }
  }

  private refusedBy(errcode: number): Outcome {
    const now = this.clock.now();
    switch (errcode) {
      case WECHAT.refused: return { kind: 'failed', reason: 'refused', spent: true };
      case WECHAT.badField: return { kind: 'failed', reason: 'field' };
      case WECHAT.wrongOpenid: return { kind: 'failed', reason: 'not_bound' };
      case WECHAT.wrongTemplate: case WECHAT.unknownPage: return { kind: 'failed', reason: 'account' };
      case WECHAT.dayQuota: return { kind: 'parked', until: tomorrow(now) };
      case WECHAT.minuteQuota: return { kind: 'parked', until: new Date((Math.floor(now.getTime() / minute) + 1) * minute) };
      default: return isOperators(errcode) ? { kind: 'parked', until: new Date(now.getTime() + 10 * minute), trouble: `微信 ${errcode}` } : { kind: 'later', reason: 'busy' };
    }
  }

  private async bySms(letter: Letter): Promise<Outcome> {
    const template = this.smsTemplate(letter.delivery.sort);
    if (!template || letter.phone === null) return { kind: 'failed', reason: 'no_phone' };
    try {
      return { kind: 'sent', messageId: await this.sms.send(letter.phone, template.id, template.parameters.map((it) => this.letters.filled(it, letter.words) || '见小程序')) };
    } catch (error) {
      return error instanceof SmsRefused ? { kind: 'failed', reason: error.reason } : outageOf(error);
    }
  }
}

/** Not reached, or reached and then silent. Anything else is a bug of ours: nothing has left. */
const outageOf = (error: unknown): Outcome =>
  (error instanceof WechatUnavailable && error.phase === 'ambiguous' ? { kind: 'unsure' } : { kind: 'later', reason: error instanceof WechatUnavailable ? 'busy' : 'broken' });
