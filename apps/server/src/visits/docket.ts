import { visitFlow } from '@lvzhi/domain';
import type { VisitAction, VisitFacts, VisitState } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Docket, Kept } from '../platform/docket.ts';
import { refuse } from '../platform/refusals.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { Visit, VisitLeader, VisitNote } from './visit.entity.ts';
import type { VisitTexts } from './visit.entity.ts';

/** What a move may change and the journal keeps, so that undo can put it back: instants as ISO strings, since the journal is JSON. */
export interface Appointment { readonly startsAt: string; readonly minutes: number; readonly form: string; readonly replyBy: string; readonly proposedAt: string | null; readonly proposedForm: string | null }
export interface VisitDoc extends VisitFacts, Kept, Appointment, VisitTexts { readonly row: Pick<Visit, keyof Visit> }

const isOpen = (state: VisitState): boolean => !visitFlow.final.includes(state);
export const textsOf = ({ place, videoLink, proposedNote }: VisitTexts): VisitTexts => ({ place, videoLink, proposedNote });

export const visitDoc = (row: Visit, now: Date): VisitDoc => ({
  id: row.id, state: row.state, version: row.version, hash: row.hash, authorId: row.memberId, committeeId: null, coCommitteeIds: [],
  leaderIds: row.leaderIds, begun: row.startsAt <= now, told: row.version > 0,
  startsAt: row.startsAt.toISOString(), minutes: row.minutes, form: row.form, replyBy: row.replyBy.toISOString(),
  proposedAt: row.proposedAt?.toISOString() ?? null, proposedForm: row.proposedForm, ...textsOf(row), row,
});

/** The row as the document now stands. */
export const rowAfter = (doc: VisitDoc): Visit => ({
  ...doc.row, state: doc.state, version: doc.version, hash: doc.hash, openFor: isOpen(doc.state) ? doc.authorId : null,
  startsAt: new Date(doc.startsAt), minutes: doc.minutes, form: doc.form, replyBy: new Date(doc.replyBy),
  proposedAt: doc.proposedAt === null ? null : new Date(doc.proposedAt), proposedForm: doc.proposedForm, ...textsOf(doc),
});

async function insert(manager: EntityManager, doc: VisitDoc): Promise<void> {
  await manager.insert(Visit, rowAfter(doc));
  await manager.insert(VisitLeader, doc.leaderIds.map((personId) => ({ visitId: doc.id, personId })));
}

async function update(manager: EntityManager, before: VisitDoc, after: VisitDoc, now: Date): Promise<number> {
  // Only an undo opens an appointment again; by then the member may have another.
  if (isOpen(after.state) && !isOpen(before.state) && await manager.existsBy(Visit, { openFor: after.authorId })) refuse('undo', '这位委员已经另有走访安排，不能撤销了');
  const { id, state, openFor, version, hash, startsAt, minutes, form, place, videoLink, replyBy, proposedAt, proposedForm, proposedNote } = rowAfter(after);
  const { affected } = await manager.update(Visit, { id, state: before.state, version: before.version },
    { state, openFor, version, hash, startsAt, minutes, form, place, videoLink, replyBy, proposedAt, proposedForm, proposedNote, changedAt: now });
  return affected ?? 0;
}

/** An undone move: its words no longer count, the texts are as before, and the notices that it answered wait for an answer again. */
async function takeBack(manager: EntityManager, moveId: string): Promise<void> {
  const note = await manager.findOne(VisitNote, { where: { moveId } });
  if (!note) return;
  await manager.update(VisitNote, { moveId }, { isVoid: 1 });
  if (note.textsBefore) await manager.update(Visit, { id: note.visitId }, textsOf(note.textsBefore));
  if (note.answeredIds.length > 0) await manager.update(OutboxRow, { id: In(note.answeredIds) }, { answeredAt: null });
}

export const visitDocket = (now: () => Date): Docket<VisitAction, VisitState, VisitDoc> => ({
  kind: 'visit', flow: visitFlow, insert, takeBack,
  load: async (manager, id) => { const row = await manager.findOne(Visit, { where: { id } }); return row ? visitDoc(row, now()) : undefined; },
  update: (manager, before, after) => update(manager, before, after, now()),
  dueAt: ({ state, replyBy, startsAt }) => new Date(state === 'notified' ? replyBy : startsAt),
});
