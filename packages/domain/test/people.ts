import type { Actor, PostCode } from '../src/actor.ts';

/** Bodies that the tests speak of: the committee that has a document, one that comments on it, one that has nothing to do with it. */
export const [here, commenting, elsewhere] = ['c-shefa', 'c-jingke', 'c-wenshi'] as const;
export const termId = '7';

/** One person with these posts: 'member', or 'committee_head@c-shefa'. */
export const person = (personId: string, ...posts: readonly (PostCode | `${PostCode}@${string}`)[]): Actor => ({
  personId,
  posts: posts.map((it) => {
    const [post, bodyId = 'cppcc'] = it.split('@') as [PostCode, string?];
    return { post, bodyId, termId };
  }),
});
