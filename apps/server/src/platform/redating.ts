import { Inject, Injectable } from '@nestjs/common';
import { besideWords, dateOf, dateWords, redateAction, redated, systemActor, timeOf } from '@lvzhi/domain';
import type { DocumentKind, Due, OfficeHours, WorkCalendar } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from './clock.ts';
import { CONFIG } from './config.ts';
import type { Config } from './config.ts';
import { newId } from './ids.ts';
import { tableOf } from './journal-source.ts';
import { chain, Move } from './journal.ts';
import { addRows, changeRows, rowsWhere } from './rows.ts';
import { Assignment, OutboxRow } from './spine.entities.ts';

interface Standing { readonly id: string; readonly version: number; readonly hash: string; readonly state: string }
type Running = Pick<Assignment, 'id' | 'docKind' | 'docId' | 'dueAt' | 'openedBy'> & { readonly action: string };
/** `beside`: no assignment holds it; it is reckoned whenever it is asked for, and so is only written down. */
export interface Shift { readonly assignment: Running; readonly due: Due; readonly beside?: true }
/** The calendar as it was and as it is now; `hours` for deadlines that were kept before the hours were kept with them. */
export interface Turn { readonly before: WorkCalendar; readonly after: WorkCalendar; readonly hours: OfficeHours }
const piece = 500;
/** What of a slice's deadlines its assignments alone do not tell. */
interface Companion {
  /** Its own row holds some as well: within the row's own limit, and kept there too. */
  readonly limited: (manager: EntityManager, shifts: readonly Shift[]) => Promise<readonly Shift[]>;
  readonly kept: (manager: EntityManager, shifts: readonly Shift[]) => Promise<void>;
  /** Those that no assignment holds and that would stand elsewhere. */
  readonly beside: (manager: EntityManager, turn: Turn) => Promise<readonly Shift[]>;
}

/** What a document's history says of it: never a text, only instants. */
export function redateNote({ action, madeAt, detail }: Pick<Move, 'action' | 'madeAt' | 'detail'>): string | null {
  const due = detail['due'] as { readonly from: string; readonly to: string } | undefined;
  if (action !== redateAction || !due) return null;
  const words = (at: Date): string => `${dateWords(dateOf(at), dateOf(madeAt))} ${timeOf(at)}`;
  const what = besideWords[String(detail['what'])] ?? '期限';
  return `放假安排有变，${what}从 ${words(new Date(due.from))} 改到 ${words(new Date(due.to))}`;
}

/** A changed calendar and the deadlines that run: the house's own move on every kind of document, in the transaction of the change (traps, 30). */
@Injectable()
export class Redating {
  private readonly companions = new Map<DocumentKind, Companion>();
  constructor(@Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config) {}

  accompany(kind: DocumentKind, companion: Companion): void { this.companions.set(kind, companion); }

  /** Which running deadlines would stand elsewhere; nothing is written. Those reckoned alike and explained otherwise are among them. */
  async look(manager: EntityManager, turn: Turn): Promise<Shift[]> {
    const found = await this.assigned(manager, turn);
    const shifts: Shift[] = found.filter(({ assignment }) => !this.companions.has(assignment.docKind));
    for (const [kind, it] of this.companions) shifts.push(...await it.limited(manager, found.filter(({ assignment }) => assignment.docKind === kind)), ...await it.beside(manager, turn));
    return shifts;
  }

  private async assigned(manager: EntityManager, { before, after, hours }: Turn): Promise<Shift[]> {
    const shifts: Shift[] = [];
    for (let last = ''; ;) {
      const rows = await manager.createQueryBuilder(Assignment, 'a').where('a.isOpen = 1 AND a.id > :last', { last }).orderBy('a.id', 'ASC').limit(piece).getMany();
      for (const assignment of rows) {
        const due = redated(assignment.dueAt, assignment.explanation, before, after, hours);
        if (due && JSON.stringify(due.explanation) !== JSON.stringify(redated(assignment.dueAt, assignment.explanation, before, before, hours)?.explanation)) shifts.push({ assignment, due });
      }
      const end = rows.at(-1);
      if (!end || rows.length < piece) return shifts;
      last = end.id;
    }
  }

