import { hash } from '@node-rs/argon2';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { DeskAccount } from '../identity/identity.entity.ts';
import { RecoveryCode, SecondFactor } from '../identity/second-factor.entity.ts';
import { Audit } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Person, PostHeld } from '../platform/directory.entity.ts';
import { newId } from '../platform/ids.ts';
import { moveMark } from '../platform/marks.ts';
import { addRows, rowWhere } from '../platform/rows.ts';
import { Session } from '../platform/sessions.entity.ts';
import { oneTimePassword } from './accounts.service.ts';

interface Asked { readonly termId: string; readonly login: string; readonly name: string; readonly reset: boolean }
/** The password, printed once; or why not. */
type Made = { readonly password: string } | { readonly refused: string };
const house = { personId: null, surface: 'house' } as const;

/**
 * A house with an empty database has nobody who could let anybody in: its first system administrator comes from the command line. Where there is
 * one already, only their password can be made anew, by somebody who can reach the machine.
 */
export async function firstAdmin(database: Database, clock: Clock, asked: Asked): Promise<Made> {
  const password = oneTimePassword();
  const passwordHash = await hash(password);
  const audit = new Audit(database, clock);
  const refused = await database.write(async (manager) => {
    await moveMark(manager, 'directory');
    return asked.reset ? reset(manager, audit, clock, asked, passwordHash) : make(manager, audit, asked, passwordHash);
  });
  return refused === undefined ? { password } : { refused };
}

async function adminAccounts(manager: EntityManager, termId: string): Promise<DeskAccount[]> {
  const posts = await manager.find(PostHeld, { where: { post: 'system_admin', termId, endedAt: IsNull() } });
  return posts.length === 0 ? [] : manager.find(DeskAccount, { where: { personId: In(posts.map(({ personId }) => personId)) } });
}

async function make(manager: EntityManager, audit: Audit, { termId, login, name }: Asked, passwordHash: string): Promise<string | undefined> {
  const [there] = (await adminAccounts(manager, termId)).filter(({ disabledAt }) => disabledAt === null);
  if (there) return `已经有系统管理员了，账号 ${there.login}。增加管理员请由他在电脑端“单位与账号”里办理；忘记密码的，用 --login ${there.login} --reset`;
  if (await rowWhere(manager, DeskAccount, { login })) return `账号 ${login} 已经有人用了，请换一个`;
  const id = newId();
  await addRows(manager, Person, [{ id, name, phoneHash: null, phoneSealed: null, sectorId: null, townId: null, unitTitle: '系统管理员', isMember: 0, largeType: null, isActive: 1, isPartyMember: null, endedAt: null, endedOn: null, endReason: null, version: 1, requestKey: null }]);
  await addRows(manager, PostHeld, [{ id: newId(), personId: id, post: 'system_admin', bodyId: 'cppcc', termId, fromOn: null, untilOn: null, endedAt: null }]);
  await addRows(manager, DeskAccount, [{ personId: id, login, passwordHash, mustChange: 1, disabledAt: null, signedInAt: null }]);
  await audit.record(house, 'account.opened', { kind: 'person', id }, { login, post: 'system_admin' });
  return undefined;
}

async function reset(manager: EntityManager, audit: Audit, clock: Clock, { termId, login }: Asked, passwordHash: string): Promise<string | undefined> {
  const account = (await adminAccounts(manager, termId)).find((it) => it.login === login);
  if (!account) return `没有账号是 ${login} 的系统管理员`;
  await manager.update(DeskAccount, { personId: account.personId }, { passwordHash, mustChange: 1, disabledAt: null });
  await manager.delete(SecondFactor, { personId: account.personId });
  await manager.delete(RecoveryCode, { personId: account.personId });
  await manager.update(Person, { id: account.personId }, { isActive: 1 });
  await manager.update(Session, { personId: account.personId, endedAt: IsNull() }, { endedAt: clock.now() });
  await audit.record(house, 'password.reset', { kind: 'person', id: account.personId }, { login });
  return undefined;
}
