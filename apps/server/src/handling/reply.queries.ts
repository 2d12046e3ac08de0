import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, RatingView, ReplyView, routes, SubmissionRow } from '@lvzhi/contracts';
import { actionsFor, bodiesWhere, dispatchPosts, dueLook, explainDue, handlingFlow, holds, ratingFlow, ratingStateWords, satisfactionWords, selvesOf, unitPosts } from '@lvzhi/domain';
import type { Satisfaction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow, fileViewOf } from '../platform/file.entity.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { alone, aroundOf, lacksOf } from './around.queries.ts';
import type { Around } from './around.queries.ts';
import { handlingDoc } from './docket.ts';
import { Handling } from './handling.entity.ts';
import { askingOf, rateBy, ratingDoc } from './rating.queries.ts';
import { Rating, Reply } from './reply.entity.ts';

/** What the units say among themselves is not for the proposers; `proposers`: those beside the first, by signature (联名) or merging (并案). `rows`: of one case. */
export function isInside(caller: Caller, rows: readonly Handling[], proposers: readonly string[]): boolean {
  const selves = selvesOf(caller);
  if (selves.some((id) => proposers.includes(id)) || rows.some(({ authorId }) => selves.includes(authorId))) return false;
  const own = bodiesWhere(caller, ...unitPosts);
  return holds(caller, 'proposal_office', ...dispatchPosts) || rows.some(({ unitId }) => own.includes(unitId));
}

