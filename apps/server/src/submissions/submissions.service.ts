import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, SubmissionView } from '@lvzhi/contracts';
import { dateOf, isBlocked, readersOf, secrecyFindings, secrecyRefusal, sessionPlaceOf } from '@lvzhi/domain';
import type { EntryMeans, SubmissionKind } from '@lvzhi/domain';
import { QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { digest, newId } from '../platform/ids.ts';
import { Incidents } from '../platform/incidents.ts';
import { Move } from '../platform/journal.ts';
import { Moves } from '../platform/moves.service.ts';
import { badField, refuse, stale } from '../platform/refusals.ts';
import { addRows, dropRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { enterIndex, rewriteIndex } from '../platform/search-index.ts';
import type { Findable } from '../platform/search-index.ts';
import { Settings } from '../platform/settings.ts';
import { opinionDoc, opinionDocket, proposalDoc, proposalDocket, rowAfter } from './docket.ts';
import type { OpinionDoc, ProposalDoc } from './docket.ts';
import { DraftText } from './draft.entity.ts';
import { refuseClosed, refuseDisposed } from '../disposal/disposed.queries.ts';
import { noLinks } from './filing.queries.ts';
import { formFaults } from './form-faults.ts';
import { findableOf } from './findable.queries.ts';
import { ProposingBodies } from './proposing.ts';
import type { Proposer } from './proposing.ts';
import { ReceiptNumbers } from './receipt-numbers.ts';
import { reporterNames } from './reporters.queries.ts';
import { RoutingDesk } from './routing-desk.ts';
import { Signatures } from './signatures.ts';
import type { Routed } from './routing-desk.ts';
import { notHandedOver, Revision, Routing, Submission } from './submission.entity.ts';
import { SourceQueries } from './sources.queries.ts';
import type { Source } from './sources.queries.ts';
import { SubmissionQueries } from './submission.queries.ts';
import { takeFiles } from './taking-files.ts';

type Submitted = Given<typeof routes.submit>;
export type Form = Omit<Submitted, 'key' | 'kind' | 'source'>;
type Resubmitted = Given<typeof routes.resubmit>;

/** Of what an office entered: how it became the author's, who entered it, and the entry whose files it takes over. */
export interface Entered { readonly how: EntryMeans; readonly clerkId: string; readonly entryId: string; /** Who signed the paper beside its author. */ readonly coSignerIds?: readonly string[] }
/** A form that was found good, with its number and its way: ready to be written. */
export interface Ready { readonly row: Submission; readonly form: Form; readonly routed: Routed }

/** What a person sent, as one line: the same key with another text is not the same submission. */
const fingerprint = (form: Form, source: Source | null = null): string => digest(JSON.stringify([form.title, form.situation, form.analysis, form.suggestion, form.category, form.nature, form.townId, form.urgency, form.unitIds, form.fileIds, form.wish, ...form.coAuthorIds, ...source ? [source.kind, source.id] : [], ...form.publicity || form.conversion ? [form.publicity, form.conversion] : [], ...form.collective ? [form.collective.bodyId, form.collective.kind, form.collective.signer, form.collective.sealIds] : []]));
/** Attachments, and the pages with signature or seal. */
const filesOf = ({ fileIds, collective }: Form): string[] => [...new Set([...fileIds, ...collective?.sealIds ?? []])];

/** Submitting: once, whole, and routed in the same transaction. */
@Injectable()
export class SubmissionsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock,
    @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(ReceiptNumbers) private readonly numbers: ReceiptNumbers,
    @Inject(RoutingDesk) private readonly desk: RoutingDesk, @Inject(SubmissionQueries) private readonly queries: SubmissionQueries, @Inject(Incidents) private readonly incidents: Incidents, @Inject(Signatures) private readonly signatures: Signatures, @Inject(SourceQueries) private readonly sources: SourceQueries, @Inject(ProposingBodies) private readonly proposing: ProposingBodies,
  ) {}

  async submit(caller: Caller, { key, kind, source, ...form }: Submitted): Promise<Answer<typeof routes.submit>> {
    await this.check(caller, kind, form, this.proposing.faults(caller, kind, form.collective));
    const proposer = this.proposing.proposer(caller, kind, form.collective);
    if (source && kind !== 'opinion') badField({ source: '只有社情民意可以写明来源' });
    const hash = fingerprint(form, source);
    const before = await this.submittedBefore(caller, proposer, key, hash);
    if (before) return { doc: before };
    this.proposing.mustBeOpen(form.collective);
    await this.database.read((manager) => refuseDisposed(manager, proposer.authorId, key));
    if (source) await this.sources.mustBeTheirs(caller, source);
    const ready = await this.ready(proposer, kind, key, form, source);
    try {
      return { doc: await this.database.write((manager) => this.write(manager, caller, ready, key)) };
    } catch (error) {
      // The same draft came twice at once: the other one won, its row is the answer to both.
      const twin = error instanceof QueryFailedError ? await this.submittedBefore(caller, proposer, key, hash) : undefined;
      if (twin) return { doc: twin };
      if (error instanceof QueryFailedError && await this.isSpent(caller, key)) refuse('submit', '这个防重编号已经用在别的操作上，请刷新后再试');
      throw error;
    }
  }

  /** A checked form as this author's new submission, with a number of its own; nothing is written yet. `key`: one for the draft's life. */
  async ready({ authorId, proposerKind }: Proposer, kind: SubmissionKind, key: string, form: Form, source: Source | null = null): Promise<Ready> {
    const [receiptNo, routed] = [await this.numbers.next(kind, dateOf(this.clock.now())), this.route(authorId, kind, form)];
    return { form, routed, row: { ...this.newRow(authorId, kind, key, fingerprint(form, source), receiptNo, form), proposerKind, sourceKind: source?.kind ?? null, sourceId: source?.id ?? null, confidence: Math.round(routed.decision.confidence * 100) } };
  }

  /** A withdrawn or returned one again: same receipt number, same first date, a new revision. A returned one goes back to who returned it. */
  async resubmit(caller: Caller, { id, version, key, ...form }: Resubmitted): Promise<Answer<typeof routes.resubmit>> {
    const before = await this.queries.show(caller, id);
    await this.check(caller, before.kind, form, this.proposing.faults(caller, before.kind, form.collective, { authorId: before.author.id, proposerKind: before.proposer?.code ?? null }));
    if (before.version !== version && before.can.includes('submit')) stale(before, { title: form.title, situation: form.situation, analysis: form.analysis, suggestion: form.suggestion });
    const routed = before.committee ? undefined : this.route(before.author.id, before.kind, form);
    const ask = { version, key, current: (manager: EntityManager, doc: OpinionDoc | ProposalDoc) => this.queries.view(manager, caller, doc.row) };
    const made = await (before.kind === 'opinion'
      ? this.moves.make(caller, this.opinions, id, ask, (doc) => [...this.again(caller, doc, key, form, routed), ...this.onward(form.urgency, doc.editorId)])
      : this.moves.make(caller, this.proposals, id, ask, async (doc, manager) => this.again(caller, doc, key, form, routed, await this.signatures.settle(manager, { proposalId: id }, form, id) ?? doc.coAuthorIds)));
    if (made.repeated && !await this.sentBefore(caller, key, fingerprint(form))) refuse('submit', `这次修改已经提交过，收件号 ${before.receiptNo ?? ''}，内容和这次不同。要再修改请先到“履职”里撤回。`);
    return { doc: await this.queries.show(caller, id) };
  }

  private readonly now = () => this.clock.now();
  private get opinions() { return opinionDocket(this.now); }
  private get proposals() { return proposalDocket(this.now); }

  /** Setting opinion.firstReview: the committee reviews; the office does; or the office does and the committee gives its opinion. */
  private route(authorId: string, kind: SubmissionKind, form: Form): Routed {
    const routed = this.decide(authorId, form);
    const first = kind === 'opinion' ? this.settings.get('opinion.firstReview') : 'committee';
    return first === 'committee' || routed.committeeId === null ? routed : { ...routed, committeeId: null, co: first === 'both' ? [...new Set([routed.committeeId, ...routed.co])] : [] };
  }
  private decide(authorId: string, form: Form): Routed {
    return this.desk.decide({ title: form.title, body: [form.situation, form.analysis, form.suggestion].join('\n'), category: form.category, townId: form.townId, authorId }, form.wish);
  }

  /** Writes it in the caller's unit of work. `entered`: by an office; from a signed paper it is the office's own deed. */
  async write(manager: EntityManager, caller: Caller, { row: drafted, form, routed }: Ready, key: string | null, entered?: Entered): Promise<SubmissionView> {
    const signers = entered?.coSignerIds ?? (drafted.kind === 'proposal' && key !== null && !form.collective ? await this.signatures.settle(manager, { firstId: caller.personId, draftKey: key }, form, drafted.id) : undefined);
    const row: Submission = signers?.length ? { ...drafted, coAuthorIds: [...signers] } : drafted;
    const [onPaper, detail] = [entered?.how === 'paper', entered && { detail: { entered: entered.how, clerk: entered.clerkId } }];
    const steps = [{ action: onPaper ? 'enter' as const : 'submit' as const, ...detail }, ...this.routeStep(routed)];
    const { doc, moves, assignment } = row.kind === 'opinion'
      ? await this.moves.open(manager, caller, this.opinions, { ...opinionDoc(row), onPaper }, [...steps, ...this.onward(form.urgency, null)], key)
      : await this.moves.open(manager, caller, this.proposals, { ...proposalDoc(row), onPaper }, steps, key);
    const [revision, routing] = [this.revisionOf(caller, row, form), this.routingOf(row, form, routed)];
    // What was handed in is no draft any more, on whatever phone.
    if (key !== null) await dropRows(manager, DraftText, { personId: caller.personId, draftKey: key });
    // A body's has no co-signers: whoever was invited to the draft is no longer.
    if (key !== null && form.collective) await this.signatures.endDraft(manager, caller.personId, key);
    await addRows(manager, Revision, [revision]);
    await addRows(manager, Routing, [routing]);
    await enterIndex(manager, this.findable(row, form), readersOf(row.kind, doc));
    if (entered?.coSignerIds?.length) await this.signatures.onPaper(manager, caller, row, form, entered.coSignerIds);
    if (entered) await manager.update(FileRow, { docId: entered.entryId }, { docId: row.id });
    else await takeFiles(manager, caller.personId, row.id, filesOf(form));
    const files = filesOf(form).length === 0 ? [] : await rowsWhere(manager, FileRow, { docId: row.id });
    return this.queries.compose(caller, rowAfter(doc), { revision, routing, assignment, moves, notes: [], files, entered: null, signers: await this.queries.signersOf(manager, caller, rowAfter(doc)), ...(row.sourceId !== null && { links: { ...noLinks, source: await this.sources.of(manager, caller, row) } }) });
  }

  private routeStep({ committeeId, co, decision }: Routed) {
    return committeeId === null && co.length === 0 ? [] : [{ action: 'route' as const, bySystem: true as const, patch: { committeeId, coCommitteeIds: co, routedBy: committeeId === null ? 'waiting' as const : 'auto' as const }, detail: { router: decision.version, percent: Math.round(decision.confidence * 100) } }];
  }

  /** 特急, and what an editor returned, go on to the editor at once. */
  private onward(urgency: Form['urgency'], editorId: string | null) {
    return urgency === 'critical' ? [{ action: 'forward' as const, bySystem: true as const }] : editorId === null ? [] : [{ action: 'resume' as const, bySystem: true as const }];
  }

  private again({ personId }: Caller, doc: OpinionDoc | ProposalDoc, draftKey: string, form: Form, routed: Routed | undefined, coAuthorIds: readonly string[] = form.coAuthorIds) {
    const row: Submission = { ...doc.row, ...this.columns(doc.row.kind, form), coAuthorIds: coAuthorIds.length === 0 ? null : [...coAuthorIds], revision: doc.row.revision + 1, confidence: routed ? Math.round(routed.decision.confidence * 100) : doc.row.confidence };
    const beside = async (manager: EntityManager) => { await dropRows(manager, DraftText, { personId, draftKey }); await this.writeText(manager, { personId }, row, form, routed); };
    return [{ action: 'submit' as const, carry: { row, urgent: form.urgency === 'critical', coAuthorIds: row.coAuthorIds ?? [] }, detail: { form: fingerprint(form) }, beside }, ...(routed ? this.routeStep(routed) : [])];
  }

  /** Whether what came under this key was this text. */
  private async sentBefore({ personId }: Caller, requestKey: string, form: string): Promise<boolean> {
    const move = await this.database.read((manager) => manager.findOne(Move, { where: { personId, requestKey } }));
    return move?.detail['form'] === form;
  }

  private async writeText(manager: EntityManager, author: { personId: string }, row: Submission, form: Form, routed: Routed | undefined): Promise<void> {
    await addRows(manager, Revision, [this.revisionOf(author, row, form)]);
    await rewriteIndex(manager, this.findable(row, form));
    if (routed) await addRows(manager, Routing, [this.routingOf(row, form, routed)]);
    else await this.keepCard(manager, row);
    await takeFiles(manager, author.personId, row.id, filesOf(form));
  }

  private revisionOf({ personId }: { personId: string }, { id, revision }: Submission, { title, situation, analysis, suggestion, fileIds, collective }: Form): Revision {
    return { submissionId: id, revisionNo: revision, title, situation, analysis, suggestion, fileIds, writtenAt: this.clock.now(), signer: collective?.signer ?? null, sealIds: collective?.sealIds ?? null, handedBy: collective ? personId : null };
  }
  private findable(row: Submission, form: Form): Findable { return findableOf(row, form, reporterNames(this.directory.page, row), this.settings.get('proposal.sessions')); }
  private routingOf({ id, revision }: Submission, { wish }: Form, { decision, threshold }: Routed): Routing {
    return { submissionId: id, revisionNo: revision, decision, wish, thresholdPercent: Math.round(threshold * 100) };
  }

  /** What comes back to the committee that returned it is not routed again: the new revision lies under the card of the old one. */
  private async keepCard(manager: EntityManager, { id, revision }: Submission): Promise<void> {
    const last = await manager.findOne(Routing, { where: { submissionId: id }, order: { revisionNo: 'DESC' } });
    if (last) await manager.insert(Routing, { ...last, revisionNo: revision });
  }

  private columns(kind: SubmissionKind, form: Form) {
    const { title, category, nature, townId, urgency, unitIds, coAuthorIds, picturesAgreed } = form;
    const [publicity, conversion] = kind === 'proposal' ? [form.publicity, form.conversion] : [null, null];
    return { publicity, conversion, picturesAgreed: picturesAgreed ? 1 : 0, title, category, nature, townId, urgency, unitIds, coAuthorIds: coAuthorIds.length === 0 ? null : coAuthorIds };
  }

  private newRow(authorId: string, kind: SubmissionKind, key: string, hash: string, receiptNo: string, form: Form): Submission {
    const now = this.clock.now();
    return { id: newId(), kind, receiptNo, authorId, draftKey: key, draftHash: hash, state: 'draft', version: 0, hash: '', committeeId: null, coCommitteeIds: [], ...this.columns(kind, form), revision: 1, submittedAt: now, changedAt: now, reviewed: 0, routedBy: 'waiting', confidence: 0, rerouted: 0, ...this.placeOf(kind, now), caseNo: null, mainId: null, dropAsked: 0, originId: null, sourceKind: null, sourceId: null, editorId: null, consent: 'off', closure: 'open', proposerKind: null, ...notHandedOver };
  }

  /** Of a proposal: its session and who decides on it, as the settings of this day say. */
  private placeOf(kind: SubmissionKind, now: Date): Pick<Submission, 'sessionId' | 'inPlenary' | 'decider'> {
    const place = kind === 'proposal' ? sessionPlaceOf(this.settings.get('proposal.sessions'), dateOf(now)) : undefined;
    return { sessionId: place?.sessionId ?? null, inPlenary: place?.inPlenary ? 1 : 0, decider: place?.decider ?? null };
  }

  private isSpent({ personId }: Caller, requestKey: string): Promise<boolean> {
    return this.database.read((manager) => manager.existsBy(Move, { personId, requestKey }));
  }

  private async submittedBefore(caller: Caller, { authorId }: Proposer, draftKey: string, hash: string): Promise<SubmissionView | undefined> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { authorId, draftKey });
      if (!row) return undefined;
      refuseClosed(row.closure);
      if (row.draftHash !== hash) refuse('submit', `这份草稿已经提交过，收件号 ${row.receiptNo}，内容和这次不同。要修改请先到“履职”里撤回，要另写一件请新建。`);
      return this.queries.view(manager, caller, row);
    });
  }

  /** Everything that can be wrong with a form, said at once, before anything is written. `more`: what its sender has found beside. */
  async check(caller: Caller, kind: SubmissionKind, form: Form, more: Record<string, string> = {}): Promise<void> {
    const faults = { ...more, ...formFaults(caller, kind, form, this.settings, this.directory.page) };
    const findings = secrecyFindings([form.title, form.situation, form.analysis, form.suggestion].join('\n'));
    if (isBlocked(findings)) {
      await this.incidents.record(caller, findings.filter(({ level }) => level === 'block').map(({ rule }) => rule));
      badField({ secrecy: secrecyRefusal });
    }
    if (Object.keys(faults).length > 0) badField(faults);
  }
}
