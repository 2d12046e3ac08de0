import { Injectable } from '@nestjs/common';
import { addDays, instantOf } from '@lvzhi/domain';
import type { AdoptMode, Channel, Happening } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Move } from '../platform/journal.ts';
import { ChannelEntry, ChannelLine } from '../submissions/delivery.entity.ts';
import { Issue } from '../submissions/edition.entity.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';

/** Its own reporters, and those of the reports that were merged into it. */
interface Counted { readonly own: readonly string[]; readonly merged: readonly string[]; readonly committeeId: string | null; readonly submittedAt: Date }
export interface Lapse { readonly reportId: string; readonly ms: number }
export interface Happened { readonly happenings: readonly Happening[]; readonly modes: readonly { readonly channel: Channel; readonly mode: AdoptMode | null }[]; readonly reports: ReadonlyMap<string, Counted>; /** How long the first review of each took, and its way to the issue. */ readonly reviews: readonly Lapse[]; readonly issuings: readonly Lapse[] }

/** The first word of a person on a report: what its reporter waits for. */
const reviewing = ['pass', 'return', 'not_adopt', 'take_over', 'take', 'combine'];
const piece = 1_000;
/** What was read of the reports so far, in one reckoning. */
type Known = Map<string, Submission>;
const spanOf = (fromOn: string, toOn: string): [from: Date, to: Date] => [instantOf(fromOn, '00:00'), instantOf(addDays(toOn, 1), '00:00')];

/** What happened to reports within a time, by the day on which it happened: received, edited, issued, reported, adopted, instructed. */
@Injectable()
export class Happenings {
  async within(manager: EntityManager, fromOn: string, toOn: string): Promise<Happened> {
    const known: Known = new Map();
    const { happenings, issues, entries } = await this.counted(manager, fromOn, toOn, known);
    const reviews = await this.reviews(manager, ...spanOf(fromOn, toOn), known);
    const reports = await this.reports(manager, [...new Set([...happenings, ...reviews].map(({ reportId }) => reportId))], known);
    return {
      happenings, reports, modes: entries.filter(({ action }) => action === 'adopt'), reviews,
      issuings: issues.flatMap(({ submissionId: reportId, issuedAt }) => { const it = reports.get(reportId); return it ? [{ reportId, ms: issuedAt.getTime() - it.submittedAt.getTime() }] : []; }),
    };
  }

  /** The happenings alone, for whoever wants their sum. */
  async counted(manager: EntityManager, fromOn: string, toOn: string, known: Known = new Map()) {
    const [from, to] = spanOf(fromOn, toOn);
    const received = await manager.createQueryBuilder(Submission, 's').select('s.id', 'id').where("s.kind = 'opinion' AND s.submittedAt >= :from AND s.submittedAt < :to AND s.state <> 'draft'", { from, to }).getRawMany<{ id: string }>();
    const edited = await this.edited(manager, from, to, known);
    const issues = await manager.createQueryBuilder(Issue, 'i').select(['i.id', 'i.submissionId', 'i.issuedAt']).where('i.issuedAt >= :from AND i.issuedAt < :to AND i.recalledAt IS NULL', { from, to }).getMany();
    const lines = await manager.createQueryBuilder(ChannelLine, 'l').select(['l.id', 'l.submissionId', 'l.channel']).where("l.sentOn >= :fromOn AND l.sentOn <= :toOn AND l.isVoid = ''", { fromOn, toOn }).getMany();
    const entries = await manager.createQueryBuilder(ChannelEntry, 'e').innerJoin(ChannelLine, 'l', 'l.id = e.deliveryId').select('e.submissionId', 'reportId').addSelect('e.action', 'action').addSelect('e.mode', 'mode').addSelect('l.channel', 'channel')
      .where("e.action IN ('adopt', 'instruct') AND e.isVoid = 0 AND e.happenedOn >= :fromOn AND e.happenedOn <= :toOn", { fromOn, toOn }).getRawMany<{ reportId: string; action: string; mode: AdoptMode | null; channel: Channel }>();
    const happenings: Happening[] = [
      ...received.map(({ id }) => ({ what: 'received', reportId: id }) as const), ...edited.map((id) => ({ what: 'edited', reportId: id }) as const), ...issues.map(({ submissionId }) => ({ what: 'issued', reportId: submissionId }) as const),
      ...lines.map(({ submissionId, channel }) => ({ what: 'reported', reportId: submissionId, channel }) as const), ...entries.map(({ reportId, action, channel }) => ({ what: action === 'adopt' ? 'adopted' : 'instructed', reportId, channel }) as const),
    ];
    return { happenings, issues, entries };
  }

