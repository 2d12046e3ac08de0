import type { Answer, Me, routes } from '@lvzhi/contracts';
import { api, ServerSaid, whenSessionEnds, whenSessionOwes } from './api.ts';
import { setClock } from './clock.ts';
import { storeOf } from './signal.ts';

/** `expired`: the page stays as it is beneath the sign-in, so that nothing typed is lost. */
type Session =
  | { readonly phase: 'starting' } | { readonly phase: 'signed_out' } | { readonly phase: 'unreachable'; readonly reason: string }
  | { readonly phase: 'open' | 'expired'; readonly me: Me };

const session = storeOf<Session>({ phase: 'starting' });
export const useSession = session.use;
let waiting: (() => void)[] = [];

function open(me: Me): void {
  setClock(me.clock.now);
  session.set({ phase: 'open', me });
  const resume = waiting;
  waiting = [];
  for (const go of resume) go();
}

whenSessionEnds(() => new Promise((resolve, reject) => {
  const now = session.get();
  if (now.phase !== 'open' && now.phase !== 'expired') { reject(new ServerSaid(401, { reason: '请先登录' })); return; }
  waiting.push(resolve);
  session.set({ phase: 'expired', me: now.me });
}));

/** Asks the server whether the cookie still opens anything. */
export async function start(): Promise<void> {
  session.set({ phase: 'starting' });
  try { open(await api.showMe({})); } catch (error) {
    if (error instanceof ServerSaid && error.status === 401) session.set({ phase: 'signed_out' });
    else session.set({ phase: 'unreachable', reason: error instanceof ServerSaid ? error.message : '没有连上服务器，请检查网络' });
  }
}

/** What is known of this person is looked at again, without leaving the page. @throws what the server said */
export async function renew(): Promise<void> { open(await api.showMe({})); }

whenSessionOwes(renew);

let login = '';
/** Who signed in at this page last, to be asked again for the password alone. */
export const lastLogin = (): string => login;

/** Somebody else at the same page gets a fresh one: nothing of the person before may remain. Answers the ticket of a second step, where there is one. */
function entered(answer: Answer<typeof routes.deskSignIn>): string | undefined {
  if (answer.state === 'second_factor') return answer.ticket;
  const before = session.get();
  if ('me' in before && before.me.person.id !== answer.me.person.id) location.reload(); else open(answer.me);
  return undefined;
}
/** @returns the ticket with which the code of the second factor is entered; undefined: in @throws what the server said */
export async function signIn(typed: string, password: string): Promise<string | undefined> {
  const answer = await api.deskSignIn({ login: typed, password });
  login = typed;
  return entered(answer);
}
export async function enterCode(ticket: string, code: string): Promise<void> { entered(await api.enterSecondFactor({ ticket, code })); }
/** Whether a phone has answered for this browser's QR code. */
export async function claim(): Promise<{ state: 'waiting' | 'seen' | 'refused' | 'expired' | 'in' } | { state: 'second'; ticket: string }> {
  const answer = await api.claimDeskAsk({});
  if (answer.state !== 'signed_in' && answer.state !== 'second_factor') return answer;
  const ticket = entered(answer);
  return ticket === undefined ? { state: 'in' } : { state: 'second', ticket };
}

/** Agrees to the privacy notice that was shown. @throws what the server said. */
export async function agreeTo(version: string): Promise<void> { open((await api.agree({ version })).me); }

/** Ends the session and leaves a fresh page: no text of this person stays in memory. @throws when the server could not be told. */
export async function signOut(): Promise<void> {
  await api.signOut({});
  location.assign(import.meta.env.BASE_URL);
}
