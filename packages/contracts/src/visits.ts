import { visitActions, visitStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, chosen, coded, due, holder, id, instant, key, limit, nothing, oneOf, optionalText, page, some, step, text, undo, version } from './pieces.ts';
import { route } from './route.ts';

const person = v.object({ id: v.string(), name: v.string(), note: v.string() });
/** One member's appointment. `whenWords`: 7月26日 星期二 9:30. */
export const visitRow = v.object({
  id: v.string(), state: v.picklist(visitStates), stateWords: v.string(), member: person, leaders: v.array(person),
  startsAt: at, whenWords: v.string(), minutes: v.number(), form: coded, place: v.string(),
  replyBy: at, due: v.nullable(due), version: v.number(), can: v.array(v.picklist(visitActions)),
  proposed: v.nullable(v.object({ startsAt: at, whenWords: v.string(), form: coded, note: v.string() })),
});
export type VisitRow = v.InferOutput<typeof visitRow>;
const visitView = v.object({ ...visitRow.entries, videoLink: v.nullable(v.string()), topics: v.array(v.string()), holder: v.nullable(holder),
  contact: v.object({ name: v.string(), phone: v.string(), hours: v.string() }), timeline: v.array(step),
  /** The reports that came of it, as far as this reader may see them; `mayReport`: they may write one. */
  reports: v.array(v.object({ id: v.string(), receiptNo: v.string(), title: v.string(), author: v.string(), stateWords: v.string() })), mayReport: v.boolean() });
export type VisitView = v.InferOutput<typeof visitView>;
const moved = v.object({ doc: visitView, undo });
const on = { id, version, key: v.optional(key) };
const when = { startsAt: instant('时间'), minutes: v.pipe(v.optional(v.number('请填写时长'), 40), v.integer('时长应是整数分钟'), v.minValue(10, '时长至少 10 分钟'), v.maxValue(480, '时长最多 8 小时')) };
const where = { form: v.pipe(v.optional(v.string('请选择走访形式'), ''), v.minLength(1, '请选择走访形式'), v.maxLength(20, '请从列表里选择走访形式')), place: optionalText('地点', 60), videoLink: optionalText('视频链接', 200) };

/** Which visits a list, or a table of it, holds. */
export const visitFilters = v.object({ state: v.optional(oneOf('状态', visitStates)), from: v.optional(instant('起始时间')) });

/** Beside these: GET /api/visits/export (xlsx), by the filters of the list. */
export const visits = {
  createVisit: route({ method: 'POST', path: '/visits', summary: '安排走访：每位委员各得一份通知', who: ['arrange_visits'],
    input: v.object({ key, memberIds: some('委员', 60),
      leaderIds: some('走访人', 12),
      ...when, ...where, topics: v.pipe(v.array(text('话题', 60), '请填写话题'), v.maxLength(10, '话题最多 10 条')), replyBy: instant('回复期限') }),
    output: v.object({ batchId: v.string(), count: v.number() }) }),
  listVisits: route({ method: 'GET', path: '/visits', summary: '走访安排，按时间', who: ['arrange_visits', 'visit', 'receive_visits'],
    input: v.object({ ...visitFilters.entries, after, limit }), output: page(visitRow) }),
  coverage: route({ method: 'GET', path: '/visits/coverage', summary: '走访覆盖：全体委员中已走访、已确认、未回复、未安排各多少', who: ['arrange_visits', 'visit'], input: nothing,
    output: v.object({ campaign: v.object({ title: v.string(), fromOn: v.string(), untilOn: v.string() }), total: v.number(), visited: v.number(), confirmed: v.number(), proposed: v.number(), unanswered: v.number(), unscheduled: v.number() }) }),
  showVisit: route({ method: 'GET', path: '/visits/:id', summary: '一份走访通知', who: ['arrange_visits', 'visit', 'receive_visits'], input: v.object({ id }), output: visitView }),
  listFreeTimes: route({ method: 'GET', path: '/visits/:id/times', summary: '来不了可以改到的时间：走访人都有空的工作时间，最多三个', who: ['receive_visits'], input: v.object({ id }), output: v.object({ rows: v.array(v.object({ startsAt: at, whenWords: v.string() })) }) }),
  confirmVisit: route({ method: 'POST', path: '/visits/:id/confirm', summary: '确认参加', who: ['receive_visits'], input: v.object(on), output: moved }),
  proposeVisit: route({ method: 'POST', path: '/visits/:id/propose', summary: '提出改到别的时间或改为视频', who: ['receive_visits'],
    input: v.object({ ...on, startsAt: instant('时间'), form: chosen('走访形式'), note: optionalText('说明', 200) }), output: moved }),
  agreeVisit: route({ method: 'POST', path: '/visits/:id/agree', summary: '同意委员提出的时间', who: ['arrange_visits'], input: v.object({ ...on, place: optionalText('地点', 60), videoLink: optionalText('视频链接', 200) }), output: moved }),
  rescheduleVisit: route({ method: 'POST', path: '/visits/:id/reschedule', summary: '另定时间，委员重新确认', who: ['arrange_visits'], input: v.object({ ...on, ...when, ...where, replyBy: instant('回复期限') }), output: moved }),
  recordVisit: route({ method: 'POST', path: '/visits/:id/record', summary: '登记已走访', who: ['arrange_visits', 'visit'], input: v.object(on), output: moved }),
  cancelVisit: route({ method: 'POST', path: '/visits/:id/cancel', summary: '取消走访，理由必填', who: ['arrange_visits'], input: v.object({ ...on, reason: text('取消理由', 200, 2) }), output: moved }),
  undoVisit: route({ method: 'POST', path: '/visits/:id/undo', summary: '撤销刚才的操作', who: ['arrange_visits', 'visit', 'receive_visits'], input: v.object({ id, moveId: id }), output: v.object({ doc: visitView }) }),
  findMembers: route({ method: 'GET', path: '/members', summary: '找委员：姓名、界别；走访情况一并给出', who: ['arrange_visits'],
    input: v.object({ query: optionalText('姓名或界别', 40), unscheduled: v.optional(oneOf('要看哪些', ['yes', 'no']), 'no'), after, limit }),
    output: page(v.object({ ...person.entries, visit: v.nullable(v.picklist(visitStates)) })) }),
  listLeaders: route({ method: 'GET', path: '/leaders', summary: '可以带队走访的领导', who: ['arrange_visits'], input: nothing, output: v.object({ rows: v.array(person) }) }),
} as const;
