import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, TaskRow } from '@lvzhi/contracts';
import { abilitiesOf, addDays, bodiesWhere, committeePosts, dateOf, dispatchPosts, entryPosts, holds, instantOf, keyDeciders, selvesOf, taskWords, unitPosts } from '@lvzhi/domain';
import type { SubmissionKind, TaskAction } from '@lvzhi/domain';
import { Brackets } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { keyset, pageOf, pageWhere } from '../platform/pages.ts';
import { AtMost, countWhere } from '../platform/rows.ts';
import { Assignment, OutboxRow } from '../platform/spine.entities.ts';
import { Disposal } from '../disposal/disposal.entity.ts';
import { HandlingQueries } from '../handling/handling.queries.ts';
import { ReplyQueries } from '../handling/reply.queries.ts';
import { EntryQueries } from '../submissions/entry.queries.ts';
import { JointQueries } from '../submissions/joint.queries.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { PublicationQueries } from '../publication/publication.queries.ts';
import { SupervisionQueries } from '../supervision/supervision.queries.ts';
import { VisitQueries } from '../visits/visit.queries.ts';

type Box = Given<typeof routes.listTasks>['box'];
type Filter = Given<typeof routes.listTasks>['filter'];
/** Which open assignments: of these holders, with these actions, on documents of this kind. */
interface Waiting { readonly holderId: string[]; readonly isOpen: 1; readonly action: TaskAction[]; readonly docKind?: SubmissionKind }
/** A badge says 99 and no more: the count stops there. */
const enough = 99;
/** On the home page; the rest is one tap away. */
const onHome = 20;

/** Somebody's own are found, then put in order: the other index has everybody's in order. */
const byHolder = 'assignments_box';

