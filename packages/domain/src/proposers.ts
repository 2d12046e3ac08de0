import type { PostCode } from './actor.ts';
import { dateWords } from './civil-time.ts';
import type { ProposalSession } from './case-number.ts';
import { sessionPlaceOf } from './case-number.ts';
import type { BodyKind } from './powers.ts';

/** 提案者 (rules: duty-rules §1.1): one member, several who signed, or a body through whoever may sign for it. */
export const proposerKinds = ['individual', 'joint', 'party', 'organization', 'sector', 'group', 'committee'] as const;
export type ProposerKind = (typeof proposerKinds)[number];
export const proposerKindWords = { individual: '个人提案', joint: '联名提案', party: '党派提案', organization: '团体提案', sector: '界别提案', group: '小组提案', committee: '专委会提案' } as const satisfies Record<ProposerKind, string>;
/** 集体提案: all but those of members for themselves. */
export const collectiveKinds = ['party', 'organization', 'sector', 'group', 'committee'] as const;
export type CollectiveKind = (typeof collectiveKinds)[number];
export const isCollective = (kind: ProposerKind): kind is CollectiveKind => collectiveKinds.some((it) => it === kind);

/** What a participating body is: a party (工商联 with them), or an organisation of the people. */
export const participatingKinds = ['party', 'organization'] as const;
export type ParticipatingKind = (typeof participatingKinds)[number];
export const participatingWords = { party: '党派、工商联', organization: '人民团体' } as const satisfies Record<ParticipatingKind, string>;

/** Of which kind what is handed in by this post at such a body is; undefined: this post hands in nothing for it. */
export function collectiveKindOf(post: PostCode, at: BodyKind, participates: ParticipatingKind | null): CollectiveKind | undefined {
  switch (at) {
    case 'participating_body': return post === 'body_account' ? participates ?? 'organization' : undefined;
    case 'sector': return post === 'group_leader' ? 'group' : post === 'sector_convener' || post === 'body_account' ? 'sector' : undefined;
    case 'committee': return post === 'committee_head' || post === 'committee_vice_head' || post === 'body_account' ? 'committee' : undefined;
    case 'cppcc': case 'office': case 'town': case 'unit': case 'dispatch': return undefined;
  }
}

/** Who signs for each kind, and what their signature stands for (rules: duty-rules §1.1): bodies with a seal put it under the text, a sector and a group have passed it. */
export const signerWords = { party: '负责人', organization: '负责人', sector: '界别召集人', group: '小组组长', committee: '专委会负责人' } as const satisfies Record<CollectiveKind, string>;
export const hasSeal = (kind: CollectiveKind): boolean => kind !== 'sector' && kind !== 'group';
export const signedWords = { party: '已由负责人署名，加盖公章', organization: '已由负责人署名，加盖公章', sector: '已由本界别委员讨论通过，召集人签名', group: '已由本组委员讨论通过，组长签名', committee: '已由专委会负责人署名，加盖公章' } as const satisfies Record<CollectiveKind, string>;

const kindsWords = (kinds: readonly ProposerKind[]): string => kinds.map((it) => proposerKindWords[it]).join('、');
/** Until when a kind that belongs to the plenary may be handed in, or why not on this day, in the words of who wrote it; undefined: it may. */
export function whyNotNow(sessions: readonly ProposalSession[], kind: ProposerKind, on: string): string | undefined {
  const place = sessionPlaceOf(sessions, on);
  const session = sessions.find(({ id }) => id === place?.sessionId);
  const kept = session?.plenaryOnly ?? [];
  if (!session || place?.inPlenary || !kept.includes(kind)) return undefined;
  const next = sessions.filter(({ proposalsFrom }) => proposalsFrom > on).toSorted((a, b) => (a.proposalsFrom < b.proposalsFrom ? -1 : 1))[0];
  const span = ({ name, proposalsFrom, proposalsUntil }: ProposalSession) => `${name}从 ${dateWords(proposalsFrom, '')}到 ${dateWords(proposalsUntil, '')}`;
  return `${proposerKindWords[kind]}只在全体会议期间收。${span(session)}收大会提案，已经结束；现在收平时提案，可以提交的是${kindsWords(proposerKinds.filter((it) => !kept.includes(it)))}。${next ? `下一次是${span(next)}。` : ''}写好的文字都还在，${next ? '到时候再提交' : '等下次会议再提交'}，或者由委员以个人、联名的名义提出。`;
}
