/** Where things are: the project's root, its files, and the programs that its dependencies bring. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a build or a tool leaves behind, and what others wrote: never a source. */
const leftBehind = new Set(['node_modules', 'dist', '.git', '.data', '.swc', '.taro-cache', '.jest-cache', 'coverage']);

/**
 * Every source file under the given files and folders (relative to `base`), as sorted paths with forward slashes.
 * Folders named in `without` are passed over as well; what does not exist counts as empty.
 */
export function filesUnder(paths, { base = root, without = [] } = {}) {
  /** @type {string[]} */
  const found = [];
  const walk = (path) => {
    if (!existsSync(path)) return;
    const entries = entriesOf(path);
    if (!entries) found.push(relative(base, path).split(sep).join('/'));
    else for (const entry of entries) if (!leftBehind.has(entry.name) && !without.includes(entry.name)) walk(join(path, entry.name));
  };
  for (const path of paths) walk(join(base, path));
  return found.filter((path) => !path.endsWith('.tsbuildinfo')).sort();
}

function entriesOf(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The script behind a dependency's command, looked up from `folder` as Node does. It runs under this very Node, on every system. */
export function programOf(folder, dependency, command = dependency.split('/').at(-1)) {
  for (let at = join(root, folder); ; at = dirname(at)) {
    const home = join(at, 'node_modules', dependency);
    if (existsSync(join(home, 'package.json'))) {
      const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
      return join(home, typeof bin === 'string' ? bin : bin[command]);
    }
    if (at === dirname(at)) throw new Error(`${dependency} is not installed: run npm ci first`);
  }
}
