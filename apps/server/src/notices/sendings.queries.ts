import { Inject, Injectable } from '@nestjs/common';
import type { Answer, ReachedRow, routes, SendingBoard, SendingRow } from '@lvzhi/contracts';
import { channelWords, dateOf, dateWords, deliveryReasons, noticeChannels, reachOf, reachWords, timeOf, unableReasons, unsureWords, visitStateWords } from '@lvzhi/domain';
import type { DeliveryReason, Reach } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { notFound } from '../platform/refusals.ts';
import { Seals } from '../platform/seals.ts';
import { Sms } from '../platform/sms.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { Visit } from '../visits/visit.entity.ts';
import { NoticeCall } from './notices.entity.ts';
import { mustAnswer } from './notices.service.ts';

type Calls = Answer<typeof routes.listCalls>;
/** One person of a sending: the notice that counts (the latest appointment), and all that told of it since. */
interface Told { readonly visit: Visit; readonly notice: OutboxRow; readonly rows: readonly OutboxRow[]; readonly deliveries: readonly Delivery[]; readonly call: NoticeCall | undefined; readonly phone: string | null }

const maskedPhone = (phone: string | null): string => (phone === null ? '' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);
const grouped = <T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(by(row), [...found.get(by(row)) ?? [], row]);
  return found;
};

