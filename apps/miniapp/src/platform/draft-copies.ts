import type { DraftRow, DraftView } from '@lvzhi/contracts';
import { InvalidInput } from '@lvzhi/contracts';
import { api } from './api.ts';
import { keptOf, looksSecret } from './draft.ts';
import type { Draft, Given } from './draft.ts';
import { dropDraft, draftsOf, putDraft } from './drafts.ts';
import { online } from './network.ts';
import { me, watchSession } from './session.ts';
import { forget, keep, recall } from './storage.ts';
import { watched } from './watched.ts';
import { Failure, reasonOf } from './wire.ts';

const isCopy = (value: unknown): value is DraftView => typeof value === 'object' && value !== null && 'version' in value && 'situation' in value;

/** The server has removed it for good and says that nobody may keep it. */
export const isDisposed = (error: unknown): boolean => error instanceof Failure && error.refusal.action === 'secret_disposed';

function givenBy(error: unknown): Given {
  if (error instanceof InvalidInput) return { as: 'refused', words: Object.values(error.fields)[0] ?? '' };
  if (!(error instanceof Failure)) return { as: 'refused', words: reasonOf(error) };
  const { status, refusal } = error;
  if (status === 0 || status === 401 || status === 429 || status >= 500) return { as: 'later' };
  if (refusal.stale && isCopy(refusal.current)) return { as: 'theirs', copy: refusal.current };
  // `gone`: disposed of as 涉密, so that this phone keeps none of it either.
  return { as: refusal.action === 'draft_over' ? 'over' : isDisposed(error) ? 'gone' : 'refused', words: refusal.reason };
}

/** Gives the server its copy. One that was deleted on another phone and written on here is a new one there. */
export async function giveCopy(draft: Draft): Promise<Given> {
  if (looksSecret(draft)) return { as: 'refused', words: '内容疑似涉密，没有存到服务器' };
  try { return { as: 'kept', version: (await api.keepDraft(keptOf(draft))).draft.version }; } catch (error) {
    if (error instanceof Failure && error.refusal.action === 'draft_gone' && draft.unsent && draft.base > 0) return giveCopy({ ...draft, base: 0 });
    return givenBy(error);
  }
}

/** A draft that its author found to be 涉密: what the server needs to clear every trace of it. No word of it. */
interface Secret { readonly draft: string; readonly key: string; readonly kind: Draft['kind']; readonly fileIds: string[] }
type Gone = string | Secret;
const isGone = (it: unknown): it is Gone => typeof it === 'string' || (typeof it === 'object' && it !== null && 'draft' in it && 'key' in it);
const idOf = (it: Gone): string => (typeof it === 'string' ? it : it.draft);
/** Deleted here while there was no network: deleted there as soon as there is. */
const goneAt = (personId: string) => `lvzhi.gone.${personId}`;
const goneOf = (personId: string): Gone[] => { const kept = recall(goneAt(personId)); return Array.isArray(kept) ? kept.filter(isGone) : []; };
async function deleteCopies(personId: string): Promise<void> {
  for (const it of goneOf(personId)) {
    await (typeof it === 'string' ? api.removeDraft({ id: it }) : api.purgeDraft(it));
    const left = goneOf(personId).filter((other) => idOf(other) !== idOf(it));
    if (left.length > 0) keep(goneAt(personId), left); else forget(goneAt(personId));
  }
}
function deleteThere(personId: string, gone: Gone): Promise<void> {
  keep(goneAt(personId), [...goneOf(personId), gone]);
  return deleteCopies(personId);
}
export function deleteCopy(personId: string, id: string): void { deleteThere(personId, id).catch(() => undefined); }
/** Rejects while it cannot be told to the server; it is told as soon as it can. */
export const purgeCopy = (personId: string, { id: draft, key, kind, files }: Draft): Promise<void> => deleteThere(personId, { draft, key, kind, fileIds: files.flatMap((file) => file.id ?? []) });

const elsewhere = watched<{ readonly of: string; readonly rows: readonly DraftRow[] }>({ of: '', rows: [] });
/** Drafts of this person that the server has and this phone has not: written on another phone. */
export function useElsewhere(personId: string): readonly DraftRow[] {
  const { of, rows } = elsewhere.use();
  if (of !== personId) return [];
  const here = new Set([...draftsOf(personId).map(({ id }) => id), ...goneOf(personId).map(idOf)]);
  return rows.filter(({ id }) => !here.has(id));
}

/** Being written on at this moment: its page sees to it. */
export const beingWritten = new Set<string>();

async function giveStored(personId: string, found: Draft): Promise<void> {
  const draft = { ...found, turn: found.turn + 1 };
  putDraft(personId, draft);
  const given = await giveCopy(draft);
  const stored = draftsOf(personId).find(({ id }) => id === draft.id);
  if (!stored || beingWritten.has(draft.id)) return;
  if (given.as === 'over' || given.as === 'gone') dropDraft(personId, draft);
  if (given.as === 'kept') putDraft(personId, { ...stored, base: given.version, unsent: stored.unsent && stored.savedAt !== draft.savedAt });
}

let running: Promise<void> | undefined;
async function step(personId: string): Promise<void> {
  await deleteCopies(personId);
  const { rows } = await api.listDrafts({});
  const there = new Set(rows.map(({ id }) => id));
  for (const draft of draftsOf(personId)) if (!beingWritten.has(draft.id) && (draft.unsent || (draft.base > 0 && !there.has(draft.id)))) await giveStored(personId, draft);
  elsewhere.set({ of: personId, rows });
}
/** Brings the drafts on this phone and their copies in step, one walk at a time. What fails is tried again at the next occasion. */
export function stepDrafts(): Promise<void> {
  const who = me();
  if (!who || who.mustConsent || !(who.can.some((it) => it === 'write_opinion' || it === 'write_proposal' || it === 'write_collective'))) return Promise.resolve();
  // The next occasion (a page shown, the network back) tries again; whether there is a network is said on every page.
  running ??= step(who.person.id).catch(() => undefined).finally(() => { running = undefined; });
  return running;
}
/** From the start on: whenever somebody is signed in or the network comes back. */
export function keepDraftsInStep(): void {
  let last: string | undefined;
  watchSession(() => { const now = me()?.person.id; if (now !== last) { last = now; void stepDrafts(); } });
  online.watch(() => { if (online.get()) void stepDrafts(); });
}
