import { Inject, Injectable } from '@nestjs/common';
import { dateOf, digestDay, instantOf, usualChoices, weekdayOf } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Delivery, newDelivery } from '../platform/delivery.entity.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { addRows, changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Digest, NoticeChoice } from './notices.entity.ts';

/**
 * 汇总提醒. What a person would have been told at once is held, row by row, and a digest takes exactly the rows that are held: there is no window
 * of time in which one could fall between two digests or into both, and without a row there is no digest.
 */
@Injectable()
export class Digests {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(Jobs) jobs: Jobs) {
    jobs.plan({ name: 'notices.digests', words: '汇总提醒：每天或每周一次', everySeconds: 300, run: async () => `${await this.make()} 人` });
  }

  /** For whom one is due by now and something is held. Answers how many were made. */
  async make(): Promise<number> {
    const people: { recipient_id: string }[] = await this.database.read((manager) => manager.query("SELECT DISTINCT recipient_id FROM deliveries WHERE state = 'held'"));
    let made = 0;
    for (const { recipient_id: personId } of people) if (await this.makeFor(personId)) made += 1;
    return made;
  }

  private makeFor(personId: string): Promise<boolean> {
    return this.database.write(async (manager) => {
      const now = this.clock.now();
      const { digest } = (await rowWhere(manager, NoticeChoice, { personId }))?.choices ?? usualChoices;
      const at = instantOf(dateOf(now), this.settings.get('notice.digestTime'));
      const [last] = await rowsWhere(manager, Digest, { personId }, { by: 'madeAt', direction: 'DESC', limit: 1 });
      if (!digestDay(digest, weekdayOf(dateOf(now))) || now < at || (last !== undefined && last.madeAt >= at)) return false;
      const id = newId();
      const taken = await changeRows(manager, Delivery, { recipientId: personId, state: 'held' }, { state: 'bundled', bundleId: id, sentAt: now });
      if (taken === 0) return false;
      await addRows(manager, Digest, [{ id, personId, noticeCount: taken, madeAt: now }]);
      await addRows(manager, Delivery, [newDelivery({ id, recipientId: personId, at: now }, 'digest', 'wechat')]);
      return true;
    });
  }
}
