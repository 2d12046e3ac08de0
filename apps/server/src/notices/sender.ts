import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { isAlwaysTold, quietUntil } from '@lvzhi/domain';
import type { DeliveryReason } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { traceOf } from '../platform/error-filter.ts';
import { newId } from '../platform/ids.ts';
import { AtMost, changeRows, rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Channels } from './channels.ts';
import { Fallback } from './fallback.ts';
import { QuotaLedger } from './ledger.ts';
import { Letters } from './letters.ts';
import type { Letter } from './letters.ts';
import { Settling } from './settling.ts';

/** How many messages are under way at once on one instance. */
const atOnce = 40;
const restMs = 1_000;

/**
 * Takes what is due out of the house. A row is leased (nothing has left), then marked as leaving, in a transaction of its own that also takes
 * the consent, then sent. Whoever is killed in between loses the lease: what had not left goes to the next sender, what may have left is
 * never sent again before it is known that it did not (Settling).
 */
@Injectable()
export class Sender implements OnApplicationShutdown {
  private readonly log = new Logger('sender');
  private stopped = false;
  private running: Promise<unknown> | undefined;
  private timer: NodeJS.Timeout | undefined;
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Letters) private readonly letters: Letters,
    @Inject(Channels) private readonly channels: Channels, @Inject(QuotaLedger) private readonly ledger: QuotaLedger, @Inject(Fallback) private readonly fallback: Fallback, @Inject(Settling) private readonly settling: Settling,
  ) {}

  /** Works by itself from now on, each instance on rows of its own. */
  begin(): void {
    const turn = (): void => {
      this.running = this.settling.beat().then(() => this.turn()).catch((error: unknown) => { this.log.error(traceOf(error)); return 0; }).then((done) => { if (!this.stopped) this.timer = setTimeout(turn, done > 0 ? 0 : restMs).unref(); });
    };
    this.timer = setTimeout(turn, restMs).unref();
  }
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Everything that is due now. Answers how many rows were dealt with. */
  async runDue(): Promise<number> {
    for (let all = 0; ;) {
      const done = await this.turn();
      if (done === 0) return all;
      all += done;
    }
  }

  /** One batch. 0: nothing is due, or another sender has it. */
  async turn(): Promise<number> {
    const settled = await this.settling.abandoned();
    const batch = newId();
    const mine = await this.lease(batch);
    if (mine.length === 0) return settled;
    const letters = await this.read(mine);
    // What all of them need is there before the first is marked as leaving: fewer are in doubt when this process is killed.
    const idle = letters.length > 0 && letters.some(({ delivery }) => delivery.channel === 'wechat') ? await this.channels.awaken() : null;
    if (idle) { for (const { delivery } of letters) await this.settling.settle(delivery, batch, idle); return mine.length + settled; }
    const leaving = await this.database.write(async (manager) => {
      const out: Letter[] = [];
      for (const letter of letters) if (await this.ready(manager, batch, letter)) out.push(letter);
      return out;
    });
    await Promise.all(leaving.map(async (letter) => this.settling.settle(letter.delivery, batch, await this.channels.send(letter))));
    return mine.length + settled;
  }

  private async lease(batch: string): Promise<Delivery[]> {
    const parked = await this.settling.isParked();
    return this.database.write(async (manager) => {
      const now = this.clock.now();
      const due = await rowsWhere(manager, Delivery, { state: 'due', dueAt: new AtMost(now), ...(parked && { channel: 'sms' }) }, { by: 'dueAt', limit: atOnce });
      if (due.length === 0) return [];
      const taken = await changeRows(manager, Delivery, { id: due.map(({ id }) => id), state: 'due' }, { state: 'leased', leasedBy: batch, leasedUntil: new Date(now.getTime() + this.settling.leaseMs) });
      return taken === 0 ? [] : rowsWhere(manager, Delivery, { leasedBy: batch });
    });
  }

  /** A row that cannot even be read is set aside by itself and holds up no other. */
  private async read(mine: readonly Delivery[]): Promise<Letter[]> {
    try { return await this.database.read((manager) => this.letters.of(manager, mine)); } catch (error) { this.log.error(traceOf(error)); }
    const letters: Letter[] = [];
    for (const one of mine) {
      try { letters.push(...await this.database.read((manager) => this.letters.of(manager, [one]))); } catch (error) {
        this.log.error(`${one.id} ${traceOf(error)}`);
        await this.settling.settle(one, one.leasedBy ?? '', { kind: 'later', reason: 'broken' });
      }
    }
    return letters;
  }

  /** Marks the row as leaving and takes its consent; or puts down why it does not leave now. */
  private async ready(manager: EntityManager, batch: string, letter: Letter): Promise<boolean> {
    const { delivery } = letter;
    const now = this.clock.now();
    const put = (change: Partial<Delivery>) => changeRows(manager, Delivery, { id: delivery.id, state: 'leased', leasedBy: batch }, { leasedBy: null, leasedUntil: null, ...change });
    const fails = async (reason: DeliveryReason) => { if (await put({ state: 'failed', reason }) === 1) await this.fallback.next(manager, delivery); return false; };
    if (letter.no !== null) { await put({ state: 'skipped', reason: letter.no }); return false; }
    const telling = delivery.sort === 'digest' || isAlwaysTold(delivery.sort) ? 'now' : letter.choices.sorts[delivery.sort];
    if (telling === 'never') { await put({ state: 'skipped', reason: 'choice' }); return false; }
    if (telling === 'digest') { await put({ state: 'held', reason: null }); return false; }
    const quiet = letter.pressing ? undefined : quietUntil(letter.choices.quiet ?? this.settings.get('notice.quiet'), now);
    if (quiet) { await put({ state: 'due', dueAt: quiet, reason: 'quiet' }); return false; }
    const why = this.channels.whyNot(letter);
    if (why !== null) return fails(why);
    // The row comes first: whoever has lost the lease meanwhile takes no consent either.
    if (await changeRows(manager, Delivery, { id: delivery.id, state: 'leased', leasedBy: batch }, { state: 'sending' }) !== 1) return false;
    if (delivery.channel === 'sms') return true;
    const got = await this.ledger.reserve(manager, delivery.recipientId, delivery.sort === 'digest' ? 'progress' : delivery.sort, delivery.id);
    if (got === 'ok') return true;
    await changeRows(manager, Delivery, { id: delivery.id, state: 'sending', leasedBy: batch }, { leasedBy: null, leasedUntil: null, ...(got === 'busy' ? { state: 'due', dueAt: new Date(now.getTime() + 2_000) } : { state: 'failed', reason: 'no_consent' }) });
    if (got === 'none') await this.fallback.next(manager, delivery);
    return false;
  }
}
