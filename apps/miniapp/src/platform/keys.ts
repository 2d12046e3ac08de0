const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
/** For a draft, a form or a tap: 20 characters, not a secret. */
export const newKey = (): string => Array.from({ length: 20 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
