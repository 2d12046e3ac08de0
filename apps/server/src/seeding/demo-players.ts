import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, SubmissionView } from '@lvzhi/contracts';
import { routes } from '@lvzhi/contracts';
import { adoptModes, channels, deliveryActions, preparedOutcomes, triagePosts } from '@lvzhi/domain';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { DeliveriesService } from '../submissions/deliveries.service.ts';
import { DeliveryQueries } from '../submissions/delivery.queries.ts';
import { EditingService } from '../submissions/editing.service.ts';
import { EditionQueries } from '../submissions/edition.queries.ts';
import { FilingQueries } from '../submissions/filing.queries.ts';
import { FilingService } from '../submissions/filing.service.ts';
import { ReviewsService } from '../submissions/reviews.service.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import { SubmissionsService } from '../submissions/submissions.service.ts';
import { VisitQueries } from '../visits/visit.queries.ts';
import { PlanningService } from '../visits/planning.service.ts';
import { Visit } from '../visits/visit.entity.ts';
import { VisitsService } from '../visits/visits.service.ts';
import { DemoHandling } from './demo-handling.ts';
import type { SeedSubmission, SeedVisit } from './seeds.ts';

type Step = SeedSubmission['steps'][number];
type Submitted = Given<typeof routes.submit>;
type Form = Omit<Submitted, 'key' | 'kind' | 'fileIds' | 'wish' | 'source'>;

