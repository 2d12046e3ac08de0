import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDays, dateOf, instantOf, reminderDue } from '@lvzhi/domain';
import type { Reminder } from '@lvzhi/domain';
import { Between, In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Consequences } from '../platform/consequences.ts';
import { Database } from '../platform/database.ts';
import { deliveriesOf, Delivery } from '../platform/delivery.entity.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { addRows, changeRows } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Assignment, OutboxRow } from '../platform/spine.entities.ts';
import { Visit } from '../visits/visit.entity.ts';
import { Fallback } from './fallback.ts';
import { mustAnswer } from './notices.service.ts';

const hour = 3_600_000;
/** How far from its deadline a task may still be reminded of. */
const days = 8;
const page = 200;

/** One reminder of one task with one deadline to one person, ever: the unique index of the outbox sees to it, on all instances. */
const occasionOf = (assignmentId: string, action: string, dueAt: Date): string => createHash('sha256').update(`${assignmentId} ${action} ${dueAt.toISOString()}`).digest('base64url').replace(/[-_]/g, '').slice(0, 20).toLowerCase();

/** 到期提醒: read off the open assignments, so who has answered is not reminded, and nothing is planned ahead that would have to be called off. */
@Injectable()
export class Reminders {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Consequences) private readonly consequences: Consequences,
    @Inject(Fallback) private readonly fallback: Fallback, @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.plan({ name: 'notices.reminders', words: '到期提醒：快到期、当天、过期各一次；走访通知没看的补发短信', everySeconds: 60, run: async () => `提醒 ${await this.run()} 条，补发短信 ${await this.escalate()} 条` });
  }

  /** Answers how many were told. */
  async run(): Promise<number> {
    const today = dateOf(this.clock.now());
    const [from, until] = [instantOf(addDays(today, -days), '00:00'), instantOf(addDays(today, days), '24:00')];
    let [told, after]: [number, string | undefined] = [0, undefined];
    do {
      const query = (manager: EntityManager) => manager.createQueryBuilder(Assignment, 'a').where('a.isOpen = 1 AND a.dueAt BETWEEN :from AND :until', { from, until });
      const { rows, next } = await this.database.read(async (manager) => pageOf(await keyset(query(manager), 'a.dueAt', 'ASC', after, page).getMany(), page, (it) => it.dueAt));
      for (const it of rows) told += await this.remindOf(it);
      after = next ?? undefined;
    } while (after !== undefined);
    return told;
  }

  private async remindOf(task: Assignment): Promise<number> {
    const rule = this.settings.get('notice.reminders')[task.action];
    const due = rule && reminderDue(rule, task.dueAt, task.openedAt, this.settings.get('notice.reminderTime'), this.clock.now());
    return due ? this.database.write((manager) => this.tell(manager, task, due.action)) : 0;
  }

  /** Inside the transaction it is asked again whether the task is open and its event still ahead. */
  async tell(manager: EntityManager, { id }: Pick<Assignment, 'id'>, action: Reminder, occasion?: string): Promise<number> {
    // Written, not only read: two instances that remind of it at once go one after the other.
    if (await changeRows(manager, Assignment, { id, isOpen: 1 }, { isOpen: 1 }) !== 1) return 0;
    const task = await manager.findOneBy(Assignment, { id, isOpen: 1 });
    const now = this.clock.now();
    if (!task || (task.action === 'reply_visit' && await manager.existsBy(Visit, { id: task.docId, startsAt: Between(new Date(0), now) }))) return 0;
    const moveId = occasion ?? occasionOf(task.id, action, task.dueAt);
    const holders = this.consequences.holders({ holder: { kind: task.holderKind, id: task.holderId }, action: task.action, deadline: '' });
    const had = new Set((await manager.find(OutboxRow, { where: { moveId, recipientId: In(holders), channel: 'inbox' }, select: { id: true, recipientId: true } })).map(({ recipientId }) => recipientId));
    // Told in the same way as of the task itself.
    const first = new Map((await manager.find(OutboxRow, { where: { moveId: task.openedBy, recipientId: In(holders), channel: 'inbox' } })).map((it) => [it.recipientId, it.audience]));
    const rows: OutboxRow[] = holders.filter((personId) => !had.has(personId)).map((recipientId) => ({
      id: newId(), recipientId, channel: 'inbox', docKind: task.docKind, docId: task.docId, moveId, action, audience: first.get(recipientId) ?? 'holder', dueAt: task.dueAt, holderWords: null, notBefore: now, withdrawnAt: null, readAt: null, answeredAt: null,
    }));
    await addRows(manager, OutboxRow, rows);
    await addRows(manager, Delivery, deliveriesOf(rows));
    return rows.length;
  }

  /** What must be answered, reached WeChat and was not looked at for hours goes out as a text message too. */
  async escalate(): Promise<number> {
    if (!this.fallback.has('visit')) return 0;
    const now = this.clock.now();
    const before = new Date(now.getTime() - this.settings.get('notice.smsAfterHours') * hour);
    return this.database.write(async (manager) => {
      const query = manager.createQueryBuilder(OutboxRow, 'o').innerJoin(Delivery, 'd', "d.noticeId = o.id AND d.channel = 'wechat' AND d.state IN ('sent', 'arrived') AND d.sentAt <= :before AND d.sentAt > :since", { before, since: new Date(before.getTime() - 24 * hour) })
        .where("o.docKind = 'visit' AND o.audience = 'author' AND o.readAt IS NULL AND o.answeredAt IS NULL AND o.withdrawnAt IS NULL AND NOT EXISTS (SELECT 1 FROM deliveries s WHERE s.notice_id = o.id AND s.channel = 'sms')");
      const rows = (await query.limit(page).getMany()).filter(mustAnswer);
      for (const row of rows) await this.fallback.bySms(manager, row.id, row.recipientId, 'visit');
      return rows.length;
    });
  }
}
