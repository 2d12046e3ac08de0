import { Inject, Injectable } from '@nestjs/common';
import type { NoticeSort } from '@lvzhi/domain';
import type { PushedEvent, SentEvent } from '@lvzhi/wechat-fake';
import type { EntityManager } from 'typeorm';
import { WechatBinding } from '../identity/identity.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { digest } from '../platform/ids.ts';
import { changeRows, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Settings } from '../platform/settings.ts';
import { entriesOf } from '../platform/wechat-push.ts';
import { Fallback } from './fallback.ts';
import { QuotaLedger } from './ledger.ts';
import { WechatEvent, WechatQuota } from './notices.entity.ts';

/** What makes two pushes the same event: its number where it has one, else who, when, what. */
function printOf(event: PushedEvent): string {
  if (event.Event === 'wxa_media_check') return `media ${event.trace_id}`;
  const list = 'List' in event ? JSON.stringify(event.List) : '';
  return [event.Event, event.FromUserName, String(event.CreateTime), list].join(' ');
}

/** What WeChat tells us by itself. An event that we have no use for is taken in and does nothing. */
@Injectable()
export class PushedEvents {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Seals) private readonly seals: Seals,
    @Inject(Settings) private readonly settings: Settings, @Inject(QuotaLedger) private readonly ledger: QuotaLedger, @Inject(Fallback) private readonly fallback: Fallback,
  ) {}

  async take(event: PushedEvent): Promise<void> {
    const row = { eventHash: digest(printOf(event)), event: String(event.Event).slice(0, 40), heardAt: this.clock.now() };
    const isKnown = () => this.database.read((manager) => rowWhere(manager, WechatEvent, { eventHash: row.eventHash }));
    if (await isKnown()) return;
    try {
      await this.database.write(async (manager) => {
        await manager.insert(WechatEvent, row);
        const personId = await this.personOf(manager, String(event.FromUserName));
        if (personId !== undefined) await this.act(manager, personId, event);
      });
    } catch (error) {
      // Pushed a second time while the first was still being taken in, here or on another instance.
      if (!await isKnown()) throw error;
    }
  }

  private async act(manager: EntityManager, personId: string, event: PushedEvent): Promise<void> {
    switch (event.Event) {
      case 'subscribe_msg_popup_event':
        for (const { TemplateId, SubscribeStatusString } of entriesOf(event.List)) for (const sort of this.sortsOf(TemplateId)) await this.ledger.heard(personId, sort, SubscribeStatusString === 'accept', 'push');
        return;
      case 'subscribe_msg_change_event':
        for (const { TemplateId } of entriesOf(event.List)) for (const sort of this.sortsOf(TemplateId)) await this.ledger.none(manager, personId, sort);
        return;
      case 'subscribe_msg_sent_event':
        for (const entry of entriesOf(event.List)) await this.sent(manager, personId, entry);
        return;
      case 'wxa_media_check': return;
    }
  }

  /** A message has arrived, or has not. One whose answer we never heard is known by whose it is: only one of a sort is on its way to a person. */
  private async sent(manager: EntityManager, personId: string, { TemplateId, MsgID, ErrorCode }: Exclude<SentEvent['List'], unknown[]>): Promise<void> {
    const delivery = await rowWhere(manager, Delivery, { messageId: MsgID }) ?? await this.unheard(manager, personId, TemplateId);
    if (!delivery || !['sent', 'sending', 'unsure', 'leased'].includes(delivery.state)) return;
    const arrived = String(ErrorCode) === '0';
    await changeRows(manager, Delivery, { id: delivery.id }, { state: arrived ? 'arrived' : 'failed', reason: arrived ? null : 'not_arrived', messageId: MsgID, sentAt: delivery.sentAt ?? this.clock.now(), leasedBy: null, leasedUntil: null });
    await this.ledger.release(manager, delivery.id, false);
    if (!arrived) await this.fallback.next(manager, delivery);
  }

  private async unheard(manager: EntityManager, personId: string, templateId: string): Promise<Delivery | undefined> {
    for (const sort of this.sortsOf(templateId)) {
      const quota = await rowWhere(manager, WechatQuota, { personId, sort });
      const delivery = quota?.inFlight ? await rowWhere(manager, Delivery, { id: quota.inFlight }) : undefined;
      if (delivery?.messageId === null) return delivery;
    }
    return undefined;
  }

  private async personOf(manager: EntityManager, openid: string): Promise<string | undefined> {
    return (await rowWhere(manager, WechatBinding, { openidHash: this.seals.hashOf(`${this.config.wechat.appid}:${openid}`) }))?.personId;
  }
  private sortsOf(templateId: string): NoticeSort[] { return this.settings.get('wechat.templates').filter(({ id }) => id === templateId).map(({ sort }) => sort); }
}
