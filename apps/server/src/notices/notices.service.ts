import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, Notice, routes } from '@lvzhi/contracts';
import { cityNotice, deliveryActions, dueLook, isDisposal, isReminder, maySee, scopeOf } from '@lvzhi/domain';
import { In, IsNull, LessThanOrEqual } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { Move } from '../platform/journal.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import { HandlingQueries } from '../handling/handling.queries.ts';
import { ReplyQueries } from '../handling/reply.queries.ts';
import { EntryQueries } from '../submissions/entry.queries.ts';
import { JointQueries } from '../submissions/joint.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { AwardQueries } from '../awards/award.queries.ts';
import { PublicationQueries } from '../publication/publication.queries.ts';
import { SupervisionQueries } from '../supervision/supervision.queries.ts';
import { VisitQueries } from '../visits/visit.queries.ts';

/** Visits are answered by the member; so said from the flow's audience, not stored. */
export const mustAnswer = (row: Pick<OutboxRow, 'docKind' | 'audience' | 'action'>): boolean => row.docKind === 'visit' && row.audience === 'author' && (['notify', 'reschedule'].includes(row.action) || isReminder(row.action));

/** To whoever decides on 涉密处置 the document is closed; a draft that was never handed in is none. */
const leadsNowhere = (row: Pick<OutboxRow, 'action' | 'audience'>, submission: Submission | undefined): boolean => isDisposal(row.action) && (row.audience === 'holder' || !submission);

/** To one who was told of it and may no longer see it: its title may be another by now. */
export const outOfSight = '这件已经撤回或者改送，不在您处了。';

