import type { Answer, EntryView, FileView, routes } from '@lvzhi/contracts';
import { isBlocked, secrecyFindings } from '@lvzhi/domain';
import type { Choice, EntryMeans, SubmissionKind, Urgency } from '@lvzhi/domain';
import { useCallback, useRef, useState } from 'react';
import { serverNow } from '../platform/clock.ts';

export type EntryAuthor = Pick<Answer<typeof routes.findEntryAuthors>['rows'][number], 'id' | 'name' | 'note' | 'proposerKind' | 'paperOnly'>;
/** A file on the server, as a draft keeps it. */
export type KeptFile = Omit<FileView, 'type'>;
/** What is typed in for somebody. `key`: one for the draft's life; `of`: the entry that is put right; `left`, `hints`: what the file had beside its parts. */
export interface EntryDraft {
  readonly key: string; readonly of: { readonly id: string; readonly version: number } | null; readonly kind: SubmissionKind; readonly author: EntryAuthor | null; readonly means: EntryMeans; readonly signed: boolean;
  readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string; readonly category: string; readonly nature: string; readonly townId: string; readonly urgency: Urgency; readonly unitIds: readonly string[]; readonly publicity: Choice | null; readonly conversion: Choice | null;
  /** 联名委员, whose signatures stand on the paper. */
  readonly coSigners: readonly Pick<EntryAuthor, 'id' | 'name' | 'note'>[];
  readonly files: readonly KeptFile[]; readonly papers: readonly FileView[]; readonly source: FileView | null; readonly left: readonly string[]; readonly hints: readonly string[]; readonly savedAt: string;
}
/** What is written and chosen of any text, whoever's it is. */
export type Written = Pick<EntryDraft, 'kind' | 'title' | 'situation' | 'analysis' | 'suggestion' | 'category' | 'nature' | 'townId' | 'urgency' | 'unitIds' | 'publicity' | 'conversion' | 'files'>;
export interface WrittenPart { readonly draft: Written; readonly change: (part: Partial<Written>) => void; readonly wrong: Readonly<Record<string, string>> }
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const blankEntry = (): EntryDraft => ({
  key: newKey(), of: null, kind: 'opinion', author: null, means: 'confirm', signed: false, title: '', situation: '', analysis: '', suggestion: '', category: '', nature: '', townId: '', urgency: 'normal', unitIds: [], publicity: null, conversion: null, coSigners: [],
  files: [], papers: [], source: null, left: [], hints: [], savedAt: '',
});
/** An entry as the form opens with it, to be put right. */
export const draftOf = (doc: EntryView): EntryDraft => ({
  ...blankEntry(), of: { id: doc.id, version: doc.version }, kind: doc.kind, author: { ...doc.author, proposerKind: null, paperOnly: null }, means: doc.means, title: doc.title, ...doc.form,
  category: doc.form.category ?? '', nature: doc.form.nature ?? '', townId: doc.form.townId ?? '', files: doc.files, papers: doc.papers, source: doc.source,
});
/** As both routes take it. */
export const formOf = (it: EntryDraft) => ({
  title: it.title, situation: it.situation, analysis: it.analysis, suggestion: it.suggestion, category: it.category || null, nature: it.kind === 'opinion' ? it.nature || null : null, townId: it.townId || null,
  urgency: it.kind === 'opinion' ? it.urgency : 'normal' as const, unitIds: it.kind === 'proposal' ? [...it.unitIds] : [], publicity: it.kind === 'proposal' ? it.publicity : null, conversion: it.kind === 'proposal' ? it.conversion : null, fileIds: it.files.map(({ id }) => id), paperIds: it.papers.map(({ id }) => id), sourceId: it.source?.id ?? null,
});

const textOf = ({ title, situation, analysis, suggestion, left }: EntryDraft): string => [title, situation, analysis, suggestion, ...left].join('\n');
const looksSecret = (it: EntryDraft): boolean => isBlocked(secrecyFindings(textOf(it)));
const isEmpty = (it: EntryDraft): boolean => it.author === null && textOf(it).trim() === '' && it.papers.length + it.files.length === 0 && it.source === null;

const keptDays = 7;
const place = (personId: string, of: string | undefined): string => `lvzhi.entry.${personId}${of === undefined ? '' : `.${of}`}`;
/** What this person had begun in this browser; nothing when it is too old, of another version, or not to be read. */
function stored(personId: string, of: EntryDraft['of']): EntryDraft | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place(personId, of?.id)) ?? 'null');
    if (typeof found !== 'object' || found === null) return undefined;
    const draft = { ...blankEntry(), ...found };
    const fresh = serverNow().getTime() - Date.parse(draft.savedAt) < keptDays * 86_400_000;
    return fresh && draft.of?.version === of?.version ? draft : undefined;
  } catch { return undefined; }
}

/** `none`: nothing typed yet; `secret`: looks classified, so it stays in this page only; `full`: the browser keeps no more. */
type Keeping = 'none' | 'kept' | 'secret' | 'full';
export interface Editing { readonly draft: EntryDraft; readonly keeping: Keeping; readonly found: boolean; change: (part: Partial<EntryDraft>) => void; drop: () => void }

/** The form's draft, kept in this browser for this person at every change, until it is handed in or dropped. */
export function useEntryDraft(personId: string, first: EntryDraft): Editing {
  const [start] = useState(() => stored(personId, first.of));
  const [draft, setDraft] = useState(start ?? first);
  const [keeping, setKeeping] = useState<Keeping>(start ? 'kept' : 'none');
  const latest = useRef(draft);
  const name = place(personId, first.of?.id);
  const change = useCallback((part: Partial<EntryDraft>) => {
    const next = { ...latest.current, ...part, savedAt: serverNow().toISOString() };
    latest.current = next;
    setDraft(next);
    if (isEmpty(next) || looksSecret(next)) { localStorage.removeItem(name); setKeeping(isEmpty(next) ? 'none' : 'secret'); return; }
    try { localStorage.setItem(name, JSON.stringify(next)); setKeeping('kept'); } catch { setKeeping('full'); }
  }, [name]);
  const drop = useCallback(() => { localStorage.removeItem(name); latest.current = blankEntry(); setDraft(latest.current); setKeeping('none'); }, [name]);
  return { draft, keeping, found: start !== undefined, change, drop };
}
