import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { EntityManager } from 'typeorm';
import { addToList, readList } from '../platform/disposal-list.ts';
import { verifyAudit } from '../platform/audit-chain.ts';
import { FolderStore } from '../platform/file-store.ts';
import type { FileStore } from '../platform/file-store.ts';
import { journalSource } from '../platform/journal-source.ts';
import { verifyJournal } from '../platform/journal-verify.ts';
import { withSnapshot } from '../platform/open-database.ts';
import { givingHeads } from './contents.ts';
import type { Manifest, Part } from './contents.ts';
import { keep, placeFor, prune } from './generations.ts';
import { SealedWriter } from './sealed-file.ts';
import { pagesOf, shapesOf, TableDigest } from './tables.ts';
import type { Cell, TableSum } from './tables.ts';

export interface BackupAsked {
  /** The house: its database and its data folder. */
  readonly url: string; readonly dataFolder: string;
  /** Where backups lie, and how many are kept. */
  readonly folder: string; readonly keep: number;
  readonly key: Buffer; readonly now: () => Date;
  readonly secretPrint: string | null; /** The demonstration's own secret, which nobody else keeps. */ readonly secret?: string | undefined;
  readonly signal?: AbortSignal; readonly onProgress?: (words: string) => void;
}
export interface BackedUp { readonly name: string; readonly bytes: number; readonly manifest: Manifest; readonly removed: readonly string[] }

/** Writes a new generation beside the old ones; whatever interrupts it, those stay as they are. @throws what went wrong, or the signal's reason */
export async function backUp(asked: BackupAsked): Promise<BackedUp> {
  const { name, part } = await placeFor(asked.folder, asked.now());
  const writer = await SealedWriter.create(part, asked.key);
  let bytes: number;
  let manifest: Manifest;
  try {
    manifest = await new Copying(asked, writer).all();
    bytes = await writer.finish(manifest);
    asked.signal?.throwIfAborted();
  } catch (error) {
    await writer.abandon().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
  await keep(asked.folder, name);
  // Beside the backups, so that an older one brings nothing back that was disposed of since.
  await addToList(asked.folder, await readList(asked.dataFolder));
  return { name, bytes, manifest, removed: await prune(asked.folder, asked.keep) };
}

interface Attachment { readonly sha256: string; readonly submitted: boolean }
const chunk = 256 * 1024;

class Copying {
  private readonly attachments = new Map<string, Attachment>();
  private readonly troubles: string[] = [];
  constructor(private readonly asked: BackupAsked, private readonly writer: SealedWriter) {}

  async all(): Promise<Manifest> {
    const { tables, journal } = await withSnapshot(this.asked.url, async (manager, migrations) => {
      await this.put({ is: 'head', format: 1, madeAt: this.asked.now().toISOString(), migrations, secretPrint: this.asked.secretPrint });
      return { tables: await this.tables(manager), journal: await this.journal(manager) };
    });
    if (this.asked.secret !== undefined) await this.put({ is: 'secret', secret: this.asked.secret });
    return { is: 'end', tables, journal, files: await this.files(new FolderStore(this.asked.dataFolder)), troubles: this.troubles };
  }

  private async tables(manager: EntityManager): Promise<TableSum[]> {
    const sums: TableSum[] = [];
    for (const shape of shapesOf(manager)) {
      const digest = new TableDigest(shape);
      await this.put({ is: 'table', ...shape });
      for await (const rows of pagesOf(manager, shape)) {
        digest.add(rows);
        await this.put({ is: 'rows', rows });
        if (shape.name === 'files') this.note(shape.columns.map(([column]) => column), rows);
      }
      const sum = digest.sum();
      this.asked.onProgress?.(`表 ${shape.name} ${sum.rows} 行`);
      sums.push(sum);
    }
    return sums;
  }
  /** What the database says of the attachments, to be compared with their bytes. */
  private note(columns: readonly string[], rows: readonly Cell[][]): void {
    const [id, sha256, document] = ['id', 'sha256', 'doc_id'].map((column) => columns.indexOf(column));
    for (const row of rows) this.attachments.set(String(row[id ?? -1]), { sha256: String(row[sha256 ?? -1]), submitted: row[document ?? -1] !== null });
  }

  /** The chains are walked while their heads are taken down: a journal that is broken now should not be found out after the disaster. */
  private async journal(manager: EntityManager): Promise<Manifest['journal']> {
    const heads = createHash('sha256');
    const { documents, moves, faults } = await verifyJournal(givingHeads(journalSource(manager), async (some) => {
      for (const head of some) heads.update(`${JSON.stringify(head)}\n`);
      if (some.length > 0) await this.put({ is: 'heads', heads: some });
    }));
    for (const { docKind, docId, seq, words } of faults.slice(0, 20)) this.troubles.push(`办理经过 ${docKind} ${docId} 第 ${seq} 步：${words}`);
    this.troubles.push(...(await verifyAudit(manager)).faults);
    return { documents, moves, sha256: heads.digest('hex') };
  }

  private async files(store: FileStore): Promise<Manifest['files']> {
    const all = createHash('sha256');
    let [count, bytes] = [0, 0];
    for await (const id of store.list()) {
      const size = await this.file(store, id, all);
      if (size === undefined) continue;
      [count, bytes] = [count + 1, bytes + size];
      this.asked.onProgress?.(`附件 ${count} 个`);
    }
    const missing = [...this.attachments.values()].filter(({ submitted }) => submitted).length;
    if (missing > 0) this.troubles.push(`有 ${missing} 个附件在库里有登记，文件却不在数据文件夹里，例如 ${[...this.attachments].find(([, { submitted }]) => submitted)?.[0] ?? ''}`);
    return { count, bytes, sha256: all.digest('hex') };
  }
  private async file(store: FileStore, id: string, all: Hash): Promise<number | undefined> {
    const stream = await store.open(id);
    if (!stream) return undefined;
    const hash = createHash('sha256');
    let size = 0;
    await this.put({ is: 'file', id });
    for await (const piece of stream as AsyncIterable<Buffer>) {
      for (let from = 0; from < piece.length; from += chunk) await this.writer.bytes(piece.subarray(from, from + chunk));
      hash.update(piece);
      size += piece.length;
      this.asked.signal?.throwIfAborted();
    }
    const sha256 = hash.digest('hex');
    const known = this.attachments.get(id);
    if (known && known.sha256 !== sha256) this.troubles.push(`附件 ${id} 的内容和登记的校验值不一样`);
    this.attachments.delete(id);
    all.update(`${id} ${sha256}\n`);
    await this.put({ is: 'file_end', id, size, sha256 });
    return size;
  }

  private async put(part: Part): Promise<void> {
    this.asked.signal?.throwIfAborted();
    await this.writer.record(part);
  }
}
