import type { DraftView } from '@lvzhi/contracts';
import { choices, collectiveKinds, isBlocked, lengthOf, secrecyFindings, sourceKinds, submissionKinds, urgencies } from '@lvzhi/domain';
import type { Choice, CollectiveKind, SourceKind, SubmissionKind, Urgency } from '@lvzhi/domain';
import { newKey } from './keys.ts';

/** A photo or paper of a draft: on the server (`id`), or still only on this phone (`path`). `key` stays the same over all tries. */
export interface DraftFile { readonly key: string; readonly name: string; readonly size: number; readonly picture: boolean; readonly path: string | null; readonly id: string | null; /** A page with signature or seal of a body's proposal. */ readonly seal?: true }
/** What it is born from: `words` 7月26日 走访. */
interface Source { readonly kind: SourceKind; readonly id: string; readonly words: string }
/** In the name of which body, and who is to sign for it. */
interface Collective { readonly bodyId: string; readonly kind: CollectiveKind; readonly signer: string }
export interface Someone { readonly id: string; readonly name: string; readonly note: string }
/**
 * What is written and not yet handed in. It lives on this phone, and a copy of it on the server: `base` is the version there that it was last the same
 * as (0: none), `unsent` that it was changed since.
 * `pen` is this phone's own for this draft, `turn` counts what was given to the server with it. `key` is made once, with the draft: however often it is sent, it counts once. `of`: it mends a
 * submission that was returned or withdrawn. The two pledges are not kept: they are ticked anew each time.
 */
export interface Draft {
  readonly id: string; readonly key: string; readonly kind: SubmissionKind; readonly savedAt: string;
  readonly base: number; readonly unsent: boolean; readonly pen: string; readonly turn: number;
  readonly of: { readonly id: string; readonly version: number } | null;
  readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string;
  readonly category: string | null; readonly nature: string | null; readonly townId: string | null; readonly urgency: Urgency;
  /** 共同反映人: members who report it with this one. */
  readonly together: readonly Someone[];
  readonly source: Source | null;
  /** Of a proposal: 是否同意公开, 是否同意转社情民意. */
  readonly publicity: Choice | null; readonly conversion: Choice | null;
  /** Null: in one's own name. */
  readonly collective: Collective | null;
  readonly unitIds: readonly string[]; readonly wish: string | null; readonly files: readonly DraftFile[];
}

export const newDraft = (kind: SubmissionKind): Draft => ({
  id: newKey(), key: newKey(), kind, savedAt: '', base: 0, unsent: true, pen: newKey(), turn: 0, of: null, title: '', situation: '', analysis: '', suggestion: '',
  category: null, nature: null, townId: null, urgency: 'normal', together: [], source: null, publicity: null, conversion: null, collective: null, unitIds: [], wish: null, files: [],
});

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const choiceIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const saidIn = (value: unknown): Choice | null => choices.find((known) => known === value) ?? null;
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});

function someoneIn(value: unknown): Someone[] {
  const it = record(value);
  return textIn(it.id) === '' || textIn(it.name) === '' ? [] : [{ id: textIn(it.id), name: textIn(it.name), note: textIn(it.note) }];
}

function sourceIn(value: unknown): Source | null {
  const it = record(value);
  const kind = sourceKinds.find((known) => known === it.kind);
  return kind && textIn(it.id) !== '' ? { kind, id: textIn(it.id), words: textIn(it.words) } : null;
}

function collectiveIn(value: unknown): Collective | null {
  const it = record(value);
  const kind = collectiveKinds.find((known) => known === it.kind);
  return kind && textIn(it.bodyId) !== '' ? { bodyId: textIn(it.bodyId), kind, signer: textIn(it.signer) } : null;
}

function fileIn(value: unknown): DraftFile[] {
  const it = record(value);
  const [path, id] = [choiceIn(it.path), choiceIn(it.id)];
  if (path === null && id === null) return [];
  return [{ key: textIn(it.key) || newKey(), name: textIn(it.name) || '附件', size: typeof it.size === 'number' ? it.size : 0, picture: it.picture === true, path, id, ...(it.seal === true && { seal: true as const }) }];
}

