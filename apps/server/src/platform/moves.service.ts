import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { judge, maySee, Refused, scopeOf, systemActor } from '@lvzhi/domain';
import type { Actor, Document } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from './clock.ts';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { Consequences } from './consequences.ts';
import type { Moved } from './consequences.ts';
import { Database } from './database.ts';
import type { Docket, Kept, Made, Opened, Step } from './docket.ts';
import { newId } from './ids.ts';
import { chain, Move } from './journal.ts';
import type { MoveDetail } from './journal.ts';
import { notFound, refuse, stale } from './refusals.ts';
import { addRows } from './rows.ts';
import { Settings } from './settings.ts';
import type { Assignment } from './spine.entities.ts';

/** `current`: the document as this person sees it now, for whoever came too late. */
interface Ask<D> { readonly version: number; readonly key?: string | undefined; readonly current?: (manager: EntityManager, doc: D) => Promise<unknown> }
type Doc<S> = Document<S> & Kept;
/** Steps played in memory: the document after them, and what must be written for them. */
interface Walked<A, D> { readonly doc: D; readonly moves: readonly Moved<A>[]; readonly rows: Move[]; readonly besides: ((manager: EntityManager) => Promise<void>)[] }

/**
 * The one transaction: load → judge → one conditional UPDATE → journal → assignments → outbox → credits. Nothing is changed, sent or
 * scored in any other way.
 */
@Injectable()
export class Moves {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(Consequences) private readonly consequences: Consequences, @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Moves a document. A repeated key answers what the first answered; whoever comes too late is told so and nothing is written. */
  async make<A extends string, S extends string, D extends Doc<S>>(
    caller: Caller, docket: Docket<A, S, D>, id: string, ask: Ask<D>, steps: (doc: D, manager: EntityManager) => Promise<readonly Step<A, D>[]> | readonly Step<A, D>[],
  ): Promise<Made<D>> {
    let asked = '';
    try {
      return await this.database.write(async (manager) => {
        const before = await this.see(manager, caller, docket, id);
        const doing = await steps(before, manager);
        asked = doing[0]?.action ?? '';
        for (const { action, bySystem } of doing.slice(0, 1)) this.permit(docket, action, before, bySystem ? this.system : caller);
        if (before.version !== ask.version) stale(await ask.current?.(manager, before) ?? { id, version: before.version, state: before.state });
        const walked = this.walk(docket, before, caller, doing, ask.key);
        // First of all writes: whoever is second waits here for the first, and then changes no row.
        if (await docket.update(manager, before, walked.doc) !== 1) refuse(asked, '这件刚被别人处理过，请刷新后再看');
        await this.keep(manager, docket, before, walked);
        return { doc: walked.doc, undo: this.undoOf(docket, walked.moves), repeated: false };
      });
    } catch (error) {
      const made = ask.key === undefined ? undefined : await this.madeBefore(caller, docket, id, asked, ask.key);
      if (made) return made;
      throw error;
    }
  }

  /** What follows of itself from somebody's move on another document: done by the house, in the unit of work of that move. */
  async byHouse<A extends string, S extends string, D extends Doc<S>>(manager: EntityManager, docket: Docket<A, S, D>, id: string, step: (doc: D) => Step<A, D>): Promise<D> {
    return this.within(manager, this.system, docket, id, step);
  }

  /** Somebody's move on several documents at once, in the unit of work that the caller opened. */
  async within<A extends string, S extends string, D extends Doc<S>>(manager: EntityManager, actor: Actor, docket: Docket<A, S, D>, id: string, step: (doc: D) => Step<A, D>): Promise<D> {
    const before = await docket.load(manager, id);
    if (!before) throw new Error(`The ${docket.kind} ${id} is missing.`);
    const walked = this.walk(docket, before, actor, [step(before)], undefined);
    if (await docket.update(manager, before, walked.doc) !== 1) refuse(walked.moves[0]?.action ?? '', '这件刚被别人处理过，请刷新后再看');
    await this.keep(manager, docket, before, walked);
    return walked.doc;
  }

  /** A new document: inserted already moved, in the unit of work that the caller opened. */
  async open<A extends string, S extends string, D extends Doc<S>>(manager: EntityManager, caller: Caller, docket: Docket<A, S, D>, blank: D, steps: readonly Step<A, D>[], key: string | null): Promise<Opened<D>> {
    const walked = this.walk(docket, blank, caller, steps, key ?? undefined);
    await docket.insert(manager, walked.doc);
    return { doc: walked.doc, moves: walked.rows, assignment: await this.keep(manager, docket, undefined, walked) };
  }

  /** The same person, within the seconds that the settings give, and nothing has happened since: puts back what the move changed. */
  async undo<A extends string, S extends string, D extends Doc<S>>(caller: Caller, docket: Docket<A, S, D>, id: string, moveId: string): Promise<D> {
    return this.database.write(async (manager) => {
      const before = await this.see(manager, caller, docket, id, moveId);
      const [last, now] = [await manager.findOne(Move, { where: { docId: id, seq: before.version } }), this.clock.now()];
      const until = last ? last.madeAt.getTime() + this.settings.get('undo.seconds') * 1000 : 0;
      if (!last || last.id !== moveId || last.personId !== caller.personId) refuse('undo', '之后已经有别的操作，不能撤销了');
      if (docket.flow.moves[last.action as A]?.undo !== true) refuse('undo', '这一步不能撤销');
      if (now.getTime() > until) refuse('undo', '已经超过可以撤销的时间，如需更改请另行处理');
      const doc = { ...before, ...last.detail.before, state: last.fromState } as D;
      const post = { post: last.post, bodyId: last.bodyId };
      const row = { ...this.rowOf(docket, before, doc, 'undo', caller.personId, post, { undoes: moveId }, null), madeAt: now };
      const after = { ...doc, version: row.seq, hash: chain(before.hash, row) };
      if (await docket.update(manager, before, after) !== 1) refuse('undo', '之后已经有别的操作，不能撤销了');
      await addRows(manager, Move, [{ ...row, hash: after.hash }]);
      await this.consequences.takeBack(manager, moveId, row.id, now);
      await docket.takeBack?.(manager, moveId);
      return after;
    });
  }

