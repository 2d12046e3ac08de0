import type { Catalogue, DraftView, SubmissionView } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import { api } from '../../platform/api.ts';
import { proposersOf } from '../../platform/proposers.ts';
import { me } from '../../platform/session.ts';
import { today } from '../../platform/clock.ts';
import { catalogue } from '../../platform/catalogue.ts';
import { fromCopy, newDraft, withCopy } from '../../platform/draft.ts';
import { draftById, draftOfSubmission, saveDraft } from '../../platform/drafts.ts';
import type { Draft } from '../../platform/draft.ts';
import { Failure } from '../../platform/wire.ts';
import { collectiveOf } from './whose.ts';
import type { Whose } from './faults.ts';

export interface Opened { readonly personId: string; readonly draft: Draft; /** Another text that the server has of it. */ readonly theirs: DraftView | undefined; readonly rules: Catalogue; readonly receiptNo: string | null; readonly whose: Whose }
export interface Wanted { readonly kind: SubmissionKind; readonly draftId: string | undefined; readonly of: string | undefined; /** What came up in this visit is written down. */ readonly visit: string | undefined }

/** The words and choices of a submission as it stands on the server, over a draft that keeps its own id and key. */
export const withContent = (draft: Draft, doc: SubmissionView): Draft => ({
  ...draft, kind: doc.kind, of: { id: doc.id, version: doc.version }, title: doc.title, ...doc.text,
  category: doc.category?.code ?? null, nature: doc.nature?.code ?? null, townId: doc.town?.id ?? null, urgency: doc.urgency, together: doc.coAuthors, source: null, unitIds: doc.units.map(({ id }) => id), publicity: doc.choices?.publicity ?? null, conversion: doc.choices?.conversion ?? null,
  files: doc.files.map(({ id, name, size, picture }) => ({ key: `sent-${id}`, id, name, size, picture, path: null })),
  // Its next text is signed again: the pages stay with the one that they stand under.
  collective: collectiveOf(doc),
});

/** A slow network keeps nobody from what is on the phone. */
const patience = 3000;
const copyOf = (id: string): Promise<DraftView | undefined> => Promise.race([
  // Without an answer the phone's own text is opened; whoever changed the other one is asked at the next save.
  api.showDraft({ id }).catch(() => undefined), new Promise<undefined>((resolve) => { setTimeout(() => { resolve(undefined); }, patience); }),
]);
/** The phone's draft beside the server's copy: that takes its place where only the copy was written on since, and both are shown where both were. */
async function beside(personId: string, draft: Draft): Promise<Pick<Opened, 'draft' | 'theirs'>> {
  const copy = draft.base === 0 && draft.turn === 0 ? undefined : await copyOf(draft.id);
  if (!copy || copy.version <= draft.base) return { draft, theirs: undefined };
  // What this phone gave before, and whose answer was lost, is no other text.
  if (draft.unsent) return copy.pen === draft.pen ? { draft: { ...draft, base: copy.version }, theirs: undefined } : { draft, theirs: copy };
  const fresh = withCopy(draft, copy);
  return { draft: saveDraft(personId, fresh) ?? fresh, theirs: undefined };
}
/** Begun on another phone. @throws Failure */
async function fetched(personId: string, id: string): Promise<Draft> {
  const copy = await api.showDraft({ id }).catch((error: unknown) => { throw error instanceof Failure && error.status === 404 ? new Failure(409, { reason: '这份草稿已经提交，或者在别的手机上删去了。提交过的在“履职”里。' }) : error; });
  const draft = fromCopy(copy);
  return saveDraft(personId, draft) ?? draft;
}

type Found = Omit<Opened, 'whose'>;
async function mending(personId: string, id: string, rules: Catalogue): Promise<Found> {
  const begun = draftOfSubmission(personId, id);
  if (begun) return { personId, ...await beside(personId, begun), rules, receiptNo: null };
  // Begun on another phone; without an answer the form opens with what was handed in.
  const there = (await api.listDrafts({}).catch(() => ({ rows: [] }))).rows.find(({ of }) => of?.id === id);
  if (there) return { personId, draft: await fetched(personId, there.id), theirs: undefined, rules, receiptNo: null };
  const doc = await api.show({ id });
  if (!doc.can.includes('submit')) throw new Failure(409, { reason: `这件现在是“${doc.stateWords}”，不能修改。` });
  return { personId, draft: withContent(newDraft(doc.kind), doc), theirs: undefined, rules, receiptNo: doc.receiptNo };
}

/** Begins with when and with whom it came up; where and what is for the member to tell. @throws Failure */
async function fromVisit(id: string): Promise<Draft> {
  const { startsAt, leaders, mayReport } = await api.showVisit({ id });
  if (!mayReport) throw new Failure(409, { reason: '这次走访还没有约定，或者已经取消，不能作为来源。可以在首页另写一件。' });
  const on = dateWords(dateOf(new Date(startsAt)), today());
  return { ...newDraft('opinion'), situation: `${on}${leaders.map(({ name, note }) => note + name).join('、')}走访时反映：`, source: { kind: 'visit', id, words: `${on} 走访` } };
}

/** Of whom this person may hand in a proposal: asked only of those who speak for a body. @throws Failure */
async function whoseOf(personId: string): Promise<Whose> {
  const can = me()?.can ?? [];
  return { self: can.includes('write_proposal'), bodies: can.includes('write_collective') ? await proposersOf(personId) : [] };
}
/** Who has but one body to write for, and no seat of their own, has nothing to choose. */
function begun(kind: SubmissionKind, { self, bodies }: Whose): Draft {
  const [only, ...others] = bodies;
  return { ...newDraft(kind), ...(kind === 'proposal' && !self && only && others.length === 0 && { collective: { bodyId: only.body.id, kind: only.kind, signer: '' } }) };
}

async function found(personId: string, { kind, draftId, of, visit }: Wanted, rules: Catalogue, whose: Whose): Promise<Found> {
  if (of !== undefined) return mending(personId, of, rules);
  if (draftId === undefined) return { personId, draft: visit === undefined ? begun(kind, whose) : await fromVisit(visit), theirs: undefined, rules, receiptNo: null };
  const draft = draftById(personId, draftId);
  return { personId, ...(draft ? await beside(personId, draft) : { draft: await fetched(personId, draftId), theirs: undefined }), rules, receiptNo: null };
}
/** What the form opens with: a draft of this person, a submission to mend, or a clean sheet. @throws Failure */
export async function open(personId: string, wanted: Wanted): Promise<Opened> {
  const [rules, whose] = await Promise.all([catalogue(), whoseOf(personId)]);
  return { ...await found(personId, wanted, rules, whose), whose };
}
