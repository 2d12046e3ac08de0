import { collectiveKindOf } from '@lvzhi/domain';
import type { BodyKind, CollectiveKind, ParticipatingKind, PostCode } from '@lvzhi/domain';
import type { Roster, RosterPerson } from './cast.ts';

/** A body that hands in proposals, and who does it for it. */
export interface Voice { readonly bodyId: string; readonly kind: CollectiveKind; readonly person: RosterPerson }
export interface SeededBody { readonly id: string; readonly kind: BodyKind; readonly proposes?: ParticipatingKind }

/** Every body of the roster that may hand in, with the account that the rules give it; heads for committees, leaders for groups. Each once, in the order of the roster. */
export function voicesOf(roster: Roster, bodies: readonly SeededBody[]): Readonly<Record<CollectiveKind, readonly Voice[]>> {
  const found: Record<CollectiveKind, Voice[]> = { party: [], organization: [], sector: [], group: [], committee: [] };
  for (const person of roster.people) {
    for (const { post, bodyId } of person.posts) {
      const body = bodies.find(({ id }) => id === bodyId);
      const kind = body && collectiveKindOf(post as PostCode, body.kind, body.proposes ?? null);
      // A sector writes on its account; its convener signs.
      if (!kind || post === 'sector_convener' || found[kind].some((it) => it.bodyId === bodyId)) continue;
      found[kind].push({ bodyId, kind, person });
    }
  }
  return found;
}

/** Who signs under it: the house knows only the name. */
export function signerOf({ kind, bodyId, person }: Voice, roster: Roster): string {
  const convener = roster.people.find(({ posts }) => posts.some((held) => held.post === 'sector_convener' && held.bodyId === bodyId));
  return kind === 'sector' ? (convener ?? person).name : kind === 'party' || kind === 'organization' ? '林致远' : person.name;
}