  private get system(): Actor { return systemActor(this.config.termId); }

  /** The document, if this person may see it (or made the move that took it out of their sight). */
  private async see<A extends string, S extends string, D extends Doc<S>>(manager: EntityManager, caller: Caller, docket: Docket<A, S, D>, id: string, ownMove?: string): Promise<D> {
    const doc = await docket.load(manager, id);
    if (!doc) notFound();
    if (!maySee(scopeOf(docket.kind, caller), doc) && !(ownMove !== undefined && await manager.existsBy(Move, { id: ownMove, docId: id, personId: caller.personId }))) notFound();
    return doc;
  }

  private permit<A extends string, S extends string, D extends Doc<S>>(docket: Docket<A, S, D>, action: A, doc: D, actor: Actor) {
    const verdict = judge(docket.flow, action, doc, actor);
    if ('reason' in verdict) throw new Refused(action, verdict.reason);
    return verdict.post;
  }

  /** Plays the steps on the document in memory. */
  private walk<A extends string, S extends string, D extends Doc<S>>(docket: Docket<A, S, D>, start: D, caller: Actor, steps: readonly Step<A, D>[], key: string | undefined): Walked<A, D> {
    let doc = start;
    const [moves, rows, besides]: [Moved<A>[], Move[], Walked<A, D>['besides']] = [[], [], []];
    for (const [index, { action, bySystem, patch, carry, detail, uncredited, beside }] of steps.entries()) {
      const actor = bySystem ? this.system : caller;
      const post = this.permit(docket, action, doc, actor);
      const { to } = docket.flow.moves[action];
      const changed = Object.keys(patch ?? {}) as (keyof D)[];
      const next = { ...doc, ...carry, ...patch, state: to === 'same' ? doc.state : to } as D;
      const pick = (from: D) => Object.fromEntries(changed.map((name) => [name, from[name]]));
      const row = this.rowOf(docket, doc, next, action, actor.personId, post, { ...detail, ...(post.standsInFor !== undefined && { standsInFor: post.standsInFor }), ...(changed.length > 0 && { before: pick(doc), after: pick(next) }) }, index === 0 ? key ?? null : null);
      const hash = chain(doc.hash, row);
      doc = { ...next, version: row.seq, hash };
      rows.push({ ...row, hash });
      moves.push({ id: row.id, action, at: row.madeAt, byPerson: actor.personId, ...(uncredited && { uncredited }) });
      if (beside) besides.push((manager) => beside(manager, row.id));
    }
    return { doc, moves, rows, besides };
  }

  /** The journal rows of what was done, what was written with it, and what follows from it. */
  private async keep<A extends string, S extends string, D extends Doc<S>>(manager: EntityManager, docket: Docket<A, S, D>, before: D | undefined, { doc, moves, rows, besides }: Walked<A, D>): Promise<Assignment | undefined> {
    await addRows(manager, Move, rows);
    for (const beside of besides) await beside(manager);
    return this.consequences.follow(manager, docket, before, doc, moves);
  }

  private rowOf<A extends string, S extends string, D extends Doc<S>>(docket: Docket<A, S, D>, from: D, to: D, action: string, personId: string, post: { post: string; bodyId: string }, detail: MoveDetail, requestKey: string | null): Omit<Move, 'hash'> {
    return { id: newId(), docKind: docket.kind, docId: from.id, seq: from.version + 1, action, fromState: from.state, toState: to.state, personId, post: post.post, bodyId: post.bodyId, madeAt: this.clock.now(), detail, requestKey };
  }

  private undoOf<A extends string, S extends string, D extends Doc<S>>(docket: Docket<A, S, D>, moves: readonly Moved<A>[]): Made<D>['undo'] {
    const last = moves.at(-1);
    if (!last || docket.flow.moves[last.action].undo !== true) return null;
    return { moveId: last.id, until: new Date(last.at.getTime() + this.settings.get('undo.seconds') * 1000).toISOString() };
  }

  /**
   * The answer was lost on the way and the same request came again: it is done already. A key belongs to one action on one document, and
   * whoever moved a document out of their sight sees it again only as long as nothing has happened to it since.
   */
  private madeBefore<A extends string, S extends string, D extends Doc<S>>(caller: Caller, docket: Docket<A, S, D>, id: string, action: string, key: string): Promise<Made<D> | undefined> {
    return this.database.read(async (manager) => {
      const row = await manager.findOne(Move, { where: { personId: caller.personId, requestKey: key } });
      if (!row) return undefined;
      const doc = row.docId === id ? await docket.load(manager, id) : undefined;
      if (doc && row.seq !== doc.version && !maySee(scopeOf(docket.kind, caller), doc)) return undefined;
      // Out of sight nothing was asked of the flow, so there is no action to compare with.
      if (!doc || action !== '' && row.action !== action) return refuse(action, '这个防重编号已经用在别的操作上，请刷新后再试');
      return { doc, undo: null, repeated: true };
    });
  }
}
