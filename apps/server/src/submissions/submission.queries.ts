import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, routes, SubmissionRow, SubmissionView, TaskRow } from '@lvzhi/contracts';
import { isOneOfTheirs, maySee, scopeOf, selvesOf, whyClosed, whyNotMark } from '@lvzhi/domain';
import type { ProposerKind, SubmissionKind } from '@lvzhi/domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Database } from '../platform/database.ts';
import { FileRow, fileViewOf } from '../platform/file.entity.ts';
import { Move } from '../platform/journal.ts';
import { keyset, pageOf, pageWhere } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { PartQueries } from '../handling/parts.queries.ts';
import { FilingQueries, noLinks } from './filing.queries.ts';
import type { Links } from './filing.queries.ts';
import { EntryQueries } from './entry.queries.ts';
import { JointQueries } from './joint.queries.ts';
import { SubmissionPresenter } from './presenter.queries.ts';
import { ProposingBodies } from './proposing.ts';
import { RoutingDesk } from './routing-desk.ts';
import { scopeCondition } from './scope.queries.ts';
import { CoAuthor, Note, Revision, Routing, Submission } from './submission.entity.ts';

interface Sought { kind: SubmissionKind; state?: string | undefined; committeeId?: string | undefined; proposer?: ProposerKind | undefined; after?: string | undefined; limit: number }

/** What an author's list can be asked for. */
const groups = { waiting_me: ['draft', 'returned', 'amending', 'consent_asked', 'consenting'], running: ['submitted', 'first_review', 'under_review', 'signing_anew', 'editing', 'pending_signoff', 'issued', 'recalled', 'filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting'], ended: ['sent', 'archived', 'not_adopted', 'closed', 'merged', 'to_opinion', 'to_suggestion', 'rejected', 'dropped'] } as const satisfies Record<string, readonly Submission['state'][]>;

/** An author's list: which of theirs, and of which of those whose author they are. */
interface Own { readonly group: 'all' | keyof typeof groups; readonly of?: string | undefined }
/** Nobody's where it is asked for a body that this person does not speak for. */
const ownersIn = (caller: Caller, of: string | undefined): string[] => selvesOf(caller).filter((id) => of === undefined || (of === 'me' ? id === caller.personId : of === 'bodies' ? id !== caller.personId : id === of));

const shown: Submission['closure'][] = ['open', 'disposed'];
/** What a view is made of. */
interface Parts { readonly revision: Revision; readonly routing: Routing | undefined; readonly assignment: Assignment | undefined; readonly moves: readonly Move[]; readonly notes: readonly Note[]; readonly files: readonly FileRow[]; readonly links?: Links; readonly handling?: SubmissionView['handling']; readonly entered?: SubmissionView['entered']; readonly signers?: SubmissionView['signers']; readonly stillAsked?: SubmissionView['stillAsked'] }

