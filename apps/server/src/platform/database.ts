import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { QueryFailedError } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';

interface Unit { readonly manager: EntityManager; readonly writes: boolean; open: boolean }
/** Deadlock, and MariaDB's "changed since last read" (innodb_snapshot_isolation). */
const brokenOff = new Set(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);
const most = 5;
type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * The only door to the tables. `write` is one transaction: what is done inside it joins it, and throwing anywhere undoes all of it.
 * An embedded file has one connection, so there units stand in a queue; elsewhere the pool runs them side by side.
 */
@Injectable()
export class Database {
  private readonly units = new AsyncLocalStorage<Unit>();
  private tail: Promise<unknown> = Promise.resolve();
  private readonly embedded: boolean;

  constructor(@Inject(getDataSourceToken()) private readonly source: DataSource) {
    this.embedded = source.options.type === 'better-sqlite3';
  }

  write<T>(work: Work<T>): Promise<T> {
    const unit = this.units.getStore();
    if (unit?.writes === false && unit.open) return Promise.reject(new Error('A write inside a read: open the write first.'));
    return this.joined(work) ?? this.inTurn(() => this.patiently(() => this.source.transaction((manager) => this.within(manager, true, work))));
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.joined(work) ?? this.inTurn(() => this.within(this.source.manager, false, work));
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

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (!this.embedded) return run();
    const turn = this.tail.then(run);
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}
