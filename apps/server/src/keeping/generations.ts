import { open, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** lvzhi-20220721-094000-123.backup: the time in UTC, so that the order of the names is that of time. */
const look = /^lvzhi-\d{8}-\d{6}-\d{3}\.backup$/;
const unfinished = '.part';
const hour = 3_600_000;

const nameAt = (at: Date): string => `lvzhi-${at.toISOString().replace(/[-:]/g, '').replace('T', '-').replace('.', '-').replace('Z', '')}.backup`;

/** Finished backups of this folder, newest first. Whatever else lies there is nobody's business. */
export async function generations(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => look.test(name)).sort().toReversed();
}

/** A place for a new backup, still under its unfinished name. What killed runs left behind goes: nobody has written to it for an hour. */
export async function placeFor(folder: string, at: Date): Promise<{ name: string; part: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (!name.endsWith(unfinished) || !look.test(name.slice(0, -unfinished.length))) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > hour) await rm(join(folder, name), { force: true });
  }
  const name = nameAt(at);
  return { name, part: join(folder, name + unfinished) };
}

/** Gives the finished file its name; both the bytes and the name are on the disk when this returns. */
export async function keep(folder: string, name: string): Promise<void> {
  await rename(join(folder, name + unfinished), join(folder, name));
  const directory = await open(folder, 'r');
  try { await directory.sync(); } finally { await directory.close(); }
}

/** Removes all but the newest `most`; answers what it removed. */
export async function prune(folder: string, most: number): Promise<string[]> {
  const old = (await generations(folder)).slice(most);
  for (const name of old) await rm(join(folder, name));
  return old;
}
