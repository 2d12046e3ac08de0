import { abilities, bodyKinds, documentKinds, givenPosts, participatingKinds, postCodes } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, day, id, key, limit, nothing, oneOf, optionalText, page, text, version } from './pieces.ts';
import { giving, heldPost, invited, person, postChoice, standing } from './people.ts';
import { route } from './route.ts';

const who = ['manage_accounts'] as const;
const accountActs = ['edit', 'open', 'reset', 'disable', 'enable', 'give_post', 'invite', 'release', 'reset_second'] as const;
/** `state` none: has no login for the desk; `posts`: as of today, those held for somebody absent among them. */
const accountRow = v.object({
  id: v.string(), name: v.string(), unitTitle: v.string(), phone: v.string(), isMember: v.boolean(), login: v.nullable(v.string()), state: v.picklist(['active', 'disabled', 'none']), mustChange: v.boolean(),
  signedInAt: v.nullable(at), bound: v.boolean(), posts: v.array(v.string()),
});
export type AccountRow = v.InferOutput<typeof accountRow>;
const accountView = v.object({ ...accountRow.entries, version: v.number(), held: v.array(heldPost), standsIn: v.array(v.object({ id: v.string(), words: v.string(), person, fromOn: v.string(), untilOn: v.string() })), invitedUntil: v.nullable(at), secondFactor: v.boolean(), can: v.array(v.picklist(accountActs)) });
export type AccountView = v.InferOutput<typeof accountView>;
const shown = v.object({ doc: accountView });
/** A password that is shown this once and must be changed at the first sign-in. */
const withPassword = v.object({ doc: accountView, login: v.string(), password: v.string() });
const on = { id, version };
const login = v.pipe(v.optional(v.string('请填写账号'), ''), v.trim(), v.toLowerCase(), v.regex(/^[a-z][a-z0-9._-]{2,31}$/, '账号要小写字母开头，3 到 32 个字母或数字'));
const phone = v.pipe(v.optional(v.string('手机号应是文字'), ''), v.trim(), v.maxLength(40, '手机号应是 1 开头的 11 位数字'));

const side = v.optional(v.nullable(v.picklist(['party', 'government'], '请选择党委系统或政府系统')), null);
/** `holders`: how many hold a post there today; `unassignable`: why it can be given no work now. */
const bodyRow = v.object({ id: v.string(), kind: v.picklist(bodyKinds), name: v.string(), short: v.string(), side: v.nullable(v.picklist(['party', 'government'])), /** Of a participating body: what its proposals are. */ proposes: v.nullable(v.picklist(participatingKinds)), active: v.boolean(), holders: v.number(), unassignable: v.nullable(v.string()) });
export type BodyRow = v.InferOutput<typeof bodyRow>;
const kind = oneOf('类别', bodyKinds);
const bodyForm = { name: text('名称', 30, 2), short: optionalText('简称', 12), side, proposes: v.optional(v.nullable(v.picklist(participatingKinds, '请选择党派还是人民团体')), null) };

