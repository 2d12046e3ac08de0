/** Backup and restore: what was there comes back, on either kind of database, and what is broken is named. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, appendFileSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { backUp } from '../src/keeping/backup.ts';
import { keyOf } from '../src/keeping/command.ts';
import { Keeping } from '../src/keeping/keeping.entity.ts';
import { restore, tryOut } from '../src/keeping/restore.ts';
import { shapesOf, sumOf } from '../src/keeping/tables.ts';
import type { TableSum } from '../src/keeping/tables.ts';
import { journalSource } from '../src/platform/journal-source.ts';
import { verifyJournal } from '../src/platform/journal-verify.ts';
import { Mark, restoreMark } from '../src/platform/marks.ts';
import { withDatabaseAsItIs } from '../src/platform/open-database.ts';
import { demoPassword, SeedingService } from '../src/seeding/seeding.service.ts';
import { holder, plainMember, report } from './people.ts';
import { emptyDatabase } from './own-database.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

const root = resolve(import.meta.dirname, '../../..');
const secret = randomBytes(32).toString('base64');
const key = randomBytes(32);
const picture = readFileSync(join(root, 'docs/pictures/phone-home.png'));
const onServer = process.env['DATABASE_URL'] !== undefined;
const scratchFolder = mkdtempSync(join(tmpdir(), 'lvzhi-keeping-'));
const folder = (name: string): string => { const path = join(scratchFolder, name); mkdirSync(path, { recursive: true }); return path; };

const author = plainMember().id;
const title = '备份里也要有的😀“引号”和 \\ 反斜杠';
let house: Serving;
let fileId = '';
const dropped: (() => Promise<void>)[] = [];
/** A place where nothing is yet: a folder, and a database of the kind that is tested, or a file. */
async function emptyPlace(name: string, kind: 'same' | 'file' = 'same') {
  const dataFolder = folder(name);
  if (kind === 'file') return { dataFolder, url: join(dataFolder, 'lvzhi.sqlite') };
  const { url, drop } = await emptyDatabase(join(dataFolder, 'lvzhi.sqlite'));
  dropped.push(drop);
  return { dataFolder, url };
}
const backup = (to: string, more: Partial<Parameters<typeof backUp>[0]> = {}) => backUp({ url: house.config.databaseUrl, dataFolder: house.config.dataFolder, folder: folder(to), key, keep: 9, now: () => new Date(), secretPrint: null, ...more });
const sumsOf = (url: string): Promise<TableSum[]> => withDatabaseAsItIs(url, (database) => database.write(async (manager) => {
  const sums: TableSum[] = [];
  for (const shape of shapesOf(manager)) sums.push(await sumOf(manager, shape));
  return sums;
}));
const restored = (path: string, to: { url: string; dataFolder: string }, overwrite = false) => restore({ path, key, ...to, overwrite, now: new Date() });
const problem = (run: () => Promise<unknown>): Promise<string> => run().then(() => 'nothing was wrong', (error: unknown) => (error as Error).message);

beforeAll(async () => {
  house = await serving({ past: true, secret, shared: true });
  const form = new FormData();
  form.set('key', 'keeping-picture');
  form.set('file', new Blob([picture]), '现场照片.png');
  const sent = await fetch(`${house.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await house.tokenOf(author)}` }, body: form });
  fileId = (await sent.json() as { id: string }).id;
  await (await house.as(author)).submit(report({ title, fileIds: [fileId] }));
});
afterAll(async () => {
  await house.close();
  for (const drop of dropped) await drop();
  rmSync(scratchFolder, { recursive: true, force: true });
});

