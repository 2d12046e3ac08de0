import { Injectable } from '@nestjs/common';
import { addDays, instantOf } from '@lvzhi/domain';
import type { AdoptMode, Channel, Happening } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Move } from '../platform/journal.ts';
import { rowsWhere } from '../platform/rows.ts';
import { ChannelEntry, ChannelLine } from '../submissions/delivery.entity.ts';
import { Issue } from '../submissions/edition.entity.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';

/** Its own reporters, and those of the reports that were merged into it. */
interface Counted { readonly own: readonly string[]; readonly merged: readonly string[]; readonly committeeId: string | null; readonly submittedAt: Date }
export interface Happened { readonly happenings: readonly Happening[]; readonly modes: readonly { readonly channel: Channel; readonly mode: AdoptMode | null }[]; readonly reports: ReadonlyMap<string, Counted>; readonly reviewTimes: readonly number[]; readonly issueTimes: readonly number[] }

/** The first word of a person on a report: what its reporter waits for. */
const reviewing = ['pass', 'return', 'not_adopt', 'take_over', 'take', 'combine'];
/** A report that is taken up so long after it came in is not counted as edited: nothing that old is looked for. */
const oldest = 400;
const piece = 500;

/** What happened to reports within a time, by the day on which it happened: received, edited, issued, reported, adopted, instructed. */
@Injectable()
export class Happenings {
  async within(manager: EntityManager, fromOn: string, toOn: string): Promise<Happened> {
    const [from, to] = [instantOf(fromOn, '00:00'), instantOf(addDays(toOn, 1), '00:00')];
    const received = await manager.createQueryBuilder(Submission, 's').select('s.id', 'id').where("s.kind = 'opinion' AND s.submittedAt >= :from AND s.submittedAt < :to AND s.state <> 'draft'", { from, to }).getRawMany<{ id: string }>();
    const edited = await this.edited(manager, from, to);
    const issues = await manager.createQueryBuilder(Issue, 'i').where('i.issuedAt >= :from AND i.issuedAt < :to AND i.recalledAt IS NULL', { from, to }).getMany();
    const lines = await manager.createQueryBuilder(ChannelLine, 'l').where("l.sentOn >= :fromOn AND l.sentOn <= :toOn AND l.isVoid = ''", { fromOn, toOn }).getMany();
    const entries = await manager.createQueryBuilder(ChannelEntry, 'e').innerJoin(ChannelLine, 'l', 'l.id = e.deliveryId').select('e.submissionId', 'reportId').addSelect('e.action', 'action').addSelect('e.mode', 'mode').addSelect('l.channel', 'channel')
      .where("e.action IN ('adopt', 'instruct') AND e.isVoid = 0 AND e.happenedOn >= :fromOn AND e.happenedOn <= :toOn", { fromOn, toOn }).getRawMany<{ reportId: string; action: string; mode: AdoptMode | null; channel: Channel }>();
    const happenings: Happening[] = [
      ...received.map(({ id }) => ({ what: 'received', reportId: id }) as const), ...edited.map((id) => ({ what: 'edited', reportId: id }) as const), ...issues.map(({ submissionId }) => ({ what: 'issued', reportId: submissionId }) as const),
      ...lines.map(({ submissionId, channel }) => ({ what: 'reported', reportId: submissionId, channel }) as const), ...entries.map(({ reportId, action, channel }) => ({ what: action === 'adopt' ? 'adopted' : 'instructed', reportId, channel }) as const),
    ];
    const reports = await this.reports(manager, [...new Set(happenings.map(({ reportId }) => reportId))]);
    return {
      happenings, reports, modes: entries.filter(({ action }) => action === 'adopt'), reviewTimes: await this.reviewTimes(manager, from, to),
      issueTimes: issues.flatMap(({ submissionId, issuedAt }) => { const it = reports.get(submissionId); return it ? [issuedAt.getTime() - it.submittedAt.getTime()] : []; }),
    };
  }

  /** Of the reports that somebody first reviewed in this time: how long after they came in. */
  async reviewTimes(manager: EntityManager, from: Date, to: Date): Promise<number[]> {
    const first = await this.first(manager, reviewing, from, to);
    return first.map(({ submittedAt, madeAt }) => madeAt.getTime() - submittedAt.getTime());
  }
  /** Taken by an editor for the first time, and not given back. */
  private async edited(manager: EntityManager, from: Date, to: Date): Promise<string[]> { return (await this.first(manager, ['take', 'take_over'], from, to)).filter(({ editorId }) => editorId !== null).map(({ id }) => id); }

  private async first(manager: EntityManager, actions: readonly string[], from: Date, to: Date): Promise<{ id: string; editorId: string | null; submittedAt: Date; madeAt: Date }[]> {
    const earliest = new Date(from.getTime() - oldest * 86_400_000);
    const rows = await manager.createQueryBuilder(Submission, 's').innerJoin(Move, 'm', 'm.docId = s.id AND m.action IN (:...actions)', { actions }).select('s.id', 'id').addSelect('MIN(m.id)', 'moveId')
      .where("s.kind = 'opinion' AND s.submittedAt >= :earliest AND s.submittedAt < :to AND s.state <> 'draft'", { earliest, to }).groupBy('s.id').getRawMany<{ id: string; moveId: string }>();
    const found: { id: string; editorId: string | null; submittedAt: Date; madeAt: Date }[] = [];
    for (let at = 0; at < rows.length; at += piece) {
      const part = rows.slice(at, at + piece);
      const reports = new Map((await rowsWhere(manager, Submission, { id: part.map(({ id }) => id) })).map((it) => [it.id, it]));
      for (const { docId, madeAt } of await rowsWhere(manager, Move, { id: part.map(({ moveId }) => moveId) })) {
        const report = reports.get(docId);
        if (report && madeAt >= from && madeAt < to) found.push({ id: docId, editorId: report.editorId, submittedAt: report.submittedAt, madeAt });
      }
    }
    return found;
  }

  private async reports(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Counted>> {
    const found = new Map<string, Counted>();
    for (let at = 0; at < ids.length; at += piece) {
      const part = ids.slice(at, at + piece);
      const merged = await rowsWhere(manager, Submission, { mainId: part, kind: 'opinion', state: 'merged' });
      for (const it of await rowsWhere(manager, Submission, { id: part })) {
        found.set(it.id, { own: reportersOf(it), merged: merged.filter(({ mainId }) => mainId === it.id).flatMap(reportersOf), committeeId: it.committeeId, submittedAt: it.submittedAt });
      }
    }
    return found;
  }
}
