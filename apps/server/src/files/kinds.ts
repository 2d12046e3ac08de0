import { hasSlideMacros, isCompound, streamNames } from './compound.ts';
import { shownName } from './names.ts';
import { isZip, Zip } from '../platform/zips.ts';
import type { ZipFault } from '../platform/zips.ts';

const office = 'application/vnd.openxmlformats-officedocument.';
/** What is taken, by the ending under which it is kept. HEIC is kept as jpg (pictures.ts). */
const types = {
  jpg: 'image/jpeg', png: 'image/png', heic: 'image/heic', pdf: 'application/pdf',
  doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint', wps: 'application/kswps',
  docx: `${office}wordprocessingml.document`, xlsx: `${office}spreadsheetml.sheet`, pptx: `${office}presentationml.presentation`,
} as const;
type Extension = keyof typeof types;
export interface Kind { readonly extension: Extension; readonly type: string }

/** A file that is not taken; the message is one sentence for the person who sent it. */
export class Unwelcome extends Error {
  constructor(name: string, reason: string) {
    super(`“${shownName(name)}”${reason}，不能上传；可以上传 jpg、png、heic 图片和 pdf、doc、docx、xls、xlsx、ppt、pptx、wps 文件。`);
  }
}

const startsWith = (bytes: Buffer, text: string, from = 0): boolean => bytes.subarray(from, from + text.length).equals(Buffer.from(text, 'latin1'));
const kind = (extension: Extension): Kind => ({ extension, type: types[extension] });

/**
 * What a file is, told by its bytes; the name decides only between doc and wps, which look alike inside.
 * @throws Unwelcome for everything that is not on the list, carries code, or is more than it says (facts §5, upload)
 */
export function kindOf(bytes: Buffer, name: string): Kind {
  if (bytes.length === 0) throw new Unwelcome(name, '是空的，没有内容');
  if (startsWith(bytes, '\xff\xd8\xff')) return kind('jpg');
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return kind('png');
  if (isHeic(bytes)) return kind('heic');
  if (startsWith(bytes, '%PDF-')) return pdf(bytes, name);
  if (isZip(bytes)) return openXml(bytes, name);
  if (isCompound(bytes)) return compound(bytes, name);
  throw new Unwelcome(name, refusedAs(bytes));
}

const heicBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);
function isHeic(bytes: Buffer): boolean {
  if (bytes.length < 16 || !startsWith(bytes, 'ftyp', 4)) return false;
  return heicBrands.has(bytes.toString('latin1', 8, 12));
}

function pdf(bytes: Buffer, name: string): Kind {
  if (!startsWith(bytes, '1.', 5) && !startsWith(bytes, '2.', 5)) throw new Unwelcome(name, '不是完整的 PDF');
  // The last lines of a PDF say where its contents begin; an upload that broke off lacks them.
  if (!bytes.subarray(-2048).includes('startxref')) throw new Unwelcome(name, '不完整，可能没有传完或已经损坏');
  if (bytes.includes('/JavaScript') || bytes.includes('/Launch')) throw new Unwelcome(name, '带有会自动运行的脚本（请打印成新的 PDF 再传）');
  return kind('pdf');
}

const zipFaults: Record<ZipFault, string> = {
  broken: '已经损坏或被改动过，打不开', bomb: '解开后大得不正常', locked: '加了密码', nested: '里面套着压缩包',
};
const mainParts = { docx: 'wordprocessingml.document.main+xml', xlsx: 'spreadsheetml.sheet.main+xml', pptx: 'presentationml.presentation.main+xml' } as const;

