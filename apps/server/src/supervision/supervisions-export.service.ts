import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, routes, SupervisionRow } from '@lvzhi/contracts';
import { column, Ledgers } from '../platform/ledgers.ts';
import type { LedgerFile } from '../platform/ledgers.ts';
import { SupervisionQueries } from './supervision.queries.ts';

type Line = SupervisionRow;
const columns = [
  column<Line>('案号', 24, ({ proposal }) => proposal.caseNo), column<Line>('案由', 44, ({ proposal }) => proposal.title), column<Line>('提案人', 24, ({ proposal }) => proposal.authors), column<Line>('状态', 14, ({ stateWords }) => stateWords), column<Line>('督办形式', 26, ({ form }) => form?.name ?? ''), column<Line>('牵头领导', 12, ({ leader }) => leader ?? ''),
  column<Line>('承办督办的专委会', 18, ({ committee }) => committee?.name ?? ''), column<Line>('完成日期', 14, ({ dueOn }) => dueOn ?? ''), column<Line>('没有答复的要求', 14, ({ openDemands }) => openDemands), column<Line>('现在在谁手里', 18, ({ holder }) => holder?.words ?? ''), column<Line>('要做什么', 16, ({ holder }) => holder?.action ?? ''),
];

/** 重点提案督办台账, by the list's own filters and scope. */
@Injectable()
export class SupervisionsExport {
  constructor(@Inject(SupervisionQueries) private readonly queries: SupervisionQueries, @Inject(Ledgers) private readonly ledgers: Ledgers) {}

  file(caller: Caller, wanted: Omit<Given<typeof routes.listSupervisions>, 'after' | 'limit'>): Promise<LedgerFile> {
    return this.ledgers.file(caller, { what: 'supervisions', title: '重点提案督办', columns }, (after, limit) => this.queries.list(caller, { ...wanted, after, limit }));
  }
}
