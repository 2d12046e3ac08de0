import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { learning, lossOf, measure } from '@lvzhi/domain';
import type { Example, Learnt, LocalModel } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { Marks, moveMark } from '../platform/marks.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';
import { RoutingKnowledge, routingMark } from './knowledge.queries.ts';
import { learningJob } from './lessons.queries.ts';
import { RoutingExample, RoutingModelRow, RoutingStrike } from './routing.entity.ts';
import type { ModelFigures } from './routing.entity.ts';

/** The newest decisions teach: more would make learning slow without making it better. */
const mostExamples = 2_000;
const daySeconds = 86_400;
const correctionWeighs = 2;
/** So long is learnt at a stretch before requests have their turn. */
const stretchMs = 6;
/** How much worse a new model may look before it is not taken: less than that is chance. */
const slack = { accuracy: 0.02, loss: 0.02 };

interface Gathered { readonly examples: readonly (Example & { readonly moveId: string; readonly decidedAt: Date })[]; readonly newest: string | null; readonly struck: ReadonlySet<string> }

async function inStretches<T>(work: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const began = performance.now();
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() - began < stretchMs);
    await setImmediate();
  }
}

/** Learns from what people decided: once a day, and within seconds of a correction. */
@Injectable()
export class RoutingLearning {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory,
    @Inject(RoutingKnowledge) private readonly knowledge: RoutingKnowledge, @Inject(Marks) private readonly marks: Marks, @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.plan({ name: learningJob, words: '分办学习：从各专委会和办公室的决定里学', everySeconds: daySeconds, run: () => this.run() });
  }

  /** Once: a decision that comes in meanwhile hastens the next run, and every other job has its turn in between. */
  private async run(): Promise<string> {
    const gathered = await this.database.read((manager) => this.gather(manager));
    return gathered.newest === null || !await this.isNews(gathered) ? '没有新的决定' : this.learn(gathered, gathered.newest);
  }

  private async isNews({ newest, examples, struck }: Gathered): Promise<boolean> {
    const last = await this.database.read((manager) => manager.findOne(RoutingModelRow, { where: {}, order: { versionNo: 'DESC' } }));
    if (!last) return examples.length > 0;
    return last.lastMoveId !== newest || last.exampleCount !== examples.length || last.words.struck.join() !== [...struck].sort().join();
  }

  /** The last word on each submission, with its text as it stood then. */
  private async gather(manager: EntityManager): Promise<Gathered> {
    const rows = await manager.find(RoutingExample, { order: { decidedAt: 'DESC', moveId: 'DESC' }, take: 2 * mostExamples });
    const last = new Map<string, RoutingExample>();
    for (const row of rows) if (!last.has(row.submissionId) && last.size < mostExamples) last.set(row.submissionId, row);
    const kept = [...last.values()].filter(({ committeeId }) => committeeId !== null);
    const examples: (Example & { moveId: string; decidedAt: Date })[] = [];
    for (let at = 0; at < kept.length; at += 200) examples.push(...await this.read(manager, kept.slice(at, at + 200)));
    return { examples, newest: rows[0]?.moveId ?? null, struck: new Set((await manager.find(RoutingStrike)).map(({ word }) => word)) };
  }

  private async read(manager: EntityManager, rows: readonly RoutingExample[]) {
    const ids = rows.map(({ submissionId }) => submissionId);
    const [submissions, revisions] = [await manager.find(Submission, { where: { id: In(ids) } }), await manager.find(Revision, { where: { submissionId: In(ids) } })];
    const { page } = this.directory;
    return rows.flatMap(({ moveId, submissionId, revisionNo, committeeId, kind, decidedAt }) => {
      const it = submissions.find(({ id }) => id === submissionId);
      const text = revisions.find((one) => one.submissionId === submissionId && one.revisionNo === revisionNo);
      if (!it || !text || committeeId === null) return [];
      const [sectorName, townName] = [page.body(page.person(it.authorId)?.sectorId ?? null)?.name, page.body(it.townId)?.name];
      return [{ moveId, decidedAt, committeeId, weight: kind === 'corrected' ? correctionWeighs : 1, title: text.title, body: [text.situation, text.analysis, text.suggestion].join('\n'),
        ...(it.category !== null && { category: it.category }), ...(sectorName !== undefined && { sectorName }), ...(townName !== undefined && { townName }) }];
    });
  }

  private async learn({ examples, struck }: Gathered, newest: string): Promise<string> {
    const began = performance.now();
    const { table, now: { model }, inForce } = this.knowledge;
    const learnt = await inStretches(learning(examples, table, model, 'new', { struck }));
    const figures = this.judge(learnt, examples, inForce, performance.now() - began);
    const taken = figures.reason === '';
    const lines = taken ? this.lines(learnt.local) : [];
    const versionNo = await this.database.write(async (manager) => {
      const before = await manager.findOne(RoutingModelRow, { where: {}, order: { versionNo: 'DESC' }, select: { id: true, versionNo: true } });
      const next = (before?.versionNo ?? 0) + 1;
      await manager.insert(RoutingModelRow, { id: newId(), versionNo: next, state: taken ? 'taken' : 'refused', madeAt: this.clock.now(), exampleCount: examples.length, lastMoveId: newest, figures, words: { committees: [...learnt.local.committees], lines, struck: [...struck].sort() } });
      await moveMark(manager, routingMark);
      return next;
    });
    await this.marks.look(false);
    return `第 ${versionNo} 版，${examples.length} 件，${taken ? '已启用' : `没有启用：${figures.reason}`}`;
  }

  private readonly lines = ({ rows }: LocalModel): string[] => [...rows].map(([word, { weights }]) => `${word} ${Array.from(weights, (weight) => Number(weight.toFixed(3))).join(' ')}`);

  /** A model that predicts decisions worse than what it would replace is not taken; `reason` says so, and is empty otherwise. */
  private judge({ local, tried, before }: Learnt, examples: Gathered['examples'], inForce: RoutingModelRow | null, milliseconds: number): ModelFigures {
    const threshold = local.threshold ?? this.knowledge.shipped.threshold;
    const [now, shipped] = [measure(tried, threshold), measure(before, threshold)];
    const [loss, lossBefore] = [lossOf(tried), lossOf(before)];
    const older = inForce === null ? [] : tried.filter((_, nth) => (examples[nth]?.decidedAt ?? this.clock.now()) <= inForce.madeAt);
    const onOlder = older.length < 20 ? null : measure(older, threshold).accuracy.value;
    const reason = now.accuracy.value < shipped.accuracy.value - slack.accuracy ? '交叉检验的准确率不如出厂的' : loss > lossBefore + slack.loss ? '交叉检验的把握不如出厂的可靠'
      : onOlder !== null && inForce && onOlder < inForce.figures.accuracy - slack.accuracy ? '在以前的来件上不如现用的这一版' : '';
    const [accuracy, coverage, precision] = [now.accuracy.value, now.coverage.value, now.precisionAtThreshold.value];
    return { accuracy, before: shipped.accuracy.value, inForce: inForce?.figures.accuracy ?? null, loss, lossBefore, coverage, precision, threshold: local.threshold ?? null, trust: local.trust, temperature: local.temperature, milliseconds: Math.round(milliseconds), reason };
  }
}
