import { rosterFields, rowDecisions, rowReasons, rowVerdicts } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, chosen, day, id, key, limit, named, nothing, oneOf, optionalText, page, text, version } from './pieces.ts';
import { giving, heldPost, invited, person, postChoice } from './people.ts';
import { route } from './route.ts';

const who = ['manage_roster'] as const;
/** The first roster of a city may be imported by its administrator too, while the city is being set up. */
const importers = ['manage_roster', 'manage_accounts'] as const;
const memberActs = ['edit', 'show_phone', 'change_phone', 'give_post', 'invite', 'release', 'end', 'restore'] as const;

/** `phone` with its middle hidden, '' when there is none; `posts` the posts beside the seat, in words. */
const memberRow = v.object({
  id: v.string(), name: v.string(), sector: v.nullable(named), town: v.nullable(named), unitTitle: v.string(), phone: v.string(), posts: v.array(v.string()), bound: v.boolean(),
  state: v.picklist(['active', 'ended']), endedWords: v.nullable(v.string()),
});
export type MemberRow = v.InferOutput<typeof memberRow>;
/** `invitedUntil`: a code that was not used yet is good until then. */
const memberView = v.object({ ...memberRow.entries, version: v.number(), isPartyMember: v.nullable(v.boolean()), boundAt: v.nullable(at), invitedUntil: v.nullable(at), login: v.nullable(v.string()), held: v.array(heldPost), can: v.array(v.picklist(memberActs)) });
export type MemberView = v.InferOutput<typeof memberView>;
const shown = v.object({ doc: memberView });

const filters = {
  query: optionalText('姓名或单位', 40), sectorId: v.optional(v.string('请从列表里选择界别')), townId: v.optional(v.string('请从列表里选择镇街')), committeeId: v.optional(v.string('请从列表里选择专委会')),
  state: v.optional(oneOf('要看哪些', ['active', 'ended', 'all']), 'active'), bound: v.optional(oneOf('微信绑定', ['any', 'yes', 'no']), 'any'),
};
/** What the list shows and what is exported of it: the same filters. */
export const rosterFilters = v.object(filters);
const phone = v.pipe(v.optional(v.string('手机号应是文字'), ''), v.trim(), v.maxLength(40, '手机号应是 1 开头的 11 位数字'));
const form = { name: text('姓名', 20, 2), sectorId: v.pipe(v.optional(v.string('请选择界别'), ''), v.minLength(1, '请选择界别'), v.maxLength(40, '请从列表里选择界别')), townId: chosen('镇街'), unitTitle: optionalText('单位职务', 60), isPartyMember: v.optional(v.nullable(v.boolean('请选择是否中共党员')), null) };
const on = { id, version };

const importView = v.object({
  id: v.string(), fileName: v.string(), state: v.picklist(['previewed', 'applied', 'dropped']), version: v.number(), total: v.number(), by: person, madeAt: at, appliedAt: v.nullable(at),
  counts: v.object({ new: v.number(), changed: v.number(), unchanged: v.number(), left_out: v.number() }),
  used: v.array(v.object({ field: v.picklist(rosterFields), head: v.string(), column: v.string() })), unused: v.array(v.string()),
});
export type RosterImportView = v.InferOutput<typeof importView>;
/** One line of the file. `words`: what changes, or why it is left out; `may`: what a person may decide about it. */
const importRow = v.object({ line: v.number(), name: v.string(), phone: v.string(), sector: v.string(), verdict: v.picklist(rowVerdicts), reason: v.nullable(v.picklist(rowReasons)), words: v.string(), decision: v.nullable(v.picklist(rowDecisions)), may: v.array(v.picklist(rowDecisions)) });
export type RosterImportRowView = v.InferOutput<typeof importRow>;
const line = v.pipe(v.union([v.string(), v.number()], '行号不对'), v.toNumber('行号不对'), v.integer('行号不对'), v.minValue(1, '行号不对'));

