import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { Head, JournalHead, Manifest, Part } from './contents.ts';
import { Damaged, readSealed } from './sealed-file.ts';
import { TableDigest } from './tables.ts';
import type { Cell, TableShape, TableSum } from './tables.ts';

/** Where the contents of a backup go. What a receiver does not take is read and checked all the same. */
export interface Receiver {
  head?(head: Head): Promise<void>;
  table?(shape: TableShape): Promise<void>;
  rows?(shape: TableShape, rows: readonly Cell[][]): Promise<void>;
  heads?(heads: readonly JournalHead[]): Promise<void>;
  /** A file whose sum was found right; `bytes` is the whole of it, and is held only for a receiver that takes it. */
  file?(id: string, bytes: Buffer): Promise<void>;
  fileSeen?(id: string): void;
  secret?(secret: string): Promise<void>;
}
export interface Replayed { readonly head: Head; readonly manifest: Manifest }

/** Reads a backup to its end and gives out what is in it; every sum must be the manifest's. @throws Damaged which names the place */
export async function replay(path: string, key: Buffer, receiver: Receiver, { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: ((words: string) => void) | undefined } = {}): Promise<Replayed> {
  const reading = new Reading(receiver);
  try {
    for await (const it of readSealed(path, key)) {
      signal?.throwIfAborted();
      await ('bytes' in it ? reading.bytes(it.bytes) : reading.part(it.record as Part));
      onProgress?.(`已读 ${Math.floor(it.share * 100)}%，${reading.place}`);
    }
  } catch (error) {
    if (error instanceof Damaged) throw new Damaged(`${error.message}：${reading.place}`);
    throw error;
  }
  return reading.end();
}

class Reading {
  place = '文件开头';
  private head: Head | undefined;
  private manifest: Manifest | undefined;
  private table: { readonly shape: TableShape; readonly digest: TableDigest } | undefined;
  private file: { readonly id: string; readonly pieces: Buffer[]; readonly hash: Hash; size: number } | undefined;
  private readonly sums: TableSum[] = [];
  private readonly heads = createHash('sha256');
  private readonly files = createHash('sha256');
  private count = 0;
  private size = 0;
  constructor(private readonly receiver: Receiver) {}

  async part(part: Part): Promise<void> {
    switch (part.is) {
      case 'head': this.head = part; await this.receiver.head?.(part); break;
      case 'table': await this.begin({ name: part.name, columns: part.columns, key: part.key }); break;
      case 'rows': await this.rows(part.rows); break;
      case 'heads': this.endTable(); this.place = '办理经过的校验值'; for (const head of part.heads) this.heads.update(`${JSON.stringify(head)}\n`); await this.receiver.heads?.(part.heads); break;
      case 'secret': await this.receiver.secret?.(part.secret); break;
      case 'file': this.endTable(); this.place = `附件 ${part.id}`; this.file = { id: part.id, pieces: [], hash: createHash('sha256'), size: 0 }; break;
      case 'file_end': await this.endFile(part); break;
      case 'end': this.endTable(); this.place = '文件末尾'; this.manifest = part; break;
    }
  }

  private async begin(shape: TableShape): Promise<void> {
    this.endTable();
    this.place = `表 ${shape.name}`;
    this.table = { shape, digest: new TableDigest(shape) };
    await this.receiver.table?.(shape);
  }
  private async rows(rows: readonly Cell[][]): Promise<void> {
    if (!this.table) throw new Damaged('内容的次序不对');
    this.table.digest.add(rows);
    await this.receiver.rows?.(this.table.shape, rows);
  }
  private endTable(): void {
    if (this.table) this.sums.push(this.table.digest.sum());
    this.table = undefined;
  }

  bytes(bytes: Buffer): void {
    const { file } = this;
    if (!file) throw new Damaged('内容的次序不对');
    file.hash.update(bytes);
    file.size += bytes.length;
    if (this.receiver.file) file.pieces.push(bytes);
  }
  private async endFile({ id, sha256 }: { readonly id: string; readonly sha256: string }): Promise<void> {
    const { file } = this;
    if (file?.id !== id || file.hash.digest('hex') !== sha256) throw new Damaged('附件的内容和校验值不一样');
    this.files.update(`${id} ${sha256}\n`);
    [this.count, this.size, this.file] = [this.count + 1, this.size + file.size, undefined];
    this.receiver.fileSeen?.(id);
    await this.receiver.file?.(id, Buffer.concat(file.pieces));
  }

  end(): Replayed {
    const { head, manifest } = this;
    if (!head || !manifest) throw new Damaged('文件不完整：没有开头或者末尾');
    const wrong = [
      ...manifest.tables.filter(({ name, rows, sha256 }, at) => { const it = this.sums[at]; return it?.name !== name || it.rows !== rows || it.sha256 !== sha256; }).map(({ name }) => `表 ${name}`),
      ...(this.sums.length === manifest.tables.length ? [] : ['表的个数']), ...(this.heads.digest('hex') === manifest.journal.sha256 ? [] : ['办理经过的校验值']),
      ...(this.files.digest('hex') === manifest.files.sha256 && this.count === manifest.files.count && this.size === manifest.files.bytes ? [] : ['附件']),
    ];
    if (wrong.length > 0) throw new Damaged(`内容和清单对不上：${wrong.join('、')}`);
    return { head, manifest };
  }
}
