import { ERRCODE } from './contract.ts';
import type { Errcode } from './contract.ts';
import type { Dice } from './dice.ts';
import type { Quotas } from './quotas.ts';

const TOKEN_LIFE = 7_200_000;
/** Normal mode renews in a token's last five minutes, and the old one then serves five minutes more (F14). */
const OVERLAP = 300_000;
/** A second forced refresh within this time does nothing (F15). */
const FORCE_PAUSE = 30_000;
/** A token's outward form: a key number, an underscore, a long word. */
const TOKEN_FORM = /^\d{2}_[\w-]{100,500}$/;

interface Token {
  value: string;
  expiresAt: number;
  killed: boolean;
}

/** The access tokens of the one mini-program, as /cgi-bin/stable_token keeps them. */
export class TokenDesk {
  readonly #now: () => number;
  readonly #dice: Dice;
  readonly #quotas: Quotas;
  readonly #issued = new Map<string, Token>();
  #current: Token | null = null;
  #forcedAt: number | null = null;

  constructor(now: () => number, dice: Dice, quotas: Quotas) {
    this.#now = now;
    this.#dice = dice;
    this.#quotas = quotas;
  }

  /** Normal mode: the current token, or a new one when it is dead or in its last five minutes. */
  stable(): Token {
    const current = this.#current;
    if (current === null) return this.#issue();
    const left = current.expiresAt - this.#now();
    if (left >= OVERLAP) return current;
    // An already dead token is not brought back to life by the overlap.
    if (left > 0) current.expiresAt = this.#now() + OVERLAP;
    return this.#issue();
  }

  /** Forced mode: kills the current token and issues another; 45009 when the day's refreshes are used up. */
  forced(): Token | Errcode {
    const pausing = this.#forcedAt !== null && this.#now() - this.#forcedAt < FORCE_PAUSE;
    if (pausing) return this.stable();
    if (!this.#quotas.take('forceRefreshPerDay')) return ERRCODE.dayQuota;
    this.killAll();
    this.#forcedAt = this.#now();
    return this.#issue();
  }

  /** What an endpoint says to this token. */
  verdict(value: string | null): Errcode {
    if (value === null || value === '') return ERRCODE.tokenMissing;
    if (!TOKEN_FORM.test(value)) return ERRCODE.tokenMalformed;
    const token = this.#issued.get(value);
    if (token === undefined || token.killed) return ERRCODE.tokenNotLatest;
    return this.#now() < token.expiresAt ? ERRCODE.ok : ERRCODE.tokenExpired;
  }

  /** Ends every token at once, as the reset button of WeChat's console does (F16). */
  killAll(): void {
    for (const token of this.#issued.values()) token.killed = true;
    this.#current = null;
  }

  /** Epoch ms at which the current token ends; null when there is none. */
  currentEnd(): number | null {
    return this.#current?.expiresAt ?? null;
  }

  reset(): void {
    this.#issued.clear();
    this.#current = null;
    this.#forcedAt = null;
  }

  #issue(): Token {
    const value = `${60 + Math.floor(this.#dice.fraction() * 40)}_${this.#dice.word(132)}`;
    const token = { value, expiresAt: this.#now() + TOKEN_LIFE, killed: false };
    this.#issued.set(value, token);
    this.#current = token;
    return token;
  }
}
