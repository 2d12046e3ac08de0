import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes } from '@lvzhi/contracts';
import { In } from 'typeorm';
import { WechatBinding } from '../identity/identity.entity.ts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { notFound, refuse } from '../platform/refusals.ts';
import { Settings } from '../platform/settings.ts';
import { Sms } from '../platform/sms.ts';
import { Assignment, OutboxRow } from '../platform/spine.entities.ts';
import { Fallback } from './fallback.ts';
import { QuotaLedger } from './ledger.ts';
import { NoticeCall } from './notices.entity.ts';
import { mustAnswer } from './notices.service.ts';
import { Reminders } from './reminders.ts';
import { SendingQueries } from './sendings.queries.ts';

const at20 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 20);

/** What the desk does about those whom a notice has not reached. */
@Injectable()
export class SendingsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Audit) private readonly audit: Audit, @Inject(Sms) private readonly sms: Sms, @Inject(Settings) private readonly settings: Settings, @Inject(QuotaLedger) private readonly ledger: QuotaLedger,
    @Inject(Fallback) private readonly fallback: Fallback, @Inject(Reminders) private readonly reminders: Reminders, @Inject(SendingQueries) private readonly queries: SendingQueries,
  ) {}

  /** Only those who have not answered (traps, 26). The same tap sent again tells nobody twice. */
  urge(caller: Caller, { id, key }: Given<typeof routes.urgeSending>): Promise<{ told: number }> {
    return this.database.write(async (manager) => {
      const open = await this.queries.openVisits(manager, id);
      let told = 0;
      for (const { id: docId } of open) {
        const task = await manager.findOneBy(Assignment, { docId, isOpen: 1, action: 'reply_visit' });
        if (task) told += await this.reminders.tell(manager, task, 'remind_now', at20(`${caller.personId} ${key} ${task.id}`));
      }
      return { told };
    });
  }

  async calls(caller: Caller, id: string): Promise<Answer<typeof routes.listCalls>> {
    const list = await this.queries.calls(id);
    await this.audit.record(caller, 'notice.call_list', { kind: 'sending', id }, { people: list.rows.length });
    return list;
  }

  markCalled(caller: Caller, { id, called }: Given<typeof routes.markCalled>): Promise<Record<string, never>> {
    return this.database.write(async (manager) => {
      const notice = await manager.findOneBy(OutboxRow, { id });
      if (!notice || !mustAnswer(notice)) notFound();
      const before = await manager.findOneBy(NoticeCall, { noticeId: id });
      if (called === (before !== null)) return {};
      if (called) await manager.insert(NoticeCall, { noticeId: id, byId: caller.personId, calledAt: this.clock.now() });
      else await manager.delete(NoticeCall, { noticeId: id });
      await this.audit.record(caller, 'notice.called', { kind: 'notice', id }, { called });
      return {};
    });
  }

  bySms(_: Caller, id: string): Promise<Record<string, never>> {
    return this.database.write(async (manager) => {
      const notice = await manager.findOneBy(OutboxRow, { id });
      if (!notice || !mustAnswer(notice)) notFound();
      if (!this.fallback.has('visit')) refuse('sms', '还没有开通短信，请改用电话通知');
      if (await manager.existsBy(Delivery, { noticeId: id, channel: 'sms' })) refuse('sms', '这条已经发过短信，请改用电话通知');
      await this.fallback.bySms(manager, id, notice.recipientId, 'visit');
      return {};
    });
  }

  foresee({ memberIds }: Given<typeof routes.foreseeReach>): Promise<Answer<typeof routes.foreseeReach>> {
    return this.database.read(async (manager) => {
      const bound = new Set((await manager.find(WechatBinding, { where: { appid: this.config.wechat.appid, personId: In(memberIds) }, select: { id: true, personId: true } })).map(({ personId }) => personId));
      const able = [...await this.ledger.able(manager, memberIds, 'visit')].filter((personId) => bound.has(personId));
      return { wechat: able.length, spent: bound.size - able.length, unbound: new Set(memberIds).size - bound.size, sms: this.sms.isSetUp, own: this.settings.get('notice.texts')['visit.notify.author'] ?? null };
    });
  }
}