/** All reading of submissions; every list has the reader's scope in its SQL. */
@Injectable()
export class SubmissionQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(SubmissionPresenter) private readonly presenter: SubmissionPresenter, @Inject(RoutingDesk) private readonly desk: RoutingDesk, @Inject(FilingQueries) private readonly filing: FilingQueries, @Inject(EntryQueries) private readonly entries: EntryQueries, @Inject(PartQueries) private readonly parts: PartQueries, @Inject(JointQueries) private readonly joints: JointQueries, @Inject(ProposingBodies) private readonly proposing: ProposingBodies) {}

  show(caller: Caller, id: string): Promise<SubmissionView> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id });
      if (!row || !maySee(scopeOf(row.kind, caller), row)) notFound();
      return this.view(manager, caller, row);
    });
  }

  /** The whole of one document, for somebody who may see it or has just moved it out of their own sight. */
  async view(manager: EntityManager, caller: Caller, row: Submission): Promise<SubmissionView> {
    const [revision, routing, assignment, moves, notes] = [
      await rowWhere(manager, Revision, { submissionId: row.id, revisionNo: row.revision }),
      await rowWhere(manager, Routing, { submissionId: row.id, revisionNo: row.revision }),
      await rowWhere(manager, Assignment, { docId: row.id, isOpen: 1 }) ?? (await this.holding(manager, [row])).get(row.id),
      await rowsWhere(manager, Move, { docId: row.id }, { by: 'seq' }),
      await rowsWhere(manager, Note, { submissionId: row.id, isVoid: 0 }),
    ];
    if (!revision) throw new Error(`Revision ${row.revision} of ${row.id} is missing.`);
    const files = revision.fileIds.length === 0 && !revision.sealIds?.length ? [] : await rowsWhere(manager, FileRow, { docId: row.id });
    return this.compose(caller, row, { revision, routing, assignment, moves, notes, files, links: await this.filing.linksOf(manager, caller, row), entered: await this.entries.enteredFor(manager, row.id), signers: await this.joints.signersOf(manager, caller, row), stillAsked: await this.joints.stillAsked(manager, row), handling: await this.parts.caseOf(manager, caller, row) });
  }

  signersOf(manager: EntityManager, caller: Caller, row: Submission): Promise<SubmissionView['signers']> { return this.joints.signersOf(manager, caller, row); }

  /** The view of what is already at hand. */
  compose(caller: Caller, row: Submission, { revision, routing, assignment, moves, notes, files, links = noLinks, entered = null, handling = null, signers = [], stillAsked = [] }: Parts): SubmissionView {
    const { presenter } = this;
    const order = new Map(moves.map(({ id, seq }) => [id, seq]));
    const inOrder = notes.toSorted((a, b) => (order.get(a.moveId) ?? 0) - (order.get(b.moveId) ?? 0));
    const reviews = !isOneOfTheirs(row, caller);
    const inside = reviews && !presenter.isOutside(caller, row);
    return {
      ...presenter.row(caller, row, assignment), ...presenter.text(revision), ...presenter.labels(row),
      mayMark: whyNotMark({ ...row, coAuthorIds: row.coAuthorIds ?? [] }, caller) === undefined, closed: whyClosed(row.closure) ?? null,
      choices: row.kind === 'proposal' && (inside || !reviews) ? { publicity: row.publicity, conversion: row.conversion } : null,
      entered, signers, stillAsked: inside || selvesOf(caller).includes(row.authorId) ? stillAsked : [], collective: this.proposing.shown(row, revision, files, presenter.isOutside(caller, row)), files: revision.fileIds.flatMap((id) => files.find((it) => it.id === id) ?? []).map(fileViewOf),
      routing: routing && (inside || !reviews) ? this.desk.cardOf(routing, row) : null, timeline: presenter.timeline(caller, row, moves, inOrder), next: presenter.next(row),
      prepared: inside ? presenter.prepared(inOrder, moves) : null, review: reviews ? presenter.review(inOrder, moves) : null, planned: reviews ? presenter.planned(row) : null, handling, ...links,
    };
  }

  listMine(caller: Caller, { group, of }: Own, after: string | undefined, limit: number): Promise<{ rows: SubmissionRow[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const me = ownersIn(caller, of);
      const together = me.includes(caller.personId) ? await rowsWhere(manager, CoAuthor, { personId: caller.personId }) : [];
      // What 涉密核查 has closed is not there for its author either.
      const state = { closure: shown, ...(group !== 'all' && { state: groups[group] }) };
      // What waits for the first of them waits for nobody else; to the others it is under way.
      if (together.length === 0 || group === 'waiting_me') {
        const { rows, next } = await pageWhere(manager, Submission, { authorId: me, ...state }, 'changedAt', 'DESC', after, limit);
        return { rows: await this.rows(manager, caller, rows), next };
      }
      const query = manager.createQueryBuilder(Submission, 's').where('s.closure IN (:...shown) AND (s.authorId IN (:...me) OR s.id IN (:...together))', { shown, me, together: together.map(({ submissionId }) => submissionId) });
      if (group === 'running') query.andWhere('(s.state IN (:...states) OR s.authorId NOT IN (:...me) AND s.state IN (:...waiting))', { states: [...groups.running], waiting: [...groups.waiting_me] });
      if (group === 'ended') query.andWhere('s.state IN (:...states)', { states: [...groups.ended] });
      const { rows, next } = pageOf(await keyset(query, 's.changedAt', 'DESC', after, limit).getMany(), limit, (it) => it.changedAt);
      return { rows: await this.rows(manager, caller, rows), next };
    });
  }

  /** A unit that handles it, an office that hands it over: they read its text, not what was weighed inside. */
  isOutside(caller: Caller, row: Submission): boolean { return this.presenter.isOutside(caller, row); }

  /** Members who may report with this one. */
  findReporters({ personId }: Caller, query: string): Answer<typeof routes.findReporters> { return { rows: this.presenter.members(query).filter(({ id }) => id !== personId).slice(0, 10) }; }

  list(caller: Caller, { kind, state, committeeId, proposer, after, limit }: Sought): Promise<{ rows: SubmissionRow[]; next: string | null }> {
    return this.database.read(async (manager) => {
      const query = this.scoped(manager.createQueryBuilder(Submission, 's').where('s.kind = :kind', { kind }), caller, kind);
      if (state !== undefined) query.andWhere('s.state = :state', { state });
      if (committeeId !== undefined) query.andWhere('s.committeeId = :committeeId', { committeeId });
      if (proposer !== undefined) query.andWhere('s.proposerKind = :proposer', { proposer });
      const { rows, next } = pageOf(await keyset(query, 's.submittedAt', 'DESC', after, limit).getMany(), limit, (it) => it.submittedAt);
      return { rows: await this.rows(manager, caller, rows), next };
    });
  }

  /** What somebody's own tasks are about, by document: its row, and the routing card where a person decides by it. */
  async ofTasks(manager: EntityManager, caller: Caller, tasks: readonly Assignment[]): Promise<Map<string, Pick<TaskRow, 'submission' | 'routing'>>> {
    const own = tasks.filter(({ docKind }) => docKind === 'opinion' || docKind === 'proposal');
    const found = await rowsWhere(manager, Submission, { id: own.map(({ docId }) => docId) });
    const routings = await rowsWhere(manager, Routing, { submissionId: own.filter(({ action }) => action === 'triage' || action === 'review').map(({ docId }) => docId) });
    const [byDocument, cards] = [new Map(own.map((it) => [it.docId, it])), new Map(routings.map((it) => [`${it.submissionId} ${it.revisionNo}`, it]))];
    return new Map(found.map((it) => {
      const routing = cards.get(`${it.id} ${it.revision}`);
      return [it.id, { submission: maySee(scopeOf(it.kind, caller), it) ? this.presenter.row(caller, it, byDocument.get(it.id)) : null, routing: routing ? this.desk.cardOf(routing, it) : null }];
    }));
  }

  async rows(manager: EntityManager, caller: Caller, found: readonly Submission[]): Promise<SubmissionRow[]> {
    const open = await rowsWhere(manager, Assignment, { docId: found.map(({ id }) => id), isOpen: 1 });
    const byDocument = new Map([...await this.holding(manager, found), ...open.map((it): [string, Assignment] => [it.docId, it])]);
    return found.map((it) => this.presenter.row(caller, it, byDocument.get(it.id)));
  }

  /** What is in no hands itself, since others must do something first: theirs. */
  private async holding(manager: EntityManager, rows: readonly Submission[]): Promise<Map<string, Assignment>> { return new Map([...await this.parts.holding(manager, rows), ...await this.joints.holding(manager, rows)]); }

  private scoped(query: SelectQueryBuilder<Submission>, caller: Caller, kind: SubmissionKind): SelectQueryBuilder<Submission> {
    const values: Record<string, string | readonly string[]> = {};
    const condition = scopeCondition(caller, kind, (value) => {
      const name = `scope${Object.keys(values).length}`;
      values[name] = value;
      return typeof value === 'string' ? `:${name}` : `:...${name}`;
    });
    return query.andWhere(condition, values);
  }
}
