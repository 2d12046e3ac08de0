import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import type { ProposalAction } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { openParts } from '../handling/around.queries.ts';
import { handlingDocket } from '../handling/docket.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import type { Step } from '../platform/docket.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { addRows, changeRows, countWhere, rowWhere } from '../platform/rows.ts';
import { rewriteIndex } from '../platform/search-index.ts';
import { Settings } from '../platform/settings.ts';
import { nextCaseNo, placeOf } from './case-numbers.ts';
import { Conversion } from './conversion.ts';
import { proposalDocket, rowAfter } from './docket.ts';
import type { ProposalDoc } from './docket.ts';
import { findableOf } from './findable.queries.ts';
import { reporterNames } from './reporters.queries.ts';
import { Signatures } from './signatures.ts';
import { Note, Revision, Submission } from './submission.entity.ts';
import type { NoteKind } from './submission.entity.ts';
import { SubmissionQueries } from './submission.queries.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Moved = Answer<typeof routes.fileProposal>;
type ProposalStep = Step<ProposalAction, ProposalDoc>;
interface Said { readonly kind: NoteKind; readonly note: string; readonly outcome?: string; readonly unitIds?: readonly string[] }

/** Filing (立案) and its alternatives: what 提案委 or the review board decides, and what the proposer answers (rules: duty-rules §1.3, posts). */
@Injectable()
export class FilingService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(Directory) private readonly directory: Directory, @Inject(SubmissionQueries) private readonly queries: SubmissionQueries, @Inject(Conversion) private readonly conversion: Conversion, @Inject(Signatures) private readonly signatures: Signatures,
  ) {}

  file(caller: Caller, on: On): Promise<Moved> { return this.make(caller, on, (doc, manager) => this.numbered(manager, doc, 'file')); }
  refile(caller: Caller, { note, ...on }: Given<typeof routes.refile>): Promise<Moved> {
    return this.make(caller, on, async (doc, manager) => ({ ...await this.numbered(manager, doc, 'refile'), ...this.saying(doc, { kind: 'refile', note }) }));
  }
  reject(caller: Caller, { reason, note, ...on }: Given<typeof routes.reject>): Promise<Moved> {
    if (!this.settings.get('proposal.rejectReasons').some(({ code }) => code === reason)) badField({ reason: '请从列表里选择不予立案的理由' });
    return this.say(caller, on, 'reject', { kind: 'reject', outcome: reason, note });
  }
  suggest(caller: Caller, { note, unitIds, ...on }: Given<typeof routes.suggest>): Promise<Moved> {
    if (!this.directory.page.isOf('unit', unitIds)) badField({ unitIds: '请从列表里选择单位' });
    return this.say(caller, on, 'suggest', { kind: 'suggest', note, unitIds });
  }
  askConsent(caller: Caller, { note, ...on }: Given<typeof routes.askConsent>): Promise<Moved> { return this.say(caller, on, 'ask_consent', { kind: 'ask_consent', note }); }
  decideAnew(caller: Caller, { note, ...on }: Given<typeof routes.decideAnew>): Promise<Moved> { return this.say(caller, on, 'decide_anew', { kind: 'decide_anew', note }); }
  decline(caller: Caller, { note, ...on }: Given<typeof routes.declineConversion>): Promise<Moved> { return this.say(caller, on, 'decline', { kind: 'decline', note }); }

  /** 并案: the main case is filed and its own; it stays so while this is written. */
  merge(caller: Caller, { mainId, note, ...on }: Given<typeof routes.merge>): Promise<Moved> {
    return this.make(caller, on, async (doc, manager) => {
      if (mainId === doc.id) badField({ mainId: '不能并到自己，请另选主案' });
      await this.mustLeadNobody(manager, doc.id, 'merge');
      // Written, not only read: whoever takes the main case's filing back at the same time waits for this, or this for them.
      if (await changeRows(manager, Submission, { id: mainId, kind: 'proposal', state: ['filed', 'planned', 'handling'] }, { kind: 'proposal' }) !== 1) badField({ mainId: '请从列表里选择一件已立案的提案作主案' });
      return { action: 'merge', patch: { mainId }, ...this.saying(doc, { kind: 'merge', note }) };
    });
  }
  split(caller: Caller, { note, ...on }: Given<typeof routes.split>): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action: 'split', patch: { mainId: null }, ...this.saying(doc, { kind: 'split', note }) }));
  }
  unfile(caller: Caller, { note, ...on }: Given<typeof routes.unfile>): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action: 'unfile', patch: { dropAsked: false }, ...this.saying(doc, { kind: 'unfile', note }, 'unfile') }));
  }

  /** 同意转社情民意: the report is made in the same transaction, without a second credit. */
  async agree(caller: Caller, on: On): Promise<Moved> {
    const born = await this.conversion.of(caller, on.id);
    return this.make(caller, on, (doc) => ({ action: 'consent', beside: (manager) => born(manager, doc.row) }));
  }

  /** The proposer had agreed with the paper. */
  async convert(caller: Caller, on: On): Promise<Moved> {
    const born = await this.conversion.of(caller, on.id);
    return this.make(caller, on, (doc) => ({ action: 'convert', beside: (manager) => born(manager, doc.row) }));
  }

  drop(caller: Caller, on: On): Promise<Moved> { return this.make(caller, on, (doc) => ({ action: 'drop', beside: (manager) => this.signatures.endAsking(manager, doc.id) })); }
  askDrop(caller: Caller, { note, ...on }: Given<typeof routes.askDrop>): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action: 'ask_drop', patch: { dropAsked: true }, ...this.saying(doc, { kind: 'ask_drop', note }) }));
  }
  allowDrop(caller: Caller, on: On): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action: 'allow_drop', patch: { dropAsked: false, handlerIds: null }, beside: async (manager) => {
      await this.mustLeadNobody(manager, doc.id, 'allow_drop');
      for (const id of await openParts(manager, doc.id)) await this.moves.byHouse(manager, handlingDocket({ now: () => this.clock.now(), reckoning: () => this.settings.reckoning }), id, () => ({ action: 'stop' }));
    } }));
  }
  refuseDrop(caller: Caller, { note, ...on }: Given<typeof routes.refuseDrop>): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action: 'refuse_drop', patch: { dropAsked: false }, ...this.saying(doc, { kind: 'refuse_drop', note }) }));
  }

  private say(caller: Caller, on: On, action: ProposalAction, said: Said): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action, ...this.saying(doc, said) }));
  }

  /** A number of its own that it had before is taken up again. */
  private async numbered(manager: EntityManager, doc: ProposalDoc, action: 'file' | 'refile'): Promise<ProposalStep> {
    if (doc.caseNo !== null) return { action };
    const place = placeOf(doc.row, this.settings.get('proposal.sessions'));
    const row = { ...doc.row, sessionId: place.sessionId, inPlenary: place.inPlenary ? 1 : 0, decider: place.decider };
    return { action, carry: { row }, patch: { caseNo: await nextCaseNo(manager, place) } };
  }

  /** A proposal that gets its number is found by it from then on. */
  private foundByNumber(doc: ProposalDoc, step: ProposalStep): ProposalStep {
    const caseNo = step.patch?.caseNo ?? null;
    if (caseNo === null) return step;
    const row: Submission = { ...(step.carry?.row ?? doc.row), caseNo };
    return { ...step, beside: async (manager, moveId) => {
      await step.beside?.(manager, moveId);
      const text = await rowWhere(manager, Revision, { submissionId: row.id, revisionNo: row.revision });
      if (text) await rewriteIndex(manager, findableOf(row, text, reporterNames(this.directory.page, row), this.settings.get('proposal.sessions')));
    } };
  }

  /** What was said with a move, written beside it. `leading`: only where no other proposal is merged into this one. */
  private saying(doc: ProposalDoc, { kind, note, outcome, unitIds = [] }: Said, leading?: ProposalAction): Pick<ProposalStep, 'beside'> {
    return { beside: async (manager, moveId) => {
      if (leading) await this.mustLeadNobody(manager, doc.id, leading);
      if (note !== '' || outcome !== undefined) await addRows(manager, Note, [{ moveId, submissionId: doc.id, kind, outcome: outcome ?? null, note, unitIds: [...unitIds], isVoid: 0 }]);
    } };
  }

  private async mustLeadNobody(manager: EntityManager, id: string, action: ProposalAction): Promise<void> {
    if (await countWhere(manager, Submission, { mainId: id, state: 'merged' }, 1) > 0) refuse(action, '有别的提案并在这一件里，请先把它们撤销并案');
  }

  private async make(caller: Caller, { id, version, key }: On, step: (doc: ProposalDoc, manager: EntityManager) => Promise<ProposalStep> | ProposalStep): Promise<Moved> {
    const ask = { version, key, current: (manager: EntityManager, doc: ProposalDoc) => this.queries.view(manager, caller, doc.row) };
    const { doc, undo } = await this.moves.make(caller, proposalDocket(() => this.clock.now()), id, ask, async (it, manager) => [this.foundByNumber(it, await step(it, manager))]);
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, rowAfter(doc))), undo };
  }
}
