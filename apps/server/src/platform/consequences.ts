import { Inject, Injectable } from '@nestjs/common';
import { addDays, committeePosts, dateOf, dueAfter, entryPosts, holderWords, postCodes, reminders, unitPosts } from '@lvzhi/domain';
import type { Audience, Document, Duty, PostCode } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from './clock.ts';
import { deliveriesOf, Delivery } from './delivery.entity.ts';
import { Directory } from './directory.ts';
import type { Docket, Kept } from './docket.ts';
import { newId } from './ids.ts';
import { addRows, changeRows, rowsWhere } from './rows.ts';
import { Settings } from './settings.ts';
import { Assignment, CreditEntry, OutboxRow } from './spine.entities.ts';

export interface Moved<A> { readonly id: string; readonly action: A; readonly at: Date; readonly byPerson: string; readonly uncredited?: true }

/** What a unit does, whoever of it. */
const unitActions: ReadonlySet<Duty['action']> = new Set<Duty['action']>(['sign_for', 'handle', 'give_opinion', 'countersign', 'track', 'answer_demand']);
const sameHolder = (a: Duty | undefined, b: Duty | undefined): boolean => a?.holder.kind === b?.holder.kind && a?.holder.id === b?.holder.id && a?.action === b?.action;

/** What follows from moves, in their transaction: who has it now and until when, who is told, what is credited. */
@Injectable()
export class Consequences {
  constructor(@Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory) {}

  /** Answers the assignment that was opened, if one was. */
  async follow<A extends string, S extends string, D extends Document<S> & Kept>(manager: EntityManager, docket: Docket<A, S, D>, before: D | undefined, doc: D, moves: readonly Moved<A>[]): Promise<Assignment | undefined> {
    const last = moves.at(-1);
    if (!last) return undefined;
    const duty = docket.flow.duty(doc);
    // A new appointment has a new deadline even when the same person must answer it.
    const same = before !== undefined && sameHolder(docket.flow.duty(before), duty) && (duty?.deadline !== 'document' || docket.dueAt?.(before).getTime() === docket.dueAt?.(doc).getTime());
    const kept = same && this.tells(docket, moves) ? await this.openDue(manager, doc.id) : undefined;
    const due = kept ?? (duty && this.dueOf(docket, doc, duty, last.at));
    let opened: Assignment | undefined;
    if (!same) {
      if (before && docket.flow.duty(before)) {
        await changeRows(manager, Assignment, { docId: doc.id, isOpen: 1 }, { isOpen: 0, closedBy: last.id });
        // What was to be done is done, or is no longer to be done: nobody is reminded of it any more.
        await changeRows(manager, OutboxRow, { docId: doc.id, action: reminders, withdrawnAt: null }, { withdrawnAt: last.at });
      }
      opened = duty && due && { id: newId(), docKind: docket.kind, docId: doc.id, action: duty.action, holderKind: duty.holder.kind, holderId: duty.holder.id, dueAt: due.at, explanation: due.explanation, openedAt: last.at, isOpen: 1, openedBy: last.id, closedBy: null };
      if (opened) await addRows(manager, Assignment, [opened]);
    }
    const rows = moves.flatMap((move) => this.tell(docket, doc, move, duty, due?.at ?? null));
    // One person hears once of what was done in one go: of its last part, and as the author before as a holder.
    const byWeight = [...rows.filter(({ audience }) => audience !== 'author'), ...rows.filter(({ audience }) => audience === 'author')];
    const once = [...new Map(byWeight.map((row) => [row.recipientId, row])).values()];
    await addRows(manager, OutboxRow, once);
    await addRows(manager, Delivery, deliveriesOf(once));
    await this.credit(manager, docket, before, doc, moves);
    return opened;
  }

  /** Undo: assignments as they were, notices that nobody has seen yet withdrawn, credits voided. */
  async takeBack(manager: EntityManager, moveId: string, undoId: string, now: Date): Promise<void> {
    await manager.update(Assignment, { openedBy: moveId }, { isOpen: 0, closedBy: undoId });
    await manager.update(Assignment, { closedBy: moveId }, { isOpen: 1, closedBy: null });
    await manager.update(OutboxRow, { moveId }, { withdrawnAt: now });
    await manager.update(CreditEntry, { moveId }, { voidedBy: undoId });
  }

  /** The people in whose hands a duty is. */
  holders({ holder, action }: Duty): string[] {
    const post = postCodes.find((code) => code === holder.id);
    if (holder.kind === 'person') return this.directory.page.voicesOf(holder.id);
    if (holder.kind === 'body') return this.directory.page.holdersOf(action === 'correct_entry' ? entryPosts : unitActions.has(action) ? unitPosts : committeePosts, holder.id);
    return post ? this.directory.page.holdersOf([post]) : [];
  }

