import { zip } from '../../../tools/testing/zips.ts';
import type { Part } from '../../../tools/testing/zips.ts';

export { zip };
export type { Part };

const mains = {
  docx: ['/word/document.xml', 'wordprocessingml.document'], xlsx: ['/xl/workbook.xml', 'spreadsheetml.sheet'], pptx: ['/ppt/presentation.xml', 'presentationml.presentation'],
} as const;

export const contentTypes = (kind: keyof typeof mains, more = ''): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="${mains[kind][0]}" ContentType="application/vnd.openxmlformats-officedocument.${mains[kind][1]}.main+xml"/>${more}</Types>`;

export const office = (kind: keyof typeof mains, more: readonly Part[] = [], types = contentTypes(kind)): Buffer => zip([
  { name: '[Content_Types].xml', data: types },
  { name: '_rels/.rels', data: `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${mains[kind][0].slice(1)}"/></Relationships>` },
  { name: mains[kind][0].slice(1), data: '<document>关于加强社区养老服务的建议</document>' }, ...more,
]);

export const relation = (type: string, target: string): string =>
  `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`;

/** An OLE compound file with these streams in its directory and nothing in them. `filler` sectors come first, so that the directory lies far behind. */
export function compound(streams: readonly string[], filler = 0): Buffer {
  const names = ['Root Entry', ...streams];
  const directorySectors = Math.ceil(names.length / 4);
  const tableSectors = Math.ceil((filler + directorySectors + 200) / 128) + 1;
  const listSectors = Math.max(0, Math.ceil((tableSectors - 109) / 127));
  const first = filler + tableSectors + listSectors;
  const numbers = new Uint32Array(tableSectors * 128).fill(0xffffffff);
  for (let at = 0; at < directorySectors; at += 1) numbers[first + at] = at + 1 === directorySectors ? 0xfffffffe : first + at + 1;
  const header = Buffer.alloc(512, 0xff);
  header.fill(0, 0, 0x4c);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 0x1e);
  header.writeUInt32LE(first, 0x30);
  header.writeUInt32LE(listSectors > 0 ? filler + tableSectors : 0xfffffffe, 0x44);
  const lists = Buffer.alloc(listSectors * 512, 0xff);
  for (let at = 0; at < tableSectors; at += 1) {
    if (at < 109) header.writeUInt32LE(filler + at, 0x4c + at * 4);
    else lists.writeUInt32LE(filler + at, Math.floor((at - 109) / 127) * 512 + ((at - 109) % 127) * 4);
  }
  for (let at = 0; at < listSectors; at += 1) lists.writeUInt32LE(at + 1 === listSectors ? 0xfffffffe : filler + tableSectors + at + 1, at * 512 + 508);
  const directory = Buffer.alloc(directorySectors * 512);
  names.forEach((name, at) => {
    directory.write(name, at * 128, 'utf16le');
    directory.writeUInt16LE(name.length * 2 + 2, at * 128 + 64);
    directory[at * 128 + 66] = at === 0 ? 5 : 2;
  });
  return Buffer.concat([header, Buffer.alloc(filler * 512), Buffer.from(numbers.buffer), lists, directory, Buffer.alloc(1024)]);
}

export const pdf = (inside = ''): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog${inside}>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`, 'latin1');
