import { abilities, postCodes } from '@lvzhi/domain';
import * as v from 'valibot';
import { at, named, nothing, secondCode, text } from './pieces.ts';
import { route } from './route.ts';

/** The server's clock; `demo`: the demonstration's, which both apps say on every page. */
const clock = v.object({ now: at, demo: v.boolean() });
const me = v.object({
  person: v.object({ id: v.string(), name: v.string(), note: v.string() }),
  posts: v.array(v.object({ post: v.picklist(postCodes), words: v.string(), body: v.nullable(named) })),
  /** What this person may do at all: which entries the apps show. */
  can: v.array(v.picklist(abilities)),
  largeType: v.nullable(v.boolean()),
  /** The notice must be agreed to (again): its version changed, or it never was. */
  mustConsent: v.boolean(),
  /** At the desk: the password was given by somebody else and must be changed before anything else. */
  mustChangePassword: v.boolean(),
  /** At the desk: the post asks for a second factor, which must be set up before anything else. */
  mustSetSecondFactor: v.boolean(),
  /** Has an account or a post for the desk: this phone can let a computer in (扫码登录). */
  mayUseDesk: v.boolean(),
  /** The city is not set up yet, and this person has a part in it (开始使用). */
  settingUp: v.boolean(),
  clock,
  city: v.string(),
});
export type Me = v.InferOutput<typeof me>;
const signedIn = v.object({ state: v.literal('signed_in'), token: v.string(), me });

/** In; or, for whoever has a second factor, the right to enter its code (5 minutes). */
const atDesk = v.variant('state', [v.object({ state: v.literal('signed_in'), me }), v.object({ state: v.literal('second_factor'), ticket: v.string() })]);
const code = v.pipe(v.string('没有拿到微信登录凭证，请重新点击'), v.minLength(1, '没有拿到微信登录凭证，请重新点击'), v.maxLength(128, '微信登录凭证不对'));
const ticket = v.pipe(v.string('登录已超时，请重新进入'), v.minLength(1, '登录已超时，请重新进入'), v.maxLength(128, '登录已超时，请重新进入'));
const consent = v.pipe(v.optional(v.string('请先阅读并同意隐私说明'), ''), v.minLength(1, '请先阅读并同意隐私说明'), v.maxLength(40, '请先阅读并同意隐私说明'));

export const session = {
  guest: route({ method: 'GET', path: '/guest', summary: '访客页：这是什么，谁可以用，隐私说明', who: 'anyone', input: nothing,
    output: v.object({ city: v.string(), organ: v.string(), title: v.string(), paragraphs: v.array(v.string()), secretNotice: v.string(), clock,
      privacy: v.object({ version: v.string(), title: v.string(), paragraphs: v.array(v.string()) }) }) }),
  wechatSignIn: route({ method: 'POST', path: '/session/wechat', summary: '用微信登录凭证登录；没有绑定的得到绑定凭证（10 分钟内一次有效）', who: 'anyone',
    input: v.object({ code }), output: v.variant('state', [signedIn, v.object({ state: v.literal('unbound'), ticket: v.string(), clock })]) }),
  bindByPhone: route({ method: 'POST', path: '/session/bind/phone', summary: '用微信手机号核对名册并绑定', who: 'anyone',
    input: v.object({ ticket, code, consent }), output: signedIn }),
  bindByInvitation: route({ method: 'POST', path: '/session/bind/invitation', summary: '用邀请码和姓名绑定', who: 'anyone',
    input: v.object({ ticket, name: text('姓名', 20), invitation: text('邀请码', 12, 8), consent }), output: signedIn }),
  deskSignIn: route({ method: 'POST', path: '/session/desk', summary: '电脑端用账号密码登录（会话写入 Cookie）', who: 'anyone',
    input: v.object({ login: text('账号', 40), password: v.pipe(v.optional(v.string('请填写密码'), ''), v.minLength(1, '请填写密码'), v.maxLength(200, '密码太长')) }), output: atDesk }),
  enterSecondFactor: route({ method: 'POST', path: '/session/desk/second', summary: '电脑端登录的第二步：动态验证码或恢复码', who: 'anyone', input: v.object({ ticket: v.pipe(v.string('登录已超时，请重新输入密码'), v.maxLength(1000, '登录已超时，请重新输入密码')), code: secondCode }), output: atDesk }),
  beginDeskAsk: route({ method: 'POST', path: '/session/desk/ask', summary: '电脑端登录页的二维码：code 给手机扫，只能由取它的这个浏览器登录（凭 Cookie）；再取一次，前一个作废', who: 'anyone', input: nothing, output: v.object({ code: v.string(), seconds: v.number(), pollSeconds: v.number() }) }),
  claimDeskAsk: route({ method: 'POST', path: '/session/desk/ask/claim', summary: '手机确认了没有：确认了就登录，只成一次', who: 'anyone', input: nothing, output: v.variant('state', [v.object({ state: v.picklist(['waiting', 'seen', 'refused', 'expired']) }), ...atDesk.options]) }),
  agree: route({ method: 'POST', path: '/session/consent', summary: '同意新版隐私说明', who: 'signed_in', input: v.object({ version: consent }), output: v.object({ me }) }),
  showMe: route({ method: 'GET', path: '/me', summary: '我是谁，能做什么', who: 'entering', input: nothing, output: me }),
  setDisplay: route({ method: 'PUT', path: '/me/display', summary: '大字显示', who: 'signed_in', input: v.object({ largeType: v.boolean('请选择是否用大字') }), output: nothing }),
  signOut: route({ method: 'POST', path: '/session/end', summary: '退出登录', who: 'entering', input: nothing, output: nothing }),
} as const;
