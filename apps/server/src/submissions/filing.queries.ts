import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, SubmissionView } from '@lvzhi/contracts';
import { maySee, opinionStateWords, proposalStateWords, scopeOf } from '@lvzhi/domain';
import type { OpinionState } from '@lvzhi/domain';
import { Brackets } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { caseNoOf } from './case-numbers.ts';
import { SourceQueries } from './sources.queries.ts';
import { Submission } from './submission.entity.ts';

export type Links = Pick<SubmissionView, 'main' | 'merged' | 'linked' | 'source'>;
export const noLinks: Links = { main: null, merged: [], linked: null, source: null };
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { opinion: opinionStateWords, proposal: proposalStateWords };
/** A report in these states may have others merged into it. */
const leading: readonly string[] = ['editing', 'consenting', 'pending_signoff', 'issued', 'sent', 'recalled', 'returned', 'archived', 'not_adopted'] satisfies readonly OpinionState[];
const atOnce = 20;
/** Those into which others may be merged. */
const leads: ReadonlySet<Submission['state']> = new Set<Submission['state']>(['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting', 'closed']);

/** Which proposals and reports belong together: main and merged cases, a proposal and the report made from it. */
@Injectable()
export class FilingQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(SourceQueries) private readonly sources: SourceQueries) {}

  /** Filed proposals that this person may see, the newest number first, by number or words of the title. */
  mainCases(caller: Caller, { words: sought, except }: Given<typeof routes.findMainCases>): Promise<Answer<typeof routes.findMainCases>> {
    return this.sought(sought, (query) => {
      const { all, board } = scopeOf('proposal', caller);
      query.where("s.kind = 'proposal' AND s.state IN ('filed', 'planned', 'handling') AND s.closure = 'open' AND s.id <> :except", { except: except ?? '' });
      if (!all) query.andWhere(board ? "s.decider = 'review_board'" : '1 = 0');
    });
  }

  /** Those that may be nominated as key proposals: filed, not closed, that this person's committee has or the office sees. */
  nominable(caller: Caller, sought: string): Promise<Answer<typeof routes.findMainCases>> {
    return this.sought(sought, (query) => this.atHand(query, caller, ['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting']));
  }

  /** Those that may be recommended as excellent ones: closed ones too. */
  awardable(caller: Caller, sought: string): Promise<Answer<typeof routes.findMainCases>> {
    return this.sought(sought, (query) => this.atHand(query, caller, ['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting', 'closed']));
  }
  private atHand(query: SelectQueryBuilder<Submission>, caller: Caller, states: readonly Submission['state'][]): void {
    const { all, committeeIds } = scopeOf('proposal', caller);
    query.where("s.kind = 'proposal' AND s.state IN (:...states) AND s.closure = 'open'", { states });
    if (!all) query.andWhere(committeeIds.length === 0 ? '1 = 0' : 's.committeeId IN (:...committeeIds)', { committeeIds });
  }

  private sought(sought: string, narrow: (query: SelectQueryBuilder<Submission>) => void): Promise<Answer<typeof routes.findMainCases>> {
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(Submission, 's');
      narrow(query);
      const digits = /\d+/.exec(sought)?.[0];
      if (sought !== '') query.andWhere(new Brackets((it) => {
        it.where("s.title LIKE :like ESCAPE '!'", { like: `%${sought.replace(/[!%_]/g, '!$&')}%` });
        if (digits !== undefined && digits.length <= 6) it.orWhere('s.caseNo = :no', { no: Number(digits) });
      }));
      const found = await query.orderBy('s.caseNo', 'DESC').addOrderBy('s.id', 'DESC').limit(atOnce).getMany();
      return { rows: found.map((it) => ({ id: it.id, caseNo: this.caseNo(it) ?? '', title: it.title })) };
    });
  }

  /** What one document is tied to; of others' only what this reader may see, beside the main case's number, which every proposer is told. */
  async linksOf(manager: EntityManager, caller: Caller, row: Submission): Promise<Links> {
    if (row.kind === 'opinion' && row.originId === null && row.sourceId === null && row.mainId === null && !leading.includes(row.state)) return noLinks;
    const seen = (it: Submission) => maySee(scopeOf(it.kind, caller), it);
    const main = row.mainId === null ? undefined : await rowWhere(manager, Submission, { id: row.mainId });
    const merged = leads.has(row.state) || leading.includes(row.state) ? await rowsWhere(manager, Submission, { mainId: row.id, state: 'merged' }, { by: 'submittedAt', limit: 100 }) : [];
    const other = row.originId !== null ? await rowWhere(manager, Submission, { id: row.originId }) : row.state === 'to_opinion' ? await rowWhere(manager, Submission, { originId: row.id }) : undefined;
    return {
      main: main ? { id: main.id, caseNo: this.caseNo(main) ?? (seen(main) ? `收件号 ${main.receiptNo}` : '说同一件事的社情民意'), title: seen(main) ? main.title : null } : null,
      merged: merged.filter(seen).map((it) => ({ id: it.id, receiptNo: it.receiptNo, title: it.title, author: this.directory.page.person(it.authorId)?.name ?? '' })),
      linked: other && seen(other) ? { id: other.id, kind: other.kind, receiptNo: other.receiptNo, title: other.title, stateWords: words[other.kind]?.[other.state] ?? '' } : null,
      source: row.sourceId === null ? null : await this.sources.of(manager, caller, row),
    };
  }

  private caseNo(row: Submission): string | null { return caseNoOf(row, this.settings.get('proposal.sessions')); }
}
