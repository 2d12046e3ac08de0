import type { WechatRefusal } from '@lvzhi/wechat-fake';

/**
 * WeChat (or the text message service) did not answer, or not in its own language. `before`: it has certainly not acted, so the call may be made again; `ambiguous`: it may
 * have acted, so what must happen once only is never sent again.
 */
export class WechatUnavailable extends Error {
  readonly phase: 'before' | 'ambiguous';
  constructor(words: string, phase: 'before' | 'ambiguous' = 'before') { super(words); this.phase = phase; }
}
/** WeChat answered no. Told apart by `errcode` only (facts §1.2); `field` is the message's field that it complains of, `rid` the number its support asks for. */
export class WechatRefused extends Error {
  readonly errcode: number;
  readonly rid: string;
  readonly field: string | undefined;
  constructor({ errcode, errmsg }: WechatRefusal) {
    const rid = /rid: ([\w-]+)/.exec(errmsg)?.[1] ?? '';
    super(`WeChat ${errcode} ${rid}`);
    [this.errcode, this.rid, this.field] = [errcode, rid, /data\.([a-z_]+\d+)/.exec(errmsg)?.[1]];
  }
}

/** Nothing of the request can have left when these happen. */
const beforeAnything = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** Gateways that say so have passed nothing on; of the others nobody knows. */
const notPassedOn = new Set([429, 502, 503]);

function unavailable(error: unknown): WechatUnavailable {
  if (error instanceof WechatUnavailable) return error;
  const code = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  return new WechatUnavailable(error instanceof Error ? error.name : 'unknown', typeof code === 'string' && beforeAnything.has(code) ? 'before' : 'ambiguous');
}

/** One call, answered within `timeoutMs` or not at all. @throws WechatUnavailable */
export async function callOnce(url: string, body: object | undefined, timeoutMs: number): Promise<{ readonly type: string; readonly bytes: Buffer }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
    if (!response.ok) throw new WechatUnavailable(`HTTP ${response.status}`, notPassedOn.has(response.status) ? 'before' : 'ambiguous');
    return { type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) };
  } catch (error) { throw unavailable(error); }
}

/** The JSON object in an answer; success may carry no errcode. A web page under 200 is a gateway's. @throws WechatUnavailable, WechatRefused */
export function objectIn(bytes: Buffer): Record<string, unknown> {
  const text = bytes.toString('utf8');
  let answer: unknown;
  try { answer = JSON.parse(text); } catch { throw new WechatUnavailable('no JSON', text.trimStart().startsWith('<') ? 'before' : 'ambiguous'); }
  if (typeof answer !== 'object' || answer === null) throw new WechatUnavailable('no object', 'ambiguous');
  const { errcode = 0, errmsg = '' } = answer as { errcode?: unknown; errmsg?: unknown };
  if (errcode !== 0) throw new WechatRefused({ errcode: Number(errcode), errmsg: String(errmsg) });
  return answer as Record<string, unknown>;
}

/** What an answer must name: without it nobody may be taken for somebody. @throws WechatUnavailable */
export function told(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new WechatUnavailable('a part of the answer is missing', 'ambiguous');
}

/** A signed POST of a body as it is; answers the JSON object. The same limits and the same words for what went wrong. @throws WechatUnavailable */
export async function callSigned(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new WechatUnavailable(`HTTP ${response.status}`, notPassedOn.has(response.status) ? 'before' : 'ambiguous');
    return await response.json();
  } catch (error) { throw unavailable(error); }
}
