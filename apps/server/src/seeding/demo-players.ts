import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, SubmissionView } from '@lvzhi/contracts';
import { routes } from '@lvzhi/contracts';
import { preparedOutcomes, triagePosts } from '@lvzhi/domain';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FilingQueries } from '../submissions/filing.queries.ts';
import { FilingService } from '../submissions/filing.service.ts';
import { ReviewsService } from '../submissions/reviews.service.ts';
import { SubmissionsService } from '../submissions/submissions.service.ts';
import { VisitQueries } from '../visits/visit.queries.ts';
import { PlanningService } from '../visits/planning.service.ts';
import { Visit } from '../visits/visit.entity.ts';
import { VisitsService } from '../visits/visits.service.ts';
import type { SeedSubmission, SeedVisit } from './seeds.ts';

type Step = SeedSubmission['steps'][number];
type Submitted = Given<typeof routes.submit>;
type Form = Omit<Submitted, 'key' | 'kind' | 'fileIds' | 'wish'>;

/** Plays the people of the demonstration: what they would tap, as calls of the services that serve everybody. */
@Injectable()
export class DemoPlayers {
  constructor(
    @Inject(SubmissionsService) private readonly submissions: SubmissionsService, @Inject(ReviewsService) private readonly reviews: ReviewsService, @Inject(FilingService) private readonly filing: FilingService, @Inject(FilingQueries) private readonly filings: FilingQueries,
    @Inject(VisitsService) private readonly visits: VisitsService, @Inject(PlanningService) private readonly planning: PlanningService, @Inject(Database) private readonly database: Database, @Inject(VisitQueries) private readonly visitQueries: VisitQueries, @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** The story names a committee: the author chooses it on the card where the router offers it. */
  async submit(author: Caller, form: Submitted, committeeId: string | undefined, first: string | undefined): Promise<SubmissionView> {
    const wish = first === 'assign' ? 'ask' : committeeId ?? null;
    return (await this.submissions.submit(author, { ...form, wish })).doc;
  }

  /** … and the office sends it there where the router does not. */
  async placeAt(doc: SubmissionView, committeeId: string | undefined, first: string | undefined, callerOf: (personId: string) => Caller): Promise<SubmissionView> {
    if (committeeId === undefined || doc.committee || first === 'assign') return doc;
    const [clerk] = this.directory.page.holdersOf(triagePosts[doc.kind]);
    if (clerk === undefined) throw new Error(`Nobody in seeds/people.json does 分办 of ${doc.kind}.`);
    return (await this.reviews.assign(callerOf(clerk), { id: doc.id, version: doc.version, committeeId, coCommitteeIds: [] })).doc;
  }

  async step(caller: Caller, { id, version, kind }: SubmissionView, step: Step, form: Form): Promise<SubmissionView> {
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
      default: throw new Error(`seeds/demo asks for ${step.do} on a ${kind}, which no flow knows.`);
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
