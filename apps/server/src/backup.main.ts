import 'reflect-metadata';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from './keeping/backup.ts';
import { folderOf, houseOf, keyOf, Misuse, newKey, secretOf, writeDown } from './keeping/command.ts';
import type { Run } from './keeping/command.ts';
import { progressLine, sized } from './keeping/progress.ts';

const usage = `npm run backup -- --to 文件夹 [选项]
把数据库、附件和办理经过的校验值加密成一个文件。服务器不用停；中途断了，以前的备份都还是完整的。
  --to 文件夹         放备份的地方，最好在另一块盘上（不写：BACKUP_FOLDER）
  --key-file 文件     密钥文件，32 字节的 base64（不写：BACKUP_KEY_FILE，再没有：BACKUP_KEY）
  --keep 份数         留最近几份，更早的删掉（不写：14）
  --data 文件夹       数据文件夹（不写：DATABASE_URL 和 DATA_FOLDER，再没有：.data）
  --new-key 文件      只做一个新密钥，不备份。密钥要另存一份：没有它，备份谁也打不开
LVZHI_SECRET 不在备份里，要另外保管。
做好了以 0 结束；做好了但数据本身有问题，说出问题，以 1 结束；没做成以 2 结束；被停下以 130 结束。`;

const root = resolve(import.meta.dirname, '../../..');

interface Asked { readonly house: ReturnType<typeof houseOf>; readonly folder: string; readonly key: Buffer; readonly keep: number }
/** What was asked for on the command line. @throws Misuse */
async function asked(): Promise<Asked | string> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, 'key-file': { type: 'string' }, keep: { type: 'string', default: '14' }, data: { type: 'string' }, 'new-key': { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return usage;
  if (values['new-key'] !== undefined) return `密钥做好了：${await newKey(values['new-key'])}\n请另存一份，和备份分开放。`;
  const keep = Number(values.keep);
  if (!Number.isInteger(keep) || keep < 1 || keep > 10_000) throw new Misuse('--keep 应是 1 到 10000 的整数');
  return { key: keyOf(values['key-file']), folder: folderOf(values.to, '--to'), house: houseOf(values.data, root), keep };
}

async function main(): Promise<number> {
  const it = await asked();
  if (typeof it === 'string') {
    console.log(it);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => { stop.abort(); });
  const [began, line, secret] = [performance.now(), progressLine(), secretOf(it.house.dataFolder)];
  const took = () => performance.now() - began;
  const noted = (run: Omit<Run, 'kind'>) => writeDown(it.house.url, { kind: 'backup', ...run }, took()).catch((error: unknown) => { console.error(`这次备份没有记进数据库：${error instanceof Error ? error.message : String(error)}`); });
  try {
    const { name, bytes, manifest, removed } = await backUp({ ...it.house, folder: it.folder, keep: it.keep, key: it.key, now: () => new Date(), secretPrint: secret.print, secret: secret.own, signal: stop.signal, onProgress: line.show });
    line.clear();
    const words = `${manifest.tables.length} 张表 ${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} 行，附件 ${manifest.files.count} 个`;
    console.log(`备份做好了：${name}（${sized(bytes)}；${words}；${manifest.journal.documents} 件，${manifest.journal.moves} 步）用时 ${(took() / 1000).toFixed(1)} 秒${removed.length > 0 ? `；删去 ${removed.length} 份旧的` : ''}`);
    for (const trouble of manifest.troubles) console.error(`请注意：${trouble}`);
    await noted({ outcome: manifest.troubles.length > 0 ? 'faults' : 'ok', fileName: name, kilobytes: Math.ceil(bytes / 1024), words: manifest.troubles[0] ?? words });
    return manifest.troubles.length > 0 ? 1 : 0;
  } catch (error) {
    line.clear();
    const stopped = stop.signal.aborted;
    const reason = error instanceof Error ? error.message : String(error);
    console.error(stopped ? '备份停下了，没有留下半份；以前的备份都在。' : `备份没有做成：${reason}。以前的备份都在。`);
    await noted({ outcome: stopped ? 'stopped' : 'failed', fileName: '', kilobytes: 0, words: stopped ? '被停下' : reason });
    return stopped ? 130 : 2;
  }
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? `${error.message}${error instanceof Misuse ? '' : `\n${usage}`}` : error);
  process.exitCode = 2;
});
