import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, routes } from '@lvzhi/contracts';
import { creditsOf, dateOf, isBlocked, judge, deliveryFlow, secrecyFindings } from '@lvzhi/domain';
import type { Channel } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Settings } from '../platform/settings.ts';
import { CreditEntry } from '../platform/spine.entities.ts';
import { ChannelLine, ChannelEntry } from './delivery.entity.ts';
import type { OpinionDoc } from './docket.ts';
import { Issue } from './edition.entity.ts';
import { ReviewsService } from './reviews.service.ts';

type Recorded = Given<typeof routes.record>;

/** 报送 and what comes of it: entries of the channels' own flows, each a move of the report. */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings,
    @Inject(Seals) private readonly seals: Seals, @Inject(ReviewsService) private readonly reviews: ReviewsService,
  ) {}

  send(caller: Caller, { channels, unitIds, on: sentOn, ...on }: Given<typeof routes.send>) {
    const units = channels.includes('department') ? [...new Set(unitIds)] : [];
    if (channels.includes('department') && units.length === 0) badField({ unitIds: '报有关部门的，请选择单位' });
    if (!this.directory.page.isOf('unit', units)) badField({ unitIds: '请从列表里选择单位' });
    const day = this.notLater(sentOn ?? dateOf(this.clock.now()));
    const targets = [...new Set(channels)].flatMap((channel): [Channel, string][] => (channel === 'department' ? units.map((unit) => [channel, unit]) : [[channel, '']]));
    return this.reviews.opinion(caller, on, 'send', (doc) => ({
      detail: { channels: targets.map(([channel, unit]) => unit === '' ? channel : unit) },
      beside: (manager, moveId) => this.open(manager, caller, doc, moveId, targets, day),
    }));
  }

  async record(caller: Caller, input: Recorded) {
    const { deliveryId, action } = input;
    const day = this.notLater(input.on);
    this.checkFields(input);
    const delivery = await this.database.read((manager) => rowWhere(manager, ChannelLine, { id: deliveryId, submissionId: input.id, isVoid: '' }));
    return this.reviews.opinion(caller, { id: input.id, version: input.version, key: input.key }, 'record', (doc) => {
      if (!delivery) notFound();
      const verdict = judge(deliveryFlow, action, { ...doc, state: delivery.state }, caller);
      if ('reason' in verdict) refuse(action, verdict.reason);
      return {
        detail: { outcome: action, delivery: deliveryId, channel: delivery.unitId === '' ? delivery.channel : delivery.unitId, ...(input.level !== null && { level: input.level }), ...(input.unitId !== null && { unit: input.unitId }) },
        beside: async (manager, moveId) => {
          const { to } = deliveryFlow.moves[action];
          const changed = await changeRows(manager, ChannelLine, { id: deliveryId, state: delivery.state }, { state: to === 'same' ? delivery.state : to, changedAt: this.clock.now() });
          if (changed !== 1) refuse(action, '这一处刚被别人登记过，请刷新后再看');
          await addRows(manager, ChannelEntry, [{ ...this.entry(caller, doc, delivery.id, moveId, day), action, mode: input.mode, level: input.level, unitId: input.unitId, note: input.note, gist: input.gist, sealed: input.text === '' ? null : this.seals.seal(input.text) }]);
          await this.credit(manager, doc, moveId, creditsOf(action, delivery.channel, input.level));
        },
      };
    });
  }

  private async open(manager: EntityManager, caller: Caller, doc: OpinionDoc, moveId: string, targets: readonly (readonly [Channel, string])[], day: string): Promise<void> {
    const issue = await rowWhere(manager, Issue, { submissionId: doc.id, recalledAt: null });
    if (!issue) throw new Error(`The issue of ${doc.id} is missing.`);
    const sent = await rowsWhere(manager, ChannelLine, { submissionId: doc.id, issueId: issue.id, isVoid: '' });
    const twice = targets.find(([channel, unit]) => sent.some((it) => it.channel === channel && it.unitId === unit));
    if (twice) badField({ [twice[1] === '' ? 'channels' : 'unitIds']: '其中有一处已经报送过，请去掉' });
    const rows = targets.map(([channel, unitId]): ChannelLine => ({ id: newId(), submissionId: doc.id, issueId: issue.id, channel, unitId, state: 'sent', sentOn: day, changedAt: this.clock.now(), isVoid: '' }));
    await addRows(manager, ChannelLine, rows);
    await addRows(manager, ChannelEntry, rows.map((it) => ({ ...this.entry(caller, doc, it.id, moveId, day), action: 'send' as const, mode: null, level: null, unitId: null, note: '', gist: '', sealed: null })));
  }

  private entry({ personId }: Caller, doc: OpinionDoc, deliveryId: string, moveId: string, happenedOn: string) {
    return { id: newId(), deliveryId, submissionId: doc.id, moveId, happenedOn, byId: personId, madeAt: this.clock.now(), isVoid: 0 };
  }

  /** Once for a report and an item, however many channels brought it; taken back with its move. */
  private async credit(manager: EntityManager, doc: OpinionDoc, moveId: string, items: readonly string[]): Promise<void> {
    for (const item of items) {
      if (await rowWhere(manager, CreditEntry, { evidenceId: doc.id, personId: doc.authorId, item, voidedBy: null })) continue;
      await addRows(manager, CreditEntry, [doc.authorId, ...doc.coAuthorIds].map((personId) => ({ id: newId(), personId, item, evidenceKind: 'opinion' as const, evidenceId: doc.id, moveId, earnedAt: this.clock.now(), voidedBy: null })));
    }
  }

  private notLater(day: string): string {
    if (day > dateOf(this.clock.now())) badField({ on: '日期不能晚于今天' });
    return day;
  }

  private checkFields({ action, mode, level, unitId, note, gist, text }: Recorded): void {
    const faults: Record<string, string> = {};
    if (action === 'adopt' && mode === null) faults['mode'] = '请选择采用方式';
    if (action === 'instruct' && !this.settings.get('opinion.instructionLevels').some(({ code }) => code === level)) faults['level'] = '请选择批示层级';
    if (action === 'instruct' && gist === '') faults['gist'] = '请填写批示摘要';
    if (action === 'transfer' && (unitId === null || !this.directory.page.isOf('unit', [unitId]))) faults['unitId'] = '请从列表里选择转办单位';
    if ((action === 'answer' || action === 'follow_up' || action === 'decline') && note === '') faults['note'] = '请填写告诉反映人的话';
    for (const [field, words] of Object.entries({ note, gist, text })) if (isBlocked(secrecyFindings(words))) faults[field] = '内容疑似涉密，没有保存。确属涉密的，请线下处理。';
    if (Object.keys(faults).length > 0) badField(faults);
  }
}
