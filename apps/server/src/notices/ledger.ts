import { Inject, Injectable } from '@nestjs/common';
import { noticeSorts } from '@lvzhi/domain';
import type { DeliveryState, NoticeSort } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { newId } from '../platform/ids.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { WechatAsk, WechatQuota } from './notices.entity.ts';

const underWay: readonly DeliveryState[] = ['leased', 'sending', 'unsure'];
/** What the phone and WeChat's push tell of the same tap comes within this time. */
const sameTapMs = 120_000;

/**
 * How many messages WeChat lets us send to whom. A consent is +1, a message −1 before it is sent; what certainly was not sent is given back,
 * and when WeChat says no the ledger says none.
 */
@Injectable()
export class QuotaLedger {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings) {}

  /** An answer to a request for consent. Heard from the phone and from the push it counts once. */
  async heard(personId: string, sort: NoticeSort, accepted: boolean, source: WechatAsk['source']): Promise<void> {
    const now = this.clock.now();
    await this.database.write(async (manager) => {
      await this.ensure(manager, personId, sort);
      const asks = await rowsWhere(manager, WechatAsk, { personId, sort, isAccept: accepted ? 1 : 0, isMatched: 0 }, { by: 'happenedAt' });
      const twin = asks.find((it) => it.source !== source && Math.abs(now.getTime() - it.happenedAt.getTime()) <= sameTapMs);
      if (twin) { await changeRows(manager, WechatAsk, { id: twin.id }, { isMatched: 1 }); return; }
      await addRows(manager, WechatAsk, [{ id: newId(), personId, sort, isAccept: accepted ? 1 : 0, source, happenedAt: now, isMatched: 0 }]);
      if (accepted) await this.add(manager, personId, sort, 1);
      await changeRows(manager, WechatQuota, { personId, sort }, { isRefused: accepted ? 0 : 1, askedAt: now, ...(accepted && this.isLong(sort) && { isLong: 1 }) });
    });
  }

  /** WeChat said no, or the person switched them off: none is left. */
  async none(manager: EntityManager, personId: string, sort: NoticeSort): Promise<void> {
    await this.ensure(manager, personId, sort);
    await changeRows(manager, WechatQuota, { personId, sort }, { leftCount: 0, isLong: 0, isRefused: 1 });
  }

  /** Takes one for this delivery. `busy`: another of this sort is on its way to this person. One conditional update, so never below zero. */
  async reserve(manager: EntityManager, personId: string, sort: NoticeSort, deliveryId: string): Promise<'ok' | 'none' | 'busy'> {
    const update = manager.createQueryBuilder().update(WechatQuota).set({ leftCount: () => 'CASE WHEN is_long = 1 THEN left_count ELSE left_count - 1 END', inFlight: deliveryId });
    const { affected } = await update.where('person_id = :personId AND sort = :sort AND template_id IN (:...templates) AND in_flight IS NULL AND (is_long = 1 OR left_count > 0)', { personId, sort, templates: this.templates(sort) }).execute();
    if (affected === 1) return 'ok';
    const row = await rowWhere(manager, WechatQuota, { personId, sort, templateId: this.templates(sort) });
    if (!row || row.inFlight === null || (row.isLong === 0 && row.leftCount <= 0)) return 'none';
    // What is not on its way stands in nobody's: it lost its sender at the wrong moment.
    const before = await rowWhere(manager, Delivery, { id: row.inFlight });
    if (!before || !underWay.includes(before.state)) await this.release(manager, row.inFlight, before?.state === 'due');
    return 'busy';
  }

  /** The message is on its way no longer. `back`: it certainly was not sent, so its consent is still good. */
  async release(manager: EntityManager, deliveryId: string, back: boolean): Promise<void> {
    const row = await rowWhere(manager, WechatQuota, { inFlight: deliveryId });
    if (!row) return;
    if (back && row.isLong === 0) await this.add(manager, row.personId, row.sort, 1);
    await changeRows(manager, WechatQuota, { personId: row.personId, sort: row.sort, inFlight: deliveryId }, { inFlight: null });
  }

  /** What is left for a person, of every sort. */
  async left(manager: EntityManager, personId: string): Promise<Map<NoticeSort, WechatQuota>> {
    const rows = await rowsWhere(manager, WechatQuota, { personId });
    return new Map(noticeSorts.flatMap((sort) => { const row = rows.find((it) => it.sort === sort); return row && this.templates(sort).includes(row.templateId) ? [[sort, row] as const] : []; }));
  }
  /** Of these people, those whom a message of this sort can reach. */
  async able(manager: EntityManager, people: readonly string[], sort: NoticeSort): Promise<Set<string>> {
    const rows = await manager.find(WechatQuota, { where: { sort, personId: In([...people]), templateId: In(this.templates(sort)) } });
    return new Set(rows.filter(({ leftCount, isLong }) => leftCount > 0 || isLong === 1).map(({ personId }) => personId));
  }

  private template(sort: NoticeSort): string { return this.settings.get('wechat.templates').find((it) => it.sort === sort && it.id !== '')?.id ?? ''; }
  private templates(sort: NoticeSort): string[] { return ['', this.template(sort)]; }
  private isLong(sort: NoticeSort): boolean { return this.settings.get('wechat.templates').some((it) => it.sort === sort && it.kind === 'long'); }

  private async add(manager: EntityManager, personId: string, sort: NoticeSort, count: number): Promise<void> {
    await manager.createQueryBuilder().update(WechatQuota).set({ leftCount: () => `left_count + ${count}` }).where({ personId, sort }).execute();
  }
  private async ensure(manager: EntityManager, personId: string, sort: NoticeSort): Promise<void> {
    await manager.createQueryBuilder().insert().into(WechatQuota).values({ personId, sort, leftCount: 0, isLong: 0, inFlight: null, askedAt: this.clock.now(), isRefused: 0, templateId: this.template(sort) }).orIgnore().execute();
    // What was consented to for another template is worth nothing for this one.
    const { affected } = await manager.createQueryBuilder().update(WechatQuota).set({ leftCount: 0, isLong: 0, inFlight: null, isRefused: 0, templateId: this.template(sort) }).where('person_id = :personId AND sort = :sort AND template_id NOT IN (:...templates)', { personId, sort, templates: this.templates(sort) }).execute();
    if (affected === 1) await changeRows(manager, WechatAsk, { personId, sort, isMatched: 0 }, { isMatched: 1 });
  }
}
