import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from './clock.ts';
import { Database } from './database.ts';
import { traceOf } from './error-filter.ts';
import { newId } from './ids.ts';
import { AtMost, changeRows, rowsWhere, rowWhere } from './rows.ts';

/** What the house does by itself, and when it last did. One row for all instances. */
@Entity('jobs')
export class JobRow {
  @PrimaryColumn({ type: 'varchar', length: 40 }) name: string;
  @Column({ name: 'due_at', type: 'datetime', precision: 3 }) dueAt: Date;
  /** Until then the one who runs it owns it; whoever was killed in the middle loses it at this time. */
  @Column({ name: 'leased_until', type: 'datetime', precision: 3, nullable: true }) leasedUntil: Date | null;
  @Column({ name: 'leased_by', type: 'varchar', length: 20, nullable: true }) leasedBy: string | null;
  @Column({ name: 'started_at', type: 'datetime', precision: 3, nullable: true }) startedAt: Date | null;
  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true }) endedAt: Date | null;
  @Column({ name: 'succeeded_at', type: 'datetime', precision: 3, nullable: true }) succeededAt: Date | null;
  /** What the last run did, in one line, or the name of what went wrong. */
  @Column({ type: 'varchar', length: 400 }) outcome: string;
}

export interface Job {
  readonly name: string;
  /** What it does, for the health page. */
  readonly words: string;
  readonly everySeconds: number;
  /** How long one run may take before another instance takes over. */
  readonly leaseSeconds?: number;
  /** Does the work and says in one line what was done. Must stand being done twice: a killed run is done again. */
  readonly run: () => Promise<string>;
}
/** `late`: it missed two of its times, or never ran although it should have. */
export interface JobLook { readonly name: string; readonly words: string; readonly everySeconds: number; readonly succeededAt: Date | null; readonly endedAt: Date | null; readonly failed: boolean; readonly late: boolean; readonly outcome: string }

/** Whose turn it is, and when it was due. */
interface Lease { readonly by: string; readonly dueAt: Date }

const lookEveryMs = 1_000;
const leaseSeconds = 300;

/** Runs each planned job when it is due, on one instance at a time. What is planned is planned while the house is put together. */
@Injectable()
export class Jobs implements OnApplicationShutdown {
  private readonly log = new Logger('jobs');
  private readonly planned = new Map<string, Job>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock) {}

  plan(job: Job): void { this.planned.set(job.name, job); }

  /** Makes the rows of what is new and, unless a test runs its jobs by hand, looks every second for what is due. */
  async begin(byItself: boolean): Promise<void> {
    await this.database.write(async (manager) => {
      const known = new Set((await manager.find(JobRow)).map(({ name }) => name));
      for (const { name, everySeconds } of this.planned.values()) {
        if (!known.has(name)) await manager.createQueryBuilder().insert().into(JobRow).orIgnore().values({ name, dueAt: this.after(everySeconds), leasedUntil: null, leasedBy: null, startedAt: null, endedAt: null, succeededAt: null, outcome: '' }).execute();
      }
    });
    if (byItself) this.timer = setInterval(() => { this.running ??= this.runDue().catch((error: unknown) => { this.log.error(error); }).finally(() => { this.running = undefined; }); }, lookEveryMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Everything that is due now, one after the other. */
  async runDue(): Promise<void> {
    const due = await this.database.read((manager) => rowsWhere(manager, JobRow, { dueAt: new AtMost(this.clock.now()) }));
    for (const { name } of due) await this.attempt(name, true);
  }

  /** Now, whether due or not; undefined when another instance is at it. @throws what the job throws */
  async runNow(name: string): Promise<string | undefined> {
    const result = await this.attempt(name, false);
    if (result && 'error' in result) throw result.error;
    return result?.outcome;
  }

  /** Has a job run at its next turn, within a second or two, on whichever instance comes first; in the transaction of what asks for it. */
  async hasten(manager: EntityManager, name: string): Promise<void> {
    await changeRows(manager, JobRow, { name }, { dueAt: this.clock.now() });
  }

  async look(): Promise<JobLook[]> {
    const now = this.clock.now().getTime();
    const rows = new Map((await this.database.read((manager) => manager.find(JobRow))).map((it) => [it.name, it]));
    return [...this.planned.values()].map(({ name, words, everySeconds }) => {
      const row = rows.get(name);
      const [succeededAt, endedAt] = [row?.succeededAt ?? null, row?.endedAt ?? null];
      const since = succeededAt ?? (row && new Date(row.dueAt.getTime() - everySeconds * 1000));
      return { name, words, everySeconds, succeededAt, endedAt, failed: endedAt !== null && (succeededAt === null || succeededAt < endedAt), late: since !== undefined && now - since.getTime() > (2 * everySeconds + leaseSeconds) * 1000, outcome: row?.outcome ?? '' };
    });
  }

  private after(seconds: number): Date { return new Date(this.clock.now().getTime() + seconds * 1000); }

  private async attempt(name: string, onlyDue: boolean): Promise<{ outcome: string } | { error: unknown } | undefined> {
    const job = this.planned.get(name);
    const lease = job && await this.lease(job, onlyDue);
    if (!job || lease === undefined) return undefined;
    try {
      const outcome = await job.run();
      await this.end(job, lease, outcome, true);
      return { outcome };
    } catch (error) {
      this.log.error(`${name} ${traceOf(error)}`);
      await this.end(job, lease, error instanceof Error ? error.name : 'unknown', false);
      return { error };
    }
  }

  /** One conditional update: of several instances one gets it. */
  private lease({ name, leaseSeconds: seconds = leaseSeconds }: Job, onlyDue: boolean): Promise<Lease | undefined> {
    return this.database.write(async (manager) => {
      const [row, now, by] = [await rowWhere(manager, JobRow, { name }), this.clock.now(), newId()];
      if (!row || (onlyDue && row.dueAt > now) || (row.leasedUntil !== null && row.leasedUntil > now)) return undefined;
      const won = await changeRows(manager, JobRow, { name, dueAt: row.dueAt, leasedBy: row.leasedBy }, { leasedBy: by, leasedUntil: this.after(seconds), startedAt: now });
      return won === 1 ? { by, dueAt: row.dueAt } : undefined;
    });
  }

  /** Whoever lost the lease meanwhile writes nothing. What was hastened while it ran is due at the next turn, after the others. */
  private async end({ name, everySeconds }: Job, { by: leasedBy, dueAt }: Lease, outcome: string, succeeded: boolean): Promise<void> {
    const now = this.clock.now();
    await this.database.write(async (manager) => {
      await changeRows(manager, JobRow, { name, leasedBy, dueAt }, { dueAt: this.after(everySeconds) });
      await changeRows(manager, JobRow, { name, leasedBy }, { leasedBy: null, leasedUntil: null, endedAt: now, outcome: outcome.slice(0, 400), ...(succeeded && { succeededAt: now }) });
    });
  }
}
