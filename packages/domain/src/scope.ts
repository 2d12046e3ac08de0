import { bodiesWhere, committeePosts, dispatchPosts, entryPosts, holds, leaderPosts, selvesOf, triagePosts, unitPosts, voicePosts } from './actor.ts';
import type { Actor } from './actor.ts';
import { awardJudges } from './flows/award.flow.ts';
import { dispatchOf, sides } from './flows/handling.flow.ts';
import type { Side } from './flows/handling.flow.ts';
import { reporterPosts } from './flows/opinion.flow.ts';
import type { OpinionState } from './flows/opinion.flow.ts';
import { deciders } from './flows/proposal.flow.ts';
import type { Closure } from './closure.ts';
import type { DocumentKind } from './words.ts';

/**
 * What a person may see of one kind (rules: posts, column "sees"). The server puts it into the SQL of every list and asks it of every
 * single document; there is no second place that decides.
 */
export interface Scope {
  readonly all: boolean;
  /** Own ones, and those of the bodies that this person speaks for, drafts too. Everybody else sees nothing of a draft. */
  readonly authorIds: readonly string[];
  /** Those that lie at these committees, or on which these may comment; of 代录, those that these offices entered. */
  readonly committeeIds: readonly string[];
  /** Proposals on which the review board decides. */
  readonly board?: true;
  /** Anybody's, once they are in one of these states: what a leader signs. */
  readonly states?: readonly string[];
  /** Units' parts in proposals that these sides hand over. */
  readonly sides?: readonly Side[];
  /** Proposals that lie with these bodies: units that handle them, offices that hand them over. */
  readonly handlerIds?: readonly string[];
  /** 联名邀请 that this person sent out. */
  readonly askedBy?: string;
  /** Visits on which this person goes. */
  readonly leaderId?: string;
}

/** What lies before those who sign, and what they have signed. */
const signedStates: readonly OpinionState[] = ['pending_signoff', 'issued', 'sent', 'recalled'];

const handlersOf = (actor: Actor): Pick<Scope, 'handlerIds'> => { const handlerIds = bodiesWhere(actor, ...unitPosts, ...dispatchPosts); return handlerIds.length > 0 ? { handlerIds } : {}; };
const sidesOf = (actor: Actor): Pick<Scope, 'sides'> => { const own = sides.filter((side) => holds(actor, dispatchOf(side))); return own.length > 0 ? { sides: own } : {}; };

export function scopeOf(kind: DocumentKind, actor: Actor): Scope {
  const authorIds = selvesOf(actor);
  switch (kind) {
    case 'opinion': case 'proposal':
      return { all: holds(actor, 'system', ...triagePosts[kind]), authorIds, committeeIds: bodiesWhere(actor, ...committeePosts), ...(kind === 'opinion' && holds(actor, ...leaderPosts) && { states: signedStates }), ...(kind === 'proposal' && holds(actor, 'review_board') && { board: true }), ...(kind === 'proposal' && handlersOf(actor)) };
    case 'supervision': case 'demand':
      return { all: holds(actor, 'system', 'proposal_office', ...leaderPosts), authorIds, committeeIds: bodiesWhere(actor, ...committeePosts, ...unitPosts) };
    case 'publication':
      return { all: holds(actor, 'system', 'proposal_office'), authorIds, committeeIds: [] };
    case 'award':
      return { all: holds(actor, 'system', ...awardJudges), authorIds, committeeIds: [] };
    case 'ballot':
      return { all: holds(actor, 'system'), authorIds, committeeIds: [] };
    case 'cosign':
      return { all: holds(actor, 'system'), authorIds, committeeIds: [], askedBy: actor.personId };
    case 'rating':
      return { all: holds(actor, 'system', 'proposal_office'), authorIds, committeeIds: [] };
    case 'handling':
      return { all: holds(actor, 'system', 'proposal_office'), authorIds, committeeIds: bodiesWhere(actor, ...unitPosts), ...sidesOf(actor) };
    case 'visit':
      return { all: holds(actor, 'member_affairs'), authorIds, committeeIds: [], ...(holds(actor, ...leaderPosts) && { leaderId: actor.personId }) };
    case 'entry':
      return { all: false, authorIds, committeeIds: bodiesWhere(actor, ...entryPosts) };
  }
}

export interface Seen { readonly state: string; readonly authorId: string; readonly committeeId: string | null; readonly coCommitteeIds: readonly string[]; readonly leaderIds?: readonly string[]; readonly decider?: string | null; readonly side?: string | null; readonly handlerIds?: readonly string[] | null; readonly coAuthorIds?: readonly string[] | null; readonly closure?: Closure; readonly firstId?: string }
export function maySee(scope: Scope, doc: Seen): boolean {
  // While it is looked into for state secrets it is there for nobody; the two who deal with it have a page of their own.
  if (doc.closure === 'marked') return false;
  if (scope.authorIds.some((id) => id === doc.authorId || doc.coAuthorIds?.includes(id))) return true;
  if (doc.state === 'draft') return false;
  if (scope.all || scope.states?.includes(doc.state) || scope.board && doc.decider === 'review_board') return true;
  if (scope.sides?.some((side) => side === doc.side) || scope.handlerIds?.some((id) => doc.handlerIds?.includes(id))) return true;
  if (scope.askedBy !== undefined && scope.askedBy === doc.firstId) return true;
  if (scope.leaderId !== undefined && doc.leaderIds?.includes(scope.leaderId)) return true;
  return scope.committeeIds.some((id) => id === doc.committeeId || doc.coCommitteeIds.includes(id));
}

