import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { addToList, readList } from '../platform/disposal-list.ts';
import { verifyAudit } from '../platform/audit-chain.ts';
import { FolderStore } from '../platform/file-store.ts';
import { journalSource } from '../platform/journal-source.ts';
import { verifyJournal } from '../platform/journal-verify.ts';
import { restoreMark } from '../platform/marks.ts';
import { emptyDatabase, isEmptyDatabase, isInUse, settleFile, withDatabase, withTablesOf } from '../platform/open-database.ts';
import type { Head, Manifest, Part } from './contents.ts';
import { replay } from './replay.ts';
import { Damaged, readSealed } from './sealed-file.ts';
import { insertRows, sumOf } from './tables.ts';
import type { TableShape } from './tables.ts';

interface Watching { readonly signal?: AbortSignal | undefined; readonly onProgress?: ((words: string) => void) | undefined }
export interface TrialAsked extends Watching { readonly path: string; readonly key: Buffer; /** An empty database of a server to try it on; without one, a file that is thrown away. */ readonly scratch?: string | undefined }
/** `unequal`: tables that did not come back as they were; `faults`: what was wrong with the house itself. In words. */
interface Loaded { readonly head: Head; readonly manifest: Manifest; readonly rows: number; readonly unequal: readonly string[]; readonly faults: readonly string[] }