test('备份 → 换个空地方恢复：每一张表的每一行都一样，附件一样，能登录，办理经过完好', async () => {
  const { name, manifest } = await backup('whole');
  expect(manifest.troubles).toEqual([]);
  expect(manifest.tables.map((it) => it.name)).toEqual(house.source.entityMetadatas.map(({ tableName }) => tableName).sort());
  expect(await sumsOf(house.config.databaseUrl)).toEqual(manifest.tables);
  expect(statSync(join(folder('whole'), name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder('whole'), name)).includes(picture.subarray(0, 64))).toBe(false);

  const place = await emptyPlace('again');
  const { unequal, faults } = await restored(join(folder('whole'), name), place);
  expect([unequal, faults]).toEqual([[], []]);
  expect(await sumsOf(place.url)).toEqual(manifest.tables);
  const again = await serving({ secret, place: { dataFolder: place.dataFolder, databaseUrl: place.url } });
  try {
    const { login = '' } = holder('information_editor');
    expect((await again.ask('POST', '/api/session/desk', { login, password: demoPassword })).status).toBe(200);
    const api = again.with(await house.tokenOf(author));
    const { rows: [mine] } = await api.listMine({});
    const doc = await api.show({ id: mine?.id ?? '' });
    expect([doc.title, doc.files.map(({ id }) => id)]).toEqual([title, [fileId]]);
    const [there, here] = [again, house].map(({ config }) => readFileSync(join(config.dataFolder, 'files', fileId.slice(-2), fileId)));
    expect(there).toEqual(here);
    expect((await again.database.write((manager) => verifyJournal(journalSource(manager)))).faults).toEqual([]);
  } finally {
    await again.close();
  }
});

test('数据库不分种类：这种的备份恢复到文件库，文件库的备份再恢复到这种，一行不差', async () => {
  const { name, manifest } = await backup('kinds');
  const file = await emptyPlace('kinds-file', 'file');
  expect((await restored(join(folder('kinds'), name), file)).unequal).toEqual([]);
  expect(await sumsOf(file.url)).toEqual(manifest.tables);
  const second = await backup('kinds-2', { url: file.url, dataFolder: file.dataFolder });
  expect(second.manifest.tables).toEqual(manifest.tables);
  const back = await emptyPlace('kinds-back');
  expect(back.url.startsWith('mysql:')).toBe(onServer);
  expect((await restored(join(folder('kinds-2'), second.name), back)).unequal).toEqual([]);
  expect(await sumsOf(back.url)).toEqual(manifest.tables);
});

test('一边有人提交一边备份：备份是同一刻的，行和办理经过对得上', async () => {
  const api = await house.as(plainMember(1).id);
  let sent = 0;
  const busy = Promise.all(Array.from({ length: 12 }, async (_, at) => { await api.submit(report({ title: `备份时提交的第 ${at + 1} 件社情民意` })); sent += 1; }));
  const { name, manifest } = await backup('busy');
  await busy;
  expect(sent).toBe(12);
  expect(manifest.troubles).toEqual([]);
  expect(await tryOut({ path: join(folder('busy'), name), key })).toMatchObject({ unequal: [], faults: [] });
});

describe('坏了的备份', () => {
  let [path, size] = ['', 0];
  beforeAll(async () => {
    path = join(folder('broken'), (await backup('broken')).name);
    ({ size } = statSync(path));
  });
  /** What is said of a copy to which this was done. */
  const saidOf = async (harm: (copy: string) => void, withKey = key): Promise<string> => {
    const copy = join(folder('harmed'), 'copy.backup');
    cpSync(path, copy);
    harm(copy);
    return problem(() => tryOut({ path: copy, key: withKey }));
  };
  const flipped = (at: number) => (copy: string): void => { const bytes = readFileSync(copy); bytes[at] = (bytes[at] ?? 0) ^ 1; writeFileSync(copy, bytes); };

  test('改了一个字节，说得出在哪一段、在哪张表或者哪个附件里', async () => {
    expect(await saidOf(flipped(3))).toBe('这不是履职在线的备份文件，或者文件头坏了');
    expect(await saidOf(flipped(30))).toMatch(/^密钥不对，或者文件头坏了/);
    const places = new Set<string>();
    for (let tenth = 1; tenth < 10; tenth += 1) {
      const said = await saidOf(flipped(Math.floor(size * tenth / 10)));
      expect(said).toMatch(/^第 \d+ 段（从第 \d+ 字节起）被改动.*：(表 [a-z_]+|附件 [0-9a-z]+|办理经过的校验值|文件开头|文件末尾)$/);
      places.add(said.split('：')[1] ?? '');
    }
    expect([...places].some((it) => it === `附件 ${fileId}`)).toBe(true);
    expect([...places].some((it) => it.startsWith('表 '))).toBe(true);
  });
  test('截断了、接长了、密钥不对，都打不开，并说明是哪一种', async () => {
    expect(await saidOf((copy) => { truncateSync(copy, size - 100); })).toMatch(/末尾缺了一截/);
    expect(await saidOf((copy) => { truncateSync(copy, Math.floor(size / 2)); })).toMatch(/末尾缺了一截|被改动/);
    expect(await saidOf((copy) => { appendFileSync(copy, Buffer.alloc(40)); })).toMatch(/接上了别的内容|被改动/);
    expect(await saidOf(() => undefined, randomBytes(32))).toMatch(/密钥不对/);
  });
  test('库里的办理经过被改过，备份照做，当时就说出来，试恢复也说', async () => {
    await house.database.write((manager) => manager.query("UPDATE moves SET person_id = 'p999' WHERE seq = 1 AND doc_id = (SELECT id FROM (SELECT MIN(doc_id) AS id FROM moves) first)"));
    const { name, manifest } = await backup('forged');
    expect(manifest.troubles).toEqual([expect.stringMatching(/^办理经过 .* 第 1 步：这一步的内容被改过/)]);
    const { unequal, faults } = await tryOut({ path: join(folder('forged'), name), key });
    expect([unequal, faults]).toEqual([[], manifest.troubles]);
  });
});

