import { clientOf, routes } from '@lvzhi/contracts';
import type { Request } from '@lvzhi/contracts';
import { currentToken, renew } from './session.ts';
import { Failure, send } from './wire.ts';

/** Asking twice does no harm: it only reads, or it carries the key by which the server does a thing once. */
const repeatable = ({ method, body }: Request): boolean => method === 'GET' || typeof body?.key === 'string';

async function sendSignedIn(request: Request): Promise<unknown> {
  const used = currentToken();
  try { return await send(request, used); } catch (error) {
    if (!(error instanceof Failure) || error.status !== 401) throw error;
    if (!(await renew(used))) throw new Failure(401, { reason: '登录过期了，写好的内容还在这部手机上。' });
    if (!repeatable(request)) throw new Failure(0, { reason: '刚才登录过期了，已重新登录，请再点一次。' });
    return send(request, currentToken());
  }
}

/** Every call of the contract, as the person who is signed in. A session that ended is renewed once for all calls. @throws Failure, InvalidInput */
export const api = clientOf(routes, sendSignedIn);
