import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Delivery, newDelivery } from '../platform/delivery.entity.ts';
import { Settings } from '../platform/settings.ts';
import { Sms } from '../platform/sms.ts';

/** What WeChat did not take goes on as a text message, where the city has one for this sort; otherwise it waits on the desk's call list. */
@Injectable()
export class Fallback {
  constructor(@Inject(Settings) private readonly settings: Settings, @Inject(Sms) private readonly sms: Sms, @Inject(Clock) private readonly clock: Clock) {}

  has(sort: Delivery['sort']): boolean { return this.sms.isSetUp && this.settings.get('sms.templates').some((it) => it.sort === sort); }

  /** Once for a notice, however often it is asked for. */
  async next(manager: EntityManager, { noticeId, recipientId, sort, channel }: Pick<Delivery, 'noticeId' | 'recipientId' | 'sort' | 'channel'>): Promise<void> {
    if (channel === 'wechat' && this.has(sort)) await this.bySms(manager, noticeId, recipientId, sort);
  }

  async bySms(manager: EntityManager, noticeId: string, recipientId: string, sort: Delivery['sort']): Promise<void> {
    await manager.createQueryBuilder().insert().into(Delivery).values(newDelivery({ id: noticeId, recipientId, at: this.clock.now() }, sort, 'sms')).orIgnore().execute();
  }
}
