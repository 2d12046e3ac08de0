import { noticeSorts, tellings } from '@lvzhi/domain';
import * as v from 'valibot';
import { nothing, oneOf } from './pieces.ts';
import { route } from './route.ts';

const time = (name: string) => v.pipe(v.string(`请选择${name}`), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, `${name}的格式不对`));
const hours = (message: string) => v.object({ from: time('开始时间'), until: time('结束时间') }, message);
/** What one sort of notice does with WeChat. `left`: how many messages are still allowed; null: any number (long-term consent). */
const sortView = v.object({ sort: v.picklist(noticeSorts), words: v.string(), telling: v.picklist(tellings), always: v.boolean(), templateId: v.nullable(v.string()), left: v.nullable(v.number()), refused: v.boolean() });
const mine = v.object({ bound: v.boolean(), sorts: v.array(sortView), digest: v.picklist(['daily', 'weekly']), quiet: v.nullable(v.object({ from: v.string(), until: v.string() })), cityQuiet: v.object({ from: v.string(), until: v.string() }), digestTime: v.string(), sms: v.boolean() });
export type MyReminders = v.InferOutput<typeof mine>;

export const reminding = {
  showMyReminders: route({ method: 'GET', path: '/me/reminders', summary: '我的提醒：每类怎么提醒，微信还剩几次', who: 'signed_in', input: nothing, output: mine }),
  saveMyReminders: route({ method: 'PUT', path: '/me/reminders', summary: '改我的提醒。走访通知随时提醒，不能改', who: 'signed_in',
    input: v.object({ progress: oneOf('办理进展怎么提醒', tellings), task: oneOf('待办怎么提醒', tellings), digest: oneOf('多久汇总一次', ['daily', 'weekly']), quiet: v.optional(v.nullable(hours('请选择免打扰的时间')), null) }), output: mine }),
  tellConsents: route({ method: 'POST', path: '/me/reminders/consents', summary: '刚才在微信里点了同意还是拒绝，最多三类', who: 'signed_in',
    input: v.object({ answers: v.pipe(v.array(v.object({ templateId: v.pipe(v.string('缺少模板编号'), v.maxLength(80, '模板编号不对')), accepted: v.boolean('缺少同意还是拒绝') }), '缺少同意还是拒绝'), v.minLength(1, '缺少同意还是拒绝'), v.maxLength(5, '一次最多五类')) }), output: mine }),
} as const;
