/** 提案者 (rules: duty-rules §1.1): one member, several who signed, or a body through whoever may sign for it. */
export const proposerKinds = ['individual', 'joint', 'party', 'organization', 'sector', 'group', 'committee'] as const;
export type ProposerKind = (typeof proposerKinds)[number];
export const proposerKindWords = { individual: '个人提案', joint: '联名提案', party: '党派提案', organization: '团体提案', sector: '界别提案', group: '小组提案', committee: '专委会提案' } as const satisfies Record<ProposerKind, string>;
/** 集体提案: all but those of members for themselves. */
export const isCollective = (kind: ProposerKind): boolean => kind !== 'individual' && kind !== 'joint';