  /** Sets them, writes it into each document's journal and puts right what notices say; answers those whose time is another. */
  async apply(manager: EntityManager, shifts: readonly Shift[], changeId: string, byId: string): Promise<Shift[]> {
    const [moved, explained] = [shifts.filter(({ assignment, due }) => assignment.dueAt.getTime() !== due.at.getTime()), shifts.filter(({ assignment, due }) => assignment.dueAt.getTime() === due.at.getTime())];
    for (const { assignment: { id, dueAt }, due, beside } of explained) if (!beside) await changeRows(manager, Assignment, { id, isOpen: 1, dueAt }, { explanation: due.explanation });
    const done: Shift[] = [];
    for (const kind of new Set(moved.map(({ assignment }) => assignment.docKind))) {
      const own = moved.filter(({ assignment }) => assignment.docKind === kind);
      for (let from = 0; from < own.length; from += piece) done.push(...await this.move(manager, kind, own.slice(from, from + piece), changeId, byId));
      await this.companions.get(kind)?.kept(manager, done.filter(({ assignment, beside }) => assignment.docKind === kind && !beside));
    }
    return done;
  }

  private async move(manager: EntityManager, kind: DocumentKind, shifts: readonly Shift[], changeId: string, byId: string): Promise<Shift[]> {
    // Documents first, as every move does: whoever is at one of them now is waited for, and is seen.
    const standings = await this.held(manager, kind, [...new Set(shifts.map(({ assignment }) => assignment.docId))]);
    const written = await this.writtenDown(manager, shifts, changeId);
    const [rows, done]: [Move[], Shift[]] = [[], []];
    for (const shift of shifts) {
      const { assignment: { id, docId, action, dueAt, openedBy }, due, beside } = shift;
      const doc = standings.get(docId);
      // Closed in the meantime, it runs no more; what is kept nowhere is written down once.
      if (!doc || (beside ? written.has(`${docId} ${action}`) : await changeRows(manager, Assignment, { id, isOpen: 1, dueAt }, { dueAt: due.at, explanation: due.explanation }) !== 1)) continue;
      const row = this.rowOf(kind, doc, { due: { from: dueAt.toISOString(), to: due.at.toISOString() }, ...(beside && { what: action }), change: changeId, by: byId });
      const next = { ...doc, version: row.seq, hash: chain(doc.hash, row) };
      const { affected } = await manager.createQueryBuilder().update(tableOf[kind]).set({ version: next.version, hash: next.hash }).where('id = :id AND version = :version AND hash = :hash', { id: docId, version: doc.version, hash: doc.hash }).execute();
      if (affected !== 1) throw new Error(`${kind} ${docId} was changed while it was held`);
      standings.set(docId, next);
      rows.push({ ...row, hash: next.hash });
      if (!beside) await changeRows(manager, OutboxRow, { moveId: openedBy, docId, dueAt }, { dueAt: due.at });
      done.push(shift);
    }
    await addRows(manager, Move, rows);
    return done;
  }

  private async writtenDown(manager: EntityManager, shifts: readonly Shift[], changeId: string): Promise<ReadonlySet<string>> {
    const ids = shifts.filter(({ beside }) => beside).map(({ assignment }) => assignment.docId);
    const moves = ids.length === 0 ? [] : await rowsWhere(manager, Move, { docId: ids, action: redateAction });
    return new Set(moves.flatMap(({ docId, detail }) => (detail['change'] === changeId && typeof detail['what'] === 'string' ? [`${docId} ${detail['what']}`] : [])));
  }

  private async held(manager: EntityManager, kind: DocumentKind, ids: readonly string[]): Promise<Map<string, Standing>> {
    const held = manager.connection.options.type === 'better-sqlite3' ? '' : ' FOR UPDATE';
    const rows: Standing[] = await manager.query(`SELECT id, version, hash, state FROM ${tableOf[kind]} WHERE id IN (${ids.map(() => '?').join()}) ORDER BY id${held}`, [...ids]);
    return new Map(rows.map((it) => [it.id, it]));
  }
  private rowOf(docKind: DocumentKind, { id, version, state }: Standing, detail: Move['detail']): Omit<Move, 'hash'> {
    const { personId, posts: [post] } = systemActor(this.config.termId);
    return { id: newId(), docKind, docId: id, seq: version + 1, action: redateAction, fromState: state, toState: state, personId, post: post?.post ?? 'system', bodyId: post?.bodyId ?? '', madeAt: this.clock.now(), detail, requestKey: null };
  }
}
