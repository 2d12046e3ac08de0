import Taro from '@tarojs/taro';
import type { Refusal, Request } from '@lvzhi/contracts';
import { online } from './network.ts';

/** Something asked of the server did not come back well. `status` 0: no answer at all (no network, or it timed out). */
export class Failure extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) { super(refusal.reason); this.status = status; this.refusal = refusal; }
}

const unreachable = '现在连不上网络，请检查后再试一次。';
const silent = '服务器暂时没有回应，请过一会儿再试一次。';

/** The refusal in an answer that is not 2xx; a body of another shape (a proxy's page) becomes a sentence. */
export function refusalIn(status: number, body: unknown): Refusal {
  if (typeof body === 'object' && body !== null && 'reason' in body && typeof body.reason === 'string') return body as Refusal;
  return { reason: status >= 500 ? silent : '这一步没有办成，请返回重试。' };
}

export const apiUrl = (path: string): string => `${API_ROOT}/api${path}`;
/** A relative address that the server gave (file links). */
export const rootUrl = (path: string): string => (/^https?:/.test(path) ? path : `${API_ROOT}${path}`);

/** One request as this token's holder. @throws Failure */
export async function send({ method, url, body }: Request, token: string | undefined): Promise<unknown> {
  const header: Record<string, string> = { 'content-type': 'application/json' };
  if (token !== undefined) header.authorization = `Bearer ${token}`;
  let answer;
  try {
    answer = await Taro.request<unknown>({ method, url: apiUrl(url), header, timeout: 20_000, ...(method !== 'GET' && { data: JSON.stringify(body ?? {}) }) });
  } catch {
    online.set(false);
    throw new Failure(0, { reason: unreachable });
  }
  online.set(true);
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.data;
  throw new Failure(answer.statusCode, refusalIn(answer.statusCode, answer.data));
}

/** What to tell the person about anything that went wrong. */
export const reasonOf = (error: unknown): string => (error instanceof Error && error.message ? error.message : silent);
export const isOffline = (error: unknown): boolean => error instanceof Failure && error.status === 0;
