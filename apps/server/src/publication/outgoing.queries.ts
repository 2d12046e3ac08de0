import { Inject, Injectable } from '@nestjs/common';
import { dateOf, withoutContacts } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Handling } from '../handling/handling.entity.ts';
import { Reply } from '../handling/reply.entity.ts';
import { Directory } from '../platform/directory.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { reportersOf, Revision } from '../submissions/submission.entity.ts';
import type { Submission } from '../submissions/submission.entity.ts';
import type { Publication, PublicReply } from './publication.entity.ts';

/** What may be out: from 立案 on, in its own name. A merged one is with its main case. */
export const publicStates: readonly Submission['state'][] = ['filed', 'planned', 'handling', 'replied', 'rehandling', 'meeting', 'closed'];
export type Text = Pick<Publication, 'title' | 'authors' | 'caseWords' | 'situation' | 'analysis' | 'suggestion' | 'replies' | 'struck'>;
/** The text as it would go out now, and the replies that stay in the house. */
export interface Outgoing { readonly text: Text; readonly held: readonly { readonly unit: string; readonly why: string }[] }

/** The only place where a text is made ready for the public: names of proposers, never how to reach them; replies that their units open. */
@Injectable()
export class OutgoingText {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter) {}

  async of(manager: EntityManager, row: Submission): Promise<Outgoing> {
    const revision = await rowWhere(manager, Revision, { submissionId: row.id, revisionNo: row.revision });
    if (!revision) throw new Error(`The text of ${row.id} is missing.`);
    let struck = 0;
    const clean = (text: string): string => { const it = withoutContacts(text); struck += it.struck; return it.text; };
    const { open, held } = await this.replies(manager, row.id);
    const replies: PublicReply[] = open.map(({ unit, reply }) => ({ unit, docNo: clean(reply.docNo), classWords: this.settings.coded('replyClasses', reply.classCode)?.name ?? '', body: clean(reply.body), on: dateOf(reply.releasedAt ?? new Date(0)) }));
    const [title, situation, analysis, suggestion] = [clean(row.title), clean(revision.situation), clean(revision.analysis), clean(revision.suggestion)];
    return { text: { title, authors: reportersOf(row).map((id) => this.directory.page.person(id)?.name ?? '').filter(Boolean).join('、'), caseWords: this.submissions.caseNo(row) ?? '', situation, analysis, suggestion, replies, struck }, held };
  }

  /** Of each unit the last answer that was released; only what it opened goes out. */
  private async replies(manager: EntityManager, proposalId: string) {
    const parts = (await rowsWhere(manager, Handling, { proposalId }, { by: 'assignedAt' })).filter(({ state }) => state !== 'reassigned' && state !== 'stopped');
    const released = (await rowsWhere(manager, Reply, { handlingId: parts.map(({ id }) => id) })).filter(({ releasedAt }) => releasedAt !== null);
    const last = parts.flatMap((part) => { const reply = released.filter(({ handlingId }) => handlingId === part.id).toSorted((a, b) => b.round - a.round)[0]; return reply ? [{ unit: this.directory.page.body(part.unitId)?.name ?? '', reply }] : []; });
    return {
      open: last.filter(({ reply }) => reply.publicity === 'open'),
      held: last.filter(({ reply }) => reply.publicity !== 'open').map(({ unit, reply }) => ({ unit, why: [this.settings.coded('reply.publicity', reply.publicity)?.name, reply.publicityReason].filter(Boolean).join('：') })),
    };
  }
}
