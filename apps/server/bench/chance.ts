import { createHash } from 'node:crypto';

/** 0…1, the same for the same seed and purpose however often and in whatever order it is asked: a resumed run decides as the first one did. */
export const chance = (...of: readonly (string | number)[]): number => createHash('sha256').update(of.join('\n')).digest().readUInt32BE(0) / 2 ** 32;

/** One of the items, by chance. */
export const oneOf = <T>(items: readonly T[], ...of: readonly (string | number)[]): T | undefined => items[Math.floor(chance(...of) * items.length)];

/** All items in an order that the seed decides. */
export const shuffled = <T extends { readonly id: string }>(items: readonly T[], seed: number): T[] => {
  const weight = new Map(items.map((it) => [it.id, chance(seed, it.id)]));
  return [...items].sort((a, b) => (weight.get(a.id) ?? 0) - (weight.get(b.id) ?? 0));
};
