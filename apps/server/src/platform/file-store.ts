import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where the bytes of attachments lie. A bucket could be a second one; nothing else knows about folders. */
export interface FileStore {
  /** Keeps the bytes under this id, wholly or not at all; answers their sha256 in hex. */
  put(id: string, bytes: Buffer): Promise<string>;
  /** The bytes as a stream, or undefined when they are not there. */
  open(id: string): Promise<Readable | undefined>;
  /** Removing what is not there is fine. */
  remove(id: string): Promise<void>;
  /** Every id that has bytes; ids of writings that broke off are among them. */
  list(): AsyncIterable<string>;
}
export const FILE_STORE = Symbol('file store');

const unfinished = '.part';
const idLook = /^[0-9a-z]{10,20}$/;
const missing = (error: unknown, ...codes: string[]): boolean => ['ENOENT', ...codes].includes(String((error as { code?: unknown } | null)?.code));

/** A folder of the machine, outside every web root: files/<last two of the id>/<id>, without an ending that anything could run. */
export class FolderStore implements FileStore {
  private readonly root: string;
  constructor(dataFolder: string) { this.root = join(dataFolder, 'files'); }

  async put(id: string, bytes: Buffer): Promise<string> {
    const path = this.path(id);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await writeFile(path + unfinished, bytes, { mode: 0o600, flush: true });
    await rename(path + unfinished, path);
    return createHash('sha256').update(bytes).digest('hex');
  }

  async open(id: string): Promise<Readable | undefined> {
    try {
      return (await open(this.path(id), 'r')).createReadStream();
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await Promise.all([rm(this.path(id), { force: true }), rm(this.path(id) + unfinished, { force: true })]);
  }

  async *list(): AsyncIterable<string> {
    for (const folder of await names(this.root)) {
      for (const name of await names(join(this.root, folder))) {
        const id = name.endsWith(unfinished) ? name.slice(0, -unfinished.length) : name;
        if (idLook.test(id) && id.endsWith(folder)) yield id;
      }
    }
  }

  private path(id: string): string {
    if (!idLook.test(id)) throw new Error('Not the id of a file.');
    return join(this.root, id.slice(-2), id);
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (missing(error, 'ENOTDIR')) return [];
    throw error;
  }
}
