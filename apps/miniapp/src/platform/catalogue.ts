import type { Catalogue } from '@lvzhi/contracts';
import { api } from './api.ts';

let known: Promise<Catalogue> | undefined;
/** The forms' rules and lists, asked for once a start; asked again when that failed. */
export function catalogue(): Promise<Catalogue> {
  known ??= api.showCatalogue({}).catch((error: unknown) => { known = undefined; throw error; });
  return known;
}
