/**
 * Who acts. A person may hold several posts at several bodies at once (rules: posts); every check looks at all of them,
 * and the journal records the one acted in.
 */
export const postCodes = [
  'member', 'standing_member', 'sector_convener', 'group_leader', 'body_account',
  'committee_head', 'committee_vice_head', 'committee_staff',
  'proposal_office', 'review_board', 'plenary_desk',
  'information_editor', 'office_director', 'secretary_general', 'vice_chair', 'chair',
  'dispatch_party', 'dispatch_government', 'unit_clerk', 'unit_supervisor',
  'member_affairs', 'history_editor', 'township_liaison', 'informant',
  'system_admin', 'security_admin', 'auditor', 'system',
] as const;
export type PostCode = (typeof postCodes)[number];

/** One post, at one body, for one term (届). `standsInFor`: held for an absent person (代理), whose post it is. */
export interface HeldPost { readonly post: PostCode; readonly bodyId: string; readonly termId: string; readonly standsInFor?: string }
export interface Actor { readonly personId: string; readonly posts: readonly HeldPost[] }

/** The house itself: it may do what a flow gives to `system`, and nothing else. */
export const systemActor = (termId: string): Actor => ({ personId: 'system', posts: [{ post: 'system', bodyId: 'cppcc', termId }] });

export const holds = (actor: Actor, ...posts: readonly PostCode[]): boolean => actor.posts.some(({ post }) => posts.includes(post));
export const bodiesWhere = (actor: Actor, ...posts: readonly PostCode[]): string[] =>
  [...new Set(actor.posts.filter(({ post }) => posts.includes(post)).map(({ bodyId }) => bodyId))];

/** Posts whose holder speaks for the body at which they are held: what it hands in (集体提案) is theirs to follow, and stays the body's when they leave. */
export const voicePosts = ['body_account', 'sector_convener', 'group_leader', 'committee_head', 'committee_vice_head'] as const;
export const isVoice = (post: PostCode): boolean => voicePosts.some((it) => it === post);
/** Those whose proposals are: members for themselves, and those who speak for a body. */
export const proposerPosts = ['member', ...voicePosts] as const;
/** As whom this person acts: themself, and every body that they speak for. The author of a collective proposal is its body. */
export const selvesOf = (actor: Actor): string[] => [actor.personId, ...bodiesWhere(actor, ...voicePosts)];

/** Those who review for a committee, and those who prepare it for them. */
export const committeeHeads = ['committee_head', 'committee_vice_head'] as const;
export const committeePosts = ['committee_head', 'committee_vice_head', 'committee_staff'] as const;
/** Who does 分办 (triage) of each kind. */
export const triagePosts = { opinion: ['information_editor', 'office_director'], proposal: ['proposal_office'] } as const;
/** Those of a unit that handles proposals, and those of the two offices that hand over (交办) to the units of their side. */
export const unitPosts = ['unit_clerk', 'unit_supervisor'] as const;
export const dispatchPosts = ['dispatch_party', 'dispatch_government'] as const;
/** Who may write down for somebody else (代录). */
export const entryPosts = ['committee_staff', 'proposal_office', 'information_editor', 'member_affairs'] as const;
/** Those who visit members (走访). */
export const leaderPosts = ['chair', 'vice_chair', 'secretary_general'] as const;
