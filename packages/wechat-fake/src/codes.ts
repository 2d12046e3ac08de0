import { ERRCODE } from './contract.ts';
import type { Errcode } from './contract.ts';
import type { Dice } from './dice.ts';

/** Both kinds of code live five minutes, counted from the tap (F10, F12). */
const CODE_LIFE = 5 * 60_000;
/** Dead codes are remembered this long, so that a late second use is still told apart from an unknown code. */
const CODE_MEMORY = 60 * 60_000;

type CodeKind = 'login' | 'phone';

interface Code {
  kind: CodeKind;
  openid: string;
  appid: string;
  issuedAt: number;
  used: boolean;
}

/** The single-use codes of wx.login and of the phone button. */
export class CodeBook {
  readonly #now: () => number;
  readonly #dice: Dice;
  readonly #codes = new Map<string, Code>();

  constructor(now: () => number, dice: Dice) {
    this.#now = now;
    this.#dice = dice;
  }

  /** Hands a code to the user's phone. */
  issue(kind: CodeKind, openid: string, appid: string): string {
    this.#forgetOld();
    const value = kind === 'login' ? `0${this.#dice.word(31)}` : this.#dice.hex(64);
    this.#codes.set(value, { kind, openid, appid, issuedAt: this.#now(), used: false });
    return value;
  }

  /** Whose code it is, whatever its state; null for an unknown code. */
  ownerOf(value: string): string | null {
    return this.#codes.get(value)?.openid ?? null;
  }

  /** Uses the code up and returns its openid, or says why not. A refused code stays as it was. */
  redeem(kind: CodeKind, value: string, appid: string, openid?: string): string | Errcode {
    const code = this.#codes.get(value);
    if (code === undefined || code.kind !== kind || code.appid !== appid) return ERRCODE.invalidCode;
    if (openid !== undefined && openid !== code.openid) return ERRCODE.invalidCode;
    if (this.#now() - code.issuedAt > CODE_LIFE) return ERRCODE.invalidCode;
    if (code.used) return kind === 'login' ? ERRCODE.codeUsed : ERRCODE.invalidCode;
    code.used = true;
    return code.openid;
  }

  /** How many codes of each kind could still be redeemed. */
  live(): Record<CodeKind, number> {
    const count = { login: 0, phone: 0 };
    for (const code of this.#codes.values()) {
      if (!code.used && this.#now() - code.issuedAt <= CODE_LIFE) count[code.kind] += 1;
    }
    return count;
  }

  reset(): void {
    this.#codes.clear();
  }

  #forgetOld(): void {
    for (const [value, code] of this.#codes) {
      if (this.#now() - code.issuedAt > CODE_MEMORY) this.#codes.delete(value);
    }
  }
}