/**
 * The marks under which a document lies in the search index, and those under which a person may look: whoever may see it has one of its marks,
 * and nobody else (a test compares with `maySee`). They only lead to the rows; `maySee` itself stands in the statement as well.
 */
export function readersOf(kind: DocumentKind, { state, authorId, committeeId, coCommitteeIds, decider, handlerIds, coAuthorIds, closure }: Seen): string[] {
  if (closure === 'marked') return [];
  const own = [authorId, ...coAuthorIds ?? []].map((id) => `by:${id}`);
  return state === 'draft' ? own : [...own, `all:${kind}`, ...(decider === 'review_board' ? [`board:${kind}`] : []), ...(kind === 'opinion' && signedStates.some((it) => it === state) ? [`signed:${kind}`] : []), ...new Set([...(committeeId === null ? [] : [committeeId]), ...coCommitteeIds].map((id) => `at:${id}`)), ...(handlerIds ?? []).map((id) => `to:${id}`)];
}
export const looksUnder = (kind: DocumentKind, actor: Actor): string[] => {
  const { all, board, authorIds, committeeIds, states, handlerIds = [] } = scopeOf(kind, actor);
  return [...authorIds.map((id) => `by:${id}`), ...(states ? [`signed:${kind}`] : []), ...(board ? [`board:${kind}`] : []), ...(all ? [`all:${kind}`] : [...committeeIds.map((id) => `at:${id}`), ...handlerIds.map((id) => `to:${id}`)])];
};

/** What a person may do at all: the entries of both apps' menus and the forms that are open to them. */
export const abilities = ['write_opinion', 'write_proposal', 'write_collective', 'triage_opinion', 'triage_proposal', 'review', 'decide_proposal', 'dispatch_proposals', 'handle_proposals', 'read_figures', 'edit', 'check_issues', 'sign_issues', 'read_instructions', 'arrange_visits', 'visit', 'receive_visits', 'manage_roster', 'manage_accounts', 'view_powers', 'manage_rules', 'read_rules', 'enter_on_behalf', 'view_health', 'read_audit', 'mark_secrets', 'dispose_secrets'] as const;
export type Ability = (typeof abilities)[number];

/** What is done on the phone alone; whoever can do anything else has work at the desk. */
const onPhoneOnly: readonly Ability[] = ['write_opinion', 'write_proposal', 'receive_visits'];
export const hasDeskWork = (actor: Actor): boolean => abilitiesOf(actor).some((ability) => !onPhoneOnly.includes(ability));

export function abilitiesOf(actor: Actor): Ability[] {
  const rules: Record<Ability, boolean> = {
    write_opinion: holds(actor, ...reporterPosts),
    write_proposal: holds(actor, 'member'),
    write_collective: holds(actor, ...voicePosts),
    triage_opinion: holds(actor, ...triagePosts.opinion),
    triage_proposal: holds(actor, ...triagePosts.proposal),
    review: holds(actor, ...committeePosts),
    decide_proposal: holds(actor, ...deciders),
    dispatch_proposals: holds(actor, ...dispatchPosts),
    handle_proposals: holds(actor, ...unitPosts),
    read_figures: holds(actor, 'proposal_office', ...leaderPosts),
    edit: holds(actor, 'information_editor'),
    check_issues: holds(actor, 'office_director'),
    sign_issues: holds(actor, ...leaderPosts),
    read_instructions: holds(actor, ...triagePosts.opinion, ...leaderPosts),
    arrange_visits: holds(actor, 'member_affairs'),
    visit: holds(actor, ...leaderPosts),
    receive_visits: holds(actor, 'member'),
    manage_roster: holds(actor, 'member_affairs'),
    manage_accounts: holds(actor, 'system_admin'),
    view_powers: holds(actor, 'system_admin', 'security_admin', 'auditor'),
    manage_rules: holds(actor, 'system_admin'),
    read_rules: holds(actor, 'system_admin', 'auditor'),
    enter_on_behalf: holds(actor, ...entryPosts),
    view_health: holds(actor, 'system_admin', 'auditor'),
    read_audit: holds(actor, 'auditor'),
    mark_secrets: holds(actor, ...triagePosts.opinion, ...triagePosts.proposal),
    dispose_secrets: holds(actor, 'security_admin'),
  };
  return abilities.filter((ability) => rules[ability]);
}
