import { Inject, Injectable } from '@nestjs/common';
import type { Caller, ReachedRow } from '@lvzhi/contracts';
import { dateOf, timeOf } from '@lvzhi/domain';
import { column, Ledgers } from '../platform/ledgers.ts';
import type { LedgerFile } from '../platform/ledgers.ts';
import { SendingQueries } from './sendings.queries.ts';

const when = (at: string | null): string => (at === null ? '' : `${dateOf(new Date(at))} ${timeOf(new Date(at))}`);
/** Telephone numbers as the board has them, half hidden: whole ones are on the call list, which is written down by itself. */
const columns = [
  column<ReachedRow>('委员', 12, ({ person }) => person.name), column<ReachedRow>('界别、单位职务', 30, ({ person }) => person.note), column<ReachedRow>('手机', 14, ({ phone }) => phone), column<ReachedRow>('送达', 14, ({ words }) => words), column<ReachedRow>('渠道', 12, ({ channel }) => channel), column<ReachedRow>('时间', 18, ({ at }) => when(at)),
  column<ReachedRow>('没送到的原因', 30, ({ reason, lacks }) => [reason, ...lacks].filter(Boolean).join('；')), column<ReachedRow>('回复', 12, ({ reply, isOpen }) => (reply === '' ? (isOpen ? '还没有回复' : '没有回复') : reply)), column<ReachedRow>('电话通知', 10, ({ called }) => called?.who ?? ''), column<ReachedRow>('登记时间', 18, ({ called }) => when(called?.at ?? null)),
];

/** 送达情况 of one sending as a table: who was reached and how, who was not and why. */
@Injectable()
export class SendingExport {
  constructor(@Inject(SendingQueries) private readonly queries: SendingQueries, @Inject(Ledgers) private readonly ledgers: Ledgers) {}

  async file(caller: Caller, id: string): Promise<LedgerFile> {
    const { title, rows } = await this.queries.board(id);
    return this.ledgers.whole(caller, { what: 'sending', title: `送达情况 ${title}`.replace(/[\\/:*?"<>|]/g, ' '), about: { kind: 'sending', id }, columns }, rows);
  }
}
