import { createRequire } from 'node:module';
import { isZip, Zip } from '../platform/zips.ts';
import { Unreadable } from '../platform/workbook-reader.ts';

// Needed only where somebody uploads a document, so it is not loaded at the start.
const require = createRequire(import.meta.url);
const mammoth = () => require('mammoth') as typeof import('mammoth');

const megabyte = 1024 * 1024;
/** Unpacked. The text of a long report has a tenth of it; more would keep the server busy for seconds. */
const most = { part: 4 * megabyte, together: 8 * megabyte, text: 60_000 };
const saveAs = '请用 Word 或 WPS 打开，另存为 .docx 后再上传；也可以把文字复制出来，用“整篇粘贴”';

/** `numbered`: it has lists that Word numbers by itself; their numbers are no text. */
export interface DocxText { readonly text: string; readonly numbered: boolean }

/** The paragraphs of a Word document, cells of tables too, one a line. @throws Unreadable with what to do */
export async function readDocx(bytes: Buffer): Promise<DocxText> {
  if (bytes.length === 0) throw new Unreadable('文件是空的，请重新选择');
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new Unreadable(`这是旧格式（.doc 或 .wps），或者加了密码。${saveAs}`);
  if (!isZip(bytes)) throw new Unreadable(`这不是 .docx 文件。${saveAs}`);
  const zip = Zip.read(bytes);
  if (typeof zip === 'string') throw new Unreadable(zip === 'locked' ? '文件加了密码，请去掉密码后再上传' : '文件已经损坏，或者解开后大得不正常，没有读取。请另存一份再上传');
  const main = modestText(zip);
  try {
    const { value } = await mammoth().extractRawText({ buffer: bytes });
    // The library sets a blank line after each paragraph.
    const text = value.split('\n\n').join('\n').replace(/[^\S\n]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim();
    if (text.length > most.text) throw new Unreadable(`文件里有 ${text.length} 个字，太长了，不像一件社情民意或提案。请把要提交的部分另存一份`);
    if (text === '') throw new Unreadable('文件里没有文字，可能是图片。请把图片作为纸质件上传，照着录入');
    return { text, numbered: main.includes('<w:numPr>') };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`文件打不开，可能已经损坏。${saveAs}`);
  }
}

const read = /\/(?:officeDocument|styles|numbering|footnotes|endnotes|comments|commentsExtended)$/;
/** The parts that the library would read, by what the archive's relations say of them; a part under another ending would pass unmeasured. */
const hidesText = (relations: string): boolean => [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].some(([it]) =>
  read.test(/\sType\s*=\s*["']([^"']*)["']/i.exec(it)?.[1] ?? '') && !/\sTarget\s*=\s*["'][^"']*\.xml["']/i.test(it));

/**
 * A small archive can hold a text that nobody can read, and say something else of its size: every part is unpacked here within bounds before
 * the library does it without. Answers the main part.
 */
function modestText(zip: Zip): string {
  let together = 0;
  const tooLarge = () => { throw new Unreadable('文件里的文字部分太大，没有读取。请只留要提交的内容，另存一份再上传'); };
  for (const name of zip.names.filter((it) => /\.(?:xml|rels)$/i.test(it))) {
    const part = zip.text(name, most.part);
    if (part === undefined) return tooLarge();
    together += part.length;
    if (together > most.together) tooLarge();
    if (name.endsWith('.rels') && hidesText(part)) throw new Unreadable(`这不是完整的 Word 文档。${saveAs}`);
  }
  // Word itself always says document.xml, its online sister numbers it.
  const main = zip.text(zip.names.find((it) => /^word\/document\d*\.xml$/.test(it)) ?? '', most.part);
  if (main === undefined) throw new Unreadable(`这不是 Word 文档（.docx）。${saveAs}`);
  return main;
}
