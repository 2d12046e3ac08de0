import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Caller, SubmissionView } from '@lvzhi/contracts';
import { routes } from '@lvzhi/contracts';
import * as v from 'valibot';
import { Clock } from '../platform/clock.ts';
import { CONFIG, WillNotStart } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Mark } from '../platform/marks.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { DemoPlayers } from './demo-players.ts';
import { Seeds } from './seeds.ts';
import type { SeedSubmission, SeedVisit } from './seeds.ts';

/** The demonstration's first instant: the day of the design's pictures. */
const begins = '2022-07-21T01:40:00.000Z';
interface Happening { readonly at: Date; readonly play: () => Promise<void> }

/** The demonstration's clock and its past: every document got where it is through the same services and moves as any other. */
@Injectable()
export class DemoService {
  private readonly log = new Logger('demo');
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
    @Inject(Directory) private readonly directory: Directory, @Inject(DemoPlayers) private readonly players: DemoPlayers,
  ) {}

  /** The offset is made once and kept with the database: time goes on from there. */
  async startClock(): Promise<void> {
    const offset = await this.database.write(async (manager) => {
      const known = await manager.findOneBy(Mark, { name: 'demo.offset' });
      if (known) return Number(known.value);
      const fresh = (this.config.demoBegins ?? new Date(begins)).getTime() - Date.now();
      await manager.insert(Mark, { name: 'demo.offset', value: String(fresh) });
      return fresh;
    });
    this.clock.shift(offset);
  }

  /** Puts the demonstration's clock ahead, never back, and keeps it there over a restart. */
  async moveClock(to: Date): Promise<void> {
    const offset = to.getTime() - this.clock.world().getTime();
    if (to <= this.clock.now()) return;
    await this.database.write((manager) => manager.update(Mark, { name: 'demo.offset' }, { value: String(offset) }));
    this.clock.shift(offset);
  }

  /** `say` hears how far it is, some ten times. */
  async loadPast(say: (what: string) => void = () => {}): Promise<void> {
    const has = (name: string) => this.database.read((manager) => manager.existsBy(Mark, { name }));
    if (await has('demo.past')) return;
    // One that began with nothing stays without it: whatever was played there is its past, and it is looked at as it is.
    if (this.config.demoBegins) { await this.database.write((manager) => manager.insert(Mark, { name: 'demo.past', value: 'none' })); return; }
    // Half a past can neither be gone on with nor be shown; nobody has used it, since no server ever listened on it.
    if (await has('demo.begun')) throw new WillNotStart(`第一次启动没有做完就停了，演示数据只写了一半，还没有人用过。请删去${this.config.databaseUrl.startsWith('mysql') ? '这个数据库' : `文件夹 ${this.config.dataFolder}`}，再启动一次。`);
    await this.database.write((manager) => manager.insert(Mark, { name: 'demo.begun', value: begins }));
    const seeds = new Seeds(this.config.seedsFolder);
    const happenings = [...seeds.read<SeedSubmission[]>('demo/submissions').flatMap((it) => this.ofSubmission(it)), ...seeds.read<SeedVisit[]>('demo/visits').flatMap((it) => this.ofVisit(it))];
    happenings.sort((a, b) => a.at.getTime() - b.at.getTime());
    const step = Math.ceil(happenings.length / 10);
    for (const [nth, { at, play }] of happenings.entries()) {
      if (nth % step === 0) say(`放入演示城市半年的事，第一次启动才有：${nth}/${happenings.length}`);
      this.clock.pin(at);
      await play();
    }
    this.clock.pin(undefined);
    await this.database.write(async (manager) => {
      // Who was served long ago has read it; what came in the last days is still unread.
      const old = new Date(new Date(begins).getTime() - 2 * 86_400_000);
      await manager.createQueryBuilder().update(OutboxRow).set({ readAt: () => 'not_before' }).where('notBefore < :old', { old }).execute();
      await manager.insert(Mark, { name: 'demo.past', value: begins });
    });
    this.log.log(`${happenings.length} events played`);
  }

  private callerOf(personId: string, surface: Caller['surface'] = 'desk'): Caller {
    const posts = this.directory.page.postsOf(personId);
    if (!posts) throw new Error(`seeds/demo names ${personId}, whom the roster does not know.`);
    return { personId, posts, sessionId: 'demo', surface };
  }

  private ofSubmission(it: SeedSubmission): Happening[] {
    let doc: SubmissionView | undefined;
    const form = { title: it.title, situation: it.situation, analysis: it.analysis ?? '', suggestion: it.suggestion ?? '', category: it.category, nature: it.nature ?? null, townId: it.townId ?? null, urgency: it.urgency ?? 'normal', unitIds: it.units ?? [], coAuthorIds: it.together ?? [], noSecret: true as const, original: true as const, picturesAgreed: false, collective: null, publicity: it.publicity ?? null, conversion: it.conversion ?? null };
    const submit = { at: new Date(it.submittedAt), play: async () => {
      doc = await this.players.submit(this.callerOf(it.author, 'phone'), v.parse(routes.submit.input, { key: `demo-${it.key}`, kind: it.kind, ...form }), it.committeeId, it.steps[0]?.do);
      doc = await this.players.placeAt(doc, it.committeeId, it.steps[0]?.do, (personId) => this.callerOf(personId));
    } };
    return [submit, ...it.steps.map((step) => ({ at: new Date(step.at), play: async () => {
      if (doc) doc = await this.players.step(this.callerOf(step.by), doc, step, form);
    } }))];
  }

  private ofVisit(it: SeedVisit): Happening[] {
    const { key, leaders, by, createdAt, members, steps, ...form } = it;
    let ids = new Map<string, string>();
    const create = { at: new Date(createdAt), play: async () => {
      ids = await this.players.createVisit(this.callerOf(by), v.parse(routes.createVisit.input, { key: `demo-${key}`, memberIds: members, leaderIds: leaders, ...form, videoLink: form.videoLink ?? '' }));
    } };
    return [create, ...steps.map((step) => ({ at: new Date(step.at), play: async () => {
      const id = ids.get(step.member);
      if (id !== undefined) await this.players.visitStep(this.callerOf(step.by ?? step.member, step.by === undefined ? 'phone' : 'desk'), id, it, step);
    } }))];
  }
}
