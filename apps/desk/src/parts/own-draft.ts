import type { DraftView, Proposing, SubmissionView } from '@lvzhi/contracts';
import { isBlocked, partWords, secrecyFindings, secrecyRefusal } from '@lvzhi/domain';
import { api } from '../platform/api.ts';
import { newKey } from './entry-draft.ts';
import type { KeptFile, Written } from './entry-draft.ts';

type CollectiveKind = Proposing['kind'];
/** A body's proposal while it is written. `whose`: null until it is chosen, where this person speaks for several. */
export interface OwnText extends Written { readonly whose: { readonly bodyId: string; readonly kind: CollectiveKind } | null; readonly signer: string; readonly seals: readonly KeptFile[]; readonly wish: string }
/** What stays the same over a draft's life: its id, the key under which it is handed in once, and the proposal that it mends. */
export interface OwnDraft { readonly id: string; readonly key: string; readonly pen: string; readonly of: { readonly id: string; readonly version: number } | null; readonly version: number; readonly savedAt: string | null; readonly text: OwnText }

const blank: OwnText = { kind: 'proposal', whose: null, signer: '', seals: [], title: '', situation: '', analysis: '', suggestion: '', category: '', nature: '', townId: '', urgency: 'normal', unitIds: [], publicity: null, conversion: null, files: [], wish: '' };
export const newOwn = (whose: OwnText['whose']): OwnDraft => ({ id: newKey(), key: newKey(), pen: newPen(), of: null, version: 0, savedAt: null, text: { ...blank, whose } });
/** One page's own: what it gave before and had no answer to is no other text. */
const newPen = (): string => newKey().slice(0, 20);

/** The words and choices that stand on the server. */
export const textIn = (doc: SubmissionView): OwnText => ({
  ...blank, ...doc.text, title: doc.title, category: doc.category?.code ?? '', townId: doc.town?.id ?? '', unitIds: doc.units.map(({ id }) => id), publicity: doc.choices?.publicity ?? null, conversion: doc.choices?.conversion ?? null, files: doc.files,
  whose: doc.proposer && doc.collective ? { bodyId: doc.collective.bodyId, kind: kindIn(doc) } : null, signer: doc.collective?.signer ?? '', seals: [],
});
const kindIn = ({ proposer }: SubmissionView): CollectiveKind => { const code = proposer?.code; return code === undefined || code === 'individual' || code === 'joint' ? 'party' : code; };
export const mending = (doc: SubmissionView): OwnDraft => ({ ...newOwn(null), of: { id: doc.id, version: doc.version }, text: textIn(doc) });
export const textOf = (copy: DraftView): OwnText => ({
  ...blank, title: copy.title, situation: copy.situation, analysis: copy.analysis, suggestion: copy.suggestion, category: copy.category ?? '', townId: copy.townId ?? '', unitIds: copy.unitIds, publicity: copy.publicity, conversion: copy.conversion, files: copy.files, wish: copy.wish ?? '',
  whose: copy.collective && { bodyId: copy.collective.bodyId, kind: copy.collective.kind }, signer: copy.collective?.signer ?? '', seals: copy.collective?.seals ?? [],
});
export const draftFrom = (copy: DraftView): OwnDraft => ({ id: copy.id, key: copy.key, pen: newPen(), of: copy.of, version: copy.version, savedAt: copy.savedAt, text: textOf(copy) });

const words = (it: OwnText) => ({
  title: it.title, situation: it.situation, analysis: it.analysis, suggestion: it.suggestion, category: it.category || null, nature: null, townId: it.townId || null, urgency: 'normal' as const, unitIds: [...it.unitIds],
  fileIds: it.files.map(({ id }) => id), wish: it.wish || null, publicity: it.publicity, conversion: it.conversion,
});
const idsOf = (files: readonly KeptFile[]): string[] => files.map(({ id }) => id);
let turns = 0;
/** Gives the server its copy. @throws what it said */
export async function keepOwn({ id, key, pen, of }: OwnDraft, text: OwnText, version: number): Promise<{ version: number; savedAt: string; answer: string }> {
  turns += 1;
  const { draft } = await api.keepDraft({ id, key, pen, of, version, turn: turns, kind: 'proposal', ...words(text), collective: text.whose && { ...text.whose, signer: text.signer, sealIds: idsOf(text.seals) } });
  return { version: draft.version, savedAt: draft.savedAt, answer: draft.id };
}

export interface Ticked { readonly signed: boolean; readonly noSecret: boolean; readonly original: boolean }
/** Hands it in, once and only once (the draft's key). @throws what the server said */
export async function handIn({ key, of }: OwnDraft, text: OwnText, { signed, noSecret, original }: Ticked): Promise<SubmissionView> {
  const form = { key, ...words(text), noSecret: noSecret as true, original: original as true, collective: text.whose && { ...text.whose, signer: text.signer, sealIds: idsOf(text.seals), signed: signed as true } };
  return (await (of ? api.resubmit({ ...form, ...of }) : api.submit({ ...form, kind: 'proposal' }))).doc;
}

/** Where the text looks classified: the line and why. While there is any, nothing of it leaves this page. */
export function secretIn(text: OwnText): Record<string, string> {
  return Object.fromEntries((['title', 'situation', 'analysis', 'suggestion'] as const).flatMap((part) => {
    const [first] = secrecyFindings(text[part]).filter((it) => isBlocked([it]));
    return first ? [[part, `${partWords[part]}第 ${first.line} 行${first.words}。${secrecyRefusal}`]] : [];
  }));
}
