import { clientOf, routes } from '@lvzhi/contracts';
import type { Client } from '@lvzhi/contracts';
import type { House } from '../../../tools/testing/house.js';

export type Api = Client<typeof routes>;

/** What this person could do over HTTP as well: to set the stage, and to look at what the server has. */
export async function apiOf(house: House, personId: string): Promise<Api> {
  const { send } = await house.phone(personId);
  return clientOf(routes, send);
}

/** What somebody could do at a desk over HTTP as well. */
export async function deskOf(house: House, login: string): Promise<Api> {
  const api = clientOf(routes, (await house.desk(login)).send);
  await api.agree({ version: (await api.guest({})).privacy.version });
  return api;
}

/** Their WeChat is bound and the question about large type is answered: what the demonstration's people did long ago. */
export async function settled(house: House, personId: string, largeType = false): Promise<Api> {
  const api = await apiOf(house, personId);
  await api.setDisplay({ largeType });
  return api;
}

/** Since when the roster has this member's WeChat; null: it has none. */
export const boundAt = async (house: House, personId: string) => (await (await deskOf(house, 'zhaowenbo')).showMember({ id: personId })).boundAt;

/** The titles of what this person has handed in. */
export async function titlesOf(api: Api): Promise<string[]> {
  return (await api.listMine({ limit: 100 })).rows.map(({ title }) => title);
}

/** A text that breaks no limit, about one thing. */
export const written = {
  situation: '竹园镇集镇两所学校门口上学放学时有 400 多辆电动车停在路边，6 月以来发生刮碰 5 起，家长多次反映没有地方停。',
  suggestion: '1.在两校之间的空地划出临时停车区；2.上学放学时段由交警和学校共同值守。',
};

/** The office wrote something down for this member, who is to confirm it. */
export const entered = async (house: House, authorId: string, title: string) =>
  (await (await deskOf(house, 'jiangchenxi')).createEntry({ key: `entry-for-${authorId}`, kind: 'opinion', authorId, means: 'confirm', title, ...written })).doc;

/** A key proposal's handling that this member is asked to score: the id of their questionnaire. */
export async function invited(house: House, personId: string): Promise<string> {
  const [office, chair] = [await deskOf(house, 'tangxiaoyu'), await deskOf(house, 'liangchengzhi')];
  const { rows } = await office.listHandlings({ limit: 100 });
  const other = rows.find(({ proposal }) => proposal.author !== '陈静怡');
  const { doc } = await office.nominate({ key: `key-for-${personId}`, proposalId: other?.proposal.id ?? '', reason: '群众反映集中' });
  const { version, leaders } = await chair.showSupervision({ id: doc.id });
  const { doc: chosen } = await chair.makeKey({ id: doc.id, version, meeting: '七届第 8 次主席会议', form: 'appraisal', leaderId: leaders[0]?.id ?? '', committeeId: 'c-tian' });
  const { doc: begun } = await office.beginSupervision({ id: doc.id, version: chosen.version, plan: '请委员评议。', dueOn: '2022-10-31' });
  await office.callAppraisal({ id: doc.id, version: begun.version, memberIds: [personId], dueOn: '2022-08-31' });
  return (await (await apiOf(house, personId)).listTasks({ box: 'mine' })).rows.find(({ kind }) => kind === 'ballot')?.docId ?? '';
}

/** A proposal of another member that this one is asked to sign: the invitation. */
export async function asked(house: House, personId: string): Promise<string> {
  const first = await settled(house, 'p181');
  const { joint } = await first.inviteSigners({ draftKey: `joint-for-${personId}`, title: '关于集镇学校门口划定电动车停车区的建议', situation: '两所集镇学校门口接送电动车乱停，占了人行道，上下学时孩子走在车道上。', analysis: '门口没有划过停车的地方。', suggestion: '请交警和城管部门划定停车区，错开接送时间。', personIds: [personId] });
  return joint.rows.find(({ person }) => person.id === personId)?.id ?? '';
}

/** One of this member's proposals before the public: the id under which guests read it. */
export async function published(house: House, personId: string): Promise<string> {
  const [member, office] = [await apiOf(house, personId), await deskOf(house, 'tangxiaoyu')];
  const id = (await member.listMine({ limit: 100 })).rows.find(({ state }) => state === 'handling')?.id ?? '';
  await office.askPublication({ id, version: 0 });
  const own = async () => (await member.showOwnPublication({ id })).publication?.version ?? 0;
  await member.agreePublication({ id, version: await own() });
  await office.publish({ id, version: await own() });
  return (await member.listPublic({})).rows[0]?.id ?? '';
}
