import type { Catalogue, SubmissionView } from '@lvzhi/contracts';
import type { SubmissionKind } from '@lvzhi/domain';
import { api } from '../../platform/api.ts';
import { catalogue } from '../../platform/catalogue.ts';
import { newDraft } from '../../platform/draft.ts';
import { draftById, draftOfSubmission } from '../../platform/drafts.ts';
import type { Draft } from '../../platform/draft.ts';
import { Failure } from '../../platform/wire.ts';

export interface Opened { readonly personId: string; readonly draft: Draft; readonly rules: Catalogue; readonly receiptNo: string | null }
export interface Wanted { readonly kind: SubmissionKind; readonly draftId: string | undefined; readonly of: string | undefined }

/** The words and choices of a submission as it stands on the server, over a draft that keeps its own id and key. */
export const withContent = (draft: Draft, doc: SubmissionView): Draft => ({
  ...draft, kind: doc.kind, of: { id: doc.id, version: doc.version }, title: doc.title, ...doc.text,
  category: doc.category?.code ?? null, nature: doc.nature?.code ?? null, townId: doc.town?.id ?? null, urgency: doc.urgency, together: doc.coAuthors, unitIds: doc.units.map(({ id }) => id),
  files: doc.files.map(({ id, name, size, picture }) => ({ key: `sent-${id}`, id, name, size, picture, path: null })),
});

async function mending(personId: string, id: string, rules: Catalogue): Promise<Opened> {
  const begun = draftOfSubmission(personId, id);
  if (begun) return { personId, draft: begun, rules, receiptNo: null };
  const doc = await api.show({ id });
  if (!doc.can.includes('submit')) throw new Failure(409, { reason: `这件现在是“${doc.stateWords}”，不能修改。` });
  return { personId, draft: withContent(newDraft(doc.kind), doc), rules, receiptNo: doc.receiptNo };
}

/** What the form opens with: a draft of this person, a submission to mend, or a clean sheet. @throws Failure */
export async function open(personId: string, { kind, draftId, of }: Wanted): Promise<Opened> {
  const rules = await catalogue();
  if (of !== undefined) return mending(personId, of, rules);
  const draft = draftId === undefined ? undefined : draftById(personId, draftId);
  if (draftId !== undefined && !draft) throw new Failure(404, { reason: '这份草稿不在这部手机上。' });
  return { personId, draft: draft ?? newDraft(kind), rules, receiptNo: null };
}
