const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Sector numbers from here on are marks: end of a chain, free, part of a table. */
const marks = 0xff_ff_ff_fa;
const endOfChain = 0xff_ff_ff_fe;
const mostNames = 20_000;

export const isCompound = (bytes: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);

/**
 * The names of the streams and storages of an OLE compound file (doc, xls, ppt, wps), by its directory: [MS-CFB] 2.2 to 2.6.
 * Undefined when the file is broken or runs in a circle.
 */
export function streamNames(bytes: Buffer): ReadonlySet<string> | undefined {
  const sectors = Sectors.of(bytes);
  const directory = sectors?.chain(bytes.readUInt32LE(0x30));
  if (!directory) return undefined;
  const names = new Set<string>();
  for (const part of directory) {
    for (let at = 0; at + 128 <= part.length; at += 128) {
      const length = part.readUInt16LE(at + 64);
      if (part[at + 66] !== 0 && length >= 2 && length <= 64) names.add(part.toString('utf16le', at, at + length - 2));
    }
    if (names.size > mostNames) return undefined;
  }
  return names.size > 0 ? names : undefined;
}

/** [MS-PPT] 2.4.10, 2.4.11: a presentation keeps its macros packed in its main stream, and says here whether it has any. */
export function hasSlideMacros(bytes: Buffer): boolean {
  const record = Buffer.from('1f00ff0314000000020000040c000000', 'hex');
  const at = bytes.indexOf(record);
  return at >= 0 && at + 24 <= bytes.length && bytes.readUInt32LE(at + 20) !== 0;
}

class Sectors {
  private readonly bytes: Buffer;
  private readonly size: number;
  /** The sectors that hold the allocation table, in order. */
  private readonly table: readonly number[];
  private constructor(bytes: Buffer, size: number, table: readonly number[]) { this.bytes = bytes; this.size = size; this.table = table; }

  static of(bytes: Buffer): Sectors | undefined {
    if (bytes.length < 1536) return undefined;
    const shift = bytes.readUInt16LE(0x1e);
    if (shift !== 9 && shift !== 12) return undefined;
    const table = numbers(bytes.subarray(0x4c, 512));
    const plain = new Sectors(bytes, 1 << shift, []);
    // Files of more than 7 MB go on with the list of the table's sectors in a chain of its own, linked by the last number of each.
    const seen = new Set<number>();
    for (let next = bytes.readUInt32LE(0x44); next < marks;) {
      const part = plain.sector(next);
      if (!part || part.length < plain.size || seen.has(next)) return undefined;
      seen.add(next);
      table.push(...numbers(part.subarray(0, -4)));
      next = part.readUInt32LE(part.length - 4);
    }
    return new Sectors(bytes, plain.size, table);
  }

  chain(first: number): Buffer[] | undefined {
    const found: Buffer[] = [];
    const seen = new Set<number>();
    let number: number | undefined = first;
    while (number !== endOfChain) {
      const part: Buffer | undefined = number === undefined || seen.has(number) ? undefined : this.sector(number);
      if (!part || number === undefined) return undefined;
      seen.add(number);
      found.push(part);
      number = this.next(number);
    }
    return found;
  }

  private sector(number: number): Buffer | undefined {
    const from = (number + 1) * this.size;
    return number < marks && from < this.bytes.length ? this.bytes.subarray(from, from + this.size) : undefined;
  }

  private next(number: number): number | undefined {
    const perSector = this.size / 4;
    const place = this.table[Math.floor(number / perSector)];
    const part = place === undefined ? undefined : this.sector(place);
    const at = (number % perSector) * 4;
    return part && at + 4 <= part.length ? part.readUInt32LE(at) : undefined;
  }
}

function numbers(part: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at + 4 <= part.length; at += 4) found.push(part.readUInt32LE(at));
  return found;
}
