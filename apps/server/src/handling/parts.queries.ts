import { Inject, Injectable } from '@nestjs/common';
import type { Caller, HandlingPart, SubmissionView, TalkView } from '@lvzhi/contracts';
import { answers } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Move } from '../platform/journal.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { alone, aroundOf } from './around.queries.ts';
import { Handling, HandlingNote, Talk, TalkAnswer } from './handling.entity.ts';
import { HandlingPresenter } from './presenter.queries.ts';
import { isInside, ReplyQueries } from './reply.queries.ts';
import { Rating } from './reply.entity.ts';

/** What a unit tells of an answer of class B, and the proposer reads. */
const reported = ['report_progress', 'resolve'] as const;
/** Of these parts all that goes with them, in a constant number of queries. */
interface Gathered { readonly parts: Map<string, HandlingPart>; readonly talks: Map<string, TalkView[]>; readonly progress: NonNullable<SubmissionView['handling']>['progress']; /** Those beside the first, of any of these cases. */ readonly proposers: readonly string[] }

/** Who works on a case, and how far they are; for whoever may see the case. */
@Injectable()
export class PartQueries {
  constructor(@Inject(HandlingPresenter) private readonly presenter: HandlingPresenter, @Inject(ReplyQueries) private readonly replies: ReplyQueries) {}

  /** The whole of a case since it was handed over. The proposer of a merged one sees what its main case's units do for them. */
  async caseOf(manager: EntityManager, caller: Caller, row: Submission): Promise<SubmissionView['handling']> {
    const main = row.kind === 'proposal' && row.state === 'merged' && row.mainId !== null ? await rowWhere(manager, Submission, { id: row.mainId }) : row;
    if (!main || main.closure === 'marked' || main.handedAt === null || main.capAt === null) return null;
    const rows = (await rowsWhere(manager, Handling, { proposalId: main.id }, { by: 'assignedAt' })).filter(({ state }) => state !== 'reassigned');
    const { parts, talks, progress, proposers } = await this.gather(manager, caller, rows);
    const order = { lead: 0, sole: 0, separate: 1, assist: 2 } as const;
    return {
      handedAt: main.handedAt.toISOString(), capAt: main.capAt.toISOString(), cap: this.presenter.cap(caller, main.handedAt, main.capAt, rows), parts: [...parts.values()].toSorted((a, b) => order[a.role] - order[b.role]),
      talks: [...talks.values()].flat().toSorted((a, b) => (a.on < b.on || (a.on === b.on && a.at < b.at) ? -1 : 1)),
      ...await this.replies.ofCase(manager, caller, main.id, rows, proposers), progress,
    };
  }

  /** In whose hands each of these proposals is while units work on it: of several who answer, the one who must first; then the proposer who must rate first. */
  async holding(manager: EntityManager, rows: readonly Submission[]): Promise<Map<string, Assignment>> {
    const [cases, answered] = [rows.filter(({ state, dropAsked }) => (state === 'handling' || state === 'rehandling') && dropAsked === 0).map(({ id }) => id), rows.filter(({ state }) => state === 'replied').map(({ id }) => id)];
    const parts = (await rowsWhere(manager, Handling, { proposalId: cases, state: ['assigned', 'handling', 'reply_review', 'ready'] })).filter(({ role }) => answers(role));
    const ratings = await rowsWhere(manager, Rating, { mainId: answered, state: 'asked' });
    const open = await rowsWhere(manager, Assignment, { docId: [...parts, ...ratings].map(({ id }) => id), isOpen: 1 }, { by: 'dueAt', direction: 'DESC' });
    const caseOf = new Map([...parts.map(({ id, proposalId }) => [id, proposalId] as const), ...ratings.map(({ id, mainId }) => [id, mainId] as const)]);
    return new Map(open.map((it) => [caseOf.get(it.docId) ?? '', it]));
  }

  async gather(manager: EntityManager, caller: Caller, rows: readonly Handling[]): Promise<Gathered> {
    const ids = rows.map(({ id }) => id);
    const [around, open, talks, said, notes] = [
      await aroundOf(manager, rows), await rowsWhere(manager, Assignment, { docId: ids, isOpen: 1 }), await rowsWhere(manager, Talk, { handlingId: ids }, { by: 'recordedAt' }),
      await rowsWhere(manager, TalkAnswer, { handlingId: ids }), await rowsWhere(manager, HandlingNote, { handlingId: ids, kind: ['give_opinion', ...reported], isVoid: 0 }),
    ];
    const moves = new Map((await rowsWhere(manager, Move, { id: notes.map(({ moveId }) => moveId) })).map((it) => [it.id, it]));
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const inside = new Set(rows.filter(({ id, proposalId }) => isInside(caller, rows.filter((it) => it.proposalId === proposalId), around.get(id)?.coAuthorIds ?? [])).map(({ id }) => id));
    const views = talks.map((it) => this.presenter.talk(caller, it, versions.get(it.handlingId) ?? 0, said.filter(({ talkId }) => talkId === it.id)));
    const opinionOf = (id: string): HandlingPart['opinion'] => {
      const note = notes.filter(({ handlingId, kind }) => handlingId === id && kind === 'give_opinion').toSorted((a, b) => (moves.get(a.moveId)?.seq ?? 0) - (moves.get(b.moveId)?.seq ?? 0)).at(-1);
      const move = note && moves.get(note.moveId);
      return inside.has(id) && note && move ? { note: note.note, by: this.presenter.who(move), at: move.madeAt.toISOString() } : null;
    };
    return {
      proposers: [...new Set([...around.values()].flatMap(({ coAuthorIds }) => coAuthorIds))],
      parts: new Map(rows.map((it) => [it.id, this.presenter.part(caller, it, {
        around: around.get(it.id) ?? alone, assignment: open.find(({ docId }) => docId === it.id), opinion: opinionOf(it.id),
        talks: views.filter(({ handlingId, answers: all }) => handlingId === it.id && !(all.length > 0 && all.every(({ answer }) => answer === 'denied'))).length,
      })])),
      talks: new Map(ids.map((id) => [id, views.filter(({ handlingId }) => handlingId === id)])),
      progress: notes.flatMap((it) => { const [move, part] = [moves.get(it.moveId), rows.find(({ id }) => id === it.handlingId)]; return move && part ? this.presenter.progress(part, it, move) ?? [] : []; }).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    };
  }
}
