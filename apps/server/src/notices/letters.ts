import { Inject, Injectable } from '@nestjs/common';
import type { Notice } from '@lvzhi/contracts';
import { filledPattern, instantWords, isReminder, messageFields, noticePlaces, placeOf, usualChoices } from '@lvzhi/domain';
import type { DeliveryReason, NoticeChoices } from '@lvzhi/domain';
import type { TemplateData } from '@lvzhi/wechat-fake';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { WechatBinding } from '../identity/identity.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import type { Delivery } from '../platform/delivery.entity.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { Seals } from '../platform/seals.ts';
import { Settings } from '../platform/settings.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { VisitQueries } from '../visits/visit.queries.ts';
import { Digest, NoticeChoice } from './notices.entity.ts';
import { mustAnswer, NoticesService, outOfSight } from './notices.service.ts';

/** Everything that sending one message asks for. `no`: why it is not to be sent at all. */
export interface Letter {
  readonly delivery: Delivery; readonly no: DeliveryReason | null; readonly choices: NoticeChoices; readonly openid: string | null; readonly phone: string | null;
  /** Where a tap leads. */
  readonly page: string;
  /** What the places of a template say, in words; and those of them that are instants. Nothing of what somebody wrote is among them. */
  readonly words: Readonly<Record<string, string>>; readonly instants: Readonly<Record<string, Date>>;
  /** The visit begins so soon that quiet hours would be too late. */
  readonly pressing: boolean;
}
const threeDays = 3 * 86_400_000;
const soonMs = 14 * 3_600_000;
const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> => new Map(rows.map((it) => [it.id, it]));

/** Reads, for a batch, what it takes to send it: whether it is still wanted, to whom, where to, in which words. */
@Injectable()
export class Letters {
  constructor(
    @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Directory) private readonly directory: Directory, @Inject(Seals) private readonly seals: Seals,
    @Inject(Settings) private readonly settings: Settings, @Inject(NoticesService) private readonly notices: NoticesService, @Inject(VisitQueries) private readonly visits: VisitQueries,
  ) {}

  async of(manager: EntityManager, deliveries: readonly Delivery[]): Promise<Letter[]> {
    const [ids, people] = [deliveries.map(({ noticeId }) => noticeId), [...new Set(deliveries.map(({ recipientId }) => recipientId))]];
    const rows = await manager.find(OutboxRow, { where: { id: In(ids) } });
    const docIds = [...new Set(rows.map(({ docId }) => docId))];
    const found = {
      rows: byId(rows), digests: byId(await manager.find(Digest, { where: { id: In(ids) } })), visits: await this.visits.noticeFacts(manager, docIds),
      numbers: byId(await manager.find(Submission, { where: { id: In(docIds) }, select: { id: true, receiptNo: true } })),
      choices: new Map((await manager.find(NoticeChoice, { where: { personId: In(people) } })).map((it) => [it.personId, it.choices])),
      openids: new Map((await manager.find(WechatBinding, { where: { appid: this.config.wechat.appid, personId: In(people) } })).map((it) => [it.personId, it.openidSealed])),
      phones: new Map((await manager.find(Person, { where: { id: In(people) }, select: { id: true, phoneSealed: true } })).map((it) => [it.id, it.phoneSealed])),
      views: await this.views(manager, rows),
    };
    return deliveries.map((delivery) => {
      const [row, digest, openid, phone] = [found.rows.get(delivery.noticeId), found.digests.get(delivery.noticeId), found.openids.get(delivery.recipientId), found.phones.get(delivery.recipientId)];
      const base = { delivery, choices: found.choices.get(delivery.recipientId) ?? usualChoices, openid: openid === undefined ? null : this.seals.unseal(openid), phone: phone ? this.seals.unseal(phone) : null };
      if (digest) return { ...base, no: this.directory.page.postsOf(digest.personId) ? null : 'left', pressing: false, page: noticePlaces.notices, ...this.digestWords(digest) };
      const view = row && found.views.get(row.id);
      if (!row || !view) return { ...base, no: row && !this.directory.page.postsOf(row.recipientId) ? 'left' as const : 'gone' as const, pressing: false, page: '', words: {}, instants: {} };
      const visit = found.visits.get(row.docId);
      return { ...base, no: this.whyNot(row, view, visit?.startsAt), pressing: visit !== undefined && visit.startsAt.getTime() - this.clock.now().getTime() < soonMs, page: this.pageOf(row, view), ...this.words(row, view, visit, found.numbers.get(row.docId)?.receiptNo) };
    });
  }

  /** The fields of a template, each as it takes them. */
  fieldsOf({ words, instants }: Letter, fields: Readonly<Record<string, string>>): TemplateData {
    return Object.fromEntries(Object.entries(messageFields(fields, { words, instants }, this.clock.now())).map(([key, value]) => [key, { value }]));
  }
  filled(pattern: string, words: Letter['words']): string { return filledPattern(pattern, { words }); }

  /** The same texts as in the inbox, each as its recipient sees them. */
  private async views(manager: EntityManager, rows: readonly OutboxRow[]): Promise<Map<string, Notice>> {
    const views = new Map<string, Notice>();
    for (const personId of new Set(rows.map(({ recipientId }) => recipientId))) {
      const posts = this.directory.page.postsOf(personId);
      if (!posts) continue;
      for (const view of await this.notices.present(manager, { personId, posts, sessionId: '', surface: 'phone' }, rows.filter(({ recipientId }) => recipientId === personId))) views.set(view.id, view);
    }
    return views;
  }

  private whyNot(row: OutboxRow, view: Notice, startsAt: Date | undefined): DeliveryReason | null {
    const now = this.clock.now();
    const must = mustAnswer(row);
    if (row.withdrawnAt !== null || view.body === outOfSight || (must && view.answer !== 'awaited')) return 'gone';
    if (startsAt !== undefined && startsAt <= now && row.audience === 'author') return 'gone';
    if (row.readAt !== null && !must) return 'seen';
    return !must && now.getTime() - row.notBefore.getTime() > threeDays ? 'late' : null;
  }

  /** `n`: opened from there, the notice counts as read. */
  private pageOf({ id, docKind, audience, action }: OutboxRow, { docId }: Notice): string {
    return docId === '' ? noticePlaces.notices : `${placeOf({ kind: docKind, to: audience, isReminder: isReminder(action) })}?id=${docId}&n=${id}`;
  }

  private words(row: OutboxRow, view: Notice, visit: { startsAt: Date; place: string; leaders: string } | undefined, receiptNo: string | null | undefined): Pick<Letter, 'words' | 'instants'> {
    const now = this.clock.now();
    const name = this.directory.page.person(row.recipientId)?.name ?? '';
    return {
      words: { head: view.head, name, no: receiptNo ?? '', until: row.dueAt ? instantWords(row.dueAt, now) : '', holder: row.holderWords ?? '', city: this.settings.get('city').city, at: instantWords(row.notBefore, now), ...(visit && { when: instantWords(visit.startsAt, now), where: visit.place, who: visit.leaders }) },
      // Where nothing is to be done by a day, what is told of is over when it has taken place.
      instants: { at: row.notBefore, ...(visit && { when: visit.startsAt, until: visit.startsAt }), ...(row.dueAt && { until: row.dueAt }) },
    };
  }
  private digestWords({ noticeCount, madeAt }: Digest): Pick<Letter, 'words' | 'instants'> {
    return { words: { head: `${noticeCount} 条新通知`, no: String(noticeCount), city: this.settings.get('city').city }, instants: { at: madeAt } };
  }
}