/** Beside these: GET /api/accounts/export (xlsx). */
export const accounts = {
  listAccounts: route({ method: 'GET', path: '/accounts', summary: '工作人员和账号，先登记的在前', who,
    input: v.object({ query: optionalText('姓名、账号或单位', 40), state: v.optional(oneOf('账号状态', ['all', 'active', 'disabled', 'none']), 'all'), post: v.optional(oneOf('职务', givenPosts)), bodyId: v.optional(v.string('请从列表里选择单位')), after, limit }), output: page(accountRow) }),
  listAccountChoices: route({ method: 'GET', path: '/accounts/choices', summary: '可以授予的职务和任职的地方', who, input: nothing, output: v.object({ posts: v.array(postChoice), invitationDays: v.number() }) }),
  showAccount: route({ method: 'GET', path: '/accounts/:id', summary: '一个人的账号和职务', who, input: v.object({ id }), output: accountView }),
  findPeople: route({ method: 'GET', path: '/people', summary: '找人：开通账号、安排代理用', who, input: v.object({ query: text('姓名', 40) }), output: v.object({ rows: v.array(person) }) }),
  createAccount: route({ method: 'POST', path: '/accounts', summary: '登记一位工作人员；填了账号就开通，初始密码只显示这一次；同一 key 只算一次', who,
    input: v.object({ key, name: text('姓名', 20, 2), unitTitle: optionalText('单位职务', 60), phone, login: v.optional(v.nullable(login), null), posts: v.pipe(v.optional(v.array(v.object(giving), '请选择职务'), []), v.maxLength(6, '一次最多 6 项职务')) }),
    output: v.object({ doc: accountView, login: v.nullable(v.string()), password: v.nullable(v.string()) }) }),
  editAccount: route({ method: 'PUT', path: '/accounts/:id', summary: '修改工作人员的姓名、单位职务、手机号（空为不变）', who, input: v.object({ ...on, name: text('姓名', 20, 2), unitTitle: optionalText('单位职务', 60), phone }), output: shown }),
  openAccount: route({ method: 'POST', path: '/accounts/:id/open', summary: '给名册里的人开通电脑端账号', who, input: v.object({ ...on, login }), output: withPassword }),
  resetPassword: route({ method: 'POST', path: '/accounts/:id/password', summary: '重置密码：得到只显示一次的新密码，原来的登录全部退出', who, input: v.object(on), output: withPassword }),
  resetSecondFactor: route({ method: 'POST', path: '/accounts/:id/second_factor/reset', summary: '重置动态验证码（手机丢了）：本人下次登录重新设置，电脑端的登录全部退出', who, input: v.object(on), output: shown }),
  disableAccount: route({ method: 'POST', path: '/accounts/:id/disable', summary: '停用账号，登录立即退出', who, input: v.object(on), output: shown }),
  enableAccount: route({ method: 'POST', path: '/accounts/:id/enable', summary: '恢复账号', who, input: v.object(on), output: shown }),
  givePost: route({ method: 'POST', path: '/accounts/:id/posts', summary: '授予职务；三员分立，自己的职务自己不能改', who, input: v.object({ ...on, ...giving }), output: shown }),
  endPost: route({ method: 'POST', path: '/accounts/:id/posts/:held/end', summary: '结束职务，立即生效', who, input: v.object({ ...on, held: id }), output: shown }),
  beginStandIn: route({ method: 'POST', path: '/accounts/:id/posts/:held/stand_ins', summary: '安排代理：另一个人在这几天里担任这项职务，到期自动结束', who, input: v.object({ ...on, held: id, ...standing }), output: shown }),
  endStandIn: route({ method: 'POST', path: '/accounts/:id/stand_ins/:standing/end', summary: '提前结束代理', who, input: v.object({ ...on, standing: id }), output: shown }),
  inviteAccount: route({ method: 'POST', path: '/accounts/:id/invitation', summary: '发邀请码，用来绑定微信；只显示这一次', who, input: v.object({ id }), output: v.object({ row: invited, until: at }) }),
  releaseAccount: route({ method: 'POST', path: '/accounts/:id/release', summary: '解除微信绑定', who, input: v.object(on), output: shown }),
  listBodies: route({ method: 'GET', path: '/bodies', summary: '一类机构，按次序；没有能登录的人的标出来', who, input: v.object({ kind }), output: v.object({ rows: v.array(bodyRow) }) }),
  addBody: route({ method: 'POST', path: '/bodies', summary: '增加一个机构', who, input: v.object({ key, kind, ...bodyForm }), output: v.object({ row: bodyRow }) }),
  editBody: route({ method: 'PUT', path: '/bodies/:id', summary: '修改机构的名称；`before` 是改之前看到的名称', who, input: v.object({ id, before: text('原名称', 60), ...bodyForm }), output: v.object({ row: bodyRow }) }),
  orderBodies: route({ method: 'POST', path: '/bodies/order', summary: '重排一类机构的次序', who, input: v.object({ kind, ids: v.pipe(v.array(v.string('请选择机构'), '请选择机构'), v.maxLength(500, '最多 500 个')) }), output: v.object({ rows: v.array(bodyRow) }) }),
  switchBody: route({ method: 'POST', path: '/bodies/:id/switch', summary: '停用或恢复一个机构；用过的不会删除', who, input: v.object({ id, active: v.boolean('请选择停用还是恢复') }), output: v.object({ row: bodyRow }) }),
  showPowers: route({ method: 'GET', path: '/powers', summary: '权限一览：每种职务能做什么，取自服务器判断用的同一张表', who: ['view_powers'], input: nothing,
    output: v.object({
      posts: v.array(v.object({ post: v.picklist(postCodes), words: v.string(), at: v.array(v.string()), abilities: v.array(v.picklist(abilities)), givenBy: v.string(), standIn: v.boolean(), holders: v.number() })),
      abilities: v.array(v.object({ ability: v.picklist(abilities), words: v.string() })),
      moves: v.array(v.object({ kind: v.picklist(documentKinds), kindWords: v.string(), action: v.string(), words: v.string(), from: v.array(v.string()), to: v.string(), by: v.array(v.picklist(postCodes)), where: v.string(), guarded: v.boolean(), undo: v.boolean() })),
    }) }),
} as const;

