import { inflateRawSync } from 'node:zlib';

const [endMark, centralMark, localMark] = [0x06054b50, 0x02014b50, 0x04034b50];
const megabyte = 1024 * 1024;
/** What an office document needs, with room; a bomb needs more. */
const most = { entries: 4000, total: 300 * megabyte, ratio: 120, freeOfRatio: 20 * megabyte, text: 2 * megabyte };

interface Entry { readonly name: string; readonly method: number; readonly packed: number; readonly size: number; readonly offset: number; readonly locked: boolean }
/** Why an archive is not taken. */
export type ZipFault = 'broken' | 'bomb' | 'locked' | 'nested';

export const isZip = (bytes: Buffer): boolean => bytes.length >= 22 && bytes.readUInt32LE(0) === localMark;

/**
 * A zip by its central directory. Nothing but small texts is ever unpacked, so a bomb harms nobody here; it is refused all the same,
 * because a committee's computer would unpack it.
 */
export class Zip {
  private readonly bytes: Buffer;
  private readonly entries: readonly Entry[];
  private constructor(bytes: Buffer, entries: readonly Entry[]) { this.bytes = bytes; this.entries = entries; }

  static read(bytes: Buffer): Zip | ZipFault {
    const entries = directory(bytes);
    if (typeof entries === 'string') return entries;
    return faultOf(bytes, entries) ?? new Zip(bytes, entries);
  }

  get names(): string[] { return this.entries.map(({ name }) => name); }

  /** A text of the archive of at most `limit` bytes; undefined when it is not there, too large or broken. */
  text(name: string, limit = most.text): string | undefined {
    const entry = this.entries.find((it) => it.name === name);
    if (!entry || entry.size > limit) return undefined;
    const packed = dataOf(this.bytes, entry);
    if (entry.method === 0) return packed.toString('utf8');
    if (entry.method !== 8) return undefined;
    try {
      return inflateRawSync(packed, { maxOutputLength: limit }).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

const dataFrom = (bytes: Buffer, { offset }: Entry): number => offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
function dataOf(bytes: Buffer, entry: Entry): Buffer {
  const from = dataFrom(bytes, entry);
  return bytes.subarray(from, from + entry.packed);
}

/** The archive must end with its directory: nothing in front (checked by `isZip`), nothing behind. */
function directory(bytes: Buffer): Entry[] | ZipFault {
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - 0xffff);
  while (end >= lowest && !(bytes.readUInt32LE(end) === endMark && end + 22 + bytes.readUInt16LE(end + 20) === bytes.length)) end -= 1;
  if (end < lowest) return 'broken';
  const [count, size, from] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  // 0xffff and 0xffffffff point to the 64-bit directory, which no document of 20 MB needs.
  if (count > most.entries) return 'bomb';
  if (from + size !== end) return 'broken';
  const entries: Entry[] = [];
  let at = from;
  while (at < end) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== centralMark) return 'broken';
    const [nameLength, rest] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)];
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength), method: bytes.readUInt16LE(at + 10), locked: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: bytes.readUInt32LE(at + 20), size: bytes.readUInt32LE(at + 24), offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + rest;
  }
  return at === end && entries.length === count ? entries : 'broken';
}

function faultOf(bytes: Buffer, entries: readonly Entry[]): ZipFault | undefined {
  let [behind, total] = [0, 0];
  const names = new Set<string>();
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    total += entry.size;
    if (entry.packed === 0xffffffff || entry.size === 0xffffffff) return 'bomb';
    if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== localMark) return 'broken';
    // Entries that share their bytes are how a small file unpacks into petabytes.
    if (entry.offset < behind) return 'bomb';
    behind = dataFrom(bytes, entry) + entry.packed;
    if (behind > bytes.length || names.has(entry.name) || isAstray(entry.name)) return 'broken';
    names.add(entry.name);
    if (entry.locked) return 'locked';
    if (isArchive(bytes, entry)) return 'nested';
  }
  return total > most.total || (total > most.freeOfRatio && total / bytes.length > most.ratio) ? 'bomb' : undefined;
}

/** A name that would be written outside the folder into which the archive is unpacked. */
const isAstray = (name: string): boolean => /^[/\\]|^[a-z]:|\0|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(name);

/** An archive in the archive. A chart brings its numbers as a document of its own: that is usual. */
function isArchive(bytes: Buffer, entry: Entry): boolean {
  if (/\.(?:zip|rar|7z|gz|bz2|xz|tar|jar|cab|iso)$/i.test(entry.name)) return true;
  if (/\.(?:docx|xlsx|pptx)$/i.test(entry.name) || entry.method !== 0 || entry.packed < 22) return false;
  const from = dataFrom(bytes, entry);
  return isZip(bytes.subarray(from, from + entry.packed));
}
