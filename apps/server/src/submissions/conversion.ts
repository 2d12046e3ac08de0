import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { dateOf, maySee, readersOf, scopeOf, selvesOf } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { Moves } from '../platform/moves.service.ts';
import { notFound } from '../platform/refusals.ts';
import { addRows, rowWhere } from '../platform/rows.ts';
import { enterIndex } from '../platform/search-index.ts';
import { Settings } from '../platform/settings.ts';
import { opinionDoc, opinionDocket } from './docket.ts';
import { findableOf } from './findable.queries.ts';
import { ReceiptNumbers } from './receipt-numbers.ts';
import { reporterNames } from './reporters.queries.ts';
import { RoutingDesk } from './routing-desk.ts';
import { notHandedOver, Revision, Routing, Submission } from './submission.entity.ts';

/** 转社情民意: a report with the proposal's text, linked to it, routed as any other. Its attachments stay with the proposal. */
@Injectable()
export class Conversion {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Moves) private readonly moves: Moves, @Inject(Clock) private readonly clock: Clock,
    @Inject(Settings) private readonly settings: Settings, @Inject(ReceiptNumbers) private readonly numbers: ReceiptNumbers, @Inject(RoutingDesk) private readonly desk: RoutingDesk, @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** Receipt number and route are found before the transaction; the answer writes the report inside it. By the proposer, or by the house with what they said before. */
  async of(caller: Caller, id: string): Promise<(manager: EntityManager, row: Submission) => Promise<void>> {
    const { row: proposal, text } = await this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id, kind: 'proposal' });
      return row && maySee(scopeOf('proposal', caller), row) ? { row, text: await rowWhere(manager, Revision, { submissionId: id, revisionNo: row.revision }) ?? notFound() } : notFound();
    });
    const own = selvesOf(caller).includes(proposal.authorId);
    const category = (code: string | null) => (this.settings.get('opinion.categories').some((it) => it.code === code) ? code : null);
    const [receiptNo, routed] = [await this.numbers.next('opinion', dateOf(this.clock.now())), this.desk.decide({ title: text.title, body: [text.situation, text.analysis, text.suggestion].join('\n'), category: null, townId: null, authorId: proposal.authorId }, null)];
    const percent = Math.round(routed.decision.confidence * 100);
    return async (manager, row) => {
      const now = this.clock.now();
      const report: Submission = {
        ...row, id: newId(), kind: 'opinion', receiptNo, draftKey: `from-${row.id}`, draftHash: '', state: 'draft', version: 0, hash: '', committeeId: null, coCommitteeIds: [], category: category(row.category), urgency: 'normal', unitIds: [],
        revision: 1, submittedAt: now, changedAt: now, reviewed: 0, routedBy: 'waiting', confidence: percent, rerouted: 0, sessionId: null, inPlenary: 0, decider: null, caseNo: null, mainId: null, dropAsked: 0, originId: row.id, sourceKind: null, sourceId: null, picturesAgreed: 0, publicity: null, conversion: null, closure: 'open', proposerKind: null, ...notHandedOver,
      };
      const route = routed.committeeId === null ? [] : [{ action: 'route' as const, bySystem: true as const, patch: { committeeId: routed.committeeId, coCommitteeIds: routed.co, routedBy: 'auto' as const }, detail: { router: routed.decision.version, percent } }];
      const { doc } = await this.moves.open(manager, caller, opinionDocket(() => this.clock.now()), { ...opinionDoc(report), ofProposal: !own }, [own ? { action: 'submit', uncredited: true } : { action: 'born', bySystem: true }, ...route], null);
      await addRows(manager, Revision, [{ ...text, submissionId: report.id, revisionNo: 1, fileIds: [], writtenAt: now, signer: null, sealIds: null, handedBy: null }]);
      await enterIndex(manager, findableOf(report, text, reporterNames(this.directory.page, report), []), readersOf('opinion', doc));
      await addRows(manager, Routing, [{ submissionId: report.id, revisionNo: 1, decision: routed.decision, wish: null, thresholdPercent: Math.round(this.settings.get('route.threshold') * 100) }]);
    };
  }
}
