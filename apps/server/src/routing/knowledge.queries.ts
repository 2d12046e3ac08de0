import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { isStruck, readModel } from '@lvzhi/domain';
import type { Knowledge, LocalModel, RoutingModel, RoutingModelFile, RoutingTable } from '@lvzhi/domain';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Kept } from '../platform/kept.ts';
import { Marks } from '../platform/marks.ts';
import { Settings } from '../platform/settings.ts';
import { RoutingModelRow, RoutingStrike } from './routing.entity.ts';

/** The mark that moves when another model is in force or a word is struck. */
export const routingMark = 'routing';
interface Held { readonly knowledge: Knowledge; readonly inForce: RoutingModelRow | null; readonly struck: ReadonlySet<string> }

const without = <T>(rows: ReadonlyMap<string, T>, struck: ReadonlySet<string>): ReadonlyMap<string, T> => new Map([...rows].filter(([word]) => !isStruck(word, struck)));

/** A stored model as the domain reads it. */
function localOf({ versionNo, figures: { threshold, trust, temperature }, words: { committees, lines } }: RoutingModelRow, struck: ReadonlySet<string>): LocalModel {
  const rows = new Map(lines.map((line) => { const [word = '', ...weights] = line.split(' '); return [word, { rarity: 0, weights: Float32Array.from(weights, Number) }]; }));
  return { version: `m${versionNo}`, committees, rows: without(rows, struck), trust, temperature, ...(threshold !== null && { threshold }) };
}

/** What the router knows at this moment, the same on every instance: shipped weights, what this office taught, whose matter is whose. */
@Injectable()
export class RoutingKnowledge {
  readonly shipped: RoutingModel;
  private readonly kept: Kept<Held>;
  constructor(@Inject(CONFIG) { seedsFolder }: Config, @Inject(Settings) private readonly settings: Settings, @Inject(Database) database: Database, @Inject(Marks) marks: Marks) {
    this.shipped = readModel(JSON.parse(readFileSync(join(seedsFolder, 'routing-model.json'), 'utf8')) as RoutingModelFile);
    this.kept = new Kept(() => database.read(async (manager) => {
      const inForce = await manager.findOne(RoutingModelRow, { where: { state: 'taken' }, order: { versionNo: 'DESC' } });
      const struck = new Set((await manager.find(RoutingStrike)).map(({ word }) => word));
      const model = struck.size === 0 ? this.shipped : { ...this.shipped, rows: without(this.shipped.rows, struck) };
      return { inForce, struck, knowledge: { model, ...(inForce && { local: localOf(inForce, struck) }) } };
    }));
    marks.watch(routingMark, () => this.kept.load());
  }

  get now(): Knowledge { return this.kept.value.knowledge; }
  get inForce(): RoutingModelRow | null { return this.kept.value.inForce; }
  get struck(): ReadonlySet<string> { return this.kept.value.struck; }
  /** Confidence from which nobody needs to look: kept by this office's decisions or, while those are few, by the shipped weights; never below the office's own. */
  get threshold(): number { return Math.max(this.now.local?.threshold ?? this.shipped.threshold, this.settings.get('route.threshold')); }
  get table(): RoutingTable { return { ...this.settings.get('routing.table'), threshold: this.threshold }; }
}
