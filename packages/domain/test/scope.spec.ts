/** Who sees what, and who finds which entry in the menu (rules: posts). */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { postCodes } from '../src/actor.ts';
import type { PostCode } from '../src/actor.ts';
import { abilities, abilitiesOf, looksUnder, maySee, readersOf, scopeOf } from '../src/scope.ts';
import type { Seen } from '../src/scope.ts';
import { opinionStates } from '../src/flows/opinion.flow.ts';
import { proposalStates } from '../src/flows/proposal.flow.ts';
import { documentKinds } from '../src/words.ts';
import { commenting, elsewhere, here, person } from './people.ts';

const submitted: Seen = { state: 'submitted', authorId: 'author', committeeId: here, coCommitteeIds: [commenting] };
const atTriage: Seen = { ...submitted, committeeId: null, coCommitteeIds: [] };
const draft: Seen = { ...atTriage, state: 'draft' };
const appointment: Seen = { state: 'notified', authorId: 'author', committeeId: null, coCommitteeIds: [], leaderIds: ['leader'] };

describe('社情民意和提案', () => {
  const seen = (kind: 'opinion' | 'proposal', id: string, ...posts: Parameters<typeof person> extends [string, ...infer P] ? P : never) => {
    const scope = scopeOf(kind, person(id, ...posts));
    return [draft, atTriage, submitted].map((doc) => (maySee(scope, doc) ? '看得见' : '看不见')).join(' ');
  };

  test.each([
    ['作者', 'author', 'member', '看得见 看得见 看得见', '看得见 看得见 看得见'],
    ['别的委员', 'another', 'member', '看不见 看不见 看不见', '看不见 看不见 看不见'],
    ['信息编辑', 'another', 'information_editor', '看不见 看得见 看得见', '看不见 看不见 看不见'],
    ['研究室主任', 'another', 'office_director', '看不见 看得见 看得见', '看不见 看不见 看不见'],
    ['提案委办公室', 'another', 'proposal_office', '看不见 看不见 看不见', '看不见 看得见 看得见'],
    ['主送专委会主任', 'another', `committee_head@${here}`, '看不见 看不见 看得见', '看不见 看不见 看得见'],
    ['主送专委会副主任', 'another', `committee_vice_head@${here}`, '看不见 看不见 看得见', '看不见 看不见 看得见'],
    ['主送专委会干部', 'another', `committee_staff@${here}`, '看不见 看不见 看得见', '看不见 看不见 看得见'],
    ['协送专委会干部', 'another', `committee_staff@${commenting}`, '看不见 看不见 看得见', '看不见 看不见 看得见'],
    ['别的专委会主任', 'another', `committee_head@${elsewhere}`, '看不见 看不见 看不见', '看不见 看不见 看不见'],
    ['委工委', 'another', 'member_affairs', '看不见 看不见 看不见', '看不见 看不见 看不见'],
    ['主席', 'another', 'chair', '看不见 看不见 看不见', '看不见 看不见 看不见'],
    ['系统管理员', 'another', 'system_admin', '看不见 看不见 看不见', '看不见 看不见 看不见'],
    ['审计员', 'another', 'auditor', '看不见 看不见 看不见', '看不见 看不见 看不见'],
  ] as const)('%s 对别人的草稿、分办台的、专委会的：社情民意 %4$s', (_who, id, post, opinion, proposal) => {
    expect([seen('opinion', id, post), seen('proposal', id, post)]).toEqual([opinion, proposal]);
  });

  test('单位的提案：代表这个单位的看得见，草稿也看得见；别的单位的、只在这个界别当委员的看不见', () => {
    const [sectors, seen] = [{ ...draft, authorId: 's-nongye' }, (...posts: Parameters<typeof person> extends [string, ...infer P] ? P : never) => maySee(scopeOf('proposal', person('another', ...posts)), { ...draft, authorId: 's-nongye' })];
    expect([seen('body_account@s-nongye'), seen('sector_convener@s-nongye'), seen('group_leader@s-nongye'), seen('member@s-nongye'), seen('body_account@s-jiaoyu'), seen('informant@s-nongye'), seen('system_admin')]).toEqual([true, true, true, false, false, false, false]);
    expect(maySee(scopeOf('proposal', person('s-nongye-clerk', 'proposal_office')), sectors)).toBe(false);
  });

  test('兼任两个专委会的人，两边的都看得见', () => {
    const scope = scopeOf('opinion', person('another', `committee_staff@${elsewhere}`, `committee_head@${here}`));
    expect(scope.committeeIds).toEqual([elsewhere, here]);
    expect([maySee(scope, submitted), maySee(scope, { ...submitted, committeeId: elsewhere }), maySee(scope, { ...submitted, committeeId: 'c-tian', coCommitteeIds: [] })]).toEqual([true, true, false]);
  });

  test('不管任什么岗位，别人的草稿都看不见', () => {
    fc.assert(fc.property(fc.subarray([...postCodes]), fc.constantFrom(here, commenting, elsewhere), fc.constantFrom(...documentKinds), (posts, bodyId, kind) => {
      const actor = person('another', ...posts.map((post: PostCode) => `${post}@${bodyId}` as const));
      expect(maySee(scopeOf(kind, actor), { ...draft, committeeId: here, coCommitteeIds: [commenting], leaderIds: ['another'] })).toBe(false);
    }));
  });

  test('不管任什么岗位，自己的总看得见', () => {
    fc.assert(fc.property(fc.subarray([...postCodes]), fc.constantFrom(...documentKinds), (posts, kind) => {
      for (const doc of [draft, atTriage, submitted]) expect(maySee(scopeOf(kind, person('author', ...posts)), doc)).toBe(true);
    }));
  });
});

