import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { Refused } from '@lvzhi/domain';
import type { OpinionAction, ProposalAction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import type { Made, Step } from '../platform/docket.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, notFound } from '../platform/refusals.ts';
import { addRows, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Lessons } from '../routing/lessons.queries.ts';
import type { Lesson } from '../routing/lessons.queries.ts';
import { opinionDocket, proposalDocket, rowAfter } from './docket.ts';
import type { OpinionDoc, ProposalDoc } from './docket.ts';
import { Note, Routing, Submission } from './submission.entity.ts';
import type { NoteKind } from './submission.entity.ts';
import { SubmissionQueries } from './submission.queries.ts';

/** Somebody acted in the same moment as a job of the house: there is nothing left to do for it. */
export const overtaken = (error: unknown): boolean => error instanceof ConflictException || error instanceof NotFoundException || error instanceof Refused;

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Moved = Answer<typeof routes.pass>;
type Both = OpinionAction & ProposalAction;
type Patch = Partial<Pick<OpinionDoc, 'committeeId' | 'coCommitteeIds' | 'reviewed' | 'routedBy' | 'rerouted' | 'editorId' | 'consent' | 'mainId'>>;
export interface Deed { readonly patch?: Patch; /** The row with its text's columns as they are now. */ readonly carry?: { readonly row: Submission }; /** For the journal: codes and ids. */ readonly detail?: Readonly<Record<string, unknown>>; /** Written with the move, in its transaction. */ readonly beside?: (manager: EntityManager, moveId: string) => Promise<void>; readonly note?: { readonly kind: NoteKind; readonly note: string; readonly outcome?: string; readonly unitIds?: readonly string[] }; readonly teach?: Lesson; /** What follows of it at once, in the same unit of work. */ readonly then?: readonly Step<ProposalAction, ProposalDoc>[] }

/** A committee does not review its own proposal. */
const notTheirOwn = ({ authorId }: Pick<ProposalDoc, 'authorId'>, committeeId: string | null): void => { if (authorId === committeeId) badField({ committeeId: '这是这个专委会自己的提案，请分给别的专委会初审' }); };
const back: Patch = { committeeId: null, coCommitteeIds: [], routedBy: 'waiting', editorId: null, consent: 'off' };

/** 分办 and first review: each deed is one move, with what was written beside it. */
@Injectable()
export class ReviewsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(Directory) private readonly directory: Directory, @Inject(Lessons) private readonly lessons: Lessons, @Inject(SubmissionQueries) private readonly queries: SubmissionQueries,
  ) {}

  withdraw(caller: Caller, on: On) { return this.both(caller, on, 'withdraw', () => ({ patch: { ...back, reviewed: false } })); }
  startReview(caller: Caller, on: On) { return this.both(caller, on, 'start_review', () => ({})); }

  assign(caller: Caller, { committeeId, coCommitteeIds, ...on }: Given<typeof routes.assign>) {
    this.mustBeCommittees([committeeId, ...coCommitteeIds]);
    return this.both(caller, on, 'assign', (doc) => {
      notTheirOwn(doc, committeeId);
      return { patch: { committeeId, coCommitteeIds: [...new Set(coCommitteeIds)].filter((id) => id !== committeeId && id !== doc.authorId), routedBy: 'person', rerouted: false }, teach: { committeeId, byHand: true } };
    });
  }
  recall(caller: Caller, { reason, ...on }: Given<typeof routes.recall>) {
    return this.both(caller, on, 'recall', (doc) => ({ patch: { ...back, rerouted: true }, note: { kind: 'recall', note: reason }, ...(doc.committeeId !== null && { teach: { committeeId: null, byHand: true } }) }));
  }
  reroute(caller: Caller, { committeeId, reason, ...on }: Given<typeof routes.reroute>) {
    if (committeeId !== null) this.mustBeCommittees([committeeId]);
    return this.both(caller, on, 'reroute', (doc) => {
      if (committeeId === doc.committeeId) badField({ committeeId: '就在这个专委会，不用改送' });
      notTheirOwn(doc, committeeId);
      return { patch: committeeId === null ? { ...back, rerouted: true } : { committeeId, coCommitteeIds: doc.coCommitteeIds.filter((id) => id !== committeeId), routedBy: 'person' }, note: { kind: 'reroute', note: reason }, teach: { committeeId, byHand: true } };
    });
  }
  prepare(caller: Caller, { outcome, note, ...on }: Given<typeof routes.prepare>) { return this.both(caller, on, 'prepare', () => ({ note: { kind: 'prepare', outcome, note } })); }
  comment(caller: Caller, { note, ...on }: Given<typeof routes.comment>) { return this.both(caller, on, 'comment', () => ({ note: { kind: 'comment', note } })); }
  sendBack(caller: Caller, { note, ...on }: Given<typeof routes.sendBack>) {
    // What the office returns while editing comes back to whoever returned it.
    return this.both(caller, on, 'return', (doc) => ({ note: { kind: 'return', note }, ...(doc.state === 'editing' && { patch: { editorId: doc.editorId ?? caller.personId } }) }));
  }

  pass(caller: Caller, { note, ...on }: Given<typeof routes.pass>) {
    return this.opinion(caller, on, 'pass', (doc) => ({ ...(note !== '' && { note: { kind: 'pass' as const, note } }), ...(doc.committeeId !== null && { teach: { committeeId: doc.committeeId, byHand: false } }) }));
  }
  notAdopt(caller: Caller, { reason, note, ...on }: Given<typeof routes.notAdopt>) {
    if (!this.settings.get('opinion.notAdoptedReasons').some(({ code }) => code === reason)) badField({ reason: '请从列表里选择理由' });
    return this.opinion(caller, on, 'not_adopt', () => ({ note: { kind: 'not_adopt', outcome: reason, note } }));
  }
  review(caller: Caller, { outcome, note, unitIds, ...on }: Given<typeof routes.review>) {
    if (!this.settings.get('proposal.outcomes').some(({ code }) => code === outcome)) badField({ outcome: '请从列表里选择建议结果' });
    if (!this.directory.page.isOf('unit', unitIds)) badField({ unitIds: '请从列表里选择建议承办单位' });
    return this.proposal(caller, on, 'review', (doc) => ({ patch: { reviewed: true }, note: { kind: 'review', outcome, note, unitIds }, ...(doc.committeeId !== null && { teach: { committeeId: doc.committeeId, byHand: false } }) }));
  }

  async undo(caller: Caller, { id, moveId }: Given<typeof routes.undo>): Promise<Answer<typeof routes.undo>> {
    const kind = await this.kindOf(id);
    const doc = await this.database.write(async (manager) => {
      const back = kind === 'opinion' ? await this.moves.undo(caller, this.opinions, id, moveId) : await this.moves.undo(caller, this.proposals, id, moveId);
      await this.lessons.forget(manager, moveId);
      return back;
    });
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, rowAfter(doc))) };
  }

  private readonly now = () => this.clock.now();
  private get opinions() { return opinionDocket(this.now); }
  private get proposals() { return proposalDocket(this.now); }

  private async both(caller: Caller, on: On, action: Both, deed: (doc: OpinionDoc | ProposalDoc) => Deed): Promise<Moved> {
    return await this.kindOf(on.id) === 'opinion' ? this.opinion(caller, on, action, deed) : this.proposal(caller, on, action, deed);
  }
  async opinion(caller: Caller, on: On, action: OpinionAction, deed: (doc: OpinionDoc) => Deed): Promise<Moved> {
    return this.answer(caller, await this.madeOpinion(caller, on, action, deed));
  }
  madeOpinion(caller: Caller, on: On, action: OpinionAction, deed: (doc: OpinionDoc) => Deed): Promise<Made<OpinionDoc>> {
    return this.moves.make(caller, this.opinions, on.id, this.ask(caller, on), (doc) => [this.step(doc, action, deed(doc))]);
  }
  async proposal(caller: Caller, on: On, action: ProposalAction, deed: (doc: ProposalDoc) => Deed): Promise<Moved> {
    return this.answer(caller, await this.madeProposal(caller, on, action, deed));
  }
  madeProposal(caller: Caller, on: On, action: ProposalAction, deed: (doc: ProposalDoc) => Deed): Promise<Made<ProposalDoc>> {
    return this.moves.make(caller, this.proposals, on.id, this.ask(caller, on), (doc) => {
      const it = deed(doc);
      return [this.step(doc, action, it), ...it.then ?? []];
    });
  }

  private ask(caller: Caller, { version, key }: On) {
    return { version, key, current: (manager: EntityManager, doc: OpinionDoc | ProposalDoc) => this.queries.view(manager, caller, doc.row) };
  }

  async answer(caller: Caller, { doc, undo }: Made<OpinionDoc> | Made<ProposalDoc>): Promise<Moved> {
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, rowAfter(doc))), undo };
  }

  private step<A extends string, D extends OpinionDoc | ProposalDoc>(doc: D, action: A, { patch, carry, note, teach, detail, beside }: Deed): Step<A, D> {
    return {
      action, ...(patch && { patch: patch as Partial<D> }), ...(carry && { carry: carry as Partial<D> }), ...(detail && { detail }),
      beside: async (manager, moveId) => {
        if (note) await addRows(manager, Note, [{ moveId, submissionId: doc.id, kind: note.kind, outcome: note.outcome ?? null, note: note.note, unitIds: [...note.unitIds ?? []], isVoid: 0 }]);
        if (teach) await this.teach(manager, doc, moveId, teach);
        await beside?.(manager, moveId);
      },
    };
  }

  /** What people decide, the router learns, beside what it had said itself. */
  private async teach(manager: EntityManager, doc: OpinionDoc | ProposalDoc, moveId: string, lesson: Lesson): Promise<void> {
    const routing = await rowWhere(manager, Routing, { submissionId: doc.id, revisionNo: doc.row.revision });
    if (routing) await this.lessons.record(manager, moveId, { submissionId: doc.id, revisionNo: doc.row.revision, decision: routing.decision, routedBy: doc.row.routedBy }, lesson);
  }

  private mustBeCommittees(ids: readonly string[]): void {
    const { page } = this.directory;
    if (!page.isOf('committee', ids)) badField({ committeeId: '请从列表里选择专委会' });
    // Where nobody can sign in, nobody would see it (traps, 9).
    for (const id of ids) { const why = page.whyUnassignable(id); if (why !== undefined) badField({ committeeId: `${page.body(id)?.short ?? ''}${why}，不能送到那里。请先请系统管理员登记` }); }
  }

  private async kindOf(id: string): Promise<Submission['kind']> {
    const row = await this.database.read((manager) => manager.findOne(Submission, { where: { id }, select: { id: true, kind: true } }));
    if (!row) notFound();
    return row.kind;
  }
}