test('没有密钥不做；密钥不对劲的说清楚怎么做', () => {
  const given = { ...process.env };
  try {
    delete process.env['BACKUP_KEY'];
    delete process.env['BACKUP_KEY_FILE'];
    expect(() => keyOf(undefined)).toThrow(/没有密钥，不能备份也不能恢复。请用 --key-file/);
    expect(() => keyOf(join(scratchFolder, 'no-such.key'))).toThrow(/没有这个密钥文件/);
    process.env['BACKUP_KEY'] = Buffer.alloc(16).toString('base64');
    expect(() => keyOf(undefined)).toThrow(/密钥应是 32 字节的 base64（现在是 16 字节）/);
    process.env['BACKUP_KEY'] = key.toString('base64');
    expect(keyOf(undefined)).toEqual(key);
  } finally {
    Object.assign(process.env, given);
    if (given['BACKUP_KEY'] === undefined) delete process.env['BACKUP_KEY'];
  }
});

test('留最近几份，多的删掉；别的文件不碰；被停下的不留半份', async () => {
  const place = folder('generations');
  writeFileSync(join(place, 'lvzhi-别的.txt'), '');
  const made: string[] = [];
  for (const second of [1, 2, 3, 4]) made.push((await backup('generations', { keep: 2, now: () => new Date(Date.UTC(2022, 6, 21, 1, 0, second)) })).name);
  expect(readdirSync(place).sort()).toEqual([...made.slice(2), 'lvzhi-别的.txt'].sort());
  const stop = new AbortController();
  await expect(backup('generations', { keep: 2, signal: stop.signal, onProgress: () => { stop.abort(); } })).rejects.toThrow(/aborted/);
  expect(readdirSync(place).sort()).toEqual([...made.slice(2), 'lvzhi-别的.txt'].sort());
});

test('有数据的地方不恢复，除非说了换掉；换掉的改名留着', async () => {
  const { name, manifest } = await backup('occupied');
  const place = await emptyPlace('occupied-house');
  await restored(join(folder('occupied'), name), place);
  expect(await problem(() => restored(join(folder('occupied'), name), place))).toBe('数据库里已经有表，数据文件夹里已经有附件。没有动任何东西。确实要换掉现在的数据，请加 --overwrite');
  const { setAside } = await restored(join(folder('occupied'), name), place, true);
  expect(setAside.map((path) => path.replace(/\.before-\d{8}T\d{6}Z$/, '').replace(place.dataFolder, ''))).toEqual(onServer ? ['/files'] : ['/lvzhi.sqlite', '/files']);
  for (const path of setAside) expect(existsSync(path)).toBe(true);
  expect(await sumsOf(place.url)).toEqual(manifest.tables);
  expect(readdirSync(place.dataFolder).some((it) => it.startsWith('restoring-'))).toBe(false);
});