test('搜索索引里的记号和“能不能看到”是同一回事：谁能看到一件，谁就有它的一个记号，别人没有', () => {
  const bodies = fc.constantFrom(here, commenting, elsewhere);
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...postCodes), bodies), { maxLength: 4 }), fc.constantFrom('author', 'together', 'another'), fc.constantFrom('opinion' as const, 'proposal' as const), fc.constantFrom(...opinionStates, ...proposalStates), fc.option(bodies), fc.uniqueArray(bodies), fc.constantFrom(null, 'proposal_office', 'review_board'), fc.option(fc.uniqueArray(bodies)), fc.constantFrom('author', here, elsewhere), (posts, id, kind, state, committeeId, coCommitteeIds, decider, handlers, authorId) => {
    const [actor, doc] = [person(id, ...posts.map(([post, body]) => `${post}@${body}` as const)), { state, authorId, committeeId, coCommitteeIds, decider, coAuthorIds: ['together'], handlerIds: kind === 'proposal' ? handlers : null }];
    expect(looksUnder(kind, actor).some((mark) => readersOf(kind, doc).includes(mark))).toBe(maySee(scopeOf(kind, actor), doc));
  }), { numRuns: 500 });
});

describe('提案办理', () => {
  const part: Seen = { state: 'handling', authorId: 'author', committeeId: here, coCommitteeIds: [], side: 'government', coAuthorIds: ['second'] };
  test.each([
    ['提案人', 'author', 'member', true], ['并入提案的提案人', 'second', 'member', true], ['别的委员', 'another', 'member', false], ['承办单位经办人', 'another', `unit_clerk@${here}`, true], ['别的单位', 'another', `unit_supervisor@${elsewhere}`, false],
    ['本系统的交办单位', 'another', 'dispatch_government', true], ['另一系统的交办单位', 'another', 'dispatch_party', false], ['提案委办公室', 'another', 'proposal_office', true], ['专委会主任', 'another', `committee_head@${here}`, false], ['信息编辑', 'another', 'information_editor', false],
  ] as const)('%s 看一个单位的承办件：%4$s', (_who, id, post, sees) => { expect(maySee(scopeOf('handling', person(id, post)), part)).toBe(sees); });

  test('交给哪些单位的提案，那些单位和交办它的单位看得见，别的单位看不见', () => {
    const doc: Seen = { state: 'handling', authorId: 'author', committeeId: elsewhere, coCommitteeIds: [], handlerIds: [here, 'd-government'] };
    const sees = (...posts: Parameters<typeof person> extends [string, ...infer P] ? P : never) => maySee(scopeOf('proposal', person('another', ...posts)), doc);
    expect([sees(`unit_clerk@${here}`), sees('dispatch_government@d-government'), sees(`unit_clerk@${commenting}`), sees('dispatch_party@d-party'), sees(`committee_staff@${here}`)]).toEqual([true, true, false, false, false]);
  });
});

