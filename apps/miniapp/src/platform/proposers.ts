import type { Proposing } from '@lvzhi/contracts';
import { api } from './api.ts';
import { keep, recall } from './storage.ts';

const placeOf = (personId: string): string => `lvzhi.proposers.${personId}`;
const isProposing = (it: unknown): it is Proposing => typeof it === 'object' && it !== null && 'body' in it && 'kind' in it && 'signedWords' in it;

/** The bodies in whose name this person may write. Without a network those known before, so that the form opens all the same; the server looks again when it is handed in. @throws Failure */
export async function proposersOf(personId: string): Promise<readonly Proposing[]> {
  try {
    const { rows } = await api.listProposers({});
    keep(placeOf(personId), rows);
    return rows;
  } catch (error) {
    const known = recall(placeOf(personId));
    if (!Array.isArray(known)) throw error;
    return known.filter(isProposing);
  }
}