/** Whatever an older version or a half-written record left: every missing part takes its empty value. Undefined: not a draft at all. */
export function draftFrom(value: unknown): Draft | undefined {
  const it = record(value);
  const kind = submissionKinds.find((known) => known === it.kind);
  if (!kind || textIn(it.id) === '') return undefined;
  const of = record(it.of);
  const listed = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);
  return {
    ...newDraft(kind), id: textIn(it.id), key: textIn(it.key) || textIn(it.id), savedAt: textIn(it.savedAt), base: typeof it.base === 'number' ? it.base : 0, unsent: it.unsent !== false,
    pen: textIn(it.pen) || newKey(), turn: typeof it.turn === 'number' ? it.turn : 0,
    of: typeof of.id === 'string' && typeof of.version === 'number' ? { id: of.id, version: of.version } : null,
    title: textIn(it.title), situation: textIn(it.situation), analysis: textIn(it.analysis), suggestion: textIn(it.suggestion),
    category: choiceIn(it.category), nature: choiceIn(it.nature), townId: choiceIn(it.townId), wish: choiceIn(it.wish),
    urgency: urgencies.find((known) => known === it.urgency) ?? 'normal',
    together: listed(it.together).flatMap(someoneIn), source: sourceIn(it.source), publicity: saidIn(it.publicity), conversion: saidIn(it.conversion), collective: collectiveIn(it.collective),
    unitIds: listed(it.unitIds).filter((unit): unit is string => typeof unit === 'string'), files: listed(it.files).flatMap(fileIn),
  };
}

/** How much is written in the body, in characters. */
export const draftLength = (draft: Draft): number => lengthOf(draft.situation) + lengthOf(draft.analysis) + lengthOf(draft.suggestion);
export const isEmptyDraft = (draft: Draft): boolean => lengthOf(draft.title) + draftLength(draft) + draft.files.length === 0;

/** What the server is given of it; photos and papers that are still on their way follow with a later version. */
export const keptOf = ({ id, key, base, pen, turn, kind, of, title, situation, analysis, suggestion, category, nature, townId, urgency, together, source, publicity, conversion, collective, unitIds, wish, files }: Draft) =>
  ({ id, key, version: base, pen, turn, kind, of, title, situation, analysis, suggestion, category, nature, townId, urgency, together: together.map(({ id: who, name, note }) => ({ id: who, name, note })), source: source && { ...source }, publicity, conversion, unitIds: [...unitIds], wish, fileIds: sentOf(files, false), collective: collective && { ...collective, sealIds: sentOf(files, true) } });
/** Those on the server already: pages with signature or seal, or all others. */
export const sentOf = (files: readonly DraftFile[], seals: boolean): string[] => files.flatMap(({ id, seal = false }) => (id !== null && seal === seals ? [id] : []));

/** The server's copy in the place of these words. What is still only on this phone (a photo on its way) stays with it. */
export function withCopy(draft: Draft, copy: DraftView): Draft {
  const { id: _id, key: _key, length: _length, pen: _pen, bodyId: _bodyId, version, files, collective, ...words } = copy;
  const known = (id: string) => draft.files.find((file) => file.id === id);
  const seals = collective?.seals ?? [];
  return { ...draft, ...words, collective: collective && { bodyId: collective.bodyId, kind: collective.kind, signer: collective.signer }, base: version, unsent: false,
    files: [...[...files, ...seals].map((file): DraftFile => known(file.id) ?? { key: `sent-${file.id}`, path: null, ...file, ...(seals.includes(file) && { seal: true as const }) }), ...draft.files.filter(({ id }) => id === null)] };
}
export const fromCopy = (copy: DraftView): Draft => withCopy({ ...newDraft(copy.kind), id: copy.id, key: copy.key }, copy);
/** The same words as a draft of its own. */
export const twinOf = (draft: Draft): Draft => ({ ...draft, id: newKey(), key: newKey(), of: null, base: 0, unsent: true, pen: newKey(), turn: 0 });

const parts = ['title', 'situation', 'analysis', 'suggestion'] as const;
/** It may hold something classified: then nothing of it leaves the phone. */
export const looksSecret = (draft: Draft): boolean => parts.some((part) => isBlocked(secrecyFindings(draft[part])));

/**
 * What came of giving the server a copy: `kept` as this version; `theirs`: another phone gave it another text; `over`: it was handed in already;
 * `refused`: not kept, with the reason; `later`: no answer, it is tried again.
 */
export type Given = { readonly as: 'kept'; readonly version: number } | { readonly as: 'theirs'; readonly copy: DraftView } | { readonly as: 'over' | 'gone' | 'refused'; readonly words: string } | { readonly as: 'later' };
