import { Inject, Injectable } from '@nestjs/common';
import type { Caller, SubmissionView, VisitView } from '@lvzhi/contracts';
import { dateOf, dateWords, kindWords, maySee, mayReportFrom, opinionStateWords, scopeOf } from '@lvzhi/domain';
import type { OpinionState, SourceKind } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { badField } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { visitDoc } from '../visits/docket.ts';
import { Visit } from '../visits/visit.entity.ts';
import { Submission } from './submission.entity.ts';

export interface Source { readonly kind: SourceKind; readonly id: string }
/** More than one appointment ever brings. */
const most = 50;

/** What a report was born from, looked at from both sides. */
@Injectable()
export class SourceQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory) {}

  /** @throws 400 when this person took no part in it: whether there is such a one is nobody else's business */
  async mustBeTheirs(caller: Caller, { id }: Source): Promise<void> {
    const visit = await this.database.read((manager) => rowWhere(manager, Visit, { id }));
    if (!visit || !mayReportFrom(visitDoc(visit, this.clock.now()), caller)) badField({ source: '这次走访不能作为来源：只有参加走访的人在约定之后可以选。去掉来源仍可提交，文字都还在。' });
  }

  /** Everybody who may see the report learns what it came of; the way there has only who may see that too. */
  async of(manager: EntityManager, caller: Caller, { sourceKind: kind, sourceId: id }: Pick<Submission, 'sourceKind' | 'sourceId'>): Promise<SubmissionView['source']> {
    const visit = kind === null || id === null ? undefined : await rowWhere(manager, Visit, { id });
    if (kind === null || !visit) return null;
    const seen = maySee(scopeOf(kind, caller), visitDoc(visit, this.clock.now()));
    return { kind: { code: kind, name: kindWords[kind] }, words: `${dateWords(dateOf(visit.startsAt), dateOf(this.clock.now()))} ${kindWords[kind]}`, id: seen ? visit.id : null };
  }

  /** The reports that came of it, as far as this reader may see them. */
  async reportsFrom(manager: EntityManager, caller: Caller, { kind, id }: Source): Promise<VisitView['reports']> {
    const [found, scope] = [await rowsWhere(manager, Submission, { sourceKind: kind, sourceId: id }, { by: 'submittedAt', limit: most }), scopeOf('opinion', caller)];
    return found.filter((it) => maySee(scope, it)).map((it) => ({ id: it.id, receiptNo: it.receiptNo, title: it.title, author: this.directory.page.person(it.authorId)?.name ?? '', stateWords: opinionStateWords[it.state as OpinionState] }));
  }
}
