import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Person { id: string; name: string; phone: string; isMember: boolean; login?: string; posts: { post: string; bodyId: string }[] }
const people = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../seeds/people.json'), 'utf8')) as Person[];

/** People of the demo roster by what they are, so that no test leans on an id. */
export const holder = (post: string, bodyId?: string, skip = 0): Person => people.filter((it) => it.posts.some((held) => held.post === post && (bodyId === undefined || held.bodyId === bodyId)))[skip] ?? missing(`${post} ${bodyId ?? ''}`);
/** Members who hold no other post. */
export const plainMember = (index = 0): Person => people.filter((it) => it.isMember && it.posts.every(({ post }) => post === 'member'))[index] ?? missing(`member ${index}`);
function missing(what: string): never { throw new Error(`seeds/people.json has no ${what}`); }

let drafts = 0;
/** A report that a member might write. Each call is a draft of its own. */
export const report = (more: object = {}) => ({
  key: `draft-${(drafts += 1).toString().padStart(8, '0')}`, kind: 'opinion' as const, title: '外卖骑手没有工伤保险，劳动合同签订率低',
  situation: '走访永安街道外卖站点 5 个，骑手 126 人，签订劳动合同的 31 人，参加工伤保险和职业伤害保障的 18 人，上半年送餐途中受伤 9 人，医疗费多数自己垫付。',
  analysis: '站点多用劳务派遣，用工关系说不清，社保缴费积极性不高。', suggestion: '1.由人社部门牵头，开展新就业形态劳动者权益保障检查；2.推行职业伤害保障，先行赔付；3.工会建立骑手维权窗口。',
  category: 'society', townId: null, nature: 'general', urgency: 'normal' as const, noSecret: true as const, original: true as const, picturesAgreed: false, ...more,
});
export const proposal = (more: object = {}) => ({ ...report(), kind: 'proposal' as const, title: '关于加强外卖骑手劳动权益和工伤保障的建议', nature: null, ...more });
/** What is sent again: the form without what only the first submit carries. */
export const formOf = ({ key: _key, kind: _kind, ...form }: ReturnType<typeof report> | ReturnType<typeof proposal>) => form;
