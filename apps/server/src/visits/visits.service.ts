import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import type { VisitAction } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { Moves } from '../platform/moves.service.ts';
import { refuse } from '../platform/refusals.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { Arranging, mustBeGood, videoForm, whereIn } from './arranging.ts';
import { rowAfter, textsOf, visitDocket } from './docket.ts';
import type { Appointment, VisitDoc } from './docket.ts';
import { Visit, VisitNote } from './visit.entity.ts';
import type { VisitTexts } from './visit.entity.ts';
import { VisitQueries } from './visit.queries.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Moved = Answer<typeof routes.confirmVisit>;
/** `answers`: the member has answered, their notices of this visit want no answer any more. */
interface Deed { readonly patch?: Partial<Appointment>; readonly texts?: VisitTexts; readonly note?: string; readonly answers?: true }

const noProposal = { proposedAt: null, proposedForm: null } as const;
const iso = (instant: string): string => new Date(instant).toISOString();

/** What the member and the office do with an appointment. Each deed is one move, with what was written beside it. */
@Injectable()
export class VisitsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock,
    @Inject(Arranging) private readonly arranging: Arranging, @Inject(VisitQueries) private readonly queries: VisitQueries,
  ) {}

  confirm(caller: Caller, on: On) { return this.make(caller, on, 'confirm', () => ({ answers: true })); }
  record(caller: Caller, on: On) { return this.make(caller, on, 'record', () => ({})); }
  cancel(caller: Caller, { reason, ...on }: Given<typeof routes.cancelVisit>) { return this.make(caller, on, 'cancel', () => ({ note: reason })); }

  propose(caller: Caller, { startsAt, form, note, ...on }: Given<typeof routes.proposeVisit>) {
    return this.make(caller, on, 'propose', (doc) => {
      mustBeGood({ ...this.arranging.time(startsAt), ...(form !== null && this.arranging.form(form)) });
      return { patch: { proposedAt: iso(startsAt), proposedForm: form }, texts: { ...textsOf(doc), proposedNote: note === '' ? null : note }, note, answers: true };
    });
  }

  /** The proposed time and form become the appointment; the place that the form still lacks must be given. */
  agree(caller: Caller, { place, videoLink, ...on }: Given<typeof routes.agreeVisit>) {
    return this.make(caller, on, 'agree', (doc) => {
      if (doc.state !== 'proposed' || doc.proposedAt === null) return {};
      if (new Date(doc.proposedAt) <= this.clock.now()) refuse('agree', '委员提出的时间已经过了，请另定时间');
      const form = doc.proposedForm ?? doc.form;
      // The room of the meeting that was arranged is not the place of a video visit.
      const texts = whereIn(form, place === '' && form !== videoForm ? doc.place : place, videoLink === '' ? doc.videoLink ?? '' : videoLink);
      mustBeGood(this.arranging.place(form, texts.place));
      return { patch: { startsAt: doc.proposedAt, form, ...noProposal }, texts };
    });
  }

  reschedule(caller: Caller, { startsAt, minutes, form, place, videoLink, replyBy, ...on }: Given<typeof routes.rescheduleVisit>) {
    return this.make(caller, on, 'reschedule', () => {
      mustBeGood(this.arranging.appointment({ startsAt, replyBy, form, place }));
      return { patch: { startsAt: iso(startsAt), minutes, form, replyBy: iso(replyBy), ...noProposal }, texts: whereIn(form, place, videoLink) };
    });
  }

  async undo(caller: Caller, { id, moveId }: Given<typeof routes.undoVisit>): Promise<Answer<typeof routes.undoVisit>> {
    await this.moves.undo(caller, this.docket, id, moveId);
    // The texts were put back beside the document, so it is read again.
    return { doc: await this.database.read(async (manager) => this.queries.view(manager, caller, await manager.findOneByOrFail(Visit, { id }))) };
  }

  private get docket() { return visitDocket(() => this.clock.now()); }

  private async make(caller: Caller, on: On, action: VisitAction, deed: (doc: VisitDoc) => Deed): Promise<Moved> {
    const { doc, undo } = await this.moves.make(caller, this.docket, on.id, { ...on, current: (manager, it) => this.queries.view(manager, caller, rowAfter(it)) }, (it) => [this.step(it, action, deed(it))]);
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, rowAfter(doc))), undo };
  }

  private step(doc: VisitDoc, action: VisitAction, { patch, texts, note = '', answers }: Deed): Step<VisitAction, VisitDoc> {
    return {
      action, ...(patch && { patch }), ...(texts && { carry: texts }),
      beside: async (manager, moveId) => {
        const answeredIds = answers ? await this.answer(manager, doc) : [];
        await manager.insert(VisitNote, { moveId, visitId: doc.id, note, textsBefore: texts ? textsOf(doc) : null, answeredIds, isVoid: 0 });
      },
    };
  }

  private async answer(manager: EntityManager, { id, authorId }: VisitDoc): Promise<string[]> {
    const waiting = await manager.find(OutboxRow, { where: { recipientId: authorId, docId: id, answeredAt: IsNull(), withdrawnAt: IsNull() }, select: { id: true } });
    const ids = waiting.map((row) => row.id);
    if (ids.length > 0) await manager.update(OutboxRow, { id: In(ids) }, { answeredAt: this.clock.now() });
    return ids;
  }
}
