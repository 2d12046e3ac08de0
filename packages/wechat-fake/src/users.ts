import type { Dice } from './dice.ts';

/** A WeChat user the stand-in knows. `name`, `note` and `group` serve the demonstration page only. */
export interface FakeUser {
  openid: string;
  /** Digits only; without one the phone button has nothing to give. */
  phone?: string;
  name?: string;
  /** One line under the name, such as 农业界 · 委员. */
  note?: string;
  group?: string;
}

const NEWCOMER_GROUP = '新微信用户';

/** The WeChat users. Those the program adds stay through a reset, those added over the control API go with it. */
export class UserList {
  readonly #dice: Dice;
  readonly #users = new Map<string, { user: FakeUser; passing: boolean }>();

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Adds the user, or replaces the one with the same openid. Throws on an empty openid or a phone that is not digits. */
  add(user: FakeUser, passing: boolean): void {
    if (user.openid === '') throw new Error('a WeChat user needs an openid');
    if (user.phone !== undefined && !/^\d{5,15}$/.test(user.phone)) throw new Error('a phone is 5 to 15 digits');
    this.#users.set(user.openid, { user: { ...user }, passing });
  }

  /** Makes a WeChat user nobody has on a list: new openid, new phone. */
  addNewcomer(): FakeUser {
    const phone = this.#freePhone();
    const user = { openid: this.newOpenid(), phone, name: `微信用户 ${phone.slice(-4)}`, note: '未绑定，手机号不在名册', group: NEWCOMER_GROUP };
    this.add(user, true);
    return user;
  }

  newOpenid(): string {
    return `o${this.#dice.word(27)}`;
  }

  get(openid: string): FakeUser | null {
    return this.#users.get(openid)?.user ?? null;
  }

  /** In the order they were added. */
  all(): FakeUser[] {
    return [...this.#users.values()].map((entry) => entry.user);
  }

  reset(): void {
    for (const [openid, entry] of this.#users) {
      if (entry.passing) this.#users.delete(openid);
    }
  }

  #freePhone(): string {
    const taken = new Set(this.all().map((user) => user.phone));
    let phone = `199${this.#dice.digits(8)}`;
    while (taken.has(phone)) phone = `199${this.#dice.digits(8)}`;
    return phone;
  }
}

/** 13800001234 → 138****1234, for every list a bystander may see. */
export function maskedPhone(phone: string): string {
  return phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
