import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Invitation, WechatBinding } from '../identity/identity.entity.ts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { refuse } from '../platform/refusals.ts';
import { addRows, rowsWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Sessions } from '../platform/sessions.ts';

/** Nothing that looks like something else when it is read from paper: no 0 O 1 I L. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const codeLength = 8;
const newCode = (): string => Array.from({ length: codeLength }, () => signs[randomInt(signs.length)]).join('');
const dayMs = 86_400_000;
const piece = 500;

/** Ways to a WeChat of one's own: codes on paper, and letting go of a binding. */
@Injectable()
export class InvitationsService {
  constructor(@Inject(Audit) private readonly audit: Audit, @Inject(Clock) private readonly clock: Clock, @Inject(Seals) private readonly seals: Seals, @Inject(Sessions) private readonly sessions: Sessions) {}

  /** A new code for each; an older one that was not used is good no more. The code itself is kept nowhere. */
  async issue(manager: EntityManager, caller: Caller, personIds: readonly string[], days: number): Promise<{ codes: Map<string, string>; until: Date }> {
    const [now, codes] = [this.clock.now(), new Map<string, string>()];
    const until = new Date(now.getTime() + days * dayMs);
    for (const personId of personIds) codes.set(personId, newCode());
    for (let from = 0; from < personIds.length; from += piece) {
      const ids = personIds.slice(from, from + piece);
      await this.revoke(manager, ids);
      await addRows(manager, Invitation, ids.map((personId) => ({ codeHash: this.seals.hashOf(`invitation ${codes.get(personId) ?? ''}`), personId, expiresAt: until, usedAt: null })));
    }
    const [only] = personIds;
    await this.audit.record(caller, 'invitation.issued', personIds.length === 1 && only !== undefined ? { kind: 'person', id: only } : null, { count: personIds.length, until: until.toISOString() });
    return { codes, until };
  }

  async revoke(manager: EntityManager, personIds: readonly string[]): Promise<void> {
    if (personIds.length > 0) await manager.update(Invitation, { personId: In([...personIds]), usedAt: IsNull() }, { expiresAt: this.clock.now() });
  }

  /** The next WeChat that proves to be theirs is bound; the phone that was is signed out at once. */
  async release(manager: EntityManager, caller: Caller, personId: string): Promise<void> {
    const rows = await rowsWhere(manager, WechatBinding, { personId });
    if (rows.length === 0) refuse('release', '没有绑定微信，不用解除');
    await manager.delete(WechatBinding, { personId });
    await this.sessions.endAll(personId, 'phone');
    await this.audit.record(caller, 'binding.released', { kind: 'person', id: personId });
  }
}
