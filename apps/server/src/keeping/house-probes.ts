import { statfs } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Jobs } from '../platform/jobs.ts';
import { Probes } from '../platform/probes.ts';
import type { Found } from '../platform/probes.ts';
import { Settings } from '../platform/settings.ts';
import { Keeping } from './keeping.entity.ts';
import type { KeepingKind } from './keeping.entity.ts';

const [hour, day] = [3_600_000, 86_400_000];
const good = (says: string): Found => ({ state: 'good', says });
const bad = (says: string): Found => ({ state: 'bad', says });
/** 3 小时, 5 天. */
const since = (ms: number): string => (ms < hour ? `${Math.max(0, Math.round(ms / 60_000))} 分钟` : ms < 2 * day ? `${Math.round(ms / hour)} 小时` : `${Math.round(ms / day)} 天`);

/** What the house itself looks at; other parts add theirs (platform/probes.ts). */
@Injectable()
export class HouseProbes {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
    @Inject(Settings) private readonly settings: Settings, @Inject(Jobs) private readonly jobs: Jobs, @Inject(Probes) probes: Probes,
  ) {
    probes.add({ name: 'database', words: '数据库', look: () => this.answering() });
    probes.add({ name: 'backup', words: '备份', look: () => this.backedUp() });
    probes.add({ name: 'restore_test', words: '试恢复', look: () => this.tried() });
    probes.add({ name: 'jobs', words: '定时任务', look: () => this.onTime() });
    probes.add({ name: 'disk', words: '磁盘', look: () => this.room() });
  }

  private async answering(): Promise<Found> {
    const began = performance.now();
    await this.database.read((manager) => manager.query('SELECT 1'));
    const ms = Math.round(performance.now() - began);
    return { state: ms > 2_000 ? 'bad' : ms > 500 ? 'warn' : 'good', says: `${ms} 毫秒内应答` };
  }

  /** The last run of a kind that did what it should; `first`: the first one. */
  private last(kind: KeepingKind, order: 'ASC' | 'DESC' = 'DESC'): Promise<Keeping | null> {
    return this.database.read((manager) => manager.createQueryBuilder(Keeping, 'k').where('k.kind = :kind AND k.outcome IN (:...outcomes)', { kind, outcomes: ['ok', 'faults'] }).orderBy('k.endedAt', order).addOrderBy('k.id', order).limit(1).getOne());
  }
  private age({ endedAt }: Keeping): number { return this.clock.now().getTime() - endedAt.getTime(); }

  private async backedUp(): Promise<Found> {
    const [last, { backupHours }] = [await this.last('backup'), this.settings.get('health.limits')];
    if (!last) return { state: this.config.mode === 'demo' ? 'warn' : 'bad', says: '还没有做过备份' };
    const says = `上一次在 ${since(this.age(last))}前`;
    if (this.age(last) > backupHours * hour) return bad(`${says}，超过了规定的 ${backupHours} 小时`);
    return last.outcome === 'faults' ? bad(`${says}，备份时发现数据有问题：${last.words}`) : good(says);
  }

  private async tried(): Promise<Found> {
    const [last, { restoreTestDays }] = [await this.last('restore_test'), this.settings.get('health.limits')];
    const from = last ?? await this.last('backup', 'ASC');
    if (!from) return { state: 'warn', says: '还没有做过试恢复' };
    const says = last ? `上一次在 ${since(this.age(last))}前` : '还没有做过试恢复';
    if (this.age(from) > restoreTestDays * day) return bad(`${says}，超过了规定的 ${restoreTestDays} 天`);
    if (last?.outcome === 'faults') return bad(`${says}，没有通过：${last.words}`);
    return { state: last ? 'good' : 'warn', says };
  }

  private async onTime(): Promise<Found> {
    const all = await this.jobs.look();
    const [late, failed] = [all.filter((it) => it.late), all.filter((it) => it.failed)];
    if (late.length > 0) return bad(`没有按时做：${late.map(({ words }) => words).join('、')}`);
    return failed.length > 0 ? { state: 'warn', says: `上一次没有做成：${failed.map(({ words }) => words).join('、')}` } : good(`${all.length} 项都按时`);
  }

  private async room(): Promise<Found> {
    const { bavail, blocks, bsize } = await statfs(this.config.dataFolder);
    const [percent, { diskFreePercent: least }] = [Math.floor(bavail / blocks * 100), this.settings.get('health.limits')];
    return { state: percent < least ? 'bad' : percent < 2 * least ? 'warn' : 'good', says: `剩 ${(bavail * bsize / 1024 ** 3).toFixed(1)} GB，${percent}%` };
  }
}