function openXml(bytes: Buffer, name: string): Kind {
  const zip = Zip.read(bytes);
  if (typeof zip === 'string') throw new Unwelcome(name, zipFaults[zip]);
  const contents = zip.text('[Content_Types].xml');
  // Neither an entity nor a DOCTYPE belongs into this part: with them it could say something else than what is read here.
  if (contents === undefined || /[&]|<!/.test(contents)) throw new Unwelcome(name, '是压缩包或不认识的文件');
  if (zip.names.some((it) => /(?:^|\/)vba[^/]*\.bin$/i.test(it)) || /macroEnabled|vbaProject/i.test(contents)) throw new Unwelcome(name, '带有宏（请另存为不带宏的文档再传）');
  if (zip.names.some((it) => /\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|msi)$/i.test(it))) throw new Unwelcome(name, '里面藏着程序');
  if (zip.names.some((it) => it.endsWith('.rels') && fetchesCode(zip.text(it)))) throw new Unwelcome(name, '打开时会从别处取内容（请另存为新文档再传）');
  for (const extension of ['docx', 'xlsx', 'pptx'] as const) if (contents.includes(mainParts[extension])) return kind(extension);
  throw new Unwelcome(name, '是压缩包或不认识的文件');
}

/** A template, object or frame that is loaded from elsewhere on opening. Links that a reader clicks are fine. */
function fetchesCode(relations: string | undefined): boolean {
  if (relations === undefined) return true;
  return [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].some(([relation]) =>
    /TargetMode\s*=\s*["']External/i.test(relation) && /Type\s*=\s*["'][^"']*\/(?:attachedTemplate|oleObject|frame|subDocument)["']/i.test(relation)
    && /\sTarget\s*=\s*["'](?:(?!file:)[a-z-]{2,}:|\\\\|\/\/|file:\/{2}[^/]|file:\/{3}[\\/])/i.test(relation));
}

const parts = { wps: 'WordDocument', doc: 'WordDocument', ppt: 'PowerPoint Document', xls: 'Workbook' } as const;

function compound(bytes: Buffer, name: string): Kind {
  const names = streamNames(bytes);
  if (!names) throw new Unwelcome(name, '已经损坏，打不开');
  if (['Macros', '_VBA_PROJECT', '_VBA_PROJECT_CUR', 'VBA'].some((it) => names.has(it)) || hasSlideMacros(bytes)) throw new Unwelcome(name, '带有宏（请另存为不带宏的文档再传）');
  if (names.has('EncryptedPackage') || names.has('EncryptionInfo')) throw new Unwelcome(name, '加了密码');
  if (names.has('\u0001Ole10Native')) throw new Unwelcome(name, '里面嵌着别的文件');
  const ending = /\.(?<ending>doc|xls|ppt|wps)$/i.exec(shownName(name))?.groups?.['ending']?.toLowerCase();
  // A Word document with a table of Excel in it has both streams: the name tells which is the outer one.
  const order = [ending, 'doc', 'ppt', 'xls'].filter((it): it is keyof typeof parts => it !== undefined && it in parts);
  const found = order.find((it) => names.has(parts[it]) || (it === 'xls' && names.has('Book')));
  if (!found) throw new Unwelcome(name, '不是 Office 或 WPS 文档');
  return kind(found);
}

const known: readonly (readonly [string, string])[] = [
  ['MZ', '是程序'], ['\x7fELF', '是程序'], ['\xcf\xfa\xed\xfe', '是程序'], ['\xca\xfe\xba\xbe', '是程序'], ['#!', '是程序'],
  ['GIF8', '是 GIF 图片'], ['BM', '是 BMP 图片'], ['RIFF', '是 WebP 图片或音视频'], ['II*\0', '是 TIFF 图片'], ['MM\0*', '是 TIFF 图片'],
  ['Rar!', '是压缩包'], ['7z\xbc\xaf', '是压缩包'], ['\x1f\x8b', '是压缩包'], ['PK', '是压缩包或已经损坏'],
];

/** Why something is not taken that is on no list: named where it is known, so that the sender knows what to change. */
function refusedAs(bytes: Buffer): string {
  const found = known.find(([mark]) => startsWith(bytes, mark));
  if (found) return found[1];
  if (startsWith(bytes, 'ftyp', 4)) return startsWith(bytes, 'avi', 8) ? '是 AVIF 图片' : '是视频';
  const start = bytes.toString('utf8', 0, 512).replace(/^\uFEFF/, '').trimStart();
  return start.startsWith('<') ? '是网页或 SVG 文件' : '不是认得的文件类型';
}
