import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { lengthOf } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { changeRows, countWhere, rowWhere } from '../platform/rows.ts';
import { EditingService } from './editing.service.ts';
import { Edition } from './edition.entity.ts';
import { plainBody } from './edition.queries.ts';
import { ReviewsService } from './reviews.service.ts';
import { Revision, Submission } from './submission.entity.ts';

/** As much as the edited text may hold (contracts, editions). */
const mostSigns = 20_000;

/** Several reports about one matter become one (rules: duty-rules §2.2): each keeps its own text and its reporter, and follows the one that goes on. */
@Injectable()
export class CombiningService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(ReviewsService) private readonly reviews: ReviewsService, @Inject(EditingService) private readonly editing: EditingService) {}

  /** All of them or none. Whoever does it edits the one that goes on; the others' texts stand beneath it as material. */
  async absorb(caller: Caller, { id, version, key, others, note, takeIt }: Given<typeof routes.absorb>): Promise<Answer<typeof routes.absorb>> {
    const ids = others.map((it) => it.id);
    if (ids.includes(id)) badField({ others: '不能并入自己，请去掉主件' });
    if (new Set(ids).size !== ids.length) badField({ others: '同一件选了两次，请去掉一次' });
    const made = await this.database.write(async (manager) => {
      const led = takeIt ? await this.lead(manager, caller, id, version) : version;
      const absorbed = await this.reviews.madeOpinion(caller, { id, version: led, key }, 'absorb', () => ({ detail: { others: ids } }));
      if (absorbed.repeated) return absorbed;
      for (const other of others) {
        await this.reviews.madeOpinion(caller, other, 'combine', () => ({ patch: { mainId: id }, detail: { mainSeq: absorbed.doc.version }, ...(note !== '' && { note: { kind: 'combine' as const, note } }), beside: (within) => this.mustLeadNobody(within, other.id) }));
        await this.addMaterial(manager, caller, id, other.id);
      }
      return absorbed;
    });
    return this.reviews.answer(caller, made);
  }

  separate(caller: Caller, { note, ...on }: Given<typeof routes.separate>) {
    return this.reviews.opinion(caller, on, 'separate', () => ({ patch: { mainId: null, editorId: null, consent: 'off' }, note: { kind: 'separate', note } }));
  }

  /** Takes the one that goes on into the caller's hands, if it is not there yet; answers its version then. */
  private async lead(manager: EntityManager, caller: Caller, id: string, version: number): Promise<number> {
    const row = await rowWhere(manager, Submission, { id, kind: 'opinion' });
    if (row?.state === 'submitted' || row?.state === 'first_review') return (await this.editing.takeOver(caller, { id, version, note: '' })).doc.version;
    if (row?.state === 'editing' && row.editorId !== caller.personId) return (await this.editing.take(caller, { id, version })).doc.version;
    return version;
  }

  private async mustLeadNobody(manager: EntityManager, id: string): Promise<void> {
    if (await countWhere(manager, Submission, { mainId: id, state: 'merged' }, 1) > 0) refuse('combine', '有别的件并在这一件里，请先把它们拆开，或者拿它作主件');
  }

  /** What fits; the rest is read beside it. */
  private async addMaterial(manager: EntityManager, { personId }: Caller, mainId: string, otherId: string): Promise<void> {
    const [edition, other] = [await rowWhere(manager, Edition, { submissionId: mainId }), await rowWhere(manager, Submission, { id: otherId })];
    const text = other && await rowWhere(manager, Revision, { submissionId: otherId, revisionNo: other.revision });
    if (!edition || !text) throw new Error(`The texts of ${mainId} and ${otherId} are not both there.`);
    const body = `${edition.body}\n\n【并入 ${other.receiptNo}】${text.title}\n${plainBody(text)}`;
    if (lengthOf(body) > mostSigns) return;
    await changeRows(manager, Edition, { submissionId: mainId }, { body, version: edition.version + 1, savedBy: personId, savedAt: this.clock.now() });
  }
}
