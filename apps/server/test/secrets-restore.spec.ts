/** An older backup must not bring back in silence what was disposed of after it was made. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readList } from '../src/platform/disposal-list.ts';
import { backUp } from '../src/keeping/backup.ts';
import { restore } from '../src/keeping/restore.ts';
import { Jobs } from '../src/platform/jobs.ts';
import { journalSource } from '../src/platform/journal-source.ts';
import { verifyJournal } from '../src/platform/journal-verify.ts';
import { pdf } from './files-corpus.ts';
import { emptyDatabase } from './own-database.ts';
import { holder, plainMember, report } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Serving } from './serving.ts';

const canary = '白鹭行动九号坐标';
const [key, secret, author] = [randomBytes(32), randomBytes(32).toString('base64'), plainMember().id];
const [editor, security] = [holder('information_editor').id, holder('security_admin').id];
const scratch = mkdtempSync(join(tmpdir(), 'lvzhi-secrets-'));
const folder = (name: string): string => { const path = join(scratch, name); mkdirSync(path, { recursive: true }); return path; };
const dropped: (() => Promise<void>)[] = [];
let house: Serving;
beforeAll(async () => { house = await serving({ secret, shared: true }); });
afterAll(async () => {
  await house.close();
  for (const drop of dropped) await drop();
  rmSync(scratch, { recursive: true, force: true });
});

const backup = () => backUp({ url: house.config.databaseUrl, dataFolder: house.config.dataFolder, folder: folder('backups'), key, keep: 9, now: () => new Date(), secretPrint: null });
async function emptyPlace(name: string) {
  const dataFolder = folder(name);
  const { url, drop } = await emptyDatabase(join(dataFolder, 'lvzhi.sqlite'));
  dropped.push(drop);
  return { dataFolder, url };
}
async function holds(server: Serving, piece: string): Promise<string[]> {
  return server.database.read(async (manager) => {
    const found: string[] = [];
    for (const { tableName } of server.source.entityMetadatas) if ((await manager.query<object[]>(`SELECT * FROM ${tableName}`)).some((row) => JSON.stringify(row).includes(piece))) found.push(tableName);
    return found;
  });
}

test('处置以前的备份恢复以后：服务器先按清单再处置一遍才开放，表里、附件里都没有；没有提交过的草稿也不收', async () => {
  const form = new FormData();
  form.set('key', 'secret-restore-file');
  form.set('file', new Blob([new Uint8Array(pdf('/Nine(9)'))]), `${canary}.pdf`);
  const { id: fileId } = await (await fetch(`${house.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await house.tokenOf(author)}` }, body: form })).json() as { id: string };
  const mine = await house.as(author);
  await mine.keepDraft({ id: 'restored-draft', key: 'restored-draft-key', version: 0, kind: 'opinion', title: canary, situation: `草稿里写到${canary}` });
  const first = await backup();
  const { doc } = await mine.submit({ ...report({ key: 'restored-draft-key', title: `${canary}的标题`, situation: `走访了三个小区，情况属实，${canary}，需要尽快研究解决。`, wish: 'ask' }), fileIds: [fileId] });
  const second = await backup();
  const { disposal: { id } } = await (await house.as(editor, 'desk')).markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' });
  await (await house.as(security, 'desk')).carryOutDisposal({ id, receiptNo: doc.receiptNo ?? '' });
  expect(await holds(house, canary)).toEqual([]);
  const third = await backup();
  expect((await readList(folder('backups'))).map(({ docId, files }) => [docId, files.map((it) => it.id)])).toEqual([[doc.id, [fileId]]]);
  expect(JSON.stringify(await readList(folder('backups')))).not.toContain(canary);

  for (const [at, made] of [first, second, third].entries()) {
    const place = await emptyPlace(`place-${at}`);
    const restored = await restore({ path: join(folder('backups'), made.name), key, ...place, overwrite: false, now: new Date() });
    expect([at, restored.unequal, restored.faults, restored.disposed.listed]).toEqual([at, [], [], 1]);
    const again = await serving({ secret, place: { dataFolder: place.dataFolder, databaseUrl: place.url } });
    try {
      await again.app.get(Jobs).runNow('secrets.remove');
      expect([at, await holds(again, canary)]).toEqual([at, []]);
      const files = join(place.dataFolder, 'files', fileId.slice(-2));
      expect([at, existsSync(files) ? readdirSync(files).includes(fileId) : false]).toEqual([at, false]);
      const back = await again.as(author);
      // The first backup is older than the submission.
      expect((await back.listMine({})).rows.map(({ title, can }) => [title, can])).toEqual(at === 0 ? [] : [['已作涉密处置', []]]);
      expect((await again.database.write((manager) => verifyJournal(journalSource(manager)))).faults).toEqual([]);
      await expect(back.keepDraft({ id: 'restored-draft', key: 'restored-draft-key', version: 0, kind: 'opinion', title: canary })).rejects.toBeInstanceOf(RefusedByServer);
      await expect(back.submit(report({ key: 'restored-draft-key', title: canary }))).rejects.toMatchObject({ status: 409, refusal: { action: 'secret_disposed' } });
      expect((await (await again.as(security, 'desk')).listDisposals({})).rows.map(({ id: one, state }) => [one, state])).toEqual([[id, 'carried_out']]);
    } finally {
      await again.close();
    }
  }
});
