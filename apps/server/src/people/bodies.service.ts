import { Inject, Injectable } from '@nestjs/common';
import type { BodyRow, Caller, Given, routes } from '@lvzhi/contracts';
import { bodyKindWords, dateOf } from '@lvzhi/domain';
import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Body, PostHeld } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { digest } from '../platform/ids.ts';
import { badField, notFound, refuse, stale } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { PostsService } from './posts.service.ts';

type In<K extends keyof typeof routes> = Given<(typeof routes)[K]>;
const sided: readonly string[] = ['unit', 'dispatch'];

/** Units, committees, sectors, towns … (单位与账号): made, renamed, ordered, disabled; never deleted, since documents and posts name them. */
@Injectable()
export class BodiesService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(PostsService) private readonly posts: PostsService, @Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(kind: Body['kind']): Promise<{ rows: BodyRow[] }> { return this.database.read(async (manager) => ({ rows: await this.rows(manager, kind) })); }

  private async rows(manager: EntityManager, kind: Body['kind']): Promise<BodyRow[]> {
    const bodies = await manager.find(Body, { where: { kind }, order: { orderNo: 'ASC', id: 'ASC' } });
    const counted: { body_id: string; found: number | string }[] = await manager.query('SELECT h.body_id, COUNT(DISTINCT h.person_id) AS found FROM posts_held h JOIN persons p ON p.id = h.person_id WHERE p.is_active = 1 AND h.term_id = ? AND h.ended_at IS NULL AND (h.until_on IS NULL OR h.until_on >= ?) GROUP BY h.body_id', [this.config.termId, dateOf(this.clock.now())]);
    const holders = new Map(counted.map((it) => [it.body_id, Number(it.found)]));
    return bodies.map((it) => ({ id: it.id, kind: it.kind, name: it.name, short: it.short, side: it.side === 'party' || it.side === 'government' ? it.side : null, proposes: it.proposerKind, active: it.disabledAt === null, holders: holders.get(it.id) ?? 0, unassignable: it.disabledAt === null ? this.directory.page.whyUnassignable(it.id) ?? null : null }));
  }
  /** Read after the change, when the directory knows of it. */
  private async row(id: string): Promise<{ row: BodyRow }> {
    return this.database.read(async (manager) => {
      const body = await rowWhere(manager, Body, { id }) ?? notFound();
      return { row: (await this.rows(manager, body.kind)).find((it) => it.id === id) ?? notFound() };
    });
  }

  async add(caller: Caller, { key, kind, name, short, side, proposes }: In<'addBody'>): Promise<{ row: BodyRow }> {
    const id = `${kind.slice(0, 1)}-${digest(`${caller.personId} ${key}`).slice(0, 16)}`;
    await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      if (await rowWhere(manager, Body, { id })) return;
      if (kind === 'cppcc') refuse('add', '市政协只有一个');
      const others = await rowsWhere(manager, Body, { kind });
      this.mustBeNew(others, name, shortOf(name, short));
      await addRows(manager, Body, [{ id, kind, name, short: shortOf(name, short), orderNo: Math.max(0, ...others.map(({ orderNo }) => orderNo)) + 1, side: this.sideOf(kind, side), proposerKind: this.proposerOf(kind, proposes), disabledAt: null }]);
      await this.audit.record(caller, 'body.added', { kind: 'body', id }, { kind, name });
    });
    return this.row(id);
  }

  async edit(caller: Caller, { id, before, name, short, side, proposes }: In<'editBody'>): Promise<{ row: BodyRow }> {
    await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const body = await rowWhere(manager, Body, { id }) ?? notFound();
      if (body.name !== before && body.name !== name) stale({ name: body.name, short: body.short }, { name, short });
      this.mustBeNew((await rowsWhere(manager, Body, { kind: body.kind })).filter((it) => it.id !== id), name, shortOf(name, short));
      await changeRows(manager, Body, { id }, { name, short: shortOf(name, short), side: this.sideOf(body.kind, side), proposerKind: this.proposerOf(body.kind, proposes) });
      await this.audit.record(caller, 'body.changed', { kind: 'body', id }, { from: body.name, to: name });
    });
    return this.row(id);
  }

  /** All of one kind in the order given; what is not named follows in its old order. */
  async order(caller: Caller, { kind, ids }: In<'orderBodies'>): Promise<{ rows: BodyRow[] }> {
    await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const bodies = (await rowsWhere(manager, Body, { kind })).sort((a, b) => a.orderNo - b.orderNo);
      const wanted = [...new Set(ids)].flatMap((id) => bodies.find((it) => it.id === id) ?? []);
      for (const [at, body] of [...wanted, ...bodies.filter((it) => !wanted.includes(it))].entries()) if (body.orderNo !== at + 1) await changeRows(manager, Body, { id: body.id }, { orderNo: at + 1 });
      await this.audit.record(caller, 'body.changed', null, { kind, ordered: wanted.length });
    });
    return this.list(kind);
  }

  async switch(caller: Caller, { id, active }: In<'switchBody'>): Promise<{ row: BodyRow }> {
    await this.directory.change(async (manager) => {
      await this.posts.mustStillBeIn(manager, caller);
      const body = await rowWhere(manager, Body, { id }) ?? notFound();
      if ((body.disabledAt === null) === active) return;
      if (!active) await this.mustBeIdle(manager, body);
      await changeRows(manager, Body, { id }, { disabledAt: active ? null : this.clock.now() });
      await this.audit.record(caller, active ? 'body.enabled' : 'body.disabled', { kind: 'body', id }, { name: body.name });
    });
    return this.row(id);
  }

  private async mustBeIdle(manager: EntityManager, { id, kind, name }: Body): Promise<void> {
    if (kind === 'cppcc') refuse('switch', '市政协不能停用');
    const today = dateOf(this.clock.now());
    const held = (await manager.find(PostHeld, { where: { bodyId: id, termId: this.config.termId, endedAt: IsNull() } })).filter(({ untilOn }) => untilOn === null || untilOn >= today);
    const people = new Set(held.map(({ personId }) => personId)).size;
    if (people > 0) refuse('switch', `还有 ${people} 人在${name}任职，请先结束他们的职务或改到别处`);
    const open = await manager.countBy(Assignment, { holderKind: 'body', holderId: id, isOpen: 1 });
    if (open > 0) refuse('switch', `${name}还有 ${open} 件没有办完，请先办完或改送`);
  }

  private mustBeNew(others: readonly Body[], name: string, short: string): void {
    const [other] = others.filter((it) => it.name === name || it.short === short);
    if (other) badField(other.name === name ? { name: `已经有“${name}”了${other.disabledAt === null ? '' : '，是停用的，可以恢复'}` } : { short: `简称“${short}”和${other.name}的一样，请换一个` });
  }
  /** What a participating body hands in is a party's proposal or an organisation's. */
  private proposerOf(kind: Body['kind'], proposes: Body['proposerKind']): Body['proposerKind'] {
    return kind === 'participating_body' ? proposes ?? badField({ proposes: '请选择这个参加单位是党派（含工商联）还是人民团体' }) : null;
  }
  private sideOf(kind: Body['kind'], side: Body['side']): Body['side'] {
    if (!sided.includes(kind)) return null;
    return side ?? badField({ side: `请选择这个${bodyKindWords[kind]}属于党委系统还是政府系统` });
  }
}

/** A long name without a short one is cut where lists would cut it. */
const shortOf = (name: string, short: string): string => short || name.slice(0, 12);