const contact = v.object({ name: v.string(), phone: v.string(), address: v.string(), hours: v.string() });
const setupSteps = ['city', 'term', 'committees', 'sectors', 'towns', 'people', 'roster'] as const;
const setupView = v.object({
  done: v.boolean(),
  /** `missing`: what is still wanted, in words; '' when nothing is. */
  steps: v.array(v.object({ step: v.picklist(setupSteps), words: v.string(), done: v.boolean(), needed: v.boolean(), missing: v.string() })),
  city: v.object({ city: v.string(), organ: v.string(), shortOrgan: v.string(), contact }),
  term: v.object({ number: v.number(), name: v.string(), fromOn: v.string(), untilOn: v.string() }),
  people: v.array(v.object({ post: v.picklist(postCodes), words: v.string(), names: v.array(v.string()) })),
  members: v.number(), mayFinish: v.boolean(), can: v.array(v.picklist(['set_up', 'import'])),
});
export type SetupView = v.InferOutput<typeof setupView>;
export const setup = {
  showSetup: route({ method: 'GET', path: '/setup', summary: '开始使用：各步办到哪里，还缺什么', who: ['manage_accounts', 'manage_roster'], input: nothing, output: setupView }),
  saveCity: route({ method: 'PUT', path: '/setup/city', summary: '市名、机关名称、联系方式', who,
    input: v.object({ city: text('市名', 20, 2), organ: text('机关全称', 40, 4), shortOrgan: text('机关简称', 30, 4), contactName: text('联系部门', 30, 2), contactPhone: text('联系电话', 30, 5), address: optionalText('地址', 60), hours: optionalText('办公时间', 60) }), output: setupView }),
  saveTerm: route({ method: 'PUT', path: '/setup/term', summary: '届次：名称和起止日期', who,
    input: v.object({ number: v.pipe(v.number('请填写第几届'), v.integer('届次应是整数'), v.minValue(1, '届次从 1 开始'), v.maxValue(99, '届次最多 99')), fromOn: day('起始日期'), untilOn: day('结束日期') }), output: setupView }),
  confirmStep: route({ method: 'POST', path: '/setup/steps', summary: '名单核对过了', who, input: v.object({ step: oneOf('步骤', ['committees', 'sectors', 'towns']) }), output: setupView }),
  finishSetup: route({ method: 'POST', path: '/setup/finish', summary: '完成开始使用', who, input: nothing, output: setupView }),
} as const;
