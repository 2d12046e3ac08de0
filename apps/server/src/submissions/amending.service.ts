import { Inject, Injectable } from '@nestjs/common';
import type { Amendment as AmendmentView, Caller, Given, routes } from '@lvzhi/contracts';
import { isOneOfTheirs, isBlocked, maySee, paragraphsOf, partWords, scopeOf, secrecyFindings, secrecyRefusal, systemActor, withChanges, writingFaults } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Incidents } from '../platform/incidents.ts';
import { Jobs } from '../platform/jobs.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, AtMost, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { rewriteIndex } from '../platform/search-index.ts';
import { Settings } from '../platform/settings.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { Amendment } from './amendment.entity.ts';
import type { Change } from './amendment.entity.ts';
import type { OpinionDoc, ProposalDoc } from './docket.ts';
import { findableOf } from './findable.queries.ts';
import { ProposingBodies } from './proposing.ts';
import type { Signature } from './proposing.ts';
import { reporterNames } from './reporters.queries.ts';
import { overtaken, ReviewsService } from './reviews.service.ts';
import type { Deed } from './reviews.service.ts';
import { Signatures } from './signatures.ts';
import { Revision, Routing, Submission } from './submission.entity.ts';
import { SubmissionQueries } from './submission.queries.ts';
import { takeFiles } from './taking-files.ts';

const outcomeWords: Readonly<Record<Amendment['outcome'], string>> = { asked: '等提案人答复', answered: '提案人已逐段答复', recalled: '收回了', lapsed: '逾期未答复，按原文' };
const atOnce = 200;

