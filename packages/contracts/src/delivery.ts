import { noticeChannels, reaches } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, id, key, limit, nothing, page, several } from './pieces.ts';
import { route } from './route.ts';

const figures = v.object({ total: v.number(), read: v.number(), arrived: v.number(), waiting: v.number(), failed: v.number(), answered: v.number(), called: v.number() });
/** What was sent together, such as the notices of one arrangement of visits. */
const sending = v.object({ id: v.string(), title: v.string(), at, ...figures.entries });
/** How one person was reached. `reason`: why not, in words; `lacks`: why not on the channels before it; `reply`: what they answered; `phone`: masked. */
const reached = v.object({
  noticeId: v.string(), docId: v.string(), person: v.object({ id: v.string(), name: v.string(), note: v.string() }), reach: v.picklist(reaches), words: v.string(), channel: v.string(), reason: v.nullable(v.string()), lacks: v.array(v.string()), at: v.nullable(at),
  reply: v.string(), isOpen: v.boolean(), phone: v.string(), called: v.nullable(v.object({ who: v.string(), at })), can: v.array(v.picklist(['call', 'uncall', 'sms'])),
});
export type SendingRow = v.InferOutput<typeof sending>;
export type ReachedRow = v.InferOutput<typeof reached>;
const board = v.object({ ...sending.entries, open: v.number(), /** Whether text messages are set up. */ sms: v.boolean(), channels: v.array(v.object({ channel: v.picklist(noticeChannels), words: v.string(), out: v.number(), arrived: v.number(), failed: v.number(), /** Of those: the person cannot be reached this way. */ unable: v.number() })), rows: v.array(reached) });
export type SendingBoard = v.InferOutput<typeof board>;

const who = ['arrange_visits'] as const;
export const delivery = {
  listSendings: route({ method: 'GET', path: '/sendings', summary: '送达情况：发出的通知，新的在前', who, input: v.object({ after, limit }), output: page(sending) }),
  showSending: route({ method: 'GET', path: '/sendings/:id', summary: '一次通知送到了谁、没送到谁、为什么', who, input: v.object({ id }), output: board }),
  urgeSending: route({ method: 'POST', path: '/sendings/:id/urge', summary: '再提醒还没有回复的人，已经回复的不打扰', who, input: v.object({ id, key }), output: v.object({ told: v.number() }) }),
  listCalls: route({ method: 'GET', path: '/sendings/:id/calls', summary: '电话通知单：要打电话的人和完整号码，记入审计', who, input: v.object({ id }),
    output: v.object({ title: v.string(), rows: v.array(v.object({ noticeId: v.string(), person: v.object({ id: v.string(), name: v.string(), note: v.string() }), phone: v.string(), why: v.string(), what: v.string() })) }) }),
  markCalled: route({ method: 'POST', path: '/sendings/notices/:id/called', summary: '登记已电话通知，或取消登记', who, input: v.object({ id, called: v.boolean('请选择是否已电话通知') }), output: nothing }),
  sendBySms: route({ method: 'POST', path: '/sendings/notices/:id/sms', summary: '改发短信', who, input: v.object({ id }), output: nothing }),
  foreseeReach: route({ method: 'POST', path: '/sendings/reach', summary: '发之前看：多少人能收到微信提醒，多少人次数用完、没有绑定；本市自己写的走访通知', who, input: v.object({ memberIds: several('委员', 60) }),
    output: v.object({ wechat: v.number(), spent: v.number(), unbound: v.number(), sms: v.boolean(), own: v.nullable(v.object({ head: v.string(), body: v.string() })) }) }),
} as const;
