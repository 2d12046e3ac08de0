import { givenPosts, postRules } from '@lvzhi/domain';
import type { GivenPost } from '@lvzhi/domain';
import { WechatBinding } from '../../src/identity/identity.entity.ts';
import { Person, PostHeld } from '../../src/platform/directory.entity.ts';
import { Directory } from '../../src/platform/directory.ts';
import { Marks, moveMark } from '../../src/platform/marks.ts';
import { pdf } from '../files-corpus.ts';
import { proposal, report } from '../people.ts';
import type { Serving } from '../serving.ts';

/** One post at one body, held by somebody who holds nothing else. */
export interface Role { readonly name: string; readonly id: string; readonly post: GivenPost; readonly bodyId: string }
/** One document where its rules differ. `words`: what stands in it and nowhere else. */
export interface Placed { readonly place: string; readonly kind: 'opinion' | 'proposal' | 'visit' | 'entry' | 'cosign'; readonly id: string; readonly fileId: string; readonly authorId: string; /** Who reports it with the author. */ readonly coAuthorId?: string; /** Who asked for a signature: they know that it is there, and cannot give it. */ readonly firstId?: string; readonly lead: string | null; readonly co: readonly string[]; readonly withdrawn: boolean; readonly leaderId?: string; readonly words: readonly string[] }
export interface World { readonly roles: readonly Role[]; readonly documents: readonly Placed[] }

/** At triage, at a committee with another commenting, at another, withdrawn. */
export const fewPlaces: readonly string[] = ['在分办台', '在专委会，有协办', '在别的专委会', '撤回的'];
const committees = ['c-shefa', 'c-renzihuan', 'c-jingke'] as const;
const offices: Readonly<Record<'opinion' | 'proposal', readonly GivenPost[]>> = { opinion: ['information_editor', 'office_director'], proposal: ['proposal_office'] };

/** A member whose reports are those of another. */
const coAuthor = 'roleCoAuthor';
/** A member who is asked to sign another's draft. */
const asked = 'roleAsked';
/** Who enters for others (rules: posts). */
const enterers: readonly GivenPost[] = ['committee_staff', 'proposal_office', 'information_editor', 'member_affairs'];

/** Theirs, or of the body that they speak for. */
export const isOwn = ({ id, post, bodyId }: Pick<Role, 'id' | 'post' | 'bodyId'>, { authorId, coAuthorId }: Placed): boolean => [authorId, coAuthorId].includes(id) || bodyId === authorId && ['body_account', 'sector_convener', 'group_leader', 'committee_head', 'committee_vice_head'].includes(post);
/** Who sees what, said once more and by other means than the product's own rule (rules: posts, column "sees"). */
export function sees({ id, post, bodyId }: Role, doc: Placed): boolean {
  if (isOwn({ id, post, bodyId }, doc) || doc.leaderId === id) return true;
  if (doc.kind === 'cosign') return false;
  if (doc.kind === 'visit') return post === 'member_affairs';
  if (doc.kind === 'entry') return bodyId === doc.lead && enterers.includes(post);
  if (doc.withdrawn) return false;
  if (offices[doc.kind].includes(post)) return true;
  return ['committee_head', 'committee_vice_head', 'committee_staff'].includes(post) && (bodyId === doc.lead || doc.co.includes(bodyId));
}

async function rolesOf(server: Serving): Promise<Role[]> {
  const { page } = server.app.get(Directory);
  const roles = givenPosts.flatMap((post) => (postRules[post].at.includes('committee') && post.startsWith('committee_') ? committees : [page.bodiesOf(postRules[post].at[0] ?? 'cppcc')[0]?.id ?? 'cppcc']).map((bodyId) => ({ post, bodyId })))
    .map(({ post, bodyId }, index): Role => ({ name: `${post}@${bodyId}`, id: `role${index}`, post, bodyId }));
  const [first] = roles.filter(({ post }) => post === 'member');
  if (first) roles.push({ ...first, name: 'co_author', id: coAuthor }, { ...first, name: 'asked_to_sign', id: asked }, { name: 'body_account@p-minmeng', id: 'roleOtherBody', post: 'body_account', bodyId: 'p-minmeng' });
  await server.database.write(async (manager) => {
    await manager.insert(Person, roles.map(({ id, post }, index) => ({ id, name: `岗位第${index}人`, phoneHash: null, phoneSealed: null, sectorId: null, townId: null, unitTitle: '', isMember: post === 'member' ? 1 : 0, largeType: null, isActive: 1, isPartyMember: null, endedAt: null, endedOn: null, endReason: null, version: 1, requestKey: null })));
    await manager.insert(PostHeld, roles.map(({ id, post, bodyId }) => ({ id: `${id}-post`, personId: id, post, bodyId, termId: 't7', fromOn: null, untilOn: null, endedAt: null })));
    await moveMark(manager, 'directory');
  });
  await server.app.get(Marks).look(true);
  return roles;
}