/** Replies and ratings as each reader may know them. */
@Injectable()
export class ReplyQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter,
  ) {}

  /** The draft of this round, for the units of the case and the offices. */
  show(caller: Caller, id: string): Promise<Answer<typeof routes.showReply>> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Handling, { id });
      const all = row ? await rowsWhere(manager, Handling, { proposalId: row.proposalId }) : [];
      if (!row || row.closure === 'marked') notFound();
      const around = (await aroundOf(manager, [row])).get(id) ?? alone;
      if (!isInside(caller, all.filter(({ state }) => state !== 'reassigned'), around.coAuthorIds)) notFound();
      const doc = handlingDoc(row, around, { now: () => this.clock.now(), reckoning: () => this.settings.reckoning });
      return { reply: around.reply ? this.view(caller, row, around.reply) : null, mayEdit: actionsFor(handlingFlow, doc, caller).includes('draft_reply'), checks: this.checks(row, all, around) };
    });
  }

  /** What must be there before it can be submitted, and what of it is: the flow's own conditions, one by one. */
  private checks({ role }: Handling, all: readonly Handling[], { talks, reply }: Around): { words: string; done: boolean }[] {
    const lacks = lacksOf(reply);
    const assisting = role === 'lead' ? all.filter((it) => it.role === 'assist' && it.state !== 'reassigned' && it.state !== 'stopped') : [];
    return [
      { words: '和提案人面商过', done: talks > 0 }, ...(reply ? lacks : ['答复']).map((words) => ({ words: `写好${words}`, done: false })), ...(reply && lacks.length === 0 ? [{ words: '答复写全了', done: true }] : []),
      ...assisting.map((it) => ({ words: `${this.directory.page.body(it.unitId)?.short ?? it.unitId}会签现在这一稿`, done: reply !== undefined && it.state === 'countersigned' && it.countersignedNo === reply.textNo })),
    ];
  }

  view(_caller: Caller, { unitId }: Handling, it: Reply): ReplyView {
    const { page } = this.directory;
    return {
      handlingId: it.handlingId, unit: page.body(unitId) ?? { id: unitId, name: unitId, short: unitId }, round: it.round, version: it.version, classCode: this.settings.coded('replyClasses', it.classCode), body: it.body, docNo: it.docNo, signer: it.signer,
      publicity: this.settings.coded('reply.publicity', it.publicity), publicityReason: it.publicityReason, promisedOn: it.promisedOn, contact: it.contact, savedBy: page.person(it.savedBy)?.name ?? '', savedAt: it.savedAt.toISOString(),
      releasedAt: it.releasedAt?.toISOString() ?? null, onTime: it.releasedAt && it.dueAt ? it.releasedAt <= it.dueAt : null, lacks: lacksOf(it),
    };
  }

  /** Of a case: replies that were released, and the ratings that this reader may know. */
  async ofCase(manager: EntityManager, caller: Caller, mainId: string, parts: readonly Handling[], proposers: readonly string[]): Promise<{ replies: ReplyView[]; ratings: RatingView[] }> {
    const [replies, ratings] = [await rowsWhere(manager, Reply, { handlingId: parts.map(({ id }) => id) }, { by: 'round' }), await rowsWhere(manager, Rating, { mainId }, { by: 'askedAt' })];
    const [inside, keeps] = [isInside(caller, parts, proposers), holds(caller, 'proposal_office', ...dispatchPosts)];
    const known = ratings.filter(({ authorId, state }) => selvesOf(caller).includes(authorId) || (inside && (keeps || state === 'given')));
    const [asking, open, files] = [
      await askingOf(manager, known, rateBy(this.settings.allowance('deadline.proposal.rate'), this.settings.reckoning)), await rowsWhere(manager, Assignment, { docId: known.map(({ id }) => id), isOpen: 1 }),
      await rowsWhere(manager, FileRow, { docId: known.filter(({ paperIds }) => paperIds.length > 0).map(({ id }) => id) }),
    ];
    return {
      replies: replies.filter(({ releasedAt }) => releasedAt !== null).flatMap((it) => { const part = parts.find(({ id }) => id === it.handlingId); return part ? [this.view(caller, part, it)] : []; }),
      ratings: known.map((it) => this.rating(caller, it, asking.get(it.id), open.find(({ docId }) => docId === it.id), files)),
    };
  }

  /** What is to be rated, by rating: the proposer's own proposal. */
  async proposalsOf(manager: EntityManager, caller: Caller, tasks: readonly Assignment[]): Promise<Map<string, SubmissionRow>> {
    const ratings = await rowsWhere(manager, Rating, { id: tasks.map(({ docId }) => docId), authorId: selvesOf(caller) });
    const rows = new Map((await rowsWhere(manager, Submission, { id: ratings.map(({ proposalId }) => proposalId) })).map((it) => [it.id, it]));
    return new Map(ratings.flatMap((it) => { const row = rows.get(it.proposalId); return row ? [[it.id, this.submissions.row(caller, row, tasks.find(({ docId }) => docId === it.id))] as const] : []; }));
  }
  /** What notices may name of a person's own ratings, and the proposal that they lead to. */
  async noticesOf(manager: EntityManager, { personId }: Caller, ids: readonly string[]): Promise<Map<string, { readonly title: string; readonly leadsTo: string }>> {
    const ratings = await rowsWhere(manager, Rating, { id: ids, authorId: personId });
    const rows = new Map((await rowsWhere(manager, Submission, { id: ratings.map(({ proposalId }) => proposalId) })).map((it) => [it.id, it.title]));
    return new Map(ratings.map(({ id, proposalId }) => [id, { title: rows.get(proposalId) ?? '', leadsTo: proposalId }]));
  }

  private rating(caller: Caller, it: Rating, asking: { dueAt: Date; reminded: number } | undefined, task: Assignment | undefined, files: readonly FileRow[]): RatingView {
    const { page } = this.directory;
    const said = (code: Satisfaction | null) => (code === null ? null : { code, name: satisfactionWords[code] });
    const due = task && { at: task.dueAt.toISOString(), ...dueLook(task.dueAt, task.openedAt, this.clock.now(), caller.surface === 'desk' ? 'desk' : 'member', this.settings.reckoning), explanation: explainDue(task.dueAt, task.explanation) };
    return {
      id: it.id, version: it.version, name: page.person(it.authorId)?.name ?? '', round: it.round, state: it.state, stateWords: ratingStateWords[it.state], mine: selvesOf(caller).includes(it.authorId), due: due ?? null,
      attitude: said(it.attitude), result: said(it.result), talked: it.talked === null ? null : it.talked === 1, note: it.note, papers: it.paperIds.flatMap((id) => files.find((file) => file.id === id) ?? []).map(fileViewOf),
      keyedBy: it.keyedBy === null ? null : page.person(it.keyedBy)?.name ?? '', at: it.givenAt?.toISOString() ?? null, can: asking ? actionsFor(ratingFlow, ratingDoc(it, asking, this.clock.now()), caller) : [],
    };
  }
}
