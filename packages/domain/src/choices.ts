/** 是否同意公开, 是否同意转社情民意: what a proposer ticks with the paper (rules: duty-rules §1.2). Not ticked: it is asked when it comes to that. */
export const choices = ['agree', 'refuse'] as const;
export type Choice = (typeof choices)[number];
export const choiceWords = { agree: '同意', refuse: '不同意' } as const satisfies Record<Choice, string>;

/** 同意公开, 不同意转社情民意: what was said, and nothing for what was not. */
export const saidWords = ({ publicity, conversion }: { readonly publicity: Choice | null; readonly conversion: Choice | null }): string[] =>
  [publicity && `${choiceWords[publicity]}公开`, conversion && `${choiceWords[conversion]}转社情民意`].flatMap((words) => words ?? []);
