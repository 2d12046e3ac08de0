import { Inject, Injectable } from '@nestjs/common';
import type { Caller, SubmissionView } from '@lvzhi/contracts';
import { satisfactions, unitRoles } from '@lvzhi/domain';
import { HandingService } from '../handling/handing.service.ts';
import { HandlingQueries } from '../handling/handling.queries.ts';
import { HandlingService } from '../handling/handling.service.ts';
import { RatingService } from '../handling/rating.service.ts';
import { ReplyService } from '../handling/reply.service.ts';
import { SubmissionQueries } from '../submissions/submission.queries.ts';
import type { SeedSubmission } from './seeds.ts';

type Step = SeedSubmission['steps'][number];

/** Plays those who hand over and handle proposals in the demonstration. */
@Injectable()
export class DemoHandling {
  constructor(
    @Inject(HandingService) private readonly handing: HandingService, @Inject(HandlingService) private readonly handling: HandlingService, @Inject(HandlingQueries) private readonly queries: HandlingQueries,
    @Inject(ReplyService) private readonly replies: ReplyService, @Inject(RatingService) private readonly ratings: RatingService, @Inject(SubmissionQueries) private readonly submissions: SubmissionQueries,
  ) {}

  /** Undefined: none of theirs. */
  async step(caller: Caller, { id, version }: SubmissionView, step: Step): Promise<SubmissionView | undefined> {
    const [on, note] = [{ id, version }, step.text ?? ''];
    if (step.do === 'plan') return (await this.handing.plan(caller, { ...on, units: (step.handlers ?? []).map(({ unitId, role }) => ({ unitId, role: unitRoles.find((it) => it === role) ?? 'sole' })), note })).doc;
    if (step.do === 'return_plan') return (await this.handing.returnPlan(caller, { ...on, note })).doc;
    if (step.do === 'hand_over') return (await this.handing.handOver(caller, on)).doc;
    if (step.do === 'rate') return this.rate(caller, id, step, note);
    const done = step.unit === undefined ? undefined : await this.ofUnit(caller, id, step.unit, step, note);
    return done && this.submissions.show(caller, id);
  }

  private async rate(caller: Caller, id: string, step: Step, note: string): Promise<SubmissionView> {
    const own = (await this.submissions.show(caller, id)).handling?.ratings.find(({ mine, state }) => mine && state === 'asked');
    if (!own) throw new Error(`seeds/demo rates ${id}, which was not answered.`);
    const [attitude, result] = [satisfactions.find((it) => it === step.attitude) ?? 'satisfied', satisfactions.find((it) => it === step.outcome) ?? 'satisfied'];
    return (await this.ratings.rate(caller, { id: own.id, version: own.version, attitude, result, talked: true, note })).doc;
  }

  private async ofUnit(caller: Caller, proposalId: string, unit: string, step: Step, note: string): Promise<object | undefined> {
    const part = (await this.queries.list(caller, { group: 'all', unitId: unit, after: undefined, limit: 100 })).rows.find(({ proposal }) => proposal.id === proposalId);
    if (!part) throw new Error(`seeds/demo names ${unit}, which has no part in ${proposalId}.`);
    const on = { id: part.id, version: part.version };
    switch (step.do) {
      case 'sign_for': return this.handling.signFor(caller, on);
      case 'record_talk': return this.handling.recordTalk(caller, { ...on, on: step.at.slice(0, 10), form: step.form ?? 'meeting', people: step.people ?? '', gist: note });
      case 'give_opinion': return this.handling.giveOpinion(caller, { ...on, note });
      case 'ask_extension': return this.handling.askExtension(caller, { ...on, note });
      case 'ask_reassign': return this.handling.askReassign(caller, { ...on, note, unitId: step.units?.[0] ?? '' });
      case 'save_reply': return this.replies.save(caller, { id: part.id, version: 0, classCode: step.classCode ?? null, body: note, docNo: step.docNo ?? '', signer: step.signer ?? '', publicity: 'open', publicityReason: '', promisedOn: step.promisedOn ?? null, contact: step.contact ?? '' });
      case 'submit_reply': return this.replies.submit(caller, on);
      case 'approve_reply': return this.replies.approve(caller, { ...on, classCode: null, note });
      case 'release': {
        const [result] = (await this.replies.release(caller, { items: [on] })).results;
        if (result?.done !== true) throw new Error(`seeds/demo releases ${part.id}: ${result?.reason ?? ''}`);
        return result;
      }
      case 'report_progress': return this.replies.reportProgress(caller, { ...on, note });
      default: return undefined;
    }
  }
}