/** The product's own inbox: outbox rows of the channel `inbox` whose time has come and that were not withdrawn. */
@Injectable()
export class NoticesService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(VisitQueries) private readonly visits: VisitQueries, @Inject(EntryQueries) private readonly entries: EntryQueries, @Inject(HandlingQueries) private readonly handlings: HandlingQueries, @Inject(ReplyQueries) private readonly replies: ReplyQueries, @Inject(SupervisionQueries) private readonly supervisions: SupervisionQueries, @Inject(PublicationQueries) private readonly publications: PublicationQueries, @Inject(AwardQueries) private readonly awards: AwardQueries, @Inject(JointQueries) private readonly joints: JointQueries) {}

  list(caller: Caller, { filter, after, limit }: Given<typeof routes.listNotices>): Promise<Answer<typeof routes.listNotices>> {
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(OutboxRow, 'o').where("o.recipientId = :me AND o.channel = 'inbox' AND o.withdrawnAt IS NULL AND o.notBefore <= :now", { me: caller.personId, now: this.clock.now() });
      if (filter === 'unread') query.andWhere('o.readAt IS NULL');
      if (filter === 'unanswered') query.andWhere("o.docKind = 'visit' AND o.audience = 'author' AND o.action IN ('notify', 'reschedule') AND o.answeredAt IS NULL AND EXISTS (SELECT 1 FROM visits v WHERE v.id = o.doc_id AND v.state = 'notified')");
      const { rows, next } = pageOf(await keyset(query, 'o.notBefore', 'DESC', after, limit).getMany(), limit, (it) => it.notBefore);
      return { rows: await this.present(manager, caller, rows), next };
    });
  }

  async read(caller: Caller, id: string): Promise<Record<string, never>> {
    const row = await this.database.write(async (manager) => {
      const found = await manager.findOneBy(OutboxRow, { id, recipientId: caller.personId, channel: 'inbox', notBefore: LessThanOrEqual(this.clock.now()), withdrawnAt: IsNull() });
      if (found) await manager.update(OutboxRow, { id, readAt: IsNull() }, { readAt: this.clock.now() });
      return found;
    });
    if (!row) notFound();
    return {};
  }

  /** The person has the thing itself before them. Nothing to be read is nothing to complain of. */
  async readAbout(caller: Caller, docId: string): Promise<Record<string, never>> {
    const now = this.clock.now();
    await this.database.write((manager) => manager.update(OutboxRow, { recipientId: caller.personId, docId, channel: 'inbox', notBefore: LessThanOrEqual(now), readAt: IsNull(), withdrawnAt: IsNull() }, { readAt: now }));
    return {};
  }

  async readAll(caller: Caller): Promise<{ read: number }> {
    const now = this.clock.now();
    const { affected } = await this.database.write((manager) => manager.update(OutboxRow, { recipientId: caller.personId, channel: 'inbox', notBefore: LessThanOrEqual(now), readAt: IsNull(), withdrawnAt: IsNull() }, { readAt: now }));
    return { read: affected ?? 0 };
  }

  /** Texts are made when read, from codes: the outbox itself holds none. */
  async present(manager: EntityManager, caller: Caller, rows: readonly OutboxRow[]): Promise<Notice[]> {
    const now = this.clock.now();
    const ids = (...kinds: OutboxRow['docKind'][]) => rows.filter(({ docKind }) => kinds.includes(docKind)).map(({ docId }) => docId);
    const about = ids('opinion', 'proposal');
    const found = about.length === 0 ? [] : await manager.find(Submission, { where: { id: In(about) } });
    const titles = new Map(found.map((it) => [it.id, it]));
    const gone = new Set(found.filter((it) => !maySee(scopeOf(it.kind, caller), it)).map(({ id }) => id));
    const facts = await this.visits.noticeFacts(manager, ids('visit'));
    const entries = await this.entries.byIds(manager, caller, ids('entry'));
    for (const id of ids('entry')) if (!entries.has(id)) gone.add(id);
    const outcomes = new Map((await rowsWhere(manager, Move, { id: rows.filter(({ action }) => action === 'record' || action === 'follow').map(({ moveId }) => moveId) })).map(({ id, detail }) => [id, { outcome: deliveryActions.find((it) => it === detail['outcome']), of: typeof detail['of'] === 'string' ? detail['of'] : undefined }]));
    const handled = new Map<string, { readonly title: string; readonly leadsTo: string; readonly as?: 'proposal' }>([...await this.handlings.noticesOf(manager, caller, ids('handling')), ...await this.replies.noticesOf(manager, caller, ids('rating')), ...await this.supervisions.noticesOf(manager, caller, ids('supervision', 'demand', 'ballot')), ...await this.publications.noticesOf(manager, caller, ids('publication')), ...await this.awards.noticesOf(manager, caller, ids('award')), ...await this.joints.noticesOf(manager, caller, ids('cosign'))]);
    for (const id of ids('handling', 'rating', 'supervision', 'demand', 'ballot', 'publication', 'award', 'cosign')) if (!handled.has(id)) gone.add(id);
    return rows.map((row) => {
      const { outcome, of } = outcomes.get(row.moveId) ?? {};
      const [submission, visit] = [titles.get(row.docId), facts.get(row.docId)];
      const text = cityNotice({
        kind: row.docKind, action: row.action, to: row.audience, title: submission?.title ?? visit?.title ?? entries.get(row.docId)?.title ?? handled.get(row.docId)?.title ?? '', receiptNo: submission?.receiptNo ?? null, holder: row.holderWords, due: row.dueAt,
        ...(outcome && { outcome }), ...(of !== undefined && { of }), ...(submission && submission.state !== 'returned' && { asked: true }), ...(submission?.coAuthorIds?.includes(row.recipientId) && { together: true }),
        ...(visit && { visit: { startsAt: visit.startsAt, place: visit.place, leaders: visit.leaders } }),
      }, now, this.settings.get('notice.texts'));
      const answer = !mustAnswer(row) ? 'none' as const : row.answeredAt ? 'given' as const : visit?.awaiting === true ? 'awaited' as const : 'none' as const;
      return { id: row.id, kind: handled.get(row.docId)?.as ?? row.docKind, docId: leadsNowhere(row, submission) ? '' : handled.get(row.docId)?.leadsTo ?? row.docId, head: text.head, body: gone.has(row.docId) && !isDisposal(row.action) ? outOfSight : text.body, at: row.notBefore.toISOString(), read: row.readAt !== null, answer, due: row.dueAt && visit && answer === 'awaited' ? this.due(row.dueAt, visit.arrangedAt, now) : null };
    });
  }

  /** A reminder is as pressing as what it reminds of: the time was given when the visit was arranged. */
  private due(at: Date, from: Date, now: Date) { return { at: at.toISOString(), ...dueLook(at, from, now, 'member', this.settings.reckoning), explanation: '' }; }
}