  /** Of the reports that somebody first reviewed in this time: how long after they came in. */
  async reviews(manager: EntityManager, from: Date, to: Date, known: Known = new Map()): Promise<Lapse[]> {
    const first = await this.first(manager, reviewing, from, to, known);
    return first.map(({ id: reportId, submittedAt, madeAt }) => ({ reportId, ms: madeAt.getTime() - submittedAt.getTime() }));
  }
  /** Taken by an editor for the first time, and not given back. */
  private async edited(manager: EntityManager, from: Date, to: Date, known: Known): Promise<string[]> { return (await this.first(manager, ['take', 'take_over'], from, to, known)).filter(({ editorId }) => editorId !== null).map(({ id }) => id); }

  /** From the moves of this time backwards: looking at every report and all its moves took seconds of a large year. */
  private async first(manager: EntityManager, actions: readonly string[], from: Date, to: Date, known: Known): Promise<{ id: string; editorId: string | null; submittedAt: Date; madeAt: Date }[]> {
    const moves = await manager.createQueryBuilder(Move, 'm').select(['m.id', 'm.docId', 'm.madeAt']).where("m.docKind = 'opinion' AND m.action IN (:...actions) AND m.madeAt >= :from AND m.madeAt < :to", { actions, from, to })
      .andWhere('NOT EXISTS (SELECT 1 FROM moves e WHERE e.doc_id = m.doc_id AND e.seq < m.seq AND e.action IN (:...actions))').getMany();
    const reports = await this.told(manager, moves.map(({ docId }) => docId), known);
    return moves.flatMap(({ docId: id, madeAt }) => { const it = reports.get(id); return it && it.state !== 'draft' ? [{ id, editorId: it.editorId, submittedAt: it.submittedAt, madeAt }] : []; });
  }

  /** Of each what is counted by, and no more of it; what is known is not asked for again. */
  private async told(manager: EntityManager, ids: readonly string[], known: Known): Promise<Known> {
    const unknown = ids.filter((id) => !known.has(id));
    for (let at = 0; at < unknown.length; at += piece) {
      const part = await manager.createQueryBuilder(Submission, 's').select(['s.id', 's.state', 's.authorId', 's.coAuthorIds', 's.committeeId', 's.submittedAt', 's.editorId']).where('s.id IN (:...ids)', { ids: unknown.slice(at, at + piece) }).getMany();
      for (const it of part) known.set(it.id, it);
    }
    return known;
  }

  private async reports(manager: EntityManager, ids: readonly string[], known: Known): Promise<Map<string, Counted>> {
    await this.told(manager, ids, known);
    // Few are ever merged: all of them are less than asking for each report.
    const merged = new Map<string, string[]>();
    for (const it of await manager.createQueryBuilder(Submission, 's').select(['s.id', 's.mainId', 's.authorId', 's.coAuthorIds']).where("s.mainId IS NOT NULL AND s.kind = 'opinion' AND s.state = 'merged'").getMany()) {
      if (it.mainId !== null) merged.set(it.mainId, [...merged.get(it.mainId) ?? [], ...reportersOf(it)]);
    }
    return new Map(ids.flatMap((id): [string, Counted][] => { const it = known.get(id); return it ? [[id, { own: reportersOf(it), merged: merged.get(id) ?? [], committeeId: it.committeeId, submittedAt: it.submittedAt }]] : []; }));
  }
}
