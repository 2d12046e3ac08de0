import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, MyReminders, routes } from '@lvzhi/contracts';
import { isAlwaysTold, noticeSorts, noticeSortWords, usualChoices } from '@lvzhi/domain';
import type { NoticeChoices } from '@lvzhi/domain';
import { WechatBinding } from '../identity/identity.entity.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { badField } from '../platform/refusals.ts';
import { changeRows, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Channels } from './channels.ts';
import { QuotaLedger } from './ledger.ts';
import { NoticeChoice } from './notices.entity.ts';

/** What a person chooses about their notices, and what WeChat still lets us send them. */
@Injectable()
export class RemindingService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Settings) private readonly settings: Settings,
    @Inject(QuotaLedger) private readonly ledger: QuotaLedger, @Inject(Channels) private readonly channels: Channels,
  ) {}

  show({ personId }: Caller): Promise<MyReminders> {
    return this.database.read(async (manager) => {
      const choices = (await rowWhere(manager, NoticeChoice, { personId }))?.choices ?? usualChoices;
      const left = await this.ledger.left(manager, personId);
      const bound = await manager.existsBy(WechatBinding, { appid: this.config.wechat.appid, personId });
      const sorts = noticeSorts.map((sort) => {
        const [quota, template] = [left.get(sort), this.channels.template(sort)];
        return { sort, words: noticeSortWords[sort], telling: isAlwaysTold(sort) ? 'now' as const : choices.sorts[sort], always: isAlwaysTold(sort), templateId: template?.id ?? null, left: quota?.isLong === 1 ? null : quota?.leftCount ?? 0, refused: quota?.isRefused === 1 };
      });
      return { bound, sorts, digest: choices.digest, quiet: choices.quiet && { ...choices.quiet }, cityQuiet: { ...this.settings.get('notice.quiet') }, digestTime: this.settings.get('notice.digestTime'), sms: this.config.sms !== undefined };
    });
  }

  async save(caller: Caller, { progress, task, digest, quiet }: Given<typeof routes.saveMyReminders>): Promise<MyReminders> {
    const { personId } = caller;
    const choices: NoticeChoices = { sorts: { visit: 'now', progress, task }, digest, quiet };
    await this.database.write(async (manager) => {
      await manager.upsert(NoticeChoice, { personId, choices, changedAt: this.clock.now() }, ['personId']);
      // Whoever wants no digest any more is told now of what was kept for it: nothing is lost by a change of mind.
      for (const sort of noticeSorts) if (choices.sorts[sort] !== 'digest') await changeRows(manager, Delivery, { recipientId: personId, state: 'held', sort }, { state: 'due', dueAt: this.clock.now() });
    });
    return this.show(caller);
  }

  async tell(caller: Caller, { answers }: Given<typeof routes.tellConsents>): Promise<MyReminders> {
    const known = answers.map(({ templateId, accepted }) => ({ template: this.settings.get('wechat.templates').find(({ id }) => id !== '' && id === templateId), accepted }));
    if (known.some(({ template }) => template === undefined)) badField({ answers: '消息模板已经更换，请重新打开小程序' });
    for (const { template, accepted } of known) if (template) await this.ledger.heard(caller.personId, template.sort, accepted, 'phone');
    return this.show(caller);
  }
}
