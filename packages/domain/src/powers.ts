import { dispatchPosts, postCodes, unitPosts } from './actor.ts';
import type { PostCode } from './actor.ts';
import { awardFlow } from './flows/award.flow.ts';
import { ballotFlow } from './flows/ballot.flow.ts';
import { demandFlow } from './flows/demand.flow.ts';
import { cosignFlow } from './flows/cosign.flow.ts';
import { entryFlow } from './flows/entry.flow.ts';
import { handlingFlow } from './flows/handling.flow.ts';
import { opinionFlow } from './flows/opinion.flow.ts';
import { proposalFlow } from './flows/proposal.flow.ts';
import { publicationFlow } from './flows/publication.flow.ts';
import { ratingFlow } from './flows/rating.flow.ts';
import { supervisionFlow } from './flows/supervision.flow.ts';
import { visitFlow } from './flows/visit.flow.ts';
import { abilitiesOf } from './scope.ts';
import type { Ability } from './scope.ts';
import { postWords } from './words.ts';
import type { DocumentKind } from './words.ts';
import type { Audience, Flow, Where } from './workflow.ts';

/** What holds posts or documents: the kinds of bodies. */
export const bodyKinds = ['cppcc', 'office', 'committee', 'sector', 'town', 'unit', 'participating_body', 'dispatch'] as const;
export type BodyKind = (typeof bodyKinds)[number];
/** A post that a person can be given; the house's own cannot. */
export type GivenPost = Exclude<PostCode, 'system'>;

/** At which bodies a post is held, and whose desk gives it: the roster's (委员名册) or the accounts' (单位与账号) (rules: posts). */
interface PostRule { readonly at: readonly BodyKind[]; readonly givenBy: 'manage_roster' | 'manage_accounts' }
const roster = (...at: BodyKind[]): PostRule => ({ at, givenBy: 'manage_roster' });
const accounts = (...at: BodyKind[]): PostRule => ({ at, givenBy: 'manage_accounts' });
export const postRules: Readonly<Record<GivenPost, PostRule>> = {
  member: roster('sector'), standing_member: roster('cppcc'), sector_convener: roster('sector'), group_leader: roster('sector'), committee_head: roster('committee'), committee_vice_head: roster('committee'),
  review_board: roster('cppcc'), secretary_general: roster('cppcc'), vice_chair: roster('cppcc'), chair: roster('cppcc'),
  body_account: accounts('participating_body', 'sector', 'committee'), committee_staff: accounts('committee'), proposal_office: accounts('committee'), plenary_desk: accounts('cppcc'), information_editor: accounts('office'), office_director: accounts('office'),
  dispatch_party: accounts('dispatch'), dispatch_government: accounts('dispatch'), unit_clerk: accounts('unit'), unit_supervisor: accounts('unit'), member_affairs: accounts('committee'), history_editor: accounts('committee'),
  township_liaison: accounts('town'), informant: accounts('cppcc', 'town', 'sector', 'participating_body', 'unit'), system_admin: accounts('cppcc'), security_admin: accounts('cppcc'), auditor: accounts('cppcc'),
};
export const givenPosts = postCodes.filter((post): post is GivenPost => post !== 'system');
export const postsGivenBy = (ability: PostRule['givenBy']): GivenPost[] => givenPosts.filter((post) => postRules[post].givenBy === ability);

/** 三员: three people, and none of them does the house's business (rules: posts; 等保 三级). */
export const adminPosts = ['system_admin', 'security_admin', 'auditor'] as const;
const isAdmin = (post: PostCode): boolean => adminPosts.some((it) => it === post);
/** Why somebody who holds these posts, now or later, may not be given that one; undefined: they may. */
export function postConflict(held: readonly PostCode[], given: PostCode): string | undefined {
  const other = held.find((post) => post !== given && (isAdmin(post) || isAdmin(given)));
  if (other === undefined) return undefined;
  return isAdmin(other) && isAdmin(given) ? `三员分立：系统管理员、安全管理员、审计员要由三个人担任，这个人已经是${postWords[other]}`
    : `三员分立：${postWords[isAdmin(given) ? given : other]}不兼任别的职务，这个人还是${postWords[isAdmin(given) ? other : given]}`;
}
/** A seat is personal; an office may be looked after by somebody else for a while (代理). */
export const mayBeStoodInFor = (post: PostCode): boolean => post !== 'system' && (postRules[post].givenBy === 'manage_accounts' || post === 'committee_head' || post === 'committee_vice_head');

/** Who must be there for a body to be given work: somebody of these who can sign in (traps, 9). */
export const handlingPosts: Partial<Record<BodyKind, readonly PostCode[]>> = {
  unit: unitPosts, committee: ['committee_head', 'committee_vice_head', 'committee_staff'], dispatch: dispatchPosts,
};

/** One line of the matrix 权限一览: a move of a flow, in which states, by whom. */
export interface PowerToMove { readonly kind: DocumentKind; readonly action: string; readonly words: string; readonly from: readonly { readonly state: string; readonly words: string }[]; readonly to: string; readonly by: readonly PostCode[]; readonly where: Where; readonly guarded: boolean; readonly undo: boolean }
type Moves = Pick<Flow<string, string, never>, 'stateWords' | 'actionWords'> & { readonly moves: Readonly<Record<string, Pick<Flow<string, string, never>['moves'][string], 'from' | 'to' | 'by' | 'where' | 'unless' | 'undo' | 'tells'>>> };
const flows: Readonly<Record<DocumentKind, Moves>> = { opinion: opinionFlow, proposal: proposalFlow, visit: visitFlow, entry: entryFlow, handling: handlingFlow, rating: ratingFlow, supervision: supervisionFlow, demand: demandFlow, ballot: ballotFlow, publication: publicationFlow, award: awardFlow, cosign: cosignFlow };

/** Every move of every flow: the very tables that the server judges by. */
export const powersToMove = (): PowerToMove[] => (Object.entries(flows) as [DocumentKind, Moves][]).flatMap(([kind, { moves, actionWords, stateWords }]) =>
  Object.entries(moves).map(([action, { from, to, by, where, unless, undo }]) => ({
    kind, action, words: actionWords[action] ?? action, from: from.map((state) => ({ state, words: stateWords[state] ?? state })), to: to === 'same' ? '状态不变' : stateWords[to] ?? to, by, where, guarded: unless !== undefined, undo: undo === true,
  })));
/** Every move that tells somebody, and whom. */
export const powersToTell = (): { readonly kind: DocumentKind; readonly action: string; readonly words: string; readonly to: Audience }[] => (Object.entries(flows) as [DocumentKind, Moves][]).flatMap(([kind, { moves, actionWords }]) =>
  Object.entries(moves).flatMap(([action, { tells = [] }]) => tells.map((to) => ({ kind, action, words: actionWords[action] ?? action, to }))));
/** What a post alone opens: asked of the same function as every request is. */
export const abilitiesOfPost = (post: PostCode): Ability[] => abilitiesOf({ personId: '', posts: [{ post, bodyId: '', termId: '' }] });
