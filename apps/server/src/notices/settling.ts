import { Inject, Injectable } from '@nestjs/common';
import { In, Like } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { newId } from '../platform/ids.ts';
import { Mark } from '../platform/marks.ts';
import { AtMost, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import type { Outcome } from './channels.ts';
import { Fallback } from './fallback.ts';
import { QuotaLedger } from './ledger.ts';

const second = 1_000;
const hour = 3_600_000;
const mostAttempts = 10;
const parkedMark = 'wechat.parked';
const listening = 'listening.';
export const troubleMark = 'wechat.trouble';

/** 30 s, 1, 2, 4 … minutes, an hour at most. */
const backOff = (attempts: number): number => Math.min(30 * second * 2 ** (attempts - 1), hour);

/** Puts down what became of a message, and decides about those of which nobody knows. */
@Injectable()
export class Settling {
  private readonly name = `${listening}${newId()}`;
  private since: number | undefined;
  private beatAt = 0;
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(CONFIG) private readonly config: Config,
    @Inject(QuotaLedger) private readonly ledger: QuotaLedger, @Inject(Fallback) private readonly fallback: Fallback,
  ) {}

  /** Writes only over what is still this batch's: a pushed event may have been faster, or the lease may be another's by now. */
  async settle(delivery: Delivery, batch: string, outcome: Outcome): Promise<void> {
    const now = this.clock.now();
    const [free, at] = [{ leasedBy: null, leasedUntil: null }, (ms: number) => new Date(now.getTime() + ms)];
    await this.database.write(async (manager) => {
      const put = async (change: Partial<Delivery>) => await changeRows(manager, Delivery, { id: delivery.id, state: ['leased', 'sending'], leasedBy: batch }, { ...free, ...change }) === 1;
      switch (outcome.kind) {
        case 'sent':
          if (await put({ state: 'sent', messageId: outcome.messageId, sentAt: now, reason: null })) await this.ledger.release(manager, delivery.id, false);
          await this.quietTrouble(manager);
          return;
        case 'unsure': await put({ state: 'unsure', reason: 'timeout', sentAt: now, dueAt: at(this.settleMs) }); return;
        case 'parked':
          if (await put({ state: 'due', dueAt: outcome.until, reason: 'quota' })) await this.ledger.release(manager, delivery.id, true);
          await manager.upsert(Mark, { name: parkedMark, value: outcome.until.toISOString() }, ['name']);
          if (outcome.trouble !== undefined) await manager.upsert(Mark, { name: troubleMark, value: outcome.trouble }, ['name']);
          return;
        case 'later': {
          const attempts = delivery.attempts + 1;
          const over = attempts >= mostAttempts;
          if (!await put(over ? { state: 'failed', attempts, reason: outcome.reason === 'broken' ? 'broken' : 'gave_up' } : { state: 'due', attempts, reason: outcome.reason, dueAt: at(backOff(attempts)) })) return;
          await this.ledger.release(manager, delivery.id, true);
          if (over) await this.fallback.next(manager, delivery);
          return;
        }
        case 'failed':
          if (!await put({ state: 'failed', reason: outcome.reason, sentAt: null })) return;
          await this.ledger.release(manager, delivery.id, outcome.spent !== true);
          if (outcome.spent && delivery.channel === 'wechat') await this.ledger.none(manager, delivery.recipientId, delivery.sort === 'digest' ? 'progress' : delivery.sort);
          await this.fallback.next(manager, delivery);
      }
    });
  }

  /** Rows whose sender was killed, and rows of which nothing was heard in time. Answers how many were dealt with. */
  async abandoned(): Promise<number> {
    const now = this.clock.now();
    const waiting = await this.database.read(async (manager) => [
      ...(await rowsWhere(manager, Delivery, { state: ['leased', 'sending'] }, { limit: 500 })).filter(({ leasedUntil }) => leasedUntil !== null && leasedUntil <= now),
      ...await rowsWhere(manager, Delivery, { state: 'unsure', dueAt: new AtMost(now) }, { by: 'dueAt', limit: 100 }),
    ]);
    let done = 0;
    for (const row of waiting) if (await this.database.write((manager) => this.decide(manager, row, now))) done += 1;
    return done;
  }

  /** Until then WeChat takes nothing from us. */
  async parkedUntil(): Promise<Date | undefined> {
    const mark = await this.database.read((manager) => rowWhere(manager, Mark, { name: parkedMark }));
    return mark !== undefined && new Date(mark.value) > this.clock.now() ? new Date(mark.value) : undefined;
  }
  async isParked(): Promise<boolean> { return await this.parkedUntil() !== undefined; }

  get leaseMs(): number { return this.settings.get('notice.leaseSeconds') * second; }
  /** How long WeChat tries to push an event. */
  private get spanMs(): number { return Math.min(this.settleMs / 3, 20 * second); }
  private get settleMs(): number { return this.settings.get('notice.settleSeconds') * second; }

  private async decide(manager: EntityManager, row: Delivery, now: Date): Promise<boolean> {
    const put = async (change: Partial<Delivery>) => await changeRows(manager, Delivery, { id: row.id, state: row.state, leasedBy: row.leasedBy }, { leasedBy: null, leasedUntil: null, ...change }) === 1;
    if (row.state === 'leased') return put({ state: 'due' });
    if (row.state === 'sending') return put({ state: 'unsure', reason: 'crashed', sentAt: new Date((row.leasedUntil ?? now).getTime() - this.leaseMs), dueAt: new Date(now.getTime() + this.settleMs) });
    if (row.reason === 'crashed' && row.channel === 'wechat' && await this.wouldHaveHeard(manager, row)) {
      // This one never reached WeChat: it would have told us.
      if (!await put({ state: 'due', sentAt: null, reason: null, dueAt: now })) return false;
      await this.ledger.release(manager, row.id, true);
      return true;
    }
    if (!await put({ state: 'failed' })) return false;
    await this.ledger.release(manager, row.id, false);
    await this.fallback.next(manager, row);
    return true;
  }

  /**
   * WeChat pushes an event for each message that it sends, and tries for some seconds. That none came means that nothing was sent only if
   * somebody listened all that time: an instance that was up before this row left and was still up when WeChat would have given up.
   */
  private async wouldHaveHeard(manager: EntityManager, { sentAt }: Delivery): Promise<boolean> {
    if (this.config.wechat.push === undefined || sentAt === null) return false;
    const end = sentAt.getTime() + this.spanMs;
    const marks = await manager.find(Mark, { where: { name: Like(`${listening}%`) } });
    return marks.some(({ value }) => { const [since = 0, seen = 0] = value.split(' ').map(Number); return since <= sentAt.getTime() && seen >= end; });
  }

  /** This instance is up and hears what is pushed: put down every second while it sends. */
  async beat(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.config.wechat.push === undefined || now - this.beatAt < second) return;
    this.since ??= now;
    this.beatAt = now;
    const value = `${this.since} ${now}`;
    await this.database.write(async (manager) => {
      const { affected } = await manager.update(Mark, { name: this.name }, { value });
      if (affected === 1) return;
      await manager.insert(Mark, { name: this.name, value });
      const old = (await manager.find(Mark, { where: { name: Like(`${listening}%`) } })).filter((it) => now - Number(it.value.split(' ')[1]) > 24 * hour);
      if (old.length > 0) await manager.delete(Mark, { name: In(old.map(({ name }) => name)) });
    });
  }

  private async quietTrouble(manager: EntityManager): Promise<void> {
    if (await rowWhere(manager, Mark, { name: troubleMark })) await manager.delete(Mark, { name: troubleMark });
  }
}