/** 待办: what waits for a person, by themself or in a post of theirs. Always the open assignments, by holder. */
@Injectable()
export class TaskQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries,
    @Inject(VisitQueries) private readonly visits: VisitQueries, @Inject(SubmissionPresenter) private readonly presenter: SubmissionPresenter, @Inject(EntryQueries) private readonly entries: EntryQueries, @Inject(HandlingQueries) private readonly handlings: HandlingQueries, @Inject(ReplyQueries) private readonly replies: ReplyQueries, @Inject(SupervisionQueries) private readonly supervisions: SupervisionQueries, @Inject(PublicationQueries) private readonly publications: PublicationQueries, @Inject(JointQueries) private readonly joints: JointQueries,
  ) {}

  async home(caller: Caller): Promise<Answer<typeof routes.home>> {
    return this.database.read(async (manager) => {
      const { rows, next } = await pageWhere(manager, Assignment, this.box(caller, 'mine'), 'dueAt', 'ASC', undefined, onHome, byHolder);
      const held = await this.submissions.listMine(caller, { group: 'running' }, undefined, 5);
      const midnight = this.midnight();
      return {
        tasks: await this.present(manager, caller, rows), more: next !== null, dueToday: rows.filter(({ dueAt }) => dueAt < midnight).length + await this.count(manager, caller, 'review', 'due_today'),
        review: await this.count(manager, caller, 'review'), triage: await this.count(manager, caller, 'triage'), held: held.rows, unread: await this.unread(manager, caller),
      };
    });
  }

  async list(caller: Caller, { box, kind, filter, after, limit }: Given<typeof routes.listTasks>): Promise<Answer<typeof routes.listTasks>> {
    return this.database.read(async (manager) => {
      const where = { ...this.box(caller, box), ...(kind && { docKind: kind }) };
      const { rows, next } = filter === 'all' ? await pageWhere(manager, Assignment, where, 'dueAt', 'ASC', after, limit, byHolder)
        : pageOf(await keyset(this.narrowed(manager, where, filter), 'a.dueAt', 'ASC', after, limit).getMany(), limit, (it) => it.dueAt);
      return { rows: await this.present(manager, caller, rows), next };
    });
  }

  async counts(caller: Caller): Promise<Answer<typeof routes.countTasks>> {
    return this.database.read(async (manager) => {
      const of = (box: Box) => this.count(manager, caller, box);
      return { triage: await of('triage'), review: await of('review'), mine: await of('mine'), edit: await of('edit'), visits: await of('visits'), entries: await of('entries'), handling: await of('handling'), secrets: abilitiesOf(caller).includes('dispose_secrets') ? await countWhere(manager, Disposal, { state: 'marked' }, enough) : 0, unread: await this.unread(manager, caller) };
    });
  }

  async triageCounts(caller: Caller, { kind }: Given<typeof routes.countTriage>): Promise<Answer<typeof routes.countTriage>> {
    return this.database.read(async (manager) => {
      const of = (filter: Filter) => this.count(manager, caller, 'triage', filter, kind);
      return { all: await of('all'), low: await of('low'), critical: await of('critical'), rerouted: await of('rerouted'), due_today: await of('due_today') };
    });
  }

  /** The open assignments of one box of this person; no holder when they have no post for it. */
  private box(caller: Caller, box: Box): Waiting {
    const can = abilitiesOf(caller);
    const where = (holderId: string[], ...action: TaskAction[]): Waiting => ({ holderId, isOpen: 1, action });
    switch (box) {
      case 'mine': return where([...selvesOf(caller), ...(can.includes('sign_issues') ? ['secretary_general'] : [])], 'revise', 'consent', 'answer_edits', 'agree', 'sign', 'rate', 'score', 'consent_publication', 'reply_visit', 'confirm_entry', 'cosign');
      case 'review': return where(bodiesWhere(caller, ...committeePosts), 'review');
      case 'triage': return where([...(can.includes('triage_opinion') ? ['information_editor'] : []), ...(can.includes('triage_proposal') ? ['proposal_office'] : [])], 'triage');
      case 'edit': return where([
        ...(can.includes('edit') ? ['information_editor'] : []), ...(can.includes('check_issues') ? ['office_director'] : []), ...(can.includes('triage_opinion') ? [caller.personId] : []), ...(can.includes('sign_issues') ? ['secretary_general'] : []),
        ...(holds(caller, 'proposal_office') ? ['proposal_office'] : []), ...(holds(caller, 'review_board') ? ['review_board'] : []),
      ], 'edit', 'check', 'sign', 'send', 'decide');
      case 'visits': return where(can.includes('arrange_visits') ? ['member_affairs'] : [], 'arrange_visit');
      case 'handling': return where([...bodiesWhere(caller, ...unitPosts, ...committeePosts), ...keyDeciders.filter((post) => post !== 'proposal_office' && holds(caller, post)), ...dispatchPosts.filter((post) => holds(caller, post)), ...(holds(caller, 'proposal_office') ? ['proposal_office'] : [])], 'sign_for', 'handle', 'give_opinion', 'hand_over', 'decide_reassign', 'decide_extension', 'plan_units', 'countersign', 'review_reply', 'release', 'track', 'hold_meeting', 'decide_key', 'plan_supervision', 'supervise', 'end_supervision', 'answer_demand', 'weigh_answer', 'approve_publication');
      case 'entries': return where(bodiesWhere(caller, ...entryPosts), 'correct_entry');
    }
  }

  /** Conditions that ask the document too. */
  private narrowed(manager: EntityManager, { holderId, action, docKind }: Waiting, filter: Exclude<Filter, 'all'>): SelectQueryBuilder<Assignment> {
    const query = manager.createQueryBuilder(Assignment, 'a').where(holderId.length === 0 ? '1 = 0' : 'a.holderId IN (:...holderId) AND a.isOpen = 1 AND a.action IN (:...action)', { holderId, action });
    if (docKind) query.andWhere('a.docKind = :docKind', { docKind });
    if (filter === 'due_today') return query.andWhere('a.dueAt < :midnight', { midnight: this.midnight() });
    return query.innerJoin(Submission, 's', 's.id = a.docId')
      .andWhere(new Brackets((it) => { it.where({ low: 's.routedBy = \'waiting\' AND s.rerouted = 0', critical: "s.urgency = 'critical'", rerouted: 's.rerouted = 1' }[filter]); }));
  }
  private midnight(): Date { return instantOf(addDays(dateOf(this.clock.now()), 1), '00:00'); }

  /** Counted up to the limit, never the whole. */
  private async count(manager: EntityManager, caller: Caller, box: Box, filter: Filter = 'all', docKind?: SubmissionKind): Promise<number> {
    const where = { ...this.box(caller, box), ...(docKind && { docKind }) };
    if (where.holderId.length === 0) return 0;
    if (filter === 'all') return countWhere(manager, Assignment, where, enough);
    return (await this.narrowed(manager, where, filter).select('a.id').limit(enough).getMany()).length;
  }

  private unread(manager: EntityManager, caller: Caller): Promise<number> {
    return countWhere(manager, OutboxRow, { recipientId: caller.personId, channel: 'inbox', notBefore: new AtMost(this.clock.now()), readAt: null, withdrawnAt: null }, enough);
  }

  /** A constant number of queries for a page, however many rows. */
  private async present(manager: EntityManager, caller: Caller, rows: readonly Assignment[]): Promise<TaskRow[]> {
    const submissions = await this.submissions.ofTasks(manager, caller, rows);
    const visits = await this.visits.byIds(manager, caller, rows.filter(({ docKind }) => docKind === 'visit').map(({ docId }) => docId), rows);
    const entries = await this.entries.byIds(manager, caller, rows.filter(({ docKind }) => docKind === 'entry').map(({ docId }) => docId));
    const handlings = await this.handlings.byIds(manager, caller, rows.filter(({ docKind }) => docKind === 'handling').map(({ docId }) => docId));
    const rated = await this.replies.proposalsOf(manager, caller, rows.filter(({ docKind }) => docKind === 'rating'));
    const published = await this.publications.proposalsOf(manager, caller, rows.filter(({ docKind }) => docKind === 'publication'));
    const supervisions = await this.supervisions.aboutOf(manager, caller, rows);
    const invited = await this.joints.byIds(manager, caller, rows.filter(({ docKind }) => docKind === 'cosign').map(({ docId }) => docId));
    return rows.map((it) => ({
      id: it.id, kind: it.docKind, docId: it.docId, action: it.action, actionWords: taskWords[it.action], openedAt: it.openedAt.toISOString(), due: this.presenter.due(caller, it),
      submission: submissions.get(it.docId)?.submission ?? rated.get(it.docId) ?? published.get(it.docId) ?? null, visit: visits.get(it.docId) ?? null, entry: entries.get(it.docId) ?? null, handling: handlings.get(it.docId) ?? null, supervision: supervisions.get(it.docId) ?? null, invitation: invited.get(it.docId) ?? null, routing: submissions.get(it.docId)?.routing ?? null,
    }));
  }
}
