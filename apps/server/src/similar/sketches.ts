import { Inject, Injectable } from '@nestjs/common';
import { SimilarIndex, sketchOf } from '@lvzhi/domain';
import type { Near, Sketch } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Jobs } from '../platform/jobs.ts';
import { Mark } from '../platform/marks.ts';
import { AtMost, addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Revision, Submission } from '../submissions/submission.entity.ts';
import { SimilarText } from './similar.entity.ts';

type Sketched = Pick<SimilarText, 'id' | 'revisionNo'> & { readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string };
/** A text to be looked for. */
export type Kept = ReturnType<SimilarIndex['textOf']>;
export interface NearDocument extends Omit<Near, 'no'> { readonly id: string }

const [atOnce, page] = [100, 1000];
/** What is rare shows only among many: a young house's sketches are made anew each time it has twice as many, until it has so many. */
const [young, sketchedMark] = [2_000, 'similar.sketched'];
/** Another instance may be writing a row while this one reads: it looks so far back again. */
const overlapMs = 10_000;

/** The index of reports and proposals by what they are about: in memory on every instance, filled from the same rows; a job adds what is new, so that nobody who submits waits for it. */
@Injectable()
export class Sketches {
  private readonly index = new SimilarIndex();
  private readonly known = new Map<string, { readonly no: number; readonly revisionNo: number; readonly keptAt: Date }>();
  private readonly ids: string[] = [];
  private upTo: Date | undefined;

  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Jobs) jobs: Jobs) {
    jobs.plan({ name: 'opinions.sketches', words: '把新的社情民意和提案编进相近索引', everySeconds: 60, run: () => this.fill() });
  }

  /** What a text not yet submitted would be found by. */
  async kept(manager: EntityManager, title: string, body: string): Promise<Kept> {
    await this.read(manager);
    return this.index.strongest(sketchOf(title, body));
  }
  /** Of reports that are there, in the order asked; those that are not sketched yet are left out. */
  async ofAll(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Kept>> {
    await this.read(manager);
    return new Map(ids.flatMap((id) => { const it = this.known.get(id); return it ? [[id, this.index.textOf(it.no)]] : []; }));
  }
  near(text: Kept, { atLeast, most, without }: { atLeast: number; most: number; without?: string | undefined }): NearDocument[] {
    const own = without === undefined ? undefined : this.known.get(without);
    return this.index.near(text, { atLeast, most, ...(own && { without: own.no }) }).flatMap(({ no, score }) => { const id = this.ids[no]; return id === undefined ? [] : [{ id, score }]; });
  }
  shared(text: Kept, id: string): string[] {
    const it = this.known.get(id);
    return it ? this.index.shared(text, this.index.textOf(it.no)) : [];
  }

  /** Takes in what was written since the last look; the same row again changes nothing. */
  private async read(manager: EntityManager): Promise<void> {
    for (let beyond = this.upTo && { value: new Date(this.upTo.getTime() - overlapMs), id: '' }; ;) {
      const rows = await rowsWhere(manager, SimilarText, { keptAt: new AtMost(this.clock.now()) }, { by: 'keptAt', beyond, limit: page });
      for (const row of rows) this.take(row);
      const last = rows.at(-1);
      if (!last || rows.length < page) return;
      beyond = { value: last.keptAt, id: last.id };
    }
  }
  private take({ id, revisionNo, terms, counts, keptAt }: SimilarText): void {
    const before = this.known.get(id);
    if (this.upTo === undefined || keptAt > this.upTo) this.upTo = keptAt;
    if (before?.revisionNo === revisionNo && before.keptAt >= keptAt) return;
    if (before) this.index.remove(before.no);
    const no = this.index.add({ terms, counts });
    this.ids[no] = id;
    this.known.set(id, { no, revisionNo, keptAt });
  }

  /** Sketches what was submitted, or written anew, since it last ran; done twice, nothing changes. */
  private async fill(): Promise<string> {
    let done = 0;
    for (;;) {
      const some = await this.database.write((manager) => this.sketchSome(manager));
      done += some;
      if (some < atOnce) break;
    }
    const renewed = await this.renew();
    return `编入 ${done} 件${renewed > 0 ? `，重编 ${renewed} 件` : ''}`;
  }
  private async sketchSome(manager: EntityManager): Promise<number> {
    const found = await this.texts(manager).leftJoin(SimilarText, 't', 't.id = s.id').where('t.id IS NULL OR t.revisionNo <> s.revision').orderBy('s.submittedAt').addOrderBy('s.id').limit(atOnce).getRawMany<Sketched>();
    await this.read(manager);
    const sketches = found.map(sketchIn);
    // The first reports of a house tell among themselves which words are rare.
    const telling = this.index.size < atOnce ? new SimilarIndex() : this.index;
    if (telling !== this.index) for (const it of sketches) telling.add(it);
    await this.keep(manager, found, telling);
    return found.length;
  }

  /** All of them by what is rare now, while the house is young; what 涉密处置 has closed is left as it is. */
  private async renew(): Promise<number> {
    const before = await this.database.read(async (manager) => {
      await this.read(manager);
      return rowWhere(manager, Mark, { name: sketchedMark });
    });
    const [last, now] = [Number(before?.value ?? 0), this.index.size];
    if (last >= young || now < Math.max(2 * last, 2)) return 0;
    let [renewed, beyond] = [0, ''];
    for (;;) {
      const some = await this.database.write(async (manager) => {
        const found = await this.texts(manager).innerJoin(SimilarText, 't', 't.id = s.id AND t.revisionNo = s.revision').where("s.closure = 'open' AND s.id > :beyond", { beyond }).orderBy('s.id').limit(atOnce).getRawMany<Sketched>();
        await this.keep(manager, found, this.index);
        return found;
      });
      renewed += some.length;
      beyond = some.at(-1)?.id ?? '';
      if (some.length < atOnce) break;
    }
    await this.database.write((manager) => manager.upsert(Mark, { name: sketchedMark, value: String(now) }, ['name']));
    return renewed;
  }

  private texts(manager: EntityManager) {
    return manager.createQueryBuilder(Submission, 's').innerJoin(Revision, 'r', 'r.submissionId = s.id AND r.revisionNo = s.revision')
      .select('s.id', 'id').addSelect('s.revision', 'revisionNo').addSelect('r.title', 'title').addSelect('r.situation', 'situation').addSelect('r.analysis', 'analysis').addSelect('r.suggestion', 'suggestion');
  }
  private async keep(manager: EntityManager, found: readonly Sketched[], telling: SimilarIndex): Promise<void> {
    for (const it of found) {
      const { terms, counts } = telling.strongest(sketchIn(it));
      const row = { revisionNo: it.revisionNo, terms: [...terms], counts: [...counts], keptAt: this.clock.now() };
      if (await changeRows(manager, SimilarText, { id: it.id }, row) === 0) await addRows(manager, SimilarText, [{ id: it.id, ...row }]);
    }
  }
}

const sketchIn = ({ title, situation, analysis, suggestion }: Sketched): Sketch => sketchOf(title, [situation, analysis, suggestion].join('\n'));
