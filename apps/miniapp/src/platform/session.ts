import { clientOf, session as sessionRoutes } from '@lvzhi/contracts';
import type { Me } from '@lvzhi/contracts';
import { setClock } from './clock.ts';
import { forget, keep, recall } from './storage.ts';
import { watched } from './watched.ts';
import { loginCode, NoWechat, signedOutHere } from './wechat.ts';
import { Failure, isOffline, reasonOf, send } from './wire.ts';

/**
 * `starting`: asking WeChat; `member`: signed in; `unknown`: WeChat knows the person, the roster does not yet; `left`: signed out on this
 * phone; `browser`: a browser without WeChat; `failed`: could not ask. `since` a member was signed in, `last` is who that was.
 */
export type Session =
  | { phase: 'starting' } | { phase: 'member'; me: Me } | { phase: 'unknown' } | { phase: 'left' }
  | { phase: 'browser'; demo: boolean } | { phase: 'failed'; reason: string; offline: boolean };

const current = watched<Session>({ phase: 'starting' });
export const useSession = current.use;
export const watchSession = current.watch;
export const me = (): Me | undefined => { const it = current.get(); return it.phase === 'member' ? it.me : undefined; };
export const useMe = (): Me | undefined => { const it = current.use(); return it.phase === 'member' ? it.me : undefined; };

const stored = recall('lvzhi.token');
let token: string | undefined = typeof stored === 'string' ? stored : undefined;
/** 10 minutes, once: for the binding page only. */
let ticket: string | undefined;
export const currentToken = () => token;

const client = clientOf(sessionRoutes, (request) => send(request, token));

function enter(next: string, who: Me): void {
  token = next; ticket = undefined;
  keep('lvzhi.token', next); forget('lvzhi.left');
  adopt(who);
}
function adopt(who: Me): void { setClock(who.clock); current.set({ phase: 'member', me: who }); }
function dropToken(): void { token = undefined; forget('lvzhi.token'); }

/** Asks WeChat who this is and the server whether it knows them. False: not (yet) a member of the roster. */
async function signIn(): Promise<boolean> {
  const answer = await client.wechatSignIn({ code: await loginCode() });
  if (answer.state === 'signed_in') { enter(answer.token, answer.me); return true; }
  dropToken(); ticket = answer.ticket; setClock(answer.clock);
  current.set({ phase: 'unknown' });
  return false;
}
function failed(error: unknown): void {
  if (error instanceof NoWechat) current.set({ phase: 'browser', demo: error.demo });
  else current.set({ phase: 'failed', reason: reasonOf(error), offline: isOffline(error) });
}

async function resume(): Promise<void> {
  try {
    if (token !== undefined) {
      try { adopt(await client.showMe({})); return; } catch (error) { if (!(error instanceof Failure) || error.status !== 401) throw error; dropToken(); }
    }
    if (signedOutHere()) current.set({ phase: 'left' }); else await signIn();
  } catch (error) { failed(error); }
}

let starting: Promise<void> | undefined;
/** At launch, and again when somebody asks to: silent, and only one at a time. */
export function start(): Promise<void> {
  starting ??= resume().finally(() => { starting = undefined; });
  return starting;
}
/** Sign in because the person asked to, after signing out here. */
export function signInAgain(): Promise<void> { forget('lvzhi.left'); current.set({ phase: 'starting' }); return start(); }

/** Signing out by the person's own wish: what is still under way then does not sign them in again. */
let leaving = false;
let renewing: Promise<boolean> | undefined;
/** The session is over (401): one silent sign-in for all requests that noticed. True: go on with the new token. */
export function renew(used: string | undefined): Promise<boolean> {
  if (leaving || signedOutHere()) return Promise.resolve(false);
  if (used !== token && token !== undefined) return Promise.resolve(true);
  renewing ??= again().finally(() => { renewing = undefined; });
  return renewing;
}
async function again(): Promise<boolean> {
  const before = me()?.person.id;
  dropToken();
  try { return (await signIn()) && (before === undefined || me()?.person.id === before); }
  catch (error) { if (error instanceof NoWechat) failed(error); return false; }
}

/** The binding ticket, made anew when the last one was used or timed out. @throws Failure, NoWechat */
async function bindingTicket(): Promise<string> {
  if (ticket === undefined && (await signIn())) throw new Failure(409, { reason: '您已经绑定好了，直接使用即可。' });
  if (ticket === undefined) throw new Failure(0, { reason: '微信没有回应，请再试一次。' });
  return ticket;
}
async function bound(bind: (ticket: string) => Promise<{ token: string; me: Me }>): Promise<void> {
  const used = await bindingTicket();
  try { const answer = await bind(used); enter(answer.token, answer.me); }
  catch (error) { ticket = undefined; throw error; }
}
/** @throws Failure with the reason in the person's words */
export const bindByPhone = (code: string, consent: string) => bound((it) => client.bindByPhone({ ticket: it, code, consent }));
export const bindByInvitation = (name: string, invitation: string, consent: string) => bound((it) => client.bindByInvitation({ ticket: it, name, invitation, consent }));

export const guestWords = async () => { const words = await client.guest({}); setClock(words.clock); return words; };
export async function agree(version: string): Promise<void> { adopt((await client.agree({ version })).me); }
export async function chooseType(largeType: boolean): Promise<void> {
  const who = me();
  if (who) current.set({ phase: 'member', me: { ...who, largeType } });
  keep('lvzhi.large', largeType);
  await client.setDisplay({ largeType });
}
/** The drafts stay on the phone, but are shown to nobody but their author. */
export async function signOut(): Promise<void> {
  leaving = true;
  try { await client.signOut({}); } finally { dropToken(); keep('lvzhi.left', true); current.set({ phase: 'left' }); leaving = false; }
}
