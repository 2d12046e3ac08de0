import type { Answer, routes } from '@lvzhi/contracts';
import type { Cast, Roster, RosterPerson } from './cast.ts';
import { deskPassword } from './cast.ts';

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎';
const given = ['国平', '晓敏', '志华', '文娟', '建军', '丽琴'];

type Unit = Answer<typeof routes.listBodies>['rows'][number];
/** All units of the house, in its order. */
export const unitsOf = async (cast: Cast, roster: Roster): Promise<readonly Unit[]> => (await cast.desk(roster.holder('system_admin')).listBodies({ kind: 'unit' })).rows;

/** Who acts for a unit, and whose office hands cases to it. */
export interface UnitDesk { readonly person: RosterPerson; readonly side: 'party' | 'government' }

/**
 * Everybody who handles proposals: of units where the roster has nobody, a clerk is given an account the way an administrator gives one, and
 * chooses a password at the first sign-in. What an earlier run has done stays done. @returns unit → who acts for it, in the order of the house
 */
export async function unitAccounts(cast: Cast, roster: Roster, units: readonly Unit[], tick: (done: number, all: number) => void): Promise<ReadonlyMap<string, UnitDesk>> {
  const found = new Map<string, UnitDesk>();
  for (const [at, { id, short, side }] of units.entries()) {
    const known = roster.people.find(({ login, posts }) => login !== undefined && posts.some(({ post, bodyId }) => post === 'unit_supervisor' && bodyId === id));
    found.set(id, { person: known ?? await opened(cast, roster, { id, short, at }), side: side ?? 'government' });
    tick(at + 1, units.length);
  }
  return found;
}

async function opened(cast: Cast, roster: Roster, { id, short, at }: { id: string; short: string; at: number }): Promise<RosterPerson> {
  const admin = cast.desk(roster.holder('system_admin'));
  const [login, name] = [`cb-${id.replace(/^u-/, '')}`, `${surnames.charAt(at % surnames.length)}${given[at % given.length] ?? ''}`];
  const posts = (['unit_supervisor', 'unit_clerk'] as const).map((post) => ({ post, bodyId: id }));
  const { doc, password } = await admin.createAccount({ key: `demo-unit-${id}`, name, unitTitle: short, login, posts });
  const first = password ?? (doc.mustChange ? (await admin.resetPassword({ id: doc.id, version: doc.version })).password : null);
  if (first !== null) await cast.withPassword(login, first).changePassword({ current: first, fresh: deskPassword });
  return { id: doc.id, name, isMember: false, login, posts };
}
