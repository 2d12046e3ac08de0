import { now } from './clock.ts';
import { draftFrom } from './draft.ts';
import type { Draft } from './draft.ts';
import { forget, keep, keysWith, recall } from './storage.ts';

const folder = (personId: string) => `lvzhi.draft.${personId}.`;
const placeOf = (personId: string, draft: Pick<Draft, 'kind' | 'id'>) => `${folder(personId)}${draft.kind}.${draft.id}`;

/** The drafts of this person on this phone, the last saved first. Nobody else's, whoever used the phone before. */
export const draftsOf = (personId: string): Draft[] => keysWith(folder(personId))
  .flatMap((place) => draftFrom(recall(place)) ?? []).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
export const draftById = (personId: string, id: string): Draft | undefined => draftsOf(personId).find((draft) => draft.id === id);
/** The draft that mends this submission, if one was begun. */
export const draftOfSubmission = (personId: string, submissionId: string): Draft | undefined => draftsOf(personId).find((draft) => draft.of?.id === submissionId);

/** As it is, without a new time: its copy on the server changed, not its words. False: the phone is full. */
export const putDraft = (personId: string, draft: Draft): boolean => keep(placeOf(personId, draft), draft);
/** The draft as saved, with the time; undefined: the phone is full. */
export function saveDraft(personId: string, draft: Draft): Draft | undefined {
  const saved = { ...draft, savedAt: now().toISOString() };
  return keep(placeOf(personId, draft), saved) ? saved : undefined;
}
export function dropDraft(personId: string, draft: Pick<Draft, 'kind' | 'id'>): void { forget(placeOf(personId, draft)); }