/** 送达情况: whom the notices of one arrangement reached, and whom not, and why. */
@Injectable()
export class SendingQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory, @Inject(Seals) private readonly seals: Seals, @Inject(Sms) private readonly sms: Sms,
  ) {}

  list({ after, limit }: { after?: string | undefined; limit: number }): Promise<{ rows: SendingRow[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const batches: { batch_id: string }[] = await manager.query(`SELECT batch_id FROM visits ${after === undefined ? '' : 'WHERE batch_id < ?'} GROUP BY batch_id ORDER BY batch_id DESC LIMIT ${limit + 1}`, after === undefined ? [] : [after]);
      const shown = batches.slice(0, limit).map((it) => it.batch_id);
      const all = grouped(shown.length === 0 ? [] : await this.told(manager, await manager.find(Visit, { where: { batchId: In(shown) } })), ({ visit }) => visit.batchId);
      return { rows: shown.flatMap((id) => { const told = all.get(id); return told ? [this.summary(id, told)] : []; }), next: batches.length > limit ? shown.at(-1) ?? null : null };
    });
  }

  board(id: string): Promise<SendingBoard> {
    return this.database.read(async (manager) => {
      const told = await this.batch(manager, id);
      const rows = told.map((it) => this.reached(it)).sort((a, b) => order.indexOf(a.reach) - order.indexOf(b.reach));
      const deliveries = told.flatMap((it) => it.deliveries);
      const channels = noticeChannels.map((channel) => {
        const of = (...states: Delivery['state'][]) => deliveries.filter((it) => it.channel === channel && states.includes(it.state)).length;
        return { channel, words: channelWords[channel], out: of('sent', 'arrived', 'unsure', 'bundled'), arrived: of('arrived'), failed: of('failed'), unable: deliveries.filter((it) => it.channel === channel && it.state === 'failed' && unableReasons.some((reason) => reason === it.reason)).length };
      });
      return { ...this.summary(id, told), sms: this.sms.isSetUp, open: rows.filter(({ isOpen }) => isOpen).length, channels, rows };
    });
  }

  /** Those whom nothing has reached for certain and who have not answered, with their whole numbers. */
  calls(id: string): Promise<Calls> {
    return this.database.read(async (manager) => {
      const told = await this.batch(manager, id);
      const rows = told.map((it) => ({ it, row: this.reached(it) })).filter(({ row }) => row.isOpen && row.reach !== 'called' && row.reach !== 'read');
      return {
        title: this.titleOf(told), rows: rows.map(({ it: { visit, phone }, row }) => ({
          noticeId: row.noticeId, person: row.person, phone: phone ?? '', why: row.reason ?? row.words, what: `${dateWords(dateOf(visit.startsAt), dateOf(this.clock.now()))} ${timeWords(visit.startsAt)}，${visit.place || '视频'}`,
        })),
      };
    });
  }

  /** The visits of a batch that still wait for an answer. */
  async openVisits(manager: EntityManager, id: string): Promise<Visit[]> {
    const now = this.clock.now();
    const visits = await manager.find(Visit, { where: { batchId: id } });
    if (visits.length === 0) notFound();
    return visits.filter(({ state, startsAt }) => state === 'notified' && startsAt > now);
  }

  private async batch(manager: EntityManager, id: string): Promise<Told[]> {
    const told = await this.told(manager, await manager.find(Visit, { where: { batchId: id } }));
    if (told.length === 0) notFound();
    return told;
  }

  private async told(manager: EntityManager, visits: readonly Visit[]): Promise<Told[]> {
    const now = this.clock.now();
    const outbox = (await manager.find(OutboxRow, { where: { docId: In(visits.map(({ id }) => id)), docKind: 'visit', audience: 'author' } })).filter((it) => mustAnswer(it) && it.notBefore <= now);
    const rows = grouped(outbox, ({ docId }) => docId);
    const deliveries = grouped(await manager.find(Delivery, { where: { noticeId: In(outbox.map(({ id }) => id)) }, order: { id: 'ASC' } }), ({ noticeId }) => noticeId);
    const calls = new Map((await manager.find(NoticeCall, { where: { noticeId: In(outbox.map(({ id }) => id)) } })).map((it) => [it.noticeId, it]));
    const phones = new Map((await manager.find(Person, { where: { id: In(visits.map(({ memberId }) => memberId)) }, select: { id: true, phoneSealed: true } })).map((it) => [it.id, it.phoneSealed]));
    return visits.flatMap((visit) => {
      const mine = (rows.get(visit.id) ?? []).sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime() || (a.id < b.id ? -1 : 1));
      const notice = mine.findLast(({ action, withdrawnAt }) => (action === 'notify' || action === 'reschedule') && withdrawnAt === null);
      if (!notice) return [];
      const since = mine.filter(({ notBefore }) => notBefore >= notice.notBefore);
      const phone = phones.get(visit.memberId);
      return [{ visit, notice, rows: since, deliveries: since.flatMap(({ id }) => deliveries.get(id) ?? []), call: calls.get(notice.id), phone: phone ? this.seals.unseal(phone) : null }];
    });
  }

  private reached({ visit, notice, rows, deliveries, call, phone }: Told): ReachedRow {
    const read = rows.find(({ readAt }) => readAt !== null)?.readAt ?? null;
    const answeredAt = notice.answeredAt ?? (visit.state === 'notified' ? null : visit.changedAt);
    const { reach, channel, reason, sure } = reachOf({ readAt: read, answeredAt, calledAt: call?.calledAt ?? null, deliveries });
    const { name = '', note = '' } = this.directory.page.person(visit.memberId) ?? {};
    const isOpen = visit.state === 'notified' && visit.startsAt > this.clock.now();
    const at = { read: read ?? answeredAt, called: call?.calledAt ?? null, arrived: deliveries.findLast(({ sentAt }) => sentAt !== null)?.sentAt ?? null, waiting: null, failed: null }[reach];
    const can = [...(isOpen && reach !== 'read' ? [call ? 'uncall' as const : 'call' as const] : []), ...(isOpen && this.sms.isSetUp && phone !== null && !deliveries.some((it) => it.channel === 'sms') ? ['sms' as const] : [])];
    return {
      noticeId: notice.id, docId: visit.id, person: { id: visit.memberId, name, note }, reach, words: reach === 'arrived' && !sure ? unsureWords : reachWords[reach], channel: channel === null ? reach === 'read' ? '小程序' : '' : channelWords[channel], reason: reason === null ? null : deliveryReasons[reason], lacks: this.lacks(deliveries, reason), at: at?.toISOString() ?? null,
      reply: visit.state === 'notified' ? '' : visitStateWords[visit.state], isOpen, phone: maskedPhone(phone), called: call ? { who: this.directory.page.person(call.byId)?.name ?? '', at: call.calledAt.toISOString() } : null, can,
    };
  }

  /** 微信：没有绑定微信. What the last channel says for itself is not said twice. */
  private lacks(deliveries: readonly Delivery[], said: DeliveryReason | null): string[] {
    const failed = deliveries.filter(({ state, reason }) => state === 'failed' && reason !== null && reason !== said);
    return [...new Set(failed.map(({ channel, reason }) => `${channelWords[channel]}：${reason === null ? '' : deliveryReasons[reason]}`))];
  }

  private summary(id: string, told: readonly Told[]): SendingRow {
    const rows = told.map((it) => this.reached(it));
    const of = (reach: Reach) => rows.filter((it) => it.reach === reach).length;
    const [first] = [...told].sort((a, b) => a.notice.notBefore.getTime() - b.notice.notBefore.getTime());
    return { id, title: this.titleOf(told), at: (first?.notice.notBefore ?? this.clock.now()).toISOString(), total: rows.length, read: of('read'), arrived: of('arrived'), waiting: of('waiting'), failed: of('failed'), called: rows.filter(({ called }) => called !== null).length, answered: rows.filter(({ reply }) => reply !== '').length };
  }

  /** 走访通知 · 7月26日 陈静怡等 3 位. */
  private titleOf(told: readonly Told[]): string {
    const [first] = [...told].sort((a, b) => a.visit.startsAt.getTime() - b.visit.startsAt.getTime());
    if (!first) return '走访通知';
    const name = this.directory.page.person(first.visit.memberId)?.name ?? '';
    return `走访通知 · ${dateWords(dateOf(first.visit.startsAt), dateOf(this.clock.now()))} ${name}${told.length > 1 ? `等 ${told.length} 位` : ''}`;
  }
}
/** What wants doing stands first. */
const order: readonly Reach[] = ['failed', 'waiting', 'arrived', 'called', 'read'];
const timeWords = (at: Date): string => timeOf(at).replace(/^0/, '');
