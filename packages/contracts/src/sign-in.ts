import * as v from 'valibot';
import { at, id, nothing, secondCode } from './pieces.ts';
import { route } from './route.ts';

/** A device that is signed in. `by`: how it came in, in words; `seenAt`: last use, to within minutes (desk) or an hour (phone). */
const deviceRow = v.object({ id: v.string(), surface: v.picklist(['phone', 'desk']), device: v.string(), by: v.string(), openedAt: at, seenAt: at, current: v.boolean() });
export type DeviceRow = v.InferOutput<typeof deviceRow>;
const devices = v.object({ rows: v.array(deviceRow) });
/** Shown this once. */
const recoveryCodes = v.object({ codes: v.array(v.string()) });
const askCode = v.pipe(v.string('这不是履职工作台的登录二维码'), v.regex(/^[\w-]{20,80}$/, '这不是履职工作台的登录二维码'));
const secret = (name: string) => v.pipe(v.optional(v.string(`请填写${name}`), ''), v.maxLength(200, `${name}太长`));

/** Signing in, beside the ways in themselves (session.ts): what a person sees and changes of their own. */
export const signIn = {
  showSignIn: route({ method: 'GET', path: '/me/sign_in', summary: '自己的账号和密码规则', who: 'entering', input: nothing,
    output: v.object({ login: v.nullable(v.string()), passwordRules: v.array(v.string()), /** The session was just opened with the password that was given: it is not asked for again. */ currentKnown: v.boolean(),
      /** `required`: one's post asks for it, so it cannot be ended. `codesLeft`: recovery codes not used yet. */
      secondFactor: v.object({ on: v.boolean(), setAt: v.nullable(at), codesLeft: v.number(), required: v.boolean() }) }) }),
  changePassword: route({ method: 'POST', path: '/me/password', summary: '修改自己的电脑端密码；别的电脑上的登录全部退出', who: 'entering', input: v.object({ current: secret('现在的密码'), fresh: v.pipe(secret('新密码'), v.minLength(1, '请填写新密码')) }), output: nothing }),
  beginSecondFactor: route({ method: 'POST', path: '/me/second_factor/begin', summary: '开始设置动态验证码：密钥和二维码的内容；已经设置的（换手机）要先给原来的验证码或恢复码', who: 'entering', input: v.object({ code: v.optional(v.nullable(secondCode), null) }),
    output: v.object({ secret: v.string(), uri: v.string(), ticket: v.string() }) }),
  setSecondFactor: route({ method: 'POST', path: '/me/second_factor', summary: '用身份验证器上的验证码确认设置；得到只显示一次的恢复码', who: 'entering', input: v.object({ ticket: v.pipe(v.string('设置已超时，请重新开始'), v.maxLength(1000, '设置已超时，请重新开始')), code: secondCode }), output: recoveryCodes }),
  renewRecoveryCodes: route({ method: 'POST', path: '/me/second_factor/codes', summary: '重新生成恢复码，原来的作废', who: 'signed_in', input: v.object({ code: secondCode }), output: recoveryCodes }),
  endSecondFactor: route({ method: 'POST', path: '/me/second_factor/end', summary: '停用动态验证码；职务要求的不能停用', who: 'signed_in', input: v.object({ code: secondCode }), output: nothing }),
  showSession: route({ method: 'GET', path: '/session', summary: '这次登录还剩多少时间：idle 是再不操作多少秒后退出，rest 是最多还能用多少秒，warn 是提前多少秒提醒', who: 'entering', input: nothing, output: v.object({ idle: v.number(), rest: v.number(), warn: v.number() }) }),
  lookAtDeskAsk: route({ method: 'POST', path: '/desk_asks/look', summary: '手机扫了电脑上的二维码：是哪台电脑要登录', who: 'signed_in', input: v.object({ code: askCode }), output: v.object({ device: v.string(), place: v.string(), askedAt: at, seconds: v.number() }) }),
  answerDeskAsk: route({ method: 'POST', path: '/desk_asks/answer', summary: '在手机上确认或拒绝电脑登录', who: 'signed_in', input: v.object({ code: askCode, yes: v.boolean('请选择确认还是拒绝') }), output: nothing }),
  listDevices: route({ method: 'GET', path: '/sessions', summary: '自己登录着的电脑和手机，最近用的在前，最多 50 台', who: 'signed_in', input: nothing, output: devices }),
  endDevice: route({ method: 'POST', path: '/sessions/:id/end', summary: '让一台设备退出登录', who: 'signed_in', input: v.object({ id }), output: devices }),
  endOtherDevices: route({ method: 'POST', path: '/sessions/end_others', summary: '除了这一台，全部退出登录', who: 'signed_in', input: nothing, output: devices }),
} as const;
