import { Inject, Injectable } from '@nestjs/common';
import type { HealthView } from '@lvzhi/contracts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Jobs } from '../platform/jobs.ts';
import { Probes } from '../platform/probes.ts';
import { version } from '../platform/version.ts';
import { Keeping } from './keeping.entity.ts';
import { sized } from './progress.ts';

const runWords = { backup: '备份', restore_test: '试恢复', restore: '恢复' } as const;
const outcomeWords = { ok: '做好了', faults: '做好了，但有问题', failed: '没有做成', stopped: '被停下' } as const;
const everyWords = (seconds: number): string => (seconds < 3_600 ? `每 ${Math.round(seconds / 60)} 分钟` : seconds < 86_400 ? `每 ${Math.round(seconds / 3_600)} 小时` : `每 ${Math.round(seconds / 86_400)} 天`);
type State = HealthView['state'];
const worst = (states: readonly State[]): State => (states.includes('bad') ? 'bad' : states.includes('warn') ? 'warn' : 'good');

/** 运行状况: how the house itself is, for whoever runs it. Nothing of what people write is in it. */
@Injectable()
export class HealthService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Jobs) private readonly jobs: Jobs, @Inject(Probes) private readonly probes: Probes,
  ) {}

  async show(): Promise<HealthView> {
    const probes = await this.probes.lookAll();
    return { state: worst(probes.map(({ state }) => state)), at: this.clock.now().toISOString(), probes, jobs: await this.ofJobs(), runs: await this.runs(), facts: await this.facts() };
  }

  private async ofJobs(): Promise<HealthView['jobs']> {
    return (await this.jobs.look()).map(({ name, words, everySeconds, endedAt, failed, late, outcome }) => ({
      name, words, every: everyWords(everySeconds), state: late ? 'bad' as const : failed ? 'warn' as const : 'good' as const, endedAt: endedAt?.toISOString() ?? null, outcome: failed ? `没有做成（${outcome}）` : outcome,
    }));
  }

  private async runs(): Promise<HealthView['runs']> {
    const rows = await this.database.read((manager) => manager.find(Keeping, { order: { endedAt: 'DESC', id: 'DESC' }, take: 10 }));
    return rows.map(({ id, kind, outcome, endedAt, fileName, kilobytes, words }) => ({
      id, words: runWords[kind], state: outcome === 'ok' ? 'good' as const : outcome === 'stopped' ? 'warn' as const : 'bad' as const, outcome: outcomeWords[outcome], endedAt: endedAt.toISOString(), fileName, size: kilobytes === 0 ? '' : sized(kilobytes * 1024), says: words,
    }));
  }

  private async facts(): Promise<HealthView['facts']> {
    const server = this.config.databaseUrl.startsWith('mysql:');
    const [row] = await this.database.read((manager) => manager.query<{ version: string }[]>(server ? 'SELECT VERSION() AS version' : 'SELECT sqlite_version() AS version'));
    const days = Math.floor(process.uptime() / 86_400);
    return [
      { words: '程序版本', value: version }, { words: 'Node', value: process.version }, { words: '数据库', value: `${server ? '' : 'SQLite '}${row?.version ?? ''}` },
      { words: '这一台已运行', value: days > 0 ? `${days} 天` : `${Math.floor(process.uptime() / 3_600)} 小时 ${Math.floor(process.uptime() / 60) % 60} 分` }, { words: '方式', value: this.config.mode === 'demo' ? '演示' : '正式' },
    ];
  }
}
