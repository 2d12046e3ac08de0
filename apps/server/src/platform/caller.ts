import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Who } from '@lvzhi/contracts';
import { abilitiesOf } from '@lvzhi/domain';
import type { FastifyRequest } from 'fastify';
import { ForbiddenException } from '@nestjs/common';
import { owing, signInAgain } from './refusals.ts';
import { Sessions } from './sessions.ts';

export const deskCookie = 'lvzhi_desk';
/** A page of another site can send the desk's cookie along, but not this header. */
const deskHeader = 'x-lvzhi';
/** Says '1' when the page asks by itself and nobody has touched it for a while. */
const stillHeader = 'x-lvzhi-still';

function tokenOf({ headers }: FastifyRequest): string | undefined {
  const [, bearer] = /^Bearer ([\w-]{20,200})$/.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined) return bearer;
  if (headers[deskHeader] !== 'desk') return undefined;
  return new RegExp(`(?:^|;\\s*)${deskCookie}=([\\w-]{20,200})`).exec(headers.cookie ?? '')?.[1];
}

/** Who is calling: found once per request, before any handler. */
@Injectable()
export class CallerOf {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  of(request: FastifyRequest): Promise<Caller | undefined> {
    const token = tokenOf(request);
    return token === undefined ? Promise.resolve(undefined) : this.sessions.callerOf(token, request.headers[stillHeader] === '1');
  }

  /** @throws 401 without a session, 403 without one of the abilities that the route names, or while the session owes something. */
  admit(caller: Caller | undefined, who: Who): void {
    if (who === 'anyone') return;
    if (!caller) signInAgain();
    if (who === 'entering') return;
    if (caller.owes) owing(caller.owes);
    if (who === 'signed_in') return;
    const can = abilitiesOf(caller);
    if (!who.some((ability) => can.includes(ability))) throw new ForbiddenException({ reason: '没有找到，或者您没有查看的权限' });
  }
}
