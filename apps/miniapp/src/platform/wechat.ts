import Taro from '@tarojs/taro';
import { recall } from './storage.ts';
import { Failure } from './wire.ts';

/** This is the web version and nobody chose a demonstration WeChat account in this browser. */
export class NoWechat extends Error { readonly demo: boolean; constructor(demo: boolean) { super(demo ? '请先选一个演示用的微信账号' : '请在微信里打开小程序'); this.demo = demo; } }

const openid = (): string | null => window.localStorage.getItem('lvzhi.fake.openid');

async function fake(path: string, body: Record<string, string>): Promise<string> {
  let answer;
  try { answer = await Taro.request<{ code?: string }>({ method: 'POST', url: `/__fake/${path}`, header: { 'content-type': 'application/json' }, data: JSON.stringify(body) }); }
  catch { throw new Failure(0, { reason: '现在连不上网络，请检查后再试一次。' }); }
  if (answer.statusCode === 404) throw new NoWechat(false);
  if (answer.statusCode >= 300 || !answer.data?.code) throw new NoWechat(true);
  return answer.data.code;
}

/** A fresh WeChat sign-in code, good for one sign-in. @throws NoWechat in a browser without a demonstration account */
export async function loginCode(): Promise<string> {
  if (process.env.TARO_ENV === 'h5') {
    const id = openid();
    if (id === null) throw new NoWechat(true);
    return fake('login', { openid: id });
  }
  try { return (await Taro.login()).code; } catch { throw new Failure(0, { reason: '微信没有回应，请再试一次。' }); }
}

/** What the button 手机号一键核验 brings: a code for the server; `refused`: the person said no. In WeChat `detail` is the button's own answer. */
export async function phoneCode(detail: { code?: string; errMsg?: string } | undefined): Promise<{ code: string } | 'refused'> {
  if (process.env.TARO_ENV === 'h5') {
    if (window.localStorage.getItem('lvzhi.fake.deny') === '1') { window.localStorage.removeItem('lvzhi.fake.deny'); return 'refused'; }
    const id = openid();
    if (id === null) throw new NoWechat(true);
    return { code: await fake('phone-code', { openid: id }) };
  }
  return detail?.code ? { code: detail.code } : 'refused';
}

/** The stand-in's question in place of WeChat's own, and what it answers for each template; undefined: this browser has no stand-in. */
export async function askInBrowser(ids: readonly string[]): Promise<Record<string, unknown> | undefined> {
  const id = openid();
  if (id === null) return undefined;
  const { confirm } = await Taro.showModal({ title: '微信的询问（演示）', content: `“履职在线”想给您发提醒，共 ${ids.length} 类，每类一条。`, confirmText: '允许', cancelText: '拒绝', confirmColor: '#15506B' });
  const answer = await Taro.request<Record<string, unknown>>({ method: 'POST', url: '/__fake/subscribe', header: { 'content-type': 'application/json' }, data: JSON.stringify({ openid: id, tmplIds: ids, choice: confirm ? 'accept' : 'reject' }) });
  return answer.statusCode === 200 ? answer.data : undefined;
}

/** Nobody is signed in silently again until they ask for it: they signed out on this phone. */
export const signedOutHere = (): boolean => recall('lvzhi.left') === true;

/** What the camera reads from a QR code; undefined: the person closed it. */
export async function scanned(): Promise<string | undefined> {
  try { return (await Taro.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] })).result; } catch (error) {
    const said = (error as { errMsg?: string } | undefined)?.errMsg ?? '';
    if (/cancel/.test(said)) return undefined;
    throw new Failure(0, { reason: /auth|permission|authorize/.test(said) ? '没有使用相机的权限。请在微信的设置里允许后再扫。' : '没有扫成，请再试一次。' });
  }
}
