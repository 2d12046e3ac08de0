import { existsSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { Mark } from '../platform/marks.ts';
import { withDatabaseAsItIs } from '../platform/open-database.ts';
import { addRows } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Keeping } from './keeping.entity.ts';

/** A command that makes no sense as it was given: said in one line, nothing done. */
export class Misuse extends Error {}

const here = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
/** The house that a command is about: `--data` names the folder of an embedded one; otherwise as the server reads its environment. */
export function houseOf(data: string | undefined, root: string): { readonly url: string; readonly dataFolder: string } {
  const dataFolder = data === undefined ? resolve(root, process.env['DATA_FOLDER'] ?? '.data') : here(data);
  const given = data === undefined ? process.env['DATABASE_URL'] : undefined;
  return { url: given ?? join(dataFolder, 'lvzhi.sqlite'), dataFolder };
}

const howToKey = '请用 --key-file 指定密钥文件，或者设环境变量 BACKUP_KEY_FILE、BACKUP_KEY。还没有密钥的，先做一个：npm run backup -- --new-key 文件';
/** The 32 bytes that seal backups. @throws Misuse */
export function keyOf(file: string | undefined): Buffer {
  const path = file ?? process.env['BACKUP_KEY_FILE'];
  if (path !== undefined && !existsSync(here(path))) throw new Misuse(`没有这个密钥文件：${here(path)}。${howToKey}`);
  const text = path === undefined ? process.env['BACKUP_KEY'] : readFileSync(here(path), 'utf8').trim();
  if (text === undefined || text === '') throw new Misuse(`没有密钥，不能备份也不能恢复。${howToKey}`);
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Misuse(`密钥应是 32 字节的 base64（现在是 ${key.length} 字节）。${howToKey}`);
  return key;
}
/** @throws when the file is there: a key that seals backups is never overwritten */
export async function newKey(file: string): Promise<string> {
  const path = here(file);
  if (existsSync(path)) throw new Misuse(`已经有这个文件了，没有动它：${path}`);
  await writeFile(path, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  return path;
}
/** Where backups lie. @throws Misuse */
export function folderOf(given: string | undefined, option: string): string {
  const folder = given ?? process.env['BACKUP_FOLDER'];
  if (folder === undefined || folder === '') throw new Misuse(`请用 ${option} 指定放备份的文件夹（最好在另一块盘上），或者设环境变量 BACKUP_FOLDER`);
  return here(folder);
}
export const pathOf = here;

/** The secret that sealed phone numbers, as this house has it; `own`: the demonstration's, which lies in the data folder. */
export function secretOf(dataFolder: string): { readonly print: string | null; readonly own: string | undefined } {
  const file = join(dataFolder, 'secret.key');
  const own = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  const secret = process.env['LVZHI_SECRET'] ?? own;
  return { print: secret === undefined ? null : new Seals(secret).sign('backup').slice(0, 16), own };
}

/** The house's own time: the demonstration's clock is not the machine's. */
async function clockOf(database: Database): Promise<Clock> {
  const clock = new Clock(true);
  const offset = await database.read((manager) => manager.findOneBy(Mark, { name: 'demo.offset' }));
  if (offset) clock.shift(Number(offset.value));
  return clock;
}

const auditKinds = { backup: 'backup.made', restore_test: 'restore.tried', restore: 'restore.done' } as const;
export type Run = Omit<Keeping, 'id' | 'startedAt' | 'endedAt'>;
/** Writes down in the house itself how a run ended, for the health page; `tookMs` before now it began. */
export const writeDown = (url: string, run: Run, tookMs: number): Promise<void> => withDatabaseAsItIs(url, async (database) => {
  const clock = await clockOf(database);
  const endedAt = clock.now();
  await database.write(async (manager) => {
    await addRows(manager, Keeping, [{ ...run, id: newId(), words: run.words.slice(0, 400), fileName: run.fileName.slice(0, 200), startedAt: new Date(endedAt.getTime() - tookMs), endedAt }]);
    await new Audit(database, clock).record({ personId: null, surface: 'house' }, auditKinds[run.kind], null, { file: run.fileName, outcome: run.outcome });
  });
});
