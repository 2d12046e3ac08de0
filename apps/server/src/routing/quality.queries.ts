import { Inject, Injectable } from '@nestjs/common';
import type { RoutingQuality } from '@lvzhi/contracts';
import { addDays, dateOf, daysBetween, fewestForThreshold, wantedPrecision } from '@lvzhi/domain';
import { MoreThanOrEqual } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Settings } from '../platform/settings.ts';
import { RoutingKnowledge } from './knowledge.queries.ts';
import { RoutingExample, RoutingModelRow, RoutingStrike } from './routing.entity.ts';

type Model = Pick<RoutingModelRow, 'id' | 'versionNo' | 'state' | 'madeAt' | 'exampleCount' | 'figures'>;
const [weeksShown, mostRead, modelsShown, wordsOfEach, leastWeight] = [26, 10_000, 12, 12, 0.2];
const aMonday = '2022-01-03';
const mondayOf = (day: string): string => addDays(day, -(((daysBetween(aMonday, day) % 7) + 7) % 7));

const tallyOf = (rows: readonly RoutingExample[]) => {
  const [right, sent] = [rows.filter(({ saidId, committeeId }) => saidId === committeeId), rows.filter((it) => it.sent === 1)];
  return { n: rows.length, right: right.length, sent: sent.length, sentRight: sent.filter(({ saidId, committeeId }) => saidId === committeeId).length };
};

/** 分办质量: what the router said beside what people decided. */
@Injectable()
export class RoutingQualityQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory,
    @Inject(Settings) private readonly settings: Settings, @Inject(RoutingKnowledge) private readonly knowledge: RoutingKnowledge,
  ) {}

  show(): Promise<RoutingQuality> {
    return this.database.read(async (manager) => {
      const decided = await this.decided(manager);
      const models: Model[] = await manager.find(RoutingModelRow, { order: { versionNo: 'DESC' }, take: modelsShown, select: { id: true, versionNo: true, state: true, madeAt: true, exampleCount: true, figures: true } });
      const strikes = await manager.find(RoutingStrike, { order: { struckAt: 'DESC' } });
      const { page } = this.directory;
      return {
        total: tallyOf(decided), weeks: this.weeks(decided), ...this.confusion(decided), threshold: this.threshold(models), shipped: this.knowledge.shipped.version,
        models: models.map((it) => this.model(it)), words: this.words(),
        struck: strikes.map(({ word, personId, struckAt }) => ({ word, words: this.spoken(word), who: page.person(personId)?.name ?? '', at: struckAt.toISOString() })),
      };
    });
  }

  /** The last word on each submission of the last half year. */
  private async decided(manager: EntityManager): Promise<RoutingExample[]> {
    const since = new Date(this.clock.now().getTime() - weeksShown * 7 * 86_400_000);
    const rows = await manager.find(RoutingExample, { where: { decidedAt: MoreThanOrEqual(since) }, order: { decidedAt: 'DESC', moveId: 'DESC' }, take: mostRead });
    const last = new Map<string, RoutingExample>();
    for (const row of rows) if (!last.has(row.submissionId)) last.set(row.submissionId, row);
    return [...last.values()].filter(({ committeeId }) => committeeId !== null);
  }

  private weeks(decided: readonly RoutingExample[]): RoutingQuality['weeks'] {
    const weeks = new Map<string, RoutingExample[]>();
    for (const row of decided) { const on = mondayOf(dateOf(row.decidedAt)); weeks.set(on, [...weeks.get(on) ?? [], row]); }
    return [...weeks].sort(([a], [b]) => (a < b ? 1 : -1)).map(([fromOn, rows]) => ({ fromOn, ...tallyOf(rows) }));
  }

  private confusion(decided: readonly RoutingExample[]): Pick<RoutingQuality, 'committees' | 'confusion'> {
    const counts = new Map<string, { said: string | null; decided: string; count: number }>();
    for (const { saidId, committeeId } of decided) {
      const key = `${saidId ?? ''} ${committeeId ?? ''}`;
      counts.set(key, { said: saidId, decided: committeeId ?? '', count: (counts.get(key)?.count ?? 0) + 1 });
    }
    const ids = new Set([...counts.values()].flatMap(({ said, decided: it }) => (said === null ? [it] : [said, it])).concat(this.knowledge.now.local?.committees ?? []));
    return { confusion: [...counts.values()], committees: [...ids].sort().map((id) => { const it = this.directory.page.body(id); return { id, name: it?.name ?? id, short: it?.short ?? id }; }) };
  }

  private threshold(models: readonly Model[]): RoutingQuality['threshold'] {
    const { threshold: value, now } = this.knowledge;
    const by = value <= this.settings.get('route.threshold') ? 'office' : now.local?.threshold === undefined ? 'shipped' : 'learnt';
    return { value, by, wanted: wantedPrecision, examples: models[0]?.exampleCount ?? 0, needed: fewestForThreshold };
  }

  private model({ versionNo, state, madeAt, exampleCount, figures: { accuracy, before, coverage, precision, milliseconds, reason } }: Model): RoutingQuality['models'][number] {
    return { version: `m${versionNo}`, inForce: this.knowledge.inForce?.versionNo === versionNo, taken: state === 'taken', madeAt: madeAt.toISOString(), examples: exampleCount, accuracy, before, coverage, precision: coverage > 0 ? precision : null, seconds: milliseconds / 1000, reason };
  }

  /** The words that pull most towards each committee; of two that overlap the stronger. */
  private words(): RoutingQuality['words'] {
    const { local } = this.knowledge.now;
    if (!local) return [];
    return local.committees.flatMap((committeeId, at) => {
      const strong = [...local.rows].map(([word, { weights }]) => ({ word, weight: weights[at] ?? 0 })).filter(({ weight }) => weight >= leastWeight).sort((a, b) => b.weight - a.weight || b.word.length - a.word.length);
      const shown: typeof strong = [];
      for (const each of strong) {
        if (shown.length >= wordsOfEach) break;
        if (!shown.some(({ word }) => word.includes(each.word) || each.word.includes(word) || word.slice(1) === each.word.slice(0, -1) || each.word.slice(1) === word.slice(0, -1))) shown.push(each);
      }
      return shown.map(({ word, weight }) => ({ word, words: this.spoken(word), committeeId, weight: Number(weight.toFixed(2)) }));
    });
  }

  /** `sector:农业界` → 界别 农业界; a category by its name. */
  private spoken(word: string): string {
    const [kind, name] = word.split(':');
    if (name === undefined) return word;
    const category = [...this.settings.get('opinion.categories'), ...this.settings.get('categories')].find(({ code }) => code === name)?.name;
    return `${kind === 'sector' ? '界别' : kind === 'town' ? '镇街' : '类别'} ${kind === 'category' ? category ?? name : name}`;
  }
}
