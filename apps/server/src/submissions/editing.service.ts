import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { dateOf, isBlocked, maySee, scopeOf, secrecyFindings, secrecyRefusal, whyNotEditable, yearOf } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { Incidents } from '../platform/incidents.ts';
import { Move } from '../platform/journal.ts';
import { badField, notFound, refuse, stale } from '../platform/refusals.ts';
import { addRows, changeRows, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { opinionDoc } from './docket.ts';
import type { OpinionDoc } from './docket.ts';
import { Edition, EditionText, Issue } from './edition.entity.ts';
import { EditionQueries, plainBody } from './edition.queries.ts';
import { IssueNumbers } from './issue-numbers.ts';
import type { IssueNumber } from './issue-numbers.ts';
import { ReviewsService } from './reviews.service.ts';
import type { Deed } from './reviews.service.ts';
import { Revision, Submission } from './submission.entity.ts';

/** From the first review to the issue: the edited text, consent, checking, signing, recall. Each deed is one move. */
@Injectable()
export class EditingService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(ReviewsService) private readonly reviews: ReviewsService, @Inject(IssueNumbers) private readonly numbers: IssueNumbers, @Inject(EditionQueries) private readonly queries: EditionQueries,
  ) {}

  takeOver(caller: Caller, { note, ...on }: Given<typeof routes.takeOver>) {
    return this.reviews.opinion(caller, on, 'take_over', (doc) => ({ ...this.taking(caller, doc), ...(note !== '' && { note: { kind: 'take_over' as const, note } }) }));
  }
  take(caller: Caller, on: Given<typeof routes.take>) { return this.reviews.opinion(caller, on, 'take', (doc) => this.taking(caller, doc)); }
  reopen(caller: Caller, on: Given<typeof routes.reopen>) {
    return this.reviews.opinion(caller, on, 'reopen', (doc) => { const { patch, beside } = this.taking(caller, { ...doc, editorId: null }); return { patch: { ...patch, reviewed: false }, ...(beside && { beside }) }; });
  }

  askAgree(caller: Caller, on: Given<typeof routes.askAgree>) { return this.reviews.opinion(caller, on, 'ask_agree', (doc) => ({ beside: (manager, moveId) => this.handOver(manager, caller, doc, moveId) })); }
  agree(caller: Caller, on: Given<typeof routes.agreeEdition>) { return this.reviews.opinion(caller, on, 'agree', () => ({ patch: { consent: 'given' } })); }
  object(caller: Caller, { note, ...on }: Given<typeof routes.objectEdition>) { return this.reviews.opinion(caller, on, 'object', () => ({ patch: { consent: 'refused' }, note: { kind: 'object', note } })); }

  sendCheck(caller: Caller, on: Given<typeof routes.sendCheck>) { return this.reviews.opinion(caller, on, 'send_check', (doc) => ({ patch: { reviewed: false }, beside: (manager, moveId) => this.handOver(manager, caller, doc, moveId) })); }
  check(caller: Caller, { note, ...on }: Given<typeof routes.check>) { return this.reviews.opinion(caller, on, 'check', () => ({ patch: { reviewed: true }, ...(note !== '' && { note: { kind: 'check' as const, note } }) })); }
  rework(caller: Caller, { note, ...on }: Given<typeof routes.rework>) { return this.reviews.opinion(caller, on, 'rework', () => ({ patch: { reviewed: false }, note: { kind: 'rework', note } })); }
  archive(caller: Caller, { note, ...on }: Given<typeof routes.archiveReport>) { return this.reviews.opinion(caller, on, 'archive', () => ({ note: { kind: 'archive', note } })); }

  recallIssue(caller: Caller, { note, ...on }: Given<typeof routes.recallIssue>) {
    return this.reviews.opinion(caller, on, 'recall_issue', (doc) => ({ note: { kind: 'recall_issue', note }, beside: async (manager) => {
      await changeRows(manager, Issue, { submissionId: doc.id, recalledAt: null }, { recalledAt: this.clock.now(), recallReason: note });
    } }));
  }

  /** Gives the issue its number in the transaction of the signature; the number first, so that signatures of a series queue instead of breaking each other off. */
  async sign(caller: Caller, on: Given<typeof routes.sign>): Promise<Answer<typeof routes.sign>> {
    // Looked at before a number is drawn: who may not see it must not wait for, nor hold, the counter.
    const [row, edition] = await this.database.read(async (manager) => [await rowWhere(manager, Submission, { id: on.id, kind: 'opinion' }), await rowWhere(manager, Edition, { submissionId: on.id })]);
    if (!row || !maySee(scopeOf('opinion', caller), row)) notFound();
    const series = edition?.series ?? this.firstSeries(false);
    const made = await this.database.write(async (manager) => {
      const number = await this.numbers.draw(manager, series, yearOf(dateOf(this.clock.now())));
      const signed = await this.reviews.madeOpinion(caller, on, 'sign', (doc) => ({ beside: (within, moveId) => this.issue(within, caller, doc, moveId, number) }));
      if (signed.repeated) await this.numbers.giveBack(manager, number);
      return signed;
    });
    return this.reviews.answer(caller, made);
  }

  /** What the editor typed. What the reporter had answered to is changed by a move, so that they are asked anew. */
  async save(caller: Caller, { id, version, ...text }: Given<typeof routes.saveEdition>): Promise<Answer<typeof routes.saveEdition>> {
    await this.checkText(caller, text);
    return this.database.write(async (manager) => {
      const [row, edition] = [await rowWhere(manager, Submission, { id, kind: 'opinion' }), await rowWhere(manager, Edition, { submissionId: id })];
      if (!row || !maySee(scopeOf('opinion', caller), row)) notFound();
      const why = whyNotEditable(opinionDoc(row), caller);
      if (why !== undefined || !edition) refuse('save', why ?? '还没有人领办，请先领办再编辑');
      const same = edition.title === text.title && edition.body === text.body && edition.series === text.series;
      if (!same && edition.version !== version) stale(await this.queries.view(manager, caller, row, edition), text);
      if (same) return { edition: await this.queries.view(manager, caller, row, edition) };
      const answered = row.consent !== 'off' && row.consent !== 'needed' && (edition.title !== text.title || edition.body !== text.body);
      if (answered) await this.reviews.madeOpinion(caller, { id, version: row.version }, 'amend', () => ({ patch: { consent: 'needed' } }));
      const saved = { ...text, version: version + 1, savedBy: caller.personId, savedAt: this.clock.now() };
      if (await changeRows(manager, Edition, { submissionId: id, version }, saved) !== 1) stale(await this.queries.view(manager, caller, row, edition), text);
      return { edition: await this.queries.view(manager, caller, { ...row, ...(answered && { consent: 'needed' as const }) }, { ...edition, ...saved }) };
    });
  }

  private firstSeries(urgent: boolean): string {
    const all = this.settings.get('issue.series');
    return (urgent ? all.find(({ code }) => code === 'express') : undefined)?.code ?? all[0]?.code ?? 'information';
  }

  /** Whoever takes a report edits it; at the first time the edited text begins as the original. */
  private taking({ personId }: Caller, doc: OpinionDoc): Deed & { readonly patch: NonNullable<Deed['patch']> } {
    const asks = this.settings.get('opinion.consent') === 'on';
    return { patch: { editorId: personId, ...(doc.editorId === null && { consent: asks ? 'needed' as const : 'off' as const }) }, beside: async (manager) => {
      if (await rowWhere(manager, Edition, { submissionId: doc.id })) return;
      const revision = await rowWhere(manager, Revision, { submissionId: doc.id, revisionNo: doc.row.revision });
      if (!revision) throw new Error(`Revision ${doc.row.revision} of ${doc.id} is missing.`);
      await addRows(manager, Edition, [{ submissionId: doc.id, version: 1, series: this.firstSeries(doc.urgent), title: revision.title, body: plainBody(revision), handedNo: 0, savedBy: personId, savedAt: this.clock.now() }]);
    } };
  }

  /** Takes down the text as it is now: what was asked about, what is checked and signed. */
  private async handOver(manager: EntityManager, { personId }: Caller, doc: OpinionDoc, moveId: string): Promise<void> {
    const edition = await rowWhere(manager, Edition, { submissionId: doc.id });
    if (!edition) throw new Error(`The edited text of ${doc.id} is missing.`);
    const { series, title, body, handedNo } = edition;
    await addRows(manager, EditionText, [{ submissionId: doc.id, textNo: handedNo + 1, moveId, series, title, body, byId: personId, writtenAt: this.clock.now() }]);
    await changeRows(manager, Edition, { submissionId: doc.id }, { handedNo: handedNo + 1 });
  }

  private async issue(manager: EntityManager, { personId }: Caller, doc: OpinionDoc, moveId: string, number: IssueNumber): Promise<void> {
    const edition = await rowWhere(manager, Edition, { submissionId: doc.id });
    if (!edition || edition.handedNo === 0) throw new Error(`The edited text of ${doc.id} was never handed over.`);
    const checked = await manager.findOne(Move, { where: { docId: doc.id, action: 'check' }, order: { seq: 'DESC' } });
    await addRows(manager, Issue, [{ id: newId(), submissionId: doc.id, moveId, ...number, textNo: edition.handedNo, title: edition.title, editorId: doc.editorId, checkerId: checked?.personId ?? null, signerId: personId, issuedAt: this.clock.now(), recalledAt: null, recallReason: null }]);
  }

  private async checkText(caller: Caller, { series, title, body }: { series: string; title: string; body: string }): Promise<void> {
    if (!this.settings.get('issue.series').some(({ code }) => code === series)) badField({ series: '请从列表里选择编发的刊物' });
    const findings = secrecyFindings(`${title}\n${body}`);
    if (!isBlocked(findings)) return;
    await this.incidents.record(caller, findings.filter(({ level }) => level === 'block').map(({ rule }) => rule));
    badField({ body: `${secrecyRefusal.split('。')[0] ?? ''}。这一次没有保存，请删去涉密内容后再保存。` });
  }
}
