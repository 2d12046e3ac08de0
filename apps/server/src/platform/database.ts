import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { QueryFailedError } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { tell } from './statements.ts';

interface Unit { readonly manager: EntityManager; readonly writes: boolean; open: boolean }
/** Deadlock, and MariaDB's "changed since last read" (innodb_snapshot_isolation). */
const brokenOff = new Set(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);
const most = 5;
type Work<T> = (manager: EntityManager) => Promise<T>;
/** A unit of work that waits for the one connection of an embedded file. */
interface Waiting { readonly work: Work<unknown>; readonly done: (value: unknown) => void; readonly failed: (error: unknown) => void }
/** How many writes share one commit at most. */
const mostTogether = 32;

/**
 * The only door to the tables. `write` is one transaction: what is done inside it joins it, and throwing anywhere undoes all of it.
 * An embedded file has one connection, so there units come one after the other, and writes of the same moment share one commit, since that is
 * what takes long; elsewhere the pool runs them side by side.
 */
@Injectable()
export class Database {
  private readonly units = new AsyncLocalStorage<Unit>();
  private readonly reads: Waiting[] = [];
  private readonly writes: Waiting[] = [];
  /** How many of the writes have let a turn of the event loop pass. */
  private ripe = 0;
  private busy = false;
  private readonly embedded: boolean;

  constructor(@Inject(getDataSourceToken()) private readonly source: DataSource) {
    this.embedded = source.options.type === 'better-sqlite3';
  }

  write<T>(work: Work<T>): Promise<T> {
    const unit = this.units.getStore();
    if (unit?.writes === false && unit.open) return Promise.reject(new Error('A write inside a read: open the write first.'));
    return this.joined(work) ?? (this.embedded ? this.inTurn(this.writes, work) : this.patiently(() => this.alone(work)));
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.joined(work) ?? (this.embedded ? this.inTurn(this.reads, work) : this.within(this.source.manager, false, work));
  }

  private joined<T>(work: Work<T>): Promise<T> | undefined {
    const unit = this.units.getStore();
    if (unit?.open === false) return Promise.reject(new Error('This unit of work is over: something in it was not awaited.'));
    return unit && work(unit.manager);
  }

  private async within<T>(manager: EntityManager, writes: boolean, work: Work<T>): Promise<T> {
    const unit: Unit = { manager, writes, open: true };
    try {
      return await this.units.run(unit, () => work(manager));
    } finally {
      unit.open = false;
    }
  }

  /** A transaction that the database itself broke off in favour of another one has left nothing behind: it is done again, on what is there now. */
  private async patiently<T>(run: () => Promise<T>): Promise<T> {
    for (let left = most; ; left -= 1) {
      try {
        return await run();
      } catch (error) {
        if (left === 0 || !(error instanceof QueryFailedError) || !brokenOff.has(String((error.driverError as { code?: unknown }).code))) throw error;
      }
    }
  }

  private alone<T>(work: Work<T>): Promise<T> { return this.source.transaction((manager) => this.within(manager, true, work)); }

  private inTurn<T>(queue: Waiting[], work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, done: (value) => { resolve(value as T); }, failed: reject });
      if (queue === this.reads) void this.workOff();
      // Requests that came in together get as far as their own writes within one turn.
      else if (queue.length === this.ripe + 1) setImmediate(() => { this.ripe = queue.length; void this.workOff(); });
    });
  }

  private async workOff(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (;;) {
      const together = this.writes.splice(0, Math.min(this.ripe, mostTogether));
      this.ripe -= together.length;
      const [first, second] = together.length > 0 ? together : this.reads.splice(0, 1);
      if (!first) break;
      if (second) await this.together(together);
      else await (together.length > 0 ? this.alone(first.work) : this.within(this.source.manager, false, first.work)).then(first.done, first.failed);
    }
    this.busy = false;
  }

  /**
   * Each can fail by itself and takes only its own with it; nobody is told of success before the commit that all share. When that does not come
   * about, nothing of them is there, and each is done again by itself.
   */
  private async together(units: readonly Waiting[]): Promise<void> {
    const ends: (() => void)[] = [];
    try {
      await this.source.transaction(async (manager) => {
        for (const { work, done, failed } of units) {
          await tell(manager, 'SAVEPOINT unit', []);
          try {
            const value = await this.within(manager, true, work);
            ends.push(() => { done(value); });
          } catch (error) {
            await tell(manager, 'ROLLBACK TO unit', []);
            ends.push(() => { failed(error); });
          }
          await tell(manager, 'RELEASE unit', []);
        }
      });
    } catch {
      for (const { work, done, failed } of units) await this.alone(work).then(done, failed);
      return;
    }
    for (const end of ends) end();
  }
}
