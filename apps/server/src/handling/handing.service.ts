import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { answers, dispatchOf, dueAfter, planFault, replyDue } from '@lvzhi/domain';
import type { PlannedUnit, Side } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import type { Step } from '../platform/docket.ts';
import { newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { addRows } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { proposalDocket, rowAfter } from '../submissions/docket.ts';
import type { ProposalDoc } from '../submissions/docket.ts';
import { Note } from '../submissions/submission.entity.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { alone, otherProposers } from './around.queries.ts';
import { handlingDoc, handlingDocket } from './docket.ts';
import type { Handling } from './handling.entity.ts';

interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Moved = Answer<typeof routes.planUnits>;
type ProposalStep = Step<keyof ReturnType<typeof proposalDocket>['flow']['moves'], ProposalDoc>;

/** 交办: 提案委 plans the units, the office of the leading unit's side hands over (rules: duty-rules §1.5, posts). */
@Injectable()
export class HandingService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings,
    @Inject(Directory) private readonly directory: Directory, @Inject(SubmissionQueries) private readonly queries: SubmissionQueries,
  ) {}

  plan(caller: Caller, { units, note, ...on }: Given<typeof routes.planUnits>): Promise<Moved> {
    const fault = planFault(units) ?? units.map(({ unitId }) => this.whyNot(unitId)).find((it) => it !== undefined);
    if (fault !== undefined) badField({ units: fault });
    const lead = units.find(({ role }) => answers(role));
    const side = this.sideOf(lead?.unitId ?? '');
    return this.make(caller, on, (doc) => ({ action: 'plan', patch: { side, plan: units, handlerIds: this.officesOf([side]) }, ...this.saying(doc, 'plan', note) }));
  }
  returnPlan(caller: Caller, { note, ...on }: Given<typeof routes.returnPlan>): Promise<Moved> {
    return this.make(caller, on, (doc) => ({ action: 'return_plan', patch: { handlerIds: null }, ...this.saying(doc, 'return_plan', note) }));
  }

  /** Every unit gets its own part; the case's limit is reckoned once, from its first handing over, and nothing moves it later. */
  handOver(caller: Caller, on: On): Promise<Moved> {
    return this.make(caller, on, (doc) => {
      const [units, now] = [doc.plan ?? [], this.clock.now()];
      const fault = units.map(({ unitId }) => this.whyNot(unitId)).find((it) => it !== undefined);
      if (fault !== undefined) refuse('hand_over', `${fault}。请先退回提案委重拟`);
      const handedAt = doc.handedAt ?? now.toISOString();
      const capAt = doc.capAt ?? dueAfter(this.settings.allowance('deadline.handling.cap'), new Date(handedAt), this.settings.reckoning).at.toISOString();
      return {
        action: 'hand_over', patch: { handedAt, capAt, handlerIds: this.handlersOf(units) },
        beside: async (manager) => {
          const others = (await otherProposers(manager, [doc])).get(doc.id) ?? [];
          for (const unit of units) await this.open(manager, caller, { ...doc, capAt }, unit, others);
        },
      };
    });
  }

  /** One unit's part, in the caller's unit of work. */
  async open(manager: EntityManager, caller: Caller, { id, authorId, capAt }: Pick<ProposalDoc, 'id' | 'authorId' | 'capAt'>, { unitId, role }: PlannedUnit, coAuthorIds: readonly string[]): Promise<void> {
    const [now, when] = [this.clock.now(), { now: () => this.clock.now(), reckoning: () => this.settings.reckoning }];
    const cap = new Date(capAt ?? now);
    const due = replyDue(this.settings.allowance('deadline.handling.reply'), now, cap, this.settings.reckoning);
    const row: Handling = {
      id: newId(), proposalId: id, unitId, authorId, role, side: this.sideOf(unitId), state: 'assigned', version: 0, hash: '', assignedAt: now, signedAt: null, dueAt: due.at, reckoned: due.explanation, capAt: cap,
      allowed: { object: this.settings.allowance('deadline.handling.object'), talk: this.settings.allowance('deadline.handling.talk') }, reassignAsked: 0, reassignRefused: 0, extensionAsked: 0, extended: 0, round: 1, countersignedNo: null, repliedAt: null, urgedAt: null, urgeAgainOn: null, closure: 'open', changedAt: now,
    };
    await this.moves.open(manager, caller, handlingDocket(when), handlingDoc(row, { ...alone, coAuthorIds }, when), [{ action: 'hand' }], null);
  }

  /** The bodies that a case lies with: its units, and the offices of their sides. */
  handlersOf(units: readonly PlannedUnit[]): string[] {
    const ids = units.map(({ unitId }) => unitId);
    return [...ids, ...this.officesOf(ids.map((it) => this.sideOf(it)))];
  }
  /** Why a unit cannot be given work, in a sentence that names it; undefined: it can (traps, 9: nobody there would see it). */
  whyNot(unitId: string): string | undefined {
    const { page } = this.directory;
    if (!page.isOf('unit', [unitId])) return '请从列表里选择承办单位';
    const [name, why] = [page.body(unitId)?.short ?? '', page.whyUnassignable(unitId)];
    if (why !== undefined) return `${name}${why}，不能交办`;
    const office = this.officesOf([this.sideOf(unitId)]);
    return office.some((it) => page.whyUnassignable(it) === undefined) ? undefined : `${name}所在系统的交办单位还没有人，不能交办`;
  }

  private sideOf(unitId: string): Side { return this.directory.page.sideOf(unitId) ?? 'government'; }
  private officesOf(sides: readonly Side[]): string[] {
    const { page } = this.directory;
    return page.bodiesOf('dispatch').map(({ id }) => id).filter((id) => sides.some((side) => page.sideOf(id) === side || page.holdersOf([dispatchOf(side)], id).length > 0));
  }
  private saying(doc: ProposalDoc, kind: 'plan' | 'return_plan', note: string): Pick<ProposalStep, 'beside'> {
    return { beside: async (manager, moveId) => { if (note !== '') await addRows(manager, Note, [{ moveId, submissionId: doc.id, kind, outcome: null, note, unitIds: [], isVoid: 0 }]); } };
  }

  private async make(caller: Caller, { id, version, key }: On, step: (doc: ProposalDoc) => ProposalStep): Promise<Moved> {
    const ask = { version, key, current: (manager: EntityManager, doc: ProposalDoc) => this.queries.view(manager, caller, doc.row) };
    const { doc, undo } = await this.moves.make(caller, proposalDocket(() => this.clock.now()), id, ask, (it) => [step(it)]);
    return { doc: await this.database.read((manager) => this.queries.view(manager, caller, rowAfter(doc))), undo };
  }
}
