import { Controller, Inject } from '@nestjs/common';
import { routing, submissions } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { selvesOf } from '@lvzhi/domain';
import { Readings } from '../platform/readings.ts';
import { Serves } from '../platform/serves.ts';
import { ProposingBodies } from './proposing.ts';
import { ReviewsService } from './reviews.service.ts';
import { RoutingDesk } from './routing-desk.ts';
import { SubmissionQueries } from './submission.queries.ts';
import { SubmissionsService } from './submissions.service.ts';

const s = submissions;
type In<K extends keyof typeof submissions> = Given<(typeof submissions)[K]>;

@Controller()
export class SubmissionsController {
  constructor(
    @Inject(SubmissionsService) private readonly submitting: SubmissionsService, @Inject(ReviewsService) private readonly reviews: ReviewsService,
    @Inject(SubmissionQueries) private readonly queries: SubmissionQueries, @Inject(RoutingDesk) private readonly desk: RoutingDesk, @Inject(Readings) private readonly readings: Readings, @Inject(ProposingBodies) private readonly proposing: ProposingBodies,
  ) {}

  @Serves(routing.suggestRoute) suggestRoute(caller: Caller, { title, body, category, townId }: Given<typeof routing.suggestRoute>) {
    return Promise.resolve(this.desk.suggest({ title, body, category: category ?? null, townId: townId ?? null, authorId: caller.personId }));
  }
  @Serves(s.listProposers) listProposers(caller: Caller) { return Promise.resolve({ rows: this.proposing.of(caller) }); }
  @Serves(s.listMine) listMine(caller: Caller, { group, of, after, limit }: In<'listMine'>) { return this.queries.listMine(caller, { group, of }, after, limit); }
  @Serves(s.list) list(caller: Caller, input: In<'list'>) { return this.queries.list(caller, input); }
  @Serves(s.show) async show(caller: Caller, { id }: In<'show'>) {
    const doc = await this.queries.show(caller, id);
    await this.readings.note(caller, { ...doc, mine: [doc.author, ...doc.coAuthors].some(({ id: who }) => selvesOf(caller).includes(who)) });
    return doc;
  }
  @Serves(s.submit) submit(caller: Caller, input: In<'submit'>) { return this.submitting.submit(caller, input); }
  @Serves(s.resubmit) resubmit(caller: Caller, input: In<'resubmit'>) { return this.submitting.resubmit(caller, input); }
  @Serves(s.findReporters) findReporters(caller: Caller, { query }: In<'findReporters'>) { return Promise.resolve(this.queries.findReporters(caller, query)); }
  @Serves(s.withdraw) withdraw(caller: Caller, input: In<'withdraw'>) { return this.reviews.withdraw(caller, input); }
  @Serves(s.assign) assign(caller: Caller, input: In<'assign'>) { return this.reviews.assign(caller, input); }
  @Serves(s.recall) recall(caller: Caller, input: In<'recall'>) { return this.reviews.recall(caller, input); }
  @Serves(s.reroute) reroute(caller: Caller, input: In<'reroute'>) { return this.reviews.reroute(caller, input); }
  @Serves(s.startReview) startReview(caller: Caller, input: In<'startReview'>) { return this.reviews.startReview(caller, input); }
  @Serves(s.prepare) prepare(caller: Caller, input: In<'prepare'>) { return this.reviews.prepare(caller, input); }
  @Serves(s.comment) comment(caller: Caller, input: In<'comment'>) { return this.reviews.comment(caller, input); }
  @Serves(s.pass) pass(caller: Caller, input: In<'pass'>) { return this.reviews.pass(caller, input); }
  @Serves(s.sendBack) sendBack(caller: Caller, input: In<'sendBack'>) { return this.reviews.sendBack(caller, input); }
  @Serves(s.notAdopt) notAdopt(caller: Caller, input: In<'notAdopt'>) { return this.reviews.notAdopt(caller, input); }
  @Serves(s.review) review(caller: Caller, input: In<'review'>) { return this.reviews.review(caller, input); }
  @Serves(s.undo) undo(caller: Caller, input: In<'undo'>) { return this.reviews.undo(caller, input); }
}