/** Beside these: GET /api/roster/export, /api/roster/template, /api/roster/imports/:id/left-out (xlsx) and POST /api/roster/imports (multipart: key, file), see the server's people slice. */
export const roster = {
  listRoster: route({ method: 'GET', path: '/roster', summary: '委员名册，先登记的在前；手机号隐去中间', who, input: v.object({ ...filters, after, limit }), output: page(memberRow) }),
  countRoster: route({ method: 'GET', path: '/roster/figures', summary: '名册的人数：委员、已绑定微信、没有手机号、已结束资格，和可以选的职务', who, input: nothing,
    output: v.object({ members: v.number(), bound: v.number(), withoutPhone: v.number(), ended: v.number(), sectors: v.array(named), posts: v.array(postChoice), endReasons: v.array(v.object({ code: v.string(), name: v.string(), keepsReading: v.boolean() })), invitationDays: v.number() }) }),
  addMember: route({ method: 'POST', path: '/roster', summary: '登记一位委员；同一 key 只算一次', who, input: v.object({ key, ...form, phone }), output: shown }),
  editMember: route({ method: 'PUT', path: '/roster/:id', summary: '修改委员资料（手机号另行更换）', who, input: v.object({ ...on, ...form }), output: shown }),
  revealPhone: route({ method: 'POST', path: '/roster/:id/phone/show', summary: '查看完整手机号（记入审计）', who, input: v.object({ id }), output: v.object({ phone: v.string() }) }),
  changePhone: route({ method: 'PUT', path: '/roster/:id/phone', summary: '更换手机号', who, input: v.object({ ...on, phone }), output: shown }),
  giveSeat: route({ method: 'POST', path: '/roster/:id/posts', summary: '登记一项政协职务', who, input: v.object({ ...on, ...giving }), output: shown }),
  endSeat: route({ method: 'POST', path: '/roster/:id/posts/:held/end', summary: '结束一项政协职务，立即生效', who, input: v.object({ ...on, held: id }), output: shown }),
  endMembership: route({ method: 'POST', path: '/roster/:id/end', summary: '结束委员资格：职务和登录立即终止，履职档案保留', who, input: v.object({ ...on, reason: v.pipe(v.optional(v.string('请选择原因'), ''), v.minLength(1, '请选择原因'), v.maxLength(24, '请从列表里选择原因')), on: day('日期') }), output: shown }),
  restoreMembership: route({ method: 'POST', path: '/roster/:id/restore', summary: '恢复委员资格（办错时）', who, input: v.object(on), output: shown }),
  releaseBinding: route({ method: 'POST', path: '/roster/:id/release', summary: '解除微信绑定，手机上的登录立即退出', who, input: v.object(on), output: shown }),
  inviteMembers: route({ method: 'POST', path: '/roster/invitations', summary: '发邀请码：指名的委员，或名册里所有还没绑定微信的；原来没用的码作废，新码只显示这一次', who,
    input: v.object({ memberIds: v.optional(v.pipe(v.array(v.string('请选择委员'), '请选择委员'), v.maxLength(1000, '一次最多 1000 位')), []), days: v.pipe(v.number('请填写有效天数'), v.integer('有效天数应是整数'), v.minValue(1, '至少 1 天'), v.maxValue(180, '最多 180 天')) }),
    output: v.object({ rows: v.array(invited), until: at }) }),
  listImports: route({ method: 'GET', path: '/roster/imports', summary: '导入过的名册文件，新的在前', who: importers, input: v.object({ limit }), output: v.object({ rows: v.array(importView) }) }),
  showMember: route({ method: 'GET', path: '/roster/:id', summary: '一位委员：资料、职务、微信绑定', who, input: v.object({ id }), output: memberView }),
  showImport: route({ method: 'GET', path: '/roster/imports/:id', summary: '一次导入：各有多少行新增、变更、不变、不导入', who: importers, input: v.object({ id }), output: importView }),
  listImportRows: route({ method: 'GET', path: '/roster/imports/:id/rows', summary: '导入预览，按行', who: importers, input: v.object({ id, verdict: v.optional(oneOf('要看哪些', rowVerdicts)), after, limit }), output: page(importRow) }),
  decideImportRow: route({ method: 'POST', path: '/roster/imports/:id/rows/:line/decide', summary: '同名的一行：是另一个人、就是他、不导入；空为不定', who: importers, input: v.object({ id, line, as: v.optional(v.nullable(oneOf('怎么办', rowDecisions)), null) }), output: v.object({ doc: importView, row: importRow }) }),
  applyImport: route({ method: 'POST', path: '/roster/imports/:id/apply', summary: '导入：要导入的行一次全部写入，中途出错一行也不写', who: importers, input: v.object(on), output: v.object({ doc: importView }) }),
  dropImport: route({ method: 'POST', path: '/roster/imports/:id/drop', summary: '不导入这个文件了', who: importers, input: v.object({ id }), output: v.object({ doc: importView }) }),
} as const;
