import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, OwnPublication, routes } from '@lvzhi/contracts';
import { maySee, scopeOf, selvesOf } from '@lvzhi/domain';
import type { PublicationAction } from '@lvzhi/domain';
import { QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { refuseClosed } from '../disposal/disposed.queries.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import type { Step } from '../platform/docket.ts';
import { newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { notFound, refuse } from '../platform/refusals.ts';
import { rowWhere } from '../platform/rows.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { agreedBy, publicationDocket } from './docket.ts';
import type { PublicationDoc } from './docket.ts';
import { OutgoingText, publicStates } from './outgoing.queries.ts';
import { blankDoc, PublicationQueries } from './publication.queries.ts';
import { Publication } from './publication.entity.ts';
import { saidOf } from './said.ts';

/** `id`: the proposal's. */
interface On { readonly id: string; readonly version: number; readonly key?: string | undefined }
type Moved = Answer<typeof routes.publish>;
type PublicationStep = Step<PublicationAction, PublicationDoc>;
type Steps = (doc: PublicationDoc, manager: EntityManager) => PublicationStep[] | Promise<PublicationStep[]>;

/** 公开: asked of the proposers, approved by the office, taken back with a reason (rules: duty-rules §1.11). */
@Injectable()
export class PublicationService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock, @Inject(OutgoingText) private readonly outgoing: OutgoingText, @Inject(PublicationQueries) private readonly queries: PublicationQueries,
  ) {}

  ask(caller: Caller, on: On): Promise<Moved> { return this.make(caller, on, (doc) => [{ action: 'ask_publication', patch: doc.begun ? agreedBy(doc, []) : {} }]); }

  /** The text is made anew at the moment of approval: what goes out is what the office has before it. */
  publish(caller: Caller, on: On): Promise<Moved> { return this.make(caller, on, async (doc, manager) => [{ action: 'publish', patch: { publishedAt: this.clock.now().toISOString() }, carry: { row: await this.written(manager, doc) } }]); }
  refresh(caller: Caller, on: On): Promise<Moved> { return this.make(caller, on, async (doc, manager) => [{ action: 'refresh_publication', carry: { row: await this.written(manager, doc) } }]); }
  withdraw(caller: Caller, { note, ...on }: Given<typeof routes.withdrawPublication>): Promise<Moved> { return this.make(caller, on, (doc) => [{ action: 'withdraw_publication', carry: { row: { ...doc.row, note } } }]); }

  agree(caller: Caller, on: On) {
    return this.answer(caller, on, (doc) => {
      const now = agreedBy(doc, [...doc.agreedIds, ...selvesOf(caller).filter((id) => doc.waiting.includes(id))]);
      return [{ action: 'agree_publication', patch: now }, ...(now.waiting.length === 0 ? [{ action: 'all_agreed' as const, bySystem: true as const }] : [])];
    });
  }
  refuse(caller: Caller, on: On) { return this.answer(caller, on, (doc) => [{ action: 'refuse_publication', patch: agreedBy(doc, []) }]); }
  takeBack(caller: Caller, on: On) { return this.answer(caller, on, (doc) => [{ action: 'take_back_consent', patch: agreedBy(doc, []) }]); }

  private async written(manager: EntityManager, doc: PublicationDoc): Promise<Publication> {
    const row = await rowWhere(manager, Submission, { id: doc.row.proposalId });
    if (!row || row.closure !== 'open' || !publicStates.includes(row.state)) refuse('publish', '这件提案已经撤案或者并案，不能公开');
    return { ...doc.row, ...(await this.outgoing.of(manager, row)).text, note: '' };
  }
  private async answer(caller: Caller, on: On, steps: (doc: PublicationDoc) => PublicationStep[]): Promise<{ publication: OwnPublication | null }> {
    await this.move(caller, on, steps);
    return this.queries.own(caller, on.id);
  }
  private async make(caller: Caller, on: On, steps: Steps): Promise<Moved> {
    await this.move(caller, on, steps);
    return { doc: await this.queries.show(caller, on.id) };
  }
  private async move(caller: Caller, { id, version, key }: On, steps: Steps): Promise<void> {
    if (version === 0) return this.begin(caller, { id, version, key }, steps);
    const found = await this.database.read((manager) => rowWhere(manager, Publication, { proposalId: id }));
    if (!found) notFound();
    await this.moves.make(caller, publicationDocket(), found.id, { version, key }, steps);
  }

  /** The first that is done about it: asking, or publishing what all agreed to with the paper, or a proposer who changes their mind. */
  private async begin(caller: Caller, { id, key }: On, steps: Steps): Promise<void> {
    const write = () => this.database.write(async (manager) => {
      const row = await rowWhere(manager, Submission, { id, kind: 'proposal' });
      if (!row || row.closure === 'marked') notFound();
      const doc = blankDoc(row, (await this.outgoing.of(manager, row)).text, (await saidOf(manager, [row])).get(row.id) ?? []);
      if (!maySee(scopeOf('publication', caller), doc)) notFound();
      refuseClosed(row.closure);
      if (!publicStates.includes(row.state)) refuse('ask_publication', '立案的提案才能公开；并案的随主案公开');
      if (await rowWhere(manager, Publication, { proposalId: id })) refuse('ask_publication', '已经征求过，请刷新后再看');
      const fresh = { ...doc, id: newId() };
      const blank = { ...fresh, row: { ...doc.row, id: fresh.id, askedAt: this.clock.now() } };
      await this.moves.open(manager, caller, publicationDocket(), blank, await steps(blank, manager), key ?? null);
    });
    // Two of them at once: the second one finds what the first one wrote.
    try { await write(); } catch (error) { if (error instanceof QueryFailedError) await write(); else throw error; }
  }
}