/** The city with one person for every post, and documents of every kind in every hand: at triage, at a committee with another commenting, elsewhere, returned, withdrawn, everybody's own. */
export async function worldOf(server: Serving): Promise<World> {
  const roles = await rolesOf(server);
  const who = (post: GivenPost, bodyId?: string): string => roles.find((it) => it.post === post && (bodyId === undefined || it.bodyId === bodyId))?.id ?? '';
  const documents: Placed[] = [];
  const sign = async (authorId: string, { key, title, situation, analysis, suggestion }: ReturnType<typeof proposal>, fileIds: string[], personIds: string[]) => {
    await (await server.as(authorId)).inviteSigners({ draftKey: key, title, situation, analysis, suggestion, fileIds, personIds });
    const [row] = (await (await server.as(personIds[0] ?? '')).listInvitations({})).rows;
    return { id: row?.id ?? '', version: row?.version ?? 0 };
  };
  const write = async (kind: 'opinion' | 'proposal', place: string, authorId: string, coAuthorIds: string[] = [], collective?: { bodyId: string; kind: string }) => {
    const no = String(documents.length + 1).padStart(3, '0');
    const sent = new FormData();
    sent.set('key', `matrix-${no}-file`);
    sent.set('file', new Blob([new Uint8Array(pdf())]), `矩阵附件${no}.pdf`);
    const file = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(authorId)}` }, body: sent });
    const { id: fileId } = await file.json() as { id: string };
    const form = { key: `matrix-${no}-draft`, title: `矩阵第${no}件要办的事`, situation: `矩阵正文${no}号，走访了三个小区，情况属实，群众反映强烈，需要尽快研究解决。`, wish: 'ask', fileIds: [fileId], coAuthorIds: kind === 'opinion' ? coAuthorIds : [], ...(collective && { collective: { ...collective, signer: '林致远', sealIds: [], signed: true } }) };
    if (kind === 'proposal' && coAuthorIds.length > 0) await (await server.as(coAuthorIds[0] ?? '')).cosign(await sign(authorId, proposal(form), [fileId], coAuthorIds));
    const { doc } = await (await server.as(authorId)).submit(kind === 'opinion' ? report(form) : proposal(form));
    const placed: Placed = { place, kind, id: doc.id, fileId, authorId: collective?.bodyId ?? authorId, lead: null, co: [], withdrawn: false, words: [form.title, `矩阵正文${no}号`, `矩阵附件${no}`] };
    return { doc, placed };
  };
  const author = who('member');
  for (const kind of ['opinion', 'proposal'] as const) {
    const office = await server.as(who(offices[kind][0] ?? 'member'));
    const assign = async (place: string, committeeId: string, coCommitteeIds: string[] = []) => {
      const { doc, placed } = await write(kind, place, author);
      const { doc: sent } = await office.assign({ id: doc.id, version: doc.version, committeeId, coCommitteeIds });
      documents.push({ ...placed, lead: committeeId, co: coCommitteeIds });
      return sent;
    };
    documents.push((await write(kind, '在分办台', author)).placed);
    await assign('在专委会，有协办', 'c-shefa', ['c-renzihuan']);
    await assign('在别的专委会', 'c-jingke');
    const returned = await assign('退回补充', 'c-shefa');
    await (await server.as(who('committee_head', 'c-shefa'))).sendBack({ id: returned.id, version: returned.version, note: '请补充数据' });
    const { doc, placed } = await write(kind, '撤回的', author);
    await (await server.as(author)).withdraw({ id: doc.id, version: doc.version });
    documents.push({ ...placed, withdrawn: true });
  }
  documents.push({ ...(await write('opinion', '共同反映的', author, [coAuthor])).placed, coAuthorId: coAuthor });
  documents.push({ ...(await write('proposal', '联名的', author, [coAuthor])).placed, coAuthorId: coAuthor });
  const draft = proposal({ key: 'matrix-asked-draft', title: '矩阵请人联名的一稿', situation: '矩阵联名正文，走访了三个小区，情况属实，群众反映强烈，需要尽快研究解决。' });
  documents.push({ place: '正在请人联名', kind: 'cosign', id: (await sign(author, draft, [], [asked])).id, fileId: '', authorId: asked, firstId: author, lead: null, co: [], withdrawn: false, words: [draft.title, '矩阵联名正文'] });
  documents.push((await write('proposal', '单位的提案', who('body_account', 'p-minge'), [], { bodyId: 'p-minge', kind: 'party' })).placed);
  for (const post of ['body_account', 'informant', 'township_liaison', 'committee_staff'] as const) documents.push((await write('opinion', `${post} 自己的`, who(post))).placed);
  documents.push(await visitOf(server, who), await entryOf(server, roles, who));
  return { roles, documents };
}

async function visitOf(server: Serving, who: (post: GivenPost) => string): Promise<Placed> {
  const clerk = await server.as(who('member_affairs'));
  await clerk.createVisit({ key: 'matrix-visit', memberIds: [who('member')], leaderIds: [who('chair')], startsAt: '2022-08-09T01:30:00.000Z', minutes: 40, form: 'home', place: '矩阵走访的地点', topics: ['矩阵走访的话题'], replyBy: '2022-08-05T10:00:00.000Z' });
  const [row] = (await clerk.listVisits({})).rows;
  return { place: '走访', kind: 'visit', id: row?.id ?? '', fileId: '', authorId: who('member'), leaderId: who('chair'), lead: null, co: [], withdrawn: false, words: ['矩阵走访的地点'] };
}

/** Entered by the information editor for the member, not yet confirmed. */
async function entryOf(server: Serving, roles: readonly Role[], who: (post: GivenPost) => string): Promise<Placed> {
  const [editor, authorId] = [who('information_editor'), who('member')];
  await server.database.write((manager) => manager.insert(WechatBinding, { id: 'matrix-binding', appid: 'wxtest', openidHash: 'matrix', openidSealed: 'x', personId: authorId, boundAt: server.clock.now() }));
  const { key: _key, ...form } = report({ title: '矩阵代录的一件事', situation: '矩阵代录正文，走访了三个小区，情况属实，群众反映强烈，需要尽快研究解决。' });
  const { doc } = await (await server.as(editor, 'desk')).createEntry({ ...form, key: 'matrix-entry', kind: 'opinion', authorId, means: 'confirm' });
  return { place: '代录', kind: 'entry', id: doc.id, fileId: '', authorId, lead: roles.find(({ id }) => id === editor)?.bodyId ?? null, co: [], withdrawn: false, words: ['矩阵代录的一件事', '矩阵代录正文'] };
}
