import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Database } from './database.ts';

/** Small facts about this database: the demonstration's clock, which seeds were loaded, and the version of what instances hold in memory. */
@Entity('marks')
export class Mark {
  @PrimaryColumn({ type: 'varchar', length: 40 }) name: string;
  @Column({ type: 'varchar', length: 200 }) value: string;
}

/** Stands in a database whose restore has begun and not ended: no server starts on it. */
export const restoreMark = 'restore.unfinished';

/** Moves a mark, in the transaction of the change: every instance reads again within seconds (trap 18). */
export async function moveMark(manager: EntityManager, name: string): Promise<void> {
  const { affected } = await manager.createQueryBuilder().update(Mark).set({ value: () => 'value + 1' }).where({ name }).execute();
  if (affected !== 1) await manager.insert(Mark, { name, value: '1' });
}

const everyMs = 2_000;

/** Watches the marks of what is held in memory and has it read again when one has moved. */
@Injectable()
export class Marks implements OnApplicationShutdown {
  private readonly watched = new Map<string, { seen: string | undefined; load: () => Promise<void> }>();
  private readonly log = new Logger('marks');
  private timer: NodeJS.Timeout | undefined;
  constructor(@Inject(Database) private readonly database: Database) {}

  watch(name: string, load: () => Promise<void>): void { this.watched.set(name, { seen: undefined, load }); }

  /** Reads everything once, then looks at the marks every two seconds. */
  async begin(): Promise<void> {
    await this.look(true);
    this.timer = setInterval(() => { this.look(false).catch((error: unknown) => { this.log.warn(error); }); }, everyMs).unref();
  }

  /** Reads again what has moved: on the timer, and at once after a change made here. */
  async look(all: boolean): Promise<void> {
    const now = new Map((await this.database.read((manager) => manager.find(Mark))).map(({ name, value }) => [name, value]));
    for (const [name, it] of this.watched) {
      const value = now.get(name);
      if (!all && value === it.seen) continue;
      await it.load();
      it.seen = value;
    }
  }

  onApplicationShutdown(): void { clearInterval(this.timer); }
}
