import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { Mark } from '../platform/marks.ts';
import { Probes } from '../platform/probes.ts';
import type { Found } from '../platform/probes.ts';
import { AtMost, rowsWhere } from '../platform/rows.ts';
import { Settling, troubleMark } from './settling.ts';

const minute = 60_000;
/** What has been due for so long is stuck. */
const mostMinutes = 10;

/** Minutes, in the units that one would say it in. */
function lasted(minutes: number): string {
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60)];
  if (days > 0) return ` ${days} 天`;
  return hours > 0 ? ` ${hours} 小时` : ` ${minutes} 分钟`;
}

/** Says at /health that notices wait, and what only the operator can mend. */
@Injectable()
export class SendingProbe {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settling) private readonly settling: Settling, @Inject(Probes) probes: Probes) {
    const found = (wrong: string | undefined, well: string): Found => (wrong === undefined ? { state: 'good', says: well } : { state: 'bad', says: wrong });
    probes.add({ name: 'notices.oldest', words: '待发的通知', look: async () => found(await this.oldest(), '没有积压') });
    probes.add({ name: 'notices.account', words: '微信账号', look: async () => found(await this.trouble(), '正常') });
  }

  private async oldest(): Promise<string | undefined> {
    const now = this.clock.now();
    const parked = await this.settling.isParked();
    const [row] = await this.database.read((manager) => rowsWhere(manager, Delivery, { state: 'due', dueAt: new AtMost(now), ...(parked && { channel: 'sms' }) }, { by: 'dueAt', limit: 1 }));
    const waited = row ? Math.floor((now.getTime() - row.dueAt.getTime()) / minute) : 0;
    return waited > mostMinutes ? `最早一条待发的通知已经等了${lasted(waited)}` : undefined;
  }
  private async trouble(): Promise<string | undefined> {
    const mark = await this.database.read((manager) => manager.findOneBy(Mark, { name: troubleMark }));
    return mark ? `${mark.value}：账号、密钥或服务器地址名单要由管理员核对` : undefined;
  }
}
