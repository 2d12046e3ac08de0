import { randomInt } from 'node:crypto';

const HEX = '0123456789abcdef';
const WORD = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The stand-in's only source of chance: the same seed gives the same codes, tokens and rids in the same order. */
export class Dice {
  #state: number;

  /** @param seed any number; without one every start differs. */
  constructor(seed?: number) {
    this.#state = (seed ?? randomInt(2 ** 32)) >>> 0;
  }

  /** A number from 0 up to but not including 1 (a 32-bit mix of a Weyl sequence, so neighbouring seeds do not resemble each other). */
  fraction(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }

  hex(length: number): string {
    return this.#pick(HEX, length);
  }

  /** Letters and digits. */
  word(length: number): string {
    return this.#pick(WORD, length);
  }

  digits(length: number): string {
    return this.#pick('0123456789', length);
  }

  /** A draw from the standard normal distribution. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()));
    return radius * Math.cos(2 * Math.PI * this.fraction());
  }

  #pick(alphabet: string, length: number): string {
    let drawn = '';
    while (drawn.length < length) drawn += alphabet.charAt(Math.floor(this.fraction() * alphabet.length));
    return drawn;
  }
}