/** Restores on trial: the whole backup is decrypted, summed up, loaded into a database that is thrown away, summed up again, and its journal walked. @throws Damaged, or what the database says */
export async function tryOut({ path, key, scratch, ...watching }: TrialAsked): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'lvzhi-trial-'));
  try {
    const url = scratch ?? join(folder, 'trial.sqlite');
    if (scratch !== undefined && !await isEmptyDatabase(scratch)) throw new Error('试恢复用的数据库不是空的，没有动它。请给一个空的数据库');
    try {
      return await loadInto(url, path, key, undefined, watching);
    } finally {
      if (scratch !== undefined) await emptyDatabase(scratch);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface RestoreAsked extends Watching { readonly path: string; readonly key: Buffer; readonly url: string; readonly dataFolder: string; readonly overwrite: boolean; readonly now: Date }
/** `setAside`: where what was there before lies now. `disposed`: what was disposed of (涉密处置) after the backup was made, and how many there are on the list at all. */
export interface Restored extends Loaded { readonly setAside: readonly string[]; readonly disposed: { readonly since: number; readonly listed: number } }
export const isDamage = (error: unknown): boolean => error instanceof Damaged;
/** Why nothing was touched, in words. */
class WillNotRestore extends Error {}

/** Said before anything is touched. */
export const inUseWords = '还有程序连着这个数据库。请先停下服务器再恢复，没有动任何东西';
const isServer = (url: string): boolean => url.startsWith('mysql:');

/**
 * Puts a house back. Nothing of what is there is touched before the backup has been read to its end, and a file or folder that is there is set
 * aside, not removed. On a server's database, where old and new cannot lie side by side, a half-done restore leaves a mark with which no server starts.
 */
export async function restore(asked: RestoreAsked): Promise<Restored> {
  const { path, key, url, dataFolder, overwrite, now } = asked;
  const occupied = await occupiedBy(url, dataFolder);
  if (occupied.length > 0 && !overwrite) throw new WillNotRestore(`${occupied.join('，')}。没有动任何东西。确实要换掉现在的数据，请加 --overwrite`);
  if (isServer(url) && await isInUse(url)) throw new WillNotRestore(inUseWords);
  await replay(path, key, {}, asked);
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const beside = join(dataFolder, `restoring-${stamp}`);
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o700 });
  try {
    const fresh = isServer(url) ? url : join(beside, 'lvzhi.sqlite');
    if (isServer(url)) await emptyDatabase(url);
    const loaded = await loadInto(fresh, path, key, beside, asked);
    if (loaded.unequal.length > 0) return { ...loaded, setAside: [], disposed: { since: 0, listed: 0 } };
    return { ...loaded, setAside: await moveIn(beside, url, dataFolder, `.before-${stamp}`), disposed: await listDisposed(path, dataFolder, loaded.head.madeAt) };
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** The list of disposals as this house and the backups' folder know it: the server goes by it before it lets anybody in. */
async function listDisposed(path: string, dataFolder: string, madeAt: string): Promise<Restored['disposed']> {
  await addToList(dataFolder, await readList(dirname(path)));
  const listed = await readList(dataFolder);
  return { since: listed.filter(({ decidedAt }) => decidedAt >= madeAt).length, listed: listed.length };
}

async function occupiedBy(url: string, dataFolder: string): Promise<string[]> {
  const database = isServer(url) || existsSync(url) ? !await isEmptyDatabase(url) : false;
  return [...(database ? ['数据库里已经有表'] : []), ...(await hasFiles(dataFolder) ? ['数据文件夹里已经有附件'] : [])];
}

async function hasFiles(dataFolder: string): Promise<boolean> {
  for await (const _ of new FolderStore(dataFolder).list()) return true;
  return false;
}

/** The restored file and folder take their places; what stood there gets a name that says until when it held. */
async function moveIn(beside: string, url: string, dataFolder: string, ending: string): Promise<string[]> {
  const aside: string[] = [];
  const setAside = async (path: string): Promise<void> => {
    if (!existsSync(path)) return;
    await rename(path, path + ending);
    aside.push(path + ending);
  };
  if (!isServer(url)) {
    const [fresh, part] = [join(beside, 'lvzhi.sqlite'), `${url}.part`];
    await settleFile(fresh);
    await copyFile(fresh, part);
    await chmod(part, 0o600);
    await synced(part);
    await setAside(url);
    for (const more of ['-wal', '-shm']) if (existsSync(url + more)) await rename(url + more, `${url}${ending}${more}`);
    await rename(part, url);
  }
  await setAside(join(dataFolder, 'files'));
  for (const name of ['files', 'secret.key']) {
    if (existsSync(join(beside, name))) await rename(join(beside, name), join(dataFolder, name));
  }
  await synced(dataFolder);
  return aside;
}
async function synced(path: string): Promise<void> {
  const file = await open(path, 'r');
  try { await file.sync(); } finally { await file.close(); }
}

/** Loads a backup, sums the tables up again, brings them to this version and walks the journal. Without a folder files are only checked. */
async function loadInto(url: string, path: string, key: Buffer, folder: string | undefined, watching: Watching): Promise<Loaded> {
  const head = await headOf(path, key);
  // Seen by every server from now on, and gone with the commit that puts the rows there.
  await withTablesOf(url, head.migrations, (manager) => manager.query(`INSERT INTO marks(name, value) VALUES ('${restoreMark}', '1')`));
  const loaded = await withTablesOf(url, head.migrations, (manager) => load(manager, path, key, folder, watching));
  watching.onProgress?.('正在核对办理经过');
  const [{ faults }, audit] = await withDatabase(url, (database) => database.write(async (manager) => [await verifyJournal(journalSource(manager)), await verifyAudit(manager)] as const));
  return { head, ...loaded, faults: [...loaded.faults, ...faults.slice(0, 20).map(({ docKind, docId, seq, words }) => `办理经过 ${docKind} ${docId} 第 ${seq} 步：${words}`), ...audit.faults] };
}

async function load(manager: EntityManager, path: string, key: Buffer, folder: string | undefined, watching: Watching): Promise<Omit<Loaded, 'head'>> {
  const shapes: TableShape[] = [];
  const attachments = new Set<string>();
  const store = folder === undefined ? undefined : new FolderStore(folder);
  const { manifest } = await replay(path, key, {
    // What a migration itself wrote is in the backup too.
    table: async (shape) => { shapes.push(shape); await manager.query(`DELETE FROM ${manager.connection.driver.escape(shape.name)}`); },
    rows: (shape, rows) => insertRows(manager, shape, rows),
    fileSeen: (id) => { attachments.add(id); },
    ...(store && { file: async (id: string, bytes: Buffer) => { await store.put(id, bytes); } }),
    ...(folder !== undefined && { secret: (secret: string) => writeFile(join(folder, 'secret.key'), secret, { mode: 0o600 }) }),
  }, watching);
  watching.onProgress?.('正在核对恢复出来的表');
  const unequal: string[] = [];
  for (const [at, shape] of shapes.entries()) {
    const [sum, wanted] = [await sumOf(manager, shape), manifest.tables[at]];
    if (sum.rows !== wanted?.rows || sum.sha256 !== wanted.sha256) unequal.push(`表 ${shape.name} 恢复出来和备份里的不一样（${sum.rows} 行，应是 ${wanted?.rows ?? 0} 行）`);
  }
  if (unequal.length > 0) await manager.query(`INSERT INTO marks(name, value) VALUES ('${restoreMark}', '1')`);
  const submitted: { id: string }[] = await manager.query('SELECT id FROM files WHERE doc_id IS NOT NULL');
  const missing = submitted.filter(({ id }) => !attachments.has(id));
  const faults = missing.length === 0 ? [] : [`${missing.length} 个附件有登记而没有文件，例如 ${missing[0]?.id ?? ''}`];
  return { manifest, unequal, faults, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) };
}

async function headOf(path: string, key: Buffer): Promise<Head> {
  for await (const it of readSealed(path, key)) {
    if ('record' in it && (it.record as Part).is === 'head') return it.record as Head;
    break;
  }
  throw new Damaged('备份没有开头');
}
