import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, SubmissionView } from '@lvzhi/contracts';
import { answers, dueAfter, instantOf, selvesOf } from '@lvzhi/domain';
import type { Explanation, RatingAction } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { FileRow } from '../platform/file.entity.ts';
import { newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound } from '../platform/refusals.ts';
import { addRows, holdRow, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { proposalDocket, rowAfter } from '../submissions/docket.ts';
import type { ProposalDoc } from '../submissions/docket.ts';
import { Note, reportersOf, Submission } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { handlingDocket } from './docket.ts';
import { Handling } from './handling.entity.ts';
import { rateBy, ratingDoc, ratingDocket } from './rating.queries.ts';
import type { RatingDoc } from './rating.queries.ts';
import { Rating, Reply } from './reply.entity.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Said = Pick<Given<typeof routes.rate>, 'attitude' | 'result' | 'talked' | 'note'>;
const wants = (round: number) => (it: Rating): boolean => it.round === round;

/** 评价: every proposer for themselves, from their own session, or on paper; and what follows of it (rules: duty-rules §1.8, §1.9). */
@Injectable()
export class RatingService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries,
  ) {}

  rate(caller: Caller, { attitude, result, talked, note, ...on }: Given<typeof routes.rate>): Promise<{ doc: SubmissionView }> {
    return this.give(caller, on, 'rate', { attitude, result, talked, note }, []);
  }
  keyPaper(caller: Caller, { attitude, result, talked, note, fileIds, ...on }: Given<typeof routes.keyPaper>): Promise<{ doc: SubmissionView }> {
    return this.give(caller, on, 'key_paper', { attitude, result, talked, note }, fileIds);
  }
  lapse(caller: Caller, on: On): Promise<{ doc: SubmissionView }> {
    return this.make(caller, on, () => ({ action: 'lapse_rating' as const, beside: (manager: EntityManager) => this.settle(manager, on.id) }));
  }

  async holdMeeting(caller: Caller, { note, ...on }: Given<typeof routes.holdMeeting>): Promise<Answer<typeof routes.holdMeeting>> {
    const ask = { version: on.version, key: on.key, current: (manager: EntityManager, doc: ProposalDoc) => this.submissions.view(manager, caller, doc.row) };
    const { doc } = await this.moves.make(caller, this.proposals, on.id, ask, (it) => [{ action: 'hold_meeting', beside: async (manager, moveId) => {
      await addRows(manager, Note, [{ moveId, submissionId: it.id, kind: 'hold_meeting', outcome: null, note, unitIds: [], isVoid: 0 }]);
      await this.track(manager, it.id);
    } }]);
    return { doc: await this.database.read((manager) => this.submissions.view(manager, caller, rowAfter(doc))), undo: null };
  }

  /** The last of its replies is out: every proposer of the case, those of merged ones too, is asked for their own rating. */
  async askWhenAllReplied(manager: EntityManager, caller: Caller, mainId: string): Promise<void> {
    const parts = (await this.parts(manager, mainId)).filter(({ role }) => answers(role));
    if (parts.some(({ state }) => state !== 'replied')) return;
    await this.moves.byHouse(manager, this.proposals, mainId, () => ({ action: 'all_replied' }));
    const [main, merged] = [await rowWhere(manager, Submission, { id: mainId }), await rowsWhere(manager, Submission, { mainId, state: 'merged', closure: 'open' })];
    const own = new Map([...merged, ...(main ? [main] : [])].flatMap((it) => reportersOf(it).map((who): [string, string] => [who, it.id])));
    for (const [authorId, proposalId] of own) {
      const row: Rating = { id: newId(), proposalId, mainId, authorId, round: Math.max(1, ...parts.map(({ round }) => round)), state: 'asked', version: 0, hash: '', askedAt: this.clock.now(), attitude: null, result: null, talked: null, note: '', paperIds: [], keyedBy: null, givenAt: null, closure: 'open' };
      await this.moves.open(manager, caller, this.docket, ratingDoc(row, { dueAt: this.clock.now(), reminded: 0 }, this.clock.now()), [{ action: 'ask_rating', bySystem: true }], null);
    }
  }

  private give(caller: Caller, on: On, action: 'rate' | 'key_paper', { attitude, result, talked, note }: Said, fileIds: readonly string[]): Promise<{ doc: SubmissionView }> {
    if ((attitude === 'dissatisfied' || result === 'dissatisfied') && note.trim().length < 2) badField({ note: '不满意的，请写明理由' });
    return this.make(caller, on, (doc) => ({
      action, patch: { attitude, result, talked, givenAt: this.clock.now().toISOString(), ...(action === 'key_paper' && { keyedBy: caller.personId }) }, carry: { row: { ...doc.row, note, paperIds: [...fileIds] } },
      beside: async (manager: EntityManager) => {
        if (fileIds.length > 0 && (await manager.update(FileRow, { id: In([...fileIds]), ownerId: caller.personId, docId: IsNull() }, { docId: doc.id })).affected !== new Set(fileIds).size) badField({ fileIds: '有照片没有传完，或者已经过期，请重新添加。填的都还在。' });
        await this.settle(manager, doc.id);
      },
    }));
  }

  /** Worst answer counts: one who is not satisfied brings another round, or, after the last, the meeting; otherwise the last to answer closes the case. */
  private async settle(manager: EntityManager, ratingId: string): Promise<void> {
    const given = await rowWhere(manager, Rating, { id: ratingId });
    if (!given) throw new Error(`The rating ${ratingId} is missing.`);
    const open = (await rowsWhere(manager, Rating, { mainId: given.mainId, state: 'asked' })).filter(wants(given.round));
    if (given.state === 'given' && given.result === 'dissatisfied') {
      for (const { id } of open) await this.moves.byHouse(manager, this.docket, id, () => ({ action: 'supersede' }));
      const again = given.round < this.settings.get('reply.rounds');
      await this.moves.byHouse(manager, this.proposals, given.mainId, () => ({ action: again ? 'rehandle' : 'call_meeting', detail: { round: given.round } }));
      if (again) await this.rework(manager, given.mainId, given.round + 1);
    } else if (open.length === 0) {
      await this.moves.byHouse(manager, this.proposals, given.mainId, () => ({ action: 'close' }));
      await this.track(manager, given.mainId);
    }
  }

  /** Another answer, on a clock of its own. */
  private async rework(manager: EntityManager, mainId: string, round: number): Promise<void> {
    const due = dueAfter(this.settings.allowance('deadline.handling.rework'), this.clock.now(), this.settings.reckoning);
    for (const it of (await this.parts(manager, mainId)).filter(({ role }) => answers(role))) {
      await this.moves.byHouse(manager, this.handlings, it.id, (doc) => ({ action: 'redo', patch: { round, dueAt: due.at.toISOString(), extensionAsked: false }, carry: { row: { ...doc.row, reckoned: due.explanation } } }));
    }
  }

  /** 回头看: what was answered as under way (B) is followed until it is solved. */
  private async track(manager: EntityManager, mainId: string): Promise<void> {
    for (const it of (await this.parts(manager, mainId)).filter(({ state }) => state === 'replied')) {
      const reply = await rowWhere(manager, Reply, { handlingId: it.id, round: it.round });
      if (reply?.classCode !== 'B' || reply.promisedOn === null) continue;
      const dueAt = instantOf(reply.promisedOn, this.settings.reckoning.hours.at(-1)?.[1] ?? '17:30').toISOString();
      const reckoned: Explanation = { from: this.clock.now().toISOString(), allowed: '', skipped: [], makeUp: [], provisional: false };
      await this.moves.byHouse(manager, this.handlings, it.id, (doc) => ({ action: 'track', patch: { dueAt }, carry: { row: { ...doc.row, reckoned } } }));
    }
  }

  private async parts(manager: EntityManager, proposalId: string): Promise<Handling[]> {
    return (await rowsWhere(manager, Handling, { proposalId })).filter(({ state }) => state !== 'reassigned' && state !== 'stopped');
  }

  private get proposals() { return proposalDocket(() => this.clock.now()); }
  private get handlings() { return handlingDocket({ now: () => this.clock.now(), reckoning: () => this.settings.reckoning }); }
  private get docket() { return ratingDocket(() => this.clock.now(), rateBy(this.settings.allowance('deadline.proposal.rate'), this.settings.reckoning)); }

  private async make(caller: Caller, { id, version, key }: On, step: (doc: RatingDoc) => Step<RatingAction, RatingDoc>): Promise<{ doc: SubmissionView }> {
    // Two proposers at the same moment: the second one sees the first one's rating, so that the last of them closes the case.
    const rated = await this.database.read((manager) => rowWhere(manager, Rating, { id }));
    const { doc } = await this.database.write(async (manager) => {
      if (rated) await holdRow(manager, Submission, rated.mainId);
      return this.moves.make(caller, this.docket, id, { version, key }, (it) => [step(it)]);
    });
    return { doc: await this.database.read(async (manager) => {
      const own = selvesOf(caller).includes(doc.authorId);
      const row = await rowWhere(manager, Submission, { id: own ? doc.row.proposalId : doc.row.mainId });
      return row ? this.submissions.view(manager, caller, row) : notFound();
    }) };
  }
}