/** 逐段修改建议: staff propose, the proposer answers each paragraph, silence keeps the original. What was accepted becomes a text of its own; the original stays. */
@Injectable()
export class AmendingService {
  private readonly house: Caller;
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory,
    @Inject(Incidents) private readonly incidents: Incidents, @Inject(ReviewsService) private readonly reviews: ReviewsService, @Inject(SubmissionQueries) private readonly queries: SubmissionQueries, @Inject(Signatures) private readonly signatures: Signatures, @Inject(ProposingBodies) private readonly proposing: ProposingBodies, @Inject(Jobs) jobs: Jobs, @Inject(CONFIG) { termId }: Config,
  ) {
    this.house = { ...systemActor(termId), sessionId: '', surface: 'desk' };
    jobs.plan({ name: 'proposals.edits', words: '提案人逾期未答复的修改建议按原文办理', everySeconds: 300, run: () => this.lapse() });
  }

  /** For its proposers, and for those inside who may see the proposal; a unit reads the text only. */
  async list(caller: Caller, id: string): Promise<{ rows: AmendmentView[] }> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id, kind: 'proposal' });
      if (!row || !maySee(scopeOf('proposal', caller), row)) notFound();
      if (!isOneOfTheirs(row, caller) && this.queries.isOutside(caller, row)) return { rows: [] };
      return { rows: (await rowsWhere(manager, Amendment, { submissionId: id })).toSorted((a, b) => b.no - a.no).map((it) => this.view(it)) };
    });
  }

  async propose(caller: Caller, { changes, note, ...on }: Given<typeof routes.proposeEdits>) {
    const { row, text, last } = await this.read(caller, on.id);
    const made = this.changesOf(text, changes);
    const faults = writingFaults(withChanges(text, made), this.settings.get('proposal.limits'));
    const [fault] = Object.values(faults);
    if (fault !== undefined) badField({ changes: `照这样改，${fault}` });
    await this.mustHoldNoSecret(caller, [note, ...made.map(({ after }) => after)].join('\n'));
    return this.reviews.proposal(caller, on, 'propose_edits', () => ({ beside: (manager, moveId) => addRows(manager, Amendment, [{
      submissionId: on.id, no: (last?.no ?? 0) + 1, moveId, revisionNo: row.revision, note, changes: made, byId: caller.personId, proposedAt: this.clock.now(), outcome: 'asked', accepted: null, endedAt: null,
    }]) }));
  }

  /** What is accepted makes a text that nobody has signed yet: a body's is signed with the answer, a joint one waits for its signers. */
  async answer(caller: Caller, { accepted, signature, ...on }: Given<typeof routes.answerEdits>) {
    const { row, text, last } = await this.read(caller, on.id);
    if (last?.outcome === 'asked' && last.changes.length !== accepted.length) badField({ accepted: `一共 ${last.changes.length} 段，请逐段选择同意还是保留原文` });
    const taken = (last?.changes ?? []).filter((_, at) => accepted[at]);
    const [fresh, isChanged] = [{ ...text, ...withChanges(text, taken) }, taken.length > 0];
    const signed = isChanged && last?.outcome === 'asked' ? this.proposing.signedAnew(caller, row, signature) : undefined;
    return this.reviews.proposal(caller, on, 'answer_edits', (doc) => {
      return { ...(isChanged && { carry: { row: { ...doc.row, title: fresh.title, revision: doc.row.revision + 1 } } }), beside: async (manager) => {
        await this.end(manager, on.id, 'answered', accepted);
        if (isChanged) await this.write(manager, doc, fresh, signed);
        if (signed) await takeFiles(manager, caller.personId, doc.id, signed.sealIds, 'signature.sealIds');
      }, ...(isChanged && doc.coAuthorIds.length > 0 && { then: [this.signatures.asksAnew(doc, fresh)] }) };
    });
  }

  recall(caller: Caller, on: Given<typeof routes.recallEdits>) { return this.reviews.proposal(caller, on, 'recall_edits', this.ending(on.id, 'recalled')); }

  private async lapse(): Promise<string> {
    const overdue = await this.database.read((manager) => rowsWhere(manager, Assignment, { docKind: 'proposal', isOpen: 1, action: 'answer_edits', dueAt: new AtMost(this.clock.now()) }, { by: 'dueAt', limit: atOnce }));
    let moved = 0;
    for (const { docId } of overdue) {
      try {
        const row = await this.database.read((manager) => rowWhere(manager, Submission, { id: docId }));
        if (!row) continue;
        await this.reviews.madeProposal(this.house, { id: docId, version: row.version }, 'lapse_edits', this.ending(docId, 'lapsed'));
        moved += 1;
      } catch (error) { if (!overtaken(error)) throw error; }
    }
    return `${moved} 件按原文`;
  }
  private readonly ending = (id: string, outcome: 'recalled' | 'lapsed') => (): Deed => ({ beside: (manager) => this.end(manager, id, outcome, null) });

  private async end(manager: EntityManager, submissionId: string, outcome: Amendment['outcome'], accepted: readonly boolean[] | null): Promise<void> {
    const done = await changeRows(manager, Amendment, { submissionId, outcome: 'asked' }, { outcome, accepted: accepted && [...accepted], endedAt: this.clock.now() });
    if (done !== 1) refuse('answer_edits', '没有等答复的修改建议，请刷新后再看');
  }

  /** The text with what was accepted, beside the one before; routed as that was, found by its new words. */
  private async write(manager: EntityManager, { row, id }: OpinionDoc | ProposalDoc, fresh: Pick<Revision, 'title' | 'situation' | 'analysis' | 'suggestion'>, signed: Signature | undefined): Promise<void> {
    const [before, routing] = [await rowWhere(manager, Revision, { submissionId: id, revisionNo: row.revision }), await rowWhere(manager, Routing, { submissionId: id, revisionNo: row.revision })];
    if (!before) throw new Error(`Revision ${row.revision} of ${id} is missing.`);
    const next = { ...before, ...fresh, ...signed, revisionNo: row.revision + 1, writtenAt: this.clock.now() };
    await addRows(manager, Revision, [next]);
    if (routing) await addRows(manager, Routing, [{ ...routing, revisionNo: row.revision + 1 }]);
    await rewriteIndex(manager, findableOf({ ...row, title: fresh.title }, next, reporterNames(this.directory.page, row), this.settings.get('proposal.sessions')));
  }

  private read(caller: Caller, id: string): Promise<{ row: Submission; text: Revision; last: Amendment | undefined }> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id, kind: 'proposal' });
      if (!row || !maySee(scopeOf('proposal', caller), row)) notFound();
      const text = await rowWhere(manager, Revision, { submissionId: id, revisionNo: row.revision });
      if (!text) throw new Error(`Revision ${row.revision} of ${id} is missing.`);
      return { row, text, last: (await rowsWhere(manager, Amendment, { submissionId: id })).toSorted((a, b) => b.no - a.no)[0] };
    });
  }

  private changesOf(text: Revision, changes: Given<typeof routes.proposeEdits>['changes']): Change[] {
    const seen = new Set<string>();
    return changes.map(({ part, at, after, why }): Change => {
      const before = paragraphsOf(text[part])[at];
      if (before === undefined || seen.has(`${part} ${at}`)) badField({ changes: `${partWords[part]}第 ${at + 1} 段不在原文里，或者改了两次，请刷新后再提` });
      if (after.trim() === before.trim()) badField({ changes: `${partWords[part]}第 ${at + 1} 段没有改动` });
      if (part === 'title' && /\n/.test(after.trim())) badField({ changes: '标题只能是一行' });
      seen.add(`${part} ${at}`);
      return { part, at, before, after: after.trim(), why };
    });
  }

  private async mustHoldNoSecret(caller: Caller, text: string): Promise<void> {
    const findings = secrecyFindings(text);
    if (!isBlocked(findings)) return;
    await this.incidents.record(caller, findings.filter(({ level }) => level === 'block').map(({ rule }) => rule));
    badField({ changes: `${secrecyRefusal.split('。')[0] ?? ''}。修改建议没有送出，请删去涉密内容。` });
  }

  private view(it: Amendment): AmendmentView {
    return {
      no: it.no, revision: it.revisionNo, note: it.note, by: this.directory.page.person(it.byId)?.name ?? '', proposedAt: it.proposedAt.toISOString(), outcome: it.outcome, outcomeWords: outcomeWords[it.outcome], endedAt: it.endedAt?.toISOString() ?? null,
      changes: it.changes.map((change, at) => ({ ...change, partWords: partWords[change.part], accepted: it.accepted?.[at] ?? null })),
    };
  }
}
