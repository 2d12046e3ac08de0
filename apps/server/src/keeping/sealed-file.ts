import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A backup on disk: 15 bytes of name, 32 of salt, 16 that tell a wrong key from a broken file; then frames of (length, ciphertext, tag).
 * Each frame is sealed by AES-256-GCM under a key of this file's own; its place is its nonce and the last one is marked in it, so none can
 * be changed, moved, left out or cut off unseen. Inside a frame: one byte for its kind, then a record as deflated JSON, or bytes of a file.
 */
const magic = Buffer.from('LVZHI-BACKUP-1\n');
const [saltBytes, checkBytes, lengthBytes, tagBytes] = [32, 16, 4, 16];
const [recordKind, bytesKind] = [1, 2];
const mostOfFrame = 64 * 1024 * 1024;
const mostOfRecord = 256 * 1024 * 1024;

/** What is wrong with a backup file, in words for whoever has to decide which copy to take. */
export class Damaged extends Error {}

const derived = (key: Buffer, salt: Buffer, use: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', key, salt, `lvzhi backup ${use}`, length));
function nonceOf(frame: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce[0] = isLast ? 1 : 0;
  nonce.writeBigUInt64BE(BigInt(frame), 4);
  return nonce;
}

/** Writes one backup, frame by frame; nothing is held but the frame at hand. */
export class SealedWriter {
  private frame = 0;
  private written = 0;
  private constructor(private readonly file: FileHandle, private readonly key: Buffer) {}

  /** @throws when the file is there already */
  static async create(path: string, key: Buffer): Promise<SealedWriter> {
    const salt = randomBytes(saltBytes);
    const writer = new SealedWriter(await open(path, 'wx', 0o600), derived(key, salt, 'frames', 32));
    await writer.put(Buffer.concat([magic, salt, derived(key, salt, 'check', checkBytes)]));
    return writer;
  }

  record(value: unknown): Promise<void> { return this.seal(recordKind, deflateRawSync(JSON.stringify(value), { level: 3 }), false); }
  bytes(chunk: Buffer): Promise<void> { return this.seal(bytesKind, chunk, false); }

  /** Seals the last record and returns only when everything is on the disk. Answers the size in bytes. */
  async finish(value: unknown): Promise<number> {
    await this.seal(recordKind, deflateRawSync(JSON.stringify(value), { level: 3 }), true);
    await this.file.sync();
    await this.file.close();
    return this.written;
  }
  async abandon(): Promise<void> { await this.file.close(); }

  private async seal(kind: number, payload: Buffer, isLast: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.key, nonceOf(this.frame, isLast));
    const sealed = Buffer.concat([cipher.update(Buffer.of(kind)), cipher.update(payload), cipher.final()]);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(sealed.length);
    await this.put(Buffer.concat([length, sealed, cipher.getAuthTag()]));
    this.frame += 1;
  }
  private async put(bytes: Buffer): Promise<void> {
    await this.file.writeFile(bytes);
    this.written += bytes.length;
  }
}

/** A record, or bytes of the file that the record before announced. `share`: how far through the file, 0 to 1. */
export type Sealed = { readonly record: unknown; readonly share: number } | { readonly bytes: Buffer; readonly share: number };

/** Reads a backup from its beginning to its end, and checks every frame before it is given out. @throws Damaged */
export async function * readSealed(path: string, key: Buffer): AsyncGenerator<Sealed> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = await exactly(file, magic.length + saltBytes + checkBytes);
    if (!header?.subarray(0, magic.length).equals(magic)) throw new Damaged('这不是履职在线的备份文件，或者文件头坏了');
    const salt = header.subarray(magic.length, magic.length + saltBytes);
    if (!timingSafeEqual(header.subarray(magic.length + saltBytes), derived(key, salt, 'check', checkBytes))) throw new Damaged('密钥不对，或者文件头坏了，打不开');
    yield * framesOf(file, derived(key, salt, 'frames', 32), header.length, size);
  } finally {
    await file.close();
  }
}

async function * framesOf(file: FileHandle, key: Buffer, from: number, size: number): AsyncGenerator<Sealed> {
  for (let [offset, frame] = [from, 0]; ; frame += 1) {
    const broken = (): Damaged => new Damaged(`第 ${frame + 1} 段（从第 ${offset} 字节起）被改动或者损坏了`);
    if (offset >= size) throw new Damaged('文件不完整，末尾缺了一截');
    const length = (await exactly(file, lengthBytes))?.readUInt32BE() ?? 0;
    if (length < 1 || length > mostOfFrame) throw broken();
    const sealed = await exactly(file, length + tagBytes);
    if (!sealed) throw new Damaged(`第 ${frame + 1} 段（从第 ${offset} 字节起）被改动，或者文件末尾缺了一截`);
    const end = offset + lengthBytes + length + tagBytes;
    const opened = opening(key, frame, end === size, sealed);
    if (!opened) throw opening(key, frame, end !== size, sealed) ? new Damaged(end === size ? '文件不完整，末尾缺了一截' : '文件末尾被接上了别的内容') : broken();
    const share = end / size;
    yield opened[0] === recordKind ? { record: JSON.parse(inflateRawSync(opened.subarray(1), { maxOutputLength: mostOfRecord }).toString('utf8')) as unknown, share } : { bytes: opened.subarray(1), share };
    offset = end;
    if (end === size) return;
  }
}

function opening(key: Buffer, frame: number, isLast: boolean, sealed: Buffer): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame, isLast));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const opened = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    decipher.final();
    return opened;
  } catch {
    return undefined;
  }
}

/** So many bytes from where the last reading ended; undefined when the file ends before. */
async function exactly(file: FileHandle, length: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, null);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return buffer;
}
