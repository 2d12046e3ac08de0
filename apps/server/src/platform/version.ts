import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The product's version, as its package says; from the sources as from the bundle. */
function versionIn(folder: string): string {
  for (let at = folder; ; at = resolve(at, '..')) {
    try {
      const { name, version } = JSON.parse(readFileSync(resolve(at, 'package.json'), 'utf8')) as { name?: string; version?: string };
      if (name === 'lvzhi' && version !== undefined) return version;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    }
    if (at === resolve(at, '..')) return '';
  }
}
export const version = versionIn(import.meta.dirname);