/** Plays the people of the demonstration: what they would tap, as calls of the services that serve everybody. */
@Injectable()
export class DemoPlayers {
  constructor(
    @Inject(SubmissionsService) private readonly submissions: SubmissionsService, @Inject(ReviewsService) private readonly reviews: ReviewsService, @Inject(FilingService) private readonly filing: FilingService, @Inject(FilingQueries) private readonly filings: FilingQueries,
    @Inject(DemoHandling) private readonly handling: DemoHandling,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService, @Inject(DeliveryQueries) private readonly ledger: DeliveryQueries,
    @Inject(EditingService) private readonly editing: EditingService, @Inject(EditionQueries) private readonly editions: EditionQueries, @Inject(SubmissionQueries) private readonly queries: SubmissionQueries,
    @Inject(VisitsService) private readonly visits: VisitsService, @Inject(PlanningService) private readonly planning: PlanningService, @Inject(Database) private readonly database: Database, @Inject(VisitQueries) private readonly visitQueries: VisitQueries, @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** The story names a committee: the author chooses it on the card where the router offers it. */
  async submit(author: Caller, form: Submitted, committeeId: string | undefined, first: string | undefined): Promise<SubmissionView> {
    const wish = first === 'assign' ? 'ask' : committeeId ?? null;
    return (await this.submissions.submit(author, { ...form, wish })).doc;
  }

  /** … and the office sends it there where the router does not. */
  async placeAt(doc: SubmissionView, committeeId: string | undefined, first: string | undefined, callerOf: (personId: string) => Caller): Promise<SubmissionView> {
    if (committeeId === undefined || doc.committee || first === 'assign' || doc.state !== 'submitted') return doc;
    const [clerk] = this.directory.page.holdersOf(triagePosts[doc.kind]);
    if (clerk === undefined) throw new Error(`Nobody in seeds/people.json does 分办 of ${doc.kind}.`);
    return (await this.reviews.assign(callerOf(clerk), { id: doc.id, version: doc.version, committeeId, coCommitteeIds: [] })).doc;
  }

  async step(caller: Caller, doc: SubmissionView, step: Step, form: Form): Promise<SubmissionView> {
    const handled = await this.handling.step(caller, doc, step);
    if (handled) return handled;
    const { id, version, kind } = doc;
    const on = { id, version };
    const note = step.text ?? step.reason ?? '';
    const { reviews } = this;
    switch (step.do) {
      case 'assign': return (await reviews.assign(caller, { ...on, committeeId: step.committeeId ?? '', coCommitteeIds: step.co ?? [] })).doc;
      case 'recall': return (await reviews.recall(caller, { ...on, reason: note })).doc;
      case 'reroute': return (await reviews.reroute(caller, { ...on, committeeId: step.committeeId ?? null, reason: note })).doc;
      case 'start_review': return (await reviews.startReview(caller, on)).doc;
      case 'prepare': return (await reviews.prepare(caller, { ...on, outcome: preparedOutcomes.find((it) => it === step.outcome) ?? 'pass', note })).doc;
      case 'pass': return (await reviews.pass(caller, { ...on, note })).doc;
      case 'return': return (await reviews.sendBack(caller, { ...on, note })).doc;
      case 'not_adopt': return (await reviews.notAdopt(caller, { ...on, reason: step.outcome ?? step.reason ?? '', note: step.text ?? '' })).doc;
      case 'file': return (await this.filing.file(caller, on)).doc;
      case 'reject': return (await this.filing.reject(caller, { ...on, reason: step.outcome ?? '', note: step.text ?? '' })).doc;
      case 'suggest': return (await this.filing.suggest(caller, { ...on, note, unitIds: step.units ?? [] })).doc;
      case 'ask_consent': return (await this.filing.askConsent(caller, { ...on, note })).doc;
      case 'agree': return (await this.filing.agree(caller, on)).doc;
      case 'merge': return (await this.filing.merge(caller, { ...on, mainId: await this.mainCase(caller, step.main ?? ''), note })).doc;
      case 'ask_drop': return (await this.filing.askDrop(caller, { ...on, note })).doc;
      case 'drop': return (await this.filing.drop(caller, on)).doc;
      case 'review': return (await reviews.review(caller, { ...on, outcome: step.outcome ?? '', note, unitIds: step.units ?? [] })).doc;
      case 'withdraw': return (await reviews.withdraw(caller, on)).doc;
      case 'submit': return (await this.submissions.resubmit(caller, { ...on, key: `demo-${id}-${version}`, ...form, fileIds: [], wish: null })).doc;
      default: if (kind === 'opinion') return this.edit(caller, on, step, note);
        throw new Error(`seeds/demo asks for ${step.do} on a ${kind}, which no flow knows.`);
    }
  }

  /** What happens to a report after its first review. */
  private async edit(caller: Caller, on: { id: string; version: number }, step: Step, note: string): Promise<SubmissionView> {
    const { editing } = this;
    switch (step.do) {
      case 'take': return (await editing.take(caller, on)).doc;
      case 'edit': {
        const { edition } = await this.editions.show(caller, on.id);
        if (!edition) throw new Error(`seeds/demo edits ${on.id}, which nobody took.`);
        await editing.save(caller, { id: on.id, version: edition.version, series: step.series ?? edition.series.code, title: step.title ?? edition.title, body: note === '' ? edition.body : note });
        return this.queries.show(caller, on.id);
      }
      case 'send_check': return (await editing.sendCheck(caller, on)).doc;
      case 'check': return (await editing.check(caller, { ...on, note })).doc;
      case 'rework': return (await editing.rework(caller, { ...on, note })).doc;
      case 'sign': return (await editing.sign(caller, on)).doc;
      case 'archive': return (await editing.archive(caller, { ...on, note })).doc;
      case 'recall_issue': return (await editing.recallIssue(caller, { ...on, note })).doc;
      case 'send': return (await this.deliveries.send(caller, { ...on, channels: channels.filter((it) => step.channels?.includes(it)), unitIds: step.units ?? [], on: null })).doc;
      case 'record': {
        const { deliveries } = await this.ledger.list(caller, on.id);
        const line = deliveries.find(({ channel }) => channel.code === step.channels?.[0]);
        const action = deliveryActions.find((it) => it === step.outcome);
        if (!line || !action) throw new Error(`seeds/demo records ${step.outcome ?? ''} on ${step.channels?.[0] ?? ''}, which is not there.`);
        return (await this.deliveries.record(caller, { ...on, deliveryId: line.id, action, on: step.at.slice(0, 10), mode: adoptModes.find((it) => it === step.mode) ?? null, level: step.level ?? null, unitId: step.units?.[0] ?? null, note, gist: step.gist ?? '', text: '' })).doc;
      }
      default: throw new Error(`seeds/demo asks for ${step.do} on a report, which the flow does not know.`);
    }
  }

  /** The story names a main case by its title. */
  private async mainCase(caller: Caller, title: string): Promise<string> {
    const found = (await this.filings.mainCases(caller, { words: title, except: null })).rows.find((it) => it.title === title);
    if (!found) throw new Error(`seeds/demo merges into ${title}, which is not filed.`);
    return found.id;
  }

  /** Member → their visit's id. */
  async createVisit(caller: Caller, input: Given<typeof routes.createVisit>): Promise<Map<string, string>> {
    const { batchId } = await this.planning.create(caller, input);
    const visits = await this.database.read((manager) => manager.find(Visit, { where: { batchId }, select: { id: true, memberId: true } }));
    return new Map(visits.map(({ id, memberId }) => [memberId, id]));
  }

  async visitStep(caller: Caller, id: string, plan: SeedVisit, step: SeedVisit['steps'][number]): Promise<void> {
    const { version } = await this.visitQueries.show(caller, id);
    const on = { id, version };
    const startsAt = step.startsAt ?? plan.startsAt;
    switch (step.do) {
      case 'confirm': await this.visits.confirm(caller, on); return;
      case 'propose': await this.visits.propose(caller, { ...on, startsAt, form: step.form ?? null, note: step.reason ?? '' }); return;
      case 'agree': await this.visits.agree(caller, { ...on, place: step.place ?? '', videoLink: '' }); return;
      case 'reschedule': await this.visits.reschedule(caller, { ...on, startsAt, minutes: plan.minutes, form: step.form ?? plan.form, place: step.place ?? plan.place, videoLink: '', replyBy: step.replyBy ?? plan.replyBy }); return;
      case 'visited': await this.visits.record(caller, on); return;
      case 'cancel': await this.visits.cancel(caller, { ...on, reason: step.reason ?? '另行安排' }); return;
      default: throw new Error(`seeds/demo asks for ${step.do} on a visit, which the flow does not know.`);
    }
  }
}