  /** A duty that stays as it was keeps its deadline: whoever is told of what happened is told that one. */
  private async openDue(manager: EntityManager, docId: string) {
    const [open] = await rowsWhere(manager, Assignment, { docId, isOpen: 1 });
    return open && { at: open.dueAt, explanation: open.explanation };
  }
  private tells<A extends string, S extends string, D extends Document<S> & Kept>({ flow }: Docket<A, S, D>, moves: readonly Moved<A>[]): boolean { return moves.some(({ action }) => (flow.moves[action].tells ?? []).length > 0); }

  private dueOf<A extends string, S extends string, D extends Document<S> & Kept>(docket: Docket<A, S, D>, doc: D, { deadline }: Duty, from: Date) {
    const named = deadline === 'document' ? docket.dueAt?.(doc) : undefined;
    if (named) return { at: named, explanation: docket.explanation?.(doc) ?? { from: from.toISOString(), allowed: '', skipped: [], makeUp: [], provisional: false } };
    return dueAfter(this.settings.allowance(deadline), from, this.settings.reckoning);
  }

  private tell<A extends string, S extends string, D extends Document<S> & Kept>(docket: Docket<A, S, D>, doc: D, move: Moved<A>, duty: Duty | undefined, dueAt: Date | null): OutboxRow[] {
    const { tells = [], undo } = docket.flow.moves[move.action];
    const notBefore = new Date(move.at.getTime() + (undo ? this.settings.get('undo.seconds') * 1000 : 0));
    const recipients = (audience: Audience): string[] => {
      switch (audience) {
        case 'author': return [...new Set([doc.authorId, ...doc.coAuthorIds ?? []].flatMap((id) => this.directory.page.voicesOf(id)))];
        case 'officer': return this.dutyOfficers();
        case 'clerk': return [doc.clerkId ?? []].flat();
        case 'body': return doc.committeeId === null ? [] : this.directory.page.holdersOf(unitPosts, doc.committeeId);
        case 'lead': return doc.leadId === undefined ? [] : this.directory.page.holdersOf(unitPosts, doc.leadId);
        case 'holder': return duty ? this.holders(duty) : [];
      }
    };
    const words = duty ? this.wordsOf(duty, doc.authorId) : null;
    return tells.flatMap((audience) => recipients(audience).filter((id) => id !== move.byPerson).map((recipientId) => ({
      id: newId(), recipientId, channel: 'inbox' as const, docKind: docket.kind, docId: doc.id, moveId: move.id, action: move.action, audience,
      dueAt, holderWords: words, notBefore, withdrawnAt: null, readAt: null, answeredAt: null,
    })));
  }

  /** The one whose week it is (setting dutyOfficer.weeks); a week that nobody was named for is the office director's. */
  private dutyOfficers(): string[] {
    const today = dateOf(this.clock.now());
    const named = this.settings.get('dutyOfficer.weeks').find(({ monday }) => monday <= today && today < addDays(monday, 7));
    return named && this.directory.page.postsOf(named.personId) ? [named.personId] : this.directory.page.holdersOf(['office_director']);
  }

  /** 社法委 / 办公室信息编辑 / 办公室 何晓岚 / 您本人. */
  private wordsOf({ holder, action }: Duty, authorId: string): string {
    if (action === 'edit' && holder.kind === 'person') return `办公室 ${this.directory.page.person(holder.id)?.name ?? ''}`;
    if (holder.kind === 'person') return holder.id === authorId ? '您本人' : this.directory.page.person(holder.id)?.name ?? '';
    return holder.kind === 'body' ? this.directory.page.body(holder.id)?.short ?? '' : holderWords[holder.id as PostCode] ?? '';
  }

  /** Submitting again after a return is the same duty done once; who joined since is credited then. */
  private async credit<A extends string, S extends string, D extends Document<S> & Kept>(manager: EntityManager, docket: Docket<A, S, D>, before: D | undefined, doc: D, moves: readonly Moved<A>[]): Promise<void> {
    for (const { id, action, at, uncredited } of moves) {
      const { credits: item, voids } = docket.flow.moves[action];
      if (voids !== undefined) await manager.update(CreditEntry, { evidenceId: doc.id, item: In([...voids]), voidedBy: IsNull() }, { voidedBy: id });
      if (item === undefined || uncredited) continue;
      const had = before ? (await rowsWhere(manager, CreditEntry, { evidenceId: doc.id, item, voidedBy: null })).map(({ personId }) => personId) : [];
      await addRows(manager, CreditEntry, [doc.authorId, ...doc.coAuthorIds ?? []].filter((it) => !had.includes(it)).map((personId) => ({ id: newId(), personId, item, evidenceKind: docket.kind, evidenceId: doc.id, moveId: id, earnedAt: at, voidedBy: null })));
    }
  }
}
