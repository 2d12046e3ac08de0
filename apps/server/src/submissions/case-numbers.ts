import { caseNoWords, dateOf, sessionPlaceOf } from '@lvzhi/domain';
import type { ProposalSession, SessionPlace } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { refuse } from '../platform/refusals.ts';
import { rowWhere } from '../platform/rows.ts';
import { ReceiptSeries } from './submission.entity.ts';
import type { Submission } from './submission.entity.ts';

/** Where a proposal's number stands: as stamped at its submit; one from before there were sessions by its first date. */
export function placeOf(row: Submission, sessions: readonly ProposalSession[]): SessionPlace {
  if (row.sessionId !== null) return { sessionId: row.sessionId, inPlenary: row.inPlenary === 1, decider: row.decider ?? 'proposal_office' };
  return sessionPlaceOf(sessions, dateOf(row.submittedAt)) ?? refuse('file', '这件提案的提交日期不在任何一次会议里，请系统管理员先在设置里补上会议');
}

/**
 * 案号: drawn inside the transaction that files the proposal. Whoever files at the same time in the same series waits on its row, and a
 * failed filing gives its number back: no gaps, none twice (rules: posts, numbers).
 */
export async function nextCaseNo(manager: EntityManager, { sessionId, inPlenary }: SessionPlace): Promise<number> {
  const series = `case-${sessionId}${inPlenary ? '' : '-off'}`;
  const grow = () => manager.createQueryBuilder().update(ReceiptSeries).set({ lastNo: () => 'last_no + 1' }).where({ series }).execute();
  if ((await grow()).affected !== 1) {
    await manager.createQueryBuilder().insert().into(ReceiptSeries).values({ series, lastNo: 0 }).orIgnore().execute();
    await grow();
  }
  const row = await rowWhere(manager, ReceiptSeries, { series });
  if (!row) throw new Error(`The series ${series} is missing.`);
  return row.lastNo;
}

/** 案号 in words; null: not filed. */
export function caseNoOf(row: Submission, sessions: readonly ProposalSession[]): string | null {
  if (row.caseNo === null || row.sessionId === null) return null;
  return caseNoWords(sessions.find(({ id }) => id === row.sessionId)?.name ?? row.sessionId, row.inPlenary === 1, row.caseNo);
}