test('服务器还连着的数据库不恢复；恢复到一半断了的，服务器不在上面启动', async () => {
  const { name } = await backup('running');
  // Of an open file this is asked by the command, in a process of its own (below).
  const said = onServer ? [await problem(() => restored(join(folder('running'), name), { url: house.config.databaseUrl, dataFolder: house.config.dataFolder }, true))] : [];
  expect(said.every((it) => it.includes('还有程序连着这个数据库'))).toBe(true);
  const mark = { name: restoreMark, value: '1' };
  await house.database.write((manager) => manager.insert(Mark, mark));
  expect(await problem(() => house.app.get(SeedingService).load())).toMatch(/恢复没有做完。请重新运行 npm run restore/);
  await house.database.write((manager) => manager.delete(Mark, mark));
});

describe('命令', () => {
  // The commands are tried as they are shipped; nothing is built when the bundle is up to date.
  beforeAll(() => { spawnSync(process.execPath, [join(root, 'tools/build.js'), 'server']); });
  const env = () => ({ ...process.env, DATABASE_URL: house.config.databaseUrl, DATA_FOLDER: house.config.dataFolder, BACKUP_KEY: key.toString('base64'), BACKUP_FOLDER: folder('commands'), LVZHI_SECRET: secret });
  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, `apps/server/dist/${command}.js`), ...args], { env: env(), encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const keepings = () => house.database.read((manager) => manager.find(Keeping, { order: { endedAt: 'ASC', id: 'ASC' } }));

  test('npm run backup、npm run restore -- --verify：现在的数据一点不动，只记下做过', async () => {
    const made = run('backup', '--keep', '3');
    expect([made.status, made.stdout]).toEqual([1, expect.stringMatching(/^备份做好了：lvzhi-\d{8}-\d{6}-\d{3}\.backup（[\d.]+ (KB|MB)；\d+ 张表 \d+ 行，附件 1 个；\d+ 件，\d+ 步）/)]);
    const before = await sumsOf(house.config.databaseUrl);
    const tried = run('restore', '--verify');
    expect([tried.status, tried.stdout]).toEqual([1, expect.stringMatching(/^试恢复做好了/)]);
    const after = await sumsOf(house.config.databaseUrl);
    expect(after.filter(({ sha256 }, at) => sha256 !== before[at]?.sha256).map((it) => it.name)).toEqual(['audit_entries', 'keepings']);
    expect((await keepings()).map(({ kind, outcome }) => [kind, outcome])).toEqual([['backup', 'faults'], ['restore_test', 'faults']]);
    const running = run('restore', '--overwrite');
    expect([running.status, running.stderr]).toEqual([2, expect.stringMatching(/^没有恢复：还有程序连着这个数据库。请先停下服务器/)]);
    expect(await sumsOf(house.config.databaseUrl)).toEqual(after);
    const refused = run('restore', '--verify', join(folder('commands'), 'none.backup'));
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/^没有这个备份文件/)]);
  });

  test('备份做到一半被杀：以前的那份还是完整的，半份不算数，一小时后清掉', async () => {
    const place = folder('commands');
    const whole = readdirSync(place);
    // A file with no end in sight: the signal finds the copy in the middle of it.
    const stuck = join(house.config.dataFolder, 'files', 'zz', 'zzzzzzzzzzzz');
    mkdirSync(join(stuck, '..'), { recursive: true });
    writeFileSync(stuck, '');
    truncateSync(stuck, 64 * 1024 ** 3);
    const child = spawn(process.execPath, [join(root, 'apps/server/dist/backup.js')], { env: env(), stdio: 'ignore' });
    const part = async (): Promise<string> => {
      for (;;) {
        const [it] = readdirSync(place).filter((name) => name.endsWith('.part'));
        if (it !== undefined && statSync(join(place, it)).size > 20_000) return it;
        if (child.exitCode !== null) throw new Error(`The backup ended by itself with ${child.exitCode}`);
        await new Promise((done) => { setTimeout(done, 30); });
      }
    };
    const half = await part();
    child.kill('SIGKILL');
    await new Promise((done) => { child.once('close', done); });
    rmSync(stuck);
    expect(readdirSync(place).sort()).toEqual([...whole, half].sort());
    expect(await tryOut({ path: join(place, whole[0] ?? ''), key })).toMatchObject({ unequal: [] });
    const old = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(join(place, half), old, old);
    await backup('commands');
    expect(readdirSync(place)).not.toContain(half);
  });
});
