/** Whether anybody is at this page: what it asks by itself must not keep an unattended desk open. */
const within = 60_000;
let touchedAt = Date.now();

const touch = (): void => { touchedAt = Date.now(); };
for (const sign of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) addEventListener(sign, touch, { capture: true, passive: true });

/** Nobody has touched the page for a minute. */
export const isStill = (): boolean => Date.now() - touchedAt > within;
