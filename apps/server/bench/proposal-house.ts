import type { Catalogue } from '@lvzhi/contracts';
import type { Api, Cast, Roster } from './cast.ts';
import type { Voice } from './proposal-bodies.ts';
import type { ProposalFate } from './proposal-fates.ts';
import type { UnitDesk } from './unit-accounts.ts';

/** The house in which a year of proposals is played: who they are, and which proposal is which. */
export interface ProposalHouse {
  readonly cast: Cast; readonly roster: Roster; readonly catalogue: Catalogue; readonly seed: number;
  readonly fates: readonly ProposalFate[];
  /** By the number in the play. */
  readonly ids: Map<number, string>;
  readonly units: ReadonlyMap<string, UnitDesk>;
  now(): Date;
  author(no: number): Api;
  /** The body in whose name it is; undefined: a member's. */
  voice(no: number): Voice | undefined;
}

/** 提案委 at its desk. */
export const officeOf = ({ cast, roster }: ProposalHouse): Api => cast.desk(roster.people.find(({ login, posts }) => login !== undefined && posts.some(({ post }) => post === 'proposal_office') && posts.some(({ post }) => post === 'plenary_desk')) ?? roster.holder('proposal_office'));
function deskOf({ units }: ProposalHouse, unitId: string): UnitDesk {
  const found = units.get(unitId);
  if (!found) throw new Error(`演示里没有 ${unitId} 的经办人`);
  return found;
}
export const unitOf = (house: ProposalHouse, unitId: string): Api => house.cast.desk(deskOf(house, unitId).person);
/** The office of the unit's side: it hands over, reviews the replies and releases them. */
export const dispatcherOf = (house: ProposalHouse, unitId: string): Api => house.cast.desk(house.roster.holder(deskOf(house, unitId).side === 'party' ? 'dispatch_party' : 'dispatch_government'));
/** Those of the review board who do not speak for the body whose proposal it is; its first member otherwise. */
export function boardFor(house: ProposalHouse, no: number): Api {
  const own = house.voice(no)?.bodyId;
  const member = house.roster.people.find(({ login, posts }) => login !== undefined && posts.some(({ post }) => post === 'review_board') && !posts.some(({ post, bodyId }) => bodyId === own && post.startsWith('committee')));
  return house.cast.desk(member ?? house.roster.holder('review_board'));
}
