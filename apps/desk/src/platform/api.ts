import { clientOf, routes } from '@lvzhi/contracts';
import type { Refusal, Request } from '@lvzhi/contracts';
import { isStill } from './presence.ts';

/** The server answered, and it was no. */
export class ServerSaid extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) { super(refusal.reason); this.status = status; this.refusal = refusal; }
}
/** The request left and nothing came back: the thing may have happened or not, so it is sent again with the same key. */
export class NoAnswer extends Error {}

let reopen: (() => Promise<void>) | undefined;
/** Who is asked to sign the person in again when a session ends in the middle of work. What was asked is then sent again. */
export const whenSessionEnds = (ask: () => Promise<void>): void => { reopen = ask; };
let settle: (() => Promise<void>) | undefined;
/** Who is told that the session owes something before it may go on (a password of one's own). */
export const whenSessionOwes = (tell: () => Promise<void>): void => { settle = tell; };

function refusalIn(body: string): Refusal {
  try {
    const said: unknown = JSON.parse(body);
    if (typeof said === 'object' && said !== null && 'reason' in said && typeof said.reason === 'string') return said as Refusal;
  } catch { /* a proxy's page, not the server's words: the sentence below is said instead */ }
  return { reason: '服务器没有办成，请过一会儿再试' };
}

async function ask({ method, url, body }: Request): Promise<unknown> {
  const headers: Record<string, string> = { 'x-lvzhi': 'desk', ...(isStill() && { 'x-lvzhi-still': '1' }), ...(body && { 'content-type': 'application/json' }) };
  let status: number;
  let answer: string;
  try {
    const response = await fetch(`/api${url}`, { method, headers, credentials: 'same-origin', ...(body && { body: JSON.stringify(body) }) });
    status = response.status;
    answer = await response.text();
  } catch { throw new NoAnswer(); }
  if (status >= 200 && status < 300) return answer === '' ? {} : (JSON.parse(answer) as unknown);
  throw new ServerSaid(status, refusalIn(answer));
}

async function send(request: Request): Promise<unknown> {
  try { return await ask(request); } catch (error) {
    if (error instanceof ServerSaid && error.refusal.action === 'owing') void settle?.();
    const over = error instanceof ServerSaid && error.status === 401 && !request.url.startsWith('/session/');
    if (!over || !reopen) throw error;
    await reopen();
    return ask(request);
  }
}

/** Every route of the house, typed. @throws ServerSaid, NoAnswer, and InvalidInput before anything leaves. */
export const api = clientOf(routes, send);
