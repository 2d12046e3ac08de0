import { Inject, Injectable } from '@nestjs/common';
import { instantWords, noticeSorts, noticeSortWords, unableReasons } from '@lvzhi/domain';
import type { NoticeChannel } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Delivery } from '../platform/delivery.entity.ts';
import { Mark } from '../platform/marks.ts';
import { Probes } from '../platform/probes.ts';
import type { Found } from '../platform/probes.ts';
import { AtMost, rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Sms } from '../platform/sms.ts';
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
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Settings) private readonly settings: Settings, @Inject(Sms) private readonly sms: Sms,
    @Inject(Settling) private readonly settling: Settling, @Inject(Probes) probes: Probes,
  ) {
    const found = (wrong: string | undefined, well: string): Found => (wrong === undefined ? { state: 'good', says: well } : { state: 'bad', says: wrong });
    probes.add({ name: 'notices.oldest', words: '待发的通知', look: async () => found(await this.oldest(), '没有积压') });
    probes.add({ name: 'notices.account', words: '微信账号', look: async () => found(await this.trouble(), '正常') });
    probes.add({ name: 'notices.wechat', words: '微信消息', look: () => this.wechat() });
    probes.add({ name: 'notices.sms', words: '短信', look: () => this.texting() });
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

  /** What is set up, what is not, and what the last day came to. Nothing of it stops the house, so none of it turns /health red. */
  private async wechat(): Promise<Found> {
    const missing = noticeSorts.filter((sort) => !this.settings.get('wechat.templates').some((it) => it.sort === sort && it.id !== ''));
    const parked = await this.settling.parkedUntil();
    const lacks = [
      ...(missing.length > 0 ? [`没有模板的不发微信：${missing.map((sort) => noticeSortWords[sort]).join('、')}`] : []), ...(this.config.wechat.push ? [] : ['没有配置消息推送，送没送到不能确认']),
      ...(parked ? [`暂停到${instantWords(parked, this.clock.now())}，到时自动接着发`] : []),
    ];
    const says = [...lacks, ...(lacks.length === 0 ? ['模板和消息推送都配置了'] : []), await this.lastDay('wechat')].join('。');
    return { state: lacks.length > 0 ? 'warn' : 'good', says };
  }
  private async texting(): Promise<Found> {
    if (!this.sms.isSetUp) return { state: 'warn', says: '没有开通，微信收不到的要打电话' };
    const some = this.settings.get('sms.templates').length > 0;
    return { state: some ? 'good' : 'warn', says: `${some ? '开通了' : '开通了，还没有填模板，发不出去'}。${await this.lastDay('sms')}` };
  }
  private async lastDay(channel: NoticeChannel): Promise<string> {
    const since = new Date(this.clock.now().getTime() - 24 * 60 * minute);
    const rows = await this.database.read((manager) => manager.createQueryBuilder(Delivery, 'd').select('d.state', 'state').addSelect('d.reason', 'reason').addSelect('COUNT(*)', 'count').where('d.channel = :channel AND d.state IN (:...states) AND d.dueAt > :since', { channel, since, states: ['sent', 'arrived', 'unsure', 'failed'] }).groupBy('d.state').addGroupBy('d.reason').getRawMany<{ state: string; reason: string | null; count: number | string }>());
    const of = (fits: (row: { state: string; reason: string | null }) => boolean): number => rows.filter(fits).reduce((sum, { count }) => sum + Number(count), 0);
    const cannot = of(({ state, reason }) => state === 'failed' && unableReasons.some((it) => it === reason));
    return `近一天发出 ${of(({ state }) => state !== 'failed')} 条，确认送到 ${of(({ state }) => state === 'arrived')} 条；收不了的 ${cannot} 条（没有绑定、没有同意或没有号码），没发成的 ${of(({ state }) => state === 'failed') - cannot} 条`;
  }
}
