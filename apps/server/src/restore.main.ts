import 'reflect-metadata';
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listName } from './platform/disposal-list.ts';
import { folderOf, houseOf, keyOf, Misuse, pathOf, secretOf, writeDown } from './keeping/command.ts';
import type { Run } from './keeping/command.ts';
import { generations } from './keeping/generations.ts';
import { progressLine } from './keeping/progress.ts';
import { inUseWords, isDamage, restore, tryOut } from './keeping/restore.ts';
import type { Restored } from './keeping/restore.ts';
import { isInUse } from './platform/open-database.ts';

const usage = `npm run restore -- [备份文件] --verify [选项]    试恢复：解密、核对校验值、恢复到用完就扔的数据库里、核对办理经过。现在的数据一点不动，只记下试过
npm run restore -- [备份文件] [选项]             恢复：把备份放回 DATABASE_URL 和 DATA_FOLDER（或 --data）。先停下服务器
  不写备份文件        用 --from（或 BACKUP_FOLDER）里最近的一份
  --from 文件夹       放备份的地方
  --key-file 文件     密钥文件（不写：BACKUP_KEY_FILE，再没有：BACKUP_KEY）
  --data 文件夹       数据文件夹（不写：DATABASE_URL 和 DATA_FOLDER，再没有：.data）
  --overwrite         那里已经有数据也恢复：原来的库文件和附件文件夹改名留着；服务器数据库里原来的表会清掉
  --scratch 地址      试恢复用的空数据库 mysql://…（不写：一个临时的库文件）。用完清空
备份不分数据库的种类：SQLite 的备份可以恢复到 MariaDB，反过来也可以。
好的以 0 结束；备份坏了或者对不上，说出哪里，以 1 结束；没做成以 2 结束；被停下以 130 结束。`;

const root = resolve(import.meta.dirname, '../../..');
interface Asked { readonly path: string; readonly key: Buffer; readonly house: ReturnType<typeof houseOf>; readonly verify: boolean; readonly overwrite: boolean; readonly scratch: string | undefined }

/** What was asked for on the command line. @throws Misuse */
async function asked(): Promise<Asked | string> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: {
    verify: { type: 'boolean', default: false }, overwrite: { type: 'boolean', default: false }, from: { type: 'string' }, 'key-file': { type: 'string' }, data: { type: 'string' }, scratch: { type: 'string' }, help: { type: 'boolean', default: false },
  } });
  if (values.help) return usage;
  if (positionals.length > 1) throw new Misuse('一次只能恢复一份备份');
  const key = keyOf(values['key-file']);
  const path = positionals[0] === undefined ? await newest(folderOf(values.from, '--from')) : pathOf(positionals[0]);
  if (!existsSync(path)) throw new Misuse(`没有这个备份文件：${path}`);
  return { path, key, house: houseOf(values.data, root), verify: values.verify, overwrite: values.overwrite, scratch: values.scratch };
}
async function newest(folder: string): Promise<string> {
  const [name] = existsSync(folder) ? await generations(folder) : [];
  if (name === undefined) throw new Misuse(`${folder} 里没有备份`);
  return join(folder, name);
}

/** What came of it, on the screen; the line for the health page. */
function report(it: Asked, { rows, manifest, faults, unequal, head, ...more }: Omit<Restored, 'setAside' | 'disposed'> & { readonly setAside?: readonly string[]; readonly disposed?: Restored['disposed'] }, seconds: number): string {
  const what = `${manifest.tables.length} 张表 ${rows} 行，附件 ${manifest.files.count} 个，${manifest.journal.documents} 件 ${manifest.journal.moves} 步`;
  for (const words of [...unequal, ...faults]) console.error(`不对：${words}`);
  if (unequal.length > 0) console.error(it.verify ? '这份备份恢复不出原来的数据。' : '没有恢复成，服务器不能在这个数据库上启动。请换一份备份再恢复。');
  else console.log(`${it.verify ? '试恢复做好了' : '恢复好了'}：${basename(it.path)}，${head.madeAt} 做的；${what}；用时 ${seconds.toFixed(1)} 秒`);
  for (const path of more.setAside ?? []) console.log(`原来的留在 ${path}`);
  if (more.disposed && unequal.length === 0) console.log(disposedWords(more.disposed));
  const { print } = secretOf(it.house.dataFolder);
  if (head.secretPrint !== null && print !== null && head.secretPrint !== print) console.error('请注意：现在的 LVZHI_SECRET 不是做备份时的那一个，库里的手机号和微信绑定会打不开。');
  return unequal[0] ?? faults[0] ?? what;
}

/** What an older backup brings back must not stay: said in any case, also where nobody can know. */
function disposedWords({ since, listed }: Restored['disposed']): string {
  if (listed === 0) return `没有涉密处置清单。如果做这份备份以后作过涉密处置，请先把当时的 ${listName} 放进数据文件夹再启动服务器，否则处置过的内容会回来。`;
  return since === 0 ? '涉密处置清单在，这份备份以后没有作过涉密处置。' : `这份备份以后作过 ${since} 件涉密处置。服务器启动时先按清单重新处置，然后才开放；恢复出来的数据在这以前不要给人用。`;
}

async function main(): Promise<number> {
  const it = await asked();
  if (typeof it === 'string') {
    console.log(it);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => { stop.abort(); });
  const [began, line, kind] = [performance.now(), progressLine(), it.verify ? 'restore_test' as const : 'restore' as const];
  const noted = (run: Pick<Run, 'outcome' | 'words'>) => writeDown(it.house.url, { kind, fileName: basename(it.path), kilobytes: Math.ceil(statSync(it.path).size / 1024), ...run }, performance.now() - began)
    .catch((error: unknown) => { console.error(`这次没有记进数据库：${error instanceof Error ? error.message : String(error)}`); });
  // A trial may be made on a machine where there is no house at all.
  const isHouseHere = it.house.url.startsWith('mysql:') || existsSync(it.house.url);
  try {
    // Before this process opens it: a file that is open could be set aside, and what a running server writes would stay in it.
    if (!it.verify && isHouseHere && await isInUse(it.house.url)) throw new Error(inUseWords);
    const watching = { path: it.path, key: it.key, signal: stop.signal, onProgress: line.show };
    const done = it.verify ? await tryOut({ ...watching, scratch: it.scratch }) : await restore({ ...watching, ...it.house, overwrite: it.overwrite, now: new Date() });
    line.clear();
    const words = report(it, done, (performance.now() - began) / 1000);
    const good = done.unequal.length === 0 && done.faults.length === 0;
    if (it.verify ? isHouseHere : done.unequal.length === 0) await noted({ outcome: good ? 'ok' : 'faults', words });
    return good ? 0 : 1;
  } catch (error) {
    line.clear();
    const reason = error instanceof Error ? error.message : String(error);
    console.error(stop.signal.aborted ? '停下了。' : `${it.verify ? '试恢复没有通过' : '没有恢复'}：${reason}`);
    if (it.verify && isHouseHere) await noted({ outcome: stop.signal.aborted ? 'stopped' : 'failed', words: reason });
    return stop.signal.aborted ? 130 : isDamage(error) ? 1 : 2;
  }
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? `${error.message}${error instanceof Misuse ? '' : `\n${usage}`}` : error);
  process.exitCode = 2;
});
