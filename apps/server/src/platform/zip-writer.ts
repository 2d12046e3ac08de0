import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of the texts of an office document. */
export const zipped = (parts: readonly (readonly [name: string, text: string])[]): Buffer =>
  zippedFiles(parts.map(([name, text]) => [name, Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`)]));

/** A zip of files, each deflated, their names in UTF-8; the date is the first that a zip can name, so that equal files are equal zips. */
export function zippedFiles(parts: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, plain] of parts) {
    const named = Buffer.from(name);
    const packed = deflateRawSync(plain);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    // Names are UTF-8.
    facts.writeUInt16LE(0x800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt16LE(0x21, 8);
    for (const [at, value] of [[10, crc32(plain)], [14, packed.length], [18, plain.length]] as const) facts.writeUInt32LE(value, at);
    facts.writeUInt16LE(named.length, 22);
    const [local, central, rest] = [Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), Buffer.alloc(14)];
    rest.writeUInt32LE(offset, 10);
    files.push(local, facts, named, packed);
    directory.push(central, facts, rest, named);
    offset += 30 + named.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  for (const at of [8, 10]) end.writeUInt16LE(parts.length, at);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
