import { createHash, randomBytes } from 'node:crypto';

const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
let last = 0;

/**
 * A new id: 9 digits of time (ms), 9 of chance, base 36 in lower case, so that ids sort by birth on every collation
 * and fit WeChat's `scene` (≤ 32 of its alphabet).
 */
export function newId(): string {
  last = Math.max(Date.now(), last + 1);
  let chance = '';
  for (const byte of randomBytes(9)) chance += digits[byte % 36];
  return last.toString(36).padStart(9, '0') + chance;
}

/** Before every id that was made less than so many milliseconds before this one. */
export const idEarlier = (id: string, ms: number): string => Math.max(0, parseInt(id.slice(0, 9), 36) - ms).toString(36).padStart(9, '0');

/** 256 bits for a session, a ticket or a link: shown once, stored only as `digest`. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
