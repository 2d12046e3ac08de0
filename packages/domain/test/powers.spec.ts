import { describe, expect, test } from '@jest/globals';
import { postCodes } from '../src/actor.ts';
import type { PostCode } from '../src/actor.ts';
import { abilitiesOfPost, adminPosts, bodyKinds, givenPosts, mayBeStoodInFor, postConflict, postRules, postsGivenBy, powersToMove } from '../src/powers.ts';
import { abilities, abilitiesOf } from '../src/scope.ts';
import { abilityWords, bodyKindWords, termName, whereWords } from '../src/words.ts';
import { bodies, people } from './seeds.ts';

describe('三员分立', () => {
  test('三员之间两两不能兼，三员也不兼任别的职务；别的职务之间可以兼', () => {
    for (const held of givenPosts) {
      for (const given of givenPosts) {
        const admins = [held, given].filter((post) => adminPosts.some((it) => it === post));
        expect([held, given, postConflict([held], given) !== undefined]).toEqual([held, given, held !== given && admins.length > 0]);
      }
    }
    expect(postConflict(['system_admin'], 'auditor')).toBe('三员分立：系统管理员、安全管理员、审计员要由三个人担任，这个人已经是系统管理员');
    expect(postConflict(['member', 'committee_head'], 'system_admin')).toBe('三员分立：系统管理员不兼任别的职务，这个人还是委员');
    expect(postConflict([], 'auditor')).toBeUndefined();
  });

  test('管账号的看不到业务，管名册的管不了账号', () => {
    const business = abilities.filter((it) => !['manage_accounts', 'view_powers', 'manage_rules', 'read_rules', 'view_health', 'read_audit', 'dispose_secrets'].includes(it));
    for (const post of adminPosts) expect(abilitiesOfPost(post).filter((it) => business.includes(it))).toEqual([]);
    for (const post of givenPosts) expect([post, abilitiesOfPost(post).includes('manage_accounts')]).toEqual([post, post === 'system_admin']);
  });
});

describe('职务', () => {
  test('每种职务要么由名册给，要么由账号给，都有任职的地方；系统自己的谁也不给', () => {
    expect([...postsGivenBy('manage_roster'), ...postsGivenBy('manage_accounts')].sort()).toEqual(postCodes.filter((it) => it !== 'system').sort());
    for (const post of givenPosts) expect([post, postRules[post].at.length > 0 && postRules[post].at.every((kind) => bodyKinds.includes(kind))]).toEqual([post, true]);
  });

  test('种子里的人，职务都在该在的地方，没有一个违反三员分立', () => {
    for (const { name, posts } of people) {
      for (const { post, bodyId } of posts) {
        const kind = bodies.find(({ id }) => id === bodyId)?.kind;
        expect([name, post, givenPosts.some((it) => it === post && postRules[it].at.some((at) => at === kind))]).toEqual([name, post, true]);
        expect([name, postConflict(posts.map((it) => it.post as PostCode), post as PostCode)]).toEqual([name, undefined]);
      }
    }
  });

  test('席位是本人的，不能代理；办公的职务可以', () => {
    expect(givenPosts.filter((post) => !mayBeStoodInFor(post))).toEqual(['member', 'standing_member', 'sector_convener', 'group_leader', 'review_board', 'secretary_general', 'vice_chair', 'chair']);
    expect(mayBeStoodInFor('system')).toBe(false);
  });
});

describe('权限一览', () => {
  test('一种职务能做什么，和服务器对这个人的判断一样', () => {
    for (const post of givenPosts) expect(abilitiesOfPost(post)).toEqual(abilitiesOf({ personId: 'p', posts: [{ post, bodyId: 'b', termId: 't' }] }));
  });
  test('每个动作都在，都有中文，都有人能做', () => {
    const moves = powersToMove();
    expect(moves.length).toBeGreaterThan(25);
    for (const { words, from, by, where } of moves) { expect(words).toMatch(/[一-鿿]/); expect(by.length).toBeGreaterThan(0); expect(whereWords[where]).toBeDefined(); for (const it of from) expect(it.words).toMatch(/[一-鿿]/); }
    expect(moves.find(({ kind, action }) => kind === 'opinion' && action === 'pass')).toMatchObject({ words: '初审通过', to: '编辑中', by: ['committee_head', 'committee_vice_head'], where: 'holder', guarded: true, undo: true });
  });
  test('能力和机构都有不重样的中文', () => {
    expect(Object.keys(abilityWords)).toEqual([...abilities]);
    expect(new Set(Object.values(abilityWords)).size).toBe(abilities.length);
    expect(Object.keys(bodyKindWords)).toEqual([...bodyKinds]);
  });
});

test('届次写成中文', () => {
  expect([1, 7, 10, 11, 20, 25].map(termName)).toEqual(['第一届', '第七届', '第十届', '第十一届', '第二十届', '第二十五届']);
});
