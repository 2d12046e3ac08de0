import { dateOf, instantWords } from '@lvzhi/domain';
import { watched } from './watched.ts';

/** Milliseconds from this device's clock to the server's. What is shown about time follows the server's. */
let offset = 0;
const demo = watched(false);
export const useDemo = demo.use;

export function setClock(clock: { now: string; demo: boolean }): void {
  offset = Date.parse(clock.now) - Date.now();
  if (clock.demo !== demo.get()) demo.set(clock.demo);
}

export const now = (): Date => new Date(Date.now() + offset);
export const today = (): string => dateOf(now());
/** 今天 14:03, 昨天 21:14, 7月18日 14:06. `at`: an instant of the server's. */
export const whenWords = (at: string): string => instantWords(new Date(at), now());