describe('走访', () => {
  test.each([
    ['受访委员', 'author', 'member', true], ['别的委员', 'another', 'member', false], ['委工委', 'another', 'member_affairs', true], ['带队的副主席', 'leader', 'vice_chair', true],
    ['没有带队的副主席', 'another', 'vice_chair', false], ['名单里有、但已不任领导的人', 'leader', 'member', false], ['专委会主任', 'another', `committee_head@${here}`, false], ['信息编辑', 'another', 'information_editor', false],
  ] as const)('%s 看走访通知：%4$s', (_who, id, post, sees) => { expect(maySee(scopeOf('visit', person(id, post)), appointment)).toBe(sees); });
});

describe('代录', () => {
  const entered: Seen = { state: 'awaiting_confirmation', authorId: 'author', committeeId: here, coCommitteeIds: [] };
  test.each([
    ['本人', 'author', 'member', true], ['别的委员', 'another', 'member', false], ['录入处室的干部', 'another', `committee_staff@${here}`, true], ['录入处室的信息编辑', 'another', `information_editor@${here}`, true],
    ['录入处室的主任', 'another', `committee_head@${here}`, false], ['别的处室的干部', 'another', `committee_staff@${elsewhere}`, false], ['别处的信息编辑', 'another', 'information_editor', false], ['提案委办公室', 'another', 'proposal_office', false],
  ] as const)('%s 看代录：%4$s', (_who, id, post, sees) => { expect(maySee(scopeOf('entry', person(id, post)), entered)).toBe(sees); });
});

describe('菜单里有什么', () => {
  const entries: Partial<Record<PostCode, string>> = {
    member: 'write_opinion write_proposal receive_visits', body_account: 'write_opinion write_collective', sector_convener: 'write_collective', group_leader: 'write_collective', informant: 'write_opinion', township_liaison: 'write_opinion',
    committee_head: 'write_collective review', committee_vice_head: 'write_collective review', committee_staff: 'write_opinion review enter_on_behalf',
    proposal_office: 'triage_proposal decide_proposal read_figures enter_on_behalf mark_secrets', review_board: 'decide_proposal', dispatch_party: 'dispatch_proposals', dispatch_government: 'dispatch_proposals', unit_clerk: 'handle_proposals', unit_supervisor: 'handle_proposals', information_editor: 'triage_opinion edit read_instructions enter_on_behalf mark_secrets', office_director: 'triage_opinion check_issues read_instructions mark_secrets',
    secretary_general: 'read_figures sign_issues read_instructions visit', vice_chair: 'read_figures sign_issues read_instructions visit', chair: 'read_figures sign_issues read_instructions visit', member_affairs: 'arrange_visits manage_roster enter_on_behalf', system_admin: 'manage_accounts view_powers manage_rules read_rules view_health', security_admin: 'view_powers dispose_secrets', auditor: 'view_powers read_rules view_health read_audit',
  };
  test.each(postCodes.map((post) => [post, entries[post] ?? ''] as const))('%s：%s', (post, expected) => { expect(abilitiesOf(person('another', post)).join(' ')).toBe(expected); });

  test('每个入口都有人能进', () => { expect(abilities.filter((ability) => !Object.values(entries).some((it) => it.split(' ').includes(ability)))).toEqual([]); });
  test('兼任的人看到合在一起的菜单，顺序固定，不重复', () => {
    expect(abilitiesOf(person('another', 'information_editor', 'member', `committee_head@${here}`, 'member'))).toEqual(['write_opinion', 'write_proposal', 'write_collective', 'triage_opinion', 'review', 'edit', 'read_instructions', 'receive_visits', 'enter_on_behalf', 'mark_secrets']);
  });
  test('没有岗位的人什么入口也没有', () => { expect(abilitiesOf(person('another'))).toEqual([]); });
});
