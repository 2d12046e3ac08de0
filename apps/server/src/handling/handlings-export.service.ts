import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, HandlingRow, routes } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import { Database } from '../platform/database.ts';
import { column, Ledgers } from '../platform/ledgers.ts';
import type { LedgerFile } from '../platform/ledgers.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { HandlingQueries } from './handling.queries.ts';
import { Reply } from './reply.entity.ts';

/** A line of 提案办理 with the answer that was last released; what units still write is in no table. */
interface Line extends HandlingRow { readonly answer: Reply | undefined; readonly answerClass: string }
const day = (at: string | null | undefined): string => (at ? dateOf(new Date(at)) : '');
const columns = [
  column<Line>('案号', 24, ({ proposal }) => proposal.caseNo), column<Line>('案由', 44, ({ proposal }) => proposal.title), column<Line>('提案人', 24, ({ proposal }) => proposal.author), column<Line>('承办单位', 22, ({ unit }) => unit.name), column<Line>('办理方式', 10, ({ roleWords }) => roleWords),
  column<Line>('状态', 14, ({ stateWords }) => stateWords), column<Line>('交办日期', 14, ({ assignedAt }) => day(assignedAt)), column<Line>('签收日期', 14, ({ signedAt }) => day(signedAt)), column<Line>('面商次数', 10, ({ role, talks }) => (role === 'assist' ? null : talks)), column<Line>('第几次答复', 10, ({ round }) => round), column<Line>('答复期限', 14, ({ reply }) => day(reply?.at)), column<Line>('已延期', 8, ({ extended }) => (extended ? '是' : '')),
  column<Line>('答复日期', 14, ({ answer }) => day(answer?.releasedAt?.toISOString())), column<Line>('按期', 8, ({ answer }) => (answer?.releasedAt && answer.dueAt ? (answer.releasedAt <= answer.dueAt ? '是' : '否') : '')), column<Line>('答复类别', 20, ({ answerClass }) => answerClass), column<Line>('发文字号', 24, ({ answer }) => answer?.docNo ?? ''), column<Line>('签发人', 10, ({ answer }) => answer?.signer ?? ''),
  column<Line>('现在在谁手里', 18, ({ holder }) => holder?.words ?? ''), column<Line>('要做什么', 16, ({ holder }) => holder?.action ?? ''), column<Line>('到哪天', 14, ({ holder }) => day(holder?.due?.at)),
];

/** 提案办理台账: a unit's own parts, a side's, or all, by the list's filters; without telephone numbers and ratings. */
@Injectable()
export class HandlingsExport {
  constructor(@Inject(Database) private readonly database: Database, @Inject(HandlingQueries) private readonly queries: HandlingQueries, @Inject(Ledgers) private readonly ledgers: Ledgers, @Inject(Settings) private readonly settings: Settings) {}

  file(caller: Caller, wanted: Omit<Given<typeof routes.listHandlings>, 'after' | 'limit'>): Promise<LedgerFile> {
    return this.ledgers.file<Line>(caller, { what: 'handlings', title: '提案办理', columns }, async (after, limit) => {
      const { rows, next } = await this.queries.list(caller, { ...wanted, after, limit });
      const replies = (await this.database.read((manager) => rowsWhere(manager, Reply, { handlingId: rows.map(({ id }) => id) }))).filter(({ releasedAt }) => releasedAt !== null).toSorted((a, b) => b.round - a.round);
      return { next, rows: rows.map((it) => { const answer = replies.find(({ handlingId }) => handlingId === it.id); return { ...it, answer, answerClass: this.settings.coded('replyClasses', answer?.classCode ?? null)?.name ?? '' }; }) };
    });
  }
}
